"""Words of surveys."""

from enum import StrEnum

LONGEST_TEXT = 4_000
SCORES = range(1, 6)


class SurveyKind(StrEnum):
    """What customers are asked for."""

    SATISFACTION = "how they liked what the bank did (满意度调查)"
    CALL_BACK = "whether what was done is what they wanted (回访)"
    NEEDS = "what they want (需求调研)"


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCORE = "from 1 to 5 (评分)"
    YES_NO = "by 1, yes, or 0, no (是否)"
    TEXT = "in words (文字)"
