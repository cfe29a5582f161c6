"""Write the consolidated workbook: values only, in little memory, reproducibly."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import IO, Final

from xlsxwriter.workbook import Workbook

from papi_xl import schema
from papi_xl.consolidated import Consolidated, Line
from papi_xl.overview import gaps, task_sheets, trend, units, words
from papi_xl.overview.tables import Listing
from papi_xl.wording import pick
from papi_xl.writing import streamed
from papi_xl.writing.consolidated import Sheets, write_list, write_overview, write_trend
from papi_xl.writing.long import Content, content, rendered
from papi_xl.writing.paper import WORKBOOK_OPTIONS, Styles, add_meta

MOST_ROWS: Final = 2**20 - 20
"""Rows of tasks that a sheet of Excel has room for under its title and header."""

Rendered = Callable[[Line], str]
"""Gives the rows of a workbook made ready by `writing.task_rows`."""


def fits(made: Consolidated, *, most_rows: int = MOST_ROWS) -> bool:
    """Whether all tasks of the counted workbooks find room on one sheet."""
    return made.total.tasks <= most_rows


def write(  # noqa: PLR0913 (what the rows are and where they go)
    stream: IO[bytes],
    made: Consolidated,
    *,
    lang: str,
    made_on: date,
    tasks: Rendered,
    overdue: Rendered,
    rows_beside: str | None = None,
    most_rows: int = MOST_ROWS,
) -> None:
    """Write the consolidated workbook; equal input gives equal bytes.

    Args:
        stream: a binary file that can seek; is left at the end of the workbook.
        made: what the sheets show.
        lang: ``vi`` or ``en``.
        made_on: the day kept as the file's creation date.
        tasks: gives all rows of a counted workbook, with the columns of `schema.TASK_ROW`; is asked again
            for each where the file turns out to be a giant.
        overdue: gives its overdue rows, with the columns of `schema.OVERDUE_ROW`.
        rows_beside: the name of the file (see `write_parquet`) that holds all tasks where they do not fit.
        most_rows: tasks that a sheet has room for.

    Raises:
        ValueError: there are more or fewer rows than the figures of their workbooks say.
    """
    shell = BytesIO()
    with Workbook(shell, WORKBOOK_OPTIONS) as book:
        created = datetime.combine(made_on, time())
        book.set_properties({"title": pick(words.TITLE, lang), "created": created})
        sheets = Sheets(book, Styles(book), lang)
        late = _task_rows(made, made.total.overdue, overdue, most_rows)
        every = _task_rows(made, made.total.tasks, tasks, most_rows)
        beside = task_sheets.notice(made.total.tasks, rows_beside, lang)
        shown = trend.trend(made, lang)
        fillings = [
            write_overview(sheets, units.overview(made, lang)),
            _write_own(sheets, schema.UNITS, units.listing(made, lang)),
            write_list(sheets, schema.OVERDUE, task_sheets.overdue(made, beside, lang), [late]),
            _write_own(sheets, schema.GAPS, gaps.listing(made, lang)),
            *([write_trend(sheets, shown)] if shown else []),
            write_list(sheets, schema.ALL_TASKS, task_sheets.all_tasks(made, beside, lang), [every]),
        ]
        add_meta(book, _meta(made, made_on))
    numbered = enumerate(fillings, start=1)
    parts = {f"xl/worksheets/sheet{number}.xml": filling for number, filling in numbered}
    streamed.write(stream, shell.getvalue(), parts)


def _write_own(sheets: Sheets, name: str, listing: Listing) -> streamed.Filling:
    contents = [content(section.rows, listing.columns) for section in listing.sections]
    return write_list(sheets, name, listing, contents)


def _task_rows(made: Consolidated, count: int, rows: Rendered, most: int) -> Content:
    """Return the rows of the counted workbooks, each beginning with whose it is; none where they do not fit."""
    counted = made.counted

    def pieces() -> Iterator[tuple[str, str]]:
        for line in counted:
            yield rendered(task_sheets.start(line), task_sheets.START_LOOKS), rows(line)

    return Content(count if count <= most else 0, pieces)


def _meta(made: Consolidated, made_on: date) -> dict[str, str]:
    received = [line.received for line in made.counted]
    years = {one.year for one in received if one.year is not None}
    known = {
        "kind": schema.KIND_CONSOLIDATED,
        "template_version": schema.TEMPLATE_VERSION,
        "year": str(*years) if len(years) == 1 else "",
        "period": made.period,
        "as_of": max((one.as_of for one in received), default=made_on).isoformat(),
        "made_at": made_on.isoformat(),
    }
    return {key: known.get(key, "") for key in schema.META_KEYS}
