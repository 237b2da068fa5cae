"""Keeping what happens in the lives of customers, within the caller's transaction."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from domain.command.checks import must_be_current
from domain.command.model import Change, Outcome, invalid_input
from domain.life_event.model import LifeEventEvidence, LifeEventKind, fault_of

RECORD = """
    INSERT INTO ketu.life_event (customer_id, kind, state, happens_on, evidence, confidence_ratio, note, document_id,
                                 recorded_by_id)
    VALUES ($1, $2, 'RECORDED', $3, $4, $5, $6, $7, $8)
    ON CONFLICT (customer_id, kind, happens_on) WHERE state = 'RECORDED' DO NOTHING RETURNING id
"""
WITHDRAW = "UPDATE ketu.life_event SET state = 'WITHDRAWN' WHERE id = $1"


@dataclass(frozen=True, slots=True)
class NewLifeEvent:
    """What is kept of one."""

    customer_id: int
    kind: LifeEventKind
    happens_on: date
    evidence: LifeEventEvidence
    confidence_ratio: Decimal
    note: str | None = None
    document_id: int | None = None


async def record_life_event(connection: Any, new: NewLifeEvent, *, staff_id: int, today: date) -> Outcome:
    """Keep one. The caller has made sure that who asks may, and sees the document."""
    if fault := fault_of(new.happens_on, today=today):
        raise invalid_input(fault, "input", "happensOn")
    if not 0 <= new.confidence_ratio <= 1:
        raise invalid_input("It is a ratio: 0 knows nothing, 1 is certain.", "input", "confidenceRatio")
    event_id = await connection.fetchval(
        RECORD, new.customer_id, new.kind.name, new.happens_on, new.evidence.name, new.confidence_ratio, new.note,
        new.document_id, staff_id,
    )  # fmt: skip
    if event_id is None:
        raise invalid_input("This is recorded already, on that day.", "input", "happensOn")
    return Outcome({"lifeEvent": event_id}, [Change("life_event", event_id, "CREATED", [new.customer_id])])


async def withdraw_life_event(connection: Any, event: Any, *, expected_version: int) -> Outcome:
    """One was taken down by mistake.

    event  its row, locked by the caller
    """
    must_be_current(event, expected_version)
    if event["state"] != "RECORDED":
        raise invalid_input("It is withdrawn already.", "input", "id")
    await connection.execute(WITHDRAW, event["id"])
    change = Change("life_event", event["id"], "WITHDRAWN", [event["customer_id"]], ["state"])
    return Outcome({"lifeEvent": event["id"]}, [change])
