"""The sheet `Nhật ký sửa` in a file: a neat printable table, its lines links to the cells that were fixed."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from papi_xl import fix_log, schema
from papi_xl.editing import workbook
from papi_xl.editing.cells import all_stored
from papi_xl.editing.markup import quoted
from papi_xl.editing.parts import Parts
from papi_xl.editing.styles import Stylesheet
from papi_xl.editing.texts import Text, written
from papi_xl.errors import UsageError
from papi_xl.fix_log import CELL_COLUMN, HEADER_ROW, MACHINE_COLUMN, WIDTHS, Entry
from papi_xl.looks import EDGE_COLOUR, FONT, HEADER_COLOUR, TABLE_SIZE
from papi_xl.raw import Cell
from papi_xl.references import LAST_ROW, cell_address, column_letters
from papi_xl.writing import layout

TITLE_SIZE: Final = 14
PADDING_PIXELS, CHARACTER_PIXELS = 5, 7
MOST_LINKS: Final = 65_530
"""Links that Excel takes on a sheet."""
HEIGHTS: Final = {1: 24, 2: 36}
ROWS_TO_FIT: Final = 5_000
CENTRED: Final = 4
"""So many columns from the left hold numbers and names of cells."""

_LAST: Final = column_letters(len(WIDTHS))
_THIN: Final = "".join(
    f'<{edge} style="thin"><color rgb="FF{EDGE_COLOUR[1:]}"/></{edge}>'
    for edge in ("left", "right", "top", "bottom")
)
_BORDER: Final = f"<border>{_THIN}<diagonal/></border>"
_FILL: Final = (
    f'<fill><patternFill patternType="solid"><fgColor rgb="FF{HEADER_COLOUR[1:]}"/><bgColor indexed="64"/>'
    "</patternFill></fill>"
)


class _Looks(NamedTuple):
    """The numbers of the looks of the sheet's cells."""

    title: int
    subtitle: int
    header: int
    centred: int
    link: int
    text: int


def read(parts: Parts) -> tuple[Entry, ...]:
    """Return the entries of the workbook's log; none where it has none.

    Raises:
        UsageError: ``log-not-ours`` (``sheet``), the sheet of that name is the user's own.
    """
    sheet = workbook.sheet_named(parts, schema.FIX_LOG)
    if sheet is None:
        return ()
    held = all_stored(parts.xml(sheet.part), workbook.shared_strings(parts))
    lines: dict[int, list[Cell]] = {}
    for (row, column), cell in held.items():
        if column <= MACHINE_COLUMN:
            lines.setdefault(row, [None] * MACHINE_COLUMN)[column - 1] = cell.value
    head: list[list[Cell]] = [lines.pop(row, []) for row in range(1, HEADER_ROW + 1)]
    rows = [*head, *(lines[row] for row in sorted(lines))]
    if not fix_log.is_free(rows):
        raise UsageError("log-not-ours", sheet=sheet.name)
    return fix_log.entries(rows)


def kept(parts: Parts, entries: Sequence[Entry], lang: str) -> Parts:
    """Return the parts with a log of ``entries``; without one where there are none."""
    if not entries:
        return workbook.without_sheet(parts, schema.FIX_LOG)
    styles, looks = _looks(workbook.stylesheet(parts))
    made = workbook.with_stylesheet(parts, styles)
    made = workbook.with_sheet(made, schema.FIX_LOG, _xml(entries, lang, looks))
    name = workbook.sheet_named(made, schema.FIX_LOG)
    titles = f"'{name.name if name else schema.FIX_LOG}'!${HEADER_ROW}:${HEADER_ROW}"
    return workbook.with_names(made, {"_xlnm.Print_Titles": titles}, sheet=schema.FIX_LOG)


def _looks(styles: Stylesheet) -> tuple[Stylesheet, _Looks]:
    middle = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
    top = '<alignment vertical="top" wrapText="1"/>'
    centred = '<alignment horizontal="center" vertical="top" wrapText="1"/>'
    underlined = '<u/><color rgb="FF0563C1"/>'
    numbers = []
    for font, fill, border, code, alignment in (
        (_font("<b/>", TITLE_SIZE), "", "", "@", middle),
        (_font("<i/>"), "", "", "@", '<alignment vertical="center" wrapText="1"/>'),
        (_font("<b/>"), _FILL, _BORDER, "@", middle),
        (_font(), "", _BORDER, "General", centred),
        (_font("", TABLE_SIZE, underlined), "", _BORDER, "@", centred),
        (_font(), "", _BORDER, "@", top),
    ):
        styles, number = styles.with_look(
            font=font.encode(),
            fill=fill.encode(),
            border=border.encode(),
            number_format=code,
            alignment=alignment.encode(),
        )
        numbers.append(number)
    return styles, _Looks(*numbers)


def _font(bold: str = "", size: int = TABLE_SIZE, colour: str = "") -> str:
    underline, _, colour = colour.rpartition("<color")
    ink = f"<color{colour}" if colour else '<color rgb="FF000000"/>'
    return f'<font>{bold}{underline}<sz val="{size}"/>{ink}<name val="{FONT}"/><family val="1"/></font>'


def _xml(entries: Sequence[Entry], lang: str, looks: _Looks) -> bytes:
    rows = fix_log.rows(entries, lang)[:LAST_ROW]
    widths = ((pixels - PADDING_PIXELS) / CHARACTER_PIXELS for pixels in WIDTHS)
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width:.4f}" customWidth="1"/>'
        for at, width in enumerate(widths, start=1)
    )
    hidden = f'<col min="{MACHINE_COLUMN}" max="{MACHINE_COLUMN}" width="9" hidden="1" customWidth="1"/>'
    body = b"".join(_row(number, row, looks) for number, row in enumerate(rows, start=1))
    return b"".join(
        (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{workbook.MAIN}">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{column_letters(MACHINE_COLUMN)}{len(rows)}"/>'
            '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
            f'<pane ySplit="{HEADER_ROW}" topLeftCell="A{HEADER_ROW + 1}" activePane="bottomLeft"'
            ' state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
            f"<cols>{columns}{hidden}</cols><sheetData>".encode(),
            body,
            f'</sheetData><mergeCells count="2"><mergeCell ref="A1:{_LAST}1"/><mergeCell ref="A2:{_LAST}2"/>'
            "</mergeCells>".encode(),
            _links(entries),
            b'<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
            b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            b"<headerFooter><oddFooter>&amp;C&amp;P</oddFooter></headerFooter></worksheet>",
        )
    )


def _row(number: int, row: Sequence[Cell], looks: _Looks) -> bytes:
    points = HEIGHTS.get(number, 0) or _height(number, row)
    height = f' ht="{points:.2f}" customHeight="1"' if points else ""
    cells = b"".join(
        _cell(number, column, value, looks)
        for column, value in enumerate(row, start=1)
        if value is not None or number < HEADER_ROW
    )
    return f'<row r="{number}"{height}>'.encode() + cells + b"</row>"


def _height(number: int, row: Sequence[Cell]) -> float:
    """Return the points that a line needs; 0 leaves it to who opens the file."""
    if number > ROWS_TO_FIT:
        return 0
    texts = [
        "" if cell is None or at < CENTRED else str(cell) for at, cell in enumerate(row[: len(WIDTHS)], 1)
    ]
    needed = layout.row_height(texts, WIDTHS, TABLE_SIZE, bold=number == HEADER_ROW)
    return min(needed, layout.MAX_ROW_HEIGHT)


def _cell(row: int, column: int, value: Cell, looks: _Looks) -> bytes:
    start = f'<c r="{column_letters(column)}{row}" s="{_look(row, column, looks)}"'
    if value is None:
        return f"{start}/>".encode()
    if isinstance(value, int | float):
        return f"{start}><v>{value}</v></c>".encode()
    return f'{start} t="inlineStr"><is>'.encode() + written(Text(str(value))) + b"</is></c>"


def _look(row: int, column: int, looks: _Looks) -> int:
    if row < HEADER_ROW:
        return looks.title if row == 1 else looks.subtitle
    if row == HEADER_ROW:
        return looks.header
    if column == CELL_COLUMN:
        return looks.link
    return looks.centred if column < CENTRED else looks.text


def _links(entries: Sequence[Entry]) -> bytes:
    links = (
        b'<hyperlink ref="%b%d" location="%b" display="%b"/>'
        % (
            column_letters(CELL_COLUMN).encode(),
            row,
            quoted(cell_address(*entry.change.place)),
            quoted(fix_log.cell_name(entry.change)),
        )
        for row, entry in enumerate(entries[:MOST_LINKS], start=HEADER_ROW + 1)
    )
    return b"<hyperlinks>%b</hyperlinks>" % b"".join(links)
