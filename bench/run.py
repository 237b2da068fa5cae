"""The comparison: our API, its other execution, the pages by hand and PostGraphile, on the same banks, by turns."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil

from api.commands.token import issued
from api.failure import Failure
from api.settings import Settings
from bench import servers
from bench.asking import OWN, SCOPED, UNSCOPED, Asked, asked_for
from bench.banks import FOLDER, Bank, ready
from bench.client import Order
from bench.contest import Effort, Rounds, held
from bench.pages import PAGES, Page
from bench.servers import Server
from bench.statements import statements_of

OURS, BY_HAND, BATCHED, PEER, SMALLER = "ours", "by hand", "batched", "postgraphile", "smaller bank"
COMPARED = 40
"""Answers of each page that have to be equal before anything is measured."""


@dataclass(frozen=True)
class Measured:
    """One page asked by so many clients at once, in a bank of so many customers.

    Ratios are of answers a second, medians of rounds; None where there is nobody to compare with.
    """

    page: str
    clients: int
    customers: int
    per_second: float
    """Our answers to a reader of the whole bank, whose figures the next five are."""
    p99_ms: float
    ratio_to_postgraphile: float | None
    p99_ratio_to_postgraphile: float | None
    ratio_to_sql: float
    """Beside the page by hand."""
    ratio_to_batched: float
    scoped_cost: float
    """What a reader of a region costs, 1 being one of the whole bank who asks for the same."""
    own_cost: float
    """The same of a manager who sees their own customers."""
    growth_cost: float | None
    """What an answer costs, 1 being one of the smallest bank; of lists, a manager's own."""
    statements: int
    """That one operation sends to the database."""
    api_mb: float
    """Memory of our API process after it."""

    def as_json(self) -> dict[str, Any]:
        """With ratios to the third place."""
        return {name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Stand:
    """A bank, its servers, and who asks them."""

    bank: Bank
    ours: Server
    asked: Asked
    tokens: Mapping[str, str]
    """By role."""
    others: Mapping[str, Server] = field(default_factory=dict)
    """By side."""

    def order(self, page: Page, server: Server, role: str, bodies: list[str], clients: int) -> Order:
        """To one of its servers; for how long is decided later."""
        path = f"/{page.name}" if server is self.others.get(BY_HAND) else "/graphql"
        return Order(server.port, path, self.tokens[role], bodies, clients, 0)

    def chosen(self, page: Page, *, own: bool = False) -> Sequence[Any]:
        """What is asked for on a page."""
        return (self.asked.own if own else self.asked.anywhere).get(page.asks_by or "", [None])


def measure(
    settings: Settings,
    sizes: Sequence[int],
    pages: Sequence[Page],
    effort: Effort,
    *,
    on_progress: Callable[[Measured], None],
) -> list[Measured]:
    """Make the banks, start the servers, see that they answer alike, then load them by turns. Raises Failure."""
    found: list[Measured] = []
    with ExitStack() as house:
        stands = [stand(house, settings, size) for size in sorted(sizes)]
        for one in stands:
            must_agree(one)
        for page in pages:
            for one in stands:
                for clients in effort.clients:
                    found.append(measured(page, one, stands[0], clients, effort))
                    on_progress(found[-1])
    return found


def stand(house: ExitStack, settings: Settings, customers: int, folder: Path = FOLDER) -> Stand:
    """A bank below `folder` and all servers, up until `house` is left. Raises Failure."""
    alone = api_alone(house, settings, customers, folder)
    there = alone.bank.settings
    keys = servers.asked(alone.ours.port, "/auth/jwks.json", None, alone.tokens[UNSCOPED])["keys"]
    others = {
        BY_HAND: house.enter_context(servers.pages_by_hand(there)),
        BATCHED: house.enter_context(servers.batched(there)),
        PEER: house.enter_context(servers.postgraphile(there, keys)),
    }
    return replace(alone, others=others)


def api_alone(house: ExitStack, settings: Settings, customers: int, folder: Path = FOLDER) -> Stand:
    """The same with our API alone. Raises Failure."""
    bank = house.enter_context(ready(settings, customers, folder))
    # One reader asks as much as a thousand do.
    there = replace(bank.settings, rate_per_second=0)
    ours = house.enter_context(servers.api(there))
    asked = asyncio.run(asked_for(str(there.database_url)))
    tokens = {role: issued(there, name, lifetime=timedelta(hours=12)) for role, name in asked.usernames.items()}
    return Stand(replace(bank, settings=there), ours, asked, tokens)


def measured(page: Page, stand: Stand, smallest: Stand, clients: int, effort: Effort) -> Measured:
    """One cell of the table, in the bank of `stand`, beside the smallest one. Raises Failure."""
    asked = stand.chosen(page)
    sides = {
        OURS: stand.order(page, stand.ours, UNSCOPED, page.ours(asked), clients),
        BY_HAND: stand.order(page, stand.others[BY_HAND], UNSCOPED, page.by_hands(asked), clients),
        BATCHED: stand.order(page, stand.others[BATCHED], UNSCOPED, page.ours(asked), clients),
    }
    if page.peer_query is not None:
        sides[PEER] = stand.order(page, stand.others[PEER], UNSCOPED, page.peers(asked), clients)
    own = page.ours(stand.chosen(page, own=True))
    readers = {role: stand.order(page, stand.ours, role, own, clients) for role in (UNSCOPED, SCOPED, OWN)}
    if stand is not smallest:
        one, other = (readers, OWN) if page.asks_by is None else (sides, UNSCOPED)
        bodies = page.ours(smallest.chosen(page, own=one is readers))
        one[SMALLER] = smallest.order(page, smallest.ours, other, bodies, clients)
    whole, within = held(sides, effort), held(readers, effort)
    memory = psutil.Process(stand.ours.pid).memory_full_info().uss / 1_000_000
    return Measured(
        page.name,
        clients,
        stand.bank.customers,
        whole.per_second(OURS),
        whole.p99_ms(OURS),
        whole.faster(OURS, PEER),
        whole.p99_ratio(OURS, PEER),
        whole.faster(OURS, BY_HAND) or 0,
        whole.faster(OURS, BATCHED) or 0,
        within.faster(UNSCOPED, SCOPED) or 0,
        within.faster(UNSCOPED, OWN) or 0,
        _growth(within, OWN) or _growth(whole, OURS),
        statements(stand, page),
        memory,
    )


def _growth(rounds: Rounds, side: str) -> float | None:
    share = rounds.faster(side, SMALLER)
    return None if share is None else 1 / share


def statements(stand: Stand, page: Page) -> int:
    """How many a page sends to the database."""
    request = json.loads(page.ours(stand.chosen(page)[:1])[0])
    username = stand.asked.usernames[UNSCOPED]
    return asyncio.run(statements_of(stand.bank.settings, username, request["query"], request.get("variables", {})))


def must_agree(stand: Stand) -> None:
    """All sides say the same before anything is measured. Raises Failure."""
    token = stand.tokens[UNSCOPED]
    for page in PAGES.values():
        asked = stand.chosen(page)[:COMPARED]
        bodies = zip(page.ours(asked), page.by_hands(asked), strict=True)
        for number, (to_us, to_others) in enumerate(bodies):
            ours = _data(stand.ours.port, "/graphql", to_us, token)
            _same(
                page, asked[number], ours, _data(stand.others[BY_HAND].port, f"/{page.name}", to_others, token), BY_HAND
            )
            _same(page, asked[number], ours, _data(stand.others[BATCHED].port, "/graphql", to_us, token), BATCHED)
            if page.peer_query is not None:
                peers = _data(stand.others[PEER].port, "/graphql", page.peers(asked)[number], token)
                _same(page, asked[number], _leaves(ours), _leaves(peers), PEER)


def _same(page: Page, asked: Any, ours: Any, theirs: Any, side: str) -> None:
    if ours != theirs:
        if side == PEER:
            ours, theirs = dict(ours.items() - theirs.items()), dict(theirs.items() - ours.items())
        raise Failure(
            f"{page.name}, asked for {asked}: ours and {side} differ:\n  {ours}\n  {theirs}",
            mend=f"bring bench/pages/{page.name}.* in line with each other",
        )


def _data(port: int, path: str, body: str, token: str) -> Any:
    answer = servers.asked(port, path, body, token)
    if answer.get("data") is None:
        raise Failure(f"port {port} does not answer {path}: {answer}", mend="see what the same request answers alone")
    return answer["data"]


CURRENCY = re.compile(r"[A-Z]{3}")
OUR_ID = re.compile(r"[a-z]{3}_(\d+)")


def _leaves(data: Any) -> Mapping[str, int]:
    """The values of an answer, however they are called and nested, each as often as it is there.

    Currencies are left out: ours have none where there is no amount.
    """

    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, dict | list):
            for each in value.values() if isinstance(value, dict) else value:
                yield from walk(each)
        elif value is not None and not CURRENCY.fullmatch(text := str(value)):
            whole = OUR_ID.fullmatch(text)
            yield whole[1] if whole else text

    return dict(sorted(Counter(walk(data)).items()))
