"""Figures of the Berka data set, computed from its raw files alone: shares nothing with what imports or serves them.

    python tests/pipelines/berka_oracle.py ../shared/data/berka

prints the main figures as JSON, to be compared with what the API answers.
"""

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "berka"
Row = dict[str, str]


def read(folder: Path, name: str) -> list[Row]:
    """The complete rows of a file; a line that was cut off has fewer columns and is left out."""
    path = next(path for path in sorted(folder.iterdir()) if path.name.startswith(name))
    with gzip.open(path, "rt", newline="") if path.suffix == ".gz" else path.open(newline="") as file:
        return [row for row in csv.DictReader(file, delimiter=";") if None not in row.values()]


def day(text: str) -> date:
    """YYMMDD of the last century."""
    return date(1900 + int(text[:2]), int(text[2:4]), int(text[4:6]))


@dataclass(frozen=True)
class Oracle:
    """The eight files, read once. Keys are the bank's own, as numbers."""

    folder: Path = FOLDER

    @cached_property
    def tables(self) -> dict[str, list[Row]]:
        """Rows by file name."""
        names = ("district", "account", "client", "disp", "order", "loan", "card", "trans")
        return {name: read(self.folder, f"{name}.asc" if name != "trans" else name) for name in names}

    @cached_property
    def district(self) -> dict[str, Row]:
        """Districts by id."""
        return {row["A1"]: row for row in self.tables["district"]}

    @cached_property
    def district_of_account(self) -> dict[str, str]:
        """The district whose branch keeps an account."""
        return {row["account_id"]: row["district_id"] for row in self.tables["account"]}

    @cached_property
    def holders(self) -> dict[str, dict[str, list[str]]]:
        """Clients by account and by type of right."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in self.tables["disp"]:
            found[row["account_id"]][row["type"]].append(row["client_id"])
        return found

    def counts(self) -> dict[str, int]:
        """Rows by what they become."""
        names = {
            "account": "account",
            "client": "customer",
            "disp": "account_holder",
            "order": "standing_order",
            "loan": "loan",
            "card": "card",
            "trans": "transaction",
        }
        return {ours: len(self.tables[theirs]) for theirs, ours in names.items()}

    def women_and_men(self) -> tuple[int, int]:
        """(women, men)."""
        women = sum(int(row["birth_number"][2:4]) > 50 for row in self.tables["client"])
        return women, len(self.tables["client"]) - women

    def births(self) -> dict[int, date]:
        """Birth date by client."""
        found = {}
        for row in self.tables["client"]:
            year, month, born = (int(row["birth_number"][place : place + 2]) for place in (0, 2, 4))
            found[int(row["client_id"])] = date(1900 + year, month % 50, born)
        return found

    def home_districts(self) -> dict[int, str]:
        """Name of the district a client lives in."""
        return {int(row["client_id"]): self.district[row["district_id"]]["A2"] for row in self.tables["client"]}

    def branch_of_clients(self) -> dict[int, str]:
        """Name of the district whose branch serves a client: that of their account."""
        return {
            int(row["client_id"]): self.district[self.district_of_account[row["account_id"]]]["A2"]
            for row in self.tables["disp"]
        }

    def accounts_by_branch(self) -> dict[str, int]:
        """Accounts by district."""
        return dict(Counter(self.district[row["district_id"]]["A2"] for row in self.tables["account"]))

    def loans(self, by: str = "A2") -> dict[tuple[str, str], tuple[int, Decimal]]:
        """(number, sum in CZK) of loans by (district, status); `by` A3 takes regions for districts."""
        found: dict[tuple[str, str], tuple[int, Decimal]] = {}
        for row in self.tables["loan"]:
            place = self.district[self.district_of_account[row["account_id"]]][by], row["status"]
            number, total = found.get(place, (0, Decimal(0)))
            found[place] = number + 1, total + Decimal(row["amount"])
        return found

    def owners_with_loan_and_co_user(self, status: str) -> set[int]:
        """Owners of an account with a loan of `status` which somebody else may use too.

        None of them is ever in debt: for D (in arrears) and B (not paid) the set is empty. That is the data, no fault.
        """
        return {
            int(self.holders[row["account_id"]]["OWNER"][0])
            for row in self.tables["loan"]
            if row["status"] == status and self.holders[row["account_id"]]["DISPONENT"]
        }

    def couples(self) -> set[tuple[int, int]]:
        """(owner, co-user) of one account, who live in one district and are of opposite sex."""
        clients = {row["client_id"]: row for row in self.tables["client"]}
        return {
            (int(owner), int(user))
            for rights in self.holders.values()
            for owner in rights["OWNER"]
            for user in rights["DISPONENT"]
            if clients[owner]["district_id"] == clients[user]["district_id"]
            and (int(clients[owner]["birth_number"][2:4]) > 50) != (int(clients[user]["birth_number"][2:4]) > 50)
        }

    @cached_property
    def _movements(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables["trans"]:
            found[row["account_id"]].append(row)
        return dict(found)

    def balances(self) -> dict[int, tuple[date, Decimal]]:
        """(date, CZK) after the last transaction of each account that has any."""
        return {
            int(account): (day(rows[-1]["date"]), Decimal(rows[-1]["balance"]))
            for account, rows in self._movements.items()
        }

    def closing_balances(self) -> dict[tuple[int, date], Decimal]:
        """CZK after the last transaction of each account and day."""
        return {(int(row["account_id"]), day(row["date"])): Decimal(row["balance"]) for row in self.tables["trans"]}

    def last_transactions(self, account: int, number: int) -> list[tuple[int, date, Decimal]]:
        """(key, date, CZK) of an account's last transactions, newest first, debits negative."""
        return [
            (
                int(row["trans_id"]),
                day(row["date"]),
                Decimal(row["amount"]) * (1 if row["type"] == "PRIJEM" else -1),
            )
            for row in reversed(self._movements.get(str(account), [])[-number:])
        ]

    def turnover(self) -> dict[tuple[str, str, str], tuple[int, Decimal]]:
        """(number, sum in CZK) of transactions by raw (type, operation, k_symbol)."""
        found: dict[tuple[str, str, str], tuple[int, Decimal]] = {}
        for row in self.tables["trans"]:
            kind = row["type"], row["operation"].strip(), row["k_symbol"].strip()
            number, total = found.get(kind, (0, Decimal(0)))
            found[kind] = number + 1, total + Decimal(row["amount"])
        return found

    def last_day(self) -> date:
        """The last date in any file."""
        return max(
            day(row[column])
            for name, column in (("account", "date"), ("loan", "date"), ("card", "issued"), ("trans", "date"))
            for row in self.tables[name]
        )


def figures(oracle: Oracle) -> dict[str, Any]:
    """The main figures, by name."""
    women, men = oracle.women_and_men()
    return {
        "counts": oracle.counts(),
        "last_day": oracle.last_day(),
        "women": women,
        "men": men,
        "couples": len(oracle.couples()),
        "owners_with_loan_and_co_user": {
            status: sorted(oracle.owners_with_loan_and_co_user(status)) for status in "ABCD"
        },
        "accounts_by_branch": oracle.accounts_by_branch(),
        "loans_by_region": {" ".join(key): value for key, value in sorted(oracle.loans("A3").items())},
        "loans_by_branch": {" ".join(key): value for key, value in sorted(oracle.loans().items())},
        "balances": dict(sorted(oracle.balances().items())[:20]),
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    sys.stdout.write(json.dumps(figures(Oracle(folder)), indent=2, default=str) + "\n")
