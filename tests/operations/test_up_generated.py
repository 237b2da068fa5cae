"""`up` with a generated bank: what it says, what each role sees, two at once, and one that was killed half-way."""

import json
import signal
import subprocess
import sys
import time
import urllib.request
from argparse import ArgumentParser
from datetime import date
from typing import Any

import pytest

from api.commands import generate
from api.commands import up as command
from api.loading import Generated
from api.settings import ROOT, Settings
from domain.pipelines.ingestion.lock import LOADING
from tests.operations.conftest import SECONDS_TO_BE_READY, House, Up

SEEN = "{ customers { totalCount } accounts { totalCount } tickets { totalCount } tasks { totalCount } }"


def ketu(house: House, *words: str) -> str:
    """What a command prints, run beside the house."""
    command = [sys.executable, str(ROOT / "ketu"), *words, "--data", str(house.data)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def seen_by(house: House, user: str) -> dict[str, int | None]:
    """How many rows of each kind somebody sees, None where they never see any."""
    request = urllib.request.Request(
        f"{house.address}/graphql",
        json.dumps({"query": SEEN}).encode(),
        {
            "Authorization": f"Bearer {ketu(house, 'token', '--user', user).strip()}",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request) as answer:
        data: dict[str, Any] = json.load(answer)["data"]
    return {name: found and int(found["totalCount"]) for name, found in data.items()}


def wait_until_said(house: House, words: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_BE_READY
    while words not in house.said:
        assert house.process.poll() is None, house.said
        assert time.monotonic() < deadline, house.said
        time.sleep(0.01)


def customers(house: House) -> int:
    return house.sql("SELECT count(*) FROM ketu.customer")[0][0]


def test_each_role_signs_in_and_sees_what_is_theirs(up: Up):
    house = up("--customers", "4000", "--seed", "5", "--as-of", "2026-10-31")
    house.wait_until_ready()
    assert "✓ Bank: 客图银行, 4,000 customers" in house.said

    users = json.loads(ketu(house, "users", "--json"))
    by_role = {role: user["user"] for user in users for role in user["roles"]}
    assert all(f"    {role} " in house.said for role in by_role)
    seen = {role: seen_by(house, user) for role, user in by_role.items()}

    everything = seen["auditor"]
    assert everything["customers"] == 4_000
    for role in ("relationship_manager", "branch_manager", "regional_manager"):
        assert all(0 < (seen[role][kind] or 0) < (everything[kind] or 0) for kind in everything), role
    # More the further up: a portfolio, an outlet, a region.
    for kind in everything:
        steps = [seen[role][kind] or 0 for role in ("relationship_manager", "branch_manager", "regional_manager")]
        assert steps == sorted(steps)
    assert seen["teller"]["customers"]
    assert seen["teller"]["tickets"]
    assert seen["service_agent"]["tickets"] == everything["tickets"]
    assert seen["head_office_analyst"]["customers"] == 4_000
    assert seen["data_steward"]["tasks"]
    assert seen["administrator"]["customers"] is None
    # What was there stays there.
    assert house.stop() == 0
    again = up("--customers", "5000")
    again.wait_until_ready()
    assert "客图银行, loaded before" in again.said
    assert customers(again) == 4_000


def test_of_two_at_once_the_second_says_that_the_first_is_at_work(up: Up):
    first = up("--customers", "6000")
    wait_until_said(first, "generating 6,000 customers")
    while not first.sql(f"SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = {LOADING} AND granted"):
        time.sleep(0.05)
    second = up("--customers", "500")
    for house in (first, second):
        house.wait_until_ready()

    assert "another load is at work on this database; waiting until it ends" in second.said
    assert "客图银行, loaded before" in second.said
    assert customers(second) == 6_000


def test_after_one_that_was_killed_half_way_the_next_begins_anew(up: Up):
    killed = up("--customers", "6000")
    wait_until_said(killed, "generating 6,000 customers")
    time.sleep(2)
    killed.process.send_signal(signal.SIGKILL)
    killed.process.wait()

    again = up("--customers", "500")
    again.wait_until_ready()

    assert "✓ Bank: 客图银行, 500 customers" in again.said
    assert customers(again) == 500


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], Generated(generate.CUSTOMERS, generate.SEED, date(2026, 11, 26))),
        (["--customers", "77", "--seed", "0"], Generated(77, 0, date(2026, 11, 26))),
        (["--as-of", "2026-06-30"], Generated(generate.CUSTOMERS, generate.SEED, generate.day("2026-06-30"))),
    ],
)
def test_without_another_word_the_bank_is_a_generated_one(
    words: list[str], wanted: Generated, monkeypatch: pytest.MonkeyPatch
):
    parser = ArgumentParser()
    command.configure(parser)
    made: list[Generated] = []
    monkeypatch.setattr(generate, "yesterday", lambda: date(2026, 11, 26))
    monkeypatch.setattr(command, "generate_into_empty", lambda _, asked: made.append(asked))
    command.load_bank(parser.parse_args(words), Settings())
    assert made == [wanted]


def test_a_seed_belongs_to_a_generated_bank(up: Up):
    house = up("--sample", "--seed", "3")
    assert house.wait_until_ended() == 1
    assert "--seed and --as-of are of generated banks" in house.said
    assert not house.data.exists()
