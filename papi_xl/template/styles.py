"""How the template's sheets look: cell formats by name, and the colours that mark rows and cells."""

from collections.abc import Mapping
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from papi_xl.checklist import COLOURS
from papi_xl.looks import EDGE_COLOUR, HEADER_COLOUR, TABLE_SIZE

READ_ONLY: Final = {"format_columns": True, "format_rows": True}
"""What protected sheets allow all the same."""
DATE: Final = "dd/mm/yyyy"
PERCENT: Final = '[>1]0"%";0%'
"""0.8 and 80 both read 80%, as both mean it."""
SHARE: Final = "0.0%"

_EDGE: Final = {"border": 1, "border_color": EDGE_COLOUR}
_TABLE: Final = {**_EDGE, "font_size": TABLE_SIZE, "text_wrap": True, "valign": "top"}
_OPEN: Final = {**_TABLE, "locked": False}
_BELOW: Final = {"font_size": TABLE_SIZE, "text_wrap": True, "valign": "top", "locked": False}
_MIDDLE: Final = {**_EDGE, "font_size": TABLE_SIZE, "valign": "vcenter", "text_wrap": True}
_FIELD: Final = {**_EDGE, "valign": "vcenter", "align": "left", "text_wrap": True, "locked": False,
                 "bg_color": "#FFFFE5"}  # fmt: skip
_FIGURE: Final = {**_MIDDLE, "align": "center"}
_TOTAL: Final = {"bold": True, "bg_color": "#F2F2F2"}
_BLUE: Final = "#DDEBF7"

STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"},
    "subtitle": {"italic": True, "align": "center", "valign": "vcenter"},
    "intro": {"italic": True, "text_wrap": True, "valign": "vcenter", "align": "left"},
    "head": {**_FIGURE, "bold": True, "bg_color": HEADER_COLOUR},
    "group": {**_FIGURE, "italic": True, "bg_color": "#EDF1F9"},
    "cell": _OPEN,
    "text": {**_OPEN, "num_format": "@"},
    "centre": {**_OPEN, "align": "center"},
    "centre_text": {**_OPEN, "align": "center", "num_format": "@"},
    "date": {**_OPEN, "align": "center", "num_format": DATE},
    "percent": {**_OPEN, "align": "center", "num_format": PERCENT},
    "heading": {**_OPEN, "bold": True, "bg_color": _BLUE},
    "heading_text": {**_OPEN, "bold": True, "bg_color": _BLUE, "num_format": "@"},
    "below": _BELOW,
    "below_text": {**_BELOW, "num_format": "@"},
    "below_percent": {**_BELOW, "align": "center", "num_format": PERCENT},
    "below_date": {**_BELOW, "align": "center", "num_format": DATE},
    "label": {**_EDGE, "bold": True, "valign": "vcenter", "bg_color": "#F2F2F2"},
    "field": _FIELD,
    "field_text": {**_FIELD, "num_format": "@"},
    "field_date": {**_FIELD, "num_format": DATE},
    "hint": {"italic": True, "font_color": "#595959", "valign": "vcenter", "text_wrap": True, "indent": 1},
    "item": _TABLE,
    "item_open": _OPEN,
    "name": _MIDDLE,
    "count": {**_FIGURE, "num_format": "0"},
    "share": {**_FIGURE, "num_format": SHARE},
    "total_name": {**_MIDDLE, **_TOTAL},
    "total_count": {**_FIGURE, **_TOTAL, "num_format": "0"},
    "total_share": {**_FIGURE, **_TOTAL, "num_format": SHARE},
    "as_of_label": {"bold": True, "valign": "vcenter"},
    "as_of": {"bold": True, "align": "left", "valign": "vcenter", "num_format": DATE},
    "warning": {"bold": True, "font_color": "#C00000", "valign": "vcenter"},
    "guide_title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"},
    "guide_section": {"bold": True, "font_size": 13, "valign": "vcenter", "font_color": "#1F3864"},
    "guide_text": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "guide_number": {"align": "right", "valign": "top"},
    "swatch": _EDGE,
    "bold": {"bold": True},
    "plain": {},
}  # fmt: skip
MARKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "heading": {"bold": True, "bg_color": _BLUE},
    "missing": {"bg_color": "#FFFF99"},
    "done": {"bg_color": "#C6E0B4"},
    "overdue": {"bg_color": "#FF9F9F", "bold": True},
    "due_soon": {"bg_color": "#FFD28A"},
    "due_unknown": {"bg_color": "#D9C8EC"},
    "paused": {"bg_color": "#D0CECE", "italic": True},
    "filled": {},
}
"""What conditional formats put on cells beside a border; the guide's legend shows those with a colour."""


CHECK_MARKS: Final = {f"check_{level}": colour for level, colour in COLOURS.items()}
"""The fills by which a check marks cells; the guide's legend shows these too."""


class Looks:
    """The formats of one workbook, each made when it is first asked for."""

    def __init__(self, book: Workbook) -> None:
        """Make formats in ``book``."""
        self.book = book
        self._made: dict[str, Format] = {}

    def __call__(self, name: str, font: str | None = None) -> Format:
        """Return the cell format ``name`` of `STYLES`, in ``font`` where that is not its own."""
        if font:
            return self._make(f"{name} {font}", {**STYLES[name], "font_name": font})
        return self._make(name, STYLES[name])

    def mark(self, name: str) -> Format:
        """Return the mark ``name`` of `MARKS`, for a conditional format or a cell of the legend."""
        return self._make(f"mark {name}", {**MARKS[name], **_EDGE})

    def check_mark(self, name: str) -> Format:
        """Return the mark ``name`` of `CHECK_MARKS`, a fill and nothing else, for a conditional format."""
        return self._make(f"mark {name}", {"bg_color": CHECK_MARKS[name]})

    def _make(self, name: str, properties: Mapping[str, Any]) -> Format:
        if name not in self._made:
            self._made[name] = self.book.add_format(dict(properties))
        return self._made[name]
