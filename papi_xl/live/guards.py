"""What keeps the open workbook from being written to, found out before anything is written."""

import sys
from collections.abc import Iterable, Mapping
from typing import Any

import xlwings as xw

from papi_xl.errors import UsageError
from papi_xl.live.session import MAC


def refuse_closed(book: xw.Book, sheets: Mapping[str, xw.Sheet], wanted: Iterable[str]) -> bool:
    """Make sure that the sheets ``wanted`` may be written to, and added where they are not there yet.

    Args:
        book: the open workbook.
        sheets: those it has, by name.
        wanted: names of sheets.

    Returns:
        Whether other sheets could be added as well.

    Raises:
        UsageError: ``book-read-only``, ``book-protected`` or ``sheet-protected``.
    """
    read_only, structure, protected = _told(book, sheets)
    if read_only:
        raise UsageError("book-read-only", file=book.name)
    for name in wanted:
        if name in protected:
            raise UsageError("sheet-protected", sheet=name)
        if structure and name not in sheets:
            raise UsageError("book-protected", file=book.name, sheet=name)
    return not structure


def _told(book: xw.Book, sheets: Mapping[str, xw.Sheet]) -> tuple[bool, bool, Iterable[str]]:
    """Return whether the book is read-only, its structure protected, and which sheets are.

    xlwings has no members for these: an engine of our own tells, else Excel is asked itself.
    """
    told = getattr(book.impl, "guards", None)
    if told is not None:
        return told.read_only, told.structure, told.sheets
    protected = [
        name for name, sheet in sheets.items() if _is(sheet.api, "ProtectContents", "protect_contents")
    ]
    structure = _is(book.api, "ProtectStructure", "protect_structure")
    return _is(book.api, "ReadOnly", "read_only"), structure, protected


def _is(thing: Any, windows: str, mac: str) -> bool:  # noqa: ANN401 (what pywin32 or appscript gives)
    try:
        return (getattr(thing, mac).get() if sys.platform == MAC else getattr(thing, windows)) is True
    except Exception:  # noqa: BLE001 - what cannot be told forbids nothing; writing will say so itself
        return False
