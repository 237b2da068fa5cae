"""Who a signed-in name is, read from the bank's own records and kept until a statement refuses it."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Any

from authz.policies import Policies
from authz.reader import Reader, reader_of
from authz.subject import HeldRole, Subject
from domain.shared.database import Database

MOST_KEPT = 20_000
"""Readers; the least recently asked for leave first."""

HELD_ROLES = """
    SELECT account.id, account.username, account.staff_id, held.role, held.branch_id, branch.position,
           branch.position_end,
           (SELECT number FROM ketu.access_version) AS access_version,
           (SELECT id FROM ketu.policy_version WHERE state = 'ACTIVE') AS policy_version_id,
           ARRAY(
               SELECT access_grant.customer_id FROM ketu.access_grant AS access_grant, ketu.bank AS bank
               WHERE access_grant.staff_id = account.staff_id AND access_grant.ended_at IS NULL
                 AND bank.business_date BETWEEN access_grant.starts_on AND access_grant.ends_on
               ORDER BY access_grant.customer_id
           ) AS granted
    FROM ketu.user_account AS account
    JOIN ketu.staff AS staff ON staff.id = account.staff_id
    LEFT JOIN (
        ketu.role_assignment AS held
        JOIN ketu.branch AS branch ON branch.id = held.branch_id AND branch.state NOT IN ('PREPARING', 'APPLIED')
    ) ON held.user_account_id = account.id
    WHERE account.username = ANY($1) AND account.is_active AND staff.state = 'ACTIVE'
    ORDER BY account.username, held.role, held.branch_id
"""
WITH_ROLES = """
    SELECT DISTINCT account.username FROM ketu.user_account AS account
    JOIN ketu.role_assignment AS held ON held.user_account_id = account.id WHERE held.role = ANY($1)
"""


async def subject_called(connection: Any, username: str) -> Subject | None:
    """The active user of that name with their roles; None without one."""
    return next(_subjects(await connection.fetch(HELD_ROLES, [username])), None)


async def subjects_with_roles(connection: Any, roles: Collection[str]) -> list[Subject]:
    """Every active user who holds one of the roles, with all of theirs, by name."""
    named = [row["username"] for row in await connection.fetch(WITH_ROLES, list(roles))]
    return list(_subjects(await connection.fetch(HELD_ROLES, named)))


def _subjects(rows: Iterable[Any]) -> Iterator[Subject]:
    for username, of_user in groupby(rows, key=lambda row: row["username"]):
        held = list(of_user)
        yield Subject(
            held[0]["id"],
            username,
            held[0]["staff_id"],
            tuple(HeldRole(row["role"], row["branch_id"], row["position"], row["position_end"])
                  for row in held if row["role"]),
            access_version=held[0]["access_version"],
            policy_version_id=held[0]["policy_version_id"],
            granted_customer_ids=tuple(dict.fromkeys(held[0]["granted"])),
        )  # fmt: skip


async def reader_called(connection: Any, username: str, policies: Policies) -> Reader | None:
    """That user with the scopes of their roles under the policy in force; None when there is no such active user."""
    subject = await subject_called(connection, username)
    if subject is None:
        return None
    return reader_of(subject, await policies.of_version(connection, subject.policy_version_id))


class Readers:
    """Readers by name, each with the scopes of their roles.

    They are kept for as long as statements accept them: each compares the state of access that the reader was read
    in with the one it runs in, so nobody reads under roles, branches, grants or policies of yesterday.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._policies = Policies()
        self._known: OrderedDict[str, Reader] = OrderedDict()

    async def called(self, username: str) -> Reader | None:
        """The reader of that name; None when there is no such active user."""
        reader = self._known.get(username)
        if reader is None:
            return await self.renewed(username)
        self._known.move_to_end(username)
        return reader

    async def renewed(self, username: str) -> Reader | None:
        """The same, read anew."""
        async with self._database.read() as connection:
            reader = await reader_called(connection, username, self._policies)
        self._known.pop(username, None)
        if reader is None:
            return None
        self._known[username] = reader
        if len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        return reader
