"""What every answer of the API has: a status that follows from its code, and the id of its request."""

import re
from random import getrandbits

from domain.shared.problem import ProblemCode

STATUS = {
    ProblemCode.UNAUTHENTICATED: 401,
    ProblemCode.FORBIDDEN: 403,
    ProblemCode.INVALID_REQUEST: 400,
    ProblemCode.TOO_COMPLEX: 400,
    ProblemCode.RATE_LIMITED: 429,
    ProblemCode.UNAVAILABLE: 503,
    ProblemCode.INTERNAL: 500,
}
WELL_FORMED = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""Nothing else: ids are logged, and in a freer text somebody's number could stand."""


def request_id(given: str | None = None) -> str:
    """The id that the client gave its request, if it is 32 hexadecimal digits or a UUID; else 32 such digits that tell
    requests apart. They guard nothing: the system need not make them.
    """
    if given is not None and WELL_FORMED.fullmatch(given):
        return given
    return f"{getrandbits(128):032x}"
