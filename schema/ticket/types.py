"""Tickets and their events as clients see them."""

from datetime import datetime

from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.ticket.model import TicketEventKind, TicketKind, TicketState
from resolvers.ticket import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(Channel)
described(Priority)
described(TicketEventKind)
described(TicketKind)
described(TicketState)


@node(
    edges.rows,
    prefix="tic",
    description="What a customer wants from the bank (工单), until it is answered. Seen by who opened and handles it, "
    "and where its branch or its customer is in reach.",
)
class Ticket(Node):
    """A matter with an end."""

    ticket_no: str = field(description="The number that customers are told.")
    kind: TicketKind = field(description="What the customer comes with.")
    priority: Priority = field(description="How soon it wants to be answered.")
    state: TicketState = field(description="How far it has come.")
    channel: Channel = field(description="In which way it reached the bank.")
    subject: str = field(description="What it is about, in a few words.")
    description: str | None = field(description="What the customer said.")
    opened_at: datetime = field(description="When it was opened, UTC.")
    due_at: datetime = field(
        description="When it should be closed, UTC: so much working time of the branch in whose queue it was opened, "
        "by the calendar kept there then; urgent ones in hours of the clock. It does not move."
    )
    level: int = field(description="How often it was escalated, 0 to 3.")
    closed_at: datetime | None = field(description="When it was closed, UTC.")
    resolution: str | None = field(description="How it was answered.")
    satisfaction: int | None = field(description="How the customer liked the answer, 1 (not at all) to 5.")
    customer: ToOne = field(edges.customer, description="Whose it is; null also where the reader may not see them.")
    account: ToOne = field(edges.account, description="The account that it is about.")
    product: ToOne = field(edges.product, description="The product that it is about.")
    assigned_to: ToOne = field(edges.assigned_to, description="Who handles it; null while it waits in the queue.")
    opened_by: ToOne = field(edges.opened_by, description="Who took it down; null where the customer opened it.")
    branch: ToOne = field(edges.branch, description="Where it is handled.")
    linked_to: ToOne = field(edges.linked_to, description="An earlier ticket that it belongs to.")
    linked_tickets: ToMany = field(edges.linked_tickets, description="Later tickets that belong to it, newest first.")
    events: ToMany = field(edges.events, description="What happened to it, oldest first.")
    tasks: ToMany = field(edges.tasks, description="Tasks that serve it, those due first before others.")
    interactions: ToMany = field(edges.interactions, description="Contacts with the customer about it, newest first.")
    documents: ToMany = field(edges.documents, description="Documents that came with it, newest first.")
    alerts: ToMany = field(edges.alerts, description="Alerts about it, newest first.")
    service_requests: ToMany = field(
        edges.service_requests, description="What core banking was asked to do, newest first."
    )
    survey_responses: ToMany = field(
        edges.survey_responses, description="What customers answered about it, newest first."
    )


@node(edges.event_rows, prefix="tev", description="Something that happened to a ticket (工单流转).")
class TicketEvent(Node):
    """A step on a ticket's way."""

    kind: TicketEventKind = field(description="What happened.")
    happened_at: datetime = field(description="When, UTC.")
    note: str | None = field(description="What was written down.")
    ticket: ToOne = field(edges.event_ticket, description="The ticket.")
    staff: ToOne = field(edges.event_staff, description="Who did it; null where the customer or the system did.")
    to_staff: ToOne = field(edges.to_staff, description="To whom it went.")
    to_branch: ToOne = field(edges.to_branch, description="To which branch it went.")
