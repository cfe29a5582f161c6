"""Excel tables of a sheet: their header cells, whose texts the table itself repeats."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from papi_xl.editing.layout import Place
from papi_xl.editing.markup import Element, retagged, spliced, tree
from papi_xl.editing.parts import Parts
from papi_xl.editing.texts import escaped, unescaped
from papi_xl.references import parse_area


class HeaderCell(NamedTuple):
    """A header cell of a table: the table's part, which of its columns (from 0), and the column's name."""

    part: str
    at: int
    name: str


def header_cells(parts: Parts, sheet_part: str) -> dict[Place, HeaderCell]:
    """Return the header cells (row, column) of the tables of a worksheet."""
    tables = [
        one.target for one in parts.relations(sheet_part) if one.kind == "table" and one.target in parts
    ]
    return {place: cell for table in tables for place, cell in _headers(table, tree(parts.xml(table)))}


def with_headers(parts: Parts, sheet_part: str, texts: Mapping[Place, str]) -> Parts:
    """Return the parts with the columns of tables named as their header cells now read.

    ``texts`` are those of cells of the worksheet, by row and column; cells that are no headers are let be.
    """
    cells = header_cells(parts, sheet_part)
    for place in texts.keys() & cells.keys():
        cell = cells[place]
        xml = parts.xml(cell.part)
        column = _columns(tree(xml))[cell.at]
        name = escaped(texts[place]).replace("\n", "_x000a_")
        parts = parts.with_part(cell.part, spliced(xml, [retagged(xml, column, name=name)]))
    return parts


def is_in_formulas(parts: Parts, header: str) -> bool:
    """Whether a formula of the workbook may name a table's column by its header: ``tbl[Sản phẩm]``."""
    marks = str.maketrans({mark: f"'{mark}" for mark in "[]#'@"})
    written = {text.encode() for text in (header, header.translate(marks)) if text}
    contents = (content for name, content in parts.content.items() if name.lower().endswith(".xml"))
    return any(b"[%b]" % text in content for content in contents for text in written)


def _headers(part: str, root: Element) -> Iterator[tuple[Place, HeaderCell]]:
    area = parse_area(root.get("ref"))
    if area is None or root.get("headerRowCount", "1") == "0":
        return
    for index, column in enumerate(_columns(root)):
        yield (area.top, area.left + index), HeaderCell(part, index, unescaped(column.get("name")))


def _columns(root: Element) -> tuple[Element, ...]:
    listed = root.first("tableColumns")
    return listed.children if listed else ()
