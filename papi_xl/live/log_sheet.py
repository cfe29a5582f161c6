"""The sheet `Nhật ký sửa` in the open workbook: what was fixed, and what stood there before."""

from collections.abc import Sequence
from typing import Final

import xlwings as xw

from papi_xl import fix_log
from papi_xl.fix_log import CELL_COLUMN, MACHINE_COLUMN, WIDTHS, Entry
from papi_xl.live import listing
from papi_xl.live.typed import as_texts
from papi_xl.references import column_letters

MOST_LINKS: Final = 1_000
"""Cells that are linked to; each link is one more call into Excel."""
LONG: Final = 2_000
"""Characters of a text that needs more than the tallest row."""

_LAST: Final = column_letters(MACHINE_COLUMN)
_NUMBERS: Final = 2
"""Columns that hold numbers; those after hold texts."""
_CENTRED: Final = column_letters(CELL_COLUMN)


def write(sheet: xw.Sheet, entries: Sequence[Entry], lang: str, tip: str) -> None:
    """Make the sheet show ``entries`` and nothing else; ``tip`` is what a link says under the mouse."""
    sheet.clear()
    rows = fix_log.rows(entries, lang)
    first = column_letters(_NUMBERS + 1)
    sheet.range(f"{first}1:{_LAST}{len(rows)}").number_format = "@"
    sheet.range(f"A1:{_LAST}{len(rows)}").value = as_texts(rows)
    link = column_letters(CELL_COLUMN)
    for row, entry in enumerate(entries[-MOST_LINKS:], start=len(rows) - min(len(entries), MOST_LINKS) + 1):
        listing.link(
            sheet.range(f"{link}{row}"), entry.change.place, str(rows[row - 1][CELL_COLUMN - 1]), tip
        )
    long = [number for number, row in enumerate(rows, start=1) if _length(row) > LONG]
    listing.shape(sheet, WIDTHS, len(rows), _CENTRED, long)
    sheet.range(f"{_LAST}:{_LAST}").columns.hidden = True


def _length(row: Sequence[object]) -> int:
    return max((len(cell) for cell in row[: len(WIDTHS)] if isinstance(cell, str)), default=0)
