"""One number that counts the changes of who may see what: roles, branches, staff, grants, policies, business date."""

import sqlalchemy as sa

from domain.shared.columns import c1, metadata

access_version = sa.Table(
    "access_version",
    metadata,
    c1("id", sa.SmallInteger, sa.CheckConstraint("id = 1", name="single_row"), primary_key=True),
    c1("number", sa.BigInteger),
)
