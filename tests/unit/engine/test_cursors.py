"""What is taken for a cursor: text that an order could have written itself, and nothing else."""

import base64
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from domain.shared.problem import Problem, ProblemCode
from resolvers.engine.order import Key, TotalOrder
from resolvers.engine.page import decode_text

ID = Key("id", lambda place: place.row.c.id, sa.BigInteger(), descending=False, nullable=False, personal=False)
NOT_OURS = "after is not a cursor of this graph; take it from an answer to this query."
NOT_THIS_ORDER = "after is a cursor of another list or order; take it from an answer to this query."
TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "bigint": sa.BigInteger(),
    "boolean": sa.Boolean(),
    "date": sa.Date(),
    "instant": sa.TIMESTAMP(timezone=True),
    "integer": sa.Integer(),
    "numeric": sa.Numeric(18, 2),
    "text": sa.Text(),
}


def order_by(type_name: str, *, nullable: bool = False, personal: bool = False, descending: bool = False) -> TotalOrder:
    """By one key of that type, then by the id."""
    key = Key("key", lambda place: place.row.c.key, TYPES[type_name], descending, nullable, personal)
    return TotalOrder("Account", (key, ID))


def written(content: Any) -> str:
    """As the database writes a cursor's content."""
    return base64.b64encode(json.dumps(content).encode()).decode()


def refusal(order: TotalOrder, text: str) -> str:
    """Why the text is no cursor of the order."""
    with pytest.raises(Problem) as refused:
        decode_text(order, text, "after")
    assert refused.value.code is ProblemCode.INVALID_REQUEST
    return refused.value.message


GOOD = {
    "bigint": {"9223372036854775807": 2**63 - 1, "-9223372036854775808": -(2**63), "0": 0},
    "boolean": {"true": True, "false": False},
    "date": {"1998-12-31": date(1998, 12, 31), "0001-01-01": date.min, "9999-12-31": date.max},
    "instant": {"1998-12-31T08:30:00.000001Z": datetime(1998, 12, 31, 8, 30, 0, 1, tzinfo=UTC)},
    "integer": {"2147483647": 2**31 - 1, "-2147483648": -(2**31)},
    "numeric": {"1234.50": Decimal("1234.50"), "-0.01": Decimal("-0.01"), "9" * 24: Decimal("9" * 24)},
    "text": {"": "", "王建国": "王建国", "a\nb'\"\\": "a\nb'\"\\"},
}


@pytest.mark.parametrize(("type_name", "text"), [(name, text) for name, texts in GOOD.items() for text in texts])
def test_a_value_comes_back_as_it_was(type_name: str, text: str):
    order = order_by(type_name)
    assert decode_text(order, written([order.signature, text, "7"]), "after") == [GOOD[type_name][text], 7]


BAD: dict[str, list[Any]] = {
    "bigint": ["9223372036854775808", "-9223372036854775809", "1" * 5_000, "1.0", "1e3", "", " 1", "1_000", "٣", 1],
    "boolean": ["TRUE", "1", "t", "", True, 1],
    "date": ["1998-02-30", "0000-01-01", "10000-01-01", "infinity", "1998-12-31T00:00:00", "", 19981231],
    "instant": ["1998-12-31", "1998-12-31T08:30:00", "0000-01-01T00:00:00.000000Z", "infinity", "", 0],
    "integer": ["2147483648", "-2147483649", "0x1", True],
    "numeric": ["NaN", "sNaN", "Infinity", "-Infinity", "1e400", "1e-400", "9" * 200_000, ".5", "5.", "", "１", 1, 1.5],
    "text": ["a\u0000b", "\ud800", 1, ["a"], {"a": "b"}, True],
}


@pytest.mark.parametrize(("type_name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_a_value_that_no_row_has_is_refused(type_name: str, value: Any):
    order = order_by(type_name, nullable=True)
    assert refusal(order, written([order.signature, value, "7"])) == NOT_OURS


def test_null_is_a_value_of_keys_that_may_be_null_alone():
    order = order_by("date", nullable=True)
    assert decode_text(order, written([order.signature, None, "7"]), "after") == [None, 7]
    assert refusal(order, written([order.signature, "1998-12-31", None])) == NOT_OURS
    never_null = order_by("date")
    assert refusal(never_null, written([never_null.signature, None, "7"])) == NOT_OURS


@pytest.mark.parametrize("row_id", ["9223372036854775808", "99999999999999999999999", "abc", "", "-", "1.5"])
def test_an_id_that_no_row_has_is_refused(row_id: str):
    order = order_by("text")
    assert refusal(order, written([order.signature, "a", row_id])) == NOT_OURS


def test_an_order_by_personal_data_carries_the_id_alone():
    order = order_by("text", personal=True)
    assert decode_text(order, written([order.signature, "7"]), "after") == [7]
    assert refusal(order, written([order.signature, "王建国", "7"])) == NOT_THIS_ORDER


@pytest.mark.parametrize("values", [[], ["a"], ["a", "7", "7"], ["a", "b", "c", "d"]])
def test_as_many_values_as_keys(values: list[str]):
    order = order_by("text")
    assert refusal(order, written([order.signature, *values])) == NOT_THIS_ORDER


@pytest.mark.parametrize("signature", ["", "00000000", None, 1, ["a"], {}])
def test_a_signature_that_is_not_the_orders(signature: Any):
    assert refusal(order_by("text"), written([signature, "a", "7"])) == NOT_THIS_ORDER


def test_signatures_differ_by_type_keys_and_directions():
    orders = [
        order_by("text"),
        order_by("text", descending=True),
        TotalOrder("Account", (ID,)),
        TotalOrder("Loan", (ID,)),
    ]
    assert len({order.signature for order in orders}) == len(orders)
    assert order_by("text").signature == order_by("text").signature


DEEP = base64.b64encode(b"[" * 100_000).decode()
NO_CURSORS = {
    "empty": "",
    "no base64": "nonsense!",
    "not ASCII": "…",
    "cut off": "W10",
    "no JSON": base64.b64encode(b"nonsense").decode(),
    "no text": base64.b64encode(b"\xff\xfe\xfa").decode(),
    "no list": base64.b64encode(b'{"a": 1}').decode(),
    "a number": base64.b64encode(b"7").decode(),
    "null": base64.b64encode(b"null").decode(),
    "nothing in it": base64.b64encode(b"[]").decode(),
    "NaN": base64.b64encode(b"[NaN, NaN, NaN]").decode(),
    "a long number": base64.b64encode(b"[" + b"1" * 10_000 + b"]").decode(),
    "deep": DEEP,
}


@pytest.mark.parametrize("case", NO_CURSORS)
def test_text_that_is_no_cursor(case: str):
    assert refusal(order_by("text"), NO_CURSORS[case]) in (NOT_OURS, NOT_THIS_ORDER)
