"""Where two answers differ: in codes, in keys and their order, in the very digits of a number."""

import json
from typing import Any

from tests.judges.evaluator import Cursor, Verdict
from tests.judges.survey import Mark


class Refusal:
    """Instead of an answer."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message

    def __repr__(self) -> str:
        return f"{self.code}: {self.message}"


class Body(bytes):
    """The body of a response."""

    customer_ids: tuple[int, ...]
    """Whom it tells about, for the access log."""

    def __new__(cls, body: bytes, customer_ids: tuple[int, ...] = ()) -> "Body":
        made = super().__new__(cls, body)
        made.customer_ids = customer_ids
        return made


Given = Body | Refusal


def same_text(one: Given, other: Given, wanted: Verdict) -> str | None:
    """Where two executions differ: where either is right, one may refuse what the other answers."""
    if isinstance(one, Refusal) or isinstance(other, Refusal):
        if isinstance(one, Refusal) is not isinstance(other, Refusal):
            (code,) = (each.code for each in (one, other) if isinstance(each, Refusal))
            if code in wanted.may_be_refused:
                return None
        return None if getattr(one, "code", 1) == getattr(other, "code", 2) else f"{one!r} / {other!r}"
    # The batched execution reads rows whole, and knows whom they tell about where their cursors alone are asked for.
    if not set(one.customer_ids) <= set(other.customer_ids):
        return f"they tell about {one.customer_ids} / {other.customer_ids}"
    return None if one == other else first_difference(lexemes(one), lexemes(other))


def judged(given: Given, wanted: Verdict, marks: dict[str, Mark], known: list[tuple[str, Cursor]]) -> str | None:
    """Where an answer is not what it has to be; learns what its cursors stand for."""
    if isinstance(given, Refusal) or wanted.refusals:
        code = getattr(given, "code", None)
        is_right = code in wanted.refusals | wanted.may_be_refused
        return None if is_right else f"{given!r} / refusals {sorted(wanted.refusals)}"
    body = {"data": wanted.data} | ({"extensions": {"withheld": list(wanted.withheld)}} if wanted.withheld else {})
    learned: dict[str, Mark] = {}
    why = first_difference(lexemes(given), _pairs(body), marks=marks, learned=learned, known=known)
    if why is None and given.customer_ids != wanted.customer_ids:
        why = f"it tells about {given.customer_ids} / {wanted.customer_ids}"
    if why is None:
        marks.update(learned)
    return why


def lexemes(body: bytes) -> Any:
    """JSON with its keys in order and its numbers as they are written."""
    return json.loads(body, object_pairs_hook=Pairs, parse_int=_number, parse_float=_number)


def _number(text: str) -> str:
    return f"number {text}"


class Pairs(list[tuple[str, Any]]):
    """An object as its pairs, in order."""


def _pairs(value: Any) -> Any:
    match value:
        case dict():
            return Pairs((key, _pairs(each)) for key, each in value.items())
        case list():
            return [_pairs(each) for each in value]
        case bool():
            return value
        case int():
            return f"number {value}"
        case _:
            return value


def first_difference(
    one: Any,
    other: Any,
    path: str = "",
    *,
    marks: dict[str, Mark] | None = None,
    learned: dict[str, Mark] | None = None,
    known: list[tuple[str, Cursor]] | None = None,
) -> str | None:
    """The first place where two trees of JSON are not equal."""
    if isinstance(other, Cursor) and isinstance(one, str):
        assert marks is not None
        assert learned is not None
        assert known is not None
        known.append((one, other))
        stands_for = marks.get(one) or learned.setdefault(one, other.mark)
        return None if stands_for == other.mark else f"{path}: one cursor for {stands_for} and {other.mark}"
    if isinstance(one, Pairs) and isinstance(other, Pairs):
        names, others = [key for key, _ in one], [key for key, _ in other]
        if names != others:
            return f"{path}: keys {names} / {others}"
        steps = [(f"{path}.{key}", a, b) for (key, a), (_, b) in zip(one, other, strict=True)]
    elif isinstance(one, list) and isinstance(other, list) and type(one) is type(other):
        if len(one) != len(other):
            return f"{path}: {len(one)} / {len(other)} members: {shortened(one)} / {shortened(other)}"
        steps = [(f"{path}[{n}]", a, b) for n, (a, b) in enumerate(zip(one, other, strict=True))]
    else:
        return None if type(one) is type(other) and one == other else f"{path}: {shortened(one)} / {shortened(other)}"
    for at, a, b in steps:
        why = first_difference(a, b, at, marks=marks, learned=learned, known=known)
        if why:
            return why
    return None


def shortened(value: Any) -> str:
    """Enough of a value to recognise it."""
    text = repr(value)
    return text if len(text) < 400 else f"{text[:400]}…"


def rows_in(value: Any) -> int:
    """How many rows an answer shows: objects in lists, and objects of root fields."""
    if isinstance(value, dict):
        return sum(rows_in(each) for each in value.values())
    if isinstance(value, list):
        return sum(isinstance(each, dict) for each in value) + sum(rows_in(each) for each in value)
    return 0
