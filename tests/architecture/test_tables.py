"""What every table promises: data classes, checked choices, versions and history, migrations both ways."""

import asyncio
import re
from datetime import date
from enum import StrEnum
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from alembic import command

from api import migration, scratch
from api.postgres import Server
from api.settings import Settings
from domain import tables
from domain.branch.rewriting import TABLES as FOLLOWING
from domain.shared.columns import DataClass

COLUMNS = [column for table in tables.metadata.sorted_tables for column in table.columns]
CHOICES = [column for column in COLUMNS if "choice" in column.info]

pytestmark = pytest.mark.anyio


def test_no_column_of_a_node_has_a_name_that_pages_give_to_theirs():
    nodes = [table for table in tables.metadata.sorted_tables if {"id", "version"} <= set(table.c.keys())]
    assert len(nodes) > 20
    names = {column.name for table in nodes for column in table.c}
    assert {name for name in names if re.fullmatch(r"number|taken|key[0-9]+", name)} == set()


def _is_list(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, sa.ARRAY)


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_has_a_data_class(column: sa.Column[Any]):
    assert isinstance(column.info.get("class"), DataClass), f"{column}: write it with c1, c2, choice or reference"


def test_numbers_that_identify_are_stored_sealed():
    """Never in the clear: a mask, a blind index, the last four digits and the cipher text instead."""
    for table, name in (
        (tables.identity_document, "number"),
        (tables.contact_point, "value"),
        (tables.account, "number"),
        (tables.card, "number"),
        (tables.lead, "phone"),
    ):
        assert name not in table.c
        assert {f"{name}_masked", f"{name}_blind_index", f"{name}_last4", f"{name}_cipher"} <= set(table.c.keys())


@pytest.mark.parametrize("column", CHOICES, ids=str)
def test_a_choice_is_stored_as_its_graphql_name_and_checked(column: sa.Column[Any]):
    choice: type[StrEnum] = column.info["choice"]
    names = {value.name for value in choice}
    checks = [
        str(constraint.sqltext)
        for constraint in (*column.constraints, *column.table.constraints)
        if isinstance(constraint, sa.CheckConstraint) and str(constraint.sqltext).startswith(f"{column.name} ")
    ]
    assert len(checks) == 1, checks
    assert set(checks[0].split("'")[1::2]) == names


async def test_the_database_knows_the_same_choices(database_url: str):
    connection = await asyncpg.connect(database_url)
    try:
        checks = await connection.fetch(
            "SELECT relname AS of, pg_get_constraintdef(pg_constraint.oid) AS definition FROM pg_constraint "
            "JOIN pg_class ON pg_class.oid = conrelid "
            "WHERE contype = 'c' AND connamespace::regnamespace::text IN ('ketu', 'audit', 'staging')"
        )
    finally:
        await connection.close()
    for column in (column for column in CHOICES if not _is_list(column)):
        names = {value.name for value in column.info["choice"]}
        found = [
            row["definition"]
            for row in checks
            if row["of"] == column.table.name
            and row["definition"].replace('"', "").startswith(f"CHECK (({column.name} ")
        ]
        assert len(found) == 1, f"{column}: {len(found)} checks"
        assert set(found[0].split("'")[1::2]) == names, column


def test_migrations_go_up_down_and_up_again(postgres_server: Server):
    with scratch.database(postgres_server) as url:
        settings = Settings(database_url=url)
        migration.upgrade(settings)
        assert migration.drift(settings) is None
        command.downgrade(migration._config(settings), "base")
        assert asyncio.run(_relations(url)) == {"alembic_version"}
        migration.upgrade(settings)
        assert migration.drift(settings) is None


async def _relations(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
            "WHERE relkind IN ('r', 'v', 'S') AND nspname NOT LIKE 'pg_%' AND nspname <> 'information_schema'"
        )
        return {row["relname"] for row in rows}
    finally:
        await connection.close()


async def test_history_keeps_every_state_with_its_business_date(fresh_database_url: str):
    connection = await asyncpg.connect(fresh_database_url)
    try:
        await connection.execute(
            "INSERT INTO ketu.bank (id, name, business_date, time_zone, base_currency) "
            "VALUES (1, 'Bank', '2026-01-31', 'Asia/Shanghai', 'CNY')"
        )
        await connection.execute(
            "INSERT INTO ketu.branch (branch_no, name, name_sort_key, level, state, position, position_end, "
            "rollup_position, rollup_position_end) VALUES ('1', 'first', 'first', 'OUTLET', 'OPEN', 1, 1, 1, 1)"
        )
        await connection.execute("UPDATE ketu.bank SET business_date = '2026-02-28'")
        await connection.execute("UPDATE ketu.branch SET name = 'second'")
        await connection.execute("UPDATE ketu.branch SET name = 'second'")
        assert await connection.fetchval("SELECT version FROM ketu.branch") == 2
        await connection.execute("UPDATE ketu.bank SET business_date = '2026-03-31'")
        await connection.execute("DELETE FROM ketu.branch")
        kept = await connection.fetch(
            "SELECT operation, name, version, business_date FROM ketu.branch_history ORDER BY history_id"
        )
    finally:
        await connection.close()
    states = list(dict.fromkeys(tuple(row) for row in kept))
    assert states == [
        ("INSERT", "first", 1, date(2026, 1, 31)),
        ("UPDATE", "second", 2, date(2026, 2, 28)),
        ("DELETE", "second", 2, date(2026, 3, 31)),
    ]


async def test_history_is_kept_of_all_that_as_of_will_show(database_url: str):
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(
            "SELECT relname AS of, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal"
        )
    finally:
        await connection.close()
    triggers = {(row["of"], row["tgname"]) for row in rows}
    for table in tables.HISTORY_OF:
        for operation in ("insert", "update", "delete"):
            assert (table.name, f"keep_{operation}") in triggers
    for table in tables.metadata.sorted_tables:
        if "version" in table.c:
            assert (table.name, "count_version") in triggers, f"{table.name}: nothing counts its versions"


async def test_rows_that_carry_a_position_follow_their_branch(database_url: str):
    """Whatever carries a position is brought along when its branch moves, and that changes it for nobody."""
    carrying = {
        table.name for table in tables.metadata.sorted_tables if {"position", "branch_id"} <= set(table.c.keys())
    }
    assert carrying - {"former_position"} == set(FOLLOWING)
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(
            "SELECT relname, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND relname = ANY($1) AND tgtype & 16 <> 0",
            FOLLOWING,
        )
    finally:
        await connection.close()
    assert {name for name, _ in rows} == set(FOLLOWING)
    assert [(name, definition) for name, definition in rows if "ketu.follows_branch" not in definition] == []
