"""What fell into the windows of the rules: kept entry by entry, measured without reading any entry twice."""

from collections.abc import Sequence
from typing import Any

from domain.access_alert.model import DAY, FEWEST_FOR_A_SHARE, RULES, WINDOWS, AccessAlertRule

WINDOW_VALUES = ", ".join(
    f"('{each.name}', '{each.unit}', interval '{each.length}', interval '{each.shift}', interval '{each.start}')"
    for each in WINDOWS
)
FALLEN = f"""
    WITH fresh AS MATERIALIZED (
        SELECT event.id, event.user_account_id, event.customer_ids, event.details, account.kind = 'STAFF' AS is_person,
               event.recorded_at, date_bin('15 minutes', event.recorded_at, 'epoch') AS quarter
        FROM audit.event AS event
        JOIN ketu.user_account AS account ON account.id = event.user_account_id
        WHERE (event.transaction_id, event.id) > ($1, $2) AND (event.transaction_id, event.id) <= ($3, $4)
          AND event.kind IN ('ACCESS', 'REVEAL')
    ), windows AS MATERIALIZED (
        SELECT quarter, kept.name AS window_name, began AT TIME ZONE time_zone AS window_began_at,
               (began + kept.length) AT TIME ZONE time_zone AS window_ended_at
        FROM (SELECT DISTINCT quarter FROM fresh) AS quarters
        CROSS JOIN LATERAL (SELECT quarter AT TIME ZONE bank.time_zone AS local, bank.time_zone FROM ketu.bank) AS clock
        CROSS JOIN (VALUES {WINDOW_VALUES}) AS kept (name, unit, length, shift, start)
        CROSS JOIN LATERAL (SELECT date_trunc(kept.unit, local - kept.shift) + kept.start AS began) AS truncated
        WHERE local >= began AND local < began + kept.length
    ), fallen AS (
        SELECT * FROM fresh JOIN windows USING (quarter)
    )
"""  # noqa: S608 (words of our own)
"""New entries, once for each window that they fall into.

Windows begin and end at whole quarters of an hour everywhere in the world, so entries of one quarter share theirs.
"""

KEEP_SEEN = f"""
    {FALLEN}
    INSERT INTO ketu.access_seen AS known (user_account_id, window_name, window_began_at, customer_id, is_alone)
    SELECT user_account_id, window_name, window_began_at, customer_id, bool_or(cardinality(customer_ids) = 1)
    FROM fallen CROSS JOIN unnest(customer_ids) AS told (customer_id)
    WHERE is_person
    GROUP BY user_account_id, window_name, window_began_at, customer_id
    ON CONFLICT (user_account_id, window_name, window_began_at, customer_id)
    DO UPDATE SET is_alone = known.is_alone OR excluded.is_alone, seen_at = now()
    WHERE excluded.is_alone AND NOT known.is_alone OR known.seen_at < now() - interval '1 day'
"""  # noqa: S608
KEEP_TALLIES = f"""
    {FALLEN}
    INSERT INTO ketu.access_tally AS known (user_account_id, rule, window_began_at, subject, number)
    SELECT user_account_id, '{AccessAlertRule.REPEATED_SEARCH.name}', window_began_at, searched::text, count(*)
    FROM fallen CROSS JOIN jsonb_path_query(details, 'lax $.searched.*[*]') AS searched
    WHERE is_person AND window_name = '{DAY.name}' GROUP BY user_account_id, window_began_at, searched
    UNION ALL
    SELECT user_account_id, '{AccessAlertRule.HONEYTOKEN.name}', window_began_at, '', count(*)
    FROM fallen WHERE window_name = '{DAY.name}' AND customer_ids && ARRAY(SELECT customer_id FROM ketu.honeytoken)
      AND EXISTS (
          SELECT FROM ketu.honeytoken WHERE customer_id = ANY(customer_ids) AND planted_at <= fallen.recorded_at)
    GROUP BY user_account_id, window_began_at
    ON CONFLICT (user_account_id, rule, window_began_at, subject)
    DO UPDATE SET number = known.number + excluded.number, seen_at = now()
"""  # noqa: S608
# Three days after somebody was last seen there.
FORGET = "DELETE FROM ketu.{table} WHERE seen_at < now() - interval '3 days'"
"""Entries that fall into a window are looked at while it lasts, or a little later."""

TOUCHED = f"""
    {FALLEN} SELECT DISTINCT user_account_id, window_name, window_began_at, window_ended_at FROM fallen
"""  # noqa: S608
MEASURED = """
    WITH touched AS (
        SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[])
            AS touched (user_account_id, window_began_at, window_ended_at)
    ), seen AS (
        SELECT touched.*, known.customer_id, known.is_alone
        FROM touched JOIN ketu.access_seen AS known USING (user_account_id, window_began_at)
        WHERE known.window_name = '{window}'
    ), tallied AS (
        SELECT touched.*, known.number
        FROM touched JOIN ketu.access_tally AS known USING (user_account_id, window_began_at)
        WHERE known.rule = '{rule}'
    )
    SELECT windows.*, account.staff_id FROM ({measure}) AS windows
    JOIN ketu.user_account AS account ON account.id = windows.user_account_id WHERE measured >= $4
"""
"""Windows as they are now."""

WINDOW = "user_account_id, window_began_at, window_ended_at"
CUSTOMERS = f"SELECT {WINDOW}, count(*) AS measured FROM seen GROUP BY {WINDOW}"  # noqa: S608
SHARE = f"""
    SELECT {WINDOW},
           CASE WHEN count(*) >= {FEWEST_FOR_A_SHARE} THEN 100 * count(*) FILTER (WHERE NOT is_own) / count(*)
           ELSE 0 END AS measured
    FROM (
        SELECT seen.*, coalesce(account.staff_id IN (customer.manager_id, customer.backup_manager_id), false)
               OR EXISTS (
                   SELECT FROM ketu.access_grant AS granted
                   WHERE granted.customer_id = customer.id AND granted.staff_id = account.staff_id
                     AND coalesce(granted.ended_at > seen.window_began_at, true)) AS is_own
        FROM seen JOIN ketu.user_account AS account ON account.id = seen.user_account_id
        JOIN ketu.customer AS customer ON customer.id = seen.customer_id
        WHERE EXISTS (SELECT FROM ketu.customer AS own WHERE own.manager_id = account.staff_id)
    ) AS shown
    GROUP BY {WINDOW}
"""  # noqa: S608
IN_A_ROW = f"""
    SELECT {WINDOW}, max(length) AS measured
    FROM (
        SELECT {WINDOW}, count(*) AS length
        FROM (
            SELECT seen.*,
                   customer_id - row_number() OVER (PARTITION BY user_account_id, window_began_at ORDER BY customer_id)
                       AS run
            FROM seen WHERE is_alone
        ) AS numbered
        GROUP BY {WINDOW}, run
    ) AS runs
    GROUP BY {WINDOW}
"""  # noqa: S608
TALLIES = f"SELECT {WINDOW}, max(number) AS measured FROM tallied GROUP BY {WINDOW}"  # noqa: S608
MEASURES = {
    AccessAlertRule.VOLUME_HOUR: CUSTOMERS,
    AccessAlertRule.VOLUME_DAY: CUSTOMERS,
    AccessAlertRule.ODD_HOURS: CUSTOMERS,
    AccessAlertRule.OUT_OF_PORTFOLIO: SHARE,
    AccessAlertRule.SEQUENTIAL: IN_A_ROW,
    AccessAlertRule.REPEATED_SEARCH: TALLIES,
    AccessAlertRule.HONEYTOKEN: TALLIES,
}

Position = tuple[int, int]
"""Of an entry: its transaction, its id."""


async def keep(connection: Any, after: Position, until: Position) -> Sequence[Any]:
    """Add the entries after one position, up to another, to the windows that they fall into: those windows.

    What is kept of old windows is forgotten.
    """
    for statement in (KEEP_SEEN, KEEP_TALLIES):
        await connection.execute(statement, *after, *until)
    for table in ("access_seen", "access_tally"):
        await connection.execute(FORGET.format(table=table))
    return await connection.fetch(TOUCHED, *after, *until)


async def measured(connection: Any, rule: AccessAlertRule, windows: Sequence[Any], threshold: int) -> Sequence[Any]:
    """Those of the windows in which a rule measures `threshold` or more."""
    name = RULES[rule].window.name
    asked = [window for window in windows if window["window_name"] == name]
    if not asked:
        return ()
    columns = [[window[column] for window in asked] for column in WINDOW.split(", ")]
    statement = MEASURED.format(window=name, rule=rule.name, measure=MEASURES[rule])
    return await connection.fetch(statement, *columns, threshold)
