"""Ten minutes of all pages at four fifths of what the API can do: what grows, and what goes wrong."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

import asyncpg
import psutil
from prometheus_client.parser import text_string_to_metric_families

from api.settings import Settings
from bench import servers
from bench.asking import OWN, SCOPED, UNSCOPED
from bench.client import Order
from bench.contest import begun, ended, loaded
from bench.pages import PAGES
from bench.run import Stand, api_alone

CLIENTS = 16
SHARE = 0.8
SECONDS_TO_FIND_OUT = 5
SAMPLES = 20

SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ketu'"


@dataclass(frozen=True)
class Sample:
    """How things stood at one moment."""

    seconds: float
    mb: float
    """Of the API process alone."""
    connections: int
    plans: int


@dataclass(frozen=True)
class Soaked:
    """What came of it."""

    asked_per_second: float
    answers: int
    p99_ms: float
    samples: Sequence[Sample]


def soak(settings: Settings, customers: int, minutes: float, *, on_progress: Callable[[Sample], None]) -> Soaked:
    """Find out what the API can do, then ask four fifths of that; any answer that is none ends it. Raises Failure."""
    with ExitStack() as house:
        stand = api_alone(house, settings, customers)
        orders = [_mixed(stand, role) for role in (UNSCOPED, SCOPED, OWN)]
        most = sum(loaded(replace(order, seconds=SECONDS_TO_FIND_OUT)).per_second for order in orders) / len(orders)
        each = most * SHARE / len(orders)
        began = time.monotonic()
        under_way = [begun(replace(order, seconds=minutes * 60, per_second=each)) for order in orders]
        samples: list[Sample] = []
        while any(process.poll() is None for process in under_way):
            if time.monotonic() - began >= len(samples) * minutes * 60 / SAMPLES:
                samples.append(asyncio.run(_sample(stand, time.monotonic() - began)))
                on_progress(samples[-1])
            time.sleep(0.2)
        results = [ended(process) for process in under_way]
    answers = sum(result.answers for result in results)
    return Soaked(most * SHARE, answers, max(result.p99_ms for result in results), samples)


def _mixed(stand: Stand, role: str) -> Order:
    """All pages by turns."""
    bodies = [page.ours(stand.chosen(page))[:200] for page in PAGES.values()]
    longest = max(map(len, bodies))
    mixed = [each[number % len(each)] for number in range(longest) for each in bodies]
    return Order(stand.ours.port, "/graphql", stand.tokens[role], mixed, CLIENTS, 0)


async def _sample(stand: Stand, seconds: float) -> Sample:
    connection = await asyncpg.connect(str(stand.bank.settings.database_url))
    try:
        sessions = await connection.fetchval(SESSIONS)
    finally:
        await connection.close()
    told = servers.text(stand.ours.port, "/metrics")
    values = {sample.name: sample.value for family in text_string_to_metric_families(told) for sample in family.samples}
    mb = psutil.Process(stand.ours.pid).memory_full_info().uss / 1_000_000
    return Sample(round(seconds, 1), round(mb, 1), sessions, int(values["ketu_plan_cache_plans"]))
