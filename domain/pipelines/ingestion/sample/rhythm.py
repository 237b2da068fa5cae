"""Transactions and closing balances of the sample, grown from `data/rhythm.csv`.

A line of the rhythm is one payment a month on one day: `amount` the first time, `monthly_step` more each month after.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

Cells = dict[str, str]


def transactions(rhythm: Iterable[Cells], currencies: dict[str, str]) -> list[Cells]:
    """Cells of `transaction` in order of booking, with the balance of their account after each.

    currencies  account → currency
    """
    booked = sorted((payment for line in rhythm for payment in _payments(line)), key=lambda cells: cells["booked_on"])
    balances: dict[str, Decimal] = {}
    for number, cells in enumerate(booked, start=1):
        account, amount = cells["account"], Decimal(cells["amount"])
        balances[account] = balances.get(account, Decimal(0)) + (amount if cells["direction"] == "CREDIT" else -amount)
        cells |= {
            "source_key": f"transaction-{number}",
            "balance_after": str(balances[account]),
            "currency": currencies[account],
        }
    return booked


def closing_balances(transactions: Iterable[Cells]) -> list[Cells]:
    """Cells of `balance`: one per account and day with transactions."""
    closing = {
        (cells["account"], cells["booked_on"]): {
            "account": cells["account"],
            "closed_on": cells["booked_on"],
            "amount": cells["balance_after"],
            "currency": cells["currency"],
        }
        for cells in transactions
    }
    return list(closing.values())


def _payments(line: Cells) -> Iterator[dict[str, Any]]:
    first, last = _month_number(line["from_month"]), _month_number(line["to_month"])
    for month in range(first, last + 1):
        yield {
            "account": line["account"],
            "booked_on": date(month // 12, month % 12 + 1, int(line["day"])).isoformat(),
            "direction": line["direction"],
            "operation": line["operation"],
            "purpose": line["purpose"],
            "amount": str(Decimal(line["amount"]) + (month - first) * Decimal(line["monthly_step"])),
            "counterparty_bank": line["counterparty_bank"],
            "counterparty_account": line["counterparty_account"],
        }


def _month_number(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1
