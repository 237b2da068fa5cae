"""What clients were promised: the schema of the last release, less what it called deprecated."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLSchema,
    Visitor,
    build_ast_schema,
    find_breaking_changes,
    get_named_type,
    is_abstract_type,
    is_input_object_type,
    parse,
    visit,
)


def broken_promises(released: str, now: str) -> list[str]:
    """What a client of the released schema may miss in the present one, in words; deprecated things may go."""
    promised = build_ast_schema(_promised(parse(released, no_location=True)))
    kept = _within_reach(promised)
    breaks = find_breaking_changes(promised, build_ast_schema(parse(now, no_location=True)))
    gone = {f"{name} was removed." for name in promised.type_map if name not in kept}
    return sorted(each.description for each in breaks if each.description not in gone)


class _Undeprecated(Visitor):
    """Leaves out fields, arguments, inputs and enum values that are deprecated."""

    def enter(self, node: Any, *_: Any) -> Any:
        if any(directive.name.value == "deprecated" for directive in getattr(node, "directives", None) or ()):
            return self.REMOVE
        return None


def _promised(document: DocumentNode) -> DocumentNode:
    return visit(document, _Undeprecated())


def _within_reach(schema: GraphQLSchema) -> set[str]:
    """The types that a client can still come to by what is not deprecated."""
    found: set[str] = set()
    waiting: list[Any] = [schema.query_type, schema.mutation_type, schema.subscription_type]
    waiting += [argument.type for directive in schema.directives for argument in directive.args.values()]
    while waiting:
        type_ = get_named_type(waiting.pop())
        if type_ is None or type_.name in found:
            continue
        found.add(type_.name)
        waiting.extend(_next(schema, type_))
    return found


def _next(schema: GraphQLSchema, type_: Any) -> Iterator[Any]:
    if is_abstract_type(type_):
        yield from schema.get_possible_types(type_)
    fields: dict[str, Any] = getattr(type_, "fields", {})
    for field in fields.values():
        yield field.type
        if not is_input_object_type(type_):
            yield from (argument.type for argument in field.args.values())
    yield from getattr(type_, "interfaces", ())
