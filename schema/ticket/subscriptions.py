"""Tickets as they change."""

from resolvers.ticket import live
from schema.subscription import feed

feed(
    "ticket_queue",
    live.queue,
    shows={
        "unassigned": (live.unassigned, "Open tickets that nobody handles yet, those due first before others."),
        "assigned": (live.assigned, "Open tickets that somebody handles, those due first before others."),
    },
    description="The open tickets of a branch (工单队列), as far as the reader may see them.",
    argument="Id of the branch.",
)
