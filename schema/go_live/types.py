"""Applications of branches to go live, as clients see them."""

from datetime import datetime

from domain.go_live.model import GoLiveState
from resolvers.go_live import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(GoLiveState)


@node(edges.rows, prefix="gol", description="Asks that a branch that was set up goes live (上线申请).")
class GoLive(Node):
    """Until it is approved, roles held in the branch reach nothing."""

    state: GoLiveState = field(description="What became of it.")
    reason: str = field(description="Why the branch is ready.")
    decided_at: datetime | None = field(description="When it was decided on.")
    branch: ToOne = field(edges.branch, description="The branch.")
    applied_by: ToOne = field(edges.applied_by, description="Who applied.")
    decided_by: ToOne = field(edges.decided_by, description="Who gave the final approval, or refused it.")
