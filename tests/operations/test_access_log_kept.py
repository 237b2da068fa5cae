"""What has left is in the access log, whatever is killed."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import pytest
from test_accounts import ketu

from tests.operations.conftest import House, Up

LOOK = 'query Look {{ customer(id: "cus_{number}") {{ displayName }} }}'
CLIENTS = 6
FEWEST = 100
"""Answers, below which a test says little: the kill waits for them."""
SECONDS_FOR_THEM = 120.0


@dataclass
class Clients:
    """They ask without pause, each time for another purpose, until nobody answers any more."""

    address: str
    token: str
    answered: list[str] = field(default_factory=list)
    """The purposes of what was answered."""
    refused: list[str] = field(default_factory=list)
    """Status and body of what a client left for."""

    def ask(self, client: int) -> None:
        """Look at one customer after the other."""
        headers = {"authorization": f"Bearer {self.token}"}
        with httpx.Client(base_url=self.address, headers=headers, timeout=20, trust_env=False) as http:
            for number in range(100_000):
                purpose = f"{client}/{number}"
                body = {"query": LOOK.format(number=number % 40 + 1)}
                try:
                    answer = http.post("/graphql", json=body, headers={"x-purpose": purpose})
                except httpx.TransportError:
                    return
                # Once PostgreSQL is gone the API says so, and shows nobody.
                if answer.status_code == 200 and (answer.json().get("data") or {}).get("customer"):
                    self.answered.append(purpose)
                elif answer.status_code != 200:
                    self.refused.append(f"{answer.status_code} {answer.text}")
                    return

    def wait_for(self, answers: int) -> None:
        """Come back once so many were answered."""
        begun = time.monotonic()
        while len(self.answered) < answers:
            assert time.monotonic() - begun < SECONDS_FOR_THEM, (len(self.answered), self.refused)
            time.sleep(0.01)


@contextmanager
def asking(house: House) -> Iterator[Clients]:
    """Clients at work; all have stopped at the end."""
    clients = Clients(house.address, ketu(house.data, "token", "--user", "analyst").strip())
    threads = [threading.Thread(target=clients.ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    yield clients
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


@pytest.mark.usefixtures("up_before")
@pytest.mark.parametrize("killed", [("api",), ("postmaster",), ("postmaster", "api")])
def test_nothing_that_was_answered_is_missing_after_a_kill(up: Up, killed: tuple[str, ...]) -> None:
    house = up()
    house.wait_until_ready()
    with asking(house) as clients:
        clients.wait_for(FEWEST)
        for process in [getattr(house, name) for name in killed]:
            process.kill()
    house.wait_until_ended()
    again = up()
    again.wait_until_ready()
    kept = {row["purpose"] for row in again.sql("SELECT purpose FROM audit.event WHERE kind = 'ACCESS'")}
    assert set(clients.answered) - kept == set()
    assert "all as they were written" in ketu(again.data, "audit", "verify")
