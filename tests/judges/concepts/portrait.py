"""What is worked out of customers: segments, scores, recommendations by run; tiers; the register of models."""

from datetime import UTC, date, datetime
from decimal import Decimal

from domain.run import service
from domain.run.model import RunKind
from domain.run.service import NewRun
from tests.judges.drawing import DAYS, MOMENTS, Drawing, insert, insert_once, one_of
from tests.judges.language import BEGUN, CREATED, CUSTOMER, NAME, Edge, Kind, Row, World, back, customers, root, to

SINCE, HIGHEST, RANK = ("since_on", True), ("value", True), ("rank", False)
STARTED, TRAINED = ("started_at", True), ("trained_at", True)


def published(world: World, row: Row) -> bool:
    """Rows of any run but a published one are there for nobody."""
    (run,) = world.where("run", "id", row["run_id"])
    return run["state"] == "PUBLISHED"


def _tier(world: World, row: Row) -> list[Row]:
    return [given for given in world.where("customer_tier", "customer_id", row["id"]) if given["ends_on"] is None]


OWNER = customers("customer_id")
KINDS = {
    "Run": Kind("run", "run", ("run:read",)),
    "ModelVersion": Kind("model_version", "mod", ("model_version:read",)),
    "Segment": Kind("segment", "seg", ("segment:read",)),
    "SegmentMembership": Kind(
        "segment_membership", "sme", ("segment_membership:read", CUSTOMER), OWNER, is_there=published
    ),
    "Score": Kind("score", "sco", ("score:read", CUSTOMER), OWNER, is_there=published),
    "Recommendation": Kind("recommendation", "rec", ("recommendation:read", CUSTOMER), OWNER, is_there=published),
    "Tier": Kind("tier", "tie", ("tier:read",)),
    "TierRule": Kind("tier_rule", "tru", ("tier:read",)),
    "CustomerTier": Kind("customer_tier", "cti", ("customer_tier:read", CUSTOMER), OWNER),
}

PERSONAL = {
    "SegmentMembership": ("fitRatio",),
    "Score": ("value", "percentileRatio"),
    "Recommendation": ("action",),
    "CustomerTier": ("reason",),
}

EDGES = {
    ("Run", "modelVersion"): to("ModelVersion", "model_version_id"),
    ("Run", "segmentMemberships"): back("SegmentMembership", "run_id", SINCE),
    ("Run", "scores"): back("Score", "run_id", HIGHEST),
    ("Run", "recommendations"): back("Recommendation", "run_id", RANK),
    ("Run", "customerTiers"): back("CustomerTier", "run_id", BEGUN),
    ("ModelVersion", "product"): to("Product", "product_id"),
    ("ModelVersion", "trainedBy"): to("Staff", "trained_by_id"),
    ("ModelVersion", "approvedBy"): to("Staff", "approved_by_id"),
    ("ModelVersion", "runs"): back("Run", "model_version_id", STARTED),
    ("Segment", "owner"): to("Staff", "owner_id"),
    ("Segment", "members"): back("SegmentMembership", "segment_id", SINCE),
    ("SegmentMembership", "segment"): to("Segment", "segment_id"),
    ("SegmentMembership", "customer"): to("Customer", "customer_id"),
    ("SegmentMembership", "run"): to("Run", "run_id"),
    ("Score", "customer"): to("Customer", "customer_id"),
    ("Score", "product"): to("Product", "product_id"),
    ("Score", "run"): to("Run", "run_id"),
    ("Recommendation", "customer"): to("Customer", "customer_id"),
    ("Recommendation", "product"): to("Product", "product_id"),
    ("Recommendation", "run"): to("Run", "run_id"),
    ("Tier", "rules"): back("TierRule", "tier_id", BEGUN),
    ("Tier", "customerTiers"): back("CustomerTier", "tier_id", BEGUN),
    ("TierRule", "tier"): to("Tier", "tier_id"),
    ("CustomerTier", "tier"): to("Tier", "tier_id"),
    ("CustomerTier", "customer"): to("Customer", "customer_id"),
    ("CustomerTier", "run"): to("Run", "run_id"),
    ("Customer", "segments"): back("SegmentMembership", "customer_id", SINCE),
    ("Customer", "scores"): back("Score", "customer_id", HIGHEST),
    ("Customer", "recommendations"): back("Recommendation", "customer_id", RANK),
    ("Customer", "tiers"): back("CustomerTier", "customer_id", BEGUN),
    ("Product", "modelVersions"): back("ModelVersion", "product_id", TRAINED),
    ("Product", "scores"): back("Score", "product_id", HIGHEST),
    ("Product", "recommendations"): back("Recommendation", "product_id", RANK),
    ("Staff", "segments"): back("Segment", "owner_id", CREATED),
    ("Staff", "modelVersionsTrained"): back("ModelVersion", "trained_by_id", CREATED),
    ("Staff", "modelVersionsApproved"): back("ModelVersion", "approved_by_id", CREATED),
    ("Customer", "tier"): Edge("CustomerTier", _tier),
}

ROOTS = {
    "runs": root("Run", STARTED),
    "modelVersions": root("ModelVersion", TRAINED),
    "segments": root("Segment", NAME),
    "segmentMemberships": root("SegmentMembership", SINCE),
    "scores": root("Score", HIGHEST),
    "recommendations": root("Recommendation", RANK),
    "tiers": root("Tier", RANK),
    "tierRules": root("TierRule", BEGUN),
    "customerTiers": root("CustomerTier", BEGUN),
}

NOW = datetime(2026, 10, 31, tzinfo=UTC)
RATIOS = [Decimal(text) for text in ("0", "0.2", "0.2", "0.654321", "1")]


async def add(drawing: Drawing) -> None:
    """Random rows."""
    connection, rng, everybody = drawing.connection, drawing.rng, drawing.everybody
    maybe, common, of, text = drawing.maybe, drawing.common, drawing.of, drawing.text
    products, staff = drawing.ids("product"), drawing.ids("staff")
    segments, tiers = drawing.ids("segment"), drawing.ids("tier")
    models: list[int] = []
    for number in range(6):
        one, other = rng.sample(staff, 2)
        begin, end, until = sorted(rng.choices(DAYS, k=3))
        models.append(await insert(
            connection, "model_version", **common(), **of("model_version", "predicts", "state"), name=text(),
            release=f"r_{number}%", product_id=maybe(rng.choice(products)), algorithm=text(), data_from_on=begin,
            data_until_on=end, tested_until_on=until, row_count=rng.randint(0, 3), features=[text(), text()],
            auc_ratio=maybe(rng.choice(RATIOS)), calibration_error_ratio=maybe(rng.choice(RATIOS)),
            metrics=rng.choice(['{}', '{"lift": 2.5}']), trained_at=rng.choice(MOMENTS),
            trained_by_id=maybe(one), approved_by_id=other, approved_at=rng.choice(MOMENTS),
        ))  # fmt: skip
    kinds = list(RunKind)
    for number in range(12):
        # Of each kind one at least, and that one is published: no table is empty, whatever the seed.
        kind = kinds[number] if number < len(kinds) else rng.choice(kinds)
        new = NewRun(kind, f"{kind.name} {number % 3}", rng.choice(DAYS), maybe(rng.choice(models)))
        run = await service.begin(connection, new, now=rng.choice(MOMENTS))
        await _results(drawing, kind, run, everybody, products, segments)
        if number < len(kinds) or rng.random() < 0.7:
            await service.publish(connection, run, now=NOW)
        elif rng.random() < 0.3:
            await service.fail(connection, run, failure=text())
    runs = [row["id"] for row in await connection.fetch("SELECT id FROM ketu.run ORDER BY id")]
    for _ in range(30):
        begin, end = sorted(rng.choices(DAYS, k=2))
        await insert_once(
            connection, "customer_tier", **common(), **of("customer_tier", "change"), tier_id=rng.choice(tiers),
            customer_id=rng.choice(everybody), starts_on=begin, ends_on=maybe(end), reason=maybe(text()),
            run_id=maybe(rng.choice(runs)),
        )  # fmt: skip


async def _results(
    drawing: Drawing, kind: RunKind, run: int, everybody: list[int], products: list[int], segments: list[int]
) -> None:
    connection, rng, maybe, common, text = (
        drawing.connection, drawing.rng, drawing.maybe, drawing.common, drawing.text,
    )  # fmt: skip
    for rank in range(1, 10):
        customer, product = rng.choice(everybody), rng.choice(products)
        match kind:
            case RunKind.SEGMENTATION:
                await insert_once(
                    connection, "segment_membership", **common(), run_id=run, segment_id=rng.choice(segments),
                    customer_id=customer, since_on=rng.choice(DAYS), fit_ratio=maybe(rng.choice(RATIOS)),
                )  # fmt: skip
            case RunKind.SCORING:
                predicts = one_of(rng, "score", "predicts")
                await insert_once(
                    connection, "score", **common(), run_id=run, customer_id=customer, predicts=predicts,
                    product_id=product if predicts == "PROPENSITY" else None, value=rng.choice(RATIOS),
                    percentile_ratio=rng.choice(RATIOS), reasons=[text(), text()][: rng.randint(0, 2)],
                    position=rng.randint(1, 9),
                )  # fmt: skip
            case RunKind.RECOMMENDATION:
                advice = one_of(rng, "recommendation", "kind")
                await insert(
                    connection, "recommendation", **common(), run_id=run, customer_id=customer, kind=advice,
                    product_id=product if advice == "OFFER" else None, rank=rank, action=text(),
                    reasons=[text()][: rng.randint(0, 1)], expires_on=maybe(date(2026, 12, 31)),
                )  # fmt: skip
            case RunKind.TIERING:
                pass
