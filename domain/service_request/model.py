"""Words of account service requests."""

from enum import StrEnum

LONGEST_REFERENCE = 100
LONGEST_TEXT = 1_000


class ServiceRequestKind(StrEnum):
    """What core banking is asked to do."""

    OPEN_ACCOUNT = "open an account (开户)"
    CLOSE_ACCOUNT = "close an account (销户)"
    FREEZE_ACCOUNT = "block an account for withdrawals (冻结)"
    UNFREEZE_ACCOUNT = "take such a block away (解冻)"
    APPLY_FOR_LOAN = "decide on a loan (贷款申请)"


class ServiceRequestState(StrEnum):
    """How far a request has come."""

    SUBMITTED = "waits to be sent (待发送)"
    SENT = "core banking has it (处理中)"
    DONE = "core banking has done it (已完成)"
    REFUSED = "core banking does not do it (已拒绝)"
    WITHDRAWN = "the customer wants it no more (已撤回)"


UNDER_WAY = (ServiceRequestState.SUBMITTED, ServiceRequestState.SENT)
NEXT = {
    ServiceRequestState.SUBMITTED: (
        ServiceRequestState.SENT,
        ServiceRequestState.REFUSED,
        ServiceRequestState.WITHDRAWN,
    ),
    ServiceRequestState.SENT: (ServiceRequestState.DONE, ServiceRequestState.REFUSED),
}
"""Whereto each state leads; from the others, nowhere."""
OF_ACCOUNT = {
    ServiceRequestKind.CLOSE_ACCOUNT: ("OPEN", "FROZEN"),
    ServiceRequestKind.FREEZE_ACCOUNT: ("OPEN",),
    ServiceRequestKind.UNFREEZE_ACCOUNT: ("FROZEN",),
}
"""Kinds that are about an account, and the states that it may be in."""
OF_PRODUCT = {
    ServiceRequestKind.OPEN_ACCOUNT: ("DEPOSIT", "WEALTH", "FUND", "SECURITIES"),
    ServiceRequestKind.APPLY_FOR_LOAN: ("LOAN",),
}
"""Kinds that are about a product, and the categories that it may be of."""
