"""Who waits for a connection, and who was not let in, as metrics."""

from collections import Counter
from collections.abc import Iterable, Sequence

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from domain.shared.turns import Turns


class Waiting(Collector):
    """Of all pools together."""

    def __init__(self, turns: Sequence[Turns]) -> None:
        self._turns = turns

    def collect(self) -> Iterable[Metric]:
        """What holds now."""
        waiting, refused = Counter[str](), Counter[tuple[str, str]]()
        for turns in self._turns:
            waiting.update(turns.waiting())
            refused.update(turns.refused)
        gauge = GaugeMetricFamily("ketu_waiting_requests", "Requests that wait for a connection.", labels=["kind"])
        for kind, count in waiting.items():
            gauge.add_metric([kind], count)
        counter = CounterMetricFamily(
            "ketu_refused_requests", "Requests that came to no connection.", labels=["kind", "reason"]
        )
        for labels, count in refused.items():
            counter.add_metric(labels, count)
        return gauge, counter
