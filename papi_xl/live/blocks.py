"""Scattered cells of a sheet in few blocks, since every access crosses to another process."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, TypeVar

import xlwings as xw

from papi_xl.live.handed import Grid, grid

Cell = tuple[int, int]
"""Row and column, 1-based."""
Value = TypeVar("Value")
FAR: Final = 1_000
"""Rows without a cell that is asked about, over which no block is read."""


def corners(cells: Collection[Cell]) -> tuple[Cell, Cell]:
    """Return the first and the last cell of the smallest block that holds all of them."""
    rows, columns = zip(*cells, strict=True)
    return (min(rows), min(columns)), (max(rows), max(columns))


def runs(cells: Iterable[Cell]) -> Iterator[tuple[int, list[int]]]:
    """Yield the column and the rows of each run of cells below one another."""
    in_order = sorted((column, row) for row, column in cells)
    counted = ((column, row, row - index) for index, (column, row) in enumerate(in_order))
    for (column, _), run in groupby(counted, key=lambda cell: (cell[0], cell[2])):
        yield column, [row for _, row, _ in run]


def alike(cells: Mapping[Cell, Value]) -> Iterator[tuple[Value, int, list[int]]]:
    """Yield each run of cells below one another that have the same value: it, their column, their rows."""
    for value in dict.fromkeys(cells.values()):
        for column, rows in runs(cell for cell, held in cells.items() if held == value):
            yield value, column, rows


def block(sheet: xw.Sheet, column: int, rows: Sequence[int]) -> xw.Range:
    """Return the block of a run."""
    return sheet.range((rows[0], column), (rows[-1], column))


def asked(
    sheet: xw.Sheet, cells: Collection[Cell], ask: Callable[[xw.Range], Value | None]
) -> dict[Cell, Value | None]:
    """Return what ``ask`` says of each cell; it says ``None`` of a block whose cells differ.

    The cells of a column are asked about together, and by halves where they differ.
    """
    found: dict[Cell, Value | None] = {}
    by_column = groupby(sorted(cells, key=lambda cell: (cell[1], cell[0])), key=lambda cell: cell[1])
    waiting = [(column, [row for row, _ in same]) for column, same in by_column]
    while waiting:
        column, rows = waiting.pop()
        said = ask(block(sheet, column, rows))
        if said is None and len(rows) > 1:
            middle = len(rows) // 2
            waiting += [(column, rows[:middle]), (column, rows[middle:])]
        else:
            found |= {(row, column): said for row in rows}
    return found


def number_formats(sheet: xw.Sheet, cells: Collection[Cell]) -> dict[Cell, str | None]:
    """Return the number format of each cell."""
    told = _formats(sheet, cells)
    if told is None:
        return asked(sheet, cells, lambda part: part.number_format)
    return {cell: code for cell, (code, _) in told.items()}


def font_names(sheet: xw.Sheet, cells: Collection[Cell]) -> dict[Cell, str | None]:
    """Return the font of each cell; some applications say ``None`` of a text with several."""
    told = _formats(sheet, cells)
    if told is None:
        return asked(sheet, cells, _font_name)
    return {cell: name for cell, (_, name) in told.items()}


def _font_name(part: xw.Range) -> str | None:
    name: object = part.font.name  # a Mac has a mark of its own for fonts that differ
    return name if isinstance(name, str) else None


def _formats(sheet: xw.Sheet, cells: Collection[Cell]) -> dict[Cell, tuple[str, str]] | None:
    """Return number format and font of each cell where the engine tells them at once, else ``None``."""
    tell = getattr(sheet.range("A1").impl, "formats", None)
    if tell is None or not cells:
        return {} if tell else None
    wanted: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        wanted.setdefault(column, []).append(row)
    found: dict[Cell, tuple[str, str]] = {}
    for code, name, places in sheet.range(*corners(cells)).impl.formats():
        for top, left, bottom, right in places:
            for column in range(left, right + 1):
                rows = wanted.get(column, [])
                inside = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
                found |= {(row, column): (code, name) for row in inside}
    return found


def formulas(sheet: xw.Sheet, cells: Collection[Cell]) -> dict[Cell, str]:
    """Return what the formula bar shows of each cell: its formula, else what was typed, a date's number."""
    found: dict[Cell, str] = {}
    for near in _together(cells):
        (top, left), last = corners(near)
        texts: Grid = grid(sheet.range((top, left), last).formula)
        found |= {(row, column): str(texts[row - top][column - left] or "") for row, column in near}
    return found


def _together(cells: Collection[Cell]) -> Iterator[list[Cell]]:
    """Yield the cells that are read in one block: those with no more than `FAR` rows between them."""
    near: list[Cell] = []
    for cell in sorted(cells):
        if near and cell[0] - near[-1][0] > FAR:
            yield near
            near = []
        near.append(cell)
    if near:
        yield near


def is_formula(text: str) -> bool:
    """Whether the formula bar shows a formula; a text that looks like one counts as one."""
    return text.startswith("=")
