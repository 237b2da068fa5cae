"""The comparison: our API and the hand-written pages on one database, asked in turns."""

import json
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg

from api.commands.token import issued
from api.failure import Failure
from api.processes import listen
from api.settings import ROOT, Settings
from bench.client import Order, Result

HERE = Path(__file__).parent
EXAMPLE_360 = ROOT / "frontend" / "explorer" / "src" / "examples" / "05-customer-360.graphql"
PAGES = ("customer_360", "customer_list")
ROLES = ("regional_manager", "head_office_analyst")
CUSTOMERS = 200
SEED = 360
SECONDS_TO_WARM_UP = 2

READERS = """
    SELECT DISTINCT ON (held.role) held.role, account.username, branch.position, branch.position_end
    FROM ketu.role_assignment AS held
    JOIN ketu.user_account AS account ON account.id = held.user_account_id
    JOIN ketu.branch AS branch ON branch.id = held.branch_id
    WHERE account.is_active AND held.role = ANY($1)
    ORDER BY held.role, account.username
"""
# The page written by hand is about persons.
REACHED = """
    SELECT id FROM ketu.customer WHERE kind = 'PERSON' AND ($3 OR position BETWEEN $1 AND $2) ORDER BY id
"""


Side = tuple[int, str, list[str]]
"""A port, a path and the bodies that are sent there."""


@dataclass(frozen=True)
class Reader:
    """Who asks, and for whom."""

    role: str
    username: str
    customer_ids: list[str]


SIDES = ("ours", "logged", "bare")
"""Our API; the page by hand that keeps the access log as we do; the page by hand that keeps none."""


@dataclass(frozen=True)
class Measured:
    """One page for one kind of reader: medians over the rounds, and of ratios taken within each round."""

    page: str
    role: str
    clients: int
    per_second: dict[str, float]
    """Answers, by side."""
    p99_ms: dict[str, float]
    ratio_to_logged: float
    """Our answers a second to those by hand; 1 is as fast."""
    ratio_to_bare: float
    p99_ratio_to_logged: float
    log_cost_by_hand: float
    """The share of its answers a second that the page by hand loses by keeping the log."""
    answers: int


@dataclass(frozen=True)
class Effort:
    """How long to measure: rounds for each cell of the table, seconds for each side of a round."""

    clients: tuple[int, ...]
    rounds: int
    seconds: float


async def readers(database_url: str) -> list[Reader]:
    """One reader of each role with a random choice of customers in reach. Raises Failure."""
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(READERS, ROLES)
        if len(rows) < len(ROLES):
            raise Failure(
                f"the bench needs sign-ins with the roles {' and '.join(ROLES)}",
                mend="load a bank with staff: ./ketu import berka DIR --with-staff",
            )
        return [
            Reader(row["role"], row["username"], await _some_customers(connection, row))
            for row in sorted(rows, key=lambda row: ROLES.index(row["role"]))
        ]
    finally:
        await connection.close()


async def _some_customers(connection: asyncpg.Connection, row: asyncpg.Record) -> list[str]:
    bank_wide = row["role"] == "head_office_analyst"
    found = await connection.fetch(REACHED, row["position"], row["position_end"], bank_wide)
    ids = [f"cus_{one['id']}" for one in found]
    return random.Random(SEED).sample(ids, min(CUSTOMERS, len(ids)))


def measure(
    settings: Settings, asking: list[Reader], effort: Effort, *, on_progress: Callable[[Measured], None]
) -> list[Measured]:
    """Start the servers, see that they answer alike, then load them in turns. Raises Failure."""
    found: list[Measured] = []
    with ExitStack() as house:
        # One reader asks as much as a thousand do.
        unlimited = replace(settings, rate_per_second=0)
        ours = house.enter_context(served(unlimited, ["api", "serve", "--socket-fd"], ready="/readyz")).port
        theirs = house.enter_context(served(settings, ["bench.handwritten"], ready="/customer_list")).port
        for page in PAGES:
            for reader in asking:
                token = issued(settings, reader.username, lifetime=timedelta(hours=1))
                by_hand = [json.dumps({"id": one}) for one in reader.customer_ids]
                sides: dict[str, Side] = {
                    "ours": (ours, "/graphql", operations(page, reader)),
                    "logged": (theirs, f"/logged/{page}", by_hand),
                    "bare": (theirs, f"/{page}", by_hand),
                }
                for name in ("logged", "bare"):
                    _assert_equal(sides["ours"], sides[name], token)
                for clients in effort.clients:
                    orders = {
                        name: Order(port, path, token, bodies, clients, effort.seconds)
                        for name, (port, path, bodies) in sides.items()
                    }
                    found.append(_compared(page, reader, clients, orders, effort.rounds))
                    on_progress(found[-1])
    return found


def operations(page: str, reader: Reader) -> list[str]:
    """The bodies of requests for a page: one for each of the reader's customers, where it is about one."""
    query = (HERE / f"{page}.graphql").read_text(encoding="utf-8")
    if "..." in query:
        example = EXAMPLE_360.read_text(encoding="utf-8")
        query += example[example.index("fragment ") :]
    if "$id" not in query:
        return [json.dumps({"query": query})]
    return [json.dumps({"query": query, "variables": {"id": one}}) for one in reader.customer_ids]


def _compared(page: str, reader: Reader, clients: int, orders: dict[str, Order], rounds: int) -> Measured:
    for order in orders.values():
        # Every connection of the pool has planned the statement before anything counts.
        _loaded(replace(order, seconds=SECONDS_TO_WARM_UP))
    found: list[dict[str, Result]] = []
    for turn in range(rounds):
        # Who begins alternates, so that a machine that slows down slows all.
        names = SIDES if turn % 2 == 0 else reversed(SIDES)
        found.append({name: _loaded(orders[name]) for name in names})

    def median(figure: Callable[[dict[str, Result]], float]) -> float:
        return statistics.median(map(figure, found))

    return Measured(
        page,
        reader.role,
        clients,
        per_second={name: median(lambda sides, name=name: sides[name].per_second) for name in SIDES},
        p99_ms={name: median(lambda sides, name=name: sides[name].p99_ms) for name in SIDES},
        ratio_to_logged=median(lambda sides: sides["ours"].per_second / sides["logged"].per_second),
        ratio_to_bare=median(lambda sides: sides["ours"].per_second / sides["bare"].per_second),
        p99_ratio_to_logged=median(lambda sides: sides["ours"].p99_ms / sides["logged"].p99_ms),
        log_cost_by_hand=median(lambda sides: 1 - sides["logged"].per_second / sides["bare"].per_second),
        answers=sum(side.answers for sides in found for side in sides.values()),
    )


def _loaded(order: Order) -> Result:
    done = subprocess.run(
        [sys.executable, "-m", "bench.client"],
        input=json.dumps(asdict(order)),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=order.seconds + 30,
        check=False,
    )
    if done.returncode:
        raise Failure(
            f"{order.path} did not answer under load: {done.stderr.strip().splitlines()[-1]}",
            mend="see what the same request answers in the explorer",
        )
    return Result(**json.loads(done.stdout))


def _assert_equal(ours: Side, theirs: Side, token: str) -> None:
    """Both sides give equal data, for every customer that will be asked for."""
    (our_port, our_path, our_bodies), (port, path, bodies) = ours, theirs
    for our_body, body in zip(our_bodies, bodies, strict=False):
        one, other = _asked(our_port, our_path, our_body, token), _asked(port, path, body, token)
        if one.get("data") != other.get("data"):
            raise Failure(
                f"the answers for {body} differ:\n  {json.dumps(one)}\n  {json.dumps(other)}",
                mend=f"bring bench{path}.sql in line with bench{path}.graphql",
            )


def _asked(port: int, path: str, body: str, token: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body.encode(), headers)
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=30) as answer:
        return json.load(answer)


@dataclass(frozen=True)
class Server:
    """Where one listens, and its process."""

    port: int
    pid: int


@contextmanager
def served(settings: Settings, words: list[str], *, ready: str) -> Iterator[Server]:
    """A server of its own process, up until the block ends. Raises Failure."""

    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", *words, str(listening.fileno())],
            env=os.environ | settings.variables(),
            pass_fds=(listening.fileno(),),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        try:
            deadline = time.monotonic() + 30
            while not _reached(port, ready):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise Failure(f"{words[0]} does not start", mend="see what it says above")
                time.sleep(0.1)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait()


def _reached(port: int, path: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"http://127.0.0.1:{port}{path}", timeout=2):
            return True
    except urllib.error.HTTPError as refusal:
        return refusal.code < 500
    except OSError:
        return False
