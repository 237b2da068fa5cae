"""Adding, replacing and ending identity documents of customers."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current
from domain.command.model import Outcome
from domain.customer import documents as service
from domain.customer.certificate import Bearer
from domain.customer.model import CustomerKind, IdentityDocumentType
from domain.shared.identifier import IdentifierKind
from resolvers.customer import given as checked
from resolvers.customer.commands import must_be_nobodys
from resolvers.customer.reach import customer_to_change, theirs_to_change
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

READ, CHANGE = Permission.IDENTITY_DOCUMENT_READ, Permission.IDENTITY_DOCUMENT_CHANGE


async def _add(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = context.row_id("Customer", given["customer_id"], "input", "customerId")
    customer = await customer_to_change(context, customer_id, CHANGE, "input", "customerId")
    kind = CustomerKind[customer["kind"]]
    one, says = checked.certificate(given, kind, "input", today=context.business_date)
    _must_be_theirs(customer, says)
    ring = await context.keys.sealing(context.connection)
    await must_be_nobodys(context, [one], ring, but=customer_id)
    return await service.add(context.connection, customer, one, ring)


async def _replace(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    document, customer = await _document(context, given)
    type_ = IdentityDocumentType[document["type"]]
    ring = await context.keys.sealing(context.connection)
    number = given.get("number")
    if number is None and document["number_cipher"] is not None:
        number = ring.open(IdentifierKind[type_.name], document["number_cipher"])
    wanted = {**given, "number": number or ""}
    kind = CustomerKind[customer["kind"]]
    one, says = checked.certificate(wanted, kind, "input", today=context.business_date, type_=type_)
    _must_be_theirs(customer, says)
    await must_be_nobodys(context, [one], ring, but=customer["id"])
    return await service.replace(context.connection, document, one, ring, now=context.now)


async def _end(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    document, customer = await _document(context, given)
    return await service.end(context.connection, document, customer, today=context.business_date, now=context.now)


async def _document(context: CommandContext, given: Mapping[str, Any]) -> tuple[Any, Any]:
    document_id = context.row_id("IdentityDocument", given["id"], "input", "id")
    document, customer = await theirs_to_change(context, "identity_document", document_id, READ, CHANGE, "input", "id")
    must_be_current(document, given["expected_version"])
    return document, customer


def _must_be_theirs(customer: Any, says: Bearer) -> None:
    checked.agreed(customer["birth_on"], says.born_on, "input", "number")
    checked.agreed(customer["sex"], says.sex and says.sex.name, "input", "number")


def _one(given: Mapping[str, Any]) -> int:
    return 0 if given.get("number") is None else 1


add = Command("AddIdentityDocumentPayload", CHANGE, _add, _one)
replace = Command("ReplaceIdentityDocumentPayload", CHANGE, _replace, _one)
end = Command("EndIdentityDocumentPayload", CHANGE, _end)
