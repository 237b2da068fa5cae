"""Policy files become scopes as Casbin reads them; lines that say nothing are refused by name."""

from itertools import pairwise
from pathlib import Path

import casbin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authz.permissions import Permission, Reach
from authz.policy import HERE, Policy, load_policy, policy_of
from authz.reader import reader_of
from authz.subject import HeldRole, Subject
from domain.shared.scope import NOTHING, Scope, merged

ROLES = ["teller", "manager", "analyst", "auditor"]
LINES = st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(Permission), st.sampled_from(Reach)), max_size=12)
INCLUDED = st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(ROLES)), max_size=4)
POSITIONS = st.tuples(st.integers(1, 20), st.integers(0, 5))
HELD = st.lists(st.tuples(st.sampled_from(ROLES), POSITIONS), max_size=3)


@settings(deadline=None, max_examples=40)
@given(lines=LINES, included=INCLUDED, held=HELD, permission=st.sampled_from(Permission))
def test_a_scope_reaches_what_the_enforcer_allows(
    lines: list[tuple[str, Permission, Reach]],
    included: list[tuple[str, str]],
    held: list[tuple[str, tuple[int, int]]],
    permission: Permission,
):
    enforcer = casbin.Enforcer(str(HERE / "model.conf"))
    for role, granted, reach in lines:
        enforcer.add_policy(role, granted.value, reach.value)
    for role, other in included:
        if ROLES.index(role) < ROLES.index(other):
            enforcer.add_grouping_policy(role, other)
    roles = tuple(HeldRole(role, 1, position, position + length) for role, (position, length) in held)
    scope = policy_of(enforcer).scope(Subject(1, "somebody", 7, roles, 0), permission)
    for position in range(27):
        for manager in (7, 8, None):
            allowed = any(
                enforcer.enforce(role.role, permission.value, reach.value)
                and {
                    Reach.OWN: manager == 7,
                    Reach.BRANCH: position == role.position or manager == 7,
                    Reach.SUBTREE: role.position <= position <= role.position_end or manager == 7,
                    Reach.BANK: True,
                }[reach]
                for role in roles
                for reach in Reach
            )
            assert scope.includes(position=position, manager_ids=[manager]) == allowed


INTERVALS = st.lists(
    st.tuples(st.integers(0, 15), st.integers(0, 4)).map(lambda pair: (pair[0], sum(pair))), max_size=4
)
SCOPES = st.builds(
    Scope,
    is_everything=st.booleans(),
    intervals=INTERVALS.map(merged),
    manager_id=st.sampled_from([None, 7]),
)


@given(one=SCOPES, other=SCOPES)
def test_a_scope_that_covers_another_includes_all_of_it(one: Scope, other: Scope):
    rows = [(position, manager) for position in range(22) for manager in (7, 8, None)]
    if one.covers(other):
        for position, manager in rows:
            if other.includes(position=position, manager_ids=[manager]):
                assert one.includes(position=position, manager_ids=[manager])
    assert one.covers(one)
    assert one.covers(NOTHING)


@given(intervals=INTERVALS)
def test_merged_intervals_are_the_same_positions_apart_and_ascending(intervals: list[tuple[int, int]]):
    result = merged(intervals)
    for position in range(22):
        assert any(a <= position <= b for a, b in result) == any(a <= position <= b for a, b in intervals)
    assert all(b + 1 < c for (_, b), (c, _) in pairwise(result))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("p, teller, customer:raed, branch", "'customer:raed' is not a valid Permission"),
        ("p, teller, customer:read, everywhere", "'everywhere' is not a valid Reach"),
        ("p, teller, customer:read", "write `p, role, permission, reach`"),
        ("q, teller", "write `p, role, permission, reach`"),
        ("p2, teller, few", "invalid literal for int()"),
    ],
)
def test_a_bad_line_is_named_by_file_and_number(tmp_path: Path, line: str, said: str):
    (tmp_path / "customer.csv").write_text(f"# kind, role\n\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^customer\.csv, line 3: ") as refused:
        load_policy(tmp_path)
    assert said in str(refused.value)


def test_roles_include_others_and_the_widest_reach_wins(tmp_path: Path):
    (tmp_path / "customer.csv").write_text(
        "p, teller, customer:read, own\np, manager, customer:read, subtree\ng, manager, teller\ng, director, manager\n",
        encoding="utf-8",
    )
    policy: Policy = load_policy(tmp_path)
    assert policy.reaches["director"] == {Permission.CUSTOMER_READ: Reach.SUBTREE}
    assert policy.reaches["teller"] == {Permission.CUSTOMER_READ: Reach.OWN}


def test_a_role_that_no_line_mentions_sees_nothing():
    reader = reader_of(Subject(1, "somebody", 7, (HeldRole("stranger", 1, 1, 99),), 0), load_policy())
    assert set(reader.scope_of.values()) == {NOTHING}
