"""`./ketu generate` on a real database: what it prints, what it refuses, and what is left when it is interrupted."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date, timedelta
from hashlib import md5
from pathlib import Path
from urllib.parse import urlsplit

import adbc_driver_manager
import asyncpg
import pyarrow as pa
import pytest
from factories.aum import ADDED_UP_OTHERWISE

from api import scratch
from api.commands.users import sign_ins
from api.failure import Failure
from api.loading import Generated, generate_bank, generate_into_empty
from api.settings import ROOT, Settings
from domain import tables
from domain.branch.tree import BranchTree, tree_of
from domain.pipelines.generation.graph.store import opened
from domain.pipelines.generation.run import generate
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.ingestion.refusal import LoadRefused
from domain.shared.priority import Priority
from domain.ticket.model import due_at
from domain.working_calendar.reading import calendar_of
from tests.pipelines.snapshot import row_counts, snapshot

pytestmark = pytest.mark.anyio

SECONDS_TO_WAIT = 60
UNEQUAL = ("_cipher", "_blind_index", "created_at", "updated_at")
"""Made from chance, from keys of the data folder's own, and from the clock."""


@pytest.fixture
async def connection(fresh_database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(fresh_database_url)
    yield connection
    await connection.close()


def command(folder: Path, database_url: str, *flags: str) -> list[str]:
    words = ["generate", "--database-url", database_url, "--data", str(folder), *flags]
    return [sys.executable, "-m", "api", *words]


def ketu(folder: Path, database_url: str, *flags: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(folder, database_url, *flags), cwd=ROOT, capture_output=True, text=True, check=False)


TIERS_AGAINST_THE_RULES = """
    WITH ended AS (
        SELECT date_trunc('month', business_date + 1) AS before FROM ketu.bank
    ), month AS (
        SELECT first::date, (first + '1 month - 1 day')::date AS last
        FROM ended, generate_series(before - '7 months'::interval, before - '1 month'::interval, '1 month') AS first
    ), average AS (
        SELECT customer.id AS customer_id, month.last, coalesce(sum(closing.amount), 0) / count(DISTINCT day) AS assets
        FROM ketu.customer CROSS JOIN month CROSS JOIN generate_series(month.first, month.last, '1 day') AS day
        LEFT JOIN ketu.account_holder AS holder ON holder.customer_id = customer.id AND holder.role = 'OWNER'
        LEFT JOIN ketu.account ON account.id = holder.account_id AND account.currency = 'CNY'
        LEFT JOIN LATERAL (
            SELECT amount FROM ketu.balance WHERE balance.account_id = account.id AND closed_on <= day
            ORDER BY closed_on DESC LIMIT 1
        ) AS closing ON true
        GROUP BY customer.id, month.last
    ), earned AS (
        SELECT customer_id, last, (
            SELECT max(tier.rank) FROM ketu.tier_rule JOIN ketu.tier ON tier.id = tier_id
            WHERE threshold <= assets AND measure = 'AUM_MONTH_AVERAGE' AND (kind = 'PERSON' OR name <> '私人银行')
        ) AS rank
        FROM average JOIN ketu.customer ON customer.id = customer_id
    )
    SELECT customer.id, tier.rank, today.rank
    FROM ketu.customer JOIN ended ON true
    LEFT JOIN earned AS today ON today.customer_id = customer.id AND today.last = (before - '1 day'::interval)::date
    LEFT JOIN ketu.customer_tier AS given ON given.customer_id = customer.id AND given.ends_on IS NULL
    LEFT JOIN ketu.tier ON tier.id = given.tier_id
    LEFT JOIN ketu.tier_rule AS rule ON rule.tier_id = tier.id
    WHERE (customer.state = 'ACTIVE') <> (given.id IS NOT NULL)
       OR joined_on < today.last AND tier.rank < today.rank
       OR tier.rank > 1 AND NOT EXISTS (
           SELECT FROM earned WHERE earned.customer_id = customer.id AND earned.rank = tier.rank
              AND earned.last >= (before - make_interval(months => 1 + rule.grace_months))::date
       )
"""
"""Customers who are too high, too low, or who have none: what their balances are enough for, or were within grace."""
EMPTY = md5(b"", usedforsecurity=False).hexdigest()


async def told(connection: asyncpg.Connection) -> dict[str, str]:
    """A hash over the rows of every table, without what differs between two equal banks."""
    hashes: dict[str, str] = {}
    for table in tables.metadata.sorted_tables:
        names = [column.name for column in table.columns if not column.name.endswith(UNEQUAL)]
        if table.schema == "ketu" and "source" in table.columns:
            row = f"ROW({', '.join(names)})::text"
            hashes[table.name] = await connection.fetchval(
                f"SELECT md5(coalesce(string_agg({row}, '|' ORDER BY {row}), '')) FROM {table.fullname}"
            )
    return {name: each for name, each in hashes.items() if each != EMPTY}


async def constraints(connection: asyncpg.Connection) -> list[tuple[str, str, bool]]:
    """Every constraint of the schema, what it says, and whether all rows are known to keep it."""
    rows = await connection.fetch(
        "SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint "
        "WHERE connamespace = 'ketu'::regnamespace ORDER BY 1"
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("as_of", ["2026-10-31", "2027-02-09"], ids=["at a month's end", "within one"])
async def test_a_bank_is_generated_once_and_holds_together(
    fresh_database_url: str, connection: asyncpg.Connection, tmp_path: Path, as_of: str
):
    kept, made_by_migrations = await constraints(connection), await row_counts(connection)
    assert sum(rule.startswith("FOREIGN KEY") for _, rule, _ in kept) > 40

    first = ketu(tmp_path, fresh_database_url, "--customers", "300", "--seed", "7", "--as-of", as_of, "--json")
    assert first.returncode == 0, first.stderr
    printed = json.loads(first.stdout)
    written = {f"ketu.{name}": count for name, count in printed["rows"].items()}
    # The terms of portfolios are those of the bank, and not begun by the load; it is one delivery, counted by table.
    terms = written.pop("ketu.portfolio_term")
    assert terms == await connection.fetchval("SELECT count(*) FROM ketu.portfolio_term")
    delivered = {"staging.source_batch": 1, "staging.file_count": len(printed["rows"])}
    assert written | delivered | made_by_migrations == await row_counts(connection)
    assert printed["total"] == sum(printed["rows"].values())
    assert printed["rows"]["customer"] == 300
    assert set(printed["seconds"]) == {"organisation", "customers", "references", "statistics"}

    assert await constraints(connection) == kept

    # Money adds up, as SQL sees it; what funds and securities are worth changes without a booking.
    wrong = await connection.fetch(
        """
        WITH last_balance AS (
            SELECT DISTINCT ON (account_id) account_id, amount, closed_on FROM ketu.balance
            ORDER BY account_id, closed_on DESC
        ), last_movement AS (
            SELECT DISTINCT ON (account_id) account_id, balance_after FROM ketu.transaction
            ORDER BY account_id, booked_on DESC, id DESC
        )
        SELECT account.id FROM ketu.account JOIN ketu.product ON product.id = account.product_id
        LEFT JOIN last_balance ON last_balance.account_id = account.id
        LEFT JOIN last_movement ON last_movement.account_id = account.id
        WHERE account.balance IS DISTINCT FROM last_balance.amount
           OR account.balance_on IS DISTINCT FROM last_balance.closed_on
           OR (last_movement.account_id IS NOT NULL AND account.balance <> last_movement.balance_after
               AND product.category NOT IN ('FUND', 'SECURITIES'))
        """
    )
    assert wrong == []
    untold = """SELECT id FROM ketu.account WHERE holder_ids <> ARRAY(
        SELECT customer_id FROM ketu.account_holder WHERE account_id = account.id ORDER BY customer_id)"""
    assert await connection.fetch(untold) == []
    assert await connection.fetch(ADDED_UP_OTHERWISE) == []
    assert await connection.fetchval("SELECT count(*) FROM ketu.customer WHERE aum IS NULL") > 0
    # What was set aside for the load counts again.
    assert await connection.fetch("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O' AND NOT tgisinternal") == []
    assert await connection.fetch(TIERS_AGAINST_THE_RULES) == []
    assert await connection.fetchval("SELECT count(*) FROM ketu.customer_tier WHERE ends_on IS NULL") > 250
    bank = await connection.fetchrow("SELECT name, business_date::text, base_currency, is_sample FROM ketu.bank")
    assert tuple(bank) == ("客图银行", as_of, "CNY", True)
    assert await connection.fetchval(
        "SELECT bool_and(branch.position = customer.position) "
        "FROM ketu.customer JOIN ketu.branch ON branch.id = branch_id"
    )
    # Deadlines are those that the service would have set, by the calendars that are stored.
    taken_down = await connection.fetch(
        """SELECT priority, opened_at, due_at, CASE WHEN transferred.id IS NULL THEN branch_id ELSE 1 END AS branch_id
           FROM ketu.ticket LEFT JOIN ketu.ticket_event AS transferred
             ON transferred.ticket_id = ticket.id AND transferred.kind = 'TRANSFERRED'"""
    )
    assert len(taken_down) > 20
    for ticket in taken_down:
        opened = ticket["opened_at"]
        calendar = await calendar_of(connection, ticket["branch_id"], since=opened.date() - timedelta(days=1))
        assert due_at(Priority[ticket["priority"]], opened, calendar) == ticket["due_at"]
    operations = await connection.fetch("SELECT DISTINCT operation, business_date::text FROM ketu.customer_history")
    assert [tuple(row) for row in operations] == [("INSERT", as_of)]
    assert len((await tree_of(connection, BranchTree.COVERAGE)).positions) == printed["rows"]["branch"]
    users = await sign_ins(fresh_database_url)
    assert {role for user in users for role in user["roles"]} >= {"regional_manager", "head_office_analyst", "teller"}

    # Ids go on after the last ones.
    last, inserted = await connection.fetchrow(
        "WITH new AS (INSERT INTO ketu.household (evidence, confidence_ratio) VALUES ('{DECLARED}', 1) RETURNING id) "
        "SELECT (SELECT max(id) FROM ketu.household), (SELECT id FROM new)"
    )
    assert inserted == last + 1

    before = await snapshot(connection)
    with pytest.raises(LoadRefused, match="holds the bank '客图银行' already"):
        await generate(fresh_database_url, Plan(300, 7, date(2026, 10, 31)), key_ring=tmp_path / "keys.json")
    assert await snapshot(connection) == before


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "Ctrl-C"])
async def test_an_interrupted_run_leaves_nothing_and_the_next_one_works(
    fresh_database_url: str, connection: asyncpg.Connection, tmp_path: Path, sent: signal.Signals
):
    before, kept = await snapshot(connection), await constraints(connection)
    process = subprocess.Popen(
        command(tmp_path, fresh_database_url, "--customers", "1000"),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    copying = (
        "SELECT count(*) > 0 FROM pg_stat_progress_copy WHERE datname = current_database() AND tuples_processed > 0"
    )
    async with asyncio.timeout(SECONDS_TO_WAIT):
        while not await connection.fetchval(copying):
            await asyncio.sleep(0.005)
    process.send_signal(sent)
    assert process.wait(SECONDS_TO_WAIT) == (-signal.SIGKILL if sent is signal.SIGKILL else 130)
    # The server notices that the client has gone when it next reads from it.
    others = "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    async with asyncio.timeout(SECONDS_TO_WAIT):
        while await connection.fetchval(f"{others} AND backend_type = 'client backend'"):
            await asyncio.sleep(0.02)
    assert await snapshot(connection) == before
    assert await constraints(connection) == kept

    again = await generate(fresh_database_url, Plan(100, 1, date(2026, 10, 31)), key_ring=tmp_path / "keys.json")
    assert again.rows["customer"] == 100
    assert await connection.fetchval("SELECT count(*) FROM ketu.customer") == 100


async def test_rows_that_refer_to_nothing_are_refused_before_anything_is_committed(
    fresh_database_url: str, connection: asyncpg.Connection
):
    kept = await constraints(connection)
    holder = pa.table({"account_id": [1], "customer_id": [2], "role": ["OWNER"]})
    with opened(fresh_database_url) as store:
        store.set_references_aside([tables.account_holder])
        assert store.copy(tables.account_holder, holder) == 1
        with pytest.raises(ValueError, match="unchecked"):
            store.commit()
        with pytest.raises(adbc_driver_manager.IntegrityError, match="account_holder_account_id_fkey"):
            store.restore_references()
    assert await connection.fetchval("SELECT count(*) FROM ketu.account_holder") == 0
    assert await constraints(connection) == kept


def test_up_generates_into_an_empty_database_and_keeps_what_it_finds(
    fresh_database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    settings = Settings(database_url=fresh_database_url, data=tmp_path)
    generate_into_empty(settings, Generated(60, 1, date(2026, 10, 31)))
    generate_into_empty(settings, Generated(80, 1, date(2026, 10, 31)))
    said = capsys.readouterr().err
    assert "Bank … generating 60 customers\n" in said
    assert "✓ Bank: 客图银行, 60 customers, " in said
    assert "✓ Bank: 客图银行, loaded before" in said
    assert scratch.execute(fresh_database_url, "SELECT count(*) FROM ketu.customer")[0][0] == 60


def test_a_plan_that_cannot_be_is_refused_in_words():
    with pytest.raises(Failure, match="a bank has 50 to 5,000,000 customers"):
        generate_bank(Settings(), Generated(10, 1, date(2026, 10, 31)))


async def test_two_banks_of_equal_arguments_are_equal(
    fresh_database_url: str, database_url: str, connection: asyncpg.Connection, tmp_path: Path
):
    plan = Plan(120, 3, date(2026, 10, 31))
    await generate(fresh_database_url, plan, key_ring=tmp_path / "keys.json")
    first = await told(connection)
    await connection.close()
    name = urlsplit(fresh_database_url).path.strip("/")
    server = await asyncpg.connect(database_url)
    try:
        template = await server.fetchval("SELECT datname FROM pg_database WHERE starts_with(datname, 'template_of_')")
        await server.execute(f"DROP DATABASE {name}")
        await server.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    finally:
        await server.close()
    await generate(fresh_database_url, plan, key_ring=tmp_path / "other" / "keys.json")
    again = await asyncpg.connect(fresh_database_url)
    try:
        assert await told(again) == first
    finally:
        await again.close()
    assert len(first) == 60
