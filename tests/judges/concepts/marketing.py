"""Marketing: campaigns with their audience and events, touches, responses."""

from datetime import timedelta
from decimal import Decimal

from tests.judges.drawing import AMOUNTS, CURRENCIES, DAYS, MOMENTS, Drawing, insert, insert_once, one_of
from tests.judges.language import BEGUN, CREATED, CUSTOMER, TAKEN_DOWN, Kind, back, customers, root, to

DRAWN, TOUCHED, RESPONDED = ("drawn_on", True), ("happened_at", True), ("responded_at", True)
NEXT, HELD, CAPTURED = ("starts_at", False), ("starts_at", True), ("captured_at", True)

KINDS = {
    "Campaign": Kind("campaign", "cam", ("campaign:read",)),
    "CampaignEvent": Kind("campaign_event", "cev", ("campaign:read",)),
    "CampaignMember": Kind("campaign_member", "cme", ("campaign_member:read", CUSTOMER), customers("customer_id")),
    "Touch": Kind("touch", "tou", ("touch:read", CUSTOMER), customers("customer_id")),
    "Response": Kind("response", "res", ("response:read", CUSTOMER), customers("customer_id")),
}

PERSONAL = {"Touch": ("content",), "Response": ("satisfaction", "note")}

EDGES = {
    ("Campaign", "product"): to("Product", "product_id"),
    ("Campaign", "parent"): to("Campaign", "parent_id"),
    ("Campaign", "children"): back("Campaign", "parent_id", BEGUN),
    ("Campaign", "branch"): to("Branch", "branch_id"),
    ("Campaign", "owner"): to("Staff", "owner_id"),
    ("Campaign", "approvedBy"): to("Staff", "approved_by_id"),
    ("Campaign", "members"): back("CampaignMember", "campaign_id", DRAWN),
    ("Campaign", "events"): back("CampaignEvent", "campaign_id", NEXT),
    ("Campaign", "touches"): back("Touch", "campaign_id", TOUCHED),
    ("Campaign", "responses"): back("Response", "campaign_id", RESPONDED),
    ("Campaign", "opportunities"): back("Opportunity", "campaign_id", TAKEN_DOWN),
    ("Campaign", "leads"): back("Lead", "campaign_id", CAPTURED),
    ("CampaignMember", "campaign"): to("Campaign", "campaign_id"),
    ("CampaignMember", "customer"): to("Customer", "customer_id"),
    ("CampaignEvent", "campaign"): to("Campaign", "campaign_id"),
    ("CampaignEvent", "branch"): to("Branch", "branch_id"),
    ("CampaignEvent", "host"): to("Staff", "host_id"),
    ("CampaignEvent", "touches"): back("Touch", "event_id", TOUCHED),
    ("CampaignEvent", "responses"): back("Response", "event_id", RESPONDED),
    ("Touch", "campaign"): to("Campaign", "campaign_id"),
    ("Touch", "event"): to("CampaignEvent", "event_id"),
    ("Touch", "customer"): to("Customer", "customer_id"),
    ("Touch", "staff"): to("Staff", "staff_id"),
    ("Touch", "responses"): back("Response", "touch_id", RESPONDED),
    ("Response", "campaign"): to("Campaign", "campaign_id"),
    ("Response", "event"): to("CampaignEvent", "event_id"),
    ("Response", "customer"): to("Customer", "customer_id"),
    ("Response", "touch"): to("Touch", "touch_id"),
    ("Response", "product"): to("Product", "product_id"),
    ("Response", "opportunity"): to("Opportunity", "opportunity_id"),
    ("Response", "recordedBy"): to("Staff", "recorded_by_id"),
    ("Opportunity", "campaign"): to("Campaign", "campaign_id"),
    ("Opportunity", "responses"): back("Response", "opportunity_id", RESPONDED),
    ("Lead", "campaign"): to("Campaign", "campaign_id"),
    ("Customer", "campaignMemberships"): back("CampaignMember", "customer_id", DRAWN),
    ("Customer", "touches"): back("Touch", "customer_id", TOUCHED),
    ("Customer", "responses"): back("Response", "customer_id", RESPONDED),
    ("Branch", "campaigns"): back("Campaign", "branch_id", BEGUN),
    ("Branch", "campaignEvents"): back("CampaignEvent", "branch_id", HELD),
    ("Product", "campaigns"): back("Campaign", "product_id", BEGUN),
    ("Product", "responses"): back("Response", "product_id", RESPONDED),
    ("Staff", "campaigns"): back("Campaign", "owner_id", CREATED),
    ("Staff", "campaignsApproved"): back("Campaign", "approved_by_id", CREATED),
    ("Staff", "campaignEventsHosted"): back("CampaignEvent", "host_id", CREATED),
    ("Staff", "touches"): back("Touch", "staff_id", TOUCHED),
    ("Staff", "responsesRecorded"): back("Response", "recorded_by_id", CREATED),
}

ROOTS = {
    "campaigns": root("Campaign", BEGUN),
    "campaignEvents": root("CampaignEvent", HELD),
    "campaignMembers": root("CampaignMember", DRAWN),
    "touches": root("Touch", TOUCHED),
    "responses": root("Response", RESPONDED),
}

RATIOS = [Decimal(text) for text in ("0", "0.2", "0.2", "0.654321")]


async def add(drawing: Drawing) -> None:
    """Random rows."""
    connection, rng, everybody = drawing.connection, drawing.rng, drawing.everybody
    maybe, common, of, text = drawing.maybe, drawing.common, drawing.of, drawing.text
    products, staff, branches = drawing.ids("product"), drawing.ids("staff"), drawing.ids("branch")
    opportunities = [row["id"] for row in await connection.fetch("SELECT id FROM ketu.opportunity ORDER BY id")]
    campaigns: list[int] = []
    events: list[int] = []
    for number in range(8):
        (one, other), (begin, end) = rng.sample(staff, 2), sorted(rng.choices(DAYS, k=2))
        campaigns.append(await insert(
            connection, "campaign", **common(), **of("campaign", "objective", "state"), name=f"{text()}{number}",
            name_sort_key=text(), offer=text(), channels=rng.sample(["PHONE", "WEB", "VISIT"], rng.randint(0, 3)),
            product_id=maybe(rng.choice(products)), parent_id=maybe(rng.choice(campaigns)) if campaigns else None,
            branch_id=rng.choice(branches), owner_id=one, approved_by_id=other, starts_on=begin, ends_on=end,
            budget=maybe(rng.choice(AMOUNTS)), spent=maybe(rng.choice(AMOUNTS)), currency=rng.choice(CURRENCIES),
            control_ratio=rng.choice(RATIOS),
        ))  # fmt: skip
        begins_at = rng.choice(MOMENTS)
        events.append(await insert(
            connection, "campaign_event", **common(), **of("campaign_event", "state"), name=text(), venue=text(),
            campaign_id=rng.choice(campaigns), branch_id=rng.choice(branches), host_id=maybe(rng.choice(staff)),
            starts_at=begins_at, ends_at=begins_at + timedelta(hours=2), seat_count=maybe(rng.randint(1, 50)),
        ))  # fmt: skip
    touches: list[int] = []
    for _ in range(30):
        await insert_once(
            connection, "campaign_member", **common(), **of("campaign_member", "arm"), drawn_on=rng.choice(DAYS),
            campaign_id=rng.choice(campaigns), customer_id=rng.choice(everybody),
        )  # fmt: skip
        touches.append(await insert(
            connection, "touch", **common(), **of("touch", "channel", "state"), campaign_id=rng.choice(campaigns),
            customer_id=rng.choice(everybody), event_id=maybe(rng.choice(events)), staff_id=maybe(rng.choice(staff)),
            happened_at=rng.choice(MOMENTS), content=maybe(text()), source=maybe("judge_%"),
        ))  # fmt: skip
        kind = one_of(rng, "response", "kind")
        await insert(
            connection, "response", **common(), kind=kind, campaign_id=rng.choice(campaigns),
            customer_id=rng.choice(everybody), touch_id=maybe(rng.choice(touches)),
            event_id=rng.choice(events) if kind in ("REGISTERED", "ATTENDED", "ABSENT") else maybe(rng.choice(events)),
            responded_at=rng.choice(MOMENTS), product_id=maybe(rng.choice(products)),
            amount=rng.choice([None, *AMOUNTS[1:]]) if kind == "CONVERTED" else None, currency=rng.choice(CURRENCIES),
            opportunity_id=maybe(rng.choice(opportunities)), satisfaction=maybe(rng.randint(1, 5)), note=maybe(text()),
            recorded_by_id=maybe(rng.choice(staff)),
        )  # fmt: skip
    for table in ("opportunity", "lead"):
        await connection.execute(
            f"UPDATE ketu.{table} SET campaign_id = ($1::bigint[])[1 + id % 6] WHERE id % 3 > 0", campaigns
        )
