"""Masks, last four digits and the spelling that blind indexes are taken of."""

import pytest

from domain.customer.model import ContactPointKind, IdentityDocumentType
from domain.shared.identifier import SHOWN, IdentifierKind, last_four, masked, normalised


@pytest.mark.parametrize(
    ("kind", "value", "shown", "four"),
    [
        (IdentifierKind.RESIDENT_ID, "11010519491231002X", "1101**********002X", "002X"),
        (IdentifierKind.CREDIT_CODE, "91350100M000100Y43", "9135**********0Y43", None),
        (IdentifierKind.PASSPORT, "E12345678", "E1*****78", None),
        (IdentifierKind.BIRTH_NUMBER, "706213", "*****3", None),
        (IdentifierKind.PHONE, "13800138000", "138****8000", "8000"),
        (IdentifierKind.EMAIL, "wang.min@example.cn", "w*******@example.cn", None),
        (IdentifierKind.EMAIL, "wang@example.cn", "***g@example.cn", None),
        (IdentifierKind.EMAIL, "w@example.cn", "*@example.cn", None),
        (IdentifierKind.ADDRESS, "建国路88号3单元501室", "建国路**********", None),
        (IdentifierKind.ADDRESS, "建国路", "***", None),
        (IdentifierKind.ACCOUNT_NUMBER, "87144583", "****4583", "4583"),
        (IdentifierKind.ACCOUNT_NUMBER, "7144583", "******3", None),
        (IdentifierKind.CARD_NUMBER, "6222021234567890123", "6222***********0123", "0123"),
        (IdentifierKind.SOURCE_ROW, '1;"x"', "*****", None),
        (IdentifierKind.PASSPORT, "E", "*", None),
    ],
)
def test_a_mask_shows_what_staff_are_used_to(kind: IdentifierKind, value: str, shown: str, four: str | None):
    assert masked(kind, value) == shown
    assert last_four(kind, value) == four


@pytest.mark.parametrize("kind", IdentifierKind)
@pytest.mark.parametrize("length", range(1, 25))
def test_no_value_is_shown_whole(kind: IdentifierKind, length: int):
    value = "7" * length
    shown = sum(character == "7" for character in masked(kind, value))
    assert len(masked(kind, value)) == length
    assert shown <= max(length - 4, length // 4)
    assert last_four(kind, value) in (None, masked(kind, value)[-4:])


@pytest.mark.parametrize(
    ("kind", "spellings"),
    [
        (IdentifierKind.RESIDENT_ID, ["11010519491231002x", "110105 19491231 002X", "１１０１０５19491231002X"]),
        (IdentifierKind.PHONE, ["13800138000", "+86 138-0013-8000", "0086 138 0013 8000"]),
        (IdentifierKind.EMAIL, ["Wang.Min@Example.cn", " wang.min@example.cn"]),
        (IdentifierKind.CARD_NUMBER, ["6222 0212 3456 7890 123", "6222021234567890123"]),
    ],
)
def test_spellings_of_one_value_are_one(kind: IdentifierKind, spellings: list[str]):
    assert len({normalised(kind, spelling) for spelling in spellings}) == 1


def test_a_land_line_that_begins_with_86_keeps_it():
    assert normalised(IdentifierKind.PHONE, "8612345") == "8612345"


def test_every_kind_of_document_and_contact_has_a_mask():
    assert set(SHOWN) == set(IdentifierKind)
    names = {kind.name for kind in IdentifierKind}
    assert {kind.name for kind in (*IdentityDocumentType, *ContactPointKind)} <= names
