"""Charts of what the bank offers and what comes of it: campaigns, attempts, answers, leads, opportunities."""

from collections.abc import Iterator

import numpy as np

from domain.alert.model import AlertKind, AlertState
from domain.campaign.model import CampaignArm
from domain.lead.model import LeadOrigin, LeadState
from domain.opportunity.model import OpportunityStage
from domain.pipelines.generation.portrait.charts import Chart
from domain.pipelines.generation.portrait.money import deciles
from domain.pipelines.generation.portrait.sight import Sight
from domain.pipelines.generation.truth.campaigns import Audience, Campaign
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.randomness import Ints
from domain.response.model import ResponseKind
from domain.shared.channel import Channel
from domain.touch.model import TouchState


def charts(sight: Sight) -> Iterator[Chart]:
    """One after another."""
    yield _campaigns(sight)
    yield _effects(sight)
    yield _touches(sight)
    yield _responses(sight)
    yield _leads(sight)
    yield _stages(sight)
    yield _alerts(sight)
    asked = [one.asked for one in sight.answers]
    yield deciles(
        "Answers a campaign, by decile of the true probability", np.concatenate([one.probability for one in asked]),
        np.concatenate([one.is_interested for one in asked]),
    )  # fmt: skip


def _column(sight: Sight, part: str, name: str) -> Ints:
    return np.concatenate([getattr(getattr(one.around.campaigned, part), name) for one in sight.facts])


def _shown(sight: Sight) -> list[tuple[Campaign, list[int]]]:
    """Campaigns of the head office that drew somebody; with them those that they were handed down as."""
    every = sight.world.campaigns.all
    return [
        (one, [at for at, other in enumerate(every) if at == place or other.parent == place])
        for place, one in enumerate(every)
        if one.parent == NOTHING and one.audience is not Audience.NOBODY
    ]


def _label(campaign: Campaign) -> str:
    """Its name without the season or the year."""
    name = campaign.name.split(" 年")[-1]
    return name[2:9] if name[1] == "季" else name


def _words(kind: type) -> list[str]:
    return [word.name.lower().replace("_", " ") for word in kind]  # pyright: ignore[reportGeneralTypeIssues]


def _campaigns(sight: Sight) -> Chart:
    shown = _shown(sight)
    members, touched, answered = (_column(sight, part, "campaign") for part in ("members", "touches", "responses"))
    reached = touched[_column(sight, "touches", "state") == code(TouchState.REACHED)]
    liked = answered[_column(sight, "responses", "kind") == code(ResponseKind.INTERESTED)]
    series = {
        name: [float(np.isin(campaign, places).sum()) for _, places in shown]
        for name, campaign in (("members", members), ("attempts that reached", reached), ("interested", liked))
    }
    return Chart("Campaigns", "bars", [_label(one) for one, _ in shown], series)


def _effects(sight: Sight) -> Chart:
    shown = [(one, places) for one, places in _shown(sight) if one.product is not None]
    campaign, customer, arm = (_column(sight, "members", name) for name in ("campaign", "customer", "arm"))
    sold = _column(sight, "responses", "kind") == code(ResponseKind.CONVERTED)
    keys = {
        *zip(
            _column(sight, "responses", "campaign")[sold].tolist(),
            _column(sight, "responses", "customer")[sold].tolist(), strict=True,
        )
    }  # fmt: skip
    took = np.array([key in keys for key in zip(campaign.tolist(), customer.tolist(), strict=True)], dtype=np.bool_)
    series = {
        word.name.lower(): [
            100 * float(took[np.isin(campaign, places) & (arm == code(word))].sum())
            / max(int((np.isin(campaign, places) & (arm == code(word))).sum()), 1)
            for _, places in shown
        ]
        for word in CampaignArm
    }  # fmt: skip
    return Chart(
        "Took what was offered, by arm", "bars", [_label(one) for one, _ in shown], series, "%",
        "What the target arm does beyond the control arm is what the campaign brought.",
    )  # fmt: skip


def _touches(sight: Sight) -> Chart:
    channel, state = _column(sight, "touches", "channel"), _column(sight, "touches", "state")
    used = [word for word in Channel if (channel == code(word)).any()]
    series = {
        name: [100 * float((state[channel == code(word)] == code(one)).mean()) for word in used]
        for name, one in zip(_words(TouchState), TouchState, strict=True)
        if (state == code(one)).any()
    }
    return Chart("Attempts to reach somebody", "stacked", [word.name.lower() for word in used], series, "%")


def _responses(sight: Sight) -> Chart:
    kind = _column(sight, "responses", "kind")
    counts = np.bincount(kind, minlength=len(ResponseKind)).tolist()
    return Chart("Responses", "bars", _words(ResponseKind), {"responses": counts})


def _leads(sight: Sight) -> Chart:
    origin, state = (
        np.concatenate([getattr(one.around.leads, name) for one in sight.facts]) for name in ("origin", "state")
    )
    series = {
        name: [float(((origin == code(word)) & (state == code(one))).sum()) for word in LeadOrigin]
        for name, one in zip(_words(LeadState), LeadState, strict=True)
    }
    return Chart("Leads by origin", "stacked", _words(LeadOrigin), series)


def _stages(sight: Sight) -> Chart:
    found = [one.ventures.opportunities for one in sight.facts]
    stage, lead, referral, campaign = (
        np.concatenate([getattr(one, name) for one in found]) for name in ("stage", "lead", "referral", "campaign")
    )
    came = {
        "campaign": campaign != NOTHING,
        "lead": (lead != NOTHING) & (campaign == NOTHING),
        "referral": referral != NOTHING,
    }
    came["own"] = ~np.logical_or.reduce(list(came.values()))
    series = {
        name: [float((some & (stage == code(word))).sum()) for word in OpportunityStage] for name, some in came.items()
    }
    return Chart("Opportunities by stage, and where they came from", "stacked", _words(OpportunityStage), series)


def _alerts(sight: Sight) -> Chart:
    kind, state = (
        np.concatenate([getattr(one.around.alerts, name) for one in sight.facts]) for name in ("kind", "state")
    )
    used = [word for word in AlertKind if (kind == code(word)).any()]
    series = {
        name: [float(((kind == code(word)) & (state == code(one))).sum()) for word in used]
        for name, one in zip(_words(AlertState), AlertState, strict=True)
        if (state == code(one)).any()
    }
    return Chart("Alerts of the last weeks", "stacked", [word.name.lower().replace("_", " ") for word in used], series)
