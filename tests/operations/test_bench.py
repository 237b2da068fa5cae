"""The bench compares like with like: on each page all sides say the same, and what it measures is told whole."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from api.settings import Settings
from bench import loads, overload, run
from bench.contest import Effort
from bench.pages import PAGES

CUSTOMERS = 300
TOLD = {
    "page", "clients", "customers", "ratio_to_postgraphile", "ratio_to_sql", "p99_ratio_to_postgraphile", "scoped_cost",
    "growth_cost", "statements",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where its banks are kept."""
    return tmp_path_factory.mktemp("banks")


@pytest.fixture(scope="module")
def stand(folder: Path) -> Iterator[run.Stand]:
    """A small bank with all servers."""
    with ExitStack() as house:
        yield run.stand(house, Settings.read(os.environ), CUSTOMERS, folder)


def test_all_sides_say_the_same(stand: run.Stand):
    run.must_agree(stand)


def test_a_page_is_measured_beside_all_of_them(stand: run.Stand):
    effort = Effort((2,), rounds=1, seconds=0.1, warm_up=0.1)
    found = [run.measured(PAGES[name], stand, stand, 2, effort) for name in ("customer_360", "search")]
    for one in found:
        told = one.as_json()
        assert told.keys() >= TOLD
        assert (told["statements"], told["customers"]) == (1, CUSTOMERS)
        assert told["ratio_to_sql"] > 0 < told["scoped_cost"]
        assert told["growth_cost"] is None
    assert found[0].as_json()["ratio_to_postgraphile"] > 0
    assert found[1].as_json()["ratio_to_postgraphile"] is None


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_every_page_is_one_statement(stand: run.Stand, page: run.Page):
    assert run.statements(stand, page) == 1


def test_who_asks_for_little_is_answered_beside_a_crowd(stand: run.Stand, folder: Path):
    found = overload.overload(Settings.read(os.environ), CUSTOMERS, 400, seconds=2, folder=folder)
    assert found.alone.answers > 0 < found.beside.answers
    # Half of the places are never those of the crowd.
    assert (found.alone.refused, found.beside.refused) == (0, 0)
    assert found.crowd.answers > 0 < found.crowd.refused
    assert found.mb_most >= found.mb_before > 0


def test_a_bank_is_filled_beside_copy(tmp_path: Path):
    found: list[loads.Loaded] = []
    loads.measure(Settings(data=tmp_path), 60, None, 1, on_progress=found.append)
    (one,) = found
    assert one.name == "60 generated"
    assert one.rows > 1_000
    assert one.share > 0 < one.index_cost
