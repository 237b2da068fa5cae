"""`./ketu import`, as a person and as a script use it; killed in the middle; twice at once."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from api.settings import ROOT
from domain.pipelines.ingestion.berka.run import load_berka
from domain.pipelines.ingestion.lock import LOADING
from domain.shared.cipher import KeyRing
from tests.pipelines.ingestion.small_delivery import SmallDelivery
from tests.pipelines.snapshot import row_counts, snapshot

pytestmark = pytest.mark.anyio

SECONDS_TO_WAIT = 120
TABLE = """\
file               read     stored   rejected
district.asc          3          3          0
account.asc           3          3          0
client.asc            4          4          0
disp.asc              4          4          0
order.asc             2          2          0
loan.asc              1          1          0
card.asc              1          1          0
trans.asc             5          4          1
"""


@pytest.fixture
async def connection(fresh_database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(fresh_database_url)
    yield connection
    await connection.close()


@pytest.fixture
def small(tmp_path: Path) -> SmallDelivery:
    """With one row that is cut off."""
    small = SmallDelivery(tmp_path / "delivery")
    small.files["trans"].append('1004;20;930111;"PRIJE')
    return small


def command(folder: Path, database_url: str, *flags: str) -> list[str]:
    """The words of an import whose keys stand beside the delivery."""
    data = str(folder.parent / "data")
    words = ["import", "berka", str(folder), "--database-url", database_url, "--data", data, *flags]
    return [sys.executable, "-m", "api", *words]


def ketu(folder: Path, database_url: str, *flags: str) -> subprocess.CompletedProcess[str]:
    """An import, ended."""
    return subprocess.run(command(folder, database_url, *flags), cwd=ROOT, capture_output=True, text=True, check=False)


async def until(connection: asyncpg.Connection, condition: str) -> None:
    """Wait until `condition`, a query, is true."""
    async with asyncio.timeout(SECONDS_TO_WAIT):
        while not await connection.fetchval(condition):
            await asyncio.sleep(0.02)


async def test_counts_are_printed_as_a_table_and_for_scripts(
    fresh_database_url: str, connection: asyncpg.Connection, small: SmallDelivery
):
    folder = small.write()

    first = ketu(folder, fresh_database_url)
    before = await snapshot(connection)
    second = ketu(folder, fresh_database_url, "--json")

    assert (first.returncode, first.stdout) == (0, TABLE)
    assert second.returncode == 0
    counts = json.loads(second.stdout)
    assert counts[-1] == {"file": "trans.asc", "read": 5, "stored": 4, "rejected": 1}
    printed = [[count["file"], *(str(count[part]) for part in ("read", "stored", "rejected"))] for count in counts]
    assert printed == [line.split() for line in TABLE.splitlines()[1:]]
    assert await snapshot(connection) == before


async def test_with_staff_somebody_can_sign_in(
    fresh_database_url: str, connection: asyncpg.Connection, small: SmallDelivery
):
    folder = small.write()
    assert ketu(folder, fresh_database_url).returncode == 0
    assert await connection.fetchval("SELECT count(*) FROM ketu.user_account") == 0

    assert ketu(folder, fresh_database_url, "--with-staff").returncode == 0

    users = {row["username"] for row in await connection.fetch("SELECT username FROM ketu.user_account")}
    assert {"analyst", "regional-central-bohemia", "manager-benesov", "rm-benesov-1", "teller-benesov"} <= users
    assert await connection.fetchval("SELECT count(*) FROM ketu.customer WHERE manager_id IS NULL") == 0
    before = await snapshot(connection)
    assert ketu(folder, fresh_database_url, "--with-staff").returncode == 0
    assert await snapshot(connection) == before


async def test_a_refusal_says_what_and_how_to_mend_it(
    fresh_database_url: str, connection: asyncpg.Connection, small: SmallDelivery
):
    folder = small.write()
    (folder / "loan.asc").unlink()

    ended = ketu(folder, fresh_database_url, "--json")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines()[-2:] == [
        f"ketu: {folder} lacks the file loan.asc (or loan.asc.gz)",
        "  → put it there; a delivery is complete: district.asc, account.asc, client.asc, disp.asc, order.asc, "
        "loan.asc, card.asc, trans.asc",
    ]
    assert await row_counts(connection) == {}


async def test_a_lost_key_ring_is_missed_before_anything_is_stored(
    fresh_database_url: str, connection: asyncpg.Connection, small: SmallDelivery
):
    folder = small.write()
    assert ketu(folder, fresh_database_url).returncode == 0
    before = await snapshot(connection)
    (ring,) = (folder.parent / "data").glob("keys.json")
    kept = ring.read_bytes()
    ring.unlink()

    lost = ketu(folder, fresh_database_url)
    KeyRing.fresh().save(ring)
    another = ketu(folder, fresh_database_url)

    assert lost.returncode == another.returncode == 1
    assert f"the key ring {ring} is missing, and this database was sealed with it" in lost.stderr
    assert "which this key ring does not hold" in another.stderr
    assert await snapshot(connection) == before
    ring.write_bytes(kept)
    assert ketu(folder, fresh_database_url).returncode == 0


async def test_a_killed_import_leaves_nothing_and_the_next_one_counts_from_one(
    fresh_database_url: str, connection: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    folder = small.write()
    # The import comes as far as cards: accounts, customers and loans stand in its transaction.
    blocking = connection.transaction()
    await blocking.start()
    await connection.execute("LOCK TABLE ketu.card IN SHARE MODE")
    process = await asyncio.create_subprocess_exec(*command(folder, fresh_database_url), cwd=ROOT)
    watching = await asyncpg.connect(fresh_database_url)
    await until(watching, "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'ketu.card'::regclass AND NOT granted)")
    assert await watching.fetchval("SELECT last_value FROM ketu.account_id_seq") == 3
    process.kill()
    assert await process.wait() == -signal.SIGKILL
    await blocking.rollback()
    await until(
        watching,
        f"SELECT NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = {LOADING} "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
    )

    assert await row_counts(connection) == {}
    report = await load_berka(connection, folder, key_ring=key_ring)
    assert not report.was_loaded
    ids = await connection.fetch("SELECT id, source_key FROM ketu.account ORDER BY id")
    assert [tuple(row) for row in ids] == [(1, "20"), (2, "10"), (3, "30")]
    await watching.close()


async def test_a_second_import_at_the_same_time_waits_and_finds_all_done(
    fresh_database_url: str, connection: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    folder = small.write()
    blocking = connection.transaction()
    await blocking.start()
    await connection.execute("LOCK TABLE ketu.card IN SHARE MODE")
    one, other, watching = [await asyncpg.connect(fresh_database_url) for _ in range(3)]
    told: list[str] = []

    first = asyncio.create_task(load_berka(one, folder, key_ring=key_ring))
    await until(watching, "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'ketu.card'::regclass AND NOT granted)")
    second = asyncio.create_task(load_berka(other, folder, key_ring=key_ring, on_wait=told.append))
    await until(watching, "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
    await blocking.rollback()
    reports = await first, await second

    assert told == ["another load is at work on this database; waiting until it ends"]
    assert [report.was_loaded for report in reports] == [False, True]
    assert reports[0].counts == reports[1].counts
    for opened in (one, other, watching):
        await opened.close()


async def test_an_import_that_waits_says_so_where_there_is_no_terminal(
    fresh_database_url: str, connection: asyncpg.Connection, small: SmallDelivery
):
    folder = small.write()
    blocking = connection.transaction()
    await blocking.start()
    await connection.execute("SELECT pg_advisory_xact_lock($1)", LOADING)

    with subprocess.Popen(command(folder, fresh_database_url), cwd=ROOT, stderr=subprocess.PIPE, text=True) as waiting:
        assert waiting.stderr is not None
        said = ""
        try:
            async with asyncio.timeout(SECONDS_TO_WAIT):
                while "another load is at work on this database; waiting until it ends\n" not in said:
                    line = await asyncio.to_thread(waiting.stderr.readline)
                    assert line, said
                    said += line
            await blocking.rollback()

            assert await asyncio.to_thread(waiting.wait, SECONDS_TO_WAIT) == 0
        finally:
            waiting.kill()
