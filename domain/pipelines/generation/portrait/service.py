"""Charts of the bank and its customers: outlets, portfolios, tickets, tasks, offers and what they lead to."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from domain.interaction.model import Direction
from domain.pipelines.generation.portrait.charts import Chart
from domain.pipelines.generation.portrait.money import deciles
from domain.pipelines.generation.portrait.sight import Sight
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.occasions import SUBJECTS
from domain.shared.channel import Channel
from domain.task.model import TaskPurpose, TaskState
from domain.ticket.model import TicketKind, TicketState

OUTLETS_SHOWN = 60


def charts(sight: Sight) -> Iterator[Chart]:
    """One after another."""
    yield _outlets(sight)
    yield _portfolios(sight)
    yield _subjects(sight)
    yield _answered(sight)
    yield _tasks(sight)
    yield _channels(sight)
    offered = [one.offered for one in sight.answers]
    wanted = np.concatenate([one.probability for one in offered])
    yield deciles(
        "Wants to hear more, by decile of the true probability", wanted,
        np.concatenate([one.is_interested for one in offered]),
    )  # fmt: skip
    leaves = np.concatenate([one.life.leaves for one in sight.hidden])
    left = np.concatenate([one.life.left_on for one in sight.hidden]) != NEVER
    yield deciles("Leaves, by decile of the true probability", leaves[leaves > 0], left[leaves > 0])


def _outlets(sight: Sight) -> Chart:
    counts = np.sort(np.bincount(sight.outlet))[::-1][:OUTLETS_SHOWN]
    labels = [str(place) for place in range(1, len(counts) + 1)]
    return Chart("Persons by outlet, the largest first", "bars", labels, {"persons": counts.tolist()}, "persons")


def _portfolios(sight: Sight) -> Chart:
    managers = np.concatenate([one.customers.manager for one in sight.facts])
    sizes = np.array(list(Counter(managers[managers != NOTHING].tolist()).values()))
    edges = list(range(0, 700, 50))
    counts = np.histogram(sizes, [*edges, np.inf])[0]
    alone = 100 * float((managers == NOTHING).mean())
    return Chart(
        "Managers by size of their portfolio, from …", "bars", [str(one) for one in edges],
        {"managers": counts.tolist()}, "managers",
        f"In the blocks looked at alone; {alone:.0f} % of persons wait in the pool or have left.",
    )  # fmt: skip


def _subjects(sight: Sight) -> Chart:
    counted = Counter(text for one in sight.facts for text in one.dealings.tickets.subjects)
    persons = len(sight.active) / 1_000
    names = [subject.text for subject in SUBJECTS if subject.text in counted]
    return Chart(
        "Tickets a year, per 1,000 persons", "bars", [name[:9] for name in names],
        {"tickets": [counted[name] / persons for name in names]},
    )  # fmt: skip


def _answered(sight: Sight) -> Chart:
    kind, state, closed, due, level = (
        np.concatenate([getattr(one.dealings.tickets, name) for one in sight.facts])
        for name in ("kind", "state", "closed_at", "due_at", "level")
    )
    is_closed = state == code(TicketState.CLOSED)
    of_kind = [kind == code(word) for word in TicketKind]
    ends = {"in time": (closed <= due) & is_closed, "late": (closed > due) & is_closed, "not yet": ~is_closed}
    # A small bank may have no ticket of some kind.
    series = {
        name: [100 * int((is_so & mine).sum()) / max(int(mine.sum()), 1) for mine in of_kind]
        for name, is_so in ends.items()
    }
    return Chart(
        "Tickets answered", "stacked", [word.name.lower().replace("_", " ") for word in TicketKind], series, "%",
        f"{100 * float((level > 0).mean()):.1f} % were escalated.",
    )  # fmt: skip


def _tasks(sight: Sight) -> Chart:
    purpose, state = (
        np.concatenate([getattr(one.dealings.tasks, name) for one in sight.facts]) for name in ("purpose", "state")
    )
    series = {
        word.name.lower().replace("_", " "): [
            float(((purpose == code(kind)) & (state == code(word))).sum()) / len(sight.active) * 1_000
            for kind in TaskPurpose
        ]
        for word in TaskState
    }
    labels = [kind.name.lower().replace("_", " ") for kind in TaskPurpose]
    return Chart("Tasks a year, per 1,000 persons", "stacked", labels, series)


def _channels(sight: Sight) -> Chart:
    channel, direction = (
        np.concatenate([getattr(one.dealings.interactions, name) for one in sight.facts])
        for name in ("channel", "direction")
    )
    persons = len(sight.active) / 1_000
    return Chart(
        "Contacts a year, per 1,000 persons", "stacked", [word.name.lower() for word in Channel],
        {
            side: [float(((channel == code(word)) & (direction == code(way))).sum()) / persons for word in Channel]
            for side, way in (("the customer began", Direction.INBOUND), ("the bank did", Direction.OUTBOUND))
        },
    )  # fmt: skip
