"""What can be wrong with a request, by kind. The API shows `code` and `message`; nothing else leaves the house."""

from enum import StrEnum


class ProblemCode(StrEnum):
    """Stable codes of top-level errors."""

    UNAUTHENTICATED = "no token, or one that is not valid any more"
    FORBIDDEN = "the request uses something that the reader may not use"
    INVALID_REQUEST = "the request cannot be understood"
    TOO_COMPLEX = "the request asks for more than the limits allow"
    RATE_LIMITED = "the client has asked for too much lately; try again later"
    UNAVAILABLE = "the database cannot be reached, or has too much to do; try again"
    INTERNAL = "a fault of ours; quote the request id"


class Problem(Exception):
    """A request that may not or cannot be answered. The message is for the client developer, in English."""

    def __init__(self, code: ProblemCode, message: str, *, retry_after: int = 1) -> None:
        """retry_after  seconds, of what is UNAVAILABLE"""
        super().__init__(message)
        self.code = code
        self.message = message
        self.retry_after = retry_after


def invalid(message: str) -> Problem:
    """The client must change the request."""
    return Problem(ProblemCode.INVALID_REQUEST, message)


def forbidden(message: str) -> Problem:
    """The reader lacks the permission that the request needs."""
    return Problem(ProblemCode.FORBIDDEN, message)


def too_complex(message: str) -> Problem:
    """The client must ask for less."""
    return Problem(ProblemCode.TOO_COMPLEX, message)
