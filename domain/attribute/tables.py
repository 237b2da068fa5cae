"""Custom attributes: what a bank wants to know of its customers beyond what the product has fields for."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.attribute.model import AttributeState, AttributeType
from domain.customer.model import CustomerKind
from domain.shared.columns import SCHEMA, SortKey, c1, c2, choice, from_source, metadata, node, reference

Number = sa.Numeric(24, 6)
IN_ITS_COLUMN = """
    (type = 'TEXT') = (text_value IS NOT NULL) AND (type = 'NUMBER') = (number_value IS NOT NULL)
    AND (type = 'DATE') = (date_value IS NOT NULL) AND (type = 'BOOLEAN') = (boolean_value IS NOT NULL)
    AND (type = 'CHOICE') = (choice_value IS NOT NULL)
"""

attribute_definition = sa.Table(
    "attribute_definition",
    metadata,
    *node(),
    c1("name", sa.Text, unique=True),
    c1("name_sort_key", SortKey),
    c1("meaning", sa.Text),
    choice("type", AttributeType),
    choice("state", AttributeState),
    c1("unit", sa.Text, nullable=True),
    c1("choices", postgresql.ARRAY(sa.Text)),
    # Null: both.
    choice("customer_kind", CustomerKind, nullable=True),
    # Nobody: it came from a source.
    reference("defined_by_id", "staff", nullable=True),
    from_source(),
    sa.UniqueConstraint("id", "type"),
    sa.CheckConstraint("(type = 'CHOICE') = (cardinality(choices) > 0)", name="choices"),
    sa.CheckConstraint("unit IS NULL OR type = 'NUMBER'", name="unit"),
    sa.Index(None, "defined_by_id"),
)

customer_attribute = sa.Table(
    "customer_attribute",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    reference("attribute_definition_id", "attribute_definition"),
    # That of the definition, so that the database can tell which of the values there has to be.
    choice("type", AttributeType),
    c2("text_value", sa.Text, nullable=True),
    c2("number_value", Number, nullable=True),
    c2("date_value", sa.Date, nullable=True),
    c2("boolean_value", sa.Boolean, nullable=True),
    c2("choice_value", sa.Text, nullable=True),
    # Nobody: the system, or a source.
    reference("set_by_id", "staff", nullable=True),
    from_source(),
    sa.ForeignKeyConstraint(
        ["attribute_definition_id", "type"],
        [f"{SCHEMA}.attribute_definition.id", f"{SCHEMA}.attribute_definition.type"],
        name="customer_attribute_type_fkey",
    ),
    sa.CheckConstraint(" ".join(IN_ITS_COLUMN.split()), name="value"),
    sa.UniqueConstraint("customer_id", "attribute_definition_id"),
    sa.Index(None, "attribute_definition_id"),
    sa.Index(None, "set_by_id"),
)
