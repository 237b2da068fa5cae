"""How often somebody did on a business date what they may do only so often."""

import sqlalchemy as sa

from domain.quota.model import QuotaKind
from domain.shared.columns import c1, choice, metadata, reference

quota_use = sa.Table(
    "quota_use",
    metadata,
    reference("user_account_id", "user_account", primary_key=True, autoincrement=False),
    c1("business_date", sa.Date, primary_key=True),
    choice("kind", QuotaKind, primary_key=True),
    c1("used_count", sa.Integer),
)
