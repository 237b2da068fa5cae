"""Positions in a branch tree: preorder numbers with room, so that a new branch moves no other.

The head office spans 100 million numbers, a branch under it one million, then ten thousand, then a hundred: 99 children
each. A branch and everything under it, now and later, lies in [position, position_end].
"""

from collections.abc import Mapping

STEPS = (100_000_000, 1_000_000, 10_000, 100)
MOST_CHILDREN = 99
NO_ROOM = f"There is no room: a branch has {MOST_CHILDREN} others under it at most, and the tree four levels."


class TreeError(ValueError):
    """A tree that has no place for one of its branches; the message names it."""


def placed(
    parents: Mapping[str, str | None],
    known: Mapping[str, tuple[str | None, int]] | None = None,
    highest: Mapping[str, int] | None = None,
) -> dict[str, tuple[int, int]]:
    """(position, position_end) of every branch, each parent listed before its children.

    parents  branch → its parent, None for the head office
    known    branch → (parent, position) where it stands already; it stays there while its parent is the same
    highest  branch → highest position ever taken below it; what a branch has left is not given again
    raises   TreeError when a parent is missing or has more children than room
    """
    known = known or {}
    depths: dict[str, int] = {}
    places: dict[str, tuple[int, int]] = {}
    next_slots: dict[str | None, int] = {}
    for parent, position in known.values():
        beginning = 0 if parent is None else known[parent][1]
        next_slots[parent] = max(next_slots.get(parent, 0), position - beginning + 1)
    for parent, position in (highest or {}).items():
        if parent in known:
            next_slots[parent] = max(next_slots.get(parent, 0), position - known[parent][1] + 1)
    for branch, parent in parents.items():
        if parent is not None and parent not in places:
            raise TreeError(f"branch {branch!r} comes before its parent {parent!r}, or the parent is missing")
        depth = depths[branch] = 0 if parent is None else depths[parent] + 1
        if depth >= len(STEPS) or (parent is None and len(places) > 0):
            raise TreeError(f"branch {branch!r} has no place: a tree has one head office and {len(STEPS)} levels")
        if branch in known and known[branch][0] == parent:
            position = known[branch][1]
        else:
            position = _free(branch, parent, places, next_slots, step=STEPS[depth])
        places[branch] = (position, position + STEPS[depth] - 1)
    return places


def _free(
    branch: str, parent: str | None, places: dict[str, tuple[int, int]], next_slots: dict[str | None, int], *, step: int
) -> int:
    if parent is None:
        return 0
    # Slots count in steps from the parent's own position; a slot that was ever taken is not given again.
    slot = max(1, -(-next_slots.get(parent, 0) // step))
    if slot > MOST_CHILDREN:
        raise TreeError(f"branch {branch!r} has no place: {parent!r} has room for {MOST_CHILDREN} children")
    next_slots[parent] = slot * step + 1
    return places[parent][0] + slot * step
