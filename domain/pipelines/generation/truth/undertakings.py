"""Records of what stands behind loans, of what changes in lives, and of possible sales: arrays, as in `dealings.py`."""

from dataclasses import dataclass

from domain.pipelines.generation.truth.columns import none
from domain.pipelines.generation.truth.dealings import Texts
from domain.pipelines.generation.truth.randomness import Ints


@dataclass(frozen=True, slots=True)
class Guarantees:
    """`loan` is a place among the block's loans."""

    guarantor: Ints
    loan: Ints
    kind: Ints
    state: Ints
    cents: Ints
    starts_on: Ints
    ends_on: Ints


@dataclass(frozen=True, slots=True)
class Homes:
    """Dwellings that secure loans; addresses where the bank knows where their owners live."""

    loan: Ints
    owner: Ints
    state: Ints
    descriptions: list[str]
    addresses: Texts
    districts: Texts
    regions: Texts
    cents: Ints
    pledged_on: Ints
    released_on: Ints


@dataclass(frozen=True, slots=True)
class LifeEvents:
    """`confidence` in millionths."""

    customer: Ints
    kind: Ints
    happens_on: Ints
    evidence: Ints
    confidence: Ints
    recorded_by: Ints


@dataclass(frozen=True, slots=True)
class Silences:
    """Who is not to be contacted, through which channel (NOTHING for any), from which day on."""

    customer: Ints
    channel: Ints
    reason: Ints
    starts_on: Ints
    set_by: Ints


@dataclass(frozen=True, slots=True)
class Opportunities:
    """`cents` is NOTHING where nobody has said how much; `probability` in millionths."""

    names: list[str]
    kind: Ints
    stage: Ints
    customer: Ints
    product: Ints
    owner: Ints
    office: Ints
    cents: Ints
    probability: Ints
    opened_at: Ints
    expected_on: Ints
    closed_at: Ints
    reason: Ints
    lead: Ints
    referral: Ints
    campaign: Ints


@dataclass(frozen=True, slots=True)
class StageChanges:
    """In order of opportunities and time; `before` is NOTHING where one begins."""

    opportunity: Ints
    before: Ints
    after: Ints
    changed_at: Ints
    staff: Ints
    cents: Ints
    probability: Ints


@dataclass(frozen=True, slots=True)
class Ventures:
    """Of a block of persons; firms have none."""

    guarantees: Guarantees
    homes: Homes
    events: LifeEvents
    silences: Silences
    opportunities: Opportunities
    changes: StageChanges

    @classmethod
    def nothing(cls) -> "Ventures":
        """Of a block of firms."""
        return cls(
            none(Guarantees), none(Homes), none(LifeEvents), none(Silences), none(Opportunities), none(StageChanges)
        )
