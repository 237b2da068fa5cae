"""Instants as numbers: seconds since 1 January 1970 in UTC; people's hours are those of the bank's clocks."""

import numpy as np

from domain.pipelines.generation.truth.randomness import Chance, Floats, Ints

MINUTE, HOUR, DAY = 60, 3_600, 86_400
ZONE = 8 * HOUR
"""China has one time, and no summer time."""
OPENS, CLOSES = 8.5 * HOUR, 18 * HOUR
MORNING = 1_200
"""What comes in at night is done within so many seconds after opening."""


def at(day: Ints, hour: Floats | Ints | float) -> Ints:
    """The instant of a day, hours after midnight where the bank is."""
    return (day * DAY - ZONE + np.floor(np.asarray(hour) * HOUR)).astype(np.int64)


def between(chance: Chance, day: Ints, first: float, last: float) -> Ints:
    """Some instant of each day, between two hours."""
    return at(day, first + (last - first) * chance.random(len(day)))


def day_of(moment: Ints) -> Ints:
    """The day of an instant, where the bank is."""
    return (moment + ZONE) // DAY


def in_hours(moment: Ints) -> Ints:
    """Nights take no time: what falls into one happens in the morning after. Who came first stays first."""
    local = moment + ZONE
    day, second = local // DAY, (local % DAY).astype(np.float64)
    night = DAY - CLOSES + OPENS
    late = second >= CLOSES
    into_night = np.where(late, second - CLOSES, second + DAY - CLOSES)
    by_day = OPENS + MORNING + (second - OPENS) * (CLOSES - OPENS - MORNING) / (CLOSES - OPENS)
    is_night = late | (second < OPENS)
    moved = np.where(is_night, OPENS + into_night * MORNING / night, by_day)
    return ((day + late) * DAY - ZONE + np.floor(moved)).astype(np.int64)
