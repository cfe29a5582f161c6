"""Texts as they must be written into cells to stay what they are: Excel reads them as if they were typed."""

from collections.abc import Sequence
from typing import Final

_SIGNS: Final = frozenset("=+-@#＝＋－＠")
_WORDS: Final = frozenset({"TRUE", "FALSE"})


def as_text(text: str, *, is_text: bool) -> str:
    """Return ``text`` as it must be written to stay what it is.

    Excel reads a text that is written as if it were typed: ``1-2`` would become a date. An apostrophe in
    front, which is not kept as a part of the text, prevents that. ``is_text`` says whether the cell's number
    format keeps what is typed as text.
    """
    protected = text[:1] in {"=", "'"} or (not is_text and _would_turn(text))
    return f"'{text}" if protected else text


def as_texts(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """Return ``rows`` as they must be written into cells whose format keeps what is typed as text."""
    return [[as_text(cell, is_text=True) if isinstance(cell, str) else cell for cell in row] for row in rows]


def is_plain(text: str) -> bool:
    """Whether ``text`` stays what it is however it is written into a cell of texts."""
    return as_text(text, is_text=True) == text


def _would_turn(text: str) -> bool:
    return text.lstrip()[:1] in _SIGNS or any(map(str.isdigit, text)) or text.strip().upper() in _WORDS
