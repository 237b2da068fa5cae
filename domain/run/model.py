"""Words of runs."""

from enum import StrEnum


class RunKind(StrEnum):
    """What a run works out."""

    SEGMENTATION = "who is in a segment (客群)"
    SCORING = "a score of each customer (评分)"
    RECOMMENDATION = "what to offer each customer next (推荐)"
    TIERING = "the tier of each customer (等级)"


class RunState(StrEnum):
    """How far a run has come."""

    RUNNING = "under way, seen by nobody (计算中)"
    PUBLISHED = "what everybody sees (已发布)"
    SUPERSEDED = "seen until a later one was published (已替换)"
    FAILED = "came to nothing (失败)"
