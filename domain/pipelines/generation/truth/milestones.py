"""What changes in people's lives, as far as the bank learns of it; and who wants to be left alone."""

from datetime import date

import numpy as np

from domain.consent.model import ConsentDecision, ConsentPurpose
from domain.do_not_contact.model import DoNotContactReason
from domain.life_event.model import LifeEventEvidence, LifeEventKind
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import a_date, number
from domain.pipelines.generation.truth.dealings import Consents
from domain.pipelines.generation.truth.families import NOBODY
from domain.pipelines.generation.truth.moments import day_of
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import place
from domain.pipelines.generation.truth.randomness import Ints
from domain.pipelines.generation.truth.undertakings import LifeEvents, Silences

SCHOOL_AGE, GRADUATES_AT = 6, 22
SEEN = {"birth": 0.8, "school": 0.3, "graduation": 0.2, "move": 0.8}
CONFIDENCE = {
    LifeEventEvidence.DOCUMENT: 1_000_000,
    LifeEventEvidence.DECLARED: 900_000,
    LifeEventEvidence.STAFF: 700_000,
}


def life_events(persons: Persons) -> LifeEvents:
    """Births, schools, degrees, homes and moves of a block's persons, each of them true."""
    chance, who, bonds = persons.chance("milestones"), persons.who, persons.bonds
    history, count = persons.plan.history, len(persons)
    parts: list[tuple[Ints, Ints, LifeEventKind, LifeEventEvidence]] = []
    parent = np.where(who.mother != NOBODY, who.mother, who.father)
    draws = chance.random((4, count))

    born = np.flatnonzero((parent != NOBODY) & (who.born_on >= history.first) & (draws[0] < SEEN["birth"]))
    parts.append((parent[born], who.born_on[born], LifeEventKind.BIRTH, LifeEventEvidence.DOCUMENT))
    year = a_date(history.last).year
    september, june = number(date(year, 9, 1)), number(date(year, 6, 30))
    age_then = (september - who.born_on) // 365.2425
    pupils = np.flatnonzero((parent != NOBODY) & (age_then == SCHOOL_AGE) & (draws[1] < SEEN["school"]))
    parts.append((parent[pupils], np.full(len(pupils), september), LifeEventKind.SCHOOL, LifeEventEvidence.DECLARED))
    finishes = ((june - who.born_on) // 365.2425 == GRADUATES_AT) & (persons.lives.schooling >= 2)
    graduates = np.flatnonzero(finishes & (draws[2] < SEEN["graduation"]))
    parts.append((graduates, np.full(len(graduates), june), LifeEventKind.GRADUATION, LifeEventEvidence.STAFF))
    lent = persons.lent
    bought = np.flatnonzero((lent.product == place(products.MORTGAGE)) & (lent.granted_on >= history.first))
    parts.append(
        (lent.borrower[bought], lent.granted_on[bought], LifeEventKind.HOME_PURCHASE, LifeEventEvidence.DOCUMENT)
    )
    moved = np.unique(persons.contacts.customer[~persons.contacts.is_primary] - persons.first)
    moved = moved[draws[3][moved] < SEEN["move"]]
    day = history.first + np.floor(chance.random(len(moved)) * (history.last - history.first)).astype(np.int64)
    parts.append((moved, day, LifeEventKind.MOVE, LifeEventEvidence.DECLARED))

    row = np.concatenate([part[0] for part in parts])
    day = np.concatenate([part[1] for part in parts])
    kind, evidence, confidence = (
        np.repeat([told(part) for part in parts], [len(part[0]) for part in parts])
        for told in (lambda part: code(part[2]), lambda part: code(part[3]), lambda part: CONFIDENCE[part[3]])
    )
    # Of twins one birth is told; nobody who has left, or not yet come, is told of.
    _, once = np.unique(np.stack([row, kind, day]), axis=1, return_index=True)
    once = once[bonds.is_customer[row[once]] & (day[once] <= history.last) & persons.is_active[row[once]]]
    by = np.where(chance.random(len(once)) < 0.6, persons.manager_or_teller(chance, row[once]), NOTHING)
    return LifeEvents(row[once] + persons.first, kind[once], day[once], evidence[once], confidence[once], by)


def silences(persons: Persons, said: Consents) -> Silences:
    """Of those who have refused to be contacted, from the day on which they said so."""
    refused = (said.purpose == code(ConsentPurpose.CONTACT)) & (said.decision == code(ConsentDecision.REFUSED))
    rows = np.flatnonzero(refused)
    return Silences(
        said.customer[rows], said.channel[rows], np.full(len(rows), code(DoNotContactReason.REQUESTED)),
        day_of(said.decided_at[rows]), said.recorded_by[rows],
    )  # fmt: skip
