"""Words of deliveries."""

from enum import StrEnum


class SourceBatchState(StrEnum):
    """How far a delivery has come."""

    STAGED = "its rows were read"
    VALIDATED = "its rows were checked, and agree with the source's own totals"
    COMMITTED = "its rows are in the graph, all of them"
    REFUSED = "none of its rows are in the graph"
