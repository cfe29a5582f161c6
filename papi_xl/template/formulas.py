"""Building blocks of the template's formulas: text made comparable, words found, digits read.

Only functions of Excel 2010 and LibreOffice are used, and none that depends on the decimal sign or the date
order of the computer. ``<key>`` stands for the raw cell of a column of the task table, ``[name]`` for a cell
of the same row of the reading columns; `resolve` puts in the references.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from papi_xl import schema

Formula = tuple[str, str]
"""The name of a reading column and its formula."""

_NOTHING: Final = "-–—.…·_−"
_SPACES: Final = (" ", "\u00a0", "\u202f")
_DIGITS: Final = '"0123456789"'
_RAW = re.compile(r"<(\w+)>")
_CELL = re.compile(r"\[(\^?)(\w+)\]")


def key_of(text: str) -> str:
    """Return ``text`` as the formulas compare it: lower case, composed accents, no spaces."""
    return "".join(unicodedata.normalize("NFC", text).lower().split())


def substituted(expression: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Return ``expression`` with each old text replaced by the new one, in order."""
    for old, new in pairs:
        expression = f'SUBSTITUTE({expression},"{old}","{new}")'
    return expression


def composed(expression: str, words: Iterable[str]) -> str:
    """Return ``expression`` with the accented letters of ``words`` composed.

    Text from other systems may hold a letter and its accents as several characters.
    """
    letters = {letter for word in words for letter in word}
    pairs = ((unicodedata.normalize("NFD", letter), letter) for letter in sorted(letters))
    return substituted(expression, ((apart, letter) for apart, letter in pairs if apart != letter))


def flat(expression: str) -> str:
    """Return ``expression`` in lower case without spaces, tabs and line breaks."""
    plain = substituted(f"LOWER({expression})", ((space, "") for space in _SPACES))
    for code in (9, 10, 13):
        plain = f'SUBSTITUTE({plain},CHAR({code}),"")'
    return plain


def text(key: str) -> str:
    """Return the text of a raw cell; an error value has none."""
    return f'IFERROR(<{key}>&"","")'


def joined(keys: Sequence[str], separator: str = "") -> str:
    """Return the texts of raw cells in one."""
    glue = f'&"{separator}"&' if separator else "&"
    return glue.join(text(key) for key in keys)


def says(expression: str) -> str:
    """Return whether a flat ``expression`` says anything: dashes and dots alone do not."""
    return f"(LEN({substituted(expression, ((sign, '') for sign in _NOTHING))})>0)"


def array(words: Sequence[str]) -> str:
    """Return an array constant of texts."""
    return "{" + ",".join(f'"{word}"' for word in words) + "}"


def holds(expression: str, words: Sequence[str]) -> str:
    """Return whether ``expression`` contains one of ``words``."""
    return f"(SUMPRODUCT(--ISNUMBER(FIND({array(words)},{expression})))>0)"


def is_one_of(expression: str, words: Sequence[str]) -> str:
    """Return whether ``expression`` is one of ``words``."""
    return f"ISNUMBER(MATCH({expression},{array(words)},0))"


def digits_at_end(expression: str) -> str:
    """Return how many digits end ``expression``, at most two."""

    def is_digit(sign: str) -> str:
        return f"(LEN({sign})=1)*ISNUMBER(FIND({sign},{_DIGITS}))"

    last, before = f"RIGHT({expression},1)", f"MID({expression},LEN({expression})-1,1)"
    return f"IF({is_digit(last)},IF(LEN({expression})<2,1,1+{is_digit(before)}),0)"


def value(expression: str) -> str:
    """Return the number that the digits of ``expression`` make, 0 where it is none."""
    return f"IFERROR(VALUE({expression}),0)"


def after_last(expression: str, word: str) -> str:
    """Return what follows the last ``word`` in ``expression``, ``-`` where it has none."""
    spread = f'SUBSTITUTE({expression},"{word}",REPT(" ",99))'
    return f'IF(ISNUMBER(FIND("{word}",{expression})),TRIM(RIGHT({spread},99)),"-")'


def resolve(formula: str, row: int, letters: Mapping[str, str], fixed: Mapping[str, str]) -> str:
    """Return ``formula`` with references put in.

    A raw cell is looked up by its row number, so that rows inserted in the task table or taken out of it
    change nothing here.

    Args:
        formula: with ``<key>``, ``[name]``, and ``[^name]`` for the cell above (0 above row 1).
        row: the row of the reading columns, counted from 1.
        letters: the column letters of each reading column.
        fixed: absolute references by name.
    """

    def cell(found: re.Match[str]) -> str:
        above, name = found.groups()
        if name in fixed:
            return fixed[name]
        if above and row == 1:
            return "0"
        return f"${letters[name]}{row - bool(above)}"

    return "=" + _CELL.sub(cell, _RAW.sub(lambda found: _raw(found[1]), formula))


def _raw(key: str) -> str:
    column = chr(65 + schema.KEYS.index(key))
    return f"INDEX('{schema.TASKS}'!${column}:${column},ROW())"
