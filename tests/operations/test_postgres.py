"""The supervisor of the embedded PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from api import postgres, postgres_home
from api.failure import Failure
from api.scratch import execute


def test_the_last_holder_stops_the_server(data: Path) -> None:
    with postgres.held(data) as first:
        with postgres.held(data) as second:
            assert (first.was_running, second.was_running) == (False, True)
            assert first.pid == second.pid
        assert first.is_alive()
    assert not first.is_alive()


def test_committed_rows_survive_a_kill_and_the_next_start_does_not_wait_for_a_person(data: Path) -> None:
    with postgres.held(data) as killed:
        execute(killed.url(), "CREATE TABLE kept AS SELECT 'committed' AS word")
        psutil.Process(killed.pid).kill()
        with postgres.held(data) as server:
            assert server.pid != killed.pid
            assert execute(server.url(), "SELECT word FROM kept")[0]["word"] == "committed"


def test_a_lock_file_that_names_another_program_is_no_obstacle(data: Path) -> None:
    with postgres.held(data) as server:
        written = (data / "postgres" / "postmaster.pid").read_text().splitlines()
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (data / "postgres" / name).write_text("\n".join([str(os.getpid()), *written[1:]]) + "\n")

    with postgres.held(data) as server:
        assert server.pid != os.getpid()
        assert not server.was_running


def test_a_start_that_is_cut_off_leaves_no_half_made_data(data: Path) -> None:
    words = f"from pathlib import Path; from api import postgres; postgres.held(Path({str(data)!r})).__enter__()"
    process = subprocess.Popen([sys.executable, "-c", words])
    while not [*data.glob("cluster-*/*")]:
        assert process.poll() is None
    for cut_off in (*psutil.Process(process.pid).children(recursive=True), process):
        cut_off.kill()
    process.wait()
    assert not (data / "postgres").exists()

    with postgres.held(data) as server:
        assert execute(server.url(), "SELECT 1 AS one")[0]["one"] == 1


def test_a_folder_too_deep_for_a_socket_is_no_obstacle(data: Path) -> None:
    with postgres.held(data / ("deep" * 30)) as server:
        assert len(server.socket_folder) < 100
        assert execute(server.url(), "SELECT 1 AS one")[0]["one"] == 1
    assert not Path(server.socket_folder).exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down to another account")
def test_data_below_a_folder_of_roots_own_lie_where_the_account_can_go(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_home, "OPEN_PLACE", data.parent / "open")
    tmp_path.chmod(0o700)

    with postgres.held(tmp_path / "data") as server:
        assert execute(server.url(), "SELECT 1 AS one")[0]["one"] == 1
        place = tmp_path / "data" / "postgres"
        assert place.is_symlink()
        assert place.resolve().parent == data.parent / "open"
        assert psutil.Process(server.pid).uids().real != 0

    with postgres.held(tmp_path / "data") as server:
        assert execute(server.url(), "SELECT 1 AS one")[0]["one"] == 1


def test_data_that_are_gone_are_not_silently_made_anew(data: Path) -> None:
    data.mkdir()
    (data / "postgres").symlink_to("/nowhere/cluster")

    with pytest.raises(Failure, match="are gone"), postgres.held(data):
        pass


def test_the_server_listens_to_nobody_but_its_owner(data: Path) -> None:
    with postgres.held(data) as server:
        connections = psutil.Process(server.pid).net_connections("inet")
        assert connections == []
        assert Path(server.socket_folder).stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give data to root")
def test_data_that_root_copied_are_told_from_ours(data: Path) -> None:
    with postgres.held(data):
        pass
    os.chown(data / "postgres", 0, 0)

    with pytest.raises(Failure, match="belong to root"), postgres.held(data):
        pass


def test_a_server_that_does_not_start_says_why(data: Path) -> None:
    with postgres.held(data):
        pass

    with (
        pytest.raises(Failure, match="invalid value for parameter"),
        postgres.held(data, options=["max_connections=few"]),
    ):
        pass
