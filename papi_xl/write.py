"""Write the attached summary to an .xlsx file: values only, whole or not at all, reproducibly."""

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from textwrap import shorten
from typing import Final

from xlsxwriter.workbook import Workbook

from papi_xl import files, schema
from papi_xl.labels import Labels, labels
from papi_xl.report import Annex, AnnexRow, Summary, Value
from papi_xl.writing import layout
from papi_xl.writing.figures import figure_text, write_number
from papi_xl.writing.paper import WORKBOOK_OPTIONS, Block, Page, Styles, add_meta, add_sheet
from papi_xl.writing.printed import write_printed_sheet

_SIZE: Final = 10
_SIZES: Final = (_SIZE, 9, 8, 7)
_CENTRED: Final = (*(schema.KEYS.index(key) for key in ("number", "status", "percent")), 11, 12)
_NAME_ROOM: Final = 60
_HEADING_HEIGHT: Final = 17
_TASK: Final = schema.KEYS.index("task")


def write_summary(path: Path, summary: Summary) -> None:
    """Write ``summary`` to ``path``, replacing a file that is there; equal input gives equal parts.

    Raises:
        OutputError: the folder does not take the file; nothing is left behind then.
    """
    files.write_whole(path, summary_bytes(summary))


def summary_bytes(summary: Summary) -> bytes:
    """Return the content of the file that `write_summary` writes."""
    stream = BytesIO()
    with Workbook(stream, WORKBOOK_OPTIONS) as book:
        created = datetime.combine(summary.made_on, time())
        book.set_properties({"title": summary.title, "author": summary.meta["unit"], "created": created})
        styles = Styles(book)
        write_printed_sheet(book, styles, summary)
        _write_annex(book, styles, summary)
        add_meta(book, summary.meta)
    return stream.getvalue()


def _write_annex(book: Workbook, styles: Styles, summary: Summary) -> None:
    annex, words = summary.annex, labels(summary.lang)
    texts = [[_text(value) for value in row.cells] for row in annex.rows]
    tasks = [line for row, line in zip(annex.rows, texts, strict=True) if not row.heading]
    widths = layout.column_widths(annex.headers, tasks, _SIZE, layout.PAGE_WIDTH)
    too_long = _too_long(annex, texts, widths)
    sheet = add_sheet(book, schema.ANNEX)
    page = Page(sheet, styles, widths)
    _write_titles(page, summary, words.in_full_notice.format(sheet=schema.FULL_TEXTS) if too_long else "")
    _write_table(page, annex, texts)
    sheet.freeze_panes(page.row - len(annex.rows), 0)
    page.finish()
    if too_long:
        _write_in_full(book, styles, words, too_long)


def _text(value: Value) -> str:
    return "" if value is None else figure_text(value)


def _write_titles(page: Page, summary: Summary, notice: str) -> None:
    page.add(Block(0, page.last, summary.annex.label, 14, bold=True))
    page.add(Block(0, page.last, summary.annex.title, 14, bold=True))
    page.add(Block(0, page.last, summary.attached_to, 13, italic=True))
    if notice:
        page.add(Block(0, page.last, notice, 11, italic=True))
    page.space(8)


def _write_table(page: Page, annex: Annex, texts: Sequence[Sequence[str]]) -> None:
    top = page.row
    header = page.styles(font_size=_SIZE, bold=True, align="center", valign="vcenter", border=1)
    page.sheet.add_table(
        top,
        0,
        top + len(annex.rows),
        page.last,
        {
            "name": schema.ANNEX_TABLE,
            "style": None,
            "autofilter": False,
            "columns": [{"header": title, "header_format": header} for title in annex.headers],
        },
    )
    page.repeat(layout.row_height(annex.headers, page.widths, _SIZE, bold=True) + 2)
    fits = [_fit(line, page.widths) for line in texts]
    for index, (row, (sizes, height)) in enumerate(zip(annex.rows, fits, strict=True)):
        if row.heading:
            first_task = fits[index + 1][1] if index + 1 < len(fits) else 0
            page.keep_together(_HEADING_HEIGHT + first_task)
            _write_heading(page, row)
            page.space(_HEADING_HEIGHT)
        else:
            page.keep_together(height)
            _write_row(page, row, sizes)
            page.space(height)


def _write_heading(page: Page, row: AnnexRow) -> None:
    """Write a domain's heading; its name runs over the empty cells to the right, as a merge would."""
    look: dict[str, object] = {"font_size": _SIZE, "bold": True, "top": 1, "bottom": 1, "text_wrap": False}
    for column, value in enumerate(row.cells):
        edges = {"left": int(column in {0, _TASK}), "right": int(column in {0, page.last})}
        align = "center" if column == 0 else "left"
        style = page.styles(**look, **edges, align=align)
        page.sheet.write_string(page.row, column, _text(value), style)


def _fit(line: Sequence[str], widths: Sequence[float]) -> tuple[list[int], float]:
    """Return the font size at which each cell fits the greatest row height, and the row's height then."""
    cells = [_fit_cell(text, width) for text, width in zip(line, widths, strict=True)]
    return [size for size, _ in cells], max(height for _, height in cells) + 2


def _fit_cell(text: str, width: float) -> tuple[int, float]:
    for size in _SIZES:
        if not layout.is_too_high(text, width, size):
            return size, layout.text_height(text, width, size)
    return _SIZES[-1], layout.MAX_ROW_HEIGHT


def _write_row(page: Page, row: AnnexRow, sizes: Sequence[int]) -> None:
    for column, (value, size) in enumerate(zip(row.cells, sizes, strict=True)):
        align = "center" if column in _CENTRED else "left"
        look: dict[str, object] = {"font_size": size, "border": 1, "align": align}
        if not write_number(page, column, value, look):
            page.sheet.write_string(page.row, column, _text(value), page.styles(**look))


def _too_long(annex: Annex, texts: Sequence[Sequence[str]], widths: Sequence[float]) -> list[tuple[str, str]]:
    """Return (where, text) of the cells that no font size makes fit a row."""
    smallest = _SIZES[-1]
    return [
        (f"{line[0] or shorten(line[_TASK], _NAME_ROOM, placeholder='…')} – {annex.headers[column]}", text)
        for line in texts
        for column, text in enumerate(line)
        if layout.is_too_high(text, widths[column], smallest)
    ]


def _write_in_full(book: Workbook, styles: Styles, words: Labels, texts: Sequence[tuple[str, str]]) -> None:
    page = Page(add_sheet(book, schema.FULL_TEXTS), styles, [layout.PAGE_WIDTH])
    page.add(Block(0, 0, words.in_full, 14, bold=True))
    for where, text in texts:
        page.add(Block(0, 0, where, 12, bold=True, align="left"))
        for part in layout.chunks(text, layout.PAGE_WIDTH, 11):
            page.add(Block(0, 0, part, 11, align="left"))
    page.finish()
