"""What a reader is told of themselves is what the engine does."""

import pytest
from factories.bank import Bank, built_schema

from authz.permissions import Permission
from resolvers.engine.edges import ById, Many, Union
from tests.schema.test_explain import USERS, selected

pytestmark = pytest.mark.anyio

GRAPH = built_schema().graph
VIEWER = """{ viewer { username withheldFields roles { role branchId }
                       permissions { permission isEverything reach roles } } }"""
PIECE = 12
"""So many fields are asked for at a time: pages within pages have their limits."""


async def withheld(bank: Bank, user: str, query: str) -> set[str]:
    """What an answer says that it leaves out."""
    body = await bank.answer(query, reader=await bank.reader(user))
    assert "data" in body, body
    return set(body.get("extensions", {"withheld": []})["withheld"])


@pytest.mark.parametrize("user", USERS)
async def test_the_withheld_fields_are_those_that_answers_leave_out(bank: Bank, user: str):
    reader = await bank.reader(user)
    told = set((await bank.ask(VIEWER, reader=reader))["viewer"]["withheldFields"])
    found: set[str] = set()
    for node in GRAPH.types.values():
        if not reader.has(*node.rows.reads):
            continue
        names = list(node.fields)
        for piece in (names[at : at + PIECE] for at in range(0, len(names), PIECE)):
            fields = " ".join(f"{name}: {selected(node.name, name)}" for name in piece)
            query = f'{{ node(id: "{node.prefix}_1") {{ ... on {node.name} {{ {fields} }} }} }}'
            # Only its own: what lies behind an edge is asked for at that type.
            found |= {each for each in await withheld(bank, user, query) if each in _coordinates(node.name)}
    for name, field in GRAPH.plain["Query"].items():
        if isinstance(field, Many | Union):
            found |= await withheld(bank, user, f"{{ {name} {{ totalCount }} }}") & {f"Query.{name}"}
        elif isinstance(field, ById) and field.table is not None:
            prefix = GRAPH.by_table[field.table].prefix
            found |= await withheld(bank, user, f'{{ {name}(id: "{prefix}_1") {{ __typename }} }}')
    assert told == found


def _coordinates(type_name: str) -> set[str]:
    node = GRAPH.types[type_name]
    return {GRAPH.coordinate(node, name) for name in node.fields}


@pytest.mark.parametrize("user", USERS)
async def test_each_permission_with_its_reach_and_roles(bank: Bank, user: str):
    reader = await bank.reader(user)
    viewer = (await bank.ask(VIEWER, reader=reader))["viewer"]
    roles = {held["role"] for held in viewer["roles"]}
    told = {each["permission"]: each for each in viewer["permissions"]}
    assert set(told) == {permission.value for permission in Permission if reader.has(permission)}
    for each in told.values():
        assert (each["reach"] == "BANK") is each["isEverything"]
        assert set(each["roles"]) <= roles
        assert each["roles"] != []


@pytest.mark.parametrize(("user", "smallest"), [("analyst", 5), ("rm-haidian-1", 1), ("auditor", 1)])
async def test_the_smallest_cell_is_the_policys(bank: Bank, user: str, smallest: int):
    assert (await bank.ask("{ viewer { smallestCell } }", user=user))["viewer"] == {"smallestCell": smallest}


async def test_reaches_of_known_roles(bank: Bank):
    known = {
        "rm-haidian-1": ("customer:read", "OWN", ["relationship_manager"]),
        "manager-xuhui": ("customer:read", "BRANCH", ["branch_manager", "relationship_manager"]),
        "regional-beijing": ("customer:read", "SUBTREE", ["regional_manager"]),
        "analyst": ("customer:read", "BANK", ["head_office_analyst"]),
    }
    for user, (permission, reach, roles) in known.items():
        viewer = (await bank.ask(VIEWER, user=user))["viewer"]
        (found,) = [each for each in viewer["permissions"] if each["permission"] == permission]
        assert (found["reach"], found["roles"]) == (reach, roles), user
