"""Compiled plans, kept by exactly what the compiler asked.

Per operation and shape of reader there is a tree of questions. A request answers them one after the other and
arrives at its plan, or at an answer never seen, and then the compiler runs and its questions extend the tree.
"""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Gauge
from sqlalchemy.dialects import postgresql

from resolvers.engine.inputs import Question, Trace, Variables
from resolvers.engine.parameters import Extract, LookUp, Request

MOST_ANSWERS = 1_000
"""About the literals of one document."""
SLOW_SECONDS = 0.5
"""Far beyond what pages take, even where everybody asks at once."""
SHARE = 4
"""One operation keeps at most this part of all plans: a quarter."""
DIALECT = postgresql.asyncpg.dialect()


class Pace:
    """How long a statement takes, by its latest runs."""

    __slots__ = ("_seconds",)

    def __init__(self) -> None:
        self._seconds = 0.0

    def took(self, seconds: float) -> None:
        """It ran once more."""
        self._seconds += (seconds - self._seconds) / 4

    @property
    def is_slow(self) -> bool:
        """Whether it makes others wait."""
        return self._seconds > SLOW_SECONDS


@dataclass(frozen=True)
class Plan:
    """How to answer one operation for one shape of variables and reader."""

    action: str
    """What the access log calls it: the name that the operation has, or what it is without one."""
    statement: str
    """SQL with $1, $2, …; one row, one column: the JSON of the whole answer."""
    extracts: tuple[Extract, ...]
    plans_anew: bool
    """PostgreSQL plans it for the reader and values at hand at each execution, not once for all."""
    needs_python: bool
    """A selected field is computed in Python: the batched execution answers instead."""
    has_marks: bool
    """The JSON says whom it tells about, and has to be freed of that."""
    is_logged: bool
    """The access log has an entry of it whomever it tells about."""
    withheld: tuple[str, ...]
    """Coordinates of selected fields of which the reader may see nothing, sorted."""
    checks: tuple[Extract, ...] = ()
    """Of parameters that the statement does without, because nothing selected needs them or a constant answers for
    them: what they refuse is refused all the same."""
    look_ups: tuple[LookUp, ...] = ()
    """The identifiers that rows are looked up by."""
    takes_texts: bool = False
    """Somebody is looked for by a text, which addresses must not hold."""
    pace: Pace = field(default_factory=Pace, compare=False)

    def parameters(self, request: Request) -> list[Any]:
        """The values of $1, $2, …

        raises  Problem  for an id, cursor or size that cannot be
        """
        for check in self.checks:
            check(request)
        return [extract(request) for extract in self.extracts]


def render(statement: sa.Select, extracts: Mapping[str, Extract]) -> tuple[str, tuple[Extract, ...]]:
    """The text of the statement and its parameters in order."""
    compiled = statement.compile(dialect=DIALECT)
    names: list[str] = compiled.positiontup or []  # pyright: ignore[reportAttributeAccessIssue]
    unknown = {name: compiled.params[name] for name in names if name not in extracts}
    if unknown:
        raise TypeError(f"constants became parameters: {unknown}; write them as literal columns")
    return str(compiled), tuple(extracts[name] for name in names)


@dataclass
class _Branch:
    question: Question
    answers: dict[Hashable, "_Branch | Plan"] = field(default_factory=dict)


@dataclass
class _Tree:
    root: "_Branch | Plan | None" = None
    plans: int = 0


class PlanCache:
    """A bounded number of plans; whole operations leave when it is full, the least recently used first."""

    def __init__(self, capacity: int, registry: CollectorRegistry) -> None:
        self._capacity = capacity
        self._trees: OrderedDict[Hashable, _Tree] = OrderedDict()
        self._count = 0
        self.hits = Counter("ketu_plan_cache_hits", "Operations answered by a kept plan.", registry=registry)
        self.misses = Counter("ketu_plan_cache_misses", "Operations that had to be compiled.", registry=registry)
        self.evictions = Counter("ketu_plan_cache_evictions", "Plans dropped because of the bound.", registry=registry)
        self.size = Gauge("ketu_plan_cache_plans", "Plans kept now.", registry=registry)
        self.size.set_function(lambda: self._count)

    def find(self, key: Hashable, variables: Variables, answered: dict[Question, Hashable]) -> Plan | None:
        """The plan whose questions this request answers alike.

        answered  what the document's literals are known to answer
        """
        tree = self._trees.get(key)
        step = tree.root if tree is not None else None
        while isinstance(step, _Branch):
            question = step.question
            if question in answered:
                step = step.answers.get(answered[question])
                continue
            answer = question.answer(variables)
            if question.is_about_literals:
                if len(answered) >= MOST_ANSWERS:
                    answered.clear()
                answered[question] = answer
            step = step.answers.get(answer)
        if step is None:
            self.misses.inc()
            return None
        self._trees.move_to_end(key)
        self.hits.inc()
        return step

    def keep(self, key: Hashable, trace: Trace, plan: Plan) -> None:
        """Remember `plan` under the questions that compiling it asked, in their order."""
        tree = self._trees.setdefault(key, _Tree())
        self._trees.move_to_end(key)
        asked = list(trace.asked.values())
        if not asked:
            added, tree.root = tree.root is None, plan
        else:
            if tree.root is None:
                tree.root = _Branch(asked[0][0])
            step = tree.root
            for (_, answer), (question, _) in pairwise(asked):
                assert isinstance(step, _Branch)
                step = step.answers.setdefault(answer, _Branch(question))
            assert isinstance(step, _Branch)
            added = asked[-1][1] not in step.answers
            step.answers[asked[-1][1]] = plan
        tree.plans += added
        self._count += added
        if tree.plans > max(1, self._capacity // SHARE):
            # Whose variables never come twice alike must not push everybody else's plans out.
            self._drop(self._trees.pop(key))
        while self._count > self._capacity:
            _, oldest = self._trees.popitem(last=False)
            self._drop(oldest)

    def _drop(self, tree: _Tree) -> None:
        self._count -= tree.plans
        self.evictions.inc(tree.plans)
