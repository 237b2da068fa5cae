"""What somebody types into a search box: how it is written, and what it may be meant as."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pypinyin.constants import PINYIN_DICT

LONGEST = 100
"""Characters of a text, and of the parts of names that are kept to be found."""
IGNORED = " \t\r\n\v\f-'’‘·•.,()/‐‑–—"
"""What makes names and numbers easier to read, and tells none from another. The function ketu.search_key leaves out
the same."""
SHORTEST_PART = 2
"""Characters of a part of a name that names are found by."""
MOST_INITIALS = 4
"""So many first letters narrow a search down; more gain nothing."""
LONGEST_SPELLED = 30
"""Letters that are taken apart into syllables."""

CERTIFICATE = re.compile(r"\d{17}[\dX]|[0-9A-Z]{18}|[A-Z]{1,2}\d{7,8}|\d{6}/\d{3,4}")
PHONE = re.compile(r"(?:(?:\+|00)86)?1\d{10}|0\d{9,11}")
ACCOUNT = re.compile(r"\d{12,32}")
CARD = re.compile(r"\d{13,19}")
LAST_FOUR = re.compile(r"\d{3}[\dX]")
_WITHIN_NUMBERS = re.compile(r"[\s\-.()]+")


@dataclass(frozen=True)
class Form:
    """What a text may be meant as. It says nothing of the text itself, so statements may be kept by it."""

    is_empty: bool = False
    """Nothing but what is ignored."""
    is_part: bool = False
    """Long enough to be looked for within names."""
    is_spelled: bool = False
    """Letters alone, as pinyin and its initials are typed."""
    has_digit: bool = False
    """Numbers of customers, branches, staff, tickets and products hold one."""
    is_last_four: bool = False
    is_certificate: bool = False
    is_phone: bool = False
    is_account: bool = False
    is_card: bool = False


def folded(text: str) -> str:
    """The text without what is ignored, as wide or narrow, large or small as any."""
    normal = unicodedata.normalize("NFKC", text)
    return normal.translate(dict.fromkeys(map(ord, IGNORED))).lower()


def form_of(text: str) -> Form:
    """What it may be meant as."""
    key = folded(text)
    number = _WITHIN_NUMBERS.sub("", unicodedata.normalize("NFKC", text)).upper()

    def is_whole(form: re.Pattern[str]) -> bool:
        return number.isascii() and form.fullmatch(number) is not None

    return Form(
        is_empty=not key,
        is_part=len(key) >= SHORTEST_PART,
        is_spelled=bool(key) and all(_is_letter(letter) for letter in key),
        has_digit=any(letter.isdigit() for letter in key),
        is_last_four=is_whole(LAST_FOUR),
        is_certificate=is_whole(CERTIFICATE),
        is_phone=is_whole(PHONE),
        is_account=is_whole(ACCOUNT),
        is_card=is_whole(CARD),
    )


def _is_letter(letter: str) -> bool:
    return letter.isalpha() and "LATIN" in unicodedata.name(letter, "")


def beginnings(key: str) -> list[str]:
    """First letters that names may have whose syllables begin as the letters of `key` do, two syllables at least.

    zwei → zw (z|wei), xian → xa (xi|an), zw → zw; each cut to what narrows a search down.
    """
    if len(key) > LONGEST_SPELLED:
        return []
    found = {key[:MOST_INITIALS]} if len(key) > 1 else set[str]()
    return sorted(found | {initials for initials, count in _taken_apart(key) if count > 1})


def _taken_apart(key: str) -> set[tuple[str, int]]:
    """First letters and number (two: or more) of the syllables that `key` may be made of the beginnings of."""
    ways: list[set[tuple[str, int]]] = [set() for _ in range(len(key) + 1)]
    ways[0] = {("", 0)}
    for start in range(len(key)):
        for end in range(start + 1, min(start + 6, len(key)) + 1):
            if key[start:end] in _begun():
                ways[end] |= {
                    ((initials + key[start])[:MOST_INITIALS], min(count + 1, 2)) for initials, count in ways[start]
                }
    return ways[len(key)]


def pattern(key: str) -> str:
    """The regular expression of names, as spelled with spaces, whose first syllables begin as the letters do.

    Each letter follows the last one, or begins the next syllable: zw → z([^ ]* )?w
    """
    return "^" + "([^ ]* )?".join(key)


@cache
def _begun() -> frozenset[str]:
    """Whatever a Chinese syllable may begin with."""
    return frozenset(syllable[:size] for syllable in _syllables() for size in range(1, len(syllable) + 1))


def _syllables() -> Iterator[str]:
    for readings in PINYIN_DICT.values():
        for reading in readings.split(","):
            marks = unicodedata.normalize("NFD", reading).replace("u\N{COMBINING DIAERESIS}", "v")
            plain = "".join(mark for mark in marks if not unicodedata.combining(mark))
            if plain.isascii() and plain.isalpha() and re.search("[aeiouv]", plain):
                yield plain
