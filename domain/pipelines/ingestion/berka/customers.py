"""Customers with their birth numbers and home districts. The data are anonymised: nobody has a name."""

from datetime import date

import asyncpg

from domain.pipelines.ingestion.berka.branches import BRANCH_OF_DISTRICT
from domain.pipelines.ingestion.berka.store import SOURCE, store
from domain.tables import contact_point, customer, identity_document

# A client's first account: that which was opened first, of this delivery or, where this one lacks it, of an earlier.
FIRST_ACCOUNT = f"""
    SELECT DISTINCT ON (client_id) client_id, district_id, opened_on
    FROM (
        SELECT disp.client_id, account.district_id, account.opened_on, account.line_number
        FROM berka_disp AS disp JOIN berka_account AS account USING (account_id)
        UNION ALL
        SELECT customer.source_key::int, branch.district_id, account.opened_on, NULL
        FROM ketu.account_holder AS holder
        JOIN ketu.customer ON customer.id = holder.customer_id
        JOIN ketu.account ON account.id = holder.account_id
        JOIN ({BRANCH_OF_DISTRICT}) AS branch ON branch.id = account.branch_id
        WHERE holder.source = '{SOURCE}'
          AND NOT EXISTS (SELECT FROM berka_disp AS disp WHERE disp.disp_id::text = holder.source_key)
    ) AS held
    ORDER BY client_id, opened_on, line_number
"""


async def store_customers(connection: asyncpg.Connection, *, as_of: date) -> None:
    """reads berka_client, berka_disp, berka_account, branch; writes customer, identity_document, contact_point."""
    await store(
        connection,
        customer,
        f"""
        SELECT client.line_number AS ordinal, client.client_id::text AS source_key, 'PERSON' AS kind,
               CASE WHEN held.client_id IS NULL THEN 'PROSPECT' ELSE 'ACTIVE' END AS state,
               client.client_id::text AS customer_no, client.sex, client.birth_on, held.opened_on AS joined_on,
               branch.id AS branch_id, branch.position
        FROM berka_client AS client
        LEFT JOIN ({FIRST_ACCOUNT}) AS held USING (client_id)
        JOIN ({BRANCH_OF_DISTRICT}) AS branch ON branch.district_id = coalesce(held.district_id, client.district_id)
        """,
        columns=("kind", "state", "customer_no", "sex", "birth_on", "joined_on", "branch_id", "position"),
        as_of=as_of,
    )
    await store(
        connection,
        identity_document,
        f"""
        SELECT client.line_number AS ordinal, client.client_id::text AS source_key, customer.id AS customer_id,
               'BIRTH_NUMBER' AS type, client.birth_number_masked AS number_masked,
               client.birth_number_blind_index AS number_blind_index, client.birth_number_last4 AS number_last4,
               client.birth_number_cipher AS number_cipher
        FROM berka_client AS client
        JOIN ketu.customer ON customer.source = '{SOURCE}' AND customer.source_key = client.client_id::text
        """,
        columns=("customer_id", "type", "number_*"),
        as_of=as_of,
    )
    await store(
        connection,
        contact_point,
        f"""
        SELECT client.line_number AS ordinal, client.client_id::text AS source_key, customer.id AS customer_id,
               'ADDRESS' AS kind, district.name AS district,
               upper(left(district.region, 1)) || substr(district.region, 2) AS region, 'CZ' AS country
        FROM berka_client AS client
        JOIN berka_district AS district USING (district_id)
        JOIN ketu.customer ON customer.source = '{SOURCE}' AND customer.source_key = client.client_id::text
        """,
        columns=("customer_id", "kind", "district", "region", "country"),
        as_of=as_of,
    )
