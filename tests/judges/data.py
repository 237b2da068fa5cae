"""A small bank for the judges: the built-in sample, and random rows with nulls, ties and joint accounts across it."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import asyncpg

from domain.audit.model import EventKind
from domain.pipelines.ingestion.sample.run import load_sample
from domain.shared.cipher import CipherError, Key, KeyRing
from domain.shared.identifier import IdentifierKind
from tests.judges.drawing import (
    AMOUNTS,
    CURRENCIES,
    DAYS,
    MOMENTS,
    NAMES,
    Drawing,
    insert,
    insert_once,
    one_of,
    schema_of,
)
from tests.judges.language import KINDS, Row, World
from tests.judges.words import AREAS

KEY_RING = KeyRing("00000001", {"00000001": Key("AES-256-GCM", b"judge" * 6 + b"s.")}, b"index" * 6 + b"..")
"""What their bank is sealed with, in every process."""
SEALED = {
    # table and column: the column of what the value is
    ("identity_document", "number"): "type",
    ("contact_point", "value"): "kind",
    ("account", "number"): None,
    ("card", "number"): None,
    ("lead", "phone"): None,
}
NUMBERS = {
    "account": IdentifierKind.ACCOUNT_NUMBER,
    "card": IdentifierKind.CARD_NUMBER,
    "lead": IdentifierKind.PHONE,
}
SPELT = ("110105196203140311", "1990-000 20260", "+8619900020260", "ab 12-34x", "AB1234X", "a.b@Example.cn", "路88号")


async def load(url: str, rng: Random, *, customers: int = 25) -> None:
    """Fill an empty, migrated database."""
    await load_sample(url, key_ring=KEY_RING)
    connection = await asyncpg.connect(url)
    try:
        await _add(connection, rng, customers)
    finally:
        await connection.close()


async def read(connection: asyncpg.Connection) -> World:
    """Every row that the graph is made of."""
    tables = ["bank", "access_version", "role_assignment", "user_account", *(kind.table for kind in KINDS.values())]
    return World({table: await rows(connection, table) for table in tables})


async def rows(connection: asyncpg.Connection, table: str) -> list[Row]:
    """Every row of a table."""
    schema = schema_of(table)
    found = [dict(row) for row in await connection.fetch(f"SELECT * FROM {schema}.{table}")]
    for (of_table, column), kind in SEALED.items():
        if of_table == table:
            for row in found:
                row[column] = _opened(row[f"{column}_cipher"], IdentifierKind[row[kind]] if kind else NUMBERS[table])
    return found


def _opened(cipher: bytes | None, kind: IdentifierKind) -> str | None:
    try:
        return None if cipher is None else KEY_RING.open(kind, cipher)
    except CipherError:
        # A disturbed row may hold the cipher text of another, of another kind; nobody sees such a row.
        return None


def _sealed(rng: Random, table: str, column: str, kind: str) -> dict[str, Any]:
    """The columns of a number in one of its spellings, or of none; several rows have the same."""
    named = NUMBERS.get(table) or IdentifierKind[kind]
    return KEY_RING.sealed(column, named, rng.choice(SPELT) if rng.random() < 0.6 else None)


ACCOUNT = "SELECT id, staff_id FROM ketu.user_account ORDER BY hashtext(id::text || $1) LIMIT 1"


async def _add(connection: asyncpg.Connection, rng: Random, count: int) -> None:
    world = await read(connection)
    branches, staff = world.tables["branch"], world.tables["staff"]
    products = [row["id"] for row in world.tables["product"]]

    drawing = Drawing(connection, rng, world, [], lambda table, column: _sealed(rng, table, column, ""))
    maybe, common = drawing.maybe, drawing.common

    people: list[int] = []
    for number in range(count):
        branch, name = rng.choice(branches), NAMES[number % len(NAMES)]
        kind = rng.choice(["PERSON", "PERSON", "ORGANISATION"])
        people.append(
            await insert(
                connection, "customer", **common(), kind=kind, state=one_of(rng, "customer", "state"),
                customer_no=f"J{number:04}", name=name, name_sort_key=name and maybe(name), name_initials=maybe("an"),
                sex=one_of(rng, "customer", "sex") if kind == "PERSON" and rng.random() < 0.6 else None,
                birth_on=maybe(rng.choice(DAYS)) if kind == "PERSON" else None,
                registered_on=maybe(rng.choice(DAYS)) if kind == "ORGANISATION" else None,
                joined_on=maybe(rng.choice(DAYS)), branch_id=branch["id"], position=branch["position"],
                manager_id=maybe(rng.choice(staff)["id"]), backup_manager_id=maybe(rng.choice(staff)["id"]),
            )
        )  # fmt: skip
    everybody = [row["id"] for row in world.tables["customer"]] + people
    for _ in range(count):
        type_, kind = one_of(rng, "identity_document", "type"), one_of(rng, "contact_point", "kind")
        await insert(
            connection, "identity_document", **common(), customer_id=rng.choice(everybody),
            type=type_, issued_on=maybe(rng.choice(DAYS)),
            **_sealed(rng, "identity_document", "number", type_), expires_on=maybe(rng.choice(DAYS)),
        )  # fmt: skip
        await insert(
            connection, "contact_point", **common(), customer_id=rng.choice(everybody),
            kind=kind, is_primary=rng.random() < 0.5, **_sealed(rng, "contact_point", "value", kind),
            district=maybe(rng.choice(["Brno", "brno", "海淀区"])), region=maybe("R_1"), country=maybe("CZ"),
        )  # fmt: skip
        await _account(connection, rng, everybody, [row["id"] for row in branches], products, maybe, common)
    await _account(connection, rng, [], [row["id"] for row in branches], products, maybe, common)
    await insert(connection, "household", **common(), evidence=[], confidence_ratio=Decimal("0.1"))
    for _ in range(count):
        one, other = rng.sample(staff, 2)
        begin, end = sorted(rng.choices(DAYS, k=2))
        await insert(
            connection, "access_grant", **common(), customer_id=rng.choice(everybody), staff_id=one["id"],
            reason=one_of(rng, "access_grant", "reason"), starts_on=begin,
            ends_on=rng.choice([end, date(2027, 1, 1)]), granted_by_id=other["id"],
            ended_at=maybe(rng.choice(MOMENTS)),
        )  # fmt: skip
    for _ in range(2 * count):
        await connection.execute(
            """INSERT INTO audit.event (recorded_at, kind, action, staff_id, purpose, request_id, concept, customer_ids)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
            rng.choice(MOMENTS), rng.choice([kind.name for kind in EventKind]), rng.choice(["Look", "grantAccess"]),
            maybe(rng.choice(staff)["id"]), maybe("complaint"), maybe("r1"), maybe("access_grant"),
            rng.sample(everybody, rng.choice([0, 1, 1, 3])),
        )  # fmt: skip
    await _organisation(connection, rng, world, everybody, maybe, common)
    await _policies(connection, rng, [row["id"] for row in staff], maybe, common)
    drawing.everybody += everybody
    for area in AREAS:
        await area.add(drawing)
    joined = {row["customer_id"] for row in world.tables["household_member"]}
    free = [customer for customer in people if customer not in joined]
    for _ in range(3):
        household = await insert(
            connection, "household", **common(), evidence=[one_of(rng, "household", "evidence")],
            confidence_ratio=Decimal(rng.randint(0, 4)) / 3,
        )  # fmt: skip
        for customer in [free.pop() for _ in range(3)]:
            role = one_of(rng, "household_member", "role")
            await insert(
                connection, "household_member", **common(), household_id=household, customer_id=customer, role=role
            )
    for _ in range(count):
        one, other = rng.sample(everybody, 2)
        evidence = rng.sample(["DECLARED", "SHARED_ACCOUNT"], rng.randint(0, 2))
        await insert_once(
            connection, "relation", **common(), from_customer_id=one, to_customer_id=other, evidence=evidence,
            type=one_of(rng, "relation", "type"), confidence_ratio=Decimal("0.5"),
        )  # fmt: skip


async def _policies(connection: asyncpg.Connection, rng: Random, staff: list[int], maybe: Any, common: Any) -> None:
    base = await connection.fetchval("SELECT max(id) FROM ketu.policy_version")
    for number in range(2, 6):
        proposing, deciding = rng.sample(staff, 2)
        base = await insert(
            connection, "policy_version", **common(), policy_number=number, base_id=maybe(base),
            reason=rng.choice(NAMES) or "", state=rng.choice(["PROPOSED", "REFUSED", "SUPERSEDED"]),
            proposed_by_id=maybe(proposing), decided_by_id=maybe(deciding), decided_at=maybe(rng.choice(MOMENTS)),
        )  # fmt: skip
        for words in ({"kind": "CELL", "smallest_cell": rng.randint(2, 9)}, {"kind": "INCLUDE", "other_role": "a_b"}):
            await insert(connection, "policy_line", policy_version_id=base, role=rng.choice(["axb", "a_b"]), **words)
        for kind, reach in (("GRANT", one_of(rng, "policy_line", "reach")), ("DENY", None)):
            await insert(
                connection, "policy_line", policy_version_id=base, role=rng.choice(["axb", "a_b"]), kind=kind,
                permission=rng.choice(["o/x:read", "a_b:read"]), reach=reach,
            )  # fmt: skip


async def _organisation(
    connection: asyncpg.Connection, rng: Random, world: World, everybody: list[int], maybe: Any, common: Any
) -> None:
    staff = world.tables["staff"]
    for _ in range(10):
        branch, (one, another) = rng.choice(world.tables["branch"]), rng.sample(staff, 2)
        await insert_once(
            connection, "go_live", **common(), branch_id=branch["id"], state=one_of(rng, "go_live", "state"),
            reason=rng.choice(NAMES) or "", applied_by_id=one["id"], decided_by_id=maybe(another["id"]),
            decided_at=maybe(rng.choice(MOMENTS)),
        )  # fmt: skip
        account, closing = await connection.fetchrow(ACCOUNT, str(rng.random())), rng.choice(staff)["id"]
        is_closed = closing != account["staff_id"] and rng.random() < 0.5
        await insert_once(
            connection, "access_alert", **common(), rule=one_of(rng, "access_alert", "rule"),
            state="CLOSED" if is_closed else "OPEN", user_account_id=account["id"], staff_id=account["staff_id"],
            branch_id=branch["id"], position=branch["position"], window_began_at=rng.choice(MOMENTS),
            window_ended_at=rng.choice(MOMENTS), measured=rng.randint(1, 9), threshold=rng.randint(1, 3),
            finding=one_of(rng, "access_alert", "finding") if is_closed else None,
            note=rng.choice(NAMES) if is_closed else None, closed_by_id=closing if is_closed else None,
            closed_at=rng.choice(MOMENTS) if is_closed else None,
        )  # fmt: skip
        branch, (member, other) = rng.choice(world.tables["branch"]), rng.sample(staff, 2)
        own, backup = (rng.sample(everybody, rng.choice([0, 1, 3])) for _ in range(2))
        await insert(
            connection, "handover", **common(), cause=one_of(rng, "handover", "cause"),
            state=one_of(rng, "handover", "state"), staff_id=member["id"], branch_id=branch["id"],
            position=branch["position"], opened_on=rng.choice(DAYS), customer_ids=own, backup_customer_ids=backup,
            customer_count=len(own), backup_customer_count=len(backup), note=maybe(rng.choice(NAMES)),
            completed_by_id=maybe(other["id"]), completed_at=maybe(rng.choice(MOMENTS)),
        )  # fmt: skip
    for _ in range(10):
        # Who has moved meanwhile applied where they worked then.
        branch, (member, applying, deciding, other) = rng.choice(world.tables["branch"]), rng.sample(staff, 4)
        await insert_once(
            connection, "user_application", **common(), kind=one_of(rng, "user_application", "kind"),
            state=one_of(rng, "user_application", "state"), staff_id=member["id"],
            branch_id=branch["id"], position=branch["position"],
            username=rng.choice(["axb", "a_b"]), adds=rng.sample(["teller@1101", "a_b@1"], rng.randint(0, 2)),
            removes=[], reason=rng.choice(NAMES) or "", applied_by_id=applying["id"],
            decided_by_id=maybe(deciding["id"]), decided_at=maybe(rng.choice(MOMENTS)),
            trained_on=maybe(rng.choice(DAYS)), training_confirmed_by_id=maybe(other["id"]),
            activated_by_id=maybe(other["id"]), activated_at=maybe(rng.choice(MOMENTS)),
        )  # fmt: skip


async def _account(
    connection: asyncpg.Connection, rng: Random, everybody: list[int], branches: list[int], products: list[int],
    maybe: Any, common: Any,
) -> None:  # fmt: skip
    currency, balance = rng.choice(CURRENCIES), maybe(rng.choice(AMOUNTS))
    account = await insert(
        connection, "account", **common(), product_id=rng.choice(products), branch_id=rng.choice(branches),
        state=one_of(rng, "account", "state"), currency=currency, balance=balance,
        **_sealed(rng, "account", "number", ""), statement_frequency=maybe("WEEKLY"),
        balance_on=maybe(rng.choice(DAYS)), opened_on=rng.choice(DAYS),
        closed_on=maybe(rng.choice(DAYS)), source=maybe("judge_%"),
    )  # fmt: skip
    holders = rng.sample(everybody, rng.choice([1, 1, 2, 3]) if everybody else 0)
    for customer in holders:
        role = one_of(rng, "account_holder", "role")
        await insert(connection, "account_holder", **common(), account_id=account, customer_id=customer, role=role)
    for day in rng.sample(sorted(set(DAYS)), rng.randint(0, 3)):
        await insert(
            connection, "balance", **common(), account_id=account, closed_on=day, amount=rng.choice(AMOUNTS),
            currency=currency,
        )  # fmt: skip
    for _ in range(rng.randint(0, 4)):
        await insert(
            connection, "transaction", **common(), account_id=account, booked_on=rng.choice(DAYS),
            direction=one_of(rng, "transaction", "direction"), operation=maybe("CASH_DEPOSIT"),
            purpose=maybe(one_of(rng, "transaction", "purpose")), amount=rng.choice(AMOUNTS),
            balance_after=maybe(rng.choice(AMOUNTS)), currency=rng.choice(CURRENCIES),
            counterparty_bank=maybe(rng.choice(["AB", "ab", "0100"])),
        )  # fmt: skip
    if rng.random() < 0.5:
        await insert(
            connection, "loan", **common(), account_id=account, product_id=rng.choice(products),
            branch_id=rng.choice(branches), state=one_of(rng, "loan", "state"), granted_on=rng.choice(DAYS),
            term_months=rng.choice([1, 6, 6, 14]), amount=rng.choice(AMOUNTS), instalment=rng.choice(AMOUNTS),
            currency=currency,
        )  # fmt: skip
    if holders and rng.random() < 0.5:
        await insert(
            connection, "card", **common(), account_id=account, customer_id=rng.choice(holders),
            product_id=rng.choice(products), branch_id=rng.choice(branches), grade=one_of(rng, "card", "grade"),
            state=one_of(rng, "card", "state"), issued_on=rng.choice(DAYS), **_sealed(rng, "card", "number", ""),
        )  # fmt: skip
    if rng.random() < 0.5:
        await insert(
            connection, "standing_order", **common(), account_id=account, amount=rng.choice(AMOUNTS),
            currency=rng.choice(CURRENCIES), purpose=maybe("SALARY"), counterparty_bank=maybe("AB"),
        )  # fmt: skip
