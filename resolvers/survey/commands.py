"""Keeping what customers answered."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import written_if_given
from domain.command.model import Outcome, not_found
from domain.shared.channel import Channel
from domain.survey import service
from domain.survey.model import LONGEST_TEXT
from domain.survey.service import Answer, Response
from resolvers.customer.reach import customer_named
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.ticket.reach import ticket_named


async def _record(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    survey_id = context.row_id("Survey", given["survey_id"], "input", "surveyId")
    if context.reader.scope_of[Permission.SURVEY_READ].is_nothing:
        raise not_found("input", "surveyId")
    customer_id = await customer_named(context, given, Permission.SURVEY_RESPONSE_RECORD)
    response = Response(
        survey_id,
        customer_id,
        Channel[given["channel"].name],
        given.get("responded_at") or context.now,
        given.get("score"),
        written_if_given(given.get("comment"), LONGEST_TEXT, "input", "comment"),
        [_answer(context, each, str(number)) for number, each in enumerate(given["answers"])],
        ticket_id=await ticket_named(context, given.get("ticket_id"), "input", "ticketId"),
    )
    staff_id = context.staff_id
    return await service.record_response(
        context.connection, response, staff_id=staff_id, today=context.business_date, now=context.now
    )


def _answer(context: CommandContext, given: Mapping[str, Any], number: str) -> Answer:
    path = ("input", "answers", number)
    return Answer(
        context.row_id("SurveyQuestion", given["question_id"], *path, "questionId"),
        given.get("score"),
        written_if_given(given.get("text"), LONGEST_TEXT, *path, "text"),
    )


record = Command("RecordSurveyResponsePayload", Permission.SURVEY_RESPONSE_RECORD, _record)
