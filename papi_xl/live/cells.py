"""Read the open workbook, unsaved changes and all, into the raw cells that `read` gives of a file.

Cells are read in blocks, since every access crosses to another process.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import xlwings as xw

from papi_xl import headers
from papi_xl.headers import HEADER_ROWS
from papi_xl.live.fonts import with_old_texts
from papi_xl.live.handed import Grid, grid, with_errors
from papi_xl.live.layout import Span, area_of, layout
from papi_xl.live.session import MAC
from papi_xl.raw import Area, RawSheet, RawWorkbook
from papi_xl.reading import details
from papi_xl.references import LAST_ROW, named_cell
from papi_xl.schema import FINDINGS, INFO, INFO_FIELDS, META, META_KEYS, SENT, TASKS

FAR_COLUMN: Final = 200
"""Columns beyond are not read; no table reaches so far."""
FAR_CELLS: Final = 500_000
"""A larger used range is mostly blank formats, so its last filled column and row are looked for first."""
INFO_NAMES: Final = frozenset(field.name for field in INFO_FIELDS)
Tables = Mapping[str, Mapping[str, Area]]

INFO_BLOCK: Final = (details.LABEL_ROWS, details.LABEL_COLUMNS + 1)


class Open(NamedTuple):
    """An open workbook as read: its sheets by name, their cells, and which sheet holds the task table."""

    sheets: Mapping[str, xw.Sheet]
    raw: RawWorkbook
    table: str | None


def read(book: xw.Book) -> Open:
    """Return the cells of an open workbook; its sheets are chosen as `read.read_workbook` chooses them."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    names = _named_cells(book)
    sides = _sides(sheets, names)
    values, places = details.info(sides, names)
    originals = details.originals(sides, places)
    raw = RawWorkbook(book.name, (), values, places, details.meta(sides), originals)
    found: dict[str, RawSheet] = {}
    for tables, wanted in _in_turn(sheets, raw):
        found |= {name: _sheet(sheets[name], tables.get(name, {})) for name in wanted}
        raw = replace(raw, sheets=tuple(found.values()))
        table = headers.find(raw)
        if table is not None:
            name = table.sheet.name
            found[name] = _with_layout(sheets[name], table.sheet)
            return Open(sheets, replace(raw, sheets=tuple(found.values())), name)
    return Open(sheets, raw, None)


def sheet_of(opened: Open, name: str) -> RawSheet | None:
    """Return the cells of another sheet of the open workbook, ``None`` where it has none of that name."""
    return _sheet(opened.sheets[name], {}) if name in opened.sheets else None


def _in_turn(sheets: Mapping[str, xw.Sheet], raw: RawWorkbook) -> Iterator[tuple[Tables, list[str]]]:
    """Yield sheets to read, with their tables: the template's own first, whose table no other can beat."""
    if headers.is_template(raw) and TASKS in sheets:
        yield {TASKS: _tables(sheets[TASKS])}, [TASKS]
    tables = {name: _tables(sheet) for name, sheet in sheets.items() if name not in {FINDINGS, SENT}}
    yield tables, details.chosen(list(sheets), tables, None)


def _tables(sheet: xw.Sheet) -> dict[str, Area]:
    return {table.name: area_of(table.range) for table in sheet.tables}


def _named_cells(book: xw.Book) -> dict[str, details.Place]:
    """Return the template's named cells by name in lower case."""
    wanted = ((name.name.lower(), name) for name in book.names)
    found = {
        key: named_cell((name.refers_to or "").removeprefix("=")) for key, name in wanted if key in INFO_NAMES
    }
    return {key: place for key, place in found.items() if place}


def _sides(sheets: Mapping[str, xw.Sheet], names: Mapping[str, details.Place]) -> dict[str, RawSheet]:
    """Return the sheets that say what the workbook is, as far as their fields reach."""
    reach = {META: (2 * len(META_KEYS), 2), INFO: INFO_BLOCK}
    for sheet, row, column in names.values():
        rows, columns = reach.get(sheet, (1, 1))
        reach[sheet] = max(rows, row), max(columns, column)
    blocks = {name: sheets[name].range((1, 1), reach[name]) for name in reach if name in sheets}
    raws = {name: _raw(name, _values(block), {}) for name, block in blocks.items()}
    return {name: with_old_texts(sheets[name], raw) for name, raw in raws.items()}


def _sheet(sheet: xw.Sheet, tables: Mapping[str, Area]) -> RawSheet:
    return with_old_texts(sheet, _raw(sheet.name, _values(_filled(sheet)), tables))


def _raw(name: str, rows: Grid, tables: Mapping[str, Area]) -> RawSheet:
    return RawSheet(name, rows, range(1, len(rows) + 1), tables=tables)


def _filled(sheet: xw.Sheet) -> xw.Range:
    """Return the block from A1 to the last cell in use."""
    used = sheet.used_range
    rows, columns = used.shape
    bottom, right = used.row + rows - 1, min(used.column + columns - 1, FAR_COLUMN)
    if bottom * right > FAR_CELLS:
        right = _width(_values(sheet.range((1, 1), (min(bottom, HEADER_ROWS + 1), right))))
        below = min(bottom + 1, LAST_ROW)
        bottom = max(sheet.range((below, column)).end("up").row for column in range(1, right + 1))
    return sheet.range((1, 1), (bottom, right))


def _width(rows: Grid) -> int:
    """Return the last column with a value; no table reaches beyond its header row."""
    return max(
        (number for row in rows for number, cell in enumerate(row, start=1) if cell is not None), default=1
    )


def held(sheet: xw.Sheet) -> Grid:
    """Return what the cells of a sheet hold, from A1 to the last cell in use."""
    return _values(_filled(sheet))


def _values(block: xw.Range) -> Grid:
    if sys.platform != MAC:
        return grid(block.options(ndim=2, err_to_str=True).value)
    # There xlwings (0.37.8) fails on a block of several rows when it is to give errors as texts.
    return with_errors(grid(block.options(ndim=2).value), grid(block.api.string_value.get()))


def _with_layout(sheet: xw.Sheet, raw: RawSheet) -> RawSheet:
    """Add merged areas and what is hidden, which are asked for where the table stands only."""
    width = max((len(row) for row in raw.rows), default=1)
    block = sheet.range((1, 1), (len(raw.rows), width))
    merges, rows, columns = layout(block)
    hidden = frozenset(_spread(rows)), frozenset(_spread(columns))
    return replace(raw, merges=merges, hidden_rows=hidden[0], hidden_columns=hidden[1])


def _spread(spans: Sequence[Span]) -> Iterator[int]:
    for first, last in spans:
        yield from range(first, last + 1)
