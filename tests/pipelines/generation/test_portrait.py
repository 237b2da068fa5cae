"""The page and the tables that show what a bank is like: of this bank, complete, and without a database."""

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from api.cli import main
from domain.pipelines.generation.portrait import money, people, selling, service
from domain.pipelines.generation.portrait.charts import Chart, svg
from domain.pipelines.generation.portrait.page import page
from domain.pipelines.generation.portrait.sight import Sight
from domain.pipelines.generation.portrait.tables import report
from domain.pipelines.generation.truth.world import World


@pytest.fixture(scope="module")
def sight(world: World) -> Sight:
    return Sight.of(world.plan)


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart))


def test_every_chart_has_a_value_for_each_label(sight: Sight):
    charts = [chart for part in (people, money, service, selling) for chart in part.charts(sight)]
    assert len({chart.title for chart in charts}) == len(charts) > 33
    for chart in charts:
        for name, values in chart.series.items():
            assert len(values) == len(chart.labels), (chart.title, name)
            assert np.isfinite(np.array(values, dtype=float)).all(), (chart.title, name)
            assert max(values) > 0, (chart.title, name)
        drawn(chart)


def test_shares_add_up(sight: Sight):
    by_title = {chart.title: chart for chart in [*money.charts(sight), *service.charts(sight), *selling.charts(sight)]}
    for title in ("Assets, from … CNY", "Tiers", "Purchases and bills, from … CNY", "Term deposits, from … CNY"):
        for name, values in by_title[title].series.items():
            assert sum(values) == pytest.approx(100), (title, name)
    for title in ("Loans by state", "Tickets answered", "Attempts to reach somebody"):
        whole = np.sum(list(by_title[title].series.values()), axis=0)
        assert whole == pytest.approx(100), title


def test_bars_are_as_high_as_their_values():
    chart = Chart("Two", "bars", ["a", "b & c"], {"one": [50.0, 100.0]}, "%")
    boxes = [one for one in drawn(chart).iter() if one.tag == "rect"]
    heights = [float(box.attrib["height"]) for box in boxes]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.2)
    assert "b & c" in {one.text for one in drawn(chart).iter()}


def test_the_page_stands_alone_and_names_its_bank(sight: Sight):
    told = page(sight)
    assert "4,000 customers, seed 7, business date 2026-10-31" in told
    assert told.count("<svg") == told.count("</svg>") > 25
    assert not re.search(r"https?://|<script|<link|<img", told)
    assert page(Sight.of(sight.world.plan)) == told


def test_tables_tell_of_what_can_be_foreseen(sight: Sight):
    told = "\n".join(report(sight))
    for name in ("loan_is_bad", "customer_left", "customer_sleeps", "wants_to_hear_more", "answers_a_campaign"):
        best = float(re.findall(rf"{name} .* ([0-9.]+)\n", told)[0])
        assert 0.6 < best < 0.95, name


def test_the_command_writes_the_page_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "bank.html"
    bank = ["--customers", "300", "--as-of", "2026-10-31"]
    assert main(["generate", "--page", str(file), "--report", *bank]) == 0
    said = capsys.readouterr()
    assert said.err == f"The page: {file}\n"
    assert said.out.startswith("Persons\nstate")
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert main(["generate", "--page", str(tmp_path / "no" / "bank.html"), *bank]) == 1
    assert "the page cannot be written" in capsys.readouterr().err
