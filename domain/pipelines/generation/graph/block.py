"""Rows of the graph from the facts of a block.

Ids follow from the place of a block and of a row in it, so that any block can be written alone: customers count through
the bank, everything else has room for `ROOM` rows a block.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from domain import tables
from domain.account.model import AccountState, HolderRole, StatementFrequency
from domain.card.model import CardGrade, CardState
from domain.customer.model import ContactPointKind, CustomerKind, CustomerState, IdentityDocumentType, Sex
from domain.household.model import HouseholdRole
from domain.loan.model import LoanState
from domain.pipelines.generation.graph import around, arrays, dealings, ventures
from domain.pipelines.generation.graph.bank import CURRENCY, SOURCE
from domain.pipelines.generation.graph.naming import Naming
from domain.pipelines.generation.graph.sealing import Sealer
from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.facts import Facts
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.randomness import Ints
from domain.relation.model import RelationEvidence, RelationType
from domain.shared.identifier import IdentifierKind
from domain.transaction.model import PaymentPurpose, TransactionDirection, TransactionOperation

ROOM = 4_000_000
"""Ids that a block has for each of its tables; the longest, of transactions, uses an eighth of it."""
DOLLAR = "USD"

WRITTEN = (
    tables.customer, tables.identity_document, tables.contact_point, tables.account, tables.account_holder,
    tables.balance, tables.transaction, tables.loan, tables.card, tables.standing_order, tables.relation,
    tables.household, tables.household_member, *dealings.WRITTEN, *around.LEADING, *ventures.WRITTEN,
    *around.FOLLOWING,
)  # fmt: skip
"""Tables that blocks have rows of, each after those it refers to."""

Columns = dict[str, pa.Array]


@dataclass(frozen=True, slots=True)
class GraphWriter:
    """Turns facts into rows. `positions` and `branch_ids` (outlets,) are those of the bank's outlets."""

    plan: Plan
    sealer: Sealer
    naming: Naming
    branch_ids: Ints
    positions: Ints
    dealings: dealings.DealingsWriter
    ventures: ventures.VenturesWriter
    around: around.AroundWriter

    def rows(self, block: Block, facts: Facts) -> Iterator[tuple[sa.Table, pa.Table]]:
        """The rows of a block, each table after those it refers to; tables without any are left out."""
        begin = block.number * ROOM
        made = (
            self._customers(facts), self._documents(facts), self._contacts(facts), self._accounts(facts),
            self._holders(facts, begin), self._balances(facts, begin), self._movements(facts, begin),
            self._loans(facts, begin), self._cards(facts, begin), self._orders(facts, begin), self._ties(facts),
            self._homes(facts), self._members(facts, begin), *self.dealings.columns(facts.dealings, begin),
            *self.around.leading(facts.around, begin), *self.ventures.columns(facts.ventures, begin),
            *self.around.following(facts.around, begin),
        )  # fmt: skip
        for table, columns in zip(WRITTEN, made, strict=True):
            count = len(next(iter(columns.values())))
            if count == 0:
                continue
            if count > ROOM:
                raise ValueError(f"{table.name} has {count:,} rows in one block, and room for {ROOM:,}")
            if "id" not in columns:
                columns = {"id": pa.array(np.arange(begin + 1, begin + count + 1))} | columns
            if "source" in table.columns:
                columns |= self._sourced(columns["id"], count)
            yield table, pa.table(columns)

    def _sourced(self, ids: pa.Array, count: int) -> Columns:
        return {
            "source": arrays.repeated(SOURCE, count),
            "source_key": arrays.as_text(ids),
            "as_of_date": arrays.same_day(self.plan.as_of, count),
        }

    def _branch(self, outlet: Ints) -> pa.Array:
        return pa.array(self.branch_ids[outlet])

    def _customers(self, facts: Facts) -> Columns:
        known = facts.customers
        is_person = bool((known.kind == list(CustomerKind).index(CustomerKind.PERSON)).all())
        return {
            "id": pa.array(np.arange(known.first + 1, known.first + len(known.numbers) + 1)),
            "kind": arrays.words(known.kind, CustomerKind),
            "state": arrays.words(known.state, CustomerState),
            "customer_no": arrays.texts(known.numbers),
            **self.naming.columns(known.names, is_person=is_person),
            "sex": arrays.words(known.sex, Sex),
            "birth_on": arrays.dates(known.born_on),
            "registered_on": arrays.dates(known.registered_on),
            "joined_on": arrays.dates(known.joined_on),
            "branch_id": self._branch(known.outlet),
            "position": arrays.numbers(self.positions[known.outlet], small=True),
            "manager_id": arrays.ids(known.manager),
            "backup_manager_id": arrays.ids(known.backup),
            "aum": self._aum(facts),
        }

    @staticmethod
    def _aum(facts: Facts) -> pa.Array:
        """As triggers add it up elsewhere."""
        known, held, tied = facts.customers, facts.accounts, facts.holders
        is_open = held.state != list(AccountState).index(AccountState.CLOSED)
        counts = is_open & ~held.is_dollar & (held.balance_on != NOTHING)
        owns = counts[tied.account] & (tied.role == list(HolderRole).index(HolderRole.OWNER))
        places = tied.customer[owns] - known.first
        return arrays.added_up(places, held.balance[tied.account[owns]], len(known.numbers))

    def _documents(self, facts: Facts) -> Columns:
        held, kinds = facts.documents, list(IdentityDocumentType)
        sealed_as = (IdentifierKind[kinds[place].name] for place in held.type.tolist())
        return {
            "customer_id": arrays.ids(held.customer),
            "type": arrays.words(held.type, IdentityDocumentType),
            **self.sealer.columns("number", sealed_as, held.numbers),
            "issued_on": arrays.dates(held.issued_on),
            "expires_on": arrays.dates(held.expires_on),
        }

    def _contacts(self, facts: Facts) -> Columns:
        reached, kinds = facts.contacts, list(ContactPointKind)
        sealed_as = (IdentifierKind[kinds[place].name] for place in reached.kind.tolist())
        return {
            "customer_id": arrays.ids(reached.customer),
            "kind": arrays.words(reached.kind, ContactPointKind),
            "is_primary": pa.array(reached.is_primary),
            **self.sealer.columns("value", sealed_as, reached.values),
            "district": arrays.texts(reached.districts),
            "region": arrays.texts(reached.regions),
            "country": arrays.texts(reached.countries),
        }

    def _accounts(self, facts: Facts) -> Columns:
        held = facts.accounts
        kinds = [IdentifierKind.ACCOUNT_NUMBER] * len(held.numbers)
        return {
            **self.sealer.columns("number", kinds, held.numbers),
            "product_id": arrays.ids(held.product),
            "branch_id": self._branch(held.outlet),
            "state": arrays.words(held.state, AccountState),
            "statement_frequency": arrays.words(held.statement, StatementFrequency),
            "currency": self._currency(facts, np.arange(len(held.numbers))),
            "balance": arrays.money_or_null(held.balance, held.balance_on == NOTHING),
            "balance_on": arrays.dates(held.balance_on),
            "opened_on": arrays.dates(held.opened_on),
            "closed_on": arrays.dates(held.closed_on),
            "holder_ids": arrays.gathered(facts.holders.account, facts.holders.customer, len(held.numbers)),
        }

    @staticmethod
    def _currency(facts: Facts, account: Ints) -> pa.Array:
        return arrays.picked(facts.accounts.is_dollar[account].astype(np.int64), [CURRENCY, DOLLAR])

    def _holders(self, facts: Facts, begin: int) -> Columns:
        return {
            "account_id": arrays.ids(facts.holders.account, begin=begin),
            "customer_id": arrays.ids(facts.holders.customer),
            "role": arrays.words(facts.holders.role, HolderRole),
        }

    def _balances(self, facts: Facts, begin: int) -> Columns:
        closed = facts.balances
        return {
            "account_id": arrays.ids(closed.account, begin=begin),
            "closed_on": arrays.dates(closed.day),
            "amount": arrays.decimals(closed.cents),
            "currency": self._currency(facts, closed.account),
        }

    def _movements(self, facts: Facts, begin: int) -> Columns:
        moved = facts.movements
        directions = list(TransactionDirection)
        came, went = directions.index(TransactionDirection.CREDIT), directions.index(TransactionDirection.DEBIT)
        return {
            "account_id": arrays.ids(moved.account, begin=begin),
            "booked_on": arrays.dates(moved.day),
            "direction": arrays.words(np.where(moved.cents > 0, came, went), TransactionDirection),
            "operation": arrays.words(moved.operation, TransactionOperation),
            "purpose": arrays.words(moved.purpose, PaymentPurpose),
            "amount": arrays.decimals(np.abs(moved.cents)),
            "balance_after": arrays.decimals(moved.after),
            "currency": self._currency(facts, moved.account),
            **self._counterparty(facts, moved.counterparty),
        }

    def _counterparty(self, facts: Facts, place: Ints) -> Columns:
        sides = facts.counterparties
        banks = sorted({side.bank for side in sides if side.bank is not None})
        bank_of = np.array([NOTHING if side.bank is None else banks.index(side.bank) for side in sides] + [NOTHING])
        kinds = [IdentifierKind.ACCOUNT_NUMBER] * len(sides)
        return {
            # The last entry stands for nobody: NOTHING is its place from the end.
            "counterparty_bank": arrays.picked(bank_of[place], banks),
            **self.sealer.columns("counterparty_account", kinds, [side.account for side in sides], places=place),
        }

    def _loans(self, facts: Facts, begin: int) -> Columns:
        lent = facts.loans
        return {
            "account_id": arrays.ids(lent.account, begin=begin),
            "product_id": arrays.ids(lent.product),
            "branch_id": self._branch(lent.outlet),
            "state": arrays.words(lent.state, LoanState),
            "granted_on": arrays.dates(lent.granted_on),
            "term_months": arrays.numbers(lent.months, small=True),
            "amount": arrays.decimals(lent.cents),
            "instalment": arrays.decimals(lent.instalment),
            "currency": arrays.repeated(CURRENCY, len(lent.cents)),
        }

    def _cards(self, facts: Facts, begin: int) -> Columns:
        held = facts.cards
        kinds = [IdentifierKind.CARD_NUMBER] * len(held.numbers)
        return {
            **self.sealer.columns("number", kinds, held.numbers),
            "customer_id": arrays.ids(held.customer),
            "account_id": arrays.ids(held.account, begin=begin),
            "product_id": arrays.ids(held.product),
            "branch_id": self._branch(held.outlet),
            "grade": arrays.words(held.grade, CardGrade),
            "state": arrays.words(held.state, CardState),
            "issued_on": arrays.dates(held.issued_on),
        }

    def _orders(self, facts: Facts, begin: int) -> Columns:
        ordered = facts.orders
        return {
            "account_id": arrays.ids(ordered.account, begin=begin),
            "purpose": arrays.words(ordered.purpose, PaymentPurpose),
            "amount": arrays.decimals(ordered.cents),
            "currency": arrays.repeated(CURRENCY, len(ordered.cents)),
            **self._counterparty(facts, ordered.counterparty),
        }

    def _ties(self, facts: Facts) -> Columns:
        tied = facts.ties
        return {
            "from_customer_id": arrays.ids(tied.customer),
            "to_customer_id": arrays.ids(tied.other),
            "type": arrays.words(tied.type, RelationType),
            "evidence": arrays.bits(tied.evidence, RelationEvidence),
            "confidence_ratio": arrays.decimals(tied.confidence, arrays.RATE),
        }

    def _homes(self, facts: Facts) -> Columns:
        return {
            "evidence": arrays.bits(facts.homes.evidence, RelationEvidence),
            "confidence_ratio": arrays.decimals(facts.homes.confidence, arrays.RATE),
        }

    def _members(self, facts: Facts, begin: int) -> Columns:
        homes = facts.homes
        return {
            "household_id": arrays.ids(homes.member_home, begin=begin),
            "customer_id": arrays.ids(homes.member_customer),
            "role": arrays.words(homes.member_role, HouseholdRole),
        }
