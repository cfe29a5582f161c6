"""Where the rows and cells of a sheet's XML stand, byte by byte."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from papi_xl.bounds import FAR_COLUMN, damaged
from papi_xl.editing.markup import number, parsed, plain_parser, tag_end
from papi_xl.raw import Area
from papi_xl.references import parse_area, parse_cell

_PART, _ROW, _CELL, _INSIDE = 2, 3, 4, 5
"""Depths of the elements of a worksheet: its parts, rows, cells, and what is in a cell."""

Place = tuple[int, int]
"""Row and column, both from 1."""


@dataclass(frozen=True, slots=True)
class CellSpan:
    """A cell's element: start tag up to ``inner``, whole up to ``end``, and its attributes."""

    values: Mapping[str, str]
    start: int
    inner: int
    end: int


@dataclass(frozen=True, slots=True)
class RowSpan:
    """A row's element: start tag up to ``inner``, end tag from ``close`` to ``end``; its cells by column."""

    values: Mapping[str, str]
    start: int
    inner: int
    close: int
    end: int
    cells: Mapping[int, CellSpan]


@dataclass(frozen=True)
class Layout:
    """Of a sheet: the prefix of its elements, the rows asked for, and where those not there would go.

    ``data`` is the span of `sheetData` as of a row; ``dimension`` the start tag of that element;
    ``formulas`` are cells with a formula, those that an array's formula fills among them.
    """

    prefix: str
    data: RowSpan
    dimension: tuple[int, int] | None
    columns: tuple[Mapping[str, str], ...]
    rows: Mapping[int, RowSpan]
    gaps: Mapping[int, int]
    formulas: frozenset[Place]
    arrays: tuple[Area, ...]

    def has_formula(self, place: Place) -> bool:
        """Whether a cell has a formula or is filled by one, though it be blank."""
        return place in self.formulas or any(_covers(area, place) for area in self.arrays)


def layout(xml: bytes, rows: Collection[int] | None = ()) -> Layout:
    """Return where the ``rows`` of a worksheet stand (all of them if ``None``), and all its formulas.

    Raises:
        UnreadableWorkbookError: ``damaged``, it is not well formed or no worksheet.
    """
    scan = _Scan(xml, rows)
    parsed(scan.parser, xml)
    return scan.layout()


def _covers(area: Area, place: Place) -> bool:
    row, column = place
    return area.top <= row <= area.bottom and area.left <= column <= area.right


class _Scan:
    """One pass of a parser over a sheet."""

    def __init__(self, xml: bytes, rows: Collection[int] | None) -> None:
        self.xml = xml
        self.parser = plain_parser(xml)
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._opened, self._closed
        self.all = rows is None
        self.wanted = frozenset(rows or ())
        self.ahead = sorted(rows or (), reverse=True)
        self.depth = 0
        self.prefix = ""
        self.part = ""
        self.row = 0
        self.reference, self.steps = "", 0
        self.filled: dict[int, int] = {}
        self.open: dict[int, tuple[Mapping[str, str], int]] = {}
        self.cells: dict[int, CellSpan] = {}
        self.rows: dict[int, RowSpan] = {}
        self.gaps: dict[int, int] = {}
        self.data: RowSpan | None = None
        self.dimension: tuple[int, int] | None = None
        self.columns: list[Mapping[str, str]] = []
        self.formulas: set[Place] = set()
        self.arrays: list[Area] = []

    def layout(self) -> Layout:
        if self.data is None:
            raise damaged()
        gaps = {row: self.gaps.get(row, self.data.close) for row in self.wanted - set(self.rows)}
        return Layout(
            prefix=self.prefix,
            data=self.data,
            dimension=self.dimension,
            columns=tuple(self.columns),
            rows=self.rows,
            gaps=gaps,
            formulas=frozenset(self.formulas),
            arrays=tuple(self.arrays),
        )

    def _opened(self, name: str, values: dict[str, str]) -> None:
        self.depth += 1
        local = name.rpartition(":")[2]
        if self.depth == _PART:
            self.part = local
            if local == "sheetData":
                self.open[_PART] = values, self.parser.CurrentByteIndex
            elif local == "dimension":
                start = self.parser.CurrentByteIndex
                self.dimension = start, tag_end(self.xml, start)
        elif self.depth == 1:
            self.prefix = name[: -len(local)]
            if local != "worksheet":
                raise damaged()
        elif self.part == "sheetData":
            self._opened_inside(local, values)
        elif self.part == "cols" and self.depth == _ROW:
            self.columns.append(values)

    def _opened_inside(self, local: str, values: dict[str, str]) -> None:
        if self.depth == _ROW and local == "row":
            self.row = number(values.get("r", "")) or self.row + 1
            self.reference, self.steps = "", 0
            start = self.parser.CurrentByteIndex
            self.open[_ROW] = values, start
            while self.ahead and self.ahead[-1] < self.row:
                self.gaps[self.ahead.pop()] = start
        elif self.depth == _CELL and local == "c":
            self.reference, self.steps = (
                (values["r"], 0) if "r" in values else (self.reference, self.steps + 1)
            )
            if self.all or self.row in self.wanted:
                self.open[_CELL] = values, self.parser.CurrentByteIndex
            if self.filled and self.filled.get(self._column(), 0) >= self.row:
                self.formulas.add((self.row, self._column()))
        elif self.depth == _INSIDE and local == "f":
            self.formulas.add((self.row, self._column()))
            area = parse_area(values.get("ref", ""))
            if area and values.get("t") in {"array", "dataTable"}:
                self.arrays.append(area)
                columns = range(area.left, min(area.right, FAR_COLUMN) + 1)
                self.filled |= {column: max(area.bottom, self.filled.get(column, 0)) for column in columns}

    def _column(self) -> int:
        """Return the column of the cell opened last; cells without a reference follow one another."""
        place = parse_cell(self.reference)
        return (place[1] if place else 0) + self.steps

    def _closed(self, _: str) -> None:
        started = self.open.pop(self.depth, None)
        if started is not None:
            self._close(*started)
        self.depth -= 1

    def _close(self, values: Mapping[str, str], start: int) -> None:
        if self.depth == _ROW and not (self.all or self.row in self.wanted):
            return
        inner = tag_end(self.xml, start)
        close = max(self.parser.CurrentByteIndex, inner)
        end = close if self.xml[inner - 2 : inner] == b"/>" else self.xml.index(b">", close) + 1
        if self.depth == _CELL:
            self.cells[self._column()] = CellSpan(values, start, inner, end)
        elif self.depth == _ROW:
            self.rows[self.row] = RowSpan(values, start, inner, close, end, self.cells)
            self.cells = {}
        else:
            self.data = RowSpan(values, start, inner, close, end, {})
