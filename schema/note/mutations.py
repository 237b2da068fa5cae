"""Keeping what staff remark about customers."""

import strawberry

from domain.note.tables import note
from resolvers.engine.edges import OutcomeRow
from resolvers.note import commands
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation


@strawberry.input(description="What to remark about a customer.")
class AddNoteInput:
    """A few words."""

    customer_id: strawberry.ID = strawberry.field(description="Whom it is about.")
    text: str = strawberry.field(description="What it says.")


@strawberry.input(description="What a note says from here on.")
class ChangeNoteInput:
    """Other words."""

    id: strawberry.ID = strawberry.field(description="The note, one of the reader's own.")
    text: str = strawberry.field(description="What it says.")
    expected_version: int = strawberry.field(description="The version that the client read.")


@strawberry.input(description="Which note to remove.")
class RemoveNoteInput:
    """The end of a note."""

    id: strawberry.ID = strawberry.field(description="The note.")
    expected_version: int = strawberry.field(description="The version that the client read.")


SHOWN = (OutcomeRow(note, "note"), "The note as it is now; null where there are errors.")

mutation(
    "add_note",
    commands.add,
    input=AddNoteInput,
    shows={"note": SHOWN},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Remark something about a customer, for colleagues.",
)
mutation(
    "change_note",
    commands.change,
    input=ChangeNoteInput,
    shows={"note": SHOWN},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Say a note of one's own in other words.",
)
mutation(
    "remove_note",
    commands.remove,
    input=RemoveNoteInput,
    shows={"note": SHOWN},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Remove a note: one's own, or with note:remove those of others. Its words are gone for good.",
)
