"""What the graph says about the reader themselves."""

from typing import Any

from authz.permissions import Permission
from authz.reader import Reader
from domain.staff.tables import staff
from resolvers.engine.edges import OfReader, Plain, ReaderRow

viewer = Plain("Viewer")


def _roles(reader: Reader) -> list[dict[str, Any]]:
    return [{"role": held.role, "branchId": f"bra_{held.branch_id}"} for held in reader.subject.roles]


def _permissions(reader: Reader) -> list[dict[str, Any]]:
    return [
        {"permission": permission.value, "isEverything": reader.scope_of[permission].is_everything}
        for permission in Permission
        if not reader.scope_of[permission].is_nothing
    ]


username = OfReader(lambda reader: reader.subject.username)
roles = OfReader(_roles, type_name="HeldRole")
permissions = OfReader(_permissions, type_name="HeldPermission")
staff_member = ReaderRow(staff, lambda reader: reader.subject.staff_id)
