"""What one request costs and what its client may still ask for, as its answer tells."""

from api.rate_limits import RateLimited, RateLimits
from authz.reader import Reader
from resolvers.engine.execute import Engine

CHARACTERS_PER_UNIT = 10


class Meter:
    """Of one request of one user account."""

    __slots__ = ("_account_id", "_limit", "_limits", "cost", "remaining")

    def __init__(self, limits: RateLimits, *, limit: int, account_id: int, unread: int) -> None:
        """limit   the most that one request may cost
        unread  characters that have to be read before anything is known: charged for, whatever they turn out to be

        raises  RateLimited
        """
        self._limits, self._limit, self._account_id = limits, limit, account_id
        self.cost: int | None = None
        self.remaining = 0
        if unread:
            # Nothing is read for who has nothing left.
            limits.must_have_room(account_id)
            self.remaining = limits.fine(account_id, 1 + unread // CHARACTERS_PER_UNIT)

    def charge(self, cost: int) -> None:
        """Called once the cost is known. Raises RateLimited."""
        self.cost = cost
        try:
            self.remaining = self._limits.charge(self._account_id, cost)
        except RateLimited:
            self.remaining = self._limits.fine(self._account_id, 0)
            raise

    def extension(self) -> bytes:
        """What answers tell, as a member of `extensions`."""
        requested = b"null" if self.cost is None else b"%d" % self.cost
        return b'"cost":{"requested":%s,"limit":%d,"remaining":%d}' % (requested, self._limit, self.remaining)


class Metering:
    """Of all requests to one engine."""

    def __init__(self, limits: RateLimits, engine: Engine) -> None:
        self._limits, self._engine = limits, engine

    def of(self, reader: Reader, query: str, operation_name: str | None) -> Meter:
        """The meter of a request. Raises RateLimited."""
        engine = self._engine
        return Meter(
            self._limits,
            limit=engine.limits.cost,
            account_id=reader.subject.user_account_id,
            unread=0 if engine.documents.knows(query, operation_name) else len(query),
        )
