"""Safe fixes in a file: a copy in which nothing differs but the cells fixed, their looks, and the log."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from papi_xl import fix_log, fixes, log_sheet
from papi_xl.bounds import OLE_START, Limits, damaged
from papi_xl.check import Result
from papi_xl.checklist import Place, place_of
from papi_xl.editing import tables, workbook
from papi_xl.editing.cells import CellEdit, Stored, stored, with_cells
from papi_xl.editing.layout import Layout, layout
from papi_xl.editing.layout import Place as CellPlace
from papi_xl.editing.markup import tree
from papi_xl.editing.parts import Parts, suffix, unpacked
from papi_xl.editing.styles import Stylesheet, renamed
from papi_xl.editing.texts import Run, spread
from papi_xl.errors import UsageError
from papi_xl.fix_log import Entry, Old
from papi_xl.fixes import FONT, TEXT, Change, Judge, Plan
from papi_xl.legacy import converted, encoding_of_font
from papi_xl.raw import RawWorkbook
from papi_xl.read import called, loaded, naming, read_content
from papi_xl.reading.package import Package
from papi_xl.text import tidy


@dataclass(frozen=True, eq=False, repr=False)
class Source:
    """A workbook to be fixed: its cells, and its parts where they can be changed one by one.

    ``suffix`` is what a copy's name has to end in; ``parts`` are ``None`` for .xls, .xlsb and .ods.
    """

    workbook: RawWorkbook
    parts: Parts | None
    suffix: str = ".xlsx"

    def changeable(self) -> Parts:
        """Return the parts.

        Raises:
            UsageError: ``fix-not-xlsx`` (``file``), the file is of a kind that is read only.
        """
        if self.parts is None:
            raise UsageError("fix-not-xlsx", file=self.workbook.file)
        return self.parts


class Planned(NamedTuple):
    """The check of a workbook as it is, and what to change in it."""

    result: Result
    plan: Plan


def opened(path: Path, limits: Limits, *, sheet: str | None = None) -> Source:
    """Read a workbook that is to be fixed; raises as `read.read_workbook` does."""
    with naming(called(path)):
        data = loaded(path, limits)
        cells = read_content(path.name, data, limits, sheet=sheet)
        parts = _parts(data, limits)
    if parts is None:
        return Source(cells, None)
    return Source(cells, parts, suffix(parts))


def _parts(data: bytes, limits: Limits) -> Parts | None:
    """Return the parts of a file that has been read, ``None`` for .xls, .xlsb and .ods."""
    if data.startswith(OLE_START):
        return None
    package = Package(data, limits)
    return unpacked(package) if package.kind() == "xlsx" else None


def planned(source: Source, judge: Judge, only: Collection[str] = fixes.FIXABLE) -> Planned:
    """Check a workbook and return what to change in it; ``judge`` checks as it is to be checked."""
    result = judge(source.workbook)
    wanted = {place: one.fix for one in result.findings if one.fix is not None and (place := place_of(one))}
    kept = frozenset(_untouchable(source, wanted))
    return Planned(result, fixes.plan(source.workbook, result, judge, kept, only))


def fixed(source: Source, plan: Plan, made_at: datetime, lang: str) -> bytes:
    """Return a copy of the workbook with the changes of ``plan`` made and written down in its log.

    Raises:
        UsageError: ``fix-not-xlsx``, or ``log-not-ours`` (``sheet``): a sheet of that name is the user's.
    """
    parts = source.changeable()
    known = log_sheet.read(parts)
    batch = fix_log.next_batch(known)
    entries: list[Entry] = []
    for name, same in groupby(plan.changes, key=lambda change: change.sheet):
        changes = list(same)
        parts, olds = _changed(parts, name, changes)
        entries += (Entry(batch, made_at, one, old) for one, old in zip(changes, olds, strict=True))
    made = log_sheet.kept(parts, [*known, *entries], lang)
    return workbook.recalculated(made).zipped()


def part_of(parts: Parts, sheet: str) -> str:
    """Return the part of a worksheet that is there; ``damaged`` where it is not."""
    found = workbook.sheet_named(parts, sheet)
    if found is None:
        raise damaged()
    return found.part


def in_use(parts: Parts, part: str, places: Collection[CellPlace], found: Layout) -> Iterator[CellPlace]:
    """Yield those of the ``places`` of a worksheet that are never to be changed.

    They hold a formula, or are headers of a table that formulas name. ``found`` is the worksheet's layout.
    """
    headers = tables.header_cells(parts, part)
    for place in places:
        header = headers.get(place)
        if found.has_formula(place) or (header and tables.is_in_formulas(parts, header.name)):
            yield place


def _untouchable(source: Source, wanted: Mapping[Place, str]) -> Iterator[Place]:
    """Yield the cells that are not to be changed, or do not hold what was read from them.

    ``wanted`` are the cells in question with what they are to read.
    """
    if source.parts is None:
        return
    sheets = {sheet.name: sheet for sheet in source.workbook.sheets}
    strings = workbook.shared_strings(source.parts)
    for name, same in groupby(sorted(wanted), key=lambda place: place[0]):
        texts = {place[1:]: wanted[place] for place in same}
        places = list(texts)
        part = part_of(source.parts, name)
        xml = source.parts.xml(part)
        found = layout(xml, {row for row, _ in places})
        yield from ((name, *place) for place in in_use(source.parts, part, places, found))
        yield from ((name, *place) for place in tables.doubled(source.parts, part, texts))
        for place, held in stored(xml, places, strings, known=found).items():
            sheet = sheets.get(name)
            read = sheet.legacy.get(place) or sheet.cell(*place) if sheet else held.value
            # Nobody can put a day in ISO form back: the log knows texts and numbers.
            if held.kind in {"error", "day"} or (held.kind == "text" and held.value != (read or "")):
                yield name, *place


def _changed(parts: Parts, name: str, changes: Sequence[Change]) -> tuple[Parts, list[Old]]:
    """Return the parts with the changes of one sheet made, and what was there before each."""
    part = part_of(parts, name)
    xml = parts.xml(part)
    places = [(one.row, one.column) for one in changes]
    found = layout(xml, {row for row, _ in places})
    held = stored(xml, places, workbook.shared_strings(parts), known=found)
    styles = workbook.stylesheet(parts)
    edits, olds = {}, []
    for place, change in zip(places, changes, strict=True):
        cell = held[place]
        old = _old(cell, change, styles)
        styles, style = styles.derived(
            cell.style,
            number_format=change.number_format if old.number_format else None,
            font=FONT if old.font and encoding_of_font(old.font) else None,
        )
        runs = _runs(cell.runs, change, styles.look(cell.style).font) if isinstance(change.after, str) else ()
        edits[place] = CellEdit(change.after, style, runs)
        olds.append(old)
    made = workbook.with_stylesheet(parts, styles).with_part(part, with_cells(xml, edits, known=found))
    texts = {place: str(edit.value) for place, edit in edits.items()}
    return tables.with_headers(made, part, texts), olds


def _old(cell: Stored, change: Change, styles: Stylesheet) -> Old:
    """Return what a cell holds before ``change``; of its look, what has to change with it."""
    look = styles.look(cell.style)
    format_serves = change.number_format is None or (
        look.number_format == TEXT if change.number_format == TEXT else "%" in look.number_format
    )
    # The font of a cell whose runs change theirs is kept too: LibreOffice gives it that of the first run.
    font_serves = change.font is None or not (cell.runs or encoding_of_font(look.font))
    return Old(
        cell.value,
        None if format_serves else look.number_format,
        None if font_serves else look.font,
        tuple(_kept(run, look.font) for run in cell.runs),
    )


def _kept(run: Run, font: str) -> fix_log.Run:
    return fix_log.Run(len(run.text.encode("utf-16-le", "surrogatepass")) // 2, font_of(run, font), run.look)


def font_of(run: Run, font: str) -> str:
    """Return the name of the font of a run; ``font`` is that of its cell."""
    named = tree(run.look.encode()).first("rFont") if run.look else None
    return named.get("val") if named else font


def _runs(runs: Sequence[Run], change: Change, font: str) -> tuple[Run, ...]:
    """Return the new text in runs as the old one was, old fonts given up where the text is converted."""
    after = str(change.after)
    if change.font is None:
        return spread(after, tuple(runs))
    codes = [encoding_of_font(font_of(run, font)) for run in runs]
    coded = list(zip(runs, codes, strict=True))
    looks = [
        renamed(run.look.encode(), FONT).decode() if run.look and code else run.look for run, code in coded
    ]
    meant = [converted(run.text, code) if code else run.text for run, code in coded]
    if tidy("".join(meant)) != tidy(after):
        meant = [run.text for run in runs]
    return spread(after, tuple(map(Run, looks, meant)))
