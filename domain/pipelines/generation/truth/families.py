"""Families: who was born when and where, who is married to whom, whose children they are, and who lives together.

A family is told from its head: their partner, two children, their parents. Only those are persons here who have to do
with the bank; the others exist, and nobody tells of them.
"""

from dataclasses import dataclass

import numpy as np

from domain.pipelines.generation.truth import names
from domain.pipelines.generation.truth.days import a_date
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.places import places
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.randomness import Chance, Flags, Floats, Ints, choose, stream

HEAD, PARTNER, CHILD, SECOND_CHILD, FATHER, MOTHER = SLOTS = range(6)
NOBODY = -1
DAYS_PER_YEAR = 365.2425
OF_AGE = 18

# (from age, weight): heads of families among a bank's customers, younger and more urban than the country.
AGES = ((18, 9), (25, 24), (35, 26), (45, 20), (55, 12), (65, 7), (75, 2))
OLDEST = 90
MARRIED = ((18, 0.02), (23, 0.15), (26, 0.45), (30, 0.75), (35, 0.86), (50, 0.86), (65, 0.78), (75, 0.55), (91, 0.3))
HAVE_CHILDREN, HAVE_TWO = 0.78, 0.33
PARTNER_HERE, MINOR_HERE, GROWN_CHILD_HERE, FATHER_HERE = 0.52, 0.14, 0.42, 0.16
MOTHER_HERE_WITH_FATHER, MOTHER_HERE_ALONE = 0.62, 0.09
PARENTS_LIVE_WITH_CHILD, PARENTS_IN_SAME_CITY, CHILD_IN_SAME_CITY, BORN_WHERE_THEY_LIVE = 0.18, 0.6, 0.75, 0.55
LEAVES_HOME_AT = 25
HUSBAND_OLDER = 1.9
FOREIGN = 0.012


@dataclass(frozen=True, slots=True)
class People:
    """Persons in order of families. Arrays (persons,); relatives are places in the same arrays, NOBODY where none is.

    born_on   days since 1970
    outlet    place among the bank's outlets: where they live
    born_in   place among `places()`
    home      equal for those who live together
    """

    family: Ints
    slot: Ints
    home: Ints
    is_man: Flags
    is_foreign: Flags
    born_on: Ints
    age: Ints
    outlet: Ints
    born_in: Ints
    partner: Ints
    father: Ints
    mother: Ints
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.family)


def people(plan: Plan, block: Block, bank: Organisation) -> People:
    """The persons of a block."""
    count = block.count
    chance = stream(plan.seed, "families", block.number)
    head_is_man = chance.random(count) < 0.51
    age = _ages(chance, count, head_is_man)
    exists, is_man = _members(chance, age, head_is_man)
    # As many families as persons are more than enough.
    flat = np.flatnonzero(exists.ravel())[:count]
    index = np.full(exists.size, NOBODY, dtype=np.int64)
    index[flat] = np.arange(count)
    family, slot = np.divmod(flat, len(SLOTS))
    index = index.reshape(exists.shape)
    outlet, home = _homes(chance, age, bank)
    ages = np.floor(age.ravel()[flat]).astype(np.int64)
    born_on = plan.history.last - np.ceil(age.ravel()[flat] * DAYS_PER_YEAR).astype(np.int64)
    is_foreign = ((chance.random(count) < FOREIGN) & ~exists[family, 1:].any(axis=1)) if count else np.zeros(0, bool)
    partner, father, mother = _ties(index, family, slot, is_man)
    return People(
        family=family,
        slot=slot,
        home=(family * 3 + home[family, slot]),
        is_man=is_man.ravel()[flat],
        is_foreign=is_foreign,
        born_on=born_on,
        age=ages,
        outlet=outlet[family, slot],
        born_in=_birthplaces(chance, outlet, bank)[family, slot],
        partner=partner,
        father=father,
        mother=mother,
        names=_names(chance, flat, is_man, born_on, is_foreign),
    )


def _ages(chance: Chance, count: int, head_is_man: Flags) -> Floats:
    """Ages (families, slots), in years; that of a slot says nothing about whether somebody is in it."""
    begins, weights = zip(*AGES, strict=True)
    band = choose(chance, weights, count)
    low, high = np.array(begins), np.array([*begins[1:], OLDEST])
    head = low[band] + chance.random(count) * (high - low)[band]
    age = np.empty((count, len(SLOTS)))
    age[:, HEAD] = head
    # Husbands are older, by some two years; now and then it is the other way round.
    gap = HUSBAND_OLDER + 2.4 * chance.standard_normal(count)
    age[:, PARTNER] = np.maximum(20.5, np.where(head_is_man, head - gap, head + gap))
    at_birth = _at_birth(chance, count, 28.0)
    # The mother's age counts, and the father is of age too.
    mother = np.where(head_is_man, age[:, PARTNER], head)
    age[:, CHILD] = np.minimum(mother - at_birth, np.maximum(head, age[:, PARTNER]) - 20)
    age[:, SECOND_CHILD] = age[:, CHILD] - 1.5 - 6 * chance.random(count)
    age[:, MOTHER] = head + _at_birth(chance, count, 25.5)
    age[:, FATHER] = age[:, MOTHER] + np.clip(2 + 2 * chance.standard_normal(count), -3, 9)
    return age


def _at_birth(chance: Chance, count: int, middle: float) -> Floats:
    """Ages of mothers: none below nineteen, few above forty."""
    return np.minimum(19 + (middle - 19) * chance.gamma(4.0, 0.25, count), 45)


def _members(chance: Chance, age: Floats, head_is_man: Flags) -> tuple[Flags, Flags]:
    """Who is a person of ours, and who is a man: both (families, slots)."""
    count = len(age)
    draws = chance.random((count, len(SLOTS)))
    begins, shares = zip(*MARRIED, strict=True)
    is_married = chance.random(count) < np.interp(age[:, HEAD], begins, shares)
    has_child = is_married & (chance.random(count) < HAVE_CHILDREN) & (age[:, CHILD] > 0.2)
    has_two = has_child & (chance.random(count) < HAVE_TWO) & (age[:, SECOND_CHILD] > 0.2)
    alive = chance.random((count, 2)) < 1 / (1 + np.exp((age[:, [FATHER, MOTHER]] - [79, 83]) / 4))
    alive &= age[:, [FATHER, MOTHER]] < OLDEST + 8
    exists = np.ones((count, len(SLOTS)), dtype=np.bool_)
    exists[:, PARTNER] = is_married & (draws[:, PARTNER] < PARTNER_HERE)
    for slot, has in ((CHILD, has_child), (SECOND_CHILD, has_two)):
        here = np.where(age[:, slot] < OF_AGE, MINOR_HERE, GROWN_CHILD_HERE)
        exists[:, slot] = has & (draws[:, slot] < here)
    exists[:, FATHER] = alive[:, 0] & (draws[:, FATHER] < FATHER_HERE)
    mother_here = np.where(exists[:, FATHER], MOTHER_HERE_WITH_FATHER, MOTHER_HERE_ALONE)
    exists[:, MOTHER] = alive[:, 1] & (draws[:, MOTHER] < mother_here)
    is_man = chance.random((count, len(SLOTS))) < 0.51
    is_man[:, HEAD], is_man[:, PARTNER] = head_is_man, ~head_is_man
    is_man[:, FATHER], is_man[:, MOTHER] = True, False
    return exists, is_man


def _homes(chance: Chance, age: Floats, bank: Organisation) -> tuple[Ints, Ints]:
    """Outlets and homes (families, slots). Home 0 is the head's, 1 that of their parents, 2 that of a grown child."""
    count = len(age)
    own = choose(chance, bank.shares, count)
    elsewhere = choose(chance, bank.shares, count * 2).reshape(2, count)
    with_child = chance.random(count) < PARENTS_LIVE_WITH_CHILD
    parents = np.where(with_child | (chance.random(count) < PARENTS_IN_SAME_CITY), own, elsewhere[0])
    outlet = np.repeat(own[:, None], len(SLOTS), axis=1)
    outlet[:, [FATHER, MOTHER]] = parents[:, None]
    home = np.zeros((count, len(SLOTS)), dtype=np.int64)
    home[:, [FATHER, MOTHER]] = np.where(with_child, 0, 1)[:, None]
    has_left = age[:, CHILD] >= LEAVES_HOME_AT
    home[:, CHILD] = np.where(has_left, 2, 0)
    outlet[:, CHILD] = np.where(has_left & (chance.random(count) > CHILD_IN_SAME_CITY), elsewhere[1], own)
    return outlet, home


def _ties(index: Ints, family: Ints, slot: Ints, is_man: Flags) -> tuple[Ints, Ints, Ints]:
    """Partner, father and mother of each person."""
    other = np.array([PARTNER, HEAD, NOBODY, NOBODY, MOTHER, FATHER])[slot]
    partner = np.where(other == NOBODY, NOBODY, index[family, other])
    head_is_man = is_man[family, HEAD]
    is_child = (slot == CHILD) | (slot == SECOND_CHILD)
    man, woman = np.where(head_is_man, HEAD, PARTNER), np.where(head_is_man, PARTNER, HEAD)
    father = np.where(slot == HEAD, index[family, FATHER], np.where(is_child, index[family, man], NOBODY))
    mother = np.where(slot == HEAD, index[family, MOTHER], np.where(is_child, index[family, woman], NOBODY))
    return partner, father, mother


def _birthplaces(chance: Chance, outlet: Ints, bank: Organisation) -> Ints:
    """Places of birth (families, slots): where they live, or anywhere in the country."""
    known = {place.code: number for number, place in enumerate(places())}
    local = [np.array([known[one.code] for one in at.city.places if one.code in known]) for at in bank.outlets]
    # A city without districts has no code that a certificate could begin with: its people are born elsewhere.
    first = np.array([own[0] if len(own) else 0 for own in local])
    size = np.array([len(own) for own in local])
    draws = chance.random(outlet.shape)
    here = first[outlet] + np.floor(draws * size[outlet]).astype(np.int64)
    anywhere = chance.integers(0, len(known), outlet.shape)
    is_local = (chance.random(outlet.shape) < BORN_WHERE_THEY_LIVE) & (size[outlet] > 0)
    born = np.where(is_local, here, anywhere)
    for parent in (FATHER, MOTHER):
        born[:, parent] = np.where(draws[:, parent] < 0.7, born[:, HEAD], born[:, parent])
    return born


def _names(chance: Chance, flat: Ints, is_man: Flags, born_on: Ints, is_foreign: Flags) -> tuple[str, ...]:
    count = len(is_man)
    family, slot = np.divmod(flat, len(SLOTS))
    own = names.surnames(chance, count * 3)
    years = np.array([a_date(day).year for day in born_on], dtype=np.int64)
    given = names.given_names(chance, years, is_man.ravel()[flat])
    draws = chance.random(len(flat))
    made: list[str] = []
    for row, (of, place) in enumerate(zip(family.tolist(), slot.tolist(), strict=True)):
        if is_foreign[row]:
            made.append(names.foreign_name(draws[row], is_man=bool(is_man[of, place])))
            continue
        head, partner, mother = own[of * 3 : of * 3 + 3]
        fathers = head if is_man[of, HEAD] else partner
        surname = {HEAD: head, FATHER: head, PARTNER: partner, MOTHER: mother}.get(place, fathers)
        made.append(surname + given[row])
    return tuple(made)
