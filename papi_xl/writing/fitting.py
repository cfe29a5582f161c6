"""How many lines texts take in the columns of long tables, counted fast.

LibreOffice fits no row of a file to its texts when it opens the file, as Excel does: it takes the height that
stands there, else one line. So a height must stand there.
"""

import re
from functools import lru_cache
from math import ceil
from typing import Final

from papi_xl.writing import layout

SIZE: Final = 10
"""Font size of tables, in points."""
_SPACE: Final = layout.text_width(" ", SIZE)
_PARTS = re.compile(r"[^-/\\]*[-/\\]|[^-/\\]+")
"""A word that is wider than its column breaks after a hyphen or slash, where there is one."""


def lines(text: str, pixels: float) -> int:
    """Return how many lines ``text`` takes, wrapped at spaces in a column of ``pixels``."""
    room = layout.text_room(pixels)
    count = 0
    for paragraph in text.split("\n"):
        left = -1.0
        for word in paragraph.split(" "):
            width = _width(word)
            if width <= left:
                left -= width + _SPACE
            elif width <= room:
                count, left = count + 1, room - width - _SPACE
            else:
                more, left = _broken(word, room)
                count += more
    return count


def height(count: int) -> float:
    """Return the height of a row of so many lines, in points."""
    return min(layout.lines_height(count, SIZE), layout.MAX_ROW_HEIGHT)


def _broken(word: str, room: float) -> tuple[int, float]:
    """Return how many lines a word takes that is wider than its column, and what is left of the last."""
    count, left = 0, 0.0
    for part in _PARTS.findall(word):
        width = _width(part)
        if width > left:
            more = ceil(width / room)
            count += more
            left = more * room
        left -= width
    return count, left - _SPACE


@lru_cache(maxsize=2**16)
def _width(word: str) -> float:
    return layout.text_width(word, SIZE)
