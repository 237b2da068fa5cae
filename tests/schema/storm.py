"""A storm of reorganisations: readers ask without pause while branches move and merge, and every answer is judged.

The truth is computed from parents, homes and managers alone; positions, which are what the product goes by, are not
looked at. An answer is right if it is what one of the trees gives that stood between its question and its arrival.
"""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg
from factories.bank import Bank, an_engine

from authz.subjects import Readers
from domain.branch.rewriting import rewrite_some
from domain.shared.problem import Problem, ProblemCode
from domain.shared.turns import Overloaded
from resolvers.context import GraphQLRequest, StaleReader

Seen = Mapping[str, frozenset[str]]
"""By username, the ids of the customers whom they see."""

WHOM = "{ customers(first: 100) { totalCount nodes { id } } }"
BELOW = "{ branches(first: 100) { nodes { customers(first: 100) { totalCount nodes { id } } } } }"
ONE = "query ($id: ID!) { customer(id: $id) { id } node(id: $id) { id } }"
MOVE = """mutation ($branch: ID!, $parent: ID!, $version: Int!) {
  moveBranch(input: {branchId: $branch, parentId: $parent, expectedVersion: $version}) {
    branch { id parent { id } version } errors { __typename ... on MutationError { message path } } } }"""
MERGE = """mutation ($branch: ID!, $into: ID!, $version: Int!) {
  mergeBranch(input: {branchId: $branch, intoId: $into, expectedVersion: $version}) {
    branch { id state } into { id } errors { __typename ... on MutationError { message path } } } }"""

REACHES = {
    "teller": "BRANCH",
    "relationship_manager": "OWN",
    "field_manager": "OWN",
    "branch_manager": "BRANCH",
    "regional_manager": "SUBTREE",
}
"""How far the shipped policy lets a role see customers; all others see the bank, or nobody."""


@dataclass
class Truth:
    """Who sees whom, kept up by whoever reorganises."""

    parents: dict[int, int | None]
    homes: dict[int, int]
    """By customer, the branch that they belong to."""
    managers: dict[int, set[int]]
    held: dict[str, tuple[int, list[tuple[str, int]]]]
    """By username, the staff id and the roles with their branches."""

    @classmethod
    async def read(cls, connection: Any) -> "Truth":
        """Before anything moves."""
        held: dict[str, tuple[int, list[tuple[str, int]]]] = {}
        for row in await connection.fetch(
            "SELECT username, staff_id, role, held.branch_id FROM ketu.user_account AS account "
            "JOIN ketu.role_assignment AS held ON held.user_account_id = account.id "
            "JOIN ketu.staff AS staff ON staff.id = account.staff_id "
            "WHERE role = ANY($1) AND account.is_active AND staff.state = 'ACTIVE'",
            list(REACHES),
        ):
            held.setdefault(row["username"], (row["staff_id"], []))[1].append((row["role"], row["branch_id"]))
        customers = await connection.fetch("SELECT id, branch_id, manager_id, backup_manager_id FROM ketu.customer")
        grants = await connection.fetch(
            "SELECT customer_id, staff_id FROM ketu.access_grant, ketu.bank "
            "WHERE ended_at IS NULL AND business_date BETWEEN starts_on AND ends_on"
        )
        managers = {row["id"]: {row["manager_id"], row["backup_manager_id"]} for row in customers}
        for row in grants:
            managers[row["customer_id"]].add(row["staff_id"])
        return cls(
            dict(await connection.fetch("SELECT id, parent_id FROM ketu.branch")),
            {row["id"]: row["branch_id"] for row in customers},
            managers,
            held,
        )

    def merge(self, branch: int, into: int) -> None:
        """All that belonged to one branch belongs to the other."""
        self.parents |= {one: into for one, parent in self.parents.items() if parent == branch}
        self.homes |= {customer: into for customer, home in self.homes.items() if home == branch}
        self.held = {
            user: (staff, [(role, into if place == branch else place) for role, place in roles])
            for user, (staff, roles) in self.held.items()
        }

    def seen(self) -> Seen:
        """Whom everybody sees now."""
        return {user: frozenset(f"cus_{one}" for one in self.homes if self._sees(user, one)) for user in self.held}

    def _sees(self, user: str, customer: int) -> bool:
        staff, roles = self.held[user]
        if staff in self.managers[customer]:
            return True
        above, home = [], self.homes[customer]
        while home is not None:
            above.append(home)
            home = self.parents[home]
        return any(
            (REACHES[role] == "BRANCH" and branch == above[0]) or (REACHES[role] == "SUBTREE" and branch in above)
            for role, branch in roles
        )


@dataclass
class Storm:
    """What is going on, and what was seen of it."""

    bank: Bank
    truth: Truth
    seed: int
    trees: list[tuple[float, Seen]] = field(default_factory=list)
    """Each with the moment from which it may have stood."""
    settled: list[float] = field(default_factory=list)
    """By tree, the moment from which the one before it stands no more."""
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    is_over: bool = False

    def judge(self, user: str, what: str, asked: float, answer: Any, of: Callable[[frozenset[str]], Any]) -> None:
        """Whether an answer that has just arrived is right under a tree that stood meanwhile.

        of  the answer that seeing these customers gives
        """
        arrived = time.perf_counter()
        stood = [
            seen
            for number, (since, seen) in enumerate(self.trees)
            if since <= arrived and (number + 1 >= len(self.settled) or self.settled[number + 1] >= asked)
        ]
        self.counts[what] += 1
        self.counts["answers while a change was under way"] += len(stood) > 1
        if not any(of(seen[user]) == answer for seen in stood):
            self.wrong.append(f"{user}: {what} after {len(self.trees) - 1} changes")

    async def read(self, user: str, readers: Readers, engine: Any, chance: random.Random) -> None:
        """Ask as one user until the storm is over."""
        customers = sorted(f"cus_{one}" for one in self.truth.homes)

        async def ask(query: str, **variables: Any) -> Any:
            reader = await readers.called(user)
            assert reader is not None
            request = GraphQLRequest(query, variables, None, reader, renew=lambda: _known(readers.renewed(user)))
            return json.loads((await engine.execute(self.bank.database, request)).body)["data"]

        while not self.is_over:
            try:
                await self._ask_once(user, ask, customers, chance)
            except StaleReader:
                self.counts["told to try again"] += 1
            except (Overloaded, Problem) as refusal:
                # On a machine that is slow just now; an answer that does not come is no wrong one.
                if isinstance(refusal, Problem) and refusal.code is not ProblemCode.UNAVAILABLE:
                    raise
                self.counts["put off"] += 1
            await asyncio.sleep(0)

    async def _ask_once(self, user: str, ask: Any, customers: Sequence[str], chance: random.Random) -> None:
        asked = time.perf_counter()
        match chance.randrange(3):
            case 0:
                found = (await ask(WHOM))["customers"]
                whole = sorted(node["id"] for node in found["nodes"]), int(found["totalCount"])
                self.judge(user, "a list and its count", asked, whole, _listed)
            case 1:
                lists = [node["customers"] for node in (await ask(BELOW))["branches"]["nodes"]]
                ids = sorted(node["id"] for each in lists for node in each["nodes"])
                whole = ids, sum(int(each["totalCount"]) for each in lists)
                self.judge(user, "lists below branches", asked, whole, _listed)
            case _:
                one = chance.choice(customers)
                found = await ask(ONE, id=one)
                shown = [found["customer"] is not None, found["node"] is not None]
                self.judge(user, "one by its id", asked, shown, lambda seen: [one in seen] * 2)

    async def rewrite(self) -> None:
        """Let rows follow their branches, one at a time, so that readers meet branches half followed."""
        connection = await asyncpg.connect(self.bank.url)
        try:
            while not self.is_over:
                self.counts["batches of rows that followed"] += await rewrite_some(connection, rows_at_once=1)
                await asyncio.sleep(0.01)
        finally:
            await connection.close()

    async def reorganise(self, changes: int, chance: random.Random) -> None:
        """Move branches about, and merge one now and then; the truth is told before readers can know."""
        administrator = await self.bank.reader("administrator")
        connection = await asyncpg.connect(self.bank.url)
        try:
            self.trees.append((time.perf_counter(), self.truth.seen()))
            self.settled.append(0)
            for _ in range(changes):
                query, variables, change = await self._some_change(connection, chance)
                before = (dict(self.truth.parents), dict(self.truth.homes), dict(self.truth.held))
                change()
                self.trees.append((time.perf_counter(), self.truth.seen()))
                administrator = await self.bank.reader("administrator")
                request = GraphQLRequest(
                    query, variables, None, administrator, request_id="storm",
                    renew=lambda: self.bank.reader("administrator"),
                )  # fmt: skip
                answer = json.loads((await self.bank.engine.execute(self.bank.database, request)).body)
                (payload,) = answer["data"].values()
                if payload["errors"]:
                    self.counts["refused changes"] += 1
                    self.truth.parents, self.truth.homes, self.truth.held = before
                    self.trees.pop()
                else:
                    self.counts["moves" if query is MOVE else "merges"] += 1
                    self.settled.append(time.perf_counter())
                await asyncio.sleep(chance.random() * 0.05)
        finally:
            await connection.close()
            self.is_over = True

    async def _some_change(self, connection: Any, chance: random.Random) -> tuple[str, dict[str, Any], Callable]:
        rows = await connection.fetch("SELECT id, level, version FROM ketu.branch WHERE state = 'OPEN' ORDER BY id")
        levels = ["HEAD_OFFICE", "BRANCH", "SUB_BRANCH", "OUTLET"]
        depth = {row["id"]: levels.index(row["level"]) for row in rows}
        chosen = chance.choice([row for row in rows if depth[row["id"]] >= 2])
        branch, version = chosen["id"], chosen["version"]
        if chance.random() < 0.1:
            into = chance.choice([row["id"] for row in rows if depth[row["id"]] == depth[branch]])
            change = lambda: self.truth.merge(branch, into)  # noqa: E731
            return MERGE, {"branch": f"bra_{branch}", "into": f"bra_{into}", "version": version}, change
        parent = chance.choice([row["id"] for row in rows if depth[row["id"]] < depth[branch]])
        change = lambda: self.truth.parents.update({branch: parent})  # noqa: E731
        return MOVE, {"branch": f"bra_{branch}", "parent": f"bra_{parent}", "version": version}, change


def _listed(seen: frozenset[str]) -> tuple[list[str], int]:
    return sorted(seen), len(seen)


async def _known(found: Any) -> Any:
    reader = await found
    assert reader is not None
    return reader


async def storm(bank: Bank, *, seed: int, changes: int, users: Sequence[str] = ()) -> Storm:
    """Reorganise so many times, while every user asks through two processes' worth of kept readers."""
    connection = await asyncpg.connect(bank.url)
    truth = await Truth.read(connection)
    await connection.close()
    it = Storm(bank, truth, seed)
    processes = [(Readers(bank.database), an_engine()) for _ in range(2)]
    async with asyncio.TaskGroup() as group:
        group.create_task(it.reorganise(changes, random.Random(seed)))
        group.create_task(it.rewrite())
        while not it.trees:
            await asyncio.sleep(0)
        for number, user in enumerate(users or sorted(truth.held)):
            readers, engine = processes[number % 2]
            group.create_task(it.read(user, readers, engine, random.Random(seed + number)))
    return it
