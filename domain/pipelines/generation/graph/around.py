"""Which table each part of `Around` is a row of."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from domain import tables
from domain.pipelines.generation.graph import arrays
from domain.pipelines.generation.graph.records import Columns, RecordWriter
from domain.pipelines.generation.truth.keeping import Contents
from domain.pipelines.generation.truth.surroundings import Around
from domain.shared.identifier import IdentifierKind

LEADING = (tables.campaign_member, tables.touch, tables.lead, tables.referral)
"""What opportunities and responses refer to."""
FOLLOWING = (
    tables.response, tables.quotation, tables.portfolio_term, tables.visit, tables.care, tables.note,
    tables.customer_attribute, tables.document, tables.document_content, tables.risk_assessment, tables.credit_dossier,
    tables.credit_dossier_entry, tables.service_request, tables.survey_response, tables.survey_answer, tables.alert,
    tables.customer_tier, tables.customer_group, tables.customer_group_member, tables.party_role,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AroundWriter:
    """Turns what is around a block into columns."""

    records: RecordWriter

    def leading(self, made: Around, begin: int) -> Iterator[Columns]:
        """Of the tables in `LEADING`."""
        parts = (made.campaigned.members, made.campaigned.touches, made.leads, made.referrals)
        for table, part in zip(LEADING, parts, strict=True):
            yield self.records.columns(table, part, begin)

    def following(self, made: Around, begin: int) -> Iterator[Columns]:
        """Of the tables in `FOLLOWING`."""
        parts = (
            made.campaigned.responses, made.quotations, made.terms, made.visits, made.cares, made.notes,
            made.attributes, made.papers, made.contents, made.assessments, made.dossiers, made.entries,
            made.service_requests, made.survey_responses, made.survey_answers, made.alerts, made.tiers, made.groups,
            made.members, made.roles,
        )  # fmt: skip
        for table, part in zip(FOLLOWING, parts, strict=True):
            if isinstance(part, Contents):
                yield self._contents(part, begin)
            else:
                yield self.records.columns(table, part, begin)

    def _contents(self, part: Contents, begin: int) -> Columns:
        ring = self.records.sealer.ring
        sealed = [ring.seal_bytes(IdentifierKind.DOCUMENT, text.encode()) for text in part.content]
        return {
            "document_id": arrays.ids(np.asarray(part.document, dtype=np.int64), begin=begin),
            "content_cipher": pa.array(sealed, type=pa.binary()),
        }
