"""Fictitious staff: who they are, whom they serve, and that they come only into a sample bank."""

from collections.abc import AsyncIterator
from itertools import groupby
from pathlib import Path

import asyncpg
import pytest

from domain.pipelines.ingestion.berka.run import load_berka
from domain.pipelines.ingestion.refusal import LoadRefused
from domain.pipelines.ingestion.sample_staff import Added, Branch, add_sample_staff, staff_of
from domain.shared.cipher import KeyRing
from tests.pipelines.ingestion.small_delivery import SmallDelivery
from tests.pipelines.snapshot import row_counts, snapshot

pytestmark = pytest.mark.anyio


@pytest.fixture
async def connection(fresh_database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(fresh_database_url)
    yield connection
    await connection.close()


def test_a_branch_with_many_customers_has_a_third_relationship_manager():
    branches = [
        Branch(1, "HQ", "Head office", "HEAD_OFFICE", None, 0),
        Branch(2, "R01", "Střední Čechy", "BRANCH", 1, 0),
        Branch(3, "001", "Benešov", "SUB_BRANCH", 2, 75),
        Branch(4, "002", "Benesov", "SUB_BRANCH", 2, 76),
    ]
    members = list(staff_of(branches))
    assert [(member.username, member.staff_no, member.role, member.branch_id) for member in members] == [
        ("analyst", "HQ-analyst", "head_office_analyst", 1),
        ("administrator", "HQ-administrator", "administrator", 1),
        ("regional-stredni-cechy", "R01-regional", "regional_manager", 2),
        ("manager-benesov", "001-manager", "branch_manager", 3),
        ("rm-benesov-1", "001-rm-1", "relationship_manager", 3),
        ("rm-benesov-2", "001-rm-2", "relationship_manager", 3),
        ("teller-benesov", "001-teller", "teller", 3),
        ("manager-benesov-002", "002-manager", "branch_manager", 4),
        ("rm-benesov-002-1", "002-rm-1", "relationship_manager", 4),
        ("rm-benesov-002-2", "002-rm-2", "relationship_manager", 4),
        ("rm-benesov-002-3", "002-rm-3", "relationship_manager", 4),
        ("security-officer", "HQ-security-officer", "security_officer", 1),
        ("auditor", "HQ-auditor", "auditor", 1),
    ]
    assert len({member.name for member in members}) == len(members)


async def test_everybody_is_marked_as_sample_and_may_sign_in(
    connection: asyncpg.Connection, tmp_path: Path, key_ring: KeyRing
):
    await load_berka(connection, SmallDelivery(tmp_path).write(), key_ring=key_ring)
    added = await add_sample_staff(connection)
    assert added == Added(staff=4 + 2 + 3 * 3 + 2, assigned_customers=4)
    rows = await connection.fetch(
        "SELECT username, is_active, is_sample, post, role, staff.branch_id = role.branch_id AS is_own_branch, "
        "staff.position = branch.position AS is_placed FROM ketu.staff "
        "JOIN ketu.user_account ON user_account.staff_id = staff.id "
        "JOIN ketu.role_assignment AS role ON role.user_account_id = user_account.id "
        "JOIN ketu.branch ON branch.id = staff.branch_id ORDER BY staff.id"
    )
    assert len(rows) == added.staff
    assert all(row["is_active"] and row["is_sample"] and row["is_own_branch"] and row["is_placed"] for row in rows)
    roles = {row["post"]: row["role"] for row in rows}
    assert roles == {
        "ANALYST": "head_office_analyst",
        "ADMINISTRATOR": "administrator",
        "REGIONAL_MANAGER": "regional_manager",
        "BRANCH_MANAGER": "branch_manager",
        "RELATIONSHIP_MANAGER": "relationship_manager",
        "TELLER": "teller",
        "SECURITY_OFFICER": "security_officer",
        "AUDITOR": "auditor",
    }


async def test_customers_are_shared_out_in_turn_and_stay(
    connection: asyncpg.Connection, tmp_path: Path, key_ring: KeyRing
):
    small = SmallDelivery(tmp_path)
    await load_berka(connection, small.write(), key_ring=key_ring)
    await add_sample_staff(connection)
    query = (
        "SELECT customer_no, username FROM ketu.customer "
        "JOIN ketu.user_account ON user_account.staff_id = manager_id ORDER BY customer.id"
    )
    served = [tuple(row) for row in await connection.fetch(query)]
    assert served == [
        ("5", "rm-benesov-1"),
        ("6", "rm-benesov-2"),
        ("7", "rm-hl-m-praha-1"),
        ("8", "rm-benesov-1"),
    ]
    before = await snapshot(connection)
    assert await add_sample_staff(connection) == Added(0, 0)
    assert await snapshot(connection) == before

    # Another delivery leaves them with their managers; who is new, or has moved to another branch, gets one there.
    small.files["client"].append('9;"550505";2')
    small.files["disp"].append('105;9;30;"DISPONENT"')
    small.replace("account", '10;1;"', '10;3;"')
    await load_berka(connection, small.write(), key_ring=key_ring)
    assert [tuple(row) for row in await connection.fetch(query)] == served
    assert await add_sample_staff(connection) == Added(0, 2)
    assert [tuple(row) for row in await connection.fetch(query)] == [
        *served[:2],
        ("7", "rm-beroun-1"),
        served[3],
        ("9", "rm-benesov-2"),
    ]


async def test_a_bank_that_is_no_sample_gets_none(connection: asyncpg.Connection, tmp_path: Path, key_ring: KeyRing):
    with pytest.raises(LoadRefused, match="only into a database that holds a sample bank"):
        await add_sample_staff(connection)
    await load_berka(connection, SmallDelivery(tmp_path).write(), key_ring=key_ring)
    await connection.execute("UPDATE ketu.bank SET is_sample = false")
    with pytest.raises(LoadRefused, match="only into a database that holds a sample bank"):
        await add_sample_staff(connection)
    assert not {"ketu.staff", "ketu.user_account"} & set(await row_counts(connection))


async def test_of_the_real_bank_every_branch_has_staff(
    connection: asyncpg.Connection, berka_folder: Path, key_ring: KeyRing
):
    await load_berka(connection, berka_folder, key_ring=key_ring)
    added = await add_sample_staff(connection)
    assert added == Added(staff=259, assigned_customers=5369)
    shares = await connection.fetch(
        "SELECT branch_id, count(*) FROM ketu.customer GROUP BY branch_id, manager_id ORDER BY branch_id"
    )
    for _, group in groupby(shares, key=lambda row: row["branch_id"]):
        counts = [row["count"] for row in group]
        assert len(counts) in (2, 3)
        assert max(counts) - min(counts) <= 1
