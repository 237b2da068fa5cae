"""Records of what is offered to customers, and of what comes of it: arrays, as in `dealings.py`.

Campaigns and their events are places among those of the bank; the others are
places among those of the block.
"""

from dataclasses import dataclass

from domain.pipelines.generation.truth.dealings import Texts
from domain.pipelines.generation.truth.randomness import Ints


@dataclass(frozen=True, slots=True)
class CampaignMembers:
    """Whom a campaign is for; a customer is in a campaign once."""

    campaign: Ints
    customer: Ints
    arm: Ints
    drawn_on: Ints


@dataclass(frozen=True, slots=True)
class Touches:
    """Attempts to reach members of the target arm, in order of time."""

    campaign: Ints
    customer: Ints
    event: Ints
    channel: Ints
    state: Ints
    staff: Ints
    happened_at: Ints
    content: Texts


@dataclass(frozen=True, slots=True)
class Responses:
    """What came back, in order of time. `amount` in cents."""

    campaign: Ints
    customer: Ints
    touch: Ints
    event: Ints
    kind: Ints
    responded_at: Ints
    product: Ints
    amount: Ints
    opportunity: Ints
    satisfaction: Ints
    recorded_by: Ints


@dataclass(frozen=True, slots=True)
class Campaigned:
    """Of one block."""

    members: CampaignMembers
    touches: Touches
    responses: Responses


@dataclass(frozen=True, slots=True)
class Leads:
    """Who may become a customer, or more of one; a name and a phone where nobody is on record for them."""

    origin: Ints
    channel: Ints
    state: Ints
    customer: Ints
    name: Texts
    phone: Texts
    interest: list[str]
    product: Ints
    campaign: Ints
    owner: Ints
    captured_by: Ints
    branch: Ints
    captured_at: Ints
    closed_at: Ints
    drop_reason: Ints


@dataclass(frozen=True, slots=True)
class Referrals:
    """Customers whom one of the staff sends to another."""

    state: Ints
    customer: Ints
    product: Ints
    reason: list[str]
    from_staff: Ints
    to_staff: Ints
    branch: Ints
    referred_at: Ints
    answered_at: Ints
    answer: Texts


@dataclass(frozen=True, slots=True)
class Quotations:
    """Terms of what is negotiated. `amount` in cents, `annual_rate_ratio` in millionths."""

    opportunity: Ints
    product: Ints
    state: Ints
    amount: Ints
    annual_rate_ratio: Ints
    term_months: Ints
    terms: Texts
    requested_at: Ints
    offered_at: Ints
    valid_until_on: Ints
    answered_at: Ints
    quoted_by: Ints
    approved_by: Ints
