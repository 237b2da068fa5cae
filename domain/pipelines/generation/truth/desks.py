"""Who at the bank deals with customers, and when: tellers, leaders, agents, as arrays by outlet."""

from dataclasses import dataclass

import numpy as np

from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.hours import WorkingTime
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.randomness import Chance, Ints
from domain.staff.model import StaffPost, StaffState

HEAD_OFFICE = 0


@dataclass(frozen=True, slots=True)
class Desks:
    """Places in the staff, arrays (outlets,) and NOTHING where nobody is; those of the head office are for all.

    office  place of the outlet among the offices; `provinces` begin the codes of the divisions there
    leaders (3, outlets): of the outlet, of the city, of the province
    tellers (outlets, most): in turn, as often as needed to fill a row
    """

    office: Ints
    leaders: Ints
    field: Ints
    tellers: Ints
    agents: Ints
    steward: int
    provinces: Ints
    hours: WorkingTime

    def teller(self, chance: Chance, outlet: Ints) -> Ints:
        """Some teller of each outlet."""
        return self.tellers[outlet, chance.integers(0, self.tellers.shape[1], len(outlet))]

    def agent(self, chance: Chance, count: int) -> Ints:
        """Some agents of the call centre."""
        return self.agents[chance.integers(0, len(self.agents), count)]


def desks(plan: Plan, bank: Organisation) -> Desks:
    """Those of a bank."""
    by_office: dict[tuple[int, StaffPost], list[int]] = {}
    for place, member in enumerate(bank.staff):
        if member.state is StaffState.ACTIVE:
            by_office.setdefault((member.office, member.post), []).append(place)

    def one(office: int, post: StaffPost) -> int:
        return by_office.get((office, post), [NOTHING])[0]

    above = [bank.offices[outlet.office].parent or HEAD_OFFICE for outlet in bank.outlets]
    leaders = (
        [one(outlet.office, StaffPost.BRANCH_MANAGER) for outlet in bank.outlets],
        [one(city, StaffPost.REGIONAL_MANAGER) for city in above],
        [one(bank.offices[city].parent or HEAD_OFFICE, StaffPost.REGIONAL_MANAGER) for city in above],
    )
    served = [by_office[outlet.office, StaffPost.TELLER] for outlet in bank.outlets]
    most = max(map(len, served))
    return Desks(
        office=np.array([outlet.office for outlet in bank.outlets]),
        leaders=np.array(leaders),
        field=np.array([one(outlet.office, StaffPost.FIELD_MANAGER) for outlet in bank.outlets]),
        tellers=np.array([[hired[place % len(hired)] for place in range(most)] for hired in served]),
        agents=np.array(by_office[HEAD_OFFICE, StaffPost.SERVICE_AGENT]),
        steward=one(HEAD_OFFICE, StaffPost.DATA_STEWARD),
        provinces=np.array([int(outlet.city.code[:2]) for outlet in bank.outlets]),
        hours=WorkingTime.of(plan, bank.offices),
    )
