"""Raw rows → typed task frame: one frame over all documents, whatever their number."""

from collections.abc import Callable, Iterator, Mapping, Sequence
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

TEXT_KEYS: Final = schema.KEYS


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
    ``cells`` holds the raw cells, ``errors`` and ``merged`` masks by key; all are aligned with ``tasks``.
    """

    docs: tuple[Document, ...]
    tasks: pd.DataFrame
    headings: pd.DataFrame
    cells: Mapping[str, Strings]
    errors: Mapping[str, Mask]
    merged: Mapping[str, Mask]
    heading_cells: Mapping[str, Strings]

    def has(self, key: str) -> Mask:
        """Return, for each task, whether its table has the column ``key``."""
        by_doc = np.array([key in doc.table.columns for doc in self.docs], dtype=bool)
        return by_doc[self.tasks["doc"].to_numpy()]

    def filled(self, key: str) -> Mask:
        """Return where ``key`` holds text; an error value counts as neither filled nor missing."""
        return np.asarray(self.tasks[key].to_numpy() != "", dtype=bool)

    def missing(self, key: str) -> Mask:
        """Return where the column exists and its cell is empty."""
        return self.has(key) & ~self.filled(key) & ~self.errors[key]


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
    errors = {key: _error_mask(body.cells[key]) for key in schema.KEYS}
    text = {key: _texts(key, body.cells[key], errors[key]) for key in schema.KEYS}
    levels = texts.map_unique(text["number"], lambda number: numbering.levels(number) if number else None)
    readings = _readings(text, levels)
    roles = texts.strings([reading.role for reading in readings])
    is_task = np.asarray(roles == rows.Role.TASK, dtype=bool)
    is_heading = np.asarray(roles == rows.Role.HEADING, dtype=bool)
    headings = _headings(body, readings, is_heading)
    place = _place(body, headings, is_heading)

    def kept(arrays: Mapping[str, Any], mask: Mask) -> dict[str, Any]:
        return {key: array[mask] for key, array in arrays.items()}

    frame = pd.DataFrame(
        {"doc": body.doc[is_task], "row": body.row[is_task]}
        | {key: pd.Series(column, dtype=object) for key, column in kept(text, is_task).items()}
    )
    return Batch(
        docs=tuple(docs),
        tasks=_typed(frame, levels[is_task], place[is_task], docs),
        headings=headings,
        cells=kept(body.cells, is_task),
        errors=kept(errors, is_task),
        merged=kept(body.merged, is_task),
        heading_cells=kept(body.cells, is_heading),
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


def _error_mask(cells: Strings) -> Mask:
    if CellError not in set(map(type, cells)):
        return np.zeros(len(cells), dtype=bool)
    return np.array([isinstance(cell, CellError) for cell in cells], dtype=bool)


def _texts(key: str, cells: Strings, errors: Mask) -> Strings:
    """Return the tidy text of a column; percents that are valid in their canonical form."""
    read: dict[str, Callable[[Cell], str]] = {"number": rows.number_text, "percent": _percent_text}
    if bool in set(map(type, cells)):  # True, 1 and 1.0 are one value to a hash table
        cells = texts.strings([texts.shown(cell) if isinstance(cell, bool) else cell for cell in cells])
    found = texts.map_unique(cells, read.get(key, texts.content))
    found[errors] = ""
    return found


def _percent_text(cell: Cell) -> str:
    text = texts.content(cell)
    fraction = values.percent(text)
    return text if fraction == values.INVALID else values.percent_text(fraction)


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


def raw_cells(batch: Batch) -> Iterator[tuple[str, Strings, bool]]:
    """Yield (key, cells, whether they belong to headings) for every column of tasks and headings."""
    for key in schema.KEYS:
        yield key, batch.cells[key], False
        yield key, batch.heading_cells[key], True


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
