"""The judges in session: random operations, readers and data; three answers to each, compared."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Set
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from graphql import GraphQLError, GraphQLSchema, build_schema
from prometheus_client import CollectorRegistry

from authz.reader import Reader
from domain.quota.model import Quotas
from domain.shared.database import Database
from domain.shared.keys import Keys
from domain.shared.problem import Problem
from resolvers.context import GraphQLRequest
from resolvers.engine.document import GraphQLErrors
from resolvers.engine.execute import Engine
from resolvers.engine.graph import Graph
from resolvers.engine.limits import Limits
from schema.root import build_schema as build_graph
from tests.judges import coverage
from tests.judges.comparison import Body, Given, Refusal, judged, rows_in, same_text
from tests.judges.data import KEY_RING
from tests.judges.evaluator import Cursor, Evaluation, Verdict
from tests.judges.generator import Draft, Generator
from tests.judges.language import World
from tests.judges.readers import SHIPPED, random_reader, reader_for, transferred
from tests.judges.shrinking import shrunk
from tests.judges.survey import Mark
from tests.judges.transaction import one_transaction
from tests.judges.values import varied
from tests.judges.view import ReaderWords, View

SDL = Path(__file__).parents[2] / "schema" / "schema.graphql"
OPERATIONS_PER_READER = 6
COLLEAGUES = 1
"""Readers with the same reaches in other branches: they share the plans of an operation, not the answers."""
ANYBODY_ELSE = 0.3
"""How often a reader with other reaches asks the same."""
WITH_MISTAKES, WITH_OTHER_VALUES = 0.15, 0.25
COMPILED_AND_BATCHED, NAIVE = "compiled and batched", "naive evaluator"


class Difference(AssertionError):
    """Judges disagree; the message is all that is needed to see why."""

    def __init__(self, judges: tuple[str, ...], message: str, shrunk: Callable[[], Awaitable[str]]) -> None:
        super().__init__(message)
        self.judges = judges
        self.shrunk = shrunk
        """The same about the smallest operation that shows it."""


@dataclass(frozen=True)
class Trial:
    """One operation for one reader, the three answers, and what the judges have against them."""

    query: str
    variables: dict[str, Any]
    reader: ReaderWords
    compiled: Given
    batched: Given
    wanted: Verdict
    whys: dict[str, str]

    @property
    def judges(self) -> tuple[str, ...]:
        """Those who disagree."""
        return tuple(self.whys)


@dataclass
class Counts:
    """What a session came to."""

    operations: int = 0
    with_rows: int = 0
    rows: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    """By code."""
    hit: set[str] = field(default_factory=set)
    """What answers depended on, the document's forms, and the mistakes that were refused."""

    @property
    def share_with_rows(self) -> float:
        """Of the operations that were answered, how many answers hold a row."""
        return self.with_rows / max(1, self.operations - self.refused.total())

    def add(self, other: "Counts") -> None:
        """Take in what another session came to."""
        self.operations += other.operations
        self.with_rows += other.with_rows
        self.rows += other.rows
        self.refused += other.refused
        self.hit |= other.hit


@cache
def sdl() -> GraphQLSchema:
    """The committed schema, as a client sees it."""
    return build_schema(SDL.read_text(encoding="utf-8"))


def new_engine() -> Engine:
    """An engine of its own, so that its plans can be counted and faults put into its graph."""
    built = build_graph()
    return _engine(built.schema, built.graph)


def engine_like(engine: Engine) -> Engine:
    """Another engine on the same graph, without any plan."""
    return _engine(engine.schema, engine.graph)


def _engine(schema: GraphQLSchema, graph: Graph) -> Engine:
    registry = CollectorRegistry()
    return Engine(
        schema,
        graph,
        limits=Limits(aliases=10**6, root_fields=10**6, merges=10**9, cost=10**12),
        plan_capacity=500,
        registry=registry,
        access_log=None,
        keys=Keys(KEY_RING),
        quotas=Quotas(),
    )


class Court:
    """Judges an engine on one database."""

    def __init__(
        self, engine: Engine, database: Database, world: World, *, seed: int, focus: frozenset[str] = frozenset()
    ) -> None:
        """focus  what operations are about, wherever the generator has a choice"""
        self.engine, self.database, self.world, self.seed = engine, database, world, seed
        self.rng = Random(seed)
        self.schema = sdl()
        self.generator = Generator(self.schema, world, self.rng, focus=focus)
        self.counts = Counts()
        self.generator.reached = self.counts.hit
        self.marks: dict[str, Mark] = {}

    async def sit(
        self,
        operations: int,
        *,
        alone: bool = False,
        deadline: float | None = None,
        told: Callable[[Counts], None] = lambda _: None,
    ) -> Counts:
        """Judge so many operations, the pages that follow on them included. Raises Difference.

        alone     whether each is asked by one reader only
        deadline  of time.monotonic(), after which no further operation is begun
        told      of the counts, now and then
        """
        while self.counts.operations < operations:
            words = random_reader(self.rng, self.world)
            colleagues = [words]
            if not alone:
                colleagues += [transferred(self.rng, self.world, words) for _ in range(COLLEAGUES)]
                if self.rng.random() < ANYBODY_ELSE:
                    colleagues.append(random_reader(self.rng, self.world))
            readers = [
                (reader_for(each, access_version=self.world.access_version), View(self.world, each, self.schema))
                for each in colleagues
            ]
            self.counts.hit |= {f"role {held.role}" for held in words.roles if held.role in SHIPPED.roles}
            for _ in range(2 if self.generator.focus else OPERATIONS_PER_READER):
                if deadline is not None and time.monotonic() > deadline:
                    return self.counts
                await self.case(readers)
                told(self.counts)
        return self.counts

    async def look_for(self, missing: Set[str], *, most: int) -> Counts:
        """Judge operations that are about what is missing, until nothing is, `most` at most. Raises Difference."""
        while self.counts.operations < most and missing - self.counts.hit:
            self.generator.look_at(coverage.ways(self.schema, missing - self.counts.hit))
            await self.sit(self.counts.operations + 10, alone=True)
        return self.counts

    async def case(self, readers: list[tuple[Reader, View]]) -> None:
        """One operation for every reader, then again with cursors from the answers. Raises Difference."""
        self.generator.cursors = list(self.marks)[-200:]
        share = 0.8 if any(name.startswith("mistake: ") for name in self.generator.focus) else WITH_MISTAKES
        mistakes = self.rng.choice([1, 1, 1, 2]) if self.rng.random() < share else 0
        computed = "field Loan.schedule" in self.generator.focus or self.rng.random() < 0.05
        draft = self.generator.draft(computed=computed, mistakes=mistakes)
        known: list[tuple[str, Cursor]] = []
        for reader, view in readers:
            await self.compare(draft, draft.variables, reader, view, known)
            if draft.variables and self.rng.random() < WITH_OTHER_VALUES:
                await self.compare(draft, varied(draft.variables, self.rng), reader, view, known)
            filled: dict[str, str] = {}
            for variable in draft.paging:
                # Those of colleagues among them: a cursor may stand on a row that this reader does not see.
                of_place = [text for text, cursor in known if variable in (cursor.after, cursor.before)]
                if of_place:
                    filled[variable] = self.rng.choice(of_place)
            if filled:
                await self.compare(draft, draft.variables | filled, reader, view, known)

    async def compare(
        self, draft: Draft, variables: dict[str, Any], reader: Reader, view: View, known: list[tuple[str, Cursor]]
    ) -> None:
        """One operation for one reader. Raises Difference."""
        trial = await self.tried(draft.query, variables, reader, view, known)
        self._count(draft, trial)
        if trial.whys:
            raise Difference(trial.judges, self._report(trial), lambda: self._shrunk(trial, reader, view))

    async def tried(
        self, query: str, variables: dict[str, Any], reader: Reader, view: View, known: list[tuple[str, Cursor]]
    ) -> "Trial":
        """One operation, answered three times from one state of the data."""
        request = GraphQLRequest(query, variables, None, reader)
        async with one_transaction(self.database) as transaction:
            compiled = await answer(self.engine.execute, transaction, request)
            batched = await answer(self.engine.execute_batched, transaction, request)
        wanted = Evaluation(view, query, variables, self.marks).verdict()
        found = {
            COMPILED_AND_BATCHED: same_text(compiled, batched, wanted),
            NAIVE: judged(compiled, wanted, self.marks, known),
        }
        whys = {judge: why for judge, why in found.items() if why}
        return Trial(query, variables, view.reader, compiled, batched, wanted, whys)

    async def _shrunk(self, trial: "Trial", reader: Reader, view: View) -> str:
        """The report of the smallest operation about which the same judges disagree."""

        async def fails(query: str, variables: dict[str, Any]) -> bool:
            return (await self.tried(query, variables, reader, view, [])).judges == trial.judges

        query, variables = await shrunk(self.schema, trial.query, trial.variables, fails)
        return self._report(await self.tried(query, variables, reader, view, []))

    def _report(self, trial: "Trial") -> str:
        shown: dict[str, Any] = {"compiled": trial.compiled, "batched": trial.batched}
        shown["naive"] = trial.wanted.data or f"refusals {sorted(trial.wanted.refusals)}"
        lines = [f"seed {self.seed}", *(f"{judge}: {why}" for judge, why in trial.whys.items())]
        lines += [trial.query, json.dumps(trial.variables, ensure_ascii=False), repr(trial.reader)]
        return "\n".join([*lines, *(f"{name}: {str(each)[:3000]}" for name, each in shown.items())])

    def _count(self, draft: Draft, trial: "Trial") -> None:
        counts, verdict, given = self.counts, trial.wanted, trial.compiled
        counts.operations += 1
        if isinstance(given, Refusal):
            counts.refused[given.code] += 1
            counts.hit |= {f"refused {given.code}"} | {word for word in draft.hit if word.startswith("mistake: ")}
            return
        rows = rows_in(verdict.data)
        counts.rows += rows
        counts.with_rows += rows > 0
        counts.hit |= verdict.reached | {word for word in draft.hit if not word.startswith("mistake: ")}


async def answer(execute: Any, database: Database, request: GraphQLRequest) -> Given:
    """The body of the response, or why there is none."""
    others = asyncio.all_tasks()
    try:
        answered = await execute(database, request)
        return Body(answered.body, answered.customer_ids)
    except Problem as problem:
        return Refusal(problem.code.name, f"{problem.message} {problem.__cause__ or ''}")
    except GraphQLErrors as errors:
        return Refusal("GRAPHQL", "; ".join(error.message for error in errors.errors))
    except GraphQLError as error:
        return Refusal("GRAPHQL", error.message)
    except Exception as error:
        return Refusal("CRASH", f"{type(error).__name__}: {error}")
    finally:
        # A failing field ends the operation; statements of its siblings may still be on their way.
        await asyncio.gather(*(asyncio.all_tasks() - others), return_exceptions=True)
