"""What a workbook says of itself: its named cells, the key/value sheet `_papi`, which sheet has the tasks."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final

from papi_xl.errors import UsageError
from papi_xl.raw import Area, Cell, RawSheet
from papi_xl.schema import ANNEX_TABLE, FINDINGS, FIX_LOG, INFO, INFO_FIELDS, META, SENT, TASK_TABLE

LABEL_ROWS: Final = 60
LABEL_COLUMNS: Final = 3

Place = tuple[str, int, int]


def info(
    sheets: Mapping[str, RawSheet], names: Mapping[str, Place]
) -> tuple[dict[str, Cell], dict[str, Place]]:
    """Return the fields' values and their places (sheet, row, column), both by the field's key.

    ``names`` maps defined names in lower case to places. A field without a usable name is looked for
    by its label on the sheet `Thông tin`; its value stands right of the label.
    """
    labels = _labels(sheets[INFO]) if INFO in sheets else {}
    places = {}
    for entry in INFO_FIELDS:
        named = names.get(entry.name)
        place = named if named and named[0] in sheets else labels.get(_labels_of_fields()[entry.key])
        if place:
            places[entry.key] = place
    values = {key: _value(sheets[place[0]], place[1], place[2]) for key, place in places.items()}
    return values, places


def originals(sheets: Mapping[str, RawSheet], places: Mapping[str, Place]) -> dict[str, str]:
    """Return the texts of those fields that were kept in the code of an old font, by the field's key."""
    kept = {key: sheets[sheet].legacy.get((row, column)) for key, (sheet, row, column) in places.items()}
    return {key: text for key, text in kept.items() if text is not None}


def chosen(visible: Sequence[str], tables: Mapping[str, Mapping[str, Area]], sheet: str | None) -> list[str]:
    """Return which sheets to read: the one named, those with the template's table, else all.

    Raises:
        UsageError: ``sheet-unknown`` (``sheet``, ``sheets``).
    """
    if sheet is not None:
        match = [name for name in visible if _folded(name) == _folded(sheet)]
        if not match:
            code = "sheet-unknown"
            raise UsageError(code, sheet=sheet, sheets=list(visible))
        return match[:1]
    for table in (TASK_TABLE, ANNEX_TABLE):
        holders = [name for name in visible if table in tables.get(name, ())]
        if holders:
            return holders
    return [name for name in visible if name not in {META, SENT, FINDINGS, FIX_LOG}] or list(visible)


def meta(sheets: Mapping[str, RawSheet]) -> dict[str, str]:
    """Return the keys and values of the sheet `_papi` as text: whole numbers without decimals, ISO dates."""
    found: dict[str, str] = {}
    for row in sheets[META].rows if META in sheets else ():
        key = _text(row[0]).strip() if row else ""
        if key:
            found.setdefault(key, _text(row[1]) if len(row) > 1 else "")
    return found


def plain(text: str) -> str:
    """Return a label for comparing: composed, case folded, single-spaced, less a closing ``*`` or ``:``."""
    folded = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    return folded.rstrip("*: ")


@cache
def _labels_of_fields() -> dict[str, str]:
    return {entry.key: plain(entry.label) for entry in INFO_FIELDS}


def _labels(sheet: RawSheet) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        if number > LABEL_ROWS:
            break
        for column, cell in enumerate(row[:LABEL_COLUMNS], start=1):
            if isinstance(cell, str) and cell:
                found.setdefault(plain(cell), (sheet.name, number, column + 1))
    return found


def _value(sheet: RawSheet, row: int, column: int) -> Cell:
    cells = next((r for n, r in zip(sheet.numbers, sheet.rows, strict=True) if n == row), ())
    return cells[column - 1] if column <= len(cells) else None


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
