"""Read the open workbook, unsaved changes and all, into the raw cells that `read` gives of a file.

Cells are read in blocks, since every access crosses to another process.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final, NamedTuple

import xlwings as xw

from papi_xl import headers
from papi_xl.bounds import Limits, few_letters, few_looks, few_sheets, within
from papi_xl.live.extents import FAR_COLUMN, extent
from papi_xl.live.fonts import with_old_texts
from papi_xl.live.handed import Grid, grid, with_errors
from papi_xl.live.layout import Span, area_of, layout
from papi_xl.live.session import MAC
from papi_xl.raw import Area, RawSheet, RawWorkbook
from papi_xl.reading import details
from papi_xl.references import named_cell
from papi_xl.schema import FINDINGS, INFO, INFO_FIELDS, META, META_KEYS, SENT, TASKS

DEFAULT: Final = Limits()
FAR_NAME: Final = 1_000
"""Named cells below this row are not those of the template."""
INFO_NAMES: Final = frozenset(field.name for field in INFO_FIELDS)
Tables = Mapping[str, Mapping[str, Area]]

INFO_BLOCK: Final = (details.LABEL_ROWS, details.LABEL_COLUMNS + 1)


class Open(NamedTuple):
    """An open workbook as read: its sheets by name, their cells, and which sheet holds the task table."""

    sheets: Mapping[str, xw.Sheet]
    raw: RawWorkbook
    table: str | None


def read(book: xw.Book, limits: Limits = DEFAULT) -> Open:
    """Return the cells of an open workbook; its sheets are chosen as `read.read_workbook` chooses them.

    Raises:
        UnreadableWorkbookError: ``too-large``, it is beyond ``limits``.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    few_sheets(len(sheets), limits)
    names = _named_cells(book)
    sides = _sides(sheets, names)
    values, places = details.info(sides, names)
    originals = details.originals(sides, places)
    raw = RawWorkbook(book.name, (), values, places, details.meta(sides), originals)
    found: dict[str, RawSheet] = {}
    whole = 0
    for tables, wanted in _in_turn(sheets, raw):
        for name in wanted:
            found[name] = _sheet(sheets[name], tables.get(name, {}), limits)
            whole += sum(map(len, found[name].rows))
            few_looks(whole, limits)
            few_letters(chain.from_iterable(one.rows for one in found.values()), limits)
        raw = replace(raw, sheets=tuple(found.values()))
        table = headers.find(raw)
        if table is not None:
            name = table.sheet.name
            found[name] = _with_layout(sheets[name], table.sheet)
            return Open(sheets, replace(raw, sheets=tuple(found.values())), name)
    return Open(sheets, raw, None)


def sheet_of(opened: Open, name: str) -> RawSheet | None:
    """Return the cells of another sheet of the open workbook, ``None`` where it has none of that name."""
    return _sheet(opened.sheets[name], {}, DEFAULT) if name in opened.sheets else None


def held(sheet: xw.Sheet, limits: Limits = DEFAULT) -> RawSheet:
    """Return what the cells of a sheet hold, texts as kept."""
    found = extent(sheet, limits)
    rows = _values(sheet.range((1, 1), (found.rows, found.columns)))
    rows += [_values(sheet.range((row, 1), (row, found.columns)))[0] for row in found.strays]
    if len(rows) > limits.used_rows:
        within(sum(any(cell is not None for cell in row) for row in rows), 0, limits)
    return RawSheet(sheet.name, rows, [*range(1, found.rows + 1), *found.strays])


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
    return {
        key: place
        for key, place in found.items()
        if place and place[1] <= FAR_NAME and place[2] <= FAR_COLUMN
    }


def _sides(sheets: Mapping[str, xw.Sheet], names: Mapping[str, details.Place]) -> dict[str, RawSheet]:
    """Return the sheets that say what the workbook is, as far as their fields reach."""
    reach = {META: (2 * len(META_KEYS), 2), INFO: INFO_BLOCK}
    for sheet, row, column in names.values():
        rows, columns = reach.get(sheet, (1, 1))
        reach[sheet] = max(rows, row), max(columns, column)
    blocks = {name: sheets[name].range((1, 1), reach[name]) for name in reach if name in sheets}
    raws = {name: _side(name, _values(block)) for name, block in blocks.items()}
    return {name: with_old_texts(sheets[name], raw) for name, raw in raws.items()}


def _side(name: str, rows: Grid) -> RawSheet:
    return RawSheet(name, rows, range(1, len(rows) + 1))


def _sheet(sheet: xw.Sheet, tables: Mapping[str, Area], limits: Limits) -> RawSheet:
    return with_old_texts(sheet, replace(held(sheet, limits), tables=tables))


def _values(block: xw.Range) -> Grid:
    if sys.platform != MAC:
        return grid(block.options(ndim=2, err_to_str=True).value)
    # There xlwings (0.37.8) fails on a block of several rows when it is to give errors as texts.
    return with_errors(grid(block.options(ndim=2).value), grid(block.api.string_value.get()))


def _with_layout(sheet: xw.Sheet, raw: RawSheet) -> RawSheet:
    """Add merged areas and what is hidden, which are asked for where the table stands only."""
    width = max((len(row) for row in raw.rows), default=1)
    block = sheet.range((1, 1), (raw.numbers[-1], width))
    merges, rows, columns = layout(block)
    hidden = frozenset(_spread(rows)), frozenset(_spread(columns))
    return replace(raw, merges=merges, hidden_rows=hidden[0], hidden_columns=hidden[1])


def _spread(spans: Sequence[Span]) -> Iterator[int]:
    for first, last in spans:
        yield from range(first, last + 1)
