"""Policies by version, read from the database once."""

from collections import OrderedDict
from typing import Any

from authz.policy import Policy, policy_of
from domain.policy.repository import lines_of

MOST_KEPT = 8
NONE = policy_of(())
"""Where no version is in force nobody may see anything."""


class Policies:
    """A version keeps its lines, so what was read once is true for good."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Policy] = OrderedDict()

    async def of_version(self, connection: Any, version_id: int | None) -> Policy:
        """The policy of a version of the database's."""
        if version_id is None:
            return NONE
        policy = self._known.pop(version_id, None)
        if policy is None:
            policy = policy_of(await lines_of(connection, version_id))
        self._known[version_id] = policy
        if len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        return policy
