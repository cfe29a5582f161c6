"""Sheets and names of a workbook, added, replaced and taken away in its package."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from papi_xl.bounds import damaged
from papi_xl.editing.markup import (
    Edit,
    Element,
    appended,
    number,
    placed,
    retagged,
    spliced,
    tag_with,
    tree,
)
from papi_xl.editing.parts import STRICT, Parts, main_part
from papi_xl.editing.styles import EMPTY, Stylesheet
from papi_xl.reading.package import unescaped

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
CHILDREN: Final = (
    "fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "workbookProtection",
    "bookViews", "sheets", "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
    "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
    "webPublishObjects", "extLst",
)  # fmt: skip
"""The children of `workbook` in their order (source: ECMA-376 part 1, 18.2.27)."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook: name, part, kind (``worksheet``, ``chartsheet``…), state, place from 0."""

    name: str
    part: str
    kind: str
    state: str
    index: int


def sheets(parts: Parts) -> list[Sheet]:
    """Return the sheets in workbook order."""
    main = main_part(parts)
    leads = {one.id: one for one in parts.relations(main)}
    entries = _entries(tree(parts.xml(main)))
    return [
        Sheet(entry.get("name"), lead.target, lead.kind, entry.get("state", "visible"), index)
        for index, entry in enumerate(entries)
        if (lead := leads.get(_relation_id(entry))) is not None
    ]


def sheet_named(parts: Parts, name: str) -> Sheet | None:
    """Return the sheet of this name, which Excel tells apart without regard to case."""
    return next((one for one in sheets(parts) if one.name.casefold() == name.casefold()), None)


def with_sheet(parts: Parts, name: str, xml: bytes, *, state: str = "visible") -> Parts:
    """Return the parts with a worksheet added at the end, or with that of the same name replaced.

    Args:
        parts: the package.
        name: the sheet's name, as Excel allows it.
        xml: the worksheet, in the transitional namespace and without relationships of its own; those of a
            sheet that is replaced stay, so that its parts can be named again or taken away.
        state: ``visible``, ``hidden`` or ``veryHidden``.
    """
    main = main_part(parts)
    own = xml.replace(MAIN.encode(), STRICT_MAIN.encode()) if parts.relation_base() == STRICT else xml
    there = sheet_named(parts, name)
    if there:
        return _with_state(parts.with_part(there.part, own), there, state)
    part = parts.free_name("xl/worksheets/sheet{}.xml")
    made = parts.with_part(part, own, _TYPE.format("worksheet"))
    made, relation = made.with_relation(main, "worksheet", part)
    book = made.xml(main)
    root = tree(book)
    last = max((number(one.get("sheetId")) for one in _entries(root)), default=0)
    prefix, holder = _office_prefix(root, parts.relation_base())
    shown = {} if state == "visible" else {"state": state}
    start = b"<%bsheet/>" % root.prefix.encode()
    tag = tag_with(start, name=name, sheetId=str(last + 1), **shown, **{f"{prefix}id": relation}, **holder)
    listed = root.first("sheets")
    if listed is None:
        raise damaged()
    return made.with_part(main, spliced(book, appended(book, listed, tag)))


def without_sheet(parts: Parts, name: str) -> Parts:
    """Return the parts without a sheet, the parts that only it leads to, and the names of its cells."""
    gone = sheet_named(parts, name)
    if gone is None:
        return parts
    main = main_part(parts)
    book = parts.xml(main)
    root = tree(book)
    entry = _entries(root)[gone.index]
    edits = [
        Edit(entry.start, entry.end, b""),
        *_names_moved(book, root, gone),
        *_views_moved(book, root, gone),
    ]
    made = parts.with_part(main, spliced(book, edits)).without_relation(main, gone.part)
    return _without_unused(made, gone.part)


def with_names(parts: Parts, names: Mapping[str, str | None], *, sheet: str | None = None) -> Parts:
    """Return the parts with defined names set (formula without ``=``) or taken out.

    They are names of the whole workbook, or those local to ``sheet``.
    """
    holder = sheet_named(parts, sheet) if sheet else None
    local = str(holder.index) if holder else ""
    main = main_part(parts)
    book = parts.xml(main)
    root = tree(book)
    listed = root.first("definedNames")
    own = [one for one in (listed.children if listed else ()) if one.get("localSheetId") == local]
    edits, added = [], []
    for name, formula in sorted(names.items(), key=lambda pair: pair[0].lower()):
        there = next((one for one in own if one.get("name").lower() == name.lower()), None)
        text = b"" if formula is None else _name(root.prefix, name, formula, local)
        if there:
            edits.append(Edit(there.start, there.end, text))
        elif text and listed and listed.children:
            later = [one.start for one in listed.children if one.get("name").lower() > name.lower()]
            at = min(later, default=listed.close)
            edits.append(Edit(at, at, text))
        else:
            added.append(text)
    if any(added):
        tag = f"{root.prefix}definedNames".encode()
        whole = b"<%b>%b</%b>" % (tag, b"".join(added), tag)
        empty = appended(book, listed, b"".join(added)) if listed else None
        edits += empty or placed(book, root, whole, "definedNames", CHILDREN)
    return parts.with_part(main, spliced(book, edits))


def _name(prefix: str, name: str, formula: str, local: str) -> bytes:
    tag = f"{prefix}definedName".encode()
    start = tag_with(b"<%b>" % tag, name=name, localSheetId=local or None)
    return b"%b%b</%b>" % (start, escape(formula).encode(), tag)


def recalculated(parts: Parts) -> Parts:
    """Return the parts so that all formulas are worked out when the workbook is opened.

    The chain of calculation goes too: Excel makes it anew.
    """
    main = main_part(parts)
    book = parts.xml(main)
    root = tree(book)
    there = root.first("calcPr")
    if there:
        edits = [retagged(book, there, fullCalcOnLoad="1")]
    else:
        edits = placed(
            book, root, b'<%bcalcPr fullCalcOnLoad="1"/>' % root.prefix.encode(), "calcPr", CHILDREN
        )
    made = parts.with_part(main, spliced(book, edits))
    for chain in [one.target for one in made.relations(main) if one.kind == "calcChain"]:
        made = made.without_relation(main, chain).without(chain)
    return made


def stylesheet(parts: Parts) -> Stylesheet:
    """Return the workbook's stylesheet, a plain one where it has none."""
    part = _styles_part(parts)
    return Stylesheet(EMPTY if part is None else parts.xml(part))


def with_stylesheet(parts: Parts, styles: Stylesheet) -> Parts:
    """Return the parts with the workbook's stylesheet replaced; the same parts where it is the same."""
    part = _styles_part(parts)
    if part is not None:
        return parts if parts.xml(part) == styles.xml else parts.with_part(part, styles.xml)
    made = parts.with_part("xl/styles.xml", styles.xml, _TYPE.format("styles"))
    return made.with_relation(main_part(parts), "styles", "xl/styles.xml")[0]


def shared_strings(parts: Parts) -> bytes | None:
    """Return the part with the texts that cells share, ``None`` where there is none."""
    leads = parts.relations(main_part(parts))
    part = next((one.target for one in leads if one.kind == "sharedStrings" and one.target in parts), None)
    return None if part is None else parts.xml(part)


def _styles_part(parts: Parts) -> str | None:
    relations = parts.relations(main_part(parts))
    return next((one.target for one in relations if one.kind == "styles" and one.target in parts), None)


def _entries(root: Element) -> list[Element]:
    listed = root.first("sheets")
    return [] if listed is None else listed.all("sheet")


def _relation_id(entry: Element) -> str:
    return next((value for key, value in entry.attributes.items() if key.endswith(":id")), "")


def _office_prefix(root: Element, base: str) -> tuple[str, dict[str, str]]:
    """Return the prefix of relationship ids with its colon, and what must declare it where none is."""
    declared = (key for key, value in root.attributes.items() if value == base)
    known = next((key for key in declared if key.startswith("xmlns:")), None)
    return (f"{known[len('xmlns:') :]}:", {}) if known else ("r:", {"xmlns:r": base})


def _with_state(parts: Parts, sheet: Sheet, state: str) -> Parts:
    if sheet.state == state:
        return parts
    main = main_part(parts)
    book = parts.xml(main)
    entry = _entries(tree(book))[sheet.index]
    edit = retagged(book, entry, state=None if state == "visible" else state)
    return parts.with_part(main, spliced(book, [edit]))


def _names_moved(book: bytes, root: Element, gone: Sheet) -> Iterator[Edit]:
    """Yield the edits that take out the names of a sheet, and move those local to the sheets after it."""
    listed = root.first("definedNames")
    left = 0
    edits = []
    for one in listed.children if listed else ():
        local = one.get("localSheetId")
        formula = unescaped(book[one.inner : one.close].decode("utf-8", "replace")).strip()
        if (local == str(gone.index)) if local else _is_on(formula, gone.name):
            edits.append(Edit(one.start, one.end, b""))
            continue
        left += 1
        if local and number(local) > gone.index:
            edits.append(retagged(book, one, localSheetId=str(number(local) - 1)))
    if listed and not left:
        edits = [Edit(listed.start, listed.end, b"")]
    yield from edits


def _is_on(formula: str, sheet: str) -> bool:
    """Whether a formula is a reference to cells of ``sheet``."""
    quoted_name = "'" + sheet.replace("'", "''") + "'"
    return formula.casefold().startswith((f"{quoted_name}!".casefold(), f"{sheet}!".casefold()))


def _views_moved(book: bytes, root: Element, gone: Sheet) -> Iterator[Edit]:
    """Yield the edits that keep the windows of the workbook on sheets that are there and visible."""
    visible = [
        index - (index > gone.index)
        for index, entry in enumerate(_entries(root))
        if index != gone.index and entry.get("state", "visible") == "visible"
    ]
    views = root.first("bookViews")
    for view in views.children if views else ():
        changed = {}
        for key in ("activeTab", "firstSheet"):
            at = number(view.get(key))
            if at > gone.index:
                changed[key] = str(at - 1)
            elif at == gone.index and at:
                changed[key] = str(
                    max((one for one in visible if one <= at), default=min(visible, default=0))
                )
        if changed:
            yield retagged(book, view, **changed)


def _without_unused(parts: Parts, part: str) -> Parts:
    """Return the parts without ``part`` and what then no other part leads to."""
    leads = [one.target for one in parts.relations(part) if not one.external]
    made = parts.without(part)
    used = {target.lower() for target in _targets(made)}
    for target in leads:
        if target in made and target.lower() not in used:
            made = _without_unused(made, target)
    return made


def _targets(parts: Parts) -> Iterator[str]:
    for name in parts.content:
        folder, _, file = name.rpartition("/_rels/")
        if file.endswith(".rels"):
            owner = f"{folder}/{file[: -len('.rels')]}"
            yield from (one.target for one in parts.relations(owner) if not one.external)
