"""The template's other tables: inspections, communication work, difficulties, whatever order they came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from papi_xl import schema
from papi_xl import text as texts
from papi_xl.headers import HEADER_ROWS
from papi_xl.moving.parts import Place, cell_at, cells, completed
from papi_xl.raw import Cell, RawSheet

ENOUGH = 3
"""So many known headers make a row the header row of a side table."""
HEADER_ROW = 4
"""Where the template has it."""


@dataclass(frozen=True)
class Side:
    """The rows of a side table in the template's order of columns, the cells and columns they stood in."""

    sheet: str
    rows: tuple[Sequence[Cell], ...]
    used: frozenset[Place]
    columns: Mapping[str, int]
    header_row: int


def read_side(sheet: RawSheet, name: str, *, own: bool) -> Side | None:
    """Return the side table ``name`` (of `schema.SIDE_TABLES`) as ``sheet`` has it, ``None`` without one.

    ``own`` says that the sheet is the template's, where columns are known also without their headers.
    """
    table, order = schema.SIDE_TABLES[name]
    columns, header_row = _header(sheet, order)
    if own and not columns:
        area = sheet.tables.get(table)
        header_row = area.top if area else HEADER_ROW
        columns = {header: at for at, header in enumerate(order, start=1)}
    elif own:
        columns = completed(order, columns, {at: key for key, at in columns.items()}, len(order))
    if not columns:
        return None
    found: dict[int, list[Cell]] = {}
    used: set[Place] = set()
    for number, row in zip(sheet.numbers, sheet.rows, strict=False):
        if number <= header_row:
            continue
        values = [cell_at(row, columns[header]) if header in columns else None for header in order]
        if any(value is not None for value in values):
            found[number] = values
            used |= {(number, at) for at in columns.values()}
    labels = {place for place, cell in cells(sheet) if place[0] == header_row and _is_header(cell, order)}
    empty: list[Cell] = [None] * len(order)
    last = max(found, default=header_row)
    rows = tuple(found.get(number, empty) for number in range(header_row + 1, last + 1))
    return Side(sheet.name, rows, frozenset(used | labels), columns, header_row)


def _header(sheet: RawSheet, order: Sequence[str]) -> tuple[Mapping[str, int], int]:
    """Return the columns of the first row with enough known headers, and that row."""
    for number, row in zip(sheet.numbers, sheet.rows, strict=False):
        if number > HEADER_ROWS:
            break
        said = {texts.header_key(texts.shown(cell)): at for at, cell in enumerate(row, start=1) if cell}
        columns = {header: said[key] for header in order if (key := texts.header_key(header)) in said}
        if len(columns) >= ENOUGH:
            return columns, number
    return {}, 0


def _is_header(cell: Cell, order: Sequence[str]) -> bool:
    return texts.header_key(texts.shown(cell)) in map(texts.header_key, order)
