"""Plans are found again for what differs in values alone, and only then."""

import pytest
from factories.bank import Bank, an_engine
from prometheus_client import CollectorRegistry

from resolvers.context import GraphQLRequest
from resolvers.engine import plan as plans
from resolvers.engine.plan import PlanCache

pytestmark = pytest.mark.anyio

QUERY = """query ($where: CustomerWhere, $size: Int, $with: Boolean = true, $order: [CustomerOrderBy!]) {
  customers(where: $where, first: $size, orderBy: $order) { nodes { id state @include(if: $with) } } }"""
NAMED = {"where": {"name": {"eq": "王磊"}}, "size": 13}


def counters(bank: Bank) -> tuple[int, int, int]:
    """Hits, misses, evictions."""
    plans = bank.engine.plans
    return tuple(int(counter._value.get()) for counter in (plans.hits, plans.misses, plans.evictions))


async def plan(bank: Bank, query: str, user: str = "analyst", **variables: object) -> None:
    """Look up or make the plan of one request."""
    reader = await bank.reader(user)
    operation, coerced = bank.engine.read(GraphQLRequest(query, variables, None, reader))
    bank.engine.plan(operation, coerced, reader.shape)


@pytest.mark.parametrize(
    "other",
    [
        {"where": {"name": {"eq": "陈静"}}, "size": 19},
        {"where": {"name": {"eq": "陈静"}}, "size": 11, "with": True},
    ],
)
async def test_other_values_hit(bank: Bank, other: dict[str, object]):
    await plan(bank, QUERY, **NAMED)
    await plan(bank, QUERY, **other)
    assert counters(bank) == (1, 1, 0)


@pytest.mark.parametrize(
    "other",
    [
        {"where": {"name": {"ne": "王磊"}}, "size": 13},
        {"where": {"name": None}, "size": 13},
        {"where": {"name": {"eq": None}}, "size": 13},
        {"where": {"name": {"eq": "王磊"}, "state": {"eq": "ACTIVE"}}, "size": 13},
        {"where": {"or": [{"name": {"eq": "王磊"}}]}, "size": 13},
        {"where": {"name": {"eq": "王磊"}}, "size": 20},
        {"where": {"name": {"eq": "王磊"}}, "size": 21},
        {"where": {"name": {"eq": "王磊"}}},
        {"size": 13},
        NAMED | {"with": False},
        NAMED | {"order": [{"field": "NAME"}]},
    ],
)
async def test_another_structure_misses(bank: Bank, other: dict[str, object]):
    await plan(bank, QUERY, **NAMED)
    await plan(bank, QUERY, **other)
    assert counters(bank) == (0, 2, 0)
    await plan(bank, QUERY, **NAMED)
    await plan(bank, QUERY, **other)
    assert counters(bank) == (2, 2, 0)


async def test_other_literals_hit(bank: Bank):
    for number in ("100001", "100002", "100003"):
        data = await bank.ask(
            f'{{ customers(first: 2, where: {{customerNo: {{eq: "{number}"}}}}) {{ nodes {{ customerNo }} }} }}'
        )
        assert data["customers"]["nodes"] == [{"customerNo": number}]
    assert counters(bank)[1:] == (1, 0)


async def test_documents_that_share_plans_keep_their_own_literals(bank: Bank):
    documents = [f"query($by: [CustomerOrderBy!]) {{ customers(first: {size}, orderBy: $by) {{ nodes {{ id }} }} }}"
                 for size in (2, 4, 5)]  # fmt: skip
    for order in ([{"field": "NAME"}], [{"field": "CUSTOMER_NO"}], [{"field": "NAME"}]):
        for document, size in zip(documents * 2, (2, 4, 5) * 2, strict=True):
            assert len((await bank.ask(document, by=order))["customers"]["nodes"]) == size


async def test_what_is_known_of_literals_is_bounded(bank: Bank, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plans, "MOST_ANSWERS", 3)
    document = "{ " + " ".join(f"r{size}: customers(first: {size}) {{ nodes {{ id }} }}" for size in range(6)) + " }"
    for _ in range(3):
        answer = await bank.ask(document)
        assert [len(answer[f"r{size}"]["nodes"]) for size in range(6)] == list(range(6))
    operation, _ = bank.engine.read(GraphQLRequest(document, {}, None, await bank.reader("analyst")))
    assert 0 < len(operation.answered) <= 3


async def test_readers_of_one_shape_share_plans_and_never_rows(bank: Bank):
    query = "{ customers { totalCount } }"
    for user, count in (("manager-chaoyang", "9"), ("manager-pudong", "6")):
        assert (await bank.ask(query, user=user))["customers"]["totalCount"] == count
    assert counters(bank)[1:] == (1, 0)
    await plan(bank, query, "analyst")
    assert counters(bank)[1:] == (2, 0)


async def test_the_bound_evicts_the_operation_used_least_lately(bank: Bank):
    bank.engine = an_engine(plan_capacity=2)
    first, second, third = (
        "{ a: customers { totalCount } }",
        "{ b: loans { totalCount } }",
        "{ c: cards { totalCount } }",
    )
    for query in (first, second, first, third):
        await plan(bank, query)
    assert counters(bank) == (1, 3, 1)
    await plan(bank, first)
    assert counters(bank) == (2, 3, 1)
    await plan(bank, second)
    assert counters(bank) == (2, 4, 2)


async def test_sizes_push_out_no_other_operation(bank: Bank):
    bank.engine.plans = PlanCache(40, CollectorRegistry())
    others = [f"{{ customers {{ nodes {{ id a{number}: state }} }} }}" for number in range(10)]
    for query in others:
        await plan(bank, query)
    for size in range(1, 101):
        await plan(
            bank, f"{{ customers(first: {size}) {{ nodes {{ accounts(first: {101 - size}) {{ nodes {{ id }} }} }} }} }}"
        )
    _, misses, evictions = counters(bank)
    for query in others:
        await plan(bank, query)
    assert counters(bank)[1] == misses, "all of them are kept"
    # Seven buckets, each with and without a parameter, of two pages.
    assert evictions > 0
    assert misses - len(others) < 40
