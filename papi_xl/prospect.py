"""What is left to do, as data: the tasks that each domain lacks, in order, and what will be overdue next."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd

from papi_xl import ahead, schema
from papi_xl.ahead import Task
from papi_xl.completion import Figures
from papi_xl.labels import labels, short_date
from papi_xl.next_period import NextPeriod, next_period
from papi_xl.remaining import number_of, sentence
from papi_xl.report import Coming, Prospect, Value
from papi_xl.text import first_words

MOST_COMING: Final = 15
_TASK_ROOM: Final = 110
_LEAD_ROOM: Final = 40


def build(  # noqa: PLR0913 (a period, its year and the day are what they are)
    tasks: pd.DataFrame,
    figures: Sequence[Figures],
    *,
    period: str,
    year: int,
    as_of: date,
    lang: str,
) -> Prospect:
    """Return what is left to do in one workbook.

    Args:
        tasks: the tasks, as `completion.derive` completes them as of ``as_of``.
        figures: one a domain, 1 to 8 in order, one more with ``domain`` None for tasks of no known domain.
        period: the reporting period, as the workbook names it.
        year: the year of a period that names none.
        as_of: the as-of date.
        lang: ``vi`` or ``en``.
    """
    words = labels(lang)
    is_reported = ahead.is_reported(tasks)
    sentences = tuple(
        sentence(figure, of_domain(tasks, figure.domain), lang, is_reported=is_reported) for figure in figures
    )
    note = words.in_order if is_reported else f"{words.nothing_reported} {words.by_due}"
    return Prospect(
        title=words.remaining,
        note=note if any(one.missing for one in sentences) else "",
        sentences=sentences,
        coming=_coming(tasks, next_period(period, year, as_of, lang), as_of, lang),
    )


def of_domain(tasks: pd.DataFrame, domain: int | None) -> pd.DataFrame:
    """Return the tasks of a domain, or those of no known domain (``None``)."""
    return tasks[tasks["domain"].isna() if domain is None else tasks["domain"] == domain]


def _coming(tasks: pd.DataFrame, following: NextPeriod, as_of: date, lang: str) -> Coming:
    words = labels(lang)
    found = ahead.coming(tasks, following.last)
    rest = len(found) - MOST_COMING
    more = words.coming_more.format(count=rest) if rest > 0 else ""
    return Coming(
        title=words.coming.format(period=following.name, day=short_date(following.last, lang)),
        headers=(
            words.number,
            words.coming_task,
            schema.BY_KEY["lead"].title(lang),
            words.coming_due,
            words.coming_left,
        ),
        rows=tuple(_row(task, as_of, lang) for task in ahead.each(found.head(MOST_COMING))),
        rest=more if len(found) else words.coming_none,
        count=len(found),
    )


def _row(task: Task, as_of: date, lang: str) -> tuple[Value, ...]:
    due = task.due or as_of
    name, lead = _short(task.name, _TASK_ROOM), _short(task.lead, _LEAD_ROOM)
    return (number_of(task), name, lead, short_date(due, lang), (due - as_of).days)


def _short(text: str, room: int) -> str:
    """Return the first words of ``text``, of one endless word its beginning."""
    return first_words(text, room) or (f"{text[:room]}…" if text else "")
