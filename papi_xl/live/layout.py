"""Merged areas and hidden rows and columns of a block: told at once by some engines, else searched for.

xlwings says of a block whether all, none or some of its cells are merged or hidden. So blocks are halved
until that is settled: one call where nothing is, and few where little is.
"""

from collections.abc import Iterator
from typing import NamedTuple

import xlwings as xw

from papi_xl.raw import Area

Span = tuple[int, int]


class Layout(NamedTuple):
    """Merged areas, and the first and last number of each run of hidden rows and columns."""

    merges: tuple[Area, ...]
    rows: tuple[Span, ...]
    columns: tuple[Span, ...]


def layout(block: xw.Range) -> Layout:
    """Return the layout of ``block``."""
    told = getattr(block.impl, "layout", None)
    if told is not None:
        merges, rows, columns = told()
        return Layout(tuple(Area(*merge) for merge in merges), tuple(rows), tuple(columns))
    return searched(block)


def searched(block: xw.Range) -> Layout:
    """Return the layout of ``block`` by what xlwings offers for every application."""
    rows = tuple(_joined(_hidden(block, rows=True)))
    columns = tuple(_joined(_hidden(block, rows=False)))
    return Layout(tuple(sorted(_merges(block))), rows, columns)


def area_of(block: xw.Range) -> Area:
    """Return where ``block`` lies."""
    rows, columns = block.shape
    return Area(block.row, block.column, block.row + rows - 1, block.column + columns - 1)


def _merges(block: xw.Range) -> set[Area]:
    merged = block.merge_cells
    if merged is False:
        return set()
    place = area_of(block)
    if merged:
        first = area_of(block.sheet.range((place.top, place.left)).merge_area)
        if first.bottom >= place.bottom and first.right >= place.right:
            return {first}
    return set().union(*map(_merges, _halves(block, place)))


def _halves(block: xw.Range, place: Area) -> tuple[xw.Range, xw.Range]:
    if place.bottom > place.top:
        middle = (place.top + place.bottom) // 2
        first, second = place._replace(bottom=middle), place._replace(top=middle + 1)
    else:
        middle = (place.left + place.right) // 2
        first, second = place._replace(right=middle), place._replace(left=middle + 1)
    return part(block, first), part(block, second)


def part(block: xw.Range, place: Area) -> xw.Range:
    """Return ``place`` in the sheet of ``block``."""
    return block.sheet.range((place.top, place.left), (place.bottom, place.right))


def _hidden(block: xw.Range, *, rows: bool) -> Iterator[Span]:
    """Yield the runs of hidden rows, else of hidden columns."""
    hidden, place = _told(block, rows=rows), area_of(block)
    if hidden:
        yield (place.top, place.bottom) if rows else (place.left, place.right)
    elif hidden is None:
        line = place._replace(right=place.left) if rows else place._replace(bottom=place.top)
        for half in _halves(block, line):
            yield from _hidden(half, rows=rows)


def _told(block: xw.Range, *, rows: bool) -> bool | None:
    """Return whether all rows, else all columns, of ``block`` are hidden, ``None`` where some are.

    Excel on Windows tells it in one call; xlwings (0.37.8) would ask it line by line.
    """
    native = getattr(block.api, "EntireRow" if rows else "EntireColumn", None)
    if native is not None:
        hidden: bool | None = native.Hidden
        return hidden
    return block.rows.hidden if rows else block.columns.hidden


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """Join runs that touch; they come in order."""
    current: Span | None = None
    for first, last in spans:
        if current and first == current[1] + 1:
            current = (current[0], last)
        else:
            if current:
                yield current
            current = (first, last)
    if current:
        yield current
