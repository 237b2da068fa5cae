"""When tickets are due."""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.shared.priority import Priority
from domain.ticket.model import due_at
from domain.working_calendar.model import usual_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """An instant on the bank's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_urgent_tickets_do_not_wait_for_the_morning():
    friday, calendar = at("2026-11-27 17:00"), usual_calendar(SHANGHAI)
    assert {priority: due_at(priority, friday, calendar) for priority in Priority} == {
        Priority.URGENT: at("2026-11-27 21:00"),
        Priority.HIGH: at("2026-11-30 16:30"),
        Priority.NORMAL: at("2026-12-02 15:30"),
        Priority.LOW: at("2026-12-08 13:30"),
    }
