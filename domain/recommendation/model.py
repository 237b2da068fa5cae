"""Words of recommendations."""

from enum import StrEnum


class RecommendationKind(StrEnum):
    """What to do for a customer next."""

    OFFER = "to offer them a product (推荐产品)"
    RETAIN = "to keep them (挽留)"
    CARE = "to be on good terms (关怀)"
    REVIEW = "to look into something (核查)"
