"""Texts that somebody else wrote, made fit to be shown: no terminal obeys what is left of them."""

import re
from typing import Final

_OBEYED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters, and marks that turn the direction of the text around them."""


def one_line(text: str) -> str:
    """Return ``text`` in one line, a space for any stretch of spaces."""
    return _OBEYED.sub("", " ".join(text.split()))


def lines(text: str) -> str:
    """Return ``text``; its lines stay lines."""
    return "\n".join(_OBEYED.sub("", line) for line in text.split("\n"))
