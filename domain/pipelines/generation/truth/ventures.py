"""What stands behind loans, what changes in lives, and what may be sold: all of one block."""

from domain.pipelines.generation.truth.dealings import Dealings
from domain.pipelines.generation.truth.milestones import life_events, silences
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.pledges import guarantees, homes
from domain.pipelines.generation.truth.selling import opportunities
from domain.pipelines.generation.truth.undertakings import Ventures


def ventures(persons: Persons, told: Dealings) -> Ventures:
    """All of a block's persons."""
    found, changes = opportunities(persons, told.interactions)
    return Ventures(
        guarantees(persons), homes(persons), life_events(persons), silences(persons, told.consents), found, changes
    )
