"""The sheet `Tổng hợp` of the attached summary: one to a few printed pages, signed at the end."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, Final

from xlsxwriter.workbook import Workbook

from papi_xl import schema
from papi_xl.report import (
    Chart,
    Coming,
    FigureTable,
    Letterhead,
    Prospect,
    Sentence,
    Signature,
    Summary,
    Value,
)
from papi_xl.writing import layout
from papi_xl.writing.charts import column_series, completion_bars
from papi_xl.writing.coming import number_width, write_coming
from papi_xl.writing.figures import figure_text, write_number
from papi_xl.writing.paper import Block, Page, Styles, add_sheet

_TABLE_SIZES: Final = (11, 10, 9)
_LEAST_NAME_WIDTH: Final = 190
_NAME_COLUMN: Final = 1
_LEFT_SHARE: Final = 0.48
_SENTENCE_SHARE: Final = 0.54
_GAP: Final = 10
_SIGNATURE_SPACE: Final = 56
_CHART_HEIGHT: Final = 330
"""Pixels."""
_CHART_GAP: Final = 10
_RULE_SIZE: Final = 5
_LESS_BETWEEN_LINES: Final = 2


def write_printed_sheet(book: Workbook, styles: Styles, summary: Summary) -> None:
    """Add the sheet `Tổng hợp` to the workbook."""
    sheet = add_sheet(book, schema.SUMMARY)
    page = Page(sheet, styles, _widths(summary.figures, summary.prospect.coming))
    _write_letterhead(page, summary.letterhead)
    _write_titles(page, summary)
    first = _write_figures(page, summary.figures)
    page.space(_GAP)
    page.keep_together((_CHART_HEIGHT + 60) * layout.POINTS_PER_PIXEL)
    chart = _chart(book, summary.chart, first)
    signature = _signature_rows(page, summary.signature)
    _write_sentences(page, summary.prospect, chart)
    page.space(_GAP)
    tail = _GAP + sum(page.height(*row) for row in signature) + _SIGNATURE_SPACE
    write_coming(page, summary.prospect.coming, tail)
    page.space(_GAP)
    _write_signature(page, signature)
    page.finish()


def _widths(figures: FigureTable, coming: Coming) -> list[float]:
    """Return column widths in pixels: figures and their headers as narrow as may be, names the rest."""
    largest = _TABLE_SIZES[0]
    widths = [layout.widest_word(header, largest - 1, bold=True) for header in _headers(figures)]
    for row in (*figures.rows, figures.total):
        words = [layout.widest_word(figure_text(value), largest, bold=True) for value in row]
        widths = [max(pair) for pair in zip(widths, words, strict=True)]
    widths[0] = max(widths[0], number_width(coming))
    widths[_NAME_COLUMN] = 0
    widths[_NAME_COLUMN] = max(_LEAST_NAME_WIDTH, layout.PAGE_WIDTH - sum(widths))
    return widths


def _headers(figures: FigureTable) -> list[str]:
    return [header for group in figures.groups for header in group.headers]


def _write_letterhead(page: Page, head: Letterhead) -> None:
    """Write agency and unit on the left, line by line, so that a long name leaves the right side in place."""
    middle = layout.split_columns(page.widths, _LEFT_SHARE)
    room = layout.text_room(layout.spread(page.widths, 0, middle))
    unit_lines = layout.wrapped(head.unit, room, 12, bold=True)
    rule = max(layout.text_width(line, 12, bold=True) for line in unit_lines) / 3
    left = [
        *(Block(0, middle, line, 12) for line in layout.wrapped(head.parent, room, 12)),
        *(Block(0, middle, line, 12, bold=True) for line in unit_lines),
        Block(0, middle, "—" * round(rule / _RULE_SIZE), _RULE_SIZE),
    ]
    right = [
        Block(middle + 1, page.last, head.nation, 12, bold=True),
        Block(middle + 1, page.last, head.motto, 13, bold=True, underline=True),
        Block(middle + 1, page.last, "", _RULE_SIZE),
        Block(middle + 1, page.last, head.place_and_date, 13, italic=True),
    ]
    for blocks in zip_longest(left, right):
        row = [block for block in blocks if block]
        page.add(*row, height=page.height(*row) - _LESS_BETWEEN_LINES)
    page.space(6)


def _write_titles(page: Page, summary: Summary) -> None:
    page.add(Block(0, page.last, summary.title, 14, bold=True))
    page.add(Block(0, page.last, summary.subtitle, 13))
    page.add(Block(0, page.last, summary.attached_to, 13, italic=True))
    if summary.warning:
        page.add(Block(0, page.last, summary.warning, 12, bold=True, italic=True))
    page.space(6)


def _write_figures(page: Page, figures: FigureTable) -> int:
    """Write the table, on one page where a font size allows it; return its first row of figures."""
    for size in _TABLE_SIZES:
        heights = _figure_heights(page, figures, size)
        if sum(heights) <= page.left:
            break
    _write_figure_headers(page, figures, size - 1)
    page.space(heights[0])
    page.space(heights[1])
    first = page.row
    for values, height in zip(figures.rows, heights[2:], strict=False):
        _write_figure_row(page, values, size, bold=False)
        page.space(height)
    _write_figure_row(page, figures.total, size, bold=True)
    page.space(heights[-1])
    return first


def _figure_heights(page: Page, figures: FigureTable, size: int) -> list[float]:
    """Return the heights of the two header rows, the rows of figures and the total."""
    groups, column = [], 0
    for group in figures.groups:
        last = column + len(group.headers) - 1
        groups.append(Block(column, last, group.title, size - 1, bold=True))
        column = last + 1
    rows = [[figure_text(value) for value in row] for row in (*figures.rows, figures.total)]
    return [
        page.height(*groups),
        layout.row_height(_headers(figures), page.widths, size - 1, bold=True),
        *(layout.row_height(texts, page.widths, size) + 2 for texts in rows),
    ]


def _write_figure_headers(page: Page, figures: FigureTable, size: int) -> None:
    """Write the two header rows; headers without a group's title stand over both."""
    style = page.styles(font_size=size, bold=True, align="center", valign="vcenter", border=1)
    column = 0
    for group in figures.groups:
        last = column + len(group.headers) - 1
        bottom = page.row if group.title else page.row + 1
        page.sheet.merge_range(page.row, column, bottom, last, "", style)
        page.sheet.write_string(page.row, column, group.title or group.headers[0], style)
        for offset, header in enumerate(group.headers if group.title else ()):
            page.sheet.write_string(page.row + 1, column + offset, header, style)
        column = last + 1


def _write_figure_row(page: Page, values: Sequence[Value], size: int, *, bold: bool) -> None:
    for column, value in enumerate(values):
        align = "left" if column == _NAME_COLUMN else "center"
        look: dict[str, object] = {
            "font_size": size, "bold": bold, "border": 1, "valign": "vcenter", "align": align,
        }  # fmt: skip
        if not write_number(page, column, value, look):
            page.sheet.write_string(page.row, column, figure_text(value), page.styles(**look))


def _chart(book: Workbook, chart: Chart, first: int) -> Any:  # noqa: ANN401 (XlsxWriter has no types)
    """Return a bar chart over the name and completion columns of the figure table."""
    place = (first, _NAME_COLUMN, chart.column)
    bars = column_series(chart.title, schema.SUMMARY, place, chart.categories, chart.values)
    return completion_bars(book, chart.title, bars)


def _write_sentences(page: Page, prospect: Prospect, chart: Any) -> None:  # noqa: ANN401
    """Write what each domain lacks, the chart beside it."""
    middle = layout.split_columns(page.widths, _SENTENCE_SHARE)
    page.add(Block(0, middle, prospect.title.upper(), 12, bold=True, align="left"))
    width = layout.spread(page.widths, middle + 1, page.last) - 2 * _CHART_GAP
    chart.set_size({"width": width, "height": _CHART_HEIGHT})
    place = {"x_offset": _CHART_GAP, "object_position": 2, "description": prospect.title}
    page.sheet.insert_chart(page.row, middle + 1, chart, place)
    beside_chart = _CHART_HEIGHT * layout.POINTS_PER_PIXEL
    note = [Block(0, middle, prospect.note, 11, italic=True, align="left")] if prospect.note else []
    for block in (*note, *(_sentence(middle, one) for one in prospect.sentences)):
        page.add(block)
        beside_chart -= page.height(block)
    if beside_chart > 0:
        page.space(beside_chart)


def _sentence(last: int, sentence: Sentence) -> Block:
    return Block(0, last, sentence.text, 12, align="left", lead=sentence.name)


def _signature_rows(page: Page, signature: Signature) -> list[tuple[Block, ...]]:
    """Return the rows of the signature block; between the last two there is room to sign."""
    left = layout.split_columns(page.widths, 1 / 3)
    right = layout.split_columns(page.widths, 2 / 3)
    middle, last = (left + 1, right), (right + 1, page.last)
    first, *others = (Block(0, left, line, 11, align="left") for line in signature.recipients)
    return [
        (
            Block(0, left, signature.recipients_title, 12, bold=True, italic=True, align="left"),
            Block(*middle, signature.preparer_title, 13, bold=True),
            Block(*last, signature.on_behalf, 13, bold=True),
        ),
        (first, Block(*last, signature.signer_title, 13, bold=True)),
        *((block,) for block in others),
        (Block(*middle, signature.preparer, 13, bold=True), Block(*last, signature.signer, 13, bold=True)),
    ]


def _write_signature(page: Page, rows: Sequence[tuple[Block, ...]]) -> None:
    for row in rows[:-1]:
        page.add(*row)
    page.space(_SIGNATURE_SPACE)
    page.add(*rows[-1])
