"""Performance and suitability: indicators, targets, risk assessments."""

from tests.authz.reached import CUSTOMERS

TARGETS = """id IN (SELECT c.id FROM (SELECT t.id, t.position, ARRAY[t.staff_id, t.set_by_id] AS managers
             FROM ketu.target AS t) AS c WHERE {reach})"""

ROWS = {
    "indicator": (("indicator:read",), "true"),
    "risk_assessment": (("risk_assessment:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "target": (("target:read",), TARGETS),
}
REFERENCE = {"indicator"}

LINKS = {
    "Branch.targets": "branch_id, id FROM ketu.target",
    "Customer.riskAssessment": (
        "DISTINCT ON (customer_id) customer_id, id FROM ketu.risk_assessment "
        "ORDER BY customer_id, assessed_on DESC, id DESC"
    ),
    "Customer.riskAssessments": "customer_id, id FROM ketu.risk_assessment",
    "Indicator.targets": "indicator_id, id FROM ketu.target",
    "Product.targets": "product_id, id FROM ketu.target",
    "RiskAssessment.assessedBy": "id, assessed_by_id FROM ketu.risk_assessment",
    "RiskAssessment.customer": "id, customer_id FROM ketu.risk_assessment",
    "Staff.riskAssessmentsMade": "assessed_by_id, id FROM ketu.risk_assessment",
    "Staff.targets": "staff_id, id FROM ketu.target",
    "Staff.targetsSet": "set_by_id, id FROM ketu.target",
    "Target.branch": "id, branch_id FROM ketu.target",
    "Target.indicator": "id, indicator_id FROM ketu.target",
    "Target.product": "id, product_id FROM ketu.target",
    "Target.setBy": "id, set_by_id FROM ketu.target",
    "Target.staff": "id, staff_id FROM ketu.target",
}
