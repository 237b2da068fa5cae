"""The reader as they see themselves."""

import strawberry

from resolvers.viewer import edges
from schema.building import output_field
from schema.policy.words import Reach


@strawberry.type(description="A role held in a branch.")
class HeldRole:
    """Where a role applies."""

    role: str = strawberry.field(description="Name of the role.")
    branch_id: strawberry.ID = strawberry.field(
        description="Branch in which it is held; its reach is counted from there."
    )


@strawberry.type(description="A permission that some role of the reader grants.")
class HeldPermission:
    """Something the reader may do."""

    permission: str = strawberry.field(description="`<concept>[.<part>]:<action>`.")
    is_everything: bool = strawberry.field(description="Whether it reaches every row of the bank.")
    reach: Reach = strawberry.field(
        description="How far it goes by the widest of the roles, counted from the branch in which that one is held."
    )
    roles: list[str] = strawberry.field(description="Their roles that grant it.")


@strawberry.type(description="Who is asking.")
class Viewer:
    """The reader."""

    username: str = output_field("Name they sign in with.", edges.username)
    roles: list[HeldRole] = output_field("Roles they hold, each in a branch.", edges.roles)
    permissions: list[HeldPermission] = output_field(
        "What their roles allow, in alphabetical order of concept.", edges.permissions
    )
    withheld_fields: list[str] = output_field(
        "Fields of which they may see nothing in any row, as `Type.field`: those that an answer names in "
        "`extensions.withheld` where they are selected.",
        edges.withheld_fields,
    )
    smallest_cell: int = output_field(
        "Figures about fewer rows than this are left out for them, and small groups; 1 where nothing is.",
        edges.smallest_cell,
    )
    staff: str = output_field("Their own record as staff.", edges.staff_member)
    alert_badge: str = output_field("How much of their inbox of alerts they have not looked at.", edges.badge_of_alerts)
