"""Random readers: any reach for any permission, by one or several roles, each held in some branch."""

from dataclasses import replace
from random import Random

from authz.permissions import Permission, Reach
from authz.policy import Policy, policy_of
from authz.policy_files import read_lines
from authz.reader import Reader, reader_of
from authz.subject import HeldRole, Subject
from tests.judges.language import World
from tests.judges.view import REACHES, Held, ReaderWords

SHIPPED = policy_of(read_lines())
"""The roles that a bank begins with."""


def random_reader(rng: Random, world: World) -> ReaderWords:
    """As the evaluator knows them."""
    if rng.random() < 0.25:
        return _with_shipped_roles(rng, world)
    silence = rng.choice([0.0, 0.1, 0.3])
    usual = rng.choice([*REACHES, None])
    roles: list[Held] = []
    if rng.random() < 0.15:
        return _uneven(rng, world)
    if rng.random() < 0.1:
        return _scattered(rng, world)
    for number in range(rng.choice([1, 1, 2, 3, 6])):
        branch = rng.choice(world.tables["branch"])
        reaches = {p.value: usual or rng.choice(REACHES) for p in Permission if rng.random() >= silence}
        if rng.random() < 0.4:
            reaches |= {p.value: rng.choice(REACHES) for p in rng.sample(list(Permission), 3)}
        roles.append(Held(f"role{number}", branch["id"], branch["position"], branch["position_end"], reaches))
    cell = 4 if rng.random() < 0.1 else 1
    staff_id = rng.choice(world.tables["staff"])["id"]
    return ReaderWords("judge", staff_id, tuple(roles), cell, world.granted_to(staff_id))


def _with_shipped_roles(rng: Random, world: World) -> ReaderWords:
    """Somebody who holds one or two of the roles that a bank begins with."""
    names = rng.sample(SHIPPED.roles, rng.choice([1, 1, 1, 2]))
    denied = {permission for name in names for permission in SHIPPED.denied.get(name, ())}
    roles: list[Held] = []
    for name in names:
        branch = rng.choice(world.tables["branch"])
        reaches = {p.value: reach.value for p, reach in SHIPPED.reaches[name].items() if p not in denied}
        roles.append(Held(name, branch["id"], branch["position"], branch["position_end"], reaches))
    staff_id = rng.choice(world.tables["staff"])["id"]
    cell = min(SHIPPED.smallest_cells.get(name, 1) for name in names)
    return ReaderWords("judge", staff_id, tuple(roles), cell, world.granted_to(staff_id))


def _uneven(rng: Random, world: World) -> ReaderWords:
    """Somebody who sees some concepts in a branch, and others in all below it."""
    above = {branch["parent_id"] for branch in world.tables["branch"]}
    branch = rng.choice([branch for branch in world.tables["branch"] if branch["id"] in above])
    reaches = {permission.value: rng.choice(["branch", "subtree", "subtree"]) for permission in Permission}
    held = Held("role0", branch["id"], branch["position"], branch["position_end"], reaches)
    staff_id = rng.choice(world.tables["staff"])["id"]
    return ReaderWords("judge", staff_id, (held,), 1, world.granted_to(staff_id))


def _scattered(rng: Random, world: World) -> ReaderWords:
    """Somebody with a role in more branches than a statement spells out, and not the same permissions in each."""
    branches = rng.sample(world.tables["branch"], 8)
    silence = rng.choice([0.0, 0.1, 0.3])
    roles = [
        Held(
            f"role{number}", branch["id"], branch["position"], branch["position_end"],
            {permission.value: "branch" for permission in Permission if rng.random() >= silence},
        )
        for number, branch in enumerate(branches)
    ]  # fmt: skip
    staff_id = rng.choice(world.tables["staff"])["id"]
    return ReaderWords("judge", staff_id, tuple(roles), 1, world.granted_to(staff_id))


def transferred(rng: Random, world: World, reader: ReaderWords) -> ReaderWords:
    """Somebody else with the same roles, in other branches."""
    branches = rng.choices(world.tables["branch"], k=len(reader.roles))
    roles = tuple(
        replace(held, branch_id=branch["id"], position=branch["position"], end=branch["position_end"])
        for held, branch in zip(reader.roles, branches, strict=True)
    )
    staff_id = rng.choice(world.tables["staff"])["id"]
    return replace(reader, staff_id=staff_id, roles=roles, granted=world.granted_to(staff_id))


def reader_for(words: ReaderWords, *, access_version: int) -> Reader:
    """The reader that the engine is told of, as of a state of access."""
    policy = Policy(
        reaches={h.role: {Permission(name): Reach(reach) for name, reach in h.reaches.items()} for h in words.roles},
        smallest_cells={held.role: words.smallest_cell for held in words.roles},
    )
    held = tuple(HeldRole(h.role, h.branch_id, h.position, h.end) for h in words.roles)
    granted = tuple(sorted(words.granted))
    reader = reader_of(Subject(1, words.username, words.staff_id, held, access_version, granted), policy)
    # Lists are found in another way by those who see much, which is decided by the size of a bank that is small here.
    sees_much = words.staff_id % 2 == 0
    return replace(reader, wide=frozenset(reader.scopes) if sees_much else frozenset())
