"""A crowd that asks for more than the database comes to: what becomes of those who ask for little beside it."""

import json
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from api.settings import Settings
from bench.asking import OWN, SCOPED, UNSCOPED
from bench.banks import FOLDER
from bench.client import Order, Result
from bench.contest import begun, ended, loaded
from bench.pages import PAGES
from bench.run import api_alone

CLIENTS = 16
SECONDS = 20
CONNECTIONS = 4
HEAVY = """{ customers(first: 100, orderBy: [{field: NAME}]) { nodes { id name accounts(first: 20) { nodes {
    id openedOn transactions(first: 5) { nodes { bookedOn amount { amount } } } } } } } }"""
"""Costs more than what is light: half of the connections at most are given to such, and half of the places to wait."""


@dataclass(frozen=True)
class Overloaded:
    """What came of it."""

    alone: Result
    """Who asks for a household, a number of times a second that leaves half of the machine to others."""
    beside: Result
    """The same beside the crowd."""
    crowd: Result
    """Who of the crowd was answered, of both its accounts together; the longer p99."""
    mb_before: float
    mb_most: float


def overload(
    settings: Settings, customers: int, crowd: int, *, seconds: float = SECONDS, folder: Path = FOLDER
) -> Overloaded:
    """Ask for households, alone and beside `crowd` clients who ask for much. Raises Failure."""
    with ExitStack() as house:
        stand = api_alone(house, replace(settings, database_pool_size=CONNECTIONS), customers, folder)
        page, process = PAGES["household"], psutil.Process(stand.ours.pid)
        few = stand.order(page, stand.ours, OWN, page.ours(stand.chosen(page, own=True)), CLIENTS)
        loaded(replace(few, seconds=2))
        few = replace(few, seconds=seconds, per_second=loaded(replace(few, seconds=3)).per_second / 4, comes_back=True)
        alone, before = loaded(few), _mb(process)
        # Each account has half of the places at most.
        many = [
            Order(
                stand.ours.port, "/graphql", stand.tokens[role], [json.dumps({"query": HEAVY})], crowd // 2, seconds + 4
            )
            for role in (UNSCOPED, SCOPED)
        ]
        pressing = [begun(replace(order, comes_back=True)) for order in many]
        time.sleep(2)
        asking, most = begun(few), before
        while asking.poll() is None:
            most = max(most, _mb(process))
            time.sleep(0.1)
        beside, (one, other) = ended(asking), [ended(each) for each in pressing]
    both = Result(
        one.per_second + other.per_second,
        max(one.p99_ms, other.p99_ms),
        one.answers + other.answers,
        one.refused + other.refused,
    )
    return Overloaded(alone, beside, both, before, most)


def _mb(process: psutil.Process) -> float:
    return process.memory_full_info().uss / 1_000_000
