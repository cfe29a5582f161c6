"""Tables as data: columns with their looks, and rows made one by one when they are asked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

from papi_xl.report import Value

Shown = Value | date | datetime
"""A cell; days and moments are shown as such."""
Row = tuple[Shown, ...]
Item = TypeVar("Item")


class Column(NamedTuple):
    """A column: header, look (a key of `writing.cells.LOOKS`), pixels, the title over it and its neighbours."""

    header: str
    look: str
    width: int
    group: str = ""


@dataclass(frozen=True)
class Rows(Generic[Item]):
    """As many rows as ``items``, each made by ``row`` of its number, from 1, and its item."""

    items: Sequence[Item]
    row: Callable[[int, Item], Row]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.items)

    def __iter__(self) -> Iterator[Row]:
        """Make one row after the other."""
        return (self.row(number, item) for number, item in enumerate(self.items, start=1))


@dataclass(frozen=True)
class Table:
    """A table under its title (empty where the sheet's says it); ``empty`` stands where it has no rows."""

    title: str
    columns: tuple[Column, ...]
    rows: Rows[object] | Sequence[Row]
    empty: str = ""


@dataclass(frozen=True)
class Listing:
    """A sheet of one or more tables with the same columns on the page, one below the other."""

    title: str
    notes: tuple[str, ...]
    tables: tuple[Table, ...]
