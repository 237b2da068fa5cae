"""Care plans and care as clients see them."""

from datetime import date, datetime

from domain.care_plan.model import CareOccasion, CarePlanState, CareState
from domain.shared.channel import Channel
from resolvers.care_plan import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(CareOccasion)
described(CarePlanState)
described(CareState)
described(Channel)


@node(
    edges.rows,
    prefix="cap",
    description="How somebody cares for customers (关怀计划): whom, on which occasion, in which way. Seen by them, and "
    "where its branch or its customer is in reach.",
)
class CarePlan(Node):
    """Care to come."""

    title: str = field(description="What it is called.")
    occasion: CareOccasion = field(description="When customers are cared for.")
    channel: Channel = field(description="In which way.")
    state: CarePlanState = field(description="Whether it goes on.")
    lead_days: int = field(description="Days ahead of the occasion.")
    every_days: int | None = field(description="Every how many days, where it is regular.")
    starts_on: date = field(description="First business date of it.")
    ends_on: date | None = field(description="Last one; null: until further notice.")
    greeting: str | None = field(description="What to say.")
    customer: ToOne = field(edges.customer, description="Whom it is for, where it is for one.")
    tag: ToOne = field(
        edges.tag, description="What those of their portfolio have whom it is for; with neither: all of them."
    )
    staff: ToOne = field(edges.staff_member, description="Who cares.")
    branch: ToOne = field(edges.branch, description="For which branch.")
    cares: ToMany = field(edges.cares, description="Each time, the earliest first.")


@node(
    edges.care_rows,
    prefix="cre",
    description="One time that a customer is cared for (关怀). Seen as its plan is.",
)
class Care(Node):
    """A greeting, a gift, a call."""

    occasion: CareOccasion = field(description="On which occasion.")
    channel: Channel = field(description="In which way.")
    state: CareState = field(description="What became of it.")
    due_on: date = field(description="Business date on which it is to be done.")
    note: str | None = field(description="What was said, or why it was left out.")
    closed_at: datetime | None = field(description="When it was done or left out, UTC.")
    plan: ToOne = field(edges.plan, description="The plan that it follows.")
    customer: ToOne = field(edges.customer, description="Who is cared for; null where the reader may not see them.")
    staff: ToOne = field(edges.staff_member, description="Who cares.")
    branch: ToOne = field(edges.branch, description="For which branch.")
    closed_by: ToOne = field(edges.closed_by, description="Who did it, or left it out.")
    interaction: ToOne = field(edges.interaction, description="The contact that it was kept as.")
