"""Worksheet functions: a task's state, completion and progress over a range, the check of one row.

On Windows xlwings registers them in Excel (`xlwings.udfs`); elsewhere its decorators do nothing. The ranges
that Excel hands over become the raw cells that a file gives, and all else is the code of the commands. The
answers are Vietnamese on every machine, since other formulas compare them.
"""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import wraps
from itertools import chain
from operator import itemgetter
from typing import Final, NamedTuple, ParamSpec

import pandas as pd
import xlwings as xw

from papi_xl import check as checking
from papi_xl import completion, parse, schema
from papi_xl import function_inputs as given
from papi_xl import text as texts
from papi_xl.completion import SOON_DAYS, Figures
from papi_xl.errors import PapiError, UsageError
from papi_xl.function_words import ARGUMENTS, DESCRIPTIONS, JUSTIFIED, TOLD
from papi_xl.labels import NO_FIGURE
from papi_xl.live.handed import grid
from papi_xl.parse import Batch
from papi_xl.raw import Cell, RawSheet, RawWorkbook
from papi_xl.refusals import explain
from papi_xl.remaining import state_name
from papi_xl.rules import RULES
from papi_xl.wording import message

CATEGORY: Final = "PAPI"
LANG: Final = "vi"

NEED_THE_TABLE: Final = frozenset(
    {
        "figures-altered", "column-missing", "column-duplicate", "template-outdated", "unit-info-missing",
        "as-of-missing", "domain-unknown", "domain-missing", "domain-empty", "domain-name-differs",
        "number-duplicate", "number-out-of-order", "task-duplicate", "merged-cells", "hidden-rows",
        "text-legacy-font",
    }
)  # fmt: skip
"""Rules that one row does not settle: they look at other rows, headings, fonts, the sheet or the workbook."""
ROW_RULES: Final = tuple(rule for rule in RULES if rule.slug not in NEED_THE_TABLE)

TABLE_MISSING: Final = "task-table-missing"
_COLUMNS: Final = ("number", "task", "timing", "status")
_TASK: Final = ("1.1.", "PAPI")
"""Number and text of a task of which only status and timing are known; its state depends on neither."""
_FIRST_ROW: Final = 2

Answer = Cell | list[list[Cell]]
P = ParamSpec("P")


def _in_cells(*ranges: str) -> Callable[[Callable[P, Answer]], Callable[P, Answer]]:
    """Make a worksheet function, whose parameters named in ``ranges`` come as lists of rows.

    What it refuses, and any fault of our own, becomes a text in the cell: xlwings would show a traceback.
    """

    def decorate(function: Callable[P, Answer]) -> Callable[P, Answer]:
        @wraps(function)
        def answer(*args: P.args, **kwargs: P.kwargs) -> Answer:
            try:
                return function(*args, **kwargs)
            except PapiError as error:
                return TOLD.format(message=explain(error, LANG))
            except Exception as error:  # noqa: BLE001 (a user never sees a traceback)
                fault = PapiError("function-fault", kind=type(error).__name__)
                return TOLD.format(message=explain(fault, LANG))

        answer.__doc__ = DESCRIPTIONS[function.__name__][0]
        made = xw.ret("default")(answer)
        for name in inspect.signature(function).parameters:
            shape = {"ndim": 2} if name in ranges else {}
            made = xw.arg(name, "default", doc=ARGUMENTS[name][0], err_to_str=True, **shape)(made)
        return xw.func(category=CATEGORY)(made)

    return decorate


@_in_cells("status", "timing")
def PAPI_STATE(  # noqa: N802 (the name in Excel)
    status: object,
    timing: object,
    as_of: object = None,
    year: object = None,
    soon_days: object = None,
) -> Answer:
    """Return how tasks stand on the as-of date, as the attached summary calls it.

    Args:
        status: the reported status: a cell, or a range of any shape.
        timing: the timing beside it: of the same shape.
        as_of: a date, its text or its serial number; today where left out.
        year: the plan year, for periods without one; that of ``as_of`` where left out.
        soon_days: how many days ahead count as soon; 7 where left out.

    Returns:
        A state, or rows of them in the shape of ``status``; empty where both cells say nothing.
    """
    beside = _beside(status, timing, given.as_of(as_of), given.year(year), given.soon_days(soon_days))
    pairs = zip(beside.tasks["status_code"], beside.tasks["state"], strict=True)
    return beside.answer([state_name(code, state, LANG) for code, state in pairs], nothing="")


@_in_cells("status", "timing")
def PAPI_DAYS_LATE(  # noqa: N802 (the name in Excel)
    status: object, timing: object, as_of: object = None, year: object = None
) -> Answer:
    """Return how many days tasks are overdue, 0 for those that are not; the arguments of `PAPI_STATE`."""
    beside = _beside(status, timing, given.as_of(as_of), given.year(year))
    return beside.answer([int(days) for days in beside.tasks["days_late"].fillna(0)], nothing=0)


@_in_cells("table")
def PAPI_COMPLETION(  # noqa: N802 (the name in Excel)
    table: object, domain: object = None, as_of: object = None
) -> Answer:
    """Return the share of tasks done, a fraction; `–` where there are no tasks.

    Args:
        table: the rows of a task table, its header row among the first 30 of them.
        domain: 1 to 8; all tasks together where left out.
        as_of: as for `PAPI_STATE`; it is the same share on every date.
    """
    share = _figures(table, domain, as_of).completion
    return NO_FIGURE if share is None else share


@_in_cells("table")
def PAPI_PROGRESS(  # noqa: N802 (the name in Excel)
    table: object, domain: object = None, as_of: object = None
) -> Answer:
    """Return the mean percent of the tasks, a fraction; otherwise as `PAPI_COMPLETION`."""
    share = _figures(table, domain, as_of).progress
    return NO_FIGURE if share is None else share


@_in_cells("headers", "row")
def PAPI_CHECK_ROW(  # noqa: N802 (the name in Excel)
    headers: object, row: object, as_of: object = None, year: object = None
) -> Answer:
    """Return what is wrong in one row of a task table, a line each: ``[header] what, and what to type``.

    Rules that need more than the row are left out (`NEED_THE_TABLE`); advice that would need the rows
    around it, such as the next free number, is given in general terms.

    Args:
        headers: the header row, or both where there are two.
        row: the row, cell for cell beneath the headers.
        as_of: as for `PAPI_STATE`.
        year: the plan year; where left out it is that of ``as_of``, and due dates outside it are allowed.

    Returns:
        The findings, those that the row justifies marked as such; empty where there are none.
    """
    head, body = grid(headers), grid(row)
    if len(body) != 1 or len(head[0]) != len(body[0]):
        code = "row-not-under-headers"
        raise UsageError(code, headers=len(head[0]), rows=len(body), cells=len(body[0]))
    apart = len(head) + 2  # right beneath the headers a row could pass for more of them
    batch = _batch([*enumerate(head, start=1), (apart, body[0])], given.as_of(as_of), given.year(year))
    table = batch.docs[0].table
    if table.header_row == apart:
        raise PapiError(TABLE_MISSING)
    found = [finding for rule in ROW_RULES for finding in rule.findings(batch)]
    return "\n".join(
        f"[{_one_line(table.labels[column])}] {message(replace(finding, row=None, column=None), LANG)}"
        f"{JUSTIFIED[0] if finding.justified else ''}"
        for column, finding in sorted(((one.column or 0, one) for one in found), key=itemgetter(0))
    )


class _Beside(NamedTuple):
    """Tasks made of statuses and timings side by side; they stand in the order of the range's cells."""

    tasks: pd.DataFrame
    height: int
    width: int

    def answer(self, found: Sequence[Cell], nothing: Cell) -> Answer:
        """Return ``found`` for the tasks, in the shape of the range; ``nothing`` where there is no task."""
        at = dict(zip(self.tasks["row"], found, strict=True))
        places = range(_FIRST_ROW, _FIRST_ROW + self.height * self.width)
        cells = [at.get(place, nothing) for place in places]
        rows = [cells[start : start + self.width] for start in range(0, len(cells), self.width)]
        return cells[0] if len(cells) == 1 else rows


def _beside(
    status: object, timing: object, as_of: date, year: int | None, soon_days: int = SOON_DAYS
) -> _Beside:
    """Judge each status and timing as the task table would that holds nothing else."""
    statuses, timings = grid(status), grid(timing)
    shape, other = ((len(rows), len(rows[0])) for rows in (statuses, timings))
    if shape != other:
        code = "shapes-differ"
        raise UsageError(code, status="×".join(map(str, shape)), timing="×".join(map(str, other)))
    rows: list[tuple[int, Sequence[Cell]]] = [(1, [schema.BY_KEY[key].header for key in _COLUMNS])]
    pairs = zip(chain.from_iterable(statuses), chain.from_iterable(timings), strict=True)
    for place, (said, due) in enumerate(pairs, start=_FIRST_ROW):
        if texts.content(said) or texts.content(due):
            rows.append((place, (*_TASK, due, said)))
    return _Beside(_batch(rows, as_of, year, soon_days).tasks, *shape)


def _figures(table: object, domain: object, as_of: object) -> Figures:
    number = given.domain(domain)
    batch = _batch(enumerate(grid(table), start=1), given.as_of(as_of), None)
    lines, total = completion.figures(batch.tasks)
    return total if number is None else lines[number - 1]


def _batch(
    rows: Iterable[tuple[int, Sequence[Cell]]], as_of: date, year: int | None, soon_days: int = SOON_DAYS
) -> Batch:
    """Return the tasks of numbered rows, read and judged as those of a sheet.

    Raises:
        PapiError: ``task-table-missing``.
    """
    kept = [(number, row) for number, row in rows if any(cell is not None for cell in row)]
    sheet = RawSheet("", [row for _, row in kept], [number for number, _ in kept])
    document = checking.document(RawWorkbook("", (sheet,), {"year": year}), as_of=as_of, today=as_of)
    if document is None:
        raise PapiError(TABLE_MISSING)
    return checking.with_states(parse.build([document]), soon_days)


def _one_line(text: str) -> str:
    return " ".join(text.split())
