"""Whether a command may name a document."""

from authz.permissions import Permission
from domain.command.model import invalid_input
from resolvers.customer.reach import row_in_reach
from resolvers.engine.mutation import CommandContext

DOCUMENT = "SELECT id, customer_id FROM ketu.document WHERE id = $1 FOR SHARE"


async def document_named(context: CommandContext, given: str | None, customer_id: int, *path: str) -> int | None:
    """The id of a document of the customer's that the reader sees; None where none is given.

    raises  Refusal  NotFound where they see none of that id, InvalidInput where it is another customer's
    """
    if given is None:
        return None
    found = await context.connection.fetchrow(DOCUMENT, context.row_id("Document", given, *path))
    document = await row_in_reach(context, found, Permission.DOCUMENT_READ, Permission.DOCUMENT_READ, *path)
    if document["customer_id"] != customer_id:
        raise invalid_input("This is a document of another customer.", *path)
    return document["id"]
