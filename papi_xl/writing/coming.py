"""The table of what will be overdue next, on the sheet `Tổng hợp` of the attached summary."""

from collections.abc import Sequence
from typing import Final

from papi_xl.report import Coming, Value
from papi_xl.writing import layout
from papi_xl.writing.paper import Block, Page

_TITLE_SIZE: Final = 12
_SIZE: Final = 10
_EDGE: Final = 2
"""Points that borders take of a row."""
_SHARES: Final = (0.06, 0.61, 0.82, 0.92)
"""Where the table's columns end, but for the last, in shares of the page."""
_MOST_FOR_A_NUMBER: Final = 60
"""Pixels; longer numbers take more lines."""
_LEFT: Final = (1, 2)
"""The columns of texts; the others are centred."""


def number_width(coming: Coming) -> float:
    """Return the pixels that the numbers of the tasks need."""
    widest = max((layout.widest_word(str(row[0]), _SIZE) for row in coming.rows), default=0.0)
    return min(widest, _MOST_FOR_A_NUMBER)


def write_coming(page: Page, coming: Coming, tail: float) -> None:
    """Write the table under its title; its last row stays with ``tail`` points after it."""
    title = Block(0, page.last, coming.title.upper(), _TITLE_SIZE, bold=True, align="left")
    rest = [Block(0, page.last, coming.rest, _TITLE_SIZE, align="left")] if coming.rest else []
    if not coming.rows:
        page.keep_together(page.height(title) + page.height(*rest) + tail)
        page.add(title)
        page.add(*rest)
        return
    spans = _spans(page)
    header = _blocks(spans, coming.headers, bold=True)
    rows = [_blocks(spans, row) for row in coming.rows]
    after = tail + (page.height(*rest) if rest else 0)
    needed = [_height(page, row) for row in rows]
    needed[-1] += after
    page.keep_together(page.height(title) + _height(page, header) + needed[0])
    page.add(title)
    _add(page, header)
    for row, height in zip(rows, needed, strict=True):
        if page.left < height:
            page.keep_together(height)
            _add(page, header)
        _add(page, row)
    if rest:
        page.add(*rest)


def _spans(page: Page) -> list[tuple[int, int]]:
    """Return the first and last column of the sheet that each column of the table takes."""
    ends = [layout.split_columns(page.widths, share) for share in _SHARES]
    firsts = [0, *(end + 1 for end in ends)]
    return list(zip(firsts, [*ends, page.last], strict=True))


def _blocks(spans: Sequence[tuple[int, int]], values: Sequence[Value], *, bold: bool = False) -> list[Block]:
    return [
        Block(
            *span,
            str(value),
            _SIZE,
            bold=bold,
            align="left" if index in _LEFT and not bold else "center",
            border=1,
        )
        for index, (span, value) in enumerate(zip(spans, values, strict=True))
    ]


def _add(page: Page, row: Sequence[Block]) -> None:
    page.add(*row, height=_height(page, row))


def _height(page: Page, row: Sequence[Block]) -> float:
    return page.height(*row) + _EDGE
