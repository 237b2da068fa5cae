"""Articles of the knowledge base as clients see them."""

from datetime import datetime

from domain.knowledge_article.model import KnowledgeCategory, KnowledgeState
from resolvers.knowledge_article import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(KnowledgeCategory)
described(KnowledgeState)


@node(
    edges.rows,
    prefix="kno",
    description="One edition of an article of the knowledge base (知识库). Older editions stay readable; a draft is "
    "its writer's, and of those who may read the whole base.",
)
class KnowledgeArticle(Node):
    """What the bank knows."""

    article_no: str = field(description="Number that all editions of an article share.")
    edition: int = field(description="Counts the editions, from 1.")
    title: str = field(edges.title, description="What it is about; ordered by pinyin.")
    text: str = field(description="What it says.")
    keywords: str | None = field(description="Words by which it is looked for.")
    category: KnowledgeCategory = field(description="What it is about.")
    state: KnowledgeState = field(description="Whether it holds.")
    published_at: datetime | None = field(description="When it was published, UTC.")
    retired_at: datetime | None = field(description="When it was retired, UTC.")
    product: ToOne = field(edges.product, description="The product that it is about.")
    previous: ToOne = field(edges.previous, description="The edition before.")
    following: ToMany = field(edges.following, description="The edition after.")
    written_by: ToOne = field(edges.written_by, description="Who wrote it; null where it came from elsewhere.")
    published_by: ToOne = field(edges.published_by, description="Who published it.")
    retired_by: ToOne = field(edges.retired_by, description="Who retired it.")
