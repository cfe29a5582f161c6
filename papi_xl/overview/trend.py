"""The sheet `Diễn biến` as data: all units from period to period, and what changed at each since the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from papi_xl import schema
from papi_xl.consolidated import Change, Consolidated, PeriodFigures
from papi_xl.domains import DOMAINS
from papi_xl.labels import labels
from papi_xl.overview import words
from papi_xl.overview.tables import Column, Row, Rows, Table, digits
from papi_xl.overview.units import FIGURE, NUMBER, completions, domain_columns
from papi_xl.remaining import domain_name
from papi_xl.vocabulary import STATE_TERMS, State
from papi_xl.wording import pick

LEAST_PERIODS: Final = 2
_CHANGE: Final = 60
"""Pixels of a column of changes: room for -100.0%."""
Share = tuple[int, str]
"""A column of the table of periods, counted from 0, and its name."""
_NUMBERS: Final = tuple(domain.number for domain in DOMAINS)


@dataclass(frozen=True)
class Trend:
    """The sheet `Diễn biến`.

    ``shares`` are the lines of the charts, all domains together and each domain by itself: columns of
    ``periods`` in which every period has a figure, with their names.
    """

    title: str
    periods: Table
    shares: tuple[Share, ...]
    domain_shares: tuple[Share, ...]
    note: str
    changes: Table


def trend(made: Consolidated, lang: str) -> Trend | None:
    """Lay out the sheet; ``None`` where there is but one period."""
    if len(made.trend) < LEAST_PERIODS:
        return None
    periods = _periods(made.trend, lang)
    columns = periods.columns
    whole = [
        index
        for index, column in enumerate(columns)
        if column.look == "percent" and all(row[index] is not None for row in periods.rows)
    ]
    return Trend(
        title=pick(words.TREND_TITLE, lang),
        periods=periods,
        shares=tuple((index, columns[index].header) for index in whole if not columns[index].group),
        domain_shares=tuple(
            (index, f"{columns[index].header}. {domain_name(int(columns[index].header), lang)}")
            for index in whole
            if columns[index].group
        ),
        note=pick(words.CHANGES_NOTE, lang),
        changes=_changes(made, lang),
    )


def _periods(trend: Sequence[PeriodFigures], lang: str) -> Table:
    said = labels(lang)
    columns = (
        Column(said.number, "centre", NUMBER),
        Column(schema.INFO_BY_KEY["period"].title(lang), "text", 200),
        Column(pick(words.UNIT_COUNT, lang), "whole", FIGURE),
        Column(said.tasks, "whole", FIGURE),
        Column(said.completion, "percent", FIGURE),
        Column(said.progress, "percent", FIGURE),
        Column(STATE_TERMS[State.OVERDUE].name(lang), "whole", FIGURE),
        *domain_columns(_NUMBERS, "percent", FIGURE, pick(words.TREND_DOMAINS, lang), lang),
    )
    return Table(pick(words.PERIODS, lang), columns, Rows(trend, _period_row))


def _period_row(number: int, one: PeriodFigures) -> Row:
    total = one.total
    shares = completions(one.lines, _NUMBERS)
    counts = (one.units, total.tasks, total.completion, total.progress, total.overdue)
    return (number, one.period, *counts, *shares)


def _changes(made: Consolidated, lang: str) -> Table:
    done, tasks = labels(lang).completion, pick(words.TASK_CHANGES, lang)
    width = digits(max(one.total.tasks for one in made.trend), FIGURE)
    columns = (
        Column(labels(lang).number, "whole", digits(len(made.changes), NUMBER)),
        Column(schema.INFO_BY_KEY["unit_code"].title(lang), "text", 66),
        Column(schema.INFO_BY_KEY["unit"].title(lang), "text", 190),
        Column(pick(words.BEFORE, lang), "percent", width, done),
        Column(pick(words.NOW, lang), "percent", width, done),
        Column(pick(words.DIFFERENCE, lang), "change", max(width, _CHANGE), done),
        *(
            Column(pick(pair, lang), "whole", width, tasks)
            for pair in (words.NEWLY_DONE, words.NEWLY_OVERDUE, words.ADDED, words.DROPPED)
        ),
        *domain_columns(_NUMBERS, "change", _CHANGE, pick(words.DIFFERENCES, lang), lang),
    )
    before, now = (one.period for one in made.trend[-2:])
    title = pick(words.CHANGES, lang).format(before=before, now=now)
    return Table(title, columns, Rows(made.changes, _change_row), pick(words.CHANGES_NONE, lang))


def _change_row(number: int, change: Change) -> Row:
    old, new = change.before.received, change.now.received
    shares = zip(completions(old.lines, _NUMBERS), completions(new.lines, _NUMBERS), strict=True)
    return (
        number,
        change.unit.code,
        change.unit.name,
        old.total.completion,
        new.total.completion,
        _difference(old.total.completion, new.total.completion),
        change.newly_done,
        change.newly_overdue,
        change.added,
        change.dropped,
        *(_difference(was, now) for was, now in shares),
    )


def _difference(before: object, now: object) -> float | None:
    if isinstance(before, float) and isinstance(now, float):
        return now - before
    return None
