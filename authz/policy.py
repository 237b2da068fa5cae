"""From policy lines to scopes: Casbin decides capability and reach, the branch tree turns reach into positions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import casbin

from authz.permissions import Permission, Reach
from authz.subject import HeldRole, Subject
from domain.shared.scope import EVERYTHING, NOTHING, Interval, Scope, merged

HERE = Path(__file__).parent
WIDTH = {reach: width for width, reach in enumerate(Reach)}


@dataclass(frozen=True, slots=True)
class Policy:
    """The widest reach of each role for each permission, inheritance included; silence means no."""

    reaches: Mapping[str, Mapping[Permission, Reach]]
    smallest_cells: Mapping[str, int]

    def scope(self, subject: Subject, permission: Permission) -> Scope:
        """The rows that `permission` lets `subject` reach: the union over the roles they hold."""
        intervals: list[Interval] = []
        manager_id: int | None = None
        for held in subject.roles:
            reach = self.reaches.get(held.role, {}).get(permission)
            if reach is None:
                continue
            if reach is Reach.BANK:
                return EVERYTHING
            manager_id = subject.staff_id
            intervals.extend(_intervals(held, reach))
        if manager_id is None:
            return NOTHING
        return Scope(intervals=merged(intervals), manager_id=manager_id)

    def smallest_cell(self, subject: Subject) -> int:
        """Groups of fewer rows than this are suppressed in aggregates; 1 where no policy line asks for more.

        A reader with several roles has the weakest of their restrictions: each role alone would let them see.
        """
        return min((self.smallest_cells.get(held.role, 1) for held in subject.roles), default=1)

    @property
    def roles(self) -> list[str]:
        """Every role that the policy knows."""
        return sorted(self.reaches)


def _intervals(held: HeldRole, reach: Reach) -> Iterable[Interval]:
    match reach:
        case Reach.BRANCH:
            return [(held.position, held.position)]
        case Reach.SUBTREE:
            return [(held.position, held.position_end)]
        case _:
            return []


def load_policy(folder: Path = HERE / "policy") -> Policy:
    """Read the policy files, one per concept, through Casbin.

    raises  ValueError  naming file and line, when a line has an unknown shape, permission or reach
    """
    enforcer = casbin.Enforcer(str(HERE / "model.conf"))
    for path in sorted(folder.glob("*.csv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            words = [word.strip() for word in line.split(",")]
            try:
                _add(enforcer, words)
            except ValueError as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from error
    return policy_of(enforcer)


def _add(enforcer: casbin.Enforcer, words: list[str]) -> None:
    match words:
        case [""]:
            pass
        case [comment, *_] if comment.startswith("#"):
            pass
        case ["p", role, permission, reach]:
            enforcer.add_policy(role, Permission(permission).value, Reach(reach).value)
        case ["p2", role, smallest_cell]:
            enforcer.add_named_policy("p2", role, str(int(smallest_cell)))
        case ["g", role, included]:
            enforcer.add_grouping_policy(role, included)
        case _:
            raise ValueError("write `p, role, permission, reach`, `g, role, included role` or `p2, role, cell size`")


def policy_of(enforcer: casbin.Enforcer) -> Policy:
    """Index an enforcer's lines by role, once, so that a scope costs microseconds."""
    lines = enforcer.get_policy()
    roles = {line[0] for line in lines} | {word for line in enforcer.get_grouping_policy() for word in line}
    reaches: dict[str, dict[Permission, Reach]] = {}
    for role in roles:
        granted: dict[Permission, Reach] = {}
        names = {role, *enforcer.get_implicit_roles_for_user(role)}
        for holder, permission, word in lines:
            reach = Reach(word)
            known = granted.get(Permission(permission))
            if holder in names and (known is None or WIDTH[reach] > WIDTH[known]):
                granted[Permission(permission)] = reach
        reaches[role] = granted
    cells = {role: int(size) for role, size in enforcer.get_named_policy("p2")}
    return Policy(reaches=reaches, smallest_cells=cells)
