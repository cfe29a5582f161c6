"""A document's task table as a filled template."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

from papi_xl import fixes, numbering, values
from papi_xl import text as texts
from papi_xl.build import raw_workbook
from papi_xl.check import check
from papi_xl.documents import titles
from papi_xl.documents.placing import Row, Unplaced, placed
from papi_xl.documents.tables import Found
from papi_xl.documents.words import where, word
from papi_xl.raw import Cell
from papi_xl.template import sources
from papi_xl.template.filling import TASK_HEADER_ROW, Filling, Leftover
from papi_xl.vocabulary import STATUS_TERMS, Status

NUMBERED: Final = ("number-missing",)
"""The rule whose fix is the number by place."""
SHEET_LANGUAGE: Final = "vi"


@dataclass(frozen=True, eq=False, repr=False)
class Moved:
    """The template as filled from a document, and what a person should look at.

    ``rows`` are those of the filling, ``info`` what the document says for `Thông tin`, not yet in it.
    ``numbered`` are (number, task) of the tasks whose number was given by place, ``headed`` the domains whose
    heading was added, ``status`` what all tasks say where the document has no statuses; ``unplaced`` is also
    listed in the filling. ``pieces`` and ``others`` count tables (see `tables.Found`).
    """

    filling: Filling
    rows: tuple[Row, ...]
    info: Mapping[str, Cell]
    numbered: tuple[tuple[str, str], ...]
    headed: tuple[int, ...]
    unplaced: tuple[Unplaced, ...]
    status: str
    pieces: int
    others: int


def moved(found: Found) -> Moved:
    """Return the template with the rows of a document's task table.

    Raises:
        UnreadableWorkbookError: ``too-large``, there are more rows than a workbook may have.
    """
    result = placed(found)
    status = "" if "status" in found.table.columns else STATUS_TERMS[Status.NOT_STARTED].vi
    tasks = tuple(_cells(row, status) for row in result.rows)
    leftovers = tuple(
        Leftover(where(one.where, SHEET_LANGUAGE), one.said, word(one.why, SHEET_LANGUAGE))
        for one in result.unplaced
    )
    filling = Filling(info=sources.blank().info, tasks=tasks, leftovers=leftovers)
    numbers = _numbers_by_place(filling)
    filling = replace(filling, tasks=tuple(
        {**row, "number": numbers[index]} if index in numbers else row for index, row in enumerate(tasks)
    ))  # fmt: skip
    numbered = tuple((number, str(tasks[index].get("task", ""))) for index, number in numbers.items())
    return Moved(
        filling=filling,
        rows=result.rows,
        info=titles.info(found),
        numbered=numbered,
        headed=result.headed,
        unplaced=result.unplaced,
        status=status,
        pieces=found.pieces,
        others=found.others,
    )


def _cells(row: Row, status: str) -> Mapping[str, Cell]:
    """Return a row's cells: numbers written alike, percentages as numbers, the status where all have one."""
    cells: dict[str, Cell] = {key: texts.clean(text) for key, text in row.texts.items()}
    levels = numbering.levels(row.texts.get("number", ""))
    if levels:
        cells["number"] = numbering.written(levels)
    percent = values.percent(row.texts.get("percent", ""))
    if percent != values.INVALID:
        cells["percent"] = percent
    return {**cells, "status": status} if status and row.domain is None else cells


def _numbers_by_place(filling: Filling) -> dict[int, str]:
    """Return the numbers that follow from the rows above, by the index of the task's row."""
    judge = partial(check, as_of=None, today=date.today())
    workbook = raw_workbook(filling)
    plan = fixes.plan(workbook, judge(workbook), judge, only=NUMBERED)
    return {change.row - TASK_HEADER_ROW - 1: str(change.after) for change in plan.changes}
