"""Positions in the write-ahead log: whoever has replayed one has everything that was committed before it."""

import re

POSITION = """(CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn()
                    ELSE pg_current_wal_flush_lsn() END - '0/0')::bigint"""
"""Where the primary stands, in bytes: behind every transaction that somebody may have seen. Those that do not wait for
the disk are seen before they are there."""
WRITTEN = re.compile(r"([0-9A-F]{1,8})/([0-9A-F]{1,8})", re.IGNORECASE)


def written(position: int) -> str:
    """As PostgreSQL writes it, `16/B374D848`."""
    return f"{position >> 32:X}/{position & 0xFFFFFFFF:X}"


def read(text: str) -> int:
    """The position that was written so. Raises ValueError."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError("expected a position as PostgreSQL writes it, like 16/B374D848")
    return int(found[1], 16) << 32 | int(found[2], 16)
