"""Marks in the JSON that PostgreSQL makes: whom an object tells about. They leave the answer for the access log.

A mark is the first entry of an object, under a key that no selection can have. Text in the data cannot be taken for
one, because quotes within text are escaped.
"""

import re

MARK = "~"
MARKS = re.compile(rb'"~" : (?:null|\[?(\d+(?:, ?\d+)*)?\]?)(?:, )?')


def unmarked(data: bytes) -> tuple[bytes, tuple[int, ...]]:
    """The JSON without its marks, and the customers that they name, in ascending order."""
    # By turns what stands before a mark, and the ids that the mark names.
    pieces = MARKS.split(data)
    found = {int(one) for told in {*pieces[1::2]} if told for one in told.split(b",")}
    return b"".join(pieces[::2]), tuple(sorted(found))
