"""Whom the bank leaves alone, and whether it may contact somebody."""

from typing import Any

import asyncpg
import pytest
from factories.bank import SINCE, Bank

from domain.do_not_contact.contact import may_contact, may_contact_each
from domain.do_not_contact.model import Barrier, ContactPurpose
from domain.shared.channel import Channel
from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { path } } isReplay"
ALONE = """doNotContact { id version channel reason note startsOn endsOn liftedAt liftedBecause
  setBy { id } liftedBy { id } customer { id } }"""
SET = f"""mutation ($input: SetDoNotContactInput!, $key: String, $dry: Boolean) {{
  setDoNotContact(input: $input, idempotencyKey: $key, dryRun: $dry) {{ {ALONE} {SHOWN} }} }}"""
LIFT = f"mutation ($input: LiftDoNotContactInput!) {{ liftDoNotContact(input: $input) {{ {ALONE} {SHOWN} }} }}"
ASKED = {"customerId": "cus_1", "reason": "REQUESTED"}
LIFTING = {"because": "客户来电", "expectedVersion": 1}


def error(payload: dict[str, Any]) -> tuple[str, str]:
    """Type and last step of the path of the only error."""
    (only,) = payload["errors"]
    return only["__typename"], only["path"][-1]


async def test_somebody_is_left_alone_until_that_is_lifted(own_bank: Bank):
    payload = await carried_out(own_bank, SET, "rm-chaoyang-1", input=ASKED | {"channel": "PHONE"}, key="k")
    alone = {
        "id": "dnc_11", "version": 1, "channel": "PHONE", "reason": "REQUESTED", "note": None,
        "startsOn": "2026-10-31", "endsOn": None, "liftedAt": None, "liftedBecause": None, "setBy": {"id": "sta_9"},
        "liftedBy": None, "customer": {"id": "cus_1"},
    }  # fmt: skip
    assert payload == {"doNotContact": alone, "errors": [], "isReplay": False}
    again = await carried_out(own_bank, SET, "rm-chaoyang-1", input=ASKED | {"channel": "PHONE"}, key="k")
    assert again == payload | {"isReplay": True}
    lifting = LIFTING | {"id": "dnc_11"}
    stale = await carried_out(own_bank, LIFT, input=lifting | {"expectedVersion": 2})
    assert error(stale) == ("Conflict", "expectedVersion")
    lifted = (await carried_out(own_bank, LIFT, input=lifting))["doNotContact"]
    assert lifted.pop("liftedAt") is not None
    after = alone | {"version": 2, "liftedBecause": "客户来电", "liftedBy": {"id": "sta_5"}}
    assert lifted == {name: value for name, value in after.items() if name != "liftedAt"}
    assert error(await carried_out(own_bank, LIFT, input=lifting | {"expectedVersion": 2})) == ("InvalidInput", "id")
    kept = await rows(own_bank, f"SELECT concept, customer_ids FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert kept == [{"concept": "do_not_contact", "customer_ids": [1]}] * 2


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"customerId": "cus_6"}, ("NotFound", "customerId")),
        ({"startsOn": "2026-10-30"}, ("InvalidInput", "startsOn")),
        ({"startsOn": "2026-11-02", "endsOn": "2026-11-01"}, ("InvalidInput", "endsOn")),
        ({"reason": "OTHER"}, ("InvalidInput", "note")),
        ({"reason": "OTHER", "note": " "}, ("InvalidInput", "note")),
    ],
)
async def test_nobody_else_is_left_alone(own_bank: Bank, given: dict[str, str], wanted: tuple[str, str]):
    assert error(await carried_out(own_bank, SET, "rm-chaoyang-1", input=ASKED | given)) == wanted
    await carried_out(own_bank, SET, "rm-chaoyang-1", input=ASKED, dry=True)
    assert await rows(own_bank, "SELECT FROM ketu.do_not_contact WHERE id > 10") == []


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("manager-chaoyang", {"id": "dnc_2"}, ("NotFound", "id")),
        ("manager-chaoyang", {"id": "dnc_99"}, ("NotFound", "id")),
        ("manager-chaoyang", {"id": "dnc_1", "because": ""}, ("InvalidInput", "because")),
        ("manager-pudong", {"id": "dnc_3"}, ("NotFound", "id")),
        ("regional-shanghai", {"id": "dnc_3"}, ("InvalidInput", "id")),
    ],
)
async def test_nothing_else_is_lifted(own_bank: Bank, user: str, given: dict[str, str], wanted: tuple[str, str]):
    assert error(await carried_out(own_bank, LIFT, user, input=LIFTING | given)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.do_not_contact WHERE version > 1") == []


@pytest.mark.parametrize("user", ["rm-chaoyang-1", "service-agent", "teller-wangjing"])
async def test_who_would_gain_by_calling_lifts_nothing(own_bank: Bank, user: str):
    assert "do_not_contact:lift" in (await refused(own_bank, LIFT, user, input=LIFTING | {"id": "dnc_1"})).message


MARKETING, SURVEY, CARE, DUTY = ContactPurpose
SAID = """INSERT INTO ketu.consent (customer_id, purpose, channel, decision, decided_at, evidence)
          VALUES (2, $1, $2, $3, $4::timestamptz, 'x')"""
PHONE = "PHONE"


@pytest.mark.parametrize(
    ("said", "purpose", "barrier"),
    [
        ([], MARKETING, Barrier.NOT_CONSENTED),
        ([], SURVEY, None),
        ([], CARE, None),
        ([("MARKETING", None, "GIVEN")], MARKETING, None),
        ([("MARKETING", PHONE, "GIVEN")], MARKETING, None),
        ([("MARKETING", "MAIL", "GIVEN")], MARKETING, Barrier.NOT_CONSENTED),
        ([("MARKETING", PHONE, "REFUSED"), ("MARKETING", None, "GIVEN")], MARKETING, Barrier.REFUSED),
        ([("MARKETING", PHONE, "GIVEN"), ("MARKETING", None, "REFUSED")], MARKETING, Barrier.REFUSED),
        ([("MARKETING", None, "REFUSED"), ("MARKETING", PHONE, "GIVEN")], MARKETING, None),
        ([("MARKETING", PHONE, "GIVEN"), ("MARKETING", PHONE, "WITHDRAWN")], MARKETING, Barrier.REFUSED),
        ([("MARKETING", None, "GIVEN"), ("CONTACT", None, "REFUSED")], MARKETING, Barrier.REFUSED),
        ([("CONTACT", "MAIL", "REFUSED")], CARE, None),
        ([("CONTACT", None, "REFUSED"), ("CONTACT", PHONE, "GIVEN")], CARE, None),
        ([("SURVEY", None, "WITHDRAWN")], SURVEY, Barrier.REFUSED),
        ([("SURVEY", None, "REFUSED")], CARE, None),
        ([("CONTACT", None, "REFUSED")], DUTY, None),
    ],
)
async def test_the_last_words_decide(
    own_bank: Bank, said: list[tuple[str, str | None, str]], purpose: ContactPurpose, barrier: Barrier | None
):
    connection = await asyncpg.connect(own_bank.url)
    try:
        for day, (of_purpose, channel, decision) in enumerate(said, start=1):
            moment = await connection.fetchval(f"SELECT '2026-10-{day:02}'::timestamptz")
            await connection.execute(SAID.replace("::timestamptz", ""), of_purpose, channel, decision, moment)
        verdict = await may_contact(connection, 2, channel=Channel.PHONE, purpose=purpose)
        assert verdict.barrier is barrier
        # Whatever they said, they are left alone once somebody says so, but for what the bank must tell them.
        await connection.execute(
            "INSERT INTO ketu.do_not_contact (customer_id, reason, starts_on, ends_on) "
            "VALUES (2, 'REQUESTED', '2026-10-31', '2026-11-30')"
        )
        verdict = await may_contact(connection, 2, channel=Channel.PHONE, purpose=purpose)
        assert verdict.may is (purpose is DUTY)
        assert str(verdict.until) == ("None" if purpose is DUTY else "2026-11-30")
    finally:
        await connection.close()


async def test_many_are_asked_about_in_one_statement(own_bank: Bank):
    """Of the sample: only what runs today counts, in the channel or in all, and nothing that was lifted."""
    connection = await asyncpg.connect(own_bank.url)
    sent: list[str] = []
    connection.add_query_logger(lambda record: sent.append(record.query))
    try:
        ids = [1, 3, 7, 13, 21, 27, 33, 99]
        found = await may_contact_each(connection, ids, channel=Channel.PHONE, purpose=CARE)
        visits = await may_contact_each(connection, [11, 13], channel=Channel.VISIT, purpose=CARE)
    finally:
        await connection.close()
    assert {row_id: verdict.barrier for row_id, verdict in found.items()} == {
        1: None,
        3: Barrier.DO_NOT_CONTACT,
        7: None,
        13: None,
        21: None,
        27: Barrier.DO_NOT_CONTACT,
        33: Barrier.NO_CUSTOMER,
        99: Barrier.NO_CUSTOMER,
    }
    assert str(found[3].until) == "2026-12-31"
    assert found[27].until is None
    assert {row_id: verdict.barrier for row_id, verdict in visits.items()} == {11: Barrier.REFUSED, 13: None}
    assert len([statement for statement in sent if "ketu.consent" in statement]) == 2
