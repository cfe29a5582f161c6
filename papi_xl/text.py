"""Text as people type it: tidy form, comparison keys, emptiness, and fast mapping over columns."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from papi_xl.raw import Cell

MAX_CELL: Final = 32_767
"""The most UTF-16 code units an Excel cell holds."""

Strings = np.ndarray[Any, np.dtype[np.object_]]
Codes = np.ndarray[Any, np.dtype[np.intp]]

INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_EDGES = re.compile(r" ?\n ?")
_UNTIDY = re.compile(rf"[^\S\n ]|  | \n|\n |{INVISIBLE.pattern}")
_BLANK = re.compile(r"[\s\u200b\ufeff.…·_\-\u2010-\u2015\u2212]*")
_BLANK_STARTS = frozenset(["", *" \n.…·_-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"])
_CHUNK = 256
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_WORD = re.compile(r"[\W_]+")
_NOT_IN_FILE_NAME = re.compile(r"[^A-Za-z0-9]+")
_TONED_D = str.maketrans("đĐ", "dD")


def tidy(text: str) -> str:
    """Return ``text`` with composed accents, single plain spaces and no spaces at its ends."""
    if text == text.strip() and not _UNTIDY.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return _LINE_EDGES.sub("\n", _SPACES.sub(" ", text)).strip()


def is_blank(text: str) -> bool:
    """Whether ``text`` says nothing: spaces, no-break spaces, dashes and dots alone count as empty."""
    return _BLANK.fullmatch(text) is not None


def day_text(day: date) -> str:
    """Return a day as people read it: dd/mm/yyyy."""
    return day.strftime("%d/%m/%Y")


def shown(cell: Cell) -> str:  # noqa: PLR0911 (a kind of cell, a return)
    """Return the text of a cell as a person reads it: dates dd/mm/yyyy, whole numbers without ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return str(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)  # noqa: PLR2004
    if isinstance(cell, date | datetime):
        return day_text(cell)
    if isinstance(cell, time | timedelta):
        return str(cell)
    return str(cell)


def content(cell: Cell) -> str:
    """Return the tidy text of a cell, empty where the cell says nothing."""
    text = tidy(shown(cell))
    return "" if is_blank(text) else text


def value_key(text: str) -> str:
    """Return the form in which values are compared: case, spaces and accent composition aside."""
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


def header_key(text: str) -> str:
    """Return the form in which headers are compared: as `value_key`, without punctuation and brackets."""
    return _NOT_WORD.sub("", _BRACKETED.sub(" ", unicodedata.normalize("NFC", text)).casefold())


def unaccented(text: str) -> str:
    """Return ``text`` without Vietnamese accents: ``Đỗ`` → ``Do``."""
    decomposed = unicodedata.normalize("NFD", text.translate(_TONED_D))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def strings(values: Sequence[object]) -> Strings:
    """Return a one-dimensional object array of ``values``."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def clean(value: object) -> str:
    """Return the tidy text of a cell's value, without what a cell cannot hold and no longer than it holds."""
    text = tidy(_UNWRITABLE.sub("", shown(value if isinstance(value, Cell) else str(value))))
    return tidy(writable(text)) if 2 * len(text) > MAX_CELL else text


def writable(text: str) -> str:
    """Return ``text`` otherwise as it is, without what a cell cannot hold and no longer than it holds."""
    text = _UNWRITABLE.sub("", text)
    return cut(text, MAX_CELL) if 2 * len(text) > MAX_CELL else text


def cut(text: str, units: int) -> str:
    """Return as many whole characters of ``text`` as so many UTF-16 code units hold, as Excel counts them."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def cleaned(tidy_texts: Sequence[str]) -> list[str]:
    """Return tidy texts as `clean` does; runs of texts that a cell can hold are seen to be so all at once."""
    done: list[str] = []
    for start in range(0, len(tidy_texts), _CHUNK):
        chunk = tidy_texts[start : start + _CHUNK]
        fits = 2 * max(map(len, chunk)) <= MAX_CELL and "".join(chunk).replace("\n", " ").isprintable()
        done.extend(chunk if fits else map(clean, chunk))
    return done


def slug(text: str, room: int) -> str:
    """Return ``text`` for a file name: ASCII letters, digits, ``-``; whole words, at most ``room`` long."""
    whole = _NOT_IN_FILE_NAME.sub("-", unaccented(clean(text))).strip("-")
    if len(whole) <= room:
        return whole
    return whole[: whole.rfind("-", 0, room + 1)] if "-" in whole[: room + 1] else whole[:room]


def first_words(text: str, room: int) -> str:
    """Return ``text`` on one line; of a long one as many whole words as fit and ``…``, none if none does."""
    text = " ".join(text.split())
    if len(text) <= room:
        return text
    kept = text[: text.rfind(" ", 0, room + 1) + 1].rstrip(" ,;:.-–")
    return f"{kept}…" if kept else ""


def numbered(names: Sequence[str]) -> list[str]:
    """Return file names made distinct, case aside: the second of two ``a`` becomes ``a-2``."""
    taken = {name.casefold() for name in names}
    times: dict[str, int] = {}
    made = []
    for name in names:
        key = name.casefold()
        number = times.get(key, 0) + 1
        while number > 1 and f"{key}-{number}" in taken:
            number += 1
        times[key] = number
        made.append(name if number == 1 else f"{name}-{number}")
        taken.add(made[-1].casefold())
    return made


def distinct(column: Strings) -> tuple[Codes, list[Any]]:
    """Return a column's distinct values, and for each cell the index of its own; ``None`` comes last."""
    codes, uniques = pd.factorize(column)
    return codes, [*uniques, None] if (codes < 0).any() else list(uniques)


def tidied(cells: Sequence[Cell]) -> list[str]:
    """Return the tidy text of each cell; runs of plainly tidy text are seen to be so all at once."""
    shown_texts = [cell if type(cell) is str else shown(cell) for cell in cells]
    done: list[str] = []
    for start in range(0, len(shown_texts), _CHUNK):
        chunk = shown_texts[start : start + _CHUNK]
        done.extend(chunk if _plainly_tidy(chunk) else map(tidy, chunk))
    return done


def _plainly_tidy(chunk: list[str]) -> bool:
    joined = "|".join(chunk)
    several_lines = "\n" in joined
    return (
        list(map(str.strip, chunk)) == chunk
        and "  " not in joined
        and not (several_lines and (" \n" in joined or "\n " in joined))
        and joined.replace("\n", " ").isprintable()
        and unicodedata.is_normalized("NFC", joined)
    )


def same_keys(tidy_texts: Sequence[str]) -> list[str]:
    """Return the form in which tidy texts are told apart: as `value_key`, less marks at the end."""
    joined = "\x00".join(tidy_texts)
    if joined.count("\x00") >= len(tidy_texts):  # a text holds the separator itself
        return [key for text in tidy_texts for key in same_keys([text.replace("\x00", "")])]
    folded = joined.casefold().replace(" ", "").replace("\n", "")
    return [key.rstrip(".,;:/") for key in folded.split("\x00")]


def contents(texts: Sequence[str]) -> list[str]:
    """Return tidy texts, empty where they say nothing."""
    return ["" if text[:1] in _BLANK_STARTS and is_blank(text) else text for text in texts]
