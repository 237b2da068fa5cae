"""A delivery that is broken as a whole stores nothing; a broken row is kept with its reason; a new one corrects."""

import gzip
from collections.abc import AsyncIterator, Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import asyncpg
import pytest

from domain.pipelines.ingestion.berka.run import load_berka
from domain.pipelines.ingestion.berka.staging import FileCount
from domain.pipelines.ingestion.refusal import LoadRefused
from domain.pipelines.ingestion.sample.run import load_sample
from domain.shared.cipher import KeyRing
from domain.shared.identifier import IdentifierKind
from tests.pipelines.ingestion.small_delivery import FILES, SmallDelivery
from tests.pipelines.snapshot import row_counts, snapshot

pytestmark = pytest.mark.anyio


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """What a test loads is gone when it ends."""
    connection = await asyncpg.connect(database_url)
    transaction = connection.transaction()
    await transaction.start()
    yield connection
    await transaction.rollback()
    await connection.close()


@pytest.fixture
async def committing(fresh_database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection to a database of the test's own, for several loads after one another."""
    connection = await asyncpg.connect(fresh_database_url)
    yield connection
    await connection.close()


@pytest.fixture
def small(tmp_path: Path) -> SmallDelivery:
    return SmallDelivery(tmp_path / "delivery")


def counted(name: str, *, rejected: int = 0) -> FileCount:
    """The count of a file that was delivered as it is."""
    rows = len(FILES[name]) - 1
    return FileCount(f"{name}.asc", rows, rows - rejected, rejected)


async def test_every_row_becomes_what_it_means(connection: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing):
    report = await load_berka(connection, small.write(), key_ring=key_ring)

    assert report.counts == [
        counted(name) for name in ("district", "account", "client", "disp", "order", "loan", "card", "trans")
    ]
    branches = await connection.fetch(
        "SELECT branch_no, name, level, parent_id, position, position_end FROM ketu.branch ORDER BY id"
    )
    assert [tuple(row) for row in branches] == [
        ("HQ", "Head office", "HEAD_OFFICE", None, 0, 99_999_999),
        ("R01", "Prague", "BRANCH", 1, 1_000_000, 1_999_999),
        ("R02", "Central Bohemia", "BRANCH", 1, 2_000_000, 2_999_999),
        ("001", "Hl.m. Praha", "SUB_BRANCH", 2, 1_010_000, 1_019_999),
        ("002", "Benesov", "SUB_BRANCH", 3, 2_010_000, 2_019_999),
        ("003", "Beroun", "SUB_BRANCH", 3, 2_020_000, 2_029_999),
    ]
    customers = await connection.fetch(
        "SELECT customer_no, kind, state, name, sex, birth_on, joined_on, branch_id, position, manager_id "
        "FROM ketu.customer ORDER BY id"
    )
    assert [tuple(row) for row in customers] == [
        ("5", "PERSON", "ACTIVE", None, "FEMALE", date(1970, 12, 13), date(1993, 1, 1), 5, 2_010_000, None),
        ("6", "PERSON", "ACTIVE", None, "MALE", date(1969, 2, 4), date(1993, 1, 1), 5, 2_010_000, None),
        ("7", "PERSON", "ACTIVE", None, "FEMALE", date(1940, 7, 31), date(1993, 1, 5), 4, 1_010_000, None),
        ("8", "PERSON", "ACTIVE", None, "MALE", date(1930, 1, 1), date(1994, 2, 1), 5, 2_010_000, None),
    ]
    homes = await connection.fetch("SELECT kind, district, region, country FROM ketu.contact_point ORDER BY id")
    assert [tuple(row) for row in homes] == [
        ("ADDRESS", "Benesov", "Central Bohemia", "CZ"),
        ("ADDRESS", "Benesov", "Central Bohemia", "CZ"),
        ("ADDRESS", "Hl.m. Praha", "Prague", "CZ"),
        ("ADDRESS", "Beroun", "Central Bohemia", "CZ"),
    ]
    accounts = await connection.fetch(
        "SELECT source_key, branch_id, state, statement_frequency, currency, balance, balance_on, opened_on, "
        "number_masked FROM ketu.account ORDER BY id"
    )
    assert [tuple(row) for row in accounts] == [
        ("20", 5, "OPEN", "MONTHLY", "CZK", Decimal("399.50"), date(1993, 1, 10), date(1993, 1, 1), None),
        ("10", 4, "OPEN", "WEEKLY", "CZK", Decimal("5000.00"), date(1993, 1, 5), date(1993, 1, 5), None),
        ("30", 5, "OPEN", "AFTER_TRANSACTION", "CZK", None, None, date(1994, 2, 1), None),
    ]
    holders = await connection.fetch("SELECT account_id, customer_id, role FROM ketu.account_holder ORDER BY id")
    assert [tuple(row) for row in holders] == [
        (1, 1, "OWNER"),
        (1, 2, "AUTHORISED_USER"),
        (2, 3, "OWNER"),
        (3, 4, "OWNER"),
    ]
    orders = await connection.fetch(
        "SELECT account_id, purpose, amount, counterparty_bank, counterparty_account_masked FROM ketu.standing_order "
        "ORDER BY id"
    )
    assert [tuple(row) for row in orders] == [
        (1, "HOUSEHOLD", Decimal("2452.00"), "YZ", "****4583"),
        (2, None, Decimal("300.70"), "ST", "****7016"),
    ]
    loans = await connection.fetch(
        "SELECT account_id, branch_id, state, granted_on, term_months, amount, instalment, currency FROM ketu.loan"
    )
    assert [tuple(row) for row in loans] == [
        (1, 5, "IN_ARREARS", date(1993, 7, 5), 12, Decimal("96396.00"), Decimal("8033.00"), "CZK")
    ]
    cards = await connection.fetch(
        "SELECT customer_id, account_id, branch_id, grade, state, issued_on, product.name FROM ketu.card "
        "JOIN ketu.product ON product.id = card.product_id"
    )
    assert [tuple(row) for row in cards] == [(2, 1, 5, "GOLD", "ACTIVE", date(1993, 11, 7), "Gold card")]
    movements = await connection.fetch(
        "SELECT account_id, booked_on, direction, operation, purpose, amount, balance_after, counterparty_bank, "
        "counterparty_account_masked FROM ketu.transaction ORDER BY id"
    )
    assert [tuple(row) for row in movements] == [
        (1, date(1993, 1, 1), "CREDIT", "CASH_DEPOSIT", None, Decimal(700), Decimal(700), None, None),
        (2, date(1993, 1, 5), "CREDIT", "INCOMING_TRANSFER", "PENSION", Decimal(5000), Decimal(5000), "AB", "****3269"),
        (1, date(1993, 1, 10), "DEBIT", "CASH_WITHDRAWAL", None, Decimal(100), Decimal(600), None, None),
        (
            1, date(1993, 1, 10), "DEBIT", "OUTGOING_TRANSFER", "HOUSEHOLD", Decimal("200.5"), Decimal("399.5"), "YZ",
            "****4583",
        ),
    ]  # fmt: skip
    balances = await connection.fetch("SELECT account_id, closed_on, amount, currency FROM ketu.balance ORDER BY id")
    assert [tuple(row) for row in balances] == [
        (1, date(1993, 1, 1), Decimal("700.00"), "CZK"),
        (1, date(1993, 1, 10), Decimal("399.50"), "CZK"),
        (2, date(1993, 1, 5), Decimal("5000.00"), "CZK"),
    ]
    relations = await connection.fetch("SELECT from_customer_id, to_customer_id, type, evidence FROM ketu.relation")
    assert [tuple(row) for row in relations] == [
        (1, 2, "JOINT_HOLDER", ["SHARED_ACCOUNT", "SHARED_ADDRESS", "OPPOSITE_SEX"])
    ]
    members = await connection.fetch("SELECT household_id, customer_id, role FROM ketu.household_member ORDER BY id")
    assert [tuple(row) for row in members] == [(1, 1, "HEAD"), (1, 2, "PARTNER")]
    assert await connection.fetchval("SELECT business_date FROM ketu.bank") == date(1994, 2, 1)


@pytest.mark.parametrize(
    ("same_district", "opposite_sex", "evidence", "confidence"),
    [
        (True, False, ["SHARED_ACCOUNT", "SHARED_ADDRESS"], "0.7"),
        (False, True, ["SHARED_ACCOUNT", "OPPOSITE_SEX"], "0.7"),
        (False, False, ["SHARED_ACCOUNT"], "0.5"),
    ],
)
async def test_less_evidence_makes_a_weaker_relation_and_no_household(
    connection: asyncpg.Connection,
    small: SmallDelivery,
    key_ring: KeyRing,
    same_district: bool,
    opposite_sex: bool,
    evidence: list[str],
    confidence: str,
):
    small.replace("client", '6;"690204";2', f'6;"69{"02" if opposite_sex else "52"}04";{2 if same_district else 3}')
    await load_berka(connection, small.write(), key_ring=key_ring)
    (relation,) = await connection.fetch("SELECT evidence, confidence_ratio FROM ketu.relation")
    assert tuple(relation) == (evidence, Decimal(confidence))
    assert await connection.fetchval("SELECT count(*) FROM ketu.household") == 0


def without_loans(small: SmallDelivery) -> None:
    (small.folder / "loan.asc").unlink()


def with_another_header(small: SmallDelivery) -> None:
    path = small.folder / "client.asc"
    path.write_bytes(path.read_bytes().replace(b"birth_number", b"birth_date"))


def without_header(small: SmallDelivery) -> None:
    path = small.folder / "client.asc"
    path.write_bytes(path.read_bytes().split(b"\r\n", 1)[1])


def empty(small: SmallDelivery) -> None:
    (small.folder / "card.asc").write_bytes(b"")


def in_another_encoding(small: SmallDelivery) -> None:
    path = small.folder / "district.asc"
    path.write_bytes(path.read_bytes().replace(b"Benesov", "Benešov".encode("cp1250")))


def in_utf_16(small: SmallDelivery) -> None:
    path = small.folder / "district.asc"
    path.write_bytes(path.read_bytes().decode().encode("utf-16"))


def packed_and_cut(small: SmallDelivery) -> None:
    path = small.folder / "trans.asc"
    packed = gzip.compress(path.read_bytes())
    path.with_name("trans.asc.gz").write_bytes(packed[: len(packed) - 20])
    path.unlink()


def packed_by_name_only(small: SmallDelivery) -> None:
    (small.folder / "trans.asc").rename(small.folder / "trans.asc.gz")


def plain_and_packed(small: SmallDelivery) -> None:
    path = small.folder / "order.asc"
    path.with_name("order.asc.gz").write_bytes(gzip.compress(path.read_bytes()))


def two_extracts(small: SmallDelivery) -> None:
    path = small.folder / "trans.asc"
    path.with_name("trans_partial_19930101_19940331.asc").write_bytes(path.read_bytes())


def a_folder_for_a_file(small: SmallDelivery) -> None:
    (small.folder / "card.asc").unlink()
    (small.folder / "card.asc").mkdir()


def one_endless_line(small: SmallDelivery) -> None:
    with (small.folder / "trans.asc").open("ab") as file:
        file.write(b"9" * 100_000)


@pytest.mark.parametrize(
    ("damage", "what", "mend"),
    [
        (without_loans, r"lacks the file loan\.asc \(or loan\.asc\.gz\)", "put it there"),
        (
            with_another_header,
            r"client\.asc, line 1: expected the header client_id;birth_number;district_id",
            "first line",
        ),
        (without_header, r"client\.asc, line 1: expected the header .*, found something else$", "first line"),
        (empty, r"card\.asc, line 1: expected the header .*, found nothing$", "first line"),
        (in_another_encoding, r"district\.asc, line 3, byte 8: expected plain ASCII, found the byte 0x9a", "as ASCII"),
        (in_utf_16, r"district\.asc, line 1, byte 1: expected plain ASCII, found the byte 0xff", "as ASCII"),
        (packed_and_cut, r"trans\.asc\.gz is no whole gzip file", "deliver the file again"),
        (packed_by_name_only, r"trans\.asc\.gz is no whole gzip file", "deliver the file again"),
        (plain_and_packed, r"holds order\.asc and order\.asc\.gz: which", "leave only one"),
        (two_extracts, r"holds trans\.asc and trans_partial_19930101_19940331\.asc: which", "leave only one"),
        (a_folder_for_a_file, r"card\.asc cannot be read: Is a directory", "can be read"),
        (one_endless_line, r"trans\.asc, line 6: longer than 65536 bytes", "deliver the file again"),
    ],
)
async def test_a_broken_delivery_stores_nothing(
    connection: asyncpg.Connection,
    small: SmallDelivery,
    key_ring: KeyRing,
    damage: Callable[[SmallDelivery], None],
    what: str,
    mend: str,
):
    small.write()
    damage(small)
    with pytest.raises(LoadRefused, match=what) as refused:
        await load_berka(connection, small.folder, key_ring=key_ring)
    assert mend in refused.value.mend
    assert not any(number in str(refused.value) for number in ("706213", "690204"))
    assert await row_counts(connection) == {}


async def test_what_is_no_folder_is_refused(connection: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing):
    with pytest.raises(LoadRefused, match="nowhere does not exist"):
        await load_berka(connection, small.folder / "nowhere", key_ring=key_ring)
    file = small.write() / "card.asc"
    with pytest.raises(LoadRefused, match=r"card\.asc is not a folder"):
        await load_berka(connection, file, key_ring=key_ring)
    assert await row_counts(connection) == {}


def moved(**broken: str) -> str:
    """A line of the transactions, whole but for the cells named."""
    good = {"trans_id": "1009", "account_id": "20", "date": "930111", "type": '"PRIJEM"', "operation": '"VKLAD"',
            "amount": "1.00", "balance": "1.00", "k_symbol": '""', "bank": "", "account": ""}  # fmt: skip
    return ";".join((good | broken).values())


CUT = "a quoted value does not end where it should: the line is cut off or damaged"


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        ("trans", '1009;20;930111;"PRIJE', CUT),
        ("trans", '1009;20;930111;"PRIJEM";"VKLAD";1.00;1', "expected 10 columns, found 7"),
        ("trans", moved(type='"PRIJEM"x'), CUT),
        ("trans", "", "expected 10 columns, found 0"),
        ("trans", '1009;20;930111;"PRIJEM";"VKLAD";1.00;1.00;"";;;', "expected 10 columns, found 11"),
        ("trans", moved(type='"NAHRADA"'), "direction: expected one of PRIJEM, VYDAJ, VYBER"),
        (
            "trans",
            moved(operation='"SEK"'),
            "operation: expected one of VKLAD, VYBER, VYBER KARTOU, PREVOD Z UCTU, PREVOD NA UCET",
        ),
        (
            "trans",
            moved(k_symbol='"LEASING"'),
            "purpose: expected one of SIPO, UVER, POJISTNE, UROK, SANKC. UROK, SLUZBY, DUCHOD",
        ),
        ("trans", moved(amount="-1.00"), "amount: expected an amount that is not negative"),
        ("trans", moved(amount="1,00"), "amount: expected an amount such as 1200.50"),
        ("trans", moved(balance=""), "balance_after: expected an amount such as 1200.50"),
        ("trans", moved(date="930230"), "booked_on: expected a date that exists"),
        ("trans", moved(date="1993-01-11"), "booked_on: expected a date as YYMMDD"),
        ("trans", moved(account_id="99"), "account_id: no such key was taken from account"),
        ("trans", moved(trans_id="1003"), "trans_id: this key came before"),
        ("trans", moved(trans_id="x", operation=""), "trans_id: expected a whole number from 1 to 999999999"),
        ("trans", moved(bank='"abc"'), "counterparty_bank: expected a bank code of two letters"),
        (
            "trans",
            moved(bank='"AB"', account="12x"),
            "counterparty_account: expected an account number of up to 16 digits",
        ),
        ("client", '9;"701313";2', "birth_number: expected a date that exists"),
        ("client", '9;"7012131";2', "birth_number: expected a birth number of six digits"),
        ("client", '9;"706213";4', "district_id: no such key was taken from district"),
        ("disp", '109;7;20;"OWNER"', "the account has an owner already"),
        ("disp", '109;6;20;"DISPONENT"', "the client has a right to this account already"),
        ("disp", '109;9;20;"DISPONENT"', "client_id: no such key was taken from client"),
        ("disp", '109;7;20;"GUEST"', "role: expected one of OWNER, DISPONENT"),
        ("card", '409;109;"gold";931107 00:00:00', "disp_id: no such key was taken from disp"),
        ("card", '409;102;"gold";7 Nov 1993', "issued_on: expected a date as YYMMDD 00:00:00"),
        ("loan", '309;20;930705;96396;0;8033.00;"A"', "term_months: expected a number of months from 1 to 600"),
        ("loan", '309;20;930705;96396;12;8033.00;"E"', "state: expected one of A, B, C, D"),
        ("order", '209;20;"YZ";"87144583";2452.00;"DUCHOD"', "purpose: expected one of SIPO, UVER, POJISTNE, LEASING"),
        (
            "account",
            '40;1;"POPLATEK DENNE";930101',
            "statement_frequency: expected one of POPLATEK MESICNE, POPLATEK TYDNE, POPLATEK PO OBRATU",
        ),
        ("district", '4;" ";"Prague";1;0;0;0;1;1;100.0;1;0;0;1;1;1', "name: expected a name"),
    ],
)
async def test_a_broken_row_is_kept_with_its_reason(
    connection: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing, file: str, line: str, reason: str
):
    small.files[file].append(line)
    report = await load_berka(connection, small.write(), key_ring=key_ring)

    (row,) = await connection.fetch("SELECT * FROM staging.rejected_row")
    assert (row["file"], row["line_number"], row["reason"]) == (f"{file}.asc", len(small.files[file]), reason)
    assert key_ring.open(IdentifierKind.SOURCE_ROW, row["content_cipher"]) == line
    rows = len(FILES[file]) - 1
    assert FileCount(f"{file}.asc", rows + 1, rows, 1) in report.counts
    recorded = await connection.fetch(
        "SELECT file, read_count, stored_count, rejected_count FROM staging.file_count ORDER BY id"
    )
    assert [FileCount(*count) for count in recorded] == report.counts


async def test_rows_that_refer_to_a_rejected_one_are_rejected_too(
    connection: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    small.replace("account", "930105", "930199")
    await load_berka(connection, small.write(), key_ring=key_ring)
    rows = await connection.fetch("SELECT file, line_number, reason FROM staging.rejected_row ORDER BY id")
    orphan = "account_id: no such key was taken from account"
    assert [tuple(row) for row in rows] == [
        ("account.asc", 3, "opened_on: expected a date that exists"),
        ("disp.asc", 4, orphan),
        ("order.asc", 3, orphan),
        ("trans.asc", 3, orphan),
    ]
    # The client is known, but holds nothing: someone to be served, at the branch where they live.
    client = await connection.fetchrow("SELECT state, joined_on, branch_id FROM ketu.customer WHERE customer_no = '7'")
    assert tuple(client) == ("PROSPECT", None, 4)


async def test_a_rejected_row_does_not_take_its_key(
    connection: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    small.files["card"].insert(1, '401;102;"platinum";931107 00:00:00')
    report = await load_berka(connection, small.write(), key_ring=key_ring)
    assert FileCount("card.asc", 2, 1, 1) in report.counts
    assert await connection.fetchval("SELECT grade FROM ketu.card") == "GOLD"


async def test_packed_files_are_the_same_delivery(
    committing: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    first = await load_berka(committing, small.write(), key_ring=key_ring)
    for path in list(small.folder.iterdir()):
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    second = await load_berka(committing, small.folder, key_ring=key_ring)
    assert (second.counts, second.was_loaded) == (first.counts, True)


async def versions(connection: asyncpg.Connection) -> dict[str, dict[str, int]]:
    """Versions above the first, by table and source key."""
    tables = ("branch", "customer", "identity_document", "contact_point", "account", "account_holder", "loan", "card",
              "standing_order", "transaction", "relation", "household", "household_member")  # fmt: skip
    found = {}
    for table in tables:
        rows = await connection.fetch(f"SELECT source_key, version FROM ketu.{table} WHERE version > 1")
        found[table] = {row["source_key"]: row["version"] for row in rows}
    return {table: changed for table, changed in found.items() if changed}


async def test_a_corrected_delivery_changes_what_differs_and_no_more(
    committing: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    small.files["trans"].append('1004;20;930111;"VYDAJ";"VYBER";50.00;34')
    await load_berka(committing, small.write(), key_ring=key_ring)
    ids = await committing.fetch("SELECT source_key, id FROM ketu.transaction ORDER BY id")

    small.replace(
        "trans", '1004;20;930111;"VYDAJ";"VYBER";50.00;34', '1004;20;930111;"VYDAJ";"VYBER";50.00;349.50;"";;'
    )
    small.replace("trans", "1005;10;930105", "1005;10;930106")
    small.replace("loan", '"D"', '"A"')
    small.replace("order", '"87144583"', '"87144584"')
    report = await load_berka(committing, small.write(), key_ring=key_ring)

    assert not report.was_loaded
    assert FileCount("trans.asc", 5, 5, 0) in report.counts
    assert await versions(committing) == {
        "account": {"10": 2, "20": 2},
        "loan": {"301": 2},
        "standing_order": {"201": 2},
        "transaction": {"1005": 2},
    }
    after = await committing.fetch("SELECT source_key, id FROM ketu.transaction ORDER BY id")
    assert [tuple(row) for row in after] == [*(tuple(row) for row in ids), ("1004", len(ids) + 1)]
    balances = await committing.fetch("SELECT account_id, closed_on, amount FROM ketu.balance ORDER BY 1, 2")
    assert [tuple(row) for row in balances] == [
        (1, date(1993, 1, 1), Decimal("700.00")),
        (1, date(1993, 1, 10), Decimal("399.50")),
        (1, date(1993, 1, 11), Decimal("349.50")),
        (2, date(1993, 1, 6), Decimal("5000.00")),
    ]
    account = await committing.fetchrow("SELECT balance, balance_on FROM ketu.account WHERE source_key = '20'")
    assert tuple(account) == (Decimal("349.50"), date(1993, 1, 11))
    cipher = await committing.fetchval(
        "SELECT counterparty_account_cipher FROM ketu.standing_order WHERE source_key = '201'"
    )
    assert key_ring.open(IdentifierKind.ACCOUNT_NUMBER, cipher) == "87144584"


async def test_a_row_corrected_in_the_middle_of_a_day_does_not_close_it(
    committing: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    good = '1002;20;930110;"VYBER";"";100.00;600.00;" ";;0'
    small.replace("trans", good, good.replace("VYBER", "?"))
    await load_berka(committing, small.write(), key_ring=key_ring)
    small.replace("trans", good.replace("VYBER", "?"), good)
    await load_berka(committing, small.write(), key_ring=key_ring)
    assert await committing.fetchval("SELECT max(source_key) FROM ketu.transaction WHERE id = 4") == "1002"
    assert await committing.fetchval("SELECT balance FROM ketu.account WHERE source_key = '20'") == Decimal("399.50")


async def test_a_source_that_the_register_prohibits_is_not_loaded(
    committing: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    await committing.execute(
        "INSERT INTO ketu.source (code, name, name_sort_key, kind, rhythm, owner, legal_basis, quality, is_prohibited, "
        "prohibited_because) VALUES ('berka', 'Berka', 'berka', 'SAMPLE', 'ONCE', 'x', 'NONE', 'LOW', true, 'bought')"
    )
    with pytest.raises(LoadRefused, match="prohibits 'berka': bought"):
        await load_berka(committing, small.write(), key_ring=key_ring)
    assert await committing.fetchval("SELECT count(*) FROM ketu.customer") == 0
    assert await committing.fetchval("SELECT count(*) FROM staging.source_batch") == 0


async def test_a_shorter_delivery_takes_nothing_away(
    committing: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    await load_berka(committing, small.write(), key_ring=key_ring)
    before = await snapshot(committing)
    del small.files["trans"][3:]
    del small.files["disp"][2:]
    del small.files["card"][1:]
    await load_berka(committing, small.write(), key_ring=key_ring)
    after = await snapshot(committing)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"staging.source_batch", "staging.file_count"}


async def test_a_couple_that_parts_is_no_household_any_more(
    committing: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    await load_berka(committing, small.write(), key_ring=key_ring)
    small.replace("client", '6;"690204";2', '6;"690204";1')
    await load_berka(committing, small.write(), key_ring=key_ring)
    (relation,) = await committing.fetch("SELECT evidence, confidence_ratio, version FROM ketu.relation")
    assert tuple(relation) == (["SHARED_ACCOUNT", "OPPOSITE_SEX"], Decimal("0.7"), 2)
    assert await committing.fetchval("SELECT count(*) FROM ketu.household") == 0
    history = await committing.fetch(
        "SELECT operation, count(*) FROM ketu.household_member_history GROUP BY 1 ORDER BY 1"
    )
    assert [tuple(row) for row in history] == [("DELETE", 2), ("INSERT", 2)]


async def test_a_delivery_that_comes_back_is_current_again(
    committing: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    first = await load_berka(committing, small.write(), key_ring=key_ring)
    small.replace("loan", '"D"', '"A"')
    await load_berka(committing, small.write(), key_ring=key_ring)
    small.replace("loan", '"A"', '"D"')
    third = await load_berka(committing, small.write(), key_ring=key_ring)
    assert (third.counts, third.was_loaded) == (first.counts, False)
    assert await committing.fetchval("SELECT state FROM ketu.loan") == "IN_ARREARS"
    batches = await committing.fetch("SELECT id, is_current FROM staging.source_batch ORDER BY id")
    assert [tuple(row) for row in batches] == [(1, True), (2, False)]


async def test_new_and_moved_districts_find_a_place_and_the_others_keep_theirs(
    committing: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    await load_berka(committing, small.write(), key_ring=key_ring)
    head, praha, benesov, beroun = (small.files["district"][line] for line in range(4))
    moved = benesov.replace("central Bohemia", "south Bohemia")
    new = '4;"Kladno";"central Bohemia";149893;63;29;6;2;6;67.4;9753;4.64;5.05;109;5244;5892'
    small.files["district"] = [head, new, praha, moved, beroun]
    await load_berka(committing, small.write(), key_ring=key_ring)
    rows = await committing.fetch(
        "SELECT branch.name, region.name, branch.position FROM ketu.branch "
        "JOIN ketu.branch AS region ON region.id = branch.parent_id WHERE branch.level = 'SUB_BRANCH' "
        "ORDER BY branch.id"
    )
    assert [tuple(row) for row in rows] == [
        ("Hl.m. Praha", "Prague", 1_010_000),
        ("Benesov", "South Bohemia", 3_010_000),
        ("Beroun", "Central Bohemia", 2_020_000),
        ("Kladno", "Central Bohemia", 2_030_000),
    ]
    assert await committing.fetchval(
        "SELECT count(*) = 0 FROM ketu.customer JOIN ketu.branch ON branch.id = branch_id "
        "WHERE customer.position <> branch.position"
    )


async def test_more_districts_than_a_region_has_room_for_are_refused(
    connection: asyncpg.Connection, small: SmallDelivery, key_ring: KeyRing
):
    tail = ";1;0;0;0;1;1;100.0;1;0;0;1;1;1"
    small.files["district"] += [f'{number};"District {number}";"Prague"{tail}' for number in range(4, 103)]
    with pytest.raises(LoadRefused, match="'region-Prague' has room for 99 children") as refused:
        await load_berka(connection, small.write(), key_ring=key_ring)
    assert refused.value.mend == "check the regions (A3) in district.asc"
    assert await row_counts(connection) == {}


async def test_another_bank_is_not_mixed_with(fresh_database_url: str, small: SmallDelivery, key_ring: KeyRing):
    await load_sample(fresh_database_url, key_ring=key_ring)
    connection = await asyncpg.connect(fresh_database_url)
    before = await snapshot(connection)
    with pytest.raises(LoadRefused, match="holds another bank already: '客图示例银行'") as refused:
        await load_berka(connection, small.write(), key_ring=key_ring)
    assert "one database holds one bank" in refused.value.mend
    assert await snapshot(connection) == before
    await connection.close()
