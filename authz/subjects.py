"""Who a signed-in name is, read from the bank's own records and kept until a statement refuses it."""

import json
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from authz.policies import Policies
from authz.reader import Reader, reader_of
from authz.subject import HeldRole, Standing, Subject
from domain.shared.database import Database
from domain.shared.scope import Scope

PAGE = 50
"""Rows of a page, for whoever walks a list to fill one."""
ALL = "SELECT reltuples FROM pg_class WHERE oid = 'ketu.customer'::regclass"
"""How many customers there are, as PostgreSQL saw last; none or less where it never looked."""
MOST_KEPT = 20_000
"""Readers; the least recently asked for leave first."""

HELD_ROLES = """
    SELECT account.id, account.username, account.staff_id, held.role, held.branch_id, branch.position,
           branch.position_end, EXISTS (SELECT FROM ketu.former_position) AS is_moving,
           (SELECT number FROM ketu.access_version) AS access_version,
           (SELECT id FROM ketu.policy_version WHERE state = 'ACTIVE') AS policy_version_id,
           (SELECT purpose FROM ketu.service_account WHERE user_account_id = account.id) AS purpose,
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
STANDING = """
    WITH standing AS (
        SELECT former.position, branch.position AS current_position
        FROM ketu.former_position AS former JOIN ketu.branch AS branch ON branch.id = former.branch_id
        UNION ALL
        SELECT branch.position, branch.position FROM ketu.branch AS branch
        WHERE NOT EXISTS (SELECT FROM ketu.former_position AS former WHERE former.position = branch.position)
    ), seen AS (
        SELECT held.id AS branch_id, standing.position, standing.current_position = held.position AS is_its_own,
               standing.current_position BETWEEN held.position AND held.position_end AS is_below
        FROM ketu.branch AS held CROSS JOIN standing WHERE held.id = ANY($1)
    ), numbered AS (
        SELECT seen.*,
               row_number() OVER (PARTITION BY branch_id ORDER BY position)
               - row_number() OVER (PARTITION BY branch_id, is_below ORDER BY position) AS run
        FROM seen
    )
    SELECT branch_id, min(position) AS low, max(position) AS high,
           array_agg(position) FILTER (WHERE is_its_own) AS its_own
    FROM numbered WHERE is_below GROUP BY branch_id, run ORDER BY branch_id, low
"""
"""Neighbouring positions that rows of a subtree carry are one interval: nobody else's rows stand between them."""
WITH_ROLES = """
    SELECT DISTINCT account.username FROM ketu.user_account AS account
    JOIN ketu.role_assignment AS held ON held.user_account_id = account.id WHERE held.role = ANY($1)
"""


async def subject_called(connection: Any, username: str) -> Subject | None:
    """The active user of that name with their roles; None without one."""
    return next(iter(await _subjects(connection, [username])), None)


async def subjects_with_roles(connection: Any, roles: Collection[str]) -> list[Subject]:
    """Every active user who holds one of the roles, with all of theirs, by name."""
    return await _subjects(connection, [row["username"] for row in await connection.fetch(WITH_ROLES, list(roles))])


async def _subjects(connection: Any, usernames: Sequence[str]) -> list[Subject]:
    rows = await connection.fetch(HELD_ROLES, usernames)
    standing: Mapping[int, Standing] = {}
    if any(row["is_moving"] for row in rows):
        # Read a moment later: a change between the two also changes the state of access, and the subject is refused.
        standing = await _standing(connection, {row["branch_id"] for row in rows if row["role"]})
    return [_subject(username, list(held), standing) for username, held in groupby(rows, lambda row: row["username"])]


def _subject(username: str, held: Sequence[Any], standing: Mapping[int, Standing]) -> Subject:
    first = held[0]
    return Subject(
        first["id"],
        username,
        first["staff_id"],
        tuple(
            HeldRole(
                row["role"], row["branch_id"], row["position"], row["position_end"], standing.get(row["branch_id"])
            )
            for row in held
            if row["role"]
        ),
        access_version=first["access_version"],
        policy_version_id=first["policy_version_id"],
        granted_customer_ids=tuple(dict.fromkeys(first["granted"])),
        purpose=first["purpose"],
    )


async def _standing(connection: Any, branch_ids: Collection[int]) -> dict[int, Standing]:
    runs: defaultdict[int, list[Any]] = defaultdict(list)
    for row in await connection.fetch(STANDING, list(branch_ids)):
        runs[row["branch_id"]].append(row)
    # A branch without runs has no rows at all: it has left its position to another one.
    return {
        branch_id: Standing(
            of_branch=tuple((position, position) for row in runs[branch_id] for position in row["its_own"] or ()),
            of_subtree=tuple((row["low"], row["high"]) for row in runs[branch_id]),
        )
        for branch_id in branch_ids
    }


async def reader_called(connection: Any, username: str, policies: Policies) -> Reader | None:
    """That user with the scopes of their roles under the policy in force; None when there is no such active user."""
    subject = await subject_called(connection, username)
    if subject is None:
        return None
    reader = reader_of(subject, await policies.of_version(connection, subject.policy_version_id))
    return replace(reader, wide=await _wide(connection, reader.scopes))


async def _wide(connection: Any, scopes: Collection[Scope]) -> frozenset[Scope]:
    """Those of the scopes with so many customers in them that a list is better walked in its order.

    A page of it is found after about page * all / seen rows; sorting what is seen reads all of that. PostgreSQL's own
    guess of how many are seen will do: it costs nothing, and only the way depends on it.
    """
    found: set[Scope] = set()
    everybody = await connection.fetchval(ALL)
    for scope in scopes:
        if scope.intervals and not scope.is_everything:
            within = " OR ".join(f"position BETWEEN {low:d} AND {high:d}" for low, high in scope.intervals)
            plan = await connection.fetchval(f"EXPLAIN (FORMAT JSON) SELECT FROM ketu.customer WHERE {within}")
            seen = json.loads(plan)[0]["Plan"]["Plan Rows"]
            if seen**2 > PAGE * everybody > 0:
                found.add(scope)
    return frozenset(found)


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
        """The reader of that name; None when there is no such active user. Raises Overloaded."""
        reader = self._known.get(username)
        if reader is None:
            self._database.must_have_place()
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
