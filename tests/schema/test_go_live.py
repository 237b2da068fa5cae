"""Branches that are set up: roles held there reach nothing until a second person lets the branch go live."""

from typing import Any

import pytest
from factories.bank import Bank, change

from domain.shared.problem import ProblemCode
from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { message path } }"
PREPARE = f"""mutation ($no: String!, $level: BranchLevel!, $parent: ID!, $rollup: ID) {{
  prepareBranch(input: {{branchNo: $no, name: "五道口网点", level: $level, parentId: $parent,
                         rollupParentId: $rollup}}) {{
    branch {{ id state version parent {{ name }} rollupParent {{ name }} }} {SHOWN} }} }}"""
APPLY = f"""mutation ($id: ID!, $version: Int!) {{
  applyForGoLive(input: {{branchId: $id, expectedVersion: $version, reason: "Doors are in."}}) {{
    application {{ id state version branch {{ state version }} }} {SHOWN} }} }}"""
DECIDE = f"""mutation ($id: ID!, $version: Int!) {{ %s(input: {{id: $id, expectedVersion: $version}}) {{
    application {{ state version branch {{ state version }} decidedBy {{ name }} }} {SHOWN} }} }}"""
APPROVE, REFUSE = DECIDE % "approveGoLive", DECIDE % "refuseGoLive"
NEW = {"no": "1122", "level": "OUTLET", "parent": "bra_5"}
VIEWER = "{ viewer { roles { role } permissions { permission } } }"


def error(payload: dict[str, Any]) -> tuple[str, str]:
    """Type and last step of the path of the only error."""
    (only,) = payload["errors"]
    return only["__typename"], only["path"][-1]


async def prepared(bank: Bank) -> dict[str, Any]:
    """A branch that is being set up below 北京海淀支行."""
    return (await carried_out(bank, PREPARE, "administrator", **NEW))["branch"]


async def test_a_branch_goes_live_and_its_roles_with_it(own_bank: Bank):
    branch = await prepared(own_bank)
    assert branch["state"] == "PREPARING"
    assert (branch["parent"], branch["rollupParent"]) == ({"name": "北京海淀支行"}, {"name": "北京海淀支行"})
    number = int(branch["id"].removeprefix("bra_"))
    await change(
        own_bank,
        "DELETE FROM ketu.role_assignment WHERE user_account_id = "
        "(SELECT id FROM ketu.user_account WHERE username = 'analyst')",
        "INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) "
        f"SELECT id, 'head_office_analyst', {number} FROM ketu.user_account WHERE username = 'analyst'",
    )
    assert (await own_bank.ask(VIEWER))["viewer"] == {"roles": [], "permissions": []}
    payload = await carried_out(own_bank, APPLY, "regional-beijing", id=branch["id"], version=1)
    application = payload["application"]
    assert application["branch"] == {"state": "APPLIED", "version": 2}
    assert (await own_bank.ask(VIEWER))["viewer"]["roles"] == []
    decision = {"id": application["id"], "version": 1}
    payload = await carried_out(own_bank, APPROVE, "administrator", **decision)
    assert payload["application"] == {
        "state": "APPROVED",
        "version": 2,
        "branch": {"state": "OPEN", "version": 3},
        "decidedBy": {"name": "易安"},
    }
    assert (await own_bank.ask(VIEWER))["viewer"]["roles"] == [{"role": "head_office_analyst"}]
    assert int((await own_bank.answer("{ customers { totalCount } }"))["data"]["customers"]["totalCount"]) > 5
    kept = await rows(own_bank, f"SELECT DISTINCT state FROM ketu.branch_history WHERE id = {number} ORDER BY state")
    assert [row["state"] for row in kept] == ["APPLIED", "OPEN", "PREPARING"]


async def test_a_new_branch_stands_below_its_parents(own_bank: Bank):
    await carried_out(own_bank, PREPARE, "administrator", **NEW, rollup="bra_3")
    (new,) = await rows(own_bank, "SELECT * FROM ketu.branch WHERE branch_no = '1122'")
    for tree, parent in (("position", "1102"), ("rollup_position", "1101")):
        (above,) = await rows(own_bank, f"SELECT * FROM ketu.branch WHERE branch_no = '{parent}'")
        assert above[tree] < new[tree] <= new[f"{tree}_end"] <= above[f"{tree}_end"]
        within = f"{tree} BETWEEN {new[tree]} AND {new[f'{tree}_end']}"
        assert len(await rows(own_bank, f"SELECT id FROM ketu.branch WHERE {within}")) == 1


async def test_refused_it_is_set_up_on(own_bank: Bank):
    branch = await prepared(own_bank)
    payload = await carried_out(own_bank, APPLY, "regional-beijing", id=branch["id"], version=1)
    again = await carried_out(own_bank, APPLY, "regional-beijing", id=branch["id"], version=2)
    assert error(again) == ("InvalidInput", "branchId")
    decision = {"id": payload["application"]["id"], "version": 1}
    payload = await carried_out(own_bank, REFUSE, "administrator", **decision)
    assert payload["application"]["branch"] == {"state": "PREPARING", "version": 3}
    assert error(await carried_out(own_bank, APPROVE, "administrator", **decision | {"version": 2})) == (
        "InvalidInput",
        "id",
    )
    again = await carried_out(own_bank, APPLY, "regional-beijing", id=branch["id"], version=3)
    assert again["errors"] == []


async def test_who_applies_does_not_approve(own_bank: Bank):
    branch = await prepared(own_bank)
    payload = await carried_out(own_bank, APPLY, "administrator", id=branch["id"], version=1)
    decision = {"id": payload["application"]["id"], "version": 1}
    assert error(await carried_out(own_bank, APPROVE, "administrator", **decision)) == ("NotPermitted", "id")
    assert (await refused(own_bank, APPROVE, "regional-beijing", **decision)).code is ProblemCode.FORBIDDEN
    stale = await carried_out(own_bank, APPROVE, "administrator", **decision | {"version": 5})
    assert error(stale) == ("Conflict", "expectedVersion")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"no": "1102"}, ("InvalidInput", "branchNo")),
        ({"no": " "}, ("InvalidInput", "branchNo")),
        ({"parent": "bra_11"}, ("InvalidInput", "parentId")),
        ({"parent": "bra_4"}, ("InvalidInput", "parentId")),
        ({"parent": "bra_99"}, ("NotFound", "parentId")),
        ({"rollup": "bra_6"}, ("InvalidInput", "rollupParentId")),
        ({"level": "HEAD_OFFICE"}, ("InvalidInput", "parentId")),
    ],
)
async def test_a_branch_that_has_no_place(own_bank: Bank, changed: Any, expected: tuple[str, str]):
    assert error(await carried_out(own_bank, PREPARE, "administrator", **NEW | changed)) == expected


async def test_only_a_branch_in_reach_is_applied_for(own_bank: Bank):
    branch = await prepared(own_bank)
    payload = await carried_out(own_bank, APPLY, "regional-shanghai", id=branch["id"], version=1)
    assert error(payload) == ("NotPermitted", "branchId")
    payload = await carried_out(own_bank, APPLY, "regional-beijing", id="bra_5", version=1)
    assert error(payload) == ("InvalidInput", "branchId")
