"""Writing articles, publishing and retiring them."""

import strawberry

from domain.knowledge_article.model import KnowledgeCategory
from domain.knowledge_article.tables import knowledge_article
from resolvers.engine.edges import OutcomeRow
from resolvers.knowledge_article import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(KnowledgeCategory)

SHOWN = "The article as it is now; null where there are errors."
SHOWS = {"knowledgeArticle": (OutcomeRow(knowledge_article, "knowledgeArticle"), SHOWN)}
VERSION = "Its `version` as the client read it."


@strawberry.input(description="What an article is to say.")
class DraftArticleInput:
    """A new one, or the next edition of one."""

    title: str = strawberry.field(description="What it is about, in a few words.")
    text: str = strawberry.field(description="What it says.")
    category: KnowledgeCategory = strawberry.field(description="What it is about.")
    keywords: str | None = strawberry.field(description="Words by which it is looked for.", default=strawberry.UNSET)
    product_id: strawberry.ID | None = strawberry.field(
        description="The product that it is about.", default=strawberry.UNSET
    )
    id: strawberry.ID | None = strawberry.field(
        description="The edition that it follows, or the draft that it replaces; none for a new article.",
        default=strawberry.UNSET,
    )
    expected_version: int | None = strawberry.field(
        description="With `id`: its `version` as the client read it.", default=strawberry.UNSET
    )


@strawberry.input(description="A draft that is to hold from here on.")
class PublishArticleInput:
    """Which one."""

    id: strawberry.ID = strawberry.field(description="The draft, which somebody else has written.")
    expected_version: int = strawberry.field(description=VERSION)


@strawberry.input(description="An article that is to hold no more.")
class RetireArticleInput:
    """Which one."""

    id: strawberry.ID = strawberry.field(description="The edition that holds.")
    expected_version: int = strawberry.field(description=VERSION)


mutation(
    "draft_article",
    commands.draft,
    input=DraftArticleInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Write an article, its next edition, or a draft anew.",
)
mutation(
    "publish_article",
    commands.publish,
    input=PublishArticleInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Let a draft hold instead of the edition before; somebody else than its writer does.",
)
mutation(
    "retire_article",
    commands.retire,
    input=RetireArticleInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Let an article hold no more; it stays readable.",
)
