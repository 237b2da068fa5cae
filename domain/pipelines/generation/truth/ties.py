"""What the bank knows of how its customers belong together, and from what."""

from dataclasses import dataclass

import numpy as np

from domain.account.model import HolderRole
from domain.household.model import HouseholdRole
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.facts import Holders, Homes, Ties
from domain.pipelines.generation.truth.families import CHILD, FATHER, HEAD, MOTHER, NOBODY, OF_AGE, PARTNER, People
from domain.pipelines.generation.truth.lending import Lending
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood, Occupation
from domain.pipelines.generation.truth.opening import Contracts
from domain.pipelines.generation.truth.plan import BLOCK_PERSONS, Block, Plan
from domain.pipelines.generation.truth.randomness import Flags, Ints, stream
from domain.relation.model import RelationEvidence, RelationType

PARTNERS_KNOWN, PARENTS_KNOWN, EMPLOYERS_KNOWN, DECLARED_SHARE = 0.78, 0.62, 0.75, 0.8
SHARE_AN_ACCOUNT, HOMES_KNOWN, REFERRED = 0.16, 0.88, 0.05
HOLDS_SHARES, FINANCE_KNOWN = 0.7, 0.5

DECLARED, SHARED_ACCOUNT, SHARED_ADDRESS, OPPOSITE_SEX = (
    1 << code(word)
    for word in (
        RelationEvidence.DECLARED, RelationEvidence.SHARED_ACCOUNT, RelationEvidence.SHARED_ADDRESS,
        RelationEvidence.OPPOSITE_SEX,
    )
)  # fmt: skip
WEIGHTS = {SHARED_ACCOUNT: 500_000, SHARED_ADDRESS: 200_000, OPPOSITE_SEX: 200_000}
CERTAIN = 1_000_000
"""Millionths. What somebody has told is certain; otherwise the evidence adds up."""


def confidence(evidence: Ints) -> Ints:
    """How sure a tie is, in millionths."""
    added = np.zeros(len(evidence), dtype=np.int64)
    for bit, weight in WEIGHTS.items():
        added += np.where(evidence & bit, weight, 0)
    return np.where(evidence & DECLARED, CERTAIN, added)


def holders(plan: Plan, block: Block, who: People, bonds: Life, held: Contracts) -> tuple[Holders, Flags]:
    """Owners of the accounts and who may use them too; and which persons share their partner's account.

    A partner may use the current account, a parent that of a child under age.
    """
    chance, count = stream(plan.seed, "holders", block.number), len(who)
    served = bonds.is_customer & (bonds.left_on == NEVER)
    partner = np.where(who.partner == NOBODY, 0, who.partner)
    shares = (who.slot == PARTNER) & (who.partner != NOBODY) & served & served[partner]
    shares &= (who.home == who.home[partner]) & (chance.random(count) < SHARE_AN_ACCOUNT)
    users = np.flatnonzero(shares)
    children = np.flatnonzero((who.age < OF_AGE) & bonds.is_customer)
    guardian = np.where(who.mother[children] == NOBODY, who.father[children], who.mother[children])
    guarded = (guardian != NOBODY) & bonds.is_customer[np.maximum(guardian, 0)]
    account = np.concatenate(
        [np.arange(len(held.owner)), held.current_of[who.partner[users]], held.current_of[children[guarded]]]
    )
    customer = np.concatenate([held.owner, users, guardian[guarded]])
    role = np.full(len(account), code(HolderRole.AUTHORISED_USER), dtype=np.int64)
    role[: len(held.owner)] = code(HolderRole.OWNER)
    return Holders(account, customer + block.first, role), shares


@dataclass(frozen=True, slots=True)
class _Known:
    """What the bank can see of persons: arrays (persons,)."""

    who: People
    has_address: Flags
    shares: Flags

    def evidence(self, one: Ints, other: Ints, declared: Flags) -> Ints:
        """What speaks for a tie between persons."""
        who = self.who
        address = self.has_address[one] & self.has_address[other] & (who.home[one] == who.home[other])
        account = (self.shares[one] & (who.partner[one] == other)) | (self.shares[other] & (who.partner[other] == one))
        found = np.where(declared, DECLARED, 0) | np.where(address, SHARED_ADDRESS, 0)
        return np.asarray(found | np.where(account, SHARED_ACCOUNT, 0), dtype=np.int64)


def ties(
    plan: Plan, block: Block, who: People, lives: Livelihood, bonds: Life, loans: Lending, has_address: Flags,
    shares: Flags,
) -> tuple[Ties, Homes]:  # fmt: skip
    """The relations and the households of a block's persons that the bank knows of."""
    chance, count = stream(plan.seed, "ties", block.number), len(who)
    known = _Known(who, has_address, shares)
    everybody = np.arange(count)
    parts: list[tuple[Ints, Ints, RelationType, Ints]] = []

    heads = everybody[(who.slot == HEAD) | (who.slot == FATHER)]
    heads = heads[who.partner[heads] != NOBODY]
    couples = heads[(chance.random(len(heads)) < PARTNERS_KNOWN) | shares[who.partner[heads]]]
    evidence = known.evidence(couples, who.partner[couples], chance.random(len(couples)) < DECLARED_SHARE)
    evidence |= OPPOSITE_SEX
    parts.append((couples, who.partner[couples], RelationType.SPOUSE, evidence))
    parts.append((who.partner[couples], couples, RelationType.SPOUSE, evidence))
    for parent in (who.father, who.mother):
        children = everybody[parent != NOBODY]
        told = (chance.random(len(children)) < PARENTS_KNOWN) | (who.age[children] < OF_AGE)
        children = children[told]
        declared = (chance.random(len(children)) < DECLARED_SHARE) | (who.age[children] < OF_AGE)
        evidence = known.evidence(children, parent[children], declared)
        # Where nothing is seen, they have told us.
        evidence = np.where(evidence == 0, DECLARED, evidence)
        parts.append((children, parent[children], RelationType.PARENT, evidence))
        parts.append((parent[children], children, RelationType.CHILD, evidence))
    users = everybody[shares]
    evidence = known.evidence(who.partner[users], users, np.zeros(len(users), dtype=np.bool_))
    parts.append((who.partner[users], users, RelationType.JOINT_HOLDER, evidence | OPPOSITE_SEX))
    guaranteed = np.flatnonzero(loans.guarantor != NOBODY)
    borrower, guarantor = _unique(loans.borrower[guaranteed], loans.guarantor[guaranteed])
    parts.append((borrower, guarantor, RelationType.GUARANTOR, np.full(len(borrower), DECLARED)))
    new, friend = _referred(plan, block, who, bonds)
    parts.append((new, friend, RelationType.REFERRER, np.full(len(new), DECLARED)))

    told = [(one + block.first, other + block.first, kind, evidence) for one, other, kind, evidence in parts]
    workers = everybody[(lives.employer != NOBODY) & (chance.random(count) < EMPLOYERS_KNOWN)]
    leads = lives.occupation[workers] == Occupation.OWNER
    works, led = workers[~leads], workers[leads]
    declared = np.full(count, DECLARED)
    told.append((works + block.first, lives.employer[works], RelationType.EMPLOYER, declared[: len(works)]))
    told.append((lives.employer[led], led + block.first, RelationType.KEY_PERSON, declared[: len(led)]))
    told += _of_firms(plan, block, works, led, lives)
    one, other, evidence = (np.concatenate([part[place] for part in told]) for place in (0, 1, 3))
    kinds = np.concatenate([np.full(len(part[0]), code(part[2]), dtype=np.int64) for part in told])
    found = Ties(one, other, kinds, evidence, confidence(evidence))
    couple_known = np.zeros(count, dtype=np.bool_)
    for first, second, _, _ in parts[:6]:
        couple_known[first] = couple_known[second] = True
    return found, _homes(plan, block, known, couple_known)


def _of_firms(
    plan: Plan, block: Block, works: Ints, led: Ints, lives: Livelihood
) -> list[tuple[Ints, Ints, RelationType, Ints]]:
    """Whose the firms are, who stands for them, and who deals with their money.

    Those of whom a firm has one are looked for in one block, so that no two blocks find one each.
    """
    chance = stream(plan.seed, "firm roles", block.number)
    blocks = -(-plan.persons // BLOCK_PERSONS)
    owns = led[chance.random(len(led)) < HOLDS_SHARES]
    clerks = works[np.isin(lives.occupation[works], (Occupation.CLERK, Occupation.PROFESSIONAL))]
    firms = lives.employer
    here = [some[firms[some] % blocks == block.number % blocks] for some in (led, owns, clerks)]
    once = [some[np.unique(firms[some], return_index=True)[1]] for some in here]
    once[2] = once[2][chance.random(len(once[2])) < FINANCE_KNOWN]
    kinds = (RelationType.LEGAL_REPRESENTATIVE, RelationType.BENEFICIAL_OWNER, RelationType.FINANCE_OFFICER)
    return [
        (firms[some], some + block.first, kind, np.full(len(some), DECLARED))
        for some, kind in zip((*once, owns), (*kinds, RelationType.SHAREHOLDER), strict=True)
    ]


def _unique(one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Each pair once."""
    pairs = np.unique(np.stack([one, other], axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _referred(plan: Plan, block: Block, who: People, bonds: Life) -> tuple[Ints, Ints]:
    """Who was brought by a customer of the same outlet who had come earlier, and by whom."""
    chance = stream(plan.seed, "referred", block.number)
    customers = np.flatnonzero(bonds.is_customer)
    order = customers[np.lexsort((bonds.joined_on[customers], who.outlet[customers]))]
    begins = np.searchsorted(who.outlet[order], who.outlet[order], side="left")
    rank = np.arange(len(order)) - begins
    drawn = order[begins + np.floor(chance.random(len(order)) * np.maximum(rank, 1)).astype(np.int64)]
    brought = (chance.random(len(order)) < REFERRED) & (rank > 0) & (bonds.joined_on[drawn] < bonds.joined_on[order])
    return order[brought], drawn[brought]


def _homes(plan: Plan, block: Block, known: _Known, tied: Flags) -> Homes:
    """Households of two or more who live together and are tied to somebody."""
    chance, who = stream(plan.seed, "homes", block.number), known.who
    persons = np.flatnonzero(tied)
    order = persons[np.argsort(who.home[persons], kind="stable")]
    homes, begins, size = np.unique(who.home[order], return_index=True, return_counts=True)
    kept = (size >= 2) & (chance.random(len(homes)) < HOMES_KNOWN)
    number = np.full(len(homes), NOTHING, dtype=np.int64)
    number[kept] = np.arange(int(kept.sum()))
    of_member = np.repeat(number, size)
    members, of_member = order[of_member != NOTHING], of_member[of_member != NOTHING]
    first = order[begins[kept]]
    second = order[begins[kept] + 1]
    declared = chance.random(len(first)) < DECLARED_SHARE
    evidence = known.evidence(first, second, declared)
    evidence |= np.where(who.partner[first] == second, OPPOSITE_SEX, 0)
    evidence = np.where(evidence == 0, DECLARED, evidence)
    return Homes(evidence, confidence(evidence), of_member, members + block.first, _roles(who, members, of_member))


def _roles(who: People, members: Ints, home: Ints) -> Ints:
    """The head of the family leads a home; where they live elsewhere, their father does, or who comes first."""
    slot = who.slot[members]
    first = (
        np.flatnonzero(np.concatenate([[True], home[1:] != home[:-1]])) if len(home) else np.zeros(0, dtype=np.int64)
    )
    has_head = np.zeros(int(home.max(initial=-1)) + 1, dtype=np.bool_)
    has_head[home[slot == HEAD]] = True
    role = np.full(len(members), code(HouseholdRole.OTHER), dtype=np.int64)
    role[slot == PARTNER] = code(HouseholdRole.PARTNER)
    role[(slot >= CHILD) & (slot < FATHER)] = code(HouseholdRole.CHILD)
    role[slot == HEAD] = code(HouseholdRole.HEAD)
    # A child of parents who are nobody's customers may be at home with a grandparent, and then leads.
    led_here = first[~has_head[home[first]]]
    role[led_here] = code(HouseholdRole.HEAD)
    alone = ~has_head[home] & (slot == MOTHER) & (role != code(HouseholdRole.HEAD))
    role[alone] = code(HouseholdRole.PARTNER)
    return role
