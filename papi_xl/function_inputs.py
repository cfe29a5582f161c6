"""What Excel hands to a worksheet function, understood: ranges, the as-of date, the year, numbers."""

from datetime import date, timedelta
from typing import Final, NoReturn

from papi_xl import numbering, schema, timing, values
from papi_xl import text as texts
from papi_xl.completion import MOST_SOON_DAYS, SOON_DAYS
from papi_xl.domains import BY_NUMBER
from papi_xl.errors import UsageError
from papi_xl.live.handed import grid
from papi_xl.raw import Cell

SERIAL_ZERO: Final = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers as they count since March 1900 (in the 1900 date system)."""
FIRST_DAY, LAST_DAY = date(schema.FIRST_YEAR, 1, 1), date(schema.LAST_YEAR, 12, 31)


def as_of(value: object) -> date:
    """Return the as-of date: a date, its text or its serial number; today where nothing is said.

    Raises:
        UsageError: ``date-invalid``, or ``one-cell-wanted`` for a range.
    """
    cell = _one(value)
    if not texts.content(cell):
        return date.today()
    day = _from_serial(cell) if isinstance(cell, int | float) else timing.as_date(cell)
    return _refuse("date-invalid", cell) if day is None else day


def year(value: object) -> int | None:
    """Return the plan year, ``None`` where nothing is said.

    Raises:
        UsageError: ``year-invalid``, or ``one-cell-wanted`` for a range.
    """
    cell = _one(value)
    found = values.year(cell)
    return _refuse("year-invalid", cell) if found is None and texts.content(cell) else found


def soon_days(value: object) -> int:
    """Return how many days ahead count as soon, the default where nothing is said.

    Raises:
        UsageError: ``soon-days-invalid``, or ``one-cell-wanted`` for a range.
    """
    cell = _one(value)
    said = texts.content(cell)
    if not said:
        return SOON_DAYS
    days = int(said) if said.isascii() and said.isdecimal() else MOST_SOON_DAYS + 1
    return days if days <= MOST_SOON_DAYS else _refuse("soon-days-invalid", cell, most=MOST_SOON_DAYS)


def domain(value: object) -> int | None:
    """Return a domain's number, ``None`` where nothing is said; `3`, `3.` and `III` are the same.

    Raises:
        UsageError: ``domain-invalid``, or ``one-cell-wanted`` for a range.
    """
    cell = _one(value)
    said = texts.content(cell)
    if not said:
        return None
    levels = numbering.levels(said) or (0,)
    return levels[0] if len(levels) == 1 and levels[0] in BY_NUMBER else _refuse("domain-invalid", cell)


def _one(value: object) -> Cell:
    rows = grid(value)
    if len(rows) != 1 or len(rows[0]) != 1:
        code = "one-cell-wanted"
        raise UsageError(code, rows=len(rows), columns=max(map(len, rows), default=0))
    return rows[0][0]


def _from_serial(number: float) -> date | None:
    """Return the day of a serial number, ``None`` beyond the years of plans: 2021 is a year typed here."""
    first, last = ((day - SERIAL_ZERO).days for day in (FIRST_DAY, LAST_DAY))
    return SERIAL_ZERO + timedelta(days=int(number)) if first <= number < last + 1 else None


def _refuse(code: str, cell: Cell, **known: object) -> NoReturn:
    raise UsageError(code, value=texts.shown(cell), **known)
