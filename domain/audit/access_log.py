"""The access log under load: entries of many requests are committed together, and each waits for its own."""

import asyncio
import json
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


class _Group:
    """Entries that are committed together."""

    def __init__(self) -> None:
        self.entries: list[tuple[Any, ...]] = []
        self.committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class AccessLog:
    """Adds entries about who saw whom. An answer leaves after its entry is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: _Group | None = None
        self._writing: asyncio.Task[None] | None = None

    async def record(self, actor: Actor, event: Event) -> None:
        """Add one entry; returns once it is committed, together with those of others. Raises what the database does."""
        group = self._waiting
        if group is None:
            group = self._waiting = _Group()
        group.entries.append((
            event.action, actor.user_account_id, actor.staff_id, actor.request_id, actor.purpose,
            "{" + ",".join(map(str, event.customer_ids)) + "}", json.dumps(dict(event.details)),
        ))  # fmt: skip
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        # Whoever stops waiting takes no entry back: the answer may have been on its way.
        await asyncio.shield(group.committed)

    async def _write(self) -> None:
        """Commit what waits, and what has come to wait meanwhile, until nothing does."""
        try:
            while self._waiting is not None:
                group, self._waiting = self._waiting, None
                try:
                    async with self._database.beside() as connection:
                        await connection.execute(INSERT_MANY, *map(list, zip(*group.entries, strict=True)))
                except Exception as error:
                    group.committed.set_exception(error)
                else:
                    group.committed.set_result(None)
        finally:
            self._writing = None
