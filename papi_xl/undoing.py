"""Undoing fixes in a file: the last batch of the log put back, cell by cell, as it was."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

from papi_xl import fix_log, log_sheet
from papi_xl.checklist import Place
from papi_xl.editing import tables, workbook
from papi_xl.editing.cells import CellEdit, stored, with_cells
from papi_xl.editing.layout import layout
from papi_xl.editing.markup import tree
from papi_xl.editing.parts import Parts
from papi_xl.editing.styles import Stylesheet, renamed
from papi_xl.editing.texts import Run
from papi_xl.errors import UnreadableWorkbookError, UsageError
from papi_xl.fix_log import Entry, Undo
from papi_xl.fixing import in_use, part_of
from papi_xl.raw import Cell


def planned(parts: Parts) -> Undo:
    """Return what undoing the last batch of fixes does.

    Raises:
        UsageError: ``nothing-to-undo``, or ``log-not-ours`` (``sheet``): the log's sheet is the user's own.
    """
    known = log_sheet.read(parts)
    if not known:
        raise UsageError("nothing-to-undo")
    return fix_log.undo(known, _current(parts, known).get)


def undone(parts: Parts, undo: Undo, lang: str) -> bytes:
    """Return a copy of the workbook with what ``undo`` says put back, and those lines of the log gone."""
    made = parts
    for name, same in groupby(sorted(undo.back, key=_place), key=lambda entry: entry.change.sheet):
        made = _put_back(made, name, list(same))
    return workbook.recalculated(log_sheet.kept(made, undo.rest, lang)).zipped()


def _place(entry: Entry) -> Place:
    return entry.change.place


def _current(parts: Parts, entries: Sequence[Entry]) -> dict[Place, Cell]:
    """Return what each cell of the log, and what tells its row, holds now.

    Cells that are never to be changed are left out.
    """
    strings = workbook.shared_strings(parts)
    found: dict[Place, Cell] = {}
    asked = sorted({place for entry in entries for place in (entry.change.place, entry.anchor) if place})
    for name, same in groupby(asked, key=itemgetter(0)):
        if workbook.sheet_named(parts, name) is None:
            continue
        part = part_of(parts, name)
        places = {(row, column) for _, row, column in same}
        xml = parts.xml(part)
        rows = layout(xml, {row for row, _ in places})
        held = stored(xml, places, strings, known=rows)
        free = places - set(in_use(parts, part, places, rows))
        found |= {(name, *place): held[place].value for place in free if held[place].kind != "error"}
    return found


def _put_back(parts: Parts, name: str, entries: Sequence[Entry]) -> Parts:
    part = part_of(parts, name)
    xml = parts.xml(part)
    styles = workbook.stylesheet(parts)
    found = layout(xml, {entry.change.row for entry in entries})
    held = stored(xml, [entry.change.place[1:] for entry in entries], None, known=found)
    edits: dict[tuple[int, int], CellEdit] = {}
    for entry in entries:
        place, old = entry.change.place[1:], entry.old
        number = held[place].style
        styles, style = styles.derived(number, number_format=old.number_format, font=old.font)
        runs = _runs(entry, styles, style) if isinstance(old.value, str) else ()
        edits[place] = CellEdit(old.value, style, runs)
    made = workbook.with_stylesheet(parts, styles).with_part(part, with_cells(xml, edits, known=found))
    return tables.with_headers(made, part, _texts(edits))


def _texts(edits: Mapping[tuple[int, int], CellEdit]) -> dict[tuple[int, int], str]:
    return {place: edit.value for place, edit in edits.items() if isinstance(edit.value, str)}


def _runs(entry: Entry, styles: Stylesheet, style: int) -> tuple[Run, ...]:
    """Return the runs of an old text; a run of which only the font is known looks as the cell otherwise."""
    text = str(entry.old.value)
    units = text.encode("utf-16-le", "surrogatepass")
    ends = [*accumulate(2 * max(run.length, 0) for run in entry.old.runs)]
    pieces = [units[start:end].decode("utf-16-le", "surrogatepass") for start, end in pairwise([0, *ends])]
    if "".join(pieces) != text:
        return ()
    own = styles.run_look(style)
    looks = (_look(run.look) or renamed(own, run.font).decode() for run in entry.old.runs)
    return tuple(map(Run, looks, pieces))


def _look(text: str) -> str:
    """Return what a log calls the look of a run, empty unless it is one."""
    if not text.startswith("<rPr"):
        return ""
    try:
        root = tree(text.encode())
    except UnreadableWorkbookError:
        return ""
    sound = root.end == len(text.encode()) and all(":" not in one.name for one in root.walk())
    return text if sound else ""
