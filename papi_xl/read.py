"""Reading a workbook file into raw cells: .xlsx, .xlsm, .xls, .xlsb and .ods, known by their content."""

import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Final

from python_calamine import SheetVisibleEnum

from papi_xl.bounds import (
    FAR_COLUMN,
    OLE_START,
    Limits,
    Look,
    damaged,
    few_letters,
    not_a_workbook,
    too_large,
    within,
)
from papi_xl.errors import UnreadableWorkbookError, UsageError
from papi_xl.raw import Area, Cell, RawSheet, RawWorkbook
from papi_xl.reading import details, shared_texts, workbook_parts
from papi_xl.reading.font_names import old_fonts_possible
from papi_xl.reading.package import Package
from papi_xl.reading.sheet_xml import formula_cells, plain_look
from papi_xl.reading.values import Rows, values
from papi_xl.schema import INFO, INFO_FIELDS, META

DEFAULT: Final = Limits()
INFO_NAMES: Final = frozenset(field.name for field in INFO_FIELDS)
ALL_SHEETS: Final = "*"
"""Stands for all sheets, where a sheet is named: Excel lets no sheet be called so."""
SLOWLY: Final = 8 * 2**20
"""Bytes of values that the second reader still gets through in some seconds."""
ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06")

Tables = Mapping[str, Mapping[str, Area]]


def read_workbook(
    path: Path, limits: Limits = DEFAULT, *, sheet: str | None = None, everything: bool = False
) -> RawWorkbook:
    """Read the cells of a workbook; the file itself is only ever read.

    Where the workbook holds the template's task table (or the annex of a summary) only that sheet is
    returned, else all its sheets but very hidden ones; ``sheet`` names the one wanted, hidden or not.
    `Thông tin` and `_papi` are read in any case. With ``everything`` all sheets are returned, hidden ones
    too, and those of .xlsx and .xlsm files know which of their cells are formulas.

    Raises:
        UnreadableWorkbookError: ``file-missing``, ``is-a-folder``, ``no-access``, ``not-a-workbook``,
            ``damaged``, ``encrypted`` or ``too-large`` (``what``, ``limit``, ``found``).
        UsageError: ``sheet-unknown`` (``sheet``, ``sheets``).
    """
    with naming(called(path)):
        data = loaded(path, limits)
    return read_content(path.name, data, limits, sheet=sheet, everything=everything)


def read_content(
    file: str, data: bytes, limits: Limits = DEFAULT, *, sheet: str | None = None, everything: bool = False
) -> RawWorkbook:
    """Read the cells of a workbook from its content; ``file`` is its name. See `read_workbook`."""
    with naming(file):
        sheets, chosen, names = _read(data, limits, ALL_SHEETS if everything else sheet)
        few_letters(chain.from_iterable(one.rows for one in sheets.values()), limits)
    values, places = details.info(sheets, names)
    wanted = tuple(sheets[name] for name in chosen)
    originals = details.originals(sheets, places)
    return RawWorkbook(file, wanted, values, places, details.meta(sheets), originals)


def called(path: Path) -> str:
    """Return what a file or folder is called; `.` has no name of its own."""
    return path.name or str(path)


@contextmanager
def naming(file: str) -> Iterator[None]:
    """Let refusals to read know the ``file`` that they are about."""
    try:
        yield
    except (UnreadableWorkbookError, UsageError) as error:
        error.values.setdefault("file", file)
        raise


def loaded(path: Path, limits: Limits) -> bytes:
    """Return the file's content, which is refused unread when it is beyond the limit.

    Raises:
        UnreadableWorkbookError: the first three of `read_workbook`'s, ``not-a-workbook`` or ``too-large``.
    """
    code = "no-access"
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            code = "is-a-folder"
        elif not stat.S_ISREG(status.st_mode):
            code = "not-a-workbook"
        elif status.st_size > limits.packed:
            raise too_large(what="packed", limit=limits.packed, found=status.st_size)
        else:
            return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        code = "file-missing"
    except OSError:
        code = "no-access"
    raise UnreadableWorkbookError(code)


def _read(
    data: bytes, limits: Limits, sheet: str | None
) -> tuple[dict[str, RawSheet], list[str], Mapping[str, details.Place]]:
    """Return the sheets read, the names of those asked for, and the workbook's named cells."""
    if data.startswith(OLE_START):
        payload, looks = _rewriting().compound(data, limits)
        return *_read_rewritten(payload, looks, limits, sheet), {}
    if not data:
        raise damaged()
    if not data.startswith(ZIP_STARTS):
        raise not_a_workbook()
    package = Package(data, limits)
    kind = package.kind()
    if kind == "xlsx":
        return _read_xlsx(package, limits, sheet)
    if kind is None:
        raise not_a_workbook()
    payload, looks = _rewriting().zipped(kind, package, limits)
    return *_read_rewritten(payload, looks, limits, sheet), {}


def _rewriting() -> ModuleType:
    # Most files are plain .xlsx, and loading the other formats would make every start slower.
    from papi_xl.reading import rewriting  # noqa: PLC0415

    return rewriting


def _read_rewritten(
    payload: bytes, looks: Sequence[Look], limits: Limits, sheet: str | None
) -> tuple[dict[str, RawSheet], list[str]]:
    """Read a file of which only the values are left; ``looks`` are those of its sheets in order."""
    book = values(payload)
    if not book or len(book) != len(looks):
        raise damaged()
    chosen = [entry.name for entry, _ in book]
    if sheet != ALL_SHEETS:
        visible = [
            entry.name
            for entry, _ in book
            if entry.visible != SheetVisibleEnum.VeryHidden or entry.name == sheet
        ]
        chosen = details.chosen(visible, {}, sheet)
    found = {}
    for (entry, rows), look in zip(book, looks, strict=True):
        if entry.name in {*chosen, INFO, META}:
            floats = [[float(cell) if type(cell) is int else cell for cell in row] for row in rows]
            found[entry.name] = _raw_sheet(entry.name, floats, look, {}, limits)
    return found, chosen


def _read_xlsx(
    package: Package, limits: Limits, sheet: str | None
) -> tuple[dict[str, RawSheet], list[str], Mapping[str, details.Place]]:
    parts = [part for part in workbook_parts.sheet_parts(package) if part.kind == workbook_parts.WORKSHEET]
    tables = workbook_parts.all_tables(package, parts)
    names = workbook_parts.named_cells(package)
    chosen = [part.name for part in parts]
    if sheet != ALL_SHEETS:
        visible = [
            part.name for part in parts if part.state != workbook_parts.VERY_HIDDEN or part.name == sheet
        ]
        chosen = details.chosen(visible, tables, sheet)
    sides = {INFO, META} | {place[0] for name, place in names.items() if name in INFO_NAMES}
    sides.update(chosen)
    wanted = {part.name: part.part for part in parts if part.name in sides}
    looks = {name: plain_look(package.stream(part), limits) for name, part in wanted.items()}
    workbook_parts.bound_shared(package)
    shared_texts.bound_shown(package, wanted.values())
    package.count_rest(besides={part.part for part in parts})
    sure = {name: look for name, look in looks.items() if look}
    read = values(package.data, wanted) if len(sure) == len(wanted) else None
    rows = {entry.name: rows for entry, rows in read or ()}
    if read is None or len(rows) != len(wanted):
        rows, sure = _second_chance(package, wanted, limits)
    found = {name: _raw_sheet(name, rows[name], sure[name], tables[name], limits) for name in wanted}
    if sheet == ALL_SHEETS:
        found = {name: _computed(one, package.stream(wanted[name])) for name, one in found.items()}
    fonts = old_fonts_possible(package) or any(look.rich for look in sure.values())
    return _understood(package, found, wanted) if fonts else found, chosen, names


def _computed(sheet: RawSheet, chunks: Iterable[bytes]) -> RawSheet:
    return replace(sheet, formulas=formula_cells(chunks))


def _understood(
    package: Package, sheets: Mapping[str, RawSheet], parts: Mapping[str, str]
) -> dict[str, RawSheet]:
    """Return the sheets with texts in old Vietnamese fonts converted."""
    # Few workbooks have such fonts, and loading what understands them would make every start slower.
    from papi_xl.reading import old_fonts  # noqa: PLC0415

    fonts = old_fonts.read_fonts(package)
    return {
        name: old_fonts.with_old_texts(sheet, package.stream(parts[name]), fonts)
        for name, sheet in sheets.items()
    }


def _second_chance(
    package: Package, wanted: Mapping[str, str], limits: Limits
) -> tuple[dict[str, Rows], dict[str, Look]]:
    """Read sheets that are not plain, or that the reader of values gave up, from a workbook made anew."""
    payload, looks = _rewriting().sheets(package, wanted, limits)
    book = values(payload)
    rows = _openpyxl_values(payload) if book is None else [rows for _, rows in book]
    if len(rows) != len(wanted):
        raise damaged()
    return dict(zip(wanted, rows, strict=True)), dict(zip(wanted, looks, strict=True))


def _openpyxl_values(payload: bytes) -> list[Rows]:
    if len(payload) > SLOWLY:
        raise damaged()
    # openpyxl costs more to load than most workbooks to read, and hardly one needs it.
    from papi_xl.reading.fallback import read_values  # noqa: PLC0415

    try:
        return read_values(payload)
    except MemoryError:
        raise
    except Exception as error:  # Whatever the last reader stumbles over, the file is to blame.
        raise damaged() from error


def _raw_sheet(name: str, rows: Rows, look: Look, tables: Mapping[str, Area], limits: Limits) -> RawSheet:
    numbers = range(1, len(rows) + 1) if look.numbers is None else look.numbers[: len(rows)]
    placed: tuple[Sequence[Sequence[Cell]], Sequence[int]] = rows, numbers
    if look.overlays or len(rows) > limits.used_rows:
        placed = _laid_over(
            {n: row for n, row in zip(numbers, rows, strict=True) if any(map(_is_value, row))}, look
        )
    within(len(placed[0]), 0, limits)
    width = max((len(row) for row in placed[0]), default=0)
    spans = (range(first, min(last, width) + 1) for first, last in look.hidden_spans)
    return RawSheet(
        name=name,
        rows=placed[0],
        numbers=placed[1],
        merges=look.merges,
        hidden_rows=look.hidden_rows,
        hidden_columns=frozenset(column for span in spans for column in span),
        tables=tables,
    )


def _is_value(cell: Cell) -> bool:
    return cell is not None


def _laid_over(rows: dict[int, list[Cell]], look: Look) -> tuple[list[list[Cell]], list[int]]:
    """Return rows and their numbers with error values and the like in their places."""
    for (number, column), cell in look.overlays.items():
        if column <= FAR_COLUMN:
            row = rows.setdefault(number, [])
            row.extend([None] * (column - len(row)))
            row[column - 1] = cell
    numbers = sorted(rows)
    return [rows[number] for number in numbers], numbers
