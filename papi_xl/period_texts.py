"""What the text of a reporting period says: which days, or at least which words and year."""

import re
from datetime import date
from typing import Final, NamedTuple

from papi_xl import periods
from papi_xl.periods import Weight
from papi_xl.text import tidy, unaccented, value_key

Key = tuple[str, str]
"""What equal periods have in common: their first and last day, else their words and year."""

ACCENTED: Final = {
    "q": "quý", "quy": "quý", "qui": "quý", "thang": "tháng", "nam": "năm", "hoc": "học", "ky": "kỳ",
    "ki": "kỳ", "dau": "đầu", "cuoi": "cuối", "cua": "của", "ngay": "ngày", "truoc": "trước", "den": "đến",
    "het": "hết", "tu": "từ", "va": "và", "cac": "các", "ca": "cả",
}  # fmt: skip
"""The words that `periods` knows, by their letters without accents."""

_WORD = re.compile(rf"\b(?:{'|'.join(ACCENTED)})(?=\b|\d|[iv]+\b)")
YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_WORDS = re.compile(r"(?:\bnam\s*)?(?<!\d)(?:19|20)\d\d(?!\d)")
_NOT_WORD = re.compile(r"[\W_]+")
_FILLER = re.compile(
    r"\b(?:bao cao|bc|so ket|tong ket|ket qua|giai doan|ky|tu|den|het|trong|cua|ca|nam|va"
    r"|bo sung|dieu chinh|lan (?:thu )?\d+)\b|[\W_]+"
)


class Told(NamedTuple):
    """What the text of a period says: its year, and its days, ``None`` where it names no time."""

    key: Key
    year: int
    start: date | None
    end: date | None


def told(text: str, year: int) -> Told:
    """Return what the text of a period says, ``year`` being that of a period that names none."""
    plain = unaccented(tidy(text).casefold())
    years = [int(one) for one in YEAR.findall(plain)]
    year = years[-1] if years else year
    try:
        named, rest = periods.find(_WORD.sub(lambda word: ACCENTED[word[0]], plain), year)
    except ValueError:
        named, rest = [], plain
    alone = not _FILLER.sub("", unaccented(rest))
    least = Weight.YEARS if alone else Weight.WORDED
    weights = [period.weight for period in named if period.weight >= least]
    least = Weight.BARE if max(weights, default=least) > Weight.YEARS and alone else least
    meant = [period for period in named if period.weight >= least]
    words = (_NOT_WORD.sub("", _YEAR_WORDS.sub(" ", plain)) or value_key(plain), str(year))
    if not meant:
        return Told(words, year, None, None)
    start, end = min(period.start for period in meant), max(period.end for period in meant)
    return Told((start.isoformat(), end.isoformat()) if alone else words, year, start, end)
