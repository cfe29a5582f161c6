"""The list of units whose workbooks are expected, understood from the raw cells of a table."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from papi_xl.consolidated import Unit
from papi_xl.errors import UsageError
from papi_xl.headers import HEADER_ROWS
from papi_xl.raw import Cell
from papi_xl.rows import TOTAL_WORDS
from papi_xl.schema import ROSTER_COLUMNS
from papi_xl.text import content, header_key, shown, unaccented, value_key
from papi_xl.timing import as_date
from papi_xl.unit_names import code_key, plain_code

BYTE_ORDER_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
DELIMITERS: Final = ",;\t"

_TOTALS: Final = frozenset(map(value_key, TOTAL_WORDS))
_RANKS: Final = {
    unaccented(header_key(name)): (column.key, rank)
    for column in ROSTER_COLUMNS
    for rank, name in enumerate((column.header, column.english, *column.aliases))
}
_RECORD = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Roster:
    """The units that are expected to report, in the order of their list."""

    units: tuple[Unit, ...]


def roster(rows: Sequence[Sequence[Cell]], numbers: Sequence[int] | None = None) -> Roster:
    """Return the roster that a table of raw cells holds.

    The header row is found by its labels among the first `HEADER_ROWS` rows (accents, case, spaces and
    punctuation aside); it names a unit's code or name, and perhaps e-mail and due date. Rows that say
    nothing under these, and totals, are left out.

    Args:
        rows: the cells of each row, from the first column on.
        numbers: the row numbers that messages name; counted from 1 where they are not given.

    Raises:
        UsageError: ``roster-no-header``, ``roster-empty``, ``roster-unit-missing`` (``row``),
            ``roster-code-twice`` (``row``, ``first``, ``value``), ``roster-due`` (``row``, ``value``).
    """
    header, columns = _header(rows)
    numbered = list(zip(numbers or range(1, len(rows) + 1), rows, strict=True))[header + 1 :]
    told = [(number, _picked(row, columns)) for number, row in numbered]
    units = [(number, _unit(number, cells)) for number, cells in told if _names_something(cells)]
    if not units:
        raise UsageError("roster-empty")
    firsts: dict[str, int] = {}
    for number, unit in units:
        if unit.code and (first := firsts.setdefault(code_key(unit.code), number)) != number:
            raise UsageError("roster-code-twice", row=number, first=first, value=unit.code)
    return Roster(tuple(unit for _, unit in units))


def rows_of_csv(data: bytes) -> list[list[Cell]]:
    """Return the rows of a CSV file: UTF-8, UTF-16 with its mark, else the Vietnamese code page 1258.

    Fields are parted by commas, semicolons or tabs, whichever the first lines have most of.

    Raises:
        UsageError: ``roster-unreadable``.
    """
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    records = _RECORD.findall(text)
    start = "".join(records[:HEADER_ROWS])
    delimiter = max(DELIMITERS, key=start.count)
    try:
        return [[*row] for row in csv.reader(records, delimiter=delimiter)]
    except csv.Error as error:
        raise UsageError("roster-unreadable") from error


def _decoded(data: bytes) -> str:
    marked = [encoding for mark, encoding in BYTE_ORDER_MARKS.items() if data.startswith(mark)]
    for encoding in marked or ("utf-8", "cp1258"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError("roster-unreadable")


def _header(rows: Sequence[Sequence[Cell]]) -> tuple[int, Mapping[str, int]]:
    """Return the index of the header row and the index of each known column."""
    found = [(index, _columns(row)) for index, row in enumerate(rows[:HEADER_ROWS])]
    fit = [(index, columns) for index, columns in found if {"code", "name"} & set(columns)]
    if not fit:
        names = {column.key: column.header for column in ROSTER_COLUMNS}
        raise UsageError("roster-no-header", rows=HEADER_ROWS, name=names["name"], number=names["code"])
    return max(fit, key=lambda pair: (len(pair[1]), -pair[0]))


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    claims = [(_RANKS.get(unaccented(header_key(content(cell)))), index) for index, cell in enumerate(row)]
    best_last = sorted(((*claim, index) for claim, index in claims if claim), reverse=True)
    return {key: index for key, _, index in best_last}


def _picked(row: Sequence[Cell], columns: Mapping[str, int]) -> dict[str, Cell]:
    return {key: row[index] for key, index in columns.items() if index < len(row) and content(row[index])}


def _names_something(cells: Mapping[str, Cell]) -> bool:
    return bool(cells) and not (set(cells) == {"name"} and value_key(content(cells["name"])) in _TOTALS)


def _unit(number: int, cells: Mapping[str, Cell]) -> Unit:
    if not {"code", "name"} & set(cells):
        raise UsageError("roster-unit-missing", row=number)
    texts = {key: content(cell) for key, cell in cells.items()}
    return Unit(
        plain_code(texts.get("code", "")),
        texts.get("name", ""),
        texts.get("email", ""),
        _due(number, cells.get("due")),
    )


def _due(number: int, cell: Cell) -> date | None:
    day = as_date(cell)
    if cell is not None and day is None:
        raise UsageError("roster-due", row=number, value=shown(cell))
    return day
