"""Mutations: every one takes `input`, `idempotencyKey` and `dryRun`, and answers with errors and what it changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

from resolvers.engine.edges import Command, Declaration, OfOutcome, OutcomeList, OutcomeRow
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
from schema.errors import InvalidInput, KeyReused, QuotaExceeded
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
    each: str | None = None
    """For a bulk form, what it does with each member of its input."""


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
    bulk: str | None = None,
) -> None:
    """Register a mutation.

    only_tells  it changes nothing but the access log, so there is nothing to try out or to repeat
    bulk        name of the form that takes a list, for what is done to many at once
    """
    errors = errors if only_tells else (*errors, KeyReused)
    if bulk is not None:
        # An id that is none refuses a request; in a list it is the fault of one member.
        errors = tuple(dict.fromkeys((*errors, InvalidInput)))
        text = f"{description} The same for each member of a list, at most 1,000 unless the bank says otherwise."
        of_list = command.in_bulk(f"{_stem(bulk)}Payload")
        of_all = (InvalidInput, KeyReused, *({QuotaExceeded} & {*errors}))
        MUTATIONS[bulk] = Mutation(of_list, input, shows, of_all, text, only_tells, name)
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
    for payload in [*payloads.values(), *RESULTS.values()]:
        declared[payload.__strawberry_definition__.name] = {
            target.python_name: target.metadata[DECLARATION] for target in fields_of(payload)
        }
    return root, declared


def _arguments(mutation: Mutation) -> Mapping[str, Argument]:
    if mutation.only_tells:
        return {"input": Argument(mutation.input, "What to tell.")}
    if mutation.each is None:
        first = {"input": Argument(mutation.input, "What to do.")}
    else:
        first = {
            "input": Argument(list[mutation.input], "What to do, one after the other."),
            "atomic": Argument(
                bool | None, "Whether nothing is done unless all of it can be; otherwise each member is by itself."
            ),
        }
    return first | {
        "idempotencyKey": Argument(
            str | None, "A text of the client's own, new for each command: sent again, it finds the first outcome."
        ),
        "dryRun": Argument(bool | None, "Answer as if it were done, and leave everything as it was."),
    }


def _payload(mutation: Mutation) -> Any:
    name = mutation.command.payload
    stem = name.removesuffix("Payload")
    fields = _shown(mutation) if mutation.each is None else _results(stem, MUTATIONS[mutation.each])
    fields["errors"] = _errors(stem, _error(stem, mutation.errors), "Why it was not done; empty where it was.")
    if not mutation.only_tells:
        fields["isReplay"] = OutputField(
            bool,
            "Whether it had been done before, under the same idempotency key.",
            declaration=OfOutcome("isReplay"),
        )
    return object_type(name, f"The answer to {stem}.", fields)


def _shown(mutation: Mutation) -> dict[str, OutputField]:
    fields: dict[str, OutputField] = {}
    for field, shown in mutation.shows.items():
        if isinstance(shown, OutputField):
            fields[field] = shown
        else:
            declaration, text = shown
            assert isinstance(declaration, OutcomeRow)
            fields[field] = OutputField(class_of(declaration.table).cls | None, text, declaration=declaration)
    return fields


def _results(stem: str, each: Mutation) -> dict[str, OutputField]:
    """The fields of the payload of a bulk form."""
    one = each.command.payload.removesuffix("Payload")
    name = f"{stem}Result"
    result = object_type(
        name,
        f"What became of one member of the input of {stem}.",
        {
            "index": OutputField(int, "Its place in the input, from 0.", declaration=OfOutcome("index")),
            "isDone": OutputField(bool, "Whether it was done.", declaration=OfOutcome("isDone")),
            **_shown(each),
            "errors": _errors(one, _error(one, each.errors), "Why it was not done; their paths begin with its place."),
        },
    )
    RESULTS[name] = result
    return {
        "results": OutputField(
            list[result], "One for each member of the input, in its order.", declaration=OutcomeList("results", name)
        ),
        "succeededCount": OutputField(int, "How many were done.", declaration=OfOutcome("succeededCount")),
        "failedCount": OutputField(int, "How many were refused.", declaration=OfOutcome("failedCount")),
    }


RESULTS: dict[str, Any] = {}
"""The types of members of payloads, by name."""


@cache
def _error(stem: str, errors: tuple[Any, ...]) -> Any:
    return Annotated[
        reduce(or_, errors), strawberry.union(f"{stem}Error", description=f"What can keep {stem} from being done.")
    ]


def _errors(stem: str, error: Any, text: str) -> OutputField:
    return OutputField(list[error], text, declaration=OfOutcome("errors", f"{stem}Error"))


def _stem(name: str) -> str:
    return "".join(part.title() for part in name.split("_"))
