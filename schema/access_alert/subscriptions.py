"""Alerts on suspicious use as they come."""

from resolvers.access_alert import live
from schema.subscription import feed

feed(
    "access_alert_inbox",
    live.inbox,
    shows={"alerts": (live.alerts, "Open alerts that the reader may see, newest first; `totalCount` is the badge.")},
    description="Alerts on suspicious use that nobody has looked into yet (告警收件箱).",
)
