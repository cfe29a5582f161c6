"""Defined names of a workbook and of its sheets."""

import numbers
from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from papi_xl.libreoffice.address import quoted, split_sheet
from papi_xl.libreoffice.bridge import Later
from papi_xl.libreoffice.links import OfficeError
from papi_xl.libreoffice.missing import names_what_it_lacks


@names_what_it_lacks()
class Name(base_classes.Name):
    """A defined name; ``owner`` is the Book or the Sheet in whose list it stands.

    The place that it stands for comes with the list, and is asked for anew once this program has changed the
    workbook; a formula, or a reference that is not absolute, is a call of its own.
    """

    def __init__(self, owner: Any, label: str, meant: tuple[str, Any] | None = None) -> None:
        self.owner = owner
        self.label = label
        self._meant = meant
        self._edits = owner.book.edits

    @property
    def api(self) -> Any:
        return Later(lambda: self.owner.api.NamedRanges.getByName(self.label))

    def delete(self) -> None:
        self.owner.book.tell("RemoveName", scope(self.owner), self.label)

    @property
    def name(self) -> str:
        """The name, with its sheet in front where it belongs to one."""
        return self.label if self.owner.is_book else f"{quoted(self.owner.name)}!{self.label}"

    @name.setter
    def name(self, value: str) -> None:
        """Give another name; Calc leaves the old one in formulas."""
        _, label = split_sheet(value)
        self.api.Name = label
        self.label = label

    def _meaning(self) -> tuple[str, Any]:
        """Return an absolute reference as LibreOffice writes it, else nothing, and the place or None."""
        if self._meant is None or self._edits != self.owner.book.edits:
            found = self.owner.book.ask("NamesOf", scope(self.owner))
            known = [one[2:] for one in found if (one[0], one[1]) == (scope(self.owner), self.label)]
            if not known:
                raise OfficeError(f"The name {self.label} does not exist")
            self._meant, self._edits = known[0], self.owner.book.edits
        return self._meant

    @property
    def refers_to(self) -> str:
        """The formula in Excel's notation, beginning with ``=``."""
        sheet, _, cells = self._meaning()[0].removeprefix("$").rpartition(".")
        if sheet:
            return f"={sheet}!{cells}"
        return str(self.owner.book.ask("NameText", scope(self.owner), self.label))

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        set_name(self.owner, self.label, value)

    @property
    def refers_to_range(self) -> Any:
        """The range that the name stands for.

        Raises:
            OfficeError: It stands for a constant or a formula.
        """
        place = self._meaning()[1]
        if place is None:
            raise OfficeError(f"The name {self.label} does not stand for a range")
        return self.owner.book.at(place)


def scope(owner: Any) -> str:
    """Return the sheet's name, or nothing for a book."""
    return "" if owner.is_book else owner.name


def set_name(owner: Any, label: str, refers_to: str) -> None:
    """Make or change the name ``label`` so that it stands for ``refers_to`` (Excel's notation)."""
    owner.book.tell("SetName", scope(owner), label, refers_to.removeprefix("="))


@names_what_it_lacks()
class Names(base_classes.Names):
    """The names of a Book (its sheets' names too) or of one Sheet; finding all of them is one call."""

    def __init__(self, parent: Any) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        return self.parent.api.NamedRanges

    def __iter__(self) -> Iterator[Name]:
        book = self.parent.book
        for sheet, label, *meant in book.ask("NamesOf", scope(self.parent)):
            yield Name(book.sheets.kept(sheet) if sheet else book, label, tuple(meant))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name.name, name) for name in self]

    def _found(self, label: str) -> Name | None:
        sheet, rest = split_sheet(label)
        whole = self.parent.is_book and sheet is None
        for name in self:
            own = None if name.owner.is_book else name.owner.name.lower()
            here = own is None if whole else sheet is None or own == sheet.lower()
            if here and name.label.lower() == rest.lower():
                return name
        return None

    def __call__(self, name_or_index: int | str) -> Name:
        if isinstance(name_or_index, numbers.Number):
            return list(iter(self))[int(name_or_index) - 1]
        found = self._found(str(name_or_index))
        if found is None:
            raise KeyError(name_or_index)
        return found

    def contains(self, name_or_index: int | str) -> bool:
        if isinstance(name_or_index, numbers.Number):
            return 1 <= int(name_or_index) <= len(self)
        return self._found(str(name_or_index)) is not None

    def add(self, name: str, refers_to: str) -> Name:
        sheet, label = split_sheet(name)
        owner = self.parent.book.sheets(sheet) if sheet is not None and self.parent.is_book else self.parent
        set_name(owner, label, refers_to)
        return Name(owner, label)
