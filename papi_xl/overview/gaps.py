"""The sheet `Thiếu – trễ – loại` as data: what is missing or was left out, why, and what to do."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from papi_xl import schema
from papi_xl.consolidated import Consolidated, Line, Unit, UnitState
from papi_xl.errors import PapiError
from papi_xl.labels import NO_FIGURE, labels
from papi_xl.overview import words
from papi_xl.overview.tables import Column, Listing, Row, Rows, Section, digits
from papi_xl.overview.units import NUMBER, said_period, subtitle
from papi_xl.received import Rejected, Source
from papi_xl.refusals import explain
from papi_xl.wording import RULES, one_line, pick

MOST_CANDIDATES: Final = 5

Item = TypeVar("Item")


def listing(made: Consolidated, lang: str) -> Listing:
    """Lay out the sheet: one section for each kind of gap, also where there is none of it."""
    newer = {(line.unit, line.period): line for line in made.lines if line.counted}
    states = {state: [line for line in made.lines if line.state is state] for state in UnitState}
    perhaps = {
        unit: line.received.source.name
        for line in reversed(states[UnitState.UNIDENTIFIED])
        if line.period == made.period
        for unit in line.candidates
    }
    none = words.GAPS["missing"] if made.has_roster else (words.GAPS["missing"][0], words.MISSING_UNKNOWN)
    return Listing(
        title=pick(words.GAPS_TITLE, lang),
        notes=(subtitle(made, lang),),
        columns=_columns(max(len(made.lines), len(made.rejected), len(made.missing)), lang),
        sections=(
            _section(
                none, made.missing, lambda unit: _missing(unit, made.period, perhaps.get(unit), lang), lang
            ),
            _section(
                words.GAPS["late"],
                [one for one in made.counted if one.late],
                lambda one: _late(one, lang),
                lang,
            ),
            _section(words.GAPS["altered"], states[UnitState.ALTERED], lambda one: _altered(one, lang), lang),
            _section(
                words.GAPS["unidentified"],
                states[UnitState.UNIDENTIFIED],
                lambda one: _unidentified(one, lang),
                lang,
            ),
            _section(
                words.GAPS["superseded"],
                states[UnitState.SUPERSEDED],
                lambda one: _superseded(one, newer, lang),
                lang,
            ),
            _section(words.GAPS["rejected"], made.rejected, lambda one: _rejected(one, lang), lang),
        ),
    )


def _section(
    said: tuple[words.Pair, words.Pair], items: Sequence[Item], row: Callable[[Item], Row], lang: str
) -> Section:
    title, empty = said
    return Section(
        pick(title, lang), Rows(items, lambda number, item: (number, *row(item))), pick(empty, lang)
    )


def _columns(most: int, lang: str) -> tuple[Column, ...]:
    return (
        Column(labels(lang).number, "whole", digits(most, NUMBER)),
        Column(schema.INFO_BY_KEY["unit_code"].title(lang), "text", 66),
        Column(schema.INFO_BY_KEY["unit"].title(lang), "text", 170),
        Column(schema.INFO_BY_KEY["period"].title(lang), "text", 70),
        Column(pick(words.DUE_DAY, lang), "day", 74),
        Column(pick(words.RECEIVED_DAY, lang), "day", 74),
        Column(pick(words.FILE_OR_EMAIL, lang), "text", 190),
        Column(pick(words.WHY, lang), "text", 271),
    )


def _missing(unit: Unit, period: str, file: str | None, lang: str) -> Row:
    todo = pick(words.REMIND_UNLESS, lang).format(file=file) if file else pick(words.REMIND, lang)
    return (unit.code, unit.name, period, unit.due, None, unit.email, todo)


def _late(line: Line, lang: str) -> Row:
    return (*_file(line, lang), pick(words.RECEIVED_LATE, lang))


def _altered(line: Line, lang: str) -> Row:
    return (*_file(line, lang), pick(one_line(RULES["figures-altered"]), lang))


def _superseded(line: Line, newer: Mapping[tuple[Unit, str], Line], lang: str) -> Row:
    taken = newer.get((line.unit, line.period))
    file = taken.received.source.name if taken else NO_FIGURE
    return (*_file(line, lang), pick(words.REPLACED_BY, lang).format(file=file))


def _unidentified(line: Line, lang: str) -> Row:
    why = words.DOUBTS[line.doubt] if line.doubt else words.STATES[line.state]
    return (*_file(line, lang), pick(why, lang).format(candidates=_candidates(line.candidates, lang)))


def _candidates(units: Sequence[Unit], lang: str) -> str:
    """Return a few units by code and name, and how many more there are."""
    named = "; ".join(f"{unit.code} {unit.name}".strip() for unit in units[:MOST_CANDIDATES])
    rest = len(units) - MOST_CANDIDATES
    if rest > 0:
        return pick(words.MORE_CANDIDATES, lang).format(units=named, count=rest)
    return named or pick(words.NO_CANDIDATE, lang)


def _file(line: Line, lang: str) -> Row:
    """Return the cells up to the file."""
    unit, source = line.unit, line.received.source
    return (unit.code, unit.name, said_period(line, lang), unit.due, _day(source), source.name)


def _rejected(file: Rejected, lang: str) -> Row:
    values: dict[str, object] = {"file": file.source.name, **file.values}
    reason = explain(PapiError(file.code, **values), lang)
    return ("", "", "", None, _day(file.source), file.source.name, reason)


def _day(source: Source) -> date | None:
    return source.received.date() if source.received else None
