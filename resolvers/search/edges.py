"""What is searched for, and how it is found."""

import sqlalchemy as sa

from domain.account.tables import account, account_holder
from domain.branch.tables import branch
from domain.card.tables import card
from domain.customer.tables import contact_point, customer, identity_document
from domain.household.tables import household
from domain.product.tables import product
from domain.search.model import SearchKind, SearchMatch
from domain.search.text import Form
from domain.staff.tables import staff
from domain.ticket.tables import ticket
from resolvers.engine.edges import Clause, Expression, Row, Search
from resolvers.engine.search import Sought
from resolvers.search.ways import (
    ByIdentifier,
    ByInitials,
    ByKey,
    ByMember,
    ByPart,
    ByPartOfFew,
    BySyllables,
    itself,
    of_customer,
)


def _in_portfolio(customer: Row, reader: Expression) -> Clause:
    return sa.or_(customer.c.manager_id == reader, customer.c.backup_manager_id == reader)


def _of_holders(customer: Row, account: Row) -> tuple[list[Clause], list[sa.FromClause]]:
    holder = account_holder.alias(f"holder_of_{account.source.description}")
    return [holder.c.account_id == account.c.id, customer.c.id == holder.c.customer_id], [holder]


def _is_spelled(form: Form) -> bool:
    return form.is_spelled


def _has_digit(form: Form) -> bool:
    return form.has_digit


NAME = ByKey("name", "NAME", "NAME_START")
PINYIN = ByKey("name_sort_key", "PINYIN", "PINYIN", _is_spelled)


def _number(column: str) -> ByKey:
    return ByKey(column, "NUMBER", "NUMBER_START", _has_digit)


CUSTOMERS = Sought(
    customer,
    (
        ByIdentifier(
            identity_document, of_customer, "CERTIFICATE", "CERTIFICATE_END", lambda form: form.is_certificate
        ),
        ByIdentifier(contact_point, of_customer, "PHONE", "PHONE_END", lambda form: form.is_phone),
        ByIdentifier(account, _of_holders, "ACCOUNT_NUMBER", "ACCOUNT_NUMBER_END", lambda form: form.is_account),
        ByIdentifier(card, of_customer, "CARD_NUMBER", "CARD_NUMBER_END", lambda form: form.is_card),
        _number("customer_no"),
        NAME,
        PINYIN,
        ByInitials(),
        ByPart(),
    ),
    own=_in_portfolio,
)
HOUSEHOLDS = Sought(
    household, (ByMember("name"), ByMember("name_sort_key", _is_spelled)), own=_in_portfolio, owned=customer
)
ACCOUNTS = Sought(
    account,
    (ByIdentifier(account, itself, "ACCOUNT_NUMBER", "ACCOUNT_NUMBER_END", lambda form: form.is_account),),
)
CARDS = Sought(card, (ByIdentifier(card, itself, "CARD_NUMBER", "CARD_NUMBER_END", lambda form: form.is_card),))
TICKETS = Sought(ticket, (_number("ticket_no"),), own=lambda ticket, reader: ticket.c.assigned_to_id == reader)
STAFF = Sought(staff, (_number("staff_no"), NAME, PINYIN, BySyllables()))
BRANCHES = Sought(branch, (_number("branch_no"), NAME, PINYIN, BySyllables(), ByPartOfFew()))
PRODUCTS = Sought(product, (_number("product_no"), NAME, PINYIN, BySyllables(), ByPartOfFew()))

search = Search(
    {
        SearchKind.CUSTOMER.name: CUSTOMERS,
        SearchKind.HOUSEHOLD.name: HOUSEHOLDS,
        SearchKind.ACCOUNT.name: ACCOUNTS,
        SearchKind.CARD.name: CARDS,
        SearchKind.TICKET.name: TICKETS,
        SearchKind.STAFF.name: STAFF,
        SearchKind.BRANCH.name: BRANCHES,
        SearchKind.PRODUCT.name: PRODUCTS,
    },
    tuple(match.name for match in SearchMatch),
)
