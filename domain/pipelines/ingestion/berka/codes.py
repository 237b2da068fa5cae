"""The bank's Czech codes and what we call them. A code that is not listed here makes its row a rejected one."""

from domain.account.model import HolderRole, StatementFrequency
from domain.card.model import CardGrade
from domain.loan.model import LoanState
from domain.transaction.model import PaymentPurpose, TransactionDirection, TransactionOperation

FREQUENCIES = {
    "POPLATEK MESICNE": StatementFrequency.MONTHLY,
    "POPLATEK TYDNE": StatementFrequency.WEEKLY,
    "POPLATEK PO OBRATU": StatementFrequency.AFTER_TRANSACTION,
}

HOLDER_ROLES = {"OWNER": HolderRole.OWNER, "DISPONENT": HolderRole.AUTHORISED_USER}

GRADES = {"junior": CardGrade.JUNIOR, "classic": CardGrade.CLASSIC, "gold": CardGrade.GOLD}

LOAN_STATES = {
    "A": LoanState.REPAID,
    "B": LoanState.DEFAULTED,
    "C": LoanState.RUNNING,
    "D": LoanState.IN_ARREARS,
}

DIRECTIONS = {
    "PRIJEM": TransactionDirection.CREDIT,
    "VYDAJ": TransactionDirection.DEBIT,
    # The older coding of a cash withdrawal.
    "VYBER": TransactionDirection.DEBIT,
}

OPERATIONS = {
    "VKLAD": TransactionOperation.CASH_DEPOSIT,
    "VYBER": TransactionOperation.CASH_WITHDRAWAL,
    "VYBER KARTOU": TransactionOperation.CARD_WITHDRAWAL,
    "PREVOD Z UCTU": TransactionOperation.INCOMING_TRANSFER,
    "PREVOD NA UCET": TransactionOperation.OUTGOING_TRANSFER,
}

ORDER_PURPOSES = {
    "SIPO": PaymentPurpose.HOUSEHOLD,
    "UVER": PaymentPurpose.LOAN_PAYMENT,
    "POJISTNE": PaymentPurpose.INSURANCE,
    "LEASING": PaymentPurpose.LEASING,
}

TRANSACTION_PURPOSES = {
    "SIPO": PaymentPurpose.HOUSEHOLD,
    "UVER": PaymentPurpose.LOAN_PAYMENT,
    "POJISTNE": PaymentPurpose.INSURANCE,
    "UROK": PaymentPurpose.INTEREST,
    "SANKC. UROK": PaymentPurpose.PENALTY_INTEREST,
    "SLUZBY": PaymentPurpose.STATEMENT_FEE,
    "DUCHOD": PaymentPurpose.PENSION,
}
