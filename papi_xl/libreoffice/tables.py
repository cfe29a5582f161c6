"""Tables: Calc's database ranges, as far as they go."""

import numbers
from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from papi_xl.libreoffice.address import Place
from papi_xl.libreoffice.missing import names_what_it_lacks


@names_what_it_lacks("autofilter")
class Table(base_classes.Table):
    """A table of a sheet; styles and totals are Excel's alone."""

    parent: Any = None

    def __init__(self, parent: Any, label: str) -> None:
        self.parent = parent
        self.label = label

    @property
    def api(self) -> Any:
        return self.parent.document.DatabaseRanges.getByName(self.label)

    @property
    def name(self) -> str:
        return self.label

    @name.setter
    def name(self, value: str) -> None:
        self.api.Name = value
        self.label = value

    @property
    def display_name(self) -> str:
        return self.label

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    @property
    def range(self) -> Any:
        return self.parent.book.ranged(self.api.DataArea)

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
        return bool(self.api.ContainsHeader)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        self.api.ContainsHeader = value

    @property
    def show_autofilter(self) -> bool:
        return bool(self.api.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self.api.AutoFilter = value

    def resize(self, range: Any) -> None:  # noqa: A002 - xlwings' name
        self.api.DataArea = range.impl.api.RangeAddress


@names_what_it_lacks()
class Tables(base_classes.Collection, base_classes.Tables):
    """The tables of a sheet."""

    def __init__(self, parent: Any) -> None:
        self._parent = parent

    @property
    def parent(self) -> Any:
        return self._parent

    @property
    def api(self) -> Any:
        return self._parent.document.DatabaseRanges

    def __iter__(self) -> Iterator[Table]:
        sheet = self._parent.index - 1
        for label in self.api.ElementNames:
            if self.api.getByName(label).DataArea.Sheet == sheet:
                yield Table(self._parent, label)

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
        table = Table(self._parent, label)
        table.show_headers = bool(has_headers)
        table.show_autofilter = bool(has_headers)
        return table

    def _fresh(self) -> str:
        number = 1
        while self.api.hasByName(f"Table{number}"):
            number += 1
        return f"Table{number}"
