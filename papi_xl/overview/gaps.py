"""The sheet `Thiếu – trễ – loại` as data: what is missing or was left out, why, and what to do."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Final, TypeVar

from papi_xl import schema
from papi_xl.consolidated import Consolidated, Line, Unit, UnitState
from papi_xl.errors import PapiError
from papi_xl.labels import labels, short_date
from papi_xl.overview import words
from papi_xl.overview.tables import Column, Listing, Row, Rows, Table
from papi_xl.overview.units import said_period, subtitle
from papi_xl.received import Rejected
from papi_xl.refusals import explain
from papi_xl.wording import RULES, pick

WIDTHS: Final = (30, 80, 190, 75, 75, 210, 285)
"""Pixels of the columns, the same in all tables."""
MOST_CANDIDATES: Final = 5
_KIB: Final = 1024

Item = TypeVar("Item")


def listing(made: Consolidated, lang: str) -> Listing:
    """Lay out the sheet: one table for each kind of gap, also where there is none of it."""
    own = [line for line in made.lines if line.counted and line.period == made.period]
    newer = {(line.unit, line.period): line for line in made.lines if line.counted}
    states = {state: [line for line in made.lines if line.state is state] for state in UnitState}
    missing = _table("missing", made.missing, lambda unit: _missing(unit, made.period, lang), lang)
    return Listing(
        title=pick(words.GAPS_TITLE, lang),
        notes=(subtitle(made, lang), *(() if made.has_roster else (pick(words.MISSING_UNKNOWN, lang),))),
        tables=(
            *((missing,) if made.has_roster else ()),
            _table("late", [line for line in own if line.late], lambda line: _late(line, lang), lang),
            _table("altered", states[UnitState.ALTERED], lambda line: _altered(line, lang), lang),
            _table("unidentified", states[UnitState.UNIDENTIFIED], lambda line: _unknown(line, lang), lang),
            _table("superseded", states[UnitState.SUPERSEDED], lambda line: _old(line, newer, lang), lang),
            _table("rejected", made.rejected, lambda file: _rejected(file, lang), lang),
        ),
    )


def _table(key: str, items: Sequence[Item], row: Callable[[Item], Row], lang: str) -> Table:
    title, empty = words.GAPS[key]
    return Table(
        pick(title, lang),
        tuple(map(Column, _headers(key, lang), _looks(key), WIDTHS)),
        Rows(items, lambda number, item: (number, *row(item))),
        pick(empty, lang),
    )


def _looks(key: str) -> tuple[str, ...]:
    fourth = "whole" if key == "rejected" else "text"
    return ("centre", "text", "text", fourth, "day", "text", "text")


def _headers(key: str, lang: str) -> list[str]:
    unit = [schema.INFO_BY_KEY[field].title(lang) for field in ("unit_code", "unit", "period")]
    kinds = {
        "missing": (words.DUE, words.EMAIL, words.TO_DO),
        "late": (words.DUE, words.FILE, words.TO_DO),
        "rejected": (words.FILE_KIND, words.FILE_NAME, words.SIZE, words.RECEIVED_DAY, words.FILE, words.WHY),
    }
    own = [pick(pair, lang) for pair in kinds.get(key, (words.RECEIVED_DAY, words.FILE, words.WHY))]
    return [labels(lang).number, *(() if key == "rejected" else unit), *own]


def _missing(unit: Unit, period: str, lang: str) -> Row:
    return (unit.code, unit.name, period, unit.due, unit.email, pick(words.REMIND, lang))


def _late(line: Line, lang: str) -> Row:
    moment = line.received.source.received
    day = short_date(moment.date(), lang) if moment else "…"
    to_do = pick(words.RECEIVED_LATE, lang).format(day=day)
    return (*_whose(line, lang), line.unit.due, line.received.source.path, to_do)


def _altered(line: Line, lang: str) -> Row:
    return (*_file(line, lang), pick(RULES["figures-altered"], lang).replace("\n", " "))


def _old(line: Line, newer: Mapping[tuple[Unit, str], Line], lang: str) -> Row:
    taken = newer.get((line.unit, line.period))
    file = taken.received.source.path if taken else "…"
    return (*_file(line, lang), pick(words.REPLACED_BY, lang).format(file=file))


def _unknown(line: Line, lang: str) -> Row:
    why = words.DOUBTS[line.doubt] if line.doubt else words.STATES[line.state]
    return (*_file(line, lang), pick(why, lang).format(candidates=_candidates(line.candidates, lang)))


def _candidates(units: Sequence[Unit], lang: str) -> str:
    """Return a few units by code and name, and how many more there are."""
    named = "; ".join(f"{unit.code} {unit.name}".strip() for unit in units[:MOST_CANDIDATES])
    rest = len(units) - MOST_CANDIDATES
    if rest > 0:
        return pick(words.MORE_CANDIDATES, lang).format(units=named, count=rest)
    return named or pick(words.NO_CANDIDATE, lang)


def _whose(line: Line, lang: str) -> Row:
    return (line.unit.code, line.unit.name, said_period(line, lang))


def _file(line: Line, lang: str) -> Row:
    source = line.received.source
    return (*_whose(line, lang), source.received, source.path)


def _rejected(file: Rejected, lang: str) -> Row:
    source = file.source
    values: dict[str, object] = {"file": source.name, **file.values}
    reason = explain(PapiError(file.code, **values), lang)
    size = -(-source.size // _KIB)
    return (PurePath(source.name).suffix, source.name, size, source.received, source.path, reason)
