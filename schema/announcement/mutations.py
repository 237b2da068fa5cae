"""Publishing announcements, changing them, taking them back, and saying that one has read them."""

from datetime import date

import strawberry

from domain.announcement.tables import announcement, announcement_reader
from domain.shared.priority import Priority
from domain.staff.model import StaffPost
from resolvers.announcement import commands
from resolvers.engine.edges import OutcomeRow
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(Priority)
described(StaffPost)

SHOWN = "The announcement as it is now; null where there are errors."
SHOWS = {"announcement": (OutcomeRow(announcement, "announcement"), SHOWN)}
VERSION = "Its `version` as the client read it."


@strawberry.input(description="Staff for whom all of it holds; everybody where nothing is said.")
class AnnouncementAudienceInput:
    """Some of the staff."""

    branch_id: strawberry.ID | None = strawberry.field(
        description="Those who work in this branch.", default=strawberry.UNSET
    )
    includes_below: bool = strawberry.field(description="Whether branches below that one are meant, too.", default=True)
    role: str | None = strawberry.field(
        description="Those who hold this role of the policy, in whatever branch.", default=strawberry.UNSET
    )
    post: StaffPost | None = strawberry.field(description="Those who are employed as this.", default=strawberry.UNSET)
    staff_id: strawberry.ID | None = strawberry.field(description="This one.", default=strawberry.UNSET)


@strawberry.input(description="Something to tell others.")
class PublishAnnouncementInput:
    """A new announcement."""

    title: str = strawberry.field(description="What it is about, in a few words.")
    text: str = strawberry.field(description="What it says.")
    audiences: list[AnnouncementAudienceInput] = strawberry.field(
        description="Whom it is for: 1 to 100 audiences; whoever one of them means."
    )
    priority: Priority | None = strawberry.field(
        description="How soon it wants to be read; NORMAL unless said.", default=strawberry.UNSET
    )
    expires_on: date | None = strawberry.field(
        description="Its last day, not before the business date; unless said, it stands until it is withdrawn.",
        default=strawberry.UNSET,
    )


@strawberry.input(description="What an announcement says from here on; what is not named stays.")
class EditAnnouncementInput:
    """Changes of it."""

    id: strawberry.ID = strawberry.field(description="The announcement.")
    expected_version: int = strawberry.field(description=VERSION)
    title: str | None = strawberry.field(description="What it is about.", default=strawberry.UNSET)
    text: str | None = strawberry.field(description="What it says.", default=strawberry.UNSET)
    priority: Priority | None = strawberry.field(description="How soon it wants to be read.", default=strawberry.UNSET)
    expires_on: date | None = strawberry.field(
        description="Its last day; null: it stands until it is withdrawn.", default=strawberry.UNSET
    )
    audiences: list[AnnouncementAudienceInput] | None = strawberry.field(
        description="Whom it is for, instead of those before.", default=strawberry.UNSET
    )


@strawberry.input(description="An announcement that is to be taken back.")
class WithdrawAnnouncementInput:
    """Which one, and why."""

    id: strawberry.ID = strawberry.field(description="The announcement.")
    expected_version: int = strawberry.field(description=VERSION)
    reason: str | None = strawberry.field(description="Why.", default=strawberry.UNSET)


@strawberry.input(description="An announcement that the reader has read.")
class ReadAnnouncementInput:
    """Which one."""

    id: strawberry.ID = strawberry.field(description="The announcement.")


mutation(
    "publish_announcement",
    commands.publish,
    input=PublishAnnouncementInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Tell staff something.",
)
mutation(
    "edit_announcement",
    commands.edit,
    input=EditAnnouncementInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Change what an announcement says, or whom it is for. Who has read it has not read the change.",
)
mutation(
    "withdraw_announcement",
    commands.withdraw,
    input=WithdrawAnnouncementInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Take an announcement back: those to whom it was addressed see it no more.",
)
mutation(
    "read_announcement",
    commands.read,
    input=ReadAnnouncementInput,
    shows={
        **SHOWS,
        "announcementReader": (OutcomeRow(announcement_reader, "announcementReader"), "The receipt."),
    },
    errors=(NotFound,),
    description="Say that the reader has read an announcement. Nothing changes where they had read that version of it.",
)
