"""Custom attributes as clients see them."""

from datetime import date
from decimal import Decimal

from domain.attribute.model import AttributeState, AttributeType
from domain.customer.model import CustomerKind
from resolvers.attribute import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(AttributeState)
described(AttributeType)
described(CustomerKind)


@node(edges.rows, prefix="atd", description="What the bank wants to know of its customers, besides (自定义属性).")
class AttributeDefinition(Node):
    """An attribute that administrators made."""

    name: str = field(edges.name, description="Its name; ordered by pinyin.")
    meaning: str = field(description="What it says of a customer.")
    type: AttributeType = field(description="What its values are.")
    state: AttributeState = field(description="Whether it is in use.")
    unit: str | None = field(description="Unit of a number: 万元, 人, m².")
    choices: list[str] = field(description="What there is to choose from; empty for other types.")
    customer_kind: CustomerKind | None = field(description="Which customers may have it; null: all.")
    defined_by: ToOne = field(edges.defined_by, description="Who made it; null where it came from a source.")
    values: ToMany = field(edges.values, description="Customers' values of it, newest first.")


@node(
    edges.value_rows,
    prefix="cat",
    description="A customer's value of a custom attribute (自定义属性值): one of the value fields, as the type says.",
)
class CustomerAttribute(Node):
    """What a customer has."""

    type: AttributeType = field(description="Which of the fields holds the value.")
    text_value: str | None = field(description="The value of a TEXT.")
    number_value: Decimal | None = field(description="The value of a NUMBER, in the attribute's unit.")
    date_value: date | None = field(description="The value of a DATE.")
    boolean_value: bool | None = field(description="The value of a BOOLEAN.")
    choice_value: str | None = field(description="The value of a CHOICE, one of the attribute's choices.")
    definition: ToOne = field(edges.definition, description="The attribute.")
    customer: ToOne = field(edges.customer, description="Who has it.")
    set_by: ToOne = field(edges.set_by, description="Who set it last; null where the system or a source did.")
