"""Locks that lag behind pyproject.toml are noticed."""

from pathlib import Path

from api.commands.lock import unmet

PROJECT = """
[project]
dependencies = ["alembic>=1.20,<2", "sqlalchemy[asyncio]>=2.1"]
[dependency-groups]
dev = ["ruff>=1"]
"""
RUN = "alembic==1.20.1 \\\n    --hash=sha256:00\nsqlalchemy==2.1.9 ; python_version > '3' \\\n    --hash=sha256:00\n"


def write(root: Path, *, run: str, development: str) -> None:
    (root / "pyproject.toml").write_text(PROJECT)
    (root / "requirements.lock").write_text(run)
    (root / "requirements-dev.lock").write_text(development)


def test_locks_that_meet_everything(tmp_path: Path) -> None:
    write(tmp_path, run=RUN, development=RUN + "ruff==1.0\n")

    assert unmet(tmp_path) == []


def test_a_version_out_of_range_and_a_missing_package_are_told_per_lock(tmp_path: Path) -> None:
    write(tmp_path, run=RUN.replace("2.1.9", "2.0.1"), development=RUN)

    assert unmet(tmp_path) == [
        "requirements.lock: sqlalchemy[asyncio]>=2.1 is wanted, 2.0.1 is locked",
        "requirements-dev.lock: ruff>=1 is wanted, nothing is locked",
    ]
