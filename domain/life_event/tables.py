"""Life events: what changes in the lives of customers, or will, and what the bank knows it from."""

import sqlalchemy as sa

from domain.life_event.model import LifeEventEvidence, LifeEventKind, LifeEventState
from domain.shared.columns import Rate, c1, c2, choice, from_source, metadata, node, reference

life_event = sa.Table(
    "life_event",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    choice("kind", LifeEventKind, personal=True),
    choice("state", LifeEventState),
    c2("happens_on", sa.Date),
    choice("evidence", LifeEventEvidence),
    c1("confidence_ratio", Rate),
    c2("note", sa.Text, nullable=True),
    reference("document_id", "document", nullable=True),
    # Nobody: the system found it.
    reference("recorded_by_id", "staff", nullable=True),
    from_source(),
    sa.CheckConstraint("confidence_ratio BETWEEN 0 AND 1", name="confidence_ratio"),
    sa.Index(None, "customer_id", "happens_on"),
    sa.Index(None, "happens_on", "id"),
    sa.Index(None, "recorded_by_id"),
    sa.Index(None, "document_id"),
    # The same thing is not recorded twice.
    sa.Index(
        "life_event_recorded_once_idx", "customer_id", "kind", "happens_on", unique=True,
        postgresql_where=sa.text("state = 'RECORDED'"),
    ),
)  # fmt: skip
