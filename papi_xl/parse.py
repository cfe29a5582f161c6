"""Raw rows → typed task frame: one frame over all documents, whatever their number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from operator import mul
from typing import Any, Final

import numpy as np
import pandas as pd

from papi_xl import domains, numbering, rows, schema, timing, values
from papi_xl import text as texts
from papi_xl.headers import Table
from papi_xl.raw import Cell, CellError
from papi_xl.text import Strings
from papi_xl.vocabulary import Status

LEVEL_STEP: Final = 10**6
"""What one level of a number weighs more than the next; levels have up to 6 digits."""

Mask = np.ndarray[Any, np.dtype[np.bool_]]
Codes = np.ndarray[Any, np.dtype[np.intp]]


@dataclass(frozen=True)
class Column:
    """A column of raw cells and what they say.

    ``text`` is the tidy text of each cell (empty where it says nothing or is an error value), ``filled``,
    ``errors`` and ``untidy`` are masks, ``distinct`` lists the distinct texts, to which ``codes`` points.
    """

    cells: Strings
    codes: Codes
    distinct: Sequence[str]
    text: Strings
    filled: Mask
    errors: Mask
    untidy: Mask

    def map(self, function: Callable[[str], object]) -> Strings:
        """Return the results of ``function``, called once for each distinct text."""
        return self.spread([function(text) for text in self.distinct])

    def spread(self, results: Sequence[object]) -> Strings:
        """Return the column of the results that stand for the distinct texts, in their order."""
        return texts.strings(results)[self.codes]

    def kept(self, mask: Mask) -> "Column":
        """Return the column with only the rows of ``mask``."""
        arrays = (self.text[mask], self.filled[mask], self.errors[mask], self.untidy[mask])
        return Column(self.cells[mask], self.codes[mask], self.distinct, *arrays)


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
    ``levels`` (tuple or None), ``depth`` (their count), ``order`` (a float that
    sorts as they do), ``place`` (domain of the heading above, NaN without one), ``domain`` (1-8,
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
        return np.asarray(by_doc[self.tasks["doc"].to_numpy()], dtype=bool)

    def filled(self, key: str) -> Mask:
        """Return where ``key`` holds text; an error value counts as neither filled nor missing."""
        return self.cells[key].filled

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
    levels = columns["number"].spread(numbering.all_levels(columns["number"].distinct))
    depth = np.array([len(level) if level else 0 for level in levels], dtype=np.int64)
    readings = _readings(text, depth)
    roles = texts.strings([reading.role for reading in readings])
    is_task = np.asarray(roles == rows.Role.TASK, dtype=bool)
    is_heading = np.asarray(roles == rows.Role.HEADING, dtype=bool)
    headings = _headings(body, readings, is_heading)
    place = _place(body, headings, is_heading)
    group = np.cumsum(is_heading)
    kept = {key: column.kept(is_task) for key, column in columns.items()}
    frame = pd.DataFrame(
        {"doc": body.doc[is_task], "row": body.row[is_task], "group": group[is_task], "place": place[is_task]}
        | {"levels": pd.Series(levels[is_task], dtype=object), "depth": depth[is_task]}
        | {key: pd.Series(column.text, dtype=object) for key, column in kept.items()}
    )
    return Batch(
        docs=tuple(docs),
        tasks=_typed(frame, kept, docs),
        headings=headings,
        cells=kept,
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
    errors = np.zeros(len(cells), dtype=bool)
    if CellError in types:
        errors = np.array([isinstance(cell, CellError) for cell in cells], dtype=bool)
    said_cells = cells.copy() if errors.any() else cells
    said_cells[errors] = None
    found = texts.Distinct(said_cells)
    tidied = texts.tidied(found.uniques)
    said = texts.contents(tidied)
    changed = [
        bool(text) and isinstance(cell, str) and cell != tidy
        for cell, tidy, text in zip(found.uniques, tidied, said, strict=True)
    ]
    distinct = _AS_READ[key](found.uniques, said) if key in _AS_READ else said
    untidy = found.spread(changed).astype(bool)
    filled = np.array([bool(text) for text in distinct], dtype=bool)[found.codes]
    return Column(cells, found.codes, distinct, found.spread(distinct), filled, errors, untidy)


def _numbers(cells: Sequence[Cell], said: Sequence[str]) -> list[str]:
    """Return the texts of number cells; a date gives back the ``day.month`` that was typed."""
    return [
        numbering.written(numbering.from_date(cell)) if isinstance(cell, date) else text
        for cell, text in zip(cells, said, strict=True)
    ]


def _percents(_cells: Sequence[Cell], said: Sequence[str]) -> list[str]:
    """Return the texts of percents, valid ones in their canonical form."""
    fractions = [values.percent(text) for text in said]
    return [
        text if fraction == values.INVALID else values.percent_text(fraction)
        for text, fraction in zip(said, fractions, strict=True)
    ]


_AS_READ: Final[Mapping[str, Callable[[Sequence[Cell], Sequence[str]], list[str]]]] = {
    "number": _numbers,
    "percent": _percents,
}


def _readings(text: Mapping[str, Strings], depth: np.ndarray[Any, Any]) -> list[rows.Reading]:
    """Read each row; rows with a number of several levels and some content need no closer look."""
    named = (text["product"] != "") | (text["lead"] != "") | (text["timing"] != "")
    readings = [rows.Reading(rows.Role.TASK)] * len(depth)
    for index in np.flatnonzero(~(named & (depth > 1)).astype(bool)):
        readings[index] = rows.read_row({key: text[key][index] for key in schema.KEYS})
    return readings


def _headings(body: _Body, readings: Sequence[rows.Reading], is_heading: Mask) -> pd.DataFrame:
    found = [readings[index] for index in np.flatnonzero(is_heading).tolist()]
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


def _typed(frame: pd.DataFrame, cells: Mapping[str, Column], docs: Sequence[Document]) -> pd.DataFrame:
    first = np.array([level[0] if level else np.nan for level in frame["levels"]], dtype=np.float64)
    domain = np.where(frame["depth"] > 1, first, frame["place"])
    known = np.isin(domain, list(domains.BY_NUMBER))
    percent = cells["percent"].map(lambda text: values.percent(text) if text else np.nan).astype(np.float64)
    kind, due, spans = _timings(frame, cells["timing"], docs)
    return frame.assign(
        order=_order(frame["levels"]),
        domain_number=domain,
        domain=np.where(known, domain, np.nan),
        status_code=pd.Series(cells["status"].map(_status_code), dtype=object),
        percent_value=np.where(percent == values.INVALID, np.nan, percent),
        kind=pd.Series(kind, dtype=object),
        due=due,
        spans_years=spans,
    )


def _order(levels: pd.Series) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return each number as one that sorts as its levels do; NaN without a number."""
    steps = [LEVEL_STEP**2, LEVEL_STEP, 1]
    return np.array([sum(map(mul, level, steps)) if level else np.nan for level in levels], dtype=np.float64)


def _status_code(text: str) -> str:
    return values.status(text) or Status.UNREPORTED


def _timings(
    frame: pd.DataFrame, column: Column, docs: Sequence[Document]
) -> tuple[Strings, np.ndarray[Any, Any], Mask]:
    """Understand the timings, each distinct text once a plan year; return kinds, due dates, spans."""
    years = np.array([doc.plan_year for doc in docs], dtype=np.int64)[frame["doc"].to_numpy()]
    kind = texts.strings([None] * len(frame))
    due = np.full(len(frame), np.datetime64("NaT", "s"))
    spans = np.zeros(len(frame), dtype=bool)
    for year in np.unique(years):
        found = [timing.parse(text, int(year)) for text in column.distinct]
        mask = years == year
        codes = column.codes[mask]
        kind[mask] = texts.strings([one.kind for one in found])[codes]
        due[mask] = np.array([one.due for one in found], dtype="datetime64[s]")[codes]
        spans[mask] = np.array([one.spans_years for one in found], dtype=bool)[codes]
    return kind, due, spans
