"""Writing articles, publishing and retiring them."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current, written, written_if_given
from domain.command.model import Outcome, invalid_input, not_found, not_permitted
from domain.knowledge_article import service
from domain.knowledge_article.model import LONGEST_KEYWORDS, LONGEST_TEXT, LONGEST_TITLE, KnowledgeCategory
from domain.knowledge_article.service import Written
from resolvers.access.sight import sees
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.knowledge_article.edges import rows
from resolvers.product.reach import product_named

ARTICLE = "SELECT * FROM ketu.knowledge_article WHERE id = $1 FOR UPDATE"


async def _draft(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    previous = None
    if given.get("id") is not None:
        if given.get("expected_version") is None:
            raise invalid_input("Say the version that you have read.", "input", "expectedVersion")
        previous = await _article(context, given)
    said = Written(
        written(given["title"], LONGEST_TITLE, "input", "title"),
        written(given["text"], LONGEST_TEXT, "input", "text"),
        written_if_given(given.get("keywords"), LONGEST_KEYWORDS, "input", "keywords"),
        KnowledgeCategory[given["category"].name],
        await product_named(context, given.get("product_id"), "input", "productId"),
    )
    return await service.draft(context.connection, said, previous=previous, staff_id=context.staff_id)


async def _publish(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    article = await _article(context, given)
    if article["written_by_id"] == context.staff_id:
        raise not_permitted("Somebody else than its writer publishes it.", "input", "id")
    return await service.publish(context.connection, article, staff_id=context.staff_id, now=context.now)


async def _retire(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    article = await _article(context, given)
    return await service.retire(context.connection, article, staff_id=context.staff_id, now=context.now)


async def _article(context: CommandContext, given: Mapping[str, Any]) -> Any:
    """The article's row, held until the transaction ends, as the reader has read it."""
    article_id = context.row_id("KnowledgeArticle", given["id"], "input", "id")
    article = await context.connection.fetchrow(ARTICLE, article_id)
    node = context.graph.by_table[rows.table]
    if article is None or not await sees(context.connection, context.reader, node, article_id, *rows.reads):
        raise not_found("input", "id")
    must_be_current(article, given["expected_version"])
    return article


draft = Command("DraftArticlePayload", Permission.KNOWLEDGE_ARTICLE_WRITE, _draft)
publish = Command("PublishArticlePayload", Permission.KNOWLEDGE_ARTICLE_PUBLISH, _publish)
retire = Command("RetireArticlePayload", Permission.KNOWLEDGE_ARTICLE_PUBLISH, _retire)
