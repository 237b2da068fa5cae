"""Explanations of access: what they say is what the engine shows, whoever is explained."""

import json
from typing import Any

import pytest
from factories.bank import Bank, built_schema, change
from graphql import get_named_type, is_composite_type

from api.rewriting import rewrite_all
from domain.shared.problem import ProblemCode
from resolvers.context import GraphQLRequest
from resolvers.engine.edges import Many, One, Union
from resolvers.engine.graph import NodeType
from tests.schema.test_mutations import carried_out, refused, rows
from tests.schema.test_reorganisation import moved

pytestmark = pytest.mark.anyio

GRAPH, SCHEMA = built_schema().graph, built_schema().schema
EXPLAIN = """mutation ($who: String!, $node: ID!, $field: String) {
  explainAccess(input: {username: $who, nodeId: $node, field: $field}) {
    verdict
    reasons { permission kind letsThrough role branchId line reach customerId tie grantId startsOn endsOn }
    errors { __typename ... on MutationError { path } } } }"""
USERS = (
    "administrator", "analyst", "auditor", "field-haidian", "integrator", "manager-xuhui", "regional-beijing",
    "rm-haidian-1", "rm-pudong-1", "security-officer", "service-agent", "teller-wangjing",
)  # fmt: skip
ROWS_OF_A_TYPE = 2


async def explained(bank: Bank, user: str, node: str, field: str | None = None, *, asker: str = "auditor") -> Any:
    """The payload."""
    return await carried_out(bank, EXPLAIN, asker, who=user, node=node, field=field)


def reasons(payload: Any, **wanted: Any) -> list[dict[str, Any]]:
    """The reasons in which these words stand."""
    return [each for each in payload["reasons"] if wanted.items() <= each.items()]


def selected(type_name: str, field: str) -> str:
    """A field with what has to be selected of it."""
    type_: Any = SCHEMA.type_map[type_name]
    if not is_composite_type(get_named_type(type_.fields[field].type)):
        return field
    declaration = GRAPH.types[type_name].fields[field]
    return f"{field} {{ {'totalCount' if isinstance(declaration, Many | Union) else '__typename'} }}"


async def shown(bank: Bank, user: str, node_id: str, type_: NodeType) -> tuple[dict[str, Any] | None, list[str]]:
    """All fields of a row as somebody sees them, and those that are withheld."""
    reader = await bank.reader(user)
    # A few at a time: pages within pages have their limits.
    fields = " ".join(f"{name}: {selected(type_.name, name)}" for name in type_.fields)
    query = f'{{ node(id: "{node_id}") {{ ... on {type_.name} {{ {fields} }} }} }}'
    # Compiled alone: that both executions agree about all fields is seen elsewhere.
    answered = await bank.engine.execute(bank.database, GraphQLRequest(query, {}, None, reader))
    body = json.loads(answered.body)
    withheld = body.get("extensions", {"withheld": []})["withheld"]
    return body["data"]["node"], [name.split(".")[1] for name in withheld if "." in name]


@pytest.mark.parametrize("user", USERS)
async def test_an_explanation_says_what_the_engine_shows(own_bank: Bank, user: str):
    verdicts: set[str] = set()
    for node in GRAPH.by_table.values():
        found = await rows(
            own_bank,
            f"SELECT * FROM {node.rows.table.fullname} ORDER BY md5(id::text || '{user}') LIMIT {ROWS_OF_A_TYPE}",
        )
        for number, row in enumerate(found):
            node_id = f"{node.prefix}_{row['id']}"
            type_ = GRAPH.types[node.kinds[row["kind"]]] if node.kinds else node
            everything, _ = await shown(own_bank, "auditor", node_id, type_)
            if everything is None:
                continue
            seen, withheld = await shown(own_bank, user, node_id, type_)
            # Each field is asked about for one of the users, in one of the rows.
            names = [name for n, name in enumerate(type_.fields) if n % len(USERS) == USERS.index(user)]
            names = [None, *names[number :: len(found)]]
            for name in names:
                payload = await explained(own_bank, user, node_id, name)
                assert payload["errors"] == []
                verdict = payload["verdict"]
                verdicts.add(verdict)
                context = (user, node_id, name, payload)
                if seen is None:
                    assert verdict == "ABSENT", context
                    assert any(not each["letsThrough"] for each in payload["reasons"]), context
                    continue
                if name is None or seen[name] is not None:
                    assert verdict == "VISIBLE", context
                elif name in withheld:
                    assert verdict == "WITHHELD", context
                elif everything[name] is None:
                    assert verdict in ("VISIBLE", "GUARDED", "EMPTY"), context
                else:
                    assert verdict == ("ABSENT" if isinstance(type_.fields[name], One) else "GUARDED"), context
                if verdict == "VISIBLE":
                    assert_let_through(payload, context)
    assert "VISIBLE" in verdicts


def assert_let_through(payload: Any, context: Any) -> None:
    """Each permission that is named comes to the row by some way, and nothing denies it."""
    assert reasons(payload, kind="DENIED") == [], context
    for permission in {each["permission"] for each in payload["reasons"]}:
        assert reasons(payload, permission=permission, letsThrough=True), context


async def test_the_role_line_reach_and_branch_are_named(own_bank: Bank):
    payload = await explained(own_bank, "rm-chaoyang-1", "cus_1")
    assert payload["verdict"] == "VISIBLE"
    assert payload["reasons"] == [
        {
            "permission": "customer:read",
            "kind": "PRIMARY_MANAGER",
            "letsThrough": True,
            "role": "relationship_manager",
            "branchId": "bra_3",
            "line": "p, relationship_manager, customer:read, own",
            "reach": "OWN",
            "customerId": "cus_1",
            "tie": "CUSTOMER",
            "grantId": None,
            "startsOn": None,
            "endsOn": None,
        }
    ]
    (reason,) = (await explained(own_bank, "regional-beijing", "cus_1"))["reasons"]
    assert (reason["kind"], reason["branchId"], reason["reach"]) == ("POSITION", "bra_2", "SUBTREE")
    (reason,) = (await explained(own_bank, "analyst", "cus_1"))["reasons"]
    assert (reason["kind"], reason["reach"]) == ("BANK", "BANK")


async def test_while_branches_move_it_says_what_readers_see(own_bank: Bank):
    await moved(own_bank, "1101", "3100")
    for stage in ("rows keep their position", "rows have followed"):
        for user, verdict in (("regional-beijing", "ABSENT"), ("regional-shanghai", "VISIBLE")):
            payload = await explained(own_bank, user, "cus_1")
            assert payload["verdict"] == verdict, (stage, user)
            letting_through = [each["kind"] for each in payload["reasons"] if each["letsThrough"]]
            assert letting_through == (["POSITION"] if verdict == "VISIBLE" else []), (stage, user)
        await rewrite_all(own_bank.database)


async def test_what_does_not_come_to_the_row_is_named_as_well(own_bank: Bank):
    payload = await explained(own_bank, "teller-wangjing", "cus_1")
    assert payload["verdict"] == "ABSENT"
    (reason,) = payload["reasons"]
    assert (reason["kind"], reason["role"], reason["letsThrough"]) == ("OUT_OF_REACH", "teller", False)
    payload = await explained(own_bank, "administrator", "cus_1")
    (reason,) = payload["reasons"]
    assert (payload["verdict"], reason["kind"], reason["role"]) == ("ABSENT", "NO_LINE", None)


async def test_backup_managers_and_roles_that_include_others(own_bank: Bank):
    (reason,) = (await explained(own_bank, "field-haidian", "cus_9"))["reasons"]
    assert (reason["kind"], reason["role"]) == ("BACKUP_MANAGER", "field_manager")
    assert reason["line"] == "p, relationship_manager, customer:read, own"


async def test_a_grant_with_its_dates_in_force_or_not(own_bank: Bank):
    granted = await rows(
        own_bank,
        "SELECT g.id, customer_id, username FROM ketu.access_grant AS g JOIN ketu.user_account USING (staff_id)",
    )
    assert len(granted) == 4
    found = {}
    for row in granted:
        payload = await explained(own_bank, row["username"], f"cus_{row['customer_id']}")
        (reason,) = reasons(payload, grantId=f"gra_{row['id']}")
        found[row["id"]] = (reason["kind"], reason["startsOn"], reason["endsOn"], payload["verdict"])
    assert found == {
        1: ("ACCESS_GRANT", "2026-10-20", "2026-11-10", "VISIBLE"),
        2: ("PAST_OR_FUTURE_GRANT", "2026-07-01", "2026-08-31", "ABSENT"),
        3: ("PAST_OR_FUTURE_GRANT", "2026-11-02", "2026-11-30", "ABSENT"),
        4: ("PAST_OR_FUTURE_GRANT", "2026-10-01", "2026-12-31", "ABSENT"),
    }


async def test_joint_holders_and_members_of_the_household_let_through(own_bank: Bank):
    """The account or household is seen because one of several customers is."""
    for table, link, prefix, tie in (
        ("account", "account_holder", "acc", "HOLDER"),
        ("household", "household_member", "hou", "MEMBER"),
    ):
        (shared,) = await rows(
            own_bank,
            f"""SELECT link.{table}_id AS id, min(username) AS username,
                       count(*) FILTER (WHERE customer.manager_id = account.staff_id) AS own, count(*) AS all
                FROM ketu.{link} AS link JOIN ketu.customer AS customer ON customer.id = link.customer_id
                CROSS JOIN (SELECT * FROM ketu.user_account WHERE username LIKE 'rm-%' AND is_active) AS account
                GROUP BY link.{table}_id, account.id
                HAVING count(*) FILTER (WHERE customer.manager_id = account.staff_id) BETWEEN 1 AND count(*) - 1
                ORDER BY 1 LIMIT 1""",
        )
        payload = await explained(own_bank, shared["username"], f"{prefix}_{shared['id']}")
        assert payload["verdict"] == "VISIBLE"
        permission = f"{table}:read"
        assert len(reasons(payload, permission=permission, tie=tie, kind="PRIMARY_MANAGER")) == shared["own"]
        others = reasons(payload, permission=permission, tie=tie, kind="OUT_OF_REACH")
        assert len(others) == shared["all"] - shared["own"]


async def test_a_denial_and_a_withheld_field(own_bank: Bank):
    (document,) = await rows(
        own_bank, "SELECT id FROM ketu.identity_document WHERE customer_id = 9 ORDER BY id LIMIT 1"
    )
    payload = await explained(own_bank, "field-haidian", f"idd_{document['id']}")
    assert payload["verdict"] == "ABSENT"
    (reason,) = reasons(payload, kind="DENIED")
    assert (reason["line"], reason["role"]) == ("deny, field_manager, identity_document:read", "field_manager")
    payload = await explained(own_bank, "field-haidian", "cus_9", "identityDocuments")
    assert payload["verdict"] == "WITHHELD"
    assert reasons(payload, kind="DENIED", permission="identity_document:read")
    payload = await explained(own_bank, "teller-wangjing", "cus_6", "birthOn")
    assert payload["verdict"] == "WITHHELD"
    assert reasons(payload, permission="customer.birth_on:read", kind="NO_LINE")


async def test_a_user_who_cannot_sign_in(own_bank: Bank):
    payload = await explained(own_bank, "rm-caohejing-1", "cus_1")
    assert (payload["verdict"], payload["reasons"]) == ("NO_SIGN_IN", [])


@pytest.mark.parametrize(
    ("asker", "user", "node", "field", "path"),
    [
        # A branch manager explains what is theirs to see, to people of theirs.
        ("manager-chaoyang", "rm-chaoyang-1", "cus_33", None, ("NotFound", "nodeId")),
        ("manager-chaoyang", "rm-pudong-1", "cus_1", None, ("NotFound", "username")),
        ("manager-chaoyang", "nobody", "cus_1", None, ("NotFound", "username")),
        ("manager-chaoyang", "rm-chaoyang-1", "cus_999", None, ("NotFound", "nodeId")),
        ("security-officer", "rm-chaoyang-1", "acc_1", None, ("NotFound", "nodeId")),
        ("manager-chaoyang", "rm-chaoyang-1", "cus_1", "shoeSize", ("InvalidInput", "field")),
        ("manager-chaoyang", "rm-chaoyang-1", "cus_1", "registeredOn", ("InvalidInput", "field")),
    ],
)
async def test_what_the_asker_may_not_see_is_not_explained(
    own_bank: Bank, asker: str, user: str, node: str, field: str | None, path: tuple[str, str]
):
    payload = await explained(own_bank, user, node, field, asker=asker)
    assert (payload["verdict"], payload["reasons"]) == (None, None)
    assert payload["errors"] == [{"__typename": path[0], "path": ["input", path[1]]}]
    assert await rows(own_bank, "SELECT FROM audit.event WHERE action = 'explainAccess'") == []


async def test_a_customer_whom_the_asker_may_not_see_stays_unnamed(own_bank: Bank):
    """An account of two holders, of whom the asker sees one and the user serves the other."""
    await change(
        own_bank,
        "INSERT INTO ketu.account_holder (account_id, customer_id, role) "
        "SELECT 1, 24, role FROM ketu.account_holder WHERE role <> 'OWNER' LIMIT 1",
        # The user works where the asker may see them.
        "UPDATE ketu.staff SET position = (SELECT position FROM ketu.branch WHERE branch_no = '1101') "
        "WHERE id = (SELECT manager_id FROM ketu.customer WHERE id = 24)",
    )
    (user,) = await rows(
        own_bank,
        "SELECT username FROM ketu.user_account AS account JOIN ketu.customer ON manager_id = account.staff_id "
        "WHERE customer.id = 24",
    )
    payload = await explained(own_bank, user["username"], "acc_1", asker="manager-chaoyang")
    assert payload["verdict"] == "VISIBLE"
    (let,) = reasons(payload, letsThrough=True)
    assert (let["kind"], let["customerId"], let["line"], let["branchId"]) == ("BEYOND_YOU", None, None, None)
    assert "cus_24" not in str(payload)


async def test_an_explanation_is_logged(own_bank: Bank):
    await explained(own_bank, "teller-wangjing", "cus_6", "birthOn")
    (event,) = await rows(own_bank, "SELECT * FROM audit.event WHERE action = 'explainAccess'")
    assert (event["kind"], event["concept"], event["row_id"], event["customer_ids"]) == ("ACCESS", "customer", 6, [6])
    (account,) = await rows(own_bank, "SELECT id FROM ketu.user_account WHERE username = 'teller-wangjing'")
    assert f'"userAccountId": {account["id"]}' in event["details"]


async def test_who_may_not_explain_is_refused(own_bank: Bank):
    problem = await refused(own_bank, EXPLAIN, "rm-chaoyang-1", who="rm-chaoyang-1", node="cus_1")
    assert (problem.code, "access:explain" in problem.message) == (ProblemCode.FORBIDDEN, True)
