"""The parameters of a statement: bound by name while compiling, worked out from each request when running."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from authz.permissions import Permission
from authz.reader import ARRAY, Reader, ReaderShape, ScopeShape
from domain.shared.scope import Interval
from resolvers.engine.edges import Clause, Expression
from resolvers.engine.inputs import Variables

PERMISSION_INDEX = {permission: index for index, permission in enumerate(Permission)}
EMPTY: Interval = (1, 0)


@dataclass(frozen=True)
class Request:
    """What the parameters of a statement are worked out from."""

    variables: Variables
    reader: Reader
    outcome: Mapping[str, Any] = field(default_factory=dict)
    """What a command came to, where its payload is answered."""


Extract = Callable[[Request], Any]


@dataclass(frozen=True)
class LookUp:
    """An identifier that rows are looked up by."""

    coordinate: str
    """The field that holds it, as `Type.field`."""
    blind_indexes: Callable[[Request], Sequence[bytes]]
    """Under which it may be stored: one for each kind that it can be of."""
    is_counted: bool = True
    """Against the reader's quota: one number that is looked for in several places is one."""


@dataclass
class Parameters:
    """Collects what to bind. `extracts` ends up in the plan."""

    shape: ReaderShape
    extracts: dict[str, Extract] = field(default_factory=dict)

    def bind(self, extract: Extract, type_: sa.types.TypeEngine[Any]) -> Expression:
        """A new parameter. A decimal is taken as given, not rounded to the digits of the column it is compared with."""
        type_ = sa.Numeric() if isinstance(type_, sa.Numeric) else type_
        return self._named(f"p{len(self.extracts)}", extract, type_)

    def _named(self, name: str, extract: Extract, type_: sa.types.TypeEngine[Any]) -> Expression:
        self.extracts.setdefault(name, extract)
        return sa.bindparam(name, type_=type_)

    def scope(self, permission: Permission) -> "ScopeParameters":
        """The reader's scope for `permission`; permissions of equal scope share it, and its parameters."""
        index = self.shape.scope_indexes[PERMISSION_INDEX[permission]]
        return ScopeParameters(self, index, self.shape.scopes[index])

    def interval(self, scope: int, number: int) -> tuple[Expression, Expression]:
        """First and last position of one of a scope's intervals."""

        def extract(end: int) -> Extract:
            def bound(request: Request) -> int:
                intervals = request.reader.scopes[scope].intervals
                return (intervals[number] if number < len(intervals) else EMPTY)[end]

            return bound

        low, high = (
            self._named(f"scope{scope}_{name}{number}", extract(end), sa.Integer())
            for end, name in enumerate(("low", "high"))
        )
        return low, high

    def interval_arrays(self, scope: int) -> tuple[Expression, Expression]:
        """All first and all last positions of a scope's intervals."""

        def extract(end: int) -> Extract:
            return lambda request: [interval[end] for interval in request.reader.scopes[scope].intervals]

        low, high = (
            self._named(f"scope{scope}_{name}", extract(end), sa.ARRAY(sa.Integer()))
            for end, name in enumerate(("lows", "highs"))
        )
        return low, high

    def manager(self) -> Expression:
        """The reader's own staff id."""
        return self._named("reader", lambda request: request.reader.subject.staff_id, sa.BigInteger())

    def granted(self) -> Expression:
        """The customers that grants add to the reader's portfolio."""
        return self._named(
            "granted", lambda request: list(request.reader.subject.granted_customer_ids), sa.ARRAY(sa.BigInteger())
        )

    def smallest_cell(self) -> Expression:
        """The number of rows below which policy suppresses figures about them."""
        return self._named("cell", lambda request: request.reader.smallest_cell, sa.Integer())

    def is_current(self) -> Clause:
        """Whether the statement runs in the state of access that the reader was read in; it refuses in any other.

        Asked once, before any row is read: it depends on nothing else in the statement.
        """
        version = self._named("access", lambda request: request.reader.subject.access_version, sa.BigInteger())
        state = sa.table("access_version", sa.column("number", sa.BigInteger), schema="ketu").alias("access")
        refused = sa.func.ketu.stale_access(type_=sa.Boolean)
        current = sa.case((state.c.number == version, sa.true()), else_=refused)
        return sa.select(current).select_from(state).scalar_subquery()


@dataclass(frozen=True)
class ScopeParameters:
    """One of the reader's scopes as SQL over parameters."""

    parameters: Parameters = field(compare=False)
    index: int
    shape: ScopeShape

    @property
    def is_nothing(self) -> bool:
        """No row at all."""
        return self.shape.is_nothing

    def covers(self, other: "ScopeParameters") -> bool:
        """Whether every row of `other` is in this scope, whatever the data."""
        return self.parameters.shape.covers[self.index][other.index]

    def clause(
        self, *, position: Expression, managers: Sequence[Expression], customer: Expression | None
    ) -> Clause | None:
        """Rows in scope: by position, or because they are in the reader's portfolio."""
        if self.shape.is_everything:
            return None
        clauses: list[Clause] = []
        if self.shape.interval_count == ARRAY:
            low, high = self.parameters.interval_arrays(self.index)
            intervals = sa.func.unnest(low, high).table_valued(
                sa.column("low", sa.Integer), sa.column("high", sa.Integer), name="intervals"
            ).render_derived(name="intervals")  # fmt: skip
            inside = sa.select(sa.literal_column("1")).select_from(intervals)
            inside = inside.where(position.between(intervals.c.low, intervals.c.high))
            # The row belongs to whichever statement stands around: nothing but the intervals is read here.
            clauses.append(sa.exists(inside.correlate_except(intervals)))
        else:
            for number in range(self.shape.interval_count):
                clauses.append(position.between(*self.parameters.interval(self.index, number)))
        if self.shape.has_manager:
            clauses += [manager == self.parameters.manager() for manager in managers]
            if customer is not None and self.parameters.shape.has_grants:
                clauses.append(customer == sa.any_(self.parameters.granted()))
        return sa.or_(*clauses) if clauses else sa.false()
