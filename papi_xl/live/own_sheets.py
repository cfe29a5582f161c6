"""Sheets of our own in the open workbook: found, added, and kept until all is written."""

from collections.abc import Mapping
from contextlib import suppress

import xlwings as xw

from papi_xl.live.session import Step, is_shown, keeps_writes


def find(sheets: Mapping[str, xw.Sheet], name: str) -> xw.Sheet | None:
    """Return the sheet of that name, ``None`` without one; to Excel capitals make no other name."""
    wanted = name.casefold()
    return next((sheet for title, sheet in sheets.items() if title.casefold() == wanted), None)


def added(book: xw.Book, sheets: Mapping[str, xw.Sheet], name: str, step: Step) -> xw.Sheet:
    """Add a sheet as the last one that is shown; the user stays where they are.

    To add one at the end, xlwings moves the last one in Excel on Windows, where a very hidden one stays put.
    """
    active, last = book.sheets.active, list(sheets.values())[-1]
    movable = keeps_writes(book) or is_shown(last)
    beside = {"after": last} if movable else {"before": last}
    sheet = book.sheets.add(name, **beside)
    step.undo.callback(_remove, sheet)
    go_back(active)
    return sheet


def _remove(sheet: xw.Sheet) -> None:
    sheet.visible = True  # Excel does not delete a sheet that is very hidden
    sheet.delete()


def keep(book: xw.Book, sheet: xw.Sheet, step: Step) -> None:
    """Keep a copy of the sheet until all is written, to put its cells back if that fails.

    None is needed where the engine keeps writes, and none is made of a hidden sheet. The user stays where
    they are: Excel goes to a copy, and on from a sheet that is deleted.
    """
    if keeps_writes(book) or not is_shown(sheet):
        return
    active, address = book.sheets.active, sheet.used_range.address
    step.then.callback(go_back, active)
    copy = sheet.copy(after=sheet)

    def restore() -> None:
        sheet.clear()
        copy.range(address).copy(sheet.range(address))

    step.then.callback(copy.delete)
    go_back(active)
    step.undo.callback(restore)


def go_back(active: xw.Sheet) -> None:
    """Activate the sheet again; xlwings on a Mac cannot, where it is a chart's.

    Where the engine keeps writes, the user has not left it yet, and another workbook may be in front.
    """
    if keeps_writes(active.book):
        active.book.impl.stay()
        return
    with suppress(Exception):
        active.activate()
