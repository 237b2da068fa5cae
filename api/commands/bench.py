"""`./ketu bench`: our answers beside pages written by hand in SQL, our other execution, and PostGraphile."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from api.command import Group
from api.database import opened
from api.failure import Failure
from api.loading import delivery
from api.settings import Settings, add_flags, folder, positive

if TYPE_CHECKING:
    from bench.live import Watched
    from bench.loads import Loaded
    from bench.run import Measured
    from bench.soak import Sample

NAME = "bench"
GROUP = Group.WORK
HELP = "Measure five pages beside hand-written SQL and PostGraphile, on generated banks."
EXAMPLE = "./ketu bench --quick --json figures.json"

SIZES, QUICK_SIZES = (10_000, 1_000_000), (10_000,)

PARTS = ("total", "server", "network", "page")
"""Of the time from a click to its content."""

COLUMNS = (
    f"{'page':<14}{'customers':>10}{'clients':>8}{'ours/s':>8}{'p99 ms':>8}{'to PostGraphile':>16}{'its p99':>8}"
    f"{'to SQL':>7}{'to batched':>11}{'region':>7}{'own':>6}{'growth':>7}{'statements':>11}{'MB':>5}"
)
EXPLAINED = """
Answers a second of ours to those of the others (1: as many), medians of rounds by turns; its p99: ours to that of
PostGraphile. region, own: what a reader of a region, or of their own customers, costs beside one of the whole bank who
asks for the same. growth: what an answer costs beside the smallest bank. MB: of our API process."""


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    parser.add_argument("--quick", action="store_true", help="One bank, fewer and shorter rounds: under five minutes.")
    parser.add_argument(
        "--customers",
        type=positive,
        action="append",
        metavar="N",
        help="A bank of that size; repeatable. Default: 10,000 and 1,000,000, each generated once into .ketu/bench.",
    )
    parser.add_argument(
        "--page", action="append", metavar="NAME", help="This page alone; repeatable. Default: all five."
    )
    parser.add_argument("--live", type=positive, metavar="N", help="Measure N sockets that watch instead, on --data.")
    parser.add_argument(
        "--clicks",
        type=positive,
        metavar="N",
        help="Measure N clicks of each kind on the web application instead, on --data.",
    )
    parser.add_argument(
        "--soak",
        type=positive,
        metavar="MINUTES",
        help="Ask all pages at four fifths of the load instead; see what grows.",
    )
    parser.add_argument(
        "--overload",
        type=positive,
        metavar="N",
        help="Let N clients ask for much at once instead; see how long who asks for little waits.",
    )
    parser.add_argument(
        "--loads",
        type=positive,
        metavar="ROUNDS",
        help="Generate --customers (20,000) and import --import instead, beside COPY of the same rows.",
    )
    parser.add_argument("--import", dest="delivery", type=delivery, metavar="SOURCE:DIR", help="For --loads.")
    parser.add_argument("--plans", action="store_true", help="Print the pages' statements and plans instead.")
    parser.add_argument("--orders", action="store_true", help="Measure every order of a list of customers instead.")
    parser.add_argument("--json", type=folder, metavar="FILE", help="Write the figures to FILE as well.")


def run(arguments: Namespace, settings: Settings) -> int:
    if arguments.live:
        return _live(settings, arguments.live)
    if arguments.clicks:
        return _clicks(settings, arguments.clicks)
    sizes = arguments.customers or (QUICK_SIZES if arguments.quick else SIZES)
    if arguments.soak:
        return _soak(settings, max(sizes), arguments.soak)
    if arguments.loads:
        return _loads(arguments, settings)
    if arguments.plans:
        return _plans(settings, max(sizes))
    if arguments.overload:
        return _overload(settings, max(sizes), arguments.overload)
    if arguments.orders:
        return _orders(settings, max(sizes))
    return _contest(arguments, settings, sizes)


def _contest(arguments: Namespace, settings: Settings, sizes: Sequence[int]) -> int:
    from bench.contest import Effort
    from bench.pages import PAGES
    from bench.run import measure

    pages = arguments.page or list(PAGES)
    if unknown := set(pages) - set(PAGES):
        raise Failure(f"there is no page {', '.join(sorted(unknown))}", mend=f"choose among {', '.join(PAGES)}")
    thorough = Effort((1, 16, 64), rounds=3, seconds=1.5, warm_up=1)
    effort = Effort((1, 16), rounds=3, seconds=0.4, warm_up=0.5) if arguments.quick else thorough
    is_first = True

    def told(one: "Measured") -> None:
        nonlocal is_first
        if is_first:
            print(f"\n{COLUMNS}")
        is_first = False
        print(_row(one), flush=True)

    found = measure(settings, sizes, [PAGES[name] for name in pages], effort, on_progress=told)
    if arguments.json:
        arguments.json.write_text(json.dumps([one.as_json() for one in found], indent=2) + "\n")
    print(EXPLAINED)
    return 0


def _live(settings: Settings, sockets: int) -> int:
    from bench import live

    with opened(settings) as settings:
        print(_of_sockets(live.measure(settings, sockets)))
    return 0


def _clicks(settings: Settings, clicks: int) -> int:
    from bench import clicks as measured

    with opened(settings) as settings:
        found = measured.measure(settings, clicks)
    print(f"{'milliseconds':<14}{'clicks':>8}" + "".join(f"{part:>10}{'p95':>8}" for part in PARTS))
    for one in found:
        values = "".join(f"{one.parts[part]['median']:>10.1f}{one.parts[part]['p95']:>8.1f}" for part in PARTS)
        print(f"{one.kind:<14}{one.clicks:>8}{values}")
    return 0


def _soak(settings: Settings, customers: int, minutes: int) -> int:
    from bench.soak import soak

    found = soak(settings, customers, minutes, on_progress=lambda one: print(_of_sample(one), flush=True))
    print(
        f"{found.answers:,} answers and no error, {found.asked_per_second:,.0f} a second asked for, "
        f"p99 {found.p99_ms:.1f} ms"
    )
    return 0


def _overload(settings: Settings, customers: int, crowd: int) -> int:
    from bench.overload import overload

    found = overload(settings, customers, crowd)
    for name, result in (("households alone", found.alone), ("beside", found.beside), ("the crowd", found.crowd)):
        print(
            f"{name:<17}{result.per_second:>8,.0f} answers/s, p99 {result.p99_ms:>8,.1f} ms, "
            f"{result.refused:,} times told to come back"
        )
    print(f"memory of the API: {found.mb_before:.0f} MB before, {found.mb_most:.0f} MB at most")
    return 0


def _loads(arguments: Namespace, settings: Settings) -> int:
    from bench.loads import measure

    customers = max(arguments.customers or (20_000,))
    measure(settings, customers, arguments.delivery, arguments.loads, on_progress=lambda one: print(_of_load(one)))
    return 0


def _of_load(one: "Loaded") -> str:
    return (
        f"{one.name}: {one.rows:,} rows in {one.seconds:.1f} s, {one.rows / one.seconds:,.0f} a second, "
        f"{one.share:.2f} of COPY, which takes {one.index_cost:.2f} of itself without indexes; "
        f"{one.mb:,} MB at most with PostgreSQL"
    )


def _plans(settings: Settings, customers: int) -> int:
    from bench.plans import told

    print(told(settings, customers))
    return 0


def _orders(settings: Settings, customers: int) -> int:
    from bench.orders import compared

    print(f"{'order':<27}{'reader':<22}{'ours ms':>9}{'to the best':>13}")
    for way in compared(settings, customers):
        print(f"{way.order:<22}{way.direction:<5}{way.role:<22}{way.milliseconds['ours']:>9.1f}{way.ratio:>13.2f}")
    return 0


def _of_sample(one: "Sample") -> str:
    return f"{one.seconds:>6.0f} s{one.mb:>8.1f} MB{one.connections:>5} connections{one.plans:>5} plans"


def _of_sockets(one: "Watched") -> str:
    return "\n".join(
        (
            f"{one.sockets:,} sockets, each with a subscription, in one API process:",
            f"  memory        {one.mb_with_sockets - one.mb_before:.0f} MB, {one.kb_per_socket:.1f} KB each"
            f" (before: {one.mb_before:.0f} MB)",
            f"  idle          {one.idle_cpu_percent:.2f} % of a processor",
            f"  for nobody    {one.us_per_event_for_nobody:.0f} µs an event that concerns none of them",
            f"  for one       {one.ms_until_told:.1f} ms from the commit to the answer",
            f"  for all       {one.seconds_for_all:.1f} s to answer each anew, "
            f"{one.cpu_ms_per_answer_for_all:.2f} ms of a processor each",
        )
    )


def _row(one: "Measured") -> str:
    return (
        f"{one.page:<14}{one.customers:>10,}{one.clients:>8}{one.per_second:>8,.0f}{one.p99_ms:>8.1f}"
        f"{_ratio(one.ratio_to_postgraphile):>16}{_ratio(one.p99_ratio_to_postgraphile):>8}"
        f"{_ratio(one.ratio_to_sql):>7}{_ratio(one.ratio_to_batched):>11}{_ratio(one.scoped_cost):>7}"
        f"{_ratio(one.own_cost):>6}{_ratio(one.growth_cost):>7}{one.statements:>11}{one.api_mb:>5.0f}"
    )


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
