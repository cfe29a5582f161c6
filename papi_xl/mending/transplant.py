"""Sheets of a workbook made anew put into another one, in place of those that were broken there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from papi_xl.editing.markup import Element, placed, retagged, spliced, tag_with, tree
from papi_xl.editing.parts import Parts, main_part
from papi_xl.editing.styles import Offsets
from papi_xl.editing.workbook import sheet_named, sheets, stylesheet, with_stylesheet
from papi_xl.editing.workbook import with_sheet as with_bare_sheet
from papi_xl.mending.makeup import SHEET_DATA
from papi_xl.moving.parts import Place
from papi_xl.references import column_letters, parse_area, parse_cell

CHILDREN: Final = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF",
    "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""The children of `worksheet` in their order (source: ECMA-376 part 1, 18.3.1.99)."""
_TYPE: Final = "application/vnd.openxmlformats-officedocument.{}+xml"
_STYLED = re.compile(rb'(<c(?=\s)[^<>]*?)(?:\ss="(\d+)")?((?:\st="\w+")?/?>)')
_ROW_STYLED = re.compile(rb'(<row\s[^<>]*?\ss=")(\d+)(")')
_SHARED = re.compile(rb'(<c\s[^<>]*?\st=)"s"([^<>]*>)<v>(\d+)</v>')
_STRING = re.compile(rb"<si>(.*?)</si>", re.DOTALL)
_REFERENCE = re.compile(rb'(\bref=")([A-Z]{1,3}[0-9]{1,7})(")')
_NOTE_PLACE = re.compile(
    rb"(<x:Row>\s*)(\d+)(\s*</x:Row>\s*<x:Column>\s*)(\d+)(\s*</x:Column>)", re.IGNORECASE
)
_ANCHOR_ROW = re.compile(rb"(<(?:[\w.-]+:)?row>\s*)(\d+)(\s*<)")
_KEPT: Final = frozenset(
    {"comments", "vmlDrawing", "threadedComment", "drawing", "hyperlink", "image", "customProperty"}
)
_ITS_OWN: Final = frozenset({"table", "printerSettings"})


@dataclass(frozen=True)
class Source:
    """A workbook made anew: its parts, its shared texts, and how its looks are numbered in the other one."""

    parts: Parts
    texts: tuple[bytes, ...]
    offsets: Offsets


@dataclass(frozen=True)
class Way:
    """Where the cells of a sheet are now: ``to`` for one cell, ``rows`` for all that hangs on rows alone."""

    to: Callable[[Place], Place]
    rows: int = 0


def taken_in(parts: Parts, fresh: Parts) -> tuple[Parts, Source]:
    """Return the parts with the looks of the workbook ``fresh``, and that as a source of sheets."""
    styles, offsets = stylesheet(parts).joined(stylesheet(fresh))
    strings = next(
        (one.target for one in fresh.relations(main_part(fresh)) if one.kind == "sharedStrings"), None
    )
    texts = tuple(_STRING.findall(fresh.xml(strings))) if strings else ()
    return with_stylesheet(parts, styles), Source(fresh, texts, offsets)


def with_sheet(parts: Parts, source: Source, name: str, way: Way, *, called: str | None = None) -> Parts:
    """Return the parts with the sheet ``name`` of ``source``, called ``called`` there where that is given.

    Where there is one of that name already its cells make way; its notes, links and pictures stay, at the
    places that ``way`` gives.
    """
    origin = next(one for one in sheets(source.parts) if one.name == name)
    title = called or name
    there = sheet_named(parts, title)
    old = tree(_without_data(parts.xml(there.part))) if there else None
    xml = _bare(_renumbered(source.parts.xml(origin.part), source))
    state = there.state if there and origin.state == "visible" else origin.state
    made = with_bare_sheet(parts, title, xml, state=state)
    part = next(one.part for one in sheets(made) if one.name == title)
    if old is not None:
        made = _with_kept(made, part, old, way)
    return _with_own_parts(made, part, source, origin.part)


def _without_data(xml: bytes) -> bytes:
    return SHEET_DATA.sub(b"", xml, count=1)


def _renumbered(xml: bytes, source: Source) -> bytes:
    """Return a sheet with its looks numbered as they are now, and its texts in its cells."""
    first, dxf = source.offsets.xf, source.offsets.dxf

    def text(found: re.Match[bytes]) -> bytes:
        return b'%b"inlineStr"%b<is>%b</is>' % (found[1], found[2], source.texts[int(found[3])])

    def look(found: re.Match[bytes]) -> bytes:
        return b'%b s="%d"%b' % (found[1], first + int(found[2] or 0), found[3])

    def moved(found: re.Match[bytes]) -> bytes:
        return b"%b%d%b" % (found[1], first + int(found[2]), found[3])

    data = SHEET_DATA.search(xml)
    inner = data[0] if data else b""
    head, _, tail = xml.partition(inner) if inner else (xml, b"", b"")
    inner = _ROW_STYLED.sub(moved, _STYLED.sub(look, _SHARED.sub(text, inner)))
    head = re.sub(rb'(<col\s[^<>]*?\sstyle=")(\d+)(")', moved, head).replace(b' tabSelected="1"', b"")
    tail = re.sub(rb'(\sdxfId=")(\d+)(")', lambda m: b"%b%d%b" % (m[1], dxf + int(m[2]), m[3]), tail)
    return head + inner + tail


def _bare(xml: bytes) -> bytes:
    """Return a sheet without what leads to parts of its own."""
    return re.sub(rb"<tableParts.*?</tableParts>|<(?:legacyD|d)rawing\s[^<>]*/>", b"", xml, flags=re.DOTALL)


def _with_kept(parts: Parts, part: str, old: Element, way: Way) -> Parts:
    """Return the parts with the notes, links and pictures of a sheet that made way."""
    made = parts
    for lead in parts.relations(part):
        if not lead.external and lead.kind not in _KEPT:
            made = made.without_relation(part, lead.target)
            made = made.without(lead.target) if lead.kind in _ITS_OWN else made
    leads = [one.id for one in made.relations(part)]
    notes, to = _unique(way.to), _unique(way.to)
    for lead in made.relations(part):
        if not lead.external and lead.target in made:
            content = _moved(lead.kind, made.read(lead.target), notes, way.rows)
            made = made.with_part(lead.target, content)
    xml = made.xml(part)
    links = old.first("hyperlinks")
    tags = b"".join(_link(one, to) for one in (links.children if links else ()))
    xml = _put(xml, "hyperlinks", b"<hyperlinks>%b</hyperlinks>" % tags) if tags else xml
    for local in ("drawing", "legacyDrawing"):
        there = old.first(local)
        if there and there.get("id") in leads:
            xml = _put(xml, local, tag_with(b"<%b/>" % local.encode(), **{"r:id": there.get("id")}))
    return made.with_part(part, xml)


def _moved(kind: str, content: bytes, to: Callable[[Place], Place], rows: int) -> bytes:
    """Return notes, their boxes or pictures at their new places."""
    if kind in {"comments", "threadedComment"}:
        return _REFERENCE.sub(lambda found: found[1] + _cell(to, found[2]) + found[3], content)
    if kind == "vmlDrawing":
        return _NOTE_PLACE.sub(lambda found: _note(to, found), content)
    if kind == "drawing" and rows:
        return _ANCHOR_ROW.sub(
            lambda found: b"%b%d%b" % (found[1], max(0, int(found[2]) + rows), found[3]), content
        )
    return content


def _put(xml: bytes, local: str, content: bytes) -> bytes:
    return spliced(xml, placed(xml, tree(xml), content, local, CHILDREN))


def _link(link: Element, to: Callable[[Place], Place]) -> bytes:
    area = parse_area(link.get("ref"))
    row, column = to((area.top, area.left)) if area else (1, 1)
    values = {key: link.get(key) for key in ("location", "tooltip", "display") if link.get(key)}
    lead = {"r:id": link.get("id")} if link.get("id") else {}
    return tag_with(b"<hyperlink/>", ref=f"{column_letters(column)}{row}", **lead, **values)


def _cell(to: Callable[[Place], Place], reference: bytes) -> bytes:
    row, column = to(parse_cell(reference.decode()) or (1, 1))
    return f"{column_letters(column)}{row}".encode()


def _note(to: Callable[[Place], Place], found: re.Match[bytes]) -> bytes:
    row, column = to((int(found[2]) + 1, int(found[4]) + 1))
    return b"%b%d%b%d%b" % (found[1], row - 1, found[3], column - 1, found[5])


def _unique(to: Callable[[Place], Place]) -> Callable[[Place], Place]:
    """Return ``to`` so that no two cells come to the same one: the second goes further right."""
    taken: dict[Place, Place] = {}

    def free(place: Place) -> Place:
        row, column = to(place)
        while taken.setdefault((row, column), place) != place:
            column += 1
        return row, column

    return free


def _with_own_parts(parts: Parts, part: str, source: Source, origin: str) -> Parts:
    """Return the parts with the tables and the chart of a sheet of ``source``."""
    made, rows = parts, []
    for lead in source.parts.relations(origin):
        if lead.kind == "table":
            made, relation = _with_table(made, part, source.parts.xml(lead.target))
            rows.append(b'<tablePart r:id="%b"/>' % relation.encode())
        elif lead.kind == "drawing" and not _has_chart(made, part):
            made = _with_drawing(made, part, source.parts, lead.target)
    if rows:
        whole = b'<tableParts count="%d">%b</tableParts>' % (len(rows), b"".join(rows))
        made = made.with_part(part, _put(made.xml(part), "tableParts", whole))
    return made


def _with_table(parts: Parts, part: str, xml: bytes) -> tuple[Parts, str]:
    tables = [name for name in parts.content if name.startswith("xl/tables/") and name.endswith(".xml")]
    taken = [int(tree(parts.xml(name)).get("id", "0")) for name in tables]
    table = spliced(xml, [retagged(xml, tree(xml), id=str(max(taken, default=0) + 1))])
    name = parts.free_name("xl/tables/table{}.xml")
    made = parts.with_part(name, table, _TYPE.format("spreadsheetml.table"))
    return made.with_relation(part, "table", name)


def _has_chart(parts: Parts, part: str) -> bool:
    drawings = [one.target for one in parts.relations(part) if one.kind == "drawing"]
    return any(one.kind == "chart" for name in drawings for one in parts.relations(name))


def _with_drawing(parts: Parts, part: str, fresh: Parts, drawing: str) -> Parts:
    """Return the parts with a drawing and its chart; pictures that are there already stay beside it."""
    chart = next(one.target for one in fresh.relations(drawing) if one.kind == "chart")
    chart_name = parts.free_name("xl/charts/chart{}.xml")
    made = parts.with_part(chart_name, fresh.read(chart), _TYPE.format("drawingml.chart"))
    there = next((one.target for one in made.relations(part) if one.kind == "drawing"), None)
    xml = fresh.xml(drawing)
    target = there or parts.free_name("xl/drawings/drawing{}.xml")
    made, relation = made.with_relation(target, "chart", chart_name)
    anchors = re.sub(rb'r:id="rId\d+"', b'r:id="%b"' % relation.encode(), xml)
    if there is None:
        made = made.with_part(target, anchors, _TYPE.format("drawing"))
        made, lead = made.with_relation(part, "drawing", target)
        return made.with_part(part, _put(made.xml(part), "drawing", b'<drawing r:id="%b"/>' % lead.encode()))
    old = made.xml(target)
    declared = b"".join(re.findall(rb'\sxmlns:(?:xdr|a)="[^"]*"', anchors[: anchors.index(b"<xdr:t")]))
    inner = anchors[anchors.index(b"<xdr:twoCellAnchor") : anchors.rindex(b"</xdr:wsDr>")]
    inner = inner.replace(b"<xdr:twoCellAnchor", b"<xdr:twoCellAnchor" + declared, 1)
    close = tree(old).close
    return made.with_part(target, old[:close] + inner + old[close:])
