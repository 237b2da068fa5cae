"""Mutations: every one takes `input`, `idempotencyKey` and `dryRun`, and answers with errors and what it changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Annotated, Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

from resolvers.engine.edges import Command, Declaration, OfOutcome, OutcomeRow
from schema.building import (
    DECLARATION,
    Argument,
    OutputField,
    fields_of,
    object_type,
    output_field,
    set_arguments,
    set_type,
)
from schema.errors import KeyReused
from schema.node import class_of


@dataclass(frozen=True)
class Mutation:
    """A root field of mutations, before the types that its payload shows are known."""

    command: Command
    input: Any
    shows: Mapping[str, tuple[Declaration, str]]
    """Fields of the payload by GraphQL name: declaration and description."""
    errors: tuple[Any, ...]
    description: str


MUTATIONS: dict[str, Mutation] = {}
"""By Python name."""


def mutation(
    name: str,
    command: Command,
    *,
    input: Any,
    shows: Mapping[str, tuple[Declaration, str]],
    errors: tuple[Any, ...],
    description: str,
) -> None:
    """Register a mutation."""
    MUTATIONS[name] = Mutation(command, input, shows, (*errors, KeyReused), description)


def mutation_type() -> tuple[type, Mapping[str, Mapping[str, Declaration]]]:
    """The root of all mutations, and the declarations of it and of the payloads, by type name."""
    payloads = {name: _payload(each) for name, each in MUTATIONS.items()}
    fields = {name: output_field(each.description, each.command) for name, each in MUTATIONS.items()}
    root = strawberry.type(
        type("Mutation", (), {"__annotations__": dict.fromkeys(fields, str), **fields}),
        name="Mutation",
        description="Everything that can be done. Each field is one transaction: carried out whole, or not at all.",
    )
    for target in fields_of(root):
        set_type(target, payloads[target.python_name] | None)
        set_arguments(target, _arguments(MUTATIONS[target.python_name]))
    declared = {"Mutation": {to_camel_case(name): each.command for name, each in MUTATIONS.items()}}
    for payload in payloads.values():
        declared[payload.__strawberry_definition__.name] = {
            target.python_name: target.metadata[DECLARATION] for target in fields_of(payload)
        }
    return root, declared


def _arguments(mutation: Mutation) -> Mapping[str, Argument]:
    return {
        "input": Argument(mutation.input, "What to do."),
        "idempotencyKey": Argument(
            str | None, "A text of the client's own, new for each command: sent again, it finds the first outcome."
        ),
        "dryRun": Argument(bool | None, "Answer as if it were done, and leave everything as it was."),
    }


def _payload(mutation: Mutation) -> Any:
    name = mutation.command.payload
    stem = name.removesuffix("Payload")
    error = Annotated[
        reduce(or_, mutation.errors),
        strawberry.union(f"{stem}Error", description=f"What can keep a {stem} from being done."),
    ]
    fields: dict[str, OutputField] = {}
    for field, (declaration, text) in mutation.shows.items():
        assert isinstance(declaration, OutcomeRow)
        fields[field] = OutputField(class_of(declaration.table).cls | None, text, declaration=declaration)
    return object_type(
        name,
        f"The answer to {stem}.",
        fields
        | {
            "errors": OutputField(
                list[error],
                "Why it was not done; empty where it was.",
                declaration=OfOutcome("errors", f"{stem}Error"),
            ),
            "isReplay": OutputField(
                bool,
                "Whether it had been done before, under the same idempotency key.",
                declaration=OfOutcome("isReplay"),
            ),
        },
    )
