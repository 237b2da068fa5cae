"""When the system alerts staff, and how some of them want it."""

from dataclasses import dataclass

from domain.alert.model import AlertKind, AlertRecipient
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.randomness import stream
from domain.shared.priority import Priority

ASLEEP_AFTER = 181
BIRTHDAY_WORTH = 300_000


@dataclass(frozen=True, slots=True)
class AlertRule:
    """When somebody is alerted, and who; `threshold` in CNY."""

    number: str
    name: str
    kind: AlertKind
    recipient: AlertRecipient
    priority: Priority
    threshold: int | None = None
    threshold_count: int | None = None
    window_days: int | None = None
    lead_days: int = 0
    repeat_days: int | None = None
    escalate_after_days: int | None = None


MANAGER = AlertRecipient.PRIMARY_MANAGER
LARGE = AlertRule(
    "AR01", "单笔大额支取", AlertKind.LARGE_WITHDRAWAL, MANAGER, Priority.URGENT, 100_000, window_days=1,
    escalate_after_days=2,
)  # fmt: skip
MATURITY = AlertRule(
    "AR02", "定期存款到期", AlertKind.MATURITY, MANAGER, Priority.HIGH, 50_000, lead_days=7, repeat_days=3
)
OVERDUE = AlertRule(
    "AR03", "贷款逾期", AlertKind.OVERDUE, AlertRecipient.BRANCH_MANAGER, Priority.URGENT, window_days=5, repeat_days=7,
    escalate_after_days=10,
)  # fmt: skip
DORMANT = AlertRule("AR04", "账户长期不动", AlertKind.DORMANT, MANAGER, Priority.LOW, window_days=ASLEEP_AFTER)
BIRTHDAY = AlertRule("AR05", "客户生日", AlertKind.BIRTHDAY, MANAGER, Priority.NORMAL, BIRTHDAY_WORTH, lead_days=3)
TASK_DUE = AlertRule("AR06", "任务到期", AlertKind.TASK_DUE, AlertRecipient.ASSIGNEE, Priority.NORMAL, lead_days=1)
TICKET_DUE = AlertRule(
    "AR07", "工单超时", AlertKind.TICKET_DUE, AlertRecipient.ASSIGNEE, Priority.HIGH, escalate_after_days=1
)
SMALL = AlertRule(
    "AR08", "频繁小额支取", AlertKind.MANY_SMALL_WITHDRAWALS, MANAGER, Priority.NORMAL, 5_000, 10, 7, repeat_days=7
)
TIER = AlertRule("AR09", "客户等级变动", AlertKind.TIER_CHANGE, MANAGER, Priority.NORMAL, 500_000)
"""To or from a tier that asks for so much."""
RULES = (LARGE, MATURITY, OVERDUE, DORMANT, BIRTHDAY, TASK_DUE, TICKET_DUE, SMALL, TIER)


@dataclass(frozen=True, slots=True)
class Preference:
    """How somebody wants a rule's alerts: places in the staff and among the rules."""

    staff: int
    rule: int
    is_stopped: bool
    lead_days: int | None


def preferences(plan: Plan, bank: Organisation) -> list[Preference]:
    """Of some managers; others take what comes."""
    chance = stream(plan.seed, "alert preferences")
    made: list[Preference] = []
    for outlet in bank.outlets:
        for member in outlet.managers:
            if chance.random() < 0.2:
                made.append(Preference(member, RULES.index(BIRTHDAY), False, int(chance.integers(5, 10))))
            if chance.random() < 0.15:
                made.append(Preference(member, RULES.index(DORMANT), True, None))
            if chance.random() < 0.1:
                made.append(Preference(member, RULES.index(MATURITY), False, 14))
    return made
