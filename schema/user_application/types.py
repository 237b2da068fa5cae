"""Applications for users as clients see them."""

from datetime import date, datetime

from domain.user_application.model import UserApplicationKind, UserApplicationState
from resolvers.user_application import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(UserApplicationKind)
described(UserApplicationState)


@node(
    edges.rows,
    prefix="uap",
    description="Asks that a member of staff becomes a user, or that their roles change (用户申请).",
)
class UserApplication(Node):
    """The way to a role: applied for, approved by a second person, trained, in effect."""

    kind: UserApplicationKind = field(description="What is applied for.")
    state: UserApplicationState = field(description="How far it has come.")
    username: str = field(description="The name to sign in with.")
    adds: list[str] = field(description="Roles that come, each as `role@branch number`.")
    removes: list[str] = field(description="Roles that go, each as `role@branch number`.")
    reason: str = field(description="Why.")
    decided_at: datetime | None = field(description="When it was approved or refused.")
    trained_on: date | None = field(description="Business date of the training.")
    activated_at: datetime | None = field(description="When it came into effect.")
    staff: ToOne = field(edges.member, description="Whom it is for.")
    applied_by: ToOne = field(edges.applicant, description="Who applied.")
    decided_by: ToOne = field(edges.decided_by, description="The second person, who approved or refused it.")
    training_confirmed_by: ToOne = field(edges.training_confirmed_by, description="Who confirmed the training.")
    activated_by: ToOne = field(edges.activated_by, description="Who put it into effect.")
