"""The explorer in a real Chromium, on the product as `./ketu up --sample` starts it. The journeys: frontend/browser."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api import node
from api.failure import Failure
from api.frontend import FRONTEND
from api.progress import Step
from api.settings import ROOT

BROWSER = FRONTEND / "browser"
KETU = [sys.executable, "-P", "-m", "api"]


@pytest.fixture(scope="module")
def chromium() -> None:
    """A browser that starts; without one the module is skipped."""
    try:
        node.install(BROWSER, Step("browser"))
    except Failure as failure:
        pytest.skip(f"no browser: {failure}")
    tried = node.run(BROWSER, "chromium.js")
    if tried.returncode != 0:
        pytest.skip(f"no browser: {node.last_lines(tried)}")


@pytest.fixture
def house(fresh_database_url: str, tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a running product with its sample bank, and the environment of its commands."""
    settings = {"DATABASE_URL": fresh_database_url, "KETU_DATA": str(tmp_path / "data")}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    up = subprocess.Popen(
        [*KETU, "up", "--sample", "--port", "0"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    )
    try:
        assert up.stdout
        said = ""
        while not (address := re.search(r"(http://\S+)/explorer", said)):
            line = up.stdout.readline()
            assert line, f"./ketu up ended:\n{said}"
            said += line
        yield address[1], environment
    finally:
        up.terminate()
        up.communicate(timeout=60)


def ketu(environment: dict[str, str], *words: str) -> str:
    """What a command prints."""
    done = subprocess.run([*KETU, *words], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def holder_of(role: str, readers: list[dict[str, Any]]) -> str:
    """Somebody who signs in with this role."""
    return next(reader["user"] for reader in readers if role in reader["roles"])


@pytest.mark.usefixtures("chromium")
def test_every_journey_through_the_explorer(house: tuple[str, dict[str, str]], tmp_path: Path):
    screenshots = tmp_path / "screenshots"
    screenshots.mkdir()
    address, environment = house
    readers = json.loads(ketu(environment, "users", "--json"))
    tokens = {
        variable: ketu(environment, "token", "--user", holder_of(role, readers)).strip()
        for variable, role in (("KETU_TOKEN", "regional_manager"), ("ADMINISTRATOR_TOKEN", "administrator"))
    }

    journeys = node.run(BROWSER, "--test", "explorer.test.js", KETU_URL=address, SCREENSHOTS=str(screenshots), **tokens)

    assert journeys.returncode == 0, journeys.stdout + journeys.stderr
    assert len(list(screenshots.glob("*.png"))) >= 10
