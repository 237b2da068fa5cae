"""The ways in which rows are found by what somebody typed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from domain.customer.tables import customer, customer_name_part
from domain.household.tables import household_member
from domain.search.text import LONGEST, Form, beginnings, folded, pattern
from resolvers.engine.compiler import Place, Reached
from resolvers.engine.edges import Clause, Expression, Row
from resolvers.engine.identifiers import in_reach, stored_as
from resolvers.engine.parameters import Request
from resolvers.engine.rows import ONE
from resolvers.engine.search import LAST_LETTER, Found, Seeking, key_of


def reached(seeking: Seeking, table: sa.Table, *, may_be_anybodys: bool = False, is_one: bool = False) -> Reached:
    """The rows of a table that the reader may read some of; as `Seeking.reach` finds them."""
    found = seeking.reach(table, may_be_anybodys=may_be_anybodys, is_one=is_one)
    assert found is not None
    return found


@dataclass(frozen=True)
class ByKey:
    """A name or number, whole or the beginning of it."""

    column: str
    whole: str
    start: str
    applies: Callable[[Form], bool] = lambda _form: True

    def finds(self, seeking: Seeking, table: sa.Table) -> Iterator[Found]:
        if self.applies(seeking.form):
            found = reached(seeking, table)
            key = key_of(found.place.row.c[self.column])
            match = seeking.match(self.whole)
            if self.start != self.whole:
                match = sa.case((key == seeking.key, match), else_=seeking.match(self.start))
            yield Found(found.place, [*found.clauses, seeking.begins(key)], match, key)


@dataclass(frozen=True)
class BySyllables:
    """The beginnings of the syllables of a name; of a table with few rows."""

    column: str = "name_sort_key"

    def finds(self, seeking: Seeking, table: sa.Table) -> Iterator[Found]:
        if seeking.form.is_spelled and seeking.form.is_part:
            found = reached(seeking, table)
            spelled = found.place.row.c[self.column]
            first = seeking.bind(lambda typed: folded(typed)[0], sa.Text())
            key = key_of(spelled)
            clauses = [*found.clauses, key >= first, key < first.concat(LAST_LETTER)]
            yield Found(found.place, [*clauses, *_spelled(seeking, spelled)], seeking.match("INITIALS"), key)


def _spelled(seeking: Seeking, value: Expression) -> list[Clause]:
    """Whether syllables begin as the letters do, and their first letters are some that the letters stand for."""
    initials = sa.func.regexp_replace(
        value, sa.literal_column("'([^ ])[^ ]* *'"), sa.literal_column("'\\1'"), sa.literal_column("'g'")
    )
    begun = _begun(seeking)
    some = sa.select(ONE).select_from(begun).where(sa.func.starts_with(initials, begun.c.letters))
    return [_follows(seeking, value), sa.exists(some.correlate_except(begun))]


def _follows(seeking: Seeking, value: Expression) -> Clause:
    """Whether the syllables of a name begin as the letters do.

    The operator would do the same, and let the planner think that next to no row fulfils it.
    """
    return sa.func.regexp_like(value, seeking.bind(lambda typed: pattern(folded(typed)), sa.Text()), type_=sa.Boolean())


def _begun(seeking: Seeking) -> sa.FromClause:
    """First letters that the text may stand for, as rows."""
    letters = seeking.bind(lambda typed: beginnings(folded(typed)), sa.ARRAY(sa.Text()))
    return (
        sa.func.unnest(letters).table_valued(sa.column("letters", sa.Text), name="begun").render_derived(name="begun")
    )


@dataclass(frozen=True)
class ByInitials:
    """The same for customers, of whom there are many: their first letters are indexed."""

    def finds(self, seeking: Seeking, table: sa.Table) -> Iterator[Found]:
        if seeking.form.is_spelled and seeking.form.is_part:
            found = reached(seeking, table)
            c = found.place.row.c
            begun = _begun(seeking)
            clauses = [
                *found.clauses,
                c.name_initials >= begun.c.letters,
                c.name_initials < begun.c.letters.concat(LAST_LETTER),
                _follows(seeking, c.name_sort_key),
            ]
            yield Found(found.place, clauses, seeking.match("INITIALS"), c.name_initials, each=begun)


@dataclass(frozen=True)
class ByPart:
    """What stands anywhere within the name of a customer.

    The parts of names are kept beside them; who has few customers has each name looked through.
    """

    def finds(self, seeking: Seeking, table: sa.Table) -> Iterator[Found]:
        if seeking.form.is_part and seeking.is_few(table):
            found = reached(seeking, table)
            key = key_of(found.place.row.c.name)
            first = sa.func.strpos(key, seeking.key, type_=sa.Integer())
            part = sa.func.substr(key, first, sa.literal_column(str(LONGEST)), type_=sa.Text())
            yield Found(found.place, [*found.clauses, first > ONE], seeking.match("NAME_PART"), sa.collate(part, "C"))
        elif seeking.form.is_part:
            found = reached(seeking, table)
            part = seeking.compiler.alias(customer_name_part)
            c = found.place.row.c
            # The first place where the name holds it, and not the beginning: each name is found once. It cannot lie
            # behind this one; of an equation the planner would expect that hardly any row fulfils it.
            first = sa.func.strpos(sa.func.ketu.search_key(c.name), seeking.key) >= part.c.place
            clauses = [part.c.customer_id == c.id, *found.clauses, seeking.begins(part.c.part), first]
            yield Found(found.place, clauses, seeking.match("NAME_PART"), part.c.part, beside=(part.source,))


@dataclass(frozen=True)
class ByPartOfFew:
    """The same of a table with few rows, each of which is looked at."""

    column: str = "name"

    def finds(self, seeking: Seeking, table: sa.Table) -> Iterator[Found]:
        if seeking.form.is_part:
            found = reached(seeking, table)
            key = key_of(found.place.row.c[self.column])
            within = sa.func.strpos(key, seeking.key) > ONE
            yield Found(found.place, [*found.clauses, within], seeking.match("NAME_PART"), key)


Joined = Callable[[Row, Row], tuple[list[Clause], list[sa.FromClause]]]
"""How a row with an identifier goes with the row that is shown, and what stands between them."""


def itself(row: Row, holder: Row) -> tuple[list[Clause], list[sa.FromClause]]:
    """They are one."""
    return [row.c.id == holder.c.id], []


def of_customer(row: Row, holder: Row) -> tuple[list[Clause], list[sa.FromClause]]:
    """It names the customer."""
    return [row.c.id == holder.c.customer_id], []


@dataclass(frozen=True)
class ByIdentifier:
    """A sealed number: the whole of it, which takes a permission and counts as a search; or its last four."""

    holds: sa.Table
    joined: Joined
    whole: str
    end: str
    applies: Callable[[Form], bool]

    def finds(self, seeking: Seeking, table: sa.Table) -> Iterator[Found]:
        holder = seeking.reach(self.holds, is_one=True)
        if holder is None:
            return
        (identifier,) = holder.place.node.rows.identifiers
        if self.applies(seeking.form) and identifier.search is not None:
            scope = seeking.compiler.parameters.scope(identifier.search)
            if not scope.is_nothing:
                sealed = self._stored(seeking, holder.place)
                yield self._found(seeking, table, holder, [*in_reach(scope, holder.place), sealed], self.whole)
        if seeking.form.is_last_four:
            last = seeking.bind(lambda typed: folded(typed).upper(), sa.Text())
            clauses = [holder.place.row.c[f"{identifier.name}_last4"] == last]
            yield self._found(seeking, table, holder, clauses, self.end)

    def _found(self, seeking: Seeking, table: sa.Table, holder: Reached, clauses: list[Clause], match: str) -> Found:
        if self.joined is itself:
            return Found(holder.place, [*holder.clauses, *clauses], seeking.match(match))
        shown = reached(seeking, table, is_one=True)
        ties, between = self.joined(shown.place.row, holder.place.row)
        return Found(
            shown.place,
            [*ties, *clauses, *holder.clauses, *shown.clauses],
            seeking.match(match),
            beside=[holder.place.row.source, *between],
            repeats=True,
        )

    def _stored(self, seeking: Seeking, place: Place) -> Clause:
        (identifier,) = place.node.rows.identifiers
        ring, read = seeking.compiler.keys, seeking.read

        def blind_indexes(request: Request) -> list[bytes]:
            return [ring.ring.blind_index(kind, read(request.variables)) for kind in identifier.kinds]

        coordinate = seeking.compiler.graph.coordinate(place.node, identifier.name)
        seeking.look_up(coordinate, blind_indexes)
        return stored_as(seeking.compiler, identifier, place, blind_indexes)


@dataclass(frozen=True)
class ByMember:
    """The name of a member of a household, of those members that the reader sees."""

    column: str
    applies: Callable[[Form], bool] = lambda _form: True

    def finds(self, seeking: Seeking, table: sa.Table) -> Iterator[Found]:
        if not self.applies(seeking.form):
            return
        household = reached(seeking, table)
        person, member, key, clauses = self._member(seeking, household.place, may_be_anybodys=False)
        # Once for each household: of several members that match, by the first.
        other, _, other_key, others = self._member(seeking, household.place, may_be_anybodys=True)
        earlier = sa.tuple_(other_key, other.c.id) < sa.tuple_(key, person.c.id)
        first = sa.select(ONE).where(*others, earlier).correlate(household.place.row.source, person.source)
        yield Found(
            household.place,
            [*clauses, *household.clauses, sa.not_(sa.exists(first))],
            seeking.match("MEMBER"),
            key,
            beside=[person.source, member.source],
            owned=person,
        )

    def _member(
        self, seeking: Seeking, household: Place, *, may_be_anybodys: bool
    ) -> tuple[Row, Row, Expression, list[Clause]]:
        person = reached(seeking, customer, may_be_anybodys=may_be_anybodys)
        member = seeking.compiler.alias(household_member)
        key = key_of(person.place.row.c[self.column])
        ties = [member.c.household_id == household.row.c.id, person.place.row.c.id == member.c.customer_id]
        return person.place.row, member, key, [*ties, seeking.begins(key), *person.clauses]
