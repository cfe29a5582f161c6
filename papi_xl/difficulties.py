"""Difficulties on the sheet `Vướng mắc` that wait for an answer."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from papi_xl import schema
from papi_xl.raw import Cell, RawSheet
from papi_xl.text import content, header_key, value_key

SETTLED: Final = "Đã giải quyết"
"""The state of a difficulty that nothing more is to be done about, as in the list behind its column."""
_TEXT, _STATE = schema.SIDE_TABLES[schema.DIFFICULTIES][1][3:6:2]


class Difficulty(NamedTuple):
    """A difficulty: the number of the task that it is about (empty for none), and what it is."""

    number: str
    text: str


def open_ones(sheet: RawSheet | None) -> tuple[Difficulty, ...]:
    """Return the difficulties that are not settled, in their order; none without the sheet or its table."""
    if sheet is None:
        return ()
    wanted = [header_key(header) for header in (schema.SIDE_TASK, _TEXT, _STATE)]
    columns: list[int] = []
    found = []
    for row in sheet.rows:
        if columns:
            number, text, state = (_at(row, column) for column in columns)
            if text and not value_key(state).startswith(value_key(SETTLED)):
                found.append(Difficulty(number, text))
            continue
        keys = [header_key(content(cell)) for cell in row]
        if set(wanted) <= set(keys):
            columns = [keys.index(key) for key in wanted]
    return tuple(found)


def _at(row: Sequence[Cell], column: int) -> str:
    return content(row[column]) if column < len(row) else ""
