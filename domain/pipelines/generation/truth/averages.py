"""Assets of customers as means of days (月日均): what lay on their accounts at the close of each day of a month."""

import numpy as np

from domain.pipelines.generation.truth.days import day_in_month
from domain.pipelines.generation.truth.facts import Accounts, Balances, Customers
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.randomness import Ints

SPAN = 1 << 20
"""More days than any balance is old."""


def whole_months(plan: Plan) -> Ints:
    """Months of the history that have ended by the business date, since January 1970, in order."""
    months = plan.history.months
    return months[ends_of(months) <= plan.history.last]


def ends_of(months: Ints) -> Ints:
    """Last days of months."""
    return day_in_month(months, np.full(len(months), 31))


def month_averages(plan: Plan, known: Customers, held: Accounts, told: Balances) -> Ints:
    """Cents (customers, whole months): what each one's own accounts in CNY held, the mean of all days of the month.

    A closing balance counts until the next one; on days before the first there was nothing. The mean is rounded down.
    """
    months = whole_months(plan)
    # One day after each month: sums reach up to these, and begin with the first day of the first.
    edges = np.concatenate([ends_of(months[:1] - 1), ends_of(months)]) + 1
    ours = np.flatnonzero(~held.is_dollar)
    until = _sums_until(ours, edges, told)
    of_accounts = np.diff(until, axis=1)
    sums = np.zeros((len(known.numbers), len(months)), dtype=np.int64)
    np.add.at(sums, held.owner[ours] - known.first, of_accounts)
    return sums // np.diff(edges)


def _sums_until(accounts: Ints, edges: Ints, told: Balances) -> Ints:
    """Sums (accounts, edges) of the closing balances of all days before each edge."""
    if not len(told.account):
        return np.zeros((len(accounts), len(edges)), dtype=np.int64)
    days = np.zeros(len(told.day), dtype=np.int64)
    days[:-1] = np.where(told.account[1:] == told.account[:-1], told.day[1:] - told.day[:-1], 0)
    # What had been summed up over all accounts when each balance began.
    before = np.concatenate([[0], np.cumsum(told.cents * days)[:-1]])
    first = np.searchsorted(told.account, accounts)
    at = np.searchsorted(told.account * SPAN + told.day, accounts[:, None] * SPAN + edges - 1, side="right") - 1
    is_own = (at >= 0) & (told.account[at] == accounts[:, None])
    sums = before[at] - before[np.minimum(first, len(before) - 1)][:, None] + told.cents[at] * (edges - told.day[at])
    return np.where(is_own, sums, 0)
