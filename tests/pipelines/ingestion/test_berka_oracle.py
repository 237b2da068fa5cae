"""The real delivery in the database says what its files say."""

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import asyncpg
import pytest

from domain.pipelines.ingestion.berka.run import Report, load_berka
from domain.shared.cipher import KeyRing
from domain.shared.identifier import IdentifierKind
from tests.pipelines.berka_oracle import Oracle
from tests.pipelines.snapshot import snapshot

pytestmark = pytest.mark.anyio

TRANSACTIONS = "trans_partial_19930101_19940331.asc"
STATES = {"A": "REPAID", "B": "DEFAULTED", "C": "RUNNING", "D": "IN_ARREARS"}


@pytest.fixture
async def connection(berka: tuple[str, Report]) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(berka[0])
    yield connection
    await connection.close()


def test_every_row_is_stored_but_the_one_cut_off(berka: tuple[str, Report], oracle: Oracle):
    counts = {count.file: (count.read, count.stored, count.rejected) for count in berka[1].counts}
    assert counts == {
        f"{name}.asc": (len(rows), len(rows), 0) for name, rows in oracle.tables.items() if name != "trans"
    } | {TRANSACTIONS: (49_103, 49_102, 1)}
    assert not berka[1].was_loaded


async def test_the_rejected_row_keeps_its_reason_and_sealed_content(connection: asyncpg.Connection, key_ring: KeyRing):
    (row,) = await connection.fetch("SELECT * FROM staging.rejected_row")
    assert (row["file"], row["line_number"]) == (TRANSACTIONS, 49_104)
    assert row["reason"] == "a quoted value does not end where it should: the line is cut off or damaged"
    assert key_ring.open(IdentifierKind.SOURCE_ROW, row["content_cipher"]) == '3526882;11021;940331;"PRIJE'


async def test_tables_hold_as_many_rows_as_the_files(connection: asyncpg.Connection, oracle: Oracle):
    counts = {table: await connection.fetchval(f"SELECT count(*) FROM ketu.{table}") for table in oracle.counts()}
    assert counts == oracle.counts()
    assert counts["customer"] == await connection.fetchval("SELECT count(*) FROM ketu.identity_document")


async def test_the_bank_stands_at_the_last_day_its_files_tell_of(connection: asyncpg.Connection, oracle: Oracle):
    bank = await connection.fetchrow("SELECT * FROM ketu.bank")
    assert tuple(bank) == (1, "Berka (PKDD'99)", date(1998, 12, 29), "Europe/Prague", "CZK", True)
    assert bank["business_date"] == oracle.last_day()


async def test_sex_and_birth_date_come_out_of_the_birth_number(
    connection: asyncpg.Connection, oracle: Oracle, key_ring: KeyRing
):
    rows = await connection.fetch(
        "SELECT customer_no, sex, birth_on, number_masked, number_last4, number_cipher, number_blind_index "
        "FROM ketu.customer JOIN ketu.identity_document AS document ON document.customer_id = customer.id"
    )
    women = sum(row["sex"] == "FEMALE" for row in rows)
    assert (women, len(rows) - women) == oracle.women_and_men() == (2645, 2724)
    assert {int(row["customer_no"]): row["birth_on"] for row in rows} == oracle.births()
    numbers = {row["client_id"]: row["birth_number"] for row in oracle.tables["client"]}
    for row in rows[:200]:
        number = numbers[row["customer_no"]]
        assert key_ring.open(IdentifierKind.BIRTH_NUMBER, row["number_cipher"]) == number
        assert row["number_blind_index"] == key_ring.blind_index(IdentifierKind.BIRTH_NUMBER, number)
        assert (row["number_masked"], row["number_last4"]) == (f"*****{number[-1]}", None)


async def test_clients_live_in_one_district_and_are_served_in_another(connection: asyncpg.Connection, oracle: Oracle):
    rows = await connection.fetch(
        "SELECT customer_no::int AS client, contact_point.district AS home, branch.name AS branch, "
        "customer.position = branch.position AS is_placed, contact_point.country "
        "FROM ketu.customer JOIN ketu.contact_point ON contact_point.customer_id = customer.id "
        "JOIN ketu.branch ON branch.id = customer.branch_id"
    )
    assert {row["client"]: row["home"] for row in rows} == oracle.home_districts()
    assert {row["client"]: row["branch"] for row in rows} == oracle.branch_of_clients()
    assert all(row["is_placed"] and row["country"] == "CZ" for row in rows)
    assert 0.08 < sum(row["home"] != row["branch"] for row in rows) / len(rows) < 0.10


async def test_districts_lie_in_regions_under_the_head_office(connection: asyncpg.Connection, oracle: Oracle):
    rows = await connection.fetch(
        "SELECT branch.name, region.name AS region, head.level AS top, "
        "branch.position BETWEEN region.position AND region.position_end AS is_inside, "
        "branch.position = branch.rollup_position AND branch.position_end = branch.rollup_position_end AS is_same "
        "FROM ketu.branch JOIN ketu.branch AS region ON region.id = branch.parent_id "
        "JOIN ketu.branch AS head ON head.id = region.parent_id WHERE branch.level = 'SUB_BRANCH'"
    )
    assert {(row["name"], row["region"].casefold()) for row in rows} == {
        (row["A2"], row["A3"].casefold()) for row in oracle.tables["district"]
    }
    assert all(row["top"] == "HEAD_OFFICE" and row["is_inside"] and row["is_same"] for row in rows)
    assert await connection.fetchval("SELECT count(*) FROM ketu.branch") == 77 + 8 + 1


async def test_accounts_and_loans_add_up_by_branch(connection: asyncpg.Connection, oracle: Oracle):
    accounts = await connection.fetch(
        "SELECT branch.name, count(*) FROM ketu.account JOIN ketu.branch ON branch.id = branch_id GROUP BY 1"
    )
    assert dict(accounts) == oracle.accounts_by_branch()
    loans = await connection.fetch(
        "SELECT branch.name, loan.state, count(*), sum(amount) FROM ketu.loan "
        "JOIN ketu.branch ON branch.id = loan.branch_id GROUP BY 1, 2"
    )
    assert {(name, state): (number, total) for name, state, number, total in loans} == {
        (place, STATES[status]): found for (place, status), found in oracle.loans().items()
    }


async def test_owners_of_a_shared_account_with_a_loan(connection: asyncpg.Connection, oracle: Oracle):
    rows = await connection.fetch(
        "SELECT customer_no::int, loan.state FROM ketu.customer "
        "JOIN ketu.account_holder AS owner ON owner.customer_id = customer.id AND owner.role = 'OWNER' "
        "JOIN ketu.loan ON loan.account_id = owner.account_id "
        "WHERE EXISTS (SELECT FROM ketu.account_holder AS other WHERE other.account_id = owner.account_id "
        "AND other.role = 'AUTHORISED_USER')"
    )
    for status, state in STATES.items():
        assert {row[0] for row in rows if row[1] == state} == oracle.owners_with_loan_and_co_user(status)
    # Nobody who shares their account is in debt, in the files as in the database.
    assert {row[1] for row in rows} == {"REPAID", "RUNNING"}


async def test_couples_are_relations_and_households(connection: asyncpg.Connection, oracle: Oracle):
    relations = await connection.fetch(
        "SELECT owner.customer_no::int, other.customer_no::int, type, evidence, confidence_ratio FROM ketu.relation "
        "JOIN ketu.customer AS owner ON owner.id = from_customer_id "
        "JOIN ketu.customer AS other ON other.id = to_customer_id"
    )
    evidence = ["SHARED_ACCOUNT", "SHARED_ADDRESS", "OPPOSITE_SEX"]
    assert {(owner, other) for owner, other, *_ in relations} == oracle.couples()
    assert {(row[2], tuple(row[3]), row[4]) for row in relations} == {("JOINT_HOLDER", tuple(evidence), Decimal("0.9"))}
    households = await connection.fetch(
        "SELECT head.customer_no::int, partner.customer_no::int FROM ketu.household "
        "JOIN ketu.household_member AS first ON first.household_id = household.id AND first.role = 'HEAD' "
        "JOIN ketu.household_member AS second ON second.household_id = household.id AND second.role = 'PARTNER' "
        "JOIN ketu.customer AS head ON head.id = first.customer_id "
        "JOIN ketu.customer AS partner ON partner.id = second.customer_id"
    )
    assert {tuple(row) for row in households} == oracle.couples()
    assert await connection.fetchval("SELECT count(*) FROM ketu.household_member") == 2 * len(households) == 2 * 869


async def test_balances_follow_the_transactions(connection: asyncpg.Connection, oracle: Oracle):
    accounts = await connection.fetch(
        "SELECT source_key::int AS account, balance_on, balance FROM ketu.account WHERE balance IS NOT NULL"
    )
    assert {row["account"]: (row["balance_on"], row["balance"]) for row in accounts} == oracle.balances()
    closing = await connection.fetch(
        "SELECT source_key::int AS account, balance.closed_on, amount FROM ketu.balance "
        "JOIN ketu.account ON account.id = account_id"
    )
    assert {(row["account"], row["closed_on"]): row["amount"] for row in closing} == oracle.closing_balances()


async def test_last_transactions_are_those_of_the_file(connection: asyncpg.Connection, oracle: Oracle):
    for account in list(oracle.balances())[::100]:
        rows = await connection.fetch(
            "SELECT transaction.source_key::int, booked_on, "
            "CASE direction WHEN 'CREDIT' THEN amount ELSE -amount END FROM ketu.transaction "
            "JOIN ketu.account ON account.id = account_id WHERE account.source_key = $1 "
            "ORDER BY booked_on DESC, transaction.id DESC LIMIT 10",
            str(account),
        )
        assert [tuple(row) for row in rows] == oracle.last_transactions(account, 10)


async def test_czech_codes_are_translated(connection: asyncpg.Connection, oracle: Oracle):
    direction = {"PRIJEM": "CREDIT", "VYDAJ": "DEBIT", "VYBER": "DEBIT"}
    operation = {
        "": None,
        "VKLAD": "CASH_DEPOSIT",
        "VYBER": "CASH_WITHDRAWAL",
        "VYBER KARTOU": "CARD_WITHDRAWAL",
        "PREVOD Z UCTU": "INCOMING_TRANSFER",
        "PREVOD NA UCET": "OUTGOING_TRANSFER",
    }
    purpose = {
        "": None,
        "POJISTNE": "INSURANCE",
        "SLUZBY": "STATEMENT_FEE",
        "UROK": "INTEREST",
        "SANKC. UROK": "PENALTY_INTEREST",
        "SIPO": "HOUSEHOLD",
        "DUCHOD": "PENSION",
        "UVER": "LOAN_PAYMENT",
    }
    expected: dict[tuple[str | None, ...], tuple[int, Decimal]] = {}
    for (type_, how, why), (number, total) in oracle.turnover().items():
        kind = direction[type_], operation[how], purpose[why]
        before = expected.get(kind, (0, Decimal(0)))
        expected[kind] = before[0] + number, before[1] + total
    rows = await connection.fetch(
        "SELECT direction, operation, purpose, count(*), sum(amount) FROM ketu.transaction GROUP BY 1, 2, 3"
    )
    assert {tuple(row)[:3]: tuple(row)[3:] for row in rows} == expected


async def test_partners_accounts_are_sealed(connection: asyncpg.Connection, oracle: Oracle, key_ring: KeyRing):
    for table, file, key, bank, account in (
        ("transaction", "trans", "trans_id", "bank", "account"),
        ("standing_order", "order", "order_id", "bank_to", "account_to"),
    ):
        rows = await connection.fetch(
            f"SELECT source_key, counterparty_bank, counterparty_account_cipher AS cipher FROM ketu.{table}"
        )
        opened = {
            row["source_key"]: (
                row["counterparty_bank"],
                row["cipher"] and key_ring.open(IdentifierKind.ACCOUNT_NUMBER, row["cipher"]),
            )
            for row in rows
        }
        assert opened == {
            row[key]: (row[bank] or None, row[account] if row[account] not in ("", "0") else None)
            for row in oracle.tables[file]
        }


async def test_ids_follow_the_files_and_every_version_is_the_first(connection: asyncpg.Connection, oracle: Oracle):
    keys = {
        "customer": ("client", "client_id"),
        "account": ("account", "account_id"),
        "account_holder": ("disp", "disp_id"),
        "loan": ("loan", "loan_id"),
        "card": ("card", "card_id"),
        "standing_order": ("order", "order_id"),
        "transaction": ("trans", "trans_id"),
    }
    for table, (file, key) in keys.items():
        rows = await connection.fetch(f"SELECT id, source_key, version FROM ketu.{table} ORDER BY id")
        assert [(row["id"], row["source_key"]) for row in rows] == [
            (number, row[key]) for number, row in enumerate(oracle.tables[file], start=1)
        ]
        assert {row["version"] for row in rows} == {1}


async def test_a_second_import_changes_nothing(
    berka: tuple[str, Report], berka_folder: Path, connection: asyncpg.Connection, key_ring: KeyRing
):
    before = await snapshot(connection)
    again = await load_berka(connection, berka_folder, key_ring=key_ring)
    assert (again.counts, again.was_loaded) == (berka[1].counts, True)
    assert await snapshot(connection) == before


async def test_reading_the_same_rows_anew_changes_nothing_either(
    berka: tuple[str, Report], berka_folder: Path, connection: asyncpg.Connection, key_ring: KeyRing
):
    """As if the delivery were another one with the same rows: every row is compared with what is stored."""
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("UPDATE staging.source_batch SET is_current = false")
    before = await snapshot(connection)
    again = await load_berka(connection, berka_folder, key_ring=key_ring)
    after = await snapshot(connection)
    await transaction.rollback()
    assert (again.counts, again.was_loaded) == (berka[1].counts, False)
    batch = "staging.source_batch"
    assert {name: hashed for name, hashed in after.items() if name != batch} == {
        name: hashed for name, hashed in before.items() if name != batch
    }
