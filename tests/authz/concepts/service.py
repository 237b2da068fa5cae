"""Service and daily work: announcements."""

from tests.authz.reached import STAFF

ADDRESSED = """(SELECT c.id FROM (
    SELECT u.announcement_id AS id, -1 AS position, ARRAY[s.id] AS managers
    FROM ketu.announcement_audience AS u CROSS JOIN ketu.staff AS s
    WHERE coalesce(u.staff_id = s.id, true) AND coalesce(u.post = s.post, true)
      AND (u.role IS NULL OR s.id IN (SELECT l.staff_id FROM ketu.user_account AS l
           JOIN ketu.role_assignment AS r ON r.user_account_id = l.id WHERE r.role = u.role))
      AND (u.branch_id IS NULL OR s.branch_id = u.branch_id OR u.includes_below AND s.branch_id IN (
           SELECT p.id FROM ketu.branch AS p, ketu.branch AS n
           WHERE n.id = u.branch_id AND p.position BETWEEN n.position AND n.position_end))
    ) AS c WHERE {reach})"""
"""Announcements that mean who asks, who has any reach."""
ANNOUNCEMENTS = f"""(id IN (SELECT c.id FROM (SELECT a.id, a.position, ARRAY[a.published_by_id] AS managers
    FROM ketu.announcement AS a) AS c WHERE {{reach}}) OR state = 'PUBLISHED' AND id IN {ADDRESSED})"""

ROWS = {
    "announcement": (("announcement:read",), ANNOUNCEMENTS),
    "announcement_audience": (
        ("announcement:read",),
        f"announcement_id IN (SELECT id FROM ketu.announcement WHERE {ANNOUNCEMENTS})",
    ),
    "announcement_reader": (("announcement_reader:read",), f"staff_id IN {STAFF}"),
}
REFERENCE: set[str] = set()

LINKS = {
    "Announcement.audiences": "announcement_id, id FROM ketu.announcement_audience",
    "Announcement.branch": "id, branch_id FROM ketu.announcement",
    "Announcement.publishedBy": "id, published_by_id FROM ketu.announcement",
    "Announcement.readers": "announcement_id, id FROM ketu.announcement_reader",
    "Announcement.withdrawnBy": "id, withdrawn_by_id FROM ketu.announcement",
    "AnnouncementAudience.announcement": "id, announcement_id FROM ketu.announcement_audience",
    "AnnouncementAudience.branch": "id, branch_id FROM ketu.announcement_audience",
    "AnnouncementAudience.staff": "id, staff_id FROM ketu.announcement_audience",
    "AnnouncementReader.announcement": "id, announcement_id FROM ketu.announcement_reader",
    "AnnouncementReader.staff": "id, staff_id FROM ketu.announcement_reader",
    "Branch.announcementAudiences": "branch_id, id FROM ketu.announcement_audience",
    "Branch.announcements": "branch_id, id FROM ketu.announcement",
    "Staff.announcementAudiences": "staff_id, id FROM ketu.announcement_audience",
    "Staff.announcementsPublished": "published_by_id, id FROM ketu.announcement",
    "Staff.announcementsRead": "staff_id, id FROM ketu.announcement_reader",
    "Staff.announcementsWithdrawn": "withdrawn_by_id, id FROM ketu.announcement",
}
