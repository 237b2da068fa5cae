"""What rows are grouped by: the keys that `groupBy` names, as columns of the statement that groups, and as JSON."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from graphql import FieldNode
from sqlalchemy.dialects import postgresql

from domain.shared.problem import forbidden, invalid
from resolvers.engine.compiler import Compiler, Place, inside, selections
from resolvers.engine.edges import Amount, Column, Declaration, Expression, Nesting, One
from resolvers.engine.graph import Graph, NodeType
from resolvers.engine.inputs import Value
from resolvers.engine.order import enum_name
from resolvers.engine.parameters import Request
from resolvers.engine.sql import View, constant, json_object, member_of

MOST_KEYS = 3
MOST_BOUNDS = 20
PERIODS = {
    "DAY": "The day itself.",
    "WEEK": "The week, from Monday.",
    "MONTH": "The calendar month.",
    "QUARTER": "The calendar quarter.",
    "YEAR": "The calendar year.",
}
"""Each by its first day; those of instants in the bank's own time zone."""
TIME_ZONE = sa.literal_column("(SELECT bank.time_zone FROM ketu.bank AS bank)", sa.Text)
ONE = sa.literal_column("1", sa.Integer)


def is_number(declaration: Declaration) -> bool:
    """Measured by sum, mean and bounds, grouped by bands."""
    return (
        isinstance(declaration, Column)
        and declaration.filters
        and isinstance(declaration.type, sa.Integer | sa.Numeric)
    )


def is_moment(declaration: Declaration) -> bool:
    """Measured by bounds, grouped per period."""
    return (
        isinstance(declaration, Column) and declaration.filters and isinstance(declaration.type, sa.Date | sa.TIMESTAMP)
    )


@dataclass(frozen=True)
class Grouping:
    """A field that rows can be grouped by."""

    field: str
    declaration: Declaration
    needs: str | None = None
    """The option without which it has too many values: `per` or `bands`."""
    nesting: Nesting | None = None
    """Of the rows at its end, which takes the options `level` and `tree`."""

    @property
    def options(self) -> Sequence[str]:
        """The options that fit."""
        return [*([self.needs] if self.needs else []), *(("level", "tree") if self.nesting else ())]


def groupable(graph: Graph, node: NodeType) -> Mapping[str, Grouping]:
    """By enum value, what rows of `node` can be grouped by."""
    found = {
        enum_name(name): _grouping(graph, name, declaration)
        for name, declaration in graph.all_fields[node.name].items()
    }
    return {name: grouping for name, grouping in found.items() if grouping is not None}


def _grouping(graph: Graph, name: str, declaration: Declaration) -> Grouping | None:
    if isinstance(declaration, One) and declaration.groups_by:
        return Grouping(name, declaration, nesting=graph.by_table[declaration.table].rows.nesting)
    if isinstance(declaration, Column) and declaration.groups:
        return Grouping(name, declaration)
    if is_moment(declaration):
        return Grouping(name, declaration, needs="per")
    if is_number(declaration) or isinstance(declaration, Amount):
        return Grouping(name, declaration, needs="bands")
    return None


@dataclass(frozen=True)
class Key:
    """One key of a grouping."""

    grouping: Grouping
    columns: Mapping[str, Expression]
    """By name, what the rows of a group have in common, in the order in which groups are ordered by it."""
    shown: Callable[[View, list[FieldNode]], Expression]
    """The JSON of it, given these columns."""
    joined: Callable[[sa.FromClause], sa.FromClause] = field(default=lambda rows: rows)
    """The grouped rows with what else it takes to say it."""


def keys_of(compiler: Compiler, place: Place, group_by: Value | None) -> list[Key]:
    """The keys that `groupBy` asks for, outermost first.

    raises  Problem  when there are too many, one is withheld from the reader, or its options do not fit
    """
    known = groupable(compiler.graph, place.node)
    items = group_by.items() if group_by is not None else []
    if len(items) > MOST_KEYS:
        raise invalid(f"groupBy has {len(items)} keys; at most {MOST_KEYS} are taken.")
    keys: list[Key] = []
    for number, item in enumerate(items):
        options = dict(item.entries())
        name = options.pop("field")
        if name.is_null:
            raise invalid(f"{name.name} is null.")
        chosen = name.chosen("field", str)
        if any(key.grouping is known[chosen] for key in keys):
            raise invalid(f"{name.name} is {chosen} again; a field is a key once.")
        given = {option: value for option, value in options.items() if not value.is_null}
        _refuse_misfits(known, chosen, item.name, given)
        keys.append(_Building(compiler, place, known[chosen], item.name, f"key{number}").key(given))
    return keys


def _refuse_misfits(known: Mapping[str, Grouping], chosen: str, where: str, given: Mapping[str, Value]) -> None:
    grouping = known[chosen]
    for option, value in given.items():
        if option not in grouping.options:
            fitting = [name for name, other in known.items() if option in other.options]
            instead = f", or group by {' or '.join(fitting[:3])}" if fitting else ""
            raise invalid(f"{value.name} does not fit {chosen}: leave it out{instead}.")
    if grouping.needs is not None and grouping.needs not in given:
        say = {"per": f"say {', '.join(PERIODS)}", "bands": 'say where bands begin, as in ["0", "50000"]'}
        raise invalid(f"{where}.{grouping.needs} is missing: {chosen} has too many values; {say[grouping.needs]}.")
    if "tree" in given and "level" not in given:
        raise invalid(f"{where}.tree goes with {where}.level: say the level, or leave the tree out.")


@dataclass(frozen=True)
class _Building:
    """What it takes to make one key."""

    compiler: Compiler
    place: Place
    grouping: Grouping
    where: str
    """Where it stands, for messages: `groupBy[0]`."""
    name: str
    """Of its column."""

    def key(self, options: Mapping[str, Value]) -> Key:
        declaration = self.grouping.declaration
        if isinstance(declaration, One):
            nesting = self.grouping.nesting
            if nesting is not None and "level" in options:
                return self._above(declaration, nesting, options)
            return Key(self.grouping, {self.name: self._visible_id(declaration)}, self._row)
        assert isinstance(declaration, Column | Amount)
        value = self.compiler.value_or_forbidden(
            self.place, declaration, used=f"{self.where}.field", name=self.grouping.field
        )
        if isinstance(declaration, Amount) or self.grouping.needs == "bands":
            return self._bands(declaration, value, options["bands"])
        if self.grouping.needs == "per":
            value = self._first_day(declaration, value, options["per"])
        return Key(self.grouping, {self.name: value}, lambda view, _: view.c[self.name])

    def _first_day(self, declaration: Column, value: Expression, per: Value) -> Expression:
        """Of the period. Which period is a parameter: one plan serves all of them."""
        read = per.read()
        period = self.compiler.parameters.bind(lambda request: read(request.variables).lower(), sa.Text())
        if isinstance(declaration.type, sa.TIMESTAMP):
            local = sa.func.timezone(TIME_ZONE, value)
        else:
            local = sa.cast(value, sa.TIMESTAMP)
        return sa.cast(sa.func.date_trunc(period, local), sa.Date)

    def _bands(self, declaration: Column | Amount, value: Expression, bands: Value) -> Key:
        """The number of the band, 0 below the first bound; money goes by currency first."""
        bounds = self.compiler.parameters.bind(_ascending(bands), sa.ARRAY(sa.Numeric()))
        number = sa.func.width_bucket(value, bounds, type_=sa.Integer)
        columns: dict[str, Expression] = {self.name: number}
        if isinstance(declaration, Amount):
            currency = sa.case((value.is_not(None), declaration.currency(self.place.row)))
            columns = {f"{self.name}_currency": currency} | columns

        def shown(view: View, nodes: list[FieldNode]) -> Expression:
            band = view.c[self.name]
            type_name = "MoneyBand" if isinstance(declaration, Amount) else "NumberBand"
            parts: dict[str, Expression] = {
                "from": sa.cast(member_of(bounds, band, sa.Numeric()), sa.Text),
                "to": sa.cast(member_of(bounds, band + ONE, sa.Numeric()), sa.Text),
                "__typename": constant(type_name),
            }
            if isinstance(declaration, Amount):
                parts["currency"] = view.c[f"{self.name}_currency"]
            fields = self.compiler.fields(selections(nodes), type_name)
            json = json_object({key: parts[chosen[0].name.value] for key, chosen in fields.items()})
            return sa.case((band.is_not(None), json))

        return Key(self.grouping, columns, shown)

    def _visible_id(self, edge: One) -> Expression:
        """The id of the row to group by; null where the reader may not see it: hidden rows form no groups."""
        assert edge.groups_by is not None
        reached = self.compiler.reach(edge.table, parent=self.place, on=edge.on)
        if reached is None:
            raise self._withheld()
        if len(reached.clauses) == 1:
            return self.place.row.c[edge.groups_by]
        row = reached.place.row
        found = sa.select(row.c.id).select_from(row.source).where(*reached.clauses)
        return inside(found, self.place).scalar_subquery()

    def _withheld(self) -> Exception:
        name = self.compiler.graph.coordinate(self.place.node, self.grouping.field)
        return forbidden(f"{self.where}.field: {name} is withheld from you.")

    def _above(self, edge: One, nesting: Nesting, options: Mapping[str, Value]) -> Key:
        """By the nearest row of a level at or above the one that rows name; which level is a parameter.

        Worked out once for all rows of the tree and joined: asked of each grouped row, it takes many times as long.
        """
        assert edge.groups_by is not None
        own, above = (self.compiler.reach(edge.table, parent=None, on=None) for _ in range(2))
        if own is None or above is None:
            raise self._withheld()
        tree = options["tree"].chosen("tree", str) if "tree" in options else next(iter(nesting.trees))
        first, last = nesting.trees[tree]
        read = options["level"].read()
        level = self.compiler.parameters.bind(lambda request: read(request.variables), sa.Text())
        low, high = own.place.row, above.place.row
        lies_below = low.c[first].between(high.c[first], high.c[last])
        pairs = sa.select(low.c.id.label("id"), high.c.id.label("above_id")).ext(postgresql.distinct_on(low.c.id))
        pairs = pairs.select_from(sa.join(low.source, high.source, lies_below))
        pairs = pairs.where(*own.clauses, *above.clauses, high.c[nesting.level] == level)
        found = pairs.order_by(low.c.id, high.c[first].desc()).subquery(f"{self.name}_of_{self.grouping.field}")
        named = self.place.row.c[edge.groups_by]

        def joined(rows: sa.FromClause) -> sa.FromClause:
            return sa.outerjoin(rows, found, found.c.id == named)

        return Key(self.grouping, {self.name: found.c.above_id}, self._row, joined)

    def _row(self, view: View, nodes: list[FieldNode]) -> Expression:
        """The row that a group has in common, as far as the reader may see it."""
        edge = self.grouping.declaration
        assert isinstance(edge, One)
        assert edge.groups_by is not None
        row = View(view.source, [], others={edge.groups_by: view.c[self.name]})
        at_key = Place(self.place.node, row, ())
        reached = self.compiler.reach(edge.table, parent=at_key, on=edge.on)
        if reached is None:
            self.compiler.withheld.add(self.compiler.graph.coordinate(self.place.node, self.grouping.field))
            return sa.null()
        return self.compiler.one(reached, nodes, parent=at_key)


def _ascending(bands: Value) -> Callable[[Request], Any]:
    read, where = bands.read(), bands.name

    def bounds(request: Request) -> Any:
        given = read(request.variables)
        if not 1 <= len(given) <= MOST_BOUNDS:
            raise invalid(f"{where} has {len(given)} bounds; give 1 to {MOST_BOUNDS}.")
        for number, (low, high) in enumerate(pairwise(given), 1):
            if not low < high:
                raise invalid(f"{where}[{number}] is not above the bound before it; bounds ascend.")
        return given

    return bounds
