"""The table of docs/security.md: what each role can do with which row. Every cell is what the engine did."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
from factories.bank import Bank, change

from authz.policies import Policies
from authz.reader import Reader, reader_of
from authz.subject import HeldRole
from domain.shared.problem import Problem
from resolvers.context import GraphQLRequest

DOCUMENT = Path(__file__).parents[2] / "docs" / "security.md"
BEGINNING, END = "<!-- table of roles -->\n", "<!-- end of the table -->"

HOLDER = "rm-chaoyang-1"
"""Whose place everybody takes: each role is held by them, in their branch."""
ROWS = {
    "manages": "cus_13",
    "is backup for": "cus_15",
    "was granted": "cus_19",
    "was granted until yesterday": "cus_20",
    "in the branch": "cus_3",
    "below the branch": "cus_6",
    "elsewhere": "cus_22",
}
"""How the customer stands to who asks; but for the last but one, those granted or managed live elsewhere."""
PLACED = """
    UPDATE ketu.customer SET branch_id = branch.id, position = branch.position, manager_id = {manager},
        backup_manager_id = {backup}
    FROM ketu.branch AS branch WHERE branch.branch_no = '{number}' AND customer.id = {id};
"""
GRANT = """
    INSERT INTO ketu.access_grant (customer_id, staff_id, reason, starts_on, ends_on, granted_by_id)
    SELECT {id}, {staff}, 'COVER', business_date - 10, business_date {days}, 2 FROM ketu.bank;
"""
LOOK = """query Look($id: ID!, $no: String!) {
  customer(id: $id) {
    aum { amount }
    ... on Person { birthOn }
    identityDocuments { nodes { id numberMasked } }
    accounts { nodes { balance { amount } } }
  }
  node(id: $id) { id }
  customers(where: {customerNo: {eq: $no}}) { totalCount nodes { id } }
  branches(first: 100) { nodes { customers(where: {customerNo: {eq: $no}}) { nodes { id } } } }
}"""
REVEAL = """mutation ($id: ID!) {
  reveal(input: {id: $id, field: IDENTITY_DOCUMENT_NUMBER, reason: COMPLAINT, reference: "T1"}) {
    value errors { __typename } } }"""
SEARCH = """query ($number: Identifier!) {
  customers(where: {identityDocuments: {some: {number: {is: $number}}}}) { nodes { id } } }"""
GRANTING = """mutation ($id: ID!) {
  grantAccess(input: {customerId: $id, staffId: "sta_2", reason: COVER, endsOn: "2026-11-20"}, dryRun: true) {
    errors { __typename } } }"""

NOBODY: dict[str, list[Any]] = {"nodes": []}
YES, ABSENT, REFUSED, WITHHELD = "yes", "·", "refused", "withheld"


async def prepared(bank: Bank) -> Mapping[str, tuple[str, str, str]]:
    """Bring the customers to where the table needs them; by id, customer number, document id, document number."""
    connection = await asyncpg.connect(bank.url)
    staff = await connection.fetchval("SELECT id FROM ketu.staff WHERE staff_no = 'S1104'")
    await connection.execute("UPDATE ketu.customer SET manager_id = NULL, backup_manager_id = NULL")
    places = {
        "manages": ("3111", staff, "NULL"),
        "is backup for": ("3111", "NULL", staff),
        "was granted": ("3111", "NULL", "NULL"),
        "was granted until yesterday": ("3111", "NULL", "NULL"),
        "in the branch": ("1101", "NULL", "NULL"),
        "below the branch": ("1111", "NULL", "NULL"),
        "elsewhere": ("3102", "NULL", "NULL"),
    }
    for name, (number, manager, backup) in places.items():
        customer = ROWS[name].removeprefix("cus_")
        await change(bank, PLACED.format(id=customer, number=number, manager=manager, backup=backup))
    await connection.execute("DELETE FROM ketu.access_grant")
    for name, days in (("was granted", "+ 10"), ("was granted until yesterday", "- 1")):
        await change(bank, GRANT.format(id=ROWS[name].removeprefix("cus_"), staff=staff, days=days))
    found = await connection.fetch(
        "SELECT customer.id, customer_no, min(document.id) AS document FROM ketu.customer AS customer "
        "JOIN ketu.identity_document AS document ON document.customer_id = customer.id GROUP BY customer.id"
    )
    await connection.close()
    known = {f"cus_{row['id']}": (row["customer_no"], f"idd_{row['document']}") for row in found}
    steward = await bank.reader("data-steward")
    numbers: dict[str, tuple[str, str, str]] = {}
    for customer in ROWS.values():
        customer_no, document = known[customer]
        told = await _said(bank, steward, REVEAL, id=document)
        numbers[customer] = (customer_no, document, told["reveal"]["value"])
    return numbers


async def _said(bank: Bank, reader: Reader, query: str, **variables: Any) -> dict[str, Any]:
    """Data and extensions; a refusal by its code."""
    request = GraphQLRequest(query, variables, None, reader, request_id="table", purpose="a test")
    try:
        body = json.loads((await bank.engine.execute(bank.database, request)).body)
    except Problem as problem:
        return {"refused": problem.code.name}
    return {**body["data"], "withheld": body.get("extensions", {}).get("withheld", [])}


async def readers(bank: Bank) -> dict[str, Reader]:
    """By role, somebody who holds it and no other, in the same branch."""
    policies = Policies()
    subject = (await bank.reader(HOLDER)).subject
    (held,) = subject.roles
    async with bank.database.read() as connection:
        policy = await policies.of_version(connection, subject.policy_version_id)
    return {
        role: reader_of(
            replace(subject, roles=(HeldRole(role, held.branch_id, held.position, held.position_end),)), policy
        )
        for role in policy.roles
    }


async def cells(bank: Bank, reader: Reader, customer: str, known: tuple[str, str, str]) -> dict[str, str]:
    """What one reader can do with one customer, by the heading of the column."""
    customer_no, document, number = known
    look = await _said(bank, reader, LOOK, id=customer, no=customer_no)
    reveal = await _said(bank, reader, REVEAL, id=document)
    search = await _said(bank, reader, SEARCH, number=number)
    granting = await _said(bank, reader, GRANTING, id=customer)
    shown, withheld = look["customer"], {coordinate.split(".")[1] for coordinate in look["withheld"]}

    def field(name: str, value: Any) -> str:
        if name in withheld:
            return WITHHELD
        return YES if shown is not None and value(shown[name]) else ABSENT

    below = [
        node["id"] for each in (look["branches"] or NOBODY)["nodes"] for node in (each["customers"] or NOBODY)["nodes"]
    ]
    listed = [node["id"] for node in look["customers"]["nodes"]] if look["customers"] else []
    is_seen = {
        "id": shown is not None,
        "node": look["node"] is not None,
        "list": listed == [customer],
        "nested": below == [customer],
    }
    count = look["customers"] and look["customers"]["totalCount"]
    assert len(set(is_seen.values())) == 1, f"paths disagree: {is_seen}"
    assert count in (None, "1" if is_seen["list"] else "0"), count
    return {
        "every path": WITHHELD if look["customers"] is None else YES if shown is not None else ABSENT,
        "day of birth": field("birthOn", bool),
        "documents, masked": field("identityDocuments", lambda list_: list_["nodes"]),
        "balances": _balances(shown, withheld),
        "AUM": field("aum", bool),
        "reveal": _done(reveal, "reveal"),
        "search by number": REFUSED
        if "refused" in search
        else YES
        if [node["id"] for node in (search["customers"] or NOBODY)["nodes"]] == [customer]
        else ABSENT,
        "grant access": _done(granting, "grantAccess"),
    }


def _balances(shown: Any, withheld: set[str]) -> str:
    if {"balance", "accounts"} & withheld:
        return WITHHELD
    return YES if shown and any(account["balance"] for account in shown["accounts"]["nodes"]) else ABSENT


def _done(answer: dict[str, Any], name: str) -> str:
    if "refused" in answer:
        return REFUSED
    errors = [error["__typename"] for error in answer[name]["errors"]]
    return {(): YES, ("NotFound",): ABSENT, ("NotPermitted",): REFUSED}[tuple(errors)]


async def table(bank: Bank) -> str:
    """The whole of it, in Markdown."""
    known = await prepared(bank)
    lines: list[str] = []
    for role, reader in (await readers(bank)).items():
        alike: dict[tuple[str, ...], list[str]] = {}
        for how, customer in ROWS.items():
            told = await cells(bank, reader, customer, known[customer])
            if not lines:
                lines += [f"| Role | Customer | {' | '.join(told)} |", "|---" * (len(told) + 2) + "|"]
            alike.setdefault(tuple(told.values()), []).append(how)
        for values, hows in alike.items():
            whom = "everybody" if len(hows) == len(ROWS) else ", ".join(hows)
            lines.append(f"| {role} | {whom} | {' | '.join(values)} |")
    return "\n".join(lines) + "\n"
