"""Replicas of the database under a running API: looked at all the time, and counted."""

from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.background import repeating
from domain.shared.replicas import Replicas

SECONDS_BETWEEN = 0.2
"""For so long at most, what was written is asked of the primary though a replica has it already."""


@asynccontextmanager
async def looked_after(replicas: Replicas | None, registry: CollectorRegistry) -> AsyncIterator[None]:
    """While the block runs, it is known how the replicas are doing; one that is silent keeps nobody waiting."""
    async with AsyncExitStack() as looking:
        if replicas is not None:
            registry.register(_Figures(replicas))
            for look in (replicas.look_at_primary, *(partial(replicas.look_at, each) for each in replicas.each)):
                await looking.enter_async_context(repeating("replicas", look, seconds=SECONDS_BETWEEN))
        yield


def told_of(replicas: Replicas | None) -> str:
    """A line for those who ask whether the process is ready."""
    if replicas is None:
        return ""
    return f"{sum(map(replicas.may_answer, replicas.each))} of {len(replicas.each)} replicas answer queries\n"


class _Figures(Collector):
    """What `/metrics` says of them."""

    def __init__(self, replicas: Replicas) -> None:
        self._replicas = replicas

    def collect(self) -> Iterable[Metric]:
        replicas = self._replicas
        answers = CounterMetricFamily("ketu_query_answers", "Queries by who answered them.", labels=["database"])
        may_answer = GaugeMetricFamily("ketu_replica_may_answer", "0 where it is left out.", labels=["replica"])
        lag = GaugeMetricFamily("ketu_replica_lag_seconds", "How far behind it is at most.", labels=["replica"])
        answers.add_metric(["primary"], replicas.left_to_primary)
        for each in replicas.each:
            answers.add_metric([each.name], each.answered)
            may_answer.add_metric([each.name], float(replicas.may_answer(each)))
            lag.add_metric([each.name], replicas.lag_seconds(each))
        return answers, may_answer, lag
