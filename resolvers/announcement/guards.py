"""Who sees an announcement: whom it is addressed to, while it stands; who published it, and who has that in reach."""

from collections.abc import Sequence

import sqlalchemy as sa

from domain.announcement.model import AnnouncementState
from domain.announcement.tables import announcement, announcement_audience
from domain.branch.tables import branch
from domain.staff.tables import staff
from domain.user_account.tables import role_assignment, user_account
from resolvers.engine.edges import BoundScope, Clause, Row
from resolvers.engine.guards import Alias, any_of, positioned, through

ONE = sa.literal_column("1")


def addressed(row: Row, scopes: Sequence[BoundScope]) -> Clause | None:
    """It stands, and one of its audiences means the reader: all that it says holds for them.

    Whoever has any reach has what is addressed to them; like a row of one's own, it takes no position.
    """
    name = row.source.description
    meant, reader = Alias(announcement_audience, f"audience_of_{name}"), Alias(staff, f"addressed_by_{name}")
    own = [scope.clause(position=sa.null(), managers=[reader.c.id], customer=None) for scope in scopes]
    needed = [clause for clause in own if clause is not None]
    if not needed:
        return None
    found = sa.select(ONE).select_from(sa.join(meant.source, reader.source, sa.and_(*needed)))
    found = found.where(
        meant.c.announcement_id == row.c.id,
        sa.or_(meant.c.staff_id.is_(None), meant.c.staff_id == reader.c.id),
        sa.or_(meant.c.post.is_(None), meant.c.post == reader.c.post),
        sa.or_(meant.c.branch_id.is_(None), _works_there(meant, reader)),
        sa.or_(meant.c.role.is_(None), _holds(meant, reader)),
    )
    stands = row.c.state == sa.literal_column(f"'{AnnouncementState.PUBLISHED.name}'")
    return sa.and_(stands, sa.exists(found.correlate(row.source)))


def _works_there(meant: Row, reader: Row) -> Clause:
    named, place = (
        Alias(branch, f"named_by_{meant.source.description}"),
        Alias(branch, f"place_of_{reader.source.description}"),
    )
    below = sa.and_(meant.c.includes_below, place.c.position.between(named.c.position, named.c.position_end))
    found = sa.select(ONE).select_from(sa.join(named.source, place.source, sa.or_(place.c.id == named.c.id, below)))
    found = found.where(named.c.id == meant.c.branch_id, place.c.id == reader.c.branch_id)
    return sa.exists(found.correlate(meant.source, reader.source))


def _holds(meant: Row, reader: Row) -> Clause:
    held, account = (
        Alias(role_assignment, f"held_by_{reader.source.description}"),
        Alias(user_account, f"account_of_{reader.source.description}"),
    )
    found = sa.select(ONE).select_from(sa.join(held.source, account.source, account.c.id == held.c.user_account_id))
    found = found.where(account.c.staff_id == reader.c.id, held.c.role == meant.c.role)
    return sa.exists(found.correlate(meant.source, reader.source))


an_announcement = any_of(positioned(managers=("published_by_id",)), addressed)


of_announcement = through(announcement, an_announcement, lambda row, owner: owner.c.id == row.c.announcement_id)
"""What belongs to an announcement is seen with it."""
