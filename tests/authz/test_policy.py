"""Policy files become scopes as Casbin reads them; lines that say nothing are refused by name."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authz.permissions import Permission, Reach
from authz.policy import Place, Policy, enforcer_of, policy_of
from authz.policy_files import load_policy, read_lines
from authz.reader import reader_of
from authz.subject import HeldRole, Subject
from domain.policy.model import PolicyLine, PolicyLineKind
from domain.shared.scope import NOTHING, Scope, merged

ROLES = ["teller", "manager", "analyst", "auditor"]
GRANTS = st.builds(
    lambda role, permission, reach: PolicyLine(PolicyLineKind.GRANT, role, permission.value, reach),
    st.sampled_from(ROLES), st.sampled_from(Permission), st.sampled_from(Reach),
)  # fmt: skip
DENIALS = st.builds(
    lambda role, permission: PolicyLine(PolicyLineKind.DENY, role, permission.value),
    st.sampled_from(ROLES), st.sampled_from(Permission),
)  # fmt: skip
INCLUSIONS = st.builds(
    lambda role, other: PolicyLine(PolicyLineKind.INCLUDE, role, other_role=other),
    st.sampled_from(ROLES), st.sampled_from(ROLES),
).filter(lambda line: ROLES.index(line.role) < ROLES.index(str(line.other_role)))  # fmt: skip
FEW = [Permission.CUSTOMER_READ, Permission.ACCOUNT_READ]
"""Few enough for lines to meet."""
LINES = st.lists(GRANTS | DENIALS | INCLUSIONS, max_size=12).map(
    lambda lines: [
        replace(line, permission=FEW[number % 2].value) if line.permission else line
        for number, line in enumerate(lines)
    ]
)
POSITIONS = st.tuples(st.integers(1, 20), st.integers(0, 5))
HELD = st.lists(st.tuples(st.sampled_from(ROLES), POSITIONS), max_size=3)


@settings(deadline=None, max_examples=100)
@given(lines=LINES, held=HELD, permission=st.sampled_from(FEW))
def test_a_scope_reaches_the_rows_that_casbin_allows_one_by_one(
    lines: list[PolicyLine], held: list[tuple[str, tuple[int, int]]], permission: Permission
):
    enforcer = enforcer_of(lines)
    roles = tuple(HeldRole(role, 1, position, position + length) for role, (position, length) in held)
    subject = Subject(1, "somebody", 7, roles, 0)
    policy = policy_of(lines)
    scope = policy.scope(subject, permission)
    allowed_somewhere = False
    for position in range(27):
        for manager in (7, 8, None):
            for is_granted in (False, True):
                place = Place(position, (8, manager), is_granted)
                allowed = enforcer.enforce(subject, permission.value, place)
                included = scope.includes(position=position, manager_ids=(8, manager), is_granted=is_granted)
                assert included == allowed, place
                allowed_somewhere |= allowed
    assert policy.allows([held.role for held in roles], permission) == allowed_somewhere


def test_casbin_counts_a_reach_from_the_branch_in_which_the_role_is_held():
    words = ("own", "branch", "subtree")
    lines = [PolicyLine(PolicyLineKind.GRANT, word, "customer:read", Reach(word)) for word in words]
    reached = {
        role.role: [
            position
            for position in range(1, 9)
            if enforcer_of(lines).enforce(Subject(1, "x", 7, (role,), 0), "customer:read", Place(position, (8,)))
        ]
        for role in (HeldRole(word, 1, 3, 6) for word in (*words, "stranger"))
    }
    assert reached == {"own": [], "branch": [3], "subtree": [3, 4, 5, 6], "stranger": []}
    everybody = Subject(1, "x", 7, (HeldRole("own", 1, 3, 6),), 0)
    assert enforcer_of(lines).enforce(everybody, "customer:read", Place(20, (8, 7)))
    assert enforcer_of(lines).enforce(everybody, "customer:read", Place(20, (8,), is_granted=True))


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


def test_a_denial_takes_from_all_roles_and_comes_with_what_is_included(tmp_path: Path):
    (tmp_path / "customer.csv").write_text(
        "p, teller, customer:read, bank\np, outside, loan:read, bank\ndeny, outside, customer:read\n"
        "g, courier, outside\n",
        encoding="utf-8",
    )
    policy = load_policy(tmp_path)
    both = Subject(1, "somebody", 7, (HeldRole("teller", 1, 1, 9), HeldRole("courier", 1, 1, 9)), 0)
    assert policy.scope(both, Permission.CUSTOMER_READ) is NOTHING
    assert policy.scope(both, Permission.LOAN_READ).is_everything
    assert policy.scope(replace(both, roles=both.roles[:1]), Permission.CUSTOMER_READ).is_everything


def test_who_includes_a_role_sees_no_smaller_groups_than_it():
    lines = [
        PolicyLine(PolicyLineKind.CELL, "analyst", smallest_cell=5),
        PolicyLine(PolicyLineKind.CELL, "chief", smallest_cell=3),
        *(PolicyLine(PolicyLineKind.INCLUDE, role, other_role="analyst") for role in ("chief", "trainee")),
    ]
    assert policy_of(lines).smallest_cells == {"analyst": 5, "chief": 3, "trainee": 5}


def test_a_permission_of_a_newer_version_is_passed_over():
    lines = [PolicyLine(PolicyLineKind.GRANT, "teller", "horoscope:read", Reach.BANK), *read_lines()]
    assert policy_of(lines).reaches == load_policy().reaches


def test_lines_are_written_as_they_are_read(tmp_path: Path):
    (tmp_path / "all.csv").write_text("\n".join(map(str, read_lines())), encoding="utf-8")
    assert read_lines(tmp_path) == read_lines()


def test_a_role_that_no_line_mentions_sees_nothing():
    reader = reader_of(Subject(1, "somebody", 7, (HeldRole("stranger", 1, 1, 99),), 0), load_policy())
    assert set(reader.scope_of.values()) == {NOTHING}
