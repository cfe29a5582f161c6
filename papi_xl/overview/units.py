"""The sheets `Tổng hợp` and `Đơn vị` as data: all units together, and one line for each that counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from papi_xl import schema
from papi_xl.checklist import LEVELS
from papi_xl.completion import Figures
from papi_xl.consolidated import Consolidated, Line, UnitState
from papi_xl.labels import DOTS, labels, short_date
from papi_xl.overview import words
from papi_xl.overview.tables import Column, Listing, Row, Rows, Section, Table, digits
from papi_xl.remaining import domain_name
from papi_xl.vocabulary import STATE_TERMS, STATUS_TERMS, UNREPORTED, State, Status
from papi_xl.wording import pick

BANDS: Final = 5
"""Parts of the way to 100 %, each as wide; what is all done stands apart."""
MOST_BARS: Final = 40
"""Units that a chart shows one by one; of more it shows how many are how far."""
NUMBER: Final = 30
FIGURE: Final = 52
"""Pixels that a column of row numbers and one of figures has at least."""
_HUNDRED: Final = 100


@dataclass(frozen=True)
class Overview:
    """The sheet `Tổng hợp`.

    ``domains`` ends with the total of all domains. ``spread`` counts the units by completion, and is there
    only where they are more than `MOST_BARS`, else each has its bar in the chart.
    """

    title: str
    subtitle: str
    notes: tuple[str, ...]
    domains: Table
    spread: Table | None
    units: Table


def overview(made: Consolidated, lang: str) -> Overview:
    """Lay out the sheet `Tổng hợp`."""
    counted = made.counted
    return Overview(
        title=pick(words.TITLE, lang),
        subtitle=subtitle(made, lang),
        notes=_notes(made, lang),
        domains=_domains(made, lang),
        spread=_spread(counted, lang) if len(counted) > MOST_BARS else None,
        units=_units(made, lang),
    )


def subtitle(made: Consolidated, lang: str) -> str:
    """Return the line under a title: which period, as of which day or days."""
    days = sorted({line.received.as_of for line in made.counted})
    as_of = short_date(days[0], lang) if days else DOTS
    if len(days) > 1:
        as_of = pick(words.DAYS, lang).format(first=as_of, last=short_date(days[-1], lang))
    return labels(lang).subtitle.format(period=made.period or DOTS, as_of=as_of)


def listing(made: Consolidated, lang: str) -> Listing:
    """Lay out the sheet `Đơn vị`."""
    columns = (
        *_who(len(made.counted), lang),
        *_file_columns(lang),
        *_count_columns(lang),
        *_state_columns(lang),
    )
    rows = Rows(made.counted, lambda number, line: _line_row(number, line, lang))
    return Listing(
        title=pick(words.LIST_TITLE, lang),
        notes=(subtitle(made, lang),),
        columns=columns,
        sections=(Section("", rows, _none(lang)),),
    )


def said_period(line: Line, lang: str) -> str:
    """Return the period that a file counts for, and whether the file itself does not say so."""
    return pick(words.ASSUMED, lang).format(period=line.period) if line.assumed else line.period


def domain_columns(
    domains: Sequence[int | None], look: str, width: int, title: str, lang: str
) -> list[Column]:
    """Return a column for each domain, headed by its number under the ``title`` of all."""
    unknown = pick(words.UNKNOWN_DOMAIN, lang)
    return [Column(str(domain or unknown), look, width, title) for domain in domains]


def completions(figures: Sequence[Figures], domains: Sequence[int | None]) -> Row:
    """Return the completion in each of ``domains``, ``None`` without tasks there."""
    shares = {figure.domain: figure.completion for figure in figures}
    return tuple(shares.get(domain) for domain in domains)


def _notes(made: Consolidated, lang: str) -> tuple[str, ...]:
    """Return what counts and what is missing, and what does not count."""
    states = Counter(line.state for line in made.lines)
    counted = Counter(line.state for line in made.counted)
    others = sum(line.counted for line in made.lines) - len(made.counted)
    here = pick(words.COUNTED, lang).format(
        counted=len(made.counted),
        late=sum(line.late for line in made.counted),
        errors=counted[UnitState.ERRORS],
        altered=counted[UnitState.ALTERED],
    )
    absent = pick(words.MISSING_COUNT if made.has_roster else words.MISSING_UNKNOWN, lang)
    left_out = pick(words.NOT_COUNTED, lang).format(
        superseded=states[UnitState.SUPERSEDED],
        unidentified=states[UnitState.UNIDENTIFIED],
        rejected=len(made.rejected),
        sheet=schema.GAPS,
    )
    elsewhere = pick(words.OTHER_PERIODS, lang).format(count=others) if others else ""
    return (f"{here} {absent.format(missing=len(made.missing))}", f"{left_out} {elsewhere}".strip())


def _none(lang: str) -> str:
    return pick(words.NO_UNITS, lang).format(sheet=schema.GAPS)


def _domains(made: Consolidated, lang: str) -> Table:
    said = labels(lang)
    columns = (
        Column(said.number, "centre", NUMBER),
        Column(said.domain, "text", 260),
        *(Column(column.header, column.look, FIGURE) for column in _figure_columns("", lang)),
    )
    rows = [
        (str(figure.domain or ""), domain_name(figure.domain, lang), *_figures(figure))
        for figure in made.domains
    ]
    return Table(pick(words.DOMAINS, lang), columns, [*rows, ("", said.total, *_figures(made.total))])


def _figure_columns(group: str, lang: str) -> tuple[Column, ...]:
    said = labels(lang)
    return (
        Column(said.tasks, "whole", FIGURE, group),
        Column(STATUS_TERMS[Status.DONE].name(lang), "whole", FIGURE, group),
        Column(STATE_TERMS[State.OVERDUE].name(lang), "whole", FIGURE, group),
        Column(said.completion, "percent", FIGURE, group),
        Column(said.progress, "percent", FIGURE, group),
    )


def _figures(figure: Figures) -> Row:
    return (figure.tasks, figure.done, figure.overdue, figure.completion, figure.progress)


def _spread(counted: Sequence[Line], lang: str) -> Table:
    """Count the units by how far they are: fifths of the way, all done, and those without tasks."""
    found = Counter(_band(line.received.total) for line in counted)
    edges = [_HUNDRED * band // BANDS for band in range(BANDS + 1)]
    names = [
        *(pick(words.BAND, lang).format(first=edges[band], last=edges[band + 1]) for band in range(BANDS)),
        pick(words.BAND_FULL, lang),
    ]
    bands: list[tuple[int | None, str]] = [*enumerate(names)]
    if found[None]:
        bands.append((None, pick(words.BAND_NONE, lang)))
    rows = [
        (str(number), name, found[band], found[band] / len(counted))
        for number, (band, name) in enumerate(bands, start=1)
    ]
    columns = (
        Column(labels(lang).number, "centre", NUMBER),
        Column(labels(lang).completion, "text", 150),
        Column(pick(words.UNIT_COUNT, lang), "whole", FIGURE),
        Column(pick(words.UNIT_SHARE, lang), "percent", FIGURE),
    )
    return Table(pick(words.SPREAD, lang), columns, rows)


def _band(total: Figures) -> int | None:
    return BANDS * total.done // total.tasks if total.tasks else None


def _who(units: int, lang: str) -> tuple[Column, ...]:
    return (
        Column(labels(lang).number, "whole", digits(units, NUMBER)),
        Column(schema.INFO_BY_KEY["unit_code"].title(lang), "text", 66),
        Column(schema.INFO_BY_KEY["unit"].title(lang), "text", 195),
    )


def _units(made: Consolidated, lang: str) -> Table:
    domains = [figure.domain for figure in made.domains]
    group = pick(words.OVERALL, lang)
    width = digits(made.total.tasks, FIGURE)
    columns = (
        *_who(len(made.counted), lang),
        *domain_columns(domains, "percent", width, pick(words.BY_DOMAIN, lang), lang),
        *_figure_columns(group, lang),
    )
    rows = Rows(made.counted, lambda number, line: _unit_row(number, line, domains))
    return Table(pick(words.UNITS, lang), columns, rows, _none(lang))


def _unit_row(number: int, line: Line, domains: Sequence[int | None]) -> Row:
    shares = completions(line.received.lines, domains)
    return (number, line.unit.code, line.unit.name, *shares, *_figures(line.received.total))


def _file_columns(lang: str) -> tuple[Column, ...]:
    return (
        Column(schema.INFO_BY_KEY["period"].title(lang), "text", 62),
        Column(pick(words.RECEIVED, lang), "moment", 112),
        Column(pick(words.FILE, lang), "text", 140),
        Column(pick(words.KIND, lang), "centre", 62),
    )


def _count_columns(lang: str) -> tuple[Column, ...]:
    said = labels(lang)
    names = [
        said.tasks,
        *(term.name(lang) for term in (*STATUS_TERMS.values(), UNREPORTED)),
        *(STATE_TERMS[state].name(lang) for state in (State.OVERDUE, State.DUE_SOON)),
    ]
    return (
        *(Column(name, "whole", 46) for name in names),
        Column(said.completion, "percent", FIGURE),
        Column(said.progress, "percent", FIGURE),
    )


def _state_columns(lang: str) -> tuple[Column, ...]:
    return (
        Column(pick(LEVELS["errors"], lang), "whole", 44),
        Column(pick(LEVELS["warnings"], lang), "whole", 44),
        Column(pick(words.STATE, lang), "centre", 70),
        Column(pick(words.LATE, lang), "centre", 36),
    )


def _line_row(number: int, line: Line, lang: str) -> Row:
    received, total = line.received, line.received.total
    return (
        number,
        line.unit.code,
        line.unit.name,
        said_period(line, lang),
        received.source.received,
        received.source.name,
        pick(words.KINDS[received.kind], lang),
        total.tasks,
        total.done,
        total.in_progress,
        total.not_started,
        total.paused,
        total.unreported,
        total.overdue,
        total.due_soon,
        total.completion,
        total.progress,
        received.counts.get("error", 0),
        received.counts.get("warning", 0),
        pick(words.STATES[line.state], lang),
        pick(words.YES, lang) if line.late else "",
    )
