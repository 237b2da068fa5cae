"""Sales: opportunities with their stages and quotations, leads, referrals."""

from decimal import Decimal

from tests.judges.drawing import AMOUNTS, CURRENCIES, DAYS, MOMENTS, Drawing, insert, one_of
from tests.judges.language import CREATED, TAKEN_DOWN, Kind, Owners, Row, World, back, of_work, root, to

IN_STEPS, STEPPED = ("changed_at", False), ("changed_at", True)
ASKED, CAPTURED, REFERRED = ("requested_at", True), ("captured_at", True), ("referred_at", True)

AN_OPPORTUNITY = of_work("owner_id", "opened_by_id")


def _of_opportunity(world: World, row: Row) -> list[Row]:
    """What is a part of an opportunity belongs to whom the opportunity belongs to."""
    (opportunity,) = world.where("opportunity", "id", row["opportunity_id"])
    return AN_OPPORTUNITY(world, opportunity)


OF_OPPORTUNITY: Owners = _of_opportunity

KINDS = {
    "Opportunity": Kind("opportunity", "opp", ("opportunity:read",), AN_OPPORTUNITY),
    "OpportunityStageChange": Kind("opportunity_stage_change", "osc", ("opportunity:read",), OF_OPPORTUNITY),
    "Quotation": Kind("quotation", "quo", ("quotation:read",), OF_OPPORTUNITY),
    "Lead": Kind("lead", "lea", ("lead:read",), of_work("owner_id", "captured_by_id")),
    "Referral": Kind("referral", "ref", ("referral:read",), of_work("to_staff_id", "from_staff_id")),
}

PERSONAL = {
    "Opportunity": ("name", "description", "closeNote"),
    "OpportunityStageChange": ("note",),
    "Quotation": ("annualRateRatio", "terms"),
    "Lead": ("name", "interest", "dropNote"),
    "Referral": ("reason", "answer"),
}

EDGES = {
    ("Opportunity", "customer"): to("Customer", "customer_id"),
    ("Opportunity", "product"): to("Product", "product_id"),
    ("Opportunity", "owner"): to("Staff", "owner_id"),
    ("Opportunity", "openedBy"): to("Staff", "opened_by_id"),
    ("Opportunity", "branch"): to("Branch", "branch_id"),
    ("Opportunity", "lead"): to("Lead", "lead_id"),
    ("Opportunity", "referral"): to("Referral", "referral_id"),
    ("Opportunity", "stageChanges"): back("OpportunityStageChange", "opportunity_id", IN_STEPS),
    ("Opportunity", "quotations"): back("Quotation", "opportunity_id", ASKED),
    ("OpportunityStageChange", "opportunity"): to("Opportunity", "opportunity_id"),
    ("OpportunityStageChange", "staff"): to("Staff", "staff_id"),
    ("Quotation", "opportunity"): to("Opportunity", "opportunity_id"),
    ("Quotation", "product"): to("Product", "product_id"),
    ("Quotation", "quotedBy"): to("Staff", "quoted_by_id"),
    ("Quotation", "approvedBy"): to("Staff", "approved_by_id"),
    ("Lead", "customer"): to("Customer", "customer_id"),
    ("Lead", "product"): to("Product", "product_id"),
    ("Lead", "owner"): to("Staff", "owner_id"),
    ("Lead", "capturedBy"): to("Staff", "captured_by_id"),
    ("Lead", "branch"): to("Branch", "branch_id"),
    ("Lead", "opportunities"): back("Opportunity", "lead_id", TAKEN_DOWN),
    ("Referral", "customer"): to("Customer", "customer_id"),
    ("Referral", "product"): to("Product", "product_id"),
    ("Referral", "fromStaff"): to("Staff", "from_staff_id"),
    ("Referral", "toStaff"): to("Staff", "to_staff_id"),
    ("Referral", "branch"): to("Branch", "branch_id"),
    ("Referral", "opportunities"): back("Opportunity", "referral_id", TAKEN_DOWN),
    ("Customer", "opportunities"): back("Opportunity", "customer_id", TAKEN_DOWN),
    ("Customer", "leads"): back("Lead", "customer_id", CAPTURED),
    ("Customer", "referrals"): back("Referral", "customer_id", REFERRED),
    ("Branch", "opportunities"): back("Opportunity", "branch_id", TAKEN_DOWN),
    ("Branch", "leads"): back("Lead", "branch_id", CAPTURED),
    ("Branch", "referrals"): back("Referral", "branch_id", REFERRED),
    ("Product", "opportunities"): back("Opportunity", "product_id", TAKEN_DOWN),
    ("Product", "leads"): back("Lead", "product_id", CAPTURED),
    ("Product", "referrals"): back("Referral", "product_id", REFERRED),
    ("Product", "quotations"): back("Quotation", "product_id", ASKED),
    ("Staff", "opportunities"): back("Opportunity", "owner_id", TAKEN_DOWN),
    ("Staff", "opportunitiesOpened"): back("Opportunity", "opened_by_id", TAKEN_DOWN),
    ("Staff", "opportunityStageChanges"): back("OpportunityStageChange", "staff_id", STEPPED),
    ("Staff", "leads"): back("Lead", "owner_id", CAPTURED),
    ("Staff", "leadsCaptured"): back("Lead", "captured_by_id", CAPTURED),
    ("Staff", "referrals"): back("Referral", "to_staff_id", REFERRED),
    ("Staff", "referralsGiven"): back("Referral", "from_staff_id", REFERRED),
    ("Staff", "quotations"): back("Quotation", "quoted_by_id", CREATED),
    ("Staff", "quotationsApproved"): back("Quotation", "approved_by_id", CREATED),
}

ROOTS = {
    "opportunities": root("Opportunity", TAKEN_DOWN),
    "opportunityStageChanges": root("OpportunityStageChange", STEPPED),
    "quotations": root("Quotation", ASKED),
    "leads": root("Lead", CAPTURED),
    "referrals": root("Referral", REFERRED),
}

RATIOS = [Decimal(text) for text in ("0", "0.2", "0.2", "0.654321", "1")]
SOME = [amount for amount in AMOUNTS if amount > 0]


async def add(drawing: Drawing) -> None:
    """Random rows."""
    connection, rng, everybody = drawing.connection, drawing.rng, drawing.everybody
    maybe, common, of, text, place = drawing.maybe, drawing.common, drawing.of, drawing.text, drawing.place
    products, staff = drawing.ids("product"), drawing.ids("staff")
    leads: list[int] = []
    referrals: list[int] = []
    opportunities: list[int] = []
    for _ in range(30):
        end = rng.choice(["OPEN", "OPEN", "QUALIFIED", "DROPPED"])
        leads.append(await insert(
            connection, "lead", **common(), **place(), **of("lead", "origin", "channel"), state=end, name=text(),
            interest=text(), product_id=maybe(rng.choice(products)), owner_id=maybe(rng.choice(staff)),
            captured_by_id=maybe(rng.choice(staff)), captured_at=rng.choice(MOMENTS),
            closed_at=None if end == "OPEN" else rng.choice(MOMENTS),
            drop_reason=one_of(rng, "lead", "drop_reason") if end == "DROPPED" else None, drop_note=maybe(text()),
            **drawing.sealed("lead", "phone"),
        ))  # fmt: skip
        state = one_of(rng, "referral", "state")
        referrals.append(await insert(
            connection, "referral", **common(), **place() | {"customer_id": rng.choice(everybody)}, state=state,
            product_id=maybe(rng.choice(products)), reason=text(), from_staff_id=rng.choice(staff),
            to_staff_id=maybe(rng.choice(staff)), referred_at=rng.choice(MOMENTS), answer=maybe(text()),
            answered_at=None if state == "OPEN" else rng.choice(MOMENTS), source=maybe("judge_%"),
        ))  # fmt: skip
        stood = place()
        stages = ["IDENTIFIED", "CONTACTED", "QUALIFIED", "PROPOSED", "NEGOTIATED", "WON", "LOST"]
        stage = rng.choice(stages if stood["customer_id"] else stages[:5])
        is_closed = stage in ("WON", "LOST")
        opportunities.append(await insert(
            connection, "opportunity", **common(), **stood, **of("opportunity", "kind"), name=text(), stage=stage,
            description=maybe("a_b"), occasion=maybe(one_of(rng, "opportunity", "occasion")),
            product_id=maybe(rng.choice(products)), owner_id=maybe(rng.choice(staff)),
            opened_by_id=maybe(rng.choice(staff)), amount=maybe(rng.choice(SOME)), currency=rng.choice(CURRENCIES),
            probability_ratio=rng.choice(RATIOS), opened_at=rng.choice(MOMENTS),
            expected_close_on=maybe(rng.choice(DAYS)), closed_at=rng.choice(MOMENTS) if is_closed else None,
            close_reason=one_of(rng, "opportunity", "close_reason") if is_closed else None, close_note=maybe(text()),
            lead_id=rng.choice(leads) if stood["customer_id"] is None else maybe(rng.choice(leads)),
            referral_id=maybe(rng.choice(referrals)),
        ))  # fmt: skip
        for _ in range(rng.randint(0, 2)):
            await insert(
                connection, "opportunity_stage_change", **common(), opportunity_id=opportunities[-1],
                from_stage=maybe(rng.choice(stages)), to_stage=rng.choice(stages), changed_at=rng.choice(MOMENTS),
                staff_id=maybe(rng.choice(staff)), amount=maybe(rng.choice(AMOUNTS)), currency=rng.choice(CURRENCIES),
                probability_ratio=rng.choice(RATIOS), note=maybe(text()),
            )  # fmt: skip
            state = one_of(rng, "quotation", "state")
            is_offered = state != "REQUESTED"
            await insert(
                connection, "quotation", **common(), opportunity_id=rng.choice(opportunities), state=state,
                product_id=rng.choice(products), amount=rng.choice(SOME), currency=rng.choice(CURRENCIES),
                annual_rate_ratio=maybe(rng.choice(RATIOS)), term_months=maybe(rng.randint(1, 60)),
                terms=maybe(text()), requested_at=rng.choice(MOMENTS),
                offered_at=rng.choice(MOMENTS) if is_offered else None,
                valid_until_on=rng.choice(DAYS) if is_offered else None,
                answered_at=rng.choice(MOMENTS) if state in ("ACCEPTED", "REFUSED") else None,
                quoted_by_id=maybe(rng.choice(staff)), approved_by_id=maybe(rng.choice(staff)),
            )  # fmt: skip
