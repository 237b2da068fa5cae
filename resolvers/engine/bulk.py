"""The bulk form of a command: each member of a list by itself, within one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from domain.command.model import Change, Outcome, Refusal, invalid_input
from domain.shared.problem import Problem, ProblemCode
from resolvers.engine.edges import Command

if TYPE_CHECKING:
    from resolvers.engine.mutation import CommandContext


@dataclass
class Tally:
    """What a bulk form leaves behind beside its outcome."""

    unstored: int = 0
    """Identifiers that were asked about and not stored."""
    denials: int = 0


@dataclass
class NothingDone(Exception):
    """Some members were refused, and all were to be done or none; the transaction is to be taken back."""

    values: Mapping[str, Any] = field(default_factory=dict)


def too_many(given: Sequence[Any], most: int) -> Refusal | None:
    """The refusal of a list that is too long."""
    if len(given) <= most:
        return None
    return invalid_input(f"{len(given)} members are too many: send {most} at most at once.", "input")


async def run(
    context: "CommandContext", command: Command, given: Sequence[Mapping[str, Any]], *, atomic: bool, tally: Tally
) -> Outcome:
    """Do it with each member; a refused one leaves nothing behind, and the others stay.

    given   the members by Python names
    raises  NothingDone
    """
    context = replace(context, is_in_bulk=True)
    results: list[dict[str, Any]] = []
    changes: list[Change] = []
    for index, each in enumerate(given):
        shown: dict[str, Any] = {"index": index, "isDone": False, "errors": []}
        try:
            async with context.connection.transaction():
                outcome = await command.run(context, each)
        except Refusal as refusal:
            tally.denials += refusal.is_denial
            tally.unstored += command.looks_up(each) if command.looks_up else 0
            results.append(shown | {"errors": [_at(refusal, index).shown]})
        except Problem as problem:
            if problem.code is not ProblemCode.INVALID_REQUEST:
                raise
            results.append(shown | {"errors": [_at(invalid_input(problem.message, "input"), index).shown]})
        else:
            results.append(shown | {"isDone": True} | dict(outcome.values))
            changes += outcome.changes
    failed = sum(not each["isDone"] for each in results)
    values = {"succeededCount": len(results) - failed, "failedCount": failed, "results": results}
    if atomic and failed:
        bare = ("index", "isDone", "errors")
        undone = [{name: each[name] for name in bare} | {"isDone": False} for each in results]
        raise NothingDone(values | {"succeededCount": 0, "results": undone})
    return Outcome(values, changes)


def _at(refusal: Refusal, index: int) -> Refusal:
    """The refusal, its path led through the member that it is about."""
    return replace(refusal, path=("input", str(index), *refusal.path[1:]))
