"""How a block of cells looks: number formats, colours, alignment, sizes, merged cells."""

from typing import Any

from papi_xl.libreoffice.bridge import enum
from papi_xl.libreoffice.cells import Cells
from papi_xl.libreoffice.fonts import HUNDREDTHS_PER_POINT, Borders, Font, in_excel_notation, packed, unpacked

HUNDREDTHS_PER_PIXEL = 2540 / 96
CHARACTER_PIXELS, PADDING_PIXELS = 7, 5
HORIZONTAL = {  # in the order of LibreOffice's own numbers
    "general": "STANDARD", "left": "LEFT", "center": "CENTER", "right": "RIGHT", "justify": "BLOCK",
    "fill": "REPEAT",
}  # fmt: skip
VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}
STANDARD_VERTICAL = 0


class Looks(Cells):
    """The formats of a range; what differs between its cells reads as None, as in Excel."""

    @property
    def font(self) -> Font:
        return Font(self)

    def _shared(self, member: str) -> Any:
        return self.sheet.office.run("CommonValue", self.api, member)

    @property
    def borders(self) -> Borders:
        return Borders(self)

    @property
    def number_format(self) -> str | None:
        """The format in Excel's notation."""
        code = self.run("GetFormat")
        return None if code is None else in_excel_notation(code)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.run("SetFormat", value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The background; None without one or where the cells differ."""
        number = self._shared("CellBackColor")
        return None if number is None or number < 0 else unpacked(number)

    @color.setter
    def color(self, value: Any) -> None:
        if self:
            self.api.CellBackColor = packed(value)

    def set_colors(self, colors: list[list[Any]]) -> None:
        """Colour cell by cell in one call; an Ellipsis leaves a cell as it is."""
        wanted = [
            (row, column, packed(color))
            for row, line in enumerate(colors)
            for column, color in enumerate(line)
            if color is not ...
        ]
        self.sheet.office.run("Colour", self.api, tuple(wanted))

    @property
    def wrap_text(self) -> bool | None:
        return self._shared("IsTextWrapped")  # type: ignore[no-any-return]

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.api.IsTextWrapped = value

    @property
    def horizontal_alignment(self) -> str | None:
        found = self._shared("HoriJustify")
        return None if found is None else list(HORIZONTAL)[found]

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in HORIZONTAL:
            raise NotImplementedError(
                f"Range.horizontal_alignment = {value!r} is not available with LibreOffice"
            )
        self.api.HoriJustify = enum("table.CellHoriJustify", HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> str | None:
        """The alignment; Calc's standard one is Excel's, at the bottom."""
        found = self._shared("VertJustify")
        if found is None or found == STANDARD_VERTICAL:
            return None if found is None else "bottom"
        return next(name for name, known in VERTICAL.items() if known == found)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        if value not in VERTICAL:
            raise NotImplementedError(
                f"Range.vertical_alignment = {value!r} is not available with LibreOffice"
            )
        self.api.VertJustify = VERTICAL[value]

    @property
    def column_width(self) -> float:
        """The width in characters of Excel's standard font, the first column's where they differ."""
        width = self.api.Columns.Width if self else 0
        if not width:
            return width
        return max(0.0, round((width / HUNDREDTHS_PER_PIXEL - PADDING_PIXELS) / CHARACTER_PIXELS, 2))

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.api.Columns.Width = round((value * CHARACTER_PIXELS + PADDING_PIXELS) * HUNDREDTHS_PER_PIXEL)

    @property
    def row_height(self) -> float:
        """The height in points, the first row's where they differ."""
        height = self.api.Rows.Height if self else 0
        return height and round(height / HUNDREDTHS_PER_POINT, 1)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.api.Rows.Height = round(value * HUNDREDTHS_PER_POINT)

    @property
    def width(self) -> float:
        """The width in points."""
        return round(self.api.Size.Width / HUNDREDTHS_PER_POINT, 2) if self else 0.0

    @property
    def height(self) -> float:
        """The height in points."""
        return round(self.api.Size.Height / HUNDREDTHS_PER_POINT, 2) if self else 0.0

    @property
    def left(self) -> float:
        """The distance from column A in points."""
        return round(self.api.Position.X / HUNDREDTHS_PER_POINT, 2) if self else 0.0

    @property
    def top(self) -> float:
        """The distance from row 1 in points."""
        return round(self.api.Position.Y / HUNDREDTHS_PER_POINT, 2) if self else 0.0

    @property
    def row_hidden(self) -> bool | None:
        shown = self.api.Rows.IsVisible
        return None if shown is None else not shown

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.api.Rows.IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        shown = self.api.Columns.IsVisible
        return None if shown is None else not shown

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.api.Columns.IsVisible = not value

    def autofit(self, axis: str | None = None) -> None:
        """Fit columns (``c``, ``columns``), rows (``r``, ``rows``) or both to what they hold."""
        if self and axis in {None, "c", "columns"}:
            self.api.Columns.OptimalWidth = True
        if self and axis in {None, "r", "rows"}:
            self.api.Rows.OptimalHeight = True

    @property
    def merge_cells(self) -> bool | None:
        """Whether all cells lie in one merged area; None where the range only holds one."""
        first = self._around(self.api.getCellByPosition(0, 0), merged=True).place
        bottom, right = first.row + first.rows, first.column + first.columns
        if first.rows * first.columns > 1 and self.row + self.place.rows <= bottom:
            return self.column + self.place.columns <= right or None
        return None if len(self) > 1 and self.api.IsMerged else False

    @property
    def merge_area(self) -> Any:
        """The merged cells round this cell, or the cell itself."""
        return self._around(self.api, merged=True)

    def _around(self, api: Any, *, merged: bool) -> Any:
        top, left, bottom, right = self.sheet.office.run("RegionAround", self.sheet.api, api, merged)
        return self.sheet.spanned((top + 1, left + 1), (bottom + 1, right + 1))

    def merge(self, across: bool) -> None:
        """Merge all cells into one, or with ``across`` each row by itself."""
        last = self.place.columns - 1
        rows = range(self.place.rows)
        parts = [self.api.getCellRangeByPosition(0, row, last, row) for row in rows] if across else [self.api]
        for part in parts:
            part.merge(True)  # noqa: FBT003 - LibreOffice's own signature

    def unmerge(self) -> None:
        self.api.merge(False)  # noqa: FBT003 - LibreOffice's own signature
