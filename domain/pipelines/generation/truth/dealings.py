"""What the bank and its customers have to do with each other, in arrays, as `facts.py` tells of what they own.

Instants are numbers (`moments.py`); members of staff and offices are places in the bank's lists; accounts, tickets and
tasks places in those of the block. Words are codes, and NOTHING where there is none; texts are lists.
"""

from dataclasses import dataclass

from domain.pipelines.generation.truth.randomness import Ints

Texts = list[str | None]


@dataclass(frozen=True, slots=True)
class CustomerTags:
    """`tag` is a place in the bank's tags; each customer has a tag once."""

    customer: Ints
    tag: Ints
    tagged_by: Ints


@dataclass(frozen=True, slots=True)
class Consents:
    """What customers said; a ledger."""

    customer: Ints
    purpose: Ints
    channel: Ints
    decision: Ints
    decided_at: Ints
    evidence: list[str]
    recorded_by: Ints


@dataclass(frozen=True, slots=True)
class Tickets:
    """In order of opening. `linked_to` is an earlier ticket of the same customer."""

    numbers: list[str]
    kind: Ints
    priority: Ints
    state: Ints
    channel: Ints
    subjects: list[str]
    descriptions: Texts
    customer: Ints
    account: Ints
    product: Ints
    office: Ints
    assigned_to: Ints
    opened_by: Ints
    linked_to: Ints
    opened_at: Ints
    due_at: Ints
    level: Ints
    closed_at: Ints
    resolutions: Texts
    satisfaction: Ints


@dataclass(frozen=True, slots=True)
class TicketEvents:
    """In order of tickets and time."""

    ticket: Ints
    kind: Ints
    happened_at: Ints
    staff: Ints
    notes: Texts
    to_staff: Ints
    to_office: Ints


@dataclass(frozen=True, slots=True)
class Tasks:
    """`parent` stands before its parts."""

    titles: list[str]
    descriptions: Texts
    purpose: Ints
    priority: Ints
    state: Ints
    due_at: Ints
    customer: Ints
    assigned_to: Ints
    assigned_by: Ints
    office: Ints
    parent: Ints
    ticket: Ints
    completed_at: Ints
    completed_by: Ints
    completed_through: Ints
    results: Texts
    hand_back_reasons: Texts


@dataclass(frozen=True, slots=True)
class Interactions:
    """In order of time."""

    customer: Ints
    staff: Ints
    channel: Ints
    direction: Ints
    happened_at: Ints
    minutes: Ints
    subjects: list[str]
    notes: Texts
    outcome: Ints
    task: Ints
    ticket: Ints


@dataclass(frozen=True, slots=True)
class Dealings:
    """All of one block."""

    tags: CustomerTags
    consents: Consents
    tickets: Tickets
    events: TicketEvents
    tasks: Tasks
    interactions: Interactions
