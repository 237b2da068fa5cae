"""Starting, stopping and killing: the next `up` works, and no committed row is gone."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from api import scratch
from api.postgres import Server
from api.settings import ROOT
from tests.operations.conftest import SECONDS_TO_END, House, Up

KEEP_A_ROW = ("CREATE TABLE public.kept (word text)", "INSERT INTO public.kept VALUES ('committed')")


def kept_words(house: House) -> list[str]:
    return [row["word"] for row in house.sql("SELECT word FROM public.kept")]


def gone(process: psutil.Process) -> bool:
    """Whether the process ends soon; one whose parent was killed may stay as a zombie."""
    deadline = time.monotonic() + SECONDS_TO_END
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
            return answer.status == 200
    except urllib.error.URLError:
        return False


def test_ctrl_c_stops_everything_and_a_second_up_begins_where_it_ended(up: Up) -> None:
    first = up()
    first.wait_until_ready()
    assert answers(first.address)
    processes = [first.api, first.postmaster]
    first.sql(*KEEP_A_ROW)

    assert first.stop() == 0
    assert all(gone(process) for process in processes)
    assert not answers(first.address)

    second = up()
    second.wait_until_ready()
    assert "loaded before" in second.said
    assert "Explorer page: as built before" in second.said
    assert kept_words(second) == ["committed"]
    assert second.stop() == 0


@pytest.mark.usefixtures("up_before")
@pytest.mark.parametrize("web", ["yes", "no"])
def test_it_says_where_one_signs_in_and_with_what(
    up: Up, data: Path, monkeypatch: pytest.MonkeyPatch, web: str
) -> None:
    monkeypatch.setenv("KETU_WEB", web)
    house = up()
    house.wait_until_ready()
    password = (data / "sample.password").read_text()
    addresses, signing_in = house.said.split("\n\n")[1:3]

    shown = [["Web", "/"]] if web == "yes" else []
    shown += [["GraphQL", "/graphql"], ["Explorer", "/explorer"]]
    assert [line.split() for line in addresses.splitlines()] == [[name, house.address + path] for name, path in shown]
    how = "on the web page" if web == "yes" else "by POST /auth/sign-in"
    assert signing_in.startswith(f"  Sign in    {how} with a name below and the password {password}\n")


@pytest.mark.usefixtures("up_before")
def test_sigterm_stops_everything_as_ctrl_c_does(up: Up) -> None:
    house = up()
    house.wait_until_ready()
    processes = [house.api, house.postmaster]

    house.process.terminate()

    assert house.wait_until_ended() == 0
    assert all(gone(process) for process in processes)


@pytest.mark.usefixtures("up_before")
@pytest.mark.parametrize(
    ("killed", "left", "said"),
    [("api", "postmaster", "the API ended (signal SIGKILL)"), ("postmaster", "api", "PostgreSQL ended")],
)
def test_a_killed_process_ends_the_house_which_says_so_and_starts_again(
    up: Up, killed: str, left: str, said: str
) -> None:
    house = up()
    house.wait_until_ready()
    house.sql(*KEEP_A_ROW)
    other: psutil.Process = getattr(house, left)

    getattr(house, killed).kill()

    assert house.wait_until_ended() == 1
    assert said in house.said
    assert gone(other)
    again = up()
    again.wait_until_ready()
    assert kept_words(again) == ["committed"]


@pytest.mark.usefixtures("up_before")
def test_after_a_killed_up_the_next_one_takes_over(up: Up) -> None:
    house = up()
    house.wait_until_ready()
    house.sql(*KEEP_A_ROW)
    api, postmaster = house.api, house.postmaster
    port = int(house.address.rpartition(":")[2])

    house.process.kill()
    again = up(port=port)
    again.wait_until_ready()

    assert gone(api)
    assert "PostgreSQL: already running" in again.said
    assert again.postmaster.pid == postmaster.pid
    assert kept_words(again) == ["committed"]
    assert again.stop() == 0
    assert gone(postmaster)


@pytest.mark.usefixtures("up_before")
def test_everything_killed_at_once_starts_again(up: Up) -> None:
    house = up()
    house.wait_until_ready()
    house.sql(*KEEP_A_ROW)

    for process in (psutil.Process(house.process.pid), house.api, house.postmaster):
        process.kill()

    again = up()
    again.wait_until_ready()
    assert kept_words(again) == ["committed"]


@pytest.mark.usefixtures("up_before")
def test_several_api_processes_answer_on_one_port(up: Up) -> None:
    house = up("--workers", "2")
    house.wait_until_ready()

    assert len(psutil.Process(house.process.pid).children()) == 2
    assert answers(house.address)
    assert house.stop() == 0


@pytest.mark.usefixtures("up_before")
def test_another_command_uses_the_running_server_and_leaves_it_running(up: Up, data: Path) -> None:
    house = up()
    house.wait_until_ready()

    listed = subprocess.run(
        [sys.executable, str(ROOT / "ketu"), "users", "--json", "--data", str(data)], capture_output=True, text=True
    )

    assert listed.returncode == 0, listed.stderr
    assert "PostgreSQL: already running" in listed.stderr
    assert json.loads(listed.stdout)
    assert answers(house.address)


@pytest.mark.usefixtures("up_before")
def test_the_server_outlives_the_first_of_two_houses_on_the_same_data(up: Up) -> None:
    first, second = up(), up()
    for house in (first, second):
        house.wait_until_ready()
    postmaster = first.postmaster

    assert first.stop() == 0
    assert answers(second.address)
    assert second.stop() == 0
    assert gone(postmaster)


def test_a_busy_port_is_said_before_anything_else_is_done(up: Up, data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        house = up(port=port)

        assert house.wait_until_ended() == 1
    assert f"cannot listen on 127.0.0.1, port {port}: another program listens there" in house.said
    assert "--port" in house.said
    assert not data.exists()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://ketu:hunter2@127.0.0.1:9/ketu", "PostgreSQL at 127.0.0.1, database ketu cannot be reached"),
        ("postgresql://ketu:hunter2@nowhere.invalid/ketu", "PostgreSQL at nowhere.invalid, database ketu cannot be"),
    ],
)
def test_a_database_that_cannot_be_reached_is_named_without_its_password(up: Up, url: str, expected: str) -> None:
    house = up("--database-url", url)

    assert house.wait_until_ended() == 1
    assert expected in house.said
    assert "DATABASE_URL" in house.said
    assert "hunter2" not in house.said


def test_a_database_that_does_not_exist_is_named(up: Up, postgres_server: Server) -> None:
    house = up("--database-url", postgres_server.url("missing"))

    assert house.wait_until_ended() == 1
    assert 'refuses: database "missing" does not exist' in house.said


def test_a_database_of_somebody_elses_server_is_used_and_left_running(up: Up, postgres_server: Server) -> None:
    with scratch.database(postgres_server) as url:
        house = up("--database-url", url)
        house.wait_until_ready()
        assert answers(house.address)
        assert not (house.data / "postgres").exists()
        assert house.stop() == 0
    assert postgres_server.is_alive()


def test_a_database_of_a_newer_version_is_left_alone(up: Up, postgres_server: Server, migrated_template: str) -> None:
    with scratch.database(postgres_server, template=migrated_template) as url:
        scratch.execute(url, "UPDATE alembic_version SET version_num = 'of the future'")
        house = up("--database-url", url)

        assert house.wait_until_ended() == 1
    assert "the migrations cannot be run" in house.said
    assert "use the version of Ketu that made this database" in house.said


def test_ctrl_c_while_it_starts_leaves_nothing_running(up: Up, data: Path) -> None:
    house = up()
    while "PostgreSQL: started" not in house.said:
        time.sleep(0.01)

    house.process.send_signal(signal.SIGINT)

    assert house.wait_until_ended() == 130
    assert not (data / "postgres" / "postmaster.pid").exists()
    again = up()
    again.wait_until_ready()
