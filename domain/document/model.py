"""Words and limits of documents."""

from enum import StrEnum

LARGEST = 8 * 2**20
"""Bytes of a document that the database keeps; what is larger stays in the bank's archive, named by its key there."""
MEDIA_TYPES = ("application/pdf", "image/jpeg", "image/png", "text/plain")


class DocumentKind(StrEnum):
    """What a document shows."""

    CERTIFICATE_COPY = "copy of an identity document (证件影印件)"
    CONTRACT = "signed contract (合同)"
    APPLICATION = "application form (申请表)"
    INCOME_PROOF = "proof of income (收入证明)"
    PROPERTY_PROOF = "proof of property (产权证明)"
    LICENCE = "business licence or articles of an organisation (营业执照、章程)"
    CORRESPONDENCE = "letter or message (往来函件)"
    OTHER = "anything else"


class DocumentState(StrEnum):
    """Whether it still says how things are."""

    CURRENT = "valid (有效)"
    SUPERSEDED = "another one has taken its place (已替换)"
    DESTROYED = "its time was over and its content is gone (已销毁)"
