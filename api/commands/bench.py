"""`./ketu bench`: our answers beside the same pages written by hand in SQL."""

import asyncio
import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from api.command import Group
from api.commands.users import sign_ins
from api.database import opened
from api.settings import Settings, add_flags, folder, positive

if TYPE_CHECKING:
    from bench.live import Watched
    from bench.run import Measured

NAME = "bench"
GROUP = Group.WORK
HELP = "Measure two pages beside the same pages hand-written in SQL, on the loaded sample bank."
EXAMPLE = "./ketu bench --quick"

COLUMNS = (
    f"{'page':<14}{'reader':<21}{'clients':>7}{'ours/s':>8}{'by hand/s':>10}{'no log/s':>9}"
    f"{'ratio':>7}{'to no log':>10}{'p99 ms':>8}{'p99 ratio':>10}"
)


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    parser.add_argument("--quick", action="store_true", help="About two minutes, not nine: fewer, shorter rounds.")
    parser.add_argument("--live", type=positive, metavar="N", help="Measure N sockets that watch instead.")
    parser.add_argument("--json", type=folder, metavar="FILE", help="Write the figures to FILE as well.")


def run(arguments: Namespace, settings: Settings) -> int:
    from bench import live
    from bench.run import Effort, measure, readers

    quick, thorough = Effort((1, 16), rounds=3, seconds=0.5), Effort((1, 16, 64), rounds=5, seconds=2)
    effort = quick if arguments.quick else thorough
    with opened(settings) as settings:
        asyncio.run(sign_ins(str(settings.database_url)))  # Refuses a bank that is no sample.
        if arguments.live:
            print(_of_sockets(live.measure(settings, arguments.live)))
            return 0
        asking = asyncio.run(readers(str(settings.database_url)))
        print(f"\n{COLUMNS}", flush=True)
        found = measure(settings, asking, effort, on_progress=lambda one: print(_row(one), flush=True))
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(one) for one in found], indent=2) + "\n")
    print("\nby hand: keeps the access log as we do; no log: by hand without it. ratio, p99 ratio: ours to by hand")
    print("(1 = as fast); to no log: ours to that. Medians of rounds in turns.")
    return 0


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
        f"{one.page:<14}{one.role:<21}{one.clients:>7}"
        f"{one.per_second['ours']:>8.0f}{one.per_second['logged']:>10.0f}{one.per_second['bare']:>9.0f}"
        f"{one.ratio_to_logged:>7.2f}{one.ratio_to_bare:>10.2f}{one.p99_ms['ours']:>8.1f}{one.p99_ratio_to_logged:>10.2f}"
    )
