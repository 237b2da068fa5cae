"""Ways to reach customers: of those of one kind that are used, one is primary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.command.model import Change, Outcome, invalid_input
from domain.customer.model import ContactPointKind
from domain.shared.cipher import KeyRing
from domain.shared.identifier import IdentifierKind

STORE = """
    INSERT INTO ketu.contact_point (customer_id, kind, is_primary, value_masked, value_blind_index, value_last4,
                                    value_cipher, district, region, country)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id
"""
USED = "SELECT id, is_primary FROM ketu.contact_point WHERE customer_id = $1 AND kind = $2 AND ended_at IS NULL"
SAME = f"{USED} AND value_blind_index = $3 AND id <> $4"
DEMOTE = """
    UPDATE ketu.contact_point SET is_primary = false
    WHERE customer_id = $1 AND kind = $2 AND ended_at IS NULL AND is_primary AND id <> $3
"""
PROMOTE = """
    UPDATE ketu.contact_point SET is_primary = true WHERE id = (
        SELECT id FROM ketu.contact_point WHERE customer_id = $1 AND kind = $2 AND ended_at IS NULL ORDER BY id LIMIT 1)
"""
END = "UPDATE ketu.contact_point SET ended_at = $2, is_primary = false WHERE id = $1"
NO_POINT = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """A value that can reach somebody."""

    kind: ContactPointKind
    value: str
    is_primary: bool | None = None
    district: str | None = None
    region: str | None = None
    country: str | None = None


async def store(connection: Any, customer_id: int, contacts: Sequence[Contact], ring: KeyRing) -> list[int]:
    """Keep the contact points of a new customer; their ids. The first of a kind is primary unless another says so."""
    chosen = {each.kind: number for number, each in reversed(list(enumerate(contacts)))}
    chosen |= {each.kind: number for number, each in enumerate(contacts) if each.is_primary}
    return [
        await _store(connection, customer_id, each, ring, is_primary=chosen[each.kind] == number)
        for number, each in enumerate(contacts)
    ]


async def add(connection: Any, customer_id: int, contact: Contact, ring: KeyRing) -> Outcome:
    """One more way to reach a customer."""
    used = await connection.fetch(USED, customer_id, contact.kind.name)
    await _must_be_new(connection, customer_id, contact.kind, contact.value, ring)
    is_primary = bool(contact.is_primary) or not any(row["is_primary"] for row in used)
    point_id = await _store(connection, customer_id, contact, ring, is_primary=is_primary)
    if is_primary:
        await connection.execute(DEMOTE, customer_id, contact.kind.name, point_id)
    return _done(point_id, customer_id, "CREATED", [])


async def change(connection: Any, point: Any, changed: Mapping[str, Any], ring: KeyRing) -> Outcome:
    """Other values.

    point    its row, held by the caller
    changed  of `value`, `is_primary`, `district`, `region`, `country` those that are given
    """
    _must_be_used(point)
    kind, customer_id = ContactPointKind[point["kind"]], point["customer_id"]
    columns = {name: value for name, value in changed.items() if name in ("district", "region", "country")}
    if "value" in changed:
        await _must_be_new(connection, customer_id, kind, changed["value"], ring, other_than=point["id"])
        columns |= ring.sealed("value", IdentifierKind[kind.name], changed["value"])
    if changed.get("is_primary") is False and point["is_primary"]:
        raise invalid_input("Make another one primary instead.", "input", "isPrimary")
    if changed.get("is_primary"):
        await connection.execute(DEMOTE, customer_id, kind.name, point["id"])
        columns["is_primary"] = True
    if not columns:
        return Outcome({"contactPoint": point["id"], "customer": customer_id})
    listed = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, start=2))
    await connection.execute(f"UPDATE ketu.contact_point SET {listed} WHERE id = $1", point["id"], *columns.values())  # noqa: S608 (names of our own)
    return _done(point["id"], customer_id, "CHANGED", sorted(changed))


async def remove(connection: Any, point: Any, *, now: datetime) -> Outcome:
    """Not to be used any more; where it was primary, the oldest of its kind is from here on."""
    _must_be_used(point)
    await connection.execute(END, point["id"], now)
    if point["is_primary"]:
        await connection.execute(PROMOTE, point["customer_id"], point["kind"])
    return _done(point["id"], point["customer_id"], "ENDED", ["endedAt"])


async def _store(connection: Any, customer_id: int, contact: Contact, ring: KeyRing, *, is_primary: bool) -> int:
    sealed = ring.sealed("value", IdentifierKind[contact.kind.name], contact.value)
    return await connection.fetchval(
        STORE, customer_id, contact.kind.name, is_primary, *sealed.values(), contact.district, contact.region,
        contact.country,
    )  # fmt: skip


async def _must_be_new(
    connection: Any, customer_id: int, kind: ContactPointKind, value: str, ring: KeyRing, other_than: int = NO_POINT
) -> None:
    index = ring.blind_index(IdentifierKind[kind.name], value)
    if kind is not ContactPointKind.ADDRESS and await connection.fetch(SAME, customer_id, kind.name, index, other_than):
        raise invalid_input("They can be reached there already.", "input", "value")


def _must_be_used(point: Any) -> None:
    if point["ended_at"] is not None:
        raise invalid_input("It is not used any more: add it anew.", "input", "id")


def _done(point_id: int, customer_id: int, action: str, fields: Sequence[str]) -> Outcome:
    change = Change("contact_point", point_id, action, [customer_id], fields)
    return Outcome({"contactPoint": point_id, "customer": customer_id}, [change])
