"""What customers allow: asked when they come, or when the law began to ask; some say no later."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from domain.consent.model import ConsentDecision, ConsentPurpose
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import NEVER, a_date, number
from domain.pipelines.generation.truth.dealings import Consents
from domain.pipelines.generation.truth.families import OF_AGE
from domain.pipelines.generation.truth.moments import between, day_of
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import place
from domain.pipelines.generation.truth.randomness import Chance, Flags, Ints, logistic
from domain.shared.channel import Channel

ASKED_SINCE = date(2021, 11, 1)
"""The law on personal information (个人信息保护法); who had come before was asked within the two years after."""
DAYS_OF_ASKING = 700
ASKED, ALLOWS_MARKETING, ALLOWS_PROFILING = 0.93, 0.85, 0.6
"""Shares, and log-odds of a yes by somebody who answers to offers as most do."""
WITHDRAWS, LEFT_ALONE, BY_PHONE, ASKED_HOW_THEY_LIKE_IT = 0.035, 0.012, 0.12, 0.15
PROSPECT_ALLOWS = 0.45

GIVEN, REFUSED, WITHDRAWN = map(code, ConsentDecision)
MARKETING, PROFILING, SHARING, SURVEY, CONTACT = map(code, ConsentPurpose)
COUNTER, PHONE, VISIT, WEB, MOBILE, MESSAGE, MAIL = map(code, Channel)


@dataclass(frozen=True, slots=True)
class Allowed:
    """When a person may be offered something, arrays (persons,) of days; `until` is NEVER where they still may."""

    since: Ints
    until: Ints
    not_by_phone_since: Ints

    def on(self, row: Ints, day: Ints, channel: Ints) -> Flags:
        """Whether these persons might be offered something on these days, through these channels."""
        since, until, silent = self.since[row], self.until[row], self.not_by_phone_since[row]
        by_phone = (channel != PHONE) | (silent == NEVER) | (day < silent)
        return (since != NEVER) & (day > since) & ((until == NEVER) | (day < until)) & by_phone


def consents(persons: Persons) -> tuple[Consents, Allowed]:
    """The ledger of a block's persons, in order of time, and what it comes down to."""
    chance, count, as_of = persons.chance("consents"), len(persons), persons.plan.history.last
    bonds, who, inclined = persons.bonds, persons.who, persons.inclined
    grown = who.age >= OF_AGE
    asked_on = np.maximum(bonds.joined_on, number(ASKED_SINCE) + chance.integers(0, DAYS_OF_ASKING, count))
    asked_on = np.maximum(asked_on, who.born_on + OF_AGE * 366)
    gone = np.where(bonds.left_on == NEVER, as_of, bonds.left_on)
    may = grown & (asked_on < np.minimum(gone, as_of))
    asked = may & bonds.is_customer & (chance.random(count) < ASKED)
    parts: list[tuple[Ints, int, Ints | int, Ints | int, Ints]] = []

    says = chance.random(count) < logistic(ALLOWS_MARKETING + 0.5 * inclined.responsiveness)
    rows = np.flatnonzero(asked)
    parts.append((rows, MARKETING, NOTHING, np.where(says[rows], GIVEN, REFUSED), asked_on[rows]))
    prospects = np.flatnonzero(may & bonds.is_prospect & (chance.random(count) < PROSPECT_ALLOWS))
    parts.append((prospects, MARKETING, NOTHING, GIVEN, asked_on[prospects]))
    since = np.full(count, NEVER, dtype=np.int64)
    since[rows[says[rows]]] = asked_on[rows[says[rows]]]
    since[prospects] = asked_on[prospects]

    profiled = chance.random(count) < logistic(np.full(count, ALLOWS_PROFILING))
    parts.append((rows, PROFILING, NOTHING, np.where(profiled[rows], GIVEN, REFUSED), asked_on[rows]))

    until = np.full(count, NEVER, dtype=np.int64)
    tired = np.flatnonzero((since != NEVER) & (chance.random(count) < WITHDRAWS) & (gone - since > 30))
    until[tired] = _later(chance, since[tired], gone[tired])
    parts.append((tired, MARKETING, NOTHING, WITHDRAWN, until[tired]))

    silent = np.full(count, NEVER, dtype=np.int64)
    called = np.flatnonzero(asked & (since != NEVER) & (chance.random(count) < BY_PHONE))
    parts.append((called, MARKETING, PHONE, GIVEN, since[called]))
    parts.append((called, MARKETING, MESSAGE, GIVEN, since[called]))
    hangs_up = called[(chance.random(len(called)) < 0.4) & (gone[called] - since[called] > 30)]
    silent[hangs_up] = _later(chance, since[hangs_up], gone[hangs_up])
    parts.append((hangs_up, MARKETING, PHONE, WITHDRAWN, silent[hangs_up]))

    alone = np.flatnonzero(asked & (chance.random(count) < LEFT_ALONE) & (gone - asked_on > 30))
    day = _later(chance, asked_on[alone], gone[alone])
    by = np.array([NOTHING, PHONE, VISIT])[chance.integers(0, 3, len(alone))]
    parts.append((alone, CONTACT, by, REFUSED, day))
    # Who does not want to be contacted in one way, is not offered anything in any.
    until[alone] = np.where(until[alone] == NEVER, day, np.minimum(until[alone], day))

    surveyed = np.flatnonzero(asked & (chance.random(count) < ASKED_HOW_THEY_LIKE_IT))
    likes = np.where(chance.random(len(surveyed)) < 0.8, GIVEN, REFUSED)
    parts.append((surveyed, SURVEY, MESSAGE, likes, asked_on[surveyed]))
    lent = persons.lent
    asked_about = np.maximum(lent.granted_on - 7, bonds.joined_on[lent.borrower])
    parts.append((lent.borrower, SHARING, NOTHING, GIVEN, asked_about))
    lent_for_living = lent.borrower[lent.product == place(products.CONSUMER)]
    told = asked_about[lent.product == place(products.CONSUMER)]
    parts.append((lent_for_living, SHARING, WEB, GIVEN, told))
    return _ledger(persons, chance, parts), Allowed(since, until, silent)


def _later(chance: Chance, day: Ints, last: Ints) -> Ints:
    """Some day at least two weeks after, before the last."""
    room = np.maximum(last - day - 15, 1)
    return day + 14 + np.floor(chance.random(len(day)) * room).astype(np.int64)


def _ledger(persons: Persons, chance: Chance, parts: list[tuple[Ints, int, Ints | int, Ints | int, Ints]]) -> Consents:
    row = np.concatenate([part[0] for part in parts])
    purpose, channel, decision, day = (
        np.concatenate([np.broadcast_to(np.asarray(part[at], dtype=np.int64), part[0].shape) for part in parts])
        for at in (1, 2, 3, 4)
    )
    moment = between(chance, day, 9, 17)
    # One form has several answers: those of one person and day were given together.
    order = np.lexsort((purpose, moment, day, row))
    same = np.concatenate([[False], (row[order][1:] == row[order][:-1]) & (day[order][1:] == day[order][:-1])])
    together = np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
    moment[order] = moment[order][together]
    order = np.lexsort((purpose, row, moment))
    row, purpose, channel, decision, moment = (column[order] for column in (row, purpose, channel, decision, moment))
    alone = np.isin(channel, (WEB, MOBILE, MESSAGE)) | (chance.random(len(row)) < 0.25)
    by = np.where(channel == PHONE, persons.desks.agent(chance, len(row)), persons.manager_or_teller(chance, row))
    recorded_by = np.where(alone, NOTHING, by)
    serial = chance.integers(1, 10_000, len(row))
    evidence = [
        _evidence(purpose, channel, decision, alone, int(day), int(number))
        for purpose, channel, decision, alone, day, number in zip(
            purpose.tolist(), channel.tolist(), decision.tolist(), alone.tolist(), day_of(moment).tolist(),
            serial.tolist(), strict=True,
        )
    ]  # fmt: skip
    return Consents(row + persons.first, purpose, channel, decision, moment, evidence, recorded_by)


def _evidence(purpose: int, channel: int, decision: int, alone: bool, day: int, serial: int) -> str:
    """Where what was said can be found."""
    when = f"{a_date(day):%Y%m%d}-{serial:04d}"
    if channel == PHONE:
        return f"录音 R{when}"
    if channel == MESSAGE:
        return f"短信回复 M{when}"
    if alone:
        return "网上银行" if channel == WEB else "手机银行"
    if purpose == SHARING:
        return f"信息查询授权书 S{when}"
    if decision == WITHDRAWN:
        return f"撤回申请 C{when}"
    return f"开户申请表 A{when}" if purpose in (MARKETING, PROFILING) else f"书面申请 C{when}"
