"""The content of an .ods workbook, made anew with nothing but its values.

OpenDocument repeats rows and cells by a count, so that a short file can stand for a vast area.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time, timedelta
from itertools import pairwise
from typing import Final

from papi_xl.bounds import (
    FAR_COLUMN,
    Limits,
    Look,
    columns_that_fit,
    encrypted,
    few_bytes,
    few_looks,
    few_sheets,
    within,
)
from papi_xl.raw import Cell, CellError
from papi_xl.reading.package import MIME_ODS, Package, attributes, unescaped, zipped
from papi_xl.references import LAST_ROW

CONTENT: Final = "content.xml"
MANIFEST: Final = "META-INF/manifest.xml"
ATTRIBUTES: Final = rb"""((?:[^<>"']++|"[^"]*"|'[^']*')*+)>"""
TOKEN: Final = re.compile(rb"<(/?)table:(table|table-row)(?=[\s/>])" + ATTRIBUTES)
CELL: Final = re.compile(rb"<table:(table-cell|covered-table-cell)(?=[\s/>])" + ATTRIBUTES)
CELL_ENDS: Final = (b"</table:table-cell>", b"</table:covered-table-cell>")
COLUMNS: Final = re.compile(rb"""table:number-columns-repeated\s*=\s*["']\s*([0-9]{1,7})""")
ROWS: Final = re.compile(rb"""table:number-rows-repeated\s*=\s*["']\s*([0-9]{1,7})""")
SPECIAL: Final = (b"error", b"time-value", b"<office:annotation", b"<table:table ", b"<table:table>")
"""Without any of these a row can be handed on as it stands."""
VALUES: Final = re.compile(
    rb"""\boffice:(?:value-type|value|date-value|boolean-value|string-value)\s*=\s*(?:"[^"]*"|'[^']*')"""
)
ANNOTATION: Final = re.compile(
    rb"<office:annotation[\s>](?:(?!<office:annotation[\s>]).)*?</office:annotation>", re.DOTALL
)
PARAGRAPH: Final = re.compile(rb"<text:p(?:\s[^<>]*)?>((?:(?!<text:p[\s>]).)*?)</text:p>", re.DOTALL)
TAG: Final = re.compile(rb"<[^<>]*>")
DURATION: Final = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
HOURS: Final = 24


@dataclass
class _Table:
    """The rows kept of a sheet: row → (last column, cells as XML), and what is laid over them."""

    tag: bytes
    rows: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    overlays: dict[tuple[int, int], Cell] = field(default_factory=dict)
    row: int = 0
    cells: int = 0
    shown: int = 0

    def right(self) -> int:
        return max((last for last, _ in self.rows.values()), default=0)


def rewritten(package: Package, limits: Limits) -> tuple[bytes, list[Look]]:
    """Return an .ods file with nothing but values, and a look for each of its sheets in order.

    Rows are moved together. Raises ``damaged``, ``encrypted`` and ``too-large``.
    """
    manifest = package.read(MANIFEST) if MANIFEST in package else b"<manifest/>"
    if b"encryption-data" in manifest:
        raise encrypted()
    content = b"".join(package.stream(CONTENT))
    parts, looks = [content[: max(content.find(b"<table:table "), 0)]], []
    for table in _fitting(content, limits):
        numbers = sorted(table.rows)
        rows = (b"<table:table-row>%b</table:table-row>" % table.rows[number][1] for number in numbers)
        parts += [table.tag, *rows, b"</table:table>"]
        looks.append(Look(numbers=numbers, overlays=table.overlays))
    parts.append(b"</office:spreadsheet></office:body></office:document-content>")
    return zipped({"mimetype": MIME_ODS, MANIFEST: manifest, CONTENT: b"".join(parts)}), looks


def _fitting(content: bytes, limits: Limits) -> list[_Table]:
    """Return the tables, read again with fewer columns where their area is too large."""
    tables: list[_Table] = []
    for table in _tables(content, limits, FAR_COLUMN):
        few_sheets(len(tables) + 1, limits)
        tables.append(table)
        few_bytes(sum(table.shown for table in tables), limits)
    rights = [(table.right(), columns_that_fit(len(table.rows), table.right(), limits)) for table in tables]
    far = min((fit for right, fit in rights if fit < right), default=FAR_COLUMN)
    return tables if far == FAR_COLUMN else list(_tables(content, limits, far))


def _tables(content: bytes, limits: Limits, far: int) -> Iterator[_Table]:
    """Yield the sheets; tables within cells are part of those."""
    table, depth, start = None, 0, None
    for count, match in enumerate(TOKEN.finditer(content)):
        few_looks(count, limits)
        closes, alone = bool(match[1]), match[3].endswith(b"/")
        if match[2] == b"table":
            depth += -1 if closes else not alone
            if table and not depth:
                yield table
                table = None
            elif table is None and depth == 1:
                table = _Table(match[0])
        elif table and depth == 1:
            if not closes:
                start = match
            if start and (closes or alone):
                row = b"" if alone else content[start.end() : match.start()]
                _add_row(table, _count(ROWS, start[3]), row, far, limits)
                start = None


def _count(pattern: re.Pattern[bytes], tag: bytes) -> int:
    match = pattern.search(tag)
    return max(int(match[1]), 1) if match else 1


def _add_row(table: _Table, repeated: int, row: bytes, far: int, limits: Limits) -> None:
    """Keep a row as it stands, or cell by cell if it reaches far or holds what needs laying over."""
    first, table.row = table.row + 1, table.row + repeated
    if b"office:value-type" not in row or first > LAST_ROW:
        return
    numbers = range(first, min(table.row, LAST_ROW) + 1)
    end = max(row.rfind(mark) + len(mark) for mark in CELL_ENDS)
    row = row if b"office:value" in row[end:] else row[:end]
    written_out = _written_out(row)
    few_bytes(written_out, limits)
    right = row.count(b"<table:") + sum(map(int, COLUMNS.findall(row)))
    overlays: dict[int, Cell] = {}
    if right > far or any(mark in row for mark in SPECIAL):
        right, row, overlays = _cells(row, far)
    table.cells += len(numbers) * (right + len(overlays))
    within(max(len(numbers), len(table.rows)), table.cells, limits)
    table.shown += len(numbers) * written_out
    few_bytes(table.shown, limits)
    for number in numbers:
        if row:
            table.rows[number] = right, row
        for column, cell in overlays.items():
            table.overlays[number, column] = cell


def _written_out(row: bytes) -> int:
    """Return how many bytes the cells of a row take with those that are repeated."""
    if max(map(int, COLUMNS.findall(row)), default=1) == 1:
        return len(row)
    starts = [*((match.start(), _count(COLUMNS, match[2])) for match in CELL.finditer(row)), (len(row), 0)]
    return sum(
        (end - start) * (min(times, FAR_COLUMN) if b"office:value" in row[start:end] else 1)
        for (start, times), (end, _) in pairwise(starts)
    )


def _cells(row: bytes, far: int) -> tuple[int, bytes, dict[int, Cell]]:
    """Return last column, XML and overlays of a row without what lies right of ``far``."""
    overlays: dict[int, Cell] = {}
    parts, column, written = [], 0, 0
    for match, following in pairwise((*CELL.finditer(row), None)):
        if match is None:
            break
        first, column = column + 1, column + _count(COLUMNS, match[2])
        if b"office:value-type" not in match[2] or first > far:
            continue
        values = attributes(match[2])
        stop = following.start() if following else len(row)
        close = row.find(b"</table:" + match[1] + b">", match.end(), stop)
        end = match.end() if match[2].endswith(b"/") else close if close >= 0 else stop
        body = row[match.end() : end]
        laid, last = _overlay(values, body), min(column, far)
        if laid is not None:
            overlays |= dict.fromkeys(range(first, last + 1), laid)
            continue
        if first > written + 1:
            parts.append(b'<table:table-cell table:number-columns-repeated="%d"/>' % (first - written - 1))
        parts += [_cell(match[2], body)] * (last + 1 - first)
        written = last
    return written, b"".join(parts), overlays


def _overlay(values: dict[str, str], body: bytes) -> Cell:
    """Return an error value, or a time of day or duration, which the reader of values leaves as text."""
    if values.get("calcext:value-type") == "error":
        paragraph = PARAGRAPH.search(body)
        text = unescaped(TAG.sub(b"", paragraph[1]).decode("utf-8", "replace")) if paragraph else ""
        return CellError(text or "#VALUE!")
    match = DURATION.fullmatch(values.get("office:time-value", ""))
    if not match:
        return None
    hours, minutes, seconds = (int(group) for group in match.groups())
    if hours < HOURS and minutes < 60 and seconds < 60:  # noqa: PLR2004 - the clock
        return time(hours, minutes, seconds)
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _cell(tag: bytes, body: bytes) -> bytes:
    found = [match[0] for match in VALUES.finditer(tag)]
    inner = b"".join(match[0] for match in PARAGRAPH.finditer(ANNOTATION.sub(b"", body)))
    return b"<table:table-cell " + b" ".join(found) + b">" + inner + b"</table:table-cell>"
