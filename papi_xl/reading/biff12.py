"""The records of an .xlsb workbook's parts [MS-XLSB], made anew with nothing but values."""

import struct
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from papi_xl.bounds import (
    FAR_COLUMN,
    Limits,
    Look,
    columns_that_fit,
    damaged,
    few_bytes,
    few_looks,
    few_sheets,
    within,
)
from papi_xl.raw import Cell, CellError
from papi_xl.reading.biff8 import ERRORS
from papi_xl.reading.package import Package, zipped
from papi_xl.references import LAST_ROW

ROW, ERROR, FORMULA_ERROR, END_DATA = 0x0000, 0x0003, 0x000B, 0x0092
BEGIN_SHEET, DIMENSION, BEGIN_DATA, END_SHEET = 0x0081, 0x0094, 0x0091, 0x0082
BUNDLE, END_BUNDLES, END_BOOK = 0x009C, 0x0090, 0x0084
SHORTEST: Final = {0x02: 12, 0x04: 9, 0x05: 16, 0x06: 12, 0x07: 12, 0x08: 12, 0x09: 16, 0x0A: 9, 0x3E: 13}
"""Cells with a value and the least length of their records: number, Boolean, text, formula results."""
SHARED, ITEM = 0x07, 0x13
"""A cell with a shared text, and such a text."""
KEPT_GLOBALS: Final = frozenset({0x0083, 0x0099, 0x008F, BUNDLE, END_BUNDLES})
"""Frame of the workbook part, its properties (date system) and its sheets; names are not needed."""
CONTINUED: Final = 0x80
HEADER: Final = 8
TEXTS: Final = "xl/sharedStrings.bin"
WORKSHEET: Final = "worksheet"


def rewritten(package: Package, limits: Limits) -> tuple[bytes, list[Look]]:
    """Return an .xlsb file with nothing but values, and a look for each of its sheets in order.

    Rows are moved together. Raises ``damaged`` and ``too-large``.
    """
    main = package.main_part or ""
    relations = package.relations(main)
    looks: list[Look] = []
    book, sheets = [], {}
    for kind, data in _records(package.document):
        if kind in KEPT_GLOBALS:
            book.append(_record(kind, data))
        if kind == BUNDLE:
            relation = relations.get(_relation_id(data))
            if relation is None:
                raise damaged()
            if relation.kind == WORKSHEET:
                few_sheets(len(looks) + 1, limits)
                content = b"".join(package.stream(relation.target, xml=False))
                sheets[relation.target], look = _sheet(content, limits)
                looks.append(look)
        if kind == END_BUNDLES:
            break
    parts = {main: b"".join(book) + _record(END_BOOK, b"")}
    rels = f"{main.rpartition('/')[0]}/_rels/{main.rpartition('/')[2]}.rels"
    others = ("[Content_Types].xml", "_rels/.rels", rels, "xl/styles.bin")
    parts |= {name: package.read(name) for name in others if name in package}
    if TEXTS in package:
        parts[TEXTS] = b"".join(package.stream(TEXTS, xml=False, most="texts"))
        _bound_shown(parts[TEXTS], sheets.values(), limits)
    return zipped(parts | sheets), looks


def _bound_shown(texts: bytes, sheets: Iterable[bytes], limits: Limits) -> None:
    """Make sure that the cells do not repeat shared texts beyond measure."""
    lengths = [len(data) for kind, data in _records(texts) if kind == ITEM]
    shown = 0
    for kind, data in chain.from_iterable(map(_records, sheets)):
        if kind == SHARED:
            number = int.from_bytes(data[HEADER : HEADER + 4], "little")
            shown += lengths[number] if number < len(lengths) else 0
            few_bytes(shown, limits)


def _relation_id(data: bytes) -> str:
    length = int.from_bytes(data[8:12], "little")
    return data[12 : 12 + 2 * length].decode("utf-16-le", "replace")


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and the data of each record; raises ``damaged`` at a torn one."""
    at, end = 0, len(content)
    try:
        while at < end:
            kind = content[at]
            at += 1
            if kind & CONTINUED:
                kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
                at += 1
            length, shift = 0, 0
            while shift < 28:  # noqa: PLR2004 - lengths take at most four groups of seven bits
                byte = content[at]
                at += 1
                length |= (byte & 0x7F) << shift
                shift += 7
                if not byte & CONTINUED:
                    break
            if at + length > end:
                raise damaged()
            yield kind, content[at : at + length]
            at += length
    except IndexError as error:
        raise damaged() from error


def _sheet(content: bytes, limits: Limits) -> tuple[bytes, Look]:
    rows: dict[int, dict[int, bytes]] = {}
    overlays: dict[tuple[int, int], Cell] = {}
    row, right, cells = 0, 0, 0
    for count, (kind, data) in enumerate(_records(content)):
        few_looks(count, limits)
        if kind == ROW:
            row = int.from_bytes(data[:4], "little") + 1
        elif kind == END_DATA or row > LAST_ROW:
            break
        elif kind in (ERROR, FORMULA_ERROR) and len(data) > HEADER:
            column = int.from_bytes(data[:4], "little") + 1
            overlays[row, column] = CellError(ERRORS.get(data[HEADER], "#VALUE!"))
        elif kind in SHORTEST and len(data) >= SHORTEST[kind] and row:
            column = int.from_bytes(data[:4], "little") + 1
            if column <= FAR_COLUMN:
                right = max(right, column)
                rows.setdefault(row, {})[column] = _record(kind, data)
                cells += 1
                within(len(rows), cells, limits)
    numbers = sorted(rows)
    width = columns_that_fit(len(rows), right, limits)
    return _written([rows[number] for number in numbers], width), Look(numbers=numbers, overlays=overlays)


def _written(rows: list[Mapping[int, bytes]] | list[dict[int, bytes]], width: int) -> bytes:
    parts = [_record(BEGIN_SHEET, b""), _record(DIMENSION, bytes(16)), _record(BEGIN_DATA, b"")]
    for number, cells in enumerate(rows):
        parts.append(_record(ROW, struct.pack("<I", number) + bytes(13)))
        parts.extend(record for column, record in sorted(cells.items()) if column <= width)
    parts += [_record(END_DATA, b""), _record(END_SHEET, b"")]
    return b"".join(parts)


def _record(kind: int, data: bytes) -> bytes:
    head = bytes([kind]) if kind < CONTINUED else bytes([kind & 0x7F | CONTINUED, kind >> 7])
    length, groups = len(data), bytearray()
    while length >= CONTINUED:
        groups.append(length & 0x7F | CONTINUED)
        length >>= 7
    groups.append(length)
    return head + bytes(groups) + data
