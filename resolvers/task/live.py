"""What subscriptions to tasks are about."""

import sqlalchemy as sa

from domain.outbox.stream import of_staff
from domain.task.tables import task
from resolvers.engine.edges import Live, connection, oldest_first

mine = Live("MyTasksUpdate", audience=lambda staff_id: of_staff("task", staff_id))
tasks = connection(
    task,
    lambda me, task: sa.or_(task.c.assigned_to_id == me.c.id, task.c.assigned_by_id == me.c.id),
    order=oldest_first("due_at"),
)
