"""What hangs on customers: custom attributes, do-not-contacts, documents, life events, notes."""

from collections.abc import Callable
from decimal import Decimal

from tests.judges.drawing import AMOUNTS, CURRENCIES, DAYS, MOMENTS, Drawing, insert, insert_once, one_of
from tests.judges.language import (
    BEGUN,
    CREATED,
    CUSTOMER,
    NAME,
    OPENED,
    Edge,
    Kind,
    Row,
    World,
    back,
    customers,
    root,
    to,
)

HAPPENS, PLEDGED, JOINED, LOADED = ("happens_on", True), ("pledged_on", True), ("joined_on", True), ("loaded_at", True)


def _debtors(world: World, row: Row) -> list[Row]:
    """The holders of the account that a loan is repaid through, or that a guarantee names."""
    accounts = [loan["account_id"] for loan in world.where("loan", "id", row["loan_id"])]
    return [holder for account in accounts for holder in world.holders(account)]


def of_guarantee(world: World, row: Row) -> list[Row]:
    """A guarantee belongs to who owes and to who answers for it."""
    of_account = [] if row["account_id"] is None else world.holders(row["account_id"])
    return [*_debtors(world, row), *of_account, *world.where("customer", "id", row["guarantor_id"])]


def of_collateral(world: World, row: Row) -> list[Row]:
    """Collateral belongs to who owes and to whose it is; whose account holds the money sees nothing of it for that."""
    return [*_debtors(world, row), *world.where("customer", "id", row["owner_id"])]


def of_entry(world: World, row: Row) -> list[Row]:
    """An entry belongs to whom its dossier belongs to."""
    (dossier,) = world.where("credit_dossier", "id", row["credit_dossier_id"])
    return world.where("customer", "id", dossier["customer_id"])


def of_group(world: World, row: Row) -> list[Row]:
    """A group belongs to all its members."""
    members = world.where("customer_group_member", "customer_group_id", row["id"])
    return [found for member in members for found in world.where("customer", "id", member["customer_id"])]


def _head(world: World, row: Row) -> list[Row]:
    members = world.where("customer_group_member", "customer_group_id", row["id"])
    leading = [member for member in members if member["role"] == "HEAD" and member["left_on"] is None]
    return [found for member in leading for found in world.where("customer", "id", member["customer_id"])]


def _same_code(table: str, column: str, own: str) -> Callable[[World, Row], list[Row]]:
    """Rows of a table whose column is what a column of this one is."""
    return lambda world, row: world.where(table, column, row[own])


KINDS = {
    "PortfolioTerm": Kind("portfolio_term", "pot", ("portfolio_term:read", CUSTOMER), customers("customer_id")),
    "Source": Kind("source", "src", ("source:read",)),
    "SourceBatch": Kind("source_batch", "bat", ("source_batch:read",)),
    "SourceFile": Kind("file_count", "bfi", ("source_batch:read",)),
    "CustomerGroup": Kind("customer_group", "grp", ("customer_group:read", CUSTOMER), of_group),
    "CustomerGroupMember": Kind(
        "customer_group_member", "gme", ("customer_group:read", CUSTOMER), customers("customer_id")
    ),
    "PartyRole": Kind("party_role", "pty", ("party_role:read", CUSTOMER), customers("customer_id")),
    "Collateral": Kind("collateral", "col", ("collateral:read",), of_collateral),
    "CreditDossier": Kind("credit_dossier", "cdo", ("credit_dossier:read", CUSTOMER), customers("customer_id")),
    "CreditDossierEntry": Kind("credit_dossier_entry", "cde", ("credit_dossier:read", CUSTOMER), of_entry),
    "Guarantee": Kind("guarantee", "gua", ("guarantee:read",), of_guarantee),
    "AttributeDefinition": Kind("attribute_definition", "atd", ("attribute_definition:read",)),
    "CustomerAttribute": Kind(
        "customer_attribute", "cat", ("customer_attribute:read", CUSTOMER), customers("customer_id")
    ),
    "DoNotContact": Kind("do_not_contact", "dnc", ("do_not_contact:read", CUSTOMER), customers("customer_id")),
    "Document": Kind("document", "doc", ("document:read", CUSTOMER), customers("customer_id")),
    "LifeEvent": Kind("life_event", "lev", ("life_event:read", CUSTOMER), customers("customer_id")),
    "Note": Kind("note", "not", ("note:read", CUSTOMER), customers("customer_id")),
}

PERSONAL = {
    "CustomerGroup": ("name", "nameSortKey"),
    "CustomerGroupMember": ("role", "controlShareRatio"),
    "PartyRole": ("subject",),
    "Collateral": ("description", "district", "region"),
    "CreditDossier": ("rating", "loanClass"),
    "CreditDossierEntry": ("rating", "note"),
    "CustomerAttribute": ("textValue", "numberValue", "dateValue", "booleanValue", "choiceValue"),
    "DoNotContact": ("reason", "note", "liftedBecause"),
    "Document": ("title", "sha256"),
    "LifeEvent": ("kind", "happensOn", "note"),
    "Note": ("text",),
}

EDGES: dict[tuple[str, str], Edge] = {
    ("Customer", "portfolioHistory"): back("PortfolioTerm", "customer_id", BEGUN),
    ("PortfolioTerm", "customer"): to("Customer", "customer_id"),
    ("PortfolioTerm", "staff"): to("Staff", "staff_id"),
    ("Source", "batches"): Edge("SourceBatch", _same_code("source_batch", "source", "code"), (LOADED,)),
    ("Source", "ownedBy"): to("Staff", "owned_by_id"),
    ("SourceBatch", "origin"): Edge("Source", _same_code("source", "code", "source")),
    ("SourceBatch", "files"): back("SourceFile", "source_batch_id", ("file", False)),
    ("SourceFile", "batch"): to("SourceBatch", "source_batch_id"),
    ("Staff", "portfolioHistory"): back("PortfolioTerm", "staff_id", BEGUN),
    ("Staff", "sources"): back("Source", "owned_by_id", CREATED),
    ("Customer", "groupMemberships"): back("CustomerGroupMember", "customer_id", JOINED),
    ("Customer", "partyRoles"): back("PartyRole", "customer_id", BEGUN),
    ("CustomerGroup", "head"): Edge("Customer", _head),
    ("CustomerGroup", "managedBy"): to("Staff", "managed_by_id"),
    ("CustomerGroup", "members"): back("CustomerGroupMember", "customer_group_id", ("joined_on", False)),
    ("CustomerGroupMember", "customer"): to("Customer", "customer_id"),
    ("CustomerGroupMember", "group"): to("CustomerGroup", "customer_group_id"),
    ("PartyRole", "customer"): to("Customer", "customer_id"),
    ("PartyRole", "managedBy"): to("Staff", "managed_by_id"),
    ("Staff", "customerGroups"): back("CustomerGroup", "managed_by_id", CREATED),
    ("Staff", "partyRoles"): back("PartyRole", "managed_by_id", CREATED),
    ("Account", "collaterals"): back("Collateral", "account_id", PLEDGED),
    ("Account", "guarantees"): back("Guarantee", "account_id", BEGUN),
    ("Collateral", "account"): to("Account", "account_id"),
    ("Collateral", "loan"): to("Loan", "loan_id"),
    ("Collateral", "owner"): to("Customer", "owner_id"),
    ("CreditDossier", "customer"): to("Customer", "customer_id"),
    ("CreditDossier", "entries"): back("CreditDossierEntry", "credit_dossier_id", ("happened_on", False)),
    ("CreditDossier", "handledBy"): to("Staff", "handled_by_id"),
    ("CreditDossierEntry", "dossier"): to("CreditDossier", "credit_dossier_id"),
    ("CreditDossierEntry", "staff"): to("Staff", "staff_id"),
    ("Customer", "collaterals"): back("Collateral", "owner_id", PLEDGED),
    ("Customer", "creditDossiers"): back("CreditDossier", "customer_id", OPENED),
    ("Customer", "guaranteesGiven"): back("Guarantee", "guarantor_id", BEGUN),
    ("Guarantee", "account"): to("Account", "account_id"),
    ("Guarantee", "guarantor"): to("Customer", "guarantor_id"),
    ("Guarantee", "loan"): to("Loan", "loan_id"),
    ("Loan", "collaterals"): back("Collateral", "loan_id", PLEDGED),
    ("Loan", "guarantees"): back("Guarantee", "loan_id", BEGUN),
    ("Staff", "creditDossierEntries"): back("CreditDossierEntry", "staff_id", CREATED),
    ("Staff", "creditDossiers"): back("CreditDossier", "handled_by_id", CREATED),
    ("AttributeDefinition", "definedBy"): to("Staff", "defined_by_id"),
    ("AttributeDefinition", "values"): back("CustomerAttribute", "attribute_definition_id", CREATED),
    ("CustomerAttribute", "customer"): to("Customer", "customer_id"),
    ("CustomerAttribute", "definition"): to("AttributeDefinition", "attribute_definition_id"),
    ("CustomerAttribute", "setBy"): to("Staff", "set_by_id"),
    ("DoNotContact", "customer"): to("Customer", "customer_id"),
    ("DoNotContact", "setBy"): to("Staff", "set_by_id"),
    ("DoNotContact", "liftedBy"): to("Staff", "lifted_by_id"),
    ("Customer", "attributes"): back("CustomerAttribute", "customer_id", CREATED),
    ("Customer", "doNotContacts"): back("DoNotContact", "customer_id", BEGUN),
    ("Staff", "attributeDefinitions"): back("AttributeDefinition", "defined_by_id", CREATED),
    ("Staff", "customerAttributesSet"): back("CustomerAttribute", "set_by_id", CREATED),
    ("Staff", "doNotContactsSet"): back("DoNotContact", "set_by_id", CREATED),
    ("Staff", "doNotContactsLifted"): back("DoNotContact", "lifted_by_id", CREATED),
    ("Customer", "documents"): back("Document", "customer_id", CREATED),
    ("Customer", "lifeEvents"): back("LifeEvent", "customer_id", HAPPENS),
    ("Customer", "notes"): back("Note", "customer_id", CREATED),
    ("Document", "customer"): to("Customer", "customer_id"),
    ("Document", "identityDocument"): to("IdentityDocument", "identity_document_id"),
    ("Document", "loan"): to("Loan", "loan_id"),
    ("Document", "ticket"): to("Ticket", "ticket_id"),
    ("Document", "addedBy"): to("Staff", "added_by_id"),
    ("Document", "lifeEvents"): back("LifeEvent", "document_id", HAPPENS),
    ("IdentityDocument", "copies"): back("Document", "identity_document_id", CREATED),
    ("Loan", "documents"): back("Document", "loan_id", CREATED),
    ("Ticket", "documents"): back("Document", "ticket_id", CREATED),
    ("LifeEvent", "customer"): to("Customer", "customer_id"),
    ("LifeEvent", "document"): to("Document", "document_id"),
    ("LifeEvent", "recordedBy"): to("Staff", "recorded_by_id"),
    ("Note", "customer"): to("Customer", "customer_id"),
    ("Note", "writtenBy"): to("Staff", "written_by_id"),
    ("Note", "removedBy"): to("Staff", "removed_by_id"),
    ("Staff", "documentsAdded"): back("Document", "added_by_id", CREATED),
    ("Staff", "lifeEventsRecorded"): back("LifeEvent", "recorded_by_id", CREATED),
    ("Staff", "notesWritten"): back("Note", "written_by_id", CREATED),
    ("Staff", "notesRemoved"): back("Note", "removed_by_id", CREATED),
}

ROOTS = {
    "portfolioTerms": root("PortfolioTerm", BEGUN),
    "sources": root("Source", NAME),
    "sourceBatches": root("SourceBatch", LOADED),
    "sourceFiles": root("SourceFile", ("file", False)),
    "customerGroups": root("CustomerGroup", NAME),
    "customerGroupMembers": root("CustomerGroupMember", JOINED),
    "partyRoles": root("PartyRole", BEGUN),
    "collaterals": root("Collateral", PLEDGED),
    "creditDossiers": root("CreditDossier", OPENED),
    "creditDossierEntries": root("CreditDossierEntry", ("happened_on", True)),
    "guarantees": root("Guarantee", BEGUN),
    "attributeDefinitions": root("AttributeDefinition", NAME),
    "customerAttributes": root("CustomerAttribute", CREATED),
    "doNotContacts": root("DoNotContact", BEGUN),
    "documents": root("Document", CREATED),
    "lifeEvents": root("LifeEvent", HAPPENS),
    "notes": root("Note", CREATED),
}


async def add(drawing: Drawing) -> None:
    """Random rows."""
    await _documents(drawing)
    await _attributes(drawing)
    await _securities(drawing)
    await _groups(drawing)
    await _sources(drawing)


async def _sources(drawing: Drawing) -> None:
    connection, rng, everybody = drawing.connection, drawing.rng, drawing.everybody
    maybe, common, of, text, staff = drawing.maybe, drawing.common, drawing.of, drawing.text, drawing.ids("staff")
    for _ in range(20):
        begin, end = sorted(rng.choices(DAYS, k=2))
        await insert(
            connection, "portfolio_term", **common(), **of("portfolio_term", "role"), customer_id=rng.choice(everybody),
            staff_id=rng.choice(staff), starts_on=begin, ends_on=end,
        )  # fmt: skip
    codes = ["a_b", "axb", "50%"]
    for code in codes:
        is_prohibited = rng.random() < 0.4
        await insert(
            connection, "source", **common(), **of("source", "kind", "rhythm", "quality"), code=code, name=text(),
            name_sort_key=text(), owner=text(), owned_by_id=maybe(rng.choice(staff)), is_prohibited=is_prohibited,
            legal_basis=rng.choice(["CONTRACT", "CONSENT"]), prohibited_because=text() if is_prohibited else None,
        )  # fmt: skip
    for number in range(12):
        batch = await insert(
            connection, "source_batch", **of("source_batch", "state"), source=rng.choice([*codes, "judge_%"]),
            content_hash=f"{number:x}" * 8, as_of_date=rng.choice(DAYS), loaded_at=rng.choice(MOMENTS),
            is_current=rng.random() < 0.5,
        )  # fmt: skip
        for file in rng.sample(["a_b.csv", "axb.csv", "50%"], rng.randint(0, 3)):
            stored, rejected = rng.randint(0, 9), rng.randint(0, 3)
            await insert(
                connection, "file_count", source_batch_id=batch, file=file, read_count=stored + rejected,
                stored_count=stored, rejected_count=rejected, control_count=maybe(rng.randint(0, 9)),
                control_total=maybe(rng.choice(AMOUNTS)),
            )  # fmt: skip


async def _groups(drawing: Drawing) -> None:
    connection, rng, everybody = drawing.connection, drawing.rng, drawing.everybody
    maybe, common, of, text, staff = drawing.maybe, drawing.common, drawing.of, drawing.text, drawing.ids("staff")
    for number in range(8):
        group = await insert(
            connection, "customer_group", **common(), **of("customer_group", "kind", "state"), group_no=f"J_{number}%",
            name=text(), name_sort_key=text(), formed_on=maybe(rng.choice(DAYS)),
            managed_by_id=maybe(rng.choice(staff)),
        )  # fmt: skip
        for customer in rng.sample(everybody, rng.randint(0, 5)):
            begin, end = sorted(rng.choices(DAYS, k=2))
            await insert_once(
                connection, "customer_group_member", **common(), **of("customer_group_member", "role"),
                customer_group_id=group, customer_id=customer, joined_on=begin, left_on=maybe(end),
                control_share_ratio=maybe(Decimal(rng.randint(0, 3)) / 3),
            )  # fmt: skip
    for _ in range(20):
        begin, end = sorted(rng.choices(DAYS, k=2))
        await insert(
            connection, "party_role", **common(), **of("party_role", "kind"), customer_id=rng.choice(everybody),
            subject=text(), contract_no=maybe("a_b"), starts_on=begin, ends_on=maybe(end),
            managed_by_id=maybe(rng.choice(staff)),
        )  # fmt: skip


async def _securities(drawing: Drawing) -> None:
    connection, rng, everybody = drawing.connection, drawing.rng, drawing.everybody
    maybe, common, of, text, staff = drawing.maybe, drawing.common, drawing.of, drawing.text, drawing.ids("staff")
    loans = [row["id"] for row in await connection.fetch("SELECT id FROM ketu.loan ORDER BY id")]
    accounts = [row["id"] for row in await connection.fetch("SELECT id FROM ketu.account ORDER BY id")]
    for number in range(25):
        begin, end = sorted(rng.choices(DAYS, k=2))
        debt = rng.choice([{"loan_id": rng.choice(loans)}, {"account_id": rng.choice(accounts)}])
        await insert(
            connection, "guarantee", **common(), **of("guarantee", "kind", "state"), **debt, starts_on=begin,
            guarantor_id=rng.choice(everybody), amount=rng.choice(AMOUNTS[1:]), currency=rng.choice(CURRENCIES),
            ends_on=maybe(end),
        )  # fmt: skip
        kind = one_of(rng, "collateral", "kind")
        await insert(
            connection, "collateral", **common(), **of("collateral", "state"), kind=kind, loan_id=rng.choice(loans),
            owner_id=maybe(rng.choice(everybody)), description=text(), valuation=rng.choice(AMOUNTS),
            account_id=rng.choice(accounts) if kind == "DEPOSIT" else None, currency=rng.choice(CURRENCIES),
            district=maybe("Brno"), region=maybe("R_1"), valued_on=rng.choice(DAYS), valued_by=maybe("axb"),
            pledged_on=begin, released_on=maybe(end), address_masked=maybe("a_b****"),
        )  # fmt: skip
        dossier = await insert(
            connection, "credit_dossier", **common(), **of("credit_dossier", "state"), opened_on=begin,
            customer_id=rng.choice(everybody), dossier_no=f"J_{number}%", expires_on=maybe(end),
            rating=maybe(one_of(rng, "credit_dossier", "rating")), limit_amount=rng.choice(AMOUNTS),
            loan_class=maybe(one_of(rng, "credit_dossier", "loan_class")), used_amount=rng.choice(AMOUNTS),
            currency=rng.choice(CURRENCIES), reviewed_on=maybe(rng.choice(DAYS)),
            review_due_on=maybe(rng.choice(DAYS)), handled_by_id=maybe(rng.choice(staff)),
        )  # fmt: skip
        for _ in range(rng.randint(0, 2)):
            await insert(
                connection, "credit_dossier_entry", **common(), **of("credit_dossier_entry", "kind"),
                credit_dossier_id=dossier, happened_on=rng.choice(DAYS), staff_id=maybe(rng.choice(staff)),
                rating=maybe(one_of(rng, "credit_dossier_entry", "rating")), note=maybe(text()),
                limit_amount=maybe(rng.choice(AMOUNTS)), currency=rng.choice(CURRENCIES),
            )  # fmt: skip


async def _attributes(drawing: Drawing) -> None:
    connection, rng, everybody = drawing.connection, drawing.rng, drawing.everybody
    maybe, common, of, text, staff = drawing.maybe, drawing.common, drawing.of, drawing.text, drawing.ids("staff")
    values = {
        "TEXT": text,
        "NUMBER": lambda: rng.choice([Decimal("-0.5"), Decimal("10"), Decimal("10"), Decimal("123456789.000001")]),
        "DATE": lambda: rng.choice(DAYS),
        "BOOLEAN": lambda: rng.random() < 0.5,
        "CHOICE": lambda: rng.choice(["a_b", "axb"]),
    }
    for name, value in values.items():
        definition = await insert(
            connection, "attribute_definition", **common(), **of("attribute_definition", "state"), type=name,
            name=f"50%_{name}", name_sort_key=text(), meaning=text(), unit=maybe("m") if name == "NUMBER" else None,
            choices=["a_b", "axb"] if name == "CHOICE" else [], defined_by_id=maybe(rng.choice(staff)),
            customer_kind=maybe(one_of(rng, "customer", "kind")),
        )  # fmt: skip
        for customer in rng.sample(everybody, 8):
            held = {f"{name.lower()}_value": value()}
            await insert(
                connection, "customer_attribute", **common(), **held, customer_id=customer, type=name,
                attribute_definition_id=definition, set_by_id=maybe(rng.choice(staff)),
            )  # fmt: skip
    for _ in range(25):
        begin, end = sorted(rng.choices(DAYS, k=2))
        is_lifted = rng.random() < 0.4
        await insert(
            connection, "do_not_contact", **common(), **of("do_not_contact", "reason"), starts_on=begin,
            ends_on=maybe(end), channel=maybe(one_of(rng, "do_not_contact", "channel")), note=maybe(text()),
            customer_id=rng.choice(everybody), set_by_id=maybe(rng.choice(staff)),
            lifted_at=rng.choice(MOMENTS) if is_lifted else None,
            lifted_by_id=maybe(rng.choice(staff)) if is_lifted else None,
            lifted_because=maybe(text()) if is_lifted else None,
        )  # fmt: skip


async def _documents(drawing: Drawing) -> None:
    connection, rng, everybody = drawing.connection, drawing.rng, drawing.everybody
    maybe, common, of, text = drawing.maybe, drawing.common, drawing.of, drawing.text
    staff, identity = drawing.ids("staff"), drawing.ids("identity_document")
    loans = [row["id"] for row in await connection.fetch("SELECT id FROM ketu.loan ORDER BY id")]
    tickets = [row["id"] for row in await connection.fetch("SELECT id FROM ketu.ticket ORDER BY id")]
    documents: list[int] = []
    for _ in range(30):
        documents.append(await insert(
            connection, "document", **common(), **of("document", "kind", "state"), customer_id=rng.choice(everybody),
            title=text(), media_type=rng.choice(["application/pdf", "text/plain"]), size_bytes=rng.randint(1, 9),
            sha256=rng.choice("abc") * 64, storage_key=maybe("a_b"), keep_until=maybe(rng.choice(DAYS)),
            identity_document_id=maybe(rng.choice(identity)), loan_id=maybe(rng.choice(loans)),
            ticket_id=maybe(rng.choice(tickets)), added_by_id=maybe(rng.choice(staff)),
        ))  # fmt: skip
        await insert_once(
            connection, "life_event", **common(), **of("life_event", "kind", "state", "evidence"),
            customer_id=rng.choice(everybody), happens_on=rng.choice(DAYS),
            confidence_ratio=Decimal(rng.randint(0, 3)) / 3, note=maybe(text()),
            document_id=maybe(rng.choice(documents)), recorded_by_id=maybe(rng.choice(staff)),
        )  # fmt: skip
        is_removed = rng.random() < 0.3
        await insert(
            connection, "note", **common(), state="REMOVED" if is_removed else "KEPT",
            customer_id=rng.choice(everybody), text=None if is_removed else text(),
            written_by_id=maybe(rng.choice(staff)), removed_by_id=maybe(rng.choice(staff)) if is_removed else None,
            removed_at=rng.choice(MOMENTS) if is_removed else None,
        )  # fmt: skip
