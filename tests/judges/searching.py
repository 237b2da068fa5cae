"""Search in the naive evaluator's own words: every row is asked in every way, and the best come first."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pypinyin import pinyin_dict

from tests.judges.language import KINDS, Row
from tests.judges.view import View, plain
from tests.judges.words import SEALED as SEALED_WORDS

MOST_LETTERS, MOST_HITS, DEFAULT_HITS = 100, 50, 10
LEFT_OUT = set(" \t\r\n\v\f-'‘’·•.,()/‐‑–—")
TYPES = {
    "CUSTOMER": "Customer",
    "HOUSEHOLD": "Household",
    "ACCOUNT": "Account",
    "CARD": "Card",
    "TICKET": "Ticket",
    "STAFF": "Staff",
    "BRANCH": "Branch",
    "PRODUCT": "Product",
}
"""In this order among equals."""
MATCHES = (
    "CERTIFICATE", "PHONE", "ACCOUNT_NUMBER", "CARD_NUMBER", "NUMBER", "NAME", "NUMBER_START", "NAME_START", "PINYIN",
    "CERTIFICATE_END", "PHONE_END", "ACCOUNT_NUMBER_END", "CARD_NUMBER_END", "INITIALS", "MEMBER", "NAME_PART",
)  # fmt: skip
NUMBERS = {
    "Customer": "customer_no",
    "Ticket": "ticket_no",
    "Staff": "staff_no",
    "Branch": "branch_no",
    "Product": "product_no",
}
CERTIFICATE = r"[\dA-Z]{18}|[A-Z]{1,2}\d{7,8}|\d{6}/\d{3,4}"
SEALED = {
    # By match: the type and column of the number, what it takes to look it up, the form of a whole one.
    "CERTIFICATE": ("IdentityDocument", "number", "identity_document:search", CERTIFICATE),
    "PHONE": ("ContactPoint", "value", "contact_point:search", r"((\+|00)86)?1\d{10}|0\d{9,11}"),
    "ACCOUNT_NUMBER": ("Account", "number", "account:search", r"\d{12,32}"),
    "CARD_NUMBER": ("Card", "number", "card:search", r"\d{13,19}"),
}  # fmt: skip
SHOWN_AT_BOTH_ENDS = {"RESIDENT_ID": 8, "PHONE": 7, "ACCOUNT_NUMBER": 4, "CARD_NUMBER": 8}
"""How many letters a mask shows, of those kinds whose last four are among them; at least four more are hidden."""


@dataclass(frozen=True)
class Hit:
    """A row that was found."""

    match: int
    other: int
    kind: int
    key: str
    type_name: str
    row: Row

    @property
    def place(self) -> tuple[Any, ...]:
        """Before which others it comes."""
        return self.match, self.other, self.kind, self.key, self.row["id"]


def bare(text: str) -> str:
    """What names and numbers are compared by."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter not in LEFT_OUT).lower()


def hits(view: View, text: str, kinds: list[str]) -> list[Hit]:
    """Every row that is found, once, the best first."""
    best: dict[tuple[str, int], Hit] = {}
    if bare(text):
        for number, (kind, type_name) in enumerate(TYPES.items()):
            if kind in kinds and view.may_read(type_name):
                for hit in _Search(view, text, number, type_name).hits():
                    known = best.get((type_name, hit.row["id"]))
                    if known is None or hit.place < known.place:
                        best[type_name, hit.row["id"]] = hit
    return sorted(best.values(), key=lambda hit: hit.place)


class _Search:
    """One text, for rows of one type."""

    def __init__(self, view: View, text: str, number: int, type_name: str) -> None:
        self.view, self.text, self.number, self.type_name = view, text, number, type_name
        self.key = bare(text)
        self.is_spelled = all(letter.isalpha() and "LATIN" in unicodedata.name(letter, "") for letter in self.key)

    def _hit(self, match: str, row: Row, key: str = "", owner: Row | None = None) -> Hit:
        staff = self.view.reader.staff_id
        owner = owner or row
        if self.type_name in ("Customer", "Household"):
            other = int(staff not in (owner["manager_id"], owner["backup_manager_id"]))
        else:
            other = int(self.type_name != "Ticket" or row["assigned_to_id"] != staff)
        return Hit(MATCHES.index(match), other, self.number, key, self.type_name, row)

    def hits(self) -> Iterator[Hit]:
        if self.type_name in ("Customer", "Account", "Card"):
            for match in SEALED:
                yield from self._sealed(match)
        for row in self.view.world.tables[KINDS[self.type_name].table]:
            if self.view.sees(self.type_name, row):
                yield from self._numbered(row)
                yield from self._members(row) if self.type_name == "Household" else self._named(row)

    def _numbered(self, row: Row) -> Iterator[Hit]:
        if self.type_name in NUMBERS and any(letter.isdigit() for letter in self.key):
            key = bare(row[NUMBERS[self.type_name]])
            if key.startswith(self.key):
                yield self._hit("NUMBER" if key == self.key else "NUMBER_START", row, key)

    def _named(self, row: Row) -> Iterator[Hit]:
        if row.get("name") is None or self.type_name not in ("Customer", "Staff", "Branch", "Product"):
            name = None
        else:
            name = bare(row["name"])
        if name is not None and name.startswith(self.key):
            yield self._hit("NAME" if name == self.key else "NAME_START", row, name)
        spelled = row.get("name_sort_key")
        if self.is_spelled and spelled is not None:
            if bare(spelled).startswith(self.key):
                yield self._hit("PINYIN", row, bare(spelled))
            yield from self._initials(row, spelled)
        if name is not None and len(self.key) > 1 and self.type_name != "Staff":
            at = name.find(self.key)
            if at > 0:
                yield self._hit("NAME_PART", row, name[at : at + 100] if self.type_name == "Customer" else name)

    def _initials(self, row: Row, spelled: str) -> Iterator[Hit]:
        initials = row["name_initials"] if self.type_name == "Customer" else "".join(w[0] for w in spelled.split())
        key = initials if self.type_name == "Customer" else bare(spelled)
        is_begun = initials is not None and any(initials.startswith(each) for each in starts(self.key))
        if len(self.key) > 1 and is_begun and _follow(self.key, spelled.split(" ")):
            yield self._hit("INITIALS", row, key)

    def _members(self, household: Row) -> Iterator[Hit]:
        world = self.view.world
        members = [
            world.where("customer", "id", each["customer_id"])[0]
            for each in world.where("household_member", "household_id", household["id"])
        ]
        for column in ("name", "name_sort_key") if self.is_spelled else ("name",):
            named = [
                (bare(member[column]), member["id"], member)
                for member in members
                if member[column] is not None and self.view.sees("Customer", member)
            ]
            found = sorted(each[:2] for each in named if each[0].startswith(self.key))
            if found:
                (member,) = (each[2] for each in named if each[1] == found[0][1])
                yield self._hit("MEMBER", household, found[0][0], member)

    # Sealed numbers

    def _sealed(self, match: str) -> Iterator[Hit]:
        holds, column, permission, whole = SEALED[match]
        if self.type_name not in ("Customer", holds) or not self.view.may_read(holds):
            return
        typed = re.sub(r"[\s\-.()]", "", unicodedata.normalize("NFKC", self.text)).upper()
        of_whole = self.view.reader.has(permission) and re.fullmatch(whole, typed, re.ASCII)
        of_end = re.fullmatch(r"\d{3}[\dX]", typed, re.ASCII)
        for row in self.view.world.tables[KINDS[holds].table]:
            if row[column] is None or not self.view.sees(holds, row):
                continue
            named = SEALED_WORDS[holds, column][1]
            kind = row[named] if named else match
            is_same = plain(kind, row[column]) == plain(kind, unicodedata.normalize("NFKC", self.text))
            if of_whole and is_same and self.view.in_reach(holds, row, [permission]):
                yield from self._holders(match, holds, row)
            number = plain(kind, row[column])
            is_shown = kind in SHOWN_AT_BOTH_ENDS and len(number) >= SHOWN_AT_BOTH_ENDS[kind] + 4
            if of_end and is_shown and number[-4:] == bare(self.text).upper():
                yield from self._holders(f"{match}_END", holds, row)

    def _holders(self, match: str, holds: str, row: Row) -> Iterator[Hit]:
        if self.type_name == holds:
            yield self._hit(match, row)
            return
        world = self.view.world
        holders = world.holders(row["id"]) if holds == "Account" else world.where("customer", "id", row["customer_id"])
        for holder in holders:
            if self.view.sees("Customer", holder):
                yield self._hit(match, holder)


def _follow(letters: str, words: list[str]) -> bool:
    """Whether the letters are beginnings of the words, one after the other, of as many as it takes."""
    if not letters:
        return True
    if not words:
        return False
    longest = next((n for n, (a, b) in enumerate(zip(letters, words[0], strict=False)) if a != b), None)
    longest = min(len(letters), len(words[0])) if longest is None else longest
    return any(_follow(letters[size:], words[1:]) for size in range(1, longest + 1))


@cache
def starts(letters: str) -> frozenset[str]:
    """First letters, four at most, of the words that the letters may be beginnings of: each a letter, or each part of
    a Chinese syllable; of two words at least."""
    if len(letters) > 30:
        return frozenset()
    parts: dict[str, set[tuple[str, ...]]] = {"": {()}}
    for end in range(1, len(letters) + 1):
        parts[letters[:end]] = {
            (*before, letters[size]) if len(before) < 4 else before
            for size in range(max(0, end - 6), end)
            if letters[size:end] in _beginnings()
            for before in parts[letters[:size]]
        }
    found = {"".join(part) for part in parts[letters] if len(part) > 1}
    return frozenset(found | {letters[:4]})


@cache
def _beginnings() -> frozenset[str]:
    found: set[str] = set()
    for readings in pinyin_dict.pinyin_dict.values():
        for reading in readings.split(","):
            split = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
            syllable = "".join(letter for letter in split if unicodedata.category(letter) != "Mn")
            if re.fullmatch("[a-z]+", syllable) and set(syllable) & set("aeiouv"):
                found |= {syllable[:size] for size in range(1, 7)}
    return frozenset(found)
