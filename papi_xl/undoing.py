"""Undoing fixes in a file: the last batch of the log put back, cell by cell, as it was."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import Final

from papi_xl import fix_log, log_sheet
from papi_xl.checklist import Place
from papi_xl.editing import tables, workbook
from papi_xl.editing.cells import CellEdit, Stored, stored, with_cells
from papi_xl.editing.layout import layout
from papi_xl.editing.markup import tree
from papi_xl.editing.parts import Parts
from papi_xl.editing.styles import Stylesheet, renamed
from papi_xl.editing.texts import Run, spread
from papi_xl.errors import UnreadableWorkbookError, UsageError
from papi_xl.fix_log import Entry, Undo
from papi_xl.fixing import in_use, part_of
from papi_xl.raw import Cell

_MARKS: Final = frozenset({
    "rFont", "charset", "family", "b", "i", "strike", "outline", "shadow", "condense", "extend", "color",
    "sz", "u", "vertAlign", "scheme",
})  # fmt: skip
"""What a run's look consists of (source: ECMA-376 part 1, 18.4.7)."""


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
    places = [entry.change.place[1:] for entry in entries]
    held = stored(xml, places, workbook.shared_strings(parts), known=found)
    edits: dict[tuple[int, int], CellEdit] = {}
    for entry in entries:
        place, old = entry.change.place[1:], entry.old
        cell = held[place]
        styles, style = styles.derived(cell.style, number_format=old.number_format, font=old.font)
        runs = _runs(entry, cell, styles, style) if isinstance(old.value, str) else ()
        edits[place] = CellEdit(old.value, style, runs)
    made = workbook.with_stylesheet(parts, styles).with_part(part, with_cells(xml, edits, known=found))
    return tables.with_headers(made, part, _texts(edits))


def _texts(edits: Mapping[tuple[int, int], CellEdit]) -> dict[tuple[int, int], str]:
    return {place: edit.value for place, edit in edits.items() if isinstance(edit.value, str)}


def _runs(entry: Entry, cell: Stored, styles: Stylesheet, style: int) -> tuple[Run, ...]:
    """Return the runs of an old text.

    What the log does not know of their looks (the button `Sửa giúp` logs fonts alone) is as in the text that
    stands there now, else as in the cell.
    """
    text = str(entry.old.value)
    now = spread(text, cell.runs)
    pieces = _pieces(text, entry.old.runs)
    if not pieces:
        return now
    looks = [_look(run.look) for run in entry.old.runs]
    if all(looks):
        return tuple(map(Run, looks, pieces))
    own = styles.run_look(style).decode()
    worn = [run.look for run in now for _ in run.text] or [""] * len(text)
    numbers = [number for number, piece in enumerate(pieces) for _ in piece]
    letters = [
        (letter, looks[number] or renamed((look or own).encode(), entry.old.runs[number].font).decode())
        for letter, number, look in zip(text, numbers, worn, strict=True)
    ]
    alike = groupby(letters, key=itemgetter(1))
    return tuple(Run(look, "".join(letter for letter, _ in same)) for look, same in alike)


def _pieces(text: str, runs: Sequence[fix_log.Run]) -> list[str]:
    """Return ``text`` cut as ``runs`` were; nothing where they do not make it up."""
    units = text.encode("utf-16-le", "surrogatepass")
    ends = accumulate((2 * max(run.length, 0) for run in runs), initial=0)
    pieces = [units[start:end].decode("utf-16-le", "surrogatepass") for start, end in pairwise(ends)]
    return pieces if "".join(pieces) == text else []


def _look(text: str) -> str:
    """Return what a log calls the look of a run, empty unless it is one."""
    if not text.startswith("<rPr"):
        return ""
    try:
        root = tree(text.encode())
    except (UnreadableWorkbookError, UnicodeEncodeError):
        return ""
    sound = root.end == len(text.encode()) and root.name == "rPr" and not root.attributes
    plain = (
        one.name in _MARKS and not one.children and ":" not in "".join(one.attributes)
        for one in root.children
    )
    return text if sound and all(plain) else ""
