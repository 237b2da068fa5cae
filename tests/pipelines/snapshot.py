"""What stands in a database, so that a test can say that nothing changed."""

import asyncpg

from domain.tables import HISTORY_OF, access_version, metadata
from domain.user_account.tables import second_factor_role

TABLES = [table for table in metadata.sorted_tables if table not in (access_version, second_factor_role)]
"""All but the count of changes to access, which every load moves on, and the rules that a new database begins with."""


BEGUN_WITH = ("access_watch", "outbox_horizon", "policy_line", "policy_version", "second_factor_role")
"""Tables that have rows before any load."""
FOLLOWING = ("alert_badge", "customer_name_part", "portfolio_term")
"""Tables that triggers write, from what others hold."""


async def snapshot(connection: asyncpg.Connection) -> dict[str, str]:
    """A hash over all rows of every table, times and versions included, and of every history."""
    names = [table.fullname for table in TABLES]
    names += [f"ketu.{table.name}_history" for table in HISTORY_OF]
    hashes = "md5(coalesce(string_agg(stored::text, '|' ORDER BY stored::text), ''))"
    return {name: await connection.fetchval(f"SELECT {hashes} FROM {name} AS stored") for name in names}


async def row_counts(connection: asyncpg.Connection) -> dict[str, int]:
    """Rows of every table that has any, had none before the first load, and is filled by loads."""
    loaded = [table.fullname for table in TABLES if table.name not in (*BEGUN_WITH, *FOLLOWING)]
    counted = {name: await connection.fetchval(f"SELECT count(*) FROM {name}") for name in loaded}
    return {name: count for name, count in counted.items() if count}
