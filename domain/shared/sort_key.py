"""Keys that order and find names as a Chinese bank expects: by pinyin, and by its initials."""

import re
from functools import lru_cache

from pypinyin import lazy_pinyin

from domain.shared.readings import SURNAMES, WORDS

MOST_KEPT = 1 << 16
"""Texts whose reading is remembered: given names are few, and a reading takes longer than everything else here."""
_WORDS = re.compile(f"({'|'.join(sorted(WORDS, key=len, reverse=True))})")
_HAN = re.compile("[\u3400-\u9fff]")


def sort_key(name: str, *, is_person: bool = False) -> str:
    """Pinyin of Chinese characters (tones dropped), everything else case-folded; compared under COLLATE "C".

    is_person  the name begins with a surname, some of which are read in their own way: 单志远 → shan zhi yuan
    """
    return " ".join(_syllables(name, is_person))


def initials(name: str, *, is_person: bool = False) -> str:
    """First letters of the pinyin syllables or words: 王小明 → wxm, Jan Novak → jn."""
    return "".join(word[0] for syllable in _syllables(name, is_person) for word in syllable.split())


def _syllables(name: str, is_person: bool) -> tuple[str, ...]:
    if not is_person or not _HAN.match(name):
        return _read(name)
    surname = next((name[:size] for size in (2, 1) if name[:size] in SURNAMES), name[:1])
    # Apart, because together they may look like a word: 江都 is a town, and Jiang a surname.
    return _surname(surname) + _read(name[len(surname) :])


@lru_cache(MOST_KEPT)
def _surname(surname: str) -> tuple[str, ...]:
    return tuple(SURNAMES[surname].split()) if surname in SURNAMES else _read(surname)


@lru_cache(MOST_KEPT)
def _read(text: str) -> tuple[str, ...]:
    syllables: list[str] = []
    for part in _WORDS.split(text):
        read = WORDS[part].split() if part in WORDS else lazy_pinyin(part)
        syllables += [one for syllable in read if (one := syllable.strip().casefold())]
    return tuple(syllables)
