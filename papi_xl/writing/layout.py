"""Sizes on paper: how wide a text is in Times New Roman, how high a row must be, where a page ends.

Lengths are in points unless a name says pixels (96 to the inch, as Excel counts columns). Heights are
estimated on the generous side: Excel fits no row height to merged cells, and none that was set.
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]

POINTS_PER_PIXEL: Final = 0.75
POINTS_PER_MM: Final = 72 / 25.4
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20, 20, 30, 15
PAGE_WIDTH: Final = 945
"""Pixels of column width on a landscape A4 page: 297 mm less the margins, and a little less."""
PAGE_HEIGHT: Final = (210 - TOP_MM - BOTTOM_MM) * POINTS_PER_MM * 0.98
"""Points of row height on that page, less what rounding to whole pixels may take."""
MAX_ROW_HEIGHT: Final = 400.0
"""Excel's limit is 409.5; a repeated header must still fit above such a row."""

_PADDING: Final = 8
"""Pixels of a column that its text cannot use."""
_LINE: Final = 1.28
"""Height of a line for a font of size 1, as Excel spaces Times New Roman."""
_ROW_PADDING: Final = 3
_STEP: Final = 6
_RAGGED: Final = 20
"""Pixels of a column that wrapping at words leaves unused on the average, padding included."""
_MOST_FOR_A_WORD: Final = 80
"""Pixels beyond which no column is widened for the sake of one word."""
_LONG_TEXT: Final = 3000
"""Points on one line, about 650 characters; longer texts claim no more room, or they would claim all."""
_FEW: Final = 200
"""Letters that are added up one by one; of a longer text it is quicker to count the different ones."""
_SLACK: Final = 1.07
"""Texts run wider than their metrics on screen, and where another font steps in for accented letters."""

_REGULAR: Final = {
    250: " ,.", 278: "/:;\\ijlt", 333: "!()-I[]`fr'", 389: "Js", 408: '"', 444: "?acez“”",
    500: "#$*0123456789_bdghknopquvxyđ–", 556: "FPS", 564: "+<=>", 611: "ELTZ", 667: "BCR",
    722: "ADGHKNOQUVXYwĐ", 778: "&m", 833: "%", 889: "M", 944: "W", 1000: "—…@",
}  # fmt: skip
"""Advance widths in thousandths of the font size (Adobe's Times metrics, which Times New Roman shares)."""
_BOLD: Final = {
    250: " ,.", 278: "/\\il", 333: "!()-:;[]`fjt'", 389: "Is", 444: "cerz", 500: "#$*0123456789?J_agovxy–“”",
    556: 'Sbdhknpquđ"', 570: "+<=>", 611: "FP", 667: "BELTZ", 722: "ACDNRUVXYwĐ", 778: "GHKOQ",
    833: "&m", 944: "M", 1000: "%W—…@",
}  # fmt: skip


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of text in a font of ``size`` points, with some slack."""
    if len(text) > _FEW:
        ink = sum(_advance(char, bold) * count for char, count in Counter(text).items())
    else:
        ink = sum(_advance(char, bold) for char in text)
    return ink * size * _SLACK / 1000


@cache
def _advance(char: str, bold: bool) -> int:  # noqa: FBT001 (a key of the cache)
    base = unicodedata.normalize("NFD", char)[0]
    widths = _BOLD if bold else _REGULAR
    return next((width for width, chars in widths.items() if base in chars), 1000)


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Return ``text`` in lines no wider than ``room`` points, broken at spaces, else within long words."""
    space = text_width(" ", size, bold=bold)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for word in paragraph.split(" "):
            for piece in _pieces(word, room, size, bold=bold):
                width = text_width(piece, size, bold=bold)
                if line and used + space + width > room:
                    lines.append(line)
                    line, used = "", 0.0
                line, used = (f"{line} {piece}", used + space + width) if line else (piece, width)
        lines.append(line)
    return lines


def _pieces(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    """Cut a word that is wider than ``room`` into pieces that are not."""
    if text_width(word, size, bold=bold) <= room:
        return [word]
    pieces, piece, used = [], "", 0.0
    for char in word:
        width = _advance(char, bold) * size * _SLACK / 1000
        if piece and used + width > room:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + char, used + width
    return [*pieces, piece]


def text_room(pixels: float) -> float:
    """Return the points that text has in columns of ``pixels`` together."""
    return max(pixels - _PADDING, 1) * POINTS_PER_PIXEL


def text_height(text: str, pixels: float, size: float, *, bold: bool = False) -> float:
    """Return the row height that ``text`` needs, wrapped in columns of ``pixels`` together."""
    return lines_height(len(wrapped(text, text_room(pixels), size, bold=bold)), size)


def is_too_high(text: str, pixels: float, size: float) -> bool:
    """Whether ``text`` needs a higher row than there is; of most that do its letters alone tell."""
    lines = text_width("".join(text.split()), size) / text_room(pixels)
    return lines_height(int(lines), size) > MAX_ROW_HEIGHT or text_height(text, pixels, size) > MAX_ROW_HEIGHT


def lines_height(count: int, size: float) -> float:
    """Return the row height that ``count`` lines need."""
    return count * size * _LINE + _ROW_PADDING


def row_height(texts: Sequence[str], widths: Sequence[float], size: float, *, bold: bool = False) -> float:
    """Return the height of a row whose cells hold ``texts``, in columns of ``widths`` pixels."""
    pairs = zip(texts, widths, strict=True)
    return max(text_height(text, width, size, bold=bold) for text, width in pairs)


def widest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Return the pixels of a column that the widest word of ``text`` needs."""
    widest = max((text_width(word, size, bold=bold) for word in text.split()), default=0.0)
    return widest / POINTS_PER_PIXEL + _PADDING


def column_widths(
    headers: Sequence[str], rows: Sequence[Sequence[str]], size: float, total: float
) -> list[float]:
    """Share ``total`` pixels among columns so that words fit and the rows together are as low as may be.

    Args:
        headers: one a column, in bold.
        rows: the texts of each row.
        size: of the font.
        total: pixels of all columns together; exceeded only where the words need it.
    """
    widths = np.array([widest_word(header, size, bold=True) for header in headers])
    for line in rows:
        words = [min(widest_word(text, size), _MOST_FOR_A_WORD) for text in line]
        widths = np.maximum(widths, words)
    ink = np.array([[text_width(text, size) for text in line] for line in rows]).reshape(-1, len(headers))
    ink = np.minimum(ink, _LONG_TEXT)
    while widths.sum() + _STEP <= total:
        widths[_best_to_widen(ink, widths)] += _STEP
    return [float(width) for width in widths]


def _best_to_widen(ink: Floats, widths: Floats) -> int:
    """Return the column whose widening lowers the rows most; the one with most text where none does."""
    lines = ink / (widths - _RAGGED)
    heights = []
    for column, width in enumerate(widths):
        widened = lines.copy()
        widened[:, column] = ink[:, column] / (width - _RAGGED + _STEP)
        heights.append(widened.max(axis=1, initial=0).sum())
    gains = lines.max(axis=1, initial=0).sum() - np.array(heights)
    return int((gains if gains.max() > 0 else ink.sum(axis=0)).argmax())


def spread(widths: Sequence[float], first: int, last: int) -> float:
    """Return the pixels from column ``first`` to column ``last``, both included."""
    return sum(widths[first : last + 1])


def split_columns(widths: Sequence[float], share: float) -> int:
    """Return the column after which the left ``share`` (0 to 1) of all columns ends, as near as may be."""
    edges = [sum(widths[: index + 1]) for index in range(len(widths))]
    return min(range(len(widths) - 1), key=lambda index: abs(edges[index] - share * edges[-1]))


def chunks(text: str, pixels: float, size: float) -> list[str]:
    """Cut ``text`` at spaces into parts that each fit a row of the greatest height."""
    lines = wrapped(text, text_room(pixels), size)
    most = int((MAX_ROW_HEIGHT - _ROW_PADDING) / (size * _LINE))
    return ["\n".join(lines[start : start + most]) for start in range(0, len(lines), most)]
