"""Credit dossiers and their entries as clients see them."""

from datetime import date

from domain.credit_dossier.model import CreditDossierEntryKind, CreditDossierState, CreditRating, LoanClass
from resolvers.credit_dossier import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToMany, ToOne, field, node

for _words in (CreditDossierEntryKind, CreditDossierState, CreditRating, LoanClass):
    described(_words)


@node(edges.rows, prefix="cdo", description="What a customer may owe the bank, and how they are rated (授信档案).")
class CreditDossier(Node):
    """A limit, and how it came about."""

    dossier_no: str = field(description="The bank's own number of the dossier.")
    state: CreditDossierState = field(description="How far it has come.")
    rating: CreditRating | None = field(description="How the customer is rated; null: not yet.")
    loan_class: LoanClass | None = field(description="Class of what they owe (五级分类); null: they owe nothing.")
    limit_amount: Money = field(edges.limit, description="What they may owe at most (授信额度).")
    used_amount: Money = field(edges.used, description="What of it they use (已用额度).")
    currency: str = field(description="Currency, ISO 4217.")
    opened_on: date = field(description="Day of the application.")
    expires_on: date | None = field(description="Last day on which the limit may be used.")
    reviewed_on: date | None = field(description="Day of the last review.")
    review_due_on: date | None = field(description="Day by which it has to be reviewed.")
    customer: ToOne = field(edges.customer, description="Whose credit it is.")
    handled_by: ToOne = field(edges.handled_by, description="Who looks after it; null: nobody at the moment.")
    entries: ToMany = field(edges.entries, description="How it came about, in order.")


@node(edges.entry_rows, prefix="cde", description="A step in the life of a credit (授信记录).")
class CreditDossierEntry(Node):
    """Who did what, and when."""

    kind: CreditDossierEntryKind = field(description="What happened.")
    happened_on: date = field(description="When.")
    rating: CreditRating | None = field(description="The rating that came of it.")
    limit_amount: Money | None = field(edges.limit_then, description="The limit that came of it.")
    currency: str = field(description="Currency, ISO 4217.")
    note: str | None = field(description="What else there is to know.")
    dossier: ToOne = field(edges.dossier, description="The dossier.")
    staff: ToOne = field(edges.entry_staff, description="Who did it; null: a committee, or the system.")
