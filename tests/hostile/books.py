"""Workbooks put together from raw XML, so that anything at all may stand in them."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Final
from xml.sax.saxutils import escape

from papi_xl import schema
from papi_xl.references import column_letters
from tests.hostile import texts

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
FORMAT: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET: Final = "xl/worksheets/sheet1.xml"
HEADERS: Final = tuple(column.header for column in schema.COLUMNS)
STYLES: Final = (
    '<fonts count="3"><font><sz val="13"/><name val="Times New Roman"/></font><font><b/><name val=".VnTime"/>'
    '</font><font><name val="VNI-Times"/></font></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5">'
    '<xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0"/><xf numFmtId="9" fontId="1"/>'
    '<xf numFmtId="0" fontId="2"/><xf numFmtId="46" fontId="0"/></cellXfs>'
)

Rows = Sequence[Sequence[str]]
"""Rows of cells, each the XML of a cell without its place: attributes, `|`, content."""


def book(  # noqa: PLR0913 (what may be hostile)
    rows: Rows,
    *,
    before: str = "",
    after: str = "",
    names: str = "",
    strings: str | None = None,
    styles: str = STYLES,
    others: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Return the parts of a workbook: a sheet `Bảng` of ``rows``, and ``others`` (name → its XML).

    ``before`` and ``after`` stand around the rows of the first sheet, ``names`` after the list of sheets,
    ``strings`` are the shared texts.
    """
    sheets = {"Bảng": worksheet(row_xml(rows), before, after), **(others or {})}
    listed = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(sheets, start=1)
    )
    kinds = {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)}
    kinds["rId9001"] = ("styles", "styles.xml")
    parts = {
        "[Content_Types].xml": types(len(sheets)),
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr/><sheets>{listed}'
        f"</sheets>{names}</workbook>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    if strings is not None:
        kinds["rId9002"] = ("sharedStrings", "sharedStrings.xml")
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    parts["xl/_rels/workbook.xml.rels"] = relations(kinds)
    parts |= {f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), start=1)}
    return {name: text.encode("utf-8", "surrogatepass") for name, text in parts.items()}


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    """Return the XML of a sheet."""
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{rows}</sheetData>{after}'
        "</worksheet>"
    )


def types(sheets: int) -> str:
    """Return the content types of a workbook of so many sheets."""
    one = '<Override PartName="/xl/worksheets/sheet{}.xml" ContentType="{}.worksheet+xml"/>'
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{FORMAT}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{FORMAT}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{FORMAT}.sharedStrings+xml"/>'
        + "".join(one.format(n, FORMAT) for n in range(1, sheets + 1))
        + "</Types>"
    )


def relations(kinds: Mapping[str, tuple[str, str]], mode: str = "") -> str:
    """Return relationships: id → (last word of the type, target)."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{escape(target)}"{mode}/>'
        for key, (kind, target) in kinds.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def cell(text: str) -> str:
    """Return a cell of text; what XML cannot hold at all is left out."""
    return f't="inlineStr"|<is><t xml:space="preserve">{escape(held(text))}</t></is>'


def number(value: str, style: int = 0) -> str:
    """Return a cell of a number, or of whatever stands in its place."""
    return f's="{style}"|<v>{value}</v>'


def held(text: str) -> str:
    """Return ``text`` with characters that XML cannot hold written as Excel does."""
    return "".join(
        f"_x{ord(char):04X}_" if (char < " " and char not in "\t\n") or char in "\ufffe\uffff" else char
        for char in text
    )


def row_xml(rows: Rows, first: int = 1) -> str:
    """Return rows with their places."""
    lines = []
    for index, row in enumerate(rows, start=first):
        cells = "".join(
            f'<c r="{column_letters(column)}{index}" {attributes}>{inner}</c>'
            for column, (attributes, _, inner) in enumerate((one.partition("|") for one in row), start=1)
            if inner
        )
        lines.append(f'<row r="{index}">{cells}</row>')
    return "".join(lines)


def task(number_text: str = "1.1.", **given: str) -> list[str]:
    """Return the cells of a good task with the columns ``given`` (key → cell) instead."""
    good = dict(
        zip(
            schema.KEYS,
            map(
                cell,
                (number_text, f"Họp phụ huynh {number_text}", "Biên bản", "Hiệu trưởng", "Tổ", "30/9/2021",
                 "Đang thực hiện", "50%", "Số 1", "", ""),
            ),
            strict=True,
        )
    )  # fmt: skip
    return list({**good, **given}.values())


def table(random: Random, *tasks: Sequence[str]) -> list[Sequence[str]]:
    """Return the template's headers, some good tasks and among them ``tasks``."""
    good = [task(f"{n}.{m}.") for n in (1, 3) for m in range(1, random.randrange(2, 4))]
    mixed = [*good, *tasks]
    random.shuffle(mixed)
    return [[cell(header) for header in HEADERS], *mixed]


def any_cell(random: Random) -> str:
    """Return a cell of any kind, as Excel would write it."""
    way = random.randrange(12)
    if way == 0:
        return ""
    if way == 1:
        values = (
            "0",
            "-1",
            "1",
            "0.5",
            "80",
            "1e308",
            "-1e-308",
            "44469",
            "2958465",
            "1e15",
            "0.1",
            "44469.5",
        )
        return number(random.choice(values), random.randrange(5))
    if way == 2:
        return f't="b"|<v>{random.randrange(2)}</v>'
    if way == 3:
        return f't="e"|<v>{random.choice(("#REF!", "#N/A", "#DIV/0!", "#SPILL!"))}</v>'
    if way == 4:
        return f't="str"|<f>1+1</f><v>{escape(held(texts.text(random)))}</v>'
    return cell(texts.text(random))
