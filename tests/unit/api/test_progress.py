"""What a person sees while a command works, and what a file of its output holds."""

import io
import time

import pytest

from api import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, to be set by the test."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_a_file_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch, clock: list[float]):
    output = io.StringIO()
    monkeypatch.setattr("sys.stderr", output)
    with progress.step("Generate") as step:
        for seconds in (1, 29, 31, 59, 62):
            clock[0] = 100.0 + seconds
            step.update(f"{seconds} %")
        step.note("all of it")
    assert output.getvalue() == "  Generate … 31 %\n  Generate … 62 %\n✓ Generate: all of it (62.0 s)\n"


def test_a_terminal_shows_each_of_them(monkeypatch: pytest.MonkeyPatch, clock: list[float]):
    output = Terminal()
    monkeypatch.setattr("sys.stderr", output)
    with progress.step("Generate") as step:
        step.update("1 %")
        step.update("2 %")
    assert output.getvalue().count(progress.CLEAR_LINE) == 3
    assert "Generate … 2 %" in output.getvalue()
