"""Requests that HTTP itself has a status for."""

from domain.shared.problem import Problem, ProblemCode

Headers = list[tuple[bytes, bytes]]
"""Names in lower case, and values."""


class HttpProblem(Problem):
    """What is wrong with a request before anything of it is executed. Its status holds for every media type: no client
    has a GraphQL answer to look for.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: ProblemCode = ProblemCode.INVALID_REQUEST,
        headers: tuple[tuple[bytes, bytes], ...] = (),
    ) -> None:
        super().__init__(code, message)
        self.status = status
        self.headers = headers


def malformed(message: str) -> HttpProblem:
    """The request is none that GraphQL over HTTP knows."""
    return HttpProblem(400, message)


def not_allowed(message: str, *, allow: bytes = b"POST") -> HttpProblem:
    """The method is not one for this."""
    return HttpProblem(405, message, headers=((b"allow", allow),))
