"""Words of the policy, described to clients."""

from domain.policy.model import PolicyLineKind, PolicyState, Reach
from schema.building import described

__all__ = ["PolicyLineKind", "PolicyState", "Reach"]

described(PolicyLineKind)
described(PolicyState)
described(
    Reach,
    {
        "OWN": "The customers whom the reader manages, as primary or backup manager, and those granted to them.",
        "BRANCH": "Those, and all of the branch in which the role is held.",
        "SUBTREE": "Those, and all of the branches below it in the coverage tree.",
        "BANK": "The whole bank.",
    },
)
