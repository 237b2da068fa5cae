"""What happened, as it becomes known: read by each process, for those of its clients whom it concerns.

Transactions do not commit in the order in which they began. So a position in the stream is the oldest transaction that
was still running when it was read: whatever belongs to earlier ones has been seen, and what belongs to later ones is
read again and known by its id.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

NOW = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
"""The position in the stream that a statement sees everything before."""
STATE = f"""
    SELECT {NOW} AS position, (SELECT number FROM ketu.access_version) AS access, event.*
    FROM (VALUES (1)) AS one
    LEFT JOIN (
        SELECT id, concept, row_id, transaction_id, customer_ids, staff_ids, branch_ids FROM ketu.outbox_event
    ) AS event ON event.transaction_id >= $1
    ORDER BY event.id
"""  # noqa: S608 (constants of our own)
FAR = 2**62
"""Later than any transaction: nothing is read."""

Audience = str
"""Whom an event concerns: whoever watches a concept as a whole, as one of the staff or in one branch; or a customer."""


def of_concept(concept: str) -> Audience:
    """Those who watch every row of it."""
    return concept


def of_staff(concept: str, staff_id: int) -> Audience:
    """The one whose work it is."""
    return f"{concept}/staff/{staff_id}"


def of_branch(concept: str, branch_id: int) -> Audience:
    """Those who watch what waits in a branch."""
    return f"{concept}/branch/{branch_id}"


def of_customer(customer_id: int) -> Audience:
    """Those who watch a customer, whatever happens to them."""
    return f"customer/{customer_id}"


@dataclass(frozen=True, slots=True)
class News:
    """What was read at once."""

    audiences: Collection[Audience]
    events: int
    access: int
    """The state of access."""


@dataclass
class Stream:
    """Events in the order in which they become known, each once."""

    position: int | None = None
    _known: set[int] = field(default_factory=set)

    async def read(self, connection: Any) -> News:
        """What is new since the last time; the first time, nothing: the stream begins then."""
        rows = await connection.fetch(STATE, FAR if self.position is None else self.position)
        position = rows[0]["position"]
        fresh = [row for row in rows if row["id"] is not None and row["id"] not in self._known]
        self._known = {row["id"] for row in rows if row["id"] is not None and row["transaction_id"] >= position}
        self.position = position
        audiences = {audience for row in fresh for audience in _audiences(row)}
        return News(audiences, len(fresh), rows[0]["access"])


def _audiences(event: Any) -> Iterator[Audience]:
    concept = event["concept"]
    yield of_concept(concept)
    for staff_id in event["staff_ids"]:
        yield of_staff(concept, staff_id)
    for branch_id in event["branch_ids"]:
        yield of_branch(concept, branch_id)
    for customer_id in event["customer_ids"]:
        yield of_customer(customer_id)
    if concept == "customer":
        yield of_customer(event["row_id"])
