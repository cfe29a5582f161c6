"""Headers of tables on printed sheets, in one or two rows, and short tables with their figures."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from papi_xl.overview.tables import Column, Shown, Table
from papi_xl.text import day_text
from papi_xl.writing.figures import figure_text, write_number
from papi_xl.writing.fitting import SIZE
from papi_xl.writing.paper import Block, Page

TITLE_SIZE: Final = 12
_EDGE: Final = 2
"""Points that borders take of a row."""

Span = tuple[int, int]
"""The first and last column of the sheet that a column of a table takes."""


def single(columns: Sequence[Column]) -> list[Span]:
    """Return the spans of a table each of whose columns is one of the sheet's."""
    return [(index, index) for index in range(len(columns))]


def write_header(page: Page, columns: Sequence[Column], spans: Sequence[Span]) -> int:
    """Write the header of a table; return how many rows it takes."""
    style = page.styles(font_size=SIZE, bold=True, align="center", valign="vcenter", border=1)
    heights = header_heights(page, columns, spans)
    top, bottom = page.row, page.row + len(heights) - 1
    for column, (first, last) in zip(columns, spans, strict=True):
        _put(page, (bottom if column.group else top, first, bottom, last), column.header, style)
    for block in _groups(columns, spans):
        _put(page, (top, block.first, top, block.last), block.text, style)
    for height in heights:
        page.space(height)
    return len(heights)


def header_heights(page: Page, columns: Sequence[Column], spans: Sequence[Span]) -> list[float]:
    """Return the heights of the rows of a header: of its groups, where it has any, and of its columns."""
    headers = [
        Block(*span, column.header, SIZE, bold=True) for column, span in zip(columns, spans, strict=True)
    ]
    below = page.height(*headers) + _EDGE
    groups = _groups(columns, spans)
    if not groups:
        return [below]
    above = page.height(*groups) + _EDGE
    tall = [page.height(block) for block, column in zip(headers, columns, strict=True) if not column.group]
    grouped = [page.height(block) for block, column in zip(headers, columns, strict=True) if column.group]
    return [above, max(max(grouped) + _EDGE, max(tall, default=0) + _EDGE - above)]


def write_short(page: Page, table: Table, *, total: bool = False) -> int:
    """Write a table whose second column takes two of the sheet's; return the row of its first figures.

    With ``total`` its last row is in bold.
    """
    spans = [(0, 0), (1, 2), *((index, index) for index in range(3, len(table.columns) + 1))]
    page.add(Block(0, page.last, table.title, TITLE_SIZE, bold=True, align="left"))
    write_header(page, table.columns, spans)
    first = page.row
    for index, row in enumerate(table.rows, start=1):
        bold = total and index == len(table.rows)
        for value, column, span in zip(row, table.columns, spans, strict=True):
            _write_value(page, value, column, span, bold=bold)
        texts = [Block(*span, _text(value), SIZE, bold=bold) for value, span in zip(row, spans, strict=True)]
        page.space(page.height(*texts) + _EDGE)
    return first


def _groups(columns: Sequence[Column], spans: Sequence[Span]) -> list[Block]:
    """Return the titles over several columns."""
    runs = groupby(zip(columns, spans, strict=True), lambda pair: pair[0].group)
    named = [(title, [span for _, span in run]) for title, run in runs if title]
    return [Block(taken[0][0], taken[-1][1], title, SIZE, bold=True) for title, taken in named]


def _put(page: Page, area: tuple[int, int, int, int], text: str, style: Any) -> None:  # noqa: ANN401 (XlsxWriter has no types)
    top, left, bottom, right = area
    if (top, left) == (bottom, right):
        page.sheet.write_string(top, left, text, style)
    else:
        page.sheet.merge_range(top, left, bottom, right, "", style)
        page.sheet.write_string(top, left, text, style)


def _write_value(page: Page, value: Shown, column: Column, span: Span, *, bold: bool) -> None:
    first, last = span
    align = "left" if column.look == "text" else "center"
    look: dict[str, object] = {
        "font_size": SIZE, "bold": bold, "border": 1, "valign": "vcenter", "align": align,
    }  # fmt: skip
    if not write_number(page, first, value, look, "#,##0"):
        _put(page, (page.row, first, page.row, last), _text(value), page.styles(**look))


def _text(value: Shown) -> str:
    return day_text(value) if isinstance(value, date) else figure_text(value)
