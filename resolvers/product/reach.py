"""Whether a command may name a product: the catalogue is everybody's who may read it."""

from authz.permissions import Permission
from domain.command.model import not_found
from resolvers.engine.mutation import CommandContext

IS_PRODUCT = "SELECT EXISTS (SELECT FROM ketu.product WHERE id = $1)"


async def product_named(context: CommandContext, node_id: str | None, *path: str) -> int | None:
    """The product that the input names, if any. Raises Refusal NotFound."""
    if node_id is None:
        return None
    product_id = context.row_id("Product", node_id, *path)
    is_hidden = context.reader.scope_of[Permission.PRODUCT_READ].is_nothing
    if is_hidden or not await context.connection.fetchval(IS_PRODUCT, product_id):
        raise not_found(*path)
    return product_id
