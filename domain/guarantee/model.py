"""Words of guarantees."""

from enum import StrEnum


class GuaranteeKind(StrEnum):
    """What a guarantor is liable for, and when."""

    JOINT_LIABILITY = "the whole debt, as if it were theirs (连带责任保证)"
    GENERAL = "what is left once the debtor's property is used up (一般保证)"
    MAXIMUM_AMOUNT = "whatever comes to be owed up to an amount (最高额保证)"


class GuaranteeState(StrEnum):
    """How a guarantee stands."""

    IN_FORCE = "binds the guarantor (有效)"
    CALLED = "the guarantor was made to pay (已代偿)"
    RELEASED = "the bank let the guarantor go (已解除)"
    EXPIRED = "its time is over (已到期)"
