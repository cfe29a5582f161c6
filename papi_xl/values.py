"""Reported statuses and percentages, understood."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Final

from papi_xl import text as texts
from papi_xl.labels import percent_text
from papi_xl.raw import Cell
from papi_xl.vocabulary import STATUS_TERMS, Status

INVALID: Final = -1.0
"""Stands for a percent that is none, so that a column of percents stays a column of floats."""

LONGEST_STATUS: Final = 40
"""Longer texts are no mistyped status, and are not compared with any."""

CLOSEST: Final = 0.75
"""How alike two words must be for one to be the other mistyped (see `difflib`)."""

_STATUS_BY_KEY: Final = {
    texts.value_key(name): status
    for status, term in STATUS_TERMS.items()
    for name in (term.vi, term.en, *term.synonyms)
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_PERCENT = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<sign>%?)", re.ASCII)
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")
_PERCENT_INSIDE = re.compile(
    r"(?<![\d.,/<>≤≥~-])(\d{1,3}(?:[.,]\d+)?)\s*(?:%|phần trăm)(?![\d/])", re.IGNORECASE
)
_NOT_REACHED = re.compile(
    r"\b(?:còn|thiếu|chưa|không|dưới|trên|hơn|gần|giảm|tăng|chậm|less|more|under|over|not|left|missing)\b",
    re.IGNORECASE,
)
"""Words beside a percentage that make it another one than what is done."""
_HUNDRED: Final = 100


def status(text: str) -> Status | None:
    """Return the status that ``text`` names, in any of its wordings; ``None`` where it names none."""
    return _STATUS_BY_KEY.get(texts.value_key(text).rstrip(".,;:!"))


@lru_cache(maxsize=4096)
def near_status(text: str) -> str | None:
    """Return the official wording of the status that ``text`` most likely means, or ``None``."""
    if len(text) > LONGEST_STATUS:
        return None
    typed = _words(text)
    meant = {official for official, names in _names().items() if any(_slips(typed, name) for name in names)}
    return meant.pop() if len(meant) == 1 else None


@cache
def _names() -> dict[str, list[list[str]]]:
    """Return the words of each wording of a status, by the official one."""
    return {term.vi: [_words(name) for name in (term.vi, *term.synonyms)] for term in STATUS_TERMS.values()}


def _words(text: str) -> list[str]:
    return texts.unaccented(text.casefold()).split()


def _slips(typed: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each typed word is the name's but for accents or a slip of a letter, none more, none less."""
    return len(typed) == len(name) and all(
        SequenceMatcher(None, one, other).ratio() >= CLOSEST for one, other in zip(typed, name, strict=True)
    )


def year(cell: Cell) -> int | None:
    """Return the year that a cell holds, ``None`` where it holds none."""
    text = texts.content(cell)
    return int(text) if _YEAR.fullmatch(text) else None


def percent(text: str) -> float:
    """Return ``text`` as a fraction; `INVALID` where it is none.

    With ``%`` it is that; else up to 1 a fraction, above 1 up to 100 a percentage.
    """
    found = _PERCENT.fullmatch(text)
    if not found:
        return INVALID
    number = float(found["number"].replace(",", "."))
    fraction = number / _HUNDRED if found["sign"] or number > 1 else number
    return fraction if fraction <= 1 else INVALID


def near_percent(text: str) -> str | None:
    """Return the percentage that an invalid ``text`` states beyond doubt: its only number, or ``None``."""
    found = _PERCENT_INSIDE.findall(text)
    if len(found) != 1 or len(_NUMBERS.findall(text)) != 1 or _NOT_REACHED.search(text):
        return None
    fraction = percent(found[0] + "%")
    return None if fraction == INVALID else percent_text(fraction)
