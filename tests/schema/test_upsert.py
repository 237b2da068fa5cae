"""Rows by the keys of other systems: made once, changed by what is newer, left alone by what is older."""

import asyncio
from typing import Any

import pytest
from factories.bank import KEY_RING, SINCE, Bank

from domain.shared.identifier import IdentifierKind
from tests.schema.test_customers_written import NEW_ID, SHOWN, error
from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio

CUSTOMER = f"""mutation ($input: UpsertCustomerInput!, $dry: Boolean) {{ upsertCustomer(input: $input, dryRun: $dry) {{
  delivery customer {{ id version name customerNo state branch {{ id }} }} {SHOWN} }} }}"""
POINT = f"""mutation ($input: UpsertContactPointInput!) {{ upsertContactPoint(input: $input) {{
  delivery contactPoint {{ id }} customer {{ id }} {SHOWN} }} }}"""
CONTACT = f"""mutation ($input: UpsertInteractionInput!) {{ upsertInteraction(input: $input) {{
  delivery customer {{ id }} {SHOWN} }} }}"""
LEAD = f"""mutation ($input: UpsertLeadInput!) {{ upsertLead(input: $input) {{
  delivery lead {{ id origin name interest capturedAt state owner {{ id }} customer {{ id }} branch {{ id }}
    product {{ id }} }} {SHOWN} }} }}"""
LEADS = f"""mutation ($input: [UpsertLeadInput!]!) {{ upsertLeads(input: $input) {{
  succeededCount results {{ delivery lead {{ id }} {SHOWN} }} }} }}"""
MANY = """mutation ($input: [UpsertCustomerInput!]!, $atomic: Boolean) {
  upsertCustomers(input: $input, atomic: $atomic) { succeededCount failedCount
    results { delivery customer { name } errors { __typename ... on MutationError { path } } } } }"""
LI: dict[str, Any] = {
    "source": "card system", "sourceKey": "K-1", "sourceAsOf": "2026-10-30", "kind": "PERSON", "name": "李新",
    "sex": "MALE", "birthOn": "1992-01-15", "branchId": "bra_6", "joinedOn": "2020-01-01", "customerNo": "700001",
    "identityDocuments": [{"type": "RESIDENT_ID", "number": NEW_ID}],
}  # fmt: skip
INTEGRATOR = "integrator"
HERS = "ketu.customer WHERE source = 'card system'"


async def test_a_row_is_made_once_and_then_changed(own_bank: Bank):
    made = await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=LI)
    assert (made["delivery"], made["errors"]) == ("CREATED", [])
    assert made["customer"] | {"id": None, "version": None} == {
        "id": None, "version": None, "name": "李新", "customerNo": "700001", "state": "ACTIVE",
        "branch": {"id": "bra_6"},
    }  # fmt: skip
    version = made["customer"]["version"]
    again = await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=LI)
    assert (again["delivery"], again["customer"]["version"]) == ("UNCHANGED", version)
    newer = LI | {"sourceAsOf": "2026-10-31", "name": "李新一", "branchId": "bra_8", "identityDocuments": []}
    changed = await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=newer)
    assert (changed["delivery"], changed["customer"]["name"]) == ("UPDATED", "李新一")
    (row,) = await rows(own_bank, f"SELECT position, as_of_date::text, name_sort_key, joined_on::text FROM {HERS}")
    (branch,) = await rows(own_bank, "SELECT position FROM ketu.branch WHERE id = 8")
    assert row == {
        "position": branch["position"], "as_of_date": "2026-10-31", "name_sort_key": "li xin yi",
        "joined_on": "2020-01-01",
    }  # fmt: skip
    entries = await rows(
        own_bank, f"SELECT details->>'action' AS action FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'"
    )
    assert [entry["action"] for entry in entries] == ["CREATED", "DELIVERED"]
    topics = await rows(own_bank, "SELECT topic FROM ketu.outbox_event ORDER BY id")
    assert [row["topic"] for row in topics] == ["customer.created", "customer.delivered"]


async def test_an_older_delivery_changes_nothing(own_bank: Bank):
    await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=LI)
    before = await rows(own_bank, f"SELECT * FROM {HERS}")
    older = LI | {"sourceAsOf": "2026-10-29", "name": "Old", "birthOn": None}
    payload = await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=older)
    assert (payload["delivery"], payload["customer"]["name"], payload["errors"]) == ("STALE", "李新", [])
    assert await rows(own_bank, f"SELECT * FROM {HERS}") == before
    tried = await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=LI | {"name": "New"}, dry=True)
    assert (tried["delivery"], tried["customer"]["name"]) == ("UPDATED", "New")
    assert await rows(own_bank, f"SELECT * FROM {HERS}") == before


async def test_what_is_left_out_stays_and_null_takes_away(own_bank: Bank):
    await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=LI)
    bare = {key: LI[key] for key in ("source", "sourceKey", "sourceAsOf", "kind")}
    assert (await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=bare))["delivery"] == "UNCHANGED"
    assert (await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=bare | {"sex": None}))["delivery"] == "UPDATED"
    (row,) = await rows(own_bank, f"SELECT name, sex, birth_on::text FROM {HERS}")
    assert row == {"name": "李新", "sex": None, "birth_on": "1992-01-15"}


async def test_another_number_takes_the_place_of_the_certificate(own_bank: Bank):
    await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=LI)
    passport = {"type": "PASSPORT", "number": "E99887766", "expiresOn": "2020-01-01"}
    document = LI["identityDocuments"][0] | {"expiresOn": "2030-01-01"}
    payload = await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=LI | {"identityDocuments": [document, passport]})
    assert payload["delivery"] == "UPDATED"
    other = LI | {"identityDocuments": [passport | {"number": "E99887755"}]}
    assert (await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=other))["delivery"] == "UPDATED"
    found = await rows(
        own_bank,
        "SELECT type, number_cipher, ended_at IS NULL AS counts, expires_on::text FROM ketu.identity_document "
        f"WHERE customer_id = (SELECT id FROM {HERS}) ORDER BY id",
    )
    told = [(KEY_RING.open(IdentifierKind[row["type"]], row["number_cipher"]), row["counts"]) for row in found]
    assert told == [(NEW_ID, True), ("E99887766", False), ("E99887755", True)]
    assert found[0]["expires_on"] == "2030-01-01"


async def test_what_another_source_has_is_a_duplicate_for_later(own_bank: Bank):
    """Nothing tells the integrator whether the bank knows the certificate."""
    known = LI | {"identityDocuments": [{"type": "RESIDENT_ID", "number": "110105199007210152"}]}
    payload = await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=known | {"birthOn": "1990-07-21"})
    assert (payload["delivery"], payload["errors"]) == ("CREATED", [])


async def test_no_other_delivery_is_taken(own_bank: Bank):
    await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=LI)
    for changed, wanted in [
        ({"kind": "ORGANISATION", "identityDocuments": [], "sex": None, "birthOn": None}, ("InvalidInput", "kind")),
        ({"sourceAsOf": "2026-11-01"}, ("InvalidInput", "sourceAsOf")),
        ({"source": " "}, ("InvalidInput", "source")),
        ({"sourceKey": "x" * 201}, ("InvalidInput", "sourceKey")),
        ({"customerNo": "100001"}, ("InvalidInput", "customerNo")),
        ({"sourceKey": "K-2", "customerNo": "700001"}, ("InvalidInput", "customerNo")),
        ({"branchId": "bra_99"}, ("NotFound", "branchId")),
        ({"branchId": "bra_11"}, ("InvalidInput", "branchId")),
        ({"registeredOn": "2020-01-01"}, ("InvalidInput", "registeredOn")),
        ({"birthOn": "2027-01-01"}, ("InvalidInput", "birthOn")),
    ]:
        payload = await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=LI | changed)
        assert error(payload) == wanted, changed
    assert await rows(own_bank, f"SELECT count(*) AS n FROM {HERS}") == [{"n": 1}]
    assert "customer:upsert" in (await refused(own_bank, CUSTOMER, "manager-chaoyang", input=LI)).message


async def test_one_key_delivered_many_times_at_once_is_one_row(own_bank: Bank):
    given = [LI | {"name": f"李{n}", "customerNo": None} for n in range(8)]
    payloads = await asyncio.gather(*(carried_out(own_bank, CUSTOMER, INTEGRATOR, input=each) for each in given))
    assert sorted(payload["delivery"] for payload in payloads) == ["CREATED", *["UPDATED"] * 7]
    assert len({payload["customer"]["id"] for payload in payloads}) == 1
    assert await rows(own_bank, f"SELECT count(*) AS n FROM {HERS}") == [{"n": 1}]


async def test_contact_points_and_contacts_follow_the_customers_key(own_bank: Bank):
    made = await carried_out(own_bank, CUSTOMER, INTEGRATOR, input=LI)
    by = {"source": "card system", "sourceAsOf": "2026-10-30", "customerKey": "K-1"}
    phone = by | {"sourceKey": "K-1 phone", "kind": "PHONE", "value": "13900001234"}
    deliveries = [
        (POINT, phone, "CREATED"),
        (POINT, phone | {"value": "+86 139-0000-1234"}, "UNCHANGED"),
        (POINT, phone | {"value": "13900005678"}, "UPDATED"),
        (POINT, phone | {"value": "13900001234", "sourceAsOf": "2026-10-01"}, "STALE"),
    ]
    talk = by | {"sourceKey": "call 7", "channel": "PHONE", "direction": "INBOUND",
                 "happenedAt": "2026-10-30T02:00:00Z", "subject": "x", "note": "y"}  # fmt: skip
    deliveries += [
        (CONTACT, talk, "CREATED"),
        (CONTACT, talk, "UNCHANGED"),
        (CONTACT, talk | {"note": None}, "UPDATED"),
        (CONTACT, talk | {"sourceAsOf": "2026-10-01"}, "STALE"),
    ]
    for mutation, given, delivery in deliveries:
        payload = await carried_out(own_bank, mutation, INTEGRATOR, input=given)
        assert (payload["delivery"], payload["errors"]) == (delivery, []), given
        assert payload["customer"] == {"id": made["customer"]["id"]}
    (point,) = await rows(
        own_bank, "SELECT value_cipher, is_primary FROM ketu.contact_point WHERE source = 'card system'"
    )
    assert (KEY_RING.open(IdentifierKind.PHONE, point["value_cipher"]), point["is_primary"]) == ("13900005678", True)
    for mutation, given, wanted in [
        (POINT, phone | {"customerKey": "nobody"}, ("NotFound", "customerKey")),
        (POINT, phone | {"customerKey": None}, ("InvalidInput", "")),
        (POINT, phone | {"customerId": "cus_1"}, ("InvalidInput", "")),
        (POINT, phone | {"kind": "EMAIL", "value": "a@b.cn"}, ("InvalidInput", "")),
        (POINT, phone | {"customerKey": None, "customerId": "cus_999"}, ("NotFound", "customerId")),
        (CONTACT, talk | {"customerKey": None, "customerId": "cus_1"}, ("InvalidInput", "sourceKey")),
        (CONTACT, talk | {"happenedAt": "2099-01-01T00:00:00Z"}, ("InvalidInput", "happenedAt")),
    ]:
        assert error(await carried_out(own_bank, mutation, INTEGRATOR, input=given)) == wanted, given


FORM = {"source": "web forms", "sourceKey": "F-1", "sourceAsOf": "2026-10-30", "origin": "FORM", "channel": "WEB",
        "interest": "想了解房贷", "name": "单女士", "phone": "13900002201", "branchId": "bra_4",
        "capturedAt": "2026-10-30T02:00:00Z"}  # fmt: skip


async def test_what_a_form_says_follows_its_source_and_what_becomes_of_it_the_bank(own_bank: Bank):
    made = await carried_out(own_bank, LEAD, INTEGRATOR, input=FORM)
    assert (made["delivery"], made["errors"]) == ("CREATED", [])
    assert made["lead"] | {"id": None} == {
        "id": None, "origin": "FORM", "name": "单女士", "interest": "想了解房贷", "state": "OPEN", "owner": None,
        "capturedAt": "2026-10-30T02:00:00.000000Z", "customer": None, "branch": {"id": "bra_4"}, "product": None,
    }  # fmt: skip
    lead_id = made["lead"]["id"]
    assign = "mutation ($input: AssignLeadInput!) { assignLead(input: $input) { errors { __typename } } }"
    given = {"id": lead_id, "expectedVersion": 2, "ownerId": "sta_10"}
    assert (await carried_out(own_bank, assign, "regional-beijing", input=given)) == {"errors": []}
    stored = f"SELECT * FROM ketu.lead WHERE id = {lead_id[4:]}"
    for changes, delivery, kept in [
        ({}, "UNCHANGED", {"interest": "想了解房贷"}),
        ({"phone": "+86 139-0000-2201"}, "UNCHANGED", {"phone_last4": "2201"}),
        ({"phone": "13900002202", "sourceAsOf": "2026-10-31"}, "UPDATED", {"phone_last4": "2202"}),
        ({"interest": "x"}, "STALE", {"interest": "想了解房贷", "phone_last4": "2202"}),
        ({"name": None, "sourceAsOf": "2026-10-31"}, "UPDATED", {"name": None, "phone_last4": "2201"}),
        ({"customerId": "cus_1", "sourceAsOf": "2026-10-31"}, "UPDATED", {"customer_id": 1, "name": "单女士"}),
        ({"phone": None, "name": None, "productId": "pro_5", "sourceAsOf": "2026-10-31"}, "UPDATED",
         {"phone_cipher": None, "phone_masked": None, "name": None, "product_id": 5}),
    ]:  # fmt: skip
        payload = await carried_out(own_bank, LEAD, INTEGRATOR, input=FORM | changes)
        assert (payload["delivery"], payload["errors"]) == (delivery, []), changes
        assert payload["lead"]["id"] == lead_id
        (row,) = await rows(own_bank, stored)
        assert {name: row[name] for name in kept} == kept, changes
        assert (row["owner_id"], row["branch_id"], row["state"]) == (10, 4, "OPEN")
    entries = await rows(
        own_bank,
        f"SELECT details->>'action' AS action, customer_ids FROM audit.event WHERE {SINCE} AND kind = 'CHANGE' "
        "AND concept = 'lead' ORDER BY id",
    )
    assert [entry["action"] for entry in entries] == ["CAPTURED", "ASSIGNED", *["DELIVERED"] * 4]
    assert [entry["customer_ids"] for entry in entries][-2:] == [[1], [1]]


async def test_no_other_lead_is_taken(own_bank: Bank):
    await carried_out(own_bank, LEAD, INTEGRATOR, input=FORM)
    new = FORM | {"sourceKey": "F-2"}
    for given, wanted in [
        (new | {"name": None, "phone": None}, ("InvalidInput", "")),
        (new | {"phone": "12"}, ("InvalidInput", "phone")),
        (new | {"interest": " "}, ("InvalidInput", "interest")),
        (new | {"capturedAt": "2099-01-01T00:00:00Z"}, ("InvalidInput", "capturedAt")),
        (new | {"branchId": "bra_99"}, ("NotFound", "branchId")),
        (new | {"productId": "pro_99"}, ("NotFound", "productId")),
        (new | {"customerKey": "nobody"}, ("NotFound", "customerKey")),
        (new | {"customerKey": "nobody", "customerId": "cus_1"}, ("InvalidInput", "")),
        (FORM | {"name": None, "phone": None}, ("InvalidInput", "")),
    ]:
        payload = await carried_out(own_bank, LEAD, INTEGRATOR, input=given)
        assert error(payload) == wanted, given
    assert await rows(own_bank, "SELECT source_key FROM ketu.lead WHERE source = 'web forms'") == [
        {"source_key": "F-1"}
    ]
    about = FORM | {"customerId": "cus_1"}
    assert (await carried_out(own_bank, LEAD, INTEGRATOR, input=about))["errors"] == []
    payload = await carried_out(own_bank, LEAD, INTEGRATOR, input=FORM | {"customerId": "cus_2"})
    assert error(payload) == ("InvalidInput", "")
    assert "lead:upsert" in (await refused(own_bank, LEAD, "rm-chaoyang-1", input=FORM)).message


async def test_a_list_of_names_comes_in_one_request(own_bank: Bank):
    given = [FORM | {"sourceKey": f"F-{n}", "phone": f"1390000{n:04}"} for n in range(20)]
    given[7]["phone"] = "call me"
    payload = await carried_out(own_bank, LEADS, INTEGRATOR, input=given)
    assert payload["succeededCount"] == 19
    assert [each["delivery"] for each in payload["results"]] == [None if n == 7 else "CREATED" for n in range(20)]
    assert payload["results"][7]["errors"][0]["path"] == ["input", "7", "phone"]


async def test_many_are_delivered_at_once(own_bank: Bank):
    given = [LI | {"sourceKey": f"K-{n}", "customerNo": None, "identityDocuments": []} for n in range(5)]
    given[3]["kind"] = "ORGANISATION"
    given.append(given[0] | {"name": "李新二"})
    payload = await carried_out(own_bank, MANY, INTEGRATOR, input=given)
    assert (payload["succeededCount"], payload["failedCount"]) == (5, 1)
    assert [each["delivery"] for each in payload["results"]] == ["CREATED"] * 3 + [None, "CREATED", "UPDATED"]
    assert payload["results"][3]["errors"] == [{"__typename": "InvalidInput", "path": ["input", "3", "sex"]}]
    given.pop(3)
    again = await carried_out(own_bank, MANY, INTEGRATOR, input=given[:4], atomic=True)
    assert [each["delivery"] for each in again["results"]] == ["UPDATED", "UNCHANGED", "UNCHANGED", "UNCHANGED"]
