"""Which rows are of a run that is to be seen: one whole run of each topic, the published one."""

import sqlalchemy as sa

from resolvers.engine.edges import Clause, Row

PUBLISHED = sa.literal_column("(ARRAY(SELECT run.id FROM ketu.run AS run WHERE run.state = 'PUBLISHED'))")
"""An array that is made once per statement."""


def is_published(row: Row, _scopes: object = ()) -> Clause:
    """Whether a row that names its run is to be seen. Edges that may do without the row's own predicate say it too."""
    return row.c.run_id == sa.any_(PUBLISHED)
