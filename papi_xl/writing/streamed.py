"""Long tables put into a workbook's file as XML made beforehand, row by row, in little memory.

XlsxWriter takes some 4 µs a cell. So it writes the workbook with one row in place of each long table, a
prototype that has a cell of each look; here the rows take its place while the file is copied.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final

from papi_xl.references import column_letters
from papi_xl.writing.cells import LOOKS, ROW, finished

LEVEL: Final = 3
"""Of compression: on such rows twice as small as 1 and faster, while 6 saves little and takes twice as long."""
GREATEST_PART: Final = zipfile.ZIP64_LIMIT
"""Bytes of a sheet above which zip needs extensions, which Excel may not like and only giants get."""

_STYLE = re.compile(rb'<c r="[A-Z]+\d+" s="(\d+)"/>')
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')


@dataclass(frozen=True)
class Rows:
    """``count`` rows that stand from row ``first`` (counted from 0) on, where the prototype stands now.

    ``pieces`` gives, as often as it is called, pairs of the cells that begin each row and rows (see
    `writing.cells`).
    """

    first: int
    count: int
    pieces: Callable[[], Iterator[tuple[str, str]]]


@dataclass(frozen=True)
class Filling:
    """What goes into a sheet: its long tables from the top down, and how far it reaches in the end."""

    tables: Sequence[Rows]
    last_row: int
    last_column: int


class _TooGreatError(Exception):
    """A part is greater than it may be without extensions."""


def write(
    stream: IO[bytes], shell: bytes, fillings: Mapping[str, Filling], *, greatest_part: int = GREATEST_PART
) -> None:
    """Write the workbook ``shell`` with its long tables filled in; equal input gives equal bytes.

    Args:
        stream: takes the file from where it stands; must be able to seek.
        shell: the workbook with prototype rows.
        fillings: by the name of the sheet's part, such as ``xl/worksheets/sheet1.xml``.
        greatest_part: bytes of a sheet above which the file is written anew with zip's 64-bit extensions.

    Raises:
        ValueError: a table yields another number of rows than it has announced.
    """
    place = stream.tell()
    try:
        _write(stream, shell, fillings, greatest_part)
    except _TooGreatError:
        stream.seek(place)
        stream.truncate()
        _write(stream, shell, fillings, None)


def _write(stream: IO[bytes], shell: bytes, fillings: Mapping[str, Filling], most: int | None) -> None:
    with (
        zipfile.ZipFile(BytesIO(shell)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            content = source.read(name)
            if name not in fillings:
                target.writestr(entry, content, compresslevel=LEVEL)
                continue
            entry._compresslevel = LEVEL  # type: ignore[attr-defined]  # noqa: SLF001 - `open` takes no level
            with target.open(entry, "w", force_zip64=most is None) as part:
                size = 0
                for piece in _filled(content, fillings[name]):
                    size += len(piece)
                    if most is not None and size > most:
                        raise _TooGreatError
                    part.write(piece)


def _filled(sheet: bytes, filling: Filling) -> Iterator[bytes]:
    """Yield the sheet's XML with rows in place of the prototypes."""
    reach = f"A1:{column_letters(filling.last_column + 1)}{filling.last_row + 1}"
    sheet = _DIMENSION.sub(b'<dimension ref="%b"/>' % reach.encode(), sheet, count=1)
    for table in filling.tables:
        prototype = re.search(rb'<row r="%d"[^>]*>(.*?)</row>' % (table.first + 1), sheet)
        if prototype is None:
            raise ValueError(table)
        yield sheet[: prototype.start()]
        yield from _rows(table, dict(zip(LOOKS, map(int, _STYLE.findall(prototype[1])), strict=True)))
        sheet = sheet[prototype.end() :]
    yield sheet


def _rows(table: Rows, styles: Mapping[str, int]) -> Iterator[bytes]:
    number = table.first + 1
    for start, rows in table.pieces():
        yield finished(rows, start, styles, number)
        number += rows.count(ROW)
    if number != table.first + 1 + table.count:
        raise ValueError(table)
