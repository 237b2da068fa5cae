"""When the bank works: its calendars, the days that differ, and which branches keep them."""

from datetime import date

from tests.judges.drawing import DAYS, Drawing, insert, insert_once
from tests.judges.language import NAME, PLACE, Edge, Kind, Row, World, back, root, to

FALLS = ("falls_on", False)


def _bank_wide(world: World) -> list[Row]:
    return [calendar for calendar in world.tables["working_calendar"] if calendar["is_bank_wide"]]


def _kept(world: World, branch: Row) -> list[Row]:
    """The calendar of the nearest branch, from this one upwards, that was given one; else the bank's."""
    above = [
        other
        for other in world.tables["branch"]
        if other["working_calendar_id"] is not None and other["position"] <= branch["position"] <= other["position_end"]
    ]
    if not above:
        return _bank_wide(world)
    nearest = max(above, key=lambda other: other["position"])
    return world.where("working_calendar", "id", nearest["working_calendar_id"])


def _keepers(world: World, calendar: Row) -> list[Row]:
    return [branch for branch in world.tables["branch"] if calendar in _kept(world, branch)]


def _days(world: World, calendar: Row) -> list[Row]:
    """Its own days, and those of the bank's that it says nothing of."""
    own = world.where("calendar_day", "working_calendar_id", calendar["id"])
    said = {day["falls_on"] for day in own}
    days = [day for bank in _bank_wide(world) for day in world.where("calendar_day", "working_calendar_id", bank["id"])]
    return own + [day for day in days if day["falls_on"] not in said]


def _known_until(world: World, _calendar: Row) -> date | None:
    years = [
        day["falls_on"].year
        for bank in _bank_wide(world)
        for day in world.where("calendar_day", "working_calendar_id", bank["id"])
        if day["kind"] == "HOLIDAY"
    ]
    return date(max(years), 12, 31) if years else None


KINDS = {
    "WorkingCalendar": Kind("working_calendar", "wca", ("branch:read",)),
    "CalendarDay": Kind("calendar_day", "cda", ("branch:read",)),
}

PERSONAL: dict[str, tuple[str, ...]] = {}

EDGES: dict[tuple[str, str], Edge] = {
    ("Branch", "calendar"): Edge("WorkingCalendar", _kept),
    ("Branch", "ownCalendar"): to("WorkingCalendar", "working_calendar_id"),
    ("WorkingCalendar", "branches"): Edge("Branch", _keepers, (PLACE,)),
    ("WorkingCalendar", "ownBranches"): back("Branch", "working_calendar_id", PLACE),
    ("WorkingCalendar", "days"): Edge("CalendarDay", _days, (FALLS,)),
    ("WorkingCalendar", "ownDays"): back("CalendarDay", "working_calendar_id", FALLS),
    ("CalendarDay", "calendar"): to("WorkingCalendar", "working_calendar_id"),
}

WORKED_OUT = {("WorkingCalendar", "knownUntil"): _known_until}

ROOTS = {
    "workingCalendars": root("WorkingCalendar", NAME),
    "calendarDays": root("CalendarDay", FALLS),
}


async def add(drawing: Drawing) -> None:
    """Random rows: some calendars say otherwise of days that the bank's tells of."""
    connection, rng, common, of, text = drawing.connection, drawing.rng, drawing.common, drawing.of, drawing.text
    calendars = drawing.ids("working_calendar")
    for _ in range(2):
        week = {"monday": ["00:00-24:00"], "sunday": rng.choice([[], ["09:00-12:00", "13:30-17:30"]])}
        calendars.append(
            await insert(connection, "working_calendar", **common(), **week, name=text(), name_sort_key=text())
        )
    days = [*DAYS, date(2026, 10, 1), date(2026, 10, 10)]
    for _ in range(12):
        kind = of("calendar_day", "kind")
        hours = rng.choice([[], ["10:00-15:00"]]) if kind["kind"] == "WORKING_DAY" else []
        await insert_once(
            connection, "calendar_day", **common(), **kind, working_calendar_id=rng.choice(calendars),
            falls_on=rng.choice(days), name=text(), hours=hours,
        )  # fmt: skip
    for branch in rng.sample(drawing.ids("branch"), 3):
        calendar = drawing.maybe(rng.choice(calendars))
        await connection.execute("UPDATE ketu.branch SET working_calendar_id = $2 WHERE id = $1", branch, calendar)
