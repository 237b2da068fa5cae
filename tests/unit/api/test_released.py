"""Promises of a released schema: what may change at once, and what only after it was deprecated in a release."""

import pytest

from api.released import broken_promises

RELEASED = """
type Query { customer(id: ID!, size: Int, old: Int @deprecated(reason: "use size")): Customer
             formerly: Former @deprecated(reason: "use customer") things(where: Where): [Thing!]! }
type Customer { name: String! age: Int nick: String @deprecated(reason: "use name") state: State! }
type Former { former: Int }
enum State { ACTIVE LEFT SLEEPING @deprecated(reason: "use LEFT") }
input Where { a: Int b: Int @deprecated(reason: "use a") }
union Thing = Customer | Account
interface Node { id: ID! }
type Account implements Node { id: ID! }
"""

ALLOWED = {
    "nothing": ("", ""),
    "a field more": ("age: Int", "age: Int more: Int"),
    "an optional argument more": ("size: Int", "size: Int, more: Int"),
    "an optional input more": ("a: Int", "a: Int c: Int"),
    "a value more": ("ACTIVE", "ACTIVE NEW"),
    "an output that is certain now": ("age: Int", "age: Int!"),
    "an input that need not be given now": ("id: ID!, size", "id: ID, size"),
    "a deprecation": ("age: Int", 'age: Int @deprecated(reason: "nobody asks")'),
    "a deprecated field gone": ('nick: String @deprecated(reason: "use name")', ""),
    "a deprecated field of another type": ('nick: String @deprecated(reason: "use name")', "nick: Int"),
    "a deprecated argument gone": (', old: Int @deprecated(reason: "use size")', ""),
    "a deprecated input gone": ('b: Int @deprecated(reason: "use a")', ""),
    "a deprecated value gone": ('SLEEPING @deprecated(reason: "use LEFT")', ""),
    "a type gone that only a deprecated field led to": (
        'formerly: Former @deprecated(reason: "use customer")\x00type Former { former: Int }\n',
        "\x00",
    ),
}
BROKEN = {
    "a field gone": ("age: Int", "", "Customer.age was removed."),
    "a field renamed": ("age: Int", "years: Int", "Customer.age was removed."),
    "an output that may be missing now": ("name: String!", "name: String", "Customer.name changed type"),
    "an output of another type": ("age: Int", "age: String", "Customer.age changed type"),
    "an argument gone": ("size: Int, ", "", "customer"),
    "an argument that must be given now": ("size: Int", "size: Int!", "customer"),
    "a required argument more": ("size: Int", "size: Int, more: Int!", "customer"),
    "a required input more": ("a: Int", "a: Int c: Int!", "Where"),
    "an input gone": ("a: Int", "", "Where.a was removed."),
    "a value gone": ("LEFT ", "", "Enum value State.LEFT was removed."),
    "a member of a union gone": ("Customer | Account", "Customer", "Account was removed from union type Thing."),
    "an interface gone": ("type Account implements Node", "type Account", "Account no longer implements"),
    "a field deprecated and gone at once": ("age: Int", "", "Customer.age was removed."),
}


def changed(old: str, new: str) -> str:
    """The released schema with something in it replaced."""
    now = RELEASED
    for before, after in zip(old.split("\x00"), new.split("\x00"), strict=True):
        assert before in now
        now = now.replace(before, after, 1)
    return now


@pytest.mark.parametrize("change", ALLOWED)
def test_what_may_change(change: str):
    assert broken_promises(RELEASED, changed(*ALLOWED[change])) == []


@pytest.mark.parametrize("change", BROKEN)
def test_what_may_not_change(change: str):
    old, new, said = BROKEN[change]
    (broken,) = broken_promises(RELEASED, changed(old, new))
    assert said in broken
