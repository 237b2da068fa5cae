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

Shown = tuple[Declaration, str] | OutputField
"""A field of a payload: a row, with its description; or any value of the outcome."""


@dataclass(frozen=True)
class Mutation:
    """A root field of mutations, before the types that its payload shows are known."""

    command: Command
    input: Any
    shows: Mapping[str, Shown]
    errors: tuple[Any, ...]
    description: str
    only_tells: bool


MUTATIONS: dict[str, Mutation] = {}
"""By Python name."""


def mutation(
    name: str,
    command: Command,
    *,
    input: Any,
    shows: Mapping[str, Shown],
    errors: tuple[Any, ...],
    description: str,
    only_tells: bool = False,
) -> None:
    """Register a mutation.

    only_tells  it changes nothing but the access log, so there is nothing to try out or to repeat
    """
    errors = errors if only_tells else (*errors, KeyReused)
    MUTATIONS[name] = Mutation(command, input, shows, errors, description, only_tells)


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
    if mutation.only_tells:
        return {"input": Argument(mutation.input, "What to tell.")}
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
    for field, shown in mutation.shows.items():
        if isinstance(shown, OutputField):
            fields[field] = shown
        else:
            declaration, text = shown
            assert isinstance(declaration, OutcomeRow)
            fields[field] = OutputField(class_of(declaration.table).cls | None, text, declaration=declaration)
    fields["errors"] = OutputField(
        list[error],
        "Why it was not done; empty where it was.",
        declaration=OfOutcome("errors", f"{stem}Error"),
    )
    if not mutation.only_tells:
        fields["isReplay"] = OutputField(
            bool,
            "Whether it had been done before, under the same idempotency key.",
            declaration=OfOutcome("isReplay"),
        )
    return object_type(name, f"The answer to {stem}.", fields)
