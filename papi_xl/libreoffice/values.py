"""Values between Python and Calc cells: dates are day numbers, truth values and errors are told apart."""

import datetime as dt
import numbers
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

DAY = dt.timedelta(days=1)
EPOCH = dt.datetime(1899, 12, 30)
DATE_BIT, LOGICAL = 2, 1024
EXACT = 1e15
ERROR_TEXTS = {
    502: "#NUM!", 503: "#NUM!", 504: "#REF!", 508: "#NAME?", 511: "#NAME?", 519: "#VALUE!",
    521: "#NULL!", 522: "#REF!", 523: "#NUM!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!", 32767: "#N/A",
}  # fmt: skip
DATE_FORMAT, MOMENT_FORMAT, TIME_FORMAT, LOGICAL_FORMAT = (
    "yyyy-mm-dd",
    "yyyy-mm-dd hh:mm:ss",
    "hh:mm:ss",
    "BOOLEAN",
)

Rows = list[list[Any]]


class CellError(str):
    """A cell's error such as ``#DIV/0!``; reading gives None or, with ``err_to_str``, this text."""

    __slots__ = ()


def error(number: int) -> CellError:
    """Return the error that Excel shows for LibreOffice's error ``number``; ``#VALUE!`` for unknown ones."""
    return CellError(ERROR_TEXTS.get(number, "#VALUE!"))


def moment(days: float, epoch: dt.datetime) -> Any:
    """Return the date and time of a day number, to the millisecond; the number itself where none exists."""
    try:
        return epoch + dt.timedelta(milliseconds=round(days * 86_400_000)) if days >= 0 else days
    except OverflowError:
        return days


def truth(value: Any) -> Any:
    """Return 0 and 1 as False and True; anything else was not meant as a truth value."""
    return value == 1 if value in (0, 1) else value


def cleaned(value: Any, build: Callable[..., Any], empty: Any, number: Any, *, as_text: bool) -> Any:
    """Return a raw value as the reading options want it.

    Args:
        value: What :attr:`Range.raw_value` holds: None, float, bool, str, datetime or :class:`CellError`.
        build: Makes a date from its parts (``dates`` option).
        empty: Stands for an empty cell (``empty`` option).
        number: Makes a number from a float (``numbers`` option), or None.
        as_text: Whether errors are given as text (``err_to_str`` option).
    """
    if value is None or value == "":
        return empty
    if isinstance(value, CellError):
        return str(value) if as_text else None
    if isinstance(value, dt.datetime):
        fields = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return build(**{field: getattr(value, field) for field in fields}, tzinfo=None)
    if number is not None and isinstance(value, float):
        return number(value)
    return value


def prepared(value: Any) -> Any:
    """Return what is to be written as a plain value: None, NaN and NaT become an empty text."""
    if type(value) in {str, int, bool}:
        return value
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, np.datetime64):
        return pd.Timestamp(value).to_pydatetime()
    if isinstance(value, numbers.Number | Decimal):
        return float(value)  # type: ignore[arg-type]
    return value


class Outgoing(NamedTuple):
    """A block ready to write.

    Attributes:
        data: Rows of texts and floats, as ``setDataArray`` takes them.
        formulas: (row, column, formula) from 0 in the block; ``data`` is empty there.
        formats: (first row, first column, last row, last column, format code) from 0 in the block.
    """

    data: tuple[tuple[Any, ...], ...]
    formulas: tuple[tuple[int, int, str], ...]
    formats: tuple[tuple[int, int, int, int, str], ...]


def outgoing(rows: Iterable[Iterable[Any]], epoch: Callable[[], dt.datetime]) -> Outgoing:
    """Turn rows of Python values into what Calc takes.

    A text that begins with ``=`` is a formula, a leading ``'`` is Excel's mark for text and goes; other texts
    stay texts (Excel would make ``2/3`` a date). ``epoch`` gives the day whose number is 0 and is asked only
    for dates.

    Raises:
        TypeError: A value is of a kind that no cell holds.
    """
    formulas: list[tuple[int, int, str]] = []
    shown: dict[tuple[int, str], list[int]] = {}
    data = []
    for row, values in enumerate(rows):
        line: list[Any] = []
        for column, value in enumerate(values):
            kind = type(value)
            if kind is float:
                line.append(value)
            elif kind is str:
                if value[:1] == "=" and len(value) > 1:
                    formulas.append((row, column, value[1:]))
                    line.append("")
                else:
                    line.append(value[1:] if value[:1] == "'" else value)
            else:
                plain, code = day_number(value, epoch)
                line.append(plain)
                if code:
                    shown.setdefault((column, code), []).append(row)
        data.append(tuple(line))
    formats = (
        (top, column, end, column, code)
        for (column, code), found in shown.items()
        for top, end in runs(found)
    )
    return Outgoing(tuple(data), tuple(formulas), tuple(formats))


def day_number(value: Any, epoch: Callable[[], dt.datetime]) -> tuple[Any, str]:
    """Return a value as Calc holds it and the number format that shows it ("" for none).

    Raises:
        TypeError: No cell holds such a value.
    """
    value = prepared(value)
    if isinstance(value, bool):
        return float(value), LOGICAL_FORMAT
    if isinstance(value, str | int | float):
        return (float(value) if isinstance(value, int) else value), ""
    if isinstance(value, dt.datetime):
        whole = value.time() == dt.time()
        return (value.replace(tzinfo=None) - epoch()) / DAY, DATE_FORMAT if whole else MOMENT_FORMAT
    if isinstance(value, dt.date):
        return float((dt.datetime.combine(value, dt.time()) - epoch()).days), DATE_FORMAT
    if isinstance(value, dt.time):
        return (dt.datetime.combine(EPOCH, value) - EPOCH) / DAY, TIME_FORMAT
    if isinstance(value, dt.timedelta):
        return value / DAY, "[hh]:mm:ss"
    raise TypeError(f"A cell cannot hold a {type(value).__name__}: {value!r}")


def runs(rows: list[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as (first, last) of each unbroken run."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def entered(value: Any) -> str:
    """Return a constant as Excel's formula bar gives it: ``5`` for 5.0, ``TRUE``, text as it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)
    return str(value)
