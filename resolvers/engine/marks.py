"""Marks in the JSON that PostgreSQL makes: whom an object tells about. They leave the answer for the access log.

A mark is the first entry of an object, under a key that no selection can have. Text in the data cannot be taken for
one, because quotes within text are escaped.
"""

import re

MARK = "~"
MARKS = re.compile(rb'"~" : (?:null|(\d+)|\[([\d, ]*)\])(?:, )?')


def unmarked(data: bytes) -> tuple[bytes, tuple[int, ...]]:
    """The JSON without its marks, and the customers that they name, in ascending order."""
    # Three pieces each time: what stands before a mark, and the mark as the id of one or those of several.
    pieces = MARKS.split(data)
    found = {int(one) for one in pieces[1::3] if one}
    for several in pieces[2::3]:
        if several:
            found.update(map(int, several.split(b",")))
    return b"".join(pieces[::3]), tuple(sorted(found))
