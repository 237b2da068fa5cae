"""How rows that belong to a member of staff are guarded: by where that one works, and as their own."""

from domain.staff.tables import staff
from resolvers.engine.edges import Guard
from resolvers.engine.guards import positioned, through


def of_staff(column: str = "staff_id") -> Guard:
    """A row of one member of staff."""
    return through(staff, positioned(managers=("id",)), lambda row, owner: owner.c.id == row.c[column])
