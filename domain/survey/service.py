"""Keeping what customers answered, within the caller's transaction. The caller has made sure that who asks may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.command.model import Change, Outcome, invalid_input, not_found
from domain.shared.channel import Channel
from domain.survey.model import SCORES, QuestionKind

SURVEY = "SELECT * FROM ketu.survey WHERE id = $1 FOR SHARE"
QUESTIONS = "SELECT id, kind FROM ketu.survey_question WHERE survey_id = $1"
RECORD = """
    INSERT INTO ketu.survey_response (survey_id, customer_id, ticket_id, staff_id, channel, responded_at, score,
                                      comment)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
"""
ANSWER = """
    INSERT INTO ketu.survey_answer (survey_response_id, survey_question_id, score, text) VALUES ($1, $2, $3, $4)
"""
YES_OR_NO = range(2)


@dataclass(frozen=True, slots=True)
class Answer:
    """To one question: a number, or words."""

    question_id: int
    score: int | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Response:
    """What a customer said."""

    survey_id: int
    customer_id: int
    channel: Channel
    responded_at: datetime
    score: int | None
    comment: str | None
    answers: Sequence[Answer]
    ticket_id: int | None = None


async def record_response(connection: Any, response: Response, *, staff_id: int, today: date, now: datetime) -> Outcome:
    """Keep what a customer answered to a survey that goes on."""
    survey = await connection.fetchrow(SURVEY, response.survey_id)
    if survey is None:
        raise not_found("input", "surveyId")
    if not survey["starts_on"] <= today <= (survey["ends_on"] or today):
        raise invalid_input("Nobody is asked for it on this business date.", "input", "surveyId")
    if response.responded_at > now:
        raise invalid_input("What was not said yet cannot be kept.", "input", "respondedAt")
    if response.score is not None and response.score not in SCORES:
        raise invalid_input(f"A score goes from {SCORES[0]} to {SCORES[-1]}.", "input", "score")
    kinds = {row["id"]: row["kind"] for row in await connection.fetch(QUESTIONS, response.survey_id)}
    for number, answer in enumerate(response.answers):
        _must_answer(answer, kinds, "input", "answers", str(number))
    if len({answer.question_id for answer in response.answers}) < len(response.answers):
        raise invalid_input("Answer each question once.", "input", "answers")
    response_id = await connection.fetchval(
        RECORD, response.survey_id, response.customer_id, response.ticket_id, staff_id, response.channel.name,
        response.responded_at, response.score, response.comment,
    )  # fmt: skip
    told = [(response_id, answer.question_id, answer.score, answer.text) for answer in response.answers]
    await connection.executemany(ANSWER, told)
    change = Change("survey_response", response_id, "RECORDED", [response.customer_id], staff_ids=[staff_id])
    return Outcome({"surveyResponse": response_id}, [change])


def _must_answer(answer: Answer, kinds: dict[int, str], *path: str) -> None:
    """Whether it answers a question of the survey, in the way that the question wants."""
    kind = kinds.get(answer.question_id)
    if kind is None:
        raise not_found(*path, "questionId")
    if kind == QuestionKind.TEXT.name:
        if answer.text is None or answer.score is not None:
            raise invalid_input("It is answered in words.", *path, "text")
        return
    allowed = YES_OR_NO if kind == QuestionKind.YES_NO.name else SCORES
    if answer.text is not None or answer.score not in allowed:
        raise invalid_input(f"It is answered by a number from {allowed[0]} to {allowed[-1]}.", *path, "score")
