"""What fixes and their undoing wish of cells, and what reading will find after an undo."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from papi_xl.fix_log import Entry
from papi_xl.fixes import Change
from papi_xl.live.swapping import Wish
from papi_xl.raw import Cell, RawSheet, RawWorkbook

_LEGACY = "text-legacy-font"


def fixed(change: Change, typed: str) -> Wish:
    """Return what a fix wishes; ``typed`` is what the formula bar shows, of a date its serial number."""
    before = change.before
    now: str | float | bool | None
    if isinstance(before, date):
        now = float(typed)
    elif isinstance(before, int | float) and not isinstance(before, bool):
        now = float(before)
    else:
        now = before if isinstance(before, bool) else str(before or "") or None
    return Wish(now, change.after, change.number_format, change.font)


def unfixed(entry: Entry) -> Wish:
    """Return what undoing a fix wishes."""
    old = entry.old
    return Wish(entry.change.after, old.value, old.number_format, old.font, old.runs)


def before(raw: RawWorkbook, back: Sequence[Entry]) -> RawWorkbook:
    """Return the cells as they will be read once ``back`` is undone."""
    legacy = {entry.change.place: str(entry.old.value) for entry in back if _LEGACY in entry.change.rules}
    info = {key: legacy[place] for key, place in raw.info_cells.items() if place in legacy}
    sheets = tuple(_before(sheet, back) for sheet in raw.sheets)
    return replace(raw, sheets=sheets, info_legacy={**raw.info_legacy, **info})


def _before(sheet: RawSheet, back: Sequence[Entry]) -> RawSheet:
    mine = {entry.change.place[1:]: entry for entry in back if entry.change.sheet == sheet.name}
    restored = sheet.with_cells({cell: _read(entry) for cell, entry in mine.items()})
    coded = {cell: str(entry.old.value) for cell, entry in mine.items() if _LEGACY in entry.change.rules}
    return replace(restored, legacy={**restored.legacy, **coded})


def _read(entry: Entry) -> Cell:
    """Return the old value as it is read: text of an old font as what it says, a date as a date."""
    value = entry.old.value
    if _LEGACY in entry.change.rules:
        return entry.change.after
    if isinstance(value, float) and isinstance(entry.change.before, str):
        with suppress(ValueError):
            return datetime.strptime(entry.change.before, "%d/%m/%Y").date()
    return value
