"""Keeping what customers answered."""

from datetime import datetime

import strawberry

from domain.shared.channel import Channel
from domain.survey.tables import survey_response
from resolvers.engine.edges import OutcomeRow
from resolvers.survey import commands
from schema.building import described
from schema.errors import InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(Channel)


@strawberry.input(description="An answer to one question: a number, or words.")
class SurveyAnswerInput:
    """As the question wants."""

    question_id: strawberry.ID = strawberry.field(description="The question.")
    score: int | None = strawberry.field(
        description="1 to 5; to a question of yes or no, 1 or 0.", default=strawberry.UNSET
    )
    text: str | None = strawberry.field(description="Words.", default=strawberry.UNSET)


@strawberry.input(description="What a customer answered.")
class RecordSurveyResponseInput:
    """Who, to what, and how."""

    survey_id: strawberry.ID = strawberry.field(description="A survey that goes on.")
    customer_id: strawberry.ID = strawberry.field(description="Who answered.")
    channel: Channel = strawberry.field(description="In which way.")
    answers: list[SurveyAnswerInput] = strawberry.field(description="To each question at most once.")
    score: int | None = strawberry.field(
        description="How they liked it in all, 1 (not at all) to 5.", default=strawberry.UNSET
    )
    comment: str | None = strawberry.field(description="What they said besides.", default=strawberry.UNSET)
    responded_at: datetime | None = strawberry.field(description="When; now unless said.", default=strawberry.UNSET)
    ticket_id: strawberry.ID | None = strawberry.field(
        description="The ticket that they were asked about, one that the reader sees.", default=strawberry.UNSET
    )


mutation(
    "record_survey_response",
    commands.record,
    input=RecordSurveyResponseInput,
    shows={
        "surveyResponse": (
            OutcomeRow(survey_response, "surveyResponse"),
            "What is kept; null where there are errors.",
        )
    },
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Keep what a customer answered to a survey.",
)
