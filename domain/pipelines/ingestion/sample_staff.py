"""Fictitious staff for a sample bank that came without any, so that somebody can sign in."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import asyncpg

from domain.pipelines.ingestion.lock import alone
from domain.pipelines.ingestion.refusal import LoadRefused
from domain.shared.sort_key import sort_key

MANAGERS_PER_BRANCH = 2
GIVEN = "Adam Alena Boris Dana Emil Eva Filip Hana Igor Irena Jan Jana Karel Klara Lukas Lenka Milan Marie Oskar Olga"
FAMILY = (
    "Novak Svoboda Dvorak Cerny Prochazka Kucera Vesely Horak Nemec Marek Pospisil Hajek Kral Jelinek Ruzicka Benes"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place of work."""

    branch_id: int
    name: str
    level: str
    position: int


@dataclass(frozen=True, slots=True)
class Employee:
    """A fictitious employee and the one role they hold, in their own branch."""

    username: str
    role: str
    post: str
    place: Place


async def add_sample_staff(connection: asyncpg.Connection) -> int:
    """Add what is missing of the fictitious staff and share out unassigned customers; the number added.

    Every branch of the lowest level gets a manager and relationship managers, every level above a manager and a
    teller, head office an analyst. Raises LoadRefused where the bank is a real one.
    """
    async with connection.transaction():
        await alone(connection, on_wait=lambda _: None)
        if not await connection.fetchval("SELECT bank.is_sample FROM ketu.bank AS bank"):
            raise LoadRefused("the bank is not a sample", mend="staff of a real bank come from its own HR feed")
        rows = await connection.fetch("SELECT id, name, level, position FROM ketu.branch ORDER BY position")
        places = [Place(row["id"], row["name"], row["level"], row["position"]) for row in rows]
        known = {row["username"] for row in await connection.fetch("SELECT username FROM ketu.user_account")}
        added = [employee for employee in employees(places) if employee.username not in known]
        for number, employee in enumerate(added, start=len(known)):
            await _add(connection, employee, name=name_of(number))
        await _share_out(connection)
    return len(added)


def employees(places: Iterable[Place]) -> list[Employee]:
    """Who works where, in the order of the tree; names of users are readable and the same every time."""
    hired: list[Employee] = []
    for place in places:
        slug = _slug(place.name)
        match place.level:
            case "HEAD_OFFICE":
                hired.append(Employee("analyst", "head_office_analyst", "ANALYST", place))
            case "BRANCH":
                hired.append(Employee(f"regional-{slug}", "regional_manager", "REGIONAL_MANAGER", place))
            case _:
                hired.append(Employee(f"manager-{slug}", "branch_manager", "BRANCH_MANAGER", place))
                hired.append(Employee(f"teller-{slug}", "teller", "TELLER", place))
                hired += [
                    Employee(f"rm-{slug}-{number}", "relationship_manager", "RELATIONSHIP_MANAGER", place)
                    for number in range(1, MANAGERS_PER_BRANCH + 1)
                ]
    return hired


def name_of(number: int) -> str:
    """A fictitious name; the first 320 differ."""
    given, family = GIVEN.split(), FAMILY.split()
    return f"{given[number % len(given)]} {family[(number // len(given) + number) % len(family)]}"


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


async def _add(connection: asyncpg.Connection, employee: Employee, *, name: str) -> None:
    staff_id = await connection.fetchval(
        """
        INSERT INTO ketu.staff (staff_no, name, name_sort_key, post, state, branch_id, position, is_sample)
        VALUES ($1, $2, $3, $4, 'ACTIVE', $5, $6, true) RETURNING id
        """,
        f"S-{employee.username}",
        name,
        sort_key(name),
        employee.post,
        employee.place.branch_id,
        employee.place.position,
    )
    account_id = await connection.fetchval(
        "INSERT INTO ketu.user_account (username, staff_id) VALUES ($1, $2) RETURNING id", employee.username, staff_id
    )
    await connection.execute(
        "INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) VALUES ($1, $2, $3)",
        account_id,
        employee.role,
        employee.place.branch_id,
    )


async def _share_out(connection: asyncpg.Connection) -> None:
    """Unassigned customers go to their branch's fictitious managers in turn."""
    await connection.execute(
        """
        WITH manager AS (
            SELECT id, branch_id,
                   row_number() OVER (PARTITION BY branch_id ORDER BY id) - 1 AS turn,
                   count(*) OVER (PARTITION BY branch_id) AS turns
            FROM ketu.staff WHERE is_sample AND post = 'RELATIONSHIP_MANAGER' AND state = 'ACTIVE'
        ), unassigned AS (
            SELECT id, branch_id, row_number() OVER (PARTITION BY branch_id ORDER BY id) - 1 AS place
            FROM ketu.customer WHERE manager_id IS NULL
        )
        UPDATE ketu.customer AS customer SET manager_id = manager.id
        FROM unassigned JOIN manager
          ON manager.branch_id = unassigned.branch_id AND manager.turn = unassigned.place % manager.turns
        WHERE customer.id = unassigned.id
        """
    )
