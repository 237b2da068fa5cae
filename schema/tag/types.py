"""Tags as clients see them."""

from resolvers.tag import edges
from schema.node import Node, ToMany, ToOne, field, node


@node(edges.rows, prefix="tag", description="A word for customers that the bank has agreed on (标签).")
class Tag(Node):
    """An entry of the vocabulary."""

    name: str = field(edges.name, description="The word; ordered by pinyin.")
    meaning: str = field(description="Whom it is for.")
    is_active: bool = field(description="Whether it may still be given.")
    customer_tags: ToMany = field(edges.customer_tags, description="Who has it, newest first.")
    care_plans: ToMany = field(edges.care_plans, description="How those who have it are cared for, the latest first.")


@node(edges.customer_tag_rows, prefix="cta", description="That a customer has a tag (客户标签).")
class CustomerTag(Node):
    """One of a customer's tags."""

    tag: ToOne = field(edges.tag, description="The tag.")
    customer: ToOne = field(edges.customer, description="Who has it.")
    tagged_by: ToOne = field(edges.tagged_by, description="Who gave it to them; null where the system did.")
