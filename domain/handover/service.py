"""Ending a hand-over: its customers get new managers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.command.model import Change, Outcome, invalid_input

# Branches that were merged are one before all rows say so.
WAITING = """
    SELECT customer.id FROM ketu.customer AS customer
    LEFT JOIN ketu.former_position AS former ON former.position = customer.position
    WHERE customer.id = ANY($1) AND customer.{column} IS NULL AND coalesce(former.branch_id, customer.branch_id) =
        coalesce((SELECT branch_id FROM ketu.former_position WHERE position = $3), $2)
    ORDER BY customer.id FOR UPDATE OF customer
"""
ASSIGN = "UPDATE ketu.customer SET {column} = given.staff_id FROM unnest($1::bigint[], $2::bigint[]) " \
         "AS given (customer_id, staff_id) WHERE customer.id = given.customer_id"  # fmt: skip
SAME_PERSON = "SELECT id FROM ketu.customer WHERE id = ANY($1) AND manager_id = backup_manager_id"
COMPLETE = "UPDATE ketu.handover SET state = 'DONE', completed_by_id = $2, completed_at = $3 WHERE id = $1"

Given = Mapping[int, int]
"""By customer, the new manager: members of staff who work here, as the caller has made sure."""


async def complete(
    connection: Any, handover: Any, *, managers: Given, backup_managers: Given, staff_id: int, now: datetime
) -> Outcome:
    """Give all customers of a hand-over to new managers; those who have one meanwhile, or have moved, keep theirs.

    handover         its row, held by the caller
    backup_managers  for some of those who lost theirs; it is not needed by all
    """
    if handover["state"] != "OPEN":
        raise invalid_input("The hand-over is done already.", "input", "id")
    left = await _waiting(connection, "manager_id", handover["customer_ids"], handover)
    _must_wait(managers, left, "managers")
    if missing := left - managers.keys():
        message = f"{len(missing)} customers of the hand-over would still have no manager: cus_{min(missing)}, …"
        raise invalid_input(message, "input", "managers")
    without = await _waiting(connection, "backup_manager_id", handover["backup_customer_ids"], handover)
    _must_wait(backup_managers, without, "backupManagers")
    for column, given in (("manager_id", managers), ("backup_manager_id", backup_managers)):
        await connection.execute(ASSIGN.format(column=column), [*given.keys()], [*given.values()])
    both = await connection.fetchval(SAME_PERSON, [*managers, *backup_managers])
    if both is not None:
        message = f"The manager of cus_{both} would be their own backup."
        raise invalid_input(message, "input", "backupManagers" if both in backup_managers else "managers")
    await connection.execute(COMPLETE, handover["id"], staff_id, now)
    changes = [
        Change("handover", handover["id"], "DONE", sorted({*managers, *backup_managers}), ["state"]),
        *(Change("customer", row_id, "CHANGED", [row_id], ["manager"]) for row_id in managers),
        *(Change("customer", row_id, "CHANGED", [row_id], ["backupManager"]) for row_id in backup_managers),
    ]
    return Outcome({"handover": handover["id"]}, changes)


async def _waiting(connection: Any, column: str, customer_ids: list[int], handover: Any) -> set[int]:
    waiting = WAITING.format(column=column)
    rows = await connection.fetch(waiting, customer_ids, handover["branch_id"], handover["position"])
    return {row["id"] for row in rows}


def _must_wait(given: Given, waiting: set[int], name: str) -> None:
    if unknown := given.keys() - waiting:
        message = f"cus_{min(unknown)} does not wait for one: not in this hand-over, or served meanwhile."
        raise invalid_input(message, "input", name)
