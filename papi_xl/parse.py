"""Raw rows → typed task frame: one frame over all documents, whatever their number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import pandas as pd

from papi_xl import numbering, rows, schema, timing, values
from papi_xl import text as texts
from papi_xl.columns import Column, Mask, read_column
from papi_xl.domains import BY_NUMBER
from papi_xl.headers import Table
from papi_xl.raw import Cell
from papi_xl.text import Strings
from papi_xl.vocabulary import Status

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False, repr=False)
class Document:
    """A workbook with a task table, and what its reading needs to know.

    ``plan_year`` is used for periods without a year; ``year_is_known`` is False where it is only that of
    the as-of date. ``is_template`` holds for workbooks with the template's sheet `Thông tin`; ``carried`` is
    what a report carries of its making (`schema.META_KEYS`), ``template_version`` that of its template.
    """

    table: Table
    as_of: date
    plan_year: int
    year_is_known: bool
    is_template: bool = False
    info: Mapping[str, Cell] = field(default_factory=dict)
    info_cells: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    info_legacy: Mapping[str, str] = field(default_factory=dict)
    carried: Mapping[str, str] = field(default_factory=dict)
    template_version: str | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Batch:
    """All tasks of all documents.

    ``tasks`` has one row a task: ``doc``, ``row`` (sheet row), a text column for each key of the schema,
    ``order`` and ``depth`` of its number (see `numbering.orders`; the depth counts the levels), ``place``
    (domain of the heading above, NaN without one), ``domain`` (1-8, NaN where none is known),
    ``status_code``, ``percent_value`` (fraction, NaN where none), ``kind`` and ``due`` of the timing,
    ``spans_years``. ``headings`` has ``doc``, ``row``, ``domain``, ``name``; ``strays``, the rows that say
    something but have neither task nor number, ``doc`` and ``row``.
    ``group`` numbers the headings, so that tasks under one heading share it. ``cells`` and ``merged`` (what
    a merged cell covers) are by key and aligned with ``tasks``, ``heading_cells`` with ``headings``.
    """

    docs: tuple[Document, ...]
    tasks: pd.DataFrame
    headings: pd.DataFrame
    strays: pd.DataFrame
    cells: Mapping[str, Column]
    merged: Mapping[str, Mask]
    heading_cells: Mapping[str, Column]

    def has(self, key: str) -> Mask:
        """Return, for each task, whether its table has the column ``key``."""
        by_doc = np.array([key in doc.table.columns for doc in self.docs], dtype=bool)
        return np.asarray(by_doc[self.tasks["doc"].to_numpy()], dtype=bool)

    def spans(self, chosen: Mask | None = None) -> list[slice]:
        """Return, for each document, where its tasks stand in the frame, or among the ``chosen`` ones."""
        owner = self.tasks["doc"].to_numpy()
        owner = owner if chosen is None else owner[chosen]
        ends = np.searchsorted(owner, np.arange(len(self.docs) + 1)).tolist()
        return [slice(first, last) for first, last in pairwise(ends)]

    def filled(self, key: str) -> Mask:
        """Return where ``key`` holds text; an error value counts as neither filled nor missing."""
        return self.cells[key].filled

    def missing(self, key: str) -> Mask:
        """Return where the column exists and its cell is empty."""
        return self.has(key) & ~self.filled(key) & ~self.cells[key].errors & ~self.merged[key]


@dataclass(frozen=True, eq=False, repr=False)
class _Body:
    """The rows of all documents side by side: raw cells by key, document and sheet row of each."""

    doc: np.ndarray[Any, np.dtype[np.int64]]
    row: np.ndarray[Any, np.dtype[np.int64]]
    cells: Mapping[str, Strings]
    merged: Mapping[str, Mask]


def build(docs: Sequence[Document]) -> Batch:
    """Return the task frame of ``docs``; never raises on what cells may hold."""
    body = _gather(docs)
    columns = {key: read_column(key, cells) for key, cells in body.cells.items()}
    order = columns["number"].spread(numbering.orders(columns["number"].distinct)).astype(np.float64)
    depth = _depth(order)
    readings = _readings(columns, depth)
    roles = texts.strings([reading.role for reading in readings])
    is_task = np.asarray(roles == rows.Role.TASK, dtype=bool)
    is_heading = np.asarray(roles == rows.Role.HEADING, dtype=bool)
    headings = _headings(body, readings, is_heading)
    is_stray = np.asarray(roles == rows.Role.STRAY, dtype=bool)
    place = _place(body, headings, is_heading)
    columns["number"], order = _settle_dates(columns["number"], order, place)
    group = np.cumsum(is_heading)
    kept = {key: column.kept(is_task) for key, column in columns.items()}
    frame = pd.DataFrame(
        {"doc": body.doc[is_task], "row": body.row[is_task], "group": group[is_task], "place": place[is_task]}
        | {"order": order[is_task], "depth": depth[is_task]}
        | {key: pd.Series(column.text, dtype=object) for key, column in kept.items()}
    )
    return Batch(
        docs=tuple(docs),
        tasks=_typed(frame, kept, docs),
        headings=headings,
        strays=pd.DataFrame({"doc": body.doc[is_stray], "row": body.row[is_stray]}),
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
        narrowest = min(map(len, body_rows), default=0)
        for key in schema.KEYS:
            column = doc.table.columns.get(key, 0)
            cells[key].extend(_cells_of(body_rows, column, narrowest))
            merged[key].extend(offset + row for row, at in filled if at == column)
        numbers.extend(body_numbers)
        owners.extend([index] * len(body_numbers))
    return _Body(
        np.array(owners, dtype=np.int64),
        np.array(numbers, dtype=np.int64),
        {key: texts.strings(column) for key, column in cells.items()},
        {key: _mask_at(merged[key], len(numbers)) for key in schema.KEYS},
    )


def _cells_of(body_rows: Sequence[Sequence[Cell]], column: int, narrowest: int) -> Iterable[Cell]:
    """Return the cells of a 1-based column; 0 stands for a column that the table does not have."""
    if not column:
        return repeat(None, len(body_rows))
    if column <= narrowest:
        return [row[column - 1] for row in body_rows]
    return [row[column - 1] if len(row) >= column else None for row in body_rows]


def _mask_at(positions: Sequence[int], length: int) -> Mask:
    mask = np.zeros(length, dtype=bool)
    mask[list(positions)] = True
    return mask


def _depth(order: Floats) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return how many levels each number has."""
    levels = (order, order % numbering.FIRST_WEIGHT, order % numbering.LEVEL_WEIGHT)
    return np.asarray(np.sum([np.nan_to_num(level) > 0 for level in levels], axis=0), dtype=np.int64)


def _readings(columns: Mapping[str, Column], depth: np.ndarray[Any, Any]) -> list[rows.Reading]:
    """Read each row; rows with a number of several levels and some content need no closer look."""
    named = columns["product"].filled | columns["lead"].filled | columns["timing"].filled
    readings = [rows.Reading(rows.Role.TASK)] * len(depth)
    closer = np.flatnonzero(~(named & (depth > 1)))
    said = zip(*(column.said(closer) for column in columns.values()), strict=True)
    known: dict[tuple[str, ...], rows.Reading] = {}
    for index, texts_of_row in zip(closer.tolist(), said, strict=True):
        if texts_of_row not in known:
            known[texts_of_row] = rows.read_row(dict(zip(columns, texts_of_row, strict=True)))
        readings[index] = known[texts_of_row]
    return readings


def _headings(body: _Body, readings: Sequence[rows.Reading], is_heading: Mask) -> pd.DataFrame:
    found = [readings[index] for index in np.flatnonzero(is_heading).tolist()]
    return pd.DataFrame(
        {
            "doc": body.doc[is_heading],
            "row": body.row[is_heading],
            "domain": np.array([reading.number or 0 for reading in found], dtype=np.int64),
            "name": pd.Series([reading.name for reading in found], dtype=object),
        }
    )


def _place(body: _Body, headings: pd.DataFrame, is_heading: Mask) -> Floats:
    """Return, for each row, the domain of the heading above it in the same document."""
    place = np.full(len(body.doc), np.nan)
    place[is_heading] = headings["domain"].to_numpy()
    return pd.Series(place).groupby(body.doc).ffill().to_numpy()


def _settle_dates(column: Column, order: Floats, place: Floats) -> tuple[Column, Floats]:
    """Return numbers and orders in which what became a date has its day and month as the heading above says.

    Excel reads ``1.10`` as 1 October or as 10 January, by the office's language; the first level is a domain.
    """
    if not any(issubclass(kind, date) for kind in set(map(type, column.cells))):
        return column, order
    text, settled = column.text.copy(), order.copy()
    for index, cell in enumerate(column.cells):
        if not isinstance(cell, date) or cell.day == place[index]:
            continue
        if cell.month == place[index] or cell.day not in BY_NUMBER:
            number = (cell.month, cell.day)
            text[index], settled[index] = numbering.written(number), numbering.order_of(number)
    return replace(column, text=text), settled


def _typed(frame: pd.DataFrame, cells: Mapping[str, Column], docs: Sequence[Document]) -> pd.DataFrame:
    domain = np.where(frame["depth"] > 1, frame["order"] // numbering.FIRST_WEIGHT, frame["place"])
    known = np.isin(domain, list(BY_NUMBER))
    percent = cells["percent"].map(lambda text: values.percent(text) if text else np.nan).astype(np.float64)
    kind, due, spans = _timings(frame, cells["timing"], docs)
    return frame.assign(
        domain_number=domain,
        domain=np.where(known, domain, np.nan),
        status_code=pd.Series(cells["status"].map(_status_code), dtype=object),
        percent_value=np.where(percent == values.INVALID, np.nan, percent),
        kind=pd.Series(kind, dtype=object),
        due=due,
        spans_years=spans,
    )


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
