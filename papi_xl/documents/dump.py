"""A plan's plain text, as programs put it out: a table's cells stand one a line, behind tabs.

A row's cells follow each other, each on a line that begins with a tab; an empty line ends the row. A space
before the tab marks a place where something was cut out. A line with several tabs is a row by itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from papi_xl import headers, numbering
from papi_xl import text as texts
from papi_xl.documents.content import Block, Box, Grid, GridRow, Line
from papi_xl.rows import DOMAIN_BY_NAME

FEWEST_IN_A_LINE: Final = 3
SEVERAL: Final = 2
HEADER_CELLS: Final = 3

_CELL = re.compile(r"( *)\t(.*)", re.DOTALL)


@dataclass(frozen=True)
class _Piece:
    """Cells that stand together: the line of the first, and whether something was cut out before them."""

    cells: tuple[str, ...]
    place: int
    cut: bool = False


def blocks(text: str) -> list[Block]:
    """Return the lines of a text and, behind them, its table where it has one."""
    pieces = [part for piece in _pieces(text.split("\n")) for part in _parted(piece)]
    first = next((index for index, piece in enumerate(pieces) if _begins_table(piece)), None)
    if first is None:
        return [Line(texts.tidy(line)) for line in text.split("\n")]
    before = text.split("\n")[: pieces[first].place - 1]
    return [*(Line(texts.tidy(line)) for line in before), Grid(tuple(_rows(pieces[first:])), in_text=True)]


def _pieces(lines: Sequence[str]) -> Iterator[_Piece]:
    """Yield what stands together; other lines go on in the cell above them."""
    cells: list[list[str]] = []
    start, cut = 0, False
    for place, line in enumerate(lines, start=1):
        alone = line.split("\t")
        found = _CELL.fullmatch(line)
        whole = len(alone) >= FEWEST_IN_A_LINE
        if cells and (whole or not line.strip(" ") or (found and found[1])):
            yield _piece(cells, start, cut=cut)
            cells = []
        if whole:
            yield _piece([[cell] for cell in alone], place)
        elif found:
            start, cut = (start, cut) if cells else (place, bool(found[1]))
            cells.append([found[2]])
        elif cells:
            cells[-1].append(line)
    if cells:
        yield _piece(cells, start, cut=cut)


def _piece(cells: Sequence[Sequence[str]], place: int, *, cut: bool = False) -> _Piece:
    return _Piece(tuple(texts.tidy("\n".join(lines)) for lines in cells), place, cut)


def _parted(piece: _Piece) -> Iterator[_Piece]:
    """Yield the rows of cells that stand together: a task's number begins one."""
    starts = [at for at, cell in enumerate(piece.cells) if at and _depth(cell) >= SEVERAL]
    edges = [0, *starts, len(piece.cells)]
    for start, end in pairwise(edges):
        yield replace(
            piece, cells=piece.cells[start:end], place=piece.place + start, cut=piece.cut and not start
        )


def _depth(cell: str) -> int:
    return len(numbering.levels(cell) or ())


def _begins_table(piece: _Piece) -> bool:
    known = [cell for cell in piece.cells if headers.candidates().get(texts.header_key(cell))]
    return len(known) >= HEADER_CELLS or _depth(piece.cells[0]) >= SEVERAL or _heading(piece) is not None


def _heading(piece: _Piece) -> tuple[str, str] | None:
    """Return number and name of a domain's heading."""
    said = [cell for cell in piece.cells if cell]
    if len(said) == 1 and texts.header_key(said[0]) in DOMAIN_BY_NAME:
        return "", said[0]
    if len(said) == SEVERAL and _depth(said[0]) == 1 and texts.header_key(said[1]) in DOMAIN_BY_NAME:
        return said[0], said[1]
    return None


def _rows(pieces: Sequence[_Piece]) -> Iterator[GridRow]:
    """Yield the rows; what follows a cut is loose unless a number or a domain's name says where it stands.

    So is a row without a number when something was cut out since the last row that says its domain.
    """
    lost = False
    for piece in pieces:
        heading = _heading(piece)
        cells = heading or piece.cells
        says_domain = heading is not None or _depth(piece.cells[0]) > 0
        lost = not says_domain and (lost or piece.cut)
        boxes = (Box(cell, column) for column, cell in enumerate(cells, start=1) if cell)
        yield GridRow(tuple(boxes), piece.place, loose=lost and any(cells))
