"""GraphQL documents: parsed, validated and freed of literals once, then found again by their text."""

import re
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from graphql import (
    BooleanValueNode,
    DocumentNode,
    EnumValueNode,
    FloatValueNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    GraphQLSyntaxError,
    IntValueNode,
    ListValueNode,
    NameNode,
    NoSchemaIntrospectionCustomRule,
    NullValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    parse,
    parse_type,
    print_ast,
    specified_rules,
    validate,
    visit,
)
from graphql.execution.values import get_variable_values

from domain.shared.problem import invalid, too_complex
from resolvers.engine.cost import Cost, cost_of
from resolvers.engine.inputs import LIFTED, Question, is_storable
from resolvers.engine.limits import Limits, refuse_cost, refuse_excess

MOST_CHARACTERS = 2_000_000
"""Of all documents that are remembered; what is made of them takes many times the memory of their texts."""
OF_SOMEBODY = {"Identifier", "SearchText"}
"""The scalars of values that identify somebody."""


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation of a document, in the form that plans are made from."""

    key: str
    """Hash of the text with literals replaced: documents that differ in literals alone share their plans."""
    schema: GraphQLSchema
    node: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    document: DocumentNode
    literals: Mapping[str, Any]
    """Raw values of the variables that literals became."""
    coerced_literals: Mapping[str, Any]
    """The same as values of their types: constant, so worked out once."""
    variable_definitions: Sequence[VariableDefinitionNode]
    """The client's own variables, without those that literals became."""
    cost: Cost = 0
    """What answering it costs, by the variables."""
    answered: dict[Question, Hashable] = field(default_factory=dict)
    """What the literals answer to questions about them."""

    @property
    def is_mutation(self) -> bool:
        """Whether it changes anything."""
        return self.node.operation is OperationType.MUTATION

    @property
    def is_subscription(self) -> bool:
        """Whether it is answered again and again."""
        return self.node.operation is OperationType.SUBSCRIPTION


class Documents:
    """The documents seen lately, by their text."""

    def __init__(
        self, schema: GraphQLSchema, *, limits: Limits, capacity: int = 1_000, introspection: bool = True
    ) -> None:
        """introspection  whether documents may ask what the schema is"""
        self._schema = schema
        self._rules = specified_rules if introspection else (*specified_rules, NoSchemaIntrospectionCustomRule)
        self._hides_names = not introspection
        self._kept: dict[tuple[str, str | None], Operation] = {}
        """Those that do not leave."""
        self._limits = limits
        self._capacity = capacity
        self._known: OrderedDict[tuple[str, str | None], Operation] = OrderedDict()
        self._characters = 0

    def knows(self, text: str, name: str | None) -> bool:
        """Whether it takes no reading to answer this."""
        return (text, name) in self._known or (text, name) in self._kept

    def keep(self, text: str) -> None:
        """Know the operations of a document for good.

        raises  Problem, GraphQLError
        """
        document = self._parsed(text)
        operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
        for node in operations:
            name = node.name.value if node.name else None
            operation = self._read(text, name)
            if isinstance(operation.cost, int):
                refuse_cost(operation.cost, self._limits)
            self._kept[text, name] = operation
            if len(operations) == 1:
                self._kept[text, None] = operation

    def operation(self, text: str, name: str | None) -> Operation:
        """The operation called `name`, or the only one.

        raises  Problem, GraphQLError
        """
        key = (text, name)
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
            return known
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        operation = self._read(text, name)
        self._known[key] = operation
        self._characters += len(text)
        while len(self._known) > self._capacity or self._characters > MOST_CHARACTERS:
            (oldest, _), _ = self._known.popitem(last=False)
            self._characters -= len(oldest)
        return operation

    def _read(self, text: str, name: str | None) -> Operation:
        try:
            return self._understood(text, name)
        except RecursionError as error:
            raise too_complex("The document is nested too deeply to be read.") from error

    def _understood(self, text: str, name: str | None) -> Operation:
        document = self._parsed(text)
        node = _operation_called(document, name)
        self._must_be_valid(document)
        type_info = TypeInfo(self._schema)
        visit(document, TypeInfoVisitor(type_info, _IdentifierSeeker(type_info)))
        own_variables = node.variable_definitions or ()
        lifted, literals, added = lift_literals(self._schema, document, node)
        fragments = {
            definition.name.value: definition
            for definition in lifted.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        node, constants = _operation_called(lifted, name), coerce(self._schema, added, literals)
        return Operation(
            key=sha256(f"{name}\n{print_ast(lifted)}".encode()).hexdigest(),
            schema=self._schema,
            node=node,
            fragments=fragments,
            document=lifted,
            literals=literals,
            coerced_literals=constants,
            variable_definitions=own_variables,
            cost=cost_of(self._schema, node, fragments, constants),
        )

    def _must_be_valid(self, document: DocumentNode) -> None:
        refuse_excess(document, self._limits)
        errors = validate(self._schema, document, self._rules, max_errors=20, hide_suggestions=self._hides_names)
        if errors:
            raise GraphQLErrors([unsaid(error) for error in errors])

    def _parsed(self, text: str) -> DocumentNode:
        limits = self._limits
        if len(text) > limits.characters:
            raise too_complex(
                f"The document has {len(text):,} characters; at most {limits.characters:,} are read. "
                "Send values in variables, and several documents one after the other."
            )
        try:
            return parse(text, max_tokens=limits.tokens, no_location=False)
        except GraphQLSyntaxError as error:
            if error.message.endswith("too deeply. Parsing aborted."):
                raise too_complex("The document is nested too deeply to be read.") from None
            if error.message.endswith("tokens. Parsing aborted."):
                raise too_complex(
                    f"The document has more than {limits.tokens:,} tokens; ask for less, or in several documents."
                ) from None
            raise unsaid(error) from None
        except RecursionError as error:
            raise too_complex("The document is nested too deeply to be read.") from error


class GraphQLErrors(Exception):
    """Several errors of one document."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors)
        self.errors = errors


VALUES = re.compile(r"(?:, found:| Found:|(?<=value):|(?<=String)) ['\"{[\d-].*", re.DOTALL)
"""Where the library's messages begin to repeat what was sent."""


def unsaid(error: GraphQLError) -> GraphQLError:
    """The error without what was sent: it may be somebody's name or number, and messages are kept in many places."""
    error.message = VALUES.sub(".", error.message).replace("?.", "?")
    return error


def coerce(
    schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode], supplied: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Variables as values of their types.

    raises  GraphQLError  naming the first variable that has not the shape of its type
    """
    coerced = get_variable_values(schema, definitions, dict(supplied), max_errors=5)
    if isinstance(coerced, list):
        if coerced[0].message.endswith("nested too deeply."):
            raise too_complex("The variables are nested too deeply; filters hold no more than a hundred conditions.")
        raise unsaid(coerced[0])
    for name, value in coerced.coerced.items():
        _refuse_unstorable("A text of the document" if name.startswith(LIFTED) else name, value)
    return coerced.coerced


def _refuse_unstorable(name: str, value: Any) -> None:
    if isinstance(value, str):
        if not is_storable(value):
            raise invalid(f"{name} holds a NUL or half a surrogate pair, which no text of the bank can hold.")
    elif isinstance(value, Mapping):
        for key, member in value.items():
            _refuse_unstorable(f"{name}.{key}", member)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            _refuse_unstorable(f"{name}[{index}]", member)


def _operation_called(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if name is not None:
        for node in operations:
            if node.name is not None and node.name.value == name:
                return node
        raise invalid(f"The document has no operation called {name!r}.")
    if len(operations) != 1:
        raise invalid(f"The document has {len(operations)} operations: say which by `operationName`.")
    return operations[0]


class _IdentifierSeeker(Visitor):
    """Refuses documents in which an identifier is written: their texts are kept, here and by whoever sends them."""

    def __init__(self, type_info: TypeInfo) -> None:
        super().__init__()
        self.type_info = type_info

    def enter(self, node: Any, *_: Any) -> None:
        if isinstance(node, ValueNode) and not isinstance(node, VariableNode | NullValueNode):
            type_ = self.type_info.get_input_type()
            if type_ is not None and get_named_type(type_).name in OF_SOMEBODY:
                raise invalid(
                    "Send identifiers and texts to search for in variables without defaults: documents are kept."
                )


class _Lifter(Visitor):
    """Replaces every scalar and list of scalars in the arguments of fields by a variable of its type."""

    def __init__(self, type_info: TypeInfo) -> None:
        super().__init__()
        self.type_info = type_info
        self.literals: dict[str, Any] = {}
        self.definitions: list[VariableDefinitionNode] = []
        self.in_directive = 0

    def enter_directive(self, *_: Any) -> None:
        self.in_directive += 1

    def leave_directive(self, *_: Any) -> None:
        self.in_directive -= 1

    def enter_variable_definition(self, *_: Any) -> Any:
        return self.SKIP

    def enter(self, node: Any, *_: Any) -> Any:
        if self.in_directive or not isinstance(node, ValueNode):
            return None
        if isinstance(node, VariableNode | NullValueNode | ObjectValueNode):
            return None
        # On entering a list, the library already speaks of its members; the list's own type is one step up.
        in_list = isinstance(node, ListValueNode)
        type_: GraphQLInputType | None = (
            self.type_info.get_parent_input_type() if in_list else self.type_info.get_input_type()
        )
        if type_ is None or not _holds_leaves(type_) or _mentions_variable(node):
            return None
        name = f"{LIFTED}{len(self.literals)}"
        self.literals[name] = _raw(node)
        self.definitions.append(
            VariableDefinitionNode(
                variable=VariableNode(name=NameNode(value=name)), type=parse_type(str(type_)), directives=()
            )
        )
        return VariableNode(name=NameNode(value=name))


def _holds_leaves(type_: Any) -> bool:
    while is_list_type(type_) or is_non_null_type(type_):
        type_ = type_.of_type
    return is_leaf_type(type_)


def _mentions_variable(node: ValueNode) -> bool:
    values = getattr(node, "values", ())
    return any(isinstance(value, VariableNode) or _mentions_variable(value) for value in values)


def _raw(node: ValueNode) -> Any:
    """A literal as a client would have sent it in the variables; decimals keep their digits as text."""
    match node:
        case ListValueNode():
            return [_raw(value) for value in node.values]
        case IntValueNode():
            return int(node.value)
        case NullValueNode():
            return None
        case BooleanValueNode() | EnumValueNode() | FloatValueNode() | StringValueNode():
            return node.value
        case _:
            raise TypeError(f"{type(node).__name__} is not a literal scalar")


def lift_literals(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> tuple[DocumentNode, dict[str, Any], list[VariableDefinitionNode]]:
    """The document with literals replaced by declared variables, the raw values of those, and their definitions."""
    for definition in operation.variable_definitions or ():
        if definition.variable.name.value.startswith(LIFTED):
            raise invalid(f"Names of variables may not begin with {LIFTED!r}.")
    type_info = TypeInfo(schema)
    lifter = _Lifter(type_info)
    lifted = visit(document, TypeInfoVisitor(type_info, lifter))
    definitions = [
        replace(node, variable_definitions=(*(node.variable_definitions or ()), *lifter.definitions))
        if isinstance(node, OperationDefinitionNode)
        else node
        for node in lifted.definitions
    ]
    return replace(lifted, definitions=tuple(definitions)), lifter.literals, lifter.definitions
