"""The file that entries of the access log wait in."""

import fcntl
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from domain.audit.journal import ENDING, Journal


def test_what_is_appended_is_read_in_whole_lines(tmp_path: Path):
    journal = Journal.begun(tmp_path)
    for number in range(10):
        journal.append(b"line %d" % number)
    assert journal.lines(20) == b"line 0\nline 1\n"
    journal.carried = 14
    assert journal.lines(7) == b"line 2\n"
    assert journal.lines(1_000) == b"".join(b"line %d\n" % number for number in range(2, 10))
    journal.carried = journal.written
    assert journal.lines(1_000) == b""
    journal.close()


def test_a_line_longer_than_what_is_read_at_once_is_read_whole(tmp_path: Path):
    journal = Journal.begun(tmp_path)
    journal.append(b"x" * 1_000)
    journal.append(b"y" * 1_000)
    assert journal.lines(10) == b"x" * 1_000 + b"\n"
    journal.close()


def test_only_its_owner_may_read_it(tmp_path: Path):
    journal = Journal.begun(tmp_path / "journals")
    (path,) = (tmp_path / "journals").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    journal.remove()
    assert not path.exists()
    journal.close()


def test_a_journal_in_use_is_not_taken_for_one_left_behind(tmp_path: Path):
    journal = Journal.begun(tmp_path)
    assert list(Journal.left_behind(tmp_path)) == []
    journal.close()
    (left,) = Journal.left_behind(tmp_path)
    assert left.id == journal.id
    assert list(Journal.left_behind(tmp_path)) == [], "it is held now"
    left.close()


def test_a_journal_of_a_killed_process_is_left_behind_with_all_it_appended(tmp_path: Path):
    program = (
        "import os, signal, sys; from pathlib import Path; from domain.audit.journal import Journal\n"
        "journal = Journal.begun(Path(sys.argv[1]))\n"
        "for number in range(1000): journal.append(b'line')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", program, tmp_path], check=False)
    assert ended.returncode == -9
    (left,) = Journal.left_behind(tmp_path)
    assert left.lines(1_000_000) == b"line\n" * 1_000
    left.close()


def test_one_that_another_process_removed_meanwhile_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    Journal.begun(tmp_path).close()
    (path,) = tmp_path.iterdir()
    lock = fcntl.flock

    def removed_first(file: int, how: int) -> None:
        path.unlink()
        lock(file, how)

    monkeypatch.setattr(fcntl, "flock", removed_first)
    assert list(Journal.left_behind(tmp_path)) == []


def test_a_line_that_does_not_fit_is_not_there_at_all(tmp_path: Path):
    journal = Journal.begun(tmp_path)
    journal.append(b"before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (journal.written + 10, hard))
    try:
        with pytest.raises(OSError, match="is the disk full"):
            journal.append(b"x" * 1_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    journal.append(b"after")
    assert journal.lines(1_000) == b"before\nafter\n"
    journal.close()


def test_a_last_line_that_was_cut_off_is_left_out(tmp_path: Path):
    (tmp_path / f"{'0' * 32}{ENDING}").write_bytes(b"whole\ncut o")
    (left,) = Journal.left_behind(tmp_path)
    assert left.lines(1_000) == b"whole\n"
    left.carried = 6
    assert left.lines(1_000) == b""
    left.close()
    assert os.listdir(tmp_path)
