"""Days and periods named in a text: `30/9/2021`, `Quý II`, `Học kỳ I năm học 2021-2022`, `2026 - 2030`."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from functools import cache
from typing import Final

SCHOOL_TERM_ENDS: Final = {1: (12, 31), 2: (5, 31)}
ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
CENTURY: Final = 2000
TWO_DIGITS: Final = 100
ONE_DAY: Final = timedelta(days=1)


class Weight(IntEnum):
    """How much a period counts beside other words.

    What is `CERTAIN` is meant as a date in any text; what is `WORDED` but has no year, such as `tháng 6`,
    beside a kind such as `Thường xuyên`; what is `BARE`, such as `6/2021` or `15/6`, only where nothing else
    is said; `YEARS` count less than a kind.
    """

    YEARS = 1
    BARE = 2
    WORDED = 3
    CERTAIN = 4


@dataclass(frozen=True, repr=False)
class Period:
    """The days from ``start`` to ``end``; ``since`` where the text says that it begins then."""

    start: date
    end: date
    weight: Weight
    spans_years: bool = False
    since: bool = False


_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?:\s*(?:/|-|,|\.|năm|của năm)?\s*(?:năm\s+)?(?P<year>{_YEAR}))?"
_BEFORE = re.compile(r"\btrước(?: ngày| hết| thời điểm)?\s*$")
_INTRODUCED = re.compile(r"\b(?:ngày|trước|đến|hết)\s*$")
_SINCE = re.compile(r"\btừ(?: ngày)?\s*$")
_MAY_NAME_TIME = re.compile(r"\d|\bqu[ýí]\b|\bqúy\b|kỳ|kì|\bhk|\bnăm$")


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day(found: re.Match[str], plan_year: int) -> Period:
    year = int(found["year"] or plan_year)
    day = date(year + CENTURY if year < TWO_DIGITS else year, int(found["month"]), int(found["day"]))
    return Period(day, day, weight=_weight(found["year"]))


def _month(found: re.Match[str], plan_year: int) -> Period:
    year, month = int(found["year"] or plan_year), int(found["month"])
    return Period(date(year, month, 1), _month_end(year, month), weight=_weight(found["year"]))


def _bare_month(found: re.Match[str], plan_year: int) -> Period:
    """Read `6/2021`, which could also be the number of a document."""
    return replace(_month(found, plan_year), weight=Weight.BARE)


def _bare_day(found: re.Match[str], plan_year: int) -> Period:
    """Read `15/6`, which could also be part of a document's number."""
    return replace(_day(found, plan_year), weight=Weight.BARE)


def _quarter(found: re.Match[str], plan_year: int) -> Period:
    year, quarter = int(found["year"] or plan_year), _ordinal(found["last"] or found["first"])
    start = date(year, 3 * _ordinal(found["first"]) - 2, 1)
    return Period(start, _month_end(year, 3 * quarter), weight=_weight(found["year"]))


def _part_of_year(found: re.Match[str], plan_year: int) -> Period:
    year, months = int(found["year"] or plan_year), int(found["months"])
    weight = _weight(found["year"])
    if found["which"] == "đầu":
        return Period(date(year, 1, 1), _month_end(year, months), weight)
    return Period(date(year, 13 - months, 1), date(year, 12, 31), weight)


def _term(found: re.Match[str], plan_year: int) -> Period:
    term = _ordinal(found["term"])
    year = plan_year
    if found["until"]:
        year = int(found["until"]) if term == 2 else int(found["from"])  # noqa: PLR2004
    start = date(year, 9, 1) if term == 1 else date(year, 1, 1)
    return Period(start, date(year, *SCHOOL_TERM_ENDS[term]), weight=_weight(found["until"]))


def _school_year(found: re.Match[str], _plan_year: int) -> Period:
    start, end = int(found["from"]), int(found["until"])
    return Period(
        date(start, 9, 1), date(end, *SCHOOL_TERM_ENDS[2]), weight=Weight.CERTAIN, spans_years=end > start + 1
    )


def _years(found: re.Match[str], _plan_year: int) -> Period:
    start, end = int(found["from"]), int(found["until"])
    return Period(date(start, 1, 1), date(end, 12, 31), weight=Weight.YEARS, spans_years=end > start)


def _year(found: re.Match[str], plan_year: int) -> Period:
    year = int(found["year"] or plan_year)
    return Period(date(year, 1, 1), date(year, 12, 31), Weight.YEARS)


def _weight(year: str | None) -> Weight:
    return Weight.CERTAIN if year else Weight.WORDED


def _ordinal(text: str) -> int:
    return ROMAN.get(text) or int(text)


_DASH = r"\s*[-–—]\s*"
_FORMS: Final[tuple[tuple[str, Callable[[re.Match[str], int], Period]], ...]] = (
    (rf"(?<![\d/])(?P<year>{_YEAR})([-/])(?P<month>\d\d?)\2(?P<day>\d\d?)(?!\d)", _day),
    (
        r"(?<![\d/.])(?P<day>\d{1,2})\s*([/.-])\s*(?P<month>\d{1,2})\s*\2\s*(?P<year>\d{4}|\d\d)(?![\d/])",
        _day,
    ),
    (rf"(?<!\d)(?P<day>\d{{1,2}}) tháng (?P<month>\d{{1,2}})(?: năm (?P<year>{_YEAR}))?(?![\d/])", _day),
    (
        rf"\b(?:học kỳ|học kì|kỳ|kì|hk)\s*(?P<term>ii|i|1|2)\b"
        rf"(?:[\s,(]*(?:năm học\s*)?(?P<from>{_YEAR}){_DASH}(?P<until>{_YEAR}))?",
        _term,
    ),
    (rf"\bnăm học\s*(?P<from>{_YEAR}){_DASH}(?P<until>{_YEAR})", _school_year),
    (
        r"\b(?:quý|quí|qúy)\s*(?P<first>iv|iii|ii|i|[1-4])\b"
        r"(?:\s*(?:[-–—,+&]|và|đến)\s*(?:(?:quý|quí|qúy)\s*)?(?P<last>iv|iii|ii|i|[1-4])\b)*" + _OF_YEAR,
        _quarter,
    ),
    (rf"\b0?(?P<months>[369]) tháng (?P<which>đầu|cuối)(?: năm)?{_OF_YEAR}", _part_of_year),
    (rf"\btháng\s*(?P<month>\d{{1,2}}){_OF_YEAR}(?!\d)", _month),
    (rf"(?<![\w/.])(?P<month>\d{{1,2}})\s*/\s*(?P<year>{_YEAR})(?![\d/])", _bare_month),
    (r"(?<![\w/.])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?P<year>)(?![\d/])", _bare_day),
    (rf"(?:\bcác\s+)?(?:\bnăm\s*)?(?<!\d)(?P<from>{_YEAR}){_DASH}(?P<until>{_YEAR})(?!\d)", _years),
    (rf"(?<!\d)(?:năm\s*)?(?P<year>{_YEAR})(?!\d)", _year),
    (r"^(?:đến )?(?:trong|cả|hết|cuối) năm(?P<year>)$", _year),
)


LONGEST: Final = 1_000
"""Letters of a text in which periods are looked for."""


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], Period]], ...]:
    return tuple((re.compile(pattern), build) for pattern, build in _FORMS)


def find(folded: str, plan_year: int) -> tuple[list[Period], str]:
    """Return the periods named in ``folded`` and the text that is left without them.

    Args:
        folded: tidy lower-case text.
        plan_year: the year of periods that name none.

    Raises:
        ValueError: a day or month is named that does not exist, or nobody writes so long a text about time.
    """
    if len(folded) > LONGEST:
        raise ValueError
    periods: list[Period] = []
    for pattern, build in _forms() if _MAY_NAME_TIME.search(folded) else ():
        while found := pattern.search(folded):
            before, after = folded[: found.start()], folded[found.end() :]
            period = replace(build(found, plan_year), since=_SINCE.search(before) is not None)
            if period.weight is Weight.BARE and _INTRODUCED.search(before):
                period = replace(period, weight=Weight.WORDED)
            if earlier := _BEFORE.search(before):
                day_before = period.start - ONE_DAY
                period = replace(period, start=day_before, end=day_before)
                before = before[: earlier.start()]
            folded = before + "\n" + after
            periods.append(period)
    return periods, folded
