"""Marks on cells: conditional formats of our own, so that a cell's own colours are never touched.

Each of our rules holds everywhere it applies; a formula that compares our name with itself tells it from
the user's rules, in whatever language Excel reads formulas.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import xlwings as xw

from papi_xl.checklist import COLOURS
from papi_xl.live.blocks import Cell, runs
from papi_xl.references import column_letters

SIGN: Final = "papi_xl"
RULE: Final = f'="{SIGN}"="{SIGN}"'
LONGEST_ADDRESS: Final = 255
"""Characters that Excel takes for a range of several areas."""
SHORT_RUN: Final = 3
"""Cells below one another that are named one by one."""


def ours(sheet: xw.Sheet) -> list[xw.ConditionalFormat]:
    """Return the marks of the last check on the sheet."""
    return [rule for rule in sheet.cells.conditional_formats if SIGN in (rule.formula or "")]


def replace(
    sheet: xw.Sheet,
    old: Sequence[xw.ConditionalFormat],
    marks: Mapping[Cell, str],
    undo: Callable[[Callable[[], None]], object],
) -> None:
    """Put ``marks`` (row and column → class) on the sheet in place of the ``old`` ones.

    ``undo`` is given what takes each new rule back; the old ones do not come back by it.
    """
    # The last goes first, and all go before any comes: Excel may count on the number of a rule.
    for rule in reversed(old):
        rule.delete()
    for level, colour in COLOURS.items():
        cells = [cell for cell, marked in marks.items() if marked == level]
        for address in addresses(cells):
            rule = sheet.range(address).conditional_formats.add_custom(RULE, fill_color=colour)
            undo(rule.delete)


def addresses(cells: Iterable[Cell]) -> Iterator[str]:
    """Yield addresses that together name the cells, each no longer than `LONGEST_ADDRESS`.

    Each has one colon at most: of an address with more, xlwings on a Mac (0.37.8) takes the first cell only.
    """
    line = ""
    for area in _runs(cells):
        too_long = len(line) + 1 + len(area) > LONGEST_ADDRESS
        if line and (too_long or (":" in line and ":" in area)):
            yield line
            line = ""
        line = f"{line},{area}" if line else area
    if line:
        yield line


def _runs(cells: Iterable[Cell]) -> Iterator[str]:
    """Yield the address of each run of cells below one another, or of each cell of a short one."""
    for column, rows in runs(cells):
        letters = column_letters(column)
        if len(rows) > SHORT_RUN:
            yield f"{letters}{rows[0]}:{letters}{rows[-1]}"
        else:
            yield from (f"{letters}{row}" for row in rows)
