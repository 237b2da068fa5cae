"""Which rows a reader may reach, as intervals of organisation positions plus the reader's own portfolio."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

Interval = tuple[int, int]
"""First and last organisation position of a subtree, both included."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows of one permission that one reader reaches. `NOTHING` and `EVERYTHING` are its ends."""

    is_everything: bool = False
    intervals: tuple[Interval, ...] = ()
    manager_id: int | None = None
    """The reader, where rows of their own portfolio are in reach: those they manage, and those granted to them."""

    @property
    def is_nothing(self) -> bool:
        """No row at all: a field under such a scope is withheld."""
        return not (self.is_everything or self.intervals or self.manager_id is not None)

    def includes(self, *, position: int, manager_ids: Collection[int | None], is_granted: bool = False) -> bool:
        """Whether a row at `position`, managed by `manager_ids` or granted to the reader, is in reach."""
        return (
            self.is_everything
            or lies_within(position, self.intervals)
            or (self.manager_id is not None and (is_granted or self.manager_id in manager_ids))
        )

    def covers(self, other: "Scope") -> bool:
        """Whether every row that `other` reaches, whatever the data, is reached by this scope too."""
        if self.is_everything or other.is_nothing:
            return True
        return (
            not other.is_everything
            and other.manager_id in (None, self.manager_id)
            and all(any(low <= a and b <= high for low, high in self.intervals) for a, b in other.intervals)
        )


NOTHING = Scope()
EVERYTHING = Scope(is_everything=True)


def lies_within(position: int, intervals: Iterable[Interval]) -> bool:
    """Whether one of the intervals holds the position."""
    return any(low <= position <= high for low, high in intervals)


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same positions in as few intervals as possible, ascending."""
    result: list[Interval] = []
    for low, high in sorted(intervals):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return tuple(result)
