"""Columns of what stands behind loans, of what changes in lives, and of possible sales."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from domain import tables
from domain.collateral.model import CollateralKind, CollateralState
from domain.do_not_contact.model import DoNotContactReason
from domain.guarantee.model import GuaranteeKind, GuaranteeState
from domain.life_event.model import LifeEventEvidence, LifeEventKind, LifeEventState
from domain.opportunity.model import OpportunityCloseReason, OpportunityKind, OpportunityStage
from domain.pipelines.generation.graph import arrays
from domain.pipelines.generation.graph.sealing import Sealer
from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.pledges import VALUER
from domain.pipelines.generation.truth.randomness import Ints
from domain.pipelines.generation.truth.undertakings import Ventures
from domain.shared.channel import Channel
from domain.shared.identifier import IdentifierKind

Columns = dict[str, pa.Array]
CURRENCY = "CNY"

WRITTEN = (
    tables.guarantee, tables.collateral, tables.life_event, tables.do_not_contact, tables.opportunity,
    tables.opportunity_stage_change,
)  # fmt: skip
"""Each after those it refers to."""


@dataclass(frozen=True, slots=True)
class VenturesWriter:
    """Turns ventures into columns. `positions` (offices,) are those of the bank's offices."""

    sealer: Sealer
    positions: Ints

    def columns(self, made: Ventures, begin: int) -> tuple[Columns, ...]:
        """Of the tables in `WRITTEN`, whose ids begin after `begin`."""
        return (
            self._guarantees(made, begin), self._homes(made, begin), self._events(made), self._silences(made),
            self._opportunities(made, begin), self._changes(made, begin),
        )  # fmt: skip

    @staticmethod
    def _guarantees(made: Ventures, begin: int) -> Columns:
        given = made.guarantees
        return {
            "guarantor_id": arrays.ids(given.guarantor),
            "loan_id": arrays.ids(given.loan, begin=begin),
            "kind": arrays.words(given.kind, GuaranteeKind),
            "state": arrays.words(given.state, GuaranteeState),
            "amount": arrays.decimals(given.cents),
            "currency": arrays.repeated(CURRENCY, len(given.cents)),
            "starts_on": arrays.dates(given.starts_on),
            "ends_on": arrays.dates(given.ends_on),
        }

    def _homes(self, made: Ventures, begin: int) -> Columns:
        pledged = made.homes
        known = [one for one in pledged.addresses if one is not None]
        places = np.cumsum([one is not None for one in pledged.addresses]) - 1
        has = np.array([one is not None for one in pledged.addresses], dtype=np.bool_)
        count = len(pledged.cents)
        return {
            "loan_id": arrays.ids(pledged.loan, begin=begin),
            "owner_id": arrays.ids(pledged.owner),
            "kind": arrays.repeated(CollateralKind.HOME.name, count),
            "state": arrays.words(pledged.state, CollateralState),
            "description": arrays.texts(pledged.descriptions),
            **self.sealer.columns(
                "address", [IdentifierKind.ADDRESS] * len(known), known, places=np.where(has, places, NOTHING)
            ),
            "district": arrays.texts(pledged.districts),
            "region": arrays.texts(pledged.regions),
            "valuation": arrays.decimals(pledged.cents),
            "currency": arrays.repeated(CURRENCY, count),
            "valued_on": arrays.dates(pledged.pledged_on),
            "valued_by": arrays.repeated(VALUER, count),
            "pledged_on": arrays.dates(pledged.pledged_on),
            "released_on": arrays.dates(pledged.released_on),
        }

    @staticmethod
    def _events(made: Ventures) -> Columns:
        told = made.events
        return {
            "customer_id": arrays.ids(told.customer),
            "kind": arrays.words(told.kind, LifeEventKind),
            "state": arrays.repeated(LifeEventState.RECORDED.name, len(told.kind)),
            "happens_on": arrays.dates(told.happens_on),
            "evidence": arrays.words(told.evidence, LifeEventEvidence),
            "confidence_ratio": arrays.decimals(told.confidence, arrays.RATE),
            "recorded_by_id": arrays.ids(told.recorded_by),
        }

    @staticmethod
    def _silences(made: Ventures) -> Columns:
        kept = made.silences
        return {
            "customer_id": arrays.ids(kept.customer),
            "channel": arrays.words(kept.channel, Channel),
            "reason": arrays.words(kept.reason, DoNotContactReason),
            "starts_on": arrays.dates(kept.starts_on),
            "set_by_id": arrays.ids(kept.set_by),
        }

    def _opportunities(self, made: Ventures, begin: int) -> Columns:
        found = made.opportunities
        return {
            "name": arrays.texts(found.names),
            "kind": arrays.words(found.kind, OpportunityKind),
            "stage": arrays.words(found.stage, OpportunityStage),
            "customer_id": arrays.ids(found.customer),
            "product_id": arrays.ids(found.product),
            "owner_id": arrays.ids(found.owner),
            "opened_by_id": arrays.ids(found.owner),
            "branch_id": arrays.ids(found.office),
            "position": arrays.numbers(self.positions[found.office], small=True),
            "amount": arrays.money_or_null(found.cents, found.cents == NOTHING),
            "currency": arrays.repeated(CURRENCY, len(found.cents)),
            "probability_ratio": arrays.decimals(found.probability, arrays.RATE),
            "opened_at": arrays.moments(found.opened_at),
            "expected_close_on": arrays.dates(found.expected_on),
            "closed_at": arrays.moments(found.closed_at),
            "close_reason": arrays.words(found.reason, OpportunityCloseReason),
            "lead_id": arrays.ids(found.lead, begin=begin),
            "referral_id": arrays.ids(found.referral, begin=begin),
            "campaign_id": arrays.ids(found.campaign),
        }

    @staticmethod
    def _changes(made: Ventures, begin: int) -> Columns:
        went = made.changes
        return {
            "opportunity_id": arrays.ids(went.opportunity, begin=begin),
            "from_stage": arrays.words(went.before, OpportunityStage),
            "to_stage": arrays.words(went.after, OpportunityStage),
            "changed_at": arrays.moments(went.changed_at),
            "staff_id": arrays.ids(went.staff),
            "amount": arrays.money_or_null(went.cents, went.cents == NOTHING),
            "currency": arrays.repeated(CURRENCY, len(went.cents)),
            "probability_ratio": arrays.decimals(went.probability, arrays.RATE),
        }
