"""Surveys and what customers answered as clients see them."""

from datetime import date, datetime

from domain.shared.channel import Channel
from domain.survey.model import QuestionKind, SurveyKind
from resolvers.survey import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(Channel)
described(QuestionKind)
described(SurveyKind)


@node(edges.rows, prefix="sur", description="What customers are asked (问卷), between two dates.")
class Survey(Node):
    """A list of questions."""

    title: str = field(edges.title, description="What it is called; ordered by pinyin.")
    kind: SurveyKind = field(description="What customers are asked for.")
    starts_on: date = field(description="First business date on which they are.")
    ends_on: date | None = field(description="Last such date; null: until further notice.")
    questions: ToMany = field(edges.questions, description="Its questions, in their order.")
    responses: ToMany = field(edges.responses, description="What customers answered, newest first.")


@node(edges.question_rows, prefix="suq", description="A question of a survey (题目).")
class SurveyQuestion(Node):
    """One of them."""

    rank: int = field(description="Its place, from 1.")
    kind: QuestionKind = field(description="How it is answered.")
    text: str = field(description="What is asked.")
    survey: ToOne = field(edges.question_survey, description="The survey.")
    answers: ToMany = field(edges.question_answers, description="How customers answered, in order of entry.")


@node(edges.response_rows, prefix="srs", description="What a customer answered to a survey (答卷).")
class SurveyResponse(Node):
    """A filled-in list."""

    channel: Channel = field(description="In which way.")
    responded_at: datetime = field(description="When, UTC.")
    score: int | None = field(description="How they liked it in all, 1 (not at all) to 5.")
    comment: str | None = field(description="What they said besides.")
    survey: ToOne = field(edges.response_survey, description="The survey.")
    customer: ToOne = field(edges.customer, description="Who answered.")
    ticket: ToOne = field(edges.ticket, description="The ticket that they were asked about.")
    staff: ToOne = field(edges.staff_member, description="Who asked; null where they answered by themselves.")
    answers: ToMany = field(edges.answers, description="Question by question.")


@node(edges.answer_rows, prefix="san", description="What a customer answered to one question (答案).")
class SurveyAnswer(Node):
    """A number, or words."""

    score: int | None = field(description="The number: 1 to 5, or 1 for yes and 0 for no.")
    text: str | None = field(description="The words.")
    response: ToOne = field(edges.answer_response, description="With what else they answered.")
    question: ToOne = field(edges.answer_question, description="The question.")
