"""Words of responses."""

from enum import StrEnum

LONGEST_NOTE = 4_000
SATISFACTION = range(1, 6)


class ResponseKind(StrEnum):
    """What came back."""

    INTERESTED = "they want to hear more (有意向)"
    DECLINED = "they do not want it (拒绝)"
    REGISTERED = "they will come to the event (报名)"
    ATTENDED = "they came to the event (到场)"
    ABSENT = "they did not come to the event (缺席)"
    FEEDBACK = "they said how they liked it (反馈)"
    CONVERTED = "they took the offer (成交)"


OF_EVENTS = (ResponseKind.REGISTERED, ResponseKind.ATTENDED, ResponseKind.ABSENT)
