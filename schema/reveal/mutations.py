"""Showing one sealed value in full."""

from datetime import datetime

import strawberry

from domain.reveal.model import LONGEST_REFERENCE, VISIBLE, RevealReason
from resolvers.engine.edges import OfOutcome
from resolvers.reveal import commands
from resolvers.reveal.fields import FIELDS
from schema.building import OutputField, described, enum_type
from schema.errors import InvalidInput, NotFound, NotPermitted, QuotaExceeded
from schema.mutation import mutation

described(RevealReason)

RevealField = enum_type(
    "RevealField",
    "A value that is shown masked, and in full by `reveal` alone.",
    {
        name: f"{rows.table.name.replace('_', ' ').capitalize()}: the whole {identifier.name.replace('_', ' ')}; "
        f"takes `{identifier.reveal}`."
        for name, (rows, identifier) in FIELDS.items()
    },
)


@strawberry.input(description="Which value to show, and what for.")
class RevealInput:
    """One value, one purpose."""

    id: strawberry.ID = strawberry.field(description="The row, within the reader's own reach.")
    field: RevealField = strawberry.field(description="The value, of a row of that type.")  # pyright: ignore[reportInvalidTypeForm]
    reason: RevealReason = strawberry.field(description="What it is needed for; kept in the access log.")
    reference: str = strawberry.field(
        description="What it is about: the number of the ticket or task, or a few words; kept in the access log, so "
        f"nobody's data belongs into it. {LONGEST_REFERENCE} characters at most."
    )


mutation(
    "reveal",
    commands.reveal,
    input=RevealInput,
    shows={
        "value": OutputField(
            str | None,
            "The whole value as it was stored; null where there are errors. Keep it nowhere.",
            declaration=OfOutcome("value"),
        ),
        "visibleUntil": OutputField(
            datetime | None,
            f"When to take it off the screen again, {VISIBLE.seconds} seconds from now; null where there are errors.",
            declaration=OfOutcome("visibleUntil"),
        ),
        "remainingCount": OutputField(
            int | None,
            "How many more values the reader may reveal on this business date; null where there are errors.",
            declaration=OfOutcome("remainingCount"),
        ),
    },
    errors=(NotFound, NotPermitted, InvalidInput, QuotaExceeded),
    description="Show one value in full that is masked otherwise. Each time is an entry of the access log and counts "
    "against the reader's quota; there is nothing to try out or to repeat.",
    only_tells=True,
)
