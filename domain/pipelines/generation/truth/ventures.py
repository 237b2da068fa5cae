"""What stands behind loans, what changes in lives, what may be sold, and all that is around it: of one block."""

from domain.pipelines.generation.truth.around import Around, Shared, around
from domain.pipelines.generation.truth.campaigning import campaigned
from domain.pipelines.generation.truth.campaigns import Campaigns
from domain.pipelines.generation.truth.contacts import Offered
from domain.pipelines.generation.truth.dealing import Dealt
from domain.pipelines.generation.truth.milestones import life_events, silences
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.pledges import guarantees, homes
from domain.pipelines.generation.truth.prospecting import with_origins
from domain.pipelines.generation.truth.quoting import quotations
from domain.pipelines.generation.truth.selling import opportunities
from domain.pipelines.generation.truth.undertakings import Ventures


def ventures(persons: Persons, done: Dealt, shared: Shared, advertised: Campaigns) -> tuple[Ventures, Around, Offered]:
    """All of a block's persons; and what stood behind their answers to campaigns."""
    told = done.told
    answered = campaigned(persons, done.allowed, advertised)
    found, changes = opportunities(persons, told.interactions, answered)
    found, leads, referrals = with_origins(persons, done.allowed, found)
    quoted = quotations(persons, found, changes)
    quiet = silences(persons, told.consents)
    made = Ventures(guarantees(persons), homes(persons), life_events(persons), quiet, found, changes)
    rest = around(persons, shared, told, quiet, answered.told, leads, referrals, quoted)
    return made, rest, answered.asked
