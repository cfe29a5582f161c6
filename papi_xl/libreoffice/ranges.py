"""The range: moving about a sheet, inserting, copying, links, notes and names."""

from collections.abc import Sequence
from typing import Any

from xlwings import base_classes

from papi_xl.libreoffice.address import MAX_COLUMNS, MAX_ROWS, Place, quoted
from papi_xl.libreoffice.batch import Task
from papi_xl.libreoffice.bridge import enum, properties, struct
from papi_xl.libreoffice.links import OfficeError, Typed
from papi_xl.libreoffice.looks import Looks
from papi_xl.libreoffice.missing import names_what_it_lacks
from papi_xl.libreoffice.names import Name, set_name
from papi_xl.libreoffice.rules import ConditionalFormats

PASTES = {
    "formats": "T", "formulas": "SVDF", "values": "SVD", "comments": "N", None: "A", "all": "A",
    "formulas_and_number_formats": "SVDFT", "values_and_number_formats": "SVDT",
}  # fmt: skip
OPERATIONS = {None: 0, "add": 1, "subtract": 2, "multiply": 3, "divide": 4}


@names_what_it_lacks()
class Note(base_classes.Note):
    """The note of a cell, Calc's annotation."""

    location: Any = None

    def __init__(self, location: "Range") -> None:
        self.location = location

    @property
    def api(self) -> Any:
        return self.location.api.getCellByPosition(0, 0).Annotation

    @property
    def text(self) -> str:
        return str(self.api.String)

    @text.setter
    def text(self, value: str) -> None:
        self.api.String = value

    @property
    def author(self) -> str:
        return str(self.api.Author)

    def delete(self) -> None:
        self.location.api.getCellByPosition(0, 0).clearContents(8)


@names_what_it_lacks("comment")
class Range(Looks):
    """A range of cells as xlwings uses it; row and column numbers begin at 1."""

    @property
    def conditional_formats(self) -> ConditionalFormats:
        return ConditionalFormats(self, (self.place.corners,))

    def __call__(self, *arguments: int) -> "Range":
        """Return the n-th cell, or the cell at (row, column), counted from the range's first cell."""
        if len(arguments) == 1:
            row, column = divmod(arguments[0] - 1, self.place.columns)
        else:
            row, column = arguments[0] - 1, arguments[1] - 1
        return self._at(self.row + row, self.column + column, 1, 1)

    def _at(self, row: int, column: int, rows: int, columns: int) -> "Range":
        return self.sheet.range((row, column, rows, columns))  # type: ignore[no-any-return]

    @property
    def rows(self) -> "Range":
        return self

    @property
    def columns(self) -> "Range":
        return self

    def _line(self, *, down: bool) -> tuple[list[bool], list[bool]]:
        """Return for the cells from the first one on whether they hold something, and whether it shows.

        A formula that gives an empty text holds something and shows nothing. Four calls.
        """
        used = self.sheet.used_place()
        if down:
            part = self._at(self.row, self.column, max(3, used.row + used.rows - self.row), 1)
        else:
            part = self._at(self.row, self.column, 1, max(3, used.column + used.columns - self.column))
        texts, values = part.api.getFormulaArray(), part.api.getDataArray()
        return [one != "" for row in texts for one in row], [one != "" for row in values for one in row]

    def end(self, direction: str) -> "Range":
        """Return the cell that Ctrl and an arrow key reach: ``down``, ``up``, ``right`` or ``left``."""
        vertical, onward = direction in {"down", "up"}, direction in {"down", "right"}
        here, edge = (self.row, MAX_ROWS) if vertical else (self.column, MAX_COLUMNS)
        if onward:
            found = here + far_end(self._line(down=vertical)[0], edge - here)
        else:
            before = self._at(1, self.column, here, 1) if vertical else self._at(self.row, 1, 1, here)
            found = here - far_end(filled(before, vertical=vertical)[::-1], here - 1)
        return self._at(found, self.column, 1, 1) if vertical else self._at(self.row, found, 1, 1)

    def expand(self, mode: Any = "table") -> "Range":
        """Return the range grown over the filled cells: ``table``, ``down`` or ``right``."""
        if mode not in {"table", "vertical", "down", "d", "horizontal", "right", "r"}:
            return super().expand(mode)  # type: ignore[no-untyped-call,no-any-return]
        rows, columns = (1, 1) if mode == "table" else self.shape
        if mode in {"table", "vertical", "down", "d"}:
            rows = block_length(*self._line(down=True))
        if mode in {"table", "horizontal", "right", "r"}:
            columns = block_length(*self._line(down=False))
        return self._at(self.row, self.column, rows, columns)

    @property
    def current_region(self) -> Any:
        return self._around(merged=False)

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Insert cells here; ``copy_origin`` is left to Calc, which takes the format from before."""
        del copy_origin
        down = shift == "down" if shift else self.place.columns >= self.place.rows
        self.sheet.api.insertCells(self.api.RangeAddress, self._mode("Insert", "DOWN" if down else "RIGHT"))
        self.sheet.book.moved()

    def delete(self, shift: str | None = None) -> None:
        up = shift == "up" if shift else self.place.columns >= self.place.rows
        self.sheet.api.removeRange(self.api.RangeAddress, self._mode("Delete", "UP" if up else "LEFT"))
        self.sheet.book.moved()

    def _mode(self, action: str, shift: str) -> Any:
        if self.place.columns == MAX_COLUMNS:
            shift = "ROWS"
        elif self.place.rows == MAX_ROWS:
            shift = "COLUMNS"
        return enum(f"sheet.Cell{action}Mode", shift)

    def copy(self, destination: Any = None) -> None:
        """Copy to ``destination``; without one, keep this range for :meth:`paste`."""
        if destination is None:
            self.sheet.book.app.copied = self
        else:
            destination.impl.copy_from(self)

    def copy_from(
        self, source_range: Any, copy_type: str = "all", skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Copy from another range, also of another book; ``copy_type`` as for :meth:`paste`."""
        source = getattr(source_range, "impl", source_range)
        if copy_type == "link":
            raise NotImplementedError("Range.copy_from(copy_type='link') is not available with LibreOffice")
        plain = copy_type == "all" and not (skip_blanks or transpose)
        if plain and source.sheet.book is self.sheet.book:
            cell = self.api.getCellByPosition(0, 0).CellAddress
            self.sheet.api.copyRange(cell, source.api.RangeAddress)
        else:
            self._insert(source, PASTES[copy_type], 0, skip_blanks=skip_blanks, transpose=transpose)

    def paste(
        self,
        paste: str | None = None,
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Paste the range that was copied last.

        Raises:
            OfficeError: Nothing was copied.
            NotImplementedError: Calc has no such way of pasting.
        """
        source = self.sheet.book.app.copied
        if source is None:
            raise OfficeError("Nothing was copied: call Range.copy() first")
        if paste not in PASTES:
            raise NotImplementedError(f"Range.paste({paste!r}) is not available with LibreOffice")
        self._insert(
            source, PASTES[paste], OPERATIONS[operation], skip_blanks=skip_blanks, transpose=transpose
        )

    def _insert(
        self, source: "Range", flags: str, operation: int, *, skip_blanks: bool, transpose: bool
    ) -> None:
        """Copy and paste as the menu does, through LibreOffice's own clipboard."""
        source.select()
        source.sheet.book.dispatch("Copy")
        self(1, 1).select()
        choices = properties(
            Flags=flags, FormulaCommand=operation, SkipEmptyCells=skip_blanks, Transpose=transpose,
            AsLink=False, MoveMode=4,
        )  # fmt: skip
        self.sheet.book.dispatch("InsertContents", choices)

    def move(self, destination: Any) -> None:
        destination = getattr(destination, "impl", destination)
        if destination.sheet.book is not self.sheet.book:
            raise NotImplementedError("Range.move to another book is not available with LibreOffice")
        destination.sheet.api.moveRange(
            destination.api.getCellByPosition(0, 0).CellAddress, self.api.RangeAddress
        )
        self.sheet.book.moved()

    def select(self) -> None:
        self.sheet.book.show(self.sheet, lambda: Task("Choose", (self.where, self.sheet.book.app.attached)))

    @property
    def hyperlink(self) -> str:
        """The link's address.

        Raises:
            OfficeError: The cell holds no link.
        """
        target = self.sheet.book.ask("LinkTarget", self.first)
        if not target:
            raise OfficeError("The cell doesn't seem to contain a hyperlink!")
        return str(target)

    def add_hyperlink(self, address: str, text_to_display: Any = None, screen_tip: Any = None) -> None:
        """Put a link into the cell; Calc has no place for the screen tip, which is dropped."""
        del screen_tip
        self.sheet.book.tell("Link", self.first, address, text_to_display or address)

    @property
    def note(self) -> Note | None:
        note = Note(self._at(self.row, self.column, 1, 1))
        return note if note.text else None

    def add_note(self, text: str) -> Note:
        position = struct(
            "table.CellAddress", Sheet=self.sheet.index - 1, Row=self.row - 1, Column=self.column - 1
        )
        self.sheet.api.Annotations.insertNew(position, text)
        return Note(self._at(self.row, self.column, 1, 1))

    @property
    def name(self) -> Name | None:
        """The first defined name that stands for exactly this range."""
        wanted = "=" + quoted(self.sheet.name) + "!" + self.address
        names: Sequence[Name] = list(self.sheet.book.names)
        texts = {wanted, wanted.replace("=", "=$", 1)}
        return next((name for name in names if name.refers_to in texts), None)

    @name.setter
    def name(self, value: str) -> None:
        set_name(self.sheet.book, value, f"{quoted(self.sheet.name)}!{self.address}")

    @property
    def table(self) -> Any:
        """The table that holds the first cell, or None."""
        return next((table for table in self.sheet.tables if holds(table.range.place, self.place)), None)

    def sort(self, keys: list[int], ascending: list[bool], has_headers: bool) -> None:
        """Sort the rows by columns (from 1); text without regard to capitals."""
        fields = tuple(
            struct("table.TableSortField", Field=key - 1, IsAscending=up, IsCaseSensitive=False)
            for key, up in zip(keys, ascending, strict=True)
        )
        sort_fields = Typed("[]com.sun.star.table.TableSortField", fields)
        self.api.sort(properties(SortFields=sort_fields, ContainsHeader=has_headers, IsSortColumns=False))

    def to_pdf(self, path: str, quality: str) -> None:
        del quality
        selection = Typed("[]com.sun.star.beans.PropertyValue", properties(Selection=self.api))
        self.sheet.book.export(path, "calc_pdf_Export", FilterData=selection)


def holds(outer: Place, inner: Place) -> bool:
    """Return whether ``outer`` holds the first cell of ``inner``."""
    return (
        outer.row <= inner.row < outer.row + outer.rows
        and outer.column <= inner.column < outer.column + outer.columns
    )


def filled(line: Range, *, vertical: bool) -> list[bool]:
    """Return for each cell of one row or column whether it holds something. Two calls, however long it is."""
    first = (line.row if vertical else line.column) - 1
    found = [False] * (line.place.rows * line.place.columns)
    for one in line.api.queryContentCells(1 + 2 + 4 + 16).RangeAddresses:  # all but notes and formats
        start, last = (one.StartRow, one.EndRow) if vertical else (one.StartColumn, one.EndColumn)
        found[start - first : last - first + 1] = [True] * (last - start + 1)
    return found


def far_end(held: list[bool], edge: int) -> int:
    """Return how many cells Ctrl and an arrow key move; ``edge`` cells lead to the sheet's end."""
    if held[0] and held[1:2] == [True]:
        return next((index for index, one in enumerate(held) if not one), len(held)) - 1
    return next((index for index, one in enumerate(held) if one and index), edge)


def block_length(held: list[bool], shown: list[bool]) -> int:
    """Return how many cells from the first one on xlwings takes for one block."""
    if not shown[1]:
        return 1
    return 1 + far_end(held[1:], 1) + 1 if shown[2] else 2
