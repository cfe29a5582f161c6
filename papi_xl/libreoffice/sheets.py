"""Sheets and what can be done with a whole one."""

import numbers
from collections.abc import Iterator
from typing import Any

from xlwings import NoSuchObjectError, base_classes

from papi_xl.libreoffice.address import Place, parsed, parsed_areas, spanning, split_sheet
from papi_xl.libreoffice.areas import Areas
from papi_xl.libreoffice.batch import Task
from papi_xl.libreoffice.bridge import Later, Office
from papi_xl.libreoffice.cells import WHOLE_SHEET
from papi_xl.libreoffice.links import OfficeError
from papi_xl.libreoffice.missing import names_what_it_lacks
from papi_xl.libreoffice.names import Names
from papi_xl.libreoffice.panes import FreezePanes, PageSetup
from papi_xl.libreoffice.ranges import Range
from papi_xl.libreoffice.tables import Tables


@names_what_it_lacks("pivot_tables")
class Sheet(base_classes.Sheet):
    """A sheet; ``api`` is LibreOffice's."""

    is_book = False
    book: Any = None

    def __init__(self, book: Any, name: str) -> None:
        self.book = book
        self._name = name
        self._api: Any = None
        self._fetched = 0

    @property
    def api(self) -> Any:
        """LibreOffice's sheet, fetched when it is used, and anew where cells were inserted or deleted since.

        LibreOffice moves the sheet object's own corner along with the cells, which then lie outside of it.
        """
        return Later(self._reached)

    def _reached(self) -> Any:
        self.book.write_kept()
        if self._api is None or self._fetched != self.book.shifts:
            self._api = self.book.document.Sheets.getByName(self._name)
            self._fetched = self.book.shifts
        return self._api

    @property
    def office(self) -> Office:
        return self.book.office  # type: ignore[no-any-return]

    @property
    def name(self) -> str:
        """The name; asking for it is no call."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        before, cached = self._name, self.book.cached_names
        self.book.batch.reverts.append(lambda: setattr(self, "_name", before))
        self._name = value
        if cached is not None:
            cached[cached.index(before)] = value
        self.book.tell("RenameSheet", before, value)

    @property
    def index(self) -> int:
        """The sheet's number, from 1."""
        return 1 + self.book.sheet_names.index(self._name)  # type: ignore[no-any-return]

    @property
    def names(self) -> Names:
        return Names(self)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def freeze_panes(self) -> FreezePanes:
        return FreezePanes(self)

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self)

    @property
    def notes(self) -> list[Any]:
        notes = self.api.Annotations
        places = [notes.getByIndex(index).Position for index in range(notes.Count)]
        return [self.range((place.Row + 1, place.Column + 1)).note for place in places]

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Return a range: an address or name, (row, column), (row, column, rows, columns), two cells.

        Raises:
            NoSuchObjectError: A text is neither an address nor a name.
            IndexError: A row or column number is below 1.
        """
        if isinstance(arg1, str) and arg2 is None:
            several = parsed_areas(arg1)
            return self._several(*several) if several else self._named(arg1)
        if isinstance(arg1, tuple) and len(arg1) == 4:  # noqa: PLR2004 - row, column, rows, columns
            return Range(self, Place(*arg1))
        one, other = self._place(arg1), self._place(arg1 if arg2 is None else arg2)
        last = (
            max(one.row + one.rows, other.row + other.rows),
            max(one.column + one.columns, other.column + other.columns),
        )
        return self.spanned(
            (min(one.row, other.row), min(one.column, other.column)), (last[0] - 1, last[1] - 1)
        )

    def _several(self, label: str | None, places: tuple[Place, ...]) -> Any:
        return Areas(self if label is None else self.book.sheets(label), places)

    def _place(self, cell: Any) -> Place:
        if isinstance(cell, tuple):
            if 0 in cell:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            return Place(cell[0], cell[1], 1, 1)
        return self._named(cell).place if isinstance(cell, str) else cell.place

    def spanned(self, one: tuple[int, int], other: tuple[int, int]) -> Range:
        """Return the range between two cells given as (row, column)."""
        return Range(self, spanning(one, other))

    def _named(self, text: str) -> Range:
        label, rest = split_sheet(text)
        sheet = self if label is None else self.book.sheets(label)
        place = parsed(rest)
        if place:
            return Range(sheet, place)
        found = self.book.ask("Resolve", sheet.name, rest)
        if found is None:
            raise NoSuchObjectError(f"The address/named range '{text}' doesn't exist.")
        if found[1] is None:
            raise OfficeError(f"The name {rest} does not stand for a range")
        return self.book.at(found[1])  # type: ignore[no-any-return]

    @property
    def cells(self) -> Range:
        return Range(self, WHOLE_SHEET)

    def used_place(self) -> Place:
        """Return the rectangle in use, A1 for an empty sheet; one call."""
        _, top, left, bottom, right = self.book.ask("Used", self._name)
        return spanning((top + 1, left + 1), (bottom + 1, right + 1))

    @property
    def used_range(self) -> Range:
        return Range(self, self.used_place())

    def activate(self) -> None:
        self.book.show(self, lambda: Task("Activate", (self._name, self.book.app.attached)))

    def select(self) -> None:
        self.activate()

    def clear_contents(self) -> None:
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        self.cells.clear_formats()

    def clear(self) -> None:
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    def delete(self) -> None:
        known, cached = self.book.known_sheets, self.book.cached_names
        self.book.batch.drop_sheet(self)
        self.book.batch.reverts.append(lambda: known.append(self))
        known.remove(self)
        if cached is not None:
            cached.remove(self._name)
        self.book.tell("RemoveSheet", self._name)

    def copy(self, before: "Sheet | None", after: "Sheet | None") -> None:
        """Copy before or after a sheet, also of another book."""
        target = before or after
        if target is None:
            raise ValueError("A copy needs a sheet to stand before or after")
        position = target.index - 1 + (before is None)
        sheets = target.book.api.Sheets
        if target.book is self.book:
            sheets.copyByName(self.name, target.book.sheets.fresh(self.name), position)
        else:
            sheets.importSheet(self.book.api, self.name, position)
        target.book.moved()

    def move(self, before: "Sheet | None", after: "Sheet | None") -> None:
        target = before or after
        if target is not None:
            self.book.api.Sheets.moveByName(self.name, target.index - 1 + (before is None))
            self.book.moved()

    @property
    def visible(self) -> bool:
        return bool(self.book.ask("IsShown", self._name))

    @visible.setter
    def visible(self, value: bool) -> None:
        self.api.IsVisible = bool(value)

    @property
    def show_gridlines(self) -> bool:
        self.activate()
        return bool(self.book.controller.ShowGrid)

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        self.activate()
        self.book.controller.ShowGrid = value


@names_what_it_lacks()
class Sheets(base_classes.Sheets):
    """The sheets of a book."""

    def __init__(self, book: Any) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self.book.api.Sheets

    @property
    def active(self) -> Sheet:
        return self.kept(self.book.ask("ActiveName"))

    def kept(self, name: str) -> Sheet:
        """Return the one object that stands for the sheet ``name``: a new name reaches all its users."""
        for sheet in self.book.known_sheets:
            if sheet.name == name:
                return sheet  # type: ignore[no-any-return]
        self.book.known_sheets.append(Sheet(self.book, name))
        return self.book.known_sheets[-1]  # type: ignore[no-any-return]

    def __call__(self, name_or_index: int | str) -> Sheet:
        """Return a sheet by its number (from 1) or name, capitals or not.

        Raises:
            NoSuchObjectError: There is none.
        """
        names = self.book.sheet_names
        if isinstance(name_or_index, numbers.Number):
            found = names[int(name_or_index) - 1 : int(name_or_index)] if int(name_or_index) > 0 else []
        else:
            found = [name for name in names if name.lower() == str(name_or_index).lower()]
        if not found:
            raise NoSuchObjectError(f"Sheet {name_or_index} doesn't exist.")
        return self.kept(found[0])

    def __len__(self) -> int:
        return len(self.book.sheet_names)

    def __iter__(self) -> Iterator[Sheet]:
        return iter([self.kept(name) for name in self.book.sheet_names])

    def __contains__(self, key: str) -> bool:
        return key in self.book.sheet_names

    def fresh(self, name: str) -> str:
        """Return ``name (2)``, or the first such name that is free."""
        taken = {one.lower() for one in self.book.sheet_names}
        number = 2
        while f"{name} ({number})".lower() in taken:
            number += 1
        return f"{name} ({number})"

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Add a sheet before the active one or where asked; it becomes the active one."""
        taken = {one.lower() for one in self.book.sheet_names}
        number = len(taken) + 1
        while name is None and f"sheet{number}" in taken:
            number += 1
        label = name or f"Sheet{number}"
        beside = after or before or self.book.batch.shown or self._now_active()
        sheet, known = self.kept(label), self.book.known_sheets
        self.book.batch.reverts.append(lambda: known.remove(sheet))
        cached = self.book.cached_names
        if cached is not None:
            cached.insert(cached.index(beside.name) + bool(after), label)
        self.book.tell("AddSheet", label, beside.name, bool(after))
        sheet.activate()
        return sheet

    def _now_active(self) -> Sheet:
        """Return the active sheet as far as it can be told without writing what is kept."""
        return self.active if self.book.batch.moves_sheets else self.kept(self.book.peek("ActiveName"))
