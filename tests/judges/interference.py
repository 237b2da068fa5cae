"""Non-interference: what a reader cannot see may change as it likes, and their answers stay the same to the byte."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from domain.shared.database import Database
from resolvers.context import GraphQLRequest
from resolvers.engine.execute import Engine
from tests.judges import data
from tests.judges.comparison import Given, Refusal, judged
from tests.judges.court import answer, sdl
from tests.judges.disturbance import Disturbance
from tests.judges.evaluator import Cursor, Evaluation
from tests.judges.generator import Generator
from tests.judges.readers import random_reader, reader_for
from tests.judges.survey import Mark
from tests.judges.transaction import OneTransaction, one_transaction
from tests.judges.view import View

INTERFERENCE = "non-interference"
OPERATIONS, CHANGES = 8, 10


class Leak(AssertionError):
    """Something that the reader cannot see has changed an answer of theirs."""


@dataclass
class Interfered:
    """What a session came to."""

    rounds: int = 0
    answers: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    """Kept changes by kind and table."""
    noticed: int = 0
    """Rounds in which an answer was another afterwards."""

    def add(self, other: "Interfered") -> None:
        """Take in what another session came to."""
        self.rounds += other.rounds
        self.answers += other.answers
        self.changes += other.changes
        self.noticed += other.noticed


@dataclass(frozen=True)
class Asked:
    """One operation with its variables."""

    query: str
    variables: dict[str, Any]


class Interference:
    """Asks, disturbs, asks again; all in one transaction that is rolled back."""

    def __init__(self, engine: Engine, database: Database, *, seed: int, focus: frozenset[str] = frozenset()) -> None:
        self.engine, self.database, self.seed, self.focus = engine, database, seed, focus
        self.rng = Random(seed)
        self.counts = Interfered()

    async def sit(self, rounds: int, *, told: Callable[[Interfered], None] = lambda _: None) -> Interfered:
        """So many random readers, with changes that they cannot see. Raises Leak."""
        for _ in range(rounds):
            difference = await self.round(is_visible=False)
            if difference is not None:
                raise Leak(difference)
            told(self.counts)
        return self.counts

    async def round(self, *, is_visible: bool) -> str | None:
        """Where the answers of one reader differ after changes that they can see, or cannot."""
        async with one_transaction(self.database, writes=True) as transaction:
            world = await data.read(transaction.connection)
            words = random_reader(self.rng, world)
            view = View(world, words, sdl())
            reader = reader_for(words, access_version=world.access_version)
            asked = await self._questions(transaction, view, reader)
            before = [await self._both(transaction, each, reader) for each in asked]
            disturbance = Disturbance(transaction.connection, self.rng, view, is_visible=is_visible)
            await disturbance.disturb(CHANGES)
            (version,) = await data.rows(transaction.connection, "access_version")
            reader = reader_for(words, access_version=version["number"])
            after = [await self._both(transaction, each, reader) for each in asked]
        self.counts.rounds += 1
        self.counts.answers += 4 * len(asked)
        self.counts.changes += disturbance.kept
        for each, one, other in zip(asked, before, after, strict=True):
            if list(map(_shown, one)) != list(map(_shown, other)):
                self.counts.noticed += 1
                lines = [f"seed {self.seed}", each.query, repr(each.variables), repr(words), *disturbance.told]
                return "\n".join([*lines, f"before: {one}", f"after:  {other}"])
        return None

    async def _questions(self, transaction: OneTransaction, view: View, reader: Any) -> list[Asked]:
        """Random operations, and the same with cursors from their answers."""
        generator = Generator(sdl(), view.world, self.rng, focus=self.focus)
        asked: list[Asked] = []
        marks: dict[str, Mark] = {}
        for _ in range(OPERATIONS):
            draft = generator.draft()
            asked.append(Asked(draft.query, draft.variables))
            if not draft.paging:
                continue
            given = await answer(self.engine.execute, transaction, _request(asked[-1], reader))
            wanted = Evaluation(view, draft.query, draft.variables, marks).verdict()
            known: list[tuple[str, Cursor]] = []
            judged(given, wanted, marks, known)
            filled = {cursor.after or cursor.before: text for text, cursor in known}
            filled = {name: text for name, text in filled.items() if name in draft.paging}
            if filled:
                asked.append(Asked(draft.query, draft.variables | filled))
        return asked

    async def _both(self, transaction: OneTransaction, asked: Asked, reader: Any) -> list[Given]:
        executions = (self.engine.execute, self.engine.execute_batched)
        return [await answer(execute, transaction, _request(asked, reader)) for execute in executions]


def _request(asked: Asked, reader: Any) -> GraphQLRequest:
    return GraphQLRequest(asked.query, asked.variables, None, reader)


def _shown(given: Given) -> Any:
    return (given.code, given.message) if isinstance(given, Refusal) else given
