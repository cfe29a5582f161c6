"""A received sheet as it goes back: values in their own cells, its table readable and printable."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from xlsxwriter.worksheet import Worksheet

from papi_xl.checklist import COLOURS
from papi_xl.headers import Table
from papi_xl.looks import HEADER_COLOUR
from papi_xl.raw import Cell, RawSheet
from papi_xl.text import shown, writable
from papi_xl.writing import layout
from papi_xl.writing.figures import percent_format
from papi_xl.writing.paper import Styles

SIZE: Final = 10
FIRST_DAY, LAST_DAY = date(1900, 3, 1), date(9999, 12, 30)
"""Earlier days have no number that all applications agree on; the very last one could be rounded up."""
LONGEST_SPAN: Final = LAST_DAY - FIRST_DAY
COLUMNS_TO_FIT: Final = 40
ROWS_TO_FIT: Final = 500
"""So many rows settle how wide the columns are."""
HEIGHTS_TO_FIT: Final = 5_000
"""So many rows get the height that their texts need; the others get it from who opens the file."""
LOWEST_FROZEN: Final = 12
"""A header farther down is not kept in sight: it would leave too little of the window."""
AFTER_THE_TABLE: Final = 40
"""Rows after the last task that are printed: signatures, not a stray cell far below."""

_PLAIN: Final = range(0)


class Shape(NamedTuple):
    """Where a sheet has its table; all positions are 1-based sheet positions.

    ``header`` and ``body`` are rows, ``headings`` those of the body that name a domain; ``columns`` are the
    table's columns, ``percent`` the one of percentages (0 without). A sheet without a table has none of them.
    """

    header: range = _PLAIN
    body: range = _PLAIN
    headings: frozenset[int] = frozenset()
    columns: range = _PLAIN
    percent: int = 0


def shape(table: Table, tasks: Sequence[int], headings: Sequence[int]) -> Shape:
    """Return where a task table stands whose tasks and headings are in these rows."""
    end = table.sheet.numbers[table.body - 1] + 1
    return Shape(
        header=range(table.header_row, end),
        body=range(end, max((*tasks, *headings), default=end - 1) + 1),
        headings=frozenset(headings),
        columns=range(table.first, max(table.labels) + 1),
        percent=table.columns.get("percent", 0),
    )


def write_values(
    sheet: Worksheet, styles: Styles, received: RawSheet, shape: Shape, marks: Mapping[tuple[int, int], str]
) -> None:
    """Fill ``sheet`` with what ``received`` holds.

    Args:
        sheet: an empty sheet of `paper.add_sheet`.
        styles: those of its workbook.
        received: the sheet as read.
        shape: where its table stands.
        marks: (row, column) of the cells to colour, with a key of `checklist.COLOURS`.
    """
    widths = _widths(received, shape)
    for column, width in enumerate(widths):
        sheet.set_column_pixels(column, column, width)
    for place, level in marks.items():
        _write(sheet, *place, None, styles(**_look(*place, shape) | {"bg_color": COLOURS[level]}))
    fitted = frozenset((shape.body if shape.header else received.numbers)[:HEIGHTS_TO_FIT]) - shape.headings
    for number, row in zip(received.numbers, received.rows, strict=True):
        for column, cell in _cells(number, row, shape):
            look = _look(number, column, shape) | _format(cell, is_share=column == shape.percent)
            if (number, column) in marks:
                look["bg_color"] = COLOURS[marks[number, column]]
            _write(sheet, number, column, cell, styles(**look))
        if number in shape.header or number in fitted:
            texts = _texts(row, len(widths))
            height = layout.row_height(texts, widths, SIZE, bold=number in shape.header) + 2
            sheet.set_row(number - 1, min(height, layout.MAX_ROW_HEIGHT))
    if shape.header:
        _set_page(sheet, shape, max(received.numbers))


def _cells(number: int, row: Sequence[Cell], shape: Shape) -> list[tuple[int, Cell]]:
    """Return the cells to write: those that hold something, and all of the table."""
    in_table = number in shape.header or number in shape.body
    found: list[tuple[int, Cell]] = [
        (column, cell) for column, cell in enumerate(row, start=1) if cell not in {None, ""}
    ]
    if not in_table:
        return found
    blank: dict[int, Cell] = dict.fromkeys(shape.columns)
    return list((blank | dict(found)).items())


def _look(number: int, column: int, shape: Shape) -> dict[str, Any]:
    look: dict[str, Any] = {"font_size": SIZE, "align": "left"}
    if column in shape.columns and number in shape.header:
        return look | {
            "bold": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": HEADER_COLOUR,
        }  # fmt: skip
    if column in shape.columns and number in shape.body and number not in shape.headings:
        return look | {"border": 1}
    # Titles, headings and signatures run over the empty cells beside them, as in the merged cells they were.
    edges = {"bold": True, "top": 1, "bottom": 1} if number in shape.headings else {}
    return look | edges | {"text_wrap": not shape.header}


def _format(cell: Cell, *, is_share: bool) -> dict[str, str]:
    """Return how a cell that is no text shows what it holds."""
    if isinstance(cell, datetime):
        return {"num_format": "dd/mm/yyyy hh:mm" if cell.time() != time() else "dd/mm/yyyy"}
    if isinstance(cell, date):
        return {"num_format": "dd/mm/yyyy"}
    if isinstance(cell, time | timedelta):
        return {"num_format": "hh:mm:ss" if isinstance(cell, time) else "[h]:mm:ss"}
    if is_share and isinstance(cell, float) and 0 <= cell <= 1:
        return {"num_format": percent_format(cell)}
    return {}


def _write(sheet: Worksheet, number: int, column: int, cell: Cell, style: Any) -> None:  # noqa: ANN401 (XlsxWriter has no types)
    place = (number - 1, column - 1)
    if cell is None or cell == "":
        sheet.write_blank(*place, None, style)
    elif isinstance(cell, bool):
        sheet.write_boolean(*place, cell, style)
    elif isinstance(cell, int | float) and math.isfinite(cell):
        sheet.write_number(*place, cell, style)
    elif _has_number(cell):
        sheet.write_datetime(*place, cell, style)
    else:
        sheet.write_string(*place, writable(shown(cell)), style)


def _has_number(cell: Cell) -> bool:
    """Whether a day or a time is one that a cell can hold as a number."""
    if isinstance(cell, datetime):
        return FIRST_DAY <= cell.date() <= LAST_DAY and cell.tzinfo is None
    if isinstance(cell, date):
        return FIRST_DAY <= cell <= LAST_DAY
    return isinstance(cell, time) or (isinstance(cell, timedelta) and timedelta() <= cell <= LONGEST_SPAN)


def _widths(received: RawSheet, shape: Shape) -> list[float]:
    """Return pixels of the columns, so that the texts of the table, else of the sheet, read well."""
    rows = list(zip(received.numbers, received.rows, strict=True))
    wanted = frozenset(shape.body) - shape.headings if shape.header else frozenset(received.numbers)
    inside = [row for number, row in rows if number in wanted]
    width = max((len(row) for row in inside), default=0)
    count = min(COLUMNS_TO_FIT, max(width, shape.columns.stop - 1))
    heads = [row for number, row in rows if number in shape.header]
    labels = [" ".join(words) for words in zip(*(_texts(row, count) for row in heads), strict=True)]
    texts = [_texts(row, count) for row in inside[:ROWS_TO_FIT]]
    return layout.column_widths(labels or [""] * count, texts, SIZE, layout.PAGE_WIDTH) if count else []


def _texts(row: Sequence[Cell], count: int) -> list[str]:
    texts = [shown(cell) for cell in row[:count]]
    return texts + [""] * (count - len(texts))


def _set_page(sheet: Worksheet, shape: Shape, last: int) -> None:
    """Repeat the header on every page, print the table and what belongs to it, keep the header in sight."""
    first, end = shape.header.start - 1, shape.header.stop - 1
    sheet.repeat_rows(first, end - 1)
    sheet.print_area(0, 0, min(last, shape.body.stop - 1 + AFTER_THE_TABLE) - 1, shape.columns.stop - 2)
    if end <= LOWEST_FROZEN:
        sheet.freeze_panes(end, 0)
