"""Cells of a sheet's XML changed one by one; every byte that belongs to no changed cell stays."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import escape

from papi_xl.editing.layout import CellSpan, Layout, Place, layout
from papi_xl.editing.markup import Edit, number, spliced, tag_with, tree
from papi_xl.editing.texts import Run, Text, characters, shared, understood, unescaped, written
from papi_xl.reading.package import TRUE
from papi_xl.reading.package import attributes as tag_attributes
from papi_xl.references import column_letters, parse_area


class CellEdit(NamedTuple):
    """What a cell is to hold.

    ``value``: a text, a number, a truth value, or ``None`` for nothing. ``style``: the number of its look,
    ``None`` to keep it (a cell that was not there has that of its row or column). ``runs``: the text in runs,
    empty for a text of one look. ``day``: the text is that of a day in ISO form, as few programs store one.
    """

    value: str | float | bool | None
    style: int | None = None
    runs: tuple[Run, ...] = ()
    day: bool = False


class Stored(NamedTuple):
    """What a cell holds, to the letter.

    ``kind`` is ``text``, ``number``, ``truth``, ``error``, ``day`` (a text in ISO form) or ``blank``;
    ``style`` is the number of its look.
    """

    kind: str = "blank"
    value: str | float | bool | None = None
    style: int = 0
    runs: tuple[Run, ...] = ()


def formula_cells(xml: bytes) -> frozenset[Place]:
    """Return the cells (row, column) of a worksheet that have a formula or are filled by an array's."""
    return layout(xml).formulas


def stored(
    xml: bytes, places: Collection[Place], strings: bytes | None, *, known: Layout | None = None
) -> dict[Place, Stored]:
    """Return what the cells at ``places`` hold.

    Args:
        xml: the worksheet.
        places: row and column of each cell.
        strings: the part `sharedStrings`, if there is one.
        known: the layout of the rows of ``places``, where it has been looked up already.
    """
    found = known or layout(xml, {row for row, _ in places})
    blank = {place: Stored(style=_inherited(found, *place)) for place in places}
    return blank | _held(xml, found, frozenset(places), strings)


def all_stored(xml: bytes, strings: bytes | None) -> dict[Place, Stored]:
    """Return what all cells of a worksheet hold that are there."""
    return _held(xml, layout(xml, None), None, strings)


def with_cells(xml: bytes, edits: Mapping[Place, CellEdit], *, known: Layout | None = None) -> bytes:
    """Return a worksheet with these cells changed; what holds a formula is never changed.

    Cells and rows that are not there are made in their places. ``known`` is the layout of the rows of
    ``edits``, where it has been looked up already. Raises ``damaged`` as `layout` does.
    """
    found = known or layout(xml, {row for row, _ in edits})
    free = [(place, edit) for place, edit in sorted(edits.items()) if not found.has_formula(place)]
    changes: list[Edit] = []
    for row, group in groupby(free, key=lambda one: one[0][0]):
        cells = {place[1]: edit for place, edit in group}
        changes += _changed_row(xml, found, row, cells) if row in found.rows else _new_row(found, row, cells)
    if found.data.inner == found.data.end and changes:
        changes = [_opened_data(xml, found, changes)]
    return spliced(xml, [*changes, *_dimension(xml, found, [place for place, _ in free])])


def _held(
    xml: bytes, found: Layout, places: Collection[Place] | None, strings: bytes | None
) -> dict[Place, Stored]:
    spans = {
        (row, column): span
        for row, whole in found.rows.items()
        for column, span in whole.cells.items()
        if places is None or (row, column) in places
    }
    raw = {place: _raw(xml, span) for place, span in spans.items()}
    wanted = {number(text.strip()) for kind, text in raw.values() if kind == "s"}
    texts = shared(strings, wanted) if strings and wanted else {}
    return {place: _understood(xml, span, raw[place], texts) for place, span in spans.items()}


def _changed_row(xml: bytes, found: Layout, place: int, cells: Mapping[int, CellEdit]) -> list[Edit]:
    row = found.rows[place]
    changes, added = [], []
    for column, edit in cells.items():
        span = row.cells.get(column)
        if span is None:
            tag = _new_tag(found, place, column)
            following = [cell.start for right, cell in row.cells.items() if right > column]
            at = min(following, default=row.close)
            added.append(Edit(at, at, _cell(tag, found.prefix, edit)))
        else:
            changes.append(
                Edit(span.start, span.end, _cell(xml[span.start : span.inner], found.prefix, edit))
            )
    tag = xml[row.start : row.inner]
    spans = _widened(row.values.get("spans", ""), cells) if added else None
    widened = tag_with(tag, spans=spans) if spans else tag
    if row.inner == row.end and added:
        inner = b"".join(edit.content for edit in added)
        closing = f"</{found.prefix}row>".encode()
        return [Edit(row.start, row.end, widened[:-2].rstrip() + b">" + inner + closing)]
    return [Edit(row.start, row.inner, widened), *changes, *added]


def _new_row(found: Layout, place: int, cells: Mapping[int, CellEdit]) -> list[Edit]:
    name = f"{found.prefix}row".encode()
    inner = b"".join(
        _cell(_new_tag(found, place, column), found.prefix, edit) for column, edit in cells.items()
    )
    at = found.gaps[place]
    return [Edit(at, at, b'<%b r="%d">%b</%b>' % (name, place, inner, name))]


def _opened_data(xml: bytes, found: Layout, rows: Sequence[Edit]) -> Edit:
    """Return the edit that puts rows into a sheet without any."""
    tag = xml[found.data.start : found.data.inner]
    inner = b"".join(edit.content for edit in rows)
    closing = f"</{found.prefix}sheetData>".encode()
    return Edit(found.data.start, found.data.end, tag[:-2].rstrip() + b">" + inner + closing)


def _new_tag(found: Layout, row: int, column: int) -> bytes:
    reference = f"{column_letters(column)}{row}"
    style = _inherited(found, row, column)
    return tag_with(f"<{found.prefix}c/>".encode(), r=reference, s=str(style) if style else None)


def _inherited(found: Layout, row: int, column: int) -> int:
    """Return the look of a cell that is not there: its row's, else its column's."""
    values = found.rows[row].values if row in found.rows else {}
    if values.get("customFormat") in TRUE:
        return number(values.get("s", "0"))
    for one in found.columns:
        if number(one.get("min", "0")) <= column <= number(one.get("max", "0")):
            return number(one.get("style", "0"))
    return 0


def _cell(tag: bytes, prefix: str, edit: CellEdit) -> bytes:
    """Return a cell's element; its tag keeps what it says besides the kind of value and the look."""
    kind, inner = _value(prefix, edit)
    style = {} if edit.style is None else {"s": str(edit.style) if edit.style else None}
    start = tag_with(tag, t=kind, cm=None, vm=None, **style)
    start = start[:-2].rstrip() if start.endswith(b"/>") else start[:-1].rstrip()
    return b"%b>%b</%bc>" % (start, inner, prefix.encode()) if inner else start + b"/>"


def _value(prefix: str, edit: CellEdit) -> tuple[str | None, bytes]:
    value = edit.value
    if value is None:
        return None, b""
    if isinstance(value, str) and not edit.day:
        inner = written(Text(value, edit.runs), prefix)
        return "inlineStr", b"<%bis>%b</%bis>" % (prefix.encode(), inner, prefix.encode())
    if isinstance(value, bool):
        kind, text = "b", str(int(value))
    elif isinstance(value, str):
        kind, text = "d", value
    else:
        kind, text = None, repr(value).removesuffix(".0")
    return kind, f"<{prefix}v>{escape(text)}</{prefix}v>".encode()


def _widened(spans: str, columns: Collection[int]) -> str | None:
    """Return a row's hint of where its cells are, widened; ``None`` where it gives none."""
    first, _, last = spans.partition(":")
    if not (number(first) and number(last)):
        return None
    return f"{min(number(first), *columns)}:{max(number(last), *columns)}"


def _dimension(xml: bytes, found: Layout, places: Collection[Place]) -> list[Edit]:
    """Return the edit that widens what the sheet says of its used cells, where it must."""
    if found.dimension is None or not places:
        return []
    start, end = found.dimension
    area = parse_area(tag_attributes(xml[start:end]).get("ref", ""))
    if area is None:
        return []
    rows, columns = [row for row, _ in places], [column for _, column in places]
    top, left = min(area.top, *rows), min(area.left, *columns)
    bottom, right = max(area.bottom, *rows), max(area.right, *columns)
    if (top, left, bottom, right) == area:
        return []
    reference = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
    return [Edit(start, end, tag_with(xml[start:end], ref=reference))]


def _raw(xml: bytes, span: CellSpan) -> tuple[str, str]:
    """Return the type of a cell and the characters of its value as they stand."""
    if span.end == span.inner:
        return "", ""
    root = tree(xml[span.start : span.end])
    value = root.first("v")
    kind = span.values.get("t", "n")
    if kind == "inlineStr":
        return (kind, "") if root.first("is") else ("", "")
    return (kind, characters(xml[span.start : span.end][value.start : value.end])) if value else ("", "")


def _understood(xml: bytes, span: CellSpan, raw: tuple[str, str], texts: Mapping[int, Text]) -> Stored:
    kind, value = raw
    style = number(span.values.get("s", "0"))
    if kind == "inlineStr":
        whole = xml[span.start : span.end]
        inline = tree(whole).first("is")
        text = understood(inline.of(whole)) if inline else Text("")
    elif kind == "s":
        text = texts.get(number(value.strip()), Text(""))
    elif kind == "str":
        text = Text(unescaped(value))
    elif kind == "b":
        return Stored("truth", value.strip() in TRUE, style)
    elif kind in {"e", "d"}:
        return Stored("error" if kind == "e" else "day", value, style)
    elif kind:
        return Stored(*_numeric(value), style)
    else:
        return Stored(style=style)
    return Stored("text", text.text, style, text.runs)


def _numeric(text: str) -> tuple[str, float | str]:
    try:
        return "number", float(text)
    except ValueError:
        return "error", text
