"""Segments as clients see them."""

from datetime import date
from decimal import Decimal

from domain.segment.model import SegmentKind, SegmentState
from resolvers.segment import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(SegmentKind)
described(SegmentState)


@node(edges.rows, prefix="seg", description="A definition that selects customers (客群).")
class Segment(Node):
    """Some customers."""

    name: str = field(edges.name, description="Name; ordered by pinyin.")
    meaning: str = field(description="Who is meant.")
    kind: SegmentKind = field(description="How it is decided who is in it.")
    state: SegmentState = field(description="Whether it is in use.")
    definition: str | None = field(description="The rule, or how clusters are made, as a JSON object; null for lists.")
    owner: ToOne = field(edges.owner, description="Who answers for it.")
    members: ToMany = field(edges.members, description="Who is in it by the published run, those who came last first.")


@node(
    edges.membership_rows,
    prefix="sme",
    description="That a customer is in a segment (客群成员), by the run that is published. Its id is that of the "
    "run's row: the next run brings others.",
)
class SegmentMembership(Node):
    """A place in a segment."""

    since_on: date = field(description="Business date since which they are in it without a break.")
    fit_ratio: Decimal | None = field(description="How well they fit, 0 to 1, where they are in it by likeness.")
    segment: ToOne = field(edges.own_segment, description="The segment.")
    customer: ToOne = field(edges.customer, description="The customer.")
    run: ToOne = field(edges.run, description="The run that found it.")
