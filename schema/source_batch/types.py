"""Deliveries and their files as clients see them."""

from datetime import datetime
from decimal import Decimal

from domain.source_batch.model import SourceBatchState
from resolvers.source_batch import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(SourceBatchState)


@node(
    edges.rows,
    prefix="bat",
    description="Files of one source that were loaded together (数据批次): all of them or none.",
)
class SourceBatch(Node):
    """A delivery."""

    state: SourceBatchState = field(description="How far it has come.")
    content_hash: str = field(description="SHA-256 of its files, hexadecimal.")
    loaded_at: datetime = field(description="When it was loaded, UTC.")
    is_current: bool = field(description="Whether it is the newest of its source.")
    origin: ToOne = field(edges.origin, description="The source; null where the register does not know it.")
    files: ToMany = field(edges.files, description="Its files, by name.")


@node(edges.file_rows, prefix="bfi", description="A file of a delivery, and what became of its rows.")
class SourceFile(Node):
    """Read is stored and rejected together."""

    file: str = field(description="Its name.")
    read_count: int = field(description="Rows that were read.")
    stored_count: int = field(description="Rows that are in the graph.")
    rejected_count: int = field(description="Rows that were refused, each kept with its reason.")
    control_count: int | None = field(description="Rows that the source says there are; null where it says nothing.")
    control_total: Decimal | None = field(
        description="The sum that the source gives over them; null where it gives none."
    )
    batch: ToOne = field(edges.batch, description="The delivery.")
