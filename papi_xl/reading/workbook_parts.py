"""What an .xlsx package says about its sheets, named cells and tables, without their contents."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from papi_xl.bounds import damaged, few_sheets
from papi_xl.raw import Area
from papi_xl.reading.package import TRUE, Package, attributes, tags, unescaped, zipped
from papi_xl.references import named_cell, parse_area

WORKSHEET: Final = "worksheet"
VERY_HIDDEN: Final = "veryHidden"
MAIN: Final = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = b"http://schemas.openxmlformats.org/package/2006"
FORMAT: Final = b"application/vnd.openxmlformats-officedocument.spreadsheetml"
DEFINED_NAME: Final = re.compile(rb"(<(?:[\w.-]+:)?definedName\s[^<>]*>)([^<]*)<")


SHARED: Final = {"styles": "part", "sharedStrings": "texts"}
"""The kinds of the parts that all sheets share, and the limit on each."""


def bound_shared(package: Package) -> None:
    """Make sure that what all sheets share is within its limits; raises as `Package.stream` does."""
    for relation in package.relations(package.main_part or "").values():
        if relation.kind in SHARED and relation.target in package:
            package.bound(relation.target, SHARED[relation.kind])


class SheetPart(NamedTuple):
    """A sheet of the workbook: its name, part, kind (``worksheet``, ``chartsheet``…) and visibility."""

    name: str
    part: str
    kind: str
    state: str


def sheet_parts(package: Package) -> list[SheetPart]:
    """Return the sheets in workbook order; ``damaged`` when there is none at all, ``too-large`` when many."""
    relations = package.relations(package.main_part or "")
    found = []
    listed = tags(package.document, b"sheet")
    few_sheets(len(listed), package.limits)
    for tag in listed:
        values = attributes(tag)
        ids = [value for key, value in values.items() if key.rpartition(":")[2] == "id"]
        relation = relations.get(ids[0]) if ids else None
        if relation is not None and relation.target in package and "name" in values:
            state = values.get("state", "visible")
            found.append(SheetPart(values["name"], relation.target, relation.kind, state))
    if not found:
        raise damaged()
    return found


def named_cells(package: Package) -> dict[str, tuple[str, int, int]]:
    """Return the workbook's named cells: name in lower case → (sheet, row, column), 1-based.

    A name of several cells stands for its first; names local to a sheet give way to the workbook's.
    """
    found: dict[str, tuple[str, int, int]] = {}
    for tag, formula in DEFINED_NAME.findall(package.document):
        values = attributes(tag)
        name = values.get("name", "").lower()
        place = named_cell(unescaped(formula.decode("utf-8", "replace")).strip())
        if place and (name not in found or "localSheetId" not in values):
            found[name] = place
    return found


def tables_of(package: Package, sheet: SheetPart) -> dict[str, Area]:
    """Return the Excel tables of ``sheet``: name → area, header row included."""
    found = {}
    for relation in package.relations(sheet.part).values():
        if relation.kind == "table" and relation.target in package:
            for tag in tags(package.read(relation.target), b"table")[:1]:
                values = attributes(tag)
                area = parse_area(values.get("ref", ""))
                if area:
                    found[values.get("displayName") or values.get("name", "")] = area
    return found


def all_tables(package: Package, sheets: list[SheetPart]) -> Mapping[str, Mapping[str, Area]]:
    """Return the tables of every worksheet, by the sheet's name."""
    return {sheet.name: tables_of(package, sheet) for sheet in sheets if sheet.kind == WORKSHEET}


def rebuilt(package: Package, sheets: list[bytes]) -> bytes:
    """Return a workbook of these sheets' XML, named ``1``, ``2``… with the package's styles and texts."""
    main = package.main_part or ""
    shared = {
        f"xl/{relation.kind}.xml": b"".join(package.stream(relation.target, most=SHARED[relation.kind]))
        for relation in package.relations(main).values()
        if relation.kind in SHARED and relation.target in package
    }
    kinds = [b"worksheet"] * len(sheets) + [part[3:-4].encode() for part in shared]
    names = [b"sheet%d.xml" % number for number in range(1, len(sheets) + 1)]
    names += [part[3:].encode() for part in shared]
    entries = list(enumerate(zip(names, kinds, strict=True), start=1))
    epochs = [attributes(tag).get("date1904") for tag in tags(package.document, b"workbookPr")]
    parts = {
        "[Content_Types].xml": b'<Types xmlns="%b/content-types"><Default Extension="rels" '
        b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/xl/workbook.xml" ContentType="%b.sheet.main+xml"/>'
        % (PACKAGE, FORMAT)
        + b"".join(_override(name, kind) for _, (name, kind) in entries)
        + b"</Types>",
        "_rels/.rels": _relations([b'Id="rId1" Type="%b/officeDocument" Target="xl/workbook.xml"' % OFFICE]),
        "xl/workbook.xml": b'<workbook xmlns="%b" xmlns:r="%b"><workbookPr date1904="%d"/><sheets>'
        % (MAIN, OFFICE, any(epoch in TRUE for epoch in epochs))
        + b"".join(
            b'<sheet name="%d" sheetId="%d" r:id="rId%d"/>' % ((n,) * 3) for n in range(1, len(sheets) + 1)
        )
        + b"</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [b'Id="rId%d" Type="%b/%b" Target="%b"' % (n, OFFICE, kind, name) for n, (name, kind) in entries]
        ),
    }
    texts = {f"xl/sheet{number}.xml": xml for number, xml in enumerate(sheets, start=1)}
    return zipped(parts | texts | shared)


def _override(name: bytes, kind: bytes) -> bytes:
    return b'<Override PartName="/xl/%b" ContentType="%b.%b+xml"/>' % (name, FORMAT, kind)


def _relations(inner: list[bytes]) -> bytes:
    entries = b"".join(b"<Relationship %b/>" % entry for entry in inner)
    return b'<Relationships xmlns="%b/relationships">%b</Relationships>' % (PACKAGE, entries)
