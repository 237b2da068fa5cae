"""Words of notes."""

from enum import StrEnum

LONGEST_TEXT = 4_000


class NoteState(StrEnum):
    """Whether a note still says something."""

    KEPT = "there to be read"
    REMOVED = "taken away; that there was one is kept, what it said is not"
