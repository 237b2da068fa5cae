"""What the graph says about the reader themselves."""

from typing import Any

from authz.permissions import Permission
from authz.policy import WIDTH
from authz.reader import Reader
from domain.alert.tables import alert_badge
from domain.staff.tables import staff
from resolvers.engine.edges import Amount, ById, Column, Declaration, Many, OfReader, One, Plain, ReaderRow, Union
from resolvers.engine.graph import Graph

QUERY = "Query"

viewer = Plain("Viewer")


def _roles(reader: Reader, _graph: Graph) -> list[dict[str, Any]]:
    return [{"role": held.role, "branchId": f"bra_{held.branch_id}"} for held in reader.subject.roles]


def _permissions(reader: Reader, _graph: Graph) -> list[dict[str, Any]]:
    return [
        {
            "permission": permission.value,
            "isEverything": reader.scope_of[permission].is_everything,
            "reach": max((reach for _, reach in reader.reaches[permission]), key=WIDTH.__getitem__).name,
            "roles": list(dict.fromkeys(held.role for held, _ in reader.reaches[permission])),
        }
        for permission in Permission
        if reader.has(permission)
    ]


def _withheld_fields(reader: Reader, graph: Graph) -> list[str]:
    readable = [node for node in graph.types.values() if reader.has(*node.rows.reads)]
    fields = [(graph.coordinate(node, name), field) for node in readable for name, field in node.fields.items()]
    fields += [(f"{QUERY}.{name}", field) for name, field in graph.plain[QUERY].items()]
    return sorted({coordinate for coordinate, field in fields if _is_withheld(reader, graph, field)})


def _is_withheld(reader: Reader, graph: Graph, field: Declaration) -> bool:
    match field:
        case Column() | Amount():
            return field.requires is not None and not reader.has(field.requires)
        case One() | Many():
            return not reader.has(*graph.by_table[field.table].rows.reads)
        case Union():
            return not any(reader.has(*graph.by_table[member.table].rows.reads) for member in field.members)
        case ById():
            return field.table is not None and not reader.has(*graph.by_table[field.table].rows.reads)
        case _:
            return False


username = OfReader(lambda reader, _: reader.subject.username)
roles = OfReader(_roles, type_name="HeldRole")
withheld_fields = OfReader(_withheld_fields)
smallest_cell = OfReader(lambda reader, _: reader.smallest_cell)
permissions = OfReader(_permissions, type_name="HeldPermission")
staff_member = ReaderRow(staff, lambda reader: reader.subject.staff_id)
badge_of_alerts = ReaderRow(alert_badge, lambda reader: reader.subject.staff_id)
