"""What keeps a customer from leaving the bank: contracts, securities, work that are still open."""

from typing import Any, NamedTuple

OPEN = """
    SELECT 'Account' AS type, account.id FROM ketu.account_holder AS holder
    JOIN ketu.account AS account ON account.id = holder.account_id
    WHERE holder.customer_id = $1 AND account.state <> 'CLOSED'
    UNION SELECT 'Loan', loan.id FROM ketu.account_holder AS holder
    JOIN ketu.loan AS loan ON loan.account_id = holder.account_id
    WHERE holder.customer_id = $1 AND loan.state IN ('RUNNING', 'IN_ARREARS')
    UNION SELECT 'Guarantee', id FROM ketu.guarantee WHERE guarantor_id = $1 AND state = 'IN_FORCE'
    UNION SELECT 'Collateral', id FROM ketu.collateral WHERE owner_id = $1 AND state = 'PLEDGED'
    UNION SELECT 'Card', id FROM ketu.card WHERE customer_id = $1 AND state <> 'EXPIRED'
    UNION SELECT 'Ticket', id FROM ketu.ticket WHERE customer_id = $1 AND state <> 'CLOSED'
    UNION SELECT 'Task', id FROM ketu.task WHERE customer_id = $1 AND state IN ('OPEN', 'HANDED_BACK')
    UNION SELECT 'Opportunity', id FROM ketu.opportunity WHERE customer_id = $1 AND stage NOT IN ('WON', 'LOST')
    UNION SELECT 'Lead', id FROM ketu.lead WHERE customer_id = $1 AND state = 'OPEN'
    UNION SELECT 'Visit', id FROM ketu.visit WHERE customer_id = $1 AND state IN ('PLANNED', 'CHECKED_IN')
    UNION SELECT 'CarePlan', id FROM ketu.care_plan WHERE customer_id = $1 AND state = 'ACTIVE'
    ORDER BY 1, 2
"""


class StillOpen(NamedTuple):
    """Something of a customer's that is open, by type of the graph and id."""

    type_name: str
    row_id: int


async def still_open(connection: Any, customer_id: int) -> list[StillOpen]:
    """All of it."""
    return [StillOpen(row["type"], row["id"]) for row in await connection.fetch(OPEN, customer_id)]
