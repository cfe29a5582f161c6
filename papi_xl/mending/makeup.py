"""What the sheets of an .xlsx package are made of besides values: looks, lists, colours, tables, names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from papi_xl.editing import workbook
from papi_xl.editing.markup import Element, number, tree
from papi_xl.editing.parts import Parts, main_part
from papi_xl.editing.styles import Stylesheet
from papi_xl.editing.workbook import Sheet
from papi_xl.moving.parts import Place
from papi_xl.raw import Area
from papi_xl.reading.package import TRUE, attributes, unescaped
from papi_xl.references import column_number, parse_area

SHEET_DATA: Final = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?=[\s/>]).*</\1sheetData>", re.DOTALL)
_CELL = re.compile(
    rb"""<((?:[\w.-]+:)?)c(?=\s)([^<>]*?)(?:/>|>(?:\s*<\1(f)(?=[\s/>])[^<>]*?(?:/>|>([^<]*)</\1f>))?)"""
)
_ROW = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])[^<>]*>")
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_REFERENCES = re.compile(
    r"(?:'(?:[^']|'')+'|[\w.]+)!|\$?\b[A-Z]{1,3}\$?\d+\b|\$?\b[A-Z]{1,3}:\$?[A-Z]{1,3}\b"
)
_LOGICAL = re.compile(r"\b(TRUE|FALSE)\(\)")


class Rule(NamedTuple):
    """A data validation or conditional format: its areas, and what it does, cells that it names aside."""

    areas: tuple[Area, ...]
    does: str

    def covers(self, place: Place) -> bool:
        """Whether it is about the cell."""
        row, column = place
        return any(
            area.top <= row <= area.bottom and area.left <= column <= area.right for area in self.areas
        )


class Look(NamedTuple):
    """What of a cell's look the template cares for."""

    number_format: str
    font: str
    has_border: bool
    wraps: bool


@dataclass(frozen=True)
class Makeup:
    """What a sheet is made of.

    ``formulas`` maps cells to their formulas; the styles map cells, rows and columns to the numbers of their
    looks; ``tables`` maps names of Excel tables to their areas.
    """

    sheet: Sheet
    formulas: Mapping[Place, str]
    cell_styles: Mapping[Place, int]
    row_styles: Mapping[int, int]
    columns: tuple[Mapping[str, str], ...]
    lists: tuple[Rule, ...]
    colours: tuple[Rule, ...]
    tables: Mapping[str, Area]
    is_protected: bool
    has_chart: bool

    def style(self, place: Place) -> int:
        """Return the number of a cell's look, that of its row or column where it has none."""
        if place in self.cell_styles:
            return self.cell_styles[place]
        return self.row_styles.get(place[0], self._column_style(place[1]))

    def _column_style(self, column: int) -> int:
        spans = (
            one for one in self.columns if number(one.get("min", "")) <= column <= number(one.get("max", ""))
        )
        return next((number(one.get("style", "0")) for one in spans), 0)

    @cached_property
    def hidden_columns(self) -> frozenset[int]:
        """The hidden columns, 1-based, as far as a table of the template may reach."""
        spans = (one for one in self.columns if one.get("hidden") in TRUE)
        return frozenset(
            column
            for one in spans
            for column in range(number(one.get("min", "0")), min(number(one.get("max", "0")), 200) + 1)
        )


@dataclass(frozen=True)
class Book:
    """What a workbook is made of: its sheets by name, its looks, the formulas of its defined names."""

    parts: Parts
    sheets: Mapping[str, Makeup]
    looks: "Looks"
    names: Mapping[str, str]


class Looks:
    """The looks of a workbook by their numbers."""

    def __init__(self, styles: Stylesheet) -> None:
        """Understand ``styles``."""
        self.styles = styles
        self._known: dict[int, Look] = {}

    def __call__(self, style: int) -> Look:
        """Return what the look ``style`` is like."""
        if style not in self._known:
            self._known[style] = self._look(style)
        return self._known[style]

    def _look(self, style: int) -> Look:
        known, xf = self.styles.look(style), self.styles.xf(style)
        borders = self.styles.items("borders")
        border = number(xf.get("borderId"))
        sides = borders[border].children if border < len(borders) else ()
        alignment = xf.first("alignment")
        return Look(
            number_format=plain_format(known.number_format),
            font=known.font,
            has_border=any(side.get("style") not in {"", "none"} for side in sides),
            wraps=alignment is not None and alignment.get("wrapText") in TRUE,
        )


def made_up(parts: Parts) -> Book:
    """Return what the workbook in ``parts`` is made of."""
    main = main_part(parts)
    root = tree(parts.xml(main))
    listed = root.first("definedNames")
    book = parts.xml(main)
    names = {
        one.get("name"): unescaped(book[one.inner : one.close].decode("utf-8", "replace")).strip()
        for one in (listed.children if listed else ())
        if "localSheetId" not in one.attributes
    }
    worksheets = (sheet for sheet in workbook.sheets(parts) if sheet.kind == "worksheet")
    return Book(
        parts,
        {sheet.name: _makeup(parts, sheet) for sheet in worksheets},
        Looks(workbook.stylesheet(parts)),
        names,
    )


def _makeup(parts: Parts, sheet: Sheet) -> Makeup:
    xml = parts.xml(sheet.part)
    data = SHEET_DATA.search(xml)
    inner = data[0] if data else b""
    rest = xml.replace(inner, b"", 1) if inner else xml
    root = tree(rest)
    protection, columns = root.first("sheetProtection"), root.first("cols")
    formulas, styles = _cells(inner)
    rows = [attributes(tag) for tag in _ROW.findall(inner) if b"customFormat" in tag]
    leads = parts.relations(sheet.part)
    drawings = [one.target for one in leads if one.kind == "drawing" and one.target in parts]
    return Makeup(
        sheet=sheet,
        formulas=formulas,
        cell_styles=styles,
        row_styles={
            number(row.get("r", "")): number(row.get("s", "0"))
            for row in rows
            if row.get("customFormat") in TRUE
        },
        columns=tuple(one.attributes for one in columns.children) if columns else (),
        lists=_lists(root, rest),
        colours=_colours(root, rest),
        tables=_tables(parts, [one.target for one in leads if one.kind == "table" and one.target in parts]),
        is_protected=protection is not None and protection.get("sheet") in TRUE,
        has_chart=any(one.kind == "chart" for part in drawings for one in parts.relations(part)),
    )


def _cells(data: bytes) -> tuple[dict[Place, str], dict[Place, int]]:
    formulas: dict[Place, str] = {}
    styles: dict[Place, int] = {}
    for _, tag, computed, formula in _CELL.findall(data):
        values = attributes(b"<c " + tag + b">")
        match = _PLACE.fullmatch(values.get("r", ""))
        if match is None:
            continue
        place = int(match[2]), column_number(match[1])
        styles[place] = number(values.get("s", "0"))
        if computed:
            formulas[place] = _plain_text(formula.decode("utf-8", "replace"))
    return formulas, styles


def _plain_text(escaped: str) -> str:
    """Return what an escaped text stands for; quicker than `unescaped` where there are many quotes."""
    if "&#" in escaped:
        return unescaped(escaped)
    for sign, name in (('"', "&quot;"), ("'", "&apos;"), ("<", "&lt;"), (">", "&gt;"), ("&", "&amp;")):
        escaped = escaped.replace(name, sign)
    return escaped


def _lists(root: Element, xml: bytes) -> tuple[Rule, ...]:
    found = []
    for group in root.all("dataValidations"):
        for one in group.all("dataValidation"):
            kind = one.get("type", "none")
            said = [_said(one, name, xml) for name in ("formula1", "formula2")]
            limits = said[:1] if kind in {"list", "custom"} else said
            does = "|".join((kind, *limits)) if kind != "none" else ""
            found.append(Rule(_areas(one.get("sqref")), does))
    return tuple(found)


def _colours(root: Element, xml: bytes) -> tuple[Rule, ...]:
    return tuple(
        Rule(_areas(group.get("sqref")), plain_formula(_said(rule, "formula", xml)))
        for group in root.all("conditionalFormatting")
        for rule in group.all("cfRule")
    )


def _said(element: Element, name: str, xml: bytes) -> str:
    child = element.first(name)
    raw = xml[child.inner : child.close].decode("utf-8", "replace") if child else ""
    return unescaped(raw).strip().removesuffix(".0")


def _areas(reference: str) -> tuple[Area, ...]:
    return tuple(area for one in reference.split() if (area := parse_area(one)))


def _tables(parts: Parts, targets: list[str]) -> dict[str, Area]:
    found = {}
    for target in targets:
        root = tree(parts.xml(target))
        area = parse_area(root.get("ref"))
        if area:
            found[root.get("displayName") or root.get("name")] = area
    return found


def plain_formula(formula: str) -> str:
    """Return a formula for comparing: without spaces and without the cells and sheets that it names."""
    plain = _LOGICAL.sub(r"\1", "".join(formula.split()))
    return _REFERENCES.sub("·", plain)


def plain_format(code: str) -> str:
    """Return a number format for comparing: LibreOffice writes a backslash before a sign, Excel quotes it."""
    return re.sub(r'\\(.)|"([^"]*)"', lambda found: found[1] or found[2], code).casefold()
