"""Sheets of a workbook renamed and put in another order, with all that counts on their names and places."""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from papi_xl.editing.markup import Edit, Element, number, placed, retagged, spliced, tag_with, tree
from papi_xl.editing.parts import Parts, main_part
from papi_xl.editing.workbook import CHILDREN, sheet_named, sheets
from papi_xl.reading.package import unescaped

PLAIN_NAME: Final = re.compile(r"[^\W\d][\w.]*")
"""Names of sheets that need no quotes in a formula."""
_REFERRING: Final = ("xl/worksheets/", "xl/charts/", "xl/pivotCache/", "xl/chartsheets/", "xl/tables/")


def renamed(parts: Parts, old: str, new: str) -> Parts:
    """Return the parts with the sheet ``old`` called ``new``, in formulas, names and charts too."""
    sheet = sheet_named(parts, old)
    if sheet is None or old == new:
        return parts
    main = main_part(parts)
    book = parts.xml(main)
    entry = _entries(book)[sheet.index]
    made = parts.with_part(main, spliced(book, [retagged(book, entry, name=new)]))
    for name in [
        main,
        *(name for name in made.content if name.startswith(_REFERRING) and name.endswith("xml")),
    ]:
        content = made.read(name)
        changed = _referring(content, old, new)
        made = made.with_part(name, changed) if changed != content else made
    return made


def in_order(parts: Parts, wanted: Sequence[str]) -> Parts:
    """Return the parts with the sheets in the order ``wanted``: all their names, each once."""
    main = main_part(parts)
    book = parts.xml(main)
    root = tree(book)
    entries = _entries(book)
    at = {sheet.name: sheet.index for sheet in sheets(parts)}
    order = [at[name] for name in wanted]
    if order == sorted(order):
        return parts
    now = {old: new for new, old in enumerate(order)}
    edits = [
        Edit(entries[place].start, entries[place].end, entries[old].of(book))
        for place, old in enumerate(order)
    ]
    listed, views = root.first("definedNames"), root.first("bookViews")
    edits += [
        retagged(book, one, localSheetId=str(now[int(local)]))
        for one in (listed.children if listed else ())
        if (local := one.get("localSheetId")).isdecimal() and int(local) in now
    ]
    for view in views.children if views else ():
        values = {key: view.get(key) for key in ("activeTab", "firstSheet") if view.get(key)}
        moved = {key: str(now.get(number(at), 0)) for key, at in values.items()}
        edits.append(retagged(book, view, **moved))
    return parts.with_part(main, spliced(book, edits))


def with_local_names(parts: Parts, names: Mapping[tuple[str, str], str | None]) -> Parts:
    """Return the parts with defined names that belong to a sheet set or taken out.

    ``names`` maps (sheet, name) to formulas without ``=``; ``None`` takes the name out.
    """
    main = main_part(parts)
    book = parts.xml(main)
    root = tree(book)
    listed = root.first("definedNames")
    at = {sheet.name: str(sheet.index) for sheet in sheets(parts)}
    keys = {(at[sheet], name.lower()) for sheet, name in names}
    there = [*(listed.children if listed else ())]
    kept = [one.of(book) for one in there if (one.get("localSheetId"), one.get("name").lower()) not in keys]
    tag = f"{root.prefix}definedName".encode()
    kept += [
        b"%b%b</%b>"
        % (tag_with(b"<%b>" % tag, name=name, localSheetId=at[sheet]), escape(formula).encode(), tag)
        for (sheet, name), formula in names.items()
        if formula is not None
    ]
    group = f"{root.prefix}definedNames".encode()
    whole = (
        b"<%b>%b</%b>" % (group, b"".join(one for _, one in sorted((_key(one), one) for one in kept)), group)
        if kept
        else b""
    )
    if listed:
        return parts.with_part(main, spliced(book, [Edit(listed.start, listed.end, whole)]))
    return parts.with_part(main, spliced(book, placed(book, root, whole, "definedNames", CHILDREN)))


def local_names(parts: Parts) -> dict[tuple[str, str], str]:
    """Return the formulas of the defined names that belong to a sheet, by (sheet, name)."""
    book = parts.xml(main_part(parts))
    listed = tree(book).first("definedNames")
    titles = {str(sheet.index): sheet.name for sheet in sheets(parts)}
    return {
        (titles[one.get("localSheetId")], one.get("name")): unescaped(
            book[one.inner : one.close].decode("utf-8", "replace")
        )
        for one in (listed.children if listed else ())
        if one.get("localSheetId") in titles
    }


def _key(element: bytes) -> tuple[str, str]:
    one = tree(element)
    return one.get("name").lower(), one.get("localSheetId")


def _entries(book: bytes) -> list[Element]:
    listed = tree(book).first("sheets")
    return [] if listed is None else listed.all("sheet")


def _referring(content: bytes, old: str, new: str) -> bytes:
    """Return a part in which references to the sheet ``old`` are to ``new``."""
    quoted = new.replace("'", "''")
    target = f"'{quoted}'!".encode()
    for spelled in {_spelled(old, apostrophe) for apostrophe in ("'", "&apos;", "&#39;")}:
        content = content.replace(spelled, target)
    if PLAIN_NAME.fullmatch(old):
        pattern = re.compile(rb"(?<![\w.'!\x80-\xff\]])" + re.escape(old.encode()) + rb"!")
        content = pattern.sub(target.replace(b"\\", rb"\\"), content)
    return content


def _spelled(name: str, apostrophe: str) -> bytes:
    inner = escape(name).replace("'", apostrophe * 2)
    return f"{apostrophe}{inner}{apostrophe}!".encode()
