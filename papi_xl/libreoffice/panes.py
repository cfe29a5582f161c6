"""What is printed of a sheet, and what stays in view."""

from typing import Any

from xlwings import base_classes

from papi_xl.libreoffice.address import spanning, written
from papi_xl.libreoffice.cells import WHOLE_SHEET
from papi_xl.libreoffice.missing import names_what_it_lacks


@names_what_it_lacks()
class PageSetup(base_classes.PageSetup):
    """What is printed of a sheet."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet

    @property
    def api(self) -> Any:
        return self.sheet.book.api.StyleFamilies.getByName("PageStyles").getByName(self.sheet.api.PageStyle)

    @property
    def print_area(self) -> str | None:
        """The areas as ``$A$1:$B$2``, with commas between several; None without one."""
        areas = self.sheet.api.getPrintAreas()
        places = (
            spanning((area.StartRow + 1, area.StartColumn + 1), (area.EndRow + 1, area.EndColumn + 1))
            for area in areas
        )
        return ",".join(map(written, places)) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        areas = value.split(",") if value else []
        self.sheet.api.setPrintAreas(tuple(self.sheet.range(area).api.RangeAddress for area in areas))

    def fit_width(self) -> None:
        """Print on A4 across, as wide as a page; an extension of this engine.

        Nothing happens where LibreOffice allows no new page style, since a sheet is protected.
        """
        self.sheet.book.tell("FitWidth", self.sheet.name)


class FreezePanes(base_classes.FreezePanes):
    """Rows and columns that stay in view."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        """Freeze the rows and columns of ``frozen_range``: ``1:2``, ``A:A`` or ``A1:B3``."""
        place = self.sheet.range(frozen_range).place
        rows = 0 if place.rows == WHOLE_SHEET.rows else place.row + place.rows - 1
        columns = 0 if place.columns == WHOLE_SHEET.columns else place.column + place.columns - 1
        self._freeze(columns, rows)

    def unfreeze(self) -> None:
        self._freeze(0, 0)

    def _freeze(self, columns: int, rows: int) -> None:
        self.sheet.activate()
        self.sheet.book.controller.freezeAtPosition(columns, rows)
