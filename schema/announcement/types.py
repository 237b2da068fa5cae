"""Announcements, their audiences and readers as clients see them."""

from datetime import date, datetime

from domain.announcement.model import AnnouncementState
from domain.shared.priority import Priority
from domain.staff.model import StaffPost
from resolvers.announcement import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(AnnouncementState)
described(Priority)
described(StaffPost)


@node(
    edges.rows,
    prefix="ann",
    description="Something that staff are told (公告). Seen by those to whom it is addressed while it stands, by who "
    "published it, and where the branch that published it is in reach.",
)
class Announcement(Node):
    """News for staff."""

    title: str = field(description="What it is about, in a few words.")
    text: str = field(description="What it says.")
    priority: Priority = field(description="How soon it wants to be read.")
    state: AnnouncementState = field(description="Whether it stands.")
    is_current: bool = field(
        edges.is_current, description="Whether it stands, and its last day is not over; if not, it is history."
    )
    published_at: datetime = field(description="When it was published, UTC.")
    edited_at: datetime | None = field(description="When it was changed the last time, UTC.")
    expires_on: date | None = field(description="Its last day; null where it stands until it is withdrawn.")
    withdrawn_at: datetime | None = field(description="When it was taken back, UTC.")
    withdrawal_reason: str | None = field(description="Why it was taken back.")
    published_by: ToOne = field(edges.published_by, description="Who published it; null where the system did.")
    withdrawn_by: ToOne = field(edges.withdrawn_by, description="Who took it back.")
    branch: ToOne = field(edges.branch, description="Where it was published.")
    audiences: ToMany = field(edges.audiences, description="To whom it is addressed: whomever one of them means.")
    readers: ToMany = field(edges.readers, description="Who has read it, newest first.")


@node(
    edges.audience_rows,
    prefix="aau",
    description="Staff to whom an announcement is addressed (公告范围): those for whom all of it holds; everybody "
    "where it says nothing.",
)
class AnnouncementAudience(Node):
    """Some of the staff."""

    includes_below: bool = field(description="Whether branches below `branch` are meant, too.")
    role: str | None = field(edges.role, description="Those who hold this role, in whatever branch.")
    post: StaffPost | None = field(description="Those who are employed as this.")
    announcement: ToOne = field(edges.audience_announcement, description="The announcement.")
    branch: ToOne = field(edges.audience_branch, description="Those who work in this branch.")
    staff: ToOne = field(edges.audience_staff, description="This one.")


@node(edges.reader_rows, prefix="are", description="That somebody has read an announcement (阅读回执).")
class AnnouncementReader(Node):
    """A receipt."""

    read_at: datetime = field(description="When they read it, as it was in that version; UTC.")
    read_version: int = field(description="The announcement's `version` that they have read.")
    announcement: ToOne = field(edges.reader_announcement, description="The announcement.")
    staff: ToOne = field(edges.reader_staff, description="Who has read it.")
