"""Marks in the JSON that PostgreSQL makes: whom an object tells about. They leave the answer for the access log.

A mark is the first entry of an object, under a key that no selection can have. Text in the data cannot be taken for
one, because quotes within text are escaped.
"""

import re

MARK = "~"
MARKS = re.compile(rb'"~" : (?:null|(\d+)|\[([\d, ]*)\])(?:, )?')


def unmarked(data: bytes) -> tuple[bytes, tuple[int, ...]]:
    """The JSON without its marks, and the customers that they name, in ascending order."""
    found: set[int] = set()
    for one, several in MARKS.findall(data):
        if one:
            found.add(int(one))
        elif several:
            found.update(map(int, several.split(b",")))
    return MARKS.sub(b"", data), tuple(sorted(found))
