"""What a rule is: one decorated function over the whole batch that yields hits and never raises."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from papi_xl import schema
from papi_xl import text as texts
from papi_xl.columns import Column, Mask
from papi_xl.findings import Finding, Severity
from papi_xl.parse import Batch
from papi_xl.raw import Cell

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
INFO: Final = Severity.INFO


class Hit(NamedTuple):
    """A place where a rule is broken; ``sheet`` only where it is not the task table's sheet."""

    doc: int
    row: int | None = None
    column: int | None = None
    value: object = None
    fix: str | None = None
    justified: bool = False
    values: Mapping[str, object] = MappingProxyType({})
    sheet: str | None = None


Check = Callable[[Batch], Iterator[Hit]]


@dataclass(frozen=True, eq=False, repr=False)
class Rule:
    """A rule: its slug, severity, whether its hits may carry a safe fix, and the function."""

    slug: str
    severity: Severity
    fixable: bool
    check: Check

    def findings(self, batch: Batch) -> Iterator[Finding]:
        """Yield the findings of this rule; a warning on a row with a justification is justified."""
        for hit in self.check(batch):
            yield Finding(
                rule=self.slug,
                severity=self.severity,
                sheet=None if hit.row is None else hit.sheet or batch.docs[hit.doc].table.sheet.name,
                row=hit.row,
                column=hit.column,
                value=plain(hit.value),
                fix=hit.fix if self.fixable else None,
                justified=hit.justified and self.severity is WARNING,
                values=hit.values,
                doc=hit.doc,
            )


def rule(slug: str, severity: Severity, *, fixable: bool = False) -> Callable[[Check], Rule]:
    """Make a rule of the decorated function, whose docstring holds its own examples (run by a test).

    An example is ``Passes:`` or ``Fails at CELLS:`` and a table of texts under it; without a header row of
    its own it stands under the template's headers, the first task in row 2. ``#3.1`` is a number, ``!#N/A``
    an error value; lines such as ``@merge B2:B3`` or ``@font B2=.VnTime`` set up what cells
    cannot say.
    """

    def decorate(check: Check) -> Rule:
        return Rule(slug, severity, fixable, check)

    return decorate


def plain(value: object) -> object:
    """Return a cell's value as JSON knows it: dates in ISO form, whole numbers as integers."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else value if isfinite(value) else str(value)
    return str(value) if isinstance(value, str) else value


def hits(
    batch: Batch,
    mask: Mask,
    key: str,
    *,
    fix: Callable[[int], str | None] | None = None,
    **values: Callable[[int], object],
) -> Iterator[Hit]:
    """Yield a hit for each task of ``mask`` at its cell of column ``key``.

    ``fix`` and each of ``values`` are asked for the task's position in the batch, for hits only.
    """
    found = np.flatnonzero(mask).tolist()
    if not found:
        return
    docs, rows = batch.tasks["doc"].to_numpy(), batch.tasks["row"].to_numpy()
    justified = batch.cells["justification"].text
    cells = batch.cells[key].cells
    for index in found:
        yield Hit(
            doc=int(docs[index]),
            row=int(rows[index]),
            column=batch.docs[docs[index]].table.columns.get(key),
            value=cells[index],
            fix=fix(index) if fix else None,
            justified=bool(justified[index]),
            values={name: value(index) for name, value in values.items()},
        )


def heading_hits(
    batch: Batch,
    mask: Mask,
    key: str,
    *,
    fix: Callable[[int], str | None] | None = None,
    **values: Callable[[int], object],
) -> Iterator[Hit]:
    """Yield a hit for each heading of ``mask`` at its cell of column ``key``, or where its text stands."""
    frame = batch.headings
    for index in np.flatnonzero(mask).tolist():
        doc = int(frame["doc"].iloc[index])
        table = batch.docs[doc].table
        cell = _heading_cell(batch.heading_cells, index, key)
        yield Hit(
            doc=doc,
            row=int(frame["row"].iloc[index]),
            column=table.columns.get(cell, table.first),
            value=batch.heading_cells[cell].cells[index],
            fix=fix(index) if fix else None,
            values={name: value(index) for name, value in values.items()},
        )


def _heading_cell(cells: Mapping[str, Column], index: int, key: str) -> str:
    """Return ``key`` where the heading says something there, else the column that holds its text."""
    said = cells[key].text[index] or cells[key].errors[index]
    other = {"number": "task", "task": "number"}.get(key, key)
    return key if said or not cells[other].text[index] else other


def repeats(batch: Batch, mask: Mask, **keys: object) -> tuple[Mask, Callable[[int], int]]:
    """Return where the ``keys`` of a task of ``mask`` repeat those of an earlier one of its document.

    Returns:
        The mask of the later ones, and a function that gives the sheet row of the first of each.
    """
    # Texts become codes: pandas' own arrays of strings refuse lone surrogates, which cells can hold.
    codes = {name: pd.factorize(np.asarray(key))[0] for name, key in keys.items()}
    frame = pd.DataFrame({"doc": batch.tasks["doc"], **codes})[mask]
    again = np.zeros(len(mask), dtype=bool)
    again[mask] = frame.duplicated().to_numpy()
    if not again.any():
        return again, int
    rows = batch.tasks["row"][mask]
    first = rows.groupby([frame[name] for name in frame], dropna=False).transform("first")
    return again, lambda index: int(first.loc[index])


def advice(kind: str, fix: Callable[[int], str | None]) -> Callable[[int], object]:
    """Return the phrase of `wording.ADVICE` that says what to type, or what kind of thing to type."""

    def phrase(index: int) -> tuple[str, Mapping[str, object]]:
        value = fix(index)
        return (kind, {"fix": value}) if value else (f"{kind}-none", {})

    return phrase


def header(key: str) -> str:
    """Return the header of a column, for messages."""
    return schema.BY_KEY[key].header


def said(cell: Cell) -> bool:
    """Whether a cell says anything."""
    return bool(texts.content(cell))
