"""How tables look wherever they are shown: font, sizes and colours."""

from typing import Final

FONT: Final = "Times New Roman"
TABLE_SIZE: Final = 11
"""Font size of the tables on the screen, in points."""
HEADER_COLOUR: Final = "#D9E1F2"
EDGE_COLOUR: Final = "#7F7F7F"
LIST_HEADER_ROW: Final = 3
"""Row of the headers of a list that fills a sheet; its title and subtitle stand above."""
LIST_TITLE_SIZE: Final = 14
LIST_HEIGHTS: Final = (24, 20)
"""Points of the rows of title and subtitle."""
_PADDING, _CHARACTER = 5, 7
"""Pixels beside the characters of a column and of a character, in Excel's own font."""


def column_width(pixels: float) -> float:
    """Return the width of a column of so many pixels as Excel counts it: in characters."""
    return (pixels - _PADDING) / _CHARACTER
