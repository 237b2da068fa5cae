"""The built-in sample holds together, shows everything the tables can hold, and goes only into an empty database."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa

from domain.pipelines.ingestion.refusal import LoadRefused
from domain.pipelines.ingestion.sample.run import BUSINESS_DATE, load_sample, sample
from domain.shared.cipher import KeyRing
from domain.shared.columns import SCHEMA
from domain.shared.identifier import IdentifierKind
from domain.tables import metadata
from tests.pipelines.snapshot import row_counts, snapshot

Rows = dict[str, list[dict[str, Any]]]

NOT_IN_THIS_BANK = {
    # Only Czech people have one.
    ("identity_document", "type", "BIRTH_NUMBER"),
    # The bank itself books these; nobody orders them.
    ("standing_order", "purpose", "INTEREST"),
    ("standing_order", "purpose", "PENALTY_INTEREST"),
    ("standing_order", "purpose", "PENSION"),
    # Every branch of it is live, or was.
    ("branch", "state", "PREPARING"),
    ("branch", "state", "APPLIED"),
    # It deals in no securities; the generated bank does.
    ("product", "category", "SECURITIES"),
    # Nothing so risky is sold here.
    ("product", "risk", "R5"),
    # What is closed stays closed.
    ("opportunity_stage_change", "from_stage", "WON"),
    ("opportunity_stage_change", "from_stage", "LOST"),
    # Programs sign in by accounts that are added with a secret.
    ("user_account", "kind", "SERVICE"),
}
FILLED_BY_USE = {
    "model_version",
    "recommendation",
    "run",
    "score",
    "segment_membership",
    "access_alert",
    "access_alert_threshold",
    "access_tally",
    "go_live",
    "handover",
    "policy_line",
    "portfolio_term",
    "policy_version",
    "quota_use",
    "session",
    "user_application",
}

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.fixture(scope="module")
def rows(key_ring: KeyRing) -> Rows:
    return {table.name: made for table, made in sample(key_ring)}


@pytest.fixture(scope="module")
def opened(rows: Rows, key_ring: KeyRing) -> dict[str, list[tuple[dict[str, Any], str]]]:
    """Identity documents with their numbers, by type."""
    found: dict[str, list[tuple[dict[str, Any], str]]] = {}
    for row in rows["identity_document"]:
        number = key_ring.open(IdentifierKind[row["type"]], row["number_cipher"])
        found.setdefault(row["type"], []).append((row, number))
    return found


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table, column)
        for table in metadata.sorted_tables
        for column in table.columns
        if "choice" in column.info and table.schema == SCHEMA and table.name not in FILLED_BY_USE
    ],
    ids=lambda thing: thing.name,
)
def test_every_value_of_every_choice_occurs(rows: Rows, table: sa.Table, column: sa.Column[Any]):
    default = getattr(column.server_default, "arg", None)
    values = [row.get(column.name, default) for row in rows[table.name]]
    shown = {value for held in values for value in (held if isinstance(held, list) else [held])}
    wanted = {value.name for value in column.info["choice"]} | ({None} if column.nullable else set())
    assert shown == {value for value in wanted if (table.name, column.name, value) not in NOT_IN_THIS_BANK}


def test_resident_ids_have_right_check_digits_and_agree_with_birth_and_sex(rows: Rows, opened: dict[str, Any]):
    customers = {row["id"]: row for row in rows["customer"]}
    assert len(opened["RESIDENT_ID"]) == 38
    for row, number in opened["RESIDENT_ID"]:
        customer = customers[row["customer_id"]]
        total = sum(int(digit) * weight for digit, weight in zip(number[:17], RESIDENT_WEIGHTS, strict=True))
        assert number[17] == "10X98765432"[total % 11]
        assert number[6:14] == customer["birth_on"].strftime("%Y%m%d")
        assert (int(number[16]) % 2 == 1) == (customer["sex"] == "MALE")
    numbers = [number for _, number in opened["RESIDENT_ID"]]
    assert len(set(numbers)) == len(numbers)


def test_credit_codes_have_right_check_characters(opened: dict[str, Any]):
    assert len(opened["CREDIT_CODE"]) == 4
    for _, number in opened["CREDIT_CODE"]:
        total = sum(CREDIT_CODE_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(number[:17]))
        assert number[17] == CREDIT_CODE_ALPHABET[-total % 31]


def test_card_numbers_have_right_check_digits(rows: Rows, key_ring: KeyRing):
    for row in rows["card"]:
        number = key_ring.open(IdentifierKind.CARD_NUMBER, row["number_cipher"])
        doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
        assert sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def test_every_balance_follows_from_the_transactions(rows: Rows):
    balances: dict[int, Any] = {}
    for row in rows["transaction"]:
        change = row["amount"] if row["direction"] == "CREDIT" else -row["amount"]
        balances[row["account_id"]] = balances.get(row["account_id"], 0) + change
        assert row["balance_after"] == balances[row["account_id"]]
        assert row["booked_on"] <= BUSINESS_DATE
    assert {row["id"]: row["balance"] for row in rows["account"] if row.get("balance") is not None} == balances
    assert 500 < len(rows["transaction"]) < 1000
    assert {row["currency"] for row in rows["account"]} == {"CNY", "USD"}


def test_people_with_accounts_are_customers_and_prospects_have_none(rows: Rows):
    opened = {row["id"]: row["opened_on"] for row in rows["account"]}
    owned: dict[int, list[Any]] = {}
    for row in rows["account_holder"]:
        if row["role"] == "OWNER":
            owned.setdefault(row["customer_id"], []).append(opened[row["account_id"]])
    holders = {row["customer_id"] for row in rows["account_holder"]}
    for row in rows["customer"]:
        assert (row["state"] == "PROSPECT") == (row["id"] not in holders)
        assert (row["joined_on"] is None) == (row["state"] == "PROSPECT")
        assert all(row["joined_on"] <= day for day in owned.get(row["id"], ()))


def test_everybody_is_served_where_they_belong(rows: Rows):
    branches = {row["id"]: row for row in rows["branch"]}
    staff = {row["id"]: row for row in rows["staff"]}
    for row in rows["customer"]:
        assert branches[row["branch_id"]]["state"] == "OPEN"
        assert row["position"] == branches[row["branch_id"]]["position"]
        if row["manager_id"]:
            assert staff[row["manager_id"]]["state"] == "ACTIVE"
    assert all(row["is_sample"] for row in rows["staff"])
    assert any(row["position"] != row["rollup_position"] for row in rows["branch"])


def test_ties_between_two_point_back(rows: Rows):
    ties = {(row["from_customer_id"], row["to_customer_id"], row["type"]) for row in rows["relation"]}
    back = {"SPOUSE": "SPOUSE", "PARENT": "CHILD", "CHILD": "PARENT"}
    assert all((other, one, back[kind]) in ties for one, other, kind in ties if kind in back)
    homes = {row["household_id"] for row in rows["household_member"]}
    assert homes == {row["id"] for row in rows["household"]}


class TestLoading:
    """Into a real database."""

    pytestmark = pytest.mark.anyio

    @pytest.fixture
    async def connection(self, fresh_database_url: str) -> AsyncIterator[asyncpg.Connection]:
        connection = await asyncpg.connect(fresh_database_url)
        yield connection
        await connection.close()

    async def test_it_loads_once_and_ids_go_on_after_it(
        self, fresh_database_url: str, connection: asyncpg.Connection, key_ring: KeyRing
    ):
        loaded = await load_sample(fresh_database_url, key_ring=key_ring)
        assert {f"ketu.{name}": count for name, count in loaded.items()} == await row_counts(connection)
        bank = await connection.fetchrow("SELECT name, business_date, base_currency, is_sample FROM ketu.bank")
        assert tuple(bank) == ("客图示例银行", BUSINESS_DATE, "CNY", True)
        inserted = await connection.fetchval(
            "INSERT INTO ketu.product (product_no, name, name_sort_key, category) "
            "VALUES ('X', 'X', 'x', 'DEPOSIT') RETURNING id"
        )
        assert inserted == loaded["product"] + 1
        before = await snapshot(connection)
        with pytest.raises(LoadRefused, match="holds the bank '客图示例银行' already"):
            await load_sample(fresh_database_url, key_ring=key_ring)
        assert await snapshot(connection) == before

    async def test_its_history_begins_at_its_business_date(
        self, fresh_database_url: str, connection: asyncpg.Connection, key_ring: KeyRing
    ):
        await load_sample(fresh_database_url, key_ring=key_ring)
        dates = await connection.fetch("SELECT DISTINCT operation, business_date FROM ketu.customer_history")
        assert [tuple(row) for row in dates] == [("INSERT", BUSINESS_DATE)]
