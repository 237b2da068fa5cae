"""What customers have, added up anew: nothing that keeps it is asked."""

ADDED_UP = """
    SELECT customer.id, customer.aum, (
        SELECT sum(account.balance) FROM ketu.account
        WHERE account.state IN ('OPEN', 'FROZEN') AND account.currency = (SELECT base_currency FROM ketu.bank)
          AND EXISTS (SELECT FROM ketu.account_holder AS holder WHERE holder.account_id = account.id
                      AND holder.customer_id = customer.id AND holder.role = 'OWNER')) AS should_be
    FROM ketu.customer
"""
ADDED_UP_OTHERWISE = f"SELECT * FROM ({ADDED_UP}) AS each WHERE aum IS DISTINCT FROM should_be"
"""Nobody, if all is well."""
