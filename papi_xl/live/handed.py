"""What an application hands over of a cell, as the raw cell that `read` gives for the same cell of a file."""

from datetime import datetime, time
from decimal import Decimal
from typing import Final

from papi_xl.raw import KNOWN_ERRORS, Cell, CellError

Grid = list[list[Cell]]

COM_ERROR: Final = -2_146_828_288
COM_ERRORS: Final = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?", 2036: "#NUM!",
    2042: "#N/A", 2045: "#SPILL!",
}  # fmt: skip
"""Excel's error numbers (Microsoft's `XlCVError`); through COM one arrives as `COM_ERROR` plus its number."""
COM_ERROR_NUMBERS: Final = range(2000, 2100)
OTHER_ERROR: Final = "#ERROR!"
MIDNIGHT: Final = time()


def grid(value: object) -> Grid:
    """Return a range as rows of raw cells; a single value is a range of one cell, a plain list one row."""
    rows = value if isinstance(value, list | tuple) else [[value]]
    if not all(isinstance(row, list | tuple) for row in rows):
        rows = [rows]
    return [[raw_cell(one) for one in row] for row in rows]


def with_errors(cells: Grid, shown: Grid) -> Grid:
    """Return ``cells`` with the errors among what they show, which some applications hand over as nothing."""
    return [
        [text if isinstance(text, CellError) else cell for cell, text in zip(row, texts, strict=True)]
        for row, texts in zip(cells, shown, strict=True)
    ]


def raw_cell(value: object) -> Cell:
    """Return a value as a raw cell."""
    kind = type(value)
    if value is None or kind is float:
        return value  # type: ignore[return-value]
    if isinstance(value, str):
        return CellError(value) if value[:1] == "#" and value in KNOWN_ERRORS else value
    if isinstance(value, datetime):
        return value.date() if value.time() == MIDNIGHT else value
    if isinstance(value, Decimal):  # a cell in a currency format
        return float(value)
    if isinstance(value, int) and value - COM_ERROR in COM_ERROR_NUMBERS:
        return CellError(COM_ERRORS.get(value - COM_ERROR, OTHER_ERROR))
    return value if isinstance(value, Cell) else str(value)
