"""Words of tickets, and when they are due."""

from datetime import datetime, timedelta
from enum import StrEnum

from domain.shared.priority import Priority

LONGEST_SUBJECT = 200
LONGEST_TEXT = 4_000


class TicketKind(StrEnum):
    """What a customer comes with."""

    INQUIRY = "asks something (咨询)"
    COMPLAINT = "complains (投诉)"
    SUGGESTION = "suggests something (建议)"
    REQUEST = "wants something done (业务申请)"
    LOSS_REPORT = "reports a loss (挂失)"


class TicketState(StrEnum):
    """How far a ticket has come."""

    OPEN = "waits for the bank (处理中)"
    WAITING = "waits for the customer (待客户)"
    CLOSED = "answered (已关闭)"


class TicketEventKind(StrEnum):
    """What happens to a ticket."""

    OPENED = "opened"
    COMMENTED = "somebody wrote something down"
    ASSIGNED = "given to a member of staff of the same branch"
    TRANSFERRED = "given to another branch"
    ESCALATED = "brought before somebody higher up"
    WAITING = "waits for the customer from here on"
    RESUMED = "waits for the bank again"
    CLOSED = "answered"
    REOPENED = "taken up again after it was closed"


TIME_TO_ANSWER = {
    Priority.URGENT: timedelta(hours=4),
    Priority.HIGH: timedelta(days=1),
    Priority.NORMAL: timedelta(days=3),
    Priority.LOW: timedelta(days=7),
}
HIGHEST_LEVEL = 3
"""How often a ticket can be escalated."""
SATISFACTION = range(1, 6)


def due_at(priority: Priority, opened_at: datetime) -> datetime:
    """When a ticket should be closed."""
    return opened_at + TIME_TO_ANSWER[priority]
