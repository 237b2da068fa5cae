"""Alerts as they come."""

from resolvers.alert import live
from schema.subscription import feed

feed(
    "my_alerts",
    live.mine,
    shows={
        "alerts": (live.alerts, "The reader's alerts, newest first."),
        "badge": (live.badge, "How many wait."),
    },
    description="The reader's inbox of alerts on business, and its badge (我的预警).",
)
