"""Long tables on printed sheets: their place, their header on every page, and their rows as XML."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from math import inf
from typing import Any, Final

from papi_xl.labels import NO_FIGURE
from papi_xl.overview.tables import Column, Listing, Row, Rows, Shown, Table
from papi_xl.text import MAX_CELL
from papi_xl.writing import streamed
from papi_xl.writing.cells import LOOKS, ROW, day_cell, moment_cell, number_cell, text_cell
from papi_xl.writing.paper import Block, Page
from papi_xl.writing.tables import SIZE, TITLE_SIZE, header_heights, single, write_header

_AT_ONCE: Final = 500
_WITH_HEADER: Final = 70
"""Points of title and rows that stand on a page with a header."""
_FORMATS: Final[Mapping[str, Mapping[str, object]]] = {
    "text": {"align": "left"},
    "centre": {"align": "center"},
    "whole": {"align": "center", "num_format": "0"},
    "percent": {"align": "center", "num_format": "[=0]0%;[=1]0%;0.0%"},
    "day": {"align": "center", "num_format": "dd/mm/yyyy"},
    "moment": {"align": "center", "num_format": "dd/mm/yyyy hh:mm"},
    "change": {"align": "center", "num_format": "+0.0%;-0.0%;0%"},
}


@dataclass(frozen=True)
class Content:
    """The rows of a long table: how many, and their pieces (see `streamed.Rows`)."""

    count: int
    pieces: Callable[[], Iterator[tuple[str, str]]]


def content(rows: Sequence[Row] | Rows[Any], columns: Sequence[Column]) -> Content:
    """Return ``rows`` as those of a long table."""
    looks = [column.look for column in columns]

    def pieces() -> Iterator[tuple[str, str]]:
        left = iter(rows)
        while some := list(islice(left, _AT_ONCE)):
            yield "", "".join(ROW + rendered(row, looks) for row in some)

    return Content(len(rows), pieces)


def rendered(row: Row, looks: Sequence[str]) -> str:
    """Return the cells of a row."""
    return "".join(map(_cell, row, looks))


def write_title(page: Page, title: str, notes: Sequence[str]) -> None:
    """Write the title of a sheet and what is said under it."""
    page.add(Block(0, page.last, title, 14, bold=True))
    for note in notes:
        page.add(Block(0, page.last, note, 12))
    page.space(8)


def write_listing(page: Page, listing: Listing, contents: Sequence[Content]) -> streamed.Filling:
    """Write a sheet that is one long table, ``contents`` being the rows of its sections."""
    write_title(page, listing.title, listing.notes)
    alone = len(contents) == 1
    if not alone or contents[0].count:
        write_repeated_header(page, listing.columns)
        page.sheet.freeze_panes(page.row, 0)
    tables: list[streamed.Rows] = []
    for section, rows in zip(listing.sections, contents, strict=True):
        if section.title:
            page.add(Block(0, page.last, section.title, SIZE + 1, bold=True, align="left"))
        tables += reserve(page, rows, section.empty)
    if alone and tables:
        page.sheet.autofilter(tables[0].first - 1, 0, page.row - 1, page.last)
    return finished(page, tables)


def write_long(page: Page, table: Table) -> list[streamed.Rows]:
    """Write a long table that is the last of its sheet; its header repeats on each page."""
    heights = header_heights(page, table.columns, single(table.columns))
    page.keep_together(sum(heights) + _WITH_HEADER)
    page.add(Block(0, page.last, table.title, TITLE_SIZE, bold=True, align="left"))
    rows = content(table.rows, table.columns)
    if rows.count:
        write_repeated_header(page, table.columns)
    return reserve(page, rows, table.empty)


def write_repeated_header(page: Page, columns: Sequence[Column]) -> None:
    """Write a header that repeats on each page."""
    first = page.row
    write_header(page, columns, single(columns))
    page.sheet.repeat_rows(first, page.row - 1)


def reserve(page: Page, rows: Content, empty: str) -> list[streamed.Rows]:
    """Keep the place of long rows with a prototype, a cell of each look; say where there are none.

    Where pages end after them only the application knows.
    """
    if not rows.count:
        page.add(Block(0, page.last, empty, SIZE + 1, italic=True, align="left"))
        return []
    for column, look in enumerate(LOOKS):
        style = page.styles(font_size=SIZE, border=1, **_FORMATS[look])
        page.sheet.write_blank(page.row, column, None, style)
    table = streamed.Rows(page.row, rows.count, rows.pieces)
    page.row += rows.count
    page.left = inf
    return [table]


def finished(page: Page, tables: Sequence[streamed.Rows]) -> streamed.Filling:
    """Finish a sheet, and return what is to be filled into it."""
    page.finish()
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{page.row}"})
    return streamed.Filling(tables, page.row - 1, page.last)


def _cell(value: Shown, look: str) -> str:
    if isinstance(value, str):
        return text_cell(value[: MAX_CELL // 2], look)
    if isinstance(value, datetime):
        return moment_cell(value) if look == "moment" else day_cell(value.date())
    if isinstance(value, date):
        return day_cell(value)
    if value is None and look in {"percent", "change"}:
        return text_cell(NO_FIGURE, "centre")
    return number_cell(value, look)
