"""What people write under `Thời gian thực hiện`, understood: a kind and, where there is one, a due date."""

import re
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from papi_xl import periods
from papi_xl.periods import Period, Weight
from papi_xl.raw import Cell
from papi_xl.text import tidy


class Kind(StrEnum):
    """What a timing amounts to."""

    MISSING = "missing"
    DATED = "dated"
    RECURRING = "recurring"
    CONDITIONAL = "conditional"
    OWED = "owed"
    UNRECOGNISED = "unrecognised"


class Timing(NamedTuple):
    """An understood timing; ``due`` only where it is dated, ``spans_years`` for ranges of years."""

    kind: Kind
    due: date | None = None
    spans_years: bool = False


_RECURRING = re.compile(
    r"\bthường xuyên\b|\bliên tục\b|\b(?:h[àằ]ng|mỗi) (?:ngày|tuần|tháng|quý|kỳ|năm)\b|\bđịnh kỳ\b"
)
_CONDITIONAL = re.compile(
    r"^chờ\b|\bsau khi\b|\bngay khi\b|^khi có\b|\bkể từ\b|\bký ban hành\b"
    r"|\btrong (?:vòng )?\d+ (?:ngày|tuần|tháng)\b"
)
_OWED = re.compile(r"^có (?:thời )?hạn\b|^theo kế hoạch\b")
_FILLER = re.compile(
    r"\b(?:trước|từ|đến|hết|trong|vào|xong|hoàn thành|chậm nhất|ngày|cuối|đầu|giai đoạn|dự kiến|cả|là|hạn"
    r"|thời hạn|có|cụ thể|theo kế hoạch|và|những|năm|tiếp theo)\b|[\s,;:.()/+–—-]+"
)


def parse(text: str, plan_year: int) -> Timing:  # noqa: PLR0911 (first match wins)
    """Understand the tidy ``text`` of a timing cell; a period without a year takes ``plan_year``.

    A date wins over a kind (`Thường xuyên, báo cáo trước 30/9/2021` is due on 29/9/2021), a year does not;
    of several dates the last counts. What is not understood is `UNRECOGNISED`, never guessed.
    """
    if not text:
        return Timing(Kind.MISSING)
    folded = " ".join(text.casefold().split())
    try:
        named, rest = periods.find(folded, plan_year)
    except ValueError:
        return Timing(Kind.UNRECOGNISED)
    recurs = _RECURRING.search(folded) is not None
    alone = not _FILLER.sub("", _RECURRING.sub("", rest))
    waits = _CONDITIONAL.search(folded) is not None
    least = Weight.BARE if alone else Weight.WORDED if recurs or waits else Weight.CERTAIN
    dates = [period for period in named if period.weight >= least and not (recurs and period.since)]
    if dates:
        return _dated(dates)
    if recurs:
        return Timing(Kind.RECURRING)
    if waits:
        return Timing(Kind.CONDITIONAL)
    if named and alone:
        return _dated(named)
    return Timing(Kind.OWED if _OWED.search(folded) else Kind.UNRECOGNISED)


def _dated(named: list[Period]) -> Timing:
    last = max(named, key=lambda period: period.end)
    first = min(period.start for period in named)
    several = last.weight is Weight.YEARS and first.year != last.end.year
    return Timing(Kind.DATED, last.end, spans_years=last.spans_years or several)


def as_date(cell: Cell) -> date | None:
    """Return the one day that a cell holds: a date, or text (dd/mm/yyyy or ISO); ``None`` without one."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return _one_day(cell) if isinstance(cell, str) else None


@lru_cache(maxsize=1024)
def _one_day(text: str) -> date | None:
    try:
        named, rest = periods.find(tidy(text).casefold(), 0)
    except ValueError:
        return None
    if len(named) != 1 or rest.strip() or named[0].weight is not Weight.CERTAIN:
        return None
    return named[0].start if named[0].start == named[0].end else None
