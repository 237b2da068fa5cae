"""Looking at alerts, seeing to them, wanting no more of them."""

import strawberry

from domain.alert.tables import alert, alert_preference
from resolvers.alert import commands
from resolvers.engine.edges import OutcomeRow
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

SHOWN = "The alert as it is now; null where there are errors."
SHOWS = {"alert": (OutcomeRow(alert, "alert"), SHOWN)}
VERSION = "Its `version` as the client read it."


@strawberry.input(description="An alert in the reader's own inbox that they have looked at.")
class AcknowledgeAlertInput:
    """Which one."""

    id: strawberry.ID = strawberry.field(description="The alert.")


@strawberry.input(description="An alert that was seen to.")
class CompleteAlertInput:
    """What came of it."""

    id: strawberry.ID = strawberry.field(description="The alert.")
    expected_version: int = strawberry.field(description=VERSION)
    result: str | None = strawberry.field(description="What came of it.", default=strawberry.UNSET)


@strawberry.input(description="An alert in the reader's own inbox of which they want no more.")
class StopAlertInput:
    """Which one, or all of its rule."""

    id: strawberry.ID = strawberry.field(description="The alert.")
    expected_version: int = strawberry.field(description=VERSION)
    stops_rule: bool = strawberry.field(description="Whether they want no alerts of its rule any more.", default=False)


@strawberry.input(description="How the reader wants the alerts of a rule from here on.")
class SetAlertPreferenceInput:
    """All of it: what is not said is as the rule says."""

    rule_id: strawberry.ID = strawberry.field(description="The rule.")
    is_stopped: bool = strawberry.field(description="Whether they want none; false: they go on.", default=False)
    lead_days: int | None = strawberry.field(
        description="Days ahead, 0 to 366; as the rule says unless said.", default=strawberry.UNSET
    )
    repeat_days: int | None = strawberry.field(
        description="Days between repetitions, 1 to 366; as the rule says unless said.", default=strawberry.UNSET
    )


mutation(
    "acknowledge_alert",
    commands.acknowledge,
    input=AcknowledgeAlertInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Say that one has looked at an alert. Nothing changes where one had.",
)
mutation(
    "complete_alert",
    commands.complete,
    input=CompleteAlertInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Say that an alert was seen to.",
)
mutation(
    "stop_alert",
    commands.stop,
    input=StopAlertInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Want no more of an alert: it is not raised again for the reader.",
)
mutation(
    "set_alert_preference",
    commands.prefer,
    input=SetAlertPreferenceInput,
    shows={
        "alertPreference": (
            OutcomeRow(alert_preference, "alertPreference"),
            "What the reader wants now; null where there are errors.",
        )
    },
    errors=(NotFound, InvalidInput),
    description="Say how far ahead and how often the reader wants the alerts of a rule, or that they want none.",
)
