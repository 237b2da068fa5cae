"""Where the fields of announcements, their audiences and their readers live."""

import sqlalchemy as sa

from authz.permissions import Permission
from domain.announcement.tables import announcement, announcement_audience, announcement_reader
from domain.branch.tables import branch
from domain.staff.tables import staff
from resolvers.announcement.guards import an_announcement, of_announcement
from resolvers.engine.edges import Rows, column, connection, expression, newest_first, oldest_first, reference
from resolvers.staff.guards import of_staff

BUSINESS_DATE = sa.literal_column("(SELECT bank.business_date FROM ketu.bank AS bank)", sa.Date)

rows = Rows(announcement, reads=(Permission.ANNOUNCEMENT_READ,), visible=an_announcement)
audience_rows = Rows(announcement_audience, reads=(Permission.ANNOUNCEMENT_READ,), visible=of_announcement)
reader_rows = Rows(announcement_reader, reads=(Permission.ANNOUNCEMENT_READER_READ,), visible=of_staff())

is_current = expression(
    lambda row: sa.and_(
        row.c.state == sa.literal_column("'PUBLISHED'"),
        sa.func.coalesce(row.c.expires_on >= BUSINESS_DATE, sa.true()),
    ),
    sa.Boolean(),
    personal=False,
    nullable=False,
)
published_by = reference(staff, via="published_by_id", groups=True, orders_by=("name",))
withdrawn_by = reference(staff, via="withdrawn_by_id", orders_by=("name",))
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
audiences = connection(
    announcement_audience,
    lambda announcement, audience: audience.c.announcement_id == announcement.c.id,
    order=oldest_first("id"),
)
readers = connection(
    announcement_reader,
    lambda announcement, reader: reader.c.announcement_id == announcement.c.id,
    order=newest_first("read_at"),
)

audience_announcement = reference(announcement, via="announcement_id")
audience_branch = reference(branch.table, via="branch_id", groups=True, orders_by=("name",))
audience_staff = reference(staff, via="staff_id", orders_by=("name",))
role = column(announcement_audience.c.role)

reader_announcement = reference(announcement, via="announcement_id")
reader_staff = reference(staff, via="staff_id", groups=True, orders_by=("name",))

all_announcements = connection(announcement, order=newest_first("published_at"))
all_audiences = connection(announcement_audience, order=oldest_first("id"))
all_readers = connection(announcement_reader, order=newest_first("read_at"))
