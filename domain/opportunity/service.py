"""What becomes of opportunities, each within the caller's transaction. The caller has made sure that who asks may."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.branch.tree import hold_tree
from domain.command.model import Change, Outcome, invalid_input, known
from domain.opportunity.model import (
    ENDS,
    PROBABILITY,
    OpportunityCloseReason,
    OpportunityKind,
    OpportunityOccasion,
    OpportunityStage,
)

CREATE = """
    INSERT INTO ketu.opportunity (name, description, kind, occasion, stage, customer_id, product_id, owner_id,
                                  opened_by_id, branch_id, position, amount, currency, probability_ratio, opened_at,
                                  expected_close_on, lead_id)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, branch.id, branch.position, $11, coalesce($12, bank.base_currency), $13,
           $14, $15, $16
    FROM ketu.branch AS branch, ketu.bank AS bank WHERE branch.id = $10
    RETURNING id
"""
MOVE = "UPDATE ketu.opportunity SET stage = $2, probability_ratio = $3 WHERE id = $1"
CLOSE = """
    UPDATE ketu.opportunity SET stage = $2, probability_ratio = $3, closed_at = $4, close_reason = $5, close_note = $6
    WHERE id = $1
"""
ASSIGN = """
    UPDATE ketu.opportunity SET owner_id = $2, branch_id = branch.id, position = branch.position
    FROM ketu.branch AS branch WHERE opportunity.id = $1 AND branch.id = $3
"""
CAME_TO = """
    INSERT INTO ketu.opportunity_stage_change (opportunity_id, from_stage, to_stage, changed_at, staff_id, amount,
                                               currency, probability_ratio, note)
    SELECT id, $2, stage, $3, $4, amount, currency, probability_ratio, $5 FROM ketu.opportunity WHERE id = $1
"""
LEAVE = """
    UPDATE ketu.opportunity SET owner_id = NULL WHERE owner_id = $1 AND closed_at IS NULL RETURNING id, customer_id
"""
CHANGEABLE = {
    "name": "name",
    "description": "description",
    "kind": "kind",
    "occasion": "occasion",
    "customer_id": "customer",
    "product_id": "product",
    "amount": "amount",
    "currency": "amount",
    "probability_ratio": "probabilityRatio",
    "expected_close_on": "expectedCloseOn",
}
"""Columns that `change` may set, and the fields that show them."""


@dataclass(frozen=True, slots=True)
class NewOpportunity:
    """What an opportunity begins with."""

    name: str
    description: str | None
    kind: OpportunityKind
    occasion: OpportunityOccasion | None
    stage: OpportunityStage
    branch_id: int
    customer_id: int | None = None
    product_id: int | None = None
    owner_id: int | None = None
    amount: Decimal | None = None
    currency: str | None = None
    probability_ratio: Decimal | None = None
    expected_close_on: date | None = None
    lead_id: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Who takes an opportunity further, when, and what they write down."""

    staff_id: int
    at: datetime
    note: str | None = None


async def create(connection: Any, new: NewOpportunity, move: Move) -> Outcome:
    """Somebody may want something."""
    if new.stage in ENDS:
        raise invalid_input("It cannot begin with its end: create it, then close it.", "input", "stage")
    await hold_tree(connection)
    likely = PROBABILITY[new.stage] if new.probability_ratio is None else new.probability_ratio
    opportunity_id = await connection.fetchval(
        CREATE, new.name, new.description, new.kind.name, new.occasion and new.occasion.name, new.stage.name,
        new.customer_id, new.product_id, new.owner_id, move.staff_id, new.branch_id, new.amount, new.currency, likely,
        move.at, new.expected_close_on, new.lead_id,
    )  # fmt: skip
    await _came_to(connection, opportunity_id, None, move)
    change = Change("opportunity", opportunity_id, "CREATED", known(new.customer_id))
    return Outcome({"opportunity": opportunity_id}, [change])


async def change(connection: Any, opportunity: Any, values: Mapping[str, Any]) -> Outcome:
    """What is known of it has changed. `values`: by column, of those that are CHANGEABLE."""
    _must_be_open(opportunity)
    changed = {column: value for column, value in values.items() if opportunity[column] != value}
    if not changed:
        return Outcome({"opportunity": opportunity["id"]})
    listed = ", ".join(f"{column} = ${number}" for number, column in enumerate(changed, start=2))
    statement = f"UPDATE ketu.opportunity SET {listed} WHERE id = $1"  # noqa: S608 (columns of our own)
    await connection.execute(statement, opportunity["id"], *changed.values())
    about = {opportunity["customer_id"], changed.get("customer_id", opportunity["customer_id"])} - {None}
    fields = sorted({CHANGEABLE[column] for column in changed})
    told = Change("opportunity", opportunity["id"], "CHANGED", sorted(about), fields)
    return Outcome({"opportunity": opportunity["id"]}, [told])


async def move_to(
    connection: Any, opportunity: Any, stage: OpportunityStage, move: Move, *, probability_ratio: Decimal | None
) -> Outcome:
    """It comes to another stage, forwards or back."""
    _must_be_open(opportunity)
    if stage in ENDS:
        raise invalid_input("Close it, and say why.", "input", "stage")
    if stage.name == opportunity["stage"]:
        raise invalid_input("It is there already.", "input", "stage")
    likely = PROBABILITY[stage] if probability_ratio is None else probability_ratio
    await connection.execute(MOVE, opportunity["id"], stage.name, likely)
    await _came_to(connection, opportunity["id"], opportunity["stage"], move)
    return _changed(opportunity, "MOVED", ["stage", "probabilityRatio", "stageChanges"])


async def close(
    connection: Any, opportunity: Any, move: Move, *, is_won: bool, reason: OpportunityCloseReason
) -> Outcome:
    """Sold, or not."""
    _must_be_open(opportunity)
    stage = OpportunityStage.WON if is_won else OpportunityStage.LOST
    if is_won and opportunity["customer_id"] is None:
        raise invalid_input("Name the customer it is sold to first: change the opportunity.", "input", "isWon")
    await connection.execute(CLOSE, opportunity["id"], stage.name, PROBABILITY[stage], move.at, reason.name, move.note)
    await _came_to(connection, opportunity["id"], opportunity["stage"], move)
    fields = ["stage", "probabilityRatio", "closedAt", "closeReason", "closeNote", "stageChanges"]
    return _changed(opportunity, stage.name, fields)


async def assign(connection: Any, opportunity: Any, *, to_id: int | None, branch_id: int) -> Outcome:
    """Somebody else is to make it a sale, where they work; nobody: anybody in the branch."""
    _must_be_open(opportunity)
    await hold_tree(connection)
    await connection.execute(ASSIGN, opportunity["id"], to_id, branch_id)
    return _changed(opportunity, "ASSIGNED", ["owner", *(["branch"] if branch_id != opportunity["branch_id"] else [])])


async def leave_to_others(connection: Any, staff_id: int) -> list[Change]:
    """What somebody still had open waits in its branch for somebody else."""
    left = await connection.fetch(LEAVE, staff_id)
    return [Change("opportunity", row["id"], "ASSIGNED", known(row["customer_id"]), ["owner"]) for row in left]


async def _came_to(connection: Any, opportunity_id: int, from_stage: str | None, move: Move) -> None:
    await connection.execute(CAME_TO, opportunity_id, from_stage, move.at, move.staff_id, move.note)


def _must_be_open(opportunity: Any) -> None:
    if opportunity["closed_at"] is not None:
        raise invalid_input("It is closed: what comes now is another opportunity.", "input", "id")


def _changed(opportunity: Any, action: str, fields: list[str]) -> Outcome:
    told = Change("opportunity", opportunity["id"], action, known(opportunity["customer_id"]), fields)
    return Outcome({"opportunity": opportunity["id"]}, [told])
