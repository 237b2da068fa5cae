"""Where the fields of the register of sources live. It is about nobody: whoever has the permission sees all of it."""

from authz.permissions import Permission
from domain.source.tables import source
from domain.source_batch.tables import source_batch
from domain.staff.tables import staff
from resolvers.engine.edges import Rows, column, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import for_everyone

rows = Rows(source, reads=(Permission.SOURCE_READ,), visible=for_everyone)

name = column(source.c.name, sort="name_sort_key")
owned_by = reference(staff, via="owned_by_id", groups=True, orders_by=("name",))
batches = connection(
    source_batch, lambda source, batch: batch.c.source == source.c.code, order=newest_first("loaded_at")
)

all_sources = connection(source, order=oldest_first("name_sort_key"))
