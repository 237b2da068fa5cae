"""Words and rules of life events."""

from datetime import date, timedelta
from enum import StrEnum

LONGEST_NOTE = 1_000
LONGEST_PAST = timedelta(days=120 * 366)
LONGEST_FUTURE = timedelta(days=20 * 366)


class LifeEventKind(StrEnum):
    """What changes in somebody's life, or in that of an organisation."""

    BIRTH = "a child is born (生育)"
    SCHOOL = "a child goes to school (入学)"
    STUDY_ABROAD = "studies abroad, or a child of theirs does (留学)"
    GRADUATION = "finishes their studies (毕业)"
    NEW_JOB = "begins to work somewhere (入职)"
    JOB_LOSS = "loses their work (失业)"
    RETIREMENT = "retires (退休)"
    MARRIAGE = "marries (结婚)"
    DIVORCE = "divorces (离婚)"
    DEATH = "dies (身故)"
    BEREAVEMENT = "loses somebody close to them (丧亲)"
    MOVE = "moves house (搬家)"
    HOME_PURCHASE = "buys a home (购房)"
    CAR_PURCHASE = "buys a car (购车)"
    INHERITANCE = "inherits, or is given much (继承、受赠)"
    ILLNESS = "is seriously ill (重病)"
    EMIGRATION = "leaves the country for good (移居海外)"
    BUSINESS_FOUNDED = "founds a business (创业)"
    LISTING = "the organisation goes public (上市)"
    EXPANSION = "the organisation builds or buys something big (扩建)"


class LifeEventEvidence(StrEnum):
    """What the bank knows it from."""

    DECLARED = "told by the customer (客户告知)"
    DOCUMENT = "a document shows it (凭证)"
    TRANSACTIONS = "payments show it (交易推断)"
    STAFF = "somebody of the bank learnt it (员工获知)"
    EXTERNAL = "a register or list outside the bank (外部信息)"


class LifeEventState(StrEnum):
    """Whether it still counts."""

    RECORDED = "it happens, as far as the bank knows"
    WITHDRAWN = "it was taken down by mistake"


def fault_of(happens_on: date, *, today: date) -> str | None:
    """Why nothing can have happened, or be known to happen, that day; None where it can."""
    if happens_on < today - LONGEST_PAST:
        return "Nobody alive has seen that day."
    if happens_on > today + LONGEST_FUTURE:
        return "Nobody knows what happens so far ahead."
    return None
