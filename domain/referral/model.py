"""Words of referrals."""

from enum import StrEnum


class ReferralState(StrEnum):
    """What became of one."""

    OPEN = "waits for an answer (待受理)"
    ACCEPTED = "somebody takes care of it (已受理)"
    DECLINED = "nobody does (已退回)"
    CONVERTED = "an opportunity came of it (已转商机)"
