"""Positions in the write-ahead log, and whose queries have to see what is before them."""

from typing import Any

import pytest

from domain.shared import position, replicas
from domain.shared.replicas import Replicas


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0/0"), (0x1A2B3C4, "0/1A2B3C4"), (0x16B374D848, "16/B374D848"), (2**64 - 1, "F" * 8 + "/" + "F" * 8)],
)
def test_they_are_written_and_read_as_postgresql_does(number: int, text: str):
    assert position.written(number) == text
    assert position.read(text) == position.read(text.lower()) == number


@pytest.mark.parametrize("text", ["", "0", "0/", "/0", "0/123456789", "0/G", " 0/1", "0/1\n", "0/1/2", "0/-1", "0/１"])
def test_nothing_else_is_read(text: str):
    with pytest.raises(ValueError, match="expected a position"):
        position.read(text)


def test_who_is_forgotten_is_taken_to_have_written_as_late_as_anybody_forgotten(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(replicas, "MOST_WRITERS", 2)
    nobody: Any = None
    known = Replicas(nobody, [], most_lag_seconds=1)
    assert known.written_by(1) == 0
    for account, written in ((1, 10), (2, 20), (1, 30), (2, 15), (3, 40)):
        known.wrote(account, written)
    assert [known.written_by(account) for account in (1, 2, 3, 4)] == [30, 20, 40, 30]
