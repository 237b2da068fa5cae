"""Announcements: published, changed, taken back, read; and who sees them."""

from typing import Any

import pytest
from factories.bank import SINCE, Bank

from tests.schema.test_mutations import carried_out, refused, rows
from tests.schema.test_tickets import SHOWN, error

pytestmark = pytest.mark.anyio

FIELDS = """id version title text priority state isCurrent expiresOn withdrawalReason publishedBy { id } branch { id }
  withdrawnBy { id } audiences { nodes { includesBelow role post branch { id } staff { id } } }"""
PUBLISH = f"""mutation ($input: PublishAnnouncementInput!, $dry: Boolean, $key: String) {{
  publishAnnouncement(input: $input, dryRun: $dry, idempotencyKey: $key) {{
    announcement {{ {FIELDS} }} isReplay {SHOWN} }} }}"""
EDIT = f"""mutation ($input: EditAnnouncementInput!) {{ editAnnouncement(input: $input) {{
  announcement {{ {FIELDS} }} {SHOWN} }} }}"""
WITHDRAW = f"""mutation ($input: WithdrawAnnouncementInput!) {{ withdrawAnnouncement(input: $input) {{
  announcement {{ {FIELDS} }} {SHOWN} }} }}"""
READ = f"""mutation ($input: ReadAnnouncementInput!) {{ readAnnouncement(input: $input) {{
  announcement {{ id }} announcementReader {{ id readVersion staff {{ id }} }} {SHOWN} }} }}"""
ALL = "{ announcements(first: 100) { nodes { title } } }"

MAINTENANCE, FRAUD, RATES, MEETING, AUTUMN, PARKING, RULES, LEAVE = (f"ann_{number}" for number in range(1, 9))
TITLES = {
    MAINTENANCE: "系统停机维护通知", FRAUD: "警惕冒充公检法诈骗", RATES: "北京地区大额存单额度",
    MEETING: "朝阳支行周例会",
    AUTUMN: "中秋国庆值班安排", PARKING: "浦东支行停车调整", RULES: "新的数据质量规则", LEAVE: "年终休假安排（草案）",
}  # fmt: skip
CHAOYANG = {"branchId": "bra_3", "includesBelow": False}
ASKED = {"title": "x", "text": "y", "audiences": [CHAOYANG]}


def audience(**said: Any) -> dict[str, Any]:
    """As it is shown."""
    return {"includesBelow": True, "role": None, "post": None, "branch": None, "staff": None} | said


@pytest.mark.parametrize(
    ("user", "seen"),
    [
        ("rm-chaoyang-1", {MAINTENANCE, FRAUD, RATES, MEETING}),
        # 望京 is below 朝阳, and the meeting is for 朝阳 alone.
        ("rm-wangjing-1", {MAINTENANCE, FRAUD, RATES}),
        ("teller-wangjing", {MAINTENANCE, FRAUD}),
        ("rm-haidian-1", {MAINTENANCE, FRAUD, RATES, RULES}),
        # A field manager is no relationship manager, though the role includes that one.
        ("field-haidian", {MAINTENANCE}),
        ("data-steward", {MAINTENANCE, RULES}),
        ("rm-pudong-1", {MAINTENANCE, FRAUD, AUTUMN}),
        ("manager-chaoyang", {MAINTENANCE, RATES, MEETING}),
        # Their own branch's, though withdrawn.
        ("manager-pudong", {MAINTENANCE, FRAUD, AUTUMN, PARKING}),
        ("regional-beijing", {MAINTENANCE, RATES, MEETING}),
        ("regional-shanghai", {MAINTENANCE, AUTUMN, PARKING}),
        ("auditor", set(TITLES)),
        ("analyst", {MAINTENANCE}),
    ],
)
async def test_those_see_an_announcement_to_whom_it_is_addressed(bank: Bank, user: str, seen: set[str]):
    shown = await bank.ask(ALL, user=user)
    assert {node["title"] for node in shown["announcements"]["nodes"]} == {TITLES[each] for each in seen}


async def test_a_program_has_no_announcements(bank: Bank):
    shown = await bank.answer(ALL, reader=await bank.reader("integrator"))
    assert shown["extensions"]["withheld"] == ["Query.announcements"]


async def test_what_is_past_its_last_day_is_history(bank: Bank):
    where = 'where: { isCurrent: { eq: false }, title: { contains: "值班" } }'
    shown = await bank.ask(f"{{ announcements({where}) {{ nodes {{ id isCurrent }} }} }}", user="rm-pudong-1")
    assert shown == {"announcements": {"nodes": [{"id": AUTUMN, "isCurrent": False}]}}
    shown = await bank.ask(
        "{ announcements(where: { isCurrent: { eq: true } }) { nodes { id } } }", user="manager-pudong"
    )
    assert shown == {"announcements": {"nodes": [{"id": MAINTENANCE}, {"id": FRAUD}]}}


async def test_a_region_is_told_something(own_bank: Bank):
    given = {
        "title": " 反洗钱培训 ", "text": "请完成", "priority": "HIGH", "expiresOn": "2026-11-30",
        "audiences": [{"branchId": "bra_2", "role": "teller"}, {"staffId": "sta_9"},
                      {"branchId": "bra_5", "post": "TELLER"}],
    }  # fmt: skip
    payload = await carried_out(own_bank, PUBLISH, "regional-beijing", input=given)
    assert payload["errors"] == []
    shown = payload["announcement"]
    announcement_id = shown.pop("id")
    assert shown == {
        "version": 1, "title": "反洗钱培训", "text": "请完成", "priority": "HIGH", "state": "PUBLISHED",
        "isCurrent": True, "expiresOn": "2026-11-30", "withdrawalReason": None, "publishedBy": {"id": "sta_3"},
        "branch": {"id": "bra_2"}, "withdrawnBy": None,
        "audiences": {"nodes": [
            audience(branch={"id": "bra_2"}, role="teller"), audience(staff={"id": "sta_9"}),
            audience(branch={"id": "bra_5"}, post="TELLER"),
        ]},
    }  # fmt: skip
    for user, sees in (
        ("teller-wangjing", True),
        ("rm-chaoyang-1", True),
        ("rm-haidian-1", False),
        ("teller-xuhui", False),
    ):
        found = await own_bank.ask(f'{{ node(id: "{announcement_id}") {{ id }} }}', user=user)
        assert found == {"node": {"id": announcement_id} if sees else None}, user
    (entry,) = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert (entry["concept"], entry["action"], entry["customer_ids"]) == ("announcement", "publishAnnouncement", [])
    assert await rows(own_bank, "SELECT topic FROM ketu.outbox_event") == [{"topic": "announcement.published"}]


async def test_publishing_is_tried_and_repeated_without_a_second_announcement(own_bank: Bank):
    tried = await carried_out(own_bank, PUBLISH, input=ASKED, dry=True)
    assert tried["errors"] == []
    assert await rows(own_bank, "SELECT FROM ketu.announcement WHERE title = 'x'") == []
    first = await carried_out(own_bank, PUBLISH, input=ASKED, key="one")
    assert await carried_out(own_bank, PUBLISH, input=ASKED, key="one") == first | {"isReplay": True}
    assert await rows(own_bank, "SELECT FROM ketu.announcement WHERE title = 'x'") == [{}]


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("manager-chaoyang", {"title": " "}, ("InvalidInput", "title")),
        ("manager-chaoyang", {"text": ""}, ("InvalidInput", "text")),
        ("manager-chaoyang", {"audiences": []}, ("InvalidInput", "audiences")),
        ("manager-chaoyang", {"audiences": [CHAOYANG] * 101}, ("InvalidInput", "audiences")),
        ("manager-chaoyang", {"expiresOn": "2026-10-30"}, ("InvalidInput", "expiresOn")),
        # A branch manager's reach ends at the branch.
        ("manager-chaoyang", {"audiences": [{"branchId": "bra_3"}]}, ("NotPermitted", "branchId")),
        ("manager-chaoyang", {"audiences": [CHAOYANG | {"branchId": "bra_5"}]}, ("NotPermitted", "branchId")),
        ("manager-chaoyang", {"audiences": [{"branchId": "bra_99"}]}, ("NotFound", "branchId")),
        ("manager-chaoyang", {"audiences": [{"staffId": "sta_12"}]}, ("NotFound", "staffId")),
        ("manager-chaoyang", {"audiences": [{"role": "teller"}]}, ("NotPermitted", "0")),
        ("manager-chaoyang", {"audiences": [{}]}, ("NotPermitted", "0")),
        ("regional-beijing", {"audiences": [{"branchId": "bra_8"}]}, ("NotPermitted", "branchId")),
        ("administrator", {"audiences": [{"role": "king"}]}, ("InvalidInput", "role")),
    ],
)  # fmt: skip
async def test_nothing_is_published_beyond_ones_reach(
    own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]
):
    assert error(await carried_out(own_bank, PUBLISH, user, input=ASKED | given)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.announcement WHERE id > 8") == []


async def test_who_may_not_publish_is_refused(own_bank: Bank):
    problem = await refused(own_bank, PUBLISH, "rm-chaoyang-1", input=ASKED)
    assert problem.code.name == "FORBIDDEN"


async def test_an_announcement_says_something_else(own_bank: Bank):
    given = {"id": MEETING, "expectedVersion": 1, "text": "改为周四", "expiresOn": None}
    payload = await carried_out(own_bank, EDIT, input=given)
    shown = payload["announcement"]
    assert (shown["title"], shown["text"], shown["expiresOn"], shown["version"]) == (
        TITLES[MEETING],
        "改为周四",
        None,
        2,
    )
    assert shown["audiences"] == {"nodes": [audience(branch={"id": "bra_3"}, includesBelow=False)]}
    given = {"id": MEETING, "expectedVersion": 2, "audiences": [{"staffId": "sta_9"}]}
    payload = await carried_out(own_bank, EDIT, input=given)
    assert payload["announcement"]["audiences"] == {"nodes": [audience(staff={"id": "sta_9"})]}
    entries = await rows(own_bank, f"SELECT details FROM audit.event WHERE {SINCE} AND kind = 'CHANGE' ORDER BY id")
    assert [
        '"fields": ["text", "expiresOn"]' in entries[0]["details"],
        '"fields": ["audiences"]' in entries[1]["details"],
    ] == [True, True]


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("manager-chaoyang", {"expectedVersion": 2}, ("Conflict", "expectedVersion")),
        ("manager-haidian", {}, ("NotFound", "id")),
        ("manager-chaoyang", {"id": MAINTENANCE}, ("NotPermitted", "id")),
        ("manager-chaoyang", {"expiresOn": "2026-10-01"}, ("InvalidInput", "expiresOn")),
        ("manager-chaoyang", {"title": ""}, ("InvalidInput", "title")),
        ("regional-shanghai", {"id": PARKING}, ("InvalidInput", "id")),
    ],
)
async def test_nothing_else_is_changed(own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]):
    asked = {"id": MEETING, "expectedVersion": 1, "text": "x"} | given
    assert error(await carried_out(own_bank, EDIT, user, input=asked)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.announcement WHERE version > 1") == []


async def test_what_is_taken_back_is_seen_no_more(own_bank: Bank):
    given = {"id": RATES, "expectedVersion": 1, "reason": "额度调整"}
    payload = await carried_out(own_bank, WITHDRAW, "regional-beijing", input=given)
    shown = payload["announcement"]
    assert (shown["state"], shown["isCurrent"], shown["withdrawalReason"]) == ("WITHDRAWN", False, "额度调整")
    assert shown["withdrawnBy"] == {"id": "sta_3"}
    found = f'{{ node(id: "{RATES}") {{ id }} announcementAudiences {{ nodes {{ announcement {{ id }} }} }} }}'
    shown = await own_bank.ask(found, user="rm-chaoyang-1")
    assert shown["node"] is None
    assert {"announcement": {"id": RATES}} not in shown["announcementAudiences"]["nodes"]
    again = {"id": RATES, "expectedVersion": 2}
    assert error(await carried_out(own_bank, WITHDRAW, "regional-beijing", input=again)) == ("InvalidInput", "id")


async def test_reading_is_kept_once_per_version(own_bank: Bank):
    given = {"id": MEETING}
    payload = await carried_out(own_bank, READ, "rm-chaoyang-1", input=given)
    receipt = payload["announcementReader"]
    assert payload["errors"] == []
    assert (payload["announcement"], receipt["readVersion"], receipt["staff"]) == (given, 1, {"id": "sta_9"})
    assert (await carried_out(own_bank, READ, "rm-chaoyang-1", input=given))["announcementReader"] == receipt
    changed = {"id": MEETING, "expectedVersion": 1, "title": "例会"}
    await carried_out(own_bank, EDIT, input=changed)
    again = (await carried_out(own_bank, READ, "rm-chaoyang-1", input=given))["announcementReader"]
    assert again == receipt | {"readVersion": 2}
    assert (
        len(
            await rows(
                own_bank, f"SELECT FROM audit.event WHERE {SINCE} AND action = 'readAnnouncement' AND kind = 'CHANGE'"
            )
        )
        == 2
    )
    hidden = await carried_out(own_bank, READ, "rm-wangjing-1", input=given)
    assert error(hidden) == ("NotFound", "id")


async def test_receipts_are_ones_own_or_those_of_ones_people(bank: Bank):
    query = "{ announcementReaders(first: 100) { nodes { staff { id } } } }"
    for user, readers in (
        ("rm-chaoyang-1", ["sta_9"]),
        ("manager-chaoyang", ["sta_9"]),
        ("regional-beijing", ["sta_11", "sta_15", "sta_22", "sta_6", "sta_9"]),
    ):
        shown = await bank.ask(query, user=user)
        assert sorted(node["staff"]["id"] for node in shown["announcementReaders"]["nodes"]) == readers, user


async def test_the_board_costs_one_statement(bank: Bank):
    query = """{ announcements(first: 100, where: { isCurrent: { eq: true } }) {
      nodes { title publishedBy { name } audiences { nodes { branch { name } } } readers { totalCount } } } }"""
    bank.statements.clear()
    await bank.ask(query, user="rm-chaoyang-1")
    assert len(bank.statements) == 1
