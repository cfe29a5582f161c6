"""Task numbers: `3.1.`, `III.2`, `3` and what Excel makes of them."""

import re
from collections.abc import Sequence
from datetime import date
from math import isnan, nan
from operator import mul
from typing import Final

Levels = tuple[int, ...]

LEVEL_WEIGHT: Final = 10**6
FIRST_WEIGHT: Final = LEVEL_WEIGHT**2
"""What a first and a second level weigh in the order of a number; levels have up to 6 digits."""

_CHUNK: Final = 256
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10}
_NUMBER = re.compile(
    r"(?P<first>\d{1,3}|[IVX]{1,5})(?P<rest>(?:\s*\.\s*\d{1,6}){0,2})\s*[.)]?", re.IGNORECASE
)
_PLAIN_NUMBERS = re.compile(r"(?:^|\x00)([1-9]\d{0,2})\.([1-9]\d{0,5})\.?(?=\x00|$)")
_LABEL = r"(?:lĩnh vực|trục(?: nội dung)?|nội dung|chỉ số(?: nội dung)?)(?:\s*số)?"
_HEADING = re.compile(
    rf"(?:{_LABEL}\s*)?(?P<number>\d{{1,3}}|[IVX]{{1,5}})\s*(?:[.):/–-]+\s*|\s+|$)(?P<name>.*)",
    re.IGNORECASE | re.DOTALL,
)


def levels(text: str) -> Levels | None:
    """Return the levels of a task number: ``3.1.`` → (3, 1), ``III`` → (3,), ``3.a`` → None."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    first = _value(found["first"])
    rest = tuple(int(level.strip()) for level in found["rest"].split(".")[1:])
    return (first, *rest) if first and all(rest) else None


def orders(texts: Sequence[str]) -> list[float]:
    """Return for each text a number that sorts as its levels do, NaN where it has none.

    `levels_of` gives the levels back. Runs of plain numbers such as ``3.1.`` are read all at once.
    """
    done: list[float] = []
    for start in range(0, len(texts), _CHUNK):
        chunk = texts[start : start + _CHUNK]
        joined = "\x00".join(chunk)
        plain = _PLAIN_NUMBERS.findall(joined)
        if len(plain) == len(chunk) == joined.count("\x00") + 1:
            done.extend(int(first) * FIRST_WEIGHT + int(second) * LEVEL_WEIGHT for first, second in plain)
        else:
            done.extend(map(_order, chunk))
    return done


def order_of(number: Levels) -> float:
    """Return the order of a number; `levels_of` gives the levels back."""
    return float(sum(map(mul, number, (FIRST_WEIGHT, LEVEL_WEIGHT, 1))))


def _order(text: str) -> float:
    found = levels(text)
    return order_of(found) if found else nan


def levels_of(order: float) -> Levels:
    """Return the levels that stand behind an order of `orders`; none for NaN."""
    if isnan(order):
        return ()
    rest, third = divmod(int(order), LEVEL_WEIGHT)
    return tuple(level for level in (*divmod(rest, LEVEL_WEIGHT), third) if level)


def written(number: Levels) -> str:
    """Return a number as the template writes it: (3, 1) → ``3.1.``."""
    return "".join(f"{level}." for level in number)


def from_date(day: date) -> Levels:
    """Return the number that Excel turned into ``day``: 3 January was typed as ``3.1``."""
    return (day.day, day.month)


def heading(text: str) -> tuple[int, str] | None:
    """Split a heading such as ``III. Trách nhiệm …`` or ``Lĩnh vực 3: …`` into number and name."""
    found = _HEADING.fullmatch(text)
    number = found and _value(found["number"])
    return (number, found["name"]) if found and number else None


def _value(text: str) -> int:
    """Return the value of Arabic or Roman digits, 0 where they are no well-formed number."""
    if text.isdecimal():
        return int(text)
    total = 0
    values = [_ROMAN_VALUES.get(char, 0) for char in text.upper()]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total if _roman(total) == text.upper() else 0


def _roman(number: int) -> str:
    parts = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written_out = ""
    for value, sign in parts:
        count, number = divmod(number, value)
        written_out += sign * count
    return written_out
