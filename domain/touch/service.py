"""Keeping attempts to reach customers, within the caller's transaction. The caller has made sure that who asks may."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.campaign.model import CampaignArm, CampaignState
from domain.command.model import Change, Outcome, Refusal, invalid_input
from domain.do_not_contact.contact import may_contact
from domain.do_not_contact.model import Barrier, ContactPurpose
from domain.shared.channel import Channel
from domain.touch.model import COUNTED, FATIGUE, MOST_TOUCHES, TouchState

RECORD = """
    INSERT INTO ketu.touch (campaign_id, customer_id, event_id, channel, state, staff_id, happened_at, content)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
"""
ARM = "SELECT arm FROM ketu.campaign_member WHERE campaign_id = $1 AND customer_id = $2"
LATELY = """
    SELECT count(*) FROM ketu.touch
    WHERE customer_id = $1 AND state = ANY($2) AND happened_at > $3 AND happened_at <= $4
"""
ONE_AT_A_TIME = "SELECT FROM ketu.customer WHERE id = $1 FOR NO KEY UPDATE"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is kept of one."""

    customer_id: int
    channel: Channel
    state: TouchState
    happened_at: datetime
    event_id: int | None = None
    content: str | None = None


async def record_touch(connection: Any, campaign: Any, attempt: Attempt, *, staff_id: int, now: datetime) -> Outcome:
    """Keep one that was made, or is to be made.

    raises  Refusal  where the customer is not to be reached: by their own word, for the campaign's sake, or for quiet's
    """
    if campaign["state"] != CampaignState.RUNNING.name:
        raise invalid_input("The campaign is not under way.", "input", "campaignId")
    is_plan = attempt.state is TouchState.PLANNED
    if not is_plan and attempt.happened_at > now:
        raise invalid_input("What has not been tried is PLANNED.", "input", "happenedAt")
    if attempt.state is not TouchState.SUPPRESSED:
        await _must_be_welcome(connection, campaign["id"], attempt)
    touch_id = await connection.fetchval(
        RECORD, campaign["id"], attempt.customer_id, attempt.event_id, attempt.channel.name, attempt.state.name,
        staff_id, attempt.happened_at, attempt.content,
    )  # fmt: skip
    return Outcome({"touch": touch_id}, [Change("touch", touch_id, "RECORDED", [attempt.customer_id])])


async def _must_be_welcome(connection: Any, campaign_id: int, attempt: Attempt) -> None:
    # Two attempts at once would not count each other.
    await connection.execute(ONE_AT_A_TIME, attempt.customer_id)
    arm = await connection.fetchval(ARM, campaign_id, attempt.customer_id)
    if arm is None:
        raise _unwelcome("They are not in the audience of the campaign.")
    if arm == CampaignArm.CONTROL.name:
        raise _unwelcome("They are in the control group: leave them alone, or nobody learns what the campaign does.")
    verdict = await may_contact(
        connection, attempt.customer_id, channel=attempt.channel, purpose=ContactPurpose.MARKETING
    )
    match verdict.barrier:
        case None:
            pass
        case Barrier.NO_CUSTOMER:
            raise _unwelcome("They have left the bank.")
        case Barrier.DO_NOT_CONTACT | Barrier.REFUSED:
            raise invalid_input("They do not want to be reached in this way.", "input", "channel")
        case Barrier.NOT_CONSENTED:
            raise invalid_input("They have not agreed to be offered products in this way.", "input", "channel")
    since = attempt.happened_at - FATIGUE
    counted = [state.name for state in COUNTED]
    lately = await connection.fetchval(LATELY, attempt.customer_id, counted, since, attempt.happened_at)
    if lately >= MOST_TOUCHES:
        message = f"They were reached {lately} times within {FATIGUE.days} days: {MOST_TOUCHES} are the most."
        raise _unwelcome(message)


def _unwelcome(message: str) -> Refusal:
    return invalid_input(message, "input", "customerId")
