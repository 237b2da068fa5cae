"""How a bank of some size is cut into blocks, each of which can be made alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.pipelines.generation.truth.days import FIRST_AS_OF, LAST_AS_OF, History

BLOCK_PERSONS = 10_000
BLOCK_FIRMS = 2_000
PERSONS_PER_FIRM = 65
FEWEST_CUSTOMERS, MOST_CUSTOMERS = 50, 5_000_000


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive customers: firms or persons. `first` is the ordinal, from 0, of the first in the whole bank."""

    number: int
    is_of_firms: bool
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for. Equal plans make equal banks."""

    customers: int
    seed: int
    as_of: date

    def __post_init__(self) -> None:
        if not FEWEST_CUSTOMERS <= self.customers <= MOST_CUSTOMERS:
            raise ValueError(f"a bank has {FEWEST_CUSTOMERS:,} to {MOST_CUSTOMERS:,} customers")
        if not FIRST_AS_OF <= self.as_of <= LAST_AS_OF:
            raise ValueError(f"the business date lies between {FIRST_AS_OF} and {LAST_AS_OF}")
        if self.seed < 0:
            raise ValueError("the seed is a whole number, 0 or above")

    @property
    def firms(self) -> int:
        """Customers that are organisations; they come first."""
        return max(3, self.customers // (PERSONS_PER_FIRM + 1))

    @property
    def persons(self) -> int:
        """Customers that are persons."""
        return self.customers - self.firms

    @property
    def history(self) -> History:
        """The days that movements are told of."""
        return History.before(self.as_of)

    def blocks(self) -> Iterator[Block]:
        """All blocks: those of firms, then those of persons."""
        number = 0
        for is_of_firms, begin, count, size in (
            (True, 0, self.firms, BLOCK_FIRMS),
            (False, self.firms, self.persons, BLOCK_PERSONS),
        ):
            for first in range(0, count, size):
                yield Block(number, is_of_firms, begin + first, min(size, count - first))
                number += 1
