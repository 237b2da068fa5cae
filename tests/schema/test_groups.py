"""Aggregates by period, band and branch level, several keys at once, and what small groups do not tell."""

import json
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from factories.bank import Bank, change
from sqlalchemy.dialects import postgresql

from authz.policy_files import load_policy
from domain.shared.problem import ProblemCode
from resolvers.context import GraphQLRequest
from resolvers.engine.cells import shown_groups
from resolvers.engine.inputs import Trace
from tests.judges.grouping import untold

pytestmark = pytest.mark.anyio

INVALID, FORBIDDEN = ProblemCode.INVALID_REQUEST, ProblemCode.FORBIDDEN


async def counts(bank: Bank, root: str, arguments: str, key: str, **options: Any) -> list[tuple[Any, int]]:
    """What the rows of each group have in common, and how many there are."""
    query = f"{{ {root} {{ aggregates({arguments}) {{ key {{ {key} }} count }} }} }}"
    groups = (await bank.ask(query, **options))[root]["aggregates"]
    return [(*group["key"].values(), int(group["count"])) for group in groups]


# Periods


@pytest.mark.parametrize(
    ("period", "first_days"),
    {
        "DAY": ["2019-09-20", "2021-01-05", "2021-04-12", "2024-08-01", "2025-02-10"],
        "WEEK": ["2019-09-16", "2021-01-04", "2021-04-12", "2024-07-29", "2025-02-10"],
        "MONTH": ["2019-09-01", "2021-01-01", "2021-04-01", "2024-08-01", "2025-02-01"],
        "QUARTER": ["2019-07-01", "2021-01-01", "2021-04-01", "2024-07-01", "2025-01-01"],
        "YEAR": ["2019-01-01", "2021-01-01", "2024-01-01", "2025-01-01"],
    }.items(),
)
async def test_a_period_is_named_by_its_first_day(bank: Bank, period: str, first_days: list[str]):
    groups = await counts(
        bank, "loans", f"groupBy: {{field: GRANTED_ON, per: {period}}}", "grantedOn", user="regional-beijing"
    )
    assert [day for day, _ in groups] == first_days
    assert sum(count for _, count in groups) == 5


async def test_instants_lie_in_the_periods_of_the_business_zone(own_bank: Bank):
    # Half past eleven at night in UTC on the last day of October, a Saturday, is a Sunday in November in Shanghai.
    await change(
        own_bank,
        "ALTER TABLE ketu.product DISABLE TRIGGER USER",
        "UPDATE ketu.product SET created_at = '2026-10-31 23:30Z' WHERE id = 1",
        "UPDATE ketu.product SET created_at = '2026-10-31 15:30Z' WHERE id <> 1",
    )
    found = {
        period: await counts(
            own_bank, "products", f"groupBy: {{field: CREATED_AT, per: {period}}}", "createdAt", user="teller-xuhui"
        )
        for period in ("DAY", "WEEK", "MONTH", "QUARTER")
    }
    assert found == {
        "DAY": [("2026-10-31", 12), ("2026-11-01", 1)],
        "WEEK": [("2026-10-26", 13)],
        "MONTH": [("2026-10-01", 12), ("2026-11-01", 1)],
        "QUARTER": [("2026-10-01", 13)],
    }


# Bands


async def test_bands_begin_at_their_bound_and_end_before_the_next(bank: Bank):
    # 30,000.00 and 1,800,000.00 are amounts of loans.
    query = """{ loans { aggregates(groupBy: {field: AMOUNT, bands: ["30000", "1800000.00"]}) {
        key { amount { currency from to } } count amount { min max } } } }"""
    groups = (await bank.ask(query, user="regional-beijing"))["loans"]["aggregates"]
    assert groups == [
        {
            "key": {"amount": {"currency": "CNY", "from": "30000", "to": "1800000.00"}},
            "count": "3",
            "amount": [{"min": "30000.00", "max": "400000.00"}],
        },
        {
            "key": {"amount": {"currency": "CNY", "from": "1800000.00", "to": None}},
            "count": "2",
            "amount": [{"min": "1800000.00", "max": "2600000.00"}],
        },
    ]


async def test_amounts_of_two_currencies_never_lie_in_one_band(bank: Bank):
    found = await counts(
        bank,
        "loans",
        'groupBy: {field: AMOUNT, bands: ["100000"]}',
        "amount { currency from to }",
        user="regional-shanghai",
    )
    assert found == [
        ({"currency": "CNY", "from": None, "to": "100000"}, 2),
        ({"currency": "CNY", "from": "100000", "to": None}, 2),
        ({"currency": "USD", "from": "100000", "to": None}, 1),
    ]


async def test_amounts_that_are_missing_are_a_group_without_a_band(bank: Bank):
    found = await counts(
        bank, "accounts", 'groupBy: {field: BALANCE, bands: ["0"]}', "balance { from to }", user="regional-beijing"
    )
    assert found == [({"from": None, "to": "0"}, 1), ({"from": "0", "to": None}, 20), (None, 1)]


async def test_ages_and_sexes_in_a_table_the_largest_first(bank: Bank):
    found = await bank.ask(
        """{ customers { aggregates(groupBy: [{field: AGE, bands: [18, 35, 60]}, {field: SEX}],
             orderBy: LARGEST_FIRST, minCount: 2, first: 4) { key { age { from to } sex } count } } }""",
        user="regional-beijing",
    )
    assert found["customers"]["aggregates"] == [
        {"key": {"age": {"from": "35", "to": "60"}, "sex": "FEMALE"}, "count": "5"},
        {"key": {"age": {"from": "35", "to": "60"}, "sex": "MALE"}, "count": "4"},
        {"key": {"age": {"from": "60", "to": None}, "sex": "MALE"}, "count": "3"},
        {"key": {"age": None, "sex": None}, "count": "3"},
    ]


async def test_bands_of_a_withheld_amount_are_forbidden(bank: Bank):
    query = '{ accounts { aggregates(groupBy: {field: BALANCE, bands: ["0"]}) { count } } }'
    code, message = await bank.refusal(query, user="teller-wangjing")
    assert (code, message) == (FORBIDDEN, "groupBy.field: Account.balance is withheld from you.")


# Levels


async def test_branches_roll_up_to_a_level_in_either_hierarchy(bank: Bank):
    found = {
        options: await counts(
            bank,
            "customers",
            f"groupBy: {{field: BRANCH, level: {options}}}",
            "branch { name }",
            user="regional-beijing",
        )
        for options in ("OUTLET", "SUB_BRANCH", "SUB_BRANCH, tree: ROLL_UP", "BRANCH")
    }
    chaoyang, haidian = {"name": "北京朝阳支行"}, {"name": "北京海淀支行"}
    assert found == {
        # Customers of a sub-branch have no outlet.
        "OUTLET": [({"name": "望京网点"}, 4), ({"name": "中关村网点"}, 5), (None, 14)],
        "SUB_BRANCH": [(chaoyang, 13), (haidian, 10)],
        # Zhongguancun reports to Chaoyang.
        "SUB_BRANCH, tree: ROLL_UP": [(chaoyang, 18), (haidian, 5)],
        "BRANCH": [({"name": "北京分行"}, 23)],
    }


async def test_who_sees_one_branch_rolls_up_its_rows_alone(bank: Bank):
    found = await counts(
        bank, "customers", "groupBy: {field: BRANCH, level: HEAD_OFFICE}", "branch { name }", user="manager-haidian"
    )
    assert found == [({"name": "客图示例银行总行"}, 5)]


# What is asked for


NO_PERIOD = "groupBy.per is missing: GRANTED_ON has too many values; say DAY, WEEK, MONTH, QUARTER, YEAR."
REFUSED = {
    "{field: GRANTED_ON}": NO_PERIOD,
    "{field: GRANTED_ON, per: null}": NO_PERIOD,
    "[{field: STATE}, {field: CURRENCY, per: MONTH}]": (
        "groupBy[1].per does not fit CURRENCY: leave it out, or group by GRANTED_ON or CREATED_AT or UPDATED_AT."
    ),
    '{field: BRANCH, bands: ["1"]}': (
        "groupBy.bands does not fit BRANCH: leave it out, or group by TERM_MONTHS or AMOUNT or INSTALMENT."
    ),
    "{field: PRODUCT, level: OUTLET}": "groupBy.level does not fit PRODUCT: leave it out, or group by BRANCH.",
    "{field: BRANCH, tree: ROLL_UP}": "groupBy.tree goes with groupBy.level: say the level, or leave the tree out.",
    "{field: AMOUNT}": (
        'groupBy.bands is missing: AMOUNT has too many values; say where bands begin, as in ["0", "50000"].'
    ),
    "{field: AMOUNT, bands: []}": "groupBy.bands has 0 bounds; give 1 to 20.",
    f"{{field: AMOUNT, bands: {list(range(21))}}}": "groupBy.bands has 21 bounds; give 1 to 20.",
    '{field: AMOUNT, bands: ["1", "2", "2.00"]}': (
        "groupBy.bands[2] is not above the bound before it; bounds ascend."
    ),
    "[{field: STATE}, {field: STATE}]": "groupBy[1].field is STATE again; a field is a key once.",
    "[{field: STATE}, {field: CURRENCY}, {field: BRANCH}, {field: PRODUCT}]": (
        "groupBy has 4 keys; at most 3 are taken."
    ),
    "{field: STATE}, minCount: 0": "minCount is 0; a group has 1 row or more.",
}  # fmt: skip


@pytest.mark.parametrize("given", REFUSED)
async def test_options_that_make_no_sense_are_refused_with_the_way_out(bank: Bank, given: str):
    code, message = await bank.refusal(f"{{ loans {{ aggregates(groupBy: {given}) {{ count }} }} }}")
    assert (code, message) == (INVALID, REFUSED[given])


async def test_bounds_in_variables_are_named_where_they_stand(bank: Bank):
    query = "query ($keys: [LoanGroupBy!]) { loans { aggregates(groupBy: $keys) { count } } }"
    code, message = await bank.refusal(query, keys=[{"field": "STATE"}, {"field": "AMOUNT", "bands": ["1", "0"]}])
    assert code is INVALID
    assert message == "groupBy[1].bands[1] is not above the bound before it; bounds ascend."


async def test_one_plan_serves_all_periods_levels_and_bounds_and_no_other_field(bank: Bank):
    query = """query ($per: Period!, $bands: [Decimal!], $level: BranchLevel) { loans { aggregates(groupBy: [
        {field: GRANTED_ON, per: $per}, {field: AMOUNT, bands: $bands}, {field: BRANCH, level: $level}]) {
        key { grantedOn amount { from } branch { level } } } } }"""
    misses = bank.engine.plans.misses._value.get
    before, seen = misses(), set[str]()
    for per, bands, level in product(("YEAR", "MONTH"), (["0"], ["0", "1000000"]), ("BRANCH", "SUB_BRANCH")):
        data = await bank.ask(query, user="regional-beijing", per=per, bands=bands, level=level)
        keys = [group["key"] for group in data["loans"]["aggregates"]]
        assert {key["branch"]["level"] for key in keys} == {level}
        seen.add(str(keys))
    assert (len(seen), misses() - before) == (8, 1)
    # The level left out is another statement, and the same document with another field another one.
    data = await bank.ask(query, user="regional-beijing", per="YEAR", bands=["0"])
    assert {group["key"]["branch"]["level"] for group in data["loans"]["aggregates"]} == {"OUTLET", "SUB_BRANCH"}
    assert misses() - before == 2


# Small cells


def analyst_sees_from(size: int, bank: Bank) -> None:
    """Policy suppresses figures about fewer rows; the auditor, who sees ages as well, is treated alike."""
    bank.policy = replace(load_policy(), smallest_cells={"head_office_analyst": size, "auditor": size})


async def test_the_next_smallest_group_goes_with_a_small_one(bank: Bank):
    analyst_sees_from(3, bank)
    query = "{ customers { totalCount aggregates(groupBy: [{field: STATE}]) { key { state } count } } }"
    # One of 44 is DEREGISTERED; were PROSPECT (5) shown as well, the rest would tell.
    assert (await bank.ask(query))["customers"] == {
        "totalCount": "44",
        "aggregates": [{"key": {"state": "ACTIVE"}, "count": "38"}],
    }


async def test_a_currency_goes_with_a_small_one(bank: Bank):
    query = """{ accounts(where: {branch: {branchNo: {eq: "3111"}}}) {
        aggregates { count balance { currency count } openedOn { min } closedOn { min } } } }"""
    analyst_sees_from(3, bank)
    (group,) = (await bank.ask(query))["accounts"]["aggregates"]
    assert group["balance"] == [{"currency": "CNY", "count": "6"}, {"currency": "USD", "count": "3"}]
    analyst_sees_from(4, bank)
    (group,) = (await bank.ask(query))["accounts"]["aggregates"]
    assert (group["count"], group["balance"]) == ("9", [])
    assert group["openedOn"] is not None


async def test_figures_about_few_values_are_left_out(bank: Bank):
    query = "{ accounts { aggregates { count closedOn { min max } openedOn { min } } } }"
    analyst_sees_from(2, bank)
    (group,) = (await bank.ask(query))["accounts"]["aggregates"]
    assert group["openedOn"] is not None
    # One account is closed: the bounds would be its day.
    assert (group["count"], group["closedOn"]) == ("44", None)


async def test_few_rows_without_a_value_are_not_told_by_the_others(bank: Bank):
    # Of 41 accounts one has no balance; of 44 customers five have no age.
    chinese = '{ accounts(where: {currency: {eq: "CNY"}}) { aggregates { count balance { count sum } } } }'
    aged = "{ customers { aggregates { count age { count } birthOn { max } } } }"
    found: dict[int, list[Any]] = {}
    for size in (2, 5, 6):
        analyst_sees_from(size, bank)
        (of_accounts,) = (await bank.ask(chinese))["accounts"]["aggregates"]
        (of_customers,) = (await bank.ask(aged, user="auditor"))["customers"]["aggregates"]
        # Bounds do not tell how many have none.
        assert of_customers.pop("birthOn")["max"] is not None
        found[size] = [*of_accounts.values(), *of_customers.values()]
    told = ["41", [], "44", {"count": "39"}]
    assert found == {2: told, 5: told, 6: ["41", [], "44", None]}


async def test_bands_of_money_are_judged_within_their_currency(bank: Bank):
    """Of three accounts in dollars one lies below 60,000; figures of all three are told beside, so two bands go."""
    query = """{ accounts(where: {balance: {amount: {gte: "-1000000"}}}) {
        all: aggregates { balance { currency count } }
        aggregates(groupBy: {field: BALANCE, bands: ["0", "60000"]}) { key { balance { currency from } } count } } }"""
    analyst_sees_from(2, bank)
    found = (await bank.ask(query))["accounts"]
    assert found["all"] == [{"balance": [{"currency": "CNY", "count": "40"}, {"currency": "USD", "count": "3"}]}]
    assert [(*group["key"]["balance"].values(), group["count"]) for group in found["aggregates"]] == [
        ("CNY", None, "2"),
        ("CNY", "0", "12"),
        ("CNY", "60000", "26"),
    ]


async def test_judges_leave_out_the_same_groups_of_any_table(bank: Bank):
    """The statement over groups alone, which the sample bank has few kinds of."""
    rng = Random(54)
    request = GraphQLRequest("{ viewer { username } }", {}, None, await bank.reader("analyst"))
    operation, variables = bank.engine.read(request)
    names = ["key0", "key1", "key2"]
    columns = [*(sa.column(name, sa.Integer) for name in names), sa.column("count", sa.Integer)]
    left_out = 0
    async with bank.database.read() as connection:
        for _ in range(100):
            depth, least = rng.randint(1, 3), rng.randint(2, 6)
            keys = [key for key in product([1, 2, 3, None], repeat=depth) if rng.random() < 0.5] or [(1,) * depth]
            sizes = [(key, rng.choice([1, 2, 3, 5, 8, 40])) for key in keys]
            values = sa.values(*columns[:depth], columns[-1], name="drawn", literal_binds=True)
            groups = sa.select(values.data([(*key, size) for key, size in sizes])).subquery("groups")
            compiler = bank.engine.compiler(operation, Trace(variables), request.reader.shape)
            shown = shown_groups(compiler, groups, names[:depth], None)
            statement = sa.select(*(shown.c[name] for name in names[:depth])).params(cell=least)
            text = str(statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
            found = {tuple(row) for row in await connection.fetch(text)}
            assert found == untold(sizes, least), (sizes, least)
            left_out += bool(found) and len(found) < len(sizes)
    assert left_out > 20


@pytest.mark.parametrize("size", range(2, 10))
async def test_no_subtraction_of_what_is_shown_tells_a_small_group(bank: Bank, size: int):
    """Of groups from all rows, and of groups by two keys from those by the first."""
    analyst_sees_from(size, bank)
    pairs = list(product(["{field: BRANCH}", "{field: BRANCH, level: SUB_BRANCH}"], ["STATE", "SEX", "KIND"]))
    asked = " ".join(
        f"outer{n}: aggregates(groupBy: {outer}) {{ key {{ branch {{ id }} }} count }} "
        f"inner{n}: aggregates(groupBy: [{outer}, {{field: {inner}}}]) {{ key {{ branch {{ id }} }} count }}"
        for n, (outer, inner) in enumerate(pairs)
    )
    found = (await bank.ask(f"{{ customers {{ totalCount {asked} }} }}"))["customers"]
    for n in range(len(pairs)):
        outer = {str(group["key"]): int(group["count"]) for group in found[f"outer{n}"]}
        inner: dict[str, int] = {}
        for group in found[f"inner{n}"]:
            inner[str(group["key"])] = inner.get(str(group["key"]), 0) + int(group["count"])
        beside = sum(count for key, count in inner.items() if key not in outer)
        rests = [44 - sum(outer.values()), 44 - sum(outer.values()) - beside, 44 - sum(inner.values())]
        rests += [count - inner.get(key, 0) for key, count in outer.items()]
        assert [rest for rest in rests if 0 < rest < size] == []
        assert min(outer.values(), default=size) >= size


@pytest.mark.parametrize("size", range(2, 10))
async def test_no_subtraction_of_figures_tells_few_rows_with_or_without_a_value(bank: Bank, size: int):
    """Of the rows with a value from all of a group, and of bands of money from what is told of its currency."""
    analyst_sees_from(size, bank)
    bands = [["0"], ["0", "60000"], ["3000", "150000"], ["1000000"]]
    asked = " ".join(
        f"bands{n}: aggregates(groupBy: {{field: BALANCE, bands: {json.dumps(bounds)}}}) "
        "{ key { balance { currency } } count }"
        for n, bounds in enumerate(bands)
    )
    found = await bank.ask(
        f"""{{ known: accounts(where: {{balance: {{amount: {{gte: "-1000000"}}}}}}) {{
            {asked} groups: aggregates {{ balance {{ currency count }} }} }}
          accounts {{ groups: aggregates {{ count balance {{ currency count }} }}
            inner: aggregates(groupBy: {{field: BRANCH}}) {{ count balance {{ currency count }} }} }}
          customers {{ groups: aggregates {{ count age {{ count }} }}
            inner: aggregates(groupBy: {{field: STATE}}) {{ count age {{ count }} }} }} }}""",
        user="auditor",
    )
    accounts, customers = found["accounts"], found["customers"]
    rests: list[int] = []
    for group in accounts["groups"] + accounts["inner"]:
        rests.append(int(group["count"]) - sum(int(each["count"]) for each in group["balance"]))
    for group in customers["groups"] + customers["inner"]:
        rests += [int(group["count"]) - int(group["age"]["count"])] if group["age"] else []
    (all_known,) = found["known"]["groups"]
    for currency, n in product(all_known["balance"], range(len(bands))):
        rest = int(currency["count"])
        for group in found["known"][f"bands{n}"]:
            if (group["key"]["balance"] or {}).get("currency") == currency["currency"]:
                rest -= int(group["count"])
        rests.append(rest)
    assert [rest for rest in rests if 0 < rest < size] == []
