"""Contracts: the accounts, loans and cards of the whole bank in one order."""

from resolvers.account.edges import all_accounts
from resolvers.card.edges import all_cards
from resolvers.engine.edges import union
from resolvers.loan.edges import all_loans

all_contracts = union("Contract", all_accounts, all_loans, all_cards)
