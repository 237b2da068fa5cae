"""The policy in the database: proposed by one, approved by another, followed by every process at once."""

from pathlib import Path
from typing import Any

import asyncpg
import pytest
from factories.api import serving, settings
from factories.bank import Bank, change

from domain.shared.problem import ProblemCode
from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio

PROPOSE = """mutation ($base: ID!, $add: [PolicyLineInput!]!, $remove: [PolicyLineInput!]!, $roles: [String!]!,
                       $reason: String!) {
  proposePolicyChange(input: {baseId: $base, add: $add, remove: $remove, newRoles: $roles, reason: $reason}) {
    policyVersion { id policyNumber state version reason base { policyNumber } proposedBy { name } decidedBy { name }
                    lines { totalCount } }
    errors { __typename ... on MutationError { message path } } } }"""
DECIDE = """mutation ($id: ID!, $version: Int!) { %s(input: {id: $id, expectedVersion: $version}) {
  policyVersion { state decidedBy { name } decidedAt }
  errors { __typename ... on MutationError { path } ... on Conflict { currentVersion } } } }"""
APPROVE, REFUSE = DECIDE % "approvePolicyChange", DECIDE % "refusePolicyChange"
LOANS_FOR_TELLERS = {"kind": "GRANT", "role": "teller", "permission": "loan:read", "reach": "BRANCH"}
NOTHING: dict[str, Any] = {"base": "pol_1", "add": [], "remove": [], "roles": [], "reason": "Because."}


async def proposed(bank: Bank, *add: dict[str, Any], remove: Any = (), **given: Any) -> dict[str, Any]:
    """The payload of a proposal by the administrator."""
    asked = NOTHING | {"add": list(add), "remove": list(remove)} | given
    return await carried_out(bank, PROPOSE, "administrator", **asked)


async def decided(bank: Bank, query: str, version_id: str, version: int = 1, user: str = "security-officer") -> Any:
    """The payload of a decision."""
    return await carried_out(bank, query, user, id=version_id, version=version)


async def test_one_proposes_another_approves_and_it_holds(own_bank: Bank):
    loans = "{ loans { totalCount } }"
    before = await own_bank.answer(loans, user="teller-wangjing")
    payload = await proposed(own_bank, LOANS_FOR_TELLERS)
    (lines,) = await rows(own_bank, "SELECT count(*) FROM ketu.policy_line WHERE policy_version_id = 1")
    assert payload == {
        "policyVersion": {
            "id": "pol_4",
            "policyNumber": 4,
            "state": "PROPOSED",
            "version": 1,
            "reason": "Because.",
            "base": {"policyNumber": 1},
            "proposedBy": {"name": "易安"},
            "decidedBy": None,
            "lines": {"totalCount": str(lines["count"] + 1)},
        },
        "errors": [],
    }
    assert await own_bank.answer(loans, user="teller-wangjing") == before
    approved = await decided(own_bank, APPROVE, "pol_4")
    assert approved["errors"] == []
    assert approved["policyVersion"]["state"] == "ACTIVE"
    assert approved["policyVersion"]["decidedBy"] == {"name": "严正"}
    assert (await own_bank.answer(loans, user="teller-wangjing"))["data"]["loans"]["totalCount"] == "1"
    data = await own_bank.ask("{ policyVersions { nodes { policyNumber state } } }", user="auditor")
    assert data["policyVersions"]["nodes"] == [
        {"policyNumber": 4, "state": "ACTIVE"},
        {"policyNumber": 3, "state": "SUPERSEDED"},
        {"policyNumber": 2, "state": "REFUSED"},
        {"policyNumber": 1, "state": "SUPERSEDED"},
    ]
    events = await rows(own_bank, "SELECT kind, action, row_id, details FROM audit.event WHERE kind = 'POLICY'")
    assert [(event["action"], event["row_id"]) for event in events] == [
        ("proposePolicyChange", 4),
        ("approvePolicyChange", 4),
        ("approvePolicyChange", 1),
    ]


async def test_lines_go_and_roles_are_denied(own_bank: Bank):
    gone = {"kind": "GRANT", "role": "teller", "permission": "card:read", "reach": "BRANCH"}
    denied = {"kind": "DENY", "role": "teller", "permission": "account:read"}
    payload = await proposed(own_bank, denied, remove=[gone])
    assert payload["errors"] == [
        {
            "__typename": "InvalidInput",
            "message": "Two lines say something about teller, account:read.",
            "path": ["input", "add"],
        }
    ]
    granted = {"kind": "GRANT", "role": "teller", "permission": "account:read", "reach": "BRANCH"}
    payload = await proposed(own_bank, denied, remove=[gone, granted])
    await decided(own_bank, APPROVE, payload["policyVersion"]["id"])
    body = await own_bank.answer("{ cards { totalCount } accounts { totalCount } }", user="teller-wangjing")
    assert body["extensions"]["withheld"] == ["Query.accounts", "Query.cards"]


@pytest.mark.parametrize(
    ("given", "path", "said"),
    [
        ({"add": [LOANS_FOR_TELLERS | {"permission": "loan:raed"}]}, ["add", "0"], "no permission 'loan:raed'"),
        ({"add": [LOANS_FOR_TELLERS | {"reach": None}]}, ["add", "0"], "has permission and reach"),
        ({"add": [LOANS_FOR_TELLERS | {"role": "Teller"}]}, ["add", "0"], "no name of a role"),
        ({"add": [LOANS_FOR_TELLERS | {"role": "tellr"}]}, ["newRoles"], "no role tellr yet"),
        ({"remove": [LOANS_FOR_TELLERS]}, ["remove", "0"], "has no line “p, teller, loan:read, branch”"),
        ({"add": [{"kind": "CELL", "role": "teller", "smallestCell": 1}]}, ["add", "0"], "2 to 1000"),
        ({"add": [{"kind": "CELL", "role": "tellr", "smallestCell": 5}]}, ["add"], "knows no role tellr"),
        ({"add": [{"kind": "INCLUDE", "role": "teller", "otherRole": "teller"}]}, ["add", "0"], "one role twice"),
        (
            {"add": [{"kind": "INCLUDE", "role": "relationship_manager", "otherRole": "field_manager"}]},
            ["add"],
            "includes itself",
        ),
        ({"add": [{"kind": "INCLUDE", "role": "auditor", "otherRole": "administrator"}]}, ["add"], "at once"),
        (
            {"add": [{"kind": "EXCLUDE", "role": "relationship_manager", "otherRole": "branch_manager"}]},
            ["add"],
            "Staff S3103 would be both",
        ),
        (
            {
                "remove": [
                    {"kind": "GRANT", "role": "security_officer", "permission": "policy:approve", "reach": "BANK"}
                ]
            },
            ["add"],
            "Nobody could change the policy any more",
        ),
        ({"reason": "  "}, ["reason"], "1 to 1000 characters"),
    ],
)
async def test_what_makes_no_sense_is_not_proposed(own_bank: Bank, given: Any, path: list[str], said: str):
    payload = await carried_out(own_bank, PROPOSE, "administrator", **(NOTHING | given))
    (error,) = payload["errors"]
    assert (error["__typename"], error["path"]) == ("InvalidInput", ["input", *path])
    assert said in error["message"]
    assert await rows(own_bank, "SELECT FROM ketu.policy_version WHERE policy_number > 3") == []


async def test_nobody_decides_on_their_own_proposal(own_bank: Bank):
    await proposed(own_bank, LOANS_FOR_TELLERS)
    # A second account of the same person is the same person.
    await change(
        own_bank,
        "INSERT INTO ketu.user_account (id, username, staff_id) SELECT 99, 'twin', staff_id "
        "FROM ketu.user_account WHERE username = 'administrator'",
        "INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) VALUES (99, 'security_officer', 1)",
    )
    for query in (APPROVE, REFUSE):
        payload = await decided(own_bank, query, "pol_4", user="twin")
        assert payload["errors"] == [{"__typename": "NotPermitted", "path": ["input", "id"]}]
    (denied,) = await rows(
        own_bank, "SELECT count(*) FROM audit.event WHERE kind = 'DENIAL' AND action LIKE '%Policy%'"
    )
    assert denied["count"] == 2
    with pytest.raises(asyncpg.CheckViolationError):
        await change(own_bank, "UPDATE ketu.policy_version SET decided_by_id = proposed_by_id WHERE policy_number = 4")


async def test_who_may_neither_propose_nor_approve(own_bank: Bank):
    problem = await refused(own_bank, PROPOSE, "security-officer", **NOTHING)
    assert (problem.code, "policy:propose" in problem.message) == (ProblemCode.FORBIDDEN, True)
    problem = await refused(own_bank, APPROVE, "auditor", id="pol_3", version=1)
    assert (problem.code, "policy:approve" in problem.message) == (ProblemCode.FORBIDDEN, True)


async def test_a_decision_is_made_once_and_on_what_was_read(own_bank: Bank):
    await proposed(own_bank, LOANS_FOR_TELLERS)
    conflict = await decided(own_bank, APPROVE, "pol_4", version=7)
    assert conflict["errors"] == [{"__typename": "Conflict", "path": ["input", "expectedVersion"], "currentVersion": 1}]
    assert (await decided(own_bank, REFUSE, "pol_4"))["policyVersion"]["state"] == "REFUSED"
    again = await decided(own_bank, APPROVE, "pol_4", version=2)
    assert again["errors"] == [{"__typename": "InvalidInput", "path": ["input", "id"]}]
    assert (await decided(own_bank, APPROVE, "pol_999"))["errors"][0]["__typename"] == "NotFound"


async def test_a_change_made_from_another_version_is_a_conflict(own_bank: Bank):
    await proposed(own_bank, LOANS_FOR_TELLERS)
    await proposed(own_bank, LOANS_FOR_TELLERS | {"reach": "BANK"})
    await decided(own_bank, APPROVE, "pol_4")
    overtaken = await decided(own_bank, APPROVE, "pol_5")
    assert overtaken["errors"][0]["__typename"] == "Conflict"
    assert (await proposed(own_bank, LOANS_FOR_TELLERS))["errors"][0]["__typename"] == "Conflict"


async def test_what_has_become_impossible_is_not_approved(own_bank: Bank):
    line = {"kind": "EXCLUDE", "role": "teller", "otherRole": "service_agent"}
    await proposed(own_bank, line)
    await change(
        own_bank,
        "INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) "
        "SELECT id, 'teller', 1 FROM ketu.user_account WHERE username = 'service-agent'",
    )
    payload = await decided(own_bank, APPROVE, "pol_4")
    assert payload["errors"] == [{"__typename": "InvalidInput", "path": ["input", "id"]}]


async def test_a_version_keeps_its_lines(own_bank: Bank):
    for statement in ("UPDATE ketu.policy_line SET role = 'x'", "DELETE FROM ketu.policy_line"):
        with pytest.raises(asyncpg.PostgresError, match="keeps its lines"):
            await change(own_bank, statement)


async def test_every_process_follows_with_its_next_statement(
    own_sample_url: str, tmp_path: Path, one_schema_per_process: None
):
    """Two APIs on one database, each with readers of its own."""
    loans = "{ loans { totalCount } }"
    chosen = settings(own_sample_url, tmp_path)
    async with serving(chosen) as one, serving(chosen) as other:
        for api in (one, other):
            answer = (await api.post(loans, user="teller-wangjing")).json()
            assert answer["data"] == {"loans": None}
        asked = NOTHING | {"add": [LOANS_FOR_TELLERS]}
        answer = (await one.post(PROPOSE, user="administrator", variables=asked)).json()
        assert answer["data"]["proposePolicyChange"]["errors"] == []
        approval = {"id": answer["data"]["proposePolicyChange"]["policyVersion"]["id"], "version": 1}
        answer = (await other.post(APPROVE, user="security-officer", variables=approval)).json()
        assert answer["data"]["approvePolicyChange"]["errors"] == []
        for api in (one, other):
            answer = (await api.post(loans, user="teller-wangjing")).json()
            assert answer["data"] == {"loans": {"totalCount": "1"}}


SIMULATE = """mutation ($id: ID, $add: [PolicyLineInput!]!, $remove: [PolicyLineInput!]!, $first: Int!) {
  simulatePolicyChange(input: {versionId: $id, add: $add, remove: $remove, first: $first}) {
    userCount differenceCount
    differences { username permission reachBefore reachAfter gainedCount lostCount gainedIds lostIds }
    errors { __typename ... on MutationError { path } } } }"""


async def simulated(bank: Bank, user: str = "auditor", **given: Any) -> dict[str, Any]:
    """The payload."""
    return await carried_out(bank, SIMULATE, user, **({"id": None, "add": [], "remove": [], "first": 20} | given))


async def customers_of(bank: Bank, user: str) -> set[str]:
    """The ids of those whom a user sees."""
    data = await bank.ask("{ customers(first: 100) { nodes { id } } }", user=user)
    return {node["id"] for node in data["customers"]["nodes"]}


async def test_a_simulation_says_what_comes_true(own_bank: Bank):
    """Branch managers would see all below their branch, relationship managers nobody: counted, and then seen."""
    gone = {"kind": "GRANT", "role": "relationship_manager", "permission": "customer:read", "reach": "OWN"}
    narrow = {"kind": "GRANT", "role": "branch_manager", "permission": "customer:read", "reach": "BRANCH"}
    wide = narrow | {"reach": "SUBTREE"}
    proposal = await proposed(own_bank, wide, remove=[gone, narrow])
    version_id = proposal["policyVersion"]["id"]
    from_lines = await simulated(own_bank, add=[wide], remove=[gone, narrow])
    payload = await simulated(own_bank, id=version_id)
    assert payload == from_lines
    assert payload["errors"] == []
    differences = {each["username"]: each for each in payload["differences"]}
    assert {each["permission"] for each in payload["differences"]} == {"customer:read"}
    assert payload["userCount"] == payload["differenceCount"] == str(len(differences))
    assert {"manager-chaoyang", "rm-chaoyang-1", "field-haidian", "manager-xuhui"} <= set(differences)
    assert "teller-wangjing" not in differences
    before = {user: await customers_of(own_bank, user) for user in differences}
    await decided(own_bank, APPROVE, version_id)
    for user, told in differences.items():
        if told["reachAfter"] is None:
            body = await own_bank.answer("{ customers { totalCount } }", user=user)
            assert body["extensions"]["withheld"] == ["Query.customers"]
            after: set[str] = set()
        else:
            after = await customers_of(own_bank, user)
        gained, lost = after - before[user], before[user] - after
        assert (told["gainedCount"], told["lostCount"]) == (str(len(gained)), str(len(lost))), user
        assert (len(told["gainedIds"]), len(told["lostIds"])) == (min(5, len(gained)), min(5, len(lost))), user
        assert set(told["gainedIds"]) <= gained, user
        assert set(told["lostIds"]) <= lost, user
    assert any(told["gainedIds"] for told in differences.values())
    assert differences["manager-chaoyang"]["reachBefore"] == "BRANCH"
    assert differences["manager-chaoyang"]["reachAfter"] == "SUBTREE"


async def test_a_simulation_stays_within_the_sight_of_who_asks(own_bank: Bank):
    wide = {"kind": "GRANT", "role": "teller", "permission": "loan:read", "reach": "BANK"}
    everything = await simulated(own_bank, add=[wide])
    assert {each["gainedCount"] for each in everything["differences"]} == {"44"}
    # The administrator sees staff, and no customers.
    nothing = await simulated(own_bank, "administrator", add=[wide])
    assert nothing["userCount"] == everything["userCount"] == "2"
    assert {(each["gainedCount"], *each["gainedIds"]) for each in nothing["differences"]} == {("0",)}
    # A reader of the policy at one branch, who sees its customers and staff.
    await change(
        own_bank,
        "INSERT INTO ketu.policy_version (policy_number, state, reason) VALUES (9, 'PROPOSED', 'made by hand')",
        "INSERT INTO ketu.policy_line (policy_version_id, kind, role, permission, reach) "
        "SELECT (SELECT id FROM ketu.policy_version WHERE policy_number = 9), kind, role, permission, reach "
        "FROM ketu.policy_line WHERE policy_version_id = 1 AND kind = 'GRANT' "
        "UNION ALL SELECT (SELECT id FROM ketu.policy_version WHERE policy_number = 9), "
        "'GRANT', 'branch_manager', 'policy:read', 'BRANCH'",
        "UPDATE ketu.policy_version SET state = 'SUPERSEDED' WHERE policy_number = 1",
        "UPDATE ketu.policy_version SET state = 'ACTIVE' WHERE policy_number = 9",
    )
    some = await simulated(own_bank, "manager-xuhui", add=[wide])
    assert [each["username"] for each in some["differences"]] == ["teller-xuhui"]
    (told,) = some["differences"]
    seen = await customers_of(own_bank, "manager-xuhui")
    assert told["gainedCount"] == str(len(seen))
    assert set(told["gainedIds"]) <= seen
    (event, *_) = await rows(
        own_bank, "SELECT customer_ids FROM audit.event WHERE action = 'simulatePolicyChange' ORDER BY id DESC"
    )
    assert {f"cus_{one}" for one in event["customer_ids"]} == set(told["gainedIds"])


async def test_permissions_about_no_customers_are_told_without_counts(own_bank: Bank):
    line = {"kind": "GRANT", "role": "teller", "permission": "policy:read", "reach": "BANK"}
    payload = await simulated(own_bank, add=[line], first=1)
    assert (payload["userCount"], payload["differenceCount"]) == ("2", "2")
    (told,) = payload["differences"]
    assert (told["reachBefore"], told["reachAfter"], told["gainedCount"], told["gainedIds"]) == (None, "BANK", None, [])


async def test_a_simulation_of_what_makes_no_sense(own_bank: Bank):
    line = {"kind": "GRANT", "role": "tellr", "permission": "policy:read", "reach": "BANK"}
    for given, path in (
        ({"add": [line]}, "newRoles"),
        ({"id": "pol_1", "remove": [line | {"role": "teller"}]}, "versionId"),
        ({"id": "pol_999"}, "versionId"),
        ({"first": 101}, "first"),
    ):
        payload = await simulated(own_bank, **given)
        assert payload["differences"] is None
        assert [error["path"] for error in payload["errors"]] == [["input", path]]
    problem = await refused(own_bank, SIMULATE, "analyst", id=None, add=[], remove=[], first=1)
    assert problem.code is ProblemCode.FORBIDDEN
