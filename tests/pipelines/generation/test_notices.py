"""What staff are told: by whom it may be, to whom it is addressed, read only by those."""

import numpy as np

from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.moments import at
from domain.pipelines.generation.truth.notices import notices, readings
from domain.pipelines.generation.truth.world import World
from domain.staff.model import StaffPost, StaffState
from tests.pipelines.generation.test_dealings import ancestors


def test_announcements_come_from_who_may_publish_and_in_order(world: World):
    told, bank = notices(world.plan, world.organisation), world.organisation
    assert len(told) > 20
    moments = [one.published_at for one in told]
    assert moments == sorted(moments)
    assert moments[-1] <= at(np.array([world.plan.history.last]), 18)[0]
    for one in told:
        if one.published_by != NOTHING:
            author = bank.staff[one.published_by]
            assert author.post in (StaffPost.ADMINISTRATOR, StaffPost.REGIONAL_MANAGER, StaffPost.BRANCH_MANAGER)
            assert author.office == one.office
        assert one.expires_on == NOTHING or at(np.array([one.expires_on]), 24)[0] > one.published_at


def test_only_those_addressed_have_read_and_most_have(world: World):
    bank = world.organisation
    told = notices(world.plan, bank)
    read = readings(world.plan, bank, told)
    assert len({(one.notice, one.staff) for one in read}) == len(read)
    for one in read:
        notice, member = told[one.notice], bank.staff[one.staff]
        assert member.state is StaffState.ACTIVE
        assert notice.office in ancestors(world, member.office)
        assert notice.post in (None, member.post)
        assert one.read_at > notice.published_at
        assert notice.withdrawn_at == NOTHING or one.read_at <= notice.withdrawn_at
    everybody = sum(member.state is StaffState.ACTIVE for member in bank.staff)
    first = [one for one in read if one.notice == 0]
    assert 0.6 < len(first) / everybody < 1
