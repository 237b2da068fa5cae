"""Service and daily work: alerts, announcements, visits, care."""

from tests.authz.reached import STAFF, WORK

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
    "visit": (("visit:read",), WORK.format(table="visit", one="staff_id", other="planned_by_id")),
    "care_plan": (("care_plan:read",), WORK.format(table="care_plan", one="staff_id", other="staff_id")),
    "care": (("care_plan:read",), WORK.format(table="care", one="staff_id", other="staff_id")),
    "alert": (("alert:read",), WORK.format(table="alert", one="staff_id", other="staff_id")),
    "alert_badge": (("alert:read",), f"staff_id IN {STAFF}"),
    "alert_preference": (("alert:read",), f"staff_id IN {STAFF}"),
    "alert_rule": (("alert_rule:read",), "true"),
    "announcement": (("announcement:read",), ANNOUNCEMENTS),
    "announcement_audience": (
        ("announcement:read",),
        f"announcement_id IN (SELECT id FROM ketu.announcement WHERE {ANNOUNCEMENTS})",
    ),
    "announcement_reader": (("announcement_reader:read",), f"staff_id IN {STAFF}"),
}
REFERENCE = {"alert_rule"}

LINKS = {
    "Branch.carePlans": "branch_id, id FROM ketu.care_plan",
    "Branch.cares": "branch_id, id FROM ketu.care",
    "Branch.visits": "branch_id, id FROM ketu.visit",
    "Care.branch": "id, branch_id FROM ketu.care",
    "Care.closedBy": "id, closed_by_id FROM ketu.care",
    "Care.customer": "id, customer_id FROM ketu.care",
    "Care.interaction": "id, interaction_id FROM ketu.care",
    "Care.plan": "id, care_plan_id FROM ketu.care",
    "Care.staff": "id, staff_id FROM ketu.care",
    "CarePlan.branch": "id, branch_id FROM ketu.care_plan",
    "CarePlan.cares": "care_plan_id, id FROM ketu.care",
    "CarePlan.customer": "id, customer_id FROM ketu.care_plan",
    "CarePlan.staff": "id, staff_id FROM ketu.care_plan",
    "CarePlan.tag": "id, tag_id FROM ketu.care_plan",
    "ContactPoint.visits": "contact_point_id, id FROM ketu.visit",
    "Customer.carePlans": "customer_id, id FROM ketu.care_plan",
    "Customer.cares": "customer_id, id FROM ketu.care",
    "Customer.visits": "customer_id, id FROM ketu.visit",
    "Interaction.cares": "interaction_id, id FROM ketu.care",
    "Interaction.visits": "interaction_id, id FROM ketu.visit",
    "Staff.carePlans": "staff_id, id FROM ketu.care_plan",
    "Staff.cares": "staff_id, id FROM ketu.care",
    "Staff.caresClosed": "closed_by_id, id FROM ketu.care",
    "Staff.visits": "staff_id, id FROM ketu.visit",
    "Staff.visitsPlanned": "planned_by_id, id FROM ketu.visit",
    "Tag.carePlans": "tag_id, id FROM ketu.care_plan",
    "Task.visits": "task_id, id FROM ketu.visit",
    "Visit.branch": "id, branch_id FROM ketu.visit",
    "Visit.contactPoint": "id, contact_point_id FROM ketu.visit",
    "Visit.customer": "id, customer_id FROM ketu.visit",
    "Visit.interaction": "id, interaction_id FROM ketu.visit",
    "Visit.plannedBy": "id, planned_by_id FROM ketu.visit",
    "Visit.staff": "id, staff_id FROM ketu.visit",
    "Visit.task": "id, task_id FROM ketu.visit",
    "Account.alerts": "account_id, id FROM ketu.alert",
    "Alert.account": "id, account_id FROM ketu.alert",
    "Alert.branch": "id, branch_id FROM ketu.alert",
    "Alert.closedBy": "id, closed_by_id FROM ketu.alert",
    "Alert.customer": "id, customer_id FROM ketu.alert",
    "Alert.escalatedFrom": "id, escalated_from_id FROM ketu.alert",
    "Alert.escalations": "escalated_from_id, id FROM ketu.alert",
    "Alert.rule": "id, alert_rule_id FROM ketu.alert",
    "Alert.staff": "id, staff_id FROM ketu.alert",
    "Alert.task": "id, task_id FROM ketu.alert",
    "Alert.ticket": "id, ticket_id FROM ketu.alert",
    "AlertBadge.staff": "id, staff_id FROM ketu.alert_badge",
    "AlertPreference.rule": "id, alert_rule_id FROM ketu.alert_preference",
    "AlertPreference.staff": "id, staff_id FROM ketu.alert_preference",
    "AlertRule.alerts": "alert_rule_id, id FROM ketu.alert",
    "AlertRule.preferences": "alert_rule_id, id FROM ketu.alert_preference",
    "Branch.alerts": "branch_id, id FROM ketu.alert",
    "Customer.alerts": "customer_id, id FROM ketu.alert",
    "Staff.alertBadge": "staff_id, id FROM ketu.alert_badge",
    "Staff.alertPreferences": "staff_id, id FROM ketu.alert_preference",
    "Staff.alerts": "staff_id, id FROM ketu.alert",
    "Staff.alertsClosed": "closed_by_id, id FROM ketu.alert",
    "Task.alerts": "task_id, id FROM ketu.alert",
    "Ticket.alerts": "ticket_id, id FROM ketu.alert",
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
