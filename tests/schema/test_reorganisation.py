"""Moving, merging and closing branches: who sees whom follows at once, rows later, and nobody notices when."""

from typing import Any

import asyncpg
import pytest
from factories.bank import SINCE, Bank, change
from storm import MERGE, MOVE, Truth, storm
from test_mutations import carried_out, refused, rows

from api.rewriting import rewrite_all
from domain.branch.tree import BranchTree, tree_of
from domain.shared.problem import ProblemCode

pytestmark = pytest.mark.anyio

CLOSE = """mutation ($branch: ID!, $version: Int!) {
  closeBranch(input: {branchId: $branch, expectedVersion: $version}) {
  branch { state } errors { __typename ... on MutationError { message path } } } }"""
STATE = "SELECT id, parent_id, position, position_end, state, version FROM ketu.branch ORDER BY id"
CUSTOMERS = "SELECT id, version, branch_id FROM ketu.customer ORDER BY id"


async def branch_named(bank: Bank, number: str) -> tuple[str, int]:
    """Id and version of the branch with that number."""
    (found,) = await rows(bank, f"SELECT id, version FROM ketu.branch WHERE branch_no = '{number}'")
    return f"bra_{found['id']}", found["version"]


async def moved(bank: Bank, number: str, under: str, user: str = "administrator") -> dict[str, Any]:
    """The payload of moving one branch under another, both by their numbers."""
    branch, version = await branch_named(bank, number)
    parent, _ = await branch_named(bank, under)
    return await carried_out(bank, MOVE, user, branch=branch, parent=parent, version=version)


async def merged(bank: Bank, number: str, into: str) -> dict[str, Any]:
    """The payload of merging one branch into another, both by their numbers."""
    branch, version = await branch_named(bank, number)
    other, _ = await branch_named(bank, into)
    return await carried_out(bank, MERGE, "administrator", branch=branch, into=other, version=version)


async def seen_by(bank: Bank, user: str) -> set[str]:
    """Whom a user sees."""
    data = await bank.ask("{ customers(first: 100) { nodes { id } } }", user=user)
    return {node["id"] for node in data["customers"]["nodes"]}


async def test_who_sees_whom_follows_before_any_row_does(own_bank: Bank):
    north, south = await seen_by(own_bank, "regional-beijing"), await seen_by(own_bank, "regional-shanghai")
    branch = await seen_by(own_bank, "manager-chaoyang")
    before = await rows(own_bank, CUSTOMERS)
    payload = await moved(own_bank, "1101", "3100")
    assert (payload["errors"], payload["branch"]["parent"]["id"]) == ([], (await branch_named(own_bank, "3100"))[0])
    gone = north - await seen_by(own_bank, "regional-beijing")
    assert gone > {"cus_1"}
    assert await seen_by(own_bank, "regional-shanghai") == south | gone
    assert await seen_by(own_bank, "manager-chaoyang") == branch
    assert await rows(own_bank, "SELECT * FROM ketu.former_position") != []
    await rewrite_all(own_bank.database)
    assert await rows(own_bank, "SELECT * FROM ketu.former_position") == []
    assert await seen_by(own_bank, "regional-shanghai") == south | gone
    assert await seen_by(own_bank, "regional-beijing") == north - gone
    assert await rows(own_bank, CUSTOMERS) == before, "rows that only follow are not changed for anybody"
    assert await rows(own_bank, "SELECT id FROM ketu.customer_history WHERE operation = 'UPDATE'") == []
    for table in ("customer", "staff"):
        astray = f"SELECT FROM ketu.{table} AS one JOIN ketu.branch ON branch.id = branch_id"
        astray += " WHERE branch.position <> one.position"
        assert await rows(own_bank, astray) == []


async def test_the_intervals_of_a_scope_are_simple_again(own_bank: Bank):
    await moved(own_bank, "1111", "3101")
    during = (await own_bank.reader("regional-beijing")).subject.roles[0]
    assert len(during.of_subtree) == 2, "a hole where the outlet has left"
    await rewrite_all(own_bank.database)
    after = (await own_bank.reader("regional-beijing")).subject.roles[0]
    assert after.of_subtree == ((after.position, after.position_end),)


async def test_a_merged_branch_hands_everybody_over(own_bank: Bank):
    one, other = await seen_by(own_bank, "manager-xuhui"), await seen_by(own_bank, "manager-pudong")
    payload = await merged(own_bank, "3102", "3101")
    assert (payload["errors"], payload["branch"]["state"]) == ([], "CLOSED")
    for user in ("manager-xuhui", "manager-pudong", "teller-xuhui"):
        assert await seen_by(own_bank, user) >= one | other, user
    await rewrite_all(own_bank.database)
    for user in ("manager-xuhui", "manager-pudong", "teller-xuhui"):
        assert await seen_by(own_bank, user) >= one | other, user
    left = "SELECT FROM ketu.customer AS one JOIN ketu.branch ON branch.id = branch_id WHERE branch.state = 'CLOSED'"
    assert await rows(own_bank, left) == []
    assert await rows(own_bank, "SELECT FROM ketu.customer_history WHERE operation = 'UPDATE'"), "these have changed"
    events = await rows(own_bank, f"SELECT concept, details FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert [event["concept"] for event in events] == ["branch", "branch"]


async def test_a_role_held_in_a_closed_branch_does_not_reach_where_its_rows_have_gone(own_bank: Bank):
    assert (await merged(own_bank, "1111", "3101"))["errors"] == []
    await change(
        own_bank,
        "UPDATE ketu.role_assignment AS held SET branch_id = branch.id FROM ketu.branch, "
        "ketu.user_account AS account "
        "WHERE account.username = 'teller-wangjing' AND held.user_account_id = account.id AND branch_no = '1111'",
    )
    assert await seen_by(own_bank, "teller-wangjing") == set(), "before the rows have followed"
    await rewrite_all(own_bank.database)
    assert await seen_by(own_bank, "teller-wangjing") == set()


async def test_a_branch_that_was_moved_twice_and_merged_leaves_nobody_behind(own_bank: Bank):
    everybody = await seen_by(own_bank, "analyst")
    regional = await seen_by(own_bank, "regional-beijing") | await seen_by(own_bank, "regional-shanghai")
    for number, under in (("1111", "3101"), ("1111", "3102"), ("1111", "1102")):
        assert (await moved(own_bank, number, under))["errors"] == []
    assert (await merged(own_bank, "1102", "3101"))["errors"] == []
    assert await seen_by(own_bank, "regional-beijing") | await seen_by(own_bank, "regional-shanghai") == regional
    await rewrite_all(own_bank.database)
    assert await seen_by(own_bank, "regional-beijing") | await seen_by(own_bank, "regional-shanghai") == regional
    assert await seen_by(own_bank, "analyst") == everybody


async def test_positions_are_never_given_again(own_bank: Bank):
    taken = {row["position"] for row in await rows(own_bank, "SELECT position FROM ketu.branch")}
    for under in ("3101", "1101", "3101", "1101"):
        assert (await moved(own_bank, "1111", under))["errors"] == [] or under == "1101"
        await rewrite_all(own_bank.database)
        (row,) = await rows(own_bank, "SELECT position FROM ketu.branch WHERE branch_no = '1111'")
        taken.add(row["position"])
    assert len(taken) == len(await rows(own_bank, "SELECT id FROM ketu.branch")) + 4
    connection = await asyncpg.connect(own_bank.url)
    tree = await tree_of(connection, BranchTree.COVERAGE)
    await connection.close()
    assert all(tree.positions[one] > tree.positions[parent] for one, parent in tree.parents.items() if parent)


@pytest.mark.parametrize(
    ("number", "under", "error"),
    [
        ("1101", "1111", "InvalidInput"),  # below itself
        ("1101", "1101", "InvalidInput"),
        ("1100", "3101", "InvalidInput"),  # a branch under a sub-branch
        ("0001", "1100", "InvalidInput"),  # the head office
        ("1101", "3121", "InvalidInput"),  # closed
    ],
)
async def test_a_place_that_cannot_be_is_refused(own_bank: Bank, number: str, under: str, error: str):
    before = await rows(own_bank, STATE)
    payload = await moved(own_bank, number, under)
    assert [each["__typename"] for each in payload["errors"]] == [error]
    assert payload["branch"] is None
    assert await rows(own_bank, STATE) == before


async def test_a_branch_has_room_for_99(own_bank: Bank):
    await change(
        own_bank,
        """INSERT INTO ketu.branch (branch_no, name, name_sort_key, level, state, parent_id, position, position_end,
               rollup_parent_id, rollup_position, rollup_position_end, source, source_key, as_of_date)
           SELECT 'X' || n, 'X', 'x', 'OUTLET', 'OPEN', id, position + n * 100, position + n * 100 + 99,
               id, rollup_position + n * 100, rollup_position + n * 100 + 99, source, 'x' || n, as_of_date
           FROM ketu.branch, generate_series(2, 99) AS n WHERE branch_no = '3102'""",
    )
    payload = await moved(own_bank, "1111", "3102")
    ((name, message),) = [(each["__typename"], each["message"]) for each in payload["errors"]]
    assert (name, message[:17]) == ("InvalidInput", "There is no room:")


async def test_only_an_empty_branch_is_closed(own_bank: Bank):
    branch, version = await branch_named(own_bank, "1111")
    payload = await carried_out(own_bank, CLOSE, "administrator", branch=branch, version=version)
    assert "customers" in payload["errors"][0]["message"]
    assert (await merged(own_bank, "1111", "1101"))["errors"] == []
    branch, version = await branch_named(own_bank, "1121")
    payload = await carried_out(own_bank, CLOSE, "administrator", branch=branch, version=version + 7)
    assert [each["__typename"] for each in payload["errors"]] == ["Conflict"]


@pytest.mark.parametrize("user", ["regional-beijing", "manager-chaoyang", "security-officer", "auditor"])
async def test_who_may_not_reorganise_is_refused(own_bank: Bank, user: str):
    branch, version = await branch_named(own_bank, "1111")
    parent, _ = await branch_named(own_bank, "3101")
    before = await rows(own_bank, STATE)
    problem = await refused(own_bank, MOVE, user, branch=branch, parent=parent, version=version)
    assert problem.code is ProblemCode.FORBIDDEN
    assert await rows(own_bank, STATE) == before


async def test_no_reader_ever_sees_a_wrong_row_while_branches_move(own_bank: Bank):
    it = await storm(own_bank, seed=7, changes=25)
    assert it.wrong == []
    assert it.counts["moves"] > 10
    assert it.counts["batches of rows that followed"] > 20
    assert min(it.counts[what] for what in ("a list and its count", "lists below branches", "one by its id")) > 50
    await rewrite_all(own_bank.database)
    connection = await asyncpg.connect(own_bank.url)
    rest = await Truth.read(connection)
    await connection.close()
    assert rest.seen() == it.truth.seen(), "what the tables say in the end is what was said to happen"
