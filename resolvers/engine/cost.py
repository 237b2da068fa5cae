"""What an operation costs, known before anything of it is executed: the rows that it may make us read, by the sizes
that it declares. docs/decisions/0040-cost-before-execution.md has the rule in words.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_object_type,
    is_union_type,
)

from resolvers.engine.aggregate import DEFAULT_GROUPS, MOST_GROUPS
from resolvers.engine.inputs import Variables
from resolvers.engine.page import BUCKETS, DEFAULT_SIZE

Cost = int | Callable[[Variables], int]
"""A number; or a function of the variables, where sizes of lists are among them."""
COUNT = 10
"""Of a `totalCount`, or of `aggregates`: all rows that match are read, but none is shown."""
COMMAND = 10
"""Of a root field of a mutation, and of each item of its list."""
UNPAGED = 10
"""Members that a list which cannot be paged is taken to have."""
MOST_ROWS = BUCKETS[-1]

Selected = dict[str, tuple[Any, list[FieldNode]]]
"""By response key, fields that become one, and the type that they are selected of."""


def cost_of(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    constants: Variables,
) -> Cost:
    """The cost of an operation that is valid.

    constants  the variables that are known: those that literals became
    """
    reckoning = _Reckoning(schema, fragments, constants)
    root: Any = schema.get_root_type(operation.operation)
    return _most([1, reckoning.selections([operation.selection_set], root)])


def value(cost: Cost, variables: Variables) -> int:
    """The number for these variables."""
    return cost if isinstance(cost, int) else cost(variables)


def _sum(costs: Iterable[Cost]) -> Cost:
    return _folded(costs, sum)


def _most(costs: Iterable[Cost]) -> Cost:
    return _folded(costs, lambda numbers: max(numbers, default=0))


def _folded(costs: Iterable[Cost], fold: Callable[[Iterable[int]], int]) -> Cost:
    """Numbers are put together once, functions for each request."""
    listed = list(costs)
    functions = [cost for cost in listed if not isinstance(cost, int)]
    constant = fold(cost for cost in listed if isinstance(cost, int))
    if not functions:
        return constant
    if len(functions) == 1:
        (only,) = functions
        return lambda variables: fold((constant, only(variables)))
    return lambda variables: fold([constant, *[cost(variables) for cost in functions]])


def _times(size: Cost, each: Cost) -> Cost:
    if isinstance(size, int):
        return size * each if isinstance(each, int) else lambda variables: size * each(variables)
    if isinstance(each, int):
        return lambda variables: size(variables) * each
    return lambda variables: size(variables) * each(variables)


class _Reckoning:
    """One walk over the selections of an operation."""

    def __init__(
        self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode], constants: Variables
    ) -> None:
        self._schema, self._fragments, self._constants = schema, fragments, constants

    def selections(self, selection_sets: Sequence[SelectionSetNode], type_: Any) -> Cost:
        """What one object of `type_` costs beyond itself: what every type shows, and what the dearest one does."""
        by_type: dict[str | None, Selected] = {}
        for selection_set in selection_sets:
            self._collect(selection_set, type_, None, by_type, set())
        always = self._fields(by_type.pop(None, {}))
        return _sum([always, _most(self._fields(selected) for selected in by_type.values())])

    def _collect(
        self,
        selections: SelectionSetNode,
        type_: Any,
        only: str | None,
        into: dict[str | None, Selected],
        visited: set[tuple[str, str | None]],
    ) -> None:
        """Fields by response key, those that one type of object alone shows apart; conditions are taken to hold."""
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                key = (selection.alias or selection.name).value
                into.setdefault(only, {}).setdefault(key, (type_, []))[1].append(selection)
                continue
            inner: Any = selection
            if not isinstance(selection, InlineFragmentNode):
                name: str = inner.name.value
                if (name, only) in visited:
                    continue
                visited.add((name, only))
                inner = self._fragments[name]
            narrowed = type_
            if inner.type_condition is not None:
                narrowed = self._schema.type_map[inner.type_condition.name.value]
            alone = narrowed.name if narrowed is not type_ and is_object_type(narrowed) else only
            self._collect(inner.selection_set, narrowed, alone, into, visited)

    def _fields(self, selected: Selected) -> Cost:
        return _sum(self._field(type_, nodes) for type_, nodes in selected.values())

    def _field(self, type_: Any, nodes: list[FieldNode]) -> Cost:
        name = nodes[0].name.value
        if name.startswith("__"):
            return 0
        declared = type_.fields[name]
        shown = get_named_type(declared.type)
        if is_leaf_type(shown):
            return 0
        if type_ is self._schema.mutation_type:
            inner = self.selections(_sets(nodes), shown)
            return _sum([_times(self._items(nodes[0]), COMMAND), inner])
        if shown.name.endswith("Connection"):
            return self._connection(nodes, shown)
        each = self._object(nodes, shown)
        if not is_list_type(_nullable(declared.type)):
            return each
        ids = _argument(nodes[0], "ids")
        return _times(UNPAGED if ids is None else self._read(ids, _length), each)

    def _object(self, nodes: list[FieldNode], type_: Any) -> Cost:
        return _sum([int(_is_row(self._schema, type_)), self.selections(_sets(nodes), type_)])

    def _connection(self, nodes: list[FieldNode], type_: Any) -> Cost:
        size = self._size(nodes[0])
        by_type: dict[str | None, Selected] = {}
        for selection_set in _sets(nodes):
            self._collect(selection_set, type_, None, by_type, set())
        costs: list[Cost] = [1]
        for _, chosen in (each for selected in by_type.values() for each in selected.values()):
            match chosen[0].name.value:
                case "nodes" | "edges" as name:
                    costs.append(_times(size, self._object(chosen, get_named_type(type_.fields[name].type))))
                case "totalCount":
                    costs.append(COUNT)
                case "aggregates":
                    each = _sum([1, self.selections(_sets(chosen), get_named_type(type_.fields["aggregates"].type))])
                    costs.append(_sum([COUNT, _times(self._groups(chosen[0]), each)]))
                case _:
                    pass
        return _sum(costs)

    def _size(self, node: FieldNode) -> Cost:
        """Rows of a page; sizes out of bounds are refused later."""
        asked = _argument(node, "first") or _argument(node, "last")
        if asked is None:
            return DEFAULT_SIZE
        return self._read(asked, lambda size: DEFAULT_SIZE if size is None else min(max(size, 0), MOST_ROWS))

    def _groups(self, node: FieldNode) -> Cost:
        if _argument(node, "groupBy") is None:
            return 1
        asked = _argument(node, "first")
        if asked is None:
            return DEFAULT_GROUPS
        return self._read(asked, lambda size: DEFAULT_GROUPS if size is None else min(max(size, 0), MOST_GROUPS))

    def _items(self, node: FieldNode) -> Cost:
        """Items of the longest list that a command is given at once."""
        return _most([1, *(self._read(argument.value, _length) for argument in node.arguments or ())])

    def _read(self, node: ValueNode, number: Callable[[Any], int]) -> Cost:
        """A number made of an argument's value."""
        if isinstance(node, VariableNode):
            name = node.name.value
            if name in self._constants:
                return number(self._constants[name])
            return lambda variables: number(variables.get(name))
        return len(node.values) if isinstance(node, ListValueNode) else number(None)


def _length(given: Any) -> int:
    """Of a list, or of the longest list within an input."""
    if isinstance(given, dict):
        return max([1, *(len(member) for member in given.values() if isinstance(member, list))])
    return len(given) if isinstance(given, list) else 1


def _argument(node: FieldNode, name: str) -> ValueNode | None:
    return next((each.value for each in node.arguments or () if each.name.value == name), None)


def _sets(nodes: Sequence[FieldNode]) -> list[SelectionSetNode]:
    return [node.selection_set for node in nodes if node.selection_set is not None]


def _nullable(type_: Any) -> Any:
    return getattr(type_, "of_type", type_) if not is_list_type(type_) else type_


def _is_row(schema: GraphQLSchema, type_: Any) -> bool:
    """Rows have ids; amounts, page infos and the like come with their rows."""
    if is_union_type(type_):
        return any("id" in member.fields for member in schema.get_possible_types(type_))
    return "id" in type_.fields
