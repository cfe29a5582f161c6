"""What stands in a block of cells: values and formulas, read and written in a handful of calls.

Calls for a block, whatever its size (one, or for more than 20,000 cells the second figure):

======================  ======
reading values          1 or 2
reading formulas        1 or 2
writing values          1 or 3
filling with a formula  1
clearing                1
======================  ======
"""

from typing import Any

from xlwings import base_classes

from papi_xl.libreoffice.address import MAX_COLUMNS, MAX_ROWS, PLAIN_BOOK, Place, quoted, written
from papi_xl.libreoffice.batch import CARRIED
from papi_xl.libreoffice.bridge import Later
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
        """LibreOffice's cell range, fetched when it is used; None for an empty rectangle."""
        return Later(self._reached) if self else None

    def _reached(self) -> Any:
        self.sheet.book.write_kept()
        if self._api is None or self._fetched != self.sheet.book.shifts:
            top, left, bottom, right = self.place.corners
            self._api = self.sheet.api.getCellRangeByPosition(left, top, right, bottom)
            self._fetched = self.sheet.book.shifts
        return self._api

    @property
    def where(self) -> tuple[Any, ...]:
        """The block as the helpers of ``basic`` take it."""
        return (self.sheet.name, *self.place.corners)

    @property
    def first(self) -> tuple[Any, ...]:
        """The first cell as the helpers of ``basic`` take it."""
        row, column = self.place.corners[:2]
        return self.sheet.name, row, column, row, column

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

    def ask(self, helper: str, *arguments: Any) -> Any:
        """Run a helper inside LibreOffice that reads this block: one call."""
        return self.sheet.book.ask(helper, self.where, *arguments)

    def tell(self, helper: str, *arguments: Any) -> None:
        """Run a helper that writes into this block; it may wait for others."""
        self.sheet.book.tell(helper, self.where, *arguments)

    def _rows(self, *, formulas: bool = False) -> Rows:
        """Return the values, row by row: None, float, bool, str, datetime or CellError.

        Basic hands whole numbers on as such. With ``formulas`` dates stay numbers, and a formula stands in
        place of its value.
        """
        if len(self) > CARRIED:
            huge = len(self) > READ_WHOLE
            block, *known = self.ask("Block", formulas, huge)
            data = self.sheet.office.remote(block).getDataArray()
        else:
            given, *known = self.ask("Values", formulas)
            data = [[float(value) if type(value) is int else value for value in row] for row in given]
        kinds, errors, day, texts = known
        self.sheet.book.know_epoch(day)
        rows: Rows = [[None if value == "" else value for value in row] for row in data]
        for kind, places in kinds:
            for place in places:
                self._show(rows, place, kind, dates=not formulas)
        for row, column, number in errors:
            rows[row - self.row + 1][column - self.column + 1] = error(number)
        if formulas:
            rows = [[entered(value) for value in row] for row in rows]
            for row, column, text in texts:
                if text != EMPTY:
                    rows[row - self.row + 1][column - self.column + 1] = CONSTANTS.get(text, text)
        return self._widened(rows)

    def _widened(self, rows: Rows) -> Rows:
        """Return the rows with what lies beyond the cells in use."""
        further = self.place.columns - len(rows[0])
        if further:
            rows = [row + [None] * further for row in rows]
        rows += ([None] * self.place.columns for _ in range(self.place.rows - len(rows)))
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
        rows = self._rows()
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
                self.tell("Fill", value[1:])
                return
            value = [[value] * self.place.columns] * self.place.rows
        rows = value if value and isinstance(value[0], list | tuple) else [value]
        rows = [row[: self.place.columns] for row in rows[: self.place.rows]]
        if rows and rows[0]:
            place = Place(self.row, self.column, len(rows), len(rows[0]))
            type(self)(self.sheet, place)._enter(rows)  # noqa: SLF001 - of the same class

    def _enter(self, rows: Rows) -> None:
        """Write rows that fill the block exactly; very many cells go to it directly."""
        book = self.sheet.book
        block = outgoing(rows, lambda: book.epoch)
        if len(self) <= CARRIED:
            self.tell("Enter", block.data, block.formulas, block.formats, book.app.held)
        elif book.app.held:
            book.tell("Enter", self.where, (), block.formulas, block.formats, book.app.held, data=block.data)
        else:
            self.ask("Area").setDataArray(block.data)
            self.tell("Finish", block.formulas, block.formats)

    @property
    def formula(self) -> Any:
        """A cell's formula or constant as text, or a tuple of rows of them."""
        if not self:
            return None
        rows = self._rows(formulas=True)
        if len(self) == 1:
            return rows[0][0]
        return tuple(tuple(value or "" for value in row) for row in rows)

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
        return self.ask("ArrayFormula") or (self.formula if len(self) == 1 else None)

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.tell("FillArray", value.removeprefix("="))

    @property
    def has_array(self) -> bool:
        """Whether the first cell belongs to an array formula."""
        return bool(self.ask("HasArray"))

    def clear_contents(self) -> None:
        if self:
            self.tell("Wipe", CONTENTS)

    def clear_formats(self) -> None:
        if self:
            self.tell("Wipe", FORMATS)

    def clear(self) -> None:
        if self:
            self.tell("Wipe", CONTENTS | FORMATS | NOTES)


WHOLE_SHEET = Place(1, 1, MAX_ROWS, MAX_COLUMNS)
