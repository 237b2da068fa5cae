"""Applications for users: one applies, another approves, the training is confirmed, an account follows."""

import json
from typing import Any

import pytest
from factories.api import Api, serving, settings
from factories.bank import Bank, change

from domain.shared.problem import ProblemCode
from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio

SHOWN = """application { id version state kind username adds removes trainedOn staff { name } appliedBy { name }
                         decidedBy { name } trainingConfirmedBy { name } activatedBy { name } }
           errors { __typename ... on MutationError { message path } }"""
OR_CONFLICT = SHOWN.replace("message path }", "message path } ... on Conflict { currentVersion }")
APPLY = f"""mutation ($staff: ID!, $name: String!, $add: [RoleInBranchInput!]!, $reason: String!) {{
  applyForUser(input: {{staffId: $staff, username: $name, add: $add, reason: $reason}}) {{ {SHOWN} }} }}"""
CHANGE = f"""mutation ($name: String!, $add: [RoleInBranchInput!]!, $remove: [RoleInBranchInput!]!) {{
  applyForRoleChange(input: {{username: $name, add: $add, remove: $remove, reason: "Why not."}}) {{ {SHOWN} }} }}"""
STEP = f"""mutation ($id: ID!, $version: Int!, $key: String) {{
  %s(input: {{id: $id, expectedVersion: $version}}, idempotencyKey: $key) {{ {OR_CONFLICT} %s }} }}"""
APPROVE, REFUSE = STEP % ("approveUserApplication", ""), STEP % ("refuseUserApplication", "")
TRAIN, WITHDRAW = STEP % ("confirmTraining", ""), STEP % ("withdrawUserApplication", "")
ACTIVATE = STEP % ("activateUserApplication", "oneTimePassword isReplay")

TELLER_AT_CHAOYANG = {"role": "teller", "branchId": "bra_3"}
NEW = "INSERT INTO ketu.staff (id, staff_no, name, name_sort_key, post, state, branch_id, position) SELECT 90, 'N1', " \
      "'新来', 'xinlai', 'TELLER', 'ACTIVE', id, position FROM ketu.branch WHERE branch_no = '1101'"  # fmt: skip
ASKED: dict[str, Any] = {"staff": "sta_90", "name": "new.teller", "add": [TELLER_AT_CHAOYANG], "reason": "New here."}


async def applied(bank: Bank, user: str = "manager-chaoyang", **changed: Any) -> dict[str, Any]:
    """The payload of an application for somebody new."""
    return await carried_out(bank, APPLY, user, **(ASKED | changed))


async def step(bank: Bank, query: str, user: str, application: dict[str, Any], **given: Any) -> dict[str, Any]:
    """The payload of the next step of an application as it is now."""
    return await carried_out(bank, query, user, id=application["id"], version=application["version"], **given)


async def trained(bank: Bank) -> dict[str, Any]:
    """An application for somebody new that waits to be put into effect."""
    await change(bank, NEW)
    application = (await applied(bank))["application"]
    application = (await step(bank, APPROVE, "security-officer", application))["application"]
    return (await step(bank, TRAIN, "manager-chaoyang", application))["application"]


def error(payload: dict[str, Any]) -> tuple[str, str]:
    """Type and last step of the path of the only error."""
    (only,) = payload["errors"]
    assert payload["application"] is None
    return only["__typename"], only["path"][-1]


async def test_from_application_to_the_first_query(own_bank: Bank):
    application = await trained(own_bank)
    assert application | {"id": None} == {
        "id": None,
        "version": 3,
        "state": "TRAINED",
        "kind": "NEW_USER",
        "username": "new.teller",
        "adds": ["teller@1101"],
        "removes": [],
        "trainedOn": "2026-10-31",
        "staff": {"name": "新来"},
        "appliedBy": {"name": "方志强"},
        "decidedBy": None,
        "trainingConfirmedBy": {"name": "方志强"},
        "activatedBy": None,
    }
    payload = await step(own_bank, ACTIVATE, "administrator", application)
    assert payload["errors"] == []
    assert payload["application"]["state"] == "ACTIVE"
    assert payload["application"]["decidedBy"] == {"name": "严正"}
    (kept,) = await rows(own_bank, "SELECT * FROM ketu.credential JOIN ketu.user_account ON id = user_account_id")
    assert (kept["username"], kept["must_change_password"], kept["staff_id"]) == ("new.teller", True, 90)
    assert kept["password_hash"].startswith("$argon2id$")
    seen = await own_bank.ask("{ customers { totalCount } viewer { roles { role branchId } } }", user="new.teller")
    assert seen["viewer"]["roles"] == [{"role": "teller", "branchId": "bra_3"}]
    assert int(seen["customers"]["totalCount"]) > 0
    changes = await rows(own_bank, "SELECT action, concept, details FROM audit.event WHERE concept IS NOT NULL")
    assert [(each["action"], each["concept"], json.loads(each["details"])["action"]) for each in changes] == [
        ("applyForUser", "user_application", "PROPOSED"),
        ("approveUserApplication", "user_application", "APPROVED"),
        ("confirmTraining", "user_application", "TRAINED"),
        ("activateUserApplication", "user_application", "ACTIVE"),
        ("activateUserApplication", "user_account", "CREATED"),
    ]


async def test_the_password_opens_the_door_once_and_is_kept_nowhere(own_bank: Bank, own_sample_url: str, tmp_path: Any):
    application = await trained(own_bank)
    first = await step(own_bank, ACTIVATE, "administrator", application, key="once")
    password = first["oneTimePassword"]
    again = await step(own_bank, ACTIVATE, "administrator", application, key="once")
    assert (again["isReplay"], again["oneTimePassword"]) == (True, None)
    assert again["application"] == first["application"]
    for table in ("ketu.command", "ketu.credential", "ketu.user_application", "ketu.outbox_event", "audit.event"):
        for row in await rows(own_bank, f"SELECT to_jsonb(kept)::text AS text FROM {table} AS kept"):
            assert password not in row["text"], table
    async with serving(settings(own_sample_url, tmp_path)) as api:
        attempt = {"username": "new.teller", "password": password}
        assert (await _sign_in(api, "sign-in", attempt)) == (403, "PASSWORD_CHANGE_REQUIRED")
        assert (await _sign_in(api, "password", attempt | {"newPassword": "a password of my own"}))[0] == 200
        assert (await _sign_in(api, "sign-in", attempt)) == (401, "INVALID_CREDENTIALS")


async def _sign_in(api: Api, way: str, body: dict[str, str]) -> tuple[int, str | None]:
    answer = await api.client.post(f"/auth/{way}", json=body)
    return answer.status_code, answer.json().get("code")


@pytest.mark.parametrize(
    ("changed", "expected", "said"),
    [
        ({"staff": "sta_999"}, ("NotFound", "staffId"), ""),
        ({"staff": "sta_14"}, ("NotFound", "staffId"), ""),
        ({"staff": "sta_9"}, ("InvalidInput", "staffId"), "have an account already"),
        ({"name": "New Teller"}, ("InvalidInput", "username"), "small letters"),
        ({"name": "auditor"}, ("InvalidInput", "username"), "an account called auditor"),
        ({"add": []}, ("InvalidInput", "add"), "Name a role"),
        ({"add": [{"role": "tellr", "branchId": "bra_3"}]}, ("InvalidInput", "add"), "no role tellr"),
        ({"add": [{"role": "teller", "branchId": "bra_1"}]}, ("NotPermitted", "branchId"), "branch 0001"),
        ({"add": [{"role": "teller", "branchId": "cus_1"}]}, ("NotFound", "branchId"), ""),
        ({"reason": " "}, ("InvalidInput", "reason"), "1 to 1000"),
    ],
)
async def test_what_makes_no_sense_is_not_applied_for(
    own_bank: Bank, changed: Any, expected: tuple[str, str], said: str
):
    await change(own_bank, NEW)
    payload = await applied(own_bank, **changed)
    assert error(payload) == expected
    assert said in payload["errors"][0]["message"]
    assert await rows(own_bank, "SELECT FROM ketu.user_application WHERE username = 'new.teller'") == []


async def test_somebody_has_one_application_at_a_time(own_bank: Bank):
    await change(own_bank, NEW)
    application = (await applied(own_bank))["application"]
    assert error(await applied(own_bank, name="another.name")) == ("InvalidInput", "staffId")
    assert (await step(own_bank, WITHDRAW, "manager-chaoyang", application))["application"]["state"] == "WITHDRAWN"
    assert (await applied(own_bank, name="another.name"))["errors"] == []


async def test_two_people_decide_and_neither_is_the_one_it_is_for(own_bank: Bank):
    await change(
        own_bank,
        NEW,
        # One person with two accounts is one person.
        "INSERT INTO ketu.user_account (id, username, staff_id) VALUES (91, 'twin', 5), (92, 'own', 90)",
        "UPDATE ketu.user_account SET is_active = true WHERE id = 92",
        "INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) VALUES (91, 'security_officer', 1)",
    )
    payload = await carried_out(own_bank, CHANGE, "manager-chaoyang", name="own", add=[TELLER_AT_CHAOYANG], remove=[])
    application = payload["application"]
    assert error(await step(own_bank, APPROVE, "twin", application)) == ("NotPermitted", "id")
    await change(
        own_bank, "INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) VALUES (92, 'branch_manager', 3)"
    )
    approved = (await step(own_bank, APPROVE, "security-officer", application))["application"]
    assert error(await step(own_bank, TRAIN, "own", approved)) == ("NotPermitted", "id")
    assert (await step(own_bank, TRAIN, "manager-chaoyang", approved))["errors"] == []
    assert (await refused(own_bank, APPROVE, "administrator", id="uap_1", version=1)).code is ProblemCode.FORBIDDEN


async def test_steps_come_in_their_order(own_bank: Bank):
    await change(own_bank, NEW)
    application = (await applied(own_bank))["application"]
    assert error(await step(own_bank, TRAIN, "manager-chaoyang", application)) == ("InvalidInput", "id")
    assert error(await step(own_bank, ACTIVATE, "administrator", application)) == ("InvalidInput", "id")
    approved = (await step(own_bank, APPROVE, "security-officer", application))["application"]
    stale = await step(own_bank, APPROVE, "security-officer", application)
    assert error(stale) == ("Conflict", "expectedVersion")
    assert stale["errors"][0]["currentVersion"] == 2
    assert error(await step(own_bank, ACTIVATE, "administrator", approved)) == ("InvalidInput", "id")
    assert error(await step(own_bank, REFUSE, "security-officer", approved)) == ("InvalidInput", "id")


async def test_a_refused_application_comes_to_nothing(own_bank: Bank):
    await change(own_bank, NEW)
    application = (await applied(own_bank))["application"]
    application = (await step(own_bank, REFUSE, "security-officer", application))["application"]
    assert application["state"] == "REFUSED"
    for query, user in ((APPROVE, "security-officer"), (WITHDRAW, "manager-chaoyang"), (ACTIVATE, "administrator")):
        assert error(await step(own_bank, query, user, application)) == ("InvalidInput", "id")


async def test_roles_come_and_go_by_the_same_way(own_bank: Bank):
    at_xuhui = [{"role": role, "branchId": "bra_10"} for role in ("branch_manager", "relationship_manager")]
    payload = await carried_out(
        own_bank, CHANGE, "administrator", name="manager-xuhui", add=[TELLER_AT_CHAOYANG], remove=at_xuhui[1:]
    )
    application = (await step(own_bank, APPROVE, "security-officer", payload["application"]))["application"]
    application = (await step(own_bank, TRAIN, "regional-shanghai", application))["errors"]
    # 朝阳 is not below 上海.
    assert application[0]["__typename"] == "NotPermitted"
    payload = await carried_out(own_bank, WITHDRAW, "administrator", id=payload["application"]["id"], version=2)
    payload = await carried_out(own_bank, CHANGE, "administrator", name="manager-xuhui", add=[], remove=at_xuhui[1:])
    application = (await step(own_bank, APPROVE, "security-officer", payload["application"]))["application"]
    # Nothing has to be learnt for less.
    payload = await step(own_bank, ACTIVATE, "administrator", application)
    assert (payload["errors"], payload["oneTimePassword"]) == ([], None)
    viewer = await own_bank.ask("{ viewer { roles { role branchId } } }", user="manager-xuhui")
    assert viewer["viewer"]["roles"] == at_xuhui[:1]
    gone = await rows(
        own_bank, "SELECT role, business_date FROM ketu.role_assignment_history WHERE operation = 'DELETE'"
    )
    assert [(row["role"], str(row["business_date"])) for row in gone] == [("relationship_manager", "2026-10-31")]


@pytest.mark.parametrize(
    ("name", "add", "remove", "expected", "said"),
    [
        ("nobody", [], [], "NotFound", ""),
        ("rm-caohejing-1", [TELLER_AT_CHAOYANG], [], "InvalidInput", "do not work here"),
        ("teller-wangjing", [{"role": "teller", "branchId": "bra_4"}], [], "InvalidInput", "hold teller@1111 already"),
        ("teller-wangjing", [], [TELLER_AT_CHAOYANG], "InvalidInput", "do not hold teller@1101"),
        ("auditor", [{"role": "administrator", "branchId": "bra_1"}], [], "InvalidInput", "Nobody may be both"),
        ("teller-wangjing", [{"role": "teller", "branchId": "bra_11"}], [], "InvalidInput", "3121 is closed"),
    ],
)
async def test_a_change_that_makes_no_sense(own_bank: Bank, name: str, add: Any, remove: Any, expected: str, said: str):
    payload = await carried_out(own_bank, CHANGE, "administrator", name=name, add=add, remove=remove)
    assert error(payload)[0] == expected
    assert said in payload["errors"][0]["message"]


async def test_what_was_approved_is_looked_at_again(own_bank: Bank):
    add = [{"role": "auditor", "branchId": "bra_1"}]
    payload = await carried_out(own_bank, CHANGE, "administrator", name="teller-wangjing", add=add, remove=[])
    await change(
        own_bank,
        "INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) "
        "SELECT id, 'administrator', 1 FROM ketu.user_account WHERE username = 'teller-wangjing'",
    )
    payload = await step(own_bank, APPROVE, "security-officer", payload["application"])
    assert "It does not fit any more. Nobody may be both" in payload["errors"][0]["message"]


async def test_somebody_can_still_change_the_policy(own_bank: Bank):
    role = [{"role": "security_officer", "branchId": "bra_1"}]
    payload = await carried_out(own_bank, CHANGE, "administrator", name="security-officer", add=[], remove=role)
    await change(
        own_bank,
        "INSERT INTO ketu.user_account (id, username, staff_id) VALUES (91, 'second', 19)",
        "INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) VALUES (91, 'security_officer', 1)",
    )
    application = (await step(own_bank, APPROVE, "second", payload["application"]))["application"]
    await change(own_bank, "UPDATE ketu.user_account SET is_active = false WHERE id = 91")
    payload = await step(own_bank, ACTIVATE, "administrator", application)
    assert "Nobody could change the policy any more" in payload["errors"][0]["message"]
    assert (await own_bank.reader("security-officer")).subject.roles[0].role == "security_officer"


async def test_each_sees_the_applications_in_their_reach(bank: Bank):
    query = "{ userApplications { nodes { username state staff { name } } } }"
    seen = await bank.ask(query, user="regional-beijing")
    assert [each["username"] for each in seen["userApplications"]["nodes"]] == [
        "teller-wangjing",
        "rm-haidian-1",
        "rm-wangjing-1",
    ]
    assert (await bank.ask(query, user="manager-xuhui"))["userApplications"]["nodes"] == []
    assert (await bank.answer(query, user="teller-wangjing"))["extensions"]["withheld"] == ["Query.userApplications"]
