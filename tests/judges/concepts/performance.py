"""Performance and suitability: indicators, targets, risk assessments."""

from datetime import date
from decimal import Decimal

from tests.judges.drawing import DAYS, Drawing, insert
from tests.judges.language import BEGUN, CREATED, CUSTOMER, NAME, Edge, Kind, Row, World, back, customers, root, to

ASSESSED = ("assessed_on", True)


def _target_owners(_world: World, row: Row) -> list[Row]:
    """A target stands where its branch is, and is the own of who is to reach it and of who set it."""
    owners = {"manager_id": row["staff_id"], "backup_manager_id": row["set_by_id"]}
    return [{"position": row["position"], "id": None, **owners}]


def _last(world: World, row: Row) -> list[Row]:
    found = world.where("risk_assessment", "customer_id", row["id"])
    return sorted(found, key=lambda each: (each["assessed_on"], each["id"]))[-1:]


KINDS = {
    "Indicator": Kind("indicator", "ind", ("indicator:read",)),
    "Target": Kind("target", "tar", ("target:read",), _target_owners),
    "RiskAssessment": Kind("risk_assessment", "ras", ("risk_assessment:read", CUSTOMER), customers("customer_id")),
}

PERSONAL = {"RiskAssessment": ("level", "points")}

EDGES = {
    ("Indicator", "targets"): back("Target", "indicator_id", BEGUN),
    ("Target", "indicator"): to("Indicator", "indicator_id"),
    ("Target", "staff"): to("Staff", "staff_id"),
    ("Target", "branch"): to("Branch", "branch_id"),
    ("Target", "product"): to("Product", "product_id"),
    ("Target", "setBy"): to("Staff", "set_by_id"),
    ("RiskAssessment", "customer"): to("Customer", "customer_id"),
    ("RiskAssessment", "assessedBy"): to("Staff", "assessed_by_id"),
    ("Customer", "riskAssessments"): back("RiskAssessment", "customer_id", ASSESSED),
    ("Branch", "targets"): back("Target", "branch_id", BEGUN),
    ("Product", "targets"): back("Target", "product_id", BEGUN),
    ("Staff", "targets"): back("Target", "staff_id", BEGUN),
    ("Staff", "targetsSet"): back("Target", "set_by_id", CREATED),
    ("Staff", "riskAssessmentsMade"): back("RiskAssessment", "assessed_by_id", CREATED),
    ("Customer", "riskAssessment"): Edge("RiskAssessment", _last),
}

ROOTS = {
    "indicators": root("Indicator", NAME),
    "targets": root("Target", BEGUN),
    "riskAssessments": root("RiskAssessment", ASSESSED),
}

VALUES = [Decimal(text) for text in ("0", "0.62", "12", "12", "14350000.5512")]


async def add(drawing: Drawing) -> None:
    """Random rows."""
    connection, rng, everybody = drawing.connection, drawing.rng, drawing.everybody
    maybe, common, of, text, place = drawing.maybe, drawing.common, drawing.of, drawing.text, drawing.place
    products, staff, indicators = drawing.ids("product"), drawing.ids("staff"), drawing.ids("indicator")
    for number in range(3):
        unit = rng.choice(["AMOUNT", "COUNT"])
        indicators.append(await insert(
            connection, "indicator", **common(), name=f"{text()}{number}", name_sort_key=text(), meaning=text(),
            unit=unit, currency="CNY" if unit == "AMOUNT" else None, is_more_better=rng.random() < 0.5,
            is_active=rng.random() < 0.5,
        ))  # fmt: skip
    for _ in range(30):
        branch, (begin, end), is_measured = place(), sorted(rng.choices(DAYS, k=2)), rng.random() < 0.6
        await insert(
            connection, "target", **common(), **of("target", "period"), indicator_id=rng.choice(indicators),
            staff_id=maybe(rng.choice(staff)), branch_id=branch["branch_id"], position=branch["position"],
            product_id=maybe(rng.choice(products)), starts_on=begin, ends_on=end, goal=rng.choice(VALUES),
            actual=rng.choice(VALUES) if is_measured else None, measured_on=rng.choice(DAYS) if is_measured else None,
            set_by_id=maybe(rng.choice(staff)), source=maybe("judge_%"),
        )  # fmt: skip
        await insert(
            connection, "risk_assessment", **common(), **of("risk_assessment", "level", "channel"),
            customer_id=rng.choice(everybody), points=maybe(rng.randint(0, 90)), questionnaire=text(),
            assessed_on=rng.choice(DAYS), expires_on=date(2027, 1, 1), assessed_by_id=maybe(rng.choice(staff)),
        )  # fmt: skip
