"""Giving tags to customers and taking them away, within the caller's transaction."""

from typing import Any

from domain.command.model import Change, Outcome, invalid_input, not_found

TAG = "SELECT is_active FROM ketu.tag WHERE id = $1 FOR SHARE"
GIVE = """
    INSERT INTO ketu.customer_tag (customer_id, tag_id, tagged_by_id) VALUES ($1, $2, $3)
    ON CONFLICT (customer_id, tag_id) DO NOTHING RETURNING id
"""
HAS = "SELECT id FROM ketu.customer_tag WHERE customer_id = $1 AND tag_id = $2"
TAKE = "DELETE FROM ketu.customer_tag WHERE customer_id = $1 AND tag_id = $2 RETURNING id"


async def give_tag(connection: Any, *, customer_id: int, tag_id: int, staff_id: int) -> Outcome:
    """A customer has a tag from here on; nothing changes where they have it."""
    is_active = await connection.fetchval(TAG, tag_id)
    if is_active is None:
        raise not_found("input", "tagId")
    if not is_active:
        raise invalid_input("This tag is not given to anybody any more.", "input", "tagId")
    given = await connection.fetchval(GIVE, customer_id, tag_id, staff_id)
    if given is None:
        return Outcome({"customerTag": await connection.fetchval(HAS, customer_id, tag_id), "customer": customer_id})
    change = Change("customer_tag", given, "CREATED", [customer_id])
    return Outcome({"customerTag": given, "customer": customer_id}, [change])


async def take_tag(connection: Any, *, customer_id: int, tag_id: int) -> Outcome:
    """A customer has a tag no more."""
    taken = await connection.fetchval(TAKE, customer_id, tag_id)
    if taken is None:
        raise not_found("input", "tagId")
    return Outcome({"customer": customer_id}, [Change("customer_tag", taken, "DELETED", [customer_id])])
