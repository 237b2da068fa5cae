"""Which relations go together: what follows from one, and what contradicts it."""

from domain.customer.model import CustomerKind
from domain.relation.model import RelationType

PERSON, ORGANISATION = CustomerKind.PERSON, CustomerKind.ORGANISATION
COUNTERPART = {
    RelationType.SPOUSE: RelationType.SPOUSE,
    RelationType.PARENT: RelationType.CHILD,
    RelationType.CHILD: RelationType.PARENT,
}
"""What each end is to the other; both are kept, so that it reads the same from either."""
FROM_KIND = {
    RelationType.SPOUSE: PERSON,
    RelationType.PARENT: PERSON,
    RelationType.CHILD: PERSON,
    RelationType.EMPLOYER: PERSON,
    **dict.fromkeys(
        (
            RelationType.KEY_PERSON,
            RelationType.LEGAL_REPRESENTATIVE,
            RelationType.BENEFICIAL_OWNER,
            RelationType.SHAREHOLDER,
            RelationType.FINANCE_OFFICER,
        ),
        ORGANISATION,
    ),
}
TO_KIND = {
    RelationType.SPOUSE: PERSON,
    RelationType.PARENT: PERSON,
    RelationType.CHILD: PERSON,
    **dict.fromkeys(
        (
            RelationType.KEY_PERSON,
            RelationType.LEGAL_REPRESENTATIVE,
            RelationType.BENEFICIAL_OWNER,
            RelationType.FINANCE_OFFICER,
        ),
        PERSON,
    ),
}
"""What the two ends have to be, where that is not all the same."""
FAMILY = {RelationType.SPOUSE, RelationType.PARENT, RelationType.CHILD}
"""Two people are one of these to each other, and only one."""
ONE_WAY = {RelationType.EMPLOYER, RelationType.REFERRER}
"""Nobody is to somebody what that one is to them."""
FOUND = {RelationType.JOINT_HOLDER}
"""Follows from accounts; nobody tells it."""


def fits(type_: RelationType, from_kind: CustomerKind, to_kind: CustomerKind) -> bool:
    """Whether customers of these kinds can be that to each other."""
    return FROM_KIND.get(type_, from_kind) is from_kind and TO_KIND.get(type_, to_kind) is to_kind


def contradicts(type_: RelationType, other: RelationType, *, is_reverse: bool) -> bool:
    """Whether a relation cannot be beside another between the same two.

    is_reverse  the other one goes the other way
    """
    if type_ in FAMILY and other in FAMILY:
        return other is not (COUNTERPART[type_] if is_reverse else type_)
    return is_reverse and other is type_ and type_ in ONE_WAY
