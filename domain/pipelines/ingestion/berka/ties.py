"""What two clients with one account are to each other, and the households that follow.

The owner and an authorised user of an account are joint holders. The evidence adds up: a shared account counts 0.5, a
home in the same district 0.2, opposite sex 0.2. Where all three hold, the two are also a household: the owner its head,
the user the partner. Nobody is in two households: the first account in the order of the file decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import asyncpg

from domain.household.model import HouseholdRole
from domain.pipelines.ingestion.berka.contracts import CUSTOMER
from domain.pipelines.ingestion.berka.store import SOURCE, remove_others, store
from domain.relation.model import RelationEvidence, RelationType
from domain.tables import household, household_member, relation

WEIGHTS = {
    RelationEvidence.SHARED_ACCOUNT: Decimal("0.5"),
    RelationEvidence.SHARED_ADDRESS: Decimal("0.2"),
    RelationEvidence.OPPOSITE_SEX: Decimal("0.2"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """The owner and an authorised user of one account, by client id."""

    owner: int
    user: int
    is_same_district: bool
    is_opposite_sex: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """A pair with what speaks for it."""

    owner: int
    user: int
    evidence: tuple[RelationEvidence, ...]

    @property
    def key(self) -> str:
        """The tie's source key."""
        return f"{self.owner}-{self.user}"

    @property
    def confidence(self) -> Decimal:
        """The sum of what each piece of evidence counts, 0 to 1."""
        return sum((WEIGHTS[piece] for piece in self.evidence), Decimal(0))


def ties(pairs: Iterable[Pair]) -> list[Tie]:
    """One tie for each two clients, in the order in which the pairs first name them."""
    found: dict[tuple[int, int], Tie] = {}
    for pair in pairs:
        evidence = [RelationEvidence.SHARED_ACCOUNT]
        if pair.is_same_district:
            evidence.append(RelationEvidence.SHARED_ADDRESS)
        if pair.is_opposite_sex:
            evidence.append(RelationEvidence.OPPOSITE_SEX)
        found.setdefault((pair.owner, pair.user), Tie(pair.owner, pair.user, tuple(evidence)))
    return list(found.values())


def households(all_ties: Iterable[Tie]) -> list[Tie]:
    """The ties with every kind of evidence, of clients who are in no household before."""
    chosen: list[Tie] = []
    members: set[int] = set()
    for tie in all_ties:
        if set(tie.evidence) == set(WEIGHTS) and members.isdisjoint((tie.owner, tie.user)):
            chosen.append(tie)
            members |= {tie.owner, tie.user}
    return chosen


async def store_ties(connection: asyncpg.Connection, *, as_of: date) -> None:
    """reads account_holder, customer, contact_point; writes relation, household, household_member."""
    all_ties = ties(await _pairs(connection))
    all_households = households(all_ties)
    await _stage_ties(connection, "berka_relation", all_ties)
    await _stage_ties(connection, "berka_household", all_households)
    await connection.execute(
        "CREATE TEMP TABLE berka_member (ordinal int, source_key text, household_key text, role text) ON COMMIT DROP"
    )
    members = [
        (str(client), tie.key, role.name)
        for tie in all_households
        for client, role in ((tie.owner, HouseholdRole.HEAD), (tie.user, HouseholdRole.PARTNER))
    ]
    await connection.copy_records_to_table(
        "berka_member", records=[(ordinal, *member) for ordinal, member in enumerate(members)]
    )
    await _store_relations(connection, as_of=as_of)
    await _store_households(connection, as_of=as_of)


async def _pairs(connection: asyncpg.Connection) -> list[Pair]:
    """Owner and users of every account, in the order in which the files name the users."""
    holder = f"""
        SELECT holder.id, holder.account_id, holder.role, customer.source_key::int AS client_id, customer.sex,
               contact_point.district
        FROM ketu.account_holder AS holder
        JOIN ketu.customer ON customer.id = holder.customer_id
        JOIN ketu.contact_point ON contact_point.customer_id = customer.id AND contact_point.source = '{SOURCE}'
        WHERE holder.source = '{SOURCE}'
    """
    rows = await connection.fetch(
        f"""
        SELECT owner.client_id AS owner, other.client_id AS other,
               owner.district = other.district AS is_same_district, owner.sex <> other.sex AS is_opposite_sex
        FROM ({holder}) AS other JOIN ({holder}) AS owner ON owner.account_id = other.account_id
        WHERE owner.role = 'OWNER' AND other.role = 'AUTHORISED_USER'
        ORDER BY other.id
        """
    )
    return [Pair(*row) for row in rows]


async def _stage_ties(connection: asyncpg.Connection, name: str, all_ties: list[Tie]) -> None:
    await connection.execute(
        f"CREATE TEMP TABLE {name} (ordinal int, source_key text, owner_id int, user_id int, evidence text[], "
        "confidence_ratio numeric(9,6)) ON COMMIT DROP"
    )
    records = [
        (ordinal, tie.key, tie.owner, tie.user, [piece.name for piece in tie.evidence], tie.confidence)
        for ordinal, tie in enumerate(all_ties)
    ]
    await connection.copy_records_to_table(name, records=records)


async def _store_relations(connection: asyncpg.Connection, *, as_of: date) -> None:
    delivered = f"""
        SELECT tie.*, owner.id AS from_customer_id, other.id AS to_customer_id,
               '{RelationType.JOINT_HOLDER.name}' AS type
        FROM berka_relation AS tie
        JOIN ({CUSTOMER}) AS owner ON owner.client_id = tie.owner_id
        JOIN ({CUSTOMER}) AS other ON other.client_id = tie.user_id
    """
    await remove_others(connection, relation, delivered)
    columns = ("from_customer_id", "to_customer_id", "type", "evidence", "confidence_ratio")
    await store(connection, relation, delivered, columns=columns, as_of=as_of)


async def _store_households(connection: asyncpg.Connection, *, as_of: date) -> None:
    """New households come before their members, old ones go after them."""
    homes = "SELECT * FROM berka_household"
    members = f"""
        SELECT member.*, household.id AS household_id, customer.id AS customer_id
        FROM berka_member AS member
        JOIN ketu.household ON household.source = '{SOURCE}' AND household.source_key = member.household_key
        JOIN ({CUSTOMER}) AS customer ON customer.client_id = member.source_key::int
    """
    await store(connection, household, homes, columns=("evidence", "confidence_ratio"), as_of=as_of)
    await remove_others(connection, household_member, members)
    columns = ("household_id", "customer_id", "role")
    await store(connection, household_member, members, columns=columns, as_of=as_of)
    await remove_others(connection, household, homes)
