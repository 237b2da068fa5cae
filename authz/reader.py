"""A subject with their scopes, computed once per request: what the engine binds, and what shapes its statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from authz.permissions import Permission, Reach
from authz.policy import Policy
from authz.subject import HeldRole, Subject
from domain.shared.scope import Scope

ARRAY = -1
"""Instead of a number of intervals: too many to spell out, handed over as an array."""


@dataclass(frozen=True, slots=True)
class ScopeShape:
    """What of a scope changes the text of a statement; its positions and staff id are parameters."""

    is_everything: bool
    interval_count: int
    """0, 1, 2, 4 (padded with empty intervals), or ARRAY."""
    has_manager: bool
    is_wide: bool = False
    """So many customers are in it that a list is found sooner by its order than by who is in scope."""

    @property
    def is_nothing(self) -> bool:
        """No row at all."""
        return not (self.is_everything or self.interval_count or self.has_manager)


def shape_of(scope: Scope, *, is_wide: bool = False) -> ScopeShape:
    """The shape of one scope."""
    padded = next((count for count in (0, 1, 2, 4) if len(scope.intervals) <= count), ARRAY)
    return ScopeShape(scope.is_everything, padded, scope.manager_id is not None, is_wide)


@dataclass(frozen=True)
class ReaderShape:
    """All that the text of a statement depends on in its reader."""

    scope_indexes: tuple[int, ...]
    """Per permission, in the order of the enum, the number of its scope among the reader's distinct scopes."""
    scopes: tuple[ScopeShape, ...]
    covers: tuple[tuple[bool, ...], ...]
    """`covers[i][j]`: scope i reaches every row that scope j reaches."""
    suppresses_small_cells: bool
    has_grants: bool
    """Some customers are in the reader's portfolio by a grant."""

    @cached_property
    def _hash(self) -> int:
        return hash((self.scope_indexes, self.scopes, self.covers, self.suppresses_small_cells, self.has_grants))

    def __hash__(self) -> int:
        # Each request asks for it, and there are hundreds of values to go through.
        return self._hash


@dataclass(frozen=True)
class Reader:
    """Who asks, with the distinct scopes that their permissions come down to."""

    subject: Subject
    scope_of: dict[Permission, Scope]
    smallest_cell: int
    reaches: Mapping[Permission, Sequence[tuple[HeldRole, Reach]]] = field(default_factory=dict)
    """By permission, the roles that grant it, and how far."""
    wide: frozenset[Scope] = frozenset()
    """Scopes with so many customers in them that lists are walked in their order."""

    def has(self, *permissions: Permission) -> bool:
        """Whether each of the permissions reaches some row."""
        return not any(self.scope_of[permission].is_nothing for permission in permissions)

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """The distinct scopes, in order of first use."""
        return tuple(dict.fromkeys(self.scope_of.values()))

    @cached_property
    def shape(self) -> ReaderShape:
        """What plans are kept by."""
        return ReaderShape(
            scope_indexes=tuple(self.scopes.index(self.scope_of[permission]) for permission in Permission),
            scopes=tuple(shape_of(scope, is_wide=scope in self.wide) for scope in self.scopes),
            covers=tuple(tuple(one.covers(other) for other in self.scopes) for one in self.scopes),
            suppresses_small_cells=self.smallest_cell > 1,
            has_grants=bool(self.subject.granted_customer_ids),
        )


def reader_of(subject: Subject, policy: Policy) -> Reader:
    """Ask the policy everything once."""
    return Reader(
        subject=subject,
        scope_of={permission: policy.scope(subject, permission) for permission in Permission},
        smallest_cell=policy.smallest_cell(subject),
        reaches={permission: policy.held_reaches(subject, permission) for permission in Permission},
    )
