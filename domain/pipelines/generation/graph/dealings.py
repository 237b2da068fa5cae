"""Columns of what the bank and its customers have to do with each other: tags, consents, tickets, tasks, contacts."""

from dataclasses import dataclass

import pyarrow as pa

from domain import tables
from domain.consent.model import ConsentDecision, ConsentPurpose
from domain.interaction.model import Direction, InteractionOutcome
from domain.pipelines.generation.graph import arrays
from domain.pipelines.generation.truth.dealings import Dealings
from domain.pipelines.generation.truth.randomness import Ints
from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.task.model import TaskPurpose, TaskState
from domain.ticket.model import TicketEventKind, TicketKind, TicketState

Columns = dict[str, pa.Array]

WRITTEN = (
    tables.customer_tag, tables.consent, tables.ticket, tables.ticket_event, tables.task, tables.interaction,
)  # fmt: skip
"""Each after those it refers to."""


@dataclass(frozen=True, slots=True)
class DealingsWriter:
    """Turns dealings into columns. `positions` (offices,) are those of the bank's offices."""

    positions: Ints

    def columns(self, made: Dealings, begin: int) -> tuple[Columns, ...]:
        """Of the tables in `WRITTEN`, whose ids begin after `begin`."""
        return (
            self._tags(made), self._consents(made), self._tickets(made, begin), self._events(made, begin),
            self._tasks(made, begin), self._interactions(made, begin),
        )  # fmt: skip

    def _placed(self, office: Ints) -> Columns:
        return {"branch_id": arrays.ids(office), "position": arrays.numbers(self.positions[office], small=True)}

    @staticmethod
    def _tags(made: Dealings) -> Columns:
        given = made.tags
        return {
            "customer_id": arrays.ids(given.customer),
            "tag_id": arrays.ids(given.tag),
            "tagged_by_id": arrays.ids(given.tagged_by),
        }

    @staticmethod
    def _consents(made: Dealings) -> Columns:
        said = made.consents
        return {
            "customer_id": arrays.ids(said.customer),
            "purpose": arrays.words(said.purpose, ConsentPurpose),
            "channel": arrays.words(said.channel, Channel),
            "decision": arrays.words(said.decision, ConsentDecision),
            "decided_at": arrays.moments(said.decided_at),
            "evidence": arrays.texts(said.evidence),
            "recorded_by_id": arrays.ids(said.recorded_by),
        }

    def _tickets(self, made: Dealings, begin: int) -> Columns:
        opened = made.tickets
        return {
            "ticket_no": arrays.texts(opened.numbers),
            "kind": arrays.words(opened.kind, TicketKind),
            "priority": arrays.words(opened.priority, Priority),
            "state": arrays.words(opened.state, TicketState),
            "channel": arrays.words(opened.channel, Channel),
            "subject": arrays.texts(opened.subjects),
            "description": arrays.texts(opened.descriptions),
            "customer_id": arrays.ids(opened.customer),
            "account_id": arrays.ids(opened.account, begin=begin),
            "product_id": arrays.ids(opened.product),
            **self._placed(opened.office),
            "assigned_to_id": arrays.ids(opened.assigned_to),
            "opened_by_id": arrays.ids(opened.opened_by),
            "linked_to_id": arrays.ids(opened.linked_to, begin=begin),
            "opened_at": arrays.moments(opened.opened_at),
            "due_at": arrays.moments(opened.due_at),
            "level": arrays.numbers(opened.level, small=True),
            "closed_at": arrays.moments(opened.closed_at),
            "resolution": arrays.texts(opened.resolutions),
            "satisfaction": arrays.numbers(opened.satisfaction, small=True),
        }

    @staticmethod
    def _events(made: Dealings, begin: int) -> Columns:
        happened = made.events
        return {
            "ticket_id": arrays.ids(happened.ticket, begin=begin),
            "kind": arrays.words(happened.kind, TicketEventKind),
            "happened_at": arrays.moments(happened.happened_at),
            "staff_id": arrays.ids(happened.staff),
            "note": arrays.texts(happened.notes),
            "to_staff_id": arrays.ids(happened.to_staff),
            "to_branch_id": arrays.ids(happened.to_office),
        }

    def _tasks(self, made: Dealings, begin: int) -> Columns:
        planned = made.tasks
        return {
            "title": arrays.texts(planned.titles),
            "description": arrays.texts(planned.descriptions),
            "purpose": arrays.words(planned.purpose, TaskPurpose),
            "priority": arrays.words(planned.priority, Priority),
            "state": arrays.words(planned.state, TaskState),
            "due_at": arrays.moments(planned.due_at),
            "customer_id": arrays.ids(planned.customer),
            "assigned_to_id": arrays.ids(planned.assigned_to),
            "assigned_by_id": arrays.ids(planned.assigned_by),
            **self._placed(planned.office),
            "parent_id": arrays.ids(planned.parent, begin=begin),
            "ticket_id": arrays.ids(planned.ticket, begin=begin),
            "completed_at": arrays.moments(planned.completed_at),
            "completed_by_id": arrays.ids(planned.completed_by),
            "completed_through": arrays.words(planned.completed_through, Channel),
            "result": arrays.texts(planned.results),
            "hand_back_reason": arrays.texts(planned.hand_back_reasons),
        }

    @staticmethod
    def _interactions(made: Dealings, begin: int) -> Columns:
        touched = made.interactions
        return {
            "customer_id": arrays.ids(touched.customer),
            "staff_id": arrays.ids(touched.staff),
            "channel": arrays.words(touched.channel, Channel),
            "direction": arrays.words(touched.direction, Direction),
            "happened_at": arrays.moments(touched.happened_at),
            "duration_minutes": arrays.numbers(touched.minutes, small=True),
            "subject": arrays.texts(touched.subjects),
            "note": arrays.texts(touched.notes),
            "outcome": arrays.words(touched.outcome, InteractionOutcome),
            "task_id": arrays.ids(touched.task, begin=begin),
            "ticket_id": arrays.ids(touched.ticket, begin=begin),
        }
