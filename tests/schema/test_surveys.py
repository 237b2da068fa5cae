"""Surveys: what customers answered is kept, and seen where they are."""

from typing import Any

import pytest
from factories.bank import SINCE, Bank

from tests.schema.test_mutations import carried_out, refused, rows
from tests.schema.test_tickets import SHOWN, error

pytestmark = pytest.mark.anyio

RECORD = f"""mutation ($input: RecordSurveyResponseInput!, $dry: Boolean, $key: String) {{
  recordSurveyResponse(input: $input, dryRun: $dry, idempotencyKey: $key) {{
    surveyResponse {{ score comment channel respondedAt survey {{ id }} customer {{ id }} ticket {{ id }} staff {{ id }}
      answers {{ nodes {{ score text question {{ id }} }} }} }} isReplay {SHOWN} }} }}"""
ASKED = {
    "surveyId": "sur_1", "customerId": "cus_3", "channel": "PHONE", "score": 4, "answers": [],
    "respondedAt": "2026-10-30T02:00:00Z",
}  # fmt: skip


async def test_what_a_customer_answered_is_kept(own_bank: Bank):
    given = ASKED | {
        "comment": "快多了", "ticketId": "tic_2",
        "answers": [{"questionId": "suq_1", "score": 5}, {"questionId": "suq_3", "text": "继续保持"}],
    }  # fmt: skip
    assert (await carried_out(own_bank, RECORD, "service-agent", input=given, dry=True))["errors"] == []
    payload = await carried_out(own_bank, RECORD, "service-agent", input=given, key="answer")
    assert payload == {
        "surveyResponse": {
            "score": 4, "comment": "快多了", "channel": "PHONE", "respondedAt": "2026-10-30T02:00:00.000000Z",
            "survey": {"id": "sur_1"}, "customer": {"id": "cus_3"}, "ticket": {"id": "tic_2"},
            "staff": {"id": "sta_18"},
            "answers": {"nodes": [
                {"score": 5, "text": None, "question": {"id": "suq_1"}},
                {"score": None, "text": "继续保持", "question": {"id": "suq_3"}},
            ]},
        },
        "isReplay": False, "errors": [],
    }  # fmt: skip
    again = await carried_out(own_bank, RECORD, "service-agent", input=given, key="answer")
    assert again == payload | {"isReplay": True}
    (entry,) = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert (entry["concept"], entry["customer_ids"]) == ("survey_response", [3])
    assert len(await rows(own_bank, "SELECT FROM ketu.survey_response")) == 9


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"customerId": "cus_15"}, ("NotFound", "customerId")),
        ({"surveyId": "sur_99"}, ("NotFound", "surveyId")),
        # One that is over.
        ({"surveyId": "sur_3"}, ("InvalidInput", "surveyId")),
        ({"respondedAt": "2099-01-01T00:00:00Z"}, ("InvalidInput", "respondedAt")),
        ({"score": 6}, ("InvalidInput", "score")),
        ({"comment": ""}, ("InvalidInput", "comment")),
        ({"ticketId": "tic_6"}, ("NotFound", "ticketId")),
        # A question of another survey; words where a number is wanted; a number where words are; no number that is one.
        ({"answers": [{"questionId": "suq_4", "score": 1}]}, ("NotFound", "questionId")),
        ({"answers": [{"questionId": "suq_1", "text": "x"}]}, ("InvalidInput", "score")),
        ({"answers": [{"questionId": "suq_3", "score": 1}]}, ("InvalidInput", "text")),
        ({"answers": [{"questionId": "suq_1", "score": 0}]}, ("InvalidInput", "score")),
        ({"answers": [{"questionId": "suq_1", "score": 1}] * 2}, ("InvalidInput", "answers")),
        ({"surveyId": "sur_2", "answers": [{"questionId": "suq_4", "score": 2}]}, ("InvalidInput", "score")),
    ],
)
async def test_nothing_else_is_kept(own_bank: Bank, given: dict[str, Any], wanted: tuple[str, str]):
    assert error(await carried_out(own_bank, RECORD, "rm-chaoyang-1", input=ASKED | given)) == wanted
    assert len(await rows(own_bank, "SELECT FROM ketu.survey_response")) == 8


async def test_who_may_not_keep_answers_is_refused(own_bank: Bank):
    assert (await refused(own_bank, RECORD, "auditor", input=ASKED)).code.name == "FORBIDDEN"


async def test_answers_are_seen_where_the_customer_is(bank: Bank):
    query = "{ surveyResponses(first: 100) { nodes { id answers { totalCount } } } }"
    for user, seen in (
        ("rm-chaoyang-1", {"srs_1": "2", "srs_2": "2", "srs_3": "2"}),
        # One by a grant, one as a backup manager.
        ("rm-pudong-1", {"srs_4": "1", "srs_7": "1", "srs_8": "1"}),
        ("regional-beijing", {"srs_1": "2", "srs_2": "2", "srs_3": "2", "srs_5": "2", "srs_8": "1"}),
    ):
        shown = await bank.ask(query, user=user)
        counted = {node["id"]: node["answers"]["totalCount"] for node in shown["surveyResponses"]["nodes"]}
        assert counted == seen, user
