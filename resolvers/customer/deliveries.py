"""Customers and their contact points by the keys of other systems."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from authz.permissions import Permission
from domain.branch.tree import hold_tree
from domain.command.checks import written_if_given
from domain.command.delivery import Delivered, Delivery, delivered, differing, is_stale, keep, known
from domain.command.model import Change, Outcome, invalid_input, not_found, not_permitted
from domain.customer import contact_points, documents, service
from domain.customer.documents import Certificate
from domain.customer.model import LONGEST_NAME, CustomerKind, CustomerState
from domain.shared.cipher import KeyRing
from domain.shared.identifier import IdentifierKind
from resolvers.customer import given as checked
from resolvers.customer.commands import SHOWN, must_be_of_kind, new_customer, open_branch, sex_in
from resolvers.customer.reach import customer_to_change, includes
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

LONGEST_NUMBER = 50
UPSERT = Permission.CUSTOMER_UPSERT
REACHES = Permission.CONTACT_POINT_UPSERT
OF_NUMBER = "SELECT id FROM ketu.customer WHERE customer_no = $1"
CUSTOMER_BY_KEY = "SELECT id FROM ketu.customer WHERE source = $1 AND source_key = $2"


async def _upsert(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    by = delivered(given, context.business_date)
    row = await known(context.connection, "customer", by)
    ring = await context.keys.sealing(context.connection)
    if row is None:
        return await _created(context, given, by, ring)
    if not includes(context, UPSERT, row) or not includes(context, Permission.CUSTOMER_READ, row):
        raise not_permitted(f"{UPSERT} does not reach the row under this key.", "input", "sourceKey")
    if is_stale(row, by):
        return Outcome({"customer": row["id"], "delivery": Delivery.STALE.name})
    return await _updated(context, given, row, by, ring)


async def _created(context: CommandContext, given: Mapping[str, Any], by: Delivered, ring: KeyRing) -> Outcome:
    new = await new_customer(context, given, is_delivered=True)
    branch = await open_branch(context, new.branch_id)
    if not context.reader.scope_of[UPSERT].includes(position=branch["position"], manager_ids=()):
        raise not_permitted(f"{UPSERT} does not reach branch {branch['branch_no']}.", "input", "branchId")
    outcome = await service.create(context.connection, new, ring)
    customer_id = outcome.values["customer"]
    number = await _number(context, given, None)
    columns = by.columns | ({} if number is None else {"customer_no": number})
    columns["joined_on"] = checked.day(given.get("joined_on"), context.business_date, "input", "joinedOn")
    await keep(context.connection, "customer", customer_id, columns)
    return replace(outcome, values={"customer": customer_id, "delivery": Delivery.CREATED.name})


async def _updated(
    context: CommandContext, given: Mapping[str, Any], row: Any, by: Delivered, ring: KeyRing
) -> Outcome:
    kind, today = CustomerKind[row["kind"]], context.business_date
    if CustomerKind[given["kind"].name] is not kind:
        raise invalid_input(f"The bank knows {kind.value} under this key.", "input", "kind")
    must_be_of_kind(given, kind)
    found, _ = checked.certificates(given.get("identity_documents") or (), kind, "input", "identityDocuments",
                                    today=today, may_have_run_out=True)  # fmt: skip
    columns: dict[str, Any] = {}
    if "name" in given:
        columns |= service.named(written_if_given(given["name"], LONGEST_NAME, "input", "name"), kind)
    columns |= {name: checked.day(given[name], today, "input", SHOWN[name])
                for name in ("birth_on", "registered_on", "joined_on") if name in given}  # fmt: skip
    if "sex" in given:
        sex = sex_in(given)
        columns["sex"] = sex and sex.name
    if given.get("state"):
        columns["state"] = CustomerState[given["state"].name].name
    if (number := await _number(context, given, row["id"])) is not None:
        columns["customer_no"] = number
    if given.get("branch_id") is not None:
        branch = await open_branch(context, context.row_id("Branch", given["branch_id"], "input", "branchId"))
        if branch["id"] != row["branch_id"]:
            await hold_tree(context.connection)
            position = await context.connection.fetchval("SELECT position FROM ketu.branch WHERE id = $1", branch["id"])
            columns |= {"branch_id": branch["id"], "position": position}
    changed = differing(row, columns)
    papers = await _papers(context, row["id"], found, ring)
    if stamped := changed | differing(row, by.columns):
        await keep(context.connection, "customer", row["id"], stamped)
    if not changed and not papers:
        return Outcome({"customer": row["id"], "delivery": Delivery.UNCHANGED.name})
    fields = [SHOWN[name] for name in changed if name in SHOWN] + papers
    change = Change("customer", row["id"], "DELIVERED", [row["id"]], fields)
    return Outcome({"customer": row["id"], "delivery": Delivery.UPDATED.name}, [change])


async def _papers(
    context: CommandContext, customer_id: int, certificates: Sequence[Certificate], ring: KeyRing
) -> list[str]:
    """Bring documents to what was delivered, by type; the field that changed, if any did."""
    changed = False
    for each in certificates:
        rows = await documents.current(context.connection, customer_id, each.type)
        same = [row for row in rows if row["number_blind_index"] == each.blind_index(ring)]
        dates = {"issued_on": each.issued_on, "expires_on": each.expires_on}
        if same:
            if other := differing(same[0], dates):
                await keep(context.connection, "identity_document", same[0]["id"], other)
                changed = True
            continue
        for row in rows:
            await keep(context.connection, "identity_document", row["id"], {"ended_at": context.now})
        await documents.store(context.connection, customer_id, [each], ring)
        changed = True
    return ["identityDocuments"] if changed else []


async def _number(context: CommandContext, given: Mapping[str, Any], customer_id: int | None) -> str | None:
    """The number that core banking gives; nobody else's. Raises Refusal."""
    number = written_if_given(given.get("customer_no"), LONGEST_NUMBER, "input", "customerNo")
    if number is not None:
        await context.connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", number)
        if await context.connection.fetchval(OF_NUMBER, number) not in (None, customer_id):
            raise invalid_input("Another customer has this number.", "input", "customerNo")
    return number


async def _upsert_point(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    by = delivered(given, context.business_date)
    contact = checked.contact(given, "input")
    customer_id = await customer_named(context, given, by.source)
    await customer_to_change(context, customer_id, REACHES, "input", "customerId")
    row = await known(context.connection, "contact_point", by)
    ring = await context.keys.sealing(context.connection)
    if row is None:
        outcome = await contact_points.add(context.connection, customer_id, contact, ring)
        await keep(context.connection, "contact_point", outcome.values["contactPoint"], by.columns)
        return replace(outcome, values={**outcome.values, "delivery": Delivery.CREATED.name})
    if row["customer_id"] != customer_id or row["kind"] != contact.kind.name:
        raise invalid_input("Under this key the bank knows something else: end that, and take a new key.", "input")
    shown = {"contactPoint": row["id"], "customer": customer_id}
    if is_stale(row, by):
        return Outcome({**shown, "delivery": Delivery.STALE.name})
    index = ring.blind_index(IdentifierKind[contact.kind.name], contact.value)
    columns: dict[str, Any] = {
        name: getattr(contact, name) for name in ("district", "region", "country") if name in given
    }
    changed: dict[str, Any] = differing(row, columns)
    if row["value_blind_index"] != index:
        changed["value"] = contact.value
    if contact.is_primary and not row["is_primary"]:
        changed["is_primary"] = True
    outcome = Outcome(shown)
    if changed:
        outcome = await contact_points.change(context.connection, row, changed, ring)
    if stamped := differing(row, by.columns):
        await keep(context.connection, "contact_point", row["id"], stamped)
    delivery = Delivery.UPDATED if outcome.changes else Delivery.UNCHANGED
    return replace(outcome, values={**shown, "delivery": delivery.name})


async def customer_named(context: CommandContext, given: Mapping[str, Any], source: str) -> int:
    """The customer whom a delivery is about: by id, or by the key that the same source has for them. Raises Refusal."""
    if (given.get("customer_id") is None) is (given.get("customer_key") is None):
        raise invalid_input("Name the customer by `customerId` or by `customerKey`.", "input")
    if given.get("customer_id") is not None:
        return context.row_id("Customer", given["customer_id"], "input", "customerId")
    found = await context.connection.fetchval(CUSTOMER_BY_KEY, source, given["customer_key"])
    if found is None:
        raise not_found("input", "customerKey")
    return found


upsert = Command("UpsertCustomerPayload", UPSERT, _upsert)
upsert_point = Command("UpsertContactPointPayload", REACHES, _upsert_point)
