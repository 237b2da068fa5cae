"""Notes as clients see them."""

from datetime import datetime

from domain.note.model import NoteState
from resolvers.note import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(NoteState)


@node(edges.rows, prefix="not", description="What somebody of the bank remarked about a customer (备注).")
class Note(Node):
    """A few words, for colleagues."""

    state: NoteState = field(description="Whether it is there to be read.")
    text: str | None = field(description="What it says; null where it was removed.")
    removed_at: datetime | None = field(description="When it was removed, UTC.")
    customer: ToOne = field(edges.customer, description="Whom it is about.")
    written_by: ToOne = field(edges.written_by, description="Who wrote it; null where it came from a source.")
    removed_by: ToOne = field(edges.removed_by, description="Who removed it.")
