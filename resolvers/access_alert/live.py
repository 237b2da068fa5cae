"""What subscriptions to alerts on suspicious use are about."""

from domain.access_alert.model import AccessAlertState
from domain.access_alert.tables import access_alert
from domain.outbox.stream import of_concept
from resolvers.engine.edges import Live, connection, newest_first
from resolvers.engine.sql import constant

inbox = Live("AccessAlertInboxUpdate", audience=lambda _staff_id: of_concept("access_alert"))
alerts = connection(
    access_alert,
    lambda _me, alert: alert.c.state == constant(AccessAlertState.OPEN.name),
    order=newest_first("created_at"),
)
