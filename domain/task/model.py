"""Words of tasks."""

from enum import StrEnum

LONGEST_TITLE = 200
LONGEST_TEXT = 4_000


class TaskPurpose(StrEnum):
    """What a task is for."""

    CARE = "to be on good terms with a customer (关怀)"
    FOLLOW_UP = "to follow something up (跟进)"
    SALES = "to offer something (营销)"
    SERVICE = "to do what a customer has asked for (服务)"
    RISK = "to look into a risk (风险)"
    DATA_QUALITY = "to mend data (数据质量)"
    OTHER = "anything else (其他)"


class TaskState(StrEnum):
    """How far a task has come."""

    OPEN = "to be done (待办)"
    HANDED_BACK = "given back by who was to do it, to be assigned anew (退回)"
    COMPLETED = "done (已完成)"
    CANCELLED = "not to be done any more (已取消)"


OPEN_STATES = (TaskState.OPEN, TaskState.HANDED_BACK)
"""Those in which a task still waits for somebody."""
