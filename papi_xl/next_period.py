"""The reporting period that comes after one: its name and its last day."""

import re
from datetime import date
from typing import Final, NamedTuple

from papi_xl.labels import MONTHS
from papi_xl.period_texts import told
from papi_xl.periods import ONE_DAY
from papi_xl.schema import LAST_YEAR
from papi_xl.text import tidy, unaccented
from papi_xl.wording import pick


class NextPeriod(NamedTuple):
    """A period's name, as it stands within a sentence, and its last day."""

    name: str
    last: date


class _Form(NamedTuple):
    """A kind of period: how many months after its start the next one starts, and what that one is."""

    step: int
    following: str
    months: int


class _Span(NamedTuple):
    """A period: what kind it is, and its first day."""

    form: str
    start: date


_FORMS: Final = {
    "month": _Form(1, "month", 1),
    "quarter": _Form(3, "quarter", 3),
    "half": _Form(6, "half", 6),
    "nine": _Form(0, "year", 9),
    "year": _Form(12, "year", 12),
    "term-1": _Form(4, "term-2", 4),
    "term-2": _Form(8, "term-1", 5),
    "school": _Form(12, "school", 9),
}
_OWN_START: Final = {(1, 9): "nine", (9, 4): "term-1", (1, 5): "term-2", (9, 9): "school"}
"""The form of a period by the month it starts in and the number of its months."""
_IN_STEP: Final = {1: "month", 3: "quarter", 6: "half", 12: "year"}
"""The form of a period that starts where its kind may, by the number of its months."""
_NAMES: Final = {
    "month": ("tháng {month}/{year}", "{month_name} {year}"),
    "quarter": ("quý {quarter}/{year}", "quarter {quarter}/{year}"),
    "first-half": ("6 tháng đầu năm {year}", "the first half of {year}"),
    "half": ("6 tháng cuối năm {year}", "the second half of {year}"),
    "year": ("năm {year}", "the year {year}"),
    "term-1": ("học kỳ I năm học {year}-{next}", "school term I of {year}-{next}"),
    "term-2": ("học kỳ II năm học {last}-{year}", "school term II of {last}-{year}"),
    "school": ("năm học {year}-{next}", "the school year {year}-{next}"),
}
_QUARTERS: Final = ("I", "II", "III", "IV")
_MONTHS_SO_FAR = re.compile(r"(?<!thang )\b(0?[369]) thang\b(?! (?:dau|cuoi|\d))")
"""`9 tháng`, which as a reporting period means the first ones of the year."""


def next_period(text: str, year: int, as_of: date, lang: str) -> NextPeriod:
    """Return the first reporting period after the one that ``text`` names whose end lies after ``as_of``.

    It is of the same kind: after a quarter a quarter, after a school term the other; after nine months comes
    the whole year. Where ``text`` names none of these kinds it is the quarter after that of ``as_of``.

    Args:
        text: the reporting period as people write it, `Quý II/2021`, `6 tháng đầu năm`, `Học kỳ I`.
        year: the year of a text that names none.
        as_of: the as-of date.
        lang: ``vi`` or ``en``, of the name.
    """
    as_of = min(as_of, date(LAST_YEAR, 12, 31))
    current = _named(text, year) or _Span("quarter", date(as_of.year, 3 * ((as_of.month - 1) // 3) + 1, 1))
    span = _next(current)
    while _last_day(span) <= as_of:
        span = _next(span)
    return NextPeriod(_name(span, lang), _last_day(span))


def _named(text: str, year: int) -> _Span | None:
    plain = _MONTHS_SO_FAR.sub(r"\1 thang dau nam", unaccented(tidy(text).casefold()))
    period = told(plain, year)
    if period.start is None or period.end is None or period.end.year > LAST_YEAR:
        return None
    after = period.end + ONE_DAY
    if period.start.day != 1 or after.day != 1:
        return None
    months = 12 * (after.year - period.start.year) + after.month - period.start.month
    own = _OWN_START.get((period.start.month, months))
    form = own or (_IN_STEP.get(months) if (period.start.month - 1) % months == 0 else None)
    return _Span(form, period.start) if form else None


def _next(span: _Span) -> _Span:
    form = _FORMS[span.form]
    return _Span(form.following, _months_on(span.start, form.step))


def _last_day(span: _Span) -> date:
    return _months_on(span.start, _FORMS[span.form].months) - ONE_DAY


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _name(span: _Span, lang: str) -> str:
    month, year = span.start.month, span.start.year
    form = "first-half" if span.form == "half" and month == 1 else span.form
    quarter = _QUARTERS[(month - 1) // 3]
    return pick(_NAMES[form], lang).format(
        month=month, month_name=MONTHS[month - 1], quarter=quarter, year=year, next=year + 1, last=year - 1
    )
