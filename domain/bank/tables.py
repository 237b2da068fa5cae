"""The one legal entity a database holds."""

import sqlalchemy as sa

from domain.shared.columns import c1, metadata

bank = sa.Table(
    "bank",
    metadata,
    c1("id", sa.SmallInteger, sa.CheckConstraint("id = 1", name="single_row"), primary_key=True),
    c1("name", sa.Text),
    c1("business_date", sa.Date),
    c1("time_zone", sa.Text),
    c1("base_currency", sa.Text),
    c1("is_sample", sa.Boolean, server_default=sa.false()),
)
