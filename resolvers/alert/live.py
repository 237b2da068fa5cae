"""What subscriptions to one's alerts are about."""

from domain.alert.tables import alert, alert_badge
from domain.outbox.stream import of_staff
from resolvers.engine.edges import Live, One, connection, newest_first

mine = Live("MyAlertsUpdate", audience=lambda staff_id: of_staff("alert", staff_id))
alerts = connection(alert, lambda me, alert: alert.c.staff_id == me.c.id, order=newest_first("raised_at"))
badge = One(alert_badge, lambda me, badge: badge.c.staff_id == me.c.id)
