"""Where the fields of surveys live. Surveys are everybody's; what a customer answered is seen where they are."""

import sqlalchemy as sa

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.staff.tables import staff
from domain.survey.tables import survey, survey_answer, survey_question, survey_response
from domain.ticket.tables import ticket
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Expression, Row, Rows, column, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import for_everyone, through


def _about_response(row: Row) -> Expression:
    """The customer of the response that the row names."""
    named = survey_response.alias(f"survey_response_told_of_{row.source.description}")
    found = sa.select(named.c.customer_id).where(named.c.id == row.c.survey_response_id)
    return found.correlate(row.source).scalar_subquery()


OF_CUSTOMERS = (Permission.SURVEY_RESPONSE_READ, Permission.CUSTOMER_READ)
rows = Rows(survey, reads=(Permission.SURVEY_READ,), visible=for_everyone)
question_rows = Rows(survey_question, reads=(Permission.SURVEY_READ,), visible=for_everyone)
response_rows = Rows(survey_response, reads=OF_CUSTOMERS, visible=of_customer(), about=about("customer_id"))
answer_rows = Rows(
    survey_answer,
    reads=OF_CUSTOMERS,
    visible=through(survey_response, of_customer(), lambda row, owner: owner.c.id == row.c.survey_response_id),
    about=_about_response,
)

title = column(survey.c.title, sort="title_sort_key")
questions = connection(
    survey_question, lambda survey, question: question.c.survey_id == survey.c.id, order=oldest_first("rank")
)
responses = connection(
    survey_response, lambda survey, response: response.c.survey_id == survey.c.id, order=newest_first("responded_at")
)
question_survey = reference(survey, via="survey_id", groups=True, orders_by=("title",))
question_answers = connection(
    survey_answer,
    lambda question, answer: answer.c.survey_question_id == question.c.id,
    order=oldest_first("created_at"),
)
response_survey = reference(survey, via="survey_id", groups=True, orders_by=("title",))
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
ticket = reference(ticket, via="ticket_id")
staff_member = reference(staff, via="staff_id", groups=True, orders_by=("name",))
answers = connection(
    survey_answer,
    lambda response, answer: answer.c.survey_response_id == response.c.id,
    order=oldest_first("survey_question_id"),
    same_customer=True,
)
answer_response = reference(survey_response, via="survey_response_id", same_customer=True)
answer_question = reference(survey_question, via="survey_question_id", groups=True)

all_surveys = connection(survey, order=oldest_first("title_sort_key"))
all_questions = connection(survey_question, order=oldest_first("rank"))
all_responses = connection(survey_response, order=newest_first("responded_at"))
all_answers = connection(survey_answer, order=oldest_first("created_at"))
