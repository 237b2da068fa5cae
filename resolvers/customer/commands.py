"""Creating, changing, converting and deregistering customers."""

from collections.abc import Mapping, Sequence
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current, written_if_given
from domain.command.model import Outcome, Refusal, invalid_input, not_permitted
from domain.customer import documents, service
from domain.customer.documents import Certificate
from domain.customer.leaving import still_open
from domain.customer.model import LONGEST_NAME, CustomerKind, CustomerState, IdentityDocumentType, Sex
from domain.customer.service import NewCustomer
from domain.shared.cipher import KeyRing
from domain.shared.identifier import IdentifierKind
from resolvers.branch.reach import branch_in_reach
from resolvers.customer import given as checked
from resolvers.customer.managers import manager_named, must_be_two
from resolvers.customer.reach import customer_to_change, includes
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.staff.owning import own_branch

OF_KIND = {"sex": CustomerKind.PERSON, "birth_on": CustomerKind.PERSON, "registered_on": CustomerKind.ORGANISATION}
"""Columns that customers of one kind alone have."""
SHOWN = {
    "birth_on": "birthOn",
    "branch_id": "branch",
    "customer_no": "customerNo",
    "joined_on": "joinedOn",
    "name": "name",
    "registered_on": "registeredOn",
    "sex": "sex",
    "state": "state",
}
"""Of columns, the names that clients know."""
SEEN_BY = {
    "Account": Permission.ACCOUNT_READ,
    "Card": Permission.CARD_READ,
    "Loan": Permission.LOAN_READ,
    "Task": Permission.TASK_READ,
    "Ticket": Permission.TICKET_READ,
    "Guarantee": Permission.GUARANTEE_READ,
    "Collateral": Permission.COLLATERAL_READ,
    "Opportunity": Permission.OPPORTUNITY_READ,
    "Lead": Permission.LEAD_READ,
    "Visit": Permission.VISIT_READ,
    "CarePlan": Permission.CARE_PLAN_READ,
}
MOST_NAMED = 50


async def _create(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    new = await new_customer(context, given)
    branch = await open_branch(context, new.branch_id)
    managers = (new.manager_id, new.backup_manager_id)
    if not context.reader.scope_of[Permission.CUSTOMER_CREATE].includes(
        position=branch["position"], manager_ids=managers
    ):
        message = f"{Permission.CUSTOMER_CREATE} does not reach branch {branch['branch_no']} for this manager."
        raise not_permitted(message, "input", "managerId" if "manager_id" in given else "branchId")
    ring = await context.keys.sealing(context.connection)
    await must_be_nobodys(context, new.certificates, ring)
    return await service.create(context.connection, new, ring)


async def new_customer(context: CommandContext, given: Mapping[str, Any], *, is_delivered: bool = False) -> NewCustomer:
    """What the input says, without what the database alone knows of others. Raises Refusal.

    is_delivered  by another system, whose customers may have left, with certificates that have run out
    """
    kind, today = CustomerKind[given["kind"].name], context.business_date
    state = CustomerState[given["state"].name] if given.get("state") else CustomerState.ACTIVE
    if state is CustomerState.DEREGISTERED and not is_delivered:
        raise invalid_input("Nobody begins by leaving.", "input", "state")
    must_be_of_kind(given, kind)
    found, says = checked.certificates(given.get("identity_documents") or (), kind, "input", "identityDocuments",
                                       today=today, may_have_run_out=is_delivered)  # fmt: skip
    branch_id = await own_branch(context)
    if given.get("branch_id") is not None:
        branch_id = context.row_id("Branch", given["branch_id"], "input", "branchId")
    managers = [
        await manager_named(context, given, name, branch_id, Permission.CUSTOMER_CREATE)
        for name in ("manager_id", "backup_manager_id")
    ]
    must_be_two(*managers)
    return NewCustomer(
        kind=kind,
        state=state,
        name=written_if_given(given.get("name"), LONGEST_NAME, "input", "name"),
        sex=checked.agreed(sex_in(given), says.sex, "input", "sex"),
        birth_on=checked.agreed(checked.day(given.get("birth_on"), today, "input", "birthOn"), says.born_on,
                                "input", "birthOn"),
        registered_on=checked.day(given.get("registered_on"), today, "input", "registeredOn"),
        joined_on=today if state is CustomerState.ACTIVE else None,
        branch_id=branch_id,
        manager_id=managers[0],
        backup_manager_id=managers[1],
        certificates=found,
        contacts=checked.contacts(given.get("contact_points") or (), "input", "contactPoints"),
        is_delivered=is_delivered,
    )  # fmt: skip


async def _change(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer = await _customer(context, given, Permission.CUSTOMER_CHANGE)
    kind, today = CustomerKind[customer["kind"]], context.business_date
    must_be_of_kind(given, kind)
    changed: dict[str, Any] = {}
    if "name" in given:
        changed |= service.named(written_if_given(given["name"], LONGEST_NAME, "input", "name"), kind)
    for column in ("birth_on", "registered_on"):
        if column in given:
            changed[column] = checked.day(given[column], today, "input", SHOWN[column])
    if "sex" in given:
        sex = sex_in(given)
        changed["sex"] = sex and sex.name
    await _must_agree(context, customer, changed)
    if "branch_id" in given:
        if given["branch_id"] is None:
            raise invalid_input("A customer has a home branch.", "input", "branchId")
        changed["branch_id"] = context.row_id("Branch", given["branch_id"], "input", "branchId")
        branch = await open_branch(context, changed["branch_id"])
        await branch_in_reach(context, branch["id"], Permission.CUSTOMER_CHANGE, "input", "branchId")
    fields = [SHOWN[column] for column in changed if column in SHOWN]
    return await service.change(context.connection, customer, changed, fields)


async def _convert(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer = await _customer(context, given, Permission.CUSTOMER_CREATE)
    kind, today = CustomerKind[customer["kind"]], context.business_date
    found, says = checked.certificates(given.get("identity_documents") or (), kind, "input", "identityDocuments",
                                       today=today)  # fmt: skip
    known = {"birth_on": says.born_on, "sex": says.sex and says.sex.name}
    for column, value in known.items():
        checked.agreed(customer[column], value, "input", "identityDocuments")
    for number, each in enumerate(found):
        if await documents.current(context.connection, customer["id"], each.type):
            message = "They have one of this type already."
            raise invalid_input(message, "input", "identityDocuments", str(number), "type")
    ring = await context.keys.sealing(context.connection)
    await must_be_nobodys(context, found, ring)
    learnt = {column: value for column, value in known.items() if customer[column] is None and value is not None}
    if learnt:
        await service.change(context.connection, customer, learnt, [SHOWN[column] for column in learnt])
    return await service.convert(context.connection, customer, found, ring, joined_on=today)


async def _deregister(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer = await _customer(context, given, Permission.CUSTOMER_DEREGISTER)
    if found := await still_open(context.connection, customer["id"]):
        shown = [
            f"{context.graph.types[each.type_name].prefix}_{each.row_id}"
            for each in found
            if includes(context, SEEN_BY[each.type_name], customer)
        ]
        message = "Contracts, guarantees, collateral or work of theirs are open: close them first."
        raise Refusal("StillOpen", message, ("input", "id"), {"openIds": shown[:MOST_NAMED]})
    return await service.deregister(context.connection, customer)


async def open_branch(context: CommandContext, branch_id: int) -> Any:
    """A branch that takes customers. Raises Refusal."""
    branch = await branch_in_reach(context, branch_id, Permission.BRANCH_READ, "input", "branchId")
    if branch["state"] != "OPEN":
        raise invalid_input("Only a branch that is open takes customers.", "input", "branchId")
    return branch


async def must_be_nobodys(
    context: CommandContext, certificates: Sequence[Certificate], ring: KeyRing, *, but: int | None = None
) -> None:
    """Whether no other customer has any of the certificates, those out of reach included.

    Checked last of all, so that another refusal tells nothing about them.
    but  the customer who may have them
    """
    by_index = {each.blind_index(ring): each for each in certificates}
    for index, each in sorted(by_index.items()):
        holder = await documents.holder(context.connection, index)
        if holder is not None and holder["id"] != but:
            is_seen = includes(context, Permission.CUSTOMER_READ, holder)
            raise checked.duplicate(holder["id"] if is_seen else None, *each.path)


def looked_up(given: Mapping[str, Any]) -> int:
    """How many certificates an input asks about."""
    return len(given.get("identity_documents") or ())


async def _customer(context: CommandContext, given: Mapping[str, Any], permission: Permission) -> Any:
    customer_id = context.row_id("Customer", given["id"], "input", "id")
    customer = await customer_to_change(context, customer_id, permission, "input", "id")
    must_be_current(customer, given["expected_version"])
    return customer


async def _must_agree(context: CommandContext, customer: Any, changed: Mapping[str, Any]) -> None:
    """What the resident ID says cannot be changed beside it; and nobody changes what they may not see."""
    if "birth_on" in changed and not includes(context, Permission.CUSTOMER_BIRTH_ON_READ, customer):
        message = f"{Permission.CUSTOMER_BIRTH_ON_READ} does not reach this customer."
        raise not_permitted(message, "input", "birthOn")
    if not {"birth_on", "sex"} & changed.keys():
        return
    for document in await documents.current(context.connection, customer["id"], IdentityDocumentType.RESIDENT_ID):
        if document["number_cipher"] is None:
            continue
        number = context.keys.ring.open(IdentifierKind.RESIDENT_ID, document["number_cipher"])
        says = documents.told(IdentityDocumentType.RESIDENT_ID, number, today=context.business_date)
        for column, value in (("birth_on", says.born_on), ("sex", says.sex and says.sex.name)):
            if column in changed and value is not None and changed[column] != value:
                raise invalid_input("Their resident ID says otherwise: replace it instead.", "input", SHOWN[column])


def must_be_of_kind(given: Mapping[str, Any], kind: CustomerKind) -> None:
    """Whether what is told is told of customers of this kind. Raises Refusal."""
    for column, of in OF_KIND.items():
        if given.get(column) is not None and kind is not of:
            raise invalid_input(f"This is told of {of.value} alone.", "input", SHOWN[column])


def sex_in(given: Mapping[str, Any]) -> Sex | None:
    """The sex that an input names."""
    return Sex[given["sex"].name] if given.get("sex") else None


create = Command("CreateCustomerPayload", Permission.CUSTOMER_CREATE, _create, looked_up)
change = Command("ChangeCustomerPayload", Permission.CUSTOMER_CHANGE, _change)
convert = Command("ConvertProspectPayload", Permission.CUSTOMER_CREATE, _convert, looked_up)
deregister = Command("DeregisterCustomerPayload", Permission.CUSTOMER_DEREGISTER, _deregister)
