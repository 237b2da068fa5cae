"""From policy lines to scopes: Casbin decides capability and reach, the branch tree turns reach into positions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import casbin

from authz.permissions import Permission, Reach
from authz.subject import HeldRole, Subject
from domain.policy.model import PolicyLine, PolicyLineKind
from domain.shared.scope import EVERYTHING, NOTHING, Interval, Scope, lies_within, merged

MODEL = Path(__file__).parent / "model.conf"
WIDTH = {reach: width for width, reach in enumerate(Reach)}
KNOWN = {permission.value for permission in Permission}


@dataclass(frozen=True, slots=True)
class Place:
    """What of a row decides whether a reach comes to it."""

    position: int
    manager_ids: Collection[int | None] = ()
    is_granted: bool = False

    def is_own(self, staff_id: int) -> bool:
        """Whether the row is in the portfolio of `staff_id`, to whom the grants apply."""
        return self.is_granted or staff_id in self.manager_ids


def comes_to(reach: Reach, held: HeldRole, staff_id: int, place: Place) -> bool:
    """Whether a reach, counted from the branch in which a role is held, comes to a row. One's own are always in it."""
    match reach:
        case Reach.OWN:
            return place.is_own(staff_id)
        case Reach.BRANCH:
            return place.is_own(staff_id) or lies_within(place.position, held.of_branch)
        case Reach.SUBTREE:
            return place.is_own(staff_id) or lies_within(place.position, held.of_subtree)
        case Reach.BANK:
            return True


@dataclass(frozen=True, slots=True)
class Policy:
    """The widest reach of each role for each permission, inheritance included; silence means no."""

    reaches: Mapping[str, Mapping[Permission, Reach]]
    smallest_cells: Mapping[str, int]
    denied: Mapping[str, Collection[Permission]] = field(default_factory=dict)
    """What whoever holds a role has under no role at all, inheritance included."""
    included: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By role, itself and the roles that it includes."""
    lines: tuple[PolicyLine, ...] = ()

    def scope(self, subject: Subject, permission: Permission) -> Scope:
        """The rows that `permission` lets `subject` reach: the union over the roles they hold, or none if denied."""
        intervals: list[Interval] = []
        manager_id: int | None = None
        for held, reach in self.held_reaches(subject, permission):
            if reach is Reach.BANK:
                return EVERYTHING
            manager_id = subject.staff_id
            intervals.extend(intervals_of(held, reach))
        if manager_id is None:
            return NOTHING
        return Scope(intervals=merged(intervals), manager_id=manager_id)

    def held_reaches(self, subject: Subject, permission: Permission) -> list[tuple[HeldRole, Reach]]:
        """The roles of `subject` that grant the permission, and how far each does; none where it is denied."""
        if self.is_denied((held.role for held in subject.roles), permission):
            return []
        found = ((held, self.reaches.get(held.role, {}).get(permission)) for held in subject.roles)
        return [(held, reach) for held, reach in found if reach is not None]

    def is_denied(self, roles: Iterable[str], permission: Permission) -> bool:
        """Whether holding one of the roles takes the permission away."""
        return any(permission in self.denied.get(role, ()) for role in roles)

    def allows(self, roles: Collection[str], permission: Permission) -> bool:
        """Whether somebody with these roles has the permission, as far as it may reach."""
        granted = any(permission in self.reaches.get(role, {}) for role in roles)
        return granted and not self.is_denied(roles, permission)

    def smallest_cell(self, subject: Subject) -> int:
        """Groups of fewer rows than this are suppressed in aggregates; 1 where no policy line asks for more.

        A reader with several roles has the weakest of their restrictions: each role alone would let them see.
        """
        return min((self.smallest_cells.get(held.role, 1) for held in subject.roles), default=1)

    @property
    def roles(self) -> list[str]:
        """Every role that the policy knows."""
        return sorted(self.reaches)


def intervals_of(held: HeldRole, reach: Reach) -> Sequence[Interval]:
    """The positions that a reach comes to from the branch in which a role is held; one's own rows stand anywhere."""
    match reach:
        case Reach.BRANCH:
            return held.of_branch
        case Reach.SUBTREE:
            return held.of_subtree
        case _:
            return ()


def enforcer_of(lines: Iterable[PolicyLine]) -> casbin.Enforcer:
    """Casbin with these lines: `enforce(subject, permission, place)` is what scopes have to agree with."""
    enforcer = casbin.Enforcer(str(MODEL))

    def reaches(subject: Subject, role: str, reach: str, place: Place) -> bool:
        includes = enforcer.get_role_manager().has_link
        return any(
            includes(held.role, role) and comes_to(Reach(reach), held, subject.staff_id, place)
            for held in subject.roles
        )

    enforcer.add_function("reaches", reaches)
    for line in lines:
        match line.kind:
            case PolicyLineKind.GRANT:
                enforcer.add_policy(line.role, line.permission, line.reach, "allow")
            case PolicyLineKind.DENY:
                enforcer.add_policy(line.role, line.permission, Reach.BANK, "deny")
            case PolicyLineKind.INCLUDE:
                enforcer.add_grouping_policy(line.role, line.other_role)
            case PolicyLineKind.CELL:
                enforcer.add_named_policy("p2", line.role, str(line.smallest_cell))
            case PolicyLineKind.EXCLUDE:
                enforcer.add_named_policy("p3", line.role, line.other_role)
    return enforcer


def policy_of(lines: Iterable[PolicyLine]) -> Policy:
    """Index the lines by role, once, so that a scope costs microseconds.

    A permission that this version of the software does not know is passed over: a newer one may have proposed it.
    """
    lines = tuple(lines)
    enforcer = enforcer_of(lines)
    words = {word for line in enforcer.get_grouping_policy() for word in line}
    roles = {line[0] for line in enforcer.get_policy()} | words
    included = {role: frozenset({role, *enforcer.get_implicit_roles_for_user(role)}) for role in roles}
    reaches: dict[str, dict[Permission, Reach]] = {role: {} for role in roles}
    denied: dict[str, set[Permission]] = {role: set() for role in roles}
    for holder, name, word, effect in enforcer.get_policy():
        if name not in KNOWN:
            continue
        permission, reach = Permission(name), Reach(word)
        for role in roles:
            if holder not in included[role]:
                continue
            known = reaches[role].get(permission)
            if effect == "deny":
                denied[role].add(permission)
            elif known is None or WIDTH[reach] > WIDTH[known]:
                reaches[role][permission] = reach
    return Policy(reaches, _cells(enforcer, included), denied, included, lines)


def _cells(enforcer: casbin.Enforcer, included: Mapping[str, Collection[str]]) -> dict[str, int]:
    """By role, its own smallest cell, or else the strictest of those that come with what it includes."""
    own = {role: int(size) for role, size in enforcer.get_named_policy("p2")}
    inherited = {role: max((own[each] for each in names if each in own), default=1) for role, names in included.items()}
    return {role: size for role, size in (inherited | own).items() if size > 1}
