"""How tables look wherever they are shown: font, sizes and colours."""

from typing import Final

FONT: Final = "Times New Roman"
TABLE_SIZE: Final = 11
"""Font size of the tables on the screen, in points."""
HEADER_COLOUR: Final = "#D9E1F2"
EDGE_COLOUR: Final = "#7F7F7F"
