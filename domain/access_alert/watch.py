"""Asks the rules of suspicious use of new entries of the access log, in their order, each entry once.

Only what was written before the oldest transaction still running is looked at: nothing can come in front of it. Where
an entry falls into a window, that whole window of its actor is measured anew; so nothing depends on how entries were
cut into batches, and whoever takes over after a crash goes on from the stored position.
"""

from typing import Any

from domain.access_alert.model import FEWEST_FOR_A_SHARE, RULES, AccessAlertRule, Rule
from domain.access_alert.service import thresholds
from domain.audit.model import IS_COMPLETE
from domain.branch.tree import hold_tree
from domain.outbox.service import OutboxEvent, tell

BATCH = 100_000
LOCK = "hashtext('ketu.access_alert.watch')"

POSITION = "SELECT transaction_id, event_id FROM ketu.access_watch"
NEXT = f"""
    SELECT transaction_id, id, number FROM (
        SELECT transaction_id, id, row_number() OVER (ORDER BY transaction_id, id) AS number FROM audit.event AS event
        WHERE (transaction_id, id) > ($1, $2) AND {IS_COMPLETE}
        ORDER BY transaction_id, id LIMIT $3
    ) AS batch ORDER BY number DESC LIMIT 1
"""  # noqa: S608 (words of our own)
ADVANCE = "UPDATE ketu.access_watch SET transaction_id = $1, event_id = $2"

SEEN = """
    WITH fresh AS (
        SELECT DISTINCT event.user_account_id, event.staff_id, bank.time_zone,
               date_trunc('{unit}', event.recorded_at AT TIME ZONE bank.time_zone - interval '{shift}')
                   + interval '{start}' AS began
        FROM audit.event AS event
        JOIN ketu.user_account AS account ON account.id = event.user_account_id
        CROSS JOIN ketu.bank AS bank
        WHERE (event.transaction_id, event.id) > ($1, $2) AND (event.transaction_id, event.id) <= ($3, $4)
          AND event.kind IN ('ACCESS', 'REVEAL') AND (account.kind = 'STAFF' OR {is_for_programs})
    ), seen AS (
        SELECT fresh.user_account_id, fresh.staff_id, fresh.began AT TIME ZONE fresh.time_zone AS began,
               (fresh.began + interval '{length}') AT TIME ZONE fresh.time_zone AS ended,
               event.id, event.customer_ids, event.details
        FROM fresh JOIN audit.event AS event
          ON event.staff_id = fresh.staff_id AND event.user_account_id = fresh.user_account_id
         AND event.recorded_at >= fresh.began AT TIME ZONE fresh.time_zone
         AND event.recorded_at < (fresh.began + interval '{length}') AT TIME ZONE fresh.time_zone
        WHERE event.kind IN ('ACCESS', 'REVEAL')
    )
"""
"""What the actors of new entries were shown in the windows that those fall into."""

CUSTOMERS = """
    SELECT user_account_id, staff_id, began, ended, count(DISTINCT customer_id) AS measured
    FROM seen CROSS JOIN unnest(customer_ids) AS told (customer_id)
    GROUP BY user_account_id, staff_id, began, ended
"""
SHARE = f"""
    SELECT user_account_id, staff_id, began, ended,
           CASE WHEN count(*) >= {FEWEST_FOR_A_SHARE} THEN 100 * count(*) FILTER (WHERE NOT is_own) / count(*)
           ELSE 0 END AS measured
    FROM (
        SELECT DISTINCT seen.user_account_id, seen.staff_id, seen.began, seen.ended, customer.id,
               coalesce(seen.staff_id IN (customer.manager_id, customer.backup_manager_id), false) OR EXISTS (
                   SELECT FROM ketu.access_grant AS granted
                   WHERE granted.customer_id = customer.id AND granted.staff_id = seen.staff_id
                     AND coalesce(granted.ended_at > seen.began, true)) AS is_own
        FROM seen CROSS JOIN unnest(seen.customer_ids) AS told (customer_id)
        JOIN ketu.customer AS customer ON customer.id = told.customer_id
        WHERE EXISTS (SELECT FROM ketu.customer AS own WHERE own.manager_id = seen.staff_id)
    ) AS shown
    GROUP BY user_account_id, staff_id, began, ended
"""  # noqa: S608 (a number of our own)
IN_A_ROW = """
    SELECT user_account_id, staff_id, began, ended, max(length) AS measured
    FROM (
        SELECT user_account_id, staff_id, began, ended, count(*) AS length
        FROM (
            SELECT user_account_id, staff_id, began, ended,
                   customer_id - row_number() OVER (PARTITION BY user_account_id, began ORDER BY customer_id) AS run
            FROM (SELECT DISTINCT user_account_id, staff_id, began, ended, customer_ids[1] AS customer_id
                  FROM seen WHERE cardinality(customer_ids) = 1) AS opened
        ) AS numbered
        GROUP BY user_account_id, staff_id, began, ended, run
    ) AS runs
    GROUP BY user_account_id, staff_id, began, ended
"""
SEARCHES = """
    SELECT user_account_id, staff_id, began, ended, max(number) AS measured
    FROM (
        SELECT user_account_id, staff_id, began, ended, count(*) AS number
        FROM seen CROSS JOIN jsonb_path_query(details, 'lax $.searched.*[*]') AS number
        GROUP BY user_account_id, staff_id, began, ended, number
    ) AS searched
    GROUP BY user_account_id, staff_id, began, ended
"""
PLANTED = """
    SELECT user_account_id, staff_id, began, ended, count(DISTINCT seen.id) AS measured
    FROM seen JOIN ketu.honeytoken AS honeytoken ON honeytoken.customer_id = ANY(seen.customer_ids)
    GROUP BY user_account_id, staff_id, began, ended
"""
MEASURES = {
    AccessAlertRule.VOLUME_HOUR: CUSTOMERS,
    AccessAlertRule.VOLUME_DAY: CUSTOMERS,
    AccessAlertRule.ODD_HOURS: CUSTOMERS,
    AccessAlertRule.OUT_OF_PORTFOLIO: SHARE,
    AccessAlertRule.SEQUENTIAL: IN_A_ROW,
    AccessAlertRule.REPEATED_SEARCH: SEARCHES,
    AccessAlertRule.HONEYTOKEN: PLANTED,
}
GROWN = """
    UPDATE ketu.access_alert SET measured = $4
    WHERE rule = $1 AND user_account_id = $2 AND window_began_at = $3 AND state = 'OPEN' AND measured < $4
"""
# What was looked into is raised again only where as much was added to it.
RAISE = """
    INSERT INTO ketu.access_alert
        (rule, state, user_account_id, staff_id, branch_id, position, window_began_at, window_ended_at, measured,
         threshold)
    SELECT $1, 'OPEN', $2, staff.id, branch.id, branch.position, $4, $5, $6, $7
    FROM ketu.staff AS staff
    LEFT JOIN ketu.former_position AS former ON former.position = staff.position
    JOIN ketu.branch AS branch ON branch.id = coalesce(former.branch_id, staff.branch_id)
    WHERE staff.id = $3 AND NOT EXISTS (
        SELECT FROM ketu.access_alert AS known
        WHERE known.rule = $1 AND known.user_account_id = $2 AND known.window_began_at = $4
          AND (known.state = 'OPEN' OR known.measured + $7 > $6))
    RETURNING id
"""


async def watch_pending(connection: Any) -> int:
    """Look through what is complete; how many alerts were raised. None where another process is at it."""
    raised = 0
    while True:
        async with connection.transaction():
            if not await connection.fetchval(f"SELECT pg_try_advisory_xact_lock({LOCK})"):
                return raised
            await connection.execute("SET LOCAL statement_timeout = '5min'")
            await hold_tree(connection)
            position = await connection.fetchrow(POSITION)
            last = await connection.fetchrow(NEXT, *position, BATCH)
            if last is None:
                return raised
            raised += await _look(connection, tuple(position), (last["transaction_id"], last["id"]))
            await connection.execute(ADVANCE, last["transaction_id"], last["id"])
        if last["number"] < BATCH:
            return raised


async def _look(connection: Any, after: tuple[int, int], until: tuple[int, int]) -> int:
    raised = 0
    for name, threshold in (await thresholds(connection)).items():
        for row in await connection.fetch(_statement(name, RULES[name]), *after, *until, threshold):
            await connection.execute(GROWN, name.name, row["user_account_id"], row["began"], row["measured"])
            alert_id = await connection.fetchval(
                RAISE, name.name, row["user_account_id"], row["staff_id"], row["began"], row["ended"],
                row["measured"], threshold,
            )  # fmt: skip
            if alert_id is not None:
                await tell(connection, [OutboxEvent("access_alert.raised", "access_alert", alert_id)])
                raised += 1
    return raised


def _statement(name: AccessAlertRule, rule: Rule) -> str:
    """Windows in which the rule measures its threshold or more."""
    window = rule.window
    seen = SEEN.format(
        unit=window.unit,
        shift=window.shift,
        start=window.start,
        length=window.length,
        is_for_programs=str(rule.is_for_programs).lower(),
    )
    return f"{seen} SELECT * FROM ({MEASURES[name]}) AS windows WHERE measured >= $5"  # noqa: S608 (words of our own)
