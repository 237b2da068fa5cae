"""Positions: subtrees are intervals, and a new branch moves no other."""

import pytest

from domain.branch.position import TreeError, placed

TREE: dict[str, str | None] = {"head": None, "a": "head", "a1": "a", "b": "head", "b1": "b", "b1x": "b1", "a2": "a"}


def test_a_subtree_is_an_interval():
    assert placed(TREE) == {
        "head": (0, 99_999_999),
        "a": (1_000_000, 1_999_999),
        "a1": (1_010_000, 1_019_999),
        "a2": (1_020_000, 1_029_999),
        "b": (2_000_000, 2_999_999),
        "b1": (2_010_000, 2_019_999),
        "b1x": (2_010_100, 2_010_199),
    }


def test_a_new_branch_takes_a_free_place_and_moves_no_other():
    before = placed(TREE)
    known = {branch: (parent, before[branch][0]) for branch, parent in TREE.items()}
    after = placed({"head": None, "c": "head", "a": "head", "a0": "a"} | TREE, known)
    assert {branch: after[branch] for branch in before} == before
    assert after["c"] == (3_000_000, 3_999_999)
    assert after["a0"] == (1_030_000, 1_039_999)


def test_a_moved_branch_takes_a_new_place_and_its_old_one_stays_free():
    before = placed(TREE)
    known = {branch: (parent, before[branch][0]) for branch, parent in TREE.items()}
    after = placed(TREE | {"a2": "b", "a3": "a"}, known)
    assert after["a2"] == (2_020_000, 2_029_999)
    assert after["a3"] == (1_030_000, 1_039_999)


def test_a_branch_that_is_gone_keeps_its_place_from_others():
    known = {"head": (None, 0), "a": ("head", 1_000_000), "b": ("head", 2_000_000)}
    assert placed({"head": None, "a": "head", "c": "head"}, known)["c"] == (3_000_000, 3_999_999)


@pytest.mark.parametrize(
    ("parents", "message"),
    [
        ({"a": "head"}, "'a' comes before its parent 'head', or the parent is missing"),
        ({"head": None, "other": None}, "a tree has one head office"),
        ({"head": None, "a": "head", "b": "a", "c": "b", "d": "c"}, "'d' has no place: a tree has .* 4 levels"),
        ({"head": None} | {str(number): "head" for number in range(100)}, "'99' has no place: 'head' has room for 99"),
    ],
)
def test_what_is_no_such_tree_is_refused(parents: dict[str, str | None], message: str):
    with pytest.raises(TreeError, match=message):
        placed(parents)
