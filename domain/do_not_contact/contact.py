"""Whether the bank may contact somebody: what whoever writes, calls or sends has to ask first.

Do-not-contact comes before consent: who is to be left alone is, whatever they said yes to and whenever. Of consents,
the last word for the channel and the last word for any channel count: a no for the channel holds until a yes for the
channel, a yes for the channel until a later no for any, and where nothing was said of the channel, the word for any
decides.
"""

from collections.abc import Collection, Mapping
from typing import Any

from domain.do_not_contact.model import Barrier, ContactPurpose, Verdict
from domain.shared.channel import Channel

ASKED_FOR = {
    # What the customer must have said yes to, and what they must not have said no to.
    ContactPurpose.MARKETING: (["MARKETING"], ["MARKETING", "CONTACT"]),
    ContactPurpose.SURVEY: ([], ["SURVEY", "CONTACT"]),
    ContactPurpose.CARE: ([], ["CONTACT"]),
    ContactPurpose.DUTY: ([], []),
}
VERDICTS = """
    WITH said AS (
        SELECT DISTINCT ON (customer_id, purpose, channel)
               customer_id, purpose, channel IS NOT NULL AS is_of_channel, decision = 'GIVEN' AS is_yes, decided_at, id
        FROM ketu.consent
        WHERE customer_id = ANY($1) AND purpose = ANY($3::text[] || $4::text[]) AND (channel IS NULL OR channel = $2)
        ORDER BY customer_id, purpose, channel, decided_at DESC, id DESC
    ), word AS (
        SELECT customer_id, purpose,
               CASE
                   WHEN NOT of_channel.is_yes THEN false
                   WHEN of_channel.is_yes THEN NOT (of_any.is_yes IS FALSE
                       AND (of_any.decided_at, of_any.id) > (of_channel.decided_at, of_channel.id))
                   ELSE of_any.is_yes
               END AS is_yes
        FROM (SELECT * FROM said WHERE is_of_channel) AS of_channel
        FULL JOIN (SELECT * FROM said WHERE NOT is_of_channel) AS of_any USING (customer_id, purpose)
    ), alone AS (
        SELECT customer_id, max(coalesce(ends_on, 'infinity')) AS until
        FROM ketu.do_not_contact AS alone, ketu.bank AS bank
        WHERE customer_id = ANY($1) AND (channel IS NULL OR channel = $2) AND lifted_at IS NULL
              AND bank.business_date BETWEEN starts_on AND coalesce(ends_on, 'infinity')
        GROUP BY customer_id
    )
    SELECT asked.id,
           CASE
               WHEN customer.id IS NULL OR customer.state = 'DEREGISTERED' THEN 'NO_CUSTOMER'
               WHEN alone.customer_id IS NOT NULL THEN 'DO_NOT_CONTACT'
               WHEN EXISTS (SELECT FROM word WHERE word.customer_id = asked.id AND purpose = ANY($4) AND NOT is_yes)
                   THEN 'REFUSED'
               WHEN NOT $3 <@ ARRAY(SELECT purpose FROM word WHERE word.customer_id = asked.id AND is_yes)
                   THEN 'NOT_CONSENTED'
           END AS barrier,
           nullif(alone.until, 'infinity') AS until
    FROM unnest($1::bigint[]) AS asked (id)
    LEFT JOIN ketu.customer AS customer USING (id)
    LEFT JOIN alone ON alone.customer_id = asked.id
"""


async def may_contact_each(
    connection: Any, customer_ids: Collection[int], *, channel: Channel, purpose: ContactPurpose
) -> Mapping[int, Verdict]:
    """For each of the customers, whether the bank may contact them on its business date; in one statement."""
    if purpose is ContactPurpose.DUTY:
        return dict.fromkeys(customer_ids, Verdict(None))
    rows = await connection.fetch(VERDICTS, [*customer_ids], channel.name, *ASKED_FOR[purpose])
    return {row["id"]: Verdict(Barrier[row["barrier"]] if row["barrier"] else None, _until(row)) for row in rows}


async def may_contact(connection: Any, customer_id: int, *, channel: Channel, purpose: ContactPurpose) -> Verdict:
    """Whether the bank may contact one customer on its business date."""
    return (await may_contact_each(connection, [customer_id], channel=channel, purpose=purpose))[customer_id]


def _until(row: Any) -> Any:
    return row["until"] if row["barrier"] == Barrier.DO_NOT_CONTACT.name else None
