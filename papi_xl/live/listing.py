"""The sheet `Kết quả kiểm tra` in the open workbook: a checklist written in a few blocks."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Final

import xlwings as xw

from papi_xl.checklist import COLOURS, TITLE, WIDTHS, Checklist, Place
from papi_xl.live.blocks import runs
from papi_xl.live.extents import FAR_CELLS
from papi_xl.live.typed import as_texts, is_plain
from papi_xl.looks import (
    EDGE_COLOUR,
    FONT,
    HEADER_COLOUR,
    LIST_HEIGHTS,
    LIST_TITLE_SIZE,
    TABLE_SIZE,
    column_width,
)
from papi_xl.looks import LIST_HEADER_ROW as HEADER_ROW
from papi_xl.references import cell_address, column_letters

TALLEST: Final = 409
"""Points that Excel takes for the height of a row."""
LANDSCAPE: Final = 2
"""Excel's `xlLandscape`."""

_LAST: Final = column_letters(len(WIDTHS))
_LEVEL, _PLACE = "B", "C"


def is_free(sheet: xw.Sheet) -> bool:
    """Whether the sheet shows an earlier checklist or nothing at all: else it is the user's."""
    corner = sheet.range("A1").value
    if corner is not None:
        return corner in TITLE
    used = sheet.used_range
    if used.size > FAR_CELLS:
        return False  # none of ours reaches so far, and what stands where would take long to find out
    return all(cell is None for row in used.options(ndim=2, err_to_str=True).value for cell in row)


def write(sheet: xw.Sheet, checklist: Checklist, tip: str) -> None:
    """Make the sheet show ``checklist`` and nothing else; ``tip`` is what a link says under the mouse."""
    sheet.clear()
    last = HEADER_ROW + len(checklist.lines)
    _write_texts(sheet, checklist, last)
    for row, line in enumerate(checklist.lines, start=HEADER_ROW + 1):
        if line.place:
            link(sheet.range(f"{_PLACE}{row}"), line.place, line.texts[1], tip)
    shape(sheet, WIDTHS, last, _PLACE)
    _colour(sheet, checklist)


def fit_to_paper(sheet: xw.Sheet) -> None:
    """Let a new sheet be printed across, as wide as a page; xlwings has no member for that.

    An engine of our own is told so, Excel by its own members, which fail where there is no printer.
    """
    fit_width = getattr(sheet.page_setup.impl, "fit_width", None)
    if fit_width is not None:
        fit_width()
        return
    with suppress(Exception):
        paper = sheet.page_setup.api
        paper.Orientation, paper.Zoom = LANDSCAPE, False
        paper.FitToPagesWide, paper.FitToPagesTall = 1, False


def link(cell: xw.Range, place: Place, text: str, tip: str) -> None:
    """Make a link to ``place`` of a cell that holds ``text`` already.

    A text that begins like a formula, as the name of a sheet may, gets none: Excel types a link's text anew.
    """
    if is_plain(text):
        cell.add_hyperlink(target(place), text, tip)


def target(place: Place) -> str:
    """Return the address of a link to a cell of this workbook."""
    return f"#{cell_address(*place)}"


def _write_texts(sheet: xw.Sheet, checklist: Checklist, last: int) -> None:
    lines = [[number, *line.texts] for number, line in enumerate(checklist.lines, start=1)]
    blank = [None] * (len(WIDTHS) - 1)
    # As text, or Excel would turn what looks like a number, a date or a formula into one.
    sheet.range(f"B1:{_LAST}{last}").number_format = "@"
    sheet.range(f"A1:{_LAST}{last}").value = as_texts(
        [[checklist.title, *blank], [checklist.subtitle, *blank], list(checklist.headers), *lines]
    )


def shape(
    sheet: xw.Sheet, widths: Sequence[int], last: int, centred: str, long: Collection[int] = ()
) -> None:
    """Give a list its look: title, subtitle, headers in row `LIST_HEADER_ROW`, a line each below.

    Args:
        sheet: holds the list from A1 on, and nothing else.
        widths: of its columns, in pixels.
        last: its last row.
        centred: the letters of the last column whose cells stand in the middle.
        long: rows with a text so long that working out their heights takes seconds; all are of one height.
    """
    for row in long:
        sheet.range(f"{row}:{row}").row_height = TALLEST
    edge = column_letters(len(widths))
    for column, pixels in enumerate(widths, start=1):
        letter = column_letters(column)
        sheet.range(f"{letter}:{letter}").column_width = column_width(pixels)
    everything = sheet.range(f"A1:{edge}{last}")
    everything.font.name, everything.font.size = FONT, TABLE_SIZE
    everything.wrap_text = True
    everything.vertical_alignment = "top"
    for row, height in enumerate(LIST_HEIGHTS, start=1):
        line = sheet.range(f"A{row}:{edge}{row}")
        line.merge()
        line.row_height = height
        line.vertical_alignment = "center"
    title = sheet.range("A1")
    title.font.bold, title.font.size, title.horizontal_alignment = True, LIST_TITLE_SIZE, "center"
    sheet.range("A2").font.italic = True
    header = sheet.range(f"A{HEADER_ROW}:{edge}{HEADER_ROW}")
    header.font.bold, header.horizontal_alignment, header.color = True, "center", HEADER_COLOUR
    table = sheet.range(f"A{HEADER_ROW}:{edge}{last}")
    table.borders.set("all", line_style="continuous", weight="thin", color=EDGE_COLOUR)
    if last > HEADER_ROW:
        sheet.range(f"A{HEADER_ROW + 1}:{centred}{last}").horizontal_alignment = "center"
        others = ((row, 1) for row in range(HEADER_ROW + 1, last + 1) if row not in long)
        for _, rows in runs(others):
            sheet.range(f"A{rows[0]}:{edge}{rows[-1]}").rows.autofit()


def _colour(sheet: xw.Sheet, checklist: Checklist) -> None:
    """Show each class in the colour in which it marks cells."""
    first = HEADER_ROW + 1
    for level, lines in groupby(checklist.lines, key=lambda line: line.level):
        last = first + len(list(lines)) - 1
        if level in COLOURS:
            sheet.range(f"{_LEVEL}{first}:{_LEVEL}{last}").color = COLOURS[level]
        first = last + 1
