"""Reorganising: moving, merging and closing branches while the bank is open."""

import strawberry

from domain.branch.tables import branch
from domain.branch.tree import BranchTree
from resolvers.branch import commands
from resolvers.engine.edges import OutcomeRow
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(BranchTree)


@strawberry.input(description="Which branch to put where.")
class MoveBranchInput:
    """A place in the tree."""

    branch_id: strawberry.ID = strawberry.field(description="The branch; all below it go with it.")
    parent_id: strawberry.ID = strawberry.field(description="The branch above it from now on, of a higher level.")
    expected_version: int = strawberry.field(description="The version of the branch that the client read.")
    trees: list[BranchTree] = strawberry.field(
        description="In which hierarchies.", default_factory=lambda: list(BranchTree)
    )


@strawberry.input(description="Which branch to merge into which.")
class MergeBranchInput:
    """Two branches that become one."""

    branch_id: strawberry.ID = strawberry.field(
        description="The branch that closes; its customers, staff, roles and the branches below it go to the other."
    )
    into_id: strawberry.ID = strawberry.field(description="The branch that stays.")
    expected_version: int = strawberry.field(description="The version that the client read of the one that closes.")


@strawberry.input(description="Which branch to close.")
class CloseBranchInput:
    """A branch that nobody belongs to any more."""

    branch_id: strawberry.ID = strawberry.field(description="The branch: without customers, staff, roles or branches.")
    expected_version: int = strawberry.field(description="The version that the client read.")


mutation(
    "move_branch",
    commands.move,
    input=MoveBranchInput,
    shows={"branch": (OutcomeRow(branch, "branch"), "The branch where it stands now; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Move a branch with all below it. Who sees whom follows at once.",
)
mutation(
    "merge_branch",
    commands.merge,
    input=MergeBranchInput,
    shows={
        "branch": (OutcomeRow(branch, "branch"), "The branch that was closed; null where there are errors."),
        "into": (OutcomeRow(branch, "into"), "The branch that stays; null where there are errors."),
    },
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Merge a branch into another and close it. Who sees whom follows at once.",
)
mutation(
    "close_branch",
    commands.close,
    input=CloseBranchInput,
    shows={"branch": (OutcomeRow(branch, "branch"), "The branch, closed; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Close a branch that nobody belongs to any more.",
)
