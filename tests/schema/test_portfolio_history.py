"""Who managed whom: written by whatever changes a manager, back-filled from the history of customers."""

from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from factories.bank import Bank

from tests.schema.test_mutations import carried_out, rows

pytestmark = pytest.mark.anyio

MIGRATION = Path(__file__).parents[2] / "migrations" / "versions" / "2026_11_26_portfolio.py"
BACK_FILL = run_path(str(MIGRATION))["BACK_FILL"]
TERMS = """SELECT customer_id AS customer, staff_id AS staff, role, starts_on::text AS since, ends_on::text AS until
           FROM ketu.portfolio_term WHERE customer_id = ANY('{1, 9, 11}') ORDER BY customer_id, role, id"""
HISTORY = "portfolioHistory { nodes { role startsOn endsOn staff { id } } }"


def term(customer: int, role: str, staff: int, since: str = "2026-10-31", until: str | None = None) -> dict[str, Any]:
    """A row of `TERMS`."""
    return {"customer": customer, "staff": staff, "role": role, "since": since, "until": until}


async def test_customers_come_with_their_managers(bank: Bank):
    assert await rows(bank, TERMS) == [
        term(1, "PRIMARY", 9),
        term(9, "BACKUP", 22), term(9, "PRIMARY", 11),
        term(11, "BACKUP", 12), term(11, "PRIMARY", 11),
    ]  # fmt: skip


async def test_every_change_ends_a_term_and_begins_another(own_bank: Bank):
    for statement in (
        "UPDATE ketu.bank SET business_date = '2026-11-03'",
        "UPDATE ketu.customer SET manager_id = 10, backup_manager_id = NULL WHERE id IN (1, 9)",
        # Neither is a change of who manages them.
        "UPDATE ketu.customer SET name = name || 'x', manager_id = manager_id",
        "UPDATE ketu.bank SET business_date = '2026-11-10'",
        "UPDATE ketu.customer SET manager_id = NULL WHERE id = 1",
    ):
        await rows(own_bank, statement)
    kept = [
        term(1, "PRIMARY", 9, until="2026-11-03"), term(1, "PRIMARY", 10, "2026-11-03", "2026-11-10"),
        term(9, "BACKUP", 22, until="2026-11-03"),
        term(9, "PRIMARY", 11, until="2026-11-03"), term(9, "PRIMARY", 10, "2026-11-03"),
        term(11, "BACKUP", 12), term(11, "PRIMARY", 11),
    ]  # fmt: skip
    assert await rows(own_bank, TERMS) == kept
    await rows(own_bank, "DELETE FROM ketu.portfolio_term")
    await rows(own_bank, BACK_FILL)
    assert await rows(own_bank, TERMS) == kept


async def test_who_leaves_has_managed_their_customers_until_that_day(own_bank: Bank):
    departure = """mutation ($input: RecordDepartureInput!) { recordDeparture(input: $input) {
      errors { __typename ... on MutationError { message } } } }"""
    given = {"staffId": "sta_11", "expectedVersion": 1}
    assert (await carried_out(own_bank, departure, "administrator", input=given))["errors"] == []
    query = f'{{ customer(id: "cus_11") {{ manager {{ id }} {HISTORY} }} }}'
    shown = (await own_bank.ask(query, user="regional-beijing"))["customer"]
    assert shown["manager"] is None
    ended = {"role": "PRIMARY", "startsOn": "2026-10-31", "endsOn": "2026-10-31", "staff": {"id": "sta_11"}}
    assert ended in shown["portfolioHistory"]["nodes"]


async def test_the_history_is_read_from_either_end(bank: Bank):
    query = f'{{ customer(id: "cus_9") {{ {HISTORY} }} }}'
    shown = (await bank.ask(query, user="rm-haidian-1"))["customer"]["portfolioHistory"]["nodes"]
    assert sorted(shown, key=lambda each: each["role"]) == [
        {"role": "BACKUP", "startsOn": "2026-10-31", "endsOn": None, "staff": {"id": "sta_22"}},
        {"role": "PRIMARY", "startsOn": "2026-10-31", "endsOn": None, "staff": {"id": "sta_11"}},
    ]
    query = '{ node(id: "sta_22") { ... on Staff { portfolioHistory { totalCount nodes { customer { id } } } } } }'
    shown = (await bank.ask(query, user="manager-haidian"))["node"]["portfolioHistory"]
    assert shown == {"totalCount": "2", "nodes": [{"customer": {"id": "cus_10"}}, {"customer": {"id": "cus_9"}}]}
