"""Alerts on suspicious use as clients see them."""

from datetime import datetime

from domain.access_alert.model import AccessAlertFinding, AccessAlertRule, AccessAlertState
from resolvers.access_alert import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(AccessAlertRule)
described(AccessAlertState)
described(AccessAlertFinding)


@node(
    edges.rows,
    prefix="ale",
    description="Somebody's entries in the access log look like misuse (可疑操作告警); a security officer looks into "
    "it.",
)
class AccessAlert(Node):
    """What a rule noticed."""

    rule: AccessAlertRule = field(description="What was noticed.")
    state: AccessAlertState = field(description="Whether somebody has looked.")
    window_began_at: datetime = field(description="Beginning of the hour, day or night in which it was.")
    window_ended_at: datetime = field(description="Its end.")
    measured: int = field(description="How much of it; grows as long as the alert is open.")
    threshold: int = field(description="How much of it raises an alert.")
    finding: AccessAlertFinding | None = field(description="What was found; null as long as it is open.")
    note: str | None = field(description="The finding in words.")
    closed_at: datetime | None = field(description="When it was closed.")
    staff: ToOne = field(edges.suspect, description="Who did it, or answers for the program that did.")
    closed_by: ToOne = field(edges.closed_by, description="Who looked into it.")
