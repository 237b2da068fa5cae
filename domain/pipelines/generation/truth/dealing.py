"""What the bank and a block's persons have to do with each other, one thing after another."""

from dataclasses import dataclass

from domain.pipelines.generation.truth.consenting import consents
from domain.pipelines.generation.truth.contacts import Offered, interactions
from domain.pipelines.generation.truth.dealings import Dealings
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.tagging import tags
from domain.pipelines.generation.truth.tasks import tasks
from domain.pipelines.generation.truth.tickets import tickets


@dataclass(frozen=True, slots=True)
class Dealt:
    """What is on record, and what stood behind the answers to offers."""

    told: Dealings
    offered: Offered
    offered_numbers: list[str]


def dealt(persons: Persons) -> Dealt:
    """All of a block's persons."""
    said, allowed = consents(persons)
    opened, events, came = tickets(persons)
    planned = tasks(persons, opened, came)
    touched, offered = interactions(persons, allowed, opened, planned)
    numbers = [persons.known.numbers[place] for place in offered.person.tolist()]
    return Dealt(Dealings(tags(persons), said, opened, events, planned, touched), offered, numbers)
