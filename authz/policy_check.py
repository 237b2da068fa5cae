"""What is wrong with lines of a policy, before anybody is asked to approve them."""

import re
from collections import Counter
from collections.abc import Sequence

from authz.policy import KNOWN
from domain.policy.model import PolicyLine, PolicyLineKind, exclusion_broken_by, known_roles, with_included

ROLE = re.compile(r"[a-z][a-z0-9_]{0,62}")
WORDS = {"permission": "permission", "reach": "reach", "other_role": "otherRole", "smallest_cell": "smallestCell"}
"""What a line may say besides its role, and what clients call it."""
LARGEST_CELL = 1_000
MOST_INCLUSIONS = 10
"""In a row: as far as Casbin follows them."""


def fault_of_line(line: PolicyLine) -> str | None:
    """What is wrong with its words; None where nothing is."""
    wanted = {
        PolicyLineKind.GRANT: {"permission", "reach"},
        PolicyLineKind.DENY: {"permission"},
        PolicyLineKind.INCLUDE: {"other_role"},
        PolicyLineKind.EXCLUDE: {"other_role"},
        PolicyLineKind.CELL: {"smallest_cell"},
    }[line.kind]
    if {word for word in WORDS if getattr(line, word) is not None} != wanted:
        named = " and ".join(said for word, said in WORDS.items() if word in wanted)
        return f"Besides the role, a line of kind {line.kind.name} has {named}, and nothing else."
    for role in (line.role, line.other_role):
        if role is not None and not ROLE.fullmatch(role):
            return f"{role!r} is no name of a role: small letters, digits and _, beginning with a letter."
    if line.permission is not None and line.permission not in KNOWN:
        return f"There is no permission {line.permission!r}."
    if line.smallest_cell is not None and not 2 <= line.smallest_cell <= LARGEST_CELL:
        return f"A smallest group has 2 to {LARGEST_CELL} rows."
    if line.role == line.other_role:
        return f"“{line}” names one role twice."
    return None


def fault_of_lines(lines: Sequence[PolicyLine]) -> str | None:
    """What is wrong with them together; None where nothing is."""
    for line, count in Counter(map(_subject, lines)).items():
        if count > 1:
            return f"Two lines say something about {', '.join(str(word) for word in line[1:] if word)}."
    roles = known_roles(lines)
    for line in lines:
        named = {line.role, line.other_role or line.role}
        if unknown := named - roles:
            return f"“{line}”: the policy knows no role {min(unknown)}."
    for role in sorted(roles):
        if _steps(role, lines) > MOST_INCLUSIONS:
            return f"{role} includes itself, or more than {MOST_INCLUSIONS} roles one through the other."
    for role in sorted(roles):
        if (line := exclusion_broken_by([role], lines)) is not None:
            included = ", ".join(sorted(with_included([role], lines)))
            return f"{role} would be {included} at once, and “{line}” forbids that."
    return None


def _subject(line: PolicyLine) -> tuple[str, ...]:
    """What a line decides on: no two lines may."""
    others = [line.role, line.other_role or ""]
    if line.kind is PolicyLineKind.EXCLUDE:
        others.sort()
    kind = "GRANT or DENY" if line.permission else line.kind.name
    return (kind, *others, line.permission or "")


def _steps(role: str, lines: Sequence[PolicyLine]) -> int:
    """How many inclusions follow one another from a role on; one more than are allowed where they go in a circle."""
    reached, steps = {role}, 0
    while reached and steps <= MOST_INCLUSIONS:
        reached = {
            str(line.other_role) for line in lines if line.kind is PolicyLineKind.INCLUDE and line.role in reached
        }
        steps += bool(reached)
    return steps
