"""Random operations, from the schema's types and from values that the data holds; some with a mistake in them."""

import base64
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from graphql import GraphQLSchema, get_named_type, is_leaf_type

from tests.judges import coverage, figures, grouping, searching, texts
from tests.judges.coverage import CONNECTIVES, MISTAKES, NOT_JUDGED, PAGES, QUANTIFIERS
from tests.judges.values import WRONG, Values, Word
from tests.judges.view import camel, snake, where_field
from tests.judges.words import EDGES, KINDS, ROOTS, UNIONS, WIDEST, World

SIZES = (0, 1, 2, 2, 3, 5, 19, 20, 21, 50, 51, 100)
ARGUMENTS = ("where", "orderBy", "first", "last", "after", "before")
MANY = 4
"""Things to choose at once where something is looked for."""
GARBAGE = ("", "!", "é", "bnVsbA==", base64.b64encode(b'["00000000", "1"]').decode(), base64.b64encode(b"[]").decode())


@dataclass
class Draft:
    """One operation, and what its document uses, for the coverage."""

    query: str
    variables: dict[str, Any]
    hit: set[str]
    paging: list[str] = field(default_factory=list)
    """Variables without a value for `after` and `before`, to be filled from answers."""


class Generator:
    """Writes one operation at a time; chooses mostly what was used least so far."""

    def __init__(
        self, schema: GraphQLSchema, world: World, rng: Random, *, focus: frozenset[str] = frozenset()
    ) -> None:
        """focus  what is chosen before all else, wherever there is a choice"""
        self.schema, self.world, self.rng = schema, world, rng
        self.look_at(focus)
        self.belongings = coverage.belongings(schema)
        self.used: Counter[str] = Counter()
        self.reached: set[str] = set()
        """What needs no more attention: told by the court."""
        self.cursors: Sequence[str] = ()
        """Of earlier answers: told by the court."""

    def look_at(self, focus: frozenset[str]) -> None:
        """Choose what is in focus before all else, and ask for orders, filters and groups where it names some."""
        self.focus = focus
        self.aims = {name.split(".")[0] for name in focus}

    def draft(self, *, computed: bool = False, mistakes: int = 0) -> Draft:
        """A random operation, with at most so many mistakes."""
        self.values = Values(self.schema, self.world, self.rng)
        self.budget, self.filters = 30, 30
        self.computed = computed
        self.planned = set(self._pick("mistake: ", sorted(MISTAKES), mistakes))
        self.fragments: list[str] = []
        self.hit = self.values.hit
        self.paging: list[str] = []
        roots = [self._root() for _ in range(self.rng.choice([1, 1, 1, 2, 3]))]
        # A field that came to nothing may have left a variable behind.
        text = f"{{ {' '.join(roots)} }}\n" + "\n".join(self.fragments)
        named = set(re.findall(r"\$(\w+)", text))
        definitions = [each for each in self.values.definitions if re.findall(r"\w+", each)[0] in named]
        head = f"({', '.join(definitions)})" if definitions else ""
        variables = {name: value for name, value in self.values.variables.items() if name in named}
        self.used.update(self.hit)
        return Draft(f"query Judged{head} {text}", variables, self.hit, [name for name in self.paging if name in named])

    # Choosing

    def _chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def _pick(self, kind: str, names: Iterable[str], count: int) -> list[str]:
        """Some of `names`: what is in focus, else mostly what was never reached or used least."""
        shuffled = list(names)
        self.rng.shuffle(shuffled)
        rare = self._chance(0.8)

        def rank(name: str) -> tuple[bool, bool, int]:
            full = f"{kind}{name}"
            is_done = full in self.reached and self.belongings.get(full, set()) <= self.reached
            return full not in self.focus, rare and is_done, rare * self.used[full]

        return sorted(shuffled, key=rank)[:count]

    def _use(self, *names: str) -> None:
        self.used.update(names)

    def _errs(self, mistake: str) -> bool:
        """Whether a planned mistake is made here."""
        if mistake not in self.planned or not self._chance(0.7):
            return False
        self.planned.discard(mistake)
        self.hit.add(f"mistake: {mistake}")
        return True

    def _new(self, letter: str) -> str:
        return self.values.new(letter)

    # Selections

    def _root(self) -> str:
        (name,) = self._pick("field Query.", [*ROOTS, "node", "nodes", "customer", "viewer", "bank", "search"], 1)
        self._use(f"field Query.{name}")
        alias = self._new("r")
        if name in ROOTS:
            return self._connection(alias, "Query", name, ROOTS[name].target, 3)
        if name in ("viewer", "bank"):
            return f"{alias}: {name} {{ {self._fields(name.capitalize(), 1)} }}"
        if name == "search":
            return f"{alias}: {self._search()}"
        wanted = ["Customer"] if name == "customer" else self._pick("node ", KINDS, self.rng.randint(1, 3))
        if name == "node":
            wanted = wanted[:1]
        ids = [self._node_id(each) for each in wanted]
        self._use(*(f"node {each}" for each in wanted))
        if name == "customer" and self._errs("id of another type"):
            ids = [self._node_id("Account")]
        if name == "nodes" and self._errs("long list"):
            ids *= 101
        argument = self.values.leaf(ids, "[ID!]!") if name == "nodes" else self.values.leaf(ids[0], "ID!")
        inner = self._fields("Customer", 2) if name == "customer" else self._of_several(wanted, 2)
        return f"{alias}: {name}({'ids' if name == 'nodes' else 'id'}: {self.values.print(argument)}) {{ {inner} }}"

    def _search(self) -> str:
        (match,) = self._pick("match ", searching.MATCHES, 1)
        kinds = self._pick("match of ", searching.TYPES.values(), self.rng.choice([1, 2, 8]))
        self._use(f"match {match}", *(f"match of {kind}" for kind in kinds))
        text = texts.text_for(match, self.world, self.rng)
        text = text * 101 if text and self._errs("long list") else text
        given = [f"text: {self.values.in_a_variable(text, 'SearchText!')}"]
        if self._errs("size"):
            given.append(f"first: {self.rng.choice([-1, 51])}")
        elif self._chance(0.5):
            given.append(f"first: {self.values.print(self.values.leaf(self.rng.choice([0, 1, 2, 3, 11, 50]), 'Int'))}")
        named = [name for name, kind in searching.TYPES.items() if kind in kinds]
        if self._chance(0.7):
            words = self.rng.choice([named, named, named[:1], []])
            given.append(f"kinds: {self.values.print(self.values.leaf([Word(w) for w in words], '[SearchKind!]'))}")
        hit = f"matchedOn node {{ {self._of_several(kinds[:2], 2)} }}"
        return f"search({', '.join(given)}) {{ hits {{ {hit} }} {'hasMore' if self._chance(0.7) else '__typename'} }}"

    def _node_id(self, type_name: str) -> str:
        row = self.rng.choice(self.world.tables[KINDS[type_name].table])
        node_id = f"{KINDS[type_name].prefix}_{row['id'] if self._chance(0.95) else 987654}"
        if self._errs("id"):
            wrong = [node_id.replace("_", "_0"), f"{node_id} ", f"x{node_id}", node_id[:4], "", f"{node_id[:4]}{9**20}"]
            return self.rng.choice([*wrong, node_id.replace("_", "_-"), node_id.replace("_", "__"), node_id[4:]])
        return node_id

    def _of_several(self, wanted: Iterable[str], depth: int) -> str:
        """A selection on values of several types."""
        parts = ["__typename"]
        if self._chance(0.7):
            parts.append("... on Node { id }")
            self.hit.add("fragment on an interface")
        # Fields of equal name and unequal type may not stand under one key.
        parts += [f"... on {name} {{ {self._fields(name, depth, aliased=True)} }}" for name in dict.fromkeys(wanted)]
        return " ".join(parts)

    def _fields(self, type_name: str, depth: int, *, aliased: bool = False) -> str:
        if type_name in UNIONS:
            self.hit.add("fragment on a member of a union")
            members = list(UNIONS[type_name])
            return self._of_several(self.rng.sample(members, self.rng.randint(1, len(members))), depth)
        parent: Any = self.schema.get_type(type_name)
        wide = WIDEST.get(type_name, type_name)
        names = [name for name in parent.fields if self.computed or (type_name, name) != ("Loan", "schedule")]
        names = [name for name in names if (type_name, name) not in NOT_JUDGED]
        count = 2 * MANY if f"field {wide}" in self.aims else self.rng.randint(1, 5)
        chosen = self._pick(f"field {wide}.", names, count)
        parts = [self._field(type_name, name, depth, aliased) for name in chosen]
        if self._chance(0.2):
            parts.append(f"{self._new('t')}: __typename")
        if type_name == "Customer" and self._chance(0.5):
            narrow = self.rng.choice(["Person", "Organisation"])
            parts.append(f"... on {narrow} {{ {self._fields(narrow, depth, aliased=aliased)} }}")
            self.hit.add("fragment on a kind")
        parts = [part for part in parts if part]
        if not parts:
            return "__typename"
        return self._in_fragment(type_name, " ".join(parts))

    def _in_fragment(self, type_name: str, text: str) -> str:
        if self._chance(0.1):
            name = self._new("F")
            on = "Node" if type_name in WIDEST and text == "id" else type_name
            self.fragments.append(f"fragment {name} on {on} {{ {text} }}")
            self.hit.add("named fragment")
            return f"...{name}" + (f"{self._directive()} {self._new('t')}: __typename" if self._chance(0.3) else "")
        if self._chance(0.1):
            self.hit.add("inline fragment")
            return f"...{self._directive()} {{ {text} }} {self._new('t')}: __typename"
        return text

    def _directive(self) -> str:
        name = self.rng.choice(["include", "skip"])
        self.hit.add(f"@{name}")
        condition = self._chance(0.5)
        return f" @{name}(if: {self.values.print(self.values.leaf(condition, 'Boolean!'))})"

    def _field(self, type_name: str, name: str, depth: int, aliased: bool) -> str:
        parent: Any = self.schema.get_type(type_name)
        target = get_named_type(parent.fields[name].type)
        is_row = target.name in WIDEST or target.name.endswith("Connection")
        if is_row and (depth <= 0 or self.budget < 0):
            return ""
        wide = WIDEST.get(type_name, type_name)
        self._use(f"field {wide}.{name}")
        self.budget -= 1
        directive = self._directive() if self._chance(0.04) else ""
        alias = self._new("a") if aliased or directive or self._chance(0.15) else name
        if is_leaf_type(target):
            return f"{alias}: {name}{directive}" if alias != name else name
        if target.name.endswith("Connection"):
            beyond = target.name.removesuffix("Connection")
            return self._connection(self._new("c"), wide, name, beyond, depth - 1, directive)
        return f"{alias}: {name}{directive} {{ {self._fields(target.name, depth - 1)} }}"

    def _connection(self, alias: str, parent: str, name: str, target: str, depth: int, directive: str = "") -> str:
        arguments = self._arguments(f"{parent}.{name}", target)
        head = f"{alias}: {name}{arguments}{directive}"
        parts = [self._page_part(target, depth) for _ in range(self.rng.choice([0, *[1] * 6, 2, 2, 2]))]
        if self._chance(0.3):
            parts.append(f"pageInfo {{ {self._fields('PageInfo', 0)} }}")
        if self._chance(0.3):
            parts.append("totalCount")
        aimed = bool(self.planned & {"groups", "grouping"}) or bool(self.aims & {f"group {target}", f"figure {target}"})
        if (aimed or self._chance(0.4)) and target not in UNIONS:
            parts.append(self._aggregates(target, depth))
        if self._chance(0.1):
            parts.append(f"{self._new('t')}: __typename")
        if any(f"${name}" in arguments for name in self.paging):
            parts.append(f"{self._new('e')}: edges {{ cursor }}")
        parts = parts or ["totalCount"]
        if len(parts) > 1 and self._chance(0.2):
            self.hit.add("merged fields")
            return f"{head} {{ {parts[0]} }} {head} {{ {' '.join(parts[1:])} }}"
        return f"{head} {{ {' '.join(parts)} }}"

    def _page_part(self, target: str, depth: int) -> str:
        if self._chance(0.66):
            return f"nodes {{ {self._fields(target, depth)} }}"
        return f"edges {{ cursor node {{ {self._fields(target, depth)} }} }}"

    def _aggregates(self, target: str, depth: int) -> str:
        fields: Any = self.schema.get_type(f"{target}GroupField")
        count = 3 if f"group {target}" in self.aims else self.rng.randint(0, 3)
        names = self._pick(f"group {target}.", fields.values, count)
        self._use(*(f"group {target}.{name}" for name in names))
        arguments: list[str] = []
        if names:
            items = [self._grouped(target, name) for name in names]
            if self._errs("grouping"):
                items = self._ill_grouped(target, items)
            arguments.append(f"groupBy: {self.values.object(items, f'[{target}GroupBy!]')}")
        if names and self._chance(0.3):
            arguments.append(f"first: {self.values.print(self.values.leaf(self.rng.choice([0, 1, 3, 1000]), 'Int'))}")
        elif self._errs("groups"):
            arguments.append(self.rng.choice(["first: -1", "first: 1001", "minCount: 0"]))
        if names and self._chance(0.2):
            arguments.append(f"minCount: {self.values.print(self.values.leaf(self.rng.choice([1, 2, 3]), 'Int'))}")
        if names and self._chance(0.2):
            order = Word(self.rng.choice(["KEY", "LARGEST_FIRST", "LARGEST_FIRST"]))
            arguments.append(f"orderBy: {self.values.print(self.values.leaf(order, 'GroupOrder'))}")
        arguments = list({each.split(":")[0]: each for each in arguments}.values())
        head = f"({', '.join(arguments)})" if arguments else ""
        parts = ["count"] if self._chance(0.7) else ["__typename"]
        if names:
            parts.append(f"key {{ {self._key(target, names, depth)} }}")
        measured: Any = self.schema.get_type(f"{target}Aggregate")
        measures = [name for name in measured.fields if name not in ("key", "count")]
        count = MANY if f"figure {target}" in self.aims else self.rng.randint(0, 3)
        for name in self._pick(f"figure {target}.", measures, count):
            self._use(f"figure {target}.{name}")
            parts.append(self._field(f"{target}Aggregate", name, depth, aliased=False))
        return f"{self._new('g')}: aggregates{head} {{ {' '.join(parts)} }}"

    def _grouped(self, target: str, name: str) -> dict[str, Any]:
        """One key, with the options that go with it."""
        kind = grouping.kind_of(self.schema, target, camel(name))
        options: dict[str, Any] = {}
        if kind == "Date":
            options["per"] = Word(self._pick("per ", grouping.PERIODS, 1)[0])
        elif kind in ("MoneyBand", "NumberBand"):
            options["bands"] = self._bounds(target, snake(camel(name)))
        elif kind == "Branch" and self._chance(0.6):
            options["level"] = Word(self._pick("level ", grouping.LEVELS, 1)[0])
            if self._chance(0.5):
                options["tree"] = Word(self._pick("tree ", grouping.ABOVE, 1)[0])
        elif self._chance(0.05):
            taken: Any = self.schema.get_type(f"{target}GroupBy")
            options[self.rng.choice([option for option in taken.fields if option != "field"])] = None
        self._use(*(f"{option} {value}" for option, value in options.items() if option != "bands"))
        return {"field": Word(name), **options}

    def _bounds(self, target: str, column: str) -> list[str]:
        """Ascending, some of them values that the data holds: what equals a bound lies above it."""
        known = [row.get(column) for row in self.rng.choices(self.world.tables[KINDS[target].table], k=4)]
        bounds = {Decimal(value) for value in known if isinstance(value, int | Decimal)}
        bounds |= {Decimal(self.rng.choice(["0", "10", "50", "1000.00", "-5.5"])) for _ in range(2)}
        return [figures.text(bound) for bound in sorted(bounds)][: self.rng.choice([1, 2, 6])]

    def _ill_grouped(self, target: str, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Keys that are not taken: one twice, an option that does not fit or is missing, bounds in disorder."""
        first, *others = items
        options: Any = self.schema.get_type(f"{target}GroupBy")
        wrong: list[list[dict[str, Any]]] = [[*items, first]]
        if "per" not in first and "per" in options.fields:
            wrong.append([first | {"per": Word("MONTH")}, *others])
        if "bands" not in first and "bands" in options.fields:
            wrong.append([first | {"bands": ["0"]}, *others])
        if "level" not in first and "level" in options.fields:
            wrong.append([first | {"tree": Word("ROLL_UP")}, *others])
        if "bands" in first:
            for bounds in ([], ["1", "0"], ["1", "1.00"], [str(number) for number in range(21)]):
                wrong.append([first | {"bands": bounds}, *others])
        if first.keys() & {"per", "bands"}:
            wrong.append([{"field": first["field"]}, *others])
        return self.rng.choice(wrong)

    def _key(self, target: str, names: list[str], depth: int) -> str:
        parts = ["__typename"]
        for name in names:
            parts.append(self._field(f"{target}GroupKey", camel(name), max(depth, 1), aliased=False))
        return " ".join(part for part in parts if part)

    # Arguments

    def _arguments(self, edge: str, target: str) -> str:
        given: list[str] = []
        missing = [name for name in ARGUMENTS if f"argument {edge}({name})" not in self.reached]
        focused = [name for name in ARGUMENTS if f"argument {edge}({name})" in self.focus]
        # Where something else is looked for, a filter only keeps rows away.
        often = 0.1 if self.focus else 0.5 if "where" in missing else 0.35
        filtered = "where" in focused or f"where {target}" in self.aims or bool(self.planned) or self._chance(often)
        ordered = "orderBy" in focused or f"order {target}" in self.aims or "too many keys" in self.planned
        ordered = ordered or self._chance(0.5 if "orderBy" in missing else 0.35)
        if filtered and self.filters > 0 and target not in UNIONS:
            given.append(f"where: {self.values.object(self._where(target, 2), f'{target}Where')}")
        if ordered and target not in UNIONS:
            given.append(f"orderBy: {self.values.object(self._order_by(target), f'[{target}OrderBy!]')}")
        forms = [form for form in PAGES if set(form.split("+")) & set(focused or missing)]
        if forms and (focused or self._chance(0.4)):
            form = self.rng.choice(forms)
        else:
            form = self.rng.choice(["none", "none", *PAGES]) if self._chance(0.6) else self._pick("page ", PAGES, 1)[0]
        self._use(f"page {form}")
        names = set(form.split("+"))
        if self._errs("first and last"):
            names |= {"first", "last"}
        for name in ("first", "last"):
            if name in names:
                size = self.rng.choice([-1, 101, 2**31 - 1]) if self._errs("size") else self.rng.choice(SIZES)
                given.append(f"{name}: {self.values.print(self.values.leaf(size, 'Int'))}")
        for name in ("after", "before"):
            if name in names:
                given.append(f"{name}: ${self._cursor()}")
        return f"({', '.join(given)})" if given else ""

    def _cursor(self) -> str:
        variable = self._new("p")
        self.values.definitions.append(f"${variable}: String")
        if self._errs("garbage for a cursor"):
            self.values.variables[variable] = self.rng.choice(GARBAGE)
        elif self.cursors and self._errs("cursor of another list"):
            self.values.variables[variable] = self.rng.choice(self.cursors)
        else:
            self.paging.append(variable)
        return variable

    def _order_by(self, target: str) -> list[dict[str, Any]]:
        fields: Any = self.schema.get_type(f"{target}OrderField")
        several = [5] if f"order {target}" in self.aims else [1, 2, 3, 5, 5]
        count = 6 if self._errs("too many keys") else self.rng.choice(several)
        ways = [f"{name} {way}" for name in fields.values for way in ("ASC", "DESC")]
        keys: list[dict[str, Any]] = []
        picked = [each.split() for each in self._pick(f"order {target}.", ways, len(ways))]
        for name, way in list({name: (name, way) for name, way in reversed(picked)}.values())[-count:][::-1]:
            self._use(f"order {target}.{name} {way}")
            keys.append({"field": Word(name), "direction": Word(way)})
            if way == "ASC" and self._chance(0.3):
                keys[-1] = {"field": Word(name)} if self._chance(0.7) else keys[-1] | {"direction": None}
        return keys

    def _where(self, target: str, depth: int) -> dict[str, Any]:
        where: Any = self.schema.get_type(f"{target}Where")
        names = [name for name in where.fields if name not in CONNECTIVES]
        count = MANY if f"where {target}" in self.aims else self.rng.choice([1, 1, 2])
        chosen = self._pick(f"where {target}.", names, count)
        if self.planned & {"id", "id of another type"}:
            chosen.append("id")
        if self._chance(0.3) or "null for a condition" in self.planned:
            chosen.append(self.rng.choice(CONNECTIVES))
        result: dict[str, Any] = {}
        for name in chosen:
            self.filters -= 1
            if name in CONNECTIVES:
                result[name] = self._connected(target, name, depth)
                continue
            if (target, name) not in EDGES:
                result[name] = self._condition(target, name)
            elif depth > 0:
                result[name] = self._edge_condition(target, name, depth)
            self._use(f"where {target}.{name}")
        if self._errs("too many conditions"):
            result["or"] = [{"id": {"isNull": False}} for _ in range(100)]
        return result

    def _connected(self, target: str, name: str, depth: int) -> Any:
        if self._errs("null for a condition"):
            return None
        if name == "not":
            return self._where(target, depth - 1) if depth > 0 else {}
        count = self.rng.choice([0, 1, 2, 2]) if depth > 0 else 0
        return [self._where(target, depth - 1) for _ in range(count)]

    def _edge_condition(self, target: str, name: str, depth: int) -> Any:
        beyond = EDGES[target, name].target
        if not where_field(self.schema, target, name).endswith("Quantifier"):
            return self._where(beyond, depth - 1) if self._chance(0.85) else None
        if self._errs("null for a condition"):
            return None if self._chance(0.5) else {self.rng.choice(QUANTIFIERS): None}
        chosen = self._pick("quantifier ", QUANTIFIERS, self.rng.choice([1, 1, 1, 2]))
        self._use(*(f"quantifier {quantifier}" for quantifier in chosen))
        return {quantifier: self._where(beyond, depth - 1) for quantifier in chosen}

    def _condition(self, target: str, name: str) -> Any:
        if self._chance(0.04):
            return None
        kind = where_field(self.schema, target, name)
        if kind == "MoneyFilter":
            parts = self.rng.sample(["amount", "currency"], self.rng.choice([1, 1, 2]))
            columns = {"amount": ("DecimalFilter", snake(name)), "currency": ("StringFilter", "currency")}
            return {part: self._operators(columns[part][0], target, columns[part][1]) for part in parts}
        return self._operators(kind, target, snake(name))

    def _operators(self, kind: str, target: str, column: str) -> dict[str, Any]:
        operators: Any = self.schema.get_type(kind)
        chosen = self._pick(f"operator {kind}.", operators.fields, self.rng.choice([1, 1, 2, 2]))
        if "one character" in self.planned and kind == "StringFilter":
            chosen = ["contains"]
        if "long list" in self.planned and "in" in operators.fields:
            chosen = ["in"]
        self._use(*(f"operator {kind}.{name}" for name in chosen))
        return {name: self._operand(kind, name, target, column) for name in chosen}

    def _operand(self, kind: str, operator: str, target: str, column: str) -> Any:
        if self._chance(0.03):
            return None
        if operator == "isNull":
            return self._chance(0.5)
        if operator in ("in", "notIn"):
            members = [self._sample(kind, target, column) for _ in range(self.rng.choice([0, 1, 2, 4]))]
            return members[:1] * 1001 if members and self._errs("long list") else members
        if self.values.is_checked(kind) and self._errs("wrong type"):
            return dict(WRONG)
        value = self._sample(kind, target, column)
        if operator == "startsWith":
            start = self.rng.choice([0, 0, 0, 1])
            return self._wild(value[start : start + self.rng.randint(1, 3)] or value)
        if operator == "contains":
            if self._errs("one character"):
                return value[:1]
            start = self.rng.randint(0, 1)
            return self._wild(value[start : start + 3]) if len(value[start : start + 3]) > 1 else "zz"
        return value

    def _wild(self, text: str) -> str:
        """Now and then with a letter in it that would stand for others, were it not taken as it is."""
        if not text or not self._chance(0.25):
            return text
        at = self.rng.randrange(len(text))
        return text[:at] + self.rng.choice("_%") + text[at + 1 :]

    def _sample(self, kind: str, target: str, column: str) -> Any:
        if column == "id":
            return self._node_id("Branch" if target != "Branch" and self._errs("id of another type") else target)
        return self.values.sample(kind, KINDS[target].table, column)
