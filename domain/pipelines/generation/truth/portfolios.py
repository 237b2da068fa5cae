"""Who has managed whom: today's managers since they took over, and those before them."""

import numpy as np

from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.facts import Customers
from domain.pipelines.generation.truth.keeping import Terms
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.randomness import Chance, Ints
from domain.portfolio.model import PortfolioRole

PRIMARY, BACKUP = map(code, PortfolioRole)
HANDED_OVER = 0.3
"""Of customers with a manager, who had another one at the same outlet before."""
DAYS_IN_HAND = 900
"""In the middle, since a hand-over."""


def terms(chance: Chance, bank: Organisation, known: Customers, last: int) -> Terms:
    """Of a block's customers, in order of their first day; `last` is the business date."""
    begun = np.where(known.joined_on == NOTHING, last - 200, known.joined_on)
    before = _before(chance, bank, known)
    managed = known.manager != NOTHING
    changed = managed & (before != NOTHING) & (chance.random(len(begun)) < HANDED_OVER) & (begun < last - 120)
    since = last - 30 - np.floor(chance.exponential(DAYS_IN_HAND, len(begun))).astype(np.int64)
    since = np.where(changed, np.maximum(since, begun + 60), begun)
    former, own, backed = np.flatnonzero(changed), np.flatnonzero(managed), np.flatnonzero(known.backup != NOTHING)
    rows = np.concatenate([former, own, backed])
    count = len(rows)
    made = Terms(
        customer=rows + known.first,
        staff=np.concatenate([before[former], known.manager[own], known.backup[backed]]),
        role=np.repeat([PRIMARY, PRIMARY, BACKUP], [len(former), len(own), len(backed)]),
        starts_on=np.concatenate([begun[former], since[own], since[backed]]),
        ends_on=np.concatenate([since[former], np.full(count - len(former), NOTHING)]),
    )
    order = np.lexsort((made.role, made.customer, made.starts_on))
    return Terms(made.customer[order], made.staff[order], made.role[order], made.starts_on[order], made.ends_on[order])


def _before(chance: Chance, bank: Organisation, known: Customers) -> Ints:
    """Some other manager of each one's outlet, NOTHING where there is only one."""
    hired = [outlet.managers for outlet in bank.outlets]
    most = max(map(len, hired))
    turn = np.array([[one[at % len(one)] for at in range(most)] for one in hired])
    drawn = turn[known.outlet, chance.integers(0, most, len(known.outlet))]
    return np.where(drawn == known.manager, NOTHING, drawn)
