"""Keeping what staff remark about customers."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import written
from domain.command.model import Outcome, not_permitted
from domain.note.model import LONGEST_TEXT
from domain.note.service import add_note, change_note, remove_note
from resolvers.customer.reach import customer_named, row_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

NOTE = "SELECT * FROM ketu.note WHERE id = $1 FOR UPDATE"


async def _add(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_named(context, given, Permission.NOTE_WRITE)
    text = written(given["text"], LONGEST_TEXT, "input", "text")
    staff_id = context.staff_id
    return await add_note(context.connection, customer_id=customer_id, text=text, staff_id=staff_id)


async def _change(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    note = await _note(context, given, Permission.NOTE_WRITE)
    if note["written_by_id"] != context.staff_id:
        raise not_permitted("Only who wrote it can say it otherwise; write a note of your own.", "input", "id")
    text = written(given["text"], LONGEST_TEXT, "input", "text")
    return await change_note(context.connection, note, text=text, expected_version=given["expected_version"])


async def _remove(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    note = await _note(context, given, Permission.NOTE_READ)
    staff_id = context.staff_id
    needed = Permission.NOTE_WRITE if note["written_by_id"] == staff_id else Permission.NOTE_REMOVE
    await row_in_reach(context, note, Permission.NOTE_READ, needed, "input", "id")
    expected_version = given["expected_version"]
    return await remove_note(
        context.connection, note, staff_id=staff_id, expected_version=expected_version, now=context.now
    )


async def _note(context: CommandContext, given: Mapping[str, Any], permission: Permission) -> Any:
    found = await context.connection.fetchrow(NOTE, context.row_id("Note", given["id"], "input", "id"))
    return await row_in_reach(context, found, Permission.NOTE_READ, permission, "input", "id")


add = Command("AddNotePayload", Permission.NOTE_WRITE, _add)
change = Command("ChangeNotePayload", Permission.NOTE_WRITE, _change)
remove = Command("RemoveNotePayload", Permission.NOTE_READ, _remove)
