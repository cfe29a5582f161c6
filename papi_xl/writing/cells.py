"""Rows of a sheet made ready beforehand, where the file is read: only styles and a start are filled in.

A cell is the XML of ECMA-376 part 1, 18.3.1.4 without its reference, so it stands right of the one before.
`ROW` begins each row and one character for each of `LOOKS` stands for its style; XML text holds none of them.
"""

import html
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from papi_xl.report import Value

ROW: Final = "\x00"
LOOKS: Final[Mapping[str, str]] = {
    "text": "\x01",
    "centre": "\x02",
    "whole": "\x03",
    "percent": "\x04",
    "day": "\x05",
    "moment": "\x06",
    "change": "\x07",
}
"""Look of a cell → the character that stands for its style."""
EPOCH: Final = date(1899, 12, 30)
"""Day 0 of Excel's calendar, for days after February 1900."""
_SECONDS_OF_DAY: Final = 86400

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CELL = re.compile(r'<c s="[^"]*"(?:/>|( t="inlineStr")?>(?:<is><t[^>]*>|<v>)([^<]*)</(?:t></is|v)></c>)')


def text_cell(text: str, look: str = "text") -> str:
    """Return a cell of text, whatever it looks like; an empty one only has its look."""
    safe = _ESCAPE.sub("_x005F_", _UNWRITABLE.sub("", text))
    if not safe:
        return f'<c s="{LOOKS[look]}"/>'
    keep = ' xml:space="preserve"' if safe != safe.strip() or "\n" in safe else ""
    return f'<c s="{LOOKS[look]}" t="inlineStr"><is><t{keep}>{html.escape(safe, quote=False)}</t></is></c>'


def number_cell(number: float | None, look: str = "whole") -> str:
    """Return a cell of a number (a fraction in the look ``percent``), empty where there is none."""
    return f'<c s="{LOOKS[look]}"/>' if number is None else f'<c s="{LOOKS[look]}"><v>{number!r}</v></c>'


def day_cell(day: date | None) -> str:
    """Return a cell of a day, empty where there is none."""
    return number_cell(None if day is None else (day - EPOCH).days, "day")


def moment_cell(moment: datetime | None) -> str:
    """Return a cell of a day and time, empty where there is none."""
    if moment is None:
        return number_cell(None, "moment")
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return number_cell((moment.date() - EPOCH).days + seconds / _SECONDS_OF_DAY, "moment")


def finished(rows: str, start: str, styles: Mapping[str, int], first: int) -> bytes:
    """Return the XML of ``rows``, each beginning with the cells ``start``.

    Args:
        rows: made of the cells above, each row after a `ROW`.
        start: cells; empty for none.
        styles: number of the style by look.
        first: the sheet's number of the first row, from 1.
    """
    numbered = enumerate(rows.split(ROW)[1:], first)
    done = "".join([f'<row r="{number}">{start}{row}</row>' for number, row in numbered]).encode()
    for look, mark in LOOKS.items():
        done = done.replace(mark.encode(), b"%d" % styles[look])
    return done


def values(rows: str) -> list[list[Value]]:
    """Return what the cells of ``rows`` hold: texts, numbers, and ``None`` for empty ones."""
    return [[_value(cell) for cell in _CELL.finditer(row)] for row in rows.split(ROW)[1:]]


def _value(cell: re.Match[str]) -> Value:
    if cell[2] is None:
        return None
    return html.unescape(cell[2]).replace("_x005F_", "_") if cell[1] else float(cell[2])


def columns_joined(columns: Sequence[Sequence[str]]) -> str:
    """Return rows of cells, given cell by cell for each column."""
    return "".join(f"{ROW}{''.join(row)}" for row in zip(*columns, strict=True))
