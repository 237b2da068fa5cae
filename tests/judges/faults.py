"""Faults that the judges have to notice: each rule of the engine and of its declarations, broken."""

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from authz import policy, reader
from domain.loan import model as loan
from domain.shared import scope
from resolvers.engine import (
    aggregate,
    batch,
    cells,
    compiler,
    document,
    execute,
    graph,
    grouping,
    identifiers,
    inputs,
    listing,
    measures,
    order,
    page,
    parameters,
    plan,
    roots,
    rows,
    search,
    sql,
    where,
)  # fmt: skip
from resolvers.engine.edges import Amount, Column, Expression, Many, One, Row, Union
from resolvers.engine.graph import Graph
from resolvers.engine.guards import for_everyone
from resolvers.search import ways
from resolvers.viewer import edges as viewer
from tests.judges.seeding import Fault, rewritten, swapped
from tests.judges.words import EDGES, KINDS, ROOTS, SEALED

ROOT_OF = {edge.target: name for name, edge in ROOTS.items()}


def all_faults(declared: Graph) -> list[Fault]:
    """Every fault, those of the declarations first."""
    return [*_of_rows(declared), *_of_fields(declared), *_of_bank(declared), *_of_code()]


def _near(type_name: str, *more: str) -> frozenset[str]:
    return frozenset({f"field Query.{ROOT_OF[type_name]}", *more})


# Declarations


def _of_rows(declared: Graph) -> Iterator[Fault]:
    for node in declared.by_table.values():
        if node.rows.visible is not for_everyone:
            name = f"{node.name}: every row is visible"
            yield Fault(name, swapped(node.rows, "visible", for_everyone), _near(node.name), leaks=True)
        if len(node.rows.reads) > 1:
            name = f"{node.name}: only the first permission is asked for"
            yield Fault(name, swapped(node.rows, "reads", node.rows.reads[:1]), _near(node.name), leaks=True)


def _of_fields(declared: Graph) -> Iterator[Fault]:
    seen: set[int] = set()
    for node in declared.by_table.values():
        for field, declaration in declared.all_fields[node.name].items():
            name, near = f"{node.name}.{field}", _near(node.name, f"field {node.name}.{field}")
            if id(declaration) in seen:
                continue
            seen.add(id(declaration))
            if isinstance(declaration, One | Many) and declaration.on is not None:
                yield Fault(f"{name}: leads to every row", swapped(declaration, "on", lambda *_: sa.true()), near)
                guard = declared.by_table[declaration.table].rows.visible
                if not declaration.same_customer and guard is not for_everyone:
                    trusting = swapped(declaration, "same_customer", True)
                    yield Fault(f"{name}: trusts the parent's scope", trusting, near, leaks=True)
                if declaration.tells_more:
                    yield Fault(f"{name}: tells about too few", swapped(declaration, "tells_more", False), near)
            elif isinstance(declaration, Column | Amount) and declaration.requires is not None:
                yield Fault(f"{name}: is not guarded", swapped(declaration, "requires", None), near, leaks=True)
            elif isinstance(declaration, Union):
                fewer = swapped(declaration, "members", declaration.members[:-1])
                yield Fault(f"{name}: lacks a member", fewer, near)


def _of_bank(declared: Graph) -> Iterator[Fault]:
    others: dict[str, Callable[[Row], Expression]] = {
        "name": lambda row: row.c.time_zone,
        "businessDate": lambda row: row.c.business_date + 1,
        "timeZone": lambda row: row.c.base_currency,
        "baseCurrency": lambda row: row.c.name,
        "isSample": lambda row: sa.not_(row.c.is_sample),
    }
    for field, declaration in declared.plain["Bank"].items():
        near = frozenset({"field Query.bank", f"field Bank.{field}"})
        yield Fault(f"Bank.{field}: is something else", swapped(declaration, "value", others[field]), near)


# Code

NUMBERS = frozenset({"IntFilter", "DecimalFilter", "DateFilter", "DateTimeFilter"})
FILTERS = NUMBERS | {"StringFilter", "IDFilter"}


def _operators(*names: str) -> frozenset[str]:
    return frozenset(f"operator {kind}.{name}" for kind in FILTERS for name in names) | WITH_WHERE


WITH_WHERE = frozenset(f"argument Query.{name}(where)" for name in ROOTS)
WITH_ORDER = frozenset(f"argument Query.{name}(orderBy)" for name in ROOTS)
QUANTIFIED = WITH_WHERE | {
    f"where {name}.{field}" for name, field in EDGES if name in KINDS and field[-1] == "s" and field != "contracts"
}
LIKE = frozenset({"field Query.customers", "argument Query.customers(where)", "where Customer.name"}) | {
    f"operator StringFilter.{name}" for name in ("contains", "startsWith")
}
ONE_EDGE = WITH_WHERE | {f"where {name}.{field}" for name, field in EDGES if field[-1] != "s"}
NUMBERED = frozenset(f"where {type_name}.{field}" for type_name, field in SEALED) | {
    "operator IdentifierFilter.is",
    *(f"field Query.{name}" for name in ("identityDocuments", "contactPoints", "accounts", "cards")),
    *(f"argument Query.{name}(where)" for name in ("identityDocuments", "contactPoints", "accounts", "cards")),
}
MONEY = WITH_WHERE | {"where Account.balance", "where Transaction.amount", "where Loan.amount", "where Balance.amount"}
GROUPED = frozenset(
    f"group {name}.{value}"
    for name in KINDS
    for value in ("BRANCH", "PRODUCT", "MANAGER", "STATE", "SEX", "CREATED_AT", "KIND")
)
MOMENTS = frozenset(f"group {name}.CREATED_AT" for name in KINDS)
BANDS = frozenset({"group Account.BALANCE", "group Loan.AMOUNT", "group Transaction.AMOUNT"}) | _near("Account")
LEVELS = frozenset(f"group {name}.BRANCH" for name in KINDS) | _near("Account", "tree ROLL_UP", "level SUB_BRANCH")
FIGURES = frozenset({"figure Loan.amount", "figure Account.balance", "figure Transaction.amount"}) | _near("Account")
UNIONS = frozenset({"field Query.contracts", "field Customer.contracts", "field Query.customers"})
NAMES = frozenset({f"order {name} {way}" for name in ("Customer.NAME", "Staff.NAME") for way in ("ASC", "DESC")})
PERSONAL = WITH_ORDER | {
    "field Query.accounts", "field Query.transactions", "field Query.customers",
    *(f"order {name} {way}" for name in ("Account.BALANCE", "Transaction.AMOUNT", "Customer.BIRTH_ON")
      for way in ("ASC", "DESC")),
}  # fmt: skip
NULLABLE = WITH_ORDER | {
    f"order {name} {way}"
    for name in ("Account.CLOSED_ON", "Account.BALANCE_ON", "Customer.JOINED_ON", "IdentityDocument.EXPIRES_ON",
                 "Transaction.PURPOSE", "Branch.SOURCE", "Staff.SOURCE", "Account.SOURCE")
    for way in ("ASC", "DESC")
}  # fmt: skip
AFTER, BEFORE = {"page first+after", "page after", "page last+after"}, {"page last+before", "page before"}
PAGED = frozenset(AFTER | BEFORE)
FORWARD, BACKWARD = frozenset({"page first"}), frozenset({"page last", "page last+before"})


def _mistake(name: str) -> frozenset[str]:
    return frozenset({f"mistake: {name}"})


def _of_code() -> Iterator[Fault]:
    for name, function, old, new, focus in [*_WHERE, *_ORDER, *_PAGE, *_LIST, *_SEARCH, *_AGGREGATE, *_SCOPE, *_REST]:
        leaks = (name, function, old, new, focus) in _SCOPE
        yield Fault(name, rewritten(function, old, new), frozenset(focus), leaks=leaks)


_operator = where._operator

_WHERE = [
    ("lt takes equals in", _operator, "column < bind", "column <= bind", _operators("lt")),
    ("lte leaves equals out", _operator, "column <= bind", "column < bind", _operators("lte")),
    ("gt takes equals in", _operator, "column > bind", "column >= bind", _operators("gt")),
    ("gte leaves equals out", _operator, "column >= bind", "column > bind", _operators("gte")),
    ("eq is ne", _operator, "column == bind(one", "column != bind(one", _operators("eq")),
    ("ne loses nulls", _operator, "column.is_distinct_from(bind(one, type_))", "column != bind(one, type_)",
     _operators("ne")),
    ("in is all", _operator, "return column == sa.any_", "return column == sa.all_", _operators("in")),
    ("notIn loses nulls", _operator, "is_not_true(column == sa.any_", "sa.not_(column == sa.any_",
     _operators("notIn")),
    ("notIn is in", _operator, "is_not_true(column == sa.any_", "(column == sa.any_", _operators("notIn")),
    ("isNull is turned round", _operator, "column.is_(None) == bind", "column.is_(None) != bind",
     _operators("isNull")),
    ("startsWith is contains", _operator, "column.like(bind(text, sa.Text())",
     "column.like(sa.literal_column(\"'%'\").concat(bind(text, sa.Text()))", _operators("startsWith")),
    ("contains is startsWith", _operator, "sa.literal_column(\"'%'\").concat(bind(text, sa.Text())).concat",
     "bind(text, sa.Text()).concat", _operators("contains")),
    ("a percent sign matches anything", _operator, '.replace("%", "\\\\%")', "", LIKE),
    ("an underscore matches anything", _operator, '.replace("_", "\\\\_")', "", LIKE),
    ("a backslash is no letter", _operator, '.replace("\\\\", "\\\\\\\\")', "", LIKE),
    ("ne null finds nothing", _operator, '"ne": column.is_not(None)', '"ne": sa.false()', _operators("ne")),
    ("less than null finds all", _operator, ".get(name, sa.false())", ".get(name, sa.true())",
     _operators("lt", "gt", "in")),
    ("null for operators finds values", where.scalar, "column.is_(None)", "column.is_not(None)", WITH_WHERE),
    ("only the first operator counts", where.scalar, "*clauses)", "*clauses[:1])", WITH_WHERE),
    ("null for an edge finds rows", where._one, "sa.not_(exists) if", "exists if", ONE_EDGE),
    ("every is some", where._many, 'if quantifier == "some" else', 'if quantifier != "none" else', QUANTIFIED),
    ("every is none", where._many, 'quantifier == "every"', "False", QUANTIFIED),
    ("none is some", where._many, 'found if quantifier == "some"', 'found if quantifier != "every"', QUANTIFIED),
    ("only one quantifier counts", where._many, "*clauses)", "*clauses[:1])", QUANTIFIED),
    ("quantifiers see hidden rows", where._exists, "list(reached.clauses)", "list(reached.clauses[:1])", QUANTIFIED),
    ("withheld edges find nothing", where._exists, "raise forbidden(", "return sa.false() if True else str(",
     WITH_WHERE),
    ("and is or", where._entry, 'if key == "and" else', 'if key != "and" else', WITH_WHERE),
    ("not keeps the unknown out", where.is_not_true, "sa.func.coalesce(clause, sa.false())", "clause", WITH_WHERE),
    ("and: null holds", where._refuse_null, "if value.is_null", "if False and value.is_null",
     _mistake("null for a condition")),
    ("conditions on money find no amount", where._money, "[shown.is_not(None)]", "[]", MONEY),
    ("null for money finds amounts", where._money, "shown.is_(None)", "shown.is_not(None)", MONEY),
    ("the amount is taken for the currency", where._money, 'part == "amount"', "True", MONEY),
    ("lists have no end", _operator, "len(given) > LONGEST_LIST", "len(given) > 9 * LONGEST_LIST",
     _mistake("long list") | _operators("in", "notIn")),
    ("one character is enough", _operator, "len(given) < SHORTEST_SUBSTRING", "len(given) < 0",
     _mistake("one character") | _operators("contains")),
    ("filters have no end", where._entry, "compiler.filter_count > compiler.limits.filters",
     "compiler.filter_count > 9_999", _mistake("too many conditions") | WITH_WHERE),
    ("ids of other types are compared", where._identity, "compiler.graph.decode_as(place.node, node_id, where=where)",
     "compiler.graph.decode(node_id, where=where)[1]", _mistake("id of another type") | _operators("eq", "in")),
]  # fmt: skip

_ORDER = [
    ("orders do not end in the id", order.TotalOrder.by, "zip(self.keys, values, strict=True)",
     "list(zip(self.keys, values, strict=True))[:-1]", WITH_ORDER | FORWARD),
    ("nulls come first", order.TotalOrder.by, "term.nulls_first() if backward else term.nulls_last()",
     "term.nulls_last() if backward else term.nulls_first()", NULLABLE),
    ("nulls stand where PostgreSQL puts them", order.TotalOrder.by, "if key.nullable else term", "if False else term",
     NULLABLE),
    ("pages from the end read from the start", order.TotalOrder.by, "key.descending is not backward",
     "key.descending", BACKWARD),
    ("DESC is ASC", order.order_of, '== "DESC"', '== "ASC"', WITH_ORDER),
    ("ids ascend always", order.order_of, "keys[-1].descending if keys else False", "False", WITH_ORDER),
    ("names are ordered by their characters", order._sortable, "return declaration.sort(place.row)", "return value",
     NAMES | WITH_ORDER | {"field Query.customers"}),
    ("only the last key counts", order.order_of, "(*keys, last)", "(*keys[-1:], last)", WITH_ORDER),
    ("the edge's own order is left out", order.order_of, "if not keys:", "if False:", FORWARD),
    ("orders have no end", order.order_of, "len(keys) > MOST_KEYS", "len(keys) > 99",
     _mistake("too many keys") | WITH_ORDER),
    ("orders of all lists are one", order.TotalOrder.signature, "sha256(", 'sha256(b"") if words else sha256(',
     _mistake("cursor of another list")),
    ("withheld fields may be ordered by", order._refuse_withheld, "raise forbidden(", "str(", WITH_ORDER),
    ("unions are ordered from the oldest", order.order_of_union, "first.order[0].descending",
     "not first.order[0].descending", UNIONS),
]  # fmt: skip

_PAGE = [
    ("a page begins with the cursor's row", page._compare_known, "value > bound if", "value >= bound if", PAGED),
    ("a page over values begins with the cursor's row", page._compare_known, "row > bound if", "row >= bound if",
     PAGED),
    ("a page ends with the cursor's row", page._compare_known, "else value < bound)", "else value <= bound)", PAGED),
    ("nulls are lost after a cursor", page._compare_known, "if following and key.nullable", "if False",
     NULLABLE | PAGED),
    ("values are lost before a null", page._compare_known, "if not following", "if False", NULLABLE | PAGED),
    ("ties of a cursor are lost", page._compare_known, "sa.and_(same, clause)", "sa.and_(same, sa.false())", PAGED),
    ("pages turn round after a cursor", page.window, "(page.after, True)", "(page.after, False)", PAGED),
    ("before is left out", page.window, ", (page.before, False))", ",)", PAGED),
    ("beside a row, its own stays", page._beside_row, "value > bound if", "value >= bound if", PERSONAL | PAGED),
    ("beside a row, nulls are turned round", page._beside_row, "if following else (bound, value)",
     "if not following else (bound, value)", PERSONAL | PAGED),
    ("cursors stand on hidden rows", page._beside_row, "reached.place.row.c.id == row_id, *reached.clauses",
     "reached.place.row.c.id == row_id", PERSONAL | PAGED),
    ("stale cursors lead to nothing", page._beside_row, "[clause, stale]", "[clause]", PERSONAL | PAGED),
    ("sizes below nothing", page._bucket, "not 0 <= size <= BUCKETS[-1]", "size > BUCKETS[-1]", _mistake("size")),
    ("sizes beyond the largest", page._bucket, "not 0 <= size <= BUCKETS[-1]:\n", "size < 0:\n",
     _mistake("size")),
    ("two sizes", page.page_of, '"first" in arguments and "last" in arguments', "False", _mistake("first and last")),
    ("last is first", page.page_of, 'backward = "last" in arguments', "backward = False", BACKWARD),
    ("cursors of any list", page.decode_text, "signature != order.signature or", "",
     _mistake("cursor of another list")),
    ("cursors are looked at too late", page.page_of, 'value.chosen("cursor", _refusing(order, value.name))', "pass",
     _mistake("garbage for a cursor")),
    ("a page is one too long", rows.Rows._sized, "size = self.page.size\n", "size = self.page.size + ONE\n", FORWARD),
    ("a page of a whole bucket is one too long", rows.Rows.__init__, "page.bucket + self.has_more", "page.bucket + 1",
     FORWARD),
    ("a page with its info is one too short", rows.Rows.listed, "self.number <= self.page.size",
     "self.number < self.page.size", FORWARD),
    ("a page with its info is one too long", rows.Rows.listed, "self.number <= self.page.size",
     "self.number <= self.page.size + ONE", FORWARD),
    ("a full page goes on", rows.Rows._page_info, "sa.func.count() > page.size", "sa.func.count() >= page.size",
     FORWARD),
    ("there is always a next page", rows.Rows._page_info, "_truth(page.before is not None)", "_truth(True)", BACKWARD),
    ("there is never a previous page", rows.Rows._page_info, "_truth(page.after is not None)", "_truth(False)",
     frozenset(AFTER)),
    ("start and end are exchanged", rows.Rows._page_info, '"startCursor": last if page.backward else first',
     '"startCursor": first if page.backward else last', BACKWARD | FORWARD),
    ("pages from the end are turned round", rows.Rows.listed, "self.number.desc() if self.page.backward",
     "self.number.asc() if self.page.backward", BACKWARD),
    ("a bucket has no room for one more", rows.Rows.__init__, "page.bucket + self.has_more", "page.bucket",
     frozenset({"field Query.transactions"})),
]  # fmt: skip

_LIST = [
    ("counts ignore the filter", listing.TableListing._again, "self._arguments)", "{})", WITH_WHERE),
    ("members of a union give one row", listing.UnionListing._first, "_literal(limit)", "_literal(1)", UNIONS),
    ("withheld members are not named", listing._readable, "compiler.withheld.add(", "str(", UNIONS),
    ("members of a union are counted once", listing.UnionListing.total, "sa.union_all(*counted)",
     "sa.union(*counted)", UNIONS),
    ("members of a union are mixed up", listing.UnionListing._whole, "row.c.id == rows.row.c.id",
     "row.c.id >= rows.row.c.id", UNIONS),
    ("withheld fields are not named", compiler.Compiler.field, "self.withheld.add(coordinate)", "pass", frozenset()),
    ("withheld root fields are not named", roots._field, "compiler.withheld.add(", "str(", frozenset()),
    ("withheld nodes are not named", roots._by_ids, "compiler.withheld.add(", "str(", frozenset({"field Query.nodes"})),
    ("type names in small letters", compiler.Compiler.type_name, "constant(place.node.name)",
     "constant(place.node.name.lower())", frozenset()),
    ("@skip is @include", compiler.Compiler._included, '== "skip"', '== "include"', frozenset()),
    ("selections are not merged", compiler.Compiler._collect, "into.setdefault(key, []).append(selection)",
     "into[key] = [selection]", frozenset()),
    ("money without an amount", compiler.Compiler.money, "if declaration.nullable or declaration.requires else money",
     "if False else money", _near("Account", "field Account.balance")),
    ("nodes come by id", roots._by_ids, "aggregate_order_by(asked.c.place)", "aggregate_order_by(asked.c.id)",
     frozenset({"field Query.nodes"})),
    ("ids have no end", roots.decoded_ids, "len(listed) > MOST_IDS", "len(listed) > 999",
     _mistake("long list") | {"field Query.nodes"}),
    ("ids of any type", graph.Graph.decode_as, "found.prefix != node.prefix", "False",
     _mistake("id of another type") | {"field Query.customer"} | _operators("eq", "in")),
    ("ids with leading zeros", graph.Graph.decode, " and str(int(digits)) == digits", "",
     _mistake("id") | {"field Query.node", "field Query.customer", "field Query.nodes"}),
    ("decimals as numbers", sql.rendered, "return sa.cast(value, sa.Text)", "return value",
     frozenset({"field Query.households", "field Household.confidenceRatio", "field Relation.confidenceRatio"})),
    ("times without microseconds", sql.rendered, "MI:SS.US", "MI:SS", frozenset()),
    ("times in another zone", sql.rendered, 'constant("UTC")', 'constant("Asia/Shanghai")', frozenset()),
    ("loans are repaid a month late", loan.schedule, "range(1, ", "range(2, ",
     _near("Loan", "field Loan.schedule")),
    ("permissions that are not held are listed", viewer._permissions, "if reader.has(permission)",
     "if True", frozenset({"field Query.viewer", "field Viewer.permissions"})),
]  # fmt: skip

SEARCH = frozenset({"field Query.search"})


def _match(*names: str) -> frozenset[str]:
    return SEARCH | {f"match {name}" for name in names}


_SEARCH = [
    ("numbers are looked up beyond their reach", ways.ByIdentifier.finds, "*in_reach(scope, holder.place), sealed",
     "sealed", _match("CERTIFICATE", "PHONE", "ACCOUNT_NUMBER", "CARD_NUMBER")),
    ("hidden members lead to households", ways.ByMember._member, "*person.clauses", "sa.true()", _match("MEMBER")),
    ("names are found twice", ways.ByPart.finds, ">= part.c.place", ">= ONE", _match("NAME_PART")),
    ("only beginnings of syllables of one letter", ways.ByInitials.finds, "_follows(seeking, c.name_sort_key)",
     "c.name_initials == seeking.key", _match("INITIALS")),
    ("the end of any number", ways.ByIdentifier.finds, "seeking.form.is_last_four", "seeking.form.has_digit",
     _match("CERTIFICATE_END")),
    ("beginnings are whole", ways.ByKey.finds, "self.start != self.whole", "False", _match("NAME_START")),
    ("one's own come last", search.Searching._arm, "(own, ZERO), else_=ONE", "(own, ONE), else_=ZERO",
     _match("NAME_START", "PINYIN")),
    ("the worst match counts", search._numbered, "c.id, c.match, c.other, c.key", "c.id, c.match.desc()",
     _match("NAME", "NUMBER", "INITIALS")),
    ("hits by kind", search._numbered, "c.match, c.other, c.kind", "c.kind, c.match, c.other", SEARCH),
    ("there is always more", search.Searching.has_more, "> self._size", ">= self._size", SEARCH),
    ("one hit too many", search.Searching.hits, "<= self._size", "<= self._size + ONE", SEARCH),
    ("texts have no end", search._form, "len(typed) > LONGEST", "False", _mistake("long list") | SEARCH),
    ("withheld kinds are not named", search.Searching._arms, "self.compiler.withheld.add(", "str(", SEARCH),
]  # fmt: skip

_AGGREGATE = [
    ("small groups are shown", aggregate._Aggregates._found, "if not self.compiler.parameters.shape", "if True or self",
     GROUPED),
    ("what is left out beside a small group tells it", cells._goes_for, "is_small(compiler, before)", "sa.false()",
     GROUPED),
    ("groups by fewer keys tell what is left out", cells.shown_groups, "is_needed=goes", "is_needed=sa.false()",
     GROUPED),
    ("few amounts of a currency are shown", measures.Measures.judged, "if not amounts or", "if True or", FIGURES),
    ("bounds of few values are shown", measures.Measures._merged, "sa.not_(few)",
     "sa.true()", _near("Account", "figure Account.closedOn", "figure Account.asOfDate")),
    ("few rows without an amount are told", cells.currencies_left_out, "is_small_part(compiler, without)", "sa.false()",
     FIGURES),
    ("small counts are shown", aggregate.total, "if not compiler.parameters.shape.suppresses_small_cells", "if True",
     frozenset()),
    ("currencies are added up", measures.Measures.currency, "return next(",
     'return constant("") if True else next(', FIGURES),
    ("a mean has one digit", measures.Measures._money, 'sa.literal_column("2")', 'sa.literal_column("1")', FIGURES),
    ("rows without a group are left out", aggregate._Aggregates._found, "select_from(rows)",
     "select_from(rows).where(*(key.is_not(None) for key in keys))", GROUPED),
    ("groups per month of another zone", grouping._Building._first_day, "TIME_ZONE", 'constant("UTC")', MOMENTS),
    ("groups per period are by day", grouping._Building._first_day, ".lower()", ".lower() and 'day'", MOMENTS),
    ("what equals a bound lies below it", grouping._Building._bands, "sa.func.width_bucket(value, bounds",
     "sa.func.width_bucket(value - sa.literal_column('0.000001'), bounds", BANDS),
    ("amounts of several currencies lie in one band", grouping._Building._bands,
     "declaration.currency(self.place.row)", 'constant("CNY")', BANDS),
    ("bounds in disorder are taken", grouping._ascending, "not low < high", "False", _mistake("grouping")),
    ("bounds have no end", grouping._ascending, "not 1 <= len(given) <= MOST_BOUNDS", "False", _mistake("grouping")),
    ("options that do not fit are taken", grouping._refuse_misfits, "not in grouping.options", "in ()",
     _mistake("grouping")),
    ("a field is a key twice", grouping.keys_of, "key.grouping is known[chosen]", "False", _mistake("grouping")),
    ("branches lie under those beside them", grouping._Building._above,
     "low.c[first].between(high.c[first], high.c[last])", "low.c[first] >= high.c[first]", LEVELS),
    ("there is one tree alone", grouping._Building._above, 'if "tree" in options', "if False", LEVELS),
    ("the largest groups come last", aggregate._Aggregates._order, "count.desc()", "count.asc()",
     GROUPED | {"groups LARGEST_FIRST"}),
    ("groups of as many rows are too few", aggregate._Aggregates._listed, "found.count >= self.least",
     "found.count > self.least", GROUPED | {"argument aggregates(minCount)"}),
    ("rows without a value count", measures.Measures.columns, "sa.func.count(value)", "sa.func.count()", FIGURES),
    ("the last groups come first", aggregate._Aggregates._order, ".asc().nulls_last()", ".desc().nulls_first()",
     GROUPED),
    ("groups have no end", aggregate._is_size, "not 0 <= asked <= MOST_GROUPS", "False", _mistake("groups")),
    ("withheld figures are not named", measures.Measures._measured, "self.compiler.withheld.add(", "str(", FIGURES),
    ("the smallest is the largest", measures.Measures.columns, "sa.func.min(value)", "sa.func.max(value)", FIGURES),
    ("withheld edges may be grouped by", grouping._Building._visible_id, "raise self._withheld()",
     "return sa.null()", GROUPED),
]  # fmt: skip

_SCOPE = [
    ("hidden rows form groups", grouping._Building._visible_id, "len(reached.clauses) == 1", "True",
     frozenset({"group Customer.MANAGER", "field Query.customers"})),
    ("hidden rows beyond an edge order", order._beyond, ".where(*reached.clauses)", ".where(reached.clauses[0])",
     WITH_ORDER | {"field Query.customers", "order Customer.MANAGER_NAME ASC", "order Customer.MANAGER_NAME DESC"}),
    ("any scope answers for any", compiler._answers_for, "all(any(scope.covers(other) for other in held)",
     "all(any(True for other in held)", frozenset()),
    ("the child's scope answers for the parent's", compiler._answers_for, "scope.covers(other)",
     "other.covers(scope)", frozenset()),
    ("a narrow guard is taken for a wide one", compiler.Compiler.value, "scope.covers(held)", "held.covers(scope)",
     _near("Customer", "field Customer.birthOn", "field Customer.age")),
    ("withheld values are shown", compiler.Compiler.value, "return None", "return value",
     _near("Account", "field Account.balance", "figure Account.balance")),
    ("withheld values are null in filters", compiler.Compiler.value_or_forbidden, "raise forbidden(",
     "return sa.null() if True else str(", MONEY),
    ("the last position is left out", parameters.ScopeParameters.clause,
     "clauses.append(position.between(*self.parameters.interval(self.index, number)))",
     "low, high = self.parameters.interval(self.index, number); clauses.append((position >= low) & (position < high))",
     frozenset()),
    ("the last position of many intervals is left out", parameters.ScopeParameters.clause,
     "position.between(intervals.c.low, intervals.c.high)",
     "(position >= intervals.c.low) & (position < intervals.c.high)", frozenset()),
    ("only the first interval counts", parameters.ScopeParameters.clause, "range(self.shape.interval_count)",
     "range(1)", frozenset()),
    ("many intervals of any row", parameters.ScopeParameters.clause, "inside.correlate_except(intervals)", "inside",
     _near("Relation", "field Relation.fromCustomer", "field Customer.age", "field Customer.contactPoints")),
    ("rows of one's own are left out", parameters.ScopeParameters.clause, "if self.shape.has_manager", "if False",
     frozenset()),
    ("rows of any manager are one's own", parameters.ScopeParameters.clause, "manager == self.parameters.manager()",
     "manager.is_not(None)", frozenset()),
    ("backup managers have no portfolio", parameters.ScopeParameters.clause, "for manager in managers]",
     "for manager in managers[:1]]", frozenset()),
    ("grants add nothing", parameters.ScopeParameters.clause, "if customer is not None and", "if False and",
     frozenset()),
    ("only the first permission of a row counts", compiler.Compiler.reach, "node.rows.reads)", "node.rows.reads[:1])",
     _near("Card")),
    ("a reach of one's own is none", policy.Policy.scope, "manager_id = subject.staff_id\n",
     "manager_id = subject.staff_id if reach is not Reach.OWN else manager_id\n", frozenset()),
    ("roles are not united", policy.Policy.scope, "merged(intervals)", "merged(intervals[:1])", frozenset()),
    ("a subtree is a branch", policy.intervals_of, "held.of_subtree", "held.of_branch", frozenset()),
    ("a branch is a subtree", policy.intervals_of, "held.of_branch", "held.of_subtree", frozenset()),
    ("intervals cover what begins in them", scope.Scope.covers, "low <= a and b <= high", "low <= a <= high",
     frozenset()),
    ("intervals are merged across gaps", scope.merged, "result[-1][1] + 1", "result[-1][1] + 1_000_000", frozenset()),
    ("whoever sees a row looks it up by number", identifiers.in_reach, "if any(", "if True or any(",
     NUMBERED),
    ("rows are looked up as one kind of number alone", identifiers._is, "identifier.kinds]", "identifier.kinds[:1]]",
     NUMBERED),
    ("whoever may look nothing up finds nothing", identifiers.found_by, "raise forbidden(",
     "return sa.false() if True else str(", NUMBERED),
    ("nobody is kept out of a visible row's values", compiler.Compiler.value, "if any(", "if True or any(",
     _near("Transaction", "field Transaction.amount", "field Transaction.balanceAfter")),
]  # fmt: skip

_REST = [
    ("plans are kept for all readers", execute.Engine.plan, "(operation.key, shape)", "(operation.key,)", frozenset()),
    ("plans are kept whatever is null", inputs.Value.is_null,
     'self.trace.ask(("null", self.path), lambda variables: read(variables) is None)',
     "read(self.trace.variables) is None", WITH_WHERE),
    ("plans are kept whatever is absent", inputs.Value.is_absent,
     'self.trace.ask(("absent", self.path), lambda variables: read(variables) is ABSENT)',
     "read(self.trace.variables) is ABSENT", PAGED),
    ("plans are kept whatever is chosen", inputs.Value.chosen, "return self.trace.ask(",
     "return choose(read(self.trace.variables)) if True else self.trace.ask(", WITH_ORDER),
    ("plans are kept whatever is asked", plan.PlanCache.find, "step.answers.get(answer)",
     "next(iter(step.answers.values()))", WITH_ORDER),
    ("variables are taken for literals", plan.PlanCache.find, "if question.is_about_literals:", "if True:",
     WITH_ORDER | PAGED),
    ("plans are kept whatever is given", inputs.Value.entries,
     'self.trace.ask(("keys", self.path), lambda variables: tuple(read(variables)))',
     "tuple(read(self.trace.variables))", WITH_WHERE),
    ("plans are kept whatever the length", inputs.Value.items,
     'self.trace.ask(("length", path), lambda variables: len(read(variables)))', "len(read(self.trace.variables))",
     WITH_WHERE),
    ("values that no statement needs are not looked at", plan.Plan.parameters, "in self.checks", "in ()",
     _mistake("id") | _mistake("one character") | _mistake("long list") | WITH_WHERE),
    ("literals are one too large", document._raw, "int(node.value)", "int(node.value) + 1", FORWARD),
    ("literal lists lose a member", document._raw, "for value in node.values", "for value in node.values[1:]",
     _operators("in", "notIn")),
    ("literals share a name", document._Lifter.enter, "{len(self.literals)}", "0", frozenset()),
    ("batched: rows are handed out in another order", batch.Batch._loader, "for row_id in ids]",
     "for row_id in sorted(ids)]", frozenset()),
    ("any permission is enough", reader.Reader.has, "not any(", "not all(", _near("Card")),
]  # fmt: skip
