"""The built-in sample: a hand-written bank of a dozen fictitious families, in which everything occurs at least once."""

import csv
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import asyncpg
import sqlalchemy as sa

from domain import tables
from domain.branch.position import placed
from domain.pipelines.ingestion.lock import alone
from domain.pipelines.ingestion.refusal import LoadRefused
from domain.pipelines.ingestion.sample.rhythm import closing_balances, transactions
from domain.pipelines.ingestion.sample.rows import Cells, Keys, Row, rows
from domain.shared.cipher import KeyRing
from domain.shared.sort_key import initials, sort_key

SOURCE = "sample"
BUSINESS_DATE = date(2026, 10, 31)
DATA = Path(__file__).parent / "data"
PLACED = (
    "staff", "customer", "ticket", "task", "announcement", "lead", "referral", "opportunity", "alert", "visit",
    "care_plan", "care", "target",
)  # fmt: skip
"""Tables whose rows carry the position of their branch."""


async def load_sample(
    database_url: str, *, key_ring: KeyRing, on_wait: Callable[[str], None] = lambda _: None
) -> dict[str, int]:
    """Load the sample in one transaction; the number of rows by table. Raises LoadRefused.

    reads   data/*.csv beside this file
    writes  every table of the bank; ids count from 1 in the order of the files
    """
    connection = await asyncpg.connect(database_url)
    try:
        async with connection.transaction():
            await alone(connection, on_wait=on_wait)
            if name := await connection.fetchval("SELECT name FROM ketu.bank"):
                raise LoadRefused(
                    f"the database holds the bank {name!r} already",
                    mend="the built-in sample needs an empty database: name one with --database-url or --data",
                )
            return {table.name: await _store(connection, table, made) for table, made in sample(key_ring)}
    finally:
        await connection.close()


def sample(key_ring: KeyRing) -> list[tuple[sa.Table, list[Row]]]:
    """The rows of every table, each table after those it refers to."""
    bank: Row = {
        "id": 1,
        "name": "客图示例银行",
        "business_date": BUSINESS_DATE,
        "time_zone": "Asia/Shanghai",
        "base_currency": "CNY",
        "is_sample": True,
    }
    keys: Keys = {}
    made = [(table, rows(table, cells, key_ring=key_ring, keys=keys)) for table, cells in _cells()]
    for table, table_rows in made:
        for row in table_rows:
            _complete(table, row)
    by_name = {table.name: table_rows for table, table_rows in made}
    _place(by_name)
    _close(by_name)
    return [(tables.bank, [bank]), *made]


def _cells() -> list[tuple[sa.Table, list[Cells]]]:
    """The cells of every table but the bank, in order of reference."""
    accounts = _file("account")
    booked = transactions(_file("rhythm"), {cells["source_key"]: cells["currency"] for cells in accounts})
    documents = [cells | {"document": cells["source_key"]} for cells in _file("document")]
    users = _file("user_account")
    roles = [
        {"user_account": user["username"], "role": role.split("@")[0], "branch": role.split("@")[1]}
        for user in users
        for role in user["roles"].split()
    ]
    return [
        (tables.working_calendar, _file("working_calendar")),
        (tables.calendar_day, _file("calendar_day")),
        (tables.branch, _file("branch")),
        (tables.staff, _file("staff")),
        (tables.user_account, users),
        (tables.role_assignment, roles),
        (tables.product, _file("product")),
        (tables.source, _file("source")),
        (tables.customer, _file("customer")),
        (tables.access_grant, _file("access_grant")),
        (tables.identity_document, _file("identity_document")),
        (tables.contact_point, _file("contact_point")),
        (tables.account, accounts),
        (tables.account_holder, _file("account_holder")),
        (tables.balance, closing_balances(booked)),
        (tables.transaction, booked),
        (tables.loan, _file("loan")),
        (tables.card, _file("card")),
        (tables.standing_order, _file("standing_order")),
        (tables.relation, _file("relation")),
        (tables.household, _file("household")),
        (tables.household_member, _file("household_member")),
        (tables.tag, _file("tag")),
        (tables.customer_tag, _file("customer_tag")),
        (tables.consent, _file("consent")),
        (tables.do_not_contact, _file("do_not_contact")),
        (tables.attribute_definition, _file("attribute_definition")),
        (tables.customer_attribute, _file("customer_attribute")),
        (tables.ticket, _file("ticket")),
        (tables.ticket_event, _file("ticket_event")),
        (tables.service_request, _file("service_request")),
        (tables.task, _file("task")),
        (tables.interaction, _file("interaction")),
        (tables.alert_rule, _file("alert_rule")),
        (tables.alert_preference, _file("alert_preference")),
        (tables.alert, _file("alert")),
        (tables.visit, _file("visit")),
        (tables.care_plan, _file("care_plan")),
        (tables.care, _file("care")),
        (tables.knowledge_article, _file("knowledge_article")),
        (tables.survey, _file("survey")),
        (tables.survey_question, _file("survey_question")),
        (tables.survey_response, _file("survey_response")),
        (tables.survey_answer, _file("survey_answer")),
        (tables.announcement, _file("announcement")),
        (tables.announcement_audience, _file("announcement_audience")),
        (tables.announcement_reader, _file("announcement_reader")),
        (tables.indicator, _file("indicator")),
        (tables.target, _file("target")),
        (tables.risk_assessment, _file("risk_assessment")),
        (tables.tier, _file("tier")),
        (tables.tier_rule, _file("tier_rule")),
        (tables.customer_tier, _file("customer_tier")),
        (tables.segment, _file("segment")),
        (tables.campaign, _file("campaign")),
        (tables.campaign_member, _file("campaign_member")),
        (tables.campaign_event, _file("campaign_event")),
        (tables.lead, _file("lead")),
        (tables.referral, _file("referral")),
        (tables.opportunity, _file("opportunity")),
        (tables.opportunity_stage_change, _file("opportunity_stage_change")),
        (tables.quotation, _file("quotation")),
        (tables.customer_group, _file("customer_group")),
        (tables.customer_group_member, _file("customer_group_member")),
        (tables.party_role, _file("party_role")),
        (tables.guarantee, _file("guarantee")),
        (tables.collateral, _file("collateral")),
        (tables.credit_dossier, _file("credit_dossier")),
        (tables.credit_dossier_entry, _file("credit_dossier_entry")),
        (tables.document, _described(documents)),
        (tables.document_content, [cells for cells in documents if cells["content"]]),
        (tables.life_event, _file("life_event")),
        (tables.note, _file("note")),
        (tables.touch, _file("touch")),
        (tables.response, _file("response")),
    ]


def _file(name: str) -> list[Cells]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _described(documents: list[Cells]) -> list[Cells]:
    """Documents with size and digest of their contents; those that lie in an archive say it themselves."""
    described = []
    for cells in documents:
        content = cells["content"].encode()
        of_content = {"size_bytes": str(len(content)), "sha256": sha256(content).hexdigest()} if content else {}
        described.append(cells | of_content)
    return described


def _complete(table: sa.Table, row: Row) -> None:
    """Columns that follow from others."""
    if "source" in table.columns:
        row |= {"source": SOURCE, "as_of_date": BUSINESS_DATE}
    is_person = table is tables.staff or row.get("kind") == "PERSON"
    if "name_sort_key" in table.columns:
        row["name_sort_key"] = sort_key(row["name"], is_person=is_person) if row["name"] else None
    if "title_sort_key" in table.columns:
        row["title_sort_key"] = sort_key(row["title"])
    if "name_initials" in table.columns:
        row["name_initials"] = initials(row["name"], is_person=is_person) if row["name"] else None
    if table is tables.staff:
        row["is_sample"] = True


def _place(by_name: dict[str, list[Row]]) -> None:
    """Positions of branches in both trees, and of what carries its branch's position."""
    branches = {row["id"]: row for row in by_name["branch"]}
    for parent, position in (("parent_id", "position"), ("rollup_parent_id", "rollup_position")):
        places = placed({str(row["id"]): row[parent] and str(row[parent]) for row in branches.values()})
        for row in branches.values():
            row[position], row[f"{position}_end"] = places[str(row["id"])]
    for row in (row for name in PLACED for row in by_name[name]):
        row["position"] = branches[row["branch_id"]]["position"]


def _close(by_name: dict[str, list[Row]]) -> None:
    """The balance of an account is that of its last day with transactions."""
    accounts = {row["id"]: row | {} for row in by_name["account"]}
    for row in by_name["balance"]:
        accounts[row["account_id"]] |= {"balance": row["amount"], "balance_on": row["closed_on"]}
    by_name["account"][:] = accounts.values()


async def _store(connection: asyncpg.Connection, table: sa.Table, made: list[Row]) -> int:
    columns = [column.name for column in table.columns if any(column.name in row for row in made)]
    records: list[tuple[Any, ...]] = [tuple(row.get(column) for column in columns) for row in made]
    await connection.copy_records_to_table(
        table.name, schema_name=table.schema, columns=columns, records=records, timeout=60
    )
    if table.columns["id"].identity is not None:
        await connection.execute(
            f"SELECT setval(pg_get_serial_sequence('{table.fullname}', 'id'), max(id)) FROM {table.fullname}"
        )
    return len(made)
