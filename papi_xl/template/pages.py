"""The template's other sheets: guide, general information, findings of the last check, leftovers."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from papi_xl import checklist, schema
from papi_xl.completion import SOON_DAYS
from papi_xl.looks import TABLE_SIZE
from papi_xl.raw import Cell
from papi_xl.template.filling import Leftover
from papi_xl.template.help import FIRST_DAY, LAST_DAY
from papi_xl.template.styles import CHECK_MARKS, READ_ONLY, Looks
from papi_xl.template.tables import write_cell
from papi_xl.text import writable
from papi_xl.writing import layout
from papi_xl.writing.paper import BASE_SIZE, add_sheet

INFO_FIRST_ROW: Final = 4
PERIOD_LIST: Final = "dm_KyBaoCao"

"""What a protected sheet still allows; there is no password."""

_GUIDE_WIDTHS: Final = (44, 576)
_INFO_WIDTHS: Final = (190, 290, 280)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_NUMBERED = re.compile(r"(\d+\.) (.*)")
_SWATCH = re.compile(r"@(\w+) (.*)")
_LOOK_BY_FIELD: Final = {"as_of": "field_date", "year": "field"}


def write_guide(looks: Looks, lines: Sequence[str], version: str) -> Worksheet:
    """Write the guide of one page: ``# title``, ``## section``, ``1. item``, ``@mark meaning``, text."""
    sheet = add_sheet(looks.book, schema.GUIDE)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    for column, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column_pixels(column, column, width)
    for row, line in enumerate(lines):
        _write_guide_line(sheet, looks, row, line.format(version=version, soon=SOON_DAYS))
    sheet.protect("", READ_ONLY)
    return sheet


def _write_guide_line(sheet: Worksheet, looks: Looks, row: int, line: str) -> None:
    if line.startswith("# "):
        sheet.merge_range(row, 0, row, 1, line[2:], looks("guide_title"))
        sheet.set_row(row, 30)
    elif line.startswith("## "):
        sheet.write_string(row, 0, line[3:], looks("guide_section"))
        sheet.set_row(row, 26)
    elif found := _SWATCH.fullmatch(line):
        _write_swatch(sheet, looks, row, found[1])
        _write_guide_text(sheet, looks, row, found[2])
    elif found := _NUMBERED.fullmatch(line):
        sheet.write_string(row, 0, found[1], looks("guide_number"))
        _write_guide_text(sheet, looks, row, found[2])
    else:
        sheet.merge_range(row, 0, row, 1, line, looks("guide_text"))
        sheet.set_row(row, layout.text_height(line, sum(_GUIDE_WIDTHS), BASE_SIZE) + 2)


def _write_swatch(sheet: Worksheet, looks: Looks, row: int, mark: str) -> None:
    """Show a mark; those of a check as the conditional format that they are, so that its look is at hand."""
    if mark in CHECK_MARKS:
        sheet.write_blank(row, 0, None, looks("swatch"))
        rule = {"type": "formula", "criteria": "=1=1", "format": looks.check_mark(mark)}
        sheet.conditional_format(row, 0, row, 0, rule)
    else:
        sheet.write_blank(row, 0, None, looks.mark(mark))


def _write_guide_text(sheet: Worksheet, looks: Looks, row: int, text: str) -> None:
    """Write ``text`` into the wide column, the words between double asterisks in bold."""
    parts = _BOLD.split(text)
    fragments: list[Any] = []
    for index, part in enumerate(parts):
        fragments += [looks("bold" if index % 2 else "plain"), part] if part else []
    if len(parts) > 1:
        sheet.write_rich_string(row, 1, *fragments, looks("guide_text"))
    else:
        sheet.write_string(row, 1, text, looks("guide_text"))
    sheet.set_row(row, layout.text_height("".join(parts), _GUIDE_WIDTHS[1], BASE_SIZE, bold=True) + 2)


def write_info(looks: Looks, texts: Mapping[str, Any], info: Mapping[str, Cell]) -> Worksheet:
    """Write the sheet `Thông tin`, each value a cell with a defined name."""
    sheet = add_sheet(looks.book, schema.INFO)
    sheet.set_portrait()
    for column, width in enumerate(_INFO_WIDTHS):
        sheet.set_column_pixels(column, column, width)
    sheet.merge_range(0, 0, 0, 2, texts["title"], looks("title"))
    sheet.merge_range(1, 0, 1, 2, texts["intro"], looks("intro"))
    sheet.set_row(0, 24)
    column = schema.INFO_COLUMN - 1
    for row, field in enumerate(schema.INFO_FIELDS, start=INFO_FIRST_ROW - 1):
        hint = texts["hints"][field.key]
        sheet.write_string(row, 0, f"{field.label} *" if field.required else field.label, looks("label"))
        look = looks(_LOOK_BY_FIELD.get(field.key, "field_text"))
        write_cell(sheet, row, column, info.get(field.key), look)
        sheet.write_string(row, column + 1, hint, looks("hint"))
        sheet.set_row(row, max(24, layout.text_height(hint, _INFO_WIDTHS[2] - 12, BASE_SIZE) + 4))
        looks.book.define_name(field.name, f"='{schema.INFO}'!$B${row + 1}")
        if options := _info_validation(field.key, hint):
            sheet.data_validation(row, column, row, column, options)
    return sheet


def _info_validation(key: str, hint: str) -> dict[str, Any] | None:
    alert = {"error_type": "warning", "error_title": schema.INFO_BY_KEY[key].label, "error_message": hint}
    if key == "year":
        limits = {"minimum": FIRST_DAY.year, "maximum": LAST_DAY.year}
        return {"validate": "integer", "criteria": "between", **limits, **alert}
    if key == "as_of":
        return {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY, **alert}
    if key == "period":
        return {"validate": "list", "source": f"={PERIOD_LIST}", "show_error": False}
    return None


def write_findings(looks: Looks, texts: Mapping[str, Any]) -> Worksheet:
    """Write the sheet that a check fills in: headers only, and that none has been made."""
    sheet = add_sheet(looks.book, schema.FINDINGS)
    for column, ((header, _), width) in enumerate(zip(schema.FINDING_HEADERS, checklist.WIDTHS, strict=True)):
        sheet.set_column_pixels(column, column, width)
        sheet.write_string(2, column, header, looks("head"))
    last = len(schema.FINDING_HEADERS) - 1
    sheet.merge_range(0, 0, 0, last, checklist.TITLE[0], looks("title"))
    sheet.merge_range(1, 0, 1, last, texts["none"], looks("intro"))
    sheet.set_row(0, 24)
    sheet.set_row(1, layout.text_height(texts["none"], sum(checklist.WIDTHS), BASE_SIZE) + 4)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    return sheet


def write_leftovers(looks: Looks, texts: Mapping[str, Any], leftovers: Sequence[Leftover]) -> Worksheet:
    """Write the sheet of what found no place, each text whole, so that a person can place it."""
    sheet, widths = add_sheet(looks.book, schema.LEFTOVERS), texts["widths"]
    last = len(widths) - 1
    for column, (header, width) in enumerate(zip(texts["headers"], widths, strict=True)):
        sheet.set_column_pixels(column, column, width)
        sheet.write_string(2, column, header, looks("head"))
    sheet.merge_range(0, 0, 0, last, texts["title"], looks("title"))
    sheet.merge_range(1, 0, 1, last, texts["intro"], looks("intro"))
    sheet.set_row(0, 24)
    sheet.set_row(1, layout.text_height(texts["intro"], sum(widths), BASE_SIZE) + 4)
    for row, one in enumerate(leftovers, start=3):
        sheet.write_number(row, 0, row - 2, looks("item"))
        for column, text in enumerate(one, start=1):
            write_cell(sheet, row, column, writable(text), looks("item"))
        sheet.set_row(row, min(layout.row_height(["", *one], widths, TABLE_SIZE), layout.MAX_ROW_HEIGHT))
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    return sheet
