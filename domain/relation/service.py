"""Declaring relations and ending them, within the caller's transaction. What was is kept by the history table."""

from typing import Any

from domain.command.model import Change, Outcome, invalid_input
from domain.customer.model import CustomerKind
from domain.relation.model import RelationType
from domain.relation.rules import COUNTERPART, FOUND, contradicts, fits

BETWEEN = """
    SELECT id, from_customer_id, type, evidence FROM ketu.relation
    WHERE (from_customer_id, to_customer_id) IN (($1, $2), ($2, $1)) ORDER BY id FOR UPDATE
"""
DECLARE = """
    INSERT INTO ketu.relation AS known (from_customer_id, to_customer_id, type, evidence, confidence_ratio)
    VALUES ($1, $2, $3, '{DECLARED}', 1)
    ON CONFLICT (from_customer_id, to_customer_id, type)
    DO UPDATE SET evidence = known.evidence || excluded.evidence, confidence_ratio = 1
    WHERE NOT known.evidence @> excluded.evidence
    RETURNING id, xmax = 0 AS is_new
"""
END = "DELETE FROM ketu.relation WHERE from_customer_id = $1 AND to_customer_id = $2 AND type = $3 RETURNING id"


async def declare(connection: Any, one: Any, other: Any, type_: RelationType) -> Outcome:
    """`other` is `type_` to `one`; both are rows of customers, held by the caller."""
    if one["id"] == other["id"]:
        raise invalid_input("Nobody is related to themselves.", "input", "toCustomerId")
    if type_ in FOUND:
        raise invalid_input("This is found from accounts, and told by nobody.", "input", "type")
    if not fits(type_, CustomerKind[one["kind"]], CustomerKind[other["kind"]]):
        raise invalid_input("Customers of these kinds cannot be that to each other.", "input", "type")
    for row in await connection.fetch(BETWEEN, one["id"], other["id"]):
        known, is_reverse = RelationType[row["type"]], row["from_customer_id"] != one["id"]
        if contradicts(type_, known, is_reverse=is_reverse):
            raise invalid_input(f"It contradicts {known.name} between the two: end that first.", "input", "type")
        if known is type_ and not is_reverse and "DECLARED" in row["evidence"]:
            raise invalid_input("It is declared already.", "input", "type")
    pairs = [(one["id"], other["id"], type_)]
    if type_ in COUNTERPART:
        pairs.append((other["id"], one["id"], COUNTERPART[type_]))
    changes: list[Change] = []
    for from_id, to_id, each in pairs:
        row = await connection.fetchrow(DECLARE, from_id, to_id, each.name)
        if row is not None:
            action = "CREATED" if row["is_new"] else "CHANGED"
            changes.append(
                Change("relation", row["id"], action, [from_id, to_id], [] if row["is_new"] else ["evidence"])
            )
    return Outcome({"relation": changes[0].row_id}, changes)


async def end(connection: Any, relation: Any) -> Outcome:
    """A relation, and what follows from it, is no more."""
    type_, one, other = RelationType[relation["type"]], relation["from_customer_id"], relation["to_customer_id"]
    if type_ in FOUND:
        raise invalid_input("This follows from an account that the two share.", "input", "id")
    pairs = [(one, other, type_)]
    if type_ in COUNTERPART:
        pairs.append((other, one, COUNTERPART[type_]))
    ended = [await connection.fetchval(END, *pair[:2], pair[2].name) for pair in pairs]
    changes = [Change("relation", row_id, "ENDED", [one, other]) for row_id in ended if row_id is not None]
    return Outcome({"customer": one}, changes)
