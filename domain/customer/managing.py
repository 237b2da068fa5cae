"""Who manages customers, within the caller's transaction."""

from collections.abc import Mapping
from typing import Any

from domain.command.model import Change, Outcome

ASSIGN = "UPDATE ketu.customer SET manager_id = $2, backup_manager_id = $3 WHERE id = $1"
FIELDS = {"manager_id": "manager", "backup_manager_id": "backupManager"}


async def assign(connection: Any, customer: Any, changed: Mapping[str, int | None]) -> Outcome:
    """Other managers; nobody: the customer waits in the pool of their branch.

    changed  of `manager_id` and `backup_manager_id` those that are given
    """
    differs = {name: value for name, value in changed.items() if customer[name] != value}
    if not differs:
        return Outcome({"customer": customer["id"]})
    after = {name: customer[name] for name in FIELDS} | differs
    await connection.execute(ASSIGN, customer["id"], after["manager_id"], after["backup_manager_id"])
    change = Change("customer", customer["id"], "ASSIGNED", [customer["id"]], [FIELDS[name] for name in differs])
    return Outcome({"customer": customer["id"]}, [change])
