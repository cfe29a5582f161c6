"""A received workbook back to its unit: first a sheet of remarks, then what was received, as values."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import groupby
from typing import Any, Final, NamedTuple

from xlsxwriter.workbook import Workbook

from papi_xl import checklist, schema
from papi_xl.check import Result
from papi_xl.checklist import COLOURS, LINK_TIP, WIDTHS, Checklist
from papi_xl.consolidated import Unit
from papi_xl.looks import EDGE_COLOUR, HEADER_COLOUR, TABLE_SIZE
from papi_xl.raw import Cell, RawSheet, RawWorkbook
from papi_xl.references import cell_address
from papi_xl.returns_words import word
from papi_xl.text import clean, cut, slug
from papi_xl.wording import pick
from papi_xl.writing import layout
from papi_xl.writing.paper import WORKBOOK_OPTIONS, Block, Page, Styles, add_sheet
from papi_xl.writing.returned import Shape, shape, write_values

TITLE_SIZE: Final = 14
LINK_COLOUR: Final = "#0563C1"
STEM_ROOM: Final = 40
PERIOD_ROOM: Final = 25
LONGEST_SHEET_NAME: Final = 31

_TO_MEND: Final = ("errors", "warnings")
_CENTRED: Final = 3
"""So many columns, number, severity and cell, are centred."""
_NOT_IN_SHEET_NAME: Final = str.maketrans("[]:*?/\\", "()-----")
_RESERVED: Final = ("History", schema.FINDINGS)


class FileNames(NamedTuple):
    """The names of the files made for a unit: its workbook, the reply, the reminder."""

    returned: str
    reply: str
    reminder: str


def workbook_bytes(raw: RawWorkbook, result: Result, lang: str, made_on: date) -> bytes:
    """Return an .xlsx file for the unit that sent ``raw``; equal input gives equal bytes.

    First stands the sheet `Kết quả kiểm tra`, each line a link to its cell; then the sheet of the task table
    (all sheets that were read where none was found) and `Thông tin`: values in their own cells, those with
    findings in the colour of the worst. Nothing received is passed on as a formula, link, name or macro: text
    stays text, and an error value becomes its text.

    Args:
        raw: the workbook as received, in any format.
        result: what `check.check` says of it.
        lang: of the remarks, ``vi`` or ``en``.
        made_on: the day kept as the file's creation date.
    """
    shapes = _shapes(result)
    sheets = _sheets(raw, shapes)
    names = sheet_names([sheet.name for sheet in sheets])
    listed = checklist.build(result.findings, result.counts, result.facts, next(iter(shapes), ""), lang)
    stream = BytesIO()
    with Workbook(stream, WORKBOOK_OPTIONS) as book:
        book.set_properties({"title": listed.title, "created": datetime.combine(made_on, time())})
        styles = Styles(book)
        remarks = Page(add_sheet(book, schema.FINDINGS), styles, WIDTHS)
        _write_titles(remarks, listed, raw.file, lang)
        _write_remarks(remarks, listed, names, pick(LINK_TIP, lang))
        for sheet in sheets:
            marks = {place[1:]: level for place, level in listed.marks.items() if place[0] == sheet.name}
            page = add_sheet(book, names[sheet.name])
            write_values(page, styles, sheet, shapes.get(sheet.name, Shape()), marks)
    return stream.getvalue()


def sheet_names(received: Sequence[str]) -> dict[str, str]:
    """Return under which name each sheet goes back: its own, where Excel takes that beside the remarks'."""
    taken = {name.casefold() for name in _RESERVED}
    names = {}
    for name in received:
        plain = clean(name).translate(_NOT_IN_SHEET_NAME).replace("\n", " ").strip("' ") or schema.TASKS
        made, number = _cut(plain, ""), 1
        while made.casefold() in taken:
            number += 1
            made = _cut(plain, f" ({number})")
        taken.add(made.casefold())
        names[name] = made
    return names


def file_stem(unit: Unit) -> str:
    """Return how the names of a unit's files begin: its code, else its name, as `text.slug` writes it.

    Stems of several units can be equal; `text.numbered` tells them apart.
    """
    return slug(unit.code, STEM_ROOM) or slug(unit.name, STEM_ROOM) or "Don-vi"


def file_names(stem: str, period: str) -> FileNames:
    """Return the names of a unit's files: ``33-012_Ket-qua_Quy-II-2021.xlsx``, at most 80 characters."""
    when = f"_{slug(period, PERIOD_ROOM)}".rstrip("_")
    return FileNames(f"{stem}_Ket-qua{when}.xlsx", f"{stem}_Tra-loi{when}.eml", f"{stem}_Nhac-gui{when}.eml")


def is_of(name: str, period: str) -> bool:
    """Whether a file is named as `file_names` names those of ``period``, whatever unit it is for."""
    return name.endswith(file_names("", period))


def _cut(name: str, ending: str) -> str:
    """Return ``name`` with ``ending``, within the UTF-16 code units that Excel allows a sheet's name."""
    return cut(name, LONGEST_SHEET_NAME - len(ending)).strip("' ") + ending


def _shapes(result: Result) -> dict[str, Shape]:
    """Return where the task table stands, by its sheet's name; nothing without one."""
    if result.batch is None:
        return {}
    table = result.batch.docs[0].table
    tasks, headings = (frame["row"].tolist() for frame in (result.batch.tasks, result.batch.headings))
    return {table.sheet.name: shape(table, tasks, headings)}


def _sheets(raw: RawWorkbook, shapes: Mapping[str, Shape]) -> tuple[RawSheet, ...]:
    """Return the sheets to send back: those that a finding can stand on."""
    wanted = {*shapes, *(place[0] for place in raw.info_cells.values())}
    own = tuple(sheet for sheet in raw.sheets if not shapes or sheet.name in wanted)
    return (*own, *_unit_sheets(raw))


def _unit_sheets(raw: RawWorkbook) -> Iterator[RawSheet]:
    """Yield the sheets of the template's named cells, each cell with its label to the left."""
    known = {sheet.name for sheet in raw.sheets}
    places = sorted((place, key) for key, place in raw.info_cells.items() if place[0] not in known)
    for name, cells in groupby(places, key=lambda entry: entry[0][0]):
        rows: dict[int, list[Cell]] = {}
        for (_, number, column), key in cells:
            row = rows.setdefault(number, [])
            row.extend([None] * (column - len(row)))
            row[column - 1] = raw.info.get(key)
            if column > 1 and row[column - 2] is None:
                row[column - 2] = schema.INFO_BY_KEY[key].label
        yield RawSheet(name, list(rows.values()), list(rows))


def _write_titles(page: Page, listed: Checklist, file: str, lang: str) -> None:
    page.add(Block(0, page.last, listed.title, TITLE_SIZE, bold=True))
    page.add(Block(0, page.last, listed.subtitle, italic=True, align="left"))
    kept = word("kept", lang, file=clean(file))
    mend = word("mend", lang) if any(line.level in _TO_MEND for line in listed.lines) else ""
    page.add(Block(0, page.last, f"{kept} {mend}".strip(), italic=True, align="left"))


def _write_remarks(page: Page, listed: Checklist, names: Mapping[str, str], tip: str) -> None:
    look: dict[str, Any] = {"font_size": TABLE_SIZE, "border": 1, "border_color": EDGE_COLOUR}
    bold = page.styles(**look, bold=True, align="center", valign="vcenter", bg_color=HEADER_COLOUR)
    for column, header in enumerate(listed.headers):
        page.sheet.write_string(page.row, column, header, bold)
    page.repeat(layout.row_height(listed.headers, WIDTHS, TABLE_SIZE, bold=True))
    page.sheet.freeze_panes(page.row, 0)
    for number, line in enumerate(listed.lines, start=1):
        texts = (str(number), *map(clean, line.texts))
        height = layout.row_height(texts, WIDTHS, TABLE_SIZE)
        page.keep_together(height)
        _write_line(page, number, texts, look, COLOURS.get(line.level))
        if line.place and line.place[0] in names:
            target = f"internal:{cell_address(names[line.place[0]], *line.place[1:])}"
            style = page.styles(**look, align="center", font_color=LINK_COLOUR, underline=1)
            page.sheet.write_url(page.row, _CENTRED - 1, target, style, texts[_CENTRED - 1], tip)
        page.space(height)
    page.finish()


def _write_line(
    page: Page, number: int, texts: Sequence[str], look: Mapping[str, Any], colour: str | None
) -> None:
    for column, text in enumerate(texts):
        own = {**look, "align": "center" if column < _CENTRED else "left"}
        if column == 1 and colour:
            own["bg_color"] = colour
        if column == 0:
            page.sheet.write_number(page.row, column, number, page.styles(**own))
        else:
            page.sheet.write_string(page.row, column, text, page.styles(**own))
