"""Making Strawberry types from fields in a dict: for types that follow from the declarations of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from keyword import iskeyword
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument

from resolvers.engine.edges import Declaration

DECLARATION = "ketu.declaration"
"""Key of a field's metadata under which the engine finds where its value lives."""


@dataclass(frozen=True)
class Argument:
    """An argument of a field."""

    type: Any
    description: str


@dataclass(frozen=True)
class OutputField:
    """A field of an object type."""

    type: Any
    description: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    declaration: Declaration | None = None


@dataclass(frozen=True)
class InputField:
    """A field of an input type; always optional."""

    type: Any
    description: str


def output_field(description: str, declaration: Declaration | None = None) -> Any:
    """A Strawberry field that the engine answers."""
    return strawberry.field(description=description, metadata={DECLARATION: declaration} if declaration else {})


def set_type(target: Any, type_: Any) -> None:
    """Give a Strawberry field its type once that is known."""
    target.type_annotation = StrawberryAnnotation(type_)


def set_arguments(target: Any, arguments: Mapping[str, Argument]) -> None:
    """Give a Strawberry field its arguments."""
    target.arguments = [
        StrawberryArgument(
            python_name=name,
            graphql_name=name,
            type_annotation=StrawberryAnnotation(argument.type),
            description=argument.description,
        )
        for name, argument in arguments.items()
    ]


def object_type(name: str, description: str, fields: Mapping[str, OutputField]) -> type:
    """An object type; field types may be set later by the caller through `fields_of`."""
    made = {
        f"{key}_" if iskeyword(key) else key: output_field(value.description, value.declaration)
        for key, value in fields.items()
    }
    cls = strawberry.type(_class(name, made), name=name, description=description)
    for target, key in zip(fields_of(cls), fields, strict=True):
        target.graphql_name = key
        set_type(target, fields[key].type)
        set_arguments(target, fields[key].arguments)
    return cls


def input_type(name: str, description: str, fields: Mapping[str, InputField]) -> type:
    """An input type of optional fields, named as given."""
    made = {_python(key): strawberry.field(description=value.description, name=key, default=strawberry.UNSET)
            for key, value in fields.items()}  # fmt: skip
    cls = strawberry.input(_class(name, made), name=name, description=description)
    for target in fields_of(cls):
        set_type(target, fields[target.graphql_name].type)
    return cls


def add_input_fields(cls: Any, fields: Mapping[str, InputField]) -> None:
    """Fields of an input type whose types refer back to it."""
    for name, value in fields.items():
        added = strawberry.field(description=value.description, name=name, default=strawberry.UNSET)
        added.python_name = _python(name)
        set_type(added, value.type)
        cls.__strawberry_definition__.fields.append(added)


def enum_type(name: str, description: str, values: Mapping[str, str]) -> Any:
    """An enum whose values are described."""
    members: Any = Enum(name, {key: key for key in values})  # pyright: ignore[reportArgumentType]
    strawberry.enum(members, name=name, description=description)
    for value in members.__strawberry_definition__.values:  # pyright: ignore[reportAttributeAccessIssue]
        value.description = values[value.name]
    return members


def described(values: Any, texts: Mapping[str, str] | None = None) -> Any:
    """A domain's enum as a GraphQL enum: its docstring describes it, each value's text describes the value.

    texts  by name, where the values are words of their own
    """
    if not hasattr(values, "__strawberry_definition__"):
        strawberry.enum(values, description=values.__doc__)
        for value in values.__strawberry_definition__.values:
            value.description = texts[value.name] if texts else values[value.name].value
    return values


def fields_of(cls: Any) -> Sequence[Any]:
    """The Strawberry fields of a type."""
    return cls.__strawberry_definition__.fields


def _class(name: str, members: Mapping[str, Any]) -> type:
    return type(name, (), {"__annotations__": dict.fromkeys(members, str), **members})


def _python(name: str) -> str:
    return f"{name}_"
