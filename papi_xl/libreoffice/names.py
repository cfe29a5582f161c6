"""Defined names of a workbook and of its sheets."""

import numbers
from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from papi_xl.libreoffice.address import quoted, split_sheet
from papi_xl.libreoffice.bridge import OfficeError
from papi_xl.libreoffice.missing import names_what_it_lacks


@names_what_it_lacks()
class Name(base_classes.Name):
    """A defined name; ``owner`` is the Book or the Sheet in whose list it stands."""

    def __init__(self, owner: Any, label: str) -> None:
        self.owner = owner
        self.label = label

    @property
    def api(self) -> Any:
        return self.owner.api.NamedRanges.getByName(self.label)

    @property
    def _office(self) -> Any:
        return self.owner.office

    def delete(self) -> None:
        self.owner.api.NamedRanges.removeByName(self.label)

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

    @property
    def refers_to(self) -> str:
        """The formula in Excel's notation, beginning with ``=``."""
        return str(self._office.run("NameText", self.owner.document, self.api))

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        set_name(self.owner, self.label, value)

    @property
    def refers_to_range(self) -> Any:
        """The range that the name stands for.

        Raises:
            OfficeError: It stands for a constant or a formula.
        """
        cells = self.api.getReferredCells()
        if cells is None:
            raise OfficeError(f"The name {self.label} does not stand for a range")
        return self.owner.book.ranged(cells.RangeAddress)


def set_name(owner: Any, label: str, refers_to: str) -> None:
    """Make or change the name ``label`` so that it stands for ``refers_to`` (Excel's notation)."""
    owner.office.run("SetName", owner.document, owner.api.NamedRanges, label, refers_to.removeprefix("="))


@names_what_it_lacks()
class Names(base_classes.Names):
    """The names of a Book (its sheets' names too) or of one Sheet."""

    def __init__(self, parent: Any) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        return self.parent.api.NamedRanges

    def __iter__(self) -> Iterator[Name]:
        owners = [self.parent, *self.parent.sheets] if self.parent.is_book else [self.parent]
        for owner in owners:
            yield from (Name(owner, label) for label in owner.api.NamedRanges.ElementNames)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name.name, name) for name in self]

    def _found(self, label: str) -> Name | None:
        sheet, rest = split_sheet(label)
        owner = self.parent.sheets(sheet) if sheet is not None and self.parent.is_book else self.parent
        known = {one.lower(): one for one in owner.api.NamedRanges.ElementNames}
        return Name(owner, known[rest.lower()]) if rest.lower() in known else None

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
        owner = self.parent.sheets(sheet) if sheet is not None and self.parent.is_book else self.parent
        set_name(owner, label, refers_to)
        return Name(owner, label)
