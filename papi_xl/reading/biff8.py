"""The records of an .xls workbook's stream [MS-XLS], made anew with nothing but values.

Formulas, names, drawings and error values are what readers of values stumble over; none is needed.
"""

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from papi_xl.bounds import (
    Limits,
    Look,
    columns_that_fit,
    damaged,
    encrypted,
    few_bytes,
    few_looks,
    few_sheets,
    within,
)
from papi_xl.raw import Cell, CellError
from papi_xl.reading.biff8_texts import LONGEST, lengths
from papi_xl.reading.ole import Container, contained

ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
STREAMS: Final = ("Workbook", "Book")
BOF, EOF, FILEPASS, BOUNDSHEET, CONTINUE = 0x0809, 0x000A, 0x002F, 0x0085, 0x003C
FORMULA, STRING, BOOLERR, MULRK, RK = 0x0006, 0x0207, 0x0205, 0x00BD, 0x027E
SHARED: Final = 0x00FD
"""A cell with a shared text."""
KEPT_GLOBALS: Final = frozenset({BOF, EOF, 0x0042, 0x0022, 0x041E, 0x00E0, 0x00FC})
"""Besides the frame: code page, date system, formats, cell formats, shared strings."""
KEPT_CELLS: Final = frozenset({0x0203, 0x0204, 0x00D6, BOOLERR, RK, 0x00FD, MULRK, FORMULA})
TEXTS_OF_FORMULAS: Final = frozenset({STRING, CONTINUE})
WORKSHEET: Final = b"\0"
SHORTEST_CELL: Final = 8
FORMULA_HEAD: Final = 20
LAST_PLACE: Final = 0x10000
SHEET_BOF: Final = struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)


@dataclass
class _Sheet:
    """The cells kept of a sheet (row → (column, kind, records from byte 2 on)) and its error values."""

    rows: dict[int, list[tuple[int, int, bytes]]] = field(default_factory=dict)
    overlays: dict[tuple[int, int], Cell] = field(default_factory=dict)
    cells: int = 0

    def right(self) -> int:
        return max((column for cells in self.rows.values() for column, _, _ in cells), default=0)

    def shared(self) -> Iterator[int]:
        """Yield the number of the shared text of each cell that has one."""
        for cells in self.rows.values():
            yield from (int.from_bytes(data[4:8], "little") for _, kind, data in cells if kind == SHARED)


def has_workbook(container: Container) -> bool:
    """Tell whether the container is that of an .xls workbook."""
    return any(name in container for name in STREAMS)


def rewritten(container: Container, limits: Limits) -> tuple[bytes, list[Look]]:
    """Return an .xls file with nothing but values, and a look for each of its worksheets in order.

    Rows are moved together. Raises ``damaged``, ``encrypted`` and ``too-large``.
    """
    stream = container.read(next(name for name in STREAMS if name in container))
    kept: list[tuple[int, bytes]] = []
    looks: list[Look] = []
    substreams, wanted = [], False
    shown: Counter[int] = Counter()
    for kind, record in _records(stream, 0):
        if kind == FILEPASS:
            raise encrypted()
        if kind == BOUNDSHEET and record[5:6] == WORKSHEET:
            few_sheets(len(looks) + 1, limits)
            sheet = _sheet(stream, limits, int.from_bytes(record[:4], "little"))
            numbers = sorted(sheet.rows)
            width = columns_that_fit(len(numbers), sheet.right(), limits)
            substreams.append(_substream([sheet.rows[number] for number in numbers], width))
            looks.append(Look(numbers=numbers, overlays=sheet.overlays))
            shown.update(sheet.shared())
        elif kind != CONTINUE:
            wanted = kind in KEPT_GLOBALS
        if wanted or (kind == BOUNDSHEET and record[5:6] == WORKSHEET):
            kept.append((kind, record))
    known = dict(enumerate(lengths(kept)))
    few_bytes(sum(known.get(number, LONGEST) * times for number, times in shown.items()), limits)
    return contained("Workbook", _assembled(kept, substreams)), looks


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of the substream at ``at``, without those of substreams nested in it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == BOF) - (kind == EOF)
        if depth < 0 or (not depth and kind != EOF):
            raise damaged()
        if depth == 1 or (kind == EOF and not depth):
            yield kind, stream[at + 4 : at + 4 + length]
        if depth <= 0:
            return
        at += 4 + length
    raise damaged()


def _sheet(stream: bytes, limits: Limits, at: int) -> _Sheet:
    sheet, formula = _Sheet(), None
    for count, (kind, data) in enumerate(_records(stream, at)):
        few_looks(count, limits)
        if kind in TEXTS_OF_FORMULAS and formula:
            formula[-1] = (*formula[-1][:2], formula[-1][2] + _record(kind, data))
        elif kind in KEPT_CELLS:
            formula = None
            if len(data) < SHORTEST_CELL:
                raise damaged()
            row, column = struct.unpack_from("<HH", data)
            error = _error(kind, data)
            if error:
                sheet.overlays[row + 1, column + 1] = error
            else:
                cells = sheet.rows.setdefault(row + 1, [])
                cells.extend(_cells(kind, column, data))
                sheet.cells += 1 if kind != MULRK else len(data) // 6
                within(len(sheet.rows), sheet.cells, limits)
                formula = cells if kind == FORMULA else None
    return sheet


def _cells(kind: int, column: int, data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield the cells of a record; a row of numbers is taken apart, a formula loses its expression."""
    if kind == MULRK:
        count = (len(data) - 6) // 6
        if column + count > LAST_PLACE:
            raise damaged()
        for index in range(count):
            place = struct.pack("<H", column + index)
            yield column + index + 1, RK, place + data[4 + 6 * index : 10 + 6 * index]
    elif kind == FORMULA:
        yield column + 1, kind, data[2:FORMULA_HEAD].ljust(FORMULA_HEAD - 2, b"\0") + b"\0\0"
    else:
        yield column + 1, kind, data[2:]


def _error(kind: int, data: bytes) -> CellError | None:
    code = None
    if kind == BOOLERR and data[7:8] == b"\1":
        code = data[6]
    elif kind == FORMULA and data[6:7] == b"\2" and data[12:14] == b"\xff\xff":
        code = data[8]
    return None if code is None else CellError(ERRORS.get(code, "#VALUE!"))


def _substream(rows: list[list[tuple[int, int, bytes]]], width: int) -> bytes:
    parts = [_record(BOF, SHEET_BOF)]
    for number, cells in enumerate(rows):
        place = struct.pack("<H", number)
        for column, kind, rest in cells:
            if column <= width:
                head = rest[:FORMULA_HEAD] if kind == FORMULA else rest
                parts.append(_record(kind, place + head) + rest[len(head) :])
    parts.append(_record(EOF, b""))
    return b"".join(parts)


def _assembled(kept: list[tuple[int, bytes]], substreams: list[bytes]) -> bytes:
    at = sum(4 + len(record) for _, record in kept)
    parts, following = [], iter(substreams)
    for kind, record in kept:
        content = record
        if kind == BOUNDSHEET:
            content = struct.pack("<I", at) + record[4:]
            at += len(next(following))
        parts.append(_record(kind, content))
    return b"".join(parts + substreams)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
