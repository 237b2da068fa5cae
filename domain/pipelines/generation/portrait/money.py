"""Charts of money: balances, products, movements through the year, loans."""

from collections.abc import Iterator

import numpy as np

from domain.loan.model import LoanState
from domain.pipelines.generation.portrait.charts import Chart
from domain.pipelines.generation.portrait.sight import Sight
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import a_date
from domain.pipelines.generation.truth.products import PRODUCTS, TERMS
from domain.pipelines.generation.truth.purses import HOUSEHOLD, SALARY
from domain.pipelines.generation.truth.tiers import TIERS

BANDS = (0, 100, 1_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 3_000_000, 10_000_000)


def charts(sight: Sight) -> Iterator[Chart]:
    """One after another."""
    yield _assets(sight)
    yield _lorenz(sight)
    yield _tiers(sight)
    yield _products_held(sight)
    yield _by_product(sight)
    yield _weeks(sight)
    yield _months(sight)
    yield _purchases(sight)
    yield _first_digits(sight)
    yield _salaries(sight)
    yield _deposits(sight)
    yield _loans(sight)
    yield _credit(sight)


def _assets(sight: Sight) -> Chart:
    assets = sight.holdings()[0][sight.active]
    counts = np.histogram(assets, [*BANDS, np.inf])[0]
    labels = [_short(low) for low in BANDS]
    series = {"share of persons": (100 * counts / len(assets)).tolist()}
    money = np.histogram(assets, [*BANDS, np.inf], weights=assets)[0]
    series["share of the money"] = (100 * money / assets.sum()).tolist()
    return Chart("Assets, from … CNY", "bars", labels, series, "%", "Most have little; the money lies with few.")


def _short(value: float) -> str:
    return f"{value / 10_000:g}万" if value >= 10_000 else f"{value:g}"


def _lorenz(sight: Sight) -> Chart:
    assets = np.sort(sight.holdings()[0][sight.active])[::-1]
    shares = np.array([0.1, 0.5, 1, 2, 5, 10, 20, 30, 50, 70, 100])
    held = [float(100 * assets[: max(1, int(len(assets) * share / 100))].sum() / assets.sum()) for share in shares]
    return Chart(
        "Richest … % hold", "lines", [f"{share:g}" for share in shares], {"share of the money": held}, "%",
        "One in five holds four fifths or more.",
    )  # fmt: skip


def _tiers(sight: Sight) -> Chart:
    last = sight.world.plan.history.last
    series = {name: _in_tiers(sight, day) for name, day in (("today", last), ("three months before", last - 92))}
    return Chart(
        "Tiers",
        "bars",
        [one.name for one in TIERS],
        series,
        "% of persons",
        "Each higher one is rarer; more rise than fall.",
    )


def _in_tiers(sight: Sight, day: int) -> list[float]:
    counts = np.zeros(len(TIERS))
    for one in sight.facts:
        made = one.around.tiers
        held = (made.starts_on <= day) & ((made.ends_on == NOTHING) | (made.ends_on > day))
        counts += np.bincount(made.tier[held], minlength=len(TIERS))
    return (100 * counts / max(counts.sum(), 1)).tolist()


def _products_held(sight: Sight) -> Chart:
    counts = sight.holdings()[1][sight.active]
    labels = [str(count) for count in range(1, 11)]
    shares = [100 * float((counts == count).mean()) for count in range(1, 11)]
    return Chart("Open accounts per active person", "bars", labels, {"persons": shares}, "%")


def _by_product(sight: Sight) -> Chart:
    product = np.concatenate([one.accounts.product[one.accounts.closed_on == NOTHING] for one in sight.facts])
    persons = int(sight.active.sum())
    used = [place for place in np.unique(product).tolist() if place >= 0]
    shares = [100 * float((product == place).sum()) / persons for place in used]
    names = [PRODUCTS[place].name.split("（")[0][:8] for place in used]
    return Chart("Open accounts by product, per 100 active persons", "bars", names, {"accounts": shares})


def _flows(sight: Sight) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days, cents and purposes of what came from or went to others."""
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    first = sight.world.plan.history.first
    for one in sight.facts:
        moved = one.movements
        kept = ((moved.operation != NOTHING) | (moved.purpose != NOTHING)) & (moved.day >= first)
        parts.append((moved.day[kept], moved.cents[kept], moved.purpose[kept]))
    day, cents, purpose = (np.concatenate([part[place] for part in parts]) for place in range(3))
    return day, cents, purpose


def _weeks(sight: Sight) -> Chart:
    day, _, purpose = _flows(sight)
    history, persons = sight.world.plan.history, len(sight.active)
    week = (day - history.first) // 7
    count = (history.last - history.first) // 7
    spent = np.bincount(week[purpose == HOUSEHOLD], minlength=count)[:count] / persons
    paid = np.bincount(week[purpose == SALARY], minlength=count)[:count] / persons
    labels = [f"{a_date(history.first + 7 * one):%m-%d}" for one in range(count)]
    return Chart(
        "Per person and week", "lines", labels, {"purchases": spent.tolist(), "wages": paid.tolist()}, "transactions",
        "Wages come in waves; more is bought before the Spring Festival and in November.",
    )  # fmt: skip


def _months(sight: Sight) -> Chart:
    day, cents, _ = _flows(sight)
    history, persons = sight.world.plan.history, len(sight.active)
    month = np.searchsorted([_first_day(one) for one in history.months.tolist()], day, side="right") - 1
    came = np.bincount(month, weights=np.maximum(cents, 0) / 100, minlength=len(history.months)) / persons
    went = np.bincount(month, weights=np.maximum(-cents, 0) / 100, minlength=len(history.months)) / persons
    labels = [f"{a_date(_first_day(one)):%y-%m}" for one in history.months.tolist()]
    return Chart("Per person and month", "bars", labels, {"came": came.tolist(), "went": went.tolist()}, "CNY")


def _first_day(month: int) -> int:
    return int(np.array(month).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64))


def _purchases(sight: Sight) -> Chart:
    _, cents, purpose = _flows(sight)
    spent = -cents[(purpose == HOUSEHOLD) & (cents < 0)] / 100
    edges = [0, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000]
    shares = 100 * np.histogram(spent, [*edges, np.inf])[0] / len(spent)
    return Chart(
        "Purchases and bills, from … CNY", "bars", [f"{one:,}" for one in edges], {"share": shares.tolist()}, "%"
    )


def _first_digits(sight: Sight) -> Chart:
    _, cents, purpose = _flows(sight)
    spent = -cents[(purpose == HOUSEHOLD) & (cents < -100)]
    digit = spent // 10 ** np.floor(np.log10(spent)).astype(np.int64)
    shares = [100 * float((digit == one).mean()) for one in range(1, 10)]
    law = [100 * float(np.log10(1 + 1 / one)) for one in range(1, 10)]
    return Chart(
        "First digits of purchases", "bars", [str(one) for one in range(1, 10)],
        {"here": shares, "Benford's law": law}, "%", "As in real books.",
    )  # fmt: skip


def _salaries(sight: Sight) -> Chart:
    _, cents, purpose = _flows(sight)
    paid = cents[purpose == SALARY] / 100
    edges = [0, 2_000, 3_000, 4_000, 5_000, 6_000, 8_000, 10_000, 12_000, 15_000, 20_000, 30_000, 50_000]
    shares = 100 * np.histogram(paid, [*edges, np.inf])[0] / max(len(paid), 1)
    labels = [f"{one:,}" for one in edges]
    return Chart("Wages paid, bonuses among them, from … CNY", "bars", labels, {"share": shares.tolist()}, "%")


def _deposits(sight: Sight) -> Chart:
    parts = [one.contracts.aim[one.contracts.of(*TERMS)] for one in sight.hidden]
    aim = np.concatenate(parts) // 100
    edges = [0, 1_000, 5_000, 10_000, 20_000, 30_000, 50_000, 100_000, 200_000, 500_000]
    shares = 100 * np.histogram(aim, [*edges, np.inf])[0] / max(len(aim), 1)
    round_ones = {f"of {size:,}": 100 * float((aim % size == 0).mean()) for size in (1_000, 10_000, 50_000)}
    return Chart(
        "Term deposits, from … CNY", "bars", [f"{one:,}" for one in edges], {"share": shares.tolist()}, "%",
        "Round sums: " + ", ".join(f"{share:.0f} % are multiples {size}" for size, share in round_ones.items()) + ".",
    )  # fmt: skip


def _loans(sight: Sight) -> Chart:
    product = np.concatenate([one.loans.product for one in sight.facts])
    state = np.concatenate([one.loans.state for one in sight.facts])
    kinds = np.unique(product).tolist()
    series = {
        word.name.lower(): [100 * float((state[product == kind] == code(word)).mean()) for kind in kinds]
        for word in LoanState
    }
    return Chart("Loans by state", "stacked", [PRODUCTS[kind].name for kind in kinds], series, "%")


def _credit(sight: Sight) -> Chart:
    fails = np.concatenate([one.lending.fails for one in sight.hidden])
    state = np.concatenate([one.lending.state for one in sight.hidden])
    bad = np.isin(state, [code(LoanState.IN_ARREARS), code(LoanState.DEFAULTED)])
    return deciles("Bad loans by decile of their true probability", fails, bad)


def deciles(title: str, probability: np.ndarray, happened: np.ndarray) -> Chart:
    """What was probable, beside what happened."""
    order = np.argsort(probability, kind="stable")
    parts = np.array_split(order, 10)
    return Chart(
        title, "bars", [str(one) for one in range(1, 11)],
        {
            "probable": [100 * float(probability[part].mean()) if len(part) else 0.0 for part in parts],
            "happened": [100 * float(happened[part].mean()) if len(part) else 0.0 for part in parts],
        },
        "%", "What happens follows what is probable, by chance alone not exactly.",
    )  # fmt: skip
