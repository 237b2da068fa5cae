"""When the environment is made, renewed, kept or repaired."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.failure import Failure
from api.launcher import uv
from api.launcher.environment import DEVELOPMENT, RUN, UNFINISHED, ensure

# Stands in for uv: makes a folder that looks like an environment, and keeps what it was asked.
UV = """#!/bin/sh
echo "$*" >> "$(dirname "$0")/asked"
case "$*" in
  venv*) for folder; do :; done; mkdir -p "$folder/bin"; : > "$folder/bin/python" ;;
  *refused*) echo "no such package" >&2; exit 2 ;;
esac
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with two locks and no environment."""
    (tmp_path / RUN).write_text("a==1\n")
    (tmp_path / DEVELOPMENT).write_text("a==1\nb==1\n")
    program = tmp_path / "uv"
    program.write_text(UV)
    program.chmod(0o755)
    monkeypatch.setattr(uv, "command", lambda _root, _index: [str(program)])
    return tmp_path


def asked(root: Path) -> list[str]:
    """What uv was asked since the last look: `venv` or the lock it was to install."""
    file = root / "asked"
    lines = file.read_text().splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return [line.split()[0] if line.startswith("venv") else Path(line.split()[-1]).name for line in lines]


def test_the_first_run_makes_and_fills_it_and_the_second_does_nothing(root: Path) -> None:
    assert ensure(root, development=False) == root / ".venv/bin/python"
    assert asked(root) == ["venv", RUN]

    ensure(root, development=False)
    assert asked(root) == []


def test_a_changed_lock_is_installed_over_the_old_one(root: Path) -> None:
    ensure(root, development=False)
    (root / RUN).write_text("a==2\n")
    asked(root)

    ensure(root, development=False)

    assert asked(root) == [RUN]


def test_development_packages_once_there_stay(root: Path) -> None:
    ensure(root, development=False)
    ensure(root, development=True)
    assert asked(root) == ["venv", RUN, DEVELOPMENT]

    ensure(root, development=False)
    assert asked(root) == []

    (root / DEVELOPMENT).write_text("a==1\nb==2\n")
    ensure(root, development=False)
    assert asked(root) == [DEVELOPMENT]


def test_an_installation_that_was_cut_off_is_made_anew(root: Path) -> None:
    ensure(root, development=False)
    (root / ".venv/ketu-installed").write_text(UNFINISHED)
    (root / ".venv/half-written.py").touch()
    asked(root)

    ensure(root, development=False)

    assert asked(root) == ["venv", RUN]
    assert not (root / ".venv/half-written.py").exists()


def test_an_interpreter_that_went_away_is_replaced(root: Path) -> None:
    ensure(root, development=False)
    python = root / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    asked(root)

    ensure(root, development=False)

    assert asked(root) == ["venv", RUN]


def test_a_failed_installation_says_what_uv_said_and_is_made_anew_next_time(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "uv").write_text(UV.replace("*refused*", "*sync*"))
    with pytest.raises(Failure, match="no such package"):
        ensure(root, development=False)
    assert "✗ Installing packages" in capsys.readouterr().err
    assert asked(root) == ["venv", RUN]

    (root / "uv").write_text(UV)
    ensure(root, development=False)
    assert asked(root) == ["venv", RUN]


def test_a_second_launcher_waits_for_the_first_and_finds_its_work_done(root: Path) -> None:
    (root / "uv").write_text(UV.replace("case", "sleep 0.3; case"))

    with ThreadPoolExecutor() as launchers:
        made = [launchers.submit(ensure, root, development=False) for _ in range(2)]
        pythons = {launcher.result() for launcher in made}

    assert pythons == {root / ".venv/bin/python"}
    assert asked(root) == ["venv", RUN]


def test_an_installer_whose_launcher_was_killed_is_waited_for(root: Path) -> None:
    (root / "uv").write_text(UV.replace("case", "sleep 1; case"))
    words = f"""
from pathlib import Path
from api.launcher import environment, uv
root = Path({str(root)!r})
uv.command = lambda root, index: [str(root / "uv")]
environment.ensure(root, development=False)
"""
    killed = subprocess.Popen([sys.executable, "-c", words], stderr=subprocess.DEVNULL)
    while not (root / "asked").exists():
        time.sleep(0.01)
    killed.kill()
    killed.wait()

    begun = time.monotonic()
    ensure(root, development=False)

    assert time.monotonic() - begun > 0.9
