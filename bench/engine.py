"""Our engine without HTTP, for what is measured of statements alone."""

from functools import cache

from prometheus_client import CollectorRegistry

from api.settings import Settings
from domain.quota.model import Quotas
from domain.shared.cipher import KeyRing
from domain.shared.keys import Keys
from resolvers.engine.execute import Engine
from resolvers.engine.limits import Limits
from schema.root import Built, build_schema


@cache
def built() -> Built:
    """The schema, once per process."""
    return build_schema()


def engine_of(settings: Settings) -> Engine:
    """An engine with plans of its own, which keeps no access log."""
    return Engine(
        built().schema,
        built().graph,
        limits=Limits(),
        plan_capacity=1_000,
        registry=CollectorRegistry(),
        access_log=None,
        keys=Keys(KeyRing.load(settings.key_ring), settings.key_ring),
        quotas=Quotas(),
    )
