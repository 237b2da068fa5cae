"""What there is to be hit: every edge, condition, operator, order, grouping, figure, argument and form of the graph."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from graphql import GraphQLSchema

from tests.judges import grouping, searching
from tests.judges.readers import SHIPPED
from tests.judges.view import where_field
from tests.judges.words import EDGES, KINDS, ROOTS

CONNECTIVES = ("and", "or", "not")
QUANTIFIERS = ("some", "none", "every")
FORMS = {
    "@include", "@skip", "named fragment", "inline fragment", "merged fields", "default of a variable",
    "null in a variable", "input object in a variable", "fragment on an interface", "fragment on a kind",
    "fragment on a member of a union",
}  # fmt: skip
"""Of documents. The generator names them."""

MISTAKES = {
    "first and last", "size", "garbage for a cursor", "cursor of another list", "id", "id of another type",
    "long list", "null for a condition", "too many keys", "one character", "groups", "grouping", "too many conditions",
    "wrong type",
}  # fmt: skip
NOT_JUDGED = {("Viewer", "withheldFields"), ("Viewer", "smallestCell")}
"""It is about all types of the graph, those that the judges do not know among them; tests/schema asks of each."""
PAGES = ("none", "first", "last", "after", "before", "first+after", "last+before", "first+before", "last+after")
CODES = ("FORBIDDEN", "INVALID_REQUEST", "TOO_COMPLEX", "GRAPHQL")


def of_where(schema: GraphQLSchema, type_name: str, where: Mapping[str, Any]) -> set[str]:
    """What a filter uses."""
    found: set[str] = set()
    for key, value in where.items():
        if key in CONNECTIVES:
            found.add(f"where {key}")
            for each in value if isinstance(value, list) else [value]:
                found |= of_where(schema, type_name, each)
            continue
        found.add(f"where {type_name}.{key}")
        kind = where_field(schema, type_name, key)
        if (type_name, key) not in EDGES:
            found |= _of_operators(kind, value or {})
        elif kind.endswith("Quantifier"):
            for quantifier, condition in value.items():
                found |= {f"quantifier {quantifier}"} | of_where(schema, EDGES[type_name, key].target, condition)
        else:
            found |= of_where(schema, EDGES[type_name, key].target, value or {})
    return found


def _of_operators(kind: str, operators: Mapping[str, Any]) -> set[str]:
    if kind == "MoneyFilter":
        inner = {"amount": "DecimalFilter", "currency": "StringFilter"}
        return {f"operator {kind}.{part}" for part in operators}.union(
            *(_of_operators(inner[part], value or {}) for part, value in operators.items())
        )
    return {f"operator {kind}.{name}" for name in operators}


def of_order(type_name: str, order_by: Iterable[Mapping[str, Any]]) -> set[str]:
    """What an order uses."""
    return {f"order {type_name}.{item['field']} {item.get('direction') or 'ASC'}" for item in order_by}


def everything(schema: GraphQLSchema) -> set[str]:
    """All that operations must hit, and the roles of those who must ask."""
    wanted = FORMS | {f"mistake: {name}" for name in MISTAKES} | {f"page {form}" for form in PAGES}
    wanted |= {f"refused {code}" for code in CODES} | {f"role {name}" for name in SHIPPED.roles}
    wanted |= {f"quantifier {name}" for name in QUANTIFIERS} | {f"where {name}" for name in CONNECTIVES}
    wanted |= grouping.everything()
    wanted |= {f"part {name}" for name in ("nodes", "edges", "pageInfo", "totalCount", "aggregates", "__typename")}
    wanted |= {f"match {name}" for name in searching.MATCHES}
    wanted |= {f"match of {name}" for name in searching.TYPES.values()}
    for name in (*PLAIN, *FIGURES, *KINDS):
        fields = schema.get_type(name).fields  # pyright: ignore
        wanted |= {f"field {name}.{field}" for field in fields if (name, field) not in NOT_JUDGED}
        wanted |= {f"argument {name}.{field}({argument})" for field in fields for argument in fields[field].args}
    for kind in ("Person", "Organisation"):
        wanted |= {f"field Customer.{field}" for field in schema.get_type(kind).fields}  # pyright: ignore
    return wanted.union(*(_of_kind(schema, name) for name in KINDS))


PLAIN = (
    "Query", "Viewer", "Bank", "HeldRole", "HeldPermission", "Money", "PageInfo", "Instalment", "SearchResults",
    "SearchHit",
)  # fmt: skip


def belongings(schema: GraphQLSchema) -> dict[str, set[str]]:
    """What can only be hit along with something else: by field, its arguments; by condition, its operators."""
    fields = ((name, field) for name in ("Query", *KINDS) for field in schema.get_type(name).fields)  # pyright: ignore
    conditions = {
        f"where {name}.{field}": _of_filter(schema, where_field(schema, name, field))
        for name in KINDS
        for field in schema.get_type(f"{name}Where").fields  # pyright: ignore
        if field not in CONNECTIVES and (name, field) not in EDGES
    }
    return conditions | {
        f"field {name}.{field}": {
            f"argument {name}.{field}({argument})"
            for argument in schema.get_type(name).fields[field].args  # pyright: ignore
        }
        for name, field in fields
    }


def _of_filter(schema: GraphQLSchema, kind: str) -> set[str]:
    return {f"operator {kind}.{operator}" for operator in schema.get_type(kind).fields}  # pyright: ignore


def ways(schema: GraphQLSchema, missing: Iterable[str]) -> frozenset[str]:
    """What leads to what is missing: the field of an argument, the condition of an operator, the list of a type."""
    found = set(missing)
    for owner, names in belongings(schema).items():
        if names & found:
            found.add(owner)
    if any(name.startswith("field Instalment.") for name in found):
        found.add("field Loan.schedule")
    if any(name.startswith(("match ", "field SearchResults.", "field SearchHit.")) for name in found):
        found.add("field Query.search")
    types = {re.split(r"[ .]", name)[1] for name in found if "." in name}
    return frozenset(found | {f"field Query.{name}" for name, edge in ROOTS.items() if edge.target in types})


FIGURES = ("MoneyAggregate", "NumberAggregate", "DateAggregate", "DateTimeAggregate", "MoneyBand", "NumberBand")


def _of_kind(schema: GraphQLSchema, name: str) -> set[str]:
    where, orders, groups, figures = (
        schema.get_type(f"{name}{kind}") for kind in ("Where", "OrderField", "GroupField", "Aggregate")
    )
    wanted = {f"order {name}.{value} {way}" for value in orders.values for way in ("ASC", "DESC")}  # pyright: ignore
    wanted |= {f"group {name}.{value}" for value in groups.values}  # pyright: ignore
    wanted |= {f"figure {name}.{field}" for field in figures.fields}  # pyright: ignore
    for field in where.fields:  # pyright: ignore
        if field in CONNECTIVES:
            continue
        wanted.add(f"where {name}.{field}")
        kind = where_field(schema, name, field)
        if not kind.endswith(("Where", "Quantifier")):
            wanted |= _of_filter(schema, kind)
    return wanted
