"""Words of quotations."""

from enum import StrEnum


class QuotationState(StrEnum):
    """How far one has come."""

    REQUESTED = "the customer asked for terms (已询价)"
    OFFERED = "the customer has them (已报价)"
    ACCEPTED = "the customer agrees (已接受)"
    REFUSED = "the customer does not (已拒绝)"
    WITHDRAWN = "the bank takes them back (已撤回)"
    EXPIRED = "nobody answered in time (已过期)"
