"""Words of announcements."""

from enum import StrEnum

LONGEST_TITLE = 200
LONGEST_TEXT = 20_000
MOST_AUDIENCES = 100


class AnnouncementState(StrEnum):
    """Whether an announcement stands."""

    PUBLISHED = "it stands; past its last day, as history (已发布)"
    WITHDRAWN = "it was taken back (已撤回)"
