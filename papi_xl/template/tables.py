"""The template's sheets that staff fill in as tables: tasks, inspections, communication, difficulties."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from math import isfinite
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from papi_xl import schema
from papi_xl.looks import TABLE_SIZE
from papi_xl.raw import KNOWN_ERRORS, Cell, CellError
from papi_xl.template.book import TemplateSheet
from papi_xl.template.filling import TASK_HEADER_ROW, Filling, Row
from papi_xl.template.help import add_marks, add_side_validations, add_task_validations
from papi_xl.template.helper_rows import LAST_READ
from papi_xl.template.styles import Looks
from papi_xl.text import shown
from papi_xl.writing import layout
from papi_xl.writing.paper import BASE_SIZE, add_sheet

SIDE_HEADER_ROW: Final = 4
SIDE_ROWS: Final = 15
SIDE_LAST_ROW: Final = 304
_TABLE_STYLE: Final = "Table Style Light 15"
_LOOKS: Final = {"number": "text", "timing": "text", "percent": "percent"}
_FIRST: Final = TASK_HEADER_ROW + 1
_LAST_COLUMN: Final = len(schema.COLUMNS) - 1
_YEAR: Final = schema.INFO_BY_KEY["year"].name
_TITLE: Final = f'=UPPER("{{title}}"&IF({_YEAR}="",""," năm "&{_YEAR}))'


def write_tasks(looks: Looks, texts: Mapping[str, Any], filling: Filling) -> Worksheet:
    """Write the sheet `Nhiệm vụ`, whose table grows as rows are added."""
    sheet = add_sheet(looks.book, schema.TASKS)
    sheet.hide_gridlines(1)
    widths = [texts["widths"][key] for key in schema.KEYS]
    for column, (key, width) in enumerate(zip(schema.KEYS, widths, strict=True)):
        below = {"number": "below_text", "timing": "below_text", "percent": "below_percent"}.get(key, "below")
        sheet.set_column_pixels(column, column, width, looks(below))
    _write_task_titles(sheet, looks, texts, filling, widths)
    _write_task_rows(sheet, looks, filling, widths)
    add_task_validations(sheet, texts)
    add_marks(sheet, looks)
    sheet.ignore_errors({"number_stored_as_text": f"A{_FIRST}:A{LAST_READ} F{_FIRST}:F{LAST_READ}"})
    sheet.freeze_panes(TASK_HEADER_ROW, 2)
    sheet.repeat_rows(TASK_HEADER_ROW - 1)
    return sheet


def _write_task_titles(
    sheet: Worksheet, looks: Looks, texts: Mapping[str, Any], filling: Filling, widths: Sequence[int]
) -> None:
    year = filling.info.get("year")
    title = f"{texts['title']} năm {year}" if year else texts["title"]
    sheet.merge_range(0, 0, 0, _LAST_COLUMN, "", looks("title"))
    sheet.write_formula(0, 0, _TITLE.format(title=texts["title"]), looks("title"), title.upper())
    sheet.merge_range(1, 0, 1, _LAST_COLUMN, "", looks("subtitle"))
    sheet.write_formula(
        1, 0, f'={schema.INFO_BY_KEY["unit"].name}&""', looks("subtitle"), str(filling.info.get("unit") or "")
    )
    sheet.merge_range(2, 0, 2, _LAST_COLUMN, texts["intro"], looks("intro"))
    sheet.set_row(0, 24)
    sheet.set_row(2, layout.text_height(texts["intro"], sum(widths), BASE_SIZE) + 4)
    headers = [column.header for column in schema.COLUMNS]
    room = [width - 14 for width in widths]
    sheet.set_row(TASK_HEADER_ROW - 1, layout.row_height(headers, room, TABLE_SIZE, bold=True) + 4)


def _write_task_rows(sheet: TemplateSheet, looks: Looks, filling: Filling, widths: Sequence[int]) -> None:
    headers = [column.header for column in schema.COLUMNS]
    if filling.merges:
        for column, header in enumerate(headers):
            sheet.write_string(TASK_HEADER_ROW - 1, column, header, looks("head"))
    else:
        last = TASK_HEADER_ROW - 1 + max(len(filling.tasks), 1)
        add_table(sheet, looks, schema.TASK_TABLE, headers, (TASK_HEADER_ROW - 1, last))
    for index, row in enumerate(filling.tasks, start=TASK_HEADER_ROW):
        for column, (key, look) in enumerate(zip(schema.KEYS, _task_looks(row), strict=True)):
            font = filling.fonts.get((index + 1, column + 1))
            write_cell(sheet, index, column, row.get(key), looks(look, font))
        texts = [shown(row.get(key)) for key in schema.KEYS]
        if any(texts):
            bold = not row.get("lead")
            sheet.set_growing_row(index, layout.row_height(texts, widths, TABLE_SIZE, bold=bold))
        if index + 1 in filling.hidden_rows:
            sheet.set_row(index, None, None, {"hidden": True})
    for area in filling.merges:
        row, key = filling.tasks[area.top - _FIRST], schema.KEYS[area.left - 1]
        merged = (area.top - 1, area.left - 1, area.bottom - 1, area.right - 1)
        sheet.merge_range(*merged, "", looks("cell"))
        write_cell(sheet, area.top - 1, area.left - 1, row.get(key), looks("cell"))


def _task_looks(row: Row) -> Iterator[str]:
    """Yield the look of each cell of a row."""
    is_heading = bool(row.get("task")) and not any(
        row.get(key) for key in ("lead", "product", "timing", "status")
    )
    for key in schema.KEYS:
        if is_heading:
            yield "heading_text" if key in {"number", "timing"} else "heading"
        else:
            yield "date" if isinstance(row.get(key), date) else _LOOKS.get(key, "cell")


def add_table(
    sheet: Worksheet, looks: Looks, name: str, headers: Sequence[str], rows: tuple[int, int]
) -> None:
    """Add an Excel table from the header row to the last row (0-based), at the left edge of the sheet."""
    columns = [{"header": header, "header_format": looks("head")} for header in headers]
    options = {"name": name, "columns": columns, "style": _TABLE_STYLE, "banded_rows": False}
    sheet.add_table(rows[0], 0, rows[1], len(headers) - 1, options)


def write_cell(sheet: Worksheet, row: int, column: int, value: Cell, look: Format) -> None:
    """Write one value as what it is; text is never taken for a formula, link or number."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, CellError) and value in KNOWN_ERRORS:
        sheet.write_formula(row, column, f"={value}", look, str(value))
    elif isinstance(value, str | time | timedelta) or (isinstance(value, float) and not isfinite(value)):
        sheet.write_string(row, column, shown(value), look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)


def write_side(
    looks: Looks, texts: Mapping[str, Any], name: str, rows: Sequence[Sequence[Cell]]
) -> Worksheet:
    """Write one of the sheets of `schema.SIDE_TABLES`."""
    table, headers = schema.SIDE_TABLES[name]
    sheet, widths = add_sheet(looks.book, name), texts["widths"]
    sheet.hide_gridlines(1)
    for column, header in enumerate(headers):
        below = _side_look(texts, header, "below_date", "below_text", "below")
        sheet.set_column_pixels(column, column, widths[column], looks(below))
    sheet.merge_range(0, 0, 0, len(headers) - 1, texts["title"], looks("title"))
    sheet.merge_range(1, 0, 1, len(headers) - 1, texts["intro"], looks("intro"))
    sheet.set_row(0, 24)
    sheet.set_row(1, layout.text_height(texts["intro"], sum(widths), BASE_SIZE) + 4)
    count = max(len(rows) + SIDE_ROWS // 3, SIDE_ROWS)
    add_table(sheet, looks, table, headers, (SIDE_HEADER_ROW - 1, SIDE_HEADER_ROW - 1 + count))
    room = [width - 14 for width in widths]
    sheet.set_row(SIDE_HEADER_ROW - 1, layout.row_height(headers, room, TABLE_SIZE, bold=True) + 4)
    for index in range(count):
        row = rows[index] if index < len(rows) else [None] * len(headers)
        for column, (header, value) in enumerate(zip(headers, row, strict=True)):
            look = looks(_side_look(texts, header, "date", "centre_text", "cell"))
            write_cell(sheet, SIDE_HEADER_ROW + index, column, value, look)
        if index < len(rows):
            heights = layout.row_height([shown(value) for value in row], widths, TABLE_SIZE)
            sheet.set_growing_row(SIDE_HEADER_ROW + index, heights)
    add_side_validations(sheet, texts, headers, (SIDE_HEADER_ROW, SIDE_LAST_ROW - 1))
    task_column = xl_col_to_name(headers.index(schema.SIDE_TASK)) if schema.SIDE_TASK in headers else ""
    if task_column:
        place = f"{task_column}{SIDE_HEADER_ROW + 1}:{task_column}{SIDE_LAST_ROW}"
        sheet.ignore_errors({"number_stored_as_text": place})
    sheet.freeze_panes(SIDE_HEADER_ROW, 0)
    sheet.repeat_rows(SIDE_HEADER_ROW - 1)
    return sheet


def _side_look(texts: Mapping[str, Any], header: str, for_date: str, for_task: str, other: str) -> str:
    if header in texts["dates"]:
        return for_date
    return for_task if header == schema.SIDE_TASK else other
