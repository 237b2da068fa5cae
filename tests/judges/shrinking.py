"""A failing operation made small: whatever can be left out while the judges still disagree is left out."""

import copy
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    ObjectFieldNode,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)

Variables = dict[str, Any]
Fails = Callable[[str, Variables], Awaitable[bool]]
REMOVABLE = (FieldNode, InlineFragmentNode, FragmentSpreadNode, ArgumentNode, ObjectFieldNode, DirectiveNode)
MOST_TRIES = 1_000


async def shrunk(schema: GraphQLSchema, query: str, variables: Variables, fails: Fails) -> tuple[str, Variables]:
    """The smallest operation found for which `fails` is still true."""
    tries, at = 0, 0
    while tries < MOST_TRIES:
        candidates = list(_smaller(schema, query, variables))
        for number in [*range(at, len(candidates)), *range(min(at, len(candidates)))]:
            tries += 1
            if await fails(*candidates[number]):
                (query, variables), at = candidates[number], number
                break
        else:
            break
    return query, variables


def _smaller(schema: GraphQLSchema, query: str, variables: Variables) -> Iterator[tuple[str, Variables]]:
    document = parse(query, no_location=True)
    count = _Without(-1)
    visit(document, count)
    for number in range(count.seen):
        without = visit(document, _Without(number))
        found = _tidied(schema, without, variables)
        if found is not None:
            yield found
    for smaller in _smaller_values(variables):
        yield query, smaller


class _Without(Visitor):
    """Removes the n-th thing that can be removed."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number, self.seen = number, 0

    def enter(self, node: Any, *_: Any) -> Any:
        if isinstance(node, REMOVABLE):
            self.seen += 1
            if self.seen - 1 == self.number:
                return REMOVE
        return None


def _tidied(schema: GraphQLSchema, document: DocumentNode, variables: Variables) -> tuple[str, Variables] | None:
    """Without the fragments and variables that nothing uses any more; None where the rest is no valid document."""
    used = _Used()
    visit(document, used)
    while unused := [
        node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode) and node.name.value not in used.spread
    ]:
        kept = tuple(node for node in document.definitions if not any(node is each for each in unused))
        document = DocumentNode(definitions=kept)
        used = _Used()
        visit(document, used)
    if used.is_empty:
        return None
    document = visit(document, _OnlyVariables(used.read))
    try:
        text = print_ast(document)
        if validate(schema, parse(text)):
            return None
    except GraphQLError:
        return None
    return text, {name: value for name, value in variables.items() if name in used.read}


class _Used(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.spread: set[str] = set()
        self.read: set[str] = set()
        self.is_empty = False

    def enter_selection_set(self, node: SelectionSetNode, *_: Any) -> None:
        self.is_empty = self.is_empty or not node.selections

    def enter_variable_definition(self, *_: Any) -> Any:
        return self.SKIP

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        self.spread.add(node.name.value)

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.read.add(node.name.value)


class _OnlyVariables(Visitor):
    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self.names = names

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> Any:
        return self.SKIP if node.variable.name.value in self.names else REMOVE


def _smaller_values(value: Any) -> Iterator[Any]:
    """The value without one of its entries or members, at any depth."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            less = copy.copy(value)
            del less[key]
            yield less
            for inner in _smaller_values(value[key]):
                changed = copy.copy(value)
                changed[key] = inner
                yield changed
