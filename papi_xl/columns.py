"""A column of raw cells, understood as text: each distinct value once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from papi_xl import numbering, values
from papi_xl import text as texts
from papi_xl.labels import percent_text
from papi_xl.raw import Cell, CellError
from papi_xl.text import Codes, Strings

Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, eq=False, repr=False)
class Column:
    """A column of raw cells and what they say.

    ``text`` is the tidy text of each cell (empty where it says nothing or is an error value), ``filled``,
    ``errors`` and ``untidy`` are masks, ``distinct`` lists the distinct texts, to which ``codes`` points.
    """

    cells: Strings
    codes: Codes
    distinct: Sequence[str]
    text: Strings
    filled: Mask
    errors: Mask
    untidy: Mask

    def said(self, rows: np.ndarray[Any, Any]) -> list[str]:
        """Return the texts of the cells of ``rows``, those of error values included."""
        return list(map(str, np.where(self.errors[rows], self.cells[rows], self.text[rows])))

    def map(self, function: Callable[[str], object]) -> Strings:
        """Return the results of ``function``, called once for each distinct text."""
        return self.spread([function(text) for text in self.distinct])

    def spread(self, results: Sequence[object]) -> Strings:
        """Return the column of the results that stand for the distinct texts, in their order."""
        return texts.strings(results)[self.codes]

    def kept(self, mask: Mask) -> "Column":
        """Return the column with only the rows of ``mask``."""
        arrays = (self.text[mask], self.filled[mask], self.errors[mask], self.untidy[mask])
        return Column(self.cells[mask], self.codes[mask], self.distinct, *arrays)


def read_column(key: str, cells: Strings) -> Column:
    """Return the column ``key`` (of `schema.KEYS`) of raw ``cells``."""
    types = set(map(type, cells))
    if bool in types:  # True, 1 and 1.0 are one value to a hash table
        cells = texts.strings([texts.shown(cell) if isinstance(cell, bool) else cell for cell in cells])
    errors = np.zeros(len(cells), dtype=bool)
    if CellError in types:
        errors = np.array([isinstance(cell, CellError) for cell in cells], dtype=bool)
    said_cells = cells.copy() if errors.any() else cells
    said_cells[errors] = None
    codes, uniques = texts.distinct(said_cells)
    tidied = texts.tidied(uniques)
    said = texts.contents(tidied)
    changed = [
        tidy is not cell and bool(text) and isinstance(cell, str) and cell != tidy
        for cell, tidy, text in zip(uniques, tidied, said, strict=True)
    ]
    distinct = _AS_READ[key](uniques, said) if key in _AS_READ else said
    untidy = np.array(changed, dtype=bool)[codes]
    filled = np.array([bool(text) for text in distinct], dtype=bool)[codes]
    return Column(cells, codes, distinct, texts.strings(distinct)[codes], filled, errors, untidy)


def _numbers(cells: Sequence[Cell], said: Sequence[str]) -> list[str]:
    """Return the texts of number cells; a date gives back the ``day.month`` that was typed."""
    return [
        numbering.written(numbering.from_date(cell)) if isinstance(cell, date) else text
        for cell, text in zip(cells, said, strict=True)
    ]


def _percents(_cells: Sequence[Cell], said: Sequence[str]) -> list[str]:
    """Return the texts of percents, valid ones in their canonical form."""
    fractions = [values.percent(text) for text in said]
    return [
        text if fraction == values.INVALID else percent_text(fraction)
        for text, fraction in zip(said, fractions, strict=True)
    ]


_AS_READ: Final[Mapping[str, Callable[[Sequence[Cell], Sequence[str]], list[str]]]] = {
    "number": _numbers,
    "percent": _percents,
}
