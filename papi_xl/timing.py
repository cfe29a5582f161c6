"""What people write under `Thời gian thực hiện`, understood: a kind and, where there is one, a due date."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from papi_xl.raw import Cell
from papi_xl.text import tidy

SCHOOL_TERM_ENDS: Final = {1: (12, 31), 2: (5, 31)}
ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
CENTURY: Final = 2000
TWO_DIGITS: Final = 100
ONE_DAY: Final = timedelta(days=1)


class Kind(StrEnum):
    """What a timing amounts to."""

    MISSING = "missing"
    DATED = "dated"
    RECURRING = "recurring"
    CONDITIONAL = "conditional"
    OWED = "owed"
    UNRECOGNISED = "unrecognised"


@dataclass(frozen=True)
class Timing:
    """An understood timing; ``due`` only where it is dated, ``spans_years`` for ranges of years."""

    kind: Kind
    due: date | None = None
    spans_years: bool = False


@dataclass(frozen=True)
class _Period:
    """Days from ``start`` to ``end``; a firm one is due even beside a word such as `Thường xuyên`."""

    start: date
    end: date
    firm: bool
    spans_years: bool = False


_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?:\s*(?:/|-|,|năm|của năm)?\s*(?:năm\s+)?(?P<year>{_YEAR}))?"
_RECURRING = re.compile(r"\bthường xuyên\b|\bliên tục\b|\bh[àằ]ng (?:ngày|tuần|tháng|quý|kỳ|năm)\b")
_CONDITIONAL = re.compile(
    r"^chờ\b|\bsau khi\b|\bngay khi\b|^khi\b|\bkể từ\b|\bký ban hành\b"
    r"|\btrong (?:vòng )?\d+ (?:ngày|tuần|tháng)\b"
)
_MAY_NAME_TIME = re.compile(r"\d|\bquý\b|kỳ|kì|\bhk|\bnăm$")
_OWED = re.compile(r"^có (?:thời )?hạn\b|^theo kế hoạch\b")
_BEFORE = re.compile(r"\btrước(?: ngày| hết| thời điểm)?\s*$")
_FILLER = re.compile(
    r"\b(?:trước|từ|đến|hết|trong|vào|xong|hoàn thành|chậm nhất|ngày|cuối|đầu|giai đoạn|dự kiến|cả|là|hạn"
    r"|thời hạn|có|cụ thể|theo kế hoạch|và)\b|[\s,;:.()–—-]+"
)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day(found: re.Match[str], plan_year: int) -> _Period:
    year = int(found["year"] or plan_year)
    day = date(year + CENTURY if year < TWO_DIGITS else year, int(found["month"]), int(found["day"]))
    return _Period(day, day, firm=bool(found["year"]))


def _month(found: re.Match[str], plan_year: int) -> _Period:
    year, month = int(found["year"] or plan_year), int(found["month"])
    return _Period(date(year, month, 1), _month_end(year, month), firm=bool(found["year"]))


def _quarter(found: re.Match[str], plan_year: int) -> _Period:
    year, quarter = int(found["year"] or plan_year), _ordinal(found["last"] or found["first"])
    start = date(year, 3 * _ordinal(found["first"]) - 2, 1)
    return _Period(start, _month_end(year, 3 * quarter), firm=bool(found["year"]))


def _part_of_year(found: re.Match[str], plan_year: int) -> _Period:
    year, months = int(found["year"] or plan_year), int(found["months"])
    firm = bool(found["year"])
    if found["which"] == "đầu":
        return _Period(date(year, 1, 1), _month_end(year, months), firm)
    return _Period(date(year, 13 - months, 1), date(year, 12, 31), firm)


def _term(found: re.Match[str], plan_year: int) -> _Period:
    term = _ordinal(found["term"])
    year = plan_year
    if found["until"]:
        year = int(found["until"]) if term == 2 else int(found["from"])  # noqa: PLR2004
    start = date(year, 9, 1) if term == 1 else date(year, 1, 1)
    return _Period(start, date(year, *SCHOOL_TERM_ENDS[term]), firm=found["until"] is not None)


def _school_year(found: re.Match[str], _plan_year: int) -> _Period:
    start, end = int(found["from"]), int(found["until"])
    return _Period(date(start, 9, 1), date(end, *SCHOOL_TERM_ENDS[2]), firm=True, spans_years=end > start + 1)


def _years(found: re.Match[str], _plan_year: int) -> _Period:
    start, end = int(found["from"]), int(found["until"])
    return _Period(date(start, 1, 1), date(end, 12, 31), firm=False, spans_years=end > start)


def _year(found: re.Match[str], plan_year: int) -> _Period:
    year = int(found["year"] or plan_year)
    return _Period(date(year, 1, 1), date(year, 12, 31), firm=False)


def _ordinal(text: str) -> int:
    return ROMAN.get(text) or int(text)


_DASH = r"\s*[-–—]\s*"
_FORMS: Final[tuple[tuple[str, Callable[[re.Match[str], int], _Period]], ...]] = (
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
        r"\bquý\s*(?P<first>iv|iii|ii|i|[1-4])\b(?:\s*(?:[-–—,+&]|và|đến)\s*(?:quý\s*)?(?P<last>iv|iii|ii|i|[1-4])\b)?"
        + _OF_YEAR,
        _quarter,
    ),
    (rf"\b0?(?P<months>[369]) tháng (?P<which>đầu|cuối)(?: năm)?{_OF_YEAR}", _part_of_year),
    (rf"\btháng\s*(?P<month>\d{{1,2}}){_OF_YEAR}(?!\d)", _month),
    (rf"(?<![\d/])(?P<month>\d{{1,2}})\s*/\s*(?P<year>{_YEAR})(?![\d/])", _month),
    (r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?P<year>)(?![\d/])", _day),
    (rf"(?<!\d)(?P<from>{_YEAR}){_DASH}(?P<until>{_YEAR})(?!\d)", _years),
    (rf"(?<!\d)(?:năm\s*)?(?P<year>{_YEAR})(?!\d)", _year),
    (r"^(?:trong|cả|hết|cuối) năm(?P<year>)$", _year),
)


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], _Period]], ...]:
    return tuple((re.compile(pattern), build) for pattern, build in _FORMS)


def parse(text: str, plan_year: int) -> Timing:  # noqa: PLR0911 (first match wins)
    """Understand the tidy ``text`` of a timing cell; a period without a year takes ``plan_year``.

    A full date wins over a kind (`Thường xuyên, báo cáo trước 30/9/2021` is due on 29/9/2021); of several
    dates the last counts. What is not understood is `UNRECOGNISED`, never guessed.
    """
    if not text:
        return Timing(Kind.MISSING)
    folded = " ".join(text.casefold().split())
    try:
        periods, rest = _periods(folded, plan_year)
    except ValueError:
        return Timing(Kind.UNRECOGNISED)
    firm = [period for period in periods if period.firm]
    if firm:
        return _dated(firm)
    if _RECURRING.search(folded):
        return Timing(Kind.RECURRING)
    if _CONDITIONAL.search(folded):
        return Timing(Kind.CONDITIONAL)
    if periods and not _FILLER.sub("", rest):
        return _dated(periods)
    return Timing(Kind.OWED if _OWED.search(folded) else Kind.UNRECOGNISED)


def _dated(periods: list[_Period]) -> Timing:
    last = max(periods, key=lambda period: period.end)
    several = last.end.year != min(period.start for period in periods).year and not last.firm
    return Timing(Kind.DATED, last.end, spans_years=last.spans_years or several)


def _periods(folded: str, plan_year: int) -> tuple[list[_Period], str]:
    """Return the periods named in ``folded`` and the text that is left without them."""
    periods: list[_Period] = []
    for pattern, build in _forms() if _MAY_NAME_TIME.search(folded) else ():
        while found := pattern.search(folded):
            period = build(found, plan_year)
            if before := _BEFORE.search(folded[: found.start()]):
                day_before = period.start - ONE_DAY
                period = _Period(day_before, day_before, period.firm, period.spans_years)
                folded = folded[: before.start()] + "\n" + folded[found.end() :]
            else:
                folded = folded[: found.start()] + "\n" + folded[found.end() :]
            periods.append(period)
    return periods, folded


def as_date(cell: Cell) -> date | None:
    """Return the one day that a cell holds: a date, or text (dd/mm/yyyy or ISO); ``None`` without one."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return _one_day(cell) if isinstance(cell, str) else None


def _one_day(text: str) -> date | None:
    try:
        periods, rest = _periods(tidy(text).casefold(), 0)
    except ValueError:
        return None
    if len(periods) == 1 and not rest.strip() and periods[0].start == periods[0].end and periods[0].firm:
        return periods[0].start
    return None
