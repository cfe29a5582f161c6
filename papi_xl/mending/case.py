"""A workbook to be mended beside the template filled with the same values, and what can be broken in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from papi_xl import schema
from papi_xl.mending.makeup import Book, Makeup
from papi_xl.moving.parts import Place
from papi_xl.moving.run import Moved
from papi_xl.raw import RawSheet, RawWorkbook
from papi_xl.template.filling import TASK_HEADER_ROW


class Kind(StrEnum):
    """What can be broken."""

    SHEET = "sheet"
    SHEET_NAME = "sheet-name"
    RECORD = "record"
    VERSION = "version"
    NAME = "name"
    WORDS = "words"
    HEADER_ROW = "header-row"
    HEADER = "header"
    ORDER = "order"
    TABLE = "table"
    TABLE_RANGE = "table-range"
    LISTS = "lists"
    COLOURS = "colours"
    FORMATS = "formats"
    LOOKS = "looks"
    FORMULAS = "formulas"
    PROTECTION = "protection"
    MERGED = "merged"
    HIDDEN_ROWS = "hidden-rows"
    HIDDEN_COLUMNS = "hidden-columns"
    CHART = "chart"


@dataclass(frozen=True)
class Broken:
    """Something that is not as the template has it.

    ``sheet`` is the template's sheet; ``what`` names columns, a defined name or what the sheet is called;
    ``count`` is how many cells (rows, areas) are concerned, 0 where that says nothing.
    """

    kind: Kind
    sheet: str
    what: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class Grid:
    """A table of the template as it lies in the sheet of a workbook.

    ``columns`` maps the template's columns (1-based) to those of the workbook, by ``titles``; its rows are
    ``shift`` below those of the template. ``rows`` are the template's rows in use, the header's not counted.
    """

    titles: Mapping[int, str]
    columns: Mapping[int, int]
    shift: int
    rows: range

    def at(self, row: int, column: int) -> Place:
        """Return where a cell of the template lies."""
        return row + self.shift, self.columns[column]


@dataclass(frozen=True)
class Case:
    """A workbook to be mended: as read, as moved, as made; and the template filled with the same values."""

    workbook: RawWorkbook
    moved: Moved
    made: Book
    fresh: Book
    blank: RawWorkbook

    def sheet(self, name: str) -> RawSheet | None:
        """Return the sheet that stands for the template's sheet ``name``."""
        return self.moved.sheets.get(name)

    def makeup(self, name: str) -> Makeup:
        """Return what that sheet is made of."""
        return self.made.sheets[self.moved.sheets[name].name]


def titles_of(name: str) -> dict[int, str]:
    """Return the headers of the table on the template's sheet ``name`` by column, none without a table."""
    if name == schema.TASKS:
        return dict(enumerate((column.header for column in schema.COLUMNS), start=1))
    return dict(enumerate(schema.SIDE_TABLES[name][1], start=1)) if name in schema.SIDE_TABLES else {}


def grid(case: Case, name: str) -> Grid | None:
    """Return where the table of a sheet lies, ``None`` for a sheet without one."""
    titles = titles_of(name)
    if name == schema.TASKS and case.moved.tasks is not None:
        table = case.moved.tasks.table
        order = {at: table.columns.get(key, 0) for at, key in enumerate(schema.KEYS, start=1)}
        header_row, rows = table.header_row, len(case.moved.filling.tasks)
    elif name in case.moved.sides:
        side = case.moved.sides[name]
        order = {at: side.columns.get(title, 0) for at, title in titles.items()}
        header_row, rows = side.header_row, len(side.rows)
    else:
        return None
    columns = {at: column for at, column in order.items() if column}
    first = TASK_HEADER_ROW + 1
    return Grid(titles, columns, header_row - TASK_HEADER_ROW, range(first, first + rows))
