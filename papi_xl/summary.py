"""The attached summary as data: what its sheets show, whatever writes them (a file or an open workbook)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from papi_xl import domains, prospect, schema, values
from papi_xl.completion import Figures
from papi_xl.digest import digest, in_annex_order, key_rows
from papi_xl.labels import DOTS, Labels, labels, place_and_date, short_date
from papi_xl.prospect import of_domain
from papi_xl.remaining import domain_name, state_name
from papi_xl.report import (
    Annex,
    AnnexRow,
    Chart,
    FigureTable,
    HeaderGroup,
    Letterhead,
    Signature,
    Summary,
    Value,
)
from papi_xl.text import clean, slug
from papi_xl.vocabulary import STATE_TERMS, STATUS_TERMS, UNREPORTED, State

_UNIT_ROOM: Final = 55
_PERIOD_ROOM: Final = 25
_PERCENT: Final = schema.KEYS.index("percent")
_SMALLEST_FRACTION: Final = 0.0001
"""Smaller ones stay text: as numbers they would be read back in another notation."""


def build(  # noqa: PLR0913 (the parts of a report are what they are)
    frame: pd.DataFrame,
    figures: Sequence[Figures],
    total: Figures,
    *,
    info: Mapping[str, object],
    as_of: date,
    lang: str,
    errors: int,
    made_on: date,
) -> Summary:
    """Lay out the attached summary of one workbook.

    Args:
        frame: the tasks, one a row, with the columns of `schema.KEYS` as text and ``row``, ``domain``
            (1 to 8 or missing), ``status_code``, ``percent_value`` (a fraction), ``due``, ``order``,
            ``state``, ``days_late``.
        figures: one a domain, 1 to 8 in order, one more with ``domain`` None for tasks of no known domain.
        total: the figures of all tasks.
        info: values of the sheet `Thông tin` by the keys of `schema.INFO_FIELDS`; missing ones print as dots.
        as_of: the day on which states were derived.
        lang: ``vi`` or ``en``.
        errors: how many errors the last check left; above 0 the page carries a warning.
        made_on: the day printed above the page and kept as the file's creation date.
    """
    words = labels(lang)
    fields = {field.key: clean(info.get(field.key)) for field in schema.INFO_FIELDS}
    tasks = in_annex_order(frame)
    table = _figure_table(figures, total, lang)
    return Summary(
        lang=lang,
        made_on=made_on,
        letterhead=Letterhead(
            parent=fields["parent"].upper() or DOTS,
            unit=fields["unit"].upper() or DOTS,
            nation=words.nation,
            motto=words.motto,
            place_and_date=place_and_date(fields["place"], made_on, lang),
        ),
        title=words.title_of_year.format(year=fields["year"]) if fields["year"] else words.title,
        subtitle=words.subtitle.format(period=fields["period"] or DOTS, as_of=short_date(as_of, lang)),
        attached_to=words.attached_to.format(unit=fields["unit"] or DOTS),
        warning=words.warning.format(errors=errors) if errors else None,
        figures=table,
        prospect=prospect.build(
            tasks,
            figures,
            period=fields["period"],
            year=values.year(fields["year"]) or as_of.year,
            as_of=as_of,
            lang=lang,
        ),
        chart=_chart(figures, table, lang),
        signature=_signature(fields, words),
        annex=_annex(tasks, lang),
        meta=_meta(fields, as_of, made_on, digest(key_rows(tasks))),
    )


def file_name(info: Mapping[str, object], as_of: date) -> str:
    """Return the report's file name: ``PAPI_Truong-Mam-non-Tan-Tien_Nam-2021_20210630.xlsx``.

    ASCII letters, digits, ``-`` and ``_`` only, at most 100 characters; a missing unit is named by its
    code, else ``Don-vi``; a missing period ``Ky-bao-cao``.
    """
    unit, code, period = (clean(info.get(key)) for key in ("unit", "unit_code", "period"))
    named = slug(unit, _UNIT_ROOM) or slug(code, _UNIT_ROOM) or "Don-vi"
    when = slug(period, _PERIOD_ROOM) or "Ky-bao-cao"
    return f"PAPI_{named}_{when}_{as_of:%Y%m%d}.xlsx"


def _figure_table(figures: Sequence[Figures], total: Figures, lang: str) -> FigureTable:
    words = labels(lang)
    statuses = tuple(term.name(lang) for term in (*STATUS_TERMS.values(), UNREPORTED))
    states = tuple(STATE_TERMS[state].name(lang) for state in State if state is not State.DONE)
    return FigureTable(
        groups=(
            HeaderGroup("", (words.number,)),
            HeaderGroup("", (words.domain,)),
            HeaderGroup("", (words.tasks,)),
            HeaderGroup(words.by_status, statuses),
            HeaderGroup("", (words.completion,)),
            HeaderGroup("", (words.progress,)),
            HeaderGroup(words.by_state, states),
        ),
        rows=tuple(
            (str(figure.domain or ""), domain_name(figure.domain, lang), *_counts(figure))
            for figure in figures
        ),
        total=("", words.total, *_counts(total)),
    )


def _counts(figure: Figures) -> tuple[Value, ...]:
    statuses = (figure.done, figure.in_progress, figure.not_started, figure.paused, figure.unreported)
    states = tuple(getattr(figure, state) for state in State if state is not State.DONE)
    return (figure.tasks, *statuses, figure.completion, figure.progress, *states)


def _chart(figures: Sequence[Figures], table: FigureTable, lang: str) -> Chart:
    headers = [header for group in table.groups for header in group.headers]
    known = [figure for figure in figures if figure.domain is not None]
    return Chart(
        title=labels(lang).chart,
        column=headers.index(labels(lang).completion),
        categories=tuple(domain_name(figure.domain, lang) for figure in known),
        values=tuple(figure.completion for figure in known),
    )


def _signature(fields: Mapping[str, str], words: Labels) -> Signature:
    return Signature(
        recipients_title=words.recipients,
        recipients=(f"- {fields['recipient'] or DOTS};", words.archive),
        preparer_title=words.preparer if fields["preparer"] else "",
        preparer=fields["preparer"],
        on_behalf=words.on_behalf,
        signer_title=fields["signer_title"].upper(),
        signer=fields["signer"],
    )


def _annex(tasks: pd.DataFrame, lang: str) -> Annex:
    english = lang == "en"
    derived = (schema.ANNEX_STATE[english], schema.ANNEX_DAYS_LATE[english])
    rows: list[AnnexRow] = []
    for domain in (*domains.BY_NUMBER, None):
        own = of_domain(tasks, domain)
        if own.empty and (len(tasks) or domain is None):
            continue
        rows.append(_heading(domain, lang))
        rows += [AnnexRow(heading=False, cells=_task_cells(task, lang)) for task in own.itertuples()]
    return Annex(
        label=labels(lang).annex,
        title=labels(lang).annex_title,
        headers=(*(column.title(lang) for column in schema.COLUMNS), *derived),
        rows=tuple(rows),
    )


def _heading(domain: int | None, lang: str) -> AnnexRow:
    # A number that is no domain's keeps the reader from counting these tasks to the domain above.
    number = len(domains.DOMAINS) + 1 if domain is None else domain
    rest = ("",) * (len(schema.KEYS) - 2)
    return AnnexRow(heading=True, cells=(f"{number}.", domain_name(domain, lang), *rest, "", None))


def _task_cells(task: Any, lang: str) -> tuple[Value, ...]:  # noqa: ANN401 (a row of `itertuples`)
    cells: list[Value] = [clean(getattr(task, key)) for key in schema.KEYS]
    if cells[_PERCENT] and (task.percent_value == 0 or task.percent_value >= _SMALLEST_FRACTION):
        cells[_PERCENT] = float(task.percent_value)
    late = None if pd.isna(task.days_late) else int(task.days_late)
    return (*cells, state_name(task.status_code, task.state, lang), late)


def _meta(fields: Mapping[str, str], as_of: date, made_on: date, content: str) -> dict[str, str]:
    return {
        "kind": schema.KIND_REPORT,
        "template_version": schema.TEMPLATE_VERSION,
        "unit": fields["unit"],
        "unit_code": fields["unit_code"],
        "year": fields["year"],
        "period": fields["period"],
        "as_of": as_of.isoformat(),
        "made_at": made_on.isoformat(),
        "digest": content,
    }
