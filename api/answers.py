"""What every answer of the API has: a status that follows from its code, and the id of its request."""

from random import getrandbits

from domain.shared.problem import ProblemCode

STATUS = {
    ProblemCode.UNAUTHENTICATED: 401,
    ProblemCode.FORBIDDEN: 403,
    ProblemCode.INVALID_REQUEST: 400,
    ProblemCode.TOO_COMPLEX: 400,
    ProblemCode.UNAVAILABLE: 503,
    ProblemCode.INTERNAL: 500,
}


def request_id() -> str:
    """32 hexadecimal digits that tell requests apart. They guard nothing: the system need not make them."""
    return f"{getrandbits(128):032x}"
