"""Records of how customers are looked after, and of what is kept on them: arrays, as in `dealings.py`.

Tasks, interactions, contact points, certificates and loans are places among those of the block.
"""

from dataclasses import dataclass

from domain.pipelines.generation.truth.dealings import Texts
from domain.pipelines.generation.truth.randomness import Ints


@dataclass(frozen=True, slots=True)
class Terms:
    """Who managed whom, from which day to which; `ends_on` is NOTHING where they still do."""

    customer: Ints
    staff: Ints
    role: Ints
    starts_on: Ints
    ends_on: Ints


@dataclass(frozen=True, slots=True)
class Visits:
    """In order of the tasks that they do."""

    customer: Ints
    staff: Ints
    planned_by: Ints
    branch: Ints
    purpose: Ints
    state: Ints
    place: Ints
    contact_point: Ints
    subject: list[str]
    planned_at: Ints
    planned_minutes: Ints
    task: Ints
    checked_in_at: Ints
    completed_at: Ints
    interaction: Ints
    cancelled_at: Ints
    cancellation_reason: Texts


@dataclass(frozen=True, slots=True)
class Cares:
    """`care_plan` is a place among the bank's plans."""

    care_plan: Ints
    customer: Ints
    staff: Ints
    branch: Ints
    occasion: Ints
    channel: Ints
    state: Ints
    due_on: Ints
    note: Texts
    closed_at: Ints
    closed_by: Ints


@dataclass(frozen=True, slots=True)
class Notes:
    """What somebody wrote down; no text where it was taken away."""

    customer: Ints
    state: Ints
    text: Texts
    written_by: Ints
    removed_by: Ints
    removed_at: Ints


@dataclass(frozen=True, slots=True)
class Attributes:
    """Values of the bank's own attributes; each customer has each once. `number_value` in millionths."""

    customer: Ints
    attribute_definition: Ints
    type: Ints
    text_value: Texts
    number_value: Ints
    date_value: Ints
    boolean_value: Ints
    choice_value: Texts
    set_by: Ints


@dataclass(frozen=True, slots=True)
class Papers:
    """Documents; those without a key of the archive have their content in the database."""

    customer: Ints
    kind: Ints
    state: Ints
    title: list[str]
    media_type: list[str]
    size_bytes: Ints
    sha256: list[str]
    storage_key: Texts
    keep_until: Ints
    identity_document: Ints
    loan: Ints
    added_by: Ints


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in documents."""

    document: Ints
    content: list[str]


@dataclass(frozen=True, slots=True)
class Assessments:
    """What risk customers said that they can bear; in order of customers and days."""

    customer: Ints
    level: Ints
    points: Ints
    questionnaire: list[str]
    channel: Ints
    assessed_on: Ints
    expires_on: Ints
    assessed_by: Ints


@dataclass(frozen=True, slots=True)
class Dossiers:
    """One for each borrower; amounts in cents."""

    customer: Ints
    dossier_no: list[str]
    state: Ints
    rating: Ints
    loan_class: Ints
    limit_amount: Ints
    used_amount: Ints
    opened_on: Ints
    expires_on: Ints
    reviewed_on: Ints
    review_due_on: Ints
    handled_by: Ints


@dataclass(frozen=True, slots=True)
class DossierEntries:
    """In order of dossiers and days."""

    credit_dossier: Ints
    kind: Ints
    happened_on: Ints
    staff: Ints
    rating: Ints
    limit_amount: Ints
    note: Texts


@dataclass(frozen=True, slots=True)
class ServiceRequests:
    """What core banking was asked to do; in order of time. `amount` in cents."""

    kind: Ints
    state: Ints
    customer: Ints
    account: Ints
    product: Ints
    amount: Ints
    ticket: Ints
    requested_by: Ints
    requested_at: Ints
    sent_at: Ints
    settled_at: Ints
    core_reference: Texts
    reason: Texts


@dataclass(frozen=True, slots=True)
class SurveyResponses:
    """In order of time; `survey` is a place among the bank's."""

    survey: Ints
    customer: Ints
    ticket: Ints
    staff: Ints
    channel: Ints
    responded_at: Ints
    score: Ints
    comment: Texts


@dataclass(frozen=True, slots=True)
class SurveyAnswers:
    """In order of responses; `survey_question` is a place among the bank's."""

    survey_response: Ints
    survey_question: Ints
    score: Ints
    text: Texts


@dataclass(frozen=True, slots=True)
class Alerts:
    """In order of time; `escalated_from` stands before what came of it."""

    kind: Ints
    priority: Ints
    state: Ints
    alert_rule: Ints
    staff: Ints
    branch: Ints
    title: list[str]
    text: Texts
    customer: Ints
    account: Ints
    task: Ints
    ticket: Ints
    raised_at: Ints
    raised_count: Ints
    due_at: Ints
    seen_at: Ints
    closed_at: Ints
    closed_by: Ints
    result: Texts
    escalated_from: Ints


@dataclass(frozen=True, slots=True)
class CustomerTiers:
    """In order of customers and days; `tier` is a place among the bank's. `ends_on` is NOTHING while they have it."""

    customer: Ints
    tier: Ints
    change: Ints
    starts_on: Ints
    ends_on: Ints
    reason: Texts


@dataclass(frozen=True, slots=True)
class Groups:
    """Firms that belong together."""

    group_no: list[str]
    kind: Ints
    state: Ints
    name: list[str]
    formed_on: Ints
    managed_by: Ints


@dataclass(frozen=True, slots=True)
class GroupMembers:
    """`customer_group` is a place among the block's groups; `control_share_ratio` in millionths."""

    customer_group: Ints
    customer: Ints
    role: Ints
    control_share_ratio: Ints
    joined_on: Ints
    left_on: Ints


@dataclass(frozen=True, slots=True)
class PartyRoles:
    """What firms are to the bank besides being its customers."""

    customer: Ints
    kind: Ints
    subject: list[str]
    contract_no: Texts
    starts_on: Ints
    ends_on: Ints
    managed_by: Ints
