"""What a generated bank looks like to a banker: a few tables, made from the truth, without a database."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from domain.customer.model import CustomerState
from domain.loan.model import LoanState
from domain.pipelines.generation.portrait.sight import Sight
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import month_of
from domain.pipelines.generation.truth.facts import Facts
from domain.pipelines.generation.truth.livelihood import Occupation
from domain.pipelines.generation.truth.oracle import answers, outcomes
from domain.pipelines.generation.truth.products import PRODUCTS
from domain.pipelines.generation.truth.tiers import TIERS
from domain.pipelines.generation.truth.world import Hidden
from domain.transaction.model import PaymentPurpose

SHARES = (5, 25, 50, 75, 95, 99)
BANDS = (0, 1_000, 10_000, 50_000, 200_000, 500_000, 1_000_000, 6_000_000)


def report(sight: Sight) -> Iterator[str]:
    """Tables as text, one after another."""
    hidden, facts = sight.hidden, sight.facts
    yield _states(facts)
    yield _ages(hidden)
    yield _incomes(hidden)
    yield _assets(sight)
    yield _tiers(facts)
    yield _products(sight)
    yield _homes(facts)
    yield _months(facts)
    yield _purposes(facts)
    yield _loans(facts)
    yield _dealings(facts)
    found = [*outcomes(sight.world), *answers(sight.answers)]
    rows = [(one.name, int(one.happened.sum()), len(one.happened), f"{one.best_auc:.3f}") for one in found]
    yield table("What can be foreseen", ("outcome", "happened", "of", "best AUC"), rows)


def table(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A title and columns, the first one to the left."""
    cells = [[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in cells
    ]
    return "\n".join([title, *lines, ""])


def _share(part: int | float, whole: int | float) -> str:
    return f"{100 * part / max(whole, 1):.1f} %"


def _counted(title: str, name: str, counts: Iterable[tuple[str, int]]) -> str:
    counts = list(counts)
    whole = sum(count for _, count in counts)
    return table(title, (name, "count", "share"), [(label, count, _share(count, whole)) for label, count in counts])


def _states(facts: list[Facts]) -> str:
    state = np.concatenate([one.customers.state for one in facts])
    pairs = [(word.name, int((state == code(word)).sum())) for word in CustomerState]
    managed = np.concatenate([one.customers.manager for one in facts]) != NOTHING
    return _counted("Persons", "state", [*pairs]) + f"with a manager: {_share(int(managed.sum()), len(managed))}\n"


def _ages(hidden: list[Hidden]) -> str:
    age = np.concatenate([one.people.age for one in hidden])
    bands = [(f"{low}-{low + 9}", int(((age >= low) & (age < low + 10)).sum())) for low in range(0, 100, 10)]
    return _counted("Ages", "years", bands)


def _incomes(hidden: list[Hidden]) -> str:
    occupation = np.concatenate([one.livelihood.occupation for one in hidden])
    income = np.concatenate([one.livelihood.income for one in hidden])
    rows: list[tuple[object, ...]] = []
    for kind in Occupation:
        theirs = income[occupation == kind]
        if len(theirs):
            rows.append((kind.name, len(theirs), *(int(value) for value in np.percentile(theirs, (25, 50, 75, 95)))))
    return table("Net income a month, CNY", ("occupation", "persons", "25 %", "50 %", "75 %", "95 %"), rows)


def _assets(sight: Sight) -> str:
    assets = sight.holdings()[0][sight.active]
    rows: list[tuple[object, ...]] = []
    for low, high in zip(BANDS, (*BANDS[1:], np.inf), strict=True):
        within = assets[(assets >= low) & (assets < high)]
        label = f"from {low:,}"
        rows.append((label, len(within), _share(len(within), len(assets)), _share(within.sum(), assets.sum())))
    percentiles = ", ".join(
        f"{share} %: {value:,.0f}" for share, value in zip(SHARES, np.percentile(assets, SHARES), strict=True)
    )
    title = f"Assets of active persons, CNY (mean {assets.mean():,.0f}; {percentiles})"
    return table(title, ("assets", "persons", "share", "of the money"), rows)


def _tiers(facts: list[Facts]) -> str:
    today = np.concatenate([one.around.tiers.tier[one.around.tiers.ends_on == NOTHING] for one in facts])
    counts = np.bincount(today, minlength=len(TIERS)).tolist()
    return _counted("Tiers", "tier", [(one.name, count) for one, count in zip(TIERS, counts, strict=True)])


def _products(sight: Sight) -> str:
    counts = sight.holdings()[1][sight.active]
    product = np.concatenate([one.accounts.product[one.accounts.closed_on == NOTHING] for one in sight.facts])
    held = [(PRODUCTS[place].name, int((product == place).sum())) for place in np.unique(product)]
    sizes = [
        (f"{count}{' and more' if count == 8 else ''}", int((np.minimum(counts, 8) == count).sum()))
        for count in range(9)
    ]
    return (
        _counted("Open accounts by product", "product", held)
        + "\n"
        + _counted("Accounts per active person", "accounts", sizes)
    )


def _homes(facts: list[Facts]) -> str:
    sizes = np.concatenate([np.bincount(one.homes.member_home) for one in facts])
    return _counted(
        "Known households", "members", [(str(size), int((sizes == size).sum())) for size in np.unique(sizes)]
    )


def _months(facts: list[Facts]) -> str:
    persons = sum(len(one.customers.numbers) for one in facts)
    # Between one's own accounts, nothing comes and nothing goes.
    kept = [(one.movements.operation != NOTHING) | (one.movements.purpose != NOTHING) for one in facts]
    month = month_of(np.concatenate([one.movements.day[rows] for one, rows in zip(facts, kept, strict=True)]))
    cents = np.concatenate([one.movements.cents[rows] for one, rows in zip(facts, kept, strict=True)])
    rows: list[tuple[object, ...]] = []
    for one in np.unique(month)[-12:]:
        within = cents[month == one]
        came, went = within[within > 0].sum() / 100, -within[within < 0].sum() / 100
        label = f"{1970 + one // 12}-{one % 12 + 1:02d}"
        rows.append((label, f"{len(within) / persons:.2f}", int(came / persons), int(went / persons)))
    return table("Per person and month", ("month", "transactions", "came, CNY", "went, CNY"), rows)


def _purposes(facts: list[Facts]) -> str:
    purpose = np.concatenate([one.movements.purpose for one in facts])
    named = [(word.name, int((purpose == code(word)).sum())) for word in PaymentPurpose]
    return _counted("Transactions by purpose", "purpose", [("none", int((purpose == NOTHING).sum())), *named])


def _loans(facts: list[Facts]) -> str:
    product = np.concatenate([one.loans.product for one in facts])
    state = np.concatenate([one.loans.state for one in facts])
    cents = np.concatenate([one.loans.cents for one in facts])
    rows: list[tuple[object, ...]] = []
    for place in np.unique(product):
        mine = product == place
        counts = [int((state[mine] == code(word)).sum()) for word in LoanState]
        rows.append((PRODUCTS[place].name, int(mine.sum()), int(np.median(cents[mine]) / 100), *counts))
    return table("Loans", ("product", "loans", "median, CNY", *(word.name for word in LoanState)), rows)


def _dealings(facts: list[Facts]) -> str:
    persons = sum(len(one.customers.numbers) for one in facts)
    counts = {
        "tags": sum(len(one.dealings.tags.tag) for one in facts),
        "consents": sum(len(one.dealings.consents.customer) for one in facts),
        "tickets": sum(len(one.dealings.tickets.numbers) for one in facts),
        "events of tickets": sum(len(one.dealings.events.ticket) for one in facts),
        "tasks": sum(len(one.dealings.tasks.titles) for one in facts),
        "contacts": sum(len(one.dealings.interactions.subjects) for one in facts),
        "members of campaigns": sum(len(one.around.campaigned.members.customer) for one in facts),
        "attempts to reach them": sum(len(one.around.campaigned.touches.customer) for one in facts),
        "responses": sum(len(one.around.campaigned.responses.customer) for one in facts),
        "leads": sum(len(one.around.leads.customer) for one in facts),
        "referrals": sum(len(one.around.referrals.customer) for one in facts),
        "opportunities": sum(len(one.ventures.opportunities.customer) for one in facts),
        "quotations": sum(len(one.around.quotations.opportunity) for one in facts),
        "visits": sum(len(one.around.visits.customer) for one in facts),
        "pieces of care": sum(len(one.around.cares.customer) for one in facts),
        "notes": sum(len(one.around.notes.customer) for one in facts),
        "documents": sum(len(one.around.papers.customer) for one in facts),
        "service requests": sum(len(one.around.service_requests.customer) for one in facts),
        "answers to surveys": sum(len(one.around.survey_responses.customer) for one in facts),
        "alerts": sum(len(one.around.alerts.customer) for one in facts),
    }
    rows = [(name, count, f"{1_000 * count / persons:,.0f}") for name, count in counts.items()]
    return table("Dealings", ("what", "count", "per 1,000 persons"), rows)
