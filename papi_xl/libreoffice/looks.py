"""How a block of cells looks: number formats, colours, alignment, sizes, merged cells."""

from typing import Any

from papi_xl.libreoffice.cells import Cells
from papi_xl.libreoffice.fonts import HUNDREDTHS_PER_POINT, Borders, Font, in_excel_notation, packed, unpacked
from papi_xl.libreoffice.values import runs

Spans = tuple[tuple[int, int], ...]
RichText = tuple[tuple[str, tuple[Any, ...], str], ...]
CHARACTERS = (
    "CharFontName", "CharHeight", "CharWeight", "CharPosture", "CharUnderline", "CharStrikeout", "CharColor",
    "CharEscapement", "CharEscapementHeight",
)  # fmt: skip
Rectangles = tuple[tuple[int, int, int, int], ...]
FontSpans = tuple[tuple[str, tuple[int, ...]], ...]
Pieces = tuple[tuple[str, str], ...]
HUNDREDTHS_PER_PIXEL = 2540 / 96
CHARACTER_PIXELS, PADDING_PIXELS = 7, 5
HORIZONTAL = ("general", "left", "center", "right", "justify", "fill")  # by LibreOffice's own numbers
VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}
STANDARD_VERTICAL = 0


class Looks(Cells):
    """The formats of a range; what differs between its cells reads as None, as in Excel."""

    @property
    def font(self) -> Font:
        return Font(self)

    def dress(self, **settings: Any) -> None:
        """Set properties of LibreOffice's cell range, enum values by their numbers."""
        names = tuple(sorted(settings))
        self.tell("Dress", names, tuple(settings[name] for name in names))

    def _shared(self, member: str) -> Any:
        return self.ask("Common", member)

    @property
    def borders(self) -> Borders:
        return Borders(self)

    @property
    def number_format(self) -> str | None:
        """The format in Excel's notation."""
        code = self.ask("GetFormat")
        return None if code is None else in_excel_notation(code)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.tell("SetFormat", value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The background; None without one or where the cells differ."""
        number = self._shared("CellBackColor")
        return None if number is None or number < 0 else unpacked(number)

    @color.setter
    def color(self, value: Any) -> None:
        if self:
            self.dress(CellBackColor=packed(value))

    def set_colors(self, colors: list[list[Any]]) -> None:
        """Colour cell by cell in one call; an Ellipsis leaves a cell as it is."""
        wanted = [
            (row, column, packed(color))
            for row, line in enumerate(colors)
            for column, color in enumerate(line)
            if color is not ...
        ]
        self.tell("Colour", tuple(wanted))

    @property
    def wrap_text(self) -> bool | None:
        return self._shared("IsTextWrapped")  # type: ignore[no-any-return]

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.dress(IsTextWrapped=bool(value))

    @property
    def horizontal_alignment(self) -> str | None:
        found = self._shared("HoriJustify")
        return None if found is None else HORIZONTAL[found]

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in HORIZONTAL:
            raise NotImplementedError(
                f"Range.horizontal_alignment = {value!r} is not available with LibreOffice"
            )
        self.dress(HoriJustify=HORIZONTAL.index(value))

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
        self.dress(VertJustify=VERTICAL[value])

    def _measured(self, number: int) -> float:
        """Return one of the helper's measures in hundredths of a millimetre, 0 for an empty rectangle."""
        return float(self.ask("Measure")[number]) if self else 0.0

    @property
    def column_width(self) -> float:
        """The width in characters of Excel's standard font, the first column's where they differ."""
        width = self._measured(0)
        return width and max(
            0.0, round((width / HUNDREDTHS_PER_PIXEL - PADDING_PIXELS) / CHARACTER_PIXELS, 2)
        )

    @column_width.setter
    def column_width(self, value: float) -> None:
        width = round((value * CHARACTER_PIXELS + PADDING_PIXELS) * HUNDREDTHS_PER_PIXEL)
        self._stretch("Width", width, down=False)

    def _stretch(self, member: str, value: Any, *, down: bool) -> None:
        """Set a property of the rows, or of the columns."""
        self.tell("Stretch", down, member, value)

    @property
    def row_height(self) -> float:
        """The height in points, the first row's where they differ."""
        return round(self._measured(1) / HUNDREDTHS_PER_POINT, 1)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self._stretch("Height", round(value * HUNDREDTHS_PER_POINT), down=True)

    @property
    def width(self) -> float:
        """The width in points."""
        return round(self._measured(2) / HUNDREDTHS_PER_POINT, 2)

    @property
    def height(self) -> float:
        """The height in points."""
        return round(self._measured(3) / HUNDREDTHS_PER_POINT, 2)

    @property
    def left(self) -> float:
        """The distance from column A in points."""
        return round(self._measured(4) / HUNDREDTHS_PER_POINT, 2)

    @property
    def top(self) -> float:
        """The distance from row 1 in points."""
        return round(self._measured(5) / HUNDREDTHS_PER_POINT, 2)

    def _hides(self, *, down: bool) -> bool | None:
        """Return whether all rows are hidden, or all columns; None where some are."""
        first, count = (self.row, self.place.rows) if down else (self.column, self.place.columns)
        gone = sum(last - top + 1 for top, last in hidden(first, count, self.ask("Shown", down)))
        return None if 0 < gone < count else bool(gone)

    @property
    def row_hidden(self) -> bool | None:
        return self._hides(down=True)

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self._stretch("IsVisible", not value, down=True)

    @property
    def column_hidden(self) -> bool | None:
        return self._hides(down=False)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self._stretch("IsVisible", not value, down=False)

    def autofit(self, axis: str | None = None) -> None:
        """Fit columns (``c``, ``columns``), rows (``r``, ``rows``) or both to what they hold."""
        if self and axis in {None, "c", "columns"}:
            self._stretch("OptimalWidth", value=True, down=False)
        if self and axis in {None, "r", "rows"}:
            self._stretch("OptimalHeight", value=True, down=True)

    @property
    def merge_cells(self) -> bool | None:
        """Whether all cells lie in one merged area; None where the range only holds one."""
        return self.ask("MergeState")  # type: ignore[no-any-return]

    @property
    def merge_area(self) -> Any:
        """The merged cells round this cell, or the cell itself."""
        return self._around(merged=True)

    def _around(self, *, merged: bool) -> Any:
        return self.sheet.book.at(self.ask("Region", merged))

    def layout(self) -> tuple[Rectangles, Spans, Spans]:
        """Return the merged cells, the hidden rows and the hidden columns of the range; one call.

        An extension of this engine. Merged cells are (top, left, bottom, right), whole where they reach
        beyond the range; hidden rows and columns are (first, last). All count from 1.
        """
        merges, rows, columns = self.ask("Layout")
        return (
            tuple(sorted((top + 1, left + 1, bottom + 1, right + 1) for top, left, bottom, right in merges)),
            hidden(self.row, self.place.rows, rows),
            hidden(self.column, self.place.columns, columns),
        )

    def formats(self) -> tuple[tuple[str, str, Rectangles], ...]:
        """Return the number formats and fonts of the range with where they are; one call.

        An extension of this engine. Rectangles are (top, left, bottom, right) and count from 1.
        """
        return tuple(
            (in_excel_notation(code), font, tuple(tuple(edge + 1 for edge in at) for at in places))
            for code, font, places in self.ask("Formats")
        )

    def rich_texts(self) -> dict[tuple[int, int], RichText]:
        """Return the texts of the range that have more than one look, or a link, by row and column; one call.

        An extension of this engine. A piece is its text, its settings in the order of :data:`CHARACTERS`, and
        the address of its link or "".
        """
        found = self.ask("RichTexts", CHARACTERS)
        return {(row + 1, column + 1): pieces for row, column, pieces in found}

    def put_rich_text(self, pieces: RichText) -> None:
        """Write such a text into the first cell; settings that end early leave the others as the cell's."""
        self.tell("PutRichText", CHARACTERS, pieces)

    def fonts(self, cells: tuple[tuple[int, int], ...]) -> tuple[FontSpans, tuple[Pieces, ...]]:
        """Return which font each part of the range has, and the pieces of the texts of ``cells``; one call.

        An extension of this engine. A part is (font, (top, left, bottom, right)), a piece (font, text);
        ``cells`` are (row, column). All count from 1.
        """
        spans, pieces = self.ask("Fonts", tuple((row - 1, column - 1) for row, column in cells))
        places = ((font, tuple(number + 1 for number in place)) for font, *place in spans)
        return tuple(places), tuple(pieces)

    def merge(self, across: bool) -> None:
        """Merge all cells into one, or with ``across`` each row by itself."""
        self.tell("Join", "across" if across else "all")

    def unmerge(self) -> None:
        self.tell("Join", "")


def hidden(first: int, count: int, shown: Spans) -> Spans:
    """Return the spans of rows or columns that are hidden.

    Args:
        first: The number of the first one, from 1.
        count: How many there are.
        shown: First and last of each visible span, from 0.
    """
    there = {number for top, last in shown for number in range(top + 1, last + 2)}
    return tuple(runs([number for number in range(first, first + count) if number not in there]))
