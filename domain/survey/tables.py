"""Surveys and their questions; what customers answered."""

import sqlalchemy as sa

from domain.shared.channel import Channel
from domain.shared.columns import SortKey, c1, c2, choice, from_source, metadata, node, reference
from domain.survey.model import QuestionKind, SurveyKind

survey = sa.Table(
    "survey",
    metadata,
    *node(),
    c1("title", sa.Text),
    c1("title_sort_key", SortKey),
    choice("kind", SurveyKind),
    # Customers are asked on these business dates; no last one: until further notice.
    c1("starts_on", sa.Date),
    c1("ends_on", sa.Date, nullable=True),
    from_source(),
    sa.CheckConstraint("ends_on >= starts_on", name="term"),
    sa.Index(None, "title_sort_key", "id"),
)

survey_question = sa.Table(
    "survey_question",
    metadata,
    *node(sourced=False),
    reference("survey_id", "survey"),
    c1("rank", sa.Integer),
    choice("kind", QuestionKind),
    c1("text", sa.Text),
    sa.UniqueConstraint("survey_id", "rank"),
)

survey_response = sa.Table(
    "survey_response",
    metadata,
    *node(),
    reference("survey_id", "survey"),
    reference("customer_id", "customer"),
    reference("ticket_id", "ticket", nullable=True),
    # Who asked; nobody: the customer answered by themselves.
    reference("staff_id", "staff", nullable=True),
    choice("channel", Channel),
    c1("responded_at", sa.TIMESTAMP(timezone=True)),
    c2("score", sa.Integer, nullable=True),
    c2("comment", sa.Text, nullable=True),
    from_source(),
    sa.CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    sa.Index(None, "survey_id", "responded_at"),
    sa.Index(None, "customer_id", "responded_at"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "staff_id", "responded_at"),
    sa.Index(None, "responded_at", "id"),
)

survey_answer = sa.Table(
    "survey_answer",
    metadata,
    *node(sourced=False),
    reference("survey_response_id", "survey_response"),
    reference("survey_question_id", "survey_question"),
    c2("score", sa.Integer, nullable=True),
    c2("text", sa.Text, nullable=True),
    sa.CheckConstraint("(score IS NULL) <> (text IS NULL) AND score BETWEEN 0 AND 5", name="answer"),
    sa.UniqueConstraint("survey_response_id", "survey_question_id"),
    sa.Index(None, "survey_question_id"),
)
