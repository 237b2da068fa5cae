"""A browser, and the product as `./ketu up --sample` starts it. The journeys: frontend/browser."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from api import node
from api.failure import Failure
from api.frontend import FRONTEND
from api.progress import Step
from api.sample_password import sample_password
from api.settings import ROOT, Settings

BROWSER = FRONTEND / "browser"
KETU = [sys.executable, "-P", "-m", "api"]


@dataclass
class House:
    """A running product with its sample bank.

    address      where it answers, without a slash at the end
    environment  of its commands
    """

    address: str
    environment: dict[str, str]

    def ketu(self, *words: str) -> str:
        """What a command prints."""
        done = subprocess.run(
            [*KETU, *words], cwd=ROOT, env=self.environment, capture_output=True, encoding="utf-8", check=True
        )
        return done.stdout

    @cached_property
    def readers(self) -> list[dict[str, Any]]:
        """Who may sign in: `user` and `roles` of each."""
        return json.loads(self.ketu("users", "--json"))

    def holder_of(self, role: str) -> str:
        """Somebody who signs in with this role."""
        return next(reader["user"] for reader in self.readers if role in reader["roles"])

    def token_of(self, role: str) -> str:
        """An access token of theirs."""
        return self.ketu("token", "--user", self.holder_of(role)).strip()

    @property
    def password(self) -> str:
        """The one that everybody in the sample signs in with."""
        password = sample_password(Settings.read(self.environment))
        assert password
        return password


@pytest.fixture(scope="session")
def chromium() -> None:
    """A browser that starts; without one the test is skipped."""
    try:
        node.install(BROWSER, Step("browser"))
    except Failure as failure:
        pytest.skip(f"no browser: {failure}")
    tried = node.run(BROWSER, "chromium.js")
    if tried.returncode != 0:
        pytest.skip(f"no browser: {node.last_lines(tried)}")


@pytest.fixture
def house(fresh_database_url: str, tmp_path: Path) -> Iterator[House]:
    """The product on a database of its own."""
    settings = {"DATABASE_URL": fresh_database_url, "KETU_DATA": str(tmp_path / "data")}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    # Into a file: a pipe that nobody reads is full after some hundred requests, and the next one would wait for ever.
    output = tmp_path / "up.log"
    with output.open("w") as log:
        up = subprocess.Popen([*KETU, "up", "--sample", "--port", "0"], cwd=ROOT, env=environment, stdout=log)
    try:
        while not (address := re.search(r"(http://\S+)/graphql", output.read_text(encoding="utf-8"))):
            assert up.poll() is None, f"./ketu up ended:\n{output.read_text(encoding='utf-8')}"
            time.sleep(0.2)
        yield House(address[1], environment)
    finally:
        up.terminate()
        up.wait(timeout=60)


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    """An empty folder for them."""
    folder = tmp_path / "screenshots"
    folder.mkdir()
    return folder
