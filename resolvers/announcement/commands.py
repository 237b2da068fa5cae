"""Publishing announcements, changing them, taking them back, and saying that one has read them."""

from collections.abc import Mapping, Sequence
from typing import Any

from authz.permissions import Permission
from domain.announcement import service
from domain.announcement.model import LONGEST_TEXT, LONGEST_TITLE, MOST_AUDIENCES
from domain.announcement.service import Announced, Audience
from domain.command.checks import must_be_current, written, written_if_given
from domain.command.model import Outcome, invalid_input, not_found, not_permitted
from domain.policy.model import known_roles
from domain.policy.repository import lines_in_force
from domain.shared.priority import Priority
from domain.staff.model import StaffPost
from resolvers.access.sight import sees
from resolvers.announcement.edges import rows
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.staff.reach import reaches, staff_in_reach

ANNOUNCEMENT = "SELECT * FROM ketu.announcement WHERE id = $1 FOR UPDATE"
BRANCH = "SELECT * FROM ketu.branch WHERE id = $1 FOR SHARE"
BELOW = "SELECT position FROM ketu.branch WHERE position BETWEEN $1 AND $2"


async def _publish(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    said = Announced(
        written(given["title"], LONGEST_TITLE, "input", "title"),
        written(given["text"], LONGEST_TEXT, "input", "text"),
        Priority[given["priority"].name] if given.get("priority") else Priority.NORMAL,
        given.get("expires_on"),
    )
    return await service.publish(
        context.connection,
        said,
        await _audiences(context, given["audiences"]),
        staff_id=context.staff_id,
        now=context.now,
        today=context.business_date,
    )


async def _edit(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    announcement = await _announcement(context, given)
    said = Announced(
        written_if_given(given.get("title"), LONGEST_TITLE, "input", "title") or announcement["title"],
        written_if_given(given.get("text"), LONGEST_TEXT, "input", "text") or announcement["text"],
        Priority[given["priority"].name if given.get("priority") else announcement["priority"]],
        given["expires_on"] if "expires_on" in given else announcement["expires_on"],
    )
    audiences = given.get("audiences")
    return await service.edit(
        context.connection,
        announcement,
        said,
        None if audiences is None else await _audiences(context, audiences),
        now=context.now,
        today=context.business_date,
    )


async def _withdraw(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    announcement = await _announcement(context, given)
    reason = written_if_given(given.get("reason"), LONGEST_TEXT, "input", "reason")
    staff_id = context.staff_id
    return await service.withdraw(context.connection, announcement, reason=reason, staff_id=staff_id, now=context.now)


async def _read(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    announcement = await _visible(context, given)
    staff_id = context.staff_id
    return await service.read(context.connection, announcement, staff_id=staff_id, now=context.now)


async def _visible(context: CommandContext, given: Mapping[str, Any]) -> Any:
    """The announcement's row, held until the transaction ends; Refusal where the reader does not see it."""
    announcement_id = context.row_id("Announcement", given["id"], "input", "id")
    announcement = await context.connection.fetchrow(ANNOUNCEMENT, announcement_id)
    node = context.graph.by_table[rows.table]
    if announcement is None or not await sees(context.connection, context.reader, node, announcement_id, *rows.reads):
        raise not_found("input", "id")
    return announcement


async def _announcement(context: CommandContext, given: Mapping[str, Any]) -> Any:
    """The same where the reader may change it, as they have read it."""
    announcement = await _visible(context, given)
    position, publisher = announcement["position"], announcement["published_by_id"]
    if not reaches(context, Permission.ANNOUNCEMENT_PUBLISH, position, publisher):
        raise not_permitted(f"{Permission.ANNOUNCEMENT_PUBLISH} does not reach it.", "input", "id")
    must_be_current(announcement, given["expected_version"])
    return announcement


async def _audiences(context: CommandContext, given: Sequence[Mapping[str, Any]]) -> list[Audience]:
    """Those to whom the reader may publish."""
    if not 0 < len(given) <= MOST_AUDIENCES:
        raise invalid_input(f"Name 1 to {MOST_AUDIENCES} audiences.", "input", "audiences")
    roles = known_roles(await lines_in_force(context.connection))
    return [await _audience(context, each, roles, str(number)) for number, each in enumerate(given)]


async def _audience(context: CommandContext, given: Mapping[str, Any], roles: set[str], number: str) -> Audience:
    path = ("input", "audiences", number)
    staff_id = branch_id = None
    post = StaffPost[given["post"].name] if given.get("post") else None
    if (role := given.get("role")) is not None and role not in roles:
        raise invalid_input(f"The policy knows these roles: {', '.join(sorted(roles))}.", *path, "role")
    if given.get("staff_id") is not None:
        staff_id = context.row_id("Staff", given["staff_id"], *path, "staffId")
        await staff_in_reach(context, staff_id, Permission.ANNOUNCEMENT_PUBLISH, *path, "staffId")
    if given.get("branch_id") is not None:
        branch_id = context.row_id("Branch", given["branch_id"], *path, "branchId")
        await _branch(context, branch_id, *path, "branchId", includes_below=given["includes_below"])
    elif staff_id is None and not context.reader.scope_of[Permission.ANNOUNCEMENT_PUBLISH].is_everything:
        raise not_permitted("You may not publish to the whole bank: name a branch.", *path)
    return Audience(branch_id, given["includes_below"], role, post, staff_id)


async def _branch(context: CommandContext, branch_id: int, *path: str, includes_below: bool) -> None:
    row = await context.connection.fetchrow(BRANCH, branch_id)
    if row is None or context.reader.scope_of[Permission.BRANCH_READ].is_nothing:
        raise not_found(*path)
    end = row["position_end"] if includes_below else row["position"]
    positions = [each["position"] for each in await context.connection.fetch(BELOW, row["position"], end)]
    if not all(reaches(context, Permission.ANNOUNCEMENT_PUBLISH, position) for position in positions):
        below = " and all below it" if includes_below else ""
        raise not_permitted(f"{Permission.ANNOUNCEMENT_PUBLISH} does not reach that branch{below}.", *path)


publish = Command("PublishAnnouncementPayload", Permission.ANNOUNCEMENT_PUBLISH, _publish)
edit = Command("EditAnnouncementPayload", Permission.ANNOUNCEMENT_PUBLISH, _edit)
withdraw = Command("WithdrawAnnouncementPayload", Permission.ANNOUNCEMENT_PUBLISH, _withdraw)
read = Command("ReadAnnouncementPayload", Permission.ANNOUNCEMENT_READ, _read)
