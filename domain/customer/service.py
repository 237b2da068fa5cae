"""What becomes of customers, each within the caller's transaction. The caller has made sure that who asks may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.branch.tree import hold_tree
from domain.command.model import Change, Outcome, invalid_input
from domain.customer import contact_points, documents
from domain.customer.contact_points import Contact
from domain.customer.documents import Certificate
from domain.customer.model import CustomerKind, CustomerState, Sex
from domain.shared.cipher import KeyRing
from domain.shared.sort_key import initials, sort_key

NEXT_ID = "SELECT nextval(pg_get_serial_sequence('ketu.customer', 'id'))"
CREATE = """
    INSERT INTO ketu.customer (id, kind, state, customer_no, name, name_sort_key, name_initials, sex, birth_on,
                               registered_on, joined_on, manager_id, backup_manager_id, branch_id, position)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, branch.id, branch.position
    FROM ketu.branch AS branch WHERE branch.id = $14
"""
MOVE = """
    UPDATE ketu.customer SET branch_id = branch.id, position = branch.position
    FROM ketu.branch AS branch WHERE customer.id = $1 AND branch.id = $2
"""
CONVERT = "UPDATE ketu.customer SET state = 'ACTIVE', joined_on = $2 WHERE id = $1"
DEREGISTER = """
    UPDATE ketu.customer SET state = 'DEREGISTERED', manager_id = NULL, backup_manager_id = NULL WHERE id = $1
"""


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """What a customer begins with."""

    kind: CustomerKind
    state: CustomerState
    name: str | None
    branch_id: int
    sex: Sex | None = None
    birth_on: date | None = None
    registered_on: date | None = None
    joined_on: date | None = None
    manager_id: int | None = None
    backup_manager_id: int | None = None
    certificates: Sequence[Certificate] = ()
    contacts: Sequence[Contact] = ()
    is_delivered: bool = False
    """By another system, which has taken them on: the bank knows of them what it is told."""


def named(name: str | None, kind: CustomerKind) -> dict[str, str | None]:
    """The name with what orders and finds it."""
    is_person = kind is CustomerKind.PERSON
    return {
        "name": name,
        "name_sort_key": name and sort_key(name, is_person=is_person),
        "name_initials": name and initials(name, is_person=is_person),
    }


def number_of(customer_id: int) -> str:
    """The number of a customer to whom core banking has given none."""
    return f"N{customer_id:09}"


async def create(connection: Any, new: NewCustomer, ring: KeyRing) -> Outcome:
    """Somebody the bank serves, or may serve, from here on."""
    if new.state is CustomerState.PROSPECT and not (new.name or new.contacts or new.is_delivered):
        raise invalid_input("Of a prospect the bank knows a name, or a way to reach them.", "input", "name")
    if new.state is CustomerState.ACTIVE and not new.is_delivered:
        _must_be_known(new.name, has_certificate=bool(new.certificates))
    await hold_tree(connection)
    customer_id = await connection.fetchval(NEXT_ID)
    await connection.execute(
        CREATE, customer_id, new.kind.name, new.state.name, number_of(customer_id), *named(new.name, new.kind).values(),
        new.sex and new.sex.name, new.birth_on, new.registered_on, new.joined_on, new.manager_id, new.backup_manager_id,
        new.branch_id,
    )  # fmt: skip
    await documents.store(connection, customer_id, new.certificates, ring)
    await contact_points.store(connection, customer_id, new.contacts, ring)
    return Outcome({"customer": customer_id}, [Change("customer", customer_id, "CREATED", [customer_id])])


async def change(connection: Any, customer: Any, changed: Mapping[str, Any], fields: Sequence[str]) -> Outcome:
    """Other values in some columns.

    customer  its row, held by the caller
    changed   by column, the new values; `branch_id` brings the position along
    fields    names of what changed, as clients know them
    """
    if customer["state"] == CustomerState.ACTIVE.name and "name" in changed and not changed["name"]:
        raise invalid_input("A customer has a name.", "input", "name")
    columns = {name: value for name, value in changed.items() if name != "branch_id" and customer[name] != value}
    moves = changed.get("branch_id", customer["branch_id"]) != customer["branch_id"]
    if columns:
        listed = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, start=2))
        await connection.execute(f"UPDATE ketu.customer SET {listed} WHERE id = $1", customer["id"], *columns.values())  # noqa: S608 (names of our own)
    if moves:
        await hold_tree(connection)
        await connection.execute(MOVE, customer["id"], changed["branch_id"])
    if not columns and not moves:
        return Outcome({"customer": customer["id"]})
    return _changed(customer, "CHANGED", fields)


async def convert(connection: Any, customer: Any, certificates: Sequence[Certificate], ring: KeyRing, *,
                  joined_on: date) -> Outcome:  # fmt: skip
    """A prospect becomes a customer."""
    if customer["state"] != CustomerState.PROSPECT.name:
        raise invalid_input("They are no prospect.", "input", "id")
    has_one = bool(certificates) or await documents.has_valid(connection, customer["id"], on=joined_on)
    _must_be_known(customer["name"], has_certificate=has_one)
    await documents.store(connection, customer["id"], certificates, ring)
    await connection.execute(CONVERT, customer["id"], joined_on)
    more = ["identityDocuments"] if certificates else []
    return _changed(customer, "CONVERTED", ["state", "joinedOn", *more])


async def deregister(connection: Any, customer: Any) -> Outcome:
    """A customer leaves the bank. The caller has made sure that nothing of theirs is open."""
    if customer["state"] == CustomerState.DEREGISTERED.name:
        raise invalid_input("They have left already.", "input", "id")
    await connection.execute(DEREGISTER, customer["id"])
    return _changed(customer, "DEREGISTERED", ["state", "manager", "backupManager"])


def _must_be_known(name: str | None, *, has_certificate: bool) -> None:
    if not name:
        raise invalid_input("A customer has a name, as on their certificate; a prospect need not.", "input", "name")
    if not has_certificate:
        message = "A customer has a certificate that is still valid; without one they are a prospect."
        raise invalid_input(message, "input", "identityDocuments")


def _changed(customer: Any, action: str, fields: Sequence[str]) -> Outcome:
    return Outcome({"customer": customer["id"]}, [Change("customer", customer["id"], action, [customer["id"]], fields)])
