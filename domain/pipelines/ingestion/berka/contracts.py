"""Products, accounts with those who hold them, and what hangs on accounts: loans, standing orders, cards."""

from datetime import date

import asyncpg

from domain.pipelines.ingestion.berka.branches import BRANCH_OF_DISTRICT
from domain.pipelines.ingestion.berka.store import SOURCE, store
from domain.shared.sort_key import sort_key
from domain.tables import account, account_holder, card, loan, product, standing_order

CURRENCY = "CZK"

# The files name no products; these are the contracts they hold. (number, name, category)
PRODUCTS = (
    ("CURRENT", "Current account", "DEPOSIT"),
    ("LOAN", "Consumer loan", "LOAN"),
    ("CARD-JUNIOR", "Junior card", "CARD"),
    ("CARD-CLASSIC", "Classic card", "CARD"),
    ("CARD-GOLD", "Gold card", "CARD"),
)

ACCOUNT = f"SELECT id, branch_id, source_key::int AS account_id FROM ketu.account WHERE source = '{SOURCE}'"
CUSTOMER = f"SELECT id, source_key::int AS client_id FROM ketu.customer WHERE source = '{SOURCE}'"
PRODUCT = f"SELECT id, product_no FROM ketu.product WHERE source = '{SOURCE}'"


async def store_products(connection: asyncpg.Connection, *, as_of: date) -> None:
    """writes product."""
    rows = ", ".join(
        f"({ordinal}, '{number}', '{number}', '{name}', '{sort_key(name)}', '{category}', true)"
        for ordinal, (number, name, category) in enumerate(PRODUCTS)
    )
    columns = ("product_no", "name", "name_sort_key", "category", "is_active")
    delivered = f"SELECT * FROM (VALUES {rows}) AS product (ordinal, source_key, {', '.join(columns)})"
    await store(connection, product, delivered, columns=columns, as_of=as_of)


async def store_accounts(connection: asyncpg.Connection, *, as_of: date) -> None:
    """reads berka_account, berka_closing, berka_disp, customer; writes account, account_holder."""
    await store(
        connection,
        account,
        f"""
        SELECT account.line_number AS ordinal, account.account_id::text AS source_key, product.id AS product_id,
               branch.id AS branch_id, 'OPEN' AS state, account.statement_frequency, '{CURRENCY}' AS currency,
               closing.amount AS balance, closing.closed_on AS balance_on, account.opened_on
        FROM berka_account AS account
        JOIN ({PRODUCT}) AS product ON product.product_no = 'CURRENT'
        JOIN ({BRANCH_OF_DISTRICT}) AS branch USING (district_id)
        LEFT JOIN (SELECT DISTINCT ON (account_id) * FROM berka_closing ORDER BY account_id, closed_on DESC) AS closing
            USING (account_id)
        """,
        columns=(
            "product_id", "branch_id", "state", "statement_frequency", "currency", "balance", "balance_on", "opened_on",
        ),
        as_of=as_of,
    )  # fmt: skip
    await store(
        connection,
        account_holder,
        f"""
        SELECT disp.line_number AS ordinal, disp.disp_id::text AS source_key, account.id AS account_id,
               customer.id AS customer_id, disp.role
        FROM berka_disp AS disp
        JOIN ({ACCOUNT}) AS account USING (account_id)
        JOIN ({CUSTOMER}) AS customer USING (client_id)
        """,
        columns=("account_id", "customer_id", "role"),
        as_of=as_of,
    )


async def store_contracts(connection: asyncpg.Connection, *, as_of: date) -> None:
    """reads berka_loan, berka_order, berka_card, account, account_holder; writes loan, standing_order, card."""
    await store(
        connection,
        loan,
        f"""
        SELECT loan.line_number AS ordinal, loan.loan_id::text AS source_key, account.id AS account_id,
               product.id AS product_id, account.branch_id, loan.state, loan.granted_on, loan.term_months, loan.amount,
               loan.instalment, '{CURRENCY}' AS currency
        FROM berka_loan AS loan
        JOIN ({ACCOUNT}) AS account USING (account_id)
        JOIN ({PRODUCT}) AS product ON product.product_no = 'LOAN'
        """,
        columns=(
            "account_id", "product_id", "branch_id", "state", "granted_on", "term_months", "amount", "instalment",
            "currency",
        ),
        as_of=as_of,
    )  # fmt: skip
    await store(
        connection,
        standing_order,
        f"""
        SELECT orders.line_number AS ordinal, orders.order_id::text AS source_key, account.id AS account_id,
               orders.purpose, orders.amount, '{CURRENCY}' AS currency, orders.counterparty_bank,
               orders.counterparty_account_masked, orders.counterparty_account_blind_index,
               orders.counterparty_account_last4, orders.counterparty_account_cipher
        FROM berka_order AS orders JOIN ({ACCOUNT}) AS account USING (account_id)
        """,
        columns=("account_id", "purpose", "amount", "currency", "counterparty_bank", "counterparty_account_*"),
        as_of=as_of,
    )
    await store(
        connection,
        card,
        f"""
        SELECT card.line_number AS ordinal, card.card_id::text AS source_key, customer.id AS customer_id,
               account.id AS account_id, product.id AS product_id, account.branch_id, card.grade, 'ACTIVE' AS state,
               card.issued_on
        FROM berka_card AS card
        JOIN berka_disp AS disp USING (disp_id)
        JOIN ({CUSTOMER}) AS customer USING (client_id)
        JOIN ({ACCOUNT}) AS account USING (account_id)
        JOIN ({PRODUCT}) AS product ON product.product_no = 'CARD-' || card.grade
        """,
        columns=("customer_id", "account_id", "product_id", "branch_id", "grade", "state", "issued_on"),
        as_of=as_of,
    )
