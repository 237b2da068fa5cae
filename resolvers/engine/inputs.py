"""Input values as the compiler sees them: their structure it must ask for, their scalars it may only bind.

Every question about structure is recorded with its answer. The list of answers is what a compiled plan is kept
by (`plan.py`), so what the compiler depends on and what the cache depends on cannot differ.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graphql import (
    BooleanValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
)

from domain.shared.problem import invalid

Variables = Mapping[str, Any]

LIFTED = "_literal"
"""Begins the names of variables that literals of the document became: given by every request, and never null."""
ABSENT = object()
PLAIN = {str, int, bool, type(None), object}
"""Types of values that are stored as they are; `object` is ABSENT's."""
Path = tuple[str | int, ...]


@dataclass(frozen=True, eq=False)
class Question:
    """Something that the compiler wants to know of the variables."""

    answer: Callable[[Variables], Hashable]
    is_about_literals: bool = False
    """Every request of one document answers it alike."""


@dataclass
class Trace:
    """The variables of one request, and what was asked about them so far."""

    variables: Variables
    asked: dict[Hashable, tuple[Question, Hashable]] = field(default_factory=dict)

    def ask(self, key: Hashable, answer: Callable[[Variables], Hashable], *, is_about_literals: bool = False) -> Any:
        """The answer for this request, recorded once under `key`."""
        if key not in self.asked:
            self.asked[key] = (Question(answer, is_about_literals), answer(self.variables))
        return self.asked[key][1]


def is_storable(text: str) -> bool:
    """Whether PostgreSQL can hold the text: no NUL, and no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def at(path: Path) -> Callable[[Variables], Any]:
    """How to find the value at `path` in any request's variables; ABSENT where there is none."""
    if len(path) == 1:
        name = str(path[0])
        # Most are at the top, and each request asks for dozens of them.
        return lambda variables: _named(variables.get(name, ABSENT))

    def value(variables: Variables) -> Any:
        found: Any = variables
        for step in path:
            if isinstance(found, dict):
                found = found.get(step, ABSENT)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return ABSENT
            if found is ABSENT:
                return ABSENT
        return _named(found)

    return value


def _named(found: Any) -> Any:
    """Enums by the names that they are stored under."""
    if type(found) in PLAIN:
        return found
    if isinstance(found, list):
        return [_named(member) for member in found]
    return found.name if isinstance(found, Enum) else found


@dataclass(frozen=True)
class Value:
    """An input value, written in the document or found in the variables."""

    trace: Trace
    name: str
    """Where it stands, for messages: `where.name.in`."""
    node: ValueNode | None
    path: Path | None

    @classmethod
    def of(cls, trace: Trace, name: str, node: ValueNode | None) -> "Value":
        """The value of an argument's node; a variable is followed to its place."""
        if isinstance(node, VariableNode):
            return cls(trace, name, None, (node.name.value,))
        return cls(trace, name, node, None)

    @property
    def is_absent(self) -> bool:
        """Not given: neither a value nor null."""
        if self.path is None:
            return self.node is None
        if self._was_literal:
            return False
        read = at(self.path)
        return self.trace.ask(("absent", self.path), lambda variables: read(variables) is ABSENT)

    @property
    def is_null(self) -> bool:
        """Given as null."""
        if self.path is None:
            return isinstance(self.node, NullValueNode)
        if self._was_literal:
            return False
        read = at(self.path)
        return self.trace.ask(("null", self.path), lambda variables: read(variables) is None)

    @property
    def _was_literal(self) -> bool:
        return self.path is not None and str(self.path[0]).startswith(LIFTED)

    @property
    def is_missing(self) -> bool:
        """Absent or null."""
        return self.is_absent or self.is_null

    def entries(self) -> Iterator[tuple[str, "Value"]]:
        """The fields of an input object that are given, in the order of the document or the request."""
        if self.path is not None:
            read = at(self.path)
            for key in self.trace.ask(("keys", self.path), lambda variables: tuple(read(variables))):
                yield key, Value(self.trace, f"{self.name}.{key}", None, (*self.path, key))
        elif isinstance(self.node, ObjectValueNode):
            for entry in self.node.fields:
                value = Value.of(self.trace, f"{self.name}.{entry.name.value}", entry.value)
                if not value.is_absent:
                    yield entry.name.value, value

    def items(self) -> list["Value"]:
        """The members of a list of input objects; a single value is a list of one."""
        if self.path is not None:
            path, read = self.path, at(self.path)
            count = self.trace.ask(("length", path), lambda variables: len(read(variables)))
            return [Value(self.trace, f"{self.name}[{index}]", None, (*path, index)) for index in range(count)]
        if isinstance(self.node, ListValueNode):
            named = [Value.of(self.trace, f"{self.name}[{n}]", item) for n, item in enumerate(self.node.values)]
            for value in named:
                if value.is_missing:
                    raise invalid(f"{value.name} is null; leave the item out instead.")
            return named
        return [self]

    def chosen(self, kind: str, choose: Callable[[Any], Hashable]) -> Any:
        """Something of the value that changes the statement: it becomes part of what the plan is kept by."""
        read = self.read()
        return self.trace.ask(
            (kind, self.path or id(self.node)),
            lambda variables: choose(read(variables)),
            is_about_literals=self._was_literal,
        )

    def items_chosen(self, kind: str, choose: Callable[[Any], Hashable]) -> tuple[Any, ...]:
        """The same for every member of a list of scalars; a single value is a list of one."""

        def choose_all(given: Any) -> Hashable:
            members = given if isinstance(given, list) else [given]
            return tuple(choose(member) for member in members)

        return self.chosen(kind, choose_all)

    def read(self) -> Callable[[Variables], Any]:
        """How to find the scalar in any request of the same plan."""
        if self.path is not None:
            return at(self.path)
        if isinstance(self.node, ListValueNode):
            members = [value.read() for value in self.items()]
            return lambda variables: [read(variables) for read in members]
        constant = _constant(self.node)
        return lambda _variables: constant


def _constant(node: ValueNode | None) -> Any:
    """A scalar that stayed in the document: everything but null and the conditions of directives became a variable."""
    match node:
        case BooleanValueNode():
            return node.value
        case NullValueNode() | None:
            return None
        case _:
            raise TypeError(f"{type(node).__name__} should have been lifted to a variable")
