"""Words of the bank as small numbers, so that a million of them lie in one array."""

from enum import StrEnum

NOTHING = -1
"""Stands for a word that is not there."""


def code(word: StrEnum) -> int:
    """The place of `word` among the words of its kind."""
    return list(type(word)).index(word)
