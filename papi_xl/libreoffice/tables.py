"""Tables: Calc's database ranges, as far as they go."""

import numbers
from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from papi_xl.libreoffice.address import Place
from papi_xl.libreoffice.bridge import Later
from papi_xl.libreoffice.links import OfficeError
from papi_xl.libreoffice.missing import names_what_it_lacks


@names_what_it_lacks("autofilter")
class Table(base_classes.Table):
    """A table of a sheet; styles and totals are Excel's alone.

    Its place comes with the list, and is asked for anew once this program has changed the workbook.
    """

    parent: Any = None

    def __init__(self, parent: Any, label: str, known: tuple[Any, ...] | None = None) -> None:
        self.parent = parent
        self.label = label
        self._known = known
        self._edits = parent.book.edits

    @property
    def api(self) -> Any:
        return Later(lambda: self.parent.book.api.DatabaseRanges.getByName(self.label))

    def _state(self) -> tuple[Any, ...]:
        """Return the place, whether there are headers, whether there are filter buttons."""
        if self._known is None or self._edits != self.parent.book.edits:
            found = self.parent.book.ask("TablesOf", self.parent.name)
            self._known = next((tuple(rest) for label, *rest in found if label == self.label), None)
            self._edits = self.parent.book.edits
        if self._known is None:
            raise OfficeError(f"The table {self.label} does not exist")
        return self._known

    def _put(self, member: str, value: Any) -> None:
        setattr(self.api, member, value)
        self.parent.book.edits += 1

    @property
    def name(self) -> str:
        return self.label

    @name.setter
    def name(self, value: str) -> None:
        self._put("Name", value)
        self.label = value

    @property
    def display_name(self) -> str:
        return self.label

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    @property
    def range(self) -> Any:
        return self.parent.book.at(self._state()[0])

    @property
    def header_row_range(self) -> Any:
        place = self.range.place
        return self._part(place._replace(rows=1)) if self.show_headers else None

    @property
    def data_body_range(self) -> Any:
        place, header = self.range.place, int(self.show_headers)
        rows = place.rows - header
        return self._part(place._replace(row=place.row + header, rows=rows)) if rows else None

    def _part(self, place: Place) -> Any:
        return self.parent.range(tuple(place))

    @property
    def show_headers(self) -> bool:
        return bool(self._state()[1])

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        self._put("ContainsHeader", value)

    @property
    def show_autofilter(self) -> bool:
        return bool(self._state()[2])

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self._put("AutoFilter", value)

    def resize(self, range: Any) -> None:  # noqa: A002 - xlwings' name
        self._put("DataArea", range.impl.api.RangeAddress)


@names_what_it_lacks()
class Tables(base_classes.Collection, base_classes.Tables):
    """The tables of a sheet; reading all of them is one call."""

    def __init__(self, parent: Any) -> None:
        self._parent = parent

    @property
    def parent(self) -> Any:
        return self._parent

    @property
    def api(self) -> Any:
        return self._parent.book.api.DatabaseRanges

    def __iter__(self) -> Iterator[Table]:
        for label, *known in self._parent.book.ask("TablesOf", self._parent.name):
            yield Table(self._parent, label, tuple(known))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, key: str) -> bool:
        return any(table.name == key for table in self)

    def __call__(self, key: int | str) -> Table:
        tables = list(iter(self))
        if isinstance(key, numbers.Number):
            return tables[int(key) - 1]
        for table in tables:
            if table.name == key:
                return table
        raise KeyError(key)

    def add(
        self, source_type: Any = None, source: Any = None, link_source: Any = None, has_headers: Any = None,
        destination: Any = None, table_style_name: Any = None, name: str | None = None,
    ) -> Table:  # fmt: skip
        """Make a table over ``source`` with filter buttons; the style is Excel's alone and is dropped."""
        del source_type, link_source, destination, table_style_name
        label = name or self._fresh()
        self.api.addNewByName(label, source.impl.api.RangeAddress)
        self._parent.book.edits += 1
        table = Table(self._parent, label)
        table.show_headers = bool(has_headers)
        table.show_autofilter = bool(has_headers)
        return table

    def _fresh(self) -> str:
        number = 1
        while self.api.hasByName(f"Table{number}"):
            number += 1
        return f"Table{number}"
