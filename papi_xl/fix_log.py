"""The sheet `Nhật ký sửa` as data: what was fixed and what stood there before, so that it can be undone.

A line shows what a person wants to know; its last cell, in a hidden column, holds as JSON what else undoing
needs. Texts stand exactly in the columns before and after, so that no cell has to hold more than its own.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from math import isclose, isfinite
from typing import Any, Final, NamedTuple

from papi_xl import fix_words
from papi_xl.checklist import Place
from papi_xl.fixes import Change, anchor_text
from papi_xl.labels import percent_shown
from papi_xl.looks import LIST_HEADER_ROW as HEADER_ROW
from papi_xl.raw import Cell
from papi_xl.references import LAST_COLUMN, LAST_ROW, column_letters
from papi_xl.text import MAX_CELL, shown
from papi_xl.wording import pick

WIDTHS: Final = (45, 45, 130, 140, 225, 260, 260)
"""Pixels of the columns that are shown."""
MACHINE_COLUMN: Final = len(WIDTHS) + 1
BEFORE_COLUMN, AFTER_COLUMN = 6, 7
CELL_COLUMN: Final = 4

_VERSION: Final = 1
_SHEET_NAME: Final = re.compile(r"[^\x00-\x1f\x7f-\x9f\[\]:*?/\\]+")
_FRAGILE: Final = re.compile("[\r\ud800-\udfff]")
"""What a cell does not keep when LibreOffice saves it."""


class Run(NamedTuple):
    """A run of rich text: how many UTF-16 code units of the text it takes, and the name of its font.

    ``look`` is all of its look as the element `rPr` of a file's XML where that is known.
    """

    length: int
    font: str
    look: str = ""


class Old(NamedTuple):
    """What a cell held and how it looked before it was fixed.

    ``value`` is its text, its number (a date's serial number) or truth value as kept, ``None`` for an empty
    cell; ``number_format`` and ``font`` are ``None`` where they were not changed; ``runs`` are those of rich
    text whose fonts differ.
    """

    value: str | float | bool | None
    number_format: str | None = None
    font: str | None = None
    runs: tuple[Run, ...] = ()


class Entry(NamedTuple):
    """A fixed cell: in which batch (1, 2, … as `fix` was run), when, and what was there."""

    batch: int
    made_at: datetime
    change: Change
    old: Old

    @property
    def anchor(self) -> Place | None:
        """The cell that tells the row again, ``None`` without one."""
        change = self.change
        return (change.sheet, change.row, change.anchor[0]) if change.anchor else None


class Undo(NamedTuple):
    """What undoing the last batch does: cells to put back, cells changed since, lines that stay."""

    back: tuple[Entry, ...]
    changed_since: tuple[Entry, ...]
    rest: tuple[Entry, ...]


def rows(entries: Sequence[Entry], lang: str) -> list[list[Cell]]:
    """Return the cells of the sheet from A1 on: title, subtitle, headers, a line an entry."""
    width = MACHINE_COLUMN
    head: list[list[Cell]] = [
        [pick(fix_words.TITLE, lang)],
        [pick(fix_words.SUBTITLE, lang).format(count=len(entries))],
        [pick(header, lang) for header in fix_words.HEADERS],
    ]
    lines = [_line(number, entry, lang) for number, entry in enumerate(entries, start=1)]
    return [[*row, *[None] * (width - len(row))] for row in (*head, *lines)]


def entries(sheet_rows: Sequence[Sequence[Cell]]) -> tuple[Entry, ...]:
    """Return the entries of a sheet that `rows` laid out; lines that make no sense are left out."""
    found = []
    for row in sheet_rows[HEADER_ROW:]:
        with suppress(ValueError, TypeError, LookupError, OverflowError, RecursionError):
            found.append(_entry(row))
    return tuple(found)


def is_free(sheet_rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a sheet of the log's name is a log or shows nothing at all: else it is the user's."""
    said = [cell for row in sheet_rows for cell in row if cell not in {None, ""}]
    return not said or said[0] in fix_words.TITLE


def next_batch(known: Sequence[Entry]) -> int:
    """Return the number of the batch that comes after those of a log."""
    return max((entry.batch for entry in known), default=0) + 1


def undo(known: Sequence[Entry], current: Callable[[Place], Cell]) -> Undo:
    """Return what undoing the last batch does, given what each cell holds now (texts as kept).

    ``current`` is asked for the cells of the entries and of their anchors; where it knows nothing of an
    anchor the cell's own value has to do.
    """
    last = max((entry.batch for entry in known), default=0)
    batch = [entry for entry in known if entry.batch == last]
    same = [
        _is(current(entry.change.place), entry.change.after) and _is_its_row(entry, current)
        for entry in batch
    ]
    return Undo(
        back=tuple(entry for entry, holds in zip(batch, same, strict=True) if holds),
        changed_since=tuple(entry for entry, holds in zip(batch, same, strict=True) if not holds),
        rest=tuple(entry for entry in known if entry.batch != last),
    )


def _is_its_row(entry: Entry, current: Callable[[Place], Cell]) -> bool:
    """Whether the row is the one that was fixed: others may have been put in above it since."""
    stands = anchor_text(current(entry.anchor)) if entry.anchor else ""
    return not stands or entry.change.anchor is None or stands == entry.change.anchor[1]


def cell_name(change: Change) -> str:
    """Return the cell as people name it: ``Nhiệm vụ!G12``."""
    return f"{change.sheet}!{column_letters(change.column)}{change.row}"


def value_shown(value: Cell, lang: str) -> str:
    """Return a value before or after a fix as a person reads it."""
    return percent_shown(value, lang) if isinstance(value, float) and 0 <= value < 1 else shown(value)


def _line(number: int, entry: Entry, lang: str) -> list[Cell]:
    change, old = entry.change, entry.old
    before = old.value if isinstance(old.value, str) else shown(change.before)
    after = change.after if isinstance(change.after, str) else percent_shown(change.after, lang)
    return [
        number,
        entry.batch,
        entry.made_at.strftime("%d/%m/%Y %H:%M"),
        cell_name(change),
        fix_words.done(change.rules, lang),
        before or pick(fix_words.EMPTY, lang),
        after,
        _machine(entry),
    ]


def _machine(entry: Entry) -> str:
    """Return what else undoing needs, as much of it as a cell holds.

    Looks within a text go first, then its fonts, then the text itself, which stands in a column of its own.
    """
    kept = _kept(entry)
    runs = [run[:2] for run in kept.get("runs", ())]
    ways = (kept, kept | {"runs": runs}, _without(kept, "runs"), _without(kept, "runs", "before"))
    texts = [json.dumps(way, separators=(",", ":")) for way in ways]
    return next((text for text in texts if len(text) <= MAX_CELL), texts[-1])


def _without(kept: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in kept.items() if key not in keys}


def _kept(entry: Entry) -> dict[str, Any]:
    change, old = entry.change, entry.old
    kept: dict[str, Any] = {
        "v": _VERSION,
        "batch": entry.batch,
        "at": entry.made_at.isoformat(timespec="seconds"),
        "sheet": change.sheet,
        "cell": [change.row, change.column],
        "rules": list(change.rules),
        "kind": _kind(old.value),
    }
    if not isinstance(old.value, str) or _FRAGILE.search(old.value):
        kept |= {"before": old.value} if old.value is not None else {}
    if not isinstance(change.after, str):
        kept["after"] = change.after
    kept |= {name: value for name, value in (("format", old.number_format), ("font", old.font)) if value}
    if change.anchor:
        kept["row"] = list(change.anchor)
    if old.runs:
        kept["runs"] = [list(run) for run in old.runs]
    return kept


def _kind(value: object) -> str:
    if value is None:
        return "empty"
    return {str: "text", bool: "truth"}.get(type(value), "number")


def _entry(row: Sequence[Cell]) -> Entry:
    """Return the entry of a line; raises what nonsense in it leads to."""
    kept = json.loads(_string(row[MACHINE_COLUMN - 1]))
    line, column = map(int, kept["cell"])
    rules = tuple(rule for rule in kept["rules"] if rule in fix_words.NAMES)
    after = _finite(kept["after"]) if "after" in kept else _string(row[AFTER_COLUMN - 1])
    sheet = _string(kept["sheet"])
    is_cell = _SHEET_NAME.fullmatch(sheet) and 0 < line <= LAST_ROW and 0 < column <= LAST_COLUMN
    if kept["v"] != _VERSION or not is_cell or not rules:
        raise ValueError(kept)
    before = row[BEFORE_COLUMN - 1]
    change = Change(sheet, line, column, rules, before, after, anchor=_anchor(kept.get("row")))
    values: dict[str, Callable[[], str | float | bool | None]] = {
        "empty": lambda: None,
        "text": lambda: _string(kept.get("before", before)),
        "truth": lambda: bool(kept["before"]),
        "number": lambda: _finite(kept["before"]),
    }
    old = Old(
        value=values[kept["kind"]](),
        number_format=_optional(kept.get("format")),
        font=_optional(kept.get("font")),
        runs=tuple(_runs(kept.get("runs", ()))),
    )
    return Entry(int(kept["batch"]), datetime.fromisoformat(kept["at"]), change, old)


def _anchor(given: Sequence[Any] | None) -> tuple[int, str] | None:
    if given is None:
        return None
    column, text = given
    if not 0 < int(column) <= LAST_COLUMN:
        raise ValueError(given)
    return int(column), _string(text)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _finite(value: object) -> float:
    if not isinstance(value, int | float) or not isfinite(value):
        raise TypeError(value)
    return float(value)


def _optional(value: object) -> str | None:
    return None if value is None else _string(value)


def _runs(given: Sequence[Sequence[Any]]) -> Iterator[Run]:
    for length, font, *look in given:
        yield Run(int(length), _string(font), "".join(map(_string, look)))


def _is(cell: Cell, after: str | float) -> bool:
    if isinstance(after, str):
        return isinstance(cell, str) and cell == after
    return isinstance(cell, int | float) and isclose(cell, after, abs_tol=1e-9)
