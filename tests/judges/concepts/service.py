"""Service and daily work: announcements."""

from tests.judges.drawing import DAYS, MOMENTS, Drawing, insert, insert_once, one_of
from tests.judges.language import CREATED, Kind, Row, World, about_staff, as_staff, back, root, to

PUBLISHED, READ, FIRST = ("published_at", True), ("read_at", True), ("id", False)


def told(world: World, row: Row) -> list[Row]:
    """An announcement stands where it was published, is the own of who did it, and while it stands of whom it means."""
    there = about_staff(world, row | {"staff_id": row["published_by_id"]})
    if row["state"] != "PUBLISHED":
        return there
    meant = [
        person
        for audience in world.where("announcement_audience", "announcement_id", row["id"])
        for person in world.tables["staff"]
        if means(world, audience, person)
    ]
    return there + [{"position": -1, "manager_id": one["id"], "backup_manager_id": None, "id": None} for one in meant]


def means(world: World, audience: Row, person: Row) -> bool:
    """Whether all that an audience says holds for somebody."""
    if audience["staff_id"] not in (None, person["id"]) or audience["post"] not in (None, person["post"]):
        return False
    if audience["branch_id"] is not None and audience["branch_id"] != person["branch_id"]:
        (named,), (place,) = (world.where("branch", "id", row["branch_id"]) for row in (audience, person))
        if not (audience["includes_below"] and named["position"] <= place["position"] <= named["position_end"]):
            return False
    accounts = world.where("user_account", "staff_id", person["id"])
    roles = {held["role"] for one in accounts for held in world.where("role_assignment", "user_account_id", one["id"])}
    return audience["role"] is None or audience["role"] in roles


def of_announcement(world: World, row: Row) -> list[Row]:
    """What belongs to an announcement belongs to whom it belongs."""
    (one,) = world.where("announcement", "id", row["announcement_id"])
    return told(world, one)


def of_staff(world: World, row: Row) -> list[Row]:
    """What is a member of staff's own, wherever they work."""
    (person,) = world.where("staff", "id", row["staff_id"])
    return as_staff(world, person)


KINDS = {
    "Announcement": Kind("announcement", "ann", ("announcement:read",), told),
    "AnnouncementAudience": Kind("announcement_audience", "aau", ("announcement:read",), of_announcement),
    "AnnouncementReader": Kind("announcement_reader", "are", ("announcement_reader:read",), of_staff),
}

PERSONAL: dict[str, tuple[str, ...]] = {}

EDGES = {
    ("Announcement", "publishedBy"): to("Staff", "published_by_id"),
    ("Announcement", "withdrawnBy"): to("Staff", "withdrawn_by_id"),
    ("Announcement", "branch"): to("Branch", "branch_id"),
    ("Announcement", "audiences"): back("AnnouncementAudience", "announcement_id", FIRST),
    ("Announcement", "readers"): back("AnnouncementReader", "announcement_id", READ),
    ("AnnouncementAudience", "announcement"): to("Announcement", "announcement_id"),
    ("AnnouncementAudience", "branch"): to("Branch", "branch_id"),
    ("AnnouncementAudience", "staff"): to("Staff", "staff_id"),
    ("AnnouncementReader", "announcement"): to("Announcement", "announcement_id"),
    ("AnnouncementReader", "staff"): to("Staff", "staff_id"),
    ("Branch", "announcements"): back("Announcement", "branch_id", PUBLISHED),
    ("Branch", "announcementAudiences"): back("AnnouncementAudience", "branch_id", CREATED),
    ("Staff", "announcementsPublished"): back("Announcement", "published_by_id", PUBLISHED),
    ("Staff", "announcementsRead"): back("AnnouncementReader", "staff_id", READ),
    ("Staff", "announcementAudiences"): back("AnnouncementAudience", "staff_id", CREATED),
    ("Staff", "announcementsWithdrawn"): back("Announcement", "withdrawn_by_id", CREATED),
}

WORKED_OUT = {
    ("Announcement", "isCurrent"): lambda world, row: (
        row["state"] == "PUBLISHED" and (row["expires_on"] is None or row["expires_on"] >= world.bank["business_date"])
    ),
}

ROOTS = {
    "announcements": root("Announcement", PUBLISHED),
    "announcementAudiences": root("AnnouncementAudience", FIRST),
    "announcementReaders": root("AnnouncementReader", READ),
}


async def add(drawing: Drawing) -> None:
    """Random rows."""
    connection, rng, maybe, common = drawing.connection, drawing.rng, drawing.maybe, drawing.common
    staff, branches = drawing.ids("staff"), drawing.ids("branch")
    roles = [row["role"] for row in await connection.fetch("SELECT DISTINCT role FROM ketu.role_assignment ORDER BY 1")]
    for _ in range(20):
        is_withdrawn, place = rng.random() < 0.3, drawing.place()
        del place["customer_id"]
        announcement = await insert(
            connection, "announcement", **common(), **place, **drawing.of("announcement", "priority"),
            title=drawing.text(), text=drawing.text(), state="WITHDRAWN" if is_withdrawn else "PUBLISHED",
            published_at=rng.choice(MOMENTS), published_by_id=maybe(rng.choice(staff)),
            edited_at=maybe(rng.choice(MOMENTS)), expires_on=maybe(rng.choice(DAYS)),
            withdrawn_at=rng.choice(MOMENTS) if is_withdrawn else None, withdrawn_by_id=maybe(rng.choice(staff)),
            withdrawal_reason=maybe(drawing.text()), source=maybe("judge_%"),
        )  # fmt: skip
        for _ in range(rng.choice([0, 1, 1, 2, 3])):
            await insert(
                connection, "announcement_audience", **common(), announcement_id=announcement,
                branch_id=maybe(rng.choice(branches)), includes_below=rng.random() < 0.5,
                role=rng.choice([None, None, "a_b", *roles]),
                post=rng.choice([None, one_of(rng, "announcement_audience", "post")]),
                staff_id=rng.choice([None, None, rng.choice(staff)]),
            )  # fmt: skip
        for _ in range(rng.randint(0, 3)):
            await insert_once(
                connection, "announcement_reader", **common(), announcement_id=announcement,
                staff_id=rng.choice(staff), read_at=rng.choice(MOMENTS), read_version=rng.randint(1, 3),
            )  # fmt: skip
