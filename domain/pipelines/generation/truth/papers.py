"""Documents: copies of certificates and contracts in the archive, and what is short enough to be kept beside them."""

from hashlib import sha256

import numpy as np

from domain.document.model import DocumentKind, DocumentState
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import together
from domain.pipelines.generation.truth.days import a_date
from domain.pipelines.generation.truth.facts import Documents, Loans
from domain.pipelines.generation.truth.keeping import Contents, Papers
from domain.pipelines.generation.truth.lending import due_on
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.randomness import Chance, Ints

COPY, CONTRACT, APPLICATION, INCOME, PROPERTY, LICENCE, *_ = map(code, DocumentKind)
CURRENT = code(DocumentState.CURRENT)
COPIED, APPLIED, PROVED = 0.2, 0.12, 0.3
KEPT_DAYS = 5 * 366
"""After the end of a loan."""
MIDDLE = {COPY: 12.0, CONTRACT: 14.2, INCOME: 12.3, LICENCE: 12.6}
"""Logarithm of bytes."""


def papers(persons: Persons) -> tuple[Papers, Contents]:
    """Of a block's persons: certificates first, then what loans need."""
    chance, held, lent = persons.chance("papers"), persons.documents, persons.loans
    copied = np.flatnonzero(chance.random(len(held.customer)) < COPIED)
    contracts = np.arange(len(lent.account))
    draws = chance.random((2, len(contracts)))
    applied, proved = contracts[draws[0] < APPLIED], contracts[draws[1] < PROVED]
    borrower = persons.lent.borrower
    parts = (
        (COPY, held.customer[copied] - persons.first, copied, None),
        (CONTRACT, borrower, None, contracts),
        (INCOME, borrower[proved], None, proved),
        (APPLICATION, borrower[applied], None, applied),
    )
    names = persons.known.names
    titles = {COPY: "身份证件影印件", CONTRACT: "借款合同", INCOME: "收入证明", APPLICATION: "贷款申请书"}
    made = [_archived(chance, persons, kind, row, titles[kind], shown, loan) for kind, row, shown, loan in parts]
    texts = [
        f"贷款申请书\n申请人：{names[row] or '客户'}\n申请金额：人民币 {cents // 100:,} 元\n"
        f"期限：{months} 个月\n申请日期：{a_date(day - 12)}\n"
        for row, cents, months, day in zip(
            borrower[applied].tolist(), lent.cents[applied].tolist(), lent.months[applied].tolist(),
            lent.granted_on[applied].tolist(), strict=True,
        )
    ]  # fmt: skip
    return _with_contents(made, texts)


def licences(chance: Chance, held: Documents, manager: Ints, first: int) -> tuple[Papers, Contents]:
    """Of a block of firms: scans of their licences."""
    rows = np.flatnonzero(chance.random(len(held.customer)) < 0.6)
    customer = held.customer[rows]
    titles = ["营业执照"] * len(rows)
    part = _filed(chance, LICENCE, customer, titles, manager[customer - first], rows, None, None)
    return _with_contents([part], [])


def _archived(
    chance: Chance, persons: Persons, kind: int, row: Ints, title: str, shown: Ints | None, loan: Ints | None
) -> Papers:
    teller = persons.desks.teller(chance, persons.who.outlet[row])
    until = None if loan is None else _end(persons.loans, loan) + KEPT_DAYS
    return _filed(chance, kind, row + persons.first, [title] * len(row), teller, shown, loan, until)


def _end(lent: Loans, loan: Ints) -> Ints:
    return due_on(lent.granted_on[loan], lent.months[loan])


def _filed(
    chance: Chance, kind: int, customer: Ints, titles: list[str], by: Ints, shown: Ints | None, loan: Ints | None,
    until: Ints | None,
) -> Papers:  # fmt: skip
    count = len(customer)
    nothing = np.full(count, NOTHING, dtype=np.int64)
    size = np.exp(MIDDLE.get(kind, 12.0) + 0.4 * chance.standard_normal(count)).astype(np.int64)
    keys = [f"image-platform/{kind}/{one // 10_000:04d}/{one % 10_000:04d}" for one in customer.tolist()]
    if loan is not None:
        keys = [f"{key}/{at}" for key, at in zip(keys, loan.tolist(), strict=True)]
    return Papers(
        customer, np.full(count, kind), np.full(count, CURRENT), titles,
        ["image/jpeg" if kind in (COPY, LICENCE) else "application/pdf"] * count, size,
        [sha256(key.encode()).hexdigest() for key in keys], [*keys], nothing if until is None else until,
        nothing if shown is None else shown, nothing if loan is None else loan, by,
    )  # fmt: skip


def _with_contents(parts: list[Papers], texts: list[str]) -> tuple[Papers, Contents]:
    """The last documents are those with a text: it stands in the database, and not in the archive."""
    made = together(Papers, parts)
    first = len(made.title) - len(texts)
    for at, text in enumerate(texts, start=first):
        told = text.encode()
        made.sha256[at], made.storage_key[at], made.media_type[at] = sha256(told).hexdigest(), None, "text/plain"
        made.size_bytes[at] = len(told)
    return made, Contents(np.arange(first, len(made.title)), texts)
