"""Life events, documents and notes of customers: what is kept, what is refused, who may."""

from hashlib import sha256
from typing import Any

import pytest
from factories.bank import KEY_RING, SINCE, Bank

from domain.shared.identifier import IdentifierKind
from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { path } } isReplay"
EVENT = "lifeEvent { id version kind state happensOn evidence confidenceRatio note document { id } recordedBy { id } }"
RECORD = f"""mutation ($input: RecordLifeEventInput!, $key: String, $dry: Boolean) {{
  recordLifeEvent(input: $input, idempotencyKey: $key, dryRun: $dry) {{ {EVENT} {SHOWN} }} }}"""
WITHDRAW = f"mutation ($input: WithdrawLifeEventInput!) {{ withdrawLifeEvent(input: $input) {{ {EVENT} {SHOWN} }} }}"
NOTE = "note { id version state text writtenBy { id } removedBy { id } customer { id } }"
ADD = f"""mutation ($input: AddNoteInput!, $key: String, $dry: Boolean) {{
  addNote(input: $input, idempotencyKey: $key, dryRun: $dry) {{ {NOTE} {SHOWN} }} }}"""
CHANGE = f"mutation ($input: ChangeNoteInput!) {{ changeNote(input: $input) {{ {NOTE} {SHOWN} }} }}"
REMOVE = f"mutation ($input: RemoveNoteInput!) {{ removeNote(input: $input) {{ {NOTE} {SHOWN} }} }}"
MOVES = {"customerId": "cus_3", "kind": "MOVE", "happensOn": "2026-10-01", "evidence": "DECLARED"}
OTHER_EVENTS = "SELECT FROM ketu.life_event WHERE id > 20"
OTHER_NOTES = "SELECT FROM ketu.note WHERE id > 6"
CHANGES = (
    f"SELECT concept, customer_ids, details->>'action' AS action FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'"
)


def error(payload: dict[str, Any]) -> tuple[str, str]:
    """Type and last step of the path of the only error."""
    (only,) = payload["errors"]
    return only["__typename"], only["path"][-1]


async def test_a_life_event_is_kept_once_and_withdrawn(own_bank: Bank):
    given = MOVES | {"confidenceRatio": "0.75", "note": " 迁入通州 ", "documentId": "doc_2"}
    payload = await carried_out(own_bank, RECORD, "rm-chaoyang-1", input=given, key="k")
    event = {
        "id": "lev_21", "version": 1, "kind": "MOVE", "state": "RECORDED", "happensOn": "2026-10-01",
        "evidence": "DECLARED", "confidenceRatio": "0.750000", "note": "迁入通州", "document": {"id": "doc_2"},
        "recordedBy": {"id": "sta_9"},
    }  # fmt: skip
    assert payload == {"lifeEvent": event, "errors": [], "isReplay": False}
    again = await carried_out(own_bank, RECORD, "rm-chaoyang-1", input=given, key="k")
    assert again == payload | {"isReplay": True}
    assert error(await carried_out(own_bank, RECORD, "rm-chaoyang-1", input=MOVES)) == ("InvalidInput", "happensOn")
    asked = {"id": "lev_21", "expectedVersion": 1}
    withdrawn = await carried_out(own_bank, WITHDRAW, "manager-chaoyang", input=asked)
    assert withdrawn["lifeEvent"] == event | {"version": 2, "state": "WITHDRAWN"}
    late = await carried_out(own_bank, WITHDRAW, "manager-chaoyang", input=asked)
    assert error(late) == ("Conflict", "expectedVersion")
    twice = await carried_out(own_bank, WITHDRAW, "manager-chaoyang", input=asked | {"expectedVersion": 2})
    assert error(twice) == ("InvalidInput", "id")
    assert (await carried_out(own_bank, RECORD, "rm-chaoyang-1", input=MOVES))["errors"] == []
    assert await rows(own_bank, CHANGES) == [
        {"concept": "life_event", "customer_ids": [3], "action": action}
        for action in ("CREATED", "WITHDRAWN", "CREATED")
    ]


async def test_a_life_event_that_is_tried_out_is_not_kept(own_bank: Bank):
    payload = await carried_out(own_bank, RECORD, "rm-chaoyang-1", input=MOVES, dry=True)
    assert payload["lifeEvent"]["confidenceRatio"] == "1.000000"
    assert await rows(own_bank, OTHER_EVENTS) == []


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"customerId": "cus_6"}, ("NotFound", "customerId")),
        ({"customerId": "acc_1"}, ("NotFound", "customerId")),
        ({"happensOn": "1899-01-01"}, ("InvalidInput", "happensOn")),
        ({"happensOn": "2055-01-01"}, ("InvalidInput", "happensOn")),
        ({"confidenceRatio": "1.000001"}, ("InvalidInput", "confidenceRatio")),
        ({"confidenceRatio": "-0.1"}, ("InvalidInput", "confidenceRatio")),
        ({"note": " "}, ("InvalidInput", "note")),
        ({"documentId": "doc_99"}, ("NotFound", "documentId")),
        ({"documentId": "doc_3"}, ("NotFound", "documentId")),
        ({"customerId": "cus_1", "documentId": "doc_2"}, ("InvalidInput", "documentId")),
    ],
)
async def test_no_other_life_event_is_kept(own_bank: Bank, given: dict[str, str], wanted: tuple[str, str]):
    assert error(await carried_out(own_bank, RECORD, "rm-chaoyang-1", input=MOVES | given)) == wanted
    assert await rows(own_bank, OTHER_EVENTS) == []


@pytest.mark.parametrize("query", [RECORD, WITHDRAW])
async def test_who_may_not_record_is_refused_and_that_is_kept(own_bank: Bank, query: str):
    given = MOVES if query is RECORD else {"id": "lev_1", "expectedVersion": 1}
    for user in ("teller-wangjing", "regional-beijing", "auditor"):
        problem = await refused(own_bank, query, user, input=given)
        assert "life_event:record" in problem.message
    kept = await rows(own_bank, f"SELECT action FROM audit.event WHERE {SINCE} AND kind = 'DENIAL'")
    assert len(kept) == 3
    assert await rows(own_bank, "SELECT FROM ketu.life_event WHERE id > 20 OR version > 1") == []


async def test_a_note_is_written_changed_by_its_author_and_removed(own_bank: Bank):
    payload = await carried_out(own_bank, ADD, "rm-chaoyang-1", input={"customerId": "cus_1", "text": "喜欢下棋"})
    note = {
        "id": "not_7", "version": 1, "state": "KEPT", "text": "喜欢下棋", "writtenBy": {"id": "sta_9"},
        "removedBy": None, "customer": {"id": "cus_1"},
    }  # fmt: skip
    assert payload == {"note": note, "errors": [], "isReplay": False}
    given = {"id": "not_7", "text": "喜欢象棋", "expectedVersion": 1}
    assert error(await carried_out(own_bank, CHANGE, "manager-chaoyang", input=given)) == ("NotPermitted", "id")
    changed = await carried_out(own_bank, CHANGE, "rm-chaoyang-1", input=given)
    assert changed["note"] == note | {"version": 2, "text": "喜欢象棋"}
    assert error(await carried_out(own_bank, CHANGE, "rm-chaoyang-1", input=given)) == ("Conflict", "expectedVersion")
    gone = {"id": "not_7", "expectedVersion": 2}
    assert error(await carried_out(own_bank, REMOVE, "service-agent", input=gone)) == ("NotPermitted", "id")
    removed = await carried_out(own_bank, REMOVE, "manager-chaoyang", input=gone)
    after = {"version": 3, "state": "REMOVED", "text": None, "removedBy": {"id": "sta_5"}}
    assert removed["note"] == note | after
    late = {"id": "not_7", "text": "又写", "expectedVersion": 3}
    assert error(await carried_out(own_bank, CHANGE, "rm-chaoyang-1", input=late)) == ("InvalidInput", "id")
    assert error(await carried_out(own_bank, REMOVE, "rm-chaoyang-1", input=gone | {"expectedVersion": 3})) == (
        "InvalidInput",
        "id",
    )
    kept = await rows(own_bank, f"SELECT details::text FROM audit.event WHERE {SINCE}")
    assert kept
    assert not any("棋" in row["details"] for row in kept)


async def test_ones_own_note_is_removed_without_more(own_bank: Bank):
    removed = await carried_out(own_bank, REMOVE, "rm-chaoyang-1", input={"id": "not_1", "expectedVersion": 1})
    assert removed["note"]["state"] == "REMOVED"
    assert await rows(own_bank, "SELECT text FROM ketu.note WHERE id = 1") == [{"text": None}]


@pytest.mark.parametrize(
    ("query", "user", "given", "wanted"),
    [
        (ADD, "rm-chaoyang-1", {"customerId": "cus_6", "text": "x"}, ("NotFound", "customerId")),
        (ADD, "rm-chaoyang-1", {"customerId": "cus_1", "text": "  "}, ("InvalidInput", "text")),
        (ADD, "rm-chaoyang-1", {"customerId": "cus_1", "text": "x" * 4_001}, ("InvalidInput", "text")),
        (CHANGE, "rm-chaoyang-1", {"id": "not_3", "text": "x", "expectedVersion": 1}, ("NotFound", "id")),
        (CHANGE, "rm-chaoyang-1", {"id": "not_99", "text": "x", "expectedVersion": 1}, ("NotFound", "id")),
        (REMOVE, "rm-chaoyang-1", {"id": "not_3", "expectedVersion": 1}, ("NotFound", "id")),
        (REMOVE, "auditor", {"id": "not_1", "expectedVersion": 1}, ("NotPermitted", "id")),
    ],
)
async def test_nothing_else_becomes_of_notes(
    own_bank: Bank, query: str, user: str, given: dict[str, Any], wanted: tuple[str, str]
):
    assert error(await carried_out(own_bank, query, user, input=given)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.note WHERE id > 6 OR version > 1") == []


async def test_a_note_that_is_tried_out_is_not_kept(own_bank: Bank):
    given = {"customerId": "cus_1", "text": "x"}
    assert (await carried_out(own_bank, ADD, "rm-chaoyang-1", input=given, dry=True))["note"]["text"] == "x"
    assert await rows(own_bank, OTHER_NOTES) == []


async def test_documents_are_told_about_and_their_contents_are_sealed(own_bank: Bank):
    query = """{ documents(where: {kind: {eq: APPLICATION}}) { nodes {
      title sizeBytes sha256 customer { displayName } loan { id } ticket { documents { totalCount } } } } }"""
    (document,) = (await own_bank.ask(query, user="manager-xuhui"))["documents"]["nodes"]
    (kept,) = await rows(own_bank, "SELECT content_cipher FROM ketu.document_content WHERE document_id = 3")
    content = KEY_RING.open_bytes(IdentifierKind.DOCUMENT, kept["content_cipher"])
    assert content.decode().startswith("本人申请")
    assert document == {
        "title": "还款日变更申请", "sizeBytes": len(content), "sha256": sha256(content).hexdigest(),
        "customer": {"displayName": "徐文博"}, "loan": {"id": "loa_6"}, "ticket": {"documents": {"totalCount": "1"}},
    }  # fmt: skip


async def test_a_device_outside_the_branch_shows_no_documents(own_bank: Bank):
    answer = await own_bank.answer("{ documents { nodes { id } } }", reader=await own_bank.reader("field-haidian"))
    assert answer == {"data": {"documents": None}, "extensions": {"withheld": ["Query.documents"]}}
