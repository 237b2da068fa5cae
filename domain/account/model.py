"""Words of accounts and those who hold them."""

from enum import StrEnum


class AccountState(StrEnum):
    """Whether an account is in use."""

    OPEN = "in use"
    FROZEN = "blocked for withdrawals"
    CLOSED = "closed"


class StatementFrequency(StrEnum):
    """How often an account's statement is issued."""

    MONTHLY = "once a month"
    WEEKLY = "once a week"
    AFTER_TRANSACTION = "after each transaction"


class HolderRole(StrEnum):
    """What somebody may do with an account."""

    OWNER = "owns the account; orders payments and asks for loans"
    AUTHORISED_USER = "may use the account (共同使用人)"
