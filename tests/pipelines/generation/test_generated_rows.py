"""The same arguments give the same rows, in whatever order blocks are made; every row fits the declared tables."""

import hashlib
from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pytest
import sqlalchemy as sa

from domain import tables
from domain.pipelines.generation import run
from domain.pipelines.generation.graph.bank import bank_rows, sign_ins
from domain.pipelines.generation.graph.block import ROOM
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.world import World
from domain.shared.algorithm import AES
from domain.shared.cipher import Key, KeyRing
from domain.shared.identifier import IdentifierKind

WRITTEN = {
    "bank", "working_calendar", "calendar_day", "branch", "staff", "user_account", "role_assignment", "product",
    "customer", "identity_document",
    "contact_point", "account", "account_holder", "balance", "transaction", "loan", "card", "standing_order",
    "relation", "household", "household_member", "tag", "customer_tag", "consent", "ticket", "ticket_event", "task",
    "interaction", "announcement", "announcement_audience", "announcement_reader",
    "guarantee", "collateral", "life_event", "do_not_contact", "opportunity", "opportunity_stage_change",
    "campaign", "campaign_event", "campaign_member", "touch", "response", "lead", "referral", "quotation",
    "portfolio_term", "visit", "care_plan", "care", "note", "attribute_definition", "customer_attribute", "document",
    "document_content", "risk_assessment", "credit_dossier", "credit_dossier_entry", "service_request", "survey",
    "survey_question", "survey_response", "survey_answer", "alert_rule", "alert_preference", "alert",
    "knowledge_article", "indicator", "target", "source", "customer_group", "customer_group_member", "party_role",
    "tier", "tier_rule", "customer_tier",
}  # fmt: skip
BY_TRIGGERS = {"alert_badge", "customer_name_part"}
BY_RUNS = {"segment", "segment_membership", "model_version", "run", "score", "recommendation"}
"""What the bank computes of its customers: nothing of it is given."""
BY_USE = {
    "access_alert", "access_alert_threshold", "access_grant", "access_seen", "access_tally", "access_version",
    "access_watch", "command", "credential", "former_position", "go_live", "handover", "honeytoken", "outbox_event",
    "outbox_horizon", "policy_line", "policy_version", "quota_use", "refresh_token", "second_factor_role",
    "service_account", "service_secret", "session", "sign_in_address", "signing_key", "user_application",
}  # fmt: skip
"""What its users and its administrators leave behind."""

DIGEST = "c91969e280bc032bfe10a3b8076f52878a9ab0795ac39906139c56e18e1fab00"


def digest(rows: run.Rows) -> str:
    """Over all rows of all tables, cipher texts left out: each is another one every time."""
    told = hashlib.sha256()
    for table, made in rows:
        kept = [name for name in made.column_names if not name.endswith("_cipher")]
        told.update(f"{table.name}{kept}".encode())
        told.update(repr(made.select(kept).to_pydict()).encode())
    return told.hexdigest()


@pytest.fixture(scope="module")
def ring() -> KeyRing:
    """Always the same, because blind indexes follow from it."""
    return KeyRing("00000000", {"00000000": Key(AES, b"1" * 32)}, b"2" * 32)


@pytest.fixture(scope="module")
def rows(make_plan: Callable[..., Plan], ring: KeyRing) -> run.Rows:
    return list(run.all_rows(World.of(make_plan()), ring))


def test_equal_arguments_make_equal_rows_and_others_make_others(
    make_plan: Callable[..., Plan], ring: KeyRing, rows: run.Rows
):
    assert digest(list(run.all_rows(World.of(make_plan()), ring))) == digest(rows)
    plans = (make_plan(60), make_plan(60, seed=8), make_plan(61), make_plan(60, as_of=date(2026, 10, 30)))
    assert len({digest(list(run.all_rows(World.of(plan), ring))) for plan in plans}) == len(plans)


def test_the_bank_of_300_customers_and_seed_7_is_the_same_on_every_machine(rows: run.Rows):
    # Whoever changes what banks are like writes the new digest here; nobody else's change may move it.
    assert digest(rows) == DIGEST


def test_blocks_may_be_made_in_any_order_and_alone(make_plan: Callable[..., Plan], ring: KeyRing):
    plan = make_plan(customers=10_400)
    blocks = list(plan.blocks())
    assert len(blocks) == 3
    world = World.of(plan)
    writer = run.graph_writer(world, ring)
    forwards = [digest(run.block_rows(world, writer, block)) for block in (blocks[0], blocks[2])]
    other = World.of(plan)
    alone = run.graph_writer(other, ring)
    backwards = [digest(run.block_rows(other, alone, block)) for block in (blocks[2], blocks[0])]
    assert forwards == backwards[::-1]


def test_every_table_of_the_bank_is_filled_in_order_of_reference(rows: run.Rows):
    order = [table.name for table, _ in rows]
    assert set(order) == WRITTEN
    # Firms have no tickets, and persons are in no groups.
    first = {name: order.index(name) for name in order}
    last = {name: place for place, name in enumerate(order)}
    for table, made in rows:
        for key in table.foreign_keys:
            if key.parent.name not in made.column_names:
                continue
            # What nothing is written of yet, nothing refers to.
            assert first.get(key.column.table.name, -1 if key.parent.nullable else len(order)) <= last[table.name]


def test_no_table_is_forgotten():
    # A new table is filled by the generator, or it says here by whom it is.
    ours = {table.name for table in tables.metadata.sorted_tables if table.schema == "ketu"}
    kinds = (WRITTEN, BY_TRIGGERS, BY_RUNS, BY_USE)
    assert set().union(*kinds) == ours
    assert sum(map(len, kinds)) == len(ours)


def columns_of(rows: run.Rows, table: sa.Table) -> pa.Table:
    """All rows of a table."""
    return pa.concat_tables([made for one, made in rows if one is table])


@pytest.mark.parametrize("table", [getattr(tables, name) for name in sorted(WRITTEN)], ids=lambda table: table.name)
def test_rows_fit_the_declared_columns(rows: run.Rows, table: sa.Table):
    made = columns_of(rows, table)
    assert set(made.column_names) <= set(table.columns.keys())
    for column in table.columns:
        must = not column.nullable and column.server_default is None and column.name not in ("created_at", "updated_at")
        if column.name not in made.column_names:
            assert not must, column.name
            continue
        values = made[column.name]
        assert column.nullable or values.null_count == 0, column.name
        if choice := column.info.get("choice"):
            told = {word for value in values.to_pylist() for word in (value if isinstance(value, list) else [value])}
            assert told - {None} <= {word.name for word in choice}
    ids = made["id"].to_pylist()
    assert len(set(ids)) == len(ids)
    assert max(ids) < 2 * ROOM
    for constraint in table.constraints:
        if isinstance(constraint, sa.UniqueConstraint):
            keys = list(zip(*(made[column.name].to_pylist() for column in constraint.columns), strict=True))
            assert len(set(keys)) == len(keys), constraint.name


def test_every_reference_is_to_a_row(rows: run.Rows):
    known = {table.name: set(columns_of(rows, table)["id"].to_pylist()) for table, _ in rows}
    for table, made in rows:
        for column in table.columns:
            for key in column.foreign_keys:
                if key.column.name == "id" and column.name in made.column_names:
                    assert set(made[column.name].to_pylist()) - {None} <= known[key.column.table.name], column


def test_identifiers_are_sealed_as_the_key_ring_seals_them(rows: run.Rows, ring: KeyRing):
    documents = columns_of(rows, tables.identity_document).to_pylist()
    for row in documents:
        kind = IdentifierKind[row["type"]]
        number = ring.open(kind, row["number_cipher"])
        expected = ring.sealed("number", kind, number)
        assert {name: row[name] for name in expected if name != "number_cipher"} == {
            name: value for name, value in expected.items() if name != "number_cipher"
        }
    account = columns_of(rows, tables.account).slice(0, 1).to_pylist()[0]
    number = ring.open(IdentifierKind.ACCOUNT_NUMBER, account["number_cipher"])
    assert account["number_blind_index"] == ring.blind_index(IdentifierKind.ACCOUNT_NUMBER, number)
    payments = columns_of(rows, tables.transaction)
    sides = payments.select(["counterparty_account_masked", "counterparty_account_cipher"]).to_pylist()
    some = [side for side in sides if side["counterparty_account_cipher"] is not None]
    assert 0 < len(some) < len(sides)
    opened = ring.open(IdentifierKind.ACCOUNT_NUMBER, some[0]["counterparty_account_cipher"])
    assert some[0]["counterparty_account_masked"] == "*" * (len(opened) - 4) + opened[-4:]


def test_pinyin_orders_names_of_people_and_firms(rows: run.Rows):
    people = columns_of(rows, tables.customer).select(["name", "name_sort_key", "name_initials"]).to_pylist()
    named = [row for row in people if row["name"]]
    assert all(row["name_sort_key"].isascii() and row["name_initials"] for row in named)
    assert [row for row in people if not row["name"]] == [
        {"name": None, "name_sort_key": None, "name_initials": None}
    ] * (len(people) - len(named))


def test_somebody_can_sign_in_with_each_role_on_each_level(make_plan: Callable[..., Plan]):
    bank = World.of(make_plan()).organisation
    users = list(sign_ins(bank))
    assert len({user.username for user in users}) == len(users)
    assert {user.role for user in users} == {
        "administrator", "auditor", "branch_manager", "data_steward", "head_office_analyst", "integrator",
        "regional_manager", "relationship_manager", "security_officer", "service_agent", "teller",
    }  # fmt: skip
    assert {bank.offices[user.office].level.name for user in users} == {"HEAD_OFFICE", "BRANCH", "SUB_BRANCH", "OUTLET"}
    assert all(user.username.isascii() for user in users)
    assert {
        row["is_sample"]
        for table, made in bank_rows(make_plan(), bank)
        if table is tables.bank
        for row in made.to_pylist()
    } == {True}


def test_progress_says_how_fast_and_how_long_it_will_take(make_plan: Callable[..., Plan]):
    plan = make_plan(customers=30_000)
    firms, first, second, last = plan.blocks()
    assert run.so_far(plan, firms, 1_000, 2.0) == "454 of 30,000 customers, 1,000 rows, 500 rows/s"
    assert run.so_far(plan, first, 500_000, 50.0) == (
        "10,454 of 30,000 customers, 500,000 rows, 10,000 rows/s, 1:38 min left"
    )
    assert run.so_far(plan, last, 3_000_000, 150.0).endswith("20,000 rows/s, 0:00 min left")
    assert second.number == 2
