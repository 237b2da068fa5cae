"""The judges in session: random operations, readers and data; three answers to each, compared."""

import json
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from graphql import GraphQLError, build_schema
from prometheus_client import CollectorRegistry

from authz.reader import Reader
from domain.shared.database import Database
from domain.shared.problem import Problem
from resolvers.context import GraphQLRequest
from resolvers.engine.document import GraphQLErrors, Limits
from resolvers.engine.execute import Engine
from schema.root import build_schema as build_graph
from tests.judges.evaluator import Cursor, Evaluation, Verdict
from tests.judges.generator import Draft, Generator
from tests.judges.readers import random_reader, reader_for, transferred
from tests.judges.transaction import one_transaction
from tests.judges.view import ReaderWords, View
from tests.judges.words import World

SDL = Path(__file__).parents[2] / "schema" / "schema.graphql"
OPERATIONS_PER_READER = 8
COLLEAGUES = 1
"""Readers with the same reaches in other branches: they share the plans of an operation, not the answers."""


class Difference(AssertionError):
    """Two judges disagree; the message is all that is needed to see why."""


@dataclass(frozen=True)
class Refusal:
    """Instead of an answer."""

    code: str
    message: str


@dataclass
class Counts:
    """What a session came to."""

    operations: int = 0
    refused: int = 0
    with_rows: int = 0
    rows: int = 0
    differences: list[str] = field(default_factory=list)
    hit: Counter[str] = field(default_factory=Counter)

    @property
    def share_with_rows(self) -> float:
        """Of the operations that were answered, how many answers hold a row."""
        return self.with_rows / max(1, self.operations - self.refused)


def new_engine() -> Engine:
    """An engine of its own, so that its plans can be counted and faults put into its graph."""
    built = build_graph()
    return Engine(built.schema, built.graph, limits=Limits(), plan_capacity=500, registry=CollectorRegistry())


class Court:
    """Judges an engine on one database."""

    def __init__(self, engine: Engine, database: Database, world: World, *, seed: int, batched: bool = True) -> None:
        self.engine, self.database, self.world, self.seed = engine, database, world, seed
        self.batched = batched
        self.rng = Random(seed)
        self.schema = build_schema(SDL.read_text(encoding="utf-8"))
        self.generator = Generator(self.schema, world, self.rng)
        self.counts = Counts()

    async def sit(self, operations: int, *, until: Set[str] = frozenset()) -> Counts:
        """Judge so many operations, the pages that follow on them included. Raises Difference.

        until  what must have been hit; where it was not, up to twice as many operations are judged
        """
        while self.counts.operations < operations or (
            until - self.counts.hit.keys() and self.counts.operations < 2 * operations
        ):
            words = random_reader(self.rng, self.world)
            colleagues = [words, *(transferred(self.rng, self.world, words) for _ in range(COLLEAGUES))]
            readers = [(reader_for(each), View(self.world, each, self.schema)) for each in colleagues]
            for _ in range(OPERATIONS_PER_READER):
                draft = self.generator.draft(computed=self.rng.random() < 0.05)
                for reader, view in readers:
                    await self.judge(draft, reader, view)
        return self.counts

    async def judge(self, draft: Draft, reader: Reader, view: View) -> None:
        """One operation, then again with cursors from its answer. Raises Difference."""
        self.counts.hit.update(draft.hit)
        cursors: dict[str, tuple[str, int]] = {}
        known: list[tuple[str, Cursor]] = []
        await self._compare(draft, draft.variables, reader, view, cursors, known)
        filled: dict[str, str] = {}
        for variable, _ in draft.paging:
            of_place = [text for text, cursor in known if variable in (cursor.after, cursor.before)]
            if of_place:
                filled[variable] = self.rng.choice(of_place)
        if filled:
            await self._compare(draft, draft.variables | filled, reader, view, cursors, [])

    async def _compare(
        self, draft: Draft, variables: dict[str, Any], reader: Reader, view: View,
        cursors: dict[str, tuple[str, int]], known: list[tuple[str, Cursor]],
    ) -> None:  # fmt: skip
        self.counts.operations += 1
        request = GraphQLRequest(draft.query, variables, None, reader)
        async with one_transaction(self.database) as transaction:
            compiled = await answer(self.engine.execute, transaction, request)
            batched = await answer(self.engine.execute_batched, transaction, request) if self.batched else compiled
        wanted = Evaluation(view, draft.query, variables, cursors).verdict()

        def told(why: str, other: Any) -> Difference:
            return Difference(report(self.seed, draft, variables, view.reader, why, compiled, other))

        why = same_text(compiled, batched)
        if why:
            raise told(f"compiled and batched: {why}", batched)
        why = judged(compiled, wanted, cursors, known)
        if why:
            raise told(f"engine and evaluator: {why}", wanted)
        self._count(wanted)

    def _count(self, verdict: Verdict) -> None:
        rows = rows_in(verdict.data)
        self.counts.refused += bool(verdict.refusals)
        self.counts.rows += rows
        self.counts.with_rows += rows > 0


async def answer(execute: Any, database: Database, request: GraphQLRequest) -> bytes | Refusal:
    """The body of the response, or why there is none."""
    try:
        return (await execute(database, request)).body
    except Problem as problem:
        return Refusal(problem.code.name, problem.message)
    except GraphQLErrors as errors:
        return Refusal("GRAPHQL", "; ".join(error.message for error in errors.errors))
    except GraphQLError as error:
        return Refusal("GRAPHQL", error.message)


def same_text(one: bytes | Refusal, other: bytes | Refusal) -> str | None:
    """Where two executions differ: in codes, keys and their order, or the very digits of a number."""
    if isinstance(one, Refusal) or isinstance(other, Refusal):
        return None if getattr(one, "code", 1) == getattr(other, "code", 2) else f"{one!r} / {other!r}"
    return first_difference(lexemes(one), lexemes(other))


def lexemes(body: bytes) -> Any:
    """JSON with its keys in order and its numbers as they are written."""
    return json.loads(body, object_pairs_hook=Pairs, parse_int=_number, parse_float=_number)


def _number(text: str) -> str:
    return f"number {text}"


class Pairs(list[tuple[str, Any]]):
    """An object as its pairs, in order."""


def judged(
    given: bytes | Refusal, wanted: Verdict, cursors: dict[str, tuple[str, int]], known: list[tuple[str, Cursor]]
) -> str | None:
    """Where an answer is not what it has to be; learns what its cursors stand for."""
    if isinstance(given, Refusal) or wanted.refusals:
        refused = isinstance(given, Refusal) and given.code in wanted.refusals
        return None if refused else f"{given!r} / refusals {sorted(wanted.refusals)}"
    body = {"data": wanted.data} | ({"extensions": {"withheld": list(wanted.withheld)}} if wanted.withheld else {})
    return first_difference(lexemes(given), _pairs(body), cursors=cursors, known=known)


def _pairs(value: Any) -> Any:
    match value:
        case dict():
            return Pairs((key, _pairs(each)) for key, each in value.items())
        case list():
            return [_pairs(each) for each in value]
        case bool():
            return value
        case int():
            return f"number {value}"
        case _:
            return value


def first_difference(
    one: Any, other: Any, path: str = "", *, cursors: dict[str, Any] | None = None, known: list[Any] | None = None
) -> str | None:
    """The first place where two trees of JSON are not equal."""
    if isinstance(other, Cursor) and isinstance(one, str) and cursors is not None and known is not None:
        stands_for = (other.type_name, other.row_id)
        known.append((one, other))
        return None if cursors.setdefault(one, stands_for) == stands_for else f"{path}: one cursor for two rows"
    if isinstance(one, Pairs) and isinstance(other, Pairs):
        names, others = [key for key, _ in one], [key for key, _ in other]
        if names != others:
            return f"{path}: keys {names} / {others}"
        steps = [(f"{path}.{key}", a, b) for (key, a), (_, b) in zip(one, other, strict=True)]
    elif isinstance(one, list) and isinstance(other, list) and type(one) is type(other):
        if len(one) != len(other):
            return f"{path}: {len(one)} / {len(other)} members: {shortened(one)} / {shortened(other)}"
        steps = [(f"{path}[{n}]", a, b) for n, (a, b) in enumerate(zip(one, other, strict=True))]
    else:
        return None if type(one) is type(other) and one == other else f"{path}: {shortened(one)} / {shortened(other)}"
    found = (first_difference(a, b, at, cursors=cursors, known=known) for at, a, b in steps)
    return next((why for why in found if why), None)


def shortened(value: Any) -> str:
    """Enough of a value to recognise it."""
    text = repr(value)
    return text if len(text) < 400 else f"{text[:400]}…"


def rows_in(value: Any) -> int:
    """How many rows an answer shows: objects in lists, and objects of root fields."""
    if isinstance(value, dict):
        return sum(rows_in(each) for each in value.values())
    if isinstance(value, list):
        return sum(isinstance(each, dict) for each in value) + sum(rows_in(each) for each in value)
    return 0


def report(
    seed: int, draft: Draft, variables: dict[str, Any], reader: ReaderWords, why: str, one: Any, other: Any
) -> str:
    """Everything about a difference."""
    lines = [f"seed {seed}: {why}", draft.query, json.dumps(variables, ensure_ascii=False), repr(reader)]
    return "\n".join([*lines, f"first:  {str(one)[:3000]}", f"second: {str(other)[:3000]}"])
