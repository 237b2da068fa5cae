"""What becomes of articles, each within the caller's transaction. The caller has made sure that who asks may."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.command.model import Change, Outcome, invalid_input, known
from domain.knowledge_article.model import KnowledgeCategory, KnowledgeState
from domain.shared.sort_key import sort_key

NEXT_ID = "SELECT nextval(pg_get_serial_sequence('ketu.knowledge_article', 'id'))"
DRAFT = """
    INSERT INTO ketu.knowledge_article (id, article_no, edition, title, title_sort_key, text, keywords, category, state,
                                        product_id, previous_id, written_by_id)
    OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'DRAFT', $9, $10, $11)
"""
REWRITE = """
    UPDATE ketu.knowledge_article SET title = $2, title_sort_key = $3, text = $4, keywords = $5, category = $6,
                                      product_id = $7, written_by_id = $8
    WHERE id = $1
"""
EDITIONS = "SELECT id, edition, state FROM ketu.knowledge_article WHERE article_no = $1 ORDER BY edition FOR UPDATE"
SUPERSEDE = """
    UPDATE ketu.knowledge_article SET state = 'SUPERSEDED' WHERE article_no = $1 AND state = 'PUBLISHED' RETURNING id
"""
PUBLISH = """
    UPDATE ketu.knowledge_article SET state = 'PUBLISHED', published_at = $2, published_by_id = $3 WHERE id = $1
"""
RETIRE = "UPDATE ketu.knowledge_article SET state = 'RETIRED', retired_at = $2, retired_by_id = $3 WHERE id = $1"


@dataclass(frozen=True, slots=True)
class Written:
    """What an article says."""

    title: str
    text: str
    keywords: str | None
    category: KnowledgeCategory
    product_id: int | None


async def draft(connection: Any, written: Written, *, previous: Any, staff_id: int) -> Outcome:
    """A new article; or the next edition of one, which is written anew where it is a draft still."""
    if previous is not None and previous["state"] == KnowledgeState.DRAFT.name:
        await connection.execute(
            REWRITE, previous["id"], written.title, sort_key(written.title), written.text, written.keywords,
            written.category.name, written.product_id, staff_id,
        )  # fmt: skip
        return _changed(previous, "REWRITTEN", ["title", "text", "keywords", "category", "product"])
    article_id = await connection.fetchval(NEXT_ID)
    article_no, edition, previous_id = f"K{article_id:06}", 1, None
    if previous is not None:
        article_no, previous_id = previous["article_no"], previous["id"]
        editions = await connection.fetch(EDITIONS, article_no)
        if any(each["state"] == KnowledgeState.DRAFT.name for each in editions):
            raise invalid_input("Its next edition is being written: change that draft.", "input", "id")
        edition = editions[-1]["edition"] + 1
    await connection.execute(
        DRAFT, article_id, article_no, edition, written.title, sort_key(written.title), written.text, written.keywords,
        written.category.name, written.product_id, previous_id, staff_id,
    )  # fmt: skip
    change = Change("knowledge_article", article_id, "DRAFTED", staff_ids=[staff_id])
    return Outcome({"knowledgeArticle": article_id}, [change])


async def publish(connection: Any, article: Any, *, staff_id: int, now: datetime) -> Outcome:
    """It holds from here on, instead of the edition before."""
    if article["state"] != KnowledgeState.DRAFT.name:
        raise invalid_input("It is no draft.", "input", "id")
    superseded = await connection.fetch(SUPERSEDE, article["article_no"])
    await connection.execute(PUBLISH, article["id"], now, staff_id)
    outcome = _changed(article, "PUBLISHED", ["state", "publishedAt", "publishedBy"])
    older = [Change("knowledge_article", row["id"], "SUPERSEDED", fields=["state"]) for row in superseded]
    return Outcome(outcome.values, [*outcome.changes, *older])


async def retire(connection: Any, article: Any, *, staff_id: int, now: datetime) -> Outcome:
    """It holds no more."""
    if article["state"] != KnowledgeState.PUBLISHED.name:
        raise invalid_input("Only the edition that holds can be retired.", "input", "id")
    await connection.execute(RETIRE, article["id"], now, staff_id)
    return _changed(article, "RETIRED", ["state", "retiredAt", "retiredBy"])


def _changed(article: Any, action: str, fields: list[str]) -> Outcome:
    owners = known(article["written_by_id"])
    change = Change("knowledge_article", article["id"], action, fields=fields, staff_ids=owners)
    return Outcome({"knowledgeArticle": article["id"]}, [change])
