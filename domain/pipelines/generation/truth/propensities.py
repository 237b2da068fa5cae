"""What nobody at the bank sees and everything follows from: how people are inclined.

Each is a standard normal number, in part shared within the family. Later issues let responses and churn follow from
the same numbers; `docs/data/generated.md` says how outcomes follow from them.
"""

from dataclasses import dataclass

import numpy as np

from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.randomness import Floats, Ints, stream

SHARED_IN_FAMILY = {"credit": 0.35, "attachment": 0.3, "thrift": 0.4, "risk_appetite": 0.2, "responsiveness": 0.15}
"""The share of the variance that a family has in common."""


@dataclass(frozen=True, slots=True)
class Propensities:
    """Inclinations, arrays (persons,), mean 0 and variance 1.

    credit          higher: pays what is owed
    attachment      higher: stays with this bank, and does more through it
    thrift          higher: saves more of what is earned
    risk_appetite   higher: prefers funds to deposits
    responsiveness  higher: answers to offers
    """

    credit: Floats
    attachment: Floats
    thrift: Floats
    risk_appetite: Floats
    responsiveness: Floats


def propensities(plan: Plan, block: Block, family: Ints) -> Propensities:
    """Those of a block's persons, given their families."""
    made: dict[str, Floats] = {}
    for name, shared in SHARED_IN_FAMILY.items():
        chance = stream(plan.seed, "propensities", name, block.number)
        common = chance.standard_normal(int(family.max(initial=0)) + 1)[family]
        made[name] = np.sqrt(shared) * common + np.sqrt(1 - shared) * chance.standard_normal(len(family))
    return Propensities(**made)
