"""What a document holds, in reading order: lines of text and tables."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from papi_xl.errors import PapiError


class UnreadableDocumentError(PapiError):
    """The document is of another kind, damaged, encrypted, beyond the limits, or has no task table."""


class Line(NamedTuple):
    """A line of text, and what it holds beside: hidden texts, notes at the foot of the page."""

    text: str
    aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Box:
    """A cell of a table: its text, the column (1-based) where it begins and how many it spans.

    ``continues`` says that it belongs to the cell above; ``aside`` are texts that a reader does not see in
    the cell itself; ``grids`` are tables within it, whose texts ``text`` holds too.
    """

    text: str
    column: int
    span: int = 1
    continues: bool = False
    aside: tuple[str, ...] = ()
    grids: tuple["Grid", ...] = ()


@dataclass(frozen=True)
class GridRow:
    """A row of a table and its place for people: the row in a document's table, the line in a text file.

    Of a ``loose`` row nobody knows which cells its texts stood in.
    """

    boxes: tuple[Box, ...]
    place: int
    loose: bool = False


@dataclass(frozen=True)
class Grid:
    """A table as it stands in the document; ``in_text`` where rows are lines of a text file."""

    rows: tuple[GridRow, ...]
    in_text: bool = False

    @cached_property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((box.column + box.span - 1 for row in self.rows for box in row.boxes), default=0)


Block = Line | Grid
