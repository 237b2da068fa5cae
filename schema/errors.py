"""What a mutation answers where it could not be carried out: typed errors, one union of them per mutation."""

from datetime import date

import strawberry


@strawberry.interface(description="Why a mutation was not carried out. Nothing was changed.")
class MutationError:
    """What every error says."""

    message: str = strawberry.field(description="For the client's developer, in English.")
    path: list[str] = strawberry.field(description="Where in the arguments the fault lies, outermost first.")


@strawberry.type(description="An id in the input names nothing that the reader may see.")
class NotFound(MutationError):
    """What is out of reach is not told from what is not there."""


@strawberry.type(description="The row is visible, but the reader may not do this to it.")
class NotPermitted(MutationError):
    """Kept in the access log."""


@strawberry.type(description="A value in the input makes no sense there.")
class InvalidInput(MutationError):
    """The path says which."""


@strawberry.type(description="The row has changed since the client read it.")
class Conflict(MutationError):
    """Read again, decide anew."""

    current_version: int = strawberry.field(description="The version that the row has now.")


@strawberry.type(description="The reader has done this as often as they may on one business date.")
class QuotaExceeded(MutationError):
    """Kept in the access log."""

    quota: int = strawberry.field(description="How often they may.")
    business_date: date = strawberry.field(description="The bank's business date now; the quota is whole on the next.")


@strawberry.type(description="A customer of the bank has this certificate already.")
class DuplicateCustomer(MutationError):
    """Kept in the access log where they are out of reach."""

    existing_id: strawberry.ID | None = strawberry.field(
        description="Who has it, where the reader sees them: go on with them. Otherwise ask who answers for them."
    )


@strawberry.type(description="Something that belongs to it is still open.")
class StillOpen(MutationError):
    """Close it first."""

    open_ids: list[strawberry.ID] = strawberry.field(description="What of it the reader sees, at most 50.")


@strawberry.type(description="The idempotency key was used before, for another command or another input.")
class KeyReused(MutationError):
    """Every command has a key of its own."""


ERRORS = (
    NotFound,
    NotPermitted,
    InvalidInput,
    Conflict,
    DuplicateCustomer,
    KeyReused,
    QuotaExceeded,
    StillOpen,
)
