"""What the access log tells apart."""

from enum import StrEnum


class EventKind(StrEnum):
    """Kind of an entry of the access log."""

    ACCESS = "customers' data was shown"
    CHANGE = "something was changed"
    DENIAL = "something was asked for or tried that is not allowed"
    SIGN_IN = "somebody signed in or out, or tried to"
    REVEAL = "a masked value was shown in full"
    POLICY = "a rule of access was proposed, approved or refused"


IS_COMPLETE = "event.transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
"""Of entries: written before the oldest transaction that still runs, so that nothing can come in front of them."""
