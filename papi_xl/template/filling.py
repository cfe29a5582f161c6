"""What a workbook made from the template holds, and the cells of the CSV sources it comes from.

In a CSV source a cell is text, except a plain number (``0.5``), an ISO date (``2021-06-15``) and an error
value (``#REF!``); an apostrophe in front keeps any of them text, as in a spreadsheet.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from papi_xl import schema
from papi_xl.raw import Area, Cell, CellError

TASK_HEADER_ROW: Final = 4
"""Sheet row of the headers of the task table; title and intro stand above."""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?")

Row = Mapping[str, Cell]


class Leftover(NamedTuple):
    """A text that found no place in the template: where it stood, what it says, why it has no place."""

    where: str
    said: str
    why: str


@dataclass(frozen=True)
class Filling:
    """What a workbook made from the template holds.

    ``info`` maps keys of `schema.INFO_FIELDS` to values (missing ones stay empty); ``tasks`` has one
    mapping of `schema.KEYS` a row, rows of domains and empty rows included; the rows of the side tables
    follow the headers of `schema.SIDE_TABLES`. ``merges`` and ``hidden_rows`` are positions in the sheet
    `Nhiệm vụ`; with merges the tasks are a plain range, since Excel allows none in a table. ``fonts`` maps
    (row, column) there to the font of a cell that has another than its style. ``leftovers`` are listed on a
    sheet of their own, which a workbook without any does not have. ``lists`` maps defined names to
    suggestions that stand in for the template's own; ``carried`` are further pairs of `_papi`, ``kept``
    the rows of other very hidden sheets by their names.
    """

    info: Mapping[str, Cell]
    tasks: tuple[Row, ...]
    supervision: tuple[Sequence[Cell], ...] = ()
    communication: tuple[Sequence[Cell], ...] = ()
    difficulties: tuple[Sequence[Cell], ...] = ()
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    fonts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    template_version: str = schema.TEMPLATE_VERSION
    leftovers: tuple[Leftover, ...] = ()
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    carried: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, Sequence[Sequence[Cell]]] = field(default_factory=dict)


def cell_of(text: str) -> Cell:
    """Return the cell that ``text`` stands for in a CSV source; ``None`` for an empty one."""
    if text.startswith("'"):
        return text[1:]
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    if _ISO_DATE.fullmatch(text):
        return date.fromisoformat(text)
    if _ERROR.fullmatch(text):
        return CellError(text)
    return text or None
