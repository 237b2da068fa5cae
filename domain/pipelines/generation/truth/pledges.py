"""What stands behind loans: people who answer for them, homes that secure them."""

import numpy as np

from domain.collateral.model import CollateralState
from domain.customer.model import ContactPointKind
from domain.guarantee.model import GuaranteeKind, GuaranteeState
from domain.loan.model import LoanState
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.families import NOBODY
from domain.pipelines.generation.truth.lending import due_on
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import place
from domain.pipelines.generation.truth.undertakings import Guarantees, Homes

LENT_OF_VALUE = (0.35, 0.7)
"""What is lent on a home, of what it is worth."""
VALUER = "中诚房地产评估有限公司"


def guarantees(persons: Persons) -> Guarantees:
    """Of those loans for which somebody answers; they stand as the loans do."""
    lent = persons.lent
    rows = np.flatnonzero(lent.guarantor != NOBODY)
    stands = {
        LoanState.REPAID: GuaranteeState.EXPIRED,
        LoanState.DEFAULTED: GuaranteeState.CALLED,
    }
    by_loan = np.array([code(stands.get(state, GuaranteeState.IN_FORCE)) for state in LoanState])
    for_business = lent.product[rows] == place(products.BUSINESS)
    kind = np.where(for_business, code(GuaranteeKind.MAXIMUM_AMOUNT), code(GuaranteeKind.JOINT_LIABILITY))
    return Guarantees(
        lent.guarantor[rows] + persons.first, rows, kind, by_loan[lent.state[rows]], lent.cents[rows],
        lent.granted_on[rows], due_on(lent.granted_on[rows], lent.months[rows]),
    )  # fmt: skip


def homes(persons: Persons) -> Homes:
    """Of mortgages; a home is given back when its loan is repaid."""
    chance, lent = persons.chance("homes pledged"), persons.lent
    rows = np.flatnonzero(lent.product == place(products.MORTGAGE))
    low, high = LENT_OF_VALUE
    cents = np.round(lent.cents[rows] / (low + (high - low) * chance.random(len(rows))), -6).astype(np.int64)
    repaid = lent.state[rows] == code(LoanState.REPAID)
    ends = due_on(lent.granted_on[rows], lent.months[rows])
    size = chance.integers(45, 160, len(rows))
    reached = persons.contacts
    known = {
        int(customer): at
        for at, (customer, kind, primary) in enumerate(
            zip(reached.customer.tolist(), reached.kind.tolist(), reached.is_primary.tolist(), strict=True)
        )
        if kind == code(ContactPointKind.ADDRESS) and primary
    }
    at = [known.get(int(row) + persons.first) for row in lent.borrower[rows]]
    return Homes(
        rows,
        lent.borrower[rows] + persons.first,
        np.where(repaid, code(CollateralState.RELEASED), code(CollateralState.PLEDGED)),
        [f"住宅，建筑面积 {one} 平方米" for one in size.tolist()],
        [None if one is None else reached.values[one] for one in at],
        [None if one is None else reached.districts[one] for one in at],
        [None if one is None else reached.regions[one] for one in at],
        cents,
        lent.granted_on[rows],
        np.where(repaid, ends, NOTHING),
    )
