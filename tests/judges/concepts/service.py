"""Service and daily work: alerts, announcements, visits, care, articles, surveys."""

from decimal import Decimal

from tests.judges.drawing import AMOUNTS, CURRENCIES, DAYS, MOMENTS, Drawing, insert, insert_once, one_of
from tests.judges.language import (
    CREATED,
    CUSTOMER,
    ENTERED,
    Edge,
    Kind,
    Row,
    World,
    about_staff,
    as_staff,
    back,
    customers,
    of_work,
    root,
    to,
)

RAISED, NUMBERED = ("raised_at", True), ("rule_no", False)
TITLED, EDITED, RANKED, RESPONDED = (
    ("title_sort_key", False),
    ("edition", False),
    ("rank", False),
    ("responded_at", True),
)
QUESTIONED = ("survey_question_id", False)
VISITED, STARTED, DUE_ON = ("planned_at", True), ("starts_on", True), ("due_on", False)
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


def everybodys_unless_drafted(world: World, row: Row) -> list[Row]:
    """An article is the own of whoever works here; a draft, of its writer. It stands nowhere."""
    people = [row["written_by_id"]] if row["state"] == "DRAFT" else [person["id"] for person in world.tables["staff"]]
    return [{"position": -1, "manager_id": one, "backup_manager_id": None, "id": None} for one in people]


def of_response(world: World, row: Row) -> list[Row]:
    """An answer belongs to whom the response belongs to."""
    (response,) = world.where("survey_response", "id", row["survey_response_id"])
    return world.where("customer", "id", response["customer_id"])


def of_announcement(world: World, row: Row) -> list[Row]:
    """What belongs to an announcement belongs to whom it belongs."""
    (one,) = world.where("announcement", "id", row["announcement_id"])
    return told(world, one)


def of_staff(world: World, row: Row) -> list[Row]:
    """What is a member of staff's own, wherever they work."""
    (person,) = world.where("staff", "id", row["staff_id"])
    return as_staff(world, person)


KINDS = {
    "KnowledgeArticle": Kind("knowledge_article", "kno", ("knowledge_article:read",), everybodys_unless_drafted),
    "Survey": Kind("survey", "sur", ("survey:read",)),
    "SurveyQuestion": Kind("survey_question", "suq", ("survey:read",)),
    "SurveyResponse": Kind("survey_response", "srs", ("survey_response:read", CUSTOMER), customers("customer_id")),
    "SurveyAnswer": Kind("survey_answer", "san", ("survey_response:read", CUSTOMER), of_response),
    "Visit": Kind("visit", "vis", ("visit:read",), of_work("staff_id", "planned_by_id")),
    "CarePlan": Kind("care_plan", "cap", ("care_plan:read",), of_work("staff_id", "staff_id")),
    "Care": Kind("care", "cre", ("care_plan:read",), of_work("staff_id", "staff_id")),
    "Alert": Kind("alert", "alr", ("alert:read",), of_work("staff_id", "staff_id")),
    "AlertRule": Kind("alert_rule", "aru", ("alert_rule:read",)),
    "AlertPreference": Kind("alert_preference", "apf", ("alert:read",), of_staff),
    "AlertBadge": Kind("alert_badge", "abd", ("alert:read",), of_staff),
    "Announcement": Kind("announcement", "ann", ("announcement:read",), told),
    "AnnouncementAudience": Kind("announcement_audience", "aau", ("announcement:read",), of_announcement),
    "AnnouncementReader": Kind("announcement_reader", "are", ("announcement_reader:read",), of_staff),
}

PERSONAL = {
    "Alert": ("title", "text", "result"),
    "Visit": ("subject", "latitude", "longitude", "cancellationReason"),
    "CarePlan": ("title", "greeting"),
    "Care": ("note",),
    "SurveyResponse": ("score", "comment"),
    "SurveyAnswer": ("score", "text"),
}

GUARDED = {
    ("Visit", "latitude"): "visit.whereabouts:read",
    ("Visit", "longitude"): "visit.whereabouts:read",
}

EDGES = {
    ("KnowledgeArticle", "product"): to("Product", "product_id"),
    ("KnowledgeArticle", "previous"): to("KnowledgeArticle", "previous_id"),
    ("KnowledgeArticle", "following"): back("KnowledgeArticle", "previous_id", EDITED),
    ("KnowledgeArticle", "writtenBy"): to("Staff", "written_by_id"),
    ("KnowledgeArticle", "publishedBy"): to("Staff", "published_by_id"),
    ("KnowledgeArticle", "retiredBy"): to("Staff", "retired_by_id"),
    ("Product", "articles"): back("KnowledgeArticle", "product_id", TITLED),
    ("Staff", "articlesWritten"): back("KnowledgeArticle", "written_by_id", CREATED),
    ("Staff", "articlesPublished"): back("KnowledgeArticle", "published_by_id", CREATED),
    ("Staff", "articlesRetired"): back("KnowledgeArticle", "retired_by_id", CREATED),
    ("Survey", "questions"): back("SurveyQuestion", "survey_id", RANKED),
    ("Survey", "responses"): back("SurveyResponse", "survey_id", RESPONDED),
    ("SurveyQuestion", "survey"): to("Survey", "survey_id"),
    ("SurveyQuestion", "answers"): back("SurveyAnswer", "survey_question_id", ENTERED),
    ("SurveyResponse", "survey"): to("Survey", "survey_id"),
    ("SurveyResponse", "customer"): to("Customer", "customer_id"),
    ("SurveyResponse", "ticket"): to("Ticket", "ticket_id"),
    ("SurveyResponse", "staff"): to("Staff", "staff_id"),
    ("SurveyResponse", "answers"): back("SurveyAnswer", "survey_response_id", QUESTIONED),
    ("SurveyAnswer", "response"): to("SurveyResponse", "survey_response_id"),
    ("SurveyAnswer", "question"): to("SurveyQuestion", "survey_question_id"),
    ("Customer", "surveyResponses"): back("SurveyResponse", "customer_id", RESPONDED),
    ("Ticket", "surveyResponses"): back("SurveyResponse", "ticket_id", RESPONDED),
    ("Staff", "surveyResponses"): back("SurveyResponse", "staff_id", RESPONDED),
    ("Visit", "customer"): to("Customer", "customer_id"),
    ("Visit", "staff"): to("Staff", "staff_id"),
    ("Visit", "plannedBy"): to("Staff", "planned_by_id"),
    ("Visit", "branch"): to("Branch", "branch_id"),
    ("Visit", "contactPoint"): to("ContactPoint", "contact_point_id"),
    ("Visit", "task"): to("Task", "task_id"),
    ("Visit", "interaction"): to("Interaction", "interaction_id"),
    ("CarePlan", "customer"): to("Customer", "customer_id"),
    ("CarePlan", "tag"): to("Tag", "tag_id"),
    ("CarePlan", "staff"): to("Staff", "staff_id"),
    ("CarePlan", "branch"): to("Branch", "branch_id"),
    ("CarePlan", "cares"): back("Care", "care_plan_id", DUE_ON),
    ("Care", "plan"): to("CarePlan", "care_plan_id"),
    ("Care", "customer"): to("Customer", "customer_id"),
    ("Care", "staff"): to("Staff", "staff_id"),
    ("Care", "branch"): to("Branch", "branch_id"),
    ("Care", "closedBy"): to("Staff", "closed_by_id"),
    ("Care", "interaction"): to("Interaction", "interaction_id"),
    ("Customer", "visits"): back("Visit", "customer_id", VISITED),
    ("Customer", "carePlans"): back("CarePlan", "customer_id", STARTED),
    ("Customer", "cares"): back("Care", "customer_id", DUE_ON),
    ("ContactPoint", "visits"): back("Visit", "contact_point_id", VISITED),
    ("Task", "visits"): back("Visit", "task_id", VISITED),
    ("Interaction", "visits"): back("Visit", "interaction_id", VISITED),
    ("Interaction", "cares"): back("Care", "interaction_id", DUE_ON),
    ("Tag", "carePlans"): back("CarePlan", "tag_id", STARTED),
    ("Branch", "visits"): back("Visit", "branch_id", VISITED),
    ("Branch", "carePlans"): back("CarePlan", "branch_id", STARTED),
    ("Branch", "cares"): back("Care", "branch_id", DUE_ON),
    ("Staff", "visits"): back("Visit", "staff_id", VISITED),
    ("Staff", "visitsPlanned"): back("Visit", "planned_by_id", CREATED),
    ("Staff", "carePlans"): back("CarePlan", "staff_id", STARTED),
    ("Staff", "cares"): back("Care", "staff_id", DUE_ON),
    ("Staff", "caresClosed"): back("Care", "closed_by_id", CREATED),
    ("Alert", "rule"): to("AlertRule", "alert_rule_id"),
    ("Alert", "staff"): to("Staff", "staff_id"),
    ("Alert", "branch"): to("Branch", "branch_id"),
    ("Alert", "customer"): to("Customer", "customer_id"),
    ("Alert", "account"): to("Account", "account_id"),
    ("Alert", "task"): to("Task", "task_id"),
    ("Alert", "ticket"): to("Ticket", "ticket_id"),
    ("Alert", "closedBy"): to("Staff", "closed_by_id"),
    ("Alert", "escalatedFrom"): to("Alert", "escalated_from_id"),
    ("Alert", "escalations"): back("Alert", "escalated_from_id", RAISED),
    ("AlertRule", "alerts"): back("Alert", "alert_rule_id", RAISED),
    ("AlertRule", "preferences"): back("AlertPreference", "alert_rule_id", ENTERED),
    ("AlertPreference", "rule"): to("AlertRule", "alert_rule_id"),
    ("AlertPreference", "staff"): to("Staff", "staff_id"),
    ("AlertBadge", "staff"): to("Staff", "staff_id"),
    ("Customer", "alerts"): back("Alert", "customer_id", RAISED),
    ("Account", "alerts"): back("Alert", "account_id", RAISED),
    ("Task", "alerts"): back("Alert", "task_id", RAISED),
    ("Ticket", "alerts"): back("Alert", "ticket_id", RAISED),
    ("Branch", "alerts"): back("Alert", "branch_id", RAISED),
    ("Staff", "alerts"): back("Alert", "staff_id", RAISED),
    ("Staff", "alertsClosed"): back("Alert", "closed_by_id", CREATED),
    ("Staff", "alertPreferences"): back("AlertPreference", "staff_id", CREATED),
    ("Staff", "alertBadge"): Edge("AlertBadge", lambda world, row: world.where("alert_badge", "staff_id", row["id"])),
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
    "knowledgeArticles": root("KnowledgeArticle", TITLED),
    "surveys": root("Survey", TITLED),
    "surveyQuestions": root("SurveyQuestion", RANKED),
    "surveyResponses": root("SurveyResponse", RESPONDED),
    "surveyAnswers": root("SurveyAnswer", ENTERED),
    "visits": root("Visit", VISITED),
    "carePlans": root("CarePlan", STARTED),
    "cares": root("Care", DUE_ON),
    "alerts": root("Alert", RAISED),
    "alertRules": root("AlertRule", NUMBERED),
    "alertPreferences": root("AlertPreference", ENTERED),
    "alertBadges": root("AlertBadge", FIRST),
    "announcements": root("Announcement", PUBLISHED),
    "announcementAudiences": root("AnnouncementAudience", FIRST),
    "announcementReaders": root("AnnouncementReader", READ),
}


async def add(drawing: Drawing) -> None:
    """Random rows."""
    await _alerts(drawing)
    await _visits(drawing)
    await _care(drawing)
    await _articles(drawing)
    await _surveys(drawing)
    await _announcements(drawing)


async def _alerts(drawing: Drawing) -> None:
    connection, rng, maybe, common = drawing.connection, drawing.rng, drawing.maybe, drawing.common
    staff, accounts, tasks, tickets = (drawing.ids(name) for name in ("staff", "account", "task", "ticket"))
    rules: list[int] = []
    for number in range(5):
        begin, end = sorted(rng.choices(DAYS, k=2))
        threshold = maybe(rng.choice(AMOUNTS))
        rules.append(await insert(
            connection, "alert_rule", **common(), **drawing.of("alert_rule", "kind", "recipient", "priority"),
            rule_no=f"J_{number}%", name=drawing.text(), starts_on=begin, ends_on=maybe(end), threshold=threshold,
            currency=None if threshold is None else rng.choice(CURRENCIES), threshold_count=maybe(rng.randint(1, 9)),
            threshold_ratio=maybe(rng.choice(AMOUNTS[:3])), window_days=maybe(rng.randint(1, 90)),
            lead_days=rng.randint(0, 9), repeat_days=maybe(rng.randint(1, 9)),
            escalate_after_days=maybe(rng.randint(1, 9)), source=maybe("judge_%"),
        ))  # fmt: skip
    for _ in range(15):
        await insert_once(
            connection, "alert_preference", **common(), staff_id=rng.choice(staff), alert_rule_id=rng.choice(rules),
            is_stopped=rng.random() < 0.5, lead_days=maybe(rng.randint(0, 9)), repeat_days=maybe(rng.randint(1, 9)),
        )  # fmt: skip
    alerts: list[int] = []
    for _ in range(30):
        state = one_of(rng, "alert", "state")
        is_closed = state in ("DONE", "STOPPED")
        alerts.append(await insert(
            connection, "alert", **common(), **drawing.place(), **drawing.of("alert", "kind", "priority"), state=state,
            alert_rule_id=maybe(rng.choice(rules)), staff_id=maybe(rng.choice(staff)), title=drawing.text(),
            text=maybe(drawing.text()), account_id=maybe(rng.choice(accounts)), task_id=maybe(rng.choice(tasks)),
            ticket_id=maybe(rng.choice(tickets)), raised_at=rng.choice(MOMENTS), raised_count=rng.randint(1, 3),
            due_at=maybe(rng.choice(MOMENTS)), seen_at=maybe(rng.choice(MOMENTS)),
            closed_at=rng.choice(MOMENTS) if is_closed else None, closed_by_id=maybe(rng.choice(staff)),
            result=maybe(drawing.text()), escalated_from_id=maybe(rng.choice(alerts)) if alerts else None,
            source=maybe("judge_%"),
        ))  # fmt: skip


async def _visits(drawing: Drawing) -> None:
    connection, rng, maybe = drawing.connection, drawing.rng, drawing.maybe
    staff, tasks, points, contacts = (drawing.ids(name) for name in ("staff", "task", "contact_point", "interaction"))
    for _ in range(20):
        state, has_place = one_of(rng, "visit", "state"), rng.random() < 0.6
        began = state == "CHECKED_IN" or rng.random() < 0.5
        await insert(
            connection, "visit", **drawing.common(), **drawing.place() | {"customer_id": rng.choice(drawing.everybody)},
            **drawing.of("visit", "purpose", "place"), state=state, staff_id=rng.choice(staff),
            planned_by_id=maybe(rng.choice(staff)), contact_point_id=maybe(rng.choice(points)), subject=drawing.text(),
            planned_at=rng.choice(MOMENTS), planned_minutes=maybe(rng.randint(1, 90)), task_id=maybe(rng.choice(tasks)),
            checked_in_at=rng.choice(MOMENTS) if began else None,
            latitude=Decimal(rng.randint(-9000, 9000)) / 100 if has_place else None,
            longitude=Decimal(rng.randint(-18000, 18000)) / 100 if has_place else None,
            completed_at=rng.choice(MOMENTS) if state == "DONE" else None,
            interaction_id=maybe(rng.choice(contacts)),
            cancelled_at=rng.choice(MOMENTS) if state == "CANCELLED" else None,
            cancellation_reason=maybe(drawing.text()), source=maybe("judge_%"),
        )  # fmt: skip


async def _care(drawing: Drawing) -> None:
    connection, rng, maybe, common = drawing.connection, drawing.rng, drawing.maybe, drawing.common
    staff, tags, contacts = (drawing.ids(name) for name in ("staff", "tag", "interaction"))
    plans: list[int] = []
    for _ in range(12):
        place, occasion = drawing.place(), one_of(rng, "care_plan", "occasion")
        begin, end = sorted(rng.choices(DAYS, k=2))
        plans.append(await insert(
            connection, "care_plan", **common(), **place, **drawing.of("care_plan", "channel", "state"),
            title=drawing.text(), occasion=occasion, tag_id=None if place["customer_id"] else maybe(rng.choice(tags)),
            staff_id=rng.choice(staff), lead_days=rng.randint(0, 9),
            every_days=rng.randint(1, 90) if occasion == "REGULAR" else None, starts_on=begin, ends_on=maybe(end),
            greeting=maybe(drawing.text()), source=maybe("judge_%"),
        ))  # fmt: skip
    for _ in range(25):
        state = one_of(rng, "care", "state")
        await insert(
            connection, "care", **common(), **drawing.place() | {"customer_id": rng.choice(drawing.everybody)},
            **drawing.of("care", "occasion", "channel"), state=state, care_plan_id=maybe(rng.choice(plans)),
            staff_id=rng.choice(staff), due_on=rng.choice(DAYS), note=maybe(drawing.text()),
            closed_at=None if state == "PLANNED" else rng.choice(MOMENTS), closed_by_id=maybe(rng.choice(staff)),
            interaction_id=maybe(rng.choice(contacts)), source=maybe("judge_%"),
        )  # fmt: skip


async def _articles(drawing: Drawing) -> None:
    connection, rng, maybe = drawing.connection, drawing.rng, drawing.maybe
    staff, products = drawing.ids("staff"), drawing.ids("product")
    articles: list[int] = []
    for number in range(15):
        state = one_of(rng, "knowledge_article", "state")
        articles.append(await insert(
            connection, "knowledge_article", **drawing.common(), **drawing.of("knowledge_article", "category"),
            article_no=f"J_{number}%", edition=rng.randint(1, 3), title=drawing.text(), title_sort_key=drawing.text(),
            text=drawing.text(), keywords=maybe(drawing.text()), state=state, product_id=maybe(rng.choice(products)),
            previous_id=maybe(rng.choice(articles)) if articles else None, written_by_id=maybe(rng.choice(staff)),
            published_at=None if state == "DRAFT" else rng.choice(MOMENTS), published_by_id=maybe(rng.choice(staff)),
            retired_at=rng.choice(MOMENTS) if state == "RETIRED" else None, retired_by_id=maybe(rng.choice(staff)),
            source=maybe("judge_%"),
        ))  # fmt: skip


async def _surveys(drawing: Drawing) -> None:
    connection, rng, maybe, common = drawing.connection, drawing.rng, drawing.maybe, drawing.common
    staff, tickets = drawing.ids("staff"), drawing.ids("ticket")
    for _ in range(3):
        begin, end = sorted(rng.choices(DAYS, k=2))
        survey = await insert(
            connection, "survey", **common(), **drawing.of("survey", "kind"), title=drawing.text(),
            title_sort_key=drawing.text(), starts_on=begin, ends_on=maybe(end), source=maybe("judge_%"),
        )  # fmt: skip
        questions = [
            await insert(
                connection, "survey_question", **common(), **drawing.of("survey_question", "kind"), survey_id=survey,
                rank=rank, text=drawing.text(),
            )
            for rank in range(1, 4)
        ]  # fmt: skip
        for _ in range(8):
            response = await insert(
                connection, "survey_response", **common(), **drawing.of("survey_response", "channel"),
                survey_id=survey, customer_id=rng.choice(drawing.everybody), ticket_id=maybe(rng.choice(tickets)),
                staff_id=maybe(rng.choice(staff)), responded_at=rng.choice(MOMENTS), score=maybe(rng.randint(1, 5)),
                comment=maybe(drawing.text()), source=maybe("judge_%"),
            )  # fmt: skip
            for question in rng.sample(questions, 2):
                score = maybe(rng.randint(0, 5))
                await insert(
                    connection, "survey_answer", **common(), survey_response_id=response, survey_question_id=question,
                    score=score, text=drawing.text() if score is None else None,
                )  # fmt: skip


async def _announcements(drawing: Drawing) -> None:
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
