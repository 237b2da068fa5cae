"""Permissions by path: whatever leads to a row leads just to the rows that its reader may see.

The paths come from the graph, so a new one has to be told to `sight.py` before this passes.
"""

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from itertools import groupby, islice
from random import Random
from typing import Any

import httpx
import pytest
from factories.api import Api
from factories.bank import Bank, built_schema

from domain.shared.problem import ProblemCode
from resolvers.engine.edges import (
    Amount,
    ById,
    Column,
    Computed,
    Declaration,
    Many,
    NodeId,
    OfReader,
    One,
    OnlyRow,
    Plain,
    Search,
)
from tests.authz.readers import Asker, askers, narrowed
from tests.authz.sight import LINKS, REFERENCE, ROWS, schema_of

pytestmark = pytest.mark.anyio

GRAPH = built_schema().graph
PAGE = 100
FILTERING = 4
"""Readers who ask for each filter."""
ASKED_TOGETHER = 8
"""Edges: as many lists of a page each, of each row of a page, as a query may cost."""
VALUES = Column | NodeId | Amount | Computed | OfReader | OnlyRow | Plain | Search
"""Declarations that lead to no node, or to whatever is searched for: see test_search_sight.py."""

ROOTS: dict[str, Declaration] = {
    name: declaration for name, declaration in GRAPH.plain["Query"].items() if not isinstance(declaration, VALUES)
}
EDGES: dict[str, Declaration] = {
    f"{node.name}.{name}": declaration
    for node in GRAPH.by_table.values()
    for name, declaration in GRAPH.all_fields[node.name].items()
    if not isinstance(declaration, VALUES)
}
LISTS = {name: declaration for name, declaration in ROOTS.items() if not isinstance(declaration, ById)}
BY_ID = {"customer", "node", "nodes"}
ROOT_OF = {edge.table.name: name for name, edge in ROOTS.items() if isinstance(edge, Many)}
PREFIX = {table.name: node.prefix for table, node in GRAPH.by_table.items()}
TABLE_OF = {node.name: table.name for table, node in GRAPH.by_table.items()}

SEEN_TOGETHER = {
    "AccessGrant.customer",
    # Who sees the parent sees the child: it takes no more than the parent took.
    "AccountHolder.account",
    "AccountHolder.customer",
    "Announcement.audiences",
    "AnnouncementAudience.announcement",
    "CampaignMember.customer",
    "Card.customer",
    "Consent.customer",
    "ContactPoint.customer",
    "CreditDossier.customer",
    "CreditDossier.entries",
    "CreditDossierEntry.dossier",
    "CustomerAttribute.customer",
    "CustomerAttribute.definition",
    "CustomerGroupMember.customer",
    "CustomerGroupMember.group",
    "CustomerTag.customer",
    "CustomerTag.tag",
    "DoNotContact.customer",
    "Document.customer",
    "CustomerTier.customer",
    "HouseholdMember.customer",
    "HouseholdMember.household",
    "IdentityDocument.customer",
    "Interaction.customer",
    "Opportunity.stageChanges",
    "OpportunityStageChange.opportunity",
    "LifeEvent.customer",
    "Note.customer",
    "PartyRole.customer",
    "PortfolioTerm.customer",
    "Recommendation.customer",
    "Relation.fromCustomer",
    "Relation.toCustomer",
    "Response.customer",
    "RiskAssessment.customer",
    "Score.customer",
    "SegmentMembership.customer",
    "ServiceRequest.customer",
    # None but drafts are hidden, and no edition follows one.
    "KnowledgeArticle.previous",
    "Staff.articlesPublished",
    "Staff.articlesRetired",
    "SurveyAnswer.response",
    "SurveyResponse.answers",
    "SurveyResponse.customer",
    "Ticket.events",
    "TicketEvent.ticket",
    "Touch.customer",
}


def tables(declaration: Declaration) -> list[str]:
    """The tables that an edge leads to: one, or those of the edges it puts together."""
    return [member.table.name for member in getattr(declaration, "members", [declaration])]


def node_ids(table: str, ids: set[int]) -> set[str]:
    """As clients see them."""
    return {f"{PREFIX[table]}_{row_id}" for row_id in ids}


async def seen(asker: Asker, declaration: Declaration) -> set[str]:
    """The ids of all visible rows that an edge could lead to."""
    return {one for table in tables(declaration) for one in node_ids(table, await asker.sight.ids(table))}


async def linked(asker: Asker, path: str) -> set[tuple[str, str]]:
    """The pairs of ids at the ends of an edge, seen or not."""
    parent = TABLE_OF[path.split(".")[0]]
    told = LINKS[path]
    parts = [path] if isinstance(told, str) else told
    return {
        (f"{PREFIX[parent]}_{one}", f"{PREFIX[child]}_{other}")
        for part, child in zip(parts, tables(EDGES[path]), strict=True)
        for one, other in await asker.sight.links(part)
    }


def withheld(asker: Asker, path: str) -> list[str]:
    """What the answer says is kept from the reader: the path, and the types of a union that they may not read."""
    edge = EDGES.get(path) or ROOTS[path.removeprefix("Query.")]
    kept = [table for table in tables(edge) if not asker.sight.reads(table)]
    named = [GRAPH.by_prefix[PREFIX[table]].name for table in kept] if len(tables(edge)) > 1 else []
    return sorted(named + [path] * (kept == tables(edge)))


def extensions(body: dict[str, Any]) -> list[str]:
    """What it says."""
    return body.get("extensions", {"withheld": []})["withheld"]


@asynccontextmanager
async def asking(bank: Bank, about: Collection[str] = ()) -> AsyncIterator[list[Asker]]:
    """All readers, the narrowed ones last."""
    async with bank.database.read() as connection:
        yield await askers(bank, connection) + await narrowed(bank, connection, about)


def beyond(path: str) -> set[str]:
    """What it takes to read the rows at the end of an edge, and not the row where it begins."""
    needed = {permission for table in tables(EDGES[path]) for permission in ROWS[table][0]}
    return needed - {*ROWS[TABLE_OF[path.split(".")[0]]][0]}


def batches(paths: Iterable[str]) -> dict[str, Any]:
    """Edges of one type, asked for in one query: what the rows cost where they begin is paid once."""
    found: list[list[str]] = []
    for _, several in groupby(paths, key=lambda path: path.split(".")[0]):
        while batch := list(islice(several, ASKED_TOGETHER)):
            found.append(batch)
    return {"argvalues": found, "ids": [",".join(batch) for batch in found]}


def selected(declaration: Declaration) -> str:
    """What to select at the end of an edge to learn which rows are there."""
    if isinstance(declaration, One):
        return "{ id }"
    return "{ totalCount nodes { ... on Node { id } } }"


def assert_listed(shown: dict[str, Any], expected: set[str], asker: Asker) -> None:
    """A page and its count show the rows expected: all of them, or as many as go on a page."""
    found = [node["id"] for node in shown["nodes"]]
    assert set(found) <= expected
    assert len(found) == len(set(found)) == min(len(expected), PAGE)
    count = len(expected)
    assert shown["totalCount"] == (str(count) if count >= asker.smallest_cell else None)


def test_every_path_has_a_case():
    assert set(LINKS) == set(EDGES), "tell tests/authz/sight.py which rows the edge links"
    assert set(ROWS) == set(PREFIX), "tell tests/authz/sight.py who may read the rows"
    assert {table for edge in LISTS.values() for table in tables(edge)} == set(ROWS), "a type lacks its root"
    assert set(ROOTS) - set(LISTS) == BY_ID, "a new way to a row by its id needs a test below"
    assert len(EDGES) > 50


@pytest.mark.parametrize("root", LISTS)
async def test_a_root_shows_the_visible_rows(bank: Bank, root: str):
    kinds: set[str] = set()
    async with asking(bank) as everybody:
        for asker in everybody:
            body = await bank.answer(f"{{ {root}(first: {PAGE}) {selected(LISTS[root])} }}", reader=asker.reader)
            assert extensions(body) == withheld(asker, f"Query.{root}"), asker.name
            if f"Query.{root}" in extensions(body):
                assert body["data"] == {root: None}, asker.name
                kinds.add("without the permission")
            else:
                assert_listed(body["data"][root], await seen(asker, LISTS[root]), asker)
                kinds.add("allowed")
    assert kinds == {"allowed", "without the permission"}


@pytest.mark.parametrize("paths", **batches(EDGES))
async def test_edges_lead_to_the_visible_rows_at_their_ends(bank: Bank, paths: list[str]):
    async with asking(bank) as everybody:
        links = {path: await linked(everybody[0], path) for path in paths}
        kinds: dict[str, set[str]] = {path: set() for path in paths}
        for asker in everybody:
            for path, kind in await followed(bank, links, asker):
                kinds[path].add(kind)
        for path in paths:
            for asker in await narrowed(bank, everybody[0].sight.connection, beyond(path)):
                kinds[path].update({kind for _, kind in await followed(bank, {path: links[path]}, asker)})
    for path, found in kinds.items():
        assert found >= {"allowed", "without the permission"}, path
        everywhere = set(tables(EDGES[path])) <= REFERENCE or path in SEEN_TOGETHER
        assert ("other branch" in found) is not everywhere, path


Links = set[tuple[str, str]]


async def followed(bank: Bank, edges: Mapping[str, Links], asker: Asker) -> list[tuple[str, str]]:
    """The kinds of answers that each edge gave, after it gave what it should."""
    type_name = next(iter(edges)).split(".")[0]
    parent = TABLE_OF[type_name]
    root = ROOT_OF[parent]
    fields = " ".join(_selection(path) for path in edges)
    query = f"{{ {root}(first: {PAGE}) {{ totalCount nodes {{ id {fields} }} }} }}"
    body = await bank.answer(query, reader=asker.reader)
    if not asker.sight.reads(parent):
        assert body == {"data": {root: None}, "extensions": {"withheld": [f"Query.{root}"]}}, asker.name
        return [(path, "without the permission") for path in edges]
    assert extensions(body) == sorted({name for path in edges for name in withheld(asker, path)}), asker.name
    assert_listed(body["data"][root], node_ids(parent, await asker.sight.ids(parent)), asker)
    kinds: list[tuple[str, str]] = []
    for path, links in edges.items():
        denied, children = path in extensions(body), await seen(asker, EDGES[path])
        kinds.append((path, "without the permission" if denied else "allowed"))
        for node in body["data"][root]["nodes"]:
            behind = {child for one, child in links if one == node["id"]}
            assert_at_its_end(node[path.split(".")[1]], path, None if denied else behind & children, asker)
            if behind - children and not denied:
                kinds.append((path, "other branch"))
    return kinds


def _selection(path: str) -> str:
    """What is asked for at the end of an edge, a page of it where it leads to many."""
    page = "" if isinstance(EDGES[path], One) else f"(first: {PAGE})"
    return f"{path.split('.')[1]}{page} {selected(EDGES[path])}"


def assert_at_its_end(shown: Any, path: str, expected: set[str] | None, asker: Asker) -> None:
    """An edge of one row shows the rows expected; nothing at all where it is withheld."""
    if expected is None:
        assert shown is None, (path, asker.name)
    elif isinstance(EDGES[path], One):
        assert shown == next(({"id": child} for child in expected), None), (path, asker.name)
    else:
        assert_listed(shown, expected, asker)


@pytest.mark.parametrize("path", [path for path, edge in EDGES.items() if isinstance(edge, One | Many)])
async def test_a_filter_over_an_edge_counts_the_visible_rows_at_its_end(bank: Bank, path: str):
    """For some of the readers: it is the predicate that the edge itself has for all of them."""
    edge, (type_name, field) = EDGES[path], path.split(".")
    parent = TABLE_OF[type_name]
    root = ROOT_OF[parent]
    condition, place = ("{}", field) if isinstance(edge, One) else ("{some: {}}", f"{field}.some")
    query = f"{{ {root}(where: {{{field}: {condition}}}, first: {PAGE}) {selected(ROOTS[root])} }}"
    answered = 0
    async with asking(bank) as everybody:
        links = await linked(everybody[0], path)
        able = [asker for asker in everybody if asker.sight.reads(parent)]
        some = Random(path).sample(able, min(FILTERING, len(able)))
        scattered = [asker for asker in able if asker.name == "scattered" and asker not in some]
        for asker in some + scattered + await narrowed(bank, everybody[0].sight.connection, beyond(path)):
            if not any(asker.sight.reads(table) for table in tables(edge)):
                code, message = await bank.refusal(query, reader=asker.reader)
                assert code is ProblemCode.FORBIDDEN, asker.name
                assert message == f"where.{place}: {path} is withheld from you."
                continue
            body = await bank.answer(query, reader=asker.reader)
            parents, children = node_ids(parent, await asker.sight.ids(parent)), await seen(asker, edge)
            expected = {one for one, child in links if one in parents and child in children}
            assert_listed(body["data"][root], expected, asker)
            answered += 1
    assert answered


@pytest.mark.parametrize("table", ROWS)
async def test_an_id_leads_to_its_row_or_to_nothing(bank: Bank, table: str):
    """The same by `node`, `nodes` and, for customers, `customer`."""
    async with asking(bank) as everybody:
        for asker in everybody:
            async with bank.database.read() as connection:
                rows = await connection.fetch(
                    f"SELECT id FROM {schema_of(table)}.{table} ORDER BY random() LIMIT {PAGE}"
                )
            # What the sample has none of is asked for all the same.
            every = sorted(node_ids(table, {row["id"] for row in rows} or {1}))
            visible = node_ids(table, await asker.sight.ids(table))
            body = await bank.answer("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", reader=asker.reader, ids=every)
            assert body["data"]["nodes"] == [{"id": one} if one in visible else None for one in every], asker.name
            assert extensions(body) == ([] if asker.sight.reads(table) else ["Query.nodes"]), asker.name
            for root in ("node", "customer") if table == "customer" else ("node",):
                for one in _some(every, visible):
                    body = await bank.answer(f'{{ {root}(id: "{one}") {{ id }} }}', reader=asker.reader)
                    assert body["data"] == {root: {"id": one} if one in visible else None}, asker.name
                    assert extensions(body) == ([] if asker.sight.reads(table) else [f"Query.{root}"]), asker.name


def _some(every: list[str], visible: set[str]) -> Iterator[str]:
    """One of them that is visible, one that is not, where there are such."""
    yield from [one for one in every if one in visible][:1]
    yield from [one for one in every if one not in visible][:1]


async def test_readers_see_their_own_badge_where_they_may_see_alerts(bank: Bank):
    async with asking(bank) as everybody:
        for asker in everybody:
            body = await bank.answer("{ viewer { alertBadge { id } } }", reader=asker.reader)
            own = {"id": f"abd_{asker.sight.staff_id}"}
            may = asker.sight.staff_id in await asker.sight.ids("alert_badge")
            assert body["data"]["viewer"]["alertBadge"] == (own if may else None), asker.name
            assert extensions(body) == ([] if asker.sight.reads("alert_badge") else ["Viewer.alertBadge"]), asker.name


async def test_readers_see_themselves_as_staff_where_they_may_see_staff(bank: Bank):
    async with asking(bank) as everybody:
        for asker in everybody:
            body = await bank.answer("{ viewer { staff { id } } }", reader=asker.reader)
            own = {"id": f"sta_{asker.sight.staff_id}"}
            may = asker.sight.staff_id in await asker.sight.ids("staff")
            assert body["data"]["viewer"]["staff"] == (own if may else None), asker.name
            assert extensions(body) == ([] if asker.sight.reads("staff") else ["Viewer.staff"]), asker.name


@pytest.mark.parametrize("root", [*GRAPH.plain["Query"], "__schema"])
async def test_nobody_gets_anything_but_a_refusal_from_any_root(api: Api, root: str):
    arguments = {"node": '(id: "cus_1")', "nodes": '(ids: ["cus_1"])', "customer": '(id: "cus_1")'}.get(root, "")
    headers = {"accept": "application/graphql-response+json"}
    answer: httpx.Response = await api.client.post(
        "/graphql", json={"query": f"{{ {root}{arguments} {{ __typename }} }}"}, headers=headers
    )
    assert answer.status_code == 401
    (error,) = answer.json()["errors"]
    assert list(answer.json()) == ["errors"]
    assert error["message"] == "Send a token: `Authorization: Bearer …`."
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
