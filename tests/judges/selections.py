"""What an operation selects, by the words of the GraphQL specification: fields, fragments, directives, arguments."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    parse,
)
from graphql.execution.values import get_argument_values, get_variable_values

Fields = dict[str, list[FieldNode]]
"""Selected fields by response key, in order."""


class Selections:
    """One operation with its variables."""

    def __init__(self, schema: GraphQLSchema, query: str, variables: dict[str, Any]) -> None:
        document = parse(query, no_location=True)
        (self.operation,) = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
        named = (node for node in document.definitions if isinstance(node, FragmentDefinitionNode))
        self.fragments = {node.name.value: node for node in named}
        self.schema = schema
        self.variables: Any = get_variable_values(schema, self.operation.variable_definitions or (), variables)
        """A list of errors where they have not the shape of their types."""

    def fields(self, selection_sets: list[SelectionSetNode], type_name: str) -> Fields:
        """The fields that apply to an object of a concrete type, by response key, in order."""
        found: Fields = {}
        visited: set[str] = set()
        for selection_set in selection_sets:
            for node in self._flat(selection_set, type_name, visited):
                found.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
        return found

    def _flat(self, selection_set: SelectionSetNode, type_name: str, visited: set[str]) -> Iterator[FieldNode]:
        for node in selection_set.selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or self._applies(node.type_condition.name.value, type_name):
                    yield from self._flat(node.selection_set, type_name, visited)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in visited:
                visited.add(node.name.value)
                fragment = self.fragments[node.name.value]
                if self._applies(fragment.type_condition.name.value, type_name):
                    yield from self._flat(fragment.selection_set, type_name, visited)

    def _applies(self, condition: str, type_name: str) -> bool:
        wanted: Any = self.schema.get_type(condition)
        actual: Any = self.schema.get_type(type_name)
        return wanted is actual or (is_abstract_type(wanted) and self.schema.is_sub_type(wanted, actual))

    def _is_included(self, node: Any) -> bool:
        for directive in node.directives or ():
            (argument,) = directive.arguments
            condition = self._bool(argument.value)
            if directive.name.value == ("skip" if condition else "include"):
                return False
        return True

    def _bool(self, node: Any) -> bool:
        return self.variables.coerced[node.name.value] if isinstance(node, VariableNode) else node.value

    def arguments(self, type_name: str, node: FieldNode) -> dict[str, Any]:
        """Arguments that are given and not null."""
        parent: Any = self.schema.get_type(type_name)
        given = get_argument_values(parent.fields[node.name.value], node, self.variables)
        return {name: value for name, value in given.items() if value is not None}

    def below(self, nodes: list[FieldNode]) -> list[SelectionSetNode]:
        """The selections of merged fields."""
        return [node.selection_set for node in nodes if node.selection_set]

    def is_many(self, type_name: str, field: str) -> bool:
        """Whether a field is a connection."""
        parent: Any = self.schema.get_type(type_name)
        return get_named_type(parent.fields[field].type).name.endswith("Connection")
