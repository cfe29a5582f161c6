"""How far a sheet of the open workbook is read: to where values stand, within bounds.

A used range may reach to the last cell of a sheet without a value on the way.
"""

from typing import Final, NamedTuple

import xlwings as xw

from papi_xl.bounds import Limits, columns_that_fit, within
from papi_xl.headers import HEADER_ROWS

FAR_COLUMN: Final = 200
"""Columns beyond are not read; no table reaches so far."""
FAR_CELLS: Final = 500_000
"""A larger used range is mostly blank formats, so its last filled column and row are looked for first."""
MOST_STRAYS: Final = 5
"""So many rows may stand far below all others."""


class Extent(NamedTuple):
    """How many rows and columns to read from A1 on, and which rows far below them hold something as well."""

    rows: int
    columns: int
    strays: tuple[int, ...] = ()


def extent(sheet: xw.Sheet, limits: Limits) -> Extent:
    """Return how far to read a sheet.

    Raises:
        UnreadableWorkbookError: ``too-large``, its rows with values are more than ``limits`` allow.
    """
    used = sheet.used_range
    rows, columns = used.shape
    bottom, right = used.row + rows - 1, min(used.column + columns - 1, FAR_COLUMN)
    if bottom * right <= FAR_CELLS:
        return Extent(bottom, right)
    right = _width(sheet, min(bottom, HEADER_ROWS + 1), right)
    strays: list[int] = []
    last = bottom = _last_above(sheet, bottom + 1, right)
    while bottom > limits.used_rows and len(strays) < MOST_STRAYS:
        strays.append(bottom)
        bottom = _last_above(sheet, bottom, right)
    if bottom > limits.used_rows:
        within(last, 0, limits)
    return Extent(bottom, columns_that_fit(bottom, right, limits), tuple(reversed(strays)))


def _width(sheet: xw.Sheet, rows: int, right: int) -> int:
    """Return the last column with a value; no table reaches beyond its header row."""
    top = sheet.range((1, 1), (rows, right)).options(ndim=2, err_to_str=True).value
    filled = (column for row in top for column, cell in enumerate(row, start=1) if cell is not None)
    return max(filled, default=1)


def _last_above(sheet: xw.Sheet, row: int, right: int) -> int:
    """Return the last row above ``row`` that holds something, 1 where none does."""
    if row <= 1 + 1:
        return 1
    line = sheet.range((row - 1, 1), (row - 1, right))
    if any(cell is not None for cell in line.options(ndim=1, err_to_str=True).value):
        return row - 1
    return max(sheet.range((row - 1, column)).end("up").row for column in range(1, right + 1))
