"""Who asks in the bench, and for what: chosen at random, the same each time."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from api.failure import Failure
from domain.search.text import folded

SEED = 360
MOST = 1_000
"""Of each kind of thing that is asked for."""

UNSCOPED, SCOPED, OWN = "auditor", "regional_manager", "relationship_manager"
"""Roles with the same permissions to read: of the whole bank, of a region, of their own customers."""

READERS = """
    SELECT DISTINCT ON (held.role) held.role, account.username, account.staff_id, branch.position, branch.position_end
    FROM ketu.role_assignment AS held
    JOIN ketu.user_account AS account ON account.id = held.user_account_id
    JOIN ketu.branch AS branch ON branch.id = held.branch_id
    WHERE account.is_active AND held.role = ANY($1::text[])
    ORDER BY held.role, account.username
"""
# Scattered over the bank, without sorting all of it by anything that has an index.
SOME = """
    SELECT id, name, name_sort_key, customer_no FROM ketu.customer
    WHERE kind = 'PERSON' AND name IS NOT NULL AND state = 'ACTIVE' ORDER BY hashint8(id), id LIMIT $1
"""
IN_HOUSEHOLDS = """
    SELECT customer_id FROM ketu.household_member ORDER BY hashint8(customer_id), customer_id LIMIT $1
"""
OF_MANAGER = """
    SELECT id, name, name_sort_key, customer_no FROM ketu.customer
    WHERE manager_id = $2 AND kind = 'PERSON' AND name IS NOT NULL AND state = 'ACTIVE' ORDER BY id LIMIT $1
"""
IN_HOUSEHOLDS_OF_MANAGER = """
    SELECT member.customer_id FROM ketu.household_member AS member
    JOIN ketu.customer ON customer.id = member.customer_id
    WHERE customer.manager_id = $2 ORDER BY member.customer_id LIMIT $1
"""
OUTLETS = "SELECT id FROM ketu.branch WHERE level = 'OUTLET' AND state = 'OPEN' ORDER BY hashint8(id), id LIMIT $1"
OWN_BRANCH = "SELECT branch_id FROM ketu.staff WHERE id = $1"


@dataclass(frozen=True)
class Asked:
    """What readers ask for: by kind of variable, of the whole bank and of one manager's customers."""

    anywhere: dict[str, Sequence[Any]]
    own: dict[str, Sequence[Any]]
    usernames: dict[str, str]
    """By role."""


async def asked_for(url: str) -> Asked:
    """Choose readers, customers, branches and texts. Raises Failure."""
    connection = await asyncpg.connect(url)
    try:
        found = {row["role"]: row for row in await connection.fetch(READERS, [UNSCOPED, SCOPED, OWN])}
        if len(found) < 3:
            raise Failure("the bench needs a generated bank", mend="leave its folder to it: .ketu/bench")
        manager = found[OWN]["staff_id"]
        people = await connection.fetch(SOME, MOST)
        theirs = await connection.fetch(OF_MANAGER, MOST, manager)
        outlets = [row["id"] for row in await connection.fetch(OUTLETS, MOST)]
        return Asked(
            anywhere={
                "customer": [row["id"] for row in people],
                "household": [row["customer_id"] for row in await connection.fetch(IN_HOUSEHOLDS, MOST)],
                "branch": outlets,
                "text": _texts(people),
            },
            own={
                "customer": [row["id"] for row in theirs],
                "household": [
                    row["customer_id"] for row in await connection.fetch(IN_HOUSEHOLDS_OF_MANAGER, MOST, manager)
                ],
                "branch": [await connection.fetchval(OWN_BRANCH, manager)],
                "text": _texts(theirs),
            },
            usernames={role: row["username"] for role, row in found.items()},
        )
    finally:
        await connection.close()


def _texts(people: Sequence[asyncpg.Record]) -> list[str]:
    """What somebody types who looks for each: names from one character up, pinyin, initials, numbers."""
    chance = random.Random(SEED)

    def typed(row: asyncpg.Record) -> str:
        spelled = row["name_sort_key"].split(" ")
        return chance.choice(
            (
                row["name"][:1],
                row["name"][:2],
                row["name"],
                "".join(spelled)[: chance.randint(3, 8)],
                folded("".join(syllable[0] for syllable in spelled)),
                row["customer_no"][: chance.randint(4, len(row["customer_no"]))],
            )
        )

    return [typed(row) for row in people]
