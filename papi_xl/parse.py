"""Raw rows → typed task frame: one frame over all documents, whatever their number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from typing import Any, Final

import numpy as np
import pandas as pd

from papi_xl import domains, numbering, rows, schema, timing, values
from papi_xl import text as texts
from papi_xl.headers import Table
from papi_xl.raw import Cell, CellError
from papi_xl.text import Strings
from papi_xl.vocabulary import Status

Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Column:
    """A column of raw cells: their tidy texts, where they are error values, where their text is untidy."""

    cells: Strings
    text: Strings
    errors: Mask
    untidy: Mask

    def kept(self, mask: Mask) -> "Column":
        """Return the column with only the rows of ``mask``."""
        return Column(self.cells[mask], self.text[mask], self.errors[mask], self.untidy[mask])


@dataclass(frozen=True)
class Document:
    """A workbook with a task table, and what its reading needs to know.

    ``plan_year`` is used for periods without a year; ``year_is_known`` is False where it is only that of
    the as-of date. ``is_template`` holds for workbooks with the template's sheet `Thông tin`.
    """

    file: str
    table: Table
    as_of: date
    plan_year: int
    year_is_known: bool
    is_template: bool = False
    info: Mapping[str, Cell] = field(default_factory=dict)
    info_cells: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """All tasks of all documents.

    ``tasks`` has one row a task: ``doc``, ``row`` (sheet row), a text column for each key of the schema,
    ``levels`` (tuple or None), ``place`` (domain of the heading above, NaN without one), ``domain`` (1-8,
    NaN where none is known), ``status_code``, ``percent_value`` (fraction, NaN where none), ``kind`` and
    ``due`` of the timing, ``spans_years``. ``headings`` has ``doc``, ``row``, ``domain``, ``name``.
    ``group`` numbers the headings, so that tasks under one heading share it. ``cells`` and ``merged`` (what
    a merged cell filled) are by key and aligned with ``tasks``, ``heading_cells`` with ``headings``.
    """

    docs: tuple[Document, ...]
    tasks: pd.DataFrame
    headings: pd.DataFrame
    cells: Mapping[str, Column]
    merged: Mapping[str, Mask]
    heading_cells: Mapping[str, Column]

    def has(self, key: str) -> Mask:
        """Return, for each task, whether its table has the column ``key``."""
        by_doc = np.array([key in doc.table.columns for doc in self.docs], dtype=bool)
        return by_doc[self.tasks["doc"].to_numpy()]

    def filled(self, key: str) -> Mask:
        """Return where ``key`` holds text; an error value counts as neither filled nor missing."""
        return np.asarray(self.cells[key].text != "", dtype=bool)

    def missing(self, key: str) -> Mask:
        """Return where the column exists and its cell is empty."""
        return self.has(key) & ~self.filled(key) & ~self.cells[key].errors


@dataclass(frozen=True)
class _Body:
    """The rows of all documents side by side: raw cells by key, document and sheet row of each."""

    doc: np.ndarray[Any, np.dtype[np.int64]]
    row: np.ndarray[Any, np.dtype[np.int64]]
    cells: Mapping[str, Strings]
    merged: Mapping[str, Mask]


def build(docs: Sequence[Document]) -> Batch:
    """Return the task frame of ``docs``; never raises on what cells may hold."""
    body = _gather(docs)
    columns = {key: _column(key, cells) for key, cells in body.cells.items()}
    text = {key: column.text for key, column in columns.items()}
    levels = texts.map_unique(text["number"], lambda number: numbering.levels(number) if number else None)
    readings = _readings(text, levels)
    roles = texts.strings([reading.role for reading in readings])
    is_task = np.asarray(roles == rows.Role.TASK, dtype=bool)
    is_heading = np.asarray(roles == rows.Role.HEADING, dtype=bool)
    headings = _headings(body, readings, is_heading)
    place = _place(body, headings, is_heading)
    group = np.cumsum(is_heading)
    frame = pd.DataFrame(
        {"doc": body.doc[is_task], "row": body.row[is_task], "group": group[is_task]}
        | {key: pd.Series(column[is_task], dtype=object) for key, column in text.items()}
    )
    return Batch(
        docs=tuple(docs),
        tasks=_typed(frame, levels[is_task], place[is_task], docs),
        headings=headings,
        cells={key: column.kept(is_task) for key, column in columns.items()},
        heading_cells={key: column.kept(is_heading) for key, column in columns.items()},
        merged={key: mask[is_task] for key, mask in body.merged.items()},
    )


def _gather(docs: Sequence[Document]) -> _Body:
    cells: dict[str, list[Cell]] = {key: [] for key in schema.KEYS}
    merged: dict[str, list[int]] = {key: [] for key in schema.KEYS}
    numbers: list[int] = []
    owners: list[int] = []
    for index, doc in enumerate(docs):
        offset = len(numbers)
        body_rows, body_numbers, filled = rows.body(doc.table)
        by_column = list(zip_longest(*body_rows))
        nothing = (None,) * len(body_rows)
        for key in schema.KEYS:
            column = doc.table.columns.get(key, 0)
            cells[key].extend(by_column[column - 1] if 0 < column <= len(by_column) else nothing)
            merged[key].extend(offset + row for row, at in filled if at == column)
        numbers.extend(body_numbers)
        owners.extend([index] * len(body_numbers))
    return _Body(
        np.array(owners, dtype=np.int64),
        np.array(numbers, dtype=np.int64),
        {key: texts.strings(column) for key, column in cells.items()},
        {key: _mask_at(merged[key], len(numbers)) for key in schema.KEYS},
    )


def _mask_at(positions: Sequence[int], length: int) -> Mask:
    mask = np.zeros(length, dtype=bool)
    mask[list(positions)] = True
    return mask


def _column(key: str, cells: Strings) -> Column:
    types = set(map(type, cells))
    if bool in types:  # True, 1 and 1.0 are one value to a hash table
        cells = texts.strings([texts.shown(cell) if isinstance(cell, bool) else cell for cell in cells])
    distinct = texts.Distinct(cells)
    errors = np.zeros(len(cells), dtype=bool)
    if CellError in types:
        errors = np.array([isinstance(cell, CellError) for cell in cells], dtype=bool)
    text = distinct.map(_READ.get(key, texts.content))
    text[errors] = ""
    untidy = distinct.map(texts.is_untidy).astype(bool) & ~errors
    return Column(cells, text, errors, untidy)


def _percent_text(cell: Cell) -> str:
    text = texts.content(cell)
    fraction = values.percent(text)
    return text if fraction == values.INVALID else values.percent_text(fraction)


_READ: Final[Mapping[str, Callable[[Cell], str]]] = {
    "number": rows.number_text,
    "percent": _percent_text,
}


def _readings(text: Mapping[str, Strings], levels: Strings) -> list[rows.Reading]:
    """Read each row; rows with a number of several levels and some content need no closer look."""
    named = (text["product"] != "") | (text["lead"] != "") | (text["timing"] != "")
    plain = named & np.array([level is not None and len(level) > 1 for level in levels], dtype=bool)
    readings = [rows.Reading(rows.Role.TASK)] * len(levels)
    for index in np.flatnonzero(~plain):
        readings[index] = rows.read_row({key: text[key][index] for key in schema.KEYS})
    return readings


def _headings(body: _Body, readings: Sequence[rows.Reading], is_heading: Mask) -> pd.DataFrame:
    found = [readings[index] for index in np.flatnonzero(is_heading)]
    return pd.DataFrame(
        {
            "doc": body.doc[is_heading],
            "row": body.row[is_heading],
            "domain": np.array([reading.number or 0 for reading in found], dtype=np.int64),
            "name": texts.strings([reading.name for reading in found]),
        }
    )


def _place(body: _Body, headings: pd.DataFrame, is_heading: Mask) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return, for each row, the domain of the heading above it in the same document."""
    place = np.full(len(body.doc), np.nan)
    place[is_heading] = headings["domain"].to_numpy()
    return pd.Series(place).groupby(body.doc).ffill().to_numpy()


def _typed(
    frame: pd.DataFrame,
    levels: Strings,
    place: np.ndarray[Any, np.dtype[np.float64]],
    docs: Sequence[Document],
) -> pd.DataFrame:
    numbered = np.array([len(level) > 1 if level else False for level in levels], dtype=bool)
    first = np.array([level[0] if level else np.nan for level in levels], dtype=np.float64)
    domain = np.where(numbered, first, place)
    known = np.isin(domain, list(domains.BY_NUMBER))
    percent = texts.map_unique(frame["percent"].to_numpy(), lambda t: values.percent(t) if t else np.nan)
    timings = _timings(frame, docs)
    return frame.assign(
        levels=pd.Series(levels, dtype=object),
        place=place,
        domain_number=domain,
        domain=np.where(known, domain, np.nan),
        status_code=pd.Series(texts.map_unique(frame["status"].to_numpy(), _status_code), dtype=object),
        percent_value=np.where(percent == values.INVALID, np.nan, percent).astype(np.float64),
        kind=pd.Series(texts.strings([found.kind for found in timings]), dtype=object),
        due=np.array([found.due for found in timings], dtype="datetime64[s]"),
        spans_years=np.array([found.spans_years for found in timings], dtype=bool),
    )


def _status_code(text: str) -> str:
    return values.status(text) or Status.UNREPORTED


def _timings(frame: pd.DataFrame, docs: Sequence[Document]) -> Strings:
    """Understand the timings, each distinct text once a plan year."""
    years = np.array([doc.plan_year for doc in docs], dtype=np.int64)[frame["doc"].to_numpy()]
    found = texts.strings([None] * len(frame))
    text = frame["timing"].to_numpy()
    for year in np.unique(years):
        mask = years == year
        found[mask] = texts.map_unique(text[mask], _timing_in(int(year)))
    return found


def _timing_in(year: int) -> Callable[[str], timing.Timing]:
    return lambda text: timing.parse(text, year)


def as_of_date(cell: Cell) -> date | None:
    """Return the as-of date that a cell holds, ``None`` where it holds none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return timing.as_date(cell) if isinstance(cell, str) else None


def year_of(cell: Cell) -> int | None:
    """Return the plan year that a cell holds, ``None`` where it holds none."""
    text = texts.content(cell)
    return int(text) if text.isdecimal() and len(text) == 4 else None  # noqa: PLR2004
