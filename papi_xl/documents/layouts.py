"""Which column of a document's table is which: by its header row, by the table before it, or by shape."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from papi_xl import headers, numbering, timing
from papi_xl import text as texts
from papi_xl.documents.content import Grid, GridRow
from papi_xl.raw import RawSheet, RawWorkbook
from papi_xl.timing import Kind

PLAN_ORDER: Final = ("number", "task", "product", "lead", "partners", "timing")
"""The columns of the plan's own table (design, section 1), for tables that lost their header row."""


class Layout(NamedTuple):
    """What the columns of a table stand for.

    ``keys`` maps columns (1-based) to keys, ``labels`` to the texts above them; ``header`` and ``body`` are
    the indices of the header row and of the first row under it, ``width`` the number of columns.
    """

    keys: Mapping[int, str]
    labels: Mapping[int, str]
    width: int
    header: int = 0
    body: int = 0


def by_header(grid: Grid) -> Layout | None:
    """Return what the header row of a table says, ``None`` where it has none of a task table."""
    rows = [_by_column(row, grid.width) for row in grid.rows]
    sheet = RawSheet("", rows, range(1, len(rows) + 1))
    table = headers.find(RawWorkbook("", (sheet,)))
    if table is None:
        return None
    keys = {column: key for key, column in table.columns.items()}
    return Layout(keys, table.labels, grid.width, table.header_row - 1, table.body)


def by_shape(grid: Grid) -> Layout | None:
    """Return the layout of the plan's table where rows look like it: a number first, a timing last."""
    whole = [_by_column(row, grid.width) for row in grid.rows if not row.loose]
    full = [row for row in whole if grid.width == len(PLAN_ORDER) and row[1] and row[-1]]
    fits = [row for row in full if (numbering.levels(row[0]) or not row[0]) and _is_timing(row[-1])]
    if not any(row[0] for row in fits) or 2 * len(fits) <= len(full):
        return None
    return Layout(dict(enumerate(PLAN_ORDER, start=1)), {}, grid.width)


def continued(grid: Grid, before: Layout, *, directly: bool) -> Layout | None:
    """Return the layout of a table without a header that goes on with the one before; ``None`` otherwise.

    It has as many columns, and begins directly below or has numbers where that one has them.
    """
    number = next((column for column, key in before.keys.items() if key == "number"), None)
    if grid.width != before.width or by_header(grid):
        return None
    said = [_by_column(row, grid.width)[number - 1] for row in grid.rows] if number else []
    numbered = any(numbering.levels(text) for text in said)
    odd = any(text and not numbering.levels(text) for text in said)
    return before._replace(header=0, body=0) if directly or (numbered and not odd) else None


def same(one: Layout, other: Layout) -> bool:
    """Whether two tables have the same columns, in whatever order."""
    return set(one.keys.values()) == set(other.keys.values())


def _is_timing(text: str) -> bool:
    return timing.parse(text, headers.ANY_YEAR).kind is not Kind.UNRECOGNISED


def _by_column(row: GridRow, width: int) -> Sequence[str]:
    cells = [""] * width
    for box in row.boxes:
        cells[box.column - 1] = texts.content(box.text)
    return cells
