"""Keeping what staff remark about customers, within the caller's transaction."""

from datetime import datetime
from typing import Any

from domain.command.checks import must_be_current
from domain.command.model import Change, Outcome, invalid_input

ADD = "INSERT INTO ketu.note (customer_id, state, text, written_by_id) VALUES ($1, 'KEPT', $2, $3) RETURNING id"
CHANGE = "UPDATE ketu.note SET text = $2 WHERE id = $1"
REMOVE = "UPDATE ketu.note SET state = 'REMOVED', text = NULL, removed_by_id = $2, removed_at = $3 WHERE id = $1"


async def add_note(connection: Any, *, customer_id: int, text: str, staff_id: int) -> Outcome:
    """Keep one. The caller has made sure that who asks may."""
    note_id = await connection.fetchval(ADD, customer_id, text, staff_id)
    return Outcome({"note": note_id}, [Change("note", note_id, "CREATED", [customer_id])])


async def change_note(connection: Any, note: Any, *, text: str, expected_version: int) -> Outcome:
    """It says something else from here on.

    note  its row, locked by the caller
    """
    _must_be_there(note, expected_version)
    await connection.execute(CHANGE, note["id"], text)
    return Outcome({"note": note["id"]}, [Change("note", note["id"], "CHANGED", [note["customer_id"]], ["text"])])


async def remove_note(connection: Any, note: Any, *, staff_id: int, expected_version: int, now: datetime) -> Outcome:
    """Take its words away for good.

    note  its row, locked by the caller
    """
    _must_be_there(note, expected_version)
    await connection.execute(REMOVE, note["id"], staff_id, now)
    change = Change("note", note["id"], "REMOVED", [note["customer_id"]], ["state", "text"])
    return Outcome({"note": note["id"]}, [change])


def _must_be_there(note: Any, expected_version: int) -> None:
    must_be_current(note, expected_version)
    if note["state"] != "KEPT":
        raise invalid_input("The note is removed already.", "input", "id")
