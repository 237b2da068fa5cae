"""Whose turn it is, in front of connections that are not there: a turn is only a number."""

import asyncio
import re

import pytest

from domain.shared import turns as waiting
from domain.shared.turns import HOUSE, LIGHT_ONES_AHEAD, Guest, Overloaded, Turns

pytestmark = pytest.mark.anyio


class Tick:
    """Seconds."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Hall:
    """Guests in front of so many connections, and in which order their turns came."""

    def __init__(self, connections: int = 1, *, places: int = 10) -> None:
        self.tick = Tick()
        self.turns = Turns(connections, places=places, clock=self.tick)
        self.came: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def ask(self, name: str, guest: Guest | None = None) -> None:
        """One more, as far as it comes by itself. Raises Overloaded where it does not even wait."""
        self.tasks[name] = asyncio.create_task(self._served(name, guest or a_guest(name)))
        await rest()
        if self.tasks[name].done():
            self.tasks[name].result()

    async def _served(self, name: str, guest: Guest) -> None:
        if not self.turns.is_taken_by(guest):
            await self.turns.come(guest)
        self.came.append(name)

    async def give_back(self, name: str) -> None:
        """What `ask` let in under that name goes."""
        self.turns.give_back(a_guest(name))
        await rest()

    async def refused(self, name: str, guest: Guest | None = None) -> tuple[str, int]:
        """The message and the seconds for one that does not come in."""
        with pytest.raises(Overloaded) as caught:
            await self.ask(name, guest)
        return str(caught.value), caught.value.seconds


def a_guest(name: str) -> Guest:
    """Heavy ones have names in capitals."""
    return Guest(is_heavy=name.isupper())


async def rest() -> None:
    """Let everybody come as far as they come."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_who_waits_longest_is_next():
    hall = Hall()
    for name in "abc":
        await hall.ask(name)
    assert hall.came == ["a"]
    assert hall.turns.waiting() == {"light": 2, "heavy": 0}
    for name in "abc":
        await hall.give_back(name)
    assert hall.came == ["a", "b", "c"]
    assert free(hall) == (1, 1)


def free(hall: Hall) -> tuple[int, int]:
    """Connections that anybody may have, and those of them that heavy ones may."""
    assert hall.turns.waiting() == {"light": 0, "heavy": 0}
    assert not hall.turns._by_account
    return hall.turns._free, hall.turns._free_for_heavy


async def test_heavy_ones_have_half_of_the_connections():
    hall = Hall(4)
    for name in "ABCD":
        await hall.ask(name)
    assert hall.came == ["A", "B"]
    for name in "ab":
        await hall.ask(name)
    assert hall.came == ["A", "B", "a", "b"]
    # Both are taken by light ones, so it is the heavy ones' turn only when a heavy one goes.
    await hall.give_back("a")
    assert hall.came == ["A", "B", "a", "b"]
    await hall.give_back("A")
    assert hall.came == ["A", "B", "a", "b", "C"]
    for name in ("B", "b", "C", "D"):
        await hall.give_back(name)
    assert free(hall) == (4, 2)


async def test_one_connection_is_for_heavy_ones_too():
    hall = Hall(1)
    await hall.ask("A")
    assert hall.came == ["A"]


async def test_light_ones_go_first_and_heavy_ones_not_last():
    hall = Hall(1, places=40)
    await hall.ask("a")
    for name in ("B", "C", *(f"d{n}" for n in range(LIGHT_ONES_AHEAD + 2))):
        await hall.ask(name)
    for _ in range(LIGHT_ONES_AHEAD + 4):
        await hall.give_back(hall.came[-1])
    ahead = [f"d{n}" for n in range(LIGHT_ONES_AHEAD)]
    later = [f"d{n}" for n in range(LIGHT_ONES_AHEAD, LIGHT_ONES_AHEAD + 2)]
    assert hall.came == ["a", *ahead, "B", *later, "C"]


async def test_there_are_only_so_many_places():
    hall = Hall(1, places=3)
    for name in "abcd":
        await hall.ask(name)
    message = "Too many requests wait already, so this one was not begun. Try again in 1 s."
    assert await hall.refused("e") == (message, 1)
    # The house, and who is in already, wait all the same.
    await hall.ask("f", HOUSE)
    await hall.ask("g", Guest(7, is_in=True))
    assert hall.turns.waiting() == {"light": 5, "heavy": 0}
    assert hall.turns.refused == {("light", "full"): 1}
    for name in "abcdfg":
        await hall.give_back(name)
    assert hall.came == [*"abcdfg"]
    assert free(hall) == (1, 1)


async def test_who_has_waited_once_is_not_refused_later():
    hall = Hall(1, places=1)
    guest = Guest()
    await hall.ask("a")
    await hall.ask("b", guest)
    await hall.give_back("a")
    await hall.give_back("b")
    await hall.ask("c")
    await hall.ask("d")
    await hall.ask("b again", guest)
    assert hall.turns.waiting() == {"light": 2, "heavy": 0}


async def test_heavy_ones_leave_half_of_the_places():
    hall = Hall(2, places=4)
    for name in "ABC":
        await hall.ask(name)
    message, _ = await hall.refused("D")
    assert message.startswith("Too many large requests wait already, so this one was not begun. Ask for less at once.")
    for name in "abc":
        await hall.ask(name)
    assert hall.came == ["A", "a"]
    assert hall.turns.waiting() == {"light": 2, "heavy": 2}
    assert hall.turns.refused == {("heavy", "share"): 1}


async def test_one_account_leaves_half_of_the_places():
    hall = Hall(1, places=4)
    for name in "abc":
        await hall.ask(name, Guest(1))
    message, _ = await hall.refused("d", Guest(1))
    assert message.startswith("Too many requests of yours wait already, so this one was not begun. Send fewer")
    await hall.ask("e", Guest(2))
    await hall.give_back("a")
    await hall.ask("f", Guest(1))
    assert hall.turns.waiting() == {"light": 3, "heavy": 0}
    for name in "becf":
        await hall.give_back(name)
    assert free(hall) == (1, 1)


async def test_who_goes_away_leaves_a_place():
    hall = Hall(1, places=1)
    await hall.ask("a")
    await hall.ask("b", Guest(1))
    hall.tasks["b"].cancel()
    await rest()
    await hall.ask("c", Guest(1))
    await hall.give_back("a")
    assert hall.came == ["a", "c"]
    await hall.give_back("c")
    assert free(hall) == (1, 1)


@pytest.mark.parametrize("name", ["b", "B"])
async def test_who_goes_away_just_as_the_turn_comes_passes_it_on(name: str):
    hall = Hall(1)
    await hall.ask("a")
    await hall.ask(name)
    await hall.ask("c")
    hall.turns.give_back(a_guest("a"))
    hall.tasks[name].cancel()
    await rest()
    assert hall.came == ["a", "c"]
    await hall.give_back("c")
    assert free(hall) == (1, 1)


async def test_nobody_waits_longer_than_patience_lasts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(waiting, "SECONDS_TO_WAIT", 0.01)
    monkeypatch.setattr(waiting, "SECONDS_FOR_HEAVY", 0.01)
    hall = Hall(1)
    await hall.ask("a")
    for name in "bB":
        await hall.ask(name)
    for name in "bB":
        with pytest.raises(Overloaded, match=re.escape("did not come to this request within 0.01 s")):
            await hall.tasks[name]
    assert hall.turns.refused == {("light", "late"): 1, ("heavy", "late"): 1}
    await hall.give_back("a")
    assert free(hall) == (1, 1)


async def test_the_seconds_are_those_that_the_line_needs():
    hall = Hall(1, places=6)
    for name in "abcdefg":
        await hall.ask(name)
    # Half a second from turn to turn, and six wait.
    for name in "abcdefgh":
        hall.tick.now += 0.5
        await hall.give_back(name)
        await hall.ask(f"{name}{name}")
    _, seconds = await hall.refused("x")
    assert seconds == 3
    # Nothing moves any more: it is only known that nobody waits longer than five.
    hall.tick.now += 4
    assert (await hall.refused("y"))[1] == waiting.SECONDS_TO_WAIT
