"""Words of alerts on business (预警). Those on suspicious use of the system are `access_alert`."""

from enum import StrEnum

LONGEST_TEXT = 4_000
LONGEST_LEAD_DAYS = 366


class AlertKind(StrEnum):
    """What somebody is alerted to."""

    LARGE_WITHDRAWAL = "a customer took much out (大额支取)"
    MANY_SMALL_WITHDRAWALS = "a customer took little out, many times (频繁小额支取)"
    MATURITY = "a deposit or product ends (到期)"
    OVERDUE = "a repayment is late (逾期)"
    TIER_CHANGE = "a customer rises or falls a tier (等级变动)"
    DORMANT = "an account has not moved for long (睡眠户)"
    BIRTHDAY = "a customer's birthday (生日)"
    TASK_DUE = "a task is due (任务到期)"
    TICKET_DUE = "a ticket is due (工单到期)"
    MODEL = "a model sees something coming (模型预警)"


class AlertState(StrEnum):
    """What became of an alert."""

    NEW = "nobody has looked at it (未读)"
    SEEN = "whose inbox it is in has looked at it (已读)"
    DONE = "somebody has seen to it (已处理)"
    STOPPED = "whose inbox it is in wants no more of it (已停止)"


class AlertRecipient(StrEnum):
    """In whose inbox alerts of a rule come."""

    PRIMARY_MANAGER = "the customer's manager (A角)"
    BACKUP_MANAGER = "the customer's backup manager (B角)"
    BRANCH_MANAGER = "who leads the branch"
    ASSIGNEE = "who does the task or handles the ticket"


OPEN_STATES = (AlertState.NEW, AlertState.SEEN)
"""Those in which an alert still waits for somebody."""
