"""What the input says about an opportunity, checked: the same for one that is new and for one that changes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.command.checks import currency_code, positive_money, ratio, written
from domain.command.model import invalid_input
from domain.opportunity.model import LONGEST_NAME, LONGEST_TEXT, OpportunityKind, OpportunityOccasion
from resolvers.engine.mutation import CommandContext
from resolvers.product.reach import product_named

NEVER_NULL = {
    "name": "name",
    "kind": "kind",
    "currency": "currency",
    "probability_ratio": "probabilityRatio",
}


async def terms(context: CommandContext, given: Mapping[str, Any]) -> dict[str, Any]:
    """By column, what the input says; nothing of what it does not mention. Raises Refusal."""
    for name, shown in NEVER_NULL.items():
        if name in given and given[name] is None:
            raise invalid_input("It cannot be without.", "input", shown)
    said: dict[str, Any] = {}
    if "name" in given:
        said["name"] = written(given["name"], LONGEST_NAME, "input", "name")
    if "description" in given:
        text = given["description"]
        said["description"] = None if text is None else written(text, LONGEST_TEXT, "input", "description")
    if "kind" in given:
        said["kind"] = OpportunityKind[given["kind"].name].name
    if "occasion" in given:
        said["occasion"] = given["occasion"] and OpportunityOccasion[given["occasion"].name].name
    if "product_id" in given:
        said["product_id"] = await product_named(context, given["product_id"], "input", "productId")
    if "amount" in given:
        amount = given["amount"]
        said["amount"] = None if amount is None else positive_money(amount, "input", "amount")
    if "currency" in given:
        said["currency"] = currency_code(given["currency"], "input", "currency")
    if "probability_ratio" in given:
        said["probability_ratio"] = ratio(given["probability_ratio"], "input", "probabilityRatio")
    if "expected_close_on" in given:
        said["expected_close_on"] = _not_past(given["expected_close_on"], context.business_date)
    return said


def _not_past(day: date | None, today: date) -> date | None:
    if day is not None and day < today:
        raise invalid_input(
            "What is expected lies ahead: on the business date at the earliest.", "input", "expectedCloseOn"
        )
    return day
