"""The access log under load: entries of many requests are committed together, and each waits for its own."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from domain.audit.log import Actor, Event
from domain.audit.model import EventKind
from domain.shared.database import Database

INSERT_MANY = f"""
    INSERT INTO audit.event (kind, action, user_account_id, staff_id, request_id, purpose, customer_ids, details)
    SELECT '{EventKind.ACCESS.name}', action, user_account_id, staff_id, request_id, purpose,
           customer_ids::bigint[], details::jsonb
    FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
         AS entry (action, user_account_id, staff_id, request_id, purpose, customer_ids, details)
"""  # noqa: S608 (a name of our own)


@dataclass(frozen=True)
class _Entry:
    values: tuple[Any, ...]
    committed: "asyncio.Future[None]"


class AccessLog:
    """Adds entries about who saw whom. An answer leaves after its entry is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Entry] = []
        self._writing: asyncio.Task[None] | None = None

    async def record(self, actor: Actor, event: Event) -> None:
        """Add one entry; returns once it is committed, together with those of others. Raises what the database does."""
        values = (
            event.action, actor.user_account_id, actor.staff_id, actor.request_id, actor.purpose,
            "{" + ",".join(map(str, event.customer_ids)) + "}", json.dumps(dict(event.details)),
        )  # fmt: skip
        entry = _Entry(values, asyncio.get_running_loop().create_future())
        self._waiting.append(entry)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        # Whoever stops waiting takes no entry back: the answer may have been on its way.
        await asyncio.shield(entry.committed)

    async def _write(self) -> None:
        """Commit what waits, and what has come to wait meanwhile, until nothing does."""
        try:
            while self._waiting:
                entries, self._waiting = self._waiting, []
                try:
                    async with self._database.beside() as connection:
                        columns = zip(*(entry.values for entry in entries), strict=True)
                        await connection.execute(INSERT_MANY, *(list(column) for column in columns))
                except Exception as error:
                    _settle(entries, error)
                else:
                    _settle(entries, None)
        finally:
            self._writing = None


def _settle(entries: list[_Entry], error: Exception | None) -> None:
    for entry in entries:
        if entry.committed.done():
            continue
        if error is None:
            entry.committed.set_result(None)
        else:
            entry.committed.set_exception(error)
