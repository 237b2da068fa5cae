"""Rows of a file: each is taken, or refused with its reason."""

import csv
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from domain.pipelines.ingestion.berka.cells import CellRefused
from domain.pipelines.ingestion.berka.layout import File, Values

DIALECT = csv.reader((), delimiter=";", strict=True).dialect
"""Made once: making it anew for each line would take twice as long as the line."""

Keys = dict[str, set[int]]
"""The keys taken so far, by file."""


class Taken(NamedTuple):
    """A row whose values, one for each column of the file, can be stored."""

    line_number: int
    values: Values


class Refused(NamedTuple):
    """A row that is kept with its reason only. The reason repeats nothing of the line, which may be personal."""

    line_number: int
    line: str
    reason: str


def rows(file: File, lines: Iterable[tuple[int, str]], keys: Keys) -> Iterator[Taken | Refused]:
    """Every line, taken or refused, in order; keys of taken rows join `keys`, which later files refer to."""
    own = keys[file.name] = set()
    unique = [(rule, set()) for rule in file.unique]
    places = {name: place for place, name in enumerate(file.header)}
    # A million rows pass here: one call per column, and its name is looked for only when it refuses.
    readers = [(column.read, itemgetter(*(places[cell] for cell in column.cells))) for column in file.columns]
    named = {column.name: place for place, column in enumerate(file.columns)}
    references = [(name, named[name], target, keys[target]) for name, target in file.references.items()]
    for line_number, line in lines:
        try:
            cells = _cells(line, len(file.header))
            try:
                values = tuple([read(cell(cells)) for read, cell in readers])
            except CellRefused:
                _blame(file, places, cells)
                raise
            if values[0] in own:
                raise CellRefused(f"{file.columns[0].name}: this key came before")
            for name, place, target, known in references:
                if values[place] not in known:
                    raise CellRefused(f"{name}: no such key was taken from {target}")
            for rule, seen in unique:
                if rule.of(values) in seen:
                    raise CellRefused(rule.reason)
        except CellRefused as refusal:
            yield Refused(line_number, line, str(refusal))
            continue
        own.add(values[0])
        for rule, seen in unique:
            if (value := rule.of(values)) is not None:
                seen.add(value)
        yield Taken(line_number, values)


def _cells(line: str, expected: int) -> list[str]:
    try:
        cells = next(csv.reader((line,), DIALECT), [])
    except csv.Error as error:
        raise CellRefused("a quoted value does not end where it should: the line is cut off or damaged") from error
    if len(cells) != expected:
        raise CellRefused(f"expected {expected} columns, found {len(cells)}")
    return cells


def _blame(file: File, places: dict[str, int], cells: list[str]) -> None:
    """Refuse again, naming the column that refuses."""
    for column in file.columns:
        try:
            column.read(itemgetter(*(places[cell] for cell in column.cells))(cells))
        except CellRefused as refusal:
            raise CellRefused(f"{column.name}: {refusal}") from None
