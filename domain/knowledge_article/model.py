"""Words of the knowledge base."""

from enum import StrEnum

LONGEST_TITLE = 200
LONGEST_TEXT = 40_000
LONGEST_KEYWORDS = 400


class KnowledgeCategory(StrEnum):
    """What an article is about."""

    PRODUCT = "a product and its terms (产品)"
    PROCEDURE = "how something is done (操作流程)"
    REGULATION = "what the law or the bank demands (制度法规)"
    ANSWER = "what customers ask again and again (常见问题)"
    SCRIPT = "what to say to customers (话术)"


class KnowledgeState(StrEnum):
    """How far a version of an article has come."""

    DRAFT = "it is being written (草稿)"
    PUBLISHED = "it holds (已发布)"
    SUPERSEDED = "a later version holds (历史版本)"
    RETIRED = "it holds no more, and no other version does (已下线)"
