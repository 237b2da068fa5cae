"""Words of transactions, shared by standing orders."""

from enum import StrEnum


class TransactionDirection(StrEnum):
    """Whether money came or went."""

    CREDIT = "money came in"
    DEBIT = "money went out"


class TransactionOperation(StrEnum):
    """How money moved."""

    CASH_DEPOSIT = "cash paid in"
    CASH_WITHDRAWAL = "cash taken out"
    CARD_WITHDRAWAL = "cash taken out by card"
    INCOMING_TRANSFER = "collection from another bank"
    OUTGOING_TRANSFER = "remittance to another bank"


class PaymentPurpose(StrEnum):
    """What a payment is for."""

    HOUSEHOLD = "household costs"
    INSURANCE = "insurance premium"
    INTEREST = "interest credited"
    LEASING = "leasing instalment"
    LOAN_PAYMENT = "loan instalment"
    PENALTY_INTEREST = "interest on a negative balance"
    PENSION = "old-age pension"
    SALARY = "wages"
    STATEMENT_FEE = "fee for statements"
