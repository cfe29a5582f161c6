"""Tables as data: columns with their looks, and rows made one by one when they are asked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, NamedTuple, TypeVar

from papi_xl.report import Value

Shown = Value | date | datetime
"""A cell; days and moments are shown as such."""
Row = tuple[Shown, ...]
Item = TypeVar("Item")
_PADDING: Final = 8
_DIGIT: Final = 7
"""Pixels of a digit of size 10, and of a column that its text cannot use."""


class Column(NamedTuple):
    """A column: header, look (a key of `writing.cells.LOOKS`), pixels, the title over it and others."""

    header: str
    look: str
    width: int
    group: str = ""


def digits(count: int, least: int) -> int:
    """Return the pixels, ``least`` or more, of a column in which numbers up to ``count`` find room."""
    return max(least, _PADDING + _DIGIT * len(f"{count:,}"))


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
    """A table under its title; ``empty`` stands where it has no rows."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row] | Rows[Any]
    empty: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a long table: its title (empty where there is but one part) and rows; ``empty`` for none."""

    title: str
    rows: Sequence[Row] | Rows[Any]
    empty: str


@dataclass(frozen=True)
class Listing:
    """A sheet that is one long table."""

    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
