"""The task table of a document: chosen, its parts joined, laid out as a sheet that the readers know."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from papi_xl import headers, schema
from papi_xl import text as texts
from papi_xl.documents import layouts
from papi_xl.documents.content import Block, Grid, GridRow, Line, UnreadableDocumentError
from papi_xl.documents.layouts import Layout
from papi_xl.headers import Table
from papi_xl.raw import Area, Cell, RawSheet, RawWorkbook
from papi_xl.rows import DOMAIN_BY_NAME, Role, read_row

LONGEST_TITLE: Final = 120
MOST_TITLES: Final = 12
"""Lines taken from the document's beginning, and as many from right above the table."""
NEAR: Final = 3
"""A domain's name so many lines above a table heads it."""
OTHER_COLUMNS: Final = 3

_NO_TITLE: Final = ("căn cứ", "-", "+", "•")
_PROSE_ENDS: Final = (";", ":", ",")


class Where(NamedTuple):
    """A place in the document: the table (1-based, 0 in a text file) and its row, or the text's line."""

    table: int
    row: int


@dataclass(frozen=True)
class Record:
    """What a row holds beside the known columns.

    ``extras`` are (label, text) of other columns, ``aside`` what its cells hold unseen, ``loose`` the texts
    of a row whose cells are not known; ``below`` the keys whose cells belong to the row above.
    """

    where: Where
    extras: tuple[tuple[str, str], ...] = ()
    aside: tuple[str, ...] = ()
    loose: str = ""
    below: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False, repr=False)
class Found:
    """The task table as a sheet: title lines, a header row, rows; ``records`` by sheet row.

    ``pieces`` counts the tables of the document that it was joined from, ``others`` those of three and more
    columns that were left; ``lines`` are the document's lines outside the task table, as far as its last
    table.
    """

    table: Table
    records: Mapping[int, Record]
    pieces: int
    others: int
    lines: tuple[str, ...]


class _Part(NamedTuple):
    """A table of the document: its place among all, the lines since the one before, and its columns."""

    number: int
    grid: Grid
    above: tuple[str, ...]
    layout: Layout | None


def find(blocks: Sequence[Block]) -> Found:
    """Return the task table of a document.

    Raises:
        UnreadableDocumentError: ``document-no-table``.
    """
    parts = [_Part(*part, layouts.by_header(part[1])) for part in _parts(blocks)]
    chosen = _chosen(parts)
    if not chosen:
        raise UnreadableDocumentError("document-no-table")
    known = {part.number: part for part in chosen}
    parts = [known.get(part.number, part) for part in parts]
    left = [part for part in parts if part.number not in known]
    others = [part for part in left if part.grid.width >= OTHER_COLUMNS and len(part.grid.rows) > 1]
    outside = [_outside(part) for part in parts]
    before = [line for lines in outside[: chosen[0].number] for line in lines]
    return _laid_out(chosen, _titles(before), len(others), tuple(line for lines in outside for line in lines))


def _outside(part: _Part) -> list[str]:
    """Return the lines above a table and those in it that stand above its header; all of one without."""
    rows = part.grid.rows[: part.layout.header] if part.layout else part.grid.rows
    inside = (line for row in rows for box in row.boxes for line in box.text.split("\n"))
    return [*part.above, *filter(None, inside)]


def _parts(blocks: Sequence[Block]) -> Iterator[tuple[int, Grid, tuple[str, ...]]]:
    """Yield the tables in order with the lines above each."""
    above: list[str] = []
    number = 0
    for block in _flat(blocks):
        if isinstance(block, Line):
            above += [block.text] if block.text else []
            continue
        number += 1
        yield number, block, tuple(above)
        above = []


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield lines and tables; a table that only arranges others makes way for them."""
    for block in blocks:
        if isinstance(block, Line) or not _arranges(block):
            yield block
            continue
        for box in (box for row in block.rows for box in row.boxes):
            yield from _flat(box.grids) if box.grids else map(Line, box.text.split("\n"))


def _arranges(grid: Grid) -> bool:
    nested = any(box.grids for row in grid.rows for box in row.boxes)
    return nested and layouts.by_header(grid) is None


def _chosen(parts: Sequence[_Part]) -> list[_Part]:
    """Return the parts of the task table: the one with most known columns and rows, and those like it."""
    headed = [part for part in parts if part.layout]
    if not headed:
        headed = [part._replace(layout=layouts.by_shape(part.grid)) for part in parts]
        headed = [part for part in headed if part.layout]
    if not headed:
        return []
    best = max(headed, key=lambda part: (len(part.layout.keys) if part.layout else 0, len(part.grid.rows)))
    known = {part.number: part.layout for part in headed if _alike(part, best)}
    chosen: list[_Part] = []
    for part in parts:
        layout = known.get(part.number)
        if layout is None and chosen and part.layout is None and chosen[-1].layout:
            directly = chosen[-1].number == part.number - 1 and not _prose(part.above)
            layout = layouts.continued(part.grid, chosen[-1].layout, directly=directly)
        chosen += [part._replace(layout=layout)] if layout else []
    return chosen


def _alike(part: _Part, best: _Part) -> bool:
    return part.layout is not None and best.layout is not None and layouts.same(part.layout, best.layout)


def _prose(lines: Sequence[str]) -> list[str]:
    """Return the lines that are neither a domain's name nor in brackets, such as `(tiếp theo)`."""
    return [line for line in lines if texts.header_key(line) and not _domain(line)]


def _domain(line: str) -> str:
    """Return ``line`` where it names a domain, with or without a number, else an empty text."""
    reading = read_row({"task": line})
    named = texts.header_key(reading.name) in DOMAIN_BY_NAME
    return line if reading.role is Role.HEADING and named else ""


def _titles(lines: Sequence[str]) -> list[str]:
    """Return the lines that may be titles: short ones at the document's beginning and above the table."""
    short = [line for line in lines if _may_be_title(line)]
    return short if len(short) <= 2 * MOST_TITLES else [*short[:MOST_TITLES], *short[-MOST_TITLES:]]


def _may_be_title(line: str) -> bool:
    sentence = line.endswith(".") and not line.endswith("..")
    starts = line.casefold().startswith(_NO_TITLE)
    return len(line) <= LONGEST_TITLE and not starts and not sentence and not line.endswith(_PROSE_ENDS)


def _laid_out(chosen: Sequence[_Part], titles: Sequence[str], others: int, lines: tuple[str, ...]) -> Found:
    layout = chosen[0].layout
    keys = [key for key in schema.KEYS if layout and key in layout.keys.values()]
    rows: list[list[Cell]] = [[line] for line in titles]
    rows.append([schema.BY_KEY[key].header for key in keys])
    numbers = list(range(1, len(rows) + 1))
    records: dict[int, Record] = {}
    for part in chosen:
        for row, record in _rows(part, keys):
            numbers.append(numbers[-1] + (1 if records else 2))
            rows.append(row)
            records[numbers[-1]] = record
    sheet = RawSheet("", rows, numbers, merges=_merges(records, keys))
    table = headers.find(RawWorkbook("", (sheet,)))
    if table is None or not records:
        raise UnreadableDocumentError("document-no-table")
    return Found(table, records, len(chosen), others, lines)


def _rows(part: _Part, keys: Sequence[str]) -> Iterator[tuple[list[Cell], Record]]:
    """Yield the rows of a part in the order of ``keys``, a domain's name above the table first."""
    heading = next((line for line in reversed(part.above[-NEAR:]) if _domain(line)), "")
    if heading and part.layout:
        first = part.grid.rows[0].place
        row: list[Cell] = [heading if key == "task" else None for key in keys]
        yield row, Record(_where(part, first))
    for grid_row in part.grid.rows[part.layout.body if part.layout else 0 :]:
        if grid_row.loose or part.layout is None:
            loose = " | ".join(box.text for box in grid_row.boxes if box.text)
            yield [None] * len(keys), Record(_where(part, grid_row.place), loose=loose)
        else:
            yield _row(part, part.layout, grid_row, keys)


def _row(part: _Part, layout: Layout, grid_row: GridRow, keys: Sequence[str]) -> tuple[list[Cell], Record]:
    said: dict[str, list[str]] = {key: [] for key in keys}
    below: set[str] = set()
    extras = []
    for box in grid_row.boxes:
        spanned = range(box.column, box.column + box.span)
        key = next((layout.keys[column] for column in spanned if column in layout.keys), None)
        if key is None:
            label = next((layout.labels[column] for column in spanned if column in layout.labels), "")
            extras += [(label, box.text)] if texts.content(box.text) else []
        elif box.continues:
            below.add(key)
        else:
            said[key].append(box.text)
    row: list[Cell] = ["\n".join(filter(None, said[key])) or None for key in keys]
    aside = tuple(text for box in grid_row.boxes for text in box.aside)
    return row, Record(_where(part, grid_row.place), tuple(extras), aside, below=frozenset(below))


def _where(part: _Part, row: int) -> Where:
    return Where(0 if part.grid.in_text else part.number, row)


def _merges(records: Mapping[int, Record], keys: Sequence[str]) -> tuple[Area, ...]:
    """Return the areas of cells that go on over several rows."""
    areas: list[Area] = []
    for column, key in enumerate(keys, start=1):
        top = None
        for number, record in records.items():
            if key in record.below and top is not None:
                areas = areas[:-1] if areas and areas[-1][:2] == (top, column) else areas
                areas.append(Area(top, column, number, column))
            else:
                top = number
    return tuple(areas)
