"""All that is told of a block besides its money, its dealings and what stands behind its loans."""

from dataclasses import dataclass

import numpy as np

from domain.pipelines.generation.truth import alliances, remarks
from domain.pipelines.generation.truth.campaigning import nothing_campaigned
from domain.pipelines.generation.truth.caring import CarePlan, cares
from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.columns import none
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.dealings import Dealings
from domain.pipelines.generation.truth.employers import Employers
from domain.pipelines.generation.truth.facts import Accounts, Balances, Contacts, Customers, Documents
from domain.pipelines.generation.truth.keeping import (
    Alerts,
    Assessments,
    Cares,
    DossierEntries,
    Dossiers,
    GroupMembers,
    Groups,
    Notes,
    PartyRoles,
    ServiceRequests,
    SurveyAnswers,
    SurveyResponses,
)
from domain.pipelines.generation.truth.offering import Campaigned, Leads, Quotations, Referrals
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.papers import licences, papers
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.portfolios import terms
from domain.pipelines.generation.truth.randomness import stream
from domain.pipelines.generation.truth.serving import service_requests
from domain.pipelines.generation.truth.standing import assessments, dossiers
from domain.pipelines.generation.truth.surroundings import Around
from domain.pipelines.generation.truth.surveying import Survey, survey_responses
from domain.pipelines.generation.truth.tiers import customer_tiers
from domain.pipelines.generation.truth.undertakings import Silences
from domain.pipelines.generation.truth.visiting import visits
from domain.pipelines.generation.truth.watching import alerts

COUNTED = 0.5
"""Of firms, of how many the bank has noted how many people work there."""
FIRM_NOTE = "财务负责人每周二、四在公司。"


@dataclass(frozen=True, slots=True)
class Shared:
    """What all blocks refer to."""

    bank: Organisation
    care_plans: tuple[CarePlan, ...]
    surveys: tuple[Survey, ...]


def around(
    persons: Persons, shared: Shared, dealt: Dealings, silent: Silences, campaigned: Campaigned,
    leads: Leads, referrals: Referrals, quoted: Quotations,
) -> Around:  # fmt: skip
    """Of a block of persons."""
    last = persons.plan.history.last
    credit, entries = dossiers(persons)
    filed, contents = papers(persons)
    responses, answers = survey_responses(persons, shared.surveys, dealt.tickets, dealt.consents)
    tiered = customer_tiers(persons.plan, persons.block, persons.known, persons.accounts, persons.balances)
    return Around(
        terms=terms(persons.chance("portfolio terms"), shared.bank, persons.known, last),
        campaigned=campaigned,
        leads=leads,
        referrals=referrals,
        quotations=quoted,
        visits=visits(
            persons.chance("visits"), last, dealt.tasks, dealt.interactions, persons.contacts, are_firms=False
        ),
        cares=cares(persons, shared.care_plans, dealt.tags, silent),
        notes=remarks.notes(persons),
        attributes=remarks.attributes(persons),
        papers=filed,
        contents=contents,
        assessments=assessments(persons),
        dossiers=credit,
        entries=entries,
        service_requests=service_requests(persons, dealt.tickets, credit),
        survey_responses=responses,
        survey_answers=answers,
        alerts=alerts(persons, dealt.tickets, dealt.tasks, tiered),
        tiers=tiered,
        groups=none(Groups),
        members=none(GroupMembers),
        roles=none(PartyRoles),
    )


def around_firms(
    plan: Plan, block: Block, bank: Organisation, firms: Employers, known: Customers, held: Documents,
    reached: Contacts, accounts: Accounts, balances: Balances, dealt: Dealings,
) -> Around:  # fmt: skip
    """Of a block of firms."""
    chance, last = stream(plan.seed, "around firms", block.number), plan.history.last
    filed, contents = licences(chance, held, known.manager, block.first)
    stays = firms.closed_on[block.first : block.first + block.count] == NEVER
    counted = np.flatnonzero(stays & (chance.random(block.count) < COUNTED))
    noted = np.flatnonzero(stays & (chance.random(block.count) < 0.05))
    nothing = np.full(len(noted), NOTHING, dtype=np.int64)
    united, members = alliances.groups(plan, block, bank, firms, known)
    return Around(
        terms=terms(stream(plan.seed, "portfolio terms", block.number), bank, known, last),
        campaigned=nothing_campaigned(),
        leads=none(Leads),
        referrals=none(Referrals),
        quotations=none(Quotations),
        visits=visits(chance, last, dealt.tasks, dealt.interactions, reached, are_firms=True),
        cares=none(Cares),
        notes=Notes(
            noted + block.first, np.full(len(noted), remarks.KEPT), [FIRM_NOTE] * len(noted), known.manager[noted],
            nothing, nothing,
        ),
        attributes=remarks.values(
            remarks.EMPLOYEES, counted + block.first, known.manager[counted], count=firms.size[counted + block.first]
        ),
        papers=filed,
        contents=contents,
        assessments=none(Assessments),
        dossiers=none(Dossiers),
        entries=none(DossierEntries),
        service_requests=none(ServiceRequests),
        survey_responses=none(SurveyResponses),
        survey_answers=none(SurveyAnswers),
        alerts=none(Alerts),
        tiers=customer_tiers(plan, block, known, accounts, balances),
        groups=united,
        members=members,
        roles=alliances.party_roles(plan, block, firms, known),
    )  # fmt: skip
