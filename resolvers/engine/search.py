"""Search: a text picks rows of several types, by every way in which it may be meant; the best come first.

Each way gives its first rows, in an order that an index has. Of all these the answer takes its own, and only they are
read whole: what a search costs does not depend on how many rows there are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

import sqlalchemy as sa
from graphql import FieldNode
from sqlalchemy.dialects import postgresql

from domain.search.text import LONGEST, Form, folded, form_of
from domain.shared.problem import invalid
from resolvers.engine.compiler import Compiler, Place, Reached, selections
from resolvers.engine.edges import Clause, Expression, Row, Search
from resolvers.engine.inputs import Value
from resolvers.engine.page import BUCKETS
from resolvers.engine.parameters import LookUp, Request
from resolvers.engine.rows import EMPTY, ONE, ZERO
from resolvers.engine.sql import NULL, View, by_constant, constant, json_object
from resolvers.engine.steady import walked

DEFAULT_SIZE = 10
MOST_HITS = 50
RESULTS, HIT = "SearchResults", "SearchHit"
LAST_LETTER = sa.literal_column("chr(1114111)", sa.Text)
NO_KEY = sa.cast(constant(""), sa.Text(collation="C"))

Own = Callable[[Row, Expression], Clause]
"""Whether a row is in the portfolio of a member of staff, or their own work."""
Build = Callable[[Place], Expression]


@dataclass(frozen=True)
class Found:
    """Rows that one way finds, in the order of a key and of the id."""

    place: Place
    """Of the row that is shown."""
    clauses: Sequence[Clause]
    match: Expression
    """The place of the match among all."""
    key: Expression = NO_KEY
    beside: Sequence[sa.FromClause] = ()
    """What stands beside the row."""
    owned: Row | None = None
    """What the reader may own, where that is not the row itself."""
    repeats: bool = False
    """A row may be found by several of what stands beside it."""
    each: sa.FromClause | None = None
    """The first rows are found for each row of this."""


class Way(Protocol):
    """One meaning of a text."""

    def finds(self, seeking: "Seeking", table: sa.Table) -> Iterator[Found]:
        """Where the rows are that it means; nothing where the text cannot mean it, or the reader may not ask so."""
        ...


@dataclass(frozen=True, eq=False)
class Sought:
    """The rows of one table that may be searched for, and how."""

    table: sa.Table
    ways: Sequence[Way]
    own: Own | None = None
    owned: sa.Table | None = None
    """Whose rows the reader may own, where they are not those of `table`."""

    @property
    def whose(self) -> sa.Table:
        """Whose rows the reader may own."""
        return self.table if self.owned is None else self.owned


class Seeking:
    """One search: the text, as parameters of the statement."""

    def __init__(self, compiler: Compiler, text: Value, matches: Sequence[str]) -> None:
        self.compiler, self._matches = compiler, matches
        self.read, name = text.read(), text.name
        self.form: Form = text.chosen("form", lambda typed: _form(typed, name))
        self.portfolio: Sought | None = None
        """Of its rows the reader's own alone are looked at."""
        self._portfolios: dict[sa.Table, sa.CTE] = {}
        self._path, self._is_counted = text.path, False
        compiler.takes_texts = True

    def reach(self, table: sa.Table, *, may_be_anybodys: bool = False, is_one: bool = False) -> Reached | None:
        """The rows of a table that the reader may see; None where there are none.

        may_be_anybodys  also where a portfolio alone is searched
        is_one           next to nothing else is found with it, whoever looks
        """
        reached = self.compiler.reach(table, parent=None, on=None)
        sought = self.portfolio
        if reached is None:
            return None
        if sought is None or may_be_anybodys or not self.is_few(table):
            steady = reached if is_one else walked(reached)
            self.compiler.plans_anew = self.compiler.plans_anew or steady is None
            return steady or reached
        if table not in self._portfolios:
            self._portfolios[table] = self._read_once(sought, reached)
        source = self._portfolios[table].alias(f"own_{reached.place.row.source.description}")
        return Reached(replace(reached.place, row=View(source, table.c)), ())

    def _read_once(self, sought: Sought, reached: Reached) -> sa.CTE:
        """The reader's own rows, for all that is looked for in them: they are few, whatever else the bank holds."""
        row, clauses = reached.place.row, list(reached.clauses)
        if sought.own is not None and not is_portfolio(reached.place):
            clauses.append(sought.own(row, self.compiler.parameters.manager()))
        # OFFSET 0 has them read before, even if something is looked for once only.
        return sa.select(*row.c).where(*clauses).offset(ZERO).cte(f"portfolio_{row.source.description}")

    def is_few(self, table: sa.Table) -> bool:
        """Whether a portfolio alone is looked through."""
        return self.portfolio is not None and self.portfolio.whose is table

    def match(self, name: str) -> Expression:
        """The place of a match among all."""
        return sa.literal_column(str(self._matches.index(name)), sa.Integer)

    def bind(self, made: Callable[[str], Any], type_: sa.types.TypeEngine[Any]) -> Expression:
        """Something made of the text."""
        read = self.read
        return self.compiler.parameters.bind(lambda request: made(read(request.variables)), type_)

    @cached_property
    def key(self) -> Expression:
        """The text as names and numbers are compared with it."""
        key = key_of(self.bind(folded, sa.Text()))
        # A plan that is kept does not know the text: within a subquery its key is made once, not for each row.
        return key if self.compiler.plans_anew else sa.select(key).scalar_subquery()

    def look_up(self, coordinate: str, blind_indexes: Callable[[Request], Sequence[bytes]]) -> None:
        """The text is looked up as an identifier: logged wherever it is, and counted once."""
        key = (coordinate, self._path)
        if key not in self.compiler.look_ups:
            self.compiler.look_ups[key] = LookUp(coordinate, blind_indexes, is_counted=not self._is_counted)
            self._is_counted = True

    def begins(self, value: Expression) -> Clause:
        """Whether a key begins with that of the text."""
        return sa.and_(value >= self.key, value < self.key.concat(LAST_LETTER))


def key_of(value: Expression) -> Expression:
    """The key of a name or number."""
    return sa.collate(sa.func.ketu.search_key(value, type_=sa.Text()), "C")


def _form(typed: str, name: str) -> Form:
    if len(typed) > LONGEST:
        raise invalid(f"{name} has {len(typed)} characters; at most {LONGEST} are searched for.")
    return form_of(typed)


def _bucket(size: int, name: str) -> int:
    if not 0 <= size <= MOST_HITS:
        raise invalid(f"{name} is {size}; it goes from 0 to {MOST_HITS}.")
    return next(bucket for bucket in BUCKETS if size <= bucket)


class Searching:
    """One search field of an operation: the hits, numbered from the best on, and one more than asked for."""

    def __init__(self, compiler: Compiler, declared: Search, node: FieldNode) -> None:
        self.compiler, self.matches = compiler, declared.matches
        arguments = compiler.arguments(node)
        self._bucket, self._size = DEFAULT_SIZE, sa.literal_column(str(DEFAULT_SIZE), sa.Integer)
        first = arguments.get("first")
        if first is not None:
            read, name = first.read(), first.name
            self._bucket = first.chosen("hits", lambda size: _bucket(size, name))
            self._size = compiler.parameters.bind(lambda request: read(request.variables), sa.Integer())
        self._seeking = Seeking(compiler, arguments["text"], declared.matches)
        kinds = arguments["kinds"].items_chosen("kinds", str) if "kinds" in arguments else tuple(declared.kinds)
        self._places: dict[str, Place] = {}
        """By type, a row of each that the reader may read."""
        self._found: set[str] = set()
        sought = [(n, each) for n, (name, each) in enumerate(declared.kinds.items()) if name in kinds]
        arms = [arm for number, each in sought for arm in self._arms(number, each)]
        self.source = _numbered(arms or [_nothing()], self._bucket + 1)
        self.row: Any = self.source.c

    @property
    def match(self) -> Expression:
        """The word for how a hit was found."""
        words = ((self.row.match == sa.literal_column(str(n)), constant(word)) for n, word in enumerate(self.matches))
        return sa.case(*words)

    def hits(self, json: Expression) -> Expression:
        """The JSON list of what `json` makes of each hit."""
        listed = sa.func.json_agg(json).aggregate_order_by(self.row.number)
        return sa.func.coalesce(listed.filter(self.row.number <= self._size), EMPTY)

    @property
    def has_more(self) -> Expression:
        """Whether more was found than is shown."""
        return sa.func.count() > self._size

    def as_one(self, json: Expression) -> Expression:
        """What `json` makes of all hits together."""
        made = sa.select(json).select_from(self.source).having(sa.literal_column("true"))
        return made.correlate(None).scalar_subquery()

    def whole(self, build: Build) -> Expression:
        """A hit where it lives; it was seen to be visible when it was found.

        Types of which this text can find nothing are built all the same: what is withheld or refused of their fields
        does not depend on the text.
        """
        arms = {name: self._whole(place, build) for name, place in self._places.items()}
        found = {name: arm for name, arm in arms.items() if name in self._found}
        return by_constant(self.row.type, found) if found else NULL

    def _whole(self, place: Place, build: Build) -> Expression:
        row = self.compiler.alias(place.node.rows.table)
        whole = sa.select(build(replace(place, row=row))).select_from(row.source).where(row.c.id == self.row.id)
        return whole.correlate(self.source).scalar_subquery()

    def _arms(self, kind: int, sought: Sought) -> Iterator[sa.Select]:
        reached = self.compiler.reach(sought.table, parent=None, on=None)
        if reached is None:
            self.compiler.withheld.add(self.compiler.graph.by_table[sought.table].name)
            return
        name = reached.place.node.name
        self._places[name] = reached.place
        if self._seeking.form.is_empty:
            return
        of_whose = self.compiler.reach(sought.whose, parent=None, on=None)
        is_all = sought.own is not None and of_whose is not None and is_portfolio(of_whose.place)
        for way in sought.ways:
            # The first of the reader's own come before all others of the same match.
            for portfolio in [sought] if is_all else [None, sought] if sought.own is not None else [None]:
                self._seeking.portfolio = portfolio
                for found in way.finds(self._seeking, sought.table):
                    self._found.add(name)
                    yield self._arm(kind, sought, found)

    def _arm(self, kind: int, sought: Sought, found: Found) -> sa.Select:
        """The first rows."""
        row, other = found.place.row, ONE
        if sought.own is not None:
            own = sought.own(found.owned or row, self.compiler.parameters.manager())
            other = sa.case((own, ZERO), else_=ONE)
        named = {
            "type": constant(found.place.node.name),
            "id": row.c.id,
            "match": found.match,
            "other": other,
            "kind": sa.literal_column(str(kind), sa.Integer),
            "key": found.key,
        }
        rows = sa.select(*(value.label(name) for name, value in named.items())).select_from(row.source, *found.beside)
        rows = rows.where(*found.clauses)
        rows = rows.distinct() if found.repeats else rows
        keys = [] if found.key is NO_KEY else [found.key]
        return _bracketed(rows.order_by(*keys, row.c.id).limit(_literal(self._bucket + 1)), found.each)


def is_portfolio(place: Place) -> bool:
    """Whether the reader sees no rows but their own, at most a few that grants add."""
    shapes = [scope.shape for scope in place.scopes]
    return any(not shape.is_everything and shape.interval_count == 0 for shape in shapes)


def _literal(limit: int) -> Expression:
    return sa.literal_column(str(limit))


def _bracketed(rows: sa.Select, each: sa.FromClause | None) -> sa.Select:
    """In brackets, and so with an order of its own."""
    if each is None:
        return sa.select(*rows.subquery("first").c)
    of_each = rows.correlate(each).lateral("first")
    return sa.select(*of_each.c).select_from(each, of_each)


def _nothing() -> sa.Select:
    """Where the text can mean nothing."""
    named = {"type": NO_KEY, "id": sa.cast(sa.null(), sa.BigInteger), "match": ZERO, "other": ZERO, "kind": ZERO}
    named["key"] = NO_KEY
    return sa.select(*(value.label(name) for name, value in named.items())).where(sa.false())


def _numbered(arms: Sequence[sa.Select], limit: int) -> sa.Subquery:
    """Of all rows, each by its best match, the first."""
    every = sa.union_all(*arms).subquery("found")
    c = every.c
    best = sa.select(*every.c).ext(postgresql.distinct_on(c.type, c.id))
    best = best.order_by(c.type, c.id, c.match, c.other, c.key).subquery("best")
    c = best.c
    first = sa.select(c.type, c.id, c.match).order_by(c.match, c.other, c.kind, c.key, c.id).limit(_literal(limit))
    ordered = first.subquery("ordered")
    number = sa.literal_column("row_number() OVER ()", sa.Integer).label("number")
    return sa.select(*ordered.c, number).select_from(ordered).subquery("hit")


def results(compiler: Compiler, declared: Search, nodes: list[FieldNode]) -> Expression:
    """The JSON object of a search."""
    searching = Searching(compiler, declared, nodes[0])
    parts: dict[str, Expression] = {}
    for key, chosen in compiler.fields(selections(nodes), RESULTS).items():
        match chosen[0].name.value:
            case "hits":
                parts[key] = searching.hits(_hit(searching, chosen))
            case "hasMore":
                parts[key] = searching.has_more
            case _:
                parts[key] = constant(RESULTS)
    return searching.as_one(json_object(parts))


def _hit(searching: Searching, nodes: list[FieldNode]) -> Expression:
    compiler = searching.compiler
    parts: dict[str, Expression] = {}
    for key, chosen in compiler.fields(selections(nodes), HIT).items():
        match chosen[0].name.value:
            case "matchedOn":
                parts[key] = searching.match
            case "node":
                parts[key] = searching.whole(lambda place, at=chosen: compiler.object(place, selections(at)))
            case _:
                parts[key] = constant(HIT)
    return json_object(parts)


def flat(compiler: Compiler, declared: Search, node: FieldNode) -> Expression:
    """The same for the batched execution, with type and id in the place of each row."""
    searching = Searching(compiler, declared, node)
    row = searching.row
    hit = json_object({"matchedOn": searching.match, "type": row.type, "id": row.id})
    return searching.as_one(json_object({"hits": searching.hits(hit), "hasMore": searching.has_more}))
