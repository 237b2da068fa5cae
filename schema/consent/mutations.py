"""Keeping what customers said to what they were asked for."""

from datetime import datetime

import strawberry

from domain.consent.model import ConsentDecision, ConsentPurpose
from domain.consent.tables import consent
from domain.shared.channel import Channel
from resolvers.consent import commands
from resolvers.engine.edges import OutcomeRow
from schema.building import described
from schema.errors import InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(Channel)
described(ConsentDecision)
described(ConsentPurpose)


@strawberry.input(description="What a customer said.")
class RecordConsentInput:
    """A word for the ledger."""

    customer_id: strawberry.ID = strawberry.field(description="The customer.")
    purpose: ConsentPurpose = strawberry.field(description="What they were asked for.")
    decision: ConsentDecision = strawberry.field(description="What they said; WITHDRAWN only after GIVEN.")
    evidence: str = strawberry.field(description="What shows that they did: a form's number, a recording's.")
    channel: Channel | None = strawberry.field(
        description="In which channel; in any unless said.", default=strawberry.UNSET
    )
    decided_at: datetime | None = strawberry.field(
        description="When they said it; now unless said.", default=strawberry.UNSET
    )


mutation(
    "record_consent",
    commands.record,
    input=RecordConsentInput,
    shows={"consent": (OutcomeRow(consent, "consent"), "What is kept; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Keep what a customer said to what they were asked for.",
    bulk="record_consents",
)
