"""Where the fields of deliveries and their files live: how many rows, not which. They are about nobody."""

from authz.permissions import Permission
from domain.source.tables import source
from domain.source_batch.tables import file_count, source_batch
from resolvers.engine.edges import One, Rows, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import for_everyone

READS = (Permission.SOURCE_BATCH_READ,)

rows = Rows(source_batch, reads=READS, visible=for_everyone)
file_rows = Rows(file_count, reads=READS, visible=for_everyone)

origin = One(source, lambda batch, source: source.c.code == batch.c.source)
files = connection(file_count, lambda batch, file: file.c.source_batch_id == batch.c.id, order=oldest_first("file"))
batch = reference(source_batch, via="source_batch_id", groups=True)

all_batches = connection(source_batch, order=newest_first("loaded_at"))
all_files = connection(file_count, order=oldest_first("file"))
