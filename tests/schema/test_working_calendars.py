"""Working calendars: which branch keeps which, what days they know, who changes them, and deadlines by them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from factories.bank import SINCE, Bank

from domain.shared.priority import Priority
from domain.ticket.model import due_at
from domain.working_calendar.clock import after_working_time
from domain.working_calendar.reading import calendar_of
from tests.schema.test_mutations import carried_out, rows
from tests.schema.test_tickets import OPEN, error

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { message path } }"
DAY = "calendarDay { fallsOn kind name hours version calendar { id } } calendar { id }"
SET = f"""mutation ($input: SetCalendarDayInput!, $dry: Boolean, $key: String) {{
  setCalendarDay(input: $input, dryRun: $dry, idempotencyKey: $key) {{ {DAY} isReplay {SHOWN} }} }}"""
SET_ALL = f"""mutation ($input: [SetCalendarDayInput!]!, $atomic: Boolean) {{
  setCalendarDays(input: $input, atomic: $atomic) {{
    results {{ calendarDay {{ fallsOn kind }} {SHOWN} }} succeededCount failedCount {SHOWN} }} }}"""
REMOVE = f"""mutation ($input: RemoveCalendarDayInput!) {{ removeCalendarDay(input: $input) {{
  calendar {{ id ownDays {{ totalCount }} }} {SHOWN} }} }}"""
CHANGE = f"""mutation ($input: ChangeWorkingHoursInput!) {{ changeWorkingHours(input: $input) {{
  calendar {{ name monday friday saturday version }} {SHOWN} }} }}"""
CREATE = f"""mutation ($input: CreateWorkingCalendarInput!) {{ createWorkingCalendar(input: $input) {{
  calendar {{ id isBankWide monday saturday knownUntil }} {SHOWN} }} }}"""
ASSIGN = f"""mutation ($input: AssignWorkingCalendarInput!) {{ assignWorkingCalendar(input: $input) {{
  branch {{ calendar {{ id }} ownCalendar {{ id }} children {{ nodes {{ calendar {{ id }} }} }} }}
  calendar {{ id }} {SHOWN} }} }}"""
ADMINISTRATOR = "administrator"
STANDARD, OF_OUTLETS, OF_HAIDIAN = "wca_1", "wca_2", "wca_3"
NEW_YEAR = {"fallsOn": "2027-01-01", "kind": "HOLIDAY", "name": "元旦"}


async def test_a_branch_keeps_its_own_calendar_else_that_of_the_nearest_above_else_the_banks(bank: Bank):
    query = "{ branches { nodes { branchNo calendar { id branches { nodes { branchNo } } } ownCalendar { id } } } }"
    shown = {row["branchNo"]: row for row in (await bank.ask(query))["branches"]["nodes"]}
    assert {number: (row["calendar"]["id"], (row["ownCalendar"] or {}).get("id")) for number, row in shown.items()} == {
        "0001": (STANDARD, None), "1100": (STANDARD, None), "1101": (STANDARD, None),
        "1111": (OF_OUTLETS, OF_OUTLETS), "1102": (OF_HAIDIAN, OF_HAIDIAN), "1121": (OF_HAIDIAN, None),
        "3100": (STANDARD, None), "3101": (STANDARD, None), "3111": (OF_OUTLETS, OF_OUTLETS),
        "3102": (STANDARD, None), "3121": (STANDARD, None),
    }  # fmt: skip
    keepers = [branch["branchNo"] for branch in shown["1102"]["calendar"]["branches"]["nodes"]]
    assert keepers == ["1102", "1121"]


async def test_a_calendar_tells_its_days_and_those_of_the_banks_that_it_does_not_replace(bank: Bank):
    query = """query ($id: ID!) { node(id: $id) { ... on WorkingCalendar { knownUntil saturday
      days(where: {fallsOn: {gte: "2026-10-01", lte: "2026-10-05"}}) {
        nodes { fallsOn kind name hours calendar { id } } } ownDays { nodes { fallsOn } } } } }"""
    shown = (await bank.ask(query, id=OF_OUTLETS))["node"]
    days = shown.pop("days")["nodes"]
    own = [{"fallsOn": "2026-10-03"}, {"fallsOn": "2026-11-28"}]
    assert shown == {"knownUntil": "2026-12-31", "saturday": ["09:00-16:00"], "ownDays": {"nodes": own}}
    holiday = {"kind": "HOLIDAY", "name": "国庆节", "hours": [], "calendar": {"id": STANDARD}}
    assert days == [
        {"fallsOn": "2026-10-01", **holiday}, {"fallsOn": "2026-10-02", **holiday},
        {"fallsOn": "2026-10-03", "kind": "WORKING_DAY", "name": "国庆节值班", "hours": ["10:00-15:00"],
         "calendar": {"id": OF_OUTLETS}},
        {"fallsOn": "2026-10-04", **holiday}, {"fallsOn": "2026-10-05", **holiday},
    ]  # fmt: skip


async def test_rules_count_by_the_calendar_that_the_graph_shows(bank: Bank):
    async with bank.database.read() as connection:
        tickets = await connection.fetch("SELECT branch_id, priority, opened_at, due_at FROM ketu.ticket")
        assert len(tickets) > 10
        for ticket in tickets:
            opened = ticket["opened_at"]
            calendar = await calendar_of(connection, ticket["branch_id"], since=opened.date() - timedelta(days=1))
            assert due_at(Priority[ticket["priority"]], opened, calendar) == ticket["due_at"]
        outlet = await calendar_of(connection, 4, since=datetime(2026, 9, 30).date())
    on_duty = datetime(2026, 10, 3, 10, tzinfo=outlet.zone)
    assert after_working_time(outlet, on_duty, timedelta(hours=2)) == on_duty + timedelta(hours=2)


async def test_a_notice_is_entered_whole_and_twice_without_harm(own_bank: Bank):
    notice = [NEW_YEAR, {"fallsOn": "2027-01-03", "kind": "WORKING_DAY", "name": "元旦调休"}]
    for _ in range(2):
        done = await carried_out(own_bank, SET_ALL, ADMINISTRATOR, input=notice, atomic=True)
        assert (done["succeededCount"], done["failedCount"], done["errors"]) == (2, 0, [])
    (row,) = await rows(
        own_bank, "SELECT count(*) AS n, sum(version) AS v FROM ketu.calendar_day WHERE falls_on >= '2027-01-01'"
    )
    assert (row["n"], row["v"]) == (2, 2)
    known = "{ workingCalendars(where: {isBankWide: {eq: true}}) { nodes { knownUntil } } }"
    assert (await own_bank.ask(known))["workingCalendars"]["nodes"] == [{"knownUntil": "2027-12-31"}]
    one_wrong = [{**NEW_YEAR, "fallsOn": "2028-01-01", "hours": ["09:00-12:00"]}, {**NEW_YEAR, "fallsOn": "2028-01-02"}]
    done = await carried_out(own_bank, SET_ALL, ADMINISTRATOR, input=one_wrong)
    assert [[one["message"] for one in each["errors"]] for each in done["results"]] == [
        ["Nobody works on a holiday: leave its hours out."],
        [],
    ]


async def test_a_day_is_set_tried_changed_and_removed(own_bank: Bank):
    tried = await carried_out(own_bank, SET, ADMINISTRATOR, input=NEW_YEAR, dry=True)
    assert tried["calendarDay"]["version"] == 1
    assert await rows(own_bank, "SELECT FROM ketu.calendar_day WHERE falls_on = '2027-01-01'") == []
    first = await carried_out(own_bank, SET, ADMINISTRATOR, input=NEW_YEAR, key="new-year")
    assert first == {
        "calendarDay": {**NEW_YEAR, "hours": [], "version": 1, "calendar": {"id": STANDARD}},
        "calendar": {"id": STANDARD}, "isReplay": False, "errors": [],
    }  # fmt: skip
    assert await carried_out(own_bank, SET, ADMINISTRATOR, input=NEW_YEAR, key="new-year") == first | {"isReplay": True}
    there = {**NEW_YEAR, "kind": "WORKING_DAY", "hours": ["10:00-12:00", "13:00-15:00"], "expectedVersion": 0}
    assert error(await carried_out(own_bank, SET, ADMINISTRATOR, input=there)) == ("Conflict", "expectedVersion")
    changed = await carried_out(own_bank, SET, ADMINISTRATOR, input=there | {"expectedVersion": 1})
    assert (changed["calendarDay"]["hours"], changed["calendarDay"]["version"]) == (there["hours"], 2)
    (day,) = await rows(own_bank, "SELECT id FROM ketu.calendar_day WHERE falls_on = '2027-01-01'")
    named = {"id": f"cda_{day['id']}", "expectedVersion": 1}
    assert error(await carried_out(own_bank, REMOVE, ADMINISTRATOR, input=named)) == ("Conflict", "expectedVersion")
    removed = await carried_out(own_bank, REMOVE, ADMINISTRATOR, input=named | {"expectedVersion": 2})
    assert (removed["calendar"]["id"], removed["errors"]) == (STANDARD, [])
    told = await rows(
        own_bank, f"SELECT action FROM audit.event WHERE {SINCE} AND concept = 'calendar_day' ORDER BY id"
    )
    assert [event["action"] for event in told] == ["setCalendarDay", "setCalendarDay", "removeCalendarDay"]


async def test_other_hours_and_holidays_move_new_deadlines_alone(own_bank: Bank):
    asked = {"kind": "INQUIRY", "channel": "PHONE", "subject": "x", "priority": "HIGH", "branchId": "bra_3"}

    async def due() -> datetime:
        opened = await carried_out(own_bank, OPEN, "manager-chaoyang", input=asked)
        assert opened["errors"] == []
        (row,) = await rows(own_bank, f"SELECT due_at FROM ketu.ticket WHERE id = {opened['ticket']['id'][4:]}")
        return row["due_at"]

    before = await due()
    soon = "(SELECT generate_series(now()::date - 1, now()::date + 9, '1 day')::date)"
    await rows(own_bank, f"DELETE FROM ketu.calendar_day WHERE falls_on IN {soon}")
    closed = [
        {**NEW_YEAR, "fallsOn": f"{row['day']}"} for row in await rows(own_bank, f"SELECT day FROM {soon} AS s (day)")
    ]
    done = await carried_out(own_bank, SET_ALL, ADMINISTRATOR, input=closed)
    assert done["failedCount"] == 0
    assert await due() >= before + timedelta(days=5)
    assert await rows(own_bank, f"SELECT due_at FROM ketu.ticket WHERE due_at = '{before.isoformat()}'") != []


async def test_hours_change_and_branches_are_given_calendars(own_bank: Bank):
    week = {"friday": ["09:00-12:00"], "saturday": ["10:00-12:00", "13:00-24:00"], "name": "标准时间"}
    changed = await carried_out(own_bank, CHANGE, ADMINISTRATOR, input={"id": STANDARD, "expectedVersion": 1, **week})
    assert changed["calendar"] == {"monday": ["09:00-17:30"], **week, "version": 2}
    made = await carried_out(own_bank, CREATE, ADMINISTRATOR, input={"name": "夜班", "monday": ["20:00-24:00"]})
    new = made["calendar"].pop("id")
    assert made["calendar"] == {
        "isBankWide": False, "monday": ["20:00-24:00"], "saturday": [], "knownUntil": "2026-12-31",
    }  # fmt: skip
    given: dict[str, Any] = {"branchId": "bra_2", "expectedVersion": 1, "calendarId": new}
    assigned = await carried_out(own_bank, ASSIGN, ADMINISTRATOR, input=given)
    assert assigned["branch"] == {
        "calendar": {"id": new}, "ownCalendar": {"id": new},
        "children": {"nodes": [{"calendar": {"id": new}}, {"calendar": {"id": OF_HAIDIAN}}]},
    }  # fmt: skip
    back = await carried_out(own_bank, ASSIGN, ADMINISTRATOR, input=given | {"calendarId": None, "expectedVersion": 2})
    assert (back["branch"]["calendar"], back["branch"]["ownCalendar"], back["calendar"]) == (
        {"id": STANDARD},
        None,
        None,
    )
    (kept,) = await rows(own_bank, "SELECT working_calendar_id FROM ketu.branch_history WHERE id = 2 AND version = 2")
    assert kept["working_calendar_id"] == int(new[4:])


@pytest.mark.parametrize(
    ("mutation", "given", "wanted"),
    [
        (SET, NEW_YEAR | {"calendarId": "wca_99"}, ("NotFound", "calendarId")),
        (SET, NEW_YEAR | {"calendarId": "bra_1"}, ("NotFound", "calendarId")),
        (SET, NEW_YEAR | {"name": " "}, ("InvalidInput", "name")),
        (SET, NEW_YEAR | {"kind": "WORKING_DAY", "hours": ["9-17"]}, ("InvalidInput", "hours")),
        (REMOVE, {"id": "cda_9999", "expectedVersion": 1}, ("NotFound", "id")),
        (CHANGE, {"id": STANDARD, "expectedVersion": 7}, ("Conflict", "expectedVersion")),
        (CHANGE, {"id": STANDARD, "expectedVersion": 1, "name": "网点工作日历"}, ("InvalidInput", "name")),
        (CHANGE, {"id": STANDARD, "expectedVersion": 1, "monday": ["17:00-09:00"]}, ("InvalidInput", "monday")),
        (CREATE, {"name": "空", "monday": [], "tuesday": [], "wednesday": [], "thursday": [], "friday": []},
         ("InvalidInput", "input")),
        (CREATE, {"name": "网点工作日历"}, ("InvalidInput", "name")),
        (ASSIGN, {"branchId": "bra_99", "expectedVersion": 1}, ("NotFound", "branchId")),
        (ASSIGN, {"branchId": "bra_2", "expectedVersion": 9}, ("Conflict", "expectedVersion")),
        (ASSIGN, {"branchId": "bra_2", "expectedVersion": 1, "calendarId": "wca_99"}, ("NotFound", "calendarId")),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused(bank: Bank, mutation: str, given: dict[str, Any], wanted: tuple[str, str]):
    assert error(await carried_out(bank, mutation, ADMINISTRATOR, input=given)) == wanted
    assert await rows(bank, "SELECT FROM ketu.working_calendar WHERE version > 1 OR id > 3") == []
