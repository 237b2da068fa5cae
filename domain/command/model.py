"""What a command comes to: an outcome, or a refusal that leaves everything as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.audit.model import EventKind


@dataclass(frozen=True, slots=True)
class Change:
    """A row that a command changed; each becomes an entry of the access log and an event for others."""

    concept: str
    row_id: int
    action: str
    """What happened to the row, in the past tense: CREATED, CHANGED, ENDED."""
    customer_ids: Sequence[int] = ()
    fields: Sequence[str] = ()
    """Names of the fields that changed; their values are the business of the history tables."""
    kind: EventKind = EventKind.CHANGE
    staff_ids: Sequence[int] = ()
    """Whose work it is, and whose it was before: their subscriptions are told."""
    branch_ids: Sequence[int] = ()
    """Where it waits, and where it waited before: subscriptions to the queues there are told."""


def known(*ids: int | None) -> list[int]:
    """Those that there are, each once: for `customer_ids` and the like."""
    return sorted({each for each in ids if each is not None})


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that is shown once: kept out of statements, the ledger of commands and whatever prints values."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done."""

    values: Mapping[str, Any]
    """By name, what the payload is answered from: ids of rows and plain words, which fit into JSON; or a Secret."""
    changes: Sequence[Change] = ()
    is_replay: bool = False
    """The command was carried out before, under the same key."""


@dataclass
class Refusal(Exception):
    """A command that cannot be carried out as asked. It becomes one typed error of the payload."""

    type_name: str
    message: str
    path: Sequence[str] = ()
    """Where in the input the fault lies."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of the error's type."""
    is_denial: bool = False
    """Somebody tried what they may not do: kept in the access log."""

    @property
    def shown(self) -> dict[str, Any]:
        """The error as the payload shows it."""
        return {"__typename": self.type_name, "message": self.message, "path": list(self.path), **self.values}


def not_found(*path: str) -> Refusal:
    """No such row, or none that the reader may see: the two are not told apart."""
    return Refusal("NotFound", f"{'.'.join(path)} names nothing that you can see.", path)


def not_permitted(message: str, *path: str) -> Refusal:
    """The row is there and visible, the act is beyond the reader."""
    return Refusal("NotPermitted", message, path, is_denial=True)


def invalid_input(message: str, *path: str) -> Refusal:
    """A value that makes no sense there."""
    return Refusal("InvalidInput", message, path)


def conflict(current_version: int, *path: str) -> Refusal:
    """Somebody else changed the row since it was read."""
    message = "The row has changed since it was read: read it again, and decide anew."
    return Refusal("Conflict", message, path, {"currentVersion": current_version})


def key_reused() -> Refusal:
    """The key stands for another command."""
    message = "This idempotency key was used for another command or input; give each command a key of its own."
    return Refusal("KeyReused", message, ("idempotencyKey",))
