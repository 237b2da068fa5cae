"""`./ketu dev` starts the API anew when a source changes, and builds a page when one of its does."""

from pathlib import Path
from typing import cast

import pytest

from api import frontend
from api.commands import dev, up
from api.processes import ApiProcesses


class Recorder:
    """What is asked of the API processes, in order."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.how: str | None = None

    def start(self) -> None:
        self.asked.append("start")

    def stop(self) -> None:
        self.asked.append("stop")
        self.how = None

    def ended(self) -> str | None:
        return self.how


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One source file in a checkout of its own."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    (tmp_path / "domain").mkdir()
    (tmp_path / "domain" / "model.py").touch()
    return tmp_path / "domain" / "model.py"


def test_nothing_happens_while_nothing_changes(source: Path) -> None:
    api = Recorder()
    look = dev.Reloading()

    look(cast(ApiProcesses, api))

    assert api.asked == []


@pytest.mark.parametrize("change", ["edit", "add", "remove"])
def test_a_change_starts_the_api_anew_once(source: Path, change: str) -> None:
    (source.parent / "other.py").touch()
    api = Recorder()
    look = dev.Reloading()

    if change == "edit":
        source.write_text("x = 1\n")
    elif change == "add":
        (source.parent / "new.csv").touch()
    else:
        (source.parent / "other.py").unlink()
    for _ in range(2):
        look(cast(ApiProcesses, api))

    assert api.asked == ["stop", "start"]


def test_a_broken_api_waits_for_the_next_change(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    api = Recorder()
    look = dev.Reloading()
    api.how = "exit status 1"

    look(cast(ApiProcesses, api))
    look(cast(ApiProcesses, api))
    assert api.asked == ["stop"]
    assert capsys.readouterr().err == "The API ended (exit status 1): waiting for the next change.\n"

    source.write_text("mended = True\n")
    look(cast(ApiProcesses, api))
    assert api.asked == ["stop", "stop", "start"]


@pytest.mark.parametrize("changed", ["src/page.ts", "index.html", "src/graph/generated/types.ts"])
def test_a_source_of_a_page_builds_it_first(
    source: Path, monkeypatch: pytest.MonkeyPatch, changed: str, tmp_path: Path
) -> None:
    folder = tmp_path / "frontend" / "web"
    (folder / "src" / "graph" / "generated").mkdir(parents=True)
    (folder / changed).touch()
    api = Recorder()
    monkeypatch.setattr(frontend, "PAGES", (frontend.Page("web page", folder, folder / "src" / "graph" / "generated"),))
    monkeypatch.setattr(up, "build_pages", lambda: api.asked.append("build"))
    look = dev.Reloading()

    (folder / changed).write_text("x")
    for _ in range(2):
        look(cast(ApiProcesses, api))

    is_written_by_a_build = "generated" in changed
    assert api.asked == ([] if is_written_by_a_build else ["build", "stop", "start"])
