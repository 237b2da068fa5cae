"""Rows of a file: each is taken, or refused with its reason."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.pipelines.ingestion.berka.cells import CellRefused
from domain.pipelines.ingestion.berka.layout import File, Unique, Values

Keys = dict[str, set[int]]
"""The keys taken so far, by file."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A row whose values, one for each column of the file, can be stored."""

    line_number: int
    values: Values


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is kept with its reason only. The reason repeats nothing of the line, which may be personal."""

    line_number: int
    line: str
    reason: str


def rows(file: File, lines: Iterable[tuple[int, str]], keys: Keys) -> Iterator[Taken | Refused]:
    """Every line, taken or refused, in order; keys of taken rows join `keys`, which later files refer to."""
    own = keys[file.name] = set()
    unique = [(Unique(f"{file.columns[0].name}: this key came before", lambda values: values[0]), own)]
    unique += [(rule, set()) for rule in file.unique]
    places = {name: place for place, name in enumerate(file.header)}
    readers = [(column.name, column.read, [places[cell] for cell in column.cells]) for column in file.columns]
    named = {column.name: place for place, column in enumerate(file.columns)}
    references = [(name, named[name], target, keys[target]) for name, target in file.references.items()]
    for line_number, line in lines:
        try:
            cells = _cells(line, len(file.header))
            values = tuple([_value(name, read, [cells[place] for place in of]) for name, read, of in readers])
            for name, place, target, known in references:
                if values[place] not in known:
                    raise CellRefused(f"{name}: no such key was taken from {target}")
            found = [(rule, seen, rule.of(values)) for rule, seen in unique]
            for rule, seen, value in found:
                if value in seen:
                    raise CellRefused(rule.reason)
        except CellRefused as refusal:
            yield Refused(line_number, line, str(refusal))
            continue
        for _, seen, value in found:
            if value is not None:
                seen.add(value)
        yield Taken(line_number, values)


def _cells(line: str, expected: int) -> list[str]:
    try:
        cells = next(csv.reader((line,), delimiter=";", strict=True), [])
    except csv.Error as error:
        raise CellRefused("a quoted value does not end where it should: the line is cut off or damaged") from error
    if len(cells) != expected:
        raise CellRefused(f"expected {expected} columns, found {len(cells)}")
    return cells


def _value(name: str, read: object, cells: list[str]) -> object:
    try:
        return read(*cells)  # type: ignore[operator]
    except CellRefused as refusal:
        raise CellRefused(f"{name}: {refusal}") from refusal
