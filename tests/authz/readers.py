"""The readers that the permission table asks as: users of the sample bank, and made-up ones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from random import Random

import asyncpg
from factories.bank import Bank

from authz.permissions import Permission, Reach
from authz.policy import Policy
from authz.reader import Reader, reader_of
from authz.subject import HeldRole
from tests.authz.sight import Reaches, Sight, written_policy

USERS = (
    "administrator",
    "analyst",
    "field-haidian",
    "manager-haidian",
    "manager-xuhui",
    "regional-beijing",
    "rm-chaoyang-1",
    "teller-wangjing",
)
SMALLEST_CELLS = {"analyst": 5}


@dataclass(frozen=True)
class Asker:
    """A reader as the engine knows them, and what they may see."""

    name: str
    reader: Reader
    sight: Sight

    @property
    def smallest_cell(self) -> int:
        """Counts below are not told."""
        return SMALLEST_CELLS.get(self.name, 0)


async def askers(bank: Bank, connection: asyncpg.Connection) -> list[Asker]:
    """All of them but those who are narrowed."""
    policy = written_policy()
    found = [await _user(bank, connection, name, policy) for name in USERS]
    for number in range(3):
        found.append(await _made_up(bank, connection, f"thrown-{number}", _thrown(Random(number))))
    found.append(await _made_up(bank, connection, "without anything", {}))
    # More branches than a statement spells out; of some, staff elsewhere and holders elsewhere.
    everywhere = await connection.fetch("SELECT id, position, position_end FROM ketu.branch ORDER BY position")
    scattered = [HeldRole("made up", *branch) for branch in everywhere[1::2]]
    found.append(await _made_up(bank, connection, "scattered", {one.value: "branch" for one in Permission}, scattered))
    return found


async def narrowed(bank: Bank, connection: asyncpg.Connection, about: Collection[str]) -> list[Asker]:
    """Two more, who may see all but what it takes these permissions to see: that, for their own customers alone, or not
    at all; nobody where there are none.
    """
    if not about:
        return []
    everything: Reaches = {permission.value: "bank" for permission in Permission}
    own = everything | dict.fromkeys(about, "own")
    left = {name: reach for name, reach in everything.items() if name not in about}
    return [
        await _made_up(bank, connection, "own customers' only", own),
        await _made_up(bank, connection, "all else", left),
    ]


async def _user(bank: Bank, connection: asyncpg.Connection, name: str, policy: dict[str, Reaches]) -> Asker:
    held = await connection.fetch(
        """SELECT account.staff_id, held.role, branch.position, branch.position_end
           FROM ketu.user_account AS account
           JOIN ketu.role_assignment AS held ON held.user_account_id = account.id
           JOIN ketu.branch AS branch ON branch.id = held.branch_id
           WHERE account.username = $1""",
        name,
    )
    roles = [(policy.get(row["role"], {}), row["position"], row["position_end"]) for row in held]
    return Asker(name, await bank.reader(name), Sight(connection, held[0]["staff_id"], roles))


def _thrown(dice: Random) -> Reaches:
    """Each permission reaches as far as the dice say, or nowhere."""
    thrown = {permission.value: dice.choice([None, *Reach]) for permission in Permission}
    return {permission: reach.value for permission, reach in thrown.items() if reach is not None}


async def _made_up(
    bank: Bank, connection: asyncpg.Connection, name: str, reaches: Reaches, roles: Sequence[HeldRole] = ()
) -> Asker:
    """Somebody at 海淀, whose customers, branch, subtree and bank all differ; or with those roles and no customers."""
    subject = (await bank.reader("analyst" if roles else "rm-haidian-1")).subject
    at_haidian = min(subject.roles, key=lambda held: held.position)
    held = tuple(roles) or (replace(at_haidian, role="made up"),)
    policy = Policy({"made up": {Permission(one): Reach(reach) for one, reach in reaches.items()}}, {})
    reader = reader_of(replace(subject, roles=held), policy)
    seen_from = [(reaches, role.position, role.position_end) for role in held]
    return Asker(name, reader, Sight(connection, subject.staff_id, seen_from))
