"""One API process by itself."""

import signal
import subprocess
import sys
from pathlib import Path

from api import scratch
from api.postgres import Server
from api.settings import ROOT


def serve(*words: str, log: Path) -> subprocess.Popen[str]:
    with log.open("w") as output:
        command = [sys.executable, str(ROOT / "ketu"), "serve", "--port", "0", *words]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=output, text=True)


def test_a_database_without_tables_is_refused_in_words(postgres_server: Server, tmp_path: Path) -> None:
    with scratch.database(postgres_server) as url:
        with serve("--database-url", url, log=tmp_path / "log") as process:
            assert process.wait(60) == 1
        assert "the database has no tables of Ketu" in (tmp_path / "log").read_text()


def test_it_serves_a_migrated_database_until_it_is_asked_to_end(database_url: str, tmp_path: Path) -> None:
    with serve("--database-url", database_url, log=tmp_path / "log") as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Listening on 127.0.0.1, port ")

        process.send_signal(signal.SIGTERM)

        assert process.wait(60) in (0, 130)
    assert "Traceback" not in (tmp_path / "log").read_text()
