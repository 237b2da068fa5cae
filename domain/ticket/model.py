"""Words of tickets, and when they are due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.shared.priority import Priority
from domain.working_calendar.clock import after_working_time
from domain.working_calendar.model import Calendar

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


@dataclass(frozen=True, slots=True)
class TimeAllowed:
    """How long the bank may take. Working time runs while the branch that answers works; other time always."""

    time: timedelta
    is_working_time: bool = True


TIME_TO_ANSWER = {
    # A card is lost at night, too.
    Priority.URGENT: TimeAllowed(timedelta(hours=4), is_working_time=False),
    Priority.HIGH: TimeAllowed(timedelta(hours=8)),
    Priority.NORMAL: TimeAllowed(timedelta(hours=24)),
    Priority.LOW: TimeAllowed(timedelta(hours=56)),
}
"""Eight hours of working time are a day's work: one day, three, seven."""
HIGHEST_LEVEL = 3
"""How often a ticket can be escalated."""
SATISFACTION = range(1, 6)


def due_at(priority: Priority, opened_at: datetime, calendar: Calendar) -> datetime:
    """When a ticket should be closed by a branch that keeps this calendar."""
    allowed = TIME_TO_ANSWER[priority]
    if allowed.is_working_time:
        return after_working_time(calendar, opened_at, allowed.time)
    return opened_at + allowed.time
