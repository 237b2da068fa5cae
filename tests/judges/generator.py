"""Random valid operations, from the schema's types and from values that the data holds."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from graphql import (
    GraphQLList,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
)

from tests.judges import figures
from tests.judges.view import snake, where_field
from tests.judges.words import EDGES, KINDS, ROOTS, WIDEST, World

CONNECTIVES = ("and", "or", "not")


class Word(str):
    """Written without quotes: an enum value, or a variable."""


@dataclass
class Draft:
    """One operation, and what it uses, for the coverage."""

    query: str
    variables: dict[str, Any]
    hit: set[str]
    paging: list[tuple[str, str]] = field(default_factory=list)
    """Variables without a value for `after` and `before`, to be filled from the answer: (name, argument)."""


class Generator:
    """Writes one operation at a time."""

    def __init__(self, schema: GraphQLSchema, world: World, rng: Random) -> None:
        self.schema, self.world, self.rng = schema, world, rng
        self.used: Counter[str] = Counter()

    def draft(self, *, computed: bool = False) -> Draft:
        """A random operation."""
        self.number = 0
        self.budget = 30
        self.computed = computed
        self.definitions: list[str] = []
        self.fragments: list[str] = []
        self.variables: dict[str, Any] = {}
        self.hit: set[str] = set()
        self.paging: list[tuple[str, str]] = []
        self.filters = 30
        roots = [self._root() for _ in range(self.rng.choice([1, 1, 1, 2, 3]))]
        # A field that came to nothing may have left a variable behind.
        text = f"{{ {' '.join(roots)} }}\n" + "\n".join(self.fragments)
        named = set(re.findall(r"\$(\w+)", text))
        definitions = [each for each in self.definitions if re.findall(r"\w+", each)[0] in named]
        head = f"({', '.join(definitions)})" if definitions else ""
        variables = {name: value for name, value in self.variables.items() if name in named}
        self.used.update(self.hit)
        paging = [(name, argument) for name, argument in self.paging if name in named]
        return Draft(f"query Judged{head} {text}", variables, self.hit, paging)

    def _rare(self, kind: str, names: Iterable[str], count: int) -> list[str]:
        """Some of `names`, mostly those that were used least so far."""
        shuffled = self.rng.sample(list(names), len(list(names)))
        if self._chance(0.85):
            shuffled.sort(key=lambda name: self.used[f"{kind}{name}"])
        return shuffled[:count]

    def _new(self, letter: str) -> str:
        self.number += 1
        return f"{letter}{self.number}"

    def _chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    # Selections

    def _root(self) -> str:
        name = self.rng.choice([*ROOTS, *ROOTS, "node", "nodes", "customer", "viewer"])
        self.hit.add(f"field Query.{name}")
        alias = self._new("r")
        if name in ROOTS:
            return self._connection(alias, name, ROOTS[name].target, 3)
        if name == "viewer":
            return f"{alias}: viewer {{ {self._fields('Viewer', 1)} }}"
        wanted = ["Customer"] if name == "customer" else self.rng.sample(list(KINDS), self.rng.randint(1, 3))
        ids = [self._node_id(each) for each in wanted]
        argument = self._leaf(ids, "[ID!]!") if name == "nodes" else self._leaf(ids[0], "ID!")
        inner = self._fields("Customer", 2) if name == "customer" else self._of_node(wanted)
        return f"{alias}: {name}({'ids' if name == 'nodes' else 'id'}: {self._print(argument)}) {{ {inner} }}"

    def _node_id(self, type_name: str) -> str:
        row = self.rng.choice(self.world.tables[KINDS[type_name].table])
        return f"{KINDS[type_name].prefix}_{row['id'] if self._chance(0.95) else 987654}"

    def _of_node(self, wanted: list[str]) -> str:
        parts = ["__typename", "id"]
        for type_name in dict.fromkeys(wanted):
            # Fields of equal name and unequal type may not stand under one key.
            self.prefix = self._new("n") + "_"
            parts.append(f"... on {type_name} {{ {self._fields(type_name, 2, aliased=True)} }}")
        return " ".join(parts)

    def _fields(self, type_name: str, depth: int, *, aliased: bool = False) -> str:
        parent: Any = self.schema.get_type(type_name)
        names = [name for name in parent.fields if self.computed or (type_name, name) != ("Loan", "schedule")]
        chosen = self.rng.sample(names, min(len(names), self.rng.randint(1, 5)))
        parts = [self._field(type_name, name, depth, aliased) for name in chosen]
        if self._chance(0.2):
            parts.append(f"{self._new('t')}: __typename")
            self.hit.add("__typename")
        if type_name == "Customer" and self._chance(0.5):
            narrow = self.rng.choice(["Person", "Organisation"])
            parts.append(f"... on {narrow} {{ {self._fields(narrow, depth, aliased=aliased)} }}")
            self.hit.add(f"fragment on {narrow}")
        parts = [part for part in parts if part]
        if not parts:
            return "__typename"
        text = " ".join(parts)
        if self._chance(0.1):
            name = self._new("F")
            on = "Node" if type_name in WIDEST and text == "id" else type_name
            self.fragments.append(f"fragment {name} on {on} {{ {text} }}")
            text = f"...{name}" + (f"{self._directive()} {self._new('t')}: __typename" if self._chance(0.3) else "")
            self.hit.add("named fragment")
        elif self._chance(0.1):
            text = f"...{self._directive()} {{ {text} }} {self._new('t')}: __typename"
            self.hit.add("inline fragment")
        return text

    def _directive(self) -> str:
        name = self.rng.choice(["include", "skip"])
        self.hit.add(f"@{name}")
        variable = self._new("b")
        self.definitions.append(f"${variable}: Boolean! = {str(self._chance(0.5)).lower()}")
        if self._chance(0.6):
            self.variables[variable] = self._chance(0.5)
        return f" @{name}(if: ${variable})"

    def _field(self, type_name: str, name: str, depth: int, aliased: bool) -> str:
        parent: Any = self.schema.get_type(type_name)
        target = get_named_type(parent.fields[name].type)
        self.hit.add(f"field {WIDEST.get(type_name, type_name)}.{name}")
        self.budget -= 1
        directive = self._directive() if self._chance(0.04) else ""
        alias = self._new("a") if aliased or directive or self._chance(0.15) else name
        if is_leaf_type(target):
            return f"{alias}: {name}{directive}" if alias != name else name
        if target.name.endswith("Connection"):
            if depth <= 0 or self.budget < 0:
                return ""
            return self._connection(self._new("c"), name, target.name.removesuffix("Connection"), depth - 1, directive)
        if target.name in WIDEST and (depth <= 0 or self.budget < 0):
            return ""
        inner = self._fields(target.name, depth - 1)
        return f"{alias}: {name}{directive} {{ {inner} }}"

    def _connection(self, alias: str, name: str, target: str, depth: int, directive: str = "") -> str:
        arguments = self._arguments(target)
        head = f"{alias}: {name}{arguments}{directive}"
        parts = [self._page_part(target, depth) for _ in range(self.rng.choice([1, 1, 2]))]
        if self._chance(0.3):
            parts.append("pageInfo { hasNextPage hasPreviousPage startCursor endCursor }")
        if self._chance(0.3):
            parts.append("totalCount")
        if self._chance(0.35):
            parts.append(self._aggregates(target, depth))
        if arguments and "$p" in arguments:
            parts.append(f"{self._new('e')}: edges {{ cursor }}")
        if len(parts) > 1 and self._chance(0.2):
            self.hit.add("merged")
            return f"{head} {{ {parts[0]} }} {head} {{ {' '.join(parts[1:])} }}"
        return f"{head} {{ {' '.join(parts)} }}"

    def _page_part(self, target: str, depth: int) -> str:
        match self.rng.choice(["nodes", "nodes", "edges"]):
            case "nodes":
                return f"nodes {{ {self._fields(target, depth)} }}"
            case _:
                self.hit.add("cursor")
                return f"edges {{ cursor node {{ {self._fields(target, depth)} }} }}"

    def _aggregates(self, target: str, depth: int) -> str:
        groupings: Any = self.schema.get_type(f"{target}GroupBy")
        names = self._rare(f"group {target}.", groupings.values, self.rng.choice([0, 1, 2, 3]))
        self.hit |= {f"group {target}.{name}" for name in names}
        self.hit.add("aggregates")
        arguments: list[str] = []
        if names:
            arguments.append(f"groupBy: {self._print(self._leaf([Word(n) for n in names], f'[{target}GroupBy!]'))}")
            if self._chance(0.3):
                arguments.append(f"first: {self.rng.choice([0, 1, 3, 1000])}")
        head = f"({', '.join(arguments)})" if arguments else ""
        parts = ["count"] if self._chance(0.7) else ["__typename"]
        if names:
            parts.append(f"key {{ {self._key(target, names, depth)} }}")
        measured: Any = self.schema.get_type(f"{target}Aggregate")
        measures = [name for name in measured.fields if name not in ("key", "count")]
        for name in self.rng.sample(measures, min(len(measures), self.rng.randint(0, 3))):
            parts.append(self._field(f"{target}Aggregate", name, depth, aliased=False))
        return f"{self._new('g')}: aggregates{head} {{ {' '.join(parts)} }}"

    def _key(self, target: str, names: list[str], depth: int) -> str:
        parts = ["__typename"]
        for name in names:
            source, bucket = figures.split_grouping(name)
            key = source + (bucket.capitalize() if bucket else "")
            parts.append(self._field(f"{target}GroupKey", key, max(depth, 1), aliased=False))
        return " ".join(parts)

    # Arguments

    def _arguments(self, target: str) -> str:
        given: list[str] = []
        if self._chance(0.4) and self.filters > 0:
            given.append(f"where: {self._object(self._where(target, 2), f'{target}Where')}")
        if self._chance(0.4):
            given.append(f"orderBy: {self._object(self._order_by(target), f'[{target}OrderBy!]')}")
        form = self.rng.choice(["none", "none", "first", "first", "last", "after", "before", "after", "before"])
        self.hit.add(f"page {form}")
        size = self.rng.choice([0, 1, 2, 2, 3, 5, 19, 20, 21, 50, 51, 100])
        if form in ("first", "after"):
            given.append(f"first: {self._print(self._leaf(size, 'Int'))}")
        if form in ("last", "before"):
            given.append(f"last: {self._print(self._leaf(size, 'Int'))}")
        if form in ("after", "before") or (form == "none" and self._chance(0.1)):
            argument = form if form != "none" else "after"
            variable = self._new("p")
            self.definitions.append(f"${variable}: String")
            self.paging.append((variable, argument))
            given.append(f"{argument}: ${variable}")
        return f"({', '.join(given)})" if given else ""

    def _order_by(self, target: str) -> list[dict[str, Any]]:
        fields: Any = self.schema.get_type(f"{target}OrderField")
        chosen = self._rare(f"order {target}.", fields.values, self.rng.choice([1, 1, 2, 3, 5]))
        keys: list[dict[str, Any]] = []
        for name in chosen:
            keys.append({"field": Word(name)})
            if self._chance(0.7):
                direction = self.rng.choice(["ASC", "DESC"])
                keys[-1]["direction"] = Word(direction) if self._chance(0.95) else None
                self.hit.add(f"direction {direction}")
            self.hit.add(f"order {target}.{name}")
        return keys

    def _where(self, target: str, depth: int) -> dict[str, Any]:
        where: Any = self.schema.get_type(f"{target}Where")
        chosen = self._rare(
            f"where {target}.", [n for n in where.fields if n not in CONNECTIVES], self.rng.choice([1, 1, 2])
        )
        if self._chance(0.3):
            chosen.append(self.rng.choice(CONNECTIVES))
        result: dict[str, Any] = {}
        for name in chosen:
            self.filters -= 1
            if name in CONNECTIVES:
                self.hit.add(f"where {name}")
            if name == "not":
                result[name] = self._where(target, depth - 1) if depth > 0 else {}
            elif name in ("and", "or"):
                count = self.rng.choice([0, 1, 2, 2]) if depth > 0 else 0
                result[name] = [self._where(target, depth - 1) for _ in range(count)]
            elif (target, name) in EDGES:
                if depth > 0:
                    self.hit.add(f"where {target}.{name}")
                    result[name] = self._edge_condition(target, name, depth)
            else:
                self.hit.add(f"where {target}.{name}")
                result[name] = self._condition(target, name)
        return result

    def _edge_condition(self, target: str, name: str, depth: int) -> Any:
        beyond = EDGES[target, name].target
        if not where_field(self.schema, target, name).endswith("Quantifier"):
            return self._where(beyond, depth - 1) if self._chance(0.85) else None
        chosen = self.rng.sample(["some", "none", "every"], self.rng.choice([1, 1, 1, 2]))
        self.hit |= {f"quantifier {quantifier}" for quantifier in chosen}
        return {quantifier: self._where(beyond, depth - 1) for quantifier in chosen}

    def _condition(self, target: str, name: str) -> Any:
        if self._chance(0.04):
            return None
        kind = where_field(self.schema, target, name)
        if kind == "MoneyFilter":
            parts = self.rng.sample(["amount", "currency"], self.rng.choice([1, 1, 2]))
            columns = {"amount": ("DecimalFilter", snake(name)), "currency": ("StringFilter", "currency")}
            return {part: self._operators(columns[part][0], target, columns[part][1]) for part in parts}
        return self._operators(kind, target, snake(name))

    def _operators(self, kind: str, target: str, column: str) -> dict[str, Any]:
        operators: Any = self.schema.get_type(kind)
        chosen = self._rare(f"operator {kind}.", operators.fields, self.rng.choice([1, 1, 2, 2]))
        self.hit |= {f"operator {kind}.{name}" for name in chosen}
        return {name: self._operand(kind, name, target, column) for name in chosen}

    def _operand(self, kind: str, operator: str, target: str, column: str) -> Any:
        if self._chance(0.03):
            return None
        if operator == "isNull":
            return self._chance(0.5)
        if operator in ("in", "notIn"):
            return [self._sample(kind, target, column) for _ in range(self.rng.choice([0, 1, 2, 4]))]
        value = self._sample(kind, target, column)
        if operator == "startsWith":
            return value[: self.rng.randint(1, 3)]
        if operator == "contains":
            start = self.rng.randint(0, 1)
            return value[start : start + 3] if len(value[start : start + 3]) > 1 else "zz"
        return value

    def _sample(self, kind: str, target: str, column: str) -> Any:
        """A value that the data holds, as input."""
        if column == "id":
            return self._node_id(target)
        if column == "age":
            return self.rng.randint(0, 60)
        if column == "display_name":
            column = self.rng.choice(["name", "customer_no"])
        values = [row[column] for row in self.rng.choices(self.world.tables[KINDS[target].table], k=6)]
        value = next((value for value in values if value is not None), None)
        options: Any = self.schema.get_type(kind)
        leaf: Any = get_named_type(options.fields["eq"].type)
        if hasattr(leaf, "values"):
            return Word(value if value is not None else self.rng.choice(list(leaf.values)))
        missing = {"Date": "2024-02-29", "Int": 2, "Decimal": "10.00", "Boolean": True}
        if value is None:
            return missing.get(leaf.name, "2026-01-01T00:00:00Z" if leaf.name == "DateTime" else "an")
        if isinstance(value, datetime):
            return value.isoformat()
        return figures.text(value)

    # Writing values

    def _leaf(self, value: Any, type_name: str) -> Any:
        """A literal, or a variable that holds it, with or without a default."""
        if self._chance(0.5):
            return value
        variable = self._new("v")
        if self._chance(0.25):
            default = self._print(value)
            self.definitions.append(f"${variable}: {type_name} = {default}")
            self.hit.add("default")
        else:
            self.definitions.append(f"${variable}: {type_name}")
            if type_name.endswith("!") or self._chance(0.9):
                self.variables[variable] = value
            elif self._chance(0.5):
                self.variables[variable] = None
        return Word(f"${variable}")

    def _object(self, value: Any, type_name: str) -> str:
        """An input object: as one variable, or written out with variables within."""
        if self._chance(0.4):
            variable = self._new("v")
            self.definitions.append(f"${variable}: {type_name}")
            self.variables[variable] = value
            self.hit.add("input object in a variable")
            return f"${variable}"
        return self._print(self._with_variables(value, self._type(type_name)))

    def _type(self, type_name: str) -> Any:
        name = type_name.strip("[]!")
        return GraphQLList(self.schema.get_type(name)) if type_name.startswith("[") else self.schema.get_type(name)  # pyright: ignore

    def _with_variables(self, value: Any, type_: Any) -> Any:
        plain = get_nullable_type(type_)
        if isinstance(value, dict):
            return {key: self._with_variables(each, plain.fields[key].type) for key, each in value.items()}
        if is_list_type(plain) and isinstance(value, list):
            if not is_leaf_type(get_named_type(plain)):
                return [self._with_variables(each, plain.of_type) for each in value]
        elif not is_leaf_type(plain) or is_abstract_type(plain):
            return value
        if value is None and str(type_).endswith("!"):
            return value
        return self._leaf(value, str(type_)) if self._chance(0.3) else value

    def _print(self, value: Any) -> str:
        match value:
            case Word():
                return str(value)
            case dict():
                return "{" + ", ".join(f"{key}: {self._print(each)}" for key, each in value.items()) + "}"
            case list():
                return "[" + ", ".join(self._print(each) for each in value) + "]"
            case _:
                return json.dumps(value, ensure_ascii=False)


def coverage(schema: GraphQLSchema) -> set[str]:
    """All that operations must have hit: every edge, condition, operator, order, grouping, directive and page form."""
    wanted = {"@include", "@skip", "direction ASC", "direction DESC", "named fragment", "inline fragment", "merged"}
    wanted |= {"default", "input object in a variable", "aggregates", "cursor", "__typename", "fragment on Person"}
    wanted |= {f"page {form}" for form in ("first", "last", "after", "before", "none")}
    wanted |= {f"quantifier {name}" for name in ("some", "none", "every")} | {"where and", "where or", "where not"}
    wanted |= {f"field Query.{name}" for name in ROOTS} | {f"field {name}.{edge}" for name, edge in EDGES}
    used: set[str] = {"DecimalFilter", "StringFilter"}
    for name in KINDS:
        where, orders, groups = (schema.get_type(f"{name}{kind}") for kind in ("Where", "OrderField", "GroupBy"))
        wanted |= {f"order {name}.{value}" for value in orders.values}  # pyright: ignore
        wanted |= {f"group {name}.{value}" for value in groups.values}  # pyright: ignore
        fields = [field for field in where.fields if field not in CONNECTIVES]  # pyright: ignore
        wanted |= {f"where {name}.{field}" for field in fields}
        used |= {where_field(schema, name, field) for field in fields}
    for kind in used - {"MoneyFilter"}:
        if not kind.endswith(("Where", "Quantifier")):
            wanted |= {f"operator {kind}.{name}" for name in schema.get_type(kind).fields}  # pyright: ignore
    return wanted
