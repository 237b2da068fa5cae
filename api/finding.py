"""Who a token names, as far as that can be found out."""

from collections.abc import Awaitable, Callable

from api.authentication import unauthenticated
from authz.reader import Reader
from domain.shared.problem import Problem, ProblemCode
from domain.shared.turns import Overloaded
from resolvers.engine.execute import DATABASE_ERRORS, problem_of


async def found(find: Callable[[str], Awaitable[Reader | None]], username: str) -> Reader:
    """The reader of that name. Raises Problem UNAUTHENTICATED or UNAVAILABLE."""
    try:
        reader = await find(username)
    except Overloaded as error:
        raise problem_of(error) from error
    except DATABASE_ERRORS as error:
        # Whatever it is, the query is not the reason.
        raise Problem(ProblemCode.UNAVAILABLE, "Who is asking cannot be looked up just now; try again.") from error
    if reader is None:
        raise unauthenticated("The user of this token cannot sign in any more.")
    return reader
