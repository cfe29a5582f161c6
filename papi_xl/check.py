"""Check workbooks: raw cells in, tasks with their state and findings out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from papi_xl import completion, headers, parse, schema, timing, values
from papi_xl.completion import SOON_DAYS, Figures
from papi_xl.errors import UnreadableWorkbookError
from papi_xl.findings import Finding, Severity
from papi_xl.parse import Batch, Document
from papi_xl.raw import RawWorkbook
from papi_xl.rules import RULES


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """What a check found in one or more workbooks.

    ``batch`` is ``None`` where no task table was found; ``findings`` come in the order of the workbook:
    those about the whole first, then by row and column.
    """

    as_of: date
    batch: Batch | None
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[str, int]:
        """The findings by severity; a justified warning counts as ``justified`` only."""
        return counted(self.findings)

    @property
    def facts(self) -> dict[str, object]:
        """What was checked: ``as_of`` and how many ``tasks``; nothing without a task table."""
        return {} if self.batch is None else {"as_of": self.as_of, "tasks": len(self.batch.tasks)}

    def figures(self) -> tuple[tuple[Figures, ...], Figures]:
        """Return the figures of each domain and of the total; needs a task table."""
        if self.batch is None:
            message = "no task table was found, so there are no figures"
            raise ValueError(message)
        return completion.figures(self.batch.tasks)


def check(
    workbook: RawWorkbook,
    *,
    as_of: date | None,
    today: date,
    soon_days: int = SOON_DAYS,
    max_tasks: int = schema.MAX_TASKS,
) -> Result:
    """Check one workbook as of ``as_of``, else of the date it names, else of ``today``.

    Raises:
        UnreadableWorkbookError: the table has more than ``max_tasks`` rows.
    """
    doc = document(workbook, as_of=as_of, today=today)
    if doc is None:
        missing = Finding("task-table-missing", Severity.ERROR)
        return Result(as_of or said_as_of(workbook) or today, None, (missing,))
    batch = parse.build([doc])
    if len(batch.tasks) > max_tasks:
        found, limit = len(batch.tasks), max_tasks
        raise UnreadableWorkbookError("too-large", file=workbook.file, what="rows", found=found, limit=limit)
    batch = with_states(batch, soon_days)
    return Result(doc.as_of, batch, findings(batch))


def document(workbook: RawWorkbook, *, as_of: date | None, today: date) -> Document | None:
    """Return what the reading of ``workbook`` needs to know, ``None`` where it has no task table."""
    table = headers.find(workbook)
    if table is None:
        return None
    day = as_of or said_as_of(workbook) or today
    year = values.year(workbook.info.get("year") or _carried(workbook).get("year")) or table.title_year
    return Document(
        table=table,
        as_of=day,
        plan_year=year or day.year,
        year_is_known=year is not None,
        is_template=headers.is_template(workbook),
        info=workbook.info,
        info_cells=workbook.info_cells,
        info_legacy=workbook.info_legacy,
        carried=_carried(workbook),
        template_version=workbook.meta.get("template_version"),
    )


def said_as_of(workbook: RawWorkbook) -> date | None:
    """Return the as-of date that the workbook names: in the template's cell, or as a report carries it."""
    return timing.as_date(workbook.info.get("as_of")) or timing.as_date(_carried(workbook).get("as_of"))


def with_states(batch: Batch, soon_days: int = SOON_DAYS) -> Batch:
    """Return the batch with each task's state on its document's as-of date."""
    days = np.array([doc.as_of for doc in batch.docs], dtype="datetime64[s]")
    owner = batch.tasks["doc"].to_numpy()
    return replace(batch, tasks=completion.derive(batch.tasks, days[owner], soon_days))


def findings(batch: Batch) -> tuple[Finding, ...]:
    """Return what all rules find in a batch whose tasks have states."""
    found = [finding for rule in RULES for finding in rule.findings(batch)]
    return tuple(sorted(found, key=_place))


def counted(found: Sequence[Finding]) -> dict[str, int]:
    """Return the findings by severity; a justified warning counts as ``justified`` only."""
    counts = dict.fromkeys(("error", "warning", "info", "justified"), 0)
    for finding in found:
        counts["justified" if finding.justified else finding.severity] += 1
    return counts


def errors(found: Sequence[Finding]) -> int:
    """Return how many of the findings are errors."""
    return sum(finding.severity is Severity.ERROR for finding in found)


def _place(finding: Finding) -> tuple[int, bool, bool, int, int]:
    """Sort by document; what is about the whole first, then the unit's sheet, then by row and column."""
    other_sheet = finding.sheet != schema.INFO
    return (finding.doc, finding.cell is not None, other_sheet, finding.row or 0, finding.column or 0)


def _carried(workbook: RawWorkbook) -> Mapping[str, str]:
    """Return what a report carries of its making; a template's own record is that of the day it was made."""
    return workbook.meta if workbook.meta.get("kind") != schema.KIND_TEMPLATE else {}
