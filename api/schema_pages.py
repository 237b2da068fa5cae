"""The schema as pages to read: what there is by concept, without the types that follow from others (filters, orders,
pages, aggregates), which are alike everywhere.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_list_type,
    is_non_null_type,
)
from strawberry.utils.str_converters import to_snake_case

from api.settings import ROOT
from resolvers.engine.edges import Amount, Column, Command, Many
from resolvers.engine.graph import Graph
from schema.node import NODES
from schema.root import Built

PAGES = ROOT / "docs" / "schema"
GLOSSARY = ROOT / "docs" / "glossary.md"
HEADER = "<!-- Written by `./ketu schema` from the types in schema/. Do not edit. -->\n\n"
INDEX = "README"
SHARED = "shared"
COMMON = ("id", "createdAt", "updatedAt", "version", "source", "sourceKey", "asOfDate")
"""Fields that (nearly) every node has; told once."""
OF_MUTATIONS = ("errors", "isReplay")
OF_NO_CONCEPT = {"building", "connection", "filters", "grouping", "mutation", "root"}
"""Modules whose types follow from those of others."""
BELONGS_TO = dict.fromkeys(
    ("shared", "errors", "money", "node", "scalars", "outbox", "subscription", "command"), SHARED
) | {
    "audit": "access_log",
    "user_account": "viewer",
}
ROOTS = ("Query", "Mutation", "Subscription")
CONCEPT = re.compile(r"(?:schema|domain|resolvers)\.([a-z_]+)(?:\.|$)")
Types = Mapping[str, GraphQLNamedType]


@dataclass(frozen=True)
class _Book:
    """What the pages are written from."""

    built: Built
    concepts: Mapping[str, list[GraphQLNamedType]]
    """By concept, the types that its slice declares."""
    chinese: Mapping[str, str]

    @property
    def graph(self) -> Graph:
        return self.built.graph

    def term(self, concept: str) -> str:
        """The Chinese of a concept, or of the first of its nodes that the glossary knows."""
        nodes = (to_snake_case(type_.name) for type_ in self.concepts[concept] if type_.name in NODES)
        names = (concept, concept.replace("_", " "), *nodes)
        return next((self.chinese[name] for name in names if name in self.chinese), "")

    def page_of(self, type_: GraphQLNamedType) -> str | None:
        """The page that tells of a type."""
        return next((concept for concept, types in self.concepts.items() if type_ in types), None)


def pages(built: Built) -> dict[Path, str]:
    """The text of every page."""
    book = _Book(built, _by_concept(built), _terms(GLOSSARY.read_text()))
    written = {concept: HEADER + _page(book, concept) for concept in book.concepts}
    written[INDEX] = HEADER + _index(book)
    return {PAGES / f"{name}.md": text.rstrip() + "\n" for name, text in written.items()}


def write(built: Built) -> None:
    """Write every page, and remove those of concepts that are gone."""
    made = pages(built)
    PAGES.mkdir(exist_ok=True)
    for file in set(PAGES.glob("*.md")) - set(made):
        file.unlink()
    for file, text in made.items():
        file.write_text(text)


def stale(built: Built) -> list[str]:
    """Names of pages that are not as they would be written now, and of those that would not be."""
    made = pages(built)
    kept = {file: file.read_text() for file in PAGES.glob("*.md")}
    return sorted(file.name for file in made.keys() | kept.keys() if made.get(file) != kept.get(file))


def _by_concept(built: Built) -> dict[str, list[GraphQLNamedType]]:
    found: defaultdict[str, list[GraphQLNamedType]] = defaultdict(list)
    for name, type_ in built.schema.type_map.items():
        if name in ROOTS or name.startswith("__"):
            continue
        concept = _concept_of(type_)
        if concept is not None:
            found[concept].append(type_)
    # Payloads, unions and updates are made from declarations: they belong where their mutation or feed does.
    return dict(sorted(found.items()))


def _concept_of(type_: GraphQLNamedType) -> str | None:
    definition = type_.extensions.get("strawberry-definition")
    origin: Any = getattr(definition, "origin", None) or getattr(definition, "wrapped_cls", None)
    if origin is None:
        return None
    found = CONCEPT.match(origin.__module__)
    if found is None:
        return None
    if found[1] in OF_NO_CONCEPT:
        return None
    return BELONGS_TO.get(found[1], found[1])


def _terms(glossary: str) -> dict[str, str]:
    """Chinese by the names of the glossary's table, in their order where a row tells of several."""
    found: dict[str, str] = {}
    for row in re.findall(r"^\| ([^|]+) \| ([^|]*) \|", glossary, re.MULTILINE):
        names = [name.strip(" `") for name in row[0].split(",")]
        chinese = [name.strip() for name in row[1].split("、")]
        if len(names) == len(chinese):
            found |= dict(zip(names, chinese, strict=True))
        elif row[1].strip():
            found |= dict.fromkeys(names, row[1].strip())
    return found


# The index


def _index(book: _Book) -> str:
    rows: list[str] = []
    for concept in book.concepts:
        if concept == SHARED:
            continue
        nodes = [type_.name for type_ in book.concepts[concept] if type_.name in NODES]
        listed = ", ".join(f"[{name}]({concept}.md#{name.lower()})" for name in nodes)
        rows.append(f"| [{_words(concept)}]({concept}.md) | {book.term(concept)} | {listed} |")
    return INDEX_TEXT.format(count=len(NODES), rows=_lines(rows))


INDEX_TEXT = """# The schema

{count} types of nodes, by concept. [schema.graphql](../../schema/schema.graphql) is the schema itself, every filter and
order included; [Write queries](../guides/query.md) says how to use it, [Build on Ketu](../guides/integrate.md) how to
begin.

| Concept | 中文 | Nodes |
|---|---|---|
{rows}

## Alike everywhere

Every node has `id` (opaque, permanent), `createdAt`, `updatedAt` and `version`, and most `source`, `sourceKey` and
`asOfDate`. They are not repeated on the pages. Of a type `T`, these follow:

| Type | What it is |
|---|---|
| `TConnection` | a page of rows: `nodes`, `edges`, `pageInfo`, `totalCount`, `aggregates` |
| `TWhere` | conditions on each field and, by `some`, `none` and `every`, on related rows; `and`, `or`, `not` |
| `TOrderBy` | a key of an order: a field, a direction, where nulls stand |
| `TAggregate` | figures about all rows that match, by group |
| `TGroupBy`, `TGroupKey` | a key of groups, with its option; what the rows of a group have in common |

A mutation takes `input`, `idempotencyKey` and `dryRun`, and answers with what it shows, `errors` and `isReplay`. A
subscription takes `after`, and answers with `eventId`, `kind` and what it shows. A question mark marks what may be null
or left out. Values shared by several concepts: [shared](shared.md).
"""


# A concept


def _page(book: _Book, concept: str) -> str:
    parts = [f"# {_words(concept)} {book.term(concept)}".rstrip()]
    types = book.concepts[concept]
    nodes = [type_ for type_ in types if type_.name in NODES]
    parts += [_node(book, type_) for type_ in nodes]
    parts += [
        _object(book, type_)
        for type_ in types
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and type_ not in nodes
    ]
    inputs = {type_ for type_ in types if isinstance(type_, GraphQLInputObjectType)}
    parts += list(_mutations(book, inputs))
    parts += list(_feeds(book, concept))
    parts += [_enum(type_) for type_ in types if isinstance(type_, GraphQLEnumType)]
    return "\n\n".join(parts)


def _node(book: _Book, type_: GraphQLNamedType) -> str:
    registered = NODES[type_.name]
    reads = " and ".join(f"`{permission.value}`" for permission in registered.rows.reads)
    lists = [f"`{name}`" for name, declared in book.graph.plain["Query"].items() if _lists(declared, registered)]
    asked = f" Listed by {', '.join(lists)}." if lists else ""
    seen = f"Ids begin with `{registered.prefix}_`. Read with {reads}.{asked}" if reads else asked.strip()
    return f"{_object(book, type_, note=seen)}"


def _lists(declared: Any, registered: Any) -> bool:
    return isinstance(declared, Many) and declared.table is registered.rows.table and registered.kind is None


def _object(book: _Book, type_: Any, *, note: str = "") -> str:
    inherited = {name for interface in getattr(type_, "interfaces", ()) for name in interface.fields}
    known = {*COMMON, *inherited}
    rows = [
        f"| `{name}` | {_typed(book, field.type)} | {_told(book, type_, name, field)} |"
        for name, field in type_.fields.items()
        if name not in known or type_.name == "Node"
    ]
    extends = [interface.name for interface in getattr(type_, "interfaces", ()) if interface.name != "Node"]
    of = (
        f" It has the fields of {_and(_link(book, book.built.schema.type_map[name]) for name in extends)}, and:"
        if extends
        else ""
    )
    head = f"## {type_.name}\n\n{_flat(type_.description)}{of}" + (f" {note}" if note else "")
    return f"{head}\n\n| Field | Type | What it is |\n|---|---|---|\n{_lines(rows)}" if rows else head


def _told(book: _Book, type_: Any, name: str, field: Any) -> str:
    text = _flat(field.description)
    node = book.graph.types.get(type_.name)
    declared = node.fields.get(name) if node else None
    if isinstance(declared, Column | Amount) and declared.requires is not None:
        text += f" Needs `{declared.requires.value}`."
    if field.deprecation_reason:
        text += f" **Deprecated**: {_flat(field.deprecation_reason)}"
    return text


def _mutations(book: _Book, inputs: set[GraphQLInputObjectType]) -> Iterator[str]:
    root = book.built.schema.mutation_type
    assert root is not None
    told: set[str] = set()
    for name, field in root.fields.items():
        taken = get_named_type(field.args["input"].type)
        if taken not in inputs:
            continue
        command = book.graph.plain["Mutation"][name]
        assert isinstance(command, Command)
        needs = f" Needs `{command.requires.value}`." if command.requires else ""
        payload: Any = get_named_type(field.type)
        shows = [
            f"`{key}`: {_typed(book, each.type)}" for key, each in payload.fields.items() if key not in OF_MUTATIONS
        ]
        errors: Any = get_named_type(payload.fields["errors"].type)
        listed = ", ".join(_link(book, one) for one in errors.types)
        yield (
            f"## {name}\n\n{_flat(field.description)}{needs}\n\n{_inputs(book, taken)}\n\n"
            f"Shows {', '.join(shows) or 'nothing'}. Errors: {listed}."
        )
        told.add(taken.name)
    for type_ in sorted(inputs, key=lambda each: each.name):
        if type_.name not in told:
            yield f"## {type_.name}\n\n{_flat(type_.description)}\n\n{_inputs(book, type_)}"


def _inputs(book: _Book, type_: Any) -> str:
    rows = [
        f"| `{name}` | {_typed(book, field.type)} | {_flat(field.description)} |"
        for name, field in type_.fields.items()
    ]
    return f"| `{type_.name}` | Type | What it is |\n|---|---|---|\n{_lines(rows)}"


def _feeds(book: _Book, concept: str) -> Iterator[str]:
    root = book.built.schema.subscription_type
    for name, field in root.fields.items() if root else ():
        update: Any = get_named_type(field.type)
        shown = {key: each for key, each in update.fields.items() if key not in ("eventId", "kind")}
        leads = [_row_type(book, each.type) for each in shown.values()]
        if not any(book.page_of(one) == concept for one in leads if one is not None):
            continue
        rows = [f"| `{key}` | {_typed(book, each.type)} | {_flat(each.description)} |" for key, each in shown.items()]
        taken = ", ".join(f"`{key}`" for key in field.args)
        yield (
            f"## {name}\n\nA [subscription](../guides/live.md), by {taken}. {_flat(field.description)}\n\n"
            f"| Field | Type | What it is |\n|---|---|---|\n{_lines(rows)}"
        )


def _enum(type_: GraphQLEnumType) -> str:
    rows = [f"| `{name}` | {_flat(value.description)} |" for name, value in type_.values.items()]
    return f"## {type_.name}\n\n{_flat(type_.description)}\n\n| Value | What it means |\n|---|---|\n{_lines(rows)}"


# Words


def _row_type(book: _Book, type_: Any) -> GraphQLNamedType | None:
    name = get_named_type(type_).name
    return book.built.schema.type_map.get(name.removesuffix("Connection"))


def _typed(book: _Book, type_: Any) -> str:
    """A type in words: who reads it learns whether it may be null, and where to read on."""
    if is_non_null_type(type_):
        return (
            _typed(book, type_.of_type)[:-1]
            if _typed(book, type_.of_type).endswith("?")
            else _typed(book, type_.of_type)
        )
    if is_list_type(type_):
        return f"list of {_typed(book, type_.of_type).removesuffix('?')}?"
    if type_.name.endswith("Connection"):
        row = _row_type(book, type_)
        return f"page of {_link(book, row)}" if row is not None else f"`{type_.name}`"
    return f"{_link(book, type_)}?"


def _link(book: _Book, type_: GraphQLNamedType) -> str:
    page = book.page_of(type_)
    if isinstance(type_, GraphQLUnionType) and page is None:
        return " or ".join(_link(book, one) for one in type_.types)
    return f"`{type_.name}`" if page is None else f"[{type_.name}]({page}.md#{type_.name.lower()})"


def _flat(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


def _words(concept: str) -> str:
    return concept.replace("_", " ").capitalize()


def _and(words: Iterator[str]) -> str:
    return " and ".join(words)


def _lines(rows: list[str]) -> str:
    return "\n".join(rows)
