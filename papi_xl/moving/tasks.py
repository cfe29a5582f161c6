"""The rows of a task table as the template's; columns that it does not have become lines of the notes."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, NamedTuple

from papi_xl import headers, numbering, rows, schema
from papi_xl import text as texts
from papi_xl.headers import Table
from papi_xl.moving.parts import Place, cell_at, completed, says
from papi_xl.moving.sheets import KEPT
from papi_xl.raw import Area, Cell, RawSheet, RawWorkbook
from papi_xl.references import column_letters
from papi_xl.rows import Role
from papi_xl.template.filling import Row

MOST_BLANKS: Final = 50
"""Empty rows between two tasks that are kept; more are a gap, not a layout."""
FOREIGN: Final = 3
"""So many columns put in between are looked for where the headers were lost."""
NOTE: Final = schema.BY_KEY["note"]
DERIVED: Final = frozenset(
    map(texts.header_key, (*schema.ANNEX_STATE, *schema.ANNEX_DAYS_LATE))
)  # fmt: skip
"""Columns of a report that the tool works out itself."""

_NO_CELLS: Final[Row] = {}


@dataclass(frozen=True)
class Tasks:
    """The rows of a task table and where they stood.

    ``table`` is what was read; ``used`` are the cells that have their place now; ``noted`` counts the cells
    that became lines of the notes, by their column's title; ``unmerged`` are the merged areas whose value
    stands in each of their rows now; ``offset`` is what to add to a sheet row for its index in ``rows``,
    ``None`` where rows were left out.
    """

    table: Table
    rows: tuple[Row, ...]
    used: frozenset[Place]
    noted: Mapping[str, int]
    unmerged: tuple[Area, ...]
    offset: int | None


def read_tasks(workbook: RawWorkbook, sheet: RawSheet | None) -> Tasks | None:
    """Return the tasks of ``workbook``, ``None`` where it has no task table.

    Args:
        workbook: all of its sheets.
        sheet: the one that stands for the template's sheet `Nhiệm vụ`; its rows keep their places, and
            columns are known there also where their headers were lost. ``None`` for other workbooks, of
            which only rows of tasks and headings are taken.
    """
    if sheet is not None:
        table = headers.find(replace(workbook, sheets=(sheet,)))
        table = _completed(table) if table else _without_header(sheet)
    else:
        ours = KEPT | {schema.FINDINGS, schema.META}
        others = tuple(one for one in workbook.sheets if one.name not in ours)
        table = headers.find(replace(workbook, sheets=_preferred(others)))
    if table is None:
        return None
    derived = DERIVED if workbook.meta.get("kind") == schema.KIND_REPORT else frozenset()
    return _read(table, in_place=sheet is not None, derived=derived)


def _preferred(sheets: Sequence[RawSheet]) -> tuple[RawSheet, ...]:
    for name in (schema.TASK_TABLE, schema.ANNEX_TABLE):
        holders = tuple(sheet for sheet in sheets if name in sheet.tables)
        if holders:
            return holders
    return tuple(sheets)


def _completed(table: Table) -> Table:
    """Return ``table`` with the columns whose headers were changed."""
    known = {column: key for key, column in table.columns.items()} | {
        column: key for key, column in table.duplicates
    }
    columns = completed(schema.KEYS, table.columns, known, max(len(schema.KEYS), *known))
    return replace(table, columns=columns)


def _without_header(sheet: RawSheet) -> Table | None:
    """Return the table of the template's own sheet whose header row was lost."""
    for index, row in enumerate(sheet.rows[: headers.HEADER_ROWS]):
        number, task = texts.content(cell_at(row, 1)), texts.content(cell_at(row, 2))
        if task and number and numbering.levels(number):
            columns = _in_order(sheet.rows[index : index + headers.SAMPLE_ROWS])
            if columns:
                return Table(sheet, sheet.numbers[index] - 1, 1, columns, (), {}, index, None)
    return None


def _in_order(sample: Sequence[Sequence[Cell]]) -> dict[str, int] | None:
    """Return which columns are the template's, in its order, by what they hold; others may stand between.

    ``None`` where most of what would stand under status, percent and timing is nothing of the kind.
    """
    width = len(schema.KEYS) + FOREIGN
    columns = {
        at: [text for row in sample if (text := texts.content(cell_at(row, at)))]
        for at in range(1, width + 1)
    }
    fits = {
        (key, at): sum(map(looks, found))
        for key, looks in headers.LOOKS_LIKE.items()
        for at, found in columns.items()
    }

    def fit(chosen: Sequence[int]) -> tuple[int, int]:
        places = dict(zip(schema.KEYS, chosen, strict=True))
        filled = sum(len(columns[at]) for at in chosen)
        return sum(fits[key, places[key]] for key in headers.LOOKS_LIKE), filled

    best = max(combinations(columns, len(schema.KEYS)), key=fit)
    found = dict(zip(schema.KEYS, best, strict=True))
    said = sum(len(columns[found[key]]) for key in headers.LOOKS_LIKE)
    return found if 2 * fit(best)[0] >= said else None


class _Line(NamedTuple):
    """A row that was taken: its sheet row, cells by key, columns that were placed or noted, titles noted."""

    number: int
    cells: Row
    used: frozenset[int]
    noted: tuple[str, ...]


def _read(table: Table, *, in_place: bool, derived: frozenset[str]) -> Tasks:
    body, numbers, covered = rows.body(table)
    titles = {column: _title(table, column) for column in range(1, 1 + max(map(len, body), default=0))}
    dropped = frozenset(column for column, title in titles.items() if texts.header_key(title) in derived)
    taken = [
        _line(table, number, _own(row, table.sheet.rows[table.body + index]), titles, dropped)
        for index, (number, row) in enumerate(zip(numbers, body, strict=True))
        if _is_taken(table, row, in_place=in_place)
    ]
    noted = Counter(title for line in taken for title in line.noted)
    used = {(line.number, column) for line in taken for column in line.used}
    start = table.header_row + 1
    places: dict[int, list[int]] = {}
    for index, column in sorted(covered):
        places.setdefault(column, []).append(numbers[index])
    return Tasks(
        table=table,
        rows=_in_place(taken, start, _bottom(table)) if in_place else _close(taken),
        used=frozenset(used | _header_places(table, noted)),
        noted=noted,
        unmerged=tuple(area for area in table.sheet.merges if _holds(area, places)),
        offset=-start if in_place else None,
    )


def _own(row: Sequence[Cell], stored: Sequence[Cell]) -> Sequence[Cell]:
    """Return a row with what its cells hold under a merge, if anything: LibreOffice keeps that."""
    if row is stored:
        return row
    return [
        cell_at(stored, at) if says(cell_at(stored, at)) else cell for at, cell in enumerate(row, start=1)
    ]


def _is_taken(table: Table, row: Sequence[Cell], *, in_place: bool) -> bool:
    """Whether a row goes into the template: in its own sheet any that says something under its columns."""
    said = {key: texts.content(cell_at(row, column)) for key, column in table.columns.items()}
    if in_place:
        return any(says(cell_at(row, column)) for column in table.columns.values())
    return any(said.values()) and rows.read_row(said).role is not Role.SKIPPED


def _line(
    table: Table, number: int, row: Sequence[Cell], titles: Mapping[int, str], dropped: frozenset[int]
) -> _Line:
    cells = {key: cell_at(row, column) for key, column in table.columns.items()}
    placed = dropped.union(table.columns.values())
    others = {at: cell for at, cell in enumerate(row, start=1) if at not in placed and says(cell)}
    said = [f"{titles[at]}: {texts.shown(cell)}" for at, cell in others.items()]
    note = "\n".join(filter(None, (texts.shown(cells.get(NOTE.key)), *said)))
    fits = len(note.encode("utf-16-le")) <= 2 * texts.MAX_CELL
    if said and fits:
        cells[NOTE.key] = note
        placed = placed.union(others)
    filled = {key: cell for key, cell in cells.items() if cell is not None}
    return _Line(number, filled, placed, tuple(titles[at] for at in others) if fits else ())


def _title(table: Table, column: int) -> str:
    return table.labels.get(column) or f"Cột {column_letters(column)}"


def _header_places(table: Table, noted: Mapping[str, int]) -> frozenset[Place]:
    """Return the cells of the header rows that are understood, or quoted in the notes."""
    known = set(table.columns.values())
    understood = {
        at
        for at, label in table.labels.items()
        if label in noted or (at in known and texts.header_key(label) in headers.candidates())
    }
    top = table.sheet.numbers.index(table.header_row) if table.labels else table.body
    rows_of_it = table.sheet.numbers[top : table.body]
    return frozenset((number, column) for number in rows_of_it for column in understood)


def _holds(area: Area, places: Mapping[int, Sequence[int]]) -> bool:
    """Whether an area holds one of ``places``: the rows, in order, of each column."""
    near = (held for column, held in places.items() if area.left <= column <= area.right)
    return any(bisect_left(held, area.top) < bisect_right(held, area.bottom) for held in near)


def _bottom(table: Table) -> int:
    """Return the last row of the template's Excel table, 0 where it was lost."""
    own = table.sheet.tables.get(schema.TASK_TABLE)
    return own.bottom if own else 0


def _in_place(lines: Sequence[_Line], start: int, bottom: int) -> tuple[Row, ...]:
    """Return the rows from sheet row ``start`` on, each where it stood, down to ``bottom`` at least."""
    by_number = {line.number: line.cells for line in lines}
    last = max((*by_number, min(bottom, start + schema.MAX_TASKS)), default=start)
    return tuple(by_number.get(number, _NO_CELLS) for number in range(start, max(last, start) + 1))


def _close(lines: Sequence[_Line]) -> tuple[Row, ...]:
    """Return the rows with the empty ones between them, but for long gaps."""
    found: list[Row] = []
    before = lines[0].number - 1 if lines else 0
    for line in lines:
        gap = line.number - before - 1
        found += [_NO_CELLS] * (gap if gap <= MOST_BLANKS else 1)
        found.append(line.cells)
        before = line.number
    return tuple(found) or (_NO_CELLS,)
