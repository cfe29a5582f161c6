"""Received workbooks put together: whose each is, which of them count, and the figures of those."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from papi_xl import reported_periods, trend
from papi_xl.consolidated import Change, Consolidated, Doubt, Line, Unit, UnitState
from papi_xl.errors import UsageError
from papi_xl.identify import Identified, Owner, identify
from papi_xl.period_texts import Key
from papi_xl.received import Received, Rejected
from papi_xl.reported_periods import Periods
from papi_xl.roster import Roster
from papi_xl.text import tidy
from papi_xl.trend import StatesOf
from papi_xl.unit_names import may_be_one, name_order, plain_code

UNKNOWN_PERIOD: Final[Key] = ("", "")
"""The period of workbooks none of which names any."""


def build(
    received: Sequence[Received],
    rejected: Sequence[Rejected],
    *,
    roster: Roster | None,
    period: str | None,
    states_of: StatesOf,
) -> Consolidated:
    """Put received workbooks together; their order does not matter.

    Of several workbooks of a unit and period the latest counts (see `received.Received.recency`); another
    with its code and the name of quite another unit is nobody's. Those that name no period are taken to be of
    the main one.

    Args:
        received: the workbooks that could be read, each with a path of its own.
        rejected: the files that could not be read.
        roster: the units that are expected; without it the units are those that the workbooks name.
        period: the main period, however written; else the latest that a unit's workbook names. Without a
            year it is that of the latest year.
        states_of: gives the states of a workbook's tasks, task key → `vocabulary.State`; it is asked
            only for units that are counted both in the main period and in the one before.

    Raises:
        UsageError: ``period-unknown`` (``period``, ``periods``): workbooks name periods, but not ``period``.
    """
    latest_first = sorted(received, key=lambda one: one.recency, reverse=True)
    identified = identify(latest_first, roster)
    calendar = _calendar(latest_first, identified, period)
    placed = sorted(_placed(latest_first, identified, calendar), key=lambda one: one.place)
    counted = _counted(placed, calendar)
    figures = [trend.figures(calendar.names[key], list(lines.values())) for key, lines in counted.items()]
    now = counted[calendar.main]
    return Consolidated(
        period=calendar.names[calendar.main],
        lines=tuple(one.line for one in placed),
        missing=tuple(unit for index, unit in enumerate(roster.units) if index not in now) if roster else (),
        rejected=tuple(sorted(rejected, key=lambda one: one.source.path)),
        domains=figures[-1].lines,
        total=figures[-1].total,
        trend=tuple(figures),
        changes=tuple(_changes(list(counted.values()), states_of)),
        has_roster=roster is not None,
    )


class _Calendar(NamedTuple):
    """The names of all periods, ascending in time, which of them is the main one, and where files belong."""

    names: Mapping[Key, str]
    main: Key
    said: Periods


def _calendar(latest_first: Sequence[Received], identified: Identified, period: str | None) -> _Calendar:
    said = reported_periods.found(latest_first)
    if not said.names:
        return _Calendar({UNKNOWN_PERIOD: tidy(period or "")}, UNKNOWN_PERIOD, said)
    if period:
        main = said.named(period)
        if main is None:
            raise UsageError("period-unknown", period=period, periods=list(said.names.values()))
        return _Calendar(said.names, main, said)
    pairs = zip(latest_first, identified.owners, strict=True)
    of_units = {said.of(one) for one, owner in pairs if owner.unit is not None}
    ascending = [key for key in said.names if key in of_units] or list(said.names)
    return _Calendar(said.names, ascending[-1], said)


class _Placed(NamedTuple):
    """A line, the key of its period, the index of its unit, and its place among all lines."""

    place: tuple[object, ...]
    period: Key
    unit: int | None
    line: Line


def _placed(
    latest_first: Sequence[Received], identified: Identified, calendar: _Calendar
) -> Iterator[_Placed]:
    """Yield the lines; the first of a unit and period is the one that counts."""
    latest = {key: -index for index, key in enumerate(calendar.names)} | {calendar.main: -len(calendar.names)}
    for index, (one, owner, is_first) in enumerate(_owned(latest_first, identified, calendar)):
        said = calendar.said.of(one)
        key = said or calendar.main
        name = calendar.names[key]
        if owner.unit is None:
            unit = Unit(plain_code(one.unit_code), one.unit)
            by_name: tuple[str, ...] = name_order(unit.name, unit.code)
            place = (latest[key], len(identified.units), by_name, index)
            line = Line(
                unit, one, name, UnitState.UNIDENTIFIED, said is None,
                doubt=owner.doubt, candidates=owner.candidates,
            )  # fmt: skip
        else:
            unit = identified.units[owner.unit]
            late = key == calendar.main and _is_late(one, unit)
            state = _state(one, late=late) if is_first else UnitState.SUPERSEDED
            place = (latest[key], owner.unit, (), index)
            line = Line(unit, one, name, state, said is None, late)
        yield _Placed(place, key, owner.unit, line)


def _owned(
    latest_first: Sequence[Received], identified: Identified, calendar: _Calendar
) -> Iterator[tuple[Received, Owner, bool]]:
    """Yield each workbook, whose it is, and whether it is the first of that unit and its period.

    Another with the name of quite another unit than the first is nobody's: the code of one is a mistake.
    """
    firsts: dict[tuple[int, Key], Received] = {}
    for one, owner in zip(latest_first, identified.owners, strict=True):
        if owner.unit is None:
            yield one, owner, False
            continue
        first = firsts.setdefault((owner.unit, calendar.said.of(one) or calendar.main), one)
        if may_be_one(first.unit, one.unit):
            yield one, owner, first is one
        else:
            yield one, Owner(None, Doubt.CONFLICT, (identified.units[owner.unit],)), False


def _is_late(one: Received, unit: Unit) -> bool:
    arrived = one.source.received
    return unit.due is not None and arrived is not None and arrived.date() > unit.due


def _state(one: Received, *, late: bool) -> UnitState:
    if one.altered:
        return UnitState.ALTERED
    if one.counts.get("error"):
        return UnitState.ERRORS
    return UnitState.LATE if late else UnitState.OK


def _counted(placed: Iterable[_Placed], calendar: _Calendar) -> Mapping[Key, Mapping[int, Line]]:
    """Return the counted lines by unit for each period up to the main one, ascending.

    Periods without any are left out, but for the main one.
    """
    found: dict[Key, dict[int, Line]] = {key: {} for key in calendar.names}
    for one in placed:
        if one.line.counted and one.unit is not None:
            found[one.period][one.unit] = one.line
    ascending = list(found)
    until = ascending[: ascending.index(calendar.main) + 1]
    return {key: found[key] for key in until if found[key] or key == calendar.main}


def _changes(counted: Sequence[Mapping[int, Line]], states_of: StatesOf) -> Iterator[Change]:
    """Yield what changed in the last period at each unit that is counted in the one before, too."""
    before, now = counted[-2:] if len(counted) > 1 else ({}, {})
    for unit, line in now.items():
        if unit in before:
            yield trend.change(before[unit], line, states_of)
