"""Places on a sheet: A1 notation to and from numbers that count from 1."""

import re
from typing import NamedTuple

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
COLUMN = re.compile(r"\$?([A-Za-z]{1,3})")
ROW = re.compile(r"\$?(\d{1,7})")
PLAIN_BOOK = re.compile(r"[\w.]+")
PLAIN_NAME = re.compile(r"[A-Za-z_][\w.]*")


class Place(NamedTuple):
    """A rectangle: first row and column (from 1), number of rows and columns (0 where it is empty)."""

    row: int
    column: int
    rows: int
    columns: int

    @property
    def corners(self) -> tuple[int, int, int, int]:
        """First row, first column, last row and last column, from 0 as LibreOffice counts."""
        return self.row - 1, self.column - 1, self.row + self.rows - 2, self.column + self.columns - 2


def spanning(one: tuple[int, int], other: tuple[int, int]) -> Place:
    """Return the rectangle between two cells given as (row, column), in whatever order."""
    top, bottom = sorted((one[0], other[0]))
    left, right = sorted((one[1], other[1]))
    return Place(top, left, bottom - top + 1, right - left + 1)


def column_number(letters: str) -> int:
    """Return 1 for ``A``, 27 for ``AA``."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return ``A`` for 1, ``AA`` for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def parsed(text: str) -> Place | None:
    """Return the rectangle that ``A1``, ``$A$1:B2``, ``A:C`` or ``2:5`` means, None for other text."""
    first, _, last = text.partition(":")
    last = last or first
    if (one := CELL.fullmatch(first)) and (other := CELL.fullmatch(last)):
        found = spanning((int(one[2]), column_number(one[1])), (int(other[2]), column_number(other[1])))
    elif ":" not in text:
        return None
    elif (one := COLUMN.fullmatch(first)) and (other := COLUMN.fullmatch(last)):
        found = spanning((1, column_number(one[1])), (MAX_ROWS, column_number(other[1])))
    elif (one := ROW.fullmatch(first)) and (other := ROW.fullmatch(last)):
        found = spanning((int(one[1]), 1), (int(other[1]), MAX_COLUMNS))
    else:
        return None
    return found if fits(found) else None


def fits(place: Place) -> bool:
    """Return whether the rectangle lies on a sheet."""
    right, bottom = place.column + place.columns - 1, place.row + place.rows - 1
    return place.row >= 1 and place.column >= 1 and bottom <= MAX_ROWS and right <= MAX_COLUMNS


def written(place: Place, *, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """Return the rectangle as Excel writes it: ``$A$1:$B$2``, ``$A:$C`` for whole columns."""
    fixed_row, fixed_column = "$" * row_absolute, "$" * column_absolute
    left = fixed_column + column_letters(place.column)
    right = fixed_column + column_letters(place.column + place.columns - 1)
    top, bottom = f"{fixed_row}{place.row}", f"{fixed_row}{place.row + place.rows - 1}"
    if place.rows == MAX_ROWS and place.columns < MAX_COLUMNS:
        return f"{left}:{right}"
    if place.columns == MAX_COLUMNS:
        return f"{top}:{bottom}"
    return left + top if place.rows == place.columns == 1 else f"{left}{top}:{right}{bottom}"


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas need it, in quotes where it is not a plain word."""
    plain = PLAIN_NAME.fullmatch(sheet) and not parsed(sheet)
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"


def split_sheet(text: str) -> tuple[str | None, str]:
    """Return the sheet's name (None if there is none) and the rest of ``'My sheet'!A1``."""
    sheet, mark, rest = text.removeprefix("=").rpartition("!")
    if not mark:
        return None, rest
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, rest


def parsed_areas(text: str) -> tuple[str | None, tuple[Place, ...]] | None:
    """Return the sheet (None without one) and the rectangles of ``Sheet1!A1,B2:C3``, None for other text."""
    sheet, rest = split_sheet(text)
    places = [parsed(part.strip()) for part in rest.split(",")]
    found = tuple(place for place in places if place is not None)
    return (sheet, found) if len(places) == len(found) > 1 else None
