"""What the bank and a block's persons have to do with each other, one thing after another."""

from dataclasses import dataclass

from domain.pipelines.generation.truth.consenting import Allowed, consents
from domain.pipelines.generation.truth.contacts import Offered, interactions
from domain.pipelines.generation.truth.dealings import Dealings
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.tagging import tags
from domain.pipelines.generation.truth.tasks import tasks
from domain.pipelines.generation.truth.tickets import tickets


@dataclass(frozen=True, slots=True)
class Dealt:
    """What is on record, what may be offered to whom, and what stood behind the answers to offers."""

    told: Dealings
    allowed: Allowed
    offered: Offered


@dataclass(frozen=True, slots=True)
class Answers:
    """What stood behind the answers to managers' offers and to campaigns; and by which numbers records name them."""

    offered: Offered
    offered_numbers: list[str]
    asked: Offered
    asked_numbers: list[str]

    @classmethod
    def of(cls, persons: Persons, offered: Offered, asked: Offered) -> "Answers":
        """Those of a block's persons."""
        numbers = persons.known.numbers
        named = [[numbers[place] for place in one.person.tolist()] for one in (offered, asked)]
        return cls(offered, named[0], asked, named[1])


def dealt(persons: Persons) -> Dealt:
    """All of a block's persons."""
    said, allowed = consents(persons)
    opened, events, came = tickets(persons)
    planned = tasks(persons, opened, came)
    touched, offered = interactions(persons, allowed, opened, planned)
    return Dealt(Dealings(tags(persons), said, opened, events, planned, touched), allowed, offered)
