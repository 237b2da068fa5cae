"""Carry out a command once: keep its outcome under the client's key, log what it changed, tell others of it."""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from domain.audit.log import Actor, Event, record
from domain.command.model import Outcome, Secret, key_reused
from domain.outbox.service import OutboxEvent, tell

LONGEST_KEY = 200


async def carried_out(
    connection: Any,
    actor: Actor,
    *,
    name: str,
    given: Mapping[str, Any],
    key: str | None,
    secret: bytes,
    run: Callable[[], Awaitable[Outcome]],
) -> Outcome:
    """The outcome of a command, within the transaction that `connection` is in.

    given   the input, as it was sent; with the same `key` it must be the same
    secret  what its hash is keyed with: inputs hold numbers of people, and a plain hash could be searched through
    raises Refusal  what `run` raises, and for a key that stands for another command
    """
    if key is not None and (found := await _begun(connection, actor, name, _hash(given, secret), key)) is not None:
        return found
    outcome = await run()
    if key is not None:
        await connection.execute(
            "UPDATE ketu.command SET outcome = $3::jsonb WHERE user_account_id = $1 AND idempotency_key = $2",
            actor.user_account_id, key, json.dumps(dict(outcome.values), default=_forgotten),
        )  # fmt: skip
    await _tell(connection, actor, name, outcome)
    return outcome


async def _begun(connection: Any, actor: Actor, name: str, input_hash: bytes, key: str) -> Outcome | None:
    """The outcome stored under the key; None where this is the first time. Waits for one that is still running."""
    inserted = await connection.fetchval(
        """INSERT INTO ketu.command (user_account_id, idempotency_key, name, input_hash) VALUES ($1, $2, $3, $4)
           ON CONFLICT (user_account_id, idempotency_key) DO NOTHING RETURNING id""",
        actor.user_account_id, key, name, input_hash,
    )  # fmt: skip
    if inserted is not None:
        return None
    kept = await connection.fetchrow(
        "SELECT name, input_hash, outcome FROM ketu.command WHERE user_account_id = $1 AND idempotency_key = $2",
        actor.user_account_id, key,
    )  # fmt: skip
    if (kept["name"], kept["input_hash"]) != (name, input_hash):
        raise key_reused()
    return Outcome(json.loads(kept["outcome"]), is_replay=True)


async def _tell(connection: Any, actor: Actor, name: str, outcome: Outcome) -> None:
    if not outcome.changes:
        return
    await record(
        connection,
        actor,
        *(
            Event(change.kind, name, change.concept, change.row_id, change.customer_ids,
                  {"action": change.action, "fields": list(change.fields)})
            for change in outcome.changes
        ),
    )  # fmt: skip
    await tell(
        connection,
        [
            OutboxEvent(
                f"{change.concept}.{change.action.lower()}",
                change.concept,
                change.row_id,
                change.customer_ids,
                change.staff_ids,
                change.branch_ids,
            )
            for change in outcome.changes
        ],
    )


def _forgotten(value: Any) -> None:
    """Null, in the place of a secret: who sends the command again is not shown it again."""
    if not isinstance(value, Secret):
        raise TypeError(f"{type(value).__name__} is no value of an outcome")


def _hash(given: Any, secret: bytes) -> bytes:
    return hmac.digest(secret, json.dumps(given, sort_keys=True, default=str).encode(), "sha256")
