"""Targets and risk assessments: whose they are, and which of them holds."""

import pytest
from factories.bank import Bank, change

from domain.product.model import ProductRisk
from domain.risk_assessment.model import RiskLevel, suits

pytestmark = pytest.mark.anyio

TARGETS = "{ targets(first: 100) { nodes { id } } }"
RISK = """{ node(id: "cus_1") { ... on Customer {
  riskAssessment { level points expiresOn } riskAssessments { totalCount nodes { level } } } } }"""


@pytest.mark.parametrize(
    ("user", "seen"),
    [
        # Their own; the branch's and everybody's in it; the region's, and what they set elsewhere; all.
        ("rm-chaoyang-1", {4, 5}),
        ("manager-chaoyang", {1, 4, 5}),
        ("regional-beijing", {1, 2, 4, 5, 6, 9}),
        ("regional-shanghai", {3, 7, 8}),
        ("teller-wangjing", {9}),
        ("service-agent", {10}),
        ("auditor", set(range(1, 11))),
    ],
)
async def test_a_target_is_seen_by_whose_it_is_and_where_its_branch_is(bank: Bank, user: str, seen: set[int]):
    found = (await bank.ask(TARGETS, user=user))["targets"]["nodes"]
    assert {int(node["id"].removeprefix("tar_")) for node in found} == seen


async def test_a_target_says_what_it_came_to(bank: Bank):
    query = """{ node(id: "tar_4") { ... on Target { period goal actual measuredOn indicator { name unit currency }
      staff { name } branch { name } product { name risk } setBy { name } } } }"""
    assert (await bank.ask(query, user="rm-chaoyang-1"))["node"] == {
        "period": "QUARTER", "goal": "1500000.0000", "actual": "430000.0000", "measuredOn": "2026-10-31",
        "indicator": {"name": "理财销售额", "unit": "AMOUNT", "currency": "CNY"}, "staff": {"name": "姜楠"},
        "branch": {"name": "北京朝阳支行"}, "product": {"name": "稳健理财一号", "risk": "R2"},
        "setBy": {"name": "方志强"},
    }  # fmt: skip


async def test_the_last_risk_assessment_holds(own_bank: Bank):
    assert (await own_bank.ask(RISK, user="rm-chaoyang-1"))["node"] == {
        "riskAssessment": {"level": "C2", "points": 38, "expiresOn": "2027-03-04"},
        "riskAssessments": {"totalCount": "2", "nodes": [{"level": "C2"}, {"level": "C3"}]},
    }
    # Of two on one day, the one that was entered last.
    await change(
        own_bank,
        """INSERT INTO ketu.risk_assessment (customer_id, level, questionnaire, channel, assessed_on, expires_on)
           VALUES (1, 'C1', 'x', 'WEB', '2026-03-05', '2027-03-04')""",
    )
    assert (await own_bank.ask(RISK, user="rm-chaoyang-1"))["node"]["riskAssessment"]["level"] == "C1"
    hidden = await own_bank.ask(RISK, user="rm-xuhui-1")
    assert hidden == {"node": None}
    never = '{ node(id: "cus_5") { ... on Customer { riskAssessment { level } } } }'
    assert await own_bank.ask(never, user="rm-chaoyang-1") == {"node": {"riskAssessment": None}}


def test_a_product_suits_who_can_bear_its_risk():
    bearable = {level.name: [risk.name for risk in ProductRisk if suits(level, risk)] for level in RiskLevel}
    assert bearable == {
        "C1": ["R1"],
        "C2": ["R1", "R2"],
        "C3": ["R1", "R2", "R3"],
        "C4": ["R1", "R2", "R3", "R4"],
        "C5": ["R1", "R2", "R3", "R4", "R5"],
    }
