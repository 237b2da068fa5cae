"""Fictitious staff for a sample bank that came without any, so that somebody can sign in.

Each sub-branch gets a branch manager and two or three relationship managers, who share its customers; each branch above
a regional manager, and a teller in its first sub-branch; the head office an analyst, an
administrator, a security officer and an auditor.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import asyncpg

from domain.branch.tree import hold_tree
from domain.pipelines.ingestion.lock import alone
from domain.pipelines.ingestion.refusal import LoadRefused
from domain.shared.sort_key import sort_key
from domain.staff.model import StaffPost

SOURCE = "sample-staff"
CUSTOMERS_FOR_A_THIRD_MANAGER = 75

WOMEN = (
    ("Jana", "Marie", "Eva", "Hana", "Lenka", "Petra", "Alena", "Věra", "Zuzana", "Ivana", "Milena"),
    ("Nováková", "Dvořáková", "Černá", "Procházková", "Kučerová", "Veselá", "Horáková", "Němcová", "Marková",
     "Pokorná", "Benešová", "Fialová", "Sedláčková"),
)  # fmt: skip
MEN = (
    ("Jan", "Petr", "Josef", "Tomáš", "Pavel", "Martin", "Jiří", "Milan", "Karel", "Zdeněk", "Roman"),
    ("Novák", "Svoboda", "Dvořák", "Černý", "Procházka", "Kučera", "Veselý", "Horák", "Krejčí", "Hájek",
     "Jelínek", "Růžička", "Beneš"),
)  # fmt: skip


class Branch(NamedTuple):
    """What of a branch decides its staff; branches come in order of their positions."""

    id: int
    number: str
    name: str
    level: str
    parent_id: int | None
    customer_count: int


class Member(NamedTuple):
    """Somebody to be: the username is the source key."""

    username: str
    staff_no: str
    name: str
    post: StaffPost
    role: str
    branch_id: int


class Added(NamedTuple):
    """What was new."""

    staff: int
    assigned_customers: int


async def add_sample_staff(connection: asyncpg.Connection, *, on_wait: Callable[[str], None] = lambda _: None) -> Added:
    """Add who is missing and give every customer a manager of their branch. Repeating changes nothing.

    reads   bank, branch, customer
    writes  staff (all marked as sample), user_account, role_assignment, customer.manager_id
    raises  LoadRefused for a bank that is not marked as sample
    """
    async with connection.transaction():
        await alone(connection, on_wait=on_wait)
        await hold_tree(connection)
        if not await connection.fetchval("SELECT is_sample FROM ketu.bank"):
            raise LoadRefused(
                "fictitious staff go only into a database that holds a sample bank",
                mend="import the bank first, or leave out --with-staff",
            )
        rows = await connection.fetch(
            "SELECT branch.id, branch_no, name, level, parent_id, "
            "(SELECT count(*) FROM ketu.customer WHERE branch_id = branch.id) FROM ketu.branch ORDER BY position"
        )
        members = list(staff_of([Branch(*row) for row in rows]))
        added = await _store(connection, members)
        return Added(added, await _assign(connection))


def staff_of(branches: Sequence[Branch]) -> Iterator[Member]:
    """Everybody who works in `branches`."""
    slugs = _slugs(branches)
    naming = _names()
    head_offices: list[Branch] = []
    has_teller: set[int | None] = set()

    def member(prefix: str, branch: Branch, post: StaffPost, role: str, *, number: int | None = None) -> Member:
        place = "" if branch.level == "HEAD_OFFICE" else f"-{slugs[branch.id]}"
        count = "" if number is None else f"-{number}"
        username = f"{prefix}{place}{count}"
        return Member(username, f"{branch.number}-{prefix}{count}", next(naming), post, role, branch.id)

    for branch in branches:
        match branch.level:
            case "HEAD_OFFICE":
                head_offices.append(branch)
                yield member("analyst", branch, StaffPost.ANALYST, "head_office_analyst")
                yield member("administrator", branch, StaffPost.ADMINISTRATOR, "administrator")
            case "BRANCH":
                yield member("regional", branch, StaffPost.REGIONAL_MANAGER, "regional_manager")
            case "SUB_BRANCH":
                yield member("manager", branch, StaffPost.BRANCH_MANAGER, "branch_manager")
                for number in range(1, 4 if branch.customer_count > CUSTOMERS_FOR_A_THIRD_MANAGER else 3):
                    post = StaffPost.RELATIONSHIP_MANAGER
                    yield member("rm", branch, post, "relationship_manager", number=number)
                if branch.parent_id not in has_teller:
                    has_teller.add(branch.parent_id)
                    yield member("teller", branch, StaffPost.TELLER, "teller")
    # Last, so that everybody else keeps the name they had.
    for branch in head_offices:
        yield member("security-officer", branch, StaffPost.SECURITY_OFFICER, "security_officer")
        yield member("auditor", branch, StaffPost.AUDITOR, "auditor")


def _slugs(branches: Sequence[Branch]) -> dict[int, str]:
    """A name for usernames: "Hl.m. Praha" → hl-m-praha; where two branches of a level share it, with the number."""
    slugs: dict[int, str] = {}
    taken: set[tuple[str, str]] = set()
    for branch in branches:
        plain = unicodedata.normalize("NFKD", branch.name).encode("ascii", "ignore").decode().casefold()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or branch.number
        slugs[branch.id] = f"{slug}-{branch.number}" if (branch.level, slug) in taken else slug
        taken.add((branch.level, slug))
    return slugs


def _names() -> Iterator[str]:
    """Women and men in turn; given names and surnames run at different paces, so pairs repeat late."""
    number = 0
    while True:
        given, surnames = WOMEN if number % 2 == 0 else MEN
        yield f"{given[number // 2 % len(given)]} {surnames[number // 2 % len(surnames)]}"
        number += 1


async def _store(connection: asyncpg.Connection, members: Sequence[Member]) -> int:
    known = {
        row["source_key"]
        for row in await connection.fetch("SELECT source_key FROM ketu.staff WHERE source = $1", SOURCE)
    }
    missing = [member for member in members if member.username not in known]
    for member in missing:
        staff_id = await connection.fetchval(
            "INSERT INTO ketu.staff "
            "(staff_no, name, name_sort_key, post, state, branch_id, position, is_sample, source, source_key) "
            "SELECT $1, $2, $3, $4, 'ACTIVE', id, position, true, $5, $6 FROM ketu.branch WHERE id = $7 RETURNING id",
            member.staff_no,
            member.name,
            sort_key(member.name),
            member.post.name,
            SOURCE,
            member.username,
            member.branch_id,
        )
        user_id = await connection.fetchval(
            "INSERT INTO ketu.user_account (username, staff_id) VALUES ($1, $2) RETURNING id", member.username, staff_id
        )
        await connection.execute(
            "INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) VALUES ($1, $2, $3)",
            user_id,
            member.role,
            member.branch_id,
        )
    return len(missing)


async def _assign(connection: asyncpg.Connection) -> int:
    """Share out, in turn, the customers who have no manager in their branch; the number of them."""
    status = await connection.execute(
        """
        WITH manager AS (
            SELECT id, branch_id, row_number() OVER of_branch - 1 AS turn,
                   count(*) OVER (PARTITION BY branch_id) AS turns
            FROM ketu.staff WHERE post = 'RELATIONSHIP_MANAGER' AND state = 'ACTIVE'
            WINDOW of_branch AS (PARTITION BY branch_id ORDER BY id)
        ), queue AS (
            SELECT customer.id, customer.branch_id,
                   row_number() OVER (PARTITION BY customer.branch_id ORDER BY customer.id) - 1 AS turn,
                   customer.manager_id IS NOT NULL AND present.branch_id = customer.branch_id
                       AND present.state = 'ACTIVE' AS is_served
            FROM ketu.customer LEFT JOIN ketu.staff AS present ON present.id = customer.manager_id
        )
        UPDATE ketu.customer SET manager_id = manager.id
        FROM queue JOIN manager ON manager.branch_id = queue.branch_id AND manager.turn = queue.turn % manager.turns
        WHERE customer.id = queue.id AND NOT queue.is_served
        """
    )
    return int(status.split()[-1])
