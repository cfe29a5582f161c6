"""Bounds on what is read, and what a look into a sheet's part found before its values are read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from papi_xl.errors import UnreadableWorkbookError
from papi_xl.raw import Area, Cell
from papi_xl.schema import MAX_TASKS

FAR_COLUMN: Final = 512
"""Cells to the right of this column are strays: no task table reaches that far."""

OLE_START: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a compound file: an .xls or an encrypted workbook."""

NARROW: Final = 20
"""So many columns are read however tall the sheet is."""
PARTS: Final = 20_000
ELEMENTS: Final = 400_000
"""Of a part of XML that is held as a tree; each takes some 500 bytes."""
PIECE: Final = 2**20
"""Bytes read from a part at a time."""


@dataclass(frozen=True)
class Limits:
    """What a workbook may be at most.

    ``packed`` is the file's size, ``unpacked`` that of its parts together, ``texts`` that of the part
    with the texts that cells share and ``part`` that of any other but sheets, all in bytes; ``rows``
    counts task rows; ``cells`` is the area (rows times columns) that one sheet may span in memory;
    ``letters`` counts those of all texts in cells; ``sheets`` counts worksheets. What they are unless a
    user says otherwise keeps reading within 1 GiB and 20 seconds.
    """

    packed: int = 64 * 2**20
    unpacked: int = 512 * 2**20
    texts: int = 96 * 2**20
    part: int = 24 * 2**20
    rows: int = MAX_TASKS
    cells: int = 2_000_000
    letters: int = 64_000_000
    sheets: int = 1_000

    @property
    def looks(self) -> int:
        """How many cells and records are looked at, blank ones too, to find those with values."""
        return 3 * self.cells

    @property
    def used_rows(self) -> int:
        """How many rows with values a sheet may have: task rows, sub-labels, notes and totals."""
        return self.rows + self.rows // 10 + 1_000


TO_WRITE: Final = Limits(rows=20_000, unpacked=128 * 2**20, letters=8_000_000)
"""For what is not only read: measuring texts, fixing and moving take some 20 times as long."""


@dataclass(frozen=True)
class Look:
    """What is known of a sheet before its values are read.

    ``numbers[i]`` is the sheet row of row ``i`` of the part as handed on, ``None`` where the part is
    handed on as it stands. ``overlays`` maps (row, column), 1-based, to cells that the reader of
    values would lose: error values above all. ``hidden_spans`` are (first, last) hidden columns. ``rich``
    tells that texts kept in the sheet itself name fonts.
    """

    numbers: Sequence[int] | None = None
    overlays: Mapping[tuple[int, int], Cell] = field(default_factory=dict)
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_spans: tuple[tuple[int, int], ...] = ()
    rich: bool = False


def too_large(*, what: str, limit: int, found: int) -> UnreadableWorkbookError:
    """Return the error for an input beyond ``limit``.

    ``what`` is ``packed``, ``unpacked``, ``part`` or ``texts`` (bytes), ``entries`` (parts of the file),
    ``sheets``, ``rows``, ``cells``, ``letters`` or ``elements`` (of XML).
    """
    return UnreadableWorkbookError("too-large", what=what, limit=limit, found=found)


def damaged() -> UnreadableWorkbookError:
    """Return the error for a workbook whose contents contradict its format."""
    return UnreadableWorkbookError("damaged")


def encrypted() -> UnreadableWorkbookError:
    """Return the error for a workbook behind a password."""
    return UnreadableWorkbookError("encrypted")


def not_a_workbook() -> UnreadableWorkbookError:
    """Return the error for a file of another kind, whatever its name ends in."""
    return UnreadableWorkbookError("not-a-workbook")


def within(rows: int, cells: int, limits: Limits) -> None:
    """Raise ``too-large`` when a sheet has more rows or cells with values than allowed."""
    if rows > limits.used_rows:
        raise too_large(what="rows", limit=limits.rows, found=rows)
    if cells > limits.cells:
        raise too_large(what="cells", limit=limits.cells, found=cells)


def few_looks(count: int, limits: Limits) -> None:
    """Raise ``too-large`` when more of a sheet was looked at than allowed."""
    if count > limits.looks:
        raise too_large(what="cells", limit=limits.cells, found=count)


def few_letters(rows: Iterable[Sequence[Cell]], limits: Limits) -> None:
    """Raise ``too-large`` when the texts in cells are longer all together than allowed."""
    count = sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
    if count > limits.letters:
        raise too_large(what="letters", limit=limits.letters, found=count)


def few_elements(count: int) -> None:
    """Raise ``too-large`` when a part of XML has more elements than are held as a tree."""
    if count > ELEMENTS:
        raise too_large(what="elements", limit=ELEMENTS, found=count)


def few_bytes(shown: int, limits: Limits) -> None:
    """Raise ``too-large`` when the texts that a workbook repeats take more bytes than texts may."""
    if shown > limits.texts:
        raise too_large(what="texts", limit=limits.texts, found=shown)


def few_sheets(count: int, limits: Limits) -> None:
    """Raise ``too-large`` when a workbook has more worksheets than allowed."""
    if count > limits.sheets:
        raise too_large(what="sheets", limit=limits.sheets, found=count)


def columns_that_fit(rows: int, right: int, limits: Limits) -> int:
    """Return how many columns of a sheet may be kept: all ``right`` of them unless the area is too large.

    Raises:
        UnreadableWorkbookError: ``too-large`` when there are more rows with values than allowed.
    """
    within(rows, 0, limits)
    if rows * right <= limits.cells:
        return right
    return min(right, max(NARROW, limits.cells // rows))


def checked(total: int, limits: Limits) -> int:
    """Return ``total`` unpacked bytes, or raise ``too-large`` when they are beyond the limit."""
    if total > limits.unpacked:
        raise too_large(what="unpacked", limit=limits.unpacked, found=total)
    return total
