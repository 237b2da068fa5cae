"""Fields with a reach of their own: beyond it they are null, whether shown, filtered, ordered, grouped or added up."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from factories.bank import Bank, built_schema

from domain.shared.problem import ProblemCode
from resolvers.engine.edges import Amount, Column
from resolvers.engine.grouping import is_moment
from tests.authz.readers import Asker, askers, narrowed
from tests.authz.sight import REFERENCE
from tests.judges.grouping import untold

pytestmark = pytest.mark.anyio

GRAPH = built_schema().graph
PAGE = 100


@dataclass(frozen=True)
class Guarded:
    """Where a guarded field's value lies, in SQL, and what it takes to see it."""

    root: str
    table: str
    value: str
    permission: str
    is_money: bool = False
    currency: str = "currency"


BASE_CURRENCY = "(SELECT base_currency FROM ketu.bank)"
AUM = f"""(SELECT sum(balance) FROM ketu.account
    WHERE state <> 'CLOSED' AND currency = {BASE_CURRENCY} AND account.id IN (
        SELECT account_id FROM ketu.account_holder WHERE customer_id = customer.id AND role = 'OWNER'))"""
AGE = "extract(year FROM age((SELECT business_date FROM ketu.bank), birth_on))::integer"
FIELDS = {
    "Account.balance": Guarded("accounts", "account", "balance", "account.balance:read", is_money=True),
    "Campaign.budget": Guarded("campaigns", "campaign", "budget", "campaign.budget:read", is_money=True),
    "Campaign.spent": Guarded("campaigns", "campaign", "spent", "campaign.budget:read", is_money=True),
    "Customer.aum": Guarded(
        "customers", "customer", AUM, "customer.aum:read", is_money=True, currency=BASE_CURRENCY
    ),
    "Person.age": Guarded("customers", "customer", AGE, "customer.birth_on:read"),
    "Person.birthOn": Guarded("customers", "customer", "birth_on", "customer.birth_on:read"),
    "Transaction.amount": Guarded(
        "transactions", "transaction", "amount", "transaction.amount:read", is_money=True
    ),
    "Transaction.balanceAfter": Guarded(
        "transactions", "transaction", "balance_after", "transaction.amount:read", is_money=True
    ),
    "Visit.latitude": Guarded("visits", "visit", "latitude", "visit.whereabouts:read"),
    "Visit.longitude": Guarded("visits", "visit", "longitude", "visit.whereabouts:read"),
}  # fmt: skip

Rows = dict[int, Any]
"""By id, the value of each visible row as the reader may see it: None where they may not, or where there is none."""


def test_every_guarded_field_has_a_case():
    found: set[str] = set()
    # What an interface declares is one field in all its types.
    again = {f"{kind}.{name}" for node in GRAPH.types.values() for kind in node.kinds.values() for name in node.fields}
    for node in GRAPH.types.values():
        for name, declaration in node.fields.items():
            if isinstance(declaration, Column | Amount) and declaration.requires is not None:
                found.add(f"{node.name}.{name}")
    found -= again
    assert found == set(FIELDS)


async def rows_of(asker: Asker, guarded: Guarded) -> tuple[Rows, dict[int, str]]:
    """The visible rows with their values, and with their currencies."""
    visible = await asker.sight.ids(guarded.table)
    known = await asker.sight.ids(guarded.table, [guarded.permission])
    currency = guarded.currency if guarded.is_money else "''"
    found = await asker.sight.connection.fetch(
        f"SELECT id, {guarded.value} AS value, {currency} AS currency FROM ketu.{guarded.table}"
    )
    values = {row["id"]: row["value"] if row["id"] in known else None for row in found if row["id"] in visible}
    return values, {row["id"]: row["currency"] for row in found}


def shown(value: Any) -> Any:
    """As an answer writes it."""
    return str(value) if isinstance(value, Decimal | date) else value


def amount_of(value: Any) -> Any:
    """Out of money, or the value itself."""
    return value["amount"] if isinstance(value, dict) else value


def without_small(sizes: Mapping[tuple[Any, ...], int], smallest: int) -> dict[tuple[Any, ...], int]:
    """The groups that are shown: those that are left out are no small one together."""
    shown = untold(list(sizes.items()), smallest)
    return {key: size for key, size in sizes.items() if key in shown}


def _group(value: Any, nothing: tuple[None, ...]) -> tuple[Any, ...]:
    if value is None:
        return nothing
    return (value.get("currency", ""), value["from"] is not None) if isinstance(value, dict) else (value,)


def number(node: dict[str, Any]) -> int:
    """The row's own id."""
    return int(node["id"].split("_")[1])


@pytest.mark.parametrize("path", FIELDS)
async def test_a_value_is_the_same_by_every_use(bank: Bank, path: str):
    guarded, field = FIELDS[path], path.split(".")[1]
    kinds: set[str] = set()
    async with bank.database.read() as connection:
        everybody = await askers(bank, connection) + await narrowed(bank, connection, [guarded.permission])
        for asker in everybody:
            if not asker.sight.reads(guarded.table):
                continue
            uses = Uses(bank, asker, path, guarded, field)
            if asker.sight.has(guarded.permission):
                rows, currencies = await rows_of(asker, guarded)
                known = await asker.sight.ids(guarded.table, [guarded.permission])
                kinds.add("with" if rows.keys() <= known else "partly")
                await uses.are_of(rows, currencies)
            else:
                kinds.add("without")
                await uses.are_refused()
    # Of what everybody sees, nobody sees a part.
    assert kinds == {"with", "without"} | (set() if guarded.table in REFERENCE else {"partly"})


@dataclass(frozen=True)
class Uses:
    """One field, asked for by one reader in every way."""

    bank: Bank
    asker: Asker
    path: str
    guarded: Guarded
    field: str

    async def are_of(self, rows: Rows, currencies: dict[int, str]) -> None:
        """Each use knows just these values."""
        await self._output(rows)
        await self._filters(rows)
        for descending in (False, True):
            await self._order(rows, descending)
        await self._groups(rows, currencies)
        await self._figures(rows, currencies)

    async def are_refused(self) -> None:
        """The value is null and named; what would tell it by other ways is FORBIDDEN."""
        body = await self._listed()
        assert {amount_of(node.get(self.field)) for node in self._nodes(body)} <= {None}
        assert body["extensions"] == {"withheld": [self.path]}
        inputs = [f"where: {{{self.field}: {self._condition('isNull: false')}}}", f"orderBy: {{field: {self._key}}}"]
        queries = [f"{{ {self.guarded.root}({given}) {{ totalCount }} }}" for given in inputs]
        queries.append(f"{{ {self.guarded.root} {{ aggregates(groupBy: {self._grouped(0)}) {{ count }} }} }}")
        for query in queries:
            code, message = await self.bank.refusal(query, reader=self.asker.reader)
            assert code is ProblemCode.FORBIDDEN, self.asker.name
            assert message.endswith(f".{self.field} is withheld from you.")
        body = await self._answer(f"aggregates {{ {self.field} {self._measures} }}")
        (group,) = body["data"][self.guarded.root]["aggregates"]
        nothing = [] if self.guarded.is_money else dict.fromkeys(["min", "max"])
        assert group[self.field] == nothing, self.asker.name
        (named,) = body["extensions"]["withheld"]
        assert named.endswith(f".{self.field}")

    @property
    def _key(self) -> str:
        return "".join(f"_{letter}" if letter.isupper() else letter.upper() for letter in self.field)

    @property
    def _measures(self) -> str:
        return "{ currency count sum min max }" if self.guarded.is_money else "{ min max }"

    def _condition(self, operators: str) -> str:
        return f"{{amount: {{{operators}}}}}" if self.guarded.is_money else f"{{{operators}}}"

    async def _answer(self, selection: str, arguments: str = "") -> dict[str, Any]:
        given = f"({arguments})" if arguments else ""
        return await self.bank.answer(f"{{ {self.guarded.root}{given} {{ {selection} }} }}", reader=self.asker.reader)

    async def _listed(self, arguments: str = "") -> dict[str, Any]:
        value = f"{self.field} {{ amount currency }}" if self.guarded.is_money else self.field
        selection = f"nodes {{ id ... on {self.path.split('.')[0]} {{ {value} }} }}"
        return await self._answer(selection, ", ".join(filter(None, [f"first: {PAGE}", arguments])))

    def _nodes(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        return body["data"][self.guarded.root]["nodes"]

    async def _output(self, rows: Rows) -> None:
        nodes = self._nodes(await self._listed())
        assert len(nodes) == min(len(rows), PAGE)
        for node in nodes:
            assert amount_of(node.get(self.field)) == shown(rows[number(node)]), (self.asker.name, node)

    async def _filters(self, rows: Rows) -> None:
        known = {row_id: value for row_id, value in rows.items() if value is not None}
        middle = sorted(known.values())[len(known) // 2] if known else None
        given = shown(middle) if isinstance(middle, int) else f'"{shown(middle)}"'
        cases = {self._condition("isNull: false"): len(known), "null": len(rows) - len(known)}
        if middle is not None:
            cases[self._condition(f"gte: {given}")] = sum(value >= middle for value in known.values())
            cases[self._condition(f"lt: {given}")] = sum(value < middle for value in known.values())
        for condition, count in cases.items():
            body = await self._answer("totalCount", f"where: {{{self.field}: {condition}}}")
            told = str(count) if count >= self.asker.smallest_cell else None
            assert body["data"][self.guarded.root]["totalCount"] == told, (self.asker.name, condition)

    async def _order(self, rows: Rows, descending: bool) -> None:
        """Rows whose value is not known come last, as rows without one."""
        known = sorted(
            (row_id for row_id in rows if rows[row_id] is not None),
            key=lambda row_id: (rows[row_id], row_id),
            reverse=descending,
        )
        unknown = sorted((row_id for row_id in rows if rows[row_id] is None), reverse=descending)
        direction = "DESC" if descending else "ASC"
        nodes = self._nodes(await self._listed(f"orderBy: {{field: {self._key}, direction: {direction}}}"))
        assert [number(node) for node in nodes] == [*known, *unknown][:PAGE], self.asker.name

    @property
    def _is_day(self) -> bool:
        node, field = self.path.split(".")
        return is_moment(GRAPH.types[node].fields[field])

    def _grouped(self, bound: Any) -> str:
        option = "per: YEAR" if self._is_day else f'bands: ["{bound}"]'
        return f"{{field: {self._key}, {option}}}"

    async def _groups(self, rows: Rows, currencies: dict[int, str]) -> None:
        """Rows whose value is not known are in the group of rows without one."""
        known = sorted(value for value in rows.values() if value is not None)
        bound = known[len(known) // 2] if known else 0
        counts: Counter[tuple[Any, ...]] = Counter()
        nothing = (None,) if self._is_day else (None, None)
        for row_id, value in rows.items():
            if value is None:
                counts[nothing] += 1
            elif self._is_day:
                counts[f"{value.year}-01-01",] += 1
            else:
                counts[currencies[row_id], value >= bound] += 1
        parts = "" if self._is_day else f"{{ {'currency ' if self.guarded.is_money else ''}from }}"
        body = await self._answer(
            f"aggregates(groupBy: {self._grouped(bound)}) {{ count key {{ value: {self.field} {parts} }} }}"
        )
        groups = {_group(one["key"]["value"], nothing): int(one["count"]) for one in self._aggregates(body)}
        assert groups == without_small(counts, self.asker.smallest_cell), self.asker.name

    def _aggregates(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        return body["data"][self.guarded.root]["aggregates"]

    async def _figures(self, rows: Rows, currencies: dict[int, str]) -> None:
        body = await self._answer(f"aggregates {{ {self.field} {self._measures} }}")
        groups = body["data"][self.guarded.root]["aggregates"]
        if len(rows) < self.asker.smallest_cell:
            assert groups == []
            return
        by_currency: dict[str, list[Any]] = {}
        for row_id, value in rows.items():
            if value is not None:
                by_currency.setdefault(currencies[row_id], []).append(value)
        ((told),) = (group[self.field] for group in groups)
        without = len(rows) - sum(map(len, by_currency.values()))
        if not self.guarded.is_money:
            known = by_currency.get("", [])
            # Of a day there are bounds alone, which do not tell how many are without one.
            counted = [len(known)] if self._is_day else [len(known), without]
            if any(0 < count < self.asker.smallest_cell for count in counted):
                assert told is None, self.asker.name
                return
            low, high = (min(known), max(known)) if known else (None, None)
            assert told == {"min": self._figure(low), "max": self._figure(high)}, self.asker.name
            return
        sizes: dict[tuple[Any, ...], int] = {(currency,): len(values) for currency, values in by_currency.items()}
        shown_currencies = without_small(sizes | ({(None,): without} if without else {}), self.asker.smallest_cell)
        assert told == [
            {
                "currency": currency,
                "count": str(len(values)),
                "sum": str(sum(values)),
                "min": str(min(values)),
                "max": str(max(values)),
            }
            for currency, values in sorted(by_currency.items())
            if (currency,) in shown_currencies
        ], self.asker.name

    def _figure(self, value: Any) -> Any:
        return None if value is None else str(value)
