"""What the bank asks its customers in surveys, and what they answer."""

from dataclasses import dataclass

import numpy as np

from domain.consent.model import ConsentDecision, ConsentPurpose
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import together
from domain.pipelines.generation.truth.days import NEVER, day_in_month
from domain.pipelines.generation.truth.dealings import Consents, Tickets
from domain.pipelines.generation.truth.families import NOBODY
from domain.pipelines.generation.truth.keeping import SurveyAnswers, SurveyResponses
from domain.pipelines.generation.truth.moments import DAY, HOUR, at, between, day_of, in_hours
from domain.pipelines.generation.truth.occasions import CARD_LOST
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.randomness import Chance, Ints
from domain.shared.channel import Channel
from domain.survey.model import QuestionKind, SurveyKind

COUNTER, PHONE, VISIT, WEB, MOBILE, MESSAGE, MAIL = map(code, Channel)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the bank asks; days, `ends_on` NOTHING where it goes on."""

    title: str
    kind: SurveyKind
    starts_on: int
    ends_on: int
    questions: tuple[tuple[QuestionKind, str], ...]


SATISFACTION, CALL_BACK, NEEDS = range(3)
"""Places of the surveys."""
FIRST_QUESTION = (0, 3, 5)
TOLD = ("处理很快。", "工作人员很耐心。", "希望能一次办完。", "等得太久。", "请彻底解决。")
CALLED_BACK, ANSWERED_NEEDS = 0.5, 0.5


def surveys(plan: Plan) -> tuple[Survey, ...]:
    """Those of the bank."""
    history = plan.history
    begins, ends = day_in_month(history.months[[4, 5]], np.array([1, 31])).tolist()
    score, yes_no, text = QuestionKind.SCORE, QuestionKind.YES_NO, QuestionKind.TEXT
    return (
        Survey(
            "工单满意度调查", SurveyKind.SATISFACTION, history.first, NOTHING,
            ((score, "您对处理速度满意吗"), (score, "您对工作人员的态度满意吗"), (text, "您还有什么建议")),
        ),
        Survey(
            "挂失业务回访", SurveyKind.CALL_BACK, history.first, NOTHING,
            ((yes_no, "新卡是否已收到"), (text, "是否还需要其他帮助")),
        ),
        Survey(
            "客户需求调研", SurveyKind.NEEDS, begins, ends,
            ((yes_no, "您是否有子女教育储蓄的打算"), (yes_no, "您一年内是否有购房打算")),
        ),
    )  # fmt: skip


def survey_responses(
    persons: Persons, asked: tuple[Survey, ...], opened: Tickets, said: Consents
) -> tuple[SurveyResponses, SurveyAnswers]:
    """Of a block's persons: those who said how they liked an answer, who were called back, who allowed surveys."""
    chance = persons.chance("surveys")
    now = int(at(np.array([persons.plan.history.last]), 18)[0])
    parts: list[SurveyResponses] = []
    answers: list[SurveyAnswers] = []
    begin = 0
    for responses, told in (
        _of_tickets(persons, chance, opened, now), _called_back(persons, chance, opened, now),
        _of_needs(persons, chance, asked[NEEDS], said),
    ):  # fmt: skip
        parts.append(responses)
        told.survey_response[:] += begin
        answers.append(told)
        begin += len(responses.customer)
    return together(SurveyResponses, parts), together(SurveyAnswers, answers)


def _of_tickets(persons: Persons, chance: Chance, opened: Tickets, now: int) -> tuple[SurveyResponses, SurveyAnswers]:
    rows = np.flatnonzero((opened.satisfaction != NOTHING) & (opened.closed_at != NOTHING))
    count = len(rows)
    channel = np.array([PHONE, MESSAGE, MOBILE])[chance.integers(0, 3, count)]
    moment = np.minimum(in_hours(opened.closed_at[rows] + chance.integers(HOUR, 2 * DAY, count)), now)
    score = opened.satisfaction[rows]
    agent = persons.desks.agent(chance, count)
    text = np.where(score >= 4, chance.integers(0, 2, count), chance.integers(2, len(TOLD), count))
    says = np.flatnonzero(chance.random(count) < 0.25)
    made = SurveyResponses(
        np.full(count, SATISFACTION), opened.customer[rows], rows, np.where(channel == PHONE, agent, NOTHING), channel,
        moment, score, [None] * count,
    )  # fmt: skip
    near = np.clip(score[:, None] + chance.integers(-1, 2, (count, 2)), 1, 5)
    everybody = np.arange(count)
    none: list[str | None] = [None] * count
    texts: list[str | None] = [TOLD[text[at_]] for at_ in says.tolist()]
    return made, _answers([
        (everybody, FIRST_QUESTION[SATISFACTION], near[:, 0], none),
        (everybody, FIRST_QUESTION[SATISFACTION] + 1, near[:, 1], none),
        (says, FIRST_QUESTION[SATISFACTION] + 2, np.full(len(says), NOTHING), texts),
    ])  # fmt: skip


def _called_back(persons: Persons, chance: Chance, opened: Tickets, now: int) -> tuple[SurveyResponses, SurveyAnswers]:
    lost = np.array([one == CARD_LOST.text for one in opened.subjects], dtype=np.bool_)
    rows = np.flatnonzero(lost & (opened.closed_at != NOTHING) & (opened.closed_at < now - 8 * DAY))
    rows = rows[chance.random(len(rows)) < CALLED_BACK]
    count = len(rows)
    moment = in_hours(opened.closed_at[rows] + chance.integers(3 * DAY, 7 * DAY, count))
    has_it = (chance.random(count) < 0.93).astype(np.int64)
    made = SurveyResponses(
        np.full(count, CALL_BACK), opened.customer[rows], rows, persons.desks.agent(chance, count),
        np.full(count, PHONE), moment, np.full(count, NOTHING),
        ["新卡未到，已催。" if not one else None for one in has_it.tolist()],
    )  # fmt: skip
    return made, _answers([(np.arange(count), FIRST_QUESTION[CALL_BACK], has_it, [None] * count)])


def _of_needs(persons: Persons, chance: Chance, asked: Survey, said: Consents) -> tuple[SurveyResponses, SurveyAnswers]:
    allows = (said.purpose == code(ConsentPurpose.SURVEY)) & (said.decision == code(ConsentDecision.GIVEN))
    row = np.unique(said.customer[allows & (day_of(said.decided_at) < asked.starts_on)] - persons.first)
    left = persons.bonds.left_on[row]
    row = row[((left == NEVER) | (left > asked.ends_on)) & (chance.random(len(row)) < ANSWERED_NEEDS)]
    count = len(row)
    day = asked.starts_on + chance.integers(0, asked.ends_on - asked.starts_on, count)
    who = persons.who
    parents = np.zeros(len(persons), dtype=np.bool_)
    for side in (who.father, who.mother):
        parents[side[(side != NOBODY) & (who.age < 18)]] = True
    saves = np.where(parents[row], chance.random(count) < 0.6, chance.random(count) < 0.05).astype(np.int64)
    age = who.age[row]
    moves = (chance.random(count) < np.where((age >= 25) & (age < 42), 0.16, 0.03)).astype(np.int64)
    made = SurveyResponses(
        np.full(count, NEEDS), row + persons.first, np.full(count, NOTHING), np.full(count, NOTHING),
        np.full(count, MESSAGE), between(chance, day, 10, 21), np.full(count, NOTHING), [None] * count,
    )  # fmt: skip
    none: list[str | None] = [None] * count
    everybody = np.arange(count)
    return made, _answers([
        (everybody, FIRST_QUESTION[NEEDS], saves, none), (everybody, FIRST_QUESTION[NEEDS] + 1, moves, none),
    ])  # fmt: skip


def _answers(parts: list[tuple[Ints, int, Ints, list[str | None]]]) -> SurveyAnswers:
    response = np.concatenate([part[0] for part in parts])
    question = np.repeat([part[1] for part in parts], [len(part[0]) for part in parts])
    score = np.concatenate([part[2] for part in parts])
    texts = [text for part in parts for text in part[3]]
    order = np.lexsort((question, response))
    return SurveyAnswers(response[order], question[order], score[order], [texts[at_] for at_ in order.tolist()])
