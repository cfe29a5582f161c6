"""What stands in a block of cells: values and formulas, read and written in a handful of calls.

Calls for a block, whatever its size (a block's first use takes one more, to reach it):

======================  =====================================================================
reading values          2 (values; which cells are dates or truth values), 3 with error cells
reading formulas        3
writing values          2 (values; dates, truth values and formulas together)
filling with a formula  1
clearing                1
======================  =====================================================================
"""

from typing import Any

from xlwings import base_classes

from papi_xl.libreoffice.address import MAX_COLUMNS, MAX_ROWS, PLAIN_BOOK, Place, quoted, written
from papi_xl.libreoffice.values import DATE_BIT, LOGICAL, Rows, entered, error, moment, outgoing, truth

CONTENTS, FORMATS, NOTES = 1 | 2 | 4 | 16, 32 | 64, 8
READ_WHOLE = 200_000
# Calc reads a workbook's truth values as these formulas, and its error values as an empty one.
CONSTANTS, EMPTY = {"=TRUE()": "TRUE", "=FALSE()": "FALSE"}, "="


class Cells(base_classes.Range):
    """A rectangle on a sheet, by its numbers; LibreOffice is asked for it only when it is needed."""

    def __init__(self, sheet: Any, place: Place) -> None:
        self.sheet = sheet
        self.place = place
        self.options: dict[str, Any] = {}
        self._api: Any = None
        self._fetched = 0

    @property
    def api(self) -> Any:
        """LibreOffice's cell range, None for an empty rectangle."""
        if self and (self._api is None or self._fetched != self.sheet.book.shifts):
            row, column, rows, columns = self.place
            corners = column - 1, row - 1, column + columns - 2, row + rows - 2
            self._api = self.sheet.api.getCellRangeByPosition(*corners)
            self._fetched = self.sheet.book.shifts
        return self._api

    @property
    def coords(self) -> tuple[Any, ...]:
        return (self.sheet, *self.place)

    @property
    def row(self) -> int:
        return self.place.row

    @property
    def column(self) -> int:
        return self.place.column

    @property
    def shape(self) -> tuple[int, int]:
        return self.place.rows, self.place.columns

    def __len__(self) -> int:
        return self.place.rows * self.place.columns

    @property
    def max_cells_per_read(self) -> None:
        """No limit: one call carries any block that memory holds."""
        return

    @property
    def max_cells_per_write(self) -> None:
        """No limit: one call carries any block that memory holds."""
        return

    @property
    def arg1_input(self) -> str:
        """The address without dollars, as ``Range.group`` looks at it."""
        return written(self.place, row_absolute=False, column_absolute=False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """Return the address; ``external`` puts book and sheet in front."""
        plain = written(self.place, row_absolute=row_absolute, column_absolute=col_absolute)
        if not external:
            return plain
        book, sheet = self.sheet.book.name, self.sheet.name
        if quoted(sheet) == sheet and PLAIN_BOOK.fullmatch(book):
            return f"[{book}]{sheet}!{plain}"
        return f"{quoted(f'[{book}]{sheet}')}!{plain}"

    @property
    def address(self) -> str:
        return written(self.place)

    def run(self, name: str, *arguments: Any) -> Any:
        """Run a helper inside LibreOffice that takes the document, this block and ``arguments``."""
        return self.sheet.office.run(name, self.sheet.document, self.api, *arguments)

    def _part_in_use(self) -> "Cells":
        """Return the part of a very large range that holds anything at all."""
        if len(self) <= READ_WHOLE:
            return self
        used = self.sheet.used_place()
        bottom = min(self.row + self.place.rows, used.row + used.rows)
        right = min(self.column + self.place.columns, used.column + used.columns)
        rows, columns = max(1, bottom - self.row), max(1, right - self.column)
        return type(self)(self.sheet, Place(self.row, self.column, rows, columns))

    def _widened(self, rows: Rows, part: "Cells") -> Rows:
        if part is not self:
            further = self.place.columns - part.place.columns
            rows = [row + [None] * further for row in rows]
            width = self.place.columns
            rows += ([None] * width for _ in range(self.place.rows - part.place.rows))
        return rows

    def _rows(self, *, dates: bool = True) -> Rows:
        """Return the values, row by row: None, float, bool, str, datetime or CellError."""
        data = self.api.getDataArray()
        rows: Rows = [[None if value == "" else value for value in row] for row in data]
        for kind, places in self.run("Kinds"):
            for place in places:
                self._show(rows, place, kind, dates=dates)
        if any(None in row for row in data):
            for row, column, number in self.sheet.office.run("Errors", self.api):
                rows[row - self.row + 1][column - self.column + 1] = error(number)
        return rows

    def _show(self, rows: Rows, place: Any, kind: int, *, dates: bool) -> None:
        """Turn numbers in ``place`` into dates or truth values; a time without a day stays a number."""
        columns = range(place.StartColumn - self.column + 1, place.EndColumn - self.column + 2)
        epoch = self.sheet.book.epoch
        for row in rows[place.StartRow - self.row + 1 : place.EndRow - self.row + 2]:
            for column in columns:
                value = row[column]
                if type(value) is not float:
                    continue
                if kind & LOGICAL:
                    row[column] = truth(value)
                elif kind & DATE_BIT and dates:
                    row[column] = moment(value, epoch)

    @property
    def raw_value(self) -> Any:
        """A cell's value, or a list of rows; None for an empty rectangle."""
        if not self:
            return None
        part = self._part_in_use()
        rows = self._widened(part._rows(), part)  # noqa: SLF001 - of the same class
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        if self:
            self._write(value)

    def _write(self, value: Any) -> None:
        """Write a scalar into every cell, or rows; what reaches beyond the range is left out.

        Raises:
            TypeError: A value is of a kind that no cell holds.
        """
        if not isinstance(value, list | tuple):
            if isinstance(value, str) and value[:1] == "=" and len(value) > 1:
                self.run("Fill", value[1:])
                return
            value = [[value] * self.place.columns] * self.place.rows
        rows = value if value and isinstance(value[0], list | tuple) else [value]
        rows = [row[: self.place.columns] for row in rows[: self.place.rows]]
        if rows and rows[0]:
            place = Place(self.row, self.column, len(rows), len(rows[0]))
            target = self if place == self.place else type(self)(self.sheet, place)
            block = outgoing(rows, self.sheet.book.epoch)
            target.api.setDataArray(block.data)
            target.run("Finish", block.formulas, block.formats)

    @property
    def formula(self) -> Any:
        """A cell's formula or constant as text, or a tuple of rows of them."""
        if not self:
            return None
        part = self._part_in_use()
        rows = [[entered(value) for value in row] for row in part._rows(dates=False)]  # noqa: SLF001
        for row, column, text in part.run("FormulaTexts"):
            if text != EMPTY:
                rows[row - self.row + 1][column - self.column + 1] = CONSTANTS.get(text, text)
        if len(self) == 1:
            return rows[0][0]
        return tuple(tuple(value or "" for value in row) for row in self._widened(rows, part))

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    @property
    def formula2(self) -> Any:
        """The same as :attr:`formula`: Calc has one kind of formula."""
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.raw_value = value

    @property
    def formula_array(self) -> Any:
        """The array formula of exactly this block; without one, a single cell's formula or None."""
        if not self:
            return None
        return self.run("ArrayFormula") or (self.formula if len(self) == 1 else None)

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.run("FillArray", value.removeprefix("="))

    @property
    def has_array(self) -> bool:
        """Whether the first cell belongs to an array formula."""
        return bool(self.api.getCellByPosition(0, 0).getArrayFormula())

    def clear_contents(self) -> None:
        if self:
            self.api.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        self.api.clearContents(FORMATS)

    def clear(self) -> None:
        if self:
            self.api.clearContents(CONTENTS | FORMATS | NOTES)


WHOLE_SHEET = Place(1, 1, MAX_ROWS, MAX_COLUMNS)
