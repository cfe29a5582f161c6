"""Cells as they are written in references: `B7`, `$B$7:$D$9`, `'Thông tin'!$B$4`."""

import re
from typing import Final

from papi_xl.raw import Area

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384

_CELL: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_NAMED: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\s]+))!(\$?[A-Za-z]{1,3}\$?[0-9]{1,7})(?::\S+)?")


def column_letters(column: int) -> str:
    """Return the letters of a 1-based column number: 1 → ``A``, 28 → ``AB``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_cell(reference: str) -> tuple[int, int] | None:
    """Return (row, column), 1-based, of an A1 reference, ``None`` for anything else."""
    match = _CELL.fullmatch(reference)
    if not match:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if 1 <= row <= LAST_ROW and column <= LAST_COLUMN else None


def parse_area(reference: str) -> Area | None:
    """Return the area of ``A1:B2`` or ``A1``, ``None`` for anything else."""
    first, _, last = reference.partition(":")
    start, end = parse_cell(first), parse_cell(last or first)
    if start is None or end is None:
        return None
    rows, columns = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return Area(rows[0], columns[0], rows[1], columns[1])


def cell_address(sheet: str, row: int, column: int) -> str:
    """Return the address of a cell anywhere in its workbook: ``'Thông tin'!B4``."""
    name = sheet.replace("'", "''")
    return f"'{name}'!{column_letters(column)}{row}"


def column_number(letters: str) -> int:
    """Return the 1-based number of a column's letters: ``A`` → 1, ``ab`` → 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def named_cell(reference: str) -> tuple[str, int, int] | None:
    """Return (sheet, row, column) of the first cell that a defined name refers to, ``None`` for all else.

    ``reference`` comes without the equals sign.
    """
    match = _NAMED.fullmatch(reference)
    position = parse_cell(match[3]) if match else None
    return ((match[1] or match[2]).replace("''", "'"), *position) if match and position else None
