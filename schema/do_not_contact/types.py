"""Do-not-contacts as clients see them."""

from datetime import date, datetime

from domain.do_not_contact.model import DoNotContactReason
from domain.shared.channel import Channel
from resolvers.do_not_contact import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(Channel)
described(DoNotContactReason)


@node(
    edges.rows,
    prefix="dnc",
    description="That a customer is to be left alone (免打扰); it outweighs every consent for as long as it runs.",
)
class DoNotContact(Node):
    """Whom nobody calls."""

    channel: Channel | None = field(description="Through which channel; null: through any.")
    reason: DoNotContactReason = field(description="Why.")
    note: str | None = field(description="What else there is to know.")
    starts_on: date = field(description="First business date.")
    ends_on: date | None = field(description="Last business date; null: until it is lifted.")
    lifted_at: datetime | None = field(description="When it was lifted, UTC; null where it was not.")
    lifted_because: str | None = field(description="Why it was lifted.")
    customer: ToOne = field(edges.customer, description="Whom to leave alone.")
    set_by: ToOne = field(edges.set_by, description="Who said so; null for the customer themselves, or a source.")
    lifted_by: ToOne = field(edges.lifted_by, description="Who lifted it.")
