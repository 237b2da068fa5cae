"""Charts of people: their ages, names, families, pay."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from domain.pipelines.generation.portrait.charts import Chart
from domain.pipelines.generation.portrait.sight import Sight
from domain.pipelines.generation.truth.families import HEAD, NOBODY
from domain.pipelines.generation.truth.livelihood import Occupation
from domain.pipelines.generation.truth.randomness import Floats, Ints
from domain.pipelines.generation.truth.ties import OF_AGE

NAMES_SHOWN = 60
CITIES_SHOWN = 14


def charts(sight: Sight) -> Iterator[Chart]:
    """One after another."""
    yield _ages(sight)
    yield _couples(sight)
    yield _mothers(sight)
    yield _surnames(sight)
    yield _homes(sight)
    yield _pay_by_occupation(sight)
    yield _pay_by_age(sight)
    yield _pay_by_city(sight)


def _bands(values: Ints, low: int, high: int, step: int) -> list[float]:
    return np.histogram(values, np.arange(low, high + step, step))[0].astype(float).tolist()


def quartiles(groups: list[Floats]) -> dict[str, list[float]]:
    """Three values of each group: below them lie a quarter, half, three quarters."""
    return {f"{share} %": [float(np.percentile(one, share)) for one in groups] for share in (25, 50, 75)}


def _ages(sight: Sight) -> Chart:
    man = np.concatenate([one.people.is_man for one in sight.hidden])
    labels = [f"{low}" for low in range(0, 95, 5)]
    series = {"women": _bands(sight.age[~man], 0, 95, 5), "men": _bands(sight.age[man], 0, 95, 5)}
    return Chart("Ages", "bars", labels, series, "persons", "Working age most, few children, a tail of the old.")


def _couples(sight: Sight) -> Chart:
    gaps: list[Ints] = []
    for one in sight.hidden:
        who = one.people
        heads = np.flatnonzero((who.slot == HEAD) & (who.partner != NOBODY))
        husband = np.where(who.is_man[heads], heads, who.partner[heads])
        wife = np.where(who.is_man[heads], who.partner[heads], heads)
        gaps.append(who.age[husband] - who.age[wife])
    gap = np.concatenate(gaps)
    return Chart(
        "Husband older than wife by", "bars", [str(year) for year in range(-8, 13)],
        {"couples": _bands(np.clip(gap, -8, 12), -8, 13, 1)[:21]}, "couples",
        "Two years or so, now and then the other way round.",
    )  # fmt: skip


def _mothers(sight: Sight) -> Chart:
    ages: list[Ints] = []
    for one in sight.hidden:
        who = one.people
        child = np.flatnonzero(who.mother != NOBODY)
        ages.append((who.born_on[child] - who.born_on[who.mother[child]]) // 365)
    return Chart(
        "Age of mothers at birth", "bars", [str(year) for year in range(16, 48)],
        {"children": _bands(np.concatenate(ages), 16, 48, 1)}, "children", "Most in the twenties, none a child.",
    )  # fmt: skip


def _surnames(sight: Sight) -> Chart:
    names = [name[:1] for one in sight.hidden for name in one.people.names if not name.isascii()]
    counted = Counter(names).most_common(NAMES_SHOWN)
    return Chart(
        "Surnames by rank", "points", [name for name, _ in counted],
        {"log10 of persons": np.log10([float(count) for _, count in counted]).tolist()}, "log10",
        "Falls as Zipf says: three names make up a fifth.",
    )  # fmt: skip


def _homes(sight: Sight) -> Chart:
    sizes = np.concatenate([np.bincount(one.homes.member_home) for one in sight.facts])
    counts = np.bincount(sizes, minlength=6)[2:6]
    return Chart("Members of known households", "bars", ["2", "3", "4", "5"], {"households": counts.tolist()})


def _pay_by_occupation(sight: Sight) -> Chart:
    occupation = np.concatenate([one.livelihood.occupation for one in sight.hidden])
    income = np.concatenate([one.livelihood.income for one in sight.hidden])
    kinds = [kind for kind in Occupation if (income[occupation == kind] > 0).any()]
    levels = quartiles([income[occupation == kind] for kind in kinds])
    return Chart(
        "Net income a month", "bars", [kind.name.lower().replace("_", " ") for kind in kinds], levels, "CNY",
        "Executives three times a worker; pensions half of pay.",
    )  # fmt: skip


def _pay_by_age(sight: Sight) -> Chart:
    income = np.concatenate([one.livelihood.income for one in sight.hidden])
    starts = range(20, 80, 5)
    medians = [float(np.median(income[(sight.age >= low) & (sight.age < low + 5) & (income > 0)])) for low in starts]
    return Chart(
        "Net income by age, median", "lines", [str(low) for low in starts], {"CNY": medians}, "CNY",
        "Rises to the forties, falls to the pension.",
    )  # fmt: skip


def _pay_by_city(sight: Sight) -> Chart:
    bank = sight.world.organisation
    income = np.concatenate([one.livelihood.income for one in sight.hidden])
    named = np.array([outlet.city.name for outlet in bank.outlets])[sight.outlet]
    earns = (income > 0) & (sight.age >= OF_AGE) & (sight.age < 55)
    cities = [city for city, _ in Counter(named.tolist()).most_common(CITIES_SHOWN)]
    levels = {
        f"{share} %": [float(np.percentile(income[earns & (named == city)], share)) for city in cities]
        for share in (25, 50, 75)
    }
    return Chart(
        "Net income by city, aged 18 to 54",
        "bars",
        cities,
        levels,
        "CNY",
        "More in the first cities than in others.",
    )
