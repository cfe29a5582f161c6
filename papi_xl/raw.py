"""Raw cells: what a workbook holds before anything is understood, whoever read it.

`read` (files) and `live` (an open workbook) both produce these; `parse` consumes them.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

KNOWN_ERRORS: Final = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})

Cell = None | str | bool | int | float | date | datetime | time | timedelta


class CellError(str):
    """The text of an error value such as ``#REF!``: an error cell, not text that looks like one."""

    __slots__ = ()


class Area(NamedTuple):
    """A rectangle of cells, 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, eq=False, repr=False)
class RawSheet:
    """A sheet's used cells.

    ``rows[i]`` holds the cells of sheet row ``numbers[i]`` from column A on (rows may be ragged; an
    empty cell is ``None`` or ``""``). ``numbers`` ascends; rows that hold nothing may be left out.
    ``merges``, ``hidden_rows`` (1-based row numbers) and ``hidden_columns`` (1-based) are known for
    .xlsx/.xlsm and open workbooks only. ``tables`` maps Excel table names to their areas. ``legacy`` maps
    (row, column) of each cell whose text was kept in the code of an old Vietnamese font to that text; in
    ``rows`` it is converted. ``formulas`` are the (row, column) of cells that are computed, ``None`` where
    that was not asked for or the format does not tell.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    numbers: Sequence[int]
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    tables: Mapping[str, Area] = field(default_factory=dict)
    legacy: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] | None = None

    def cell(self, row: int, column: int) -> Cell:
        """Return what the cell at a 1-based row and column holds, ``None`` where nothing stands."""
        index = self._index(row)
        cells = () if index is None else self.rows[index]
        return cells[column - 1] if len(cells) >= column else None

    def has(self, row: int, column: int) -> bool:
        """Whether a cell at a 1-based row and column is among those that were read."""
        index = self._index(row)
        return index is not None and column <= len(self.rows[index])

    def with_cells(self, cells: Mapping[tuple[int, int], Cell]) -> "RawSheet":
        """Return the sheet with other values in ``cells`` (row and column) of rows that it has."""
        rows = list(self.rows)
        for (row, column), value in cells.items():
            index = self._index(row)
            if index is not None:
                rows[index] = with_cell(rows[index], column, value)
        legacy = {place: text for place, text in self.legacy.items() if place not in cells}
        return replace(self, rows=rows, legacy=legacy)

    def _index(self, row: int) -> int | None:
        index = bisect_left(self.numbers, row)
        return index if index < len(self.numbers) and self.numbers[index] == row else None


def with_cell(row: Sequence[Cell], column: int, value: Cell) -> list[Cell]:
    """Return the cells of ``row`` with ``value`` in a 1-based column."""
    longer = [*row, *[None] * (column - len(row))]
    longer[column - 1] = value
    return longer


@dataclass(frozen=True, eq=False, repr=False)
class RawWorkbook:
    """A workbook as read.

    ``file`` is its name for people; ``info`` maps the keys of `schema.INFO_FIELDS` to values (empty
    without the template's sheet); ``info_cells`` maps each key to its (sheet, row, column); ``meta``
    holds the key/value pairs of the sheet `_papi` (empty when there is none); ``info_legacy`` maps the
    keys of those values that are converted (see `RawSheet.legacy`) to the texts in the cells.
    """

    file: str
    sheets: tuple[RawSheet, ...]
    info: Mapping[str, Cell] = field(default_factory=dict)
    info_cells: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    info_legacy: Mapping[str, str] = field(default_factory=dict)
