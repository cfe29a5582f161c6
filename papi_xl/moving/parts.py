"""What is found in a sheet and put elsewhere: places, what is left over, columns without their header."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from papi_xl.raw import Cell, RawSheet
from papi_xl.text import shown

Place = tuple[int, int]
"""Row and column of a cell, 1-based."""


class Why(StrEnum):
    """Why something found no place in the template."""

    OTHER_SHEET = "other-sheet"
    NO_TASK = "no-task"
    OUTSIDE = "outside"


class Stray(NamedTuple):
    """A cell that found no place: where it stood, what it said, and why."""

    sheet: str
    row: int
    column: int
    said: str
    why: Why


def cells(sheet: RawSheet) -> Iterator[tuple[Place, Cell]]:
    """Yield every cell that says anything, spaces alone aside, with its place."""
    for number, row in zip(sheet.numbers, sheet.rows, strict=False):
        for column, cell in enumerate(row, start=1):
            if says(cell):
                yield (number, column), cell


def says(cell: Cell) -> bool:
    """Whether a cell holds more than spaces."""
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def cell_at(row: Sequence[Cell], column: int) -> Cell:
    """Return the cell of a 1-based column; a row may be shorter."""
    return row[column - 1] if column <= len(row) else None


def texts_of(sheet: RawSheet) -> list[str]:
    """Return the text of every cell that says anything, from top to bottom."""
    return [shown(cell) for _, cell in cells(sheet)]


def completed(
    order: Sequence[str], columns: Mapping[str, int], known: Mapping[int, str], width: int
) -> dict[str, int]:
    """Return ``columns`` with those whose header was lost or changed, by their neighbours.

    Args:
        order: the keys of the template's columns from left to right.
        columns: where those with a known header stand.
        known: the columns that anything is known of.
        width: the last column that may be taken.
    """
    found = dict(columns)
    for index, key in enumerate(order):
        if key in found:
            continue
        before = found.get(order[index - 1], 0) if index else 0
        if index and not before:
            continue
        at = before + 1
        later = next((columns[one] for one in order[index + 1 :] if one in columns), None)
        gap = next(at for at, one in enumerate((*order[index:], ""), start=0) if one in columns or not one)
        if at not in known and at <= width and (later is None or later == before + gap + 1):
            found[key] = at
    return found
