"""Rows that the bank has once besides its organisation: campaigns, plans, rules, tiers, articles, goals, sources."""

from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from domain import tables
from domain.pipelines.generation.graph import arrays
from domain.pipelines.generation.graph.records import CURRENCY, listed
from domain.pipelines.generation.truth.alert_rules import RULES, preferences
from domain.pipelines.generation.truth.campaigns import SEATS, Campaigns, campaigns
from domain.pipelines.generation.truth.caring import care_plans
from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.days import a_date
from domain.pipelines.generation.truth.goals import INDICATORS, IndicatorUnit, targets
from domain.pipelines.generation.truth.manual import articles
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.products import Product, place
from domain.pipelines.generation.truth.randomness import Ints
from domain.pipelines.generation.truth.registers import SOURCES
from domain.pipelines.generation.truth.remarks import ATTRIBUTES
from domain.pipelines.generation.truth.surveying import surveys
from domain.pipelines.generation.truth.tiers import BEGAN, TIERS
from domain.tier.model import TierMeasure

SOURCE = "generated"
Rows = list[dict[str, Any]]


def catalogue_rows(plan: Plan, bank: Organisation, positions: Ints) -> Iterator[tuple[sa.Table, pa.Table]]:
    """Each table after those it refers to; `positions` (offices,)."""
    shared = campaigns(plan, bank)
    made: list[tuple[sa.Table, Rows]] = [
        (tables.campaign, _campaigns(plan, shared)),
        (tables.campaign_event, _evenings(bank, shared)),
        (tables.care_plan, _care_plans(plan, bank, positions)),
        (tables.attribute_definition, _attributes()),
        (tables.knowledge_article, _articles(plan, bank)),
        (tables.survey, [
            {
                "title": one.title, "kind": one.kind.name, "starts_on": a_date(one.starts_on),
                "ends_on": _day(one.ends_on),
            }
            for one in surveys(plan)
        ]),
        (tables.survey_question, [
            {"survey_id": survey, "rank": rank, "kind": kind.name, "text": text}
            for survey, one in enumerate(surveys(plan), 1)
            for rank, (kind, text) in enumerate(one.questions, 1)
        ]),
        (tables.alert_rule, _rules(plan)),
        (tables.alert_preference, [
            {
                "staff_id": one.staff + 1, "alert_rule_id": one.rule + 1, "is_stopped": one.is_stopped,
                "lead_days": one.lead_days,
            }
            for one in preferences(plan, bank)
        ]),
        (tables.tier, [
            {"name": one.name, "rank": rank, "benefits": one.benefits, "is_active": True}
            for rank, one in enumerate(TIERS, 1)
        ]),
        (tables.tier_rule, _tier_rules()),
        (tables.indicator, [
            {
                "name": one.name, "meaning": one.meaning, "unit": one.unit.name, "is_active": one.is_active,
                "is_more_better": one.is_more_better,
                "currency": CURRENCY if one.unit is IndicatorUnit.AMOUNT else None,
            }
            for one in INDICATORS
        ]),
        (tables.target, _targets(plan, bank, positions)),
        (tables.source, _sources()),
    ]  # fmt: skip
    for table, rows in made:
        if rows:
            yield table, listed(table, rows, _sourced(plan, table, len(rows)))


def delivery_rows(plan: Plan, counts: dict[str, int]) -> Iterator[tuple[sa.Table, pa.Table]]:
    """The bank as one delivery of its source: `counts` of rows by table are what it read and what it stored."""
    told = sha256(f"{plan.customers} {plan.seed} {plan.as_of}".encode()).hexdigest()
    yield (
        tables.source_batch,
        listed(tables.source_batch, [{"source": SOURCE, "content_hash": told, "as_of_date": plan.as_of}]),
    )
    files = [
        {
            "source_batch_id": 1, "file": name, "read_count": count, "stored_count": count, "rejected_count": 0,
            "control_count": count,
        }
        for name, count in sorted(counts.items())
    ]  # fmt: skip
    yield tables.file_count, listed(tables.file_count, files)


def _sourced(plan: Plan, table: sa.Table, count: int) -> dict[str, pa.Array] | None:
    if "source" not in table.columns:
        return None
    keys = pa.array([str(number) for number in range(1, count + 1)])
    day = arrays.same_day(plan.as_of, count)
    return {"source": arrays.repeated(SOURCE, count), "source_key": keys, "as_of_date": day}


def _id(place_: int) -> int | None:
    return None if place_ == NOTHING else place_ + 1


def _day(day: int) -> Any:
    return None if day == NOTHING else a_date(day)


def _product(product: Product | None) -> int | None:
    return None if product is None else place(product) + 1


def _moment(seconds: int) -> int | None:
    """Microseconds since 1970."""
    return None if seconds == NOTHING else seconds * 1_000_000


def _campaigns(plan: Plan, shared: Campaigns) -> Rows:
    last = plan.history.last
    return [
        {
            "name": one.name,
            "offer": one.offer,
            "objective": one.objective.name,
            "state": one.state.name,
            "channels": [channel.name for channel in one.channels],
            "product_id": _product(one.product),
            "parent_id": _id(one.parent),
            "branch_id": one.office + 1,
            "owner_id": one.owner + 1,
            "approved_by_id": _id(one.approved_by),
            "starts_on": a_date(one.starts_on),
            "ends_on": a_date(one.ends_on),
            "budget": Decimal(one.budget),
            # As much as of its time has gone by, and a little less.
            "spent": Decimal(one.budget)
            * 90
            * min(last - one.starts_on, one.ends_on - one.starts_on)
            // (100 * (one.ends_on - one.starts_on))
            if one.approved_by != NOTHING and one.starts_on < last
            else None,
            "currency": CURRENCY,
            "control_ratio": Decimal(str(one.control)).quantize(Decimal("0.000001")),
        }
        for one in shared.all
    ]


def _evenings(bank: Organisation, shared: Campaigns) -> Rows:
    return [
        {
            "campaign_id": one.campaign + 1,
            "branch_id": one.office + 1,
            "host_id": one.host + 1,
            "name": one.name,
            "venue": f"{bank.offices[one.office].name}二楼",
            "state": one.state.name,
            "starts_at": _moment(one.starts_at),
            "ends_at": _moment(one.ends_at),
            "seat_count": SEATS,
        }
        for one in shared.evenings
    ]


def _care_plans(plan: Plan, bank: Organisation, positions: Ints) -> Rows:
    return [
        {
            "title": one.title,
            "occasion": one.occasion.name,
            "channel": one.channel.name,
            "state": "ACTIVE",
            "tag_id": None if one.tag is None else one.tag + 1,
            "staff_id": one.staff + 1,
            "branch_id": one.office + 1,
            "position": int(positions[one.office]),
            "lead_days": one.lead_days,
            "starts_on": a_date(one.starts_on),
            "greeting": one.greeting,
        }
        for one in care_plans(plan, bank)
    ]


def _attributes() -> Rows:
    return [
        {
            "name": one.name,
            "meaning": one.meaning,
            "type": one.type.name,
            "state": one.state.name,
            "unit": one.unit,
            "choices": list(one.choices),
            "customer_kind": None if one.customer_kind is None else one.customer_kind.name,
        }
        for one in ATTRIBUTES
    ]


def _articles(plan: Plan, bank: Organisation) -> Rows:
    return [
        {
            "article_no": one.number,
            "edition": one.edition,
            "title": one.title,
            "text": one.text,
            "keywords": one.keywords,
            "category": one.category.name,
            "state": one.state.name,
            "product_id": _product(one.product),
            "previous_id": _id(one.previous),
            "written_by_id": one.written_by + 1,
            "published_at": _moment(one.published_at),
            "published_by_id": _id(one.published_by),
            "retired_at": _moment(one.retired_at),
            "retired_by_id": _id(NOTHING if one.retired_at == NOTHING else one.published_by),
        }
        for one in articles(plan, bank)
    ]


def _rules(plan: Plan) -> Rows:
    starts = a_date(plan.history.first)
    return [
        {
            "rule_no": one.number,
            "name": one.name,
            "kind": one.kind.name,
            "recipient": one.recipient.name,
            "priority": one.priority.name,
            "starts_on": starts,
            "threshold": None if one.threshold is None else Decimal(one.threshold),
            "currency": None if one.threshold is None else CURRENCY,
            "threshold_count": one.threshold_count,
            "window_days": one.window_days,
            "lead_days": one.lead_days,
            "repeat_days": one.repeat_days,
            "escalate_after_days": one.escalate_after_days,
        }
        for one in RULES
    ]


def _tier_rules() -> Rows:
    return [
        {
            "tier_id": tier,
            "measure": TierMeasure.AUM_MONTH_AVERAGE.name,
            "threshold": Decimal(one.threshold),
            "currency": CURRENCY,
            "grace_months": one.grace_months,
            "starts_on": BEGAN,
        }
        for tier, one in enumerate(TIERS, 1)
    ]


def _targets(plan: Plan, bank: Organisation, positions: Ints) -> Rows:
    return [
        {
            "indicator_id": INDICATORS.index(one.indicator) + 1,
            "staff_id": _id(one.staff),
            "branch_id": one.office + 1,
            "position": int(positions[one.office]),
            "product_id": _product(one.product),
            "period": one.period.name,
            "starts_on": a_date(one.starts_on),
            "ends_on": a_date(one.ends_on),
            "goal": Decimal(one.goal).scaleb(-4),
            "set_by_id": _id(one.set_by),
        }
        for one in targets(plan, bank)
    ]


def _sources() -> Rows:
    return [
        {
            "code": one.code,
            "name": one.name,
            "kind": one.kind.name,
            "rhythm": one.rhythm.name,
            "owner": one.owner,
            "legal_basis": one.legal_basis.name,
            "quality": one.quality.name,
            "is_prohibited": one.prohibited_because is not None,
            "prohibited_because": one.prohibited_because,
        }
        for one in SOURCES
    ]
