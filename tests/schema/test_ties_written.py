"""Contact points, certificates, relations and households: added, changed, ended."""

from typing import Any

import pytest
from factories.bank import KEY_RING, SINCE, Bank

from domain.shared.identifier import IdentifierKind
from tests.schema.test_customers_written import IN_PUDONG, NEW_ID, SHOWN, error
from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio


def written(name: str, shows: str) -> str:
    """A mutation with one input."""
    type_ = name[0].upper() + name[1:]
    return f"mutation ($input: {type_}Input!) {{ {name}(input: $input) {{ {shows} {SHOWN} }} }}"


POINTS = "customer { contactPoints { nodes { id kind valueMasked isPrimary endedAt } } }"
POINT = f"contactPoint {{ id version kind valueMasked isPrimary district endedAt }} {POINTS}"
ADD = written("addContactPoint", POINT)
CHANGE = written("changeContactPoint", POINT)
REMOVE = written("removeContactPoint", POINT)
PAPER = "identityDocument { id version type numberMasked expiresOn endedAt }"
ADD_PAPER = written("addIdentityDocument", PAPER)
REPLACE = written("replaceIdentityDocument", PAPER)
END_PAPER = written("endIdentityDocument", PAPER)
RELATE = written("createRelation", "relation { id type evidence fromCustomer { id } toCustomer { id } }")
END = written("endRelation", "customer { id relations { totalCount } }")
MEMBERS = "household { id members { nodes { id version role customer { id } } } }"
FOUND = written("createHousehold", MEMBERS)
JOIN = written("addHouseholdMember", f"householdMember {{ id }} {MEMBERS}")
LEAVE = written("removeHouseholdMember", f"{MEMBERS} customer {{ id household {{ id }} }}")
LEAD = written("setHouseholdHead", MEMBERS)
DISSOLVE = written("dissolveHousehold", MEMBERS)
WANG = "hou_1"
RM = "rm-chaoyang-1"


async def point_of(bank: Bank, customer_id: int, kind: str) -> str:
    """The id of a customer's first contact point of a kind."""
    found = await rows(
        bank, f"SELECT min(id) AS id FROM ketu.contact_point WHERE customer_id = {customer_id} AND kind = '{kind}'"
    )
    return f"con_{found[0]['id']}"


async def test_one_contact_point_of_each_kind_is_primary(own_bank: Bank):
    first = await point_of(own_bank, 3, "PHONE")
    payload = await carried_out(
        own_bank, ADD, RM, input={"customerId": "cus_3", "kind": "PHONE", "value": "0086 139 0000 1234"}
    )
    added = payload["contactPoint"]
    assert (added["valueMasked"], added["isPrimary"], added["version"]) == ("139****1234", False, 1)
    payload = await carried_out(
        own_bank, CHANGE, RM, input={"id": added["id"], "expectedVersion": 1, "isPrimary": True, "value": "13900005678"}
    )
    assert (payload["contactPoint"]["valueMasked"], payload["contactPoint"]["version"]) == ("139****5678", 2)
    phones = [each for each in payload["customer"]["contactPoints"]["nodes"] if each["kind"] == "PHONE"]
    assert {each["id"]: each["isPrimary"] for each in phones} == {first: False, added["id"]: True}
    (row,) = await rows(own_bank, f"SELECT * FROM ketu.contact_point WHERE id = {added['id'][4:]}")
    assert KEY_RING.open(IdentifierKind.PHONE, row["value_cipher"]) == "13900005678"
    assert (row["value_last4"], row["value_blind_index"]) == (
        "5678", KEY_RING.blind_index(IdentifierKind.PHONE, "13900005678"),
    )  # fmt: skip
    payload = await carried_out(own_bank, REMOVE, RM, input={"id": added["id"], "expectedVersion": 2})
    assert payload["contactPoint"]["endedAt"] is not None
    phones = [each for each in payload["customer"]["contactPoints"]["nodes"] if each["kind"] == "PHONE"]
    assert {each["id"]: each["isPrimary"] for each in phones} == {first: True, added["id"]: False}
    again = await carried_out(own_bank, REMOVE, RM, input={"id": added["id"], "expectedVersion": 3})
    assert error(again) == ("InvalidInput", "id")
    entries = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE} AND kind = 'CHANGE' ORDER BY id")
    assert [entry["action"] for entry in entries] == ["addContactPoint", "changeContactPoint", "removeContactPoint"]
    assert "13900005678" not in str(entries)


async def test_no_other_contact_point_is_written(own_bank: Bank):
    phone = await point_of(own_bank, 3, "PHONE")
    hidden = await point_of(own_bank, 16, "PHONE")
    new = {"customerId": "cus_3", "kind": "PHONE", "value": "13900001234"}
    for mutation, user, given, wanted in [
        (ADD, RM, new | {"value": "+86 19900036098"}, ("InvalidInput", "value")),
        (ADD, RM, new | {"value": "12345678901"}, ("InvalidInput", "value")),
        (ADD, RM, new | {"customerId": "cus_16"}, ("NotFound", "customerId")),
        (CHANGE, RM, {"id": phone, "expectedVersion": 1, "isPrimary": False}, ("InvalidInput", "isPrimary")),
        (CHANGE, RM, {"id": phone, "expectedVersion": 7}, ("Conflict", "expectedVersion")),
        (CHANGE, RM, {"id": phone, "expectedVersion": 1, "region": "x"}, ("InvalidInput", "region")),
        (CHANGE, RM, {"id": hidden, "expectedVersion": 1, "value": "13900001234"}, ("NotFound", "id")),
        (REMOVE, RM, {"id": hidden, "expectedVersion": 1}, ("NotFound", "id")),
        (REMOVE, RM, {"id": "con_9999", "expectedVersion": 1}, ("NotFound", "id")),
    ]:
        assert error(await carried_out(own_bank, mutation, user, input=given)) == wanted, given
    assert await rows(own_bank, "SELECT FROM ketu.contact_point WHERE version > 1") == []
    assert "contact_point:change" in (await refused(own_bank, ADD, "auditor", input=new)).message


async def test_certificates_are_added_replaced_and_ended(own_bank: Bank):
    new = {"customerId": "cus_3", "type": "PASSPORT", "number": "E6184-0299", "expiresOn": "2030-01-01"}
    passport = (await carried_out(own_bank, ADD_PAPER, RM, input=new))["identityDocument"]
    assert (passport["numberMasked"], passport["endedAt"]) == ("E6*****99", None)
    renewed = {"id": passport["id"], "expectedVersion": 1, "expiresOn": "2040-01-01"}
    payload = await carried_out(own_bank, REPLACE, RM, input=renewed)
    other = payload["identityDocument"]
    assert (other["numberMasked"], other["expiresOn"]) == ("E6*****99", "2040-01-01")
    assert other["id"] != passport["id"]
    (row,) = await rows(own_bank, f"SELECT ended_at FROM ketu.identity_document WHERE id = {passport['id'][4:]}")
    assert row["ended_at"] is not None
    again = await carried_out(own_bank, REPLACE, RM, input=renewed | {"expectedVersion": 2})
    assert error(again) == ("InvalidInput", "id")
    ended = await carried_out(own_bank, END_PAPER, RM, input={"id": other["id"], "expectedVersion": 1})
    assert ended["identityDocument"]["endedAt"] is not None
    last = {"id": "idd_3", "expectedVersion": 1}
    assert error(await carried_out(own_bank, END_PAPER, RM, input=last)) == ("InvalidInput", "id")
    # What is ended is anybody's again.
    freed = new | {"customerId": "cus_4"}
    assert (await carried_out(own_bank, ADD_PAPER, RM, input=freed))["errors"] == []


async def test_no_other_certificate_is_written(own_bank: Bank):
    new = {"customerId": "cus_3", "type": "RESIDENT_ID", "number": NEW_ID}
    for mutation, given, wanted in [
        (ADD_PAPER, new, ("InvalidInput", "number")),
        (ADD_PAPER, new | {"customerId": "cus_31"}, ("NotFound", "customerId")),
        (ADD_PAPER, new | {"type": "CREDIT_CODE"}, ("InvalidInput", "type")),
        (ADD_PAPER, new | {"type": "PASSPORT", "number": "P528163047"}, ("DuplicateCustomer", "number")),
        (ADD_PAPER, new | {"number": "110105199007210152"}, ("InvalidInput", "type")),
        (REPLACE, {"id": "idd_3", "expectedVersion": 1, "number": IN_PUDONG}, ("InvalidInput", "number")),
        (REPLACE, {"id": "idd_16", "expectedVersion": 1}, ("NotFound", "id")),
        (REPLACE, {"id": "idd_3", "expectedVersion": 1, "expiresOn": "2020-01-01"}, ("InvalidInput", "expiresOn")),
    ]:
        assert error(await carried_out(own_bank, mutation, RM, input=given)) == wanted, given
    assert await rows(own_bank, "SELECT FROM ketu.identity_document WHERE version > 1") == []
    problem = await refused(own_bank, ADD_PAPER, "field-haidian", input=new | {"customerId": "cus_9"})
    assert "identity_document:change" in problem.message


async def test_relations_read_the_same_from_either_end(own_bank: Bank):
    given = {"fromCustomerId": "cus_29", "toCustomerId": "cus_3", "type": "CHILD"}
    payload = await carried_out(own_bank, RELATE, RM, input=given)
    relation = payload["relation"]
    assert (relation["type"], relation["evidence"]) == ("CHILD", ["DECLARED"])
    both = "SELECT from_customer_id AS one, type FROM ketu.relation WHERE 29 IN (from_customer_id, to_customer_id) " \
           "AND 3 IN (from_customer_id, to_customer_id) ORDER BY id"  # fmt: skip
    assert await rows(own_bank, both) == [{"one": 29, "type": "CHILD"}, {"one": 3, "type": "PARENT"}]
    for changed, wanted in [
        ({}, ("InvalidInput", "type")),
        ({"type": "SPOUSE"}, ("InvalidInput", "type")),
        ({"type": "PARENT"}, ("InvalidInput", "type")),
        ({"fromCustomerId": "cus_3", "toCustomerId": "cus_29"}, ("InvalidInput", "type")),
        ({"toCustomerId": "cus_29"}, ("InvalidInput", "toCustomerId")),
        ({"type": "KEY_PERSON"}, ("InvalidInput", "type")),
        ({"type": "JOINT_HOLDER"}, ("InvalidInput", "type")),
        ({"toCustomerId": "cus_16"}, ("NotFound", "toCustomerId")),
        ({"fromCustomerId": "cus_16"}, ("NotFound", "fromCustomerId")),
    ]:
        assert error(await carried_out(own_bank, RELATE, RM, input=given | changed)) == wanted, changed
    stale = await carried_out(own_bank, END, RM, input={"id": relation["id"], "expectedVersion": 5})
    assert error(stale) == ("Conflict", "expectedVersion")
    payload = await carried_out(own_bank, END, RM, input={"id": relation["id"], "expectedVersion": 1})
    assert payload["customer"]["id"] == "cus_29"
    assert await rows(own_bank, both) == []
    past = await rows(own_bank, "SELECT operation FROM ketu.relation_history WHERE from_customer_id = 29 ORDER BY 1")
    assert "DELETE" in {row["operation"] for row in past}
    hidden = await rows(own_bank, "SELECT id FROM ketu.relation WHERE from_customer_id = 16 LIMIT 1")
    gone = {"id": f"rel_{hidden[0]['id']}", "expectedVersion": 1}
    assert error(await carried_out(own_bank, END, RM, input=gone)) == ("NotFound", "id")
    assert "relation:change" in (await refused(own_bank, END, "auditor", input=gone)).message


def roles(payload: dict[str, Any]) -> dict[str, str]:
    """By customer, the place in the household that the payload shows."""
    assert payload["errors"] == []
    return {each["customer"]["id"]: each["role"] for each in payload["household"]["members"]["nodes"]}


def member(payload: dict[str, Any], customer_id: str) -> dict[str, Any]:
    """What names a member's place."""
    (found,) = [each for each in payload["household"]["members"]["nodes"] if each["customer"]["id"] == customer_id]
    return {"id": found["id"], "expectedVersion": found["version"]}


async def test_a_household_has_one_head_as_long_as_it_lasts(own_bank: Bank):
    steward = "data-steward"
    people = [("cus_38", "CHILD"), ("cus_39", "HEAD"), ("cus_40", "PARTNER")]
    given = {"members": [{"customerId": customer, "role": role} for customer, role in people]}
    made = await carried_out(own_bank, FOUND, steward, input=given)
    assert roles(made) == dict(people)
    household = made["household"]["id"]
    joined = await carried_out(
        own_bank, JOIN, steward, input={"householdId": household, "customerId": "cus_34", "role": "OTHER"}
    )
    assert roles(joined) == dict(people) | {"cus_34": "OTHER"}
    led = await carried_out(own_bank, LEAD, steward, input=member(joined, "cus_34") | {"formerHeadRole": "PARTNER"})
    assert roles(led) == {"cus_38": "CHILD", "cus_39": "PARTNER", "cus_40": "PARTNER", "cus_34": "HEAD"}
    left = await carried_out(own_bank, LEAVE, steward, input=member(led, "cus_34"))
    assert roles(left) == {"cus_38": "CHILD", "cus_39": "HEAD", "cus_40": "PARTNER"}
    assert left["customer"] == {"id": "cus_34", "household": None}
    gone = await carried_out(own_bank, DISSOLVE, steward, input={"id": household})
    assert (gone["household"], gone["errors"]) == (None, [])
    assert await rows(own_bank, f"SELECT FROM ketu.household_member WHERE household_id = {household[4:]}") == []
    past = "SELECT count(*) AS n FROM ketu.household_member_history WHERE household_id = {} AND operation = 'DELETE'"
    assert await rows(own_bank, past.format(household[4:])) == [{"n": 4}]


async def test_no_other_household_is_written(own_bank: Bank):
    head = {"customerId": "cus_40", "role": "HEAD"}
    for mutation, user, given, wanted in [
        (FOUND, "data-steward", {"members": []}, ("InvalidInput", "members")),
        (FOUND, "data-steward", {"members": [head, head]}, ("InvalidInput", "members.1.customerId")),
        (FOUND, "data-steward", {"members": [head | {"role": "CHILD"}]}, ("InvalidInput", "members")),
        (FOUND, "data-steward", {"members": [head, {"customerId": "cus_38", "role": "HEAD"}]},
         ("InvalidInput", "members")),
        (FOUND, "data-steward", {"members": [head | {"customerId": "cus_1"}]},
         ("InvalidInput", "members.0.customerId")),
        (FOUND, "data-steward", {"members": [head | {"customerId": "cus_41"}]},
         ("InvalidInput", "members.0.customerId")),
        (FOUND, RM, {"members": [head | {"customerId": "cus_16"}]}, ("NotFound", "members.0.customerId")),
        (JOIN, "data-steward", {"householdId": WANG} | head, ("InvalidInput", "role")),
        (JOIN, "data-steward", {"householdId": "hou_99"} | head, ("NotFound", "householdId")),
        (JOIN, "manager-chaoyang", {"householdId": "hou_6"} | head | {"role": "OTHER"}, ("NotFound", "householdId")),
        (DISSOLVE, RM, {"id": "hou_6"}, ("NotFound", "id")),
    ]:  # fmt: skip
        assert error(await carried_out(own_bank, mutation, user, input=given)) == wanted, given
    assert await rows(own_bank, "SELECT FROM ketu.household WHERE id > 12") == []
    assert "household:change" in (await refused(own_bank, DISSOLVE, "auditor", input={"id": WANG})).message


async def test_members_out_of_reach_are_neither_touched_nor_told_of(own_bank: Bank):
    """Who manages one of the Wu family alone sees a household of one; so it stays, whatever they do to it."""
    query = '{ customer(id: "cus_15") { household { id members { nodes { id version customer { id } } } } } }'
    household = (await own_bank.ask(query, user="rm-pudong-1"))["customer"]["household"]
    (seen,) = household["members"]["nodes"]
    assert seen["customer"] == {"id": "cus_15"}
    place = {"id": seen["id"], "expectedVersion": 1}
    assert error(await carried_out(own_bank, LEAD, "rm-pudong-1", input=place)) == ("NotPermitted", "id")
    gone = await carried_out(own_bank, DISSOLVE, "rm-pudong-1", input={"id": household["id"]})
    assert (gone["household"], gone["errors"]) == (None, [])
    left = await rows(
        own_bank, "SELECT customer_id, role FROM ketu.household_member WHERE household_id = 5 ORDER BY id"
    )
    assert left == [{"customer_id": 13, "role": "HEAD"}, {"customer_id": 14, "role": "PARTNER"}]
