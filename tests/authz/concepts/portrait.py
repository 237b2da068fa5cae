"""What is worked out of customers: segments, scores, recommendations by run; tiers; the register of models."""

from tests.authz.reached import CUSTOMERS

PUBLISHED = f"customer_id IN {CUSTOMERS} AND run_id IN (SELECT id FROM ketu.run WHERE state = 'PUBLISHED')"

ROWS = {
    "customer_tier": (("customer_tier:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "model_version": (("model_version:read",), "true"),
    "recommendation": (("recommendation:read", "customer:read"), PUBLISHED),
    "run": (("run:read",), "true"),
    "score": (("score:read", "customer:read"), PUBLISHED),
    "segment": (("segment:read",), "true"),
    "segment_membership": (("segment_membership:read", "customer:read"), PUBLISHED),
    "tier": (("tier:read",), "true"),
    "tier_rule": (("tier:read",), "true"),
}
REFERENCE = {"model_version", "run", "segment", "tier", "tier_rule"}

LINKS = {
    "Customer.recommendations": "customer_id, id FROM ketu.recommendation",
    "Customer.scores": "customer_id, id FROM ketu.score",
    "Customer.segments": "customer_id, id FROM ketu.segment_membership",
    "Customer.tier": "customer_id, id FROM ketu.customer_tier WHERE ends_on IS NULL",
    "Customer.tiers": "customer_id, id FROM ketu.customer_tier",
    "CustomerTier.customer": "id, customer_id FROM ketu.customer_tier",
    "CustomerTier.run": "id, run_id FROM ketu.customer_tier",
    "CustomerTier.tier": "id, tier_id FROM ketu.customer_tier",
    "ModelVersion.approvedBy": "id, approved_by_id FROM ketu.model_version",
    "ModelVersion.product": "id, product_id FROM ketu.model_version",
    "ModelVersion.runs": "model_version_id, id FROM ketu.run",
    "ModelVersion.trainedBy": "id, trained_by_id FROM ketu.model_version",
    "Product.modelVersions": "product_id, id FROM ketu.model_version",
    "Product.recommendations": "product_id, id FROM ketu.recommendation",
    "Product.scores": "product_id, id FROM ketu.score",
    "Recommendation.customer": "id, customer_id FROM ketu.recommendation",
    "Recommendation.product": "id, product_id FROM ketu.recommendation",
    "Recommendation.run": "id, run_id FROM ketu.recommendation",
    "Run.customerTiers": "run_id, id FROM ketu.customer_tier",
    "Run.modelVersion": "id, model_version_id FROM ketu.run",
    "Run.recommendations": "run_id, id FROM ketu.recommendation",
    "Run.scores": "run_id, id FROM ketu.score",
    "Run.segmentMemberships": "run_id, id FROM ketu.segment_membership",
    "Score.customer": "id, customer_id FROM ketu.score",
    "Score.product": "id, product_id FROM ketu.score",
    "Score.run": "id, run_id FROM ketu.score",
    "Segment.members": "segment_id, id FROM ketu.segment_membership",
    "Segment.owner": "id, owner_id FROM ketu.segment",
    "SegmentMembership.customer": "id, customer_id FROM ketu.segment_membership",
    "SegmentMembership.run": "id, run_id FROM ketu.segment_membership",
    "SegmentMembership.segment": "id, segment_id FROM ketu.segment_membership",
    "Staff.modelVersionsApproved": "approved_by_id, id FROM ketu.model_version",
    "Staff.modelVersionsTrained": "trained_by_id, id FROM ketu.model_version",
    "Staff.segments": "owner_id, id FROM ketu.segment",
    "Tier.customerTiers": "tier_id, id FROM ketu.customer_tier",
    "Tier.rules": "tier_id, id FROM ketu.tier_rule",
    "TierRule.tier": "id, tier_id FROM ketu.tier_rule",
}
