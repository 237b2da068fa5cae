"""Why a permission comes to a row or does not: each role somebody holds, each line of the policy about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from authz.permissions import Permission, Reach
from authz.policy import Place, Policy, intervals_of
from authz.subject import HeldRole, Subject
from domain.policy.model import PolicyLine, PolicyLineKind
from domain.shared.scope import lies_within


class AccessVerdict(StrEnum):
    """What somebody gets to see of a row, or of a field of it."""

    VISIBLE = "they see it"
    ABSENT = "the row is in no list, count or path of theirs"
    WITHHELD = "they see the field of no row at all: null, and named in `extensions.withheld`"
    GUARDED = "they see the field of other rows; of this one it is null"
    EMPTY = "the field leads to no row that you may see"
    NO_SIGN_IN = "they cannot sign in"


class AccessReasonKind(StrEnum):
    """What a reason consists of."""

    BANK = "a role's reach is the whole bank"
    POSITION = "a role's reach comes to the branch from that in which it is held"
    PRIMARY_MANAGER = "they are the customer's manager (A角)"
    BACKUP_MANAGER = "they are the customer's backup manager (B角)"
    ACCESS_GRANT = "the customer was granted to them, and today is within its dates"
    THEMSELVES = "the row is about themselves, or work of theirs"
    REFERENCE_DATA = "whoever has the permission sees every row"
    PAST_OR_FUTURE_GRANT = "the customer was granted to them, but today is not within its dates"
    OUT_OF_REACH = "a role has the permission, but its reach does not come to the row"
    DENIED = "a role denies the permission, whatever others grant"
    NO_LINE = "no role of theirs has the permission"
    BEYOND_YOU = "it is so by way of a customer whom you may not see"

    @property
    def lets_through(self) -> bool:
        """Whether it speaks for seeing the row."""
        return self in LETS_THROUGH


LETS_THROUGH = {
    AccessReasonKind.BANK,
    AccessReasonKind.POSITION,
    AccessReasonKind.PRIMARY_MANAGER,
    AccessReasonKind.BACKUP_MANAGER,
    AccessReasonKind.ACCESS_GRANT,
    AccessReasonKind.THEMSELVES,
    AccessReasonKind.REFERENCE_DATA,
    AccessReasonKind.BEYOND_YOU,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A role held in a branch, and the line of the policy that says something about the permission."""

    kind: AccessReasonKind
    held: HeldRole | None = None
    line: PolicyLine | None = None


def lines_about(policy: Policy, subject: Subject, permission: Permission) -> Iterator[tuple[HeldRole, PolicyLine]]:
    """The lines that a subject's roles, and what these include, have about a permission."""
    for held in subject.roles:
        included = policy.included.get(held.role, ())
        for line in policy.lines:
            if line.permission == permission.value and line.role in included:
                yield held, line


def reasons(policy: Policy, subject: Subject, permission: Permission, place: Place | None) -> Iterator[Reason]:
    """Why the permission comes to a row at `place`, or does not; a row at None is reference data."""
    spoken = False
    for held, line in lines_about(policy, subject, permission):
        spoken = True
        for kind in _kinds(held, line, subject.staff_id, place):
            yield Reason(kind, held, line)
    if not spoken:
        yield Reason(AccessReasonKind.NO_LINE)


def _kinds(held: HeldRole, line: PolicyLine, staff_id: int, place: Place | None) -> Iterator[AccessReasonKind]:
    if line.kind is PolicyLineKind.DENY:
        yield AccessReasonKind.DENIED
    elif place is None:
        yield AccessReasonKind.REFERENCE_DATA
    elif line.reach is Reach.BANK:
        yield AccessReasonKind.BANK
    else:
        reached = () if line.reach is None else intervals_of(held, line.reach)
        ways = [
            (AccessReasonKind.POSITION, lies_within(place.position, reached)),
            (AccessReasonKind.PRIMARY_MANAGER, staff_id == next(iter(place.manager_ids), None)),
            (AccessReasonKind.BACKUP_MANAGER, staff_id in list(place.manager_ids)[1:]),
            (AccessReasonKind.ACCESS_GRANT, place.is_granted),
        ]
        found = [kind for kind, is_so in ways if is_so]
        yield from found or [AccessReasonKind.OUT_OF_REACH]
