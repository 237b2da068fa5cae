"""Where the fields of articles live. Whoever reads any sees all but drafts, which are their writer's."""

from collections.abc import Sequence

import sqlalchemy as sa

from authz.permissions import Permission
from domain.knowledge_article.tables import knowledge_article
from domain.product.tables import product
from domain.staff.tables import staff
from resolvers.engine.edges import BoundScope, Clause, Row, Rows, column, connection, oldest_first, reference

DRAFT = sa.literal_column("'DRAFT'")


def visible(row: Row, scopes: Sequence[BoundScope]) -> Clause | None:
    """A draft stands nowhere: it is its writer's, and whoever's who reaches everything."""
    own = [scope.clause(position=sa.null(), managers=[row.c.written_by_id], customer=None) for scope in scopes]
    needed = [clause for clause in own if clause is not None]
    return sa.or_(row.c.state != DRAFT, sa.and_(*needed)) if needed else None


rows = Rows(knowledge_article, reads=(Permission.KNOWLEDGE_ARTICLE_READ,), visible=visible)

title = column(knowledge_article.c.title, sort="title_sort_key")
product = reference(product, via="product_id", groups=True, orders_by=("name",))
previous = reference(knowledge_article, via="previous_id")
following = connection(
    knowledge_article, lambda article, later: later.c.previous_id == article.c.id, order=oldest_first("edition")
)
written_by = reference(staff, via="written_by_id", groups=True, orders_by=("name",))
published_by = reference(staff, via="published_by_id", orders_by=("name",))
retired_by = reference(staff, via="retired_by_id", orders_by=("name",))

all_articles = connection(knowledge_article, order=oldest_first("title_sort_key"))
