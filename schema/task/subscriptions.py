"""Tasks as they change."""

from resolvers.task import live
from schema.subscription import feed

feed(
    "my_tasks",
    live.mine,
    shows={"tasks": (live.tasks, "The reader's tasks, those due first before others.")},
    description="Tasks given to or by the reader (我的任务).",
)
