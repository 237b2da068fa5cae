"""The policy as files, one per concept: what a new database begins with."""

from pathlib import Path

from authz.permissions import Permission, Reach
from authz.policy import Policy, policy_of
from domain.policy.model import PolicyLine, PolicyLineKind

FOLDER = Path(__file__).parent / "policy"


def read_lines(folder: Path = FOLDER) -> list[PolicyLine]:
    """The lines of all files of a folder.

    raises  ValueError  naming file and line, when a line has an unknown shape, permission or reach
    """
    lines: list[PolicyLine] = []
    for path in sorted(folder.glob("*.csv")):
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            words = [word.strip() for word in text.split(",")]
            if words == [""] or words[0].startswith("#"):
                continue
            try:
                lines.append(_line(words))
            except ValueError as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from error
    return lines


def _line(words: list[str]) -> PolicyLine:
    match words:
        case ["p", role, permission, reach]:
            return PolicyLine(PolicyLineKind.GRANT, role, Permission(permission).value, Reach(reach))
        case ["deny", role, permission]:
            return PolicyLine(PolicyLineKind.DENY, role, Permission(permission).value)
        case ["g", role, included]:
            return PolicyLine(PolicyLineKind.INCLUDE, role, other_role=included)
        case ["exclude", role, other]:
            return PolicyLine(PolicyLineKind.EXCLUDE, role, other_role=other)
        case ["p2", role, smallest_cell]:
            return PolicyLine(PolicyLineKind.CELL, role, smallest_cell=int(smallest_cell))
        case _:
            raise ValueError(
                "write `p, role, permission, reach`, `deny, role, permission`, `g, role, included role`, "
                "`exclude, role, other role` or `p2, role, cell size`"
            )


def load_policy(folder: Path = FOLDER) -> Policy:
    """The policy that the files make. Raises what `read_lines` does."""
    return policy_of(read_lines(folder))
