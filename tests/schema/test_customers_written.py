"""Customers: taken on, changed, converted, given to managers, let go."""

import asyncio
from typing import Any

import pytest
from factories.bank import KEY_RING, SINCE, Bank, change

from domain.shared.identifier import IdentifierKind
from tests.schema.test_mutations import body, carried_out, refused, rows

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { message path } }"
VERSIONED = f"{SHOWN[:-1]} ... on Conflict {{ currentVersion }} }}"
CERTIFIED = f"{SHOWN[:-1]} ... on DuplicateCustomer {{ existingId }} ... on QuotaExceeded {{ quota }} }}"
BLOCKED = f"{SHOWN[:-1]} ... on StillOpen {{ openIds }} }}"
CUSTOMER = """customer { id version kind state customerNo name nameSortKey nameInitials joinedOn branch { id }
  manager { id } backupManager { id } ... on Person { sex birthOn } ... on Organisation { registeredOn }
  identityDocuments { nodes { type numberMasked } } contactPoints { nodes { kind valueMasked isPrimary } } }"""
CREATE = f"""mutation ($input: CreateCustomerInput!, $dry: Boolean, $key: String) {{
  createCustomer(input: $input, dryRun: $dry, idempotencyKey: $key) {{ {CUSTOMER} isReplay {CERTIFIED} }} }}"""
CHANGE = f"""mutation ($input: ChangeCustomerInput!) {{ changeCustomer(input: $input) {{ {CUSTOMER} {VERSIONED} }} }}"""
CONVERT = f"""mutation ($input: ConvertProspectInput!) {{ convertProspect(input: $input) {{ {CUSTOMER} {SHOWN} }} }}"""
LEAVE = f"""mutation ($input: DeregisterCustomerInput!) {{ deregisterCustomer(input: $input) {{
  {CUSTOMER} {BLOCKED} }} }}"""
ASSIGN = f"""mutation ($input: AssignManagerInput!) {{ assignManager(input: $input) {{ {CUSTOMER} {SHOWN} }} }}"""

NEW_ID = "110105199201150334"
"""A resident ID number that nobody in the sample bank has; its bearer is a man, born 1992-01-15."""


def with_check(body_: str) -> str:
    """A resident ID number with its check digit."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body_ + "10X98765432"[sum(int(d) * w for d, w in zip(body_, weights, strict=True)) % 11]


NEW_ID = with_check(NEW_ID[:17])
IN_PUDONG = "310115198012010353"
"""Of a customer of another branch: 陈志明, cus_16."""
IN_CHAOYANG = "110105199007210152"
"""Of 王磊, cus_3."""
LIN: dict[str, Any] = {
    "kind": "PERSON",
    "name": "单立文",
    "identityDocuments": [{"type": "RESIDENT_ID", "number": NEW_ID.lower(), "expiresOn": "2040-01-01"}],
    "contactPoints": [
        {"kind": "PHONE", "value": "+86 139-0000-1234"},
        {"kind": "PHONE", "value": "010-5550 7777", "isPrimary": True},
        {"kind": "ADDRESS", "value": "建国路88号3单元501室", "district": "朝阳区", "region": "北京市", "country": "CN"},
    ],
}


def error(payload: dict[str, Any]) -> tuple[str, str]:
    """Type and path, without its first step, of the only error."""
    (only,) = payload["errors"]
    return only["__typename"], ".".join(only["path"][1:])


async def written(bank: Bank) -> list[int]:
    """How many rows there are of all that this file writes, and of what tells of it."""
    tables = ("ketu.customer", "ketu.identity_document", "ketu.contact_point", "ketu.outbox_event")
    counts = [f"(SELECT count(*) FROM {table})" for table in tables]
    changes = f"(SELECT count(*) FROM audit.event WHERE {SINCE} AND kind = 'CHANGE')"
    (row,) = await rows(bank, f"SELECT ARRAY[{', '.join([*counts, changes])}] AS all")
    return row["all"]


async def test_a_teller_takes_somebody_on(own_bank: Bank):
    payload = await carried_out(own_bank, CREATE, "teller-wangjing", input=LIN)
    assert payload["errors"] == []
    shown = payload["customer"]
    number = int(shown["id"][4:])
    assert shown == {
        "id": f"cus_{number}", "version": 1, "kind": "PERSON", "state": "ACTIVE", "customerNo": f"N{number:09}",
        "name": "单立文", "nameSortKey": "shan li wen", "nameInitials": "slw", "joinedOn": "2026-10-31",
        "branch": {"id": "bra_4"}, "manager": None, "backupManager": None, "sex": "MALE", "birthOn": None,
        "identityDocuments": {"nodes": [{"type": "RESIDENT_ID", "numberMasked": f"1101**********{NEW_ID[-4:]}"}]},
        "contactPoints": {"nodes": [
            {"kind": "PHONE", "valueMasked": "139****1234", "isPrimary": False},
            {"kind": "PHONE", "valueMasked": "010****7777", "isPrimary": True},
            {"kind": "ADDRESS", "valueMasked": "建国路**********", "isPrimary": True},
        ]},
    }  # fmt: skip
    (row,) = await rows(own_bank, f"SELECT * FROM ketu.customer WHERE id = {number}")
    assert str(row["birth_on"]) == "1992-01-15"
    (branch,) = await rows(own_bank, "SELECT position FROM ketu.branch WHERE id = 4")
    assert row["position"] == branch["position"]
    (document,) = await rows(own_bank, f"SELECT * FROM ketu.identity_document WHERE customer_id = {number}")
    assert KEY_RING.open(IdentifierKind.RESIDENT_ID, document["number_cipher"]) == NEW_ID
    assert document["number_blind_index"] == KEY_RING.blind_index(IdentifierKind.RESIDENT_ID, NEW_ID)
    (entry,) = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert (entry["action"], entry["concept"], entry["customer_ids"]) == ("createCustomer", "customer", [number])
    assert NEW_ID not in str(entry)
    (told,) = await rows(own_bank, "SELECT topic, row_id FROM ketu.outbox_event")
    assert told == {"topic": "customer.created", "row_id": number}
    (past,) = await rows(own_bank, f"SELECT operation, name FROM ketu.customer_history WHERE id = {number}")
    assert past == {"operation": "INSERT", "name": "单立文"}


async def test_an_organisation_and_a_prospect_without_a_name(own_bank: Bank):
    firm = {
        "kind": "ORGANISATION", "name": "北京新芽有限公司", "registeredOn": "2020-02-02", "managerId": "sta_9",
        "identityDocuments": [{"type": "CREDIT_CODE", "number": "91110000100000001N"}],
    }  # fmt: skip
    refused_ = await carried_out(own_bank, CREATE, "manager-chaoyang", input=firm)
    assert error(refused_) == ("InvalidInput", "identityDocuments.0.number")
    firm["identityDocuments"][0]["number"] = "911101050001234575"
    shown = (await carried_out(own_bank, CREATE, "manager-chaoyang", input=firm))["customer"]
    assert (shown["kind"], shown["manager"], shown["registeredOn"]) == ("ORGANISATION", {"id": "sta_9"}, "2020-02-02")
    caller = {"kind": "PERSON", "state": "PROSPECT", "contactPoints": [{"kind": "PHONE", "value": "13900001234"}]}
    shown = (await carried_out(own_bank, CREATE, "service-agent", input=caller))["customer"]
    assert (shown["state"], shown["name"], shown["joinedOn"]) == ("PROSPECT", None, None)


async def test_a_manager_takes_on_customers_of_their_own_alone(own_bank: Bank):
    payload = await carried_out(own_bank, CREATE, "rm-chaoyang-1", input=LIN)
    assert error(payload) == ("NotPermitted", "branchId")
    payload = await carried_out(own_bank, CREATE, "rm-chaoyang-1", input=LIN | {"managerId": "sta_9"})
    assert payload["customer"]["manager"] == {"id": "sta_9"}
    assert payload["customer"]["birthOn"] == "1992-01-15"


def without(name: str) -> dict[str, Any]:
    """The input without a field."""
    return {key: value for key, value in LIN.items() if key != name}


def document(**given: Any) -> dict[str, Any]:
    """The input with another document."""
    return LIN | {"identityDocuments": [LIN["identityDocuments"][0] | given]}


def contact(**given: Any) -> dict[str, Any]:
    """The input with one contact point."""
    return LIN | {"contactPoints": [{"kind": "PHONE", "value": "13900001234"} | given]}


REFUSED = [
    (without("name"), ("InvalidInput", "name")),
    (without("identityDocuments"), ("InvalidInput", "identityDocuments")),
    (LIN | {"name": "  "}, ("InvalidInput", "name")),
    (LIN | {"name": "x" * 201}, ("InvalidInput", "name")),
    (LIN | {"state": "DEREGISTERED"}, ("InvalidInput", "state")),
    (LIN | {"kind": "ORGANISATION"}, ("InvalidInput", "identityDocuments.0.type")),
    (LIN | {"registeredOn": "2020-01-01"}, ("InvalidInput", "registeredOn")),
    (LIN | {"sex": "FEMALE"}, ("InvalidInput", "sex")),
    (LIN | {"birthOn": "1992-01-16"}, ("InvalidInput", "birthOn")),
    ({"kind": "PERSON", "state": "PROSPECT"}, ("InvalidInput", "name")),
    ({"kind": "PERSON", "state": "PROSPECT", "name": "a", "birthOn": "2027-01-01"}, ("InvalidInput", "birthOn")),
    (document(number="110105199201150335"), ("InvalidInput", "identityDocuments.0.number")),
    (document(number=with_check("11010519920230033")), ("InvalidInput", "identityDocuments.0.number")),
    (document(number=with_check("11010520270101033")), ("InvalidInput", "identityDocuments.0.number")),
    (document(number=with_check("99010519920115033")), ("InvalidInput", "identityDocuments.0.number")),
    (document(number=""), ("InvalidInput", "identityDocuments.0.number")),
    (document(number="1" * 10_000), ("InvalidInput", "identityDocuments.0.number")),
    (document(type="PASSPORT", number="ABCDEFGH"), ("InvalidInput", "identityDocuments.0.number")),
    (document(type="BIRTH_NUMBER", number="736028/5164"), ("InvalidInput", "identityDocuments.0.number")),
    (document(issuedOn="1991-01-01"), ("InvalidInput", "identityDocuments.0.issuedOn")),
    (document(expiresOn="2026-10-30"), ("InvalidInput", "identityDocuments.0.expiresOn")),
    (LIN | {"identityDocuments": LIN["identityDocuments"] * 2}, ("InvalidInput", "identityDocuments.1.type")),
    (LIN | {"identityDocuments": LIN["identityDocuments"] * 11}, ("InvalidInput", "identityDocuments")),
    (contact(value="12345678901"), ("InvalidInput", "contactPoints.0.value")),
    (contact(value="1234"), ("InvalidInput", "contactPoints.0.value")),
    (contact(kind="EMAIL", value="a@b"), ("InvalidInput", "contactPoints.0.value")),
    (contact(kind="ADDRESS", value=" "), ("InvalidInput", "contactPoints.0.value")),
    (contact(kind="ADDRESS", value="x", country="China"), ("InvalidInput", "contactPoints.0.country")),
    (contact(district="朝阳区"), ("InvalidInput", "contactPoints.0.district")),
    (LIN | {"branchId": "bra_99"}, ("NotFound", "branchId")),
    (LIN | {"branchId": "bra_11"}, ("InvalidInput", "branchId")),
    (LIN | {"branchId": "bra_8"}, ("NotPermitted", "branchId")),
    (LIN | {"managerId": "sta_99"}, ("NotFound", "managerId")),
    (LIN | {"managerId": "sta_12"}, ("NotFound", "managerId")),
    (LIN | {"managerId": "sta_9", "backupManagerId": "sta_9"}, ("InvalidInput", "backupManagerId")),
]


async def test_what_makes_no_sense_is_refused_and_leaves_nothing(own_bank: Bank):
    before = await written(own_bank)
    for given, wanted in REFUSED:
        assert error(await carried_out(own_bank, CREATE, "manager-chaoyang", input=given)) == wanted, given
    assert await written(own_bank) == before


async def test_creating_is_tried_and_repeated_without_a_second_customer(own_bank: Bank):
    before = await written(own_bank)
    tried = await carried_out(own_bank, CREATE, "manager-chaoyang", input=LIN, dry=True)
    assert (tried["errors"], tried["customer"]["name"]) == ([], "单立文")
    assert await written(own_bank) == before
    first = await carried_out(own_bank, CREATE, "manager-chaoyang", input=LIN, key="k1")
    again = await carried_out(own_bank, CREATE, "manager-chaoyang", input=LIN, key="k1")
    assert again == first | {"isReplay": True}
    kept = await rows(own_bank, "SELECT input_hash, outcome::text FROM ketu.command")
    assert len(kept) == 1
    assert NEW_ID not in str(kept)
    other = await carried_out(own_bank, CREATE, "manager-chaoyang", input=LIN | {"name": "别人"}, key="k1")
    assert other["errors"][0]["__typename"] == "KeyReused"


async def test_numbers_are_not_written_into_documents(own_bank: Bank):
    literal = CREATE.replace("($input: CreateCustomerInput!, $dry: Boolean, $key: String)", "").replace(
        "(input: $input, dryRun: $dry, idempotencyKey: $key)",
        f'(input: {{kind: PERSON, identityDocuments: [{{type: RESIDENT_ID, number: "{NEW_ID}"}}]}})',
    )
    problem = await refused(own_bank, literal)
    assert "in variables without defaults" in problem.message


async def test_a_certificate_in_reach_names_who_has_it(own_bank: Bank):
    payload = await carried_out(own_bank, CREATE, "manager-chaoyang", input=document(number=IN_CHAOYANG))
    assert error(payload) == ("DuplicateCustomer", "identityDocuments.0.number")
    assert payload["errors"][0]["existingId"] == "cus_3"


async def test_a_certificate_out_of_reach_names_nobody_and_is_logged(own_bank: Bank):
    before = await written(own_bank)
    payload = await carried_out(own_bank, CREATE, "manager-chaoyang", input=document(number=IN_PUDONG))
    assert error(payload) == ("DuplicateCustomer", "identityDocuments.0.number")
    assert payload["errors"][0]["existingId"] is None
    assert await written(own_bank) == before
    (entry,) = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE}")
    assert (entry["kind"], entry["action"], entry["customer_ids"]) == ("DENIAL", "createCustomer", [])


async def test_what_is_asked_and_not_stored_counts_as_searched(own_bank: Bank):
    used = "SELECT used_count FROM ketu.quota_use WHERE kind = 'SEARCH'"
    await carried_out(own_bank, CREATE, "manager-chaoyang", input=LIN, dry=True)
    await carried_out(own_bank, CREATE, "manager-chaoyang", input=document(number=IN_PUDONG))
    await carried_out(own_bank, CREATE, "manager-chaoyang", input=LIN | {"branchId": "bra_8"})
    assert await rows(own_bank, used) == [{"used_count": 3}]
    await carried_out(own_bank, CREATE, "manager-chaoyang", input=LIN)
    assert await rows(own_bank, used) == [{"used_count": 3}]
    await change(own_bank, "UPDATE ketu.quota_use SET used_count = 200")
    for dry in (True, False):
        payload = await carried_out(own_bank, CREATE, "manager-chaoyang", input=document(number=IN_PUDONG), dry=dry)
        assert payload["errors"][0]["__typename"] == "QuotaExceeded"
    assert await rows(own_bank, used) == [{"used_count": 200}]


async def test_one_certificate_sent_many_times_at_once_makes_one_customer(own_bank: Bank):
    users = ["manager-chaoyang", "manager-haidian", "teller-wangjing"] * 2
    payloads = await asyncio.gather(*(carried_out(own_bank, CREATE, user, input=LIN) for user in users))
    assert sorted(len(payload["errors"]) for payload in payloads) == [0, 1, 1, 1, 1, 1]
    assert len(await rows(own_bank, "SELECT FROM ketu.customer WHERE name = '单立文'")) == 1


async def test_a_patch_changes_what_it_names(own_bank: Bank):
    given = {"id": "cus_37", "expectedVersion": 1, "name": "曾小安", "sex": "MALE", "birthOn": "1990-05-05"}
    shown = await carried_out(own_bank, CHANGE, "manager-haidian", input=given)
    assert shown["errors"][0]["__typename"] == "NotFound"
    shown = (await carried_out(own_bank, CHANGE, "regional-beijing", input=given))["customer"]
    assert (shown["name"], shown["nameSortKey"], shown["sex"], shown["birthOn"], shown["version"]) == (
        "曾小安", "zeng xiao an", "MALE", "1990-05-05", 2,
    )  # fmt: skip
    absent = {"id": "cus_37", "expectedVersion": 2, "birthOn": None}
    shown = (await carried_out(own_bank, CHANGE, "regional-beijing", input=absent))["customer"]
    assert (shown["name"], shown["sex"], shown["birthOn"], shown["version"]) == ("曾小安", "MALE", None, 3)
    same = {"id": "cus_37", "expectedVersion": 3, "name": "曾小安"}
    assert (await carried_out(own_bank, CHANGE, "regional-beijing", input=same))["customer"]["version"] == 3
    (entry, _) = await rows(own_bank, f"SELECT details::text FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert entry["details"] == '{"action": "CHANGED", "fields": ["name", "birthOn", "sex"]}'
    past = await rows(own_bank, "SELECT name FROM ketu.customer_history WHERE id = 37 AND operation = 'UPDATE'")
    assert [row["name"] for row in past] == ["曾小安"] * 2


async def test_a_customer_moves_to_another_branch(own_bank: Bank):
    given = {"id": "cus_14", "expectedVersion": 1, "branchId": "bra_6"}
    assert error(await carried_out(own_bank, CHANGE, "manager-haidian", input=given)) == ("NotPermitted", "branchId")
    shown = (await carried_out(own_bank, CHANGE, "regional-beijing", input=given))["customer"]
    assert shown["branch"] == {"id": "bra_6"}
    placed = "SELECT FROM ketu.customer JOIN ketu.branch USING (position) WHERE customer.id = 14 AND branch.id = 6"
    assert len(await rows(own_bank, placed)) == 1


NO_PATCH = [
    ("manager-chaoyang", {"name": None}, ("InvalidInput", "name")),
    ("manager-chaoyang", {"sex": "FEMALE"}, ("InvalidInput", "sex")),
    ("manager-chaoyang", {"birthOn": "1990-07-22"}, ("InvalidInput", "birthOn")),
    ("manager-chaoyang", {"registeredOn": "2020-01-01"}, ("InvalidInput", "registeredOn")),
    ("manager-chaoyang", {"branchId": None}, ("InvalidInput", "branchId")),
    ("manager-chaoyang", {"branchId": "bra_11"}, ("InvalidInput", "branchId")),
    ("manager-chaoyang", {"expectedVersion": 9, "name": "x"}, ("Conflict", "expectedVersion")),
    ("manager-pudong", {"name": "x"}, ("NotFound", "id")),
    ("teller-wangjing", {"id": "cus_6", "birthOn": None}, ("NotPermitted", "birthOn")),
]


async def test_no_other_patch_is_taken(own_bank: Bank):
    for user, given, wanted in NO_PATCH:
        payload = await carried_out(own_bank, CHANGE, user, input={"id": "cus_3", "expectedVersion": 1} | given)
        assert error(payload) == wanted, given
    assert await rows(own_bank, "SELECT FROM ketu.customer WHERE version > 1") == []


async def test_a_prospect_becomes_a_customer(own_bank: Bank):
    # 罗晓峰 has a certificate; who has called has neither name nor certificate.
    given = {"id": "cus_34", "expectedVersion": 1}
    shown = (await carried_out(own_bank, CONVERT, "rm-wangjing-1", input=given))["customer"]
    assert (shown["state"], shown["joinedOn"]) == ("ACTIVE", "2026-10-31")
    again = await carried_out(own_bank, CONVERT, "rm-wangjing-1", input=given | {"expectedVersion": 2})
    assert error(again) == ("InvalidInput", "id")
    caller = {"id": "cus_37", "expectedVersion": 1}
    assert error(await carried_out(own_bank, CONVERT, "regional-beijing", input=caller)) == ("InvalidInput", "name")
    named = {"id": "cus_37", "expectedVersion": 1, "name": "李安"}
    await carried_out(own_bank, CHANGE, "regional-beijing", input=named)
    caller["expectedVersion"] = 2
    payload = await carried_out(own_bank, CONVERT, "regional-beijing", input=caller)
    assert error(payload) == ("InvalidInput", "identityDocuments")
    caller["identityDocuments"] = [{"type": "RESIDENT_ID", "number": IN_PUDONG}]
    payload = await carried_out(own_bank, CONVERT, "regional-beijing", input=caller)
    assert error(payload) == ("DuplicateCustomer", "identityDocuments.0.number")
    caller["identityDocuments"][0]["number"] = NEW_ID
    shown = (await carried_out(own_bank, CONVERT, "regional-beijing", input=caller))["customer"]
    assert (shown["state"], shown["sex"], shown["birthOn"]) == ("ACTIVE", "MALE", "1992-01-15")


async def test_nobody_leaves_while_something_is_open(own_bank: Bank):
    given = {"id": "cus_3", "expectedVersion": 1}
    payload = await carried_out(own_bank, LEAVE, "manager-chaoyang", input=given)
    assert error(payload) == ("StillOpen", "id")
    open_ids = payload["errors"][0]["openIds"]
    assert {"acc", "car"} <= {node_id.split("_")[0] for node_id in open_ids}
    found = await own_bank.ask(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", user="manager-chaoyang", ids=open_ids
    )
    assert None not in found["nodes"]
    assert error(await carried_out(own_bank, LEAVE, "manager-pudong", input=given)) == ("NotFound", "id")
    assert "customer:deregister" in (await refused(own_bank, LEAVE, "rm-chaoyang-1", input=given)).message


async def test_work_that_is_open_keeps_a_customer(own_bank: Bank):
    given = {"id": "cus_2", "expectedVersion": 1}
    payload = await carried_out(own_bank, LEAVE, "manager-chaoyang", input=given)
    assert {"opp", "cap", "tas"} <= {node_id.split("_")[0] for node_id in payload["errors"][0]["openIds"]}


async def test_a_customer_of_whom_nothing_is_open_leaves(own_bank: Bank):
    new = (await carried_out(own_bank, CREATE, "manager-chaoyang", input=LIN | {"managerId": "sta_9"}))["customer"]
    given = {"id": new["id"], "expectedVersion": 1}
    shown = (await carried_out(own_bank, LEAVE, "manager-chaoyang", input=given))["customer"]
    assert (shown["state"], shown["manager"], shown["name"]) == ("DEREGISTERED", None, "单立文")
    again = await carried_out(own_bank, LEAVE, "manager-chaoyang", input=given | {"expectedVersion": 2})
    assert error(again) == ("InvalidInput", "id")
    task = f"""INSERT INTO ketu.task (title, purpose, priority, state, customer_id, branch_id, position)
        SELECT 'x', 'CARE', 'LOW', 'OPEN', {new["id"][4:]}, branch_id, position
        FROM ketu.customer WHERE id = {new["id"][4:]}"""
    await change(own_bank, task, f"UPDATE ketu.customer SET state = 'ACTIVE' WHERE id = {new['id'][4:]}")
    payload = await carried_out(own_bank, LEAVE, "manager-chaoyang", input=given | {"expectedVersion": 3})
    (blocking,) = payload["errors"][0]["openIds"]
    assert blocking.startswith("tas_")


async def test_customers_are_given_to_managers_and_to_the_pool(own_bank: Bank):
    given = {"customerId": "cus_40", "expectedVersion": 1, "managerId": "sta_9"}
    shown = (await carried_out(own_bank, ASSIGN, "manager-chaoyang", input=given))["customer"]
    assert (shown["manager"], shown["backupManager"]) == ({"id": "sta_9"}, None)
    given = {"customerId": "cus_40", "expectedVersion": 2, "managerId": None, "backupManagerId": "sta_9"}
    shown = (await carried_out(own_bank, ASSIGN, "manager-chaoyang", input=given))["customer"]
    assert (shown["manager"], shown["backupManager"], shown["version"]) == (None, {"id": "sta_9"}, 3)
    (entry, _) = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert (entry["action"], entry["customer_ids"]) == ("assignManager", [40])


NO_MANAGER = [
    ("manager-chaoyang", {}, ("InvalidInput", "")),
    ("manager-chaoyang", {"managerId": "sta_12"}, ("NotFound", "managerId")),
    ("manager-chaoyang", {"managerId": "sta_99"}, ("NotFound", "managerId")),
    ("regional-beijing", {"managerId": "sta_17"}, ("NotFound", "managerId")),
    ("manager-chaoyang", {"managerId": "sta_9", "backupManagerId": "sta_9"}, ("InvalidInput", "backupManagerId")),
    ("manager-chaoyang", {"managerId": "sta_9", "expectedVersion": 4}, ("Conflict", "expectedVersion")),
    ("manager-pudong", {"managerId": "sta_12"}, ("NotFound", "customerId")),
]


async def test_nobody_else_is_given_a_customer(own_bank: Bank):
    for user, given, wanted in NO_MANAGER:
        payload = await carried_out(
            own_bank, ASSIGN, user, input={"customerId": "cus_40", "expectedVersion": 1} | given
        )
        assert error(payload) == wanted, given
    assert await rows(own_bank, "SELECT FROM ketu.customer WHERE version > 1") == []


async def test_who_may_not_write_is_refused_and_logged(own_bank: Bank):
    for mutation, name in (
        (CREATE, "customer:create"),
        (CHANGE, "customer:change"),
        (ASSIGN, "customer:assign_manager"),
    ):
        given = {"kind": "PERSON"} if mutation is CREATE else {"id": "cus_3", "expectedVersion": 1}
        if mutation is ASSIGN:
            given = {"customerId": "cus_3", "expectedVersion": 1}
        assert name in (await refused(own_bank, mutation, "auditor", input=given)).message
    denials = await rows(own_bank, f"SELECT action FROM audit.event WHERE {SINCE} AND kind = 'DENIAL'")
    assert [row["action"] for row in denials] == ["createCustomer", "changeCustomer", "assignManager"]


async def test_two_changes_of_one_version_are_one_change(own_bank: Bank):
    given = {"id": "cus_3", "expectedVersion": 1}
    payloads = await asyncio.gather(
        *(carried_out(own_bank, CHANGE, "manager-chaoyang", input=given | {"name": f"王磊{n}"}) for n in range(5))
    )
    failed = [payload["errors"][0] for payload in payloads if payload["errors"]]
    assert [each["__typename"] for each in failed] == ["Conflict"] * 4
    assert {each["currentVersion"] for each in failed} == {2}


async def test_what_is_asked_beside_is_answered_after_the_change(own_bank: Bank):
    query = CREATE.replace("isReplay", "")
    answer = await body(own_bank, query, "manager-chaoyang", input=LIN)
    assert set(answer) == {"data"}
