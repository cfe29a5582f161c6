"""The stylesheet of a workbook, to which looks are added; those that are there stay byte for byte."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from papi_xl.editing.markup import (
    Edit,
    Element,
    appended,
    number,
    placed,
    quoted,
    respelled,
    retagged,
    spliced,
    tag_end,
    tag_with,
    tree,
)
from papi_xl.reading.package import TRUE

EMPTY: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
BUILT_IN: Final[Mapping[int, str]] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Number formats that every workbook has by their number (source: ECMA-376 part 1, 18.8.30)."""
FIRST_OWN: Final = 164
_SECTIONS: Final = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
    "colors", "extLst",
)  # fmt: skip
"""The parts of a stylesheet in their order (source: ECMA-376 part 1, 18.8.39)."""
_NAMING: Final = frozenset({"name", "rFont", "scheme", "family", "charset"})
"""What of a font goes with its name."""
_ASPECTS: Final = ("NumberFormat", "Font", "Fill", "Border", "Alignment", "Protection")


class Offsets(NamedTuple):
    """How much to add to the numbers of cell looks and of differential formats of a stylesheet taken in."""

    xf: int
    dxf: int


class Look(NamedTuple):
    """What of a cell's look matters here: number format and font name."""

    number_format: str
    font: str


@dataclass(frozen=True)
class Stylesheet:
    """A stylesheet (`xl/styles.xml`, UTF-8)."""

    xml: bytes

    @cached_property
    def root(self) -> Element:
        """Its root element."""
        return tree(self.xml)

    def items(self, section: str) -> tuple[Element, ...]:
        """Return the elements of a section such as ``fonts``."""
        found = self.root.first(section)
        return found.children if found else ()

    def look(self, xf: int) -> Look:
        """Return the number format and font name of a cell's look."""
        look = self.xf(xf)
        return Look(self._format(number(look.get("numFmtId"))), self._font_name(number(look.get("fontId"))))

    def run_look(self, xf: int) -> bytes:
        """Return the element `rPr` (without prefix) of a run of text in the font of a cell."""
        fonts, font = self.items("fonts"), number(self.xf(xf).get("fontId"))
        own = respelled(fonts[font].of(self.xml), self.root.prefix, "") if font < len(fonts) else b"<font/>"
        inside = b"".join(
            b'<rFont val="%b"/>' % quoted(one.get("val")) if one.local == "name" else one.of(own)
            for one in tree(own).children
        )
        return b"<rPr>%b</rPr>" % inside

    def derived(
        self, xf: int, *, number_format: str | None = None, font: str | None = None
    ) -> tuple["Stylesheet", int]:
        """Return the stylesheet with the look ``xf`` in another number format or font, and its number.

        Nothing is added where a look that shows the same is there already.
        """
        base = self._shown(self.xf(xf))
        wanted = base._replace(
            number_format=base.number_format if number_format is None else number_format,
            font=base.font if font is None else font,
        )
        if wanted == base:
            return self, xf
        same = [index for index, one in enumerate(self._all_shown) if one == wanted]
        if same:
            return self, min(same, key=lambda index: _is_off(self.xf(index)))
        made, values = self, {"applyNumberFormat": "1"} if number_format is not None else {}
        if number_format is not None:
            made, values["numFmtId"] = made.with_format(number_format)
        if font is not None:
            made, values["fontId"] = made.with_font(self.xf(xf).get("fontId"), font)
            values["applyFont"] = "1"
        look = made.xf(xf)
        raw = look.of(made.xml)
        tag = raw[: look.inner - look.start]
        return made.with_item("cellXfs", tag_with(tag, **values) + raw[len(tag) :])

    def with_look(
        self,
        *,
        font: bytes,
        fill: bytes = b"",
        border: bytes = b"",
        number_format: str = "General",
        alignment: bytes = b"",
    ) -> tuple["Stylesheet", int]:
        """Return the stylesheet with a look of these elements (without prefix), and its number.

        Without ``fill`` or ``border`` the look has the workbook's first, which is none.
        """
        prefix = self.root.prefix
        made, code = self.with_format(number_format)
        numbers = {"fontId": 0, "fillId": 0, "borderId": 0}
        for key, section, raw in (
            ("fontId", "fonts", font),
            ("fillId", "fills", fill),
            ("borderId", "borders", border),
        ):
            if raw:
                made, numbers[key] = made.with_item(section, respelled(raw, "", prefix))
        values = {
            "numFmtId": code,
            **{key: str(at) for key, at in numbers.items()},
            "xfId": "0",
            **{f"apply{aspect}": "1" for aspect in _ASPECTS[:-1]},
        }
        tag = tag_with(f"<{prefix}xf>".encode(), **values)
        inner = respelled(alignment, "", prefix)
        return made.with_item("cellXfs", tag + inner + f"</{prefix}xf>".encode())

    def joined(self, other: "Stylesheet") -> tuple["Stylesheet", Offsets]:
        """Return the stylesheet with all looks of ``other`` at its end, and how their numbers moved.

        The looks keep fonts, fills, borders, number formats, alignment and protection of their own; the named
        style behind them becomes this workbook's first.
        """
        at = {name: len(self.items(name)) for name in ("fonts", "fills", "borders", "cellXfs", "dxfs")}
        made = self
        formats = {}
        for one in other.items("numFmts"):
            made, formats[one.get("numFmtId")] = made.with_format(one.get("formatCode"))
        for name in ("fonts", "fills", "borders"):
            made = made.extended(name, self._taken(other, name))
        moved = []
        for look, raw in zip(other.items("cellXfs"), self._taken(other, "cellXfs"), strict=True):
            values = {
                "numFmtId": formats.get(look.get("numFmtId"), look.get("numFmtId", "0")),
                "fontId": str(number(look.get("fontId")) + at["fonts"]),
                "fillId": str(number(look.get("fillId")) + at["fills"]),
                "borderId": str(number(look.get("borderId")) + at["borders"]),
                "xfId": "0",
                **{f"apply{aspect}": "1" for aspect in _ASPECTS},
            }
            end = tag_end(raw, 0)
            moved.append(tag_with(raw[:end], **values) + raw[end:])
        made = made.extended("cellXfs", moved)
        dxfs = self._taken(other, "dxfs")
        return made.extended("dxfs", dxfs), Offsets(at["cellXfs"], at["dxfs"])

    @cached_property
    def _all_shown(self) -> tuple["_Shown", ...]:
        return tuple(map(self._shown, self.items("cellXfs")))

    def _shown(self, xf: Element) -> "_Shown":
        fonts = self.items("fonts")
        font = number(xf.get("fontId"))
        rest = fonts[font].children if font < len(fonts) else ()
        inside = (*(one for one in rest if one.local not in _NAMING), *xf.children)
        return _Shown(
            number_format=self._format(number(xf.get("numFmtId"))),
            font=self._font_name(font),
            others=tuple(xf.get(key) for key in ("fillId", "borderId", "xfId", "quotePrefix", "pivotButton")),
            elements=b"".join(one.of(self.xml) for one in inside),
        )

    def xf(self, xf: int) -> Element:
        """Return a cell's look; the first one for a number beyond them."""
        looks = self.items("cellXfs")
        return looks[xf if 0 <= xf < len(looks) else 0]

    def _format(self, code: int) -> str:
        own = {number(one.get("numFmtId")): one.get("formatCode") for one in self.items("numFmts")}
        return own.get(code) or BUILT_IN.get(code, "General")

    def _font_name(self, font: int) -> str:
        fonts = self.items("fonts")
        name = fonts[font].first("name") if font < len(fonts) else None
        return name.get("val") if name else ""

    def with_format(self, code: str) -> tuple["Stylesheet", str]:
        """Return the stylesheet with a number format, and its number."""
        known = {text: str(built_in) for built_in, text in BUILT_IN.items()}
        own = {one.get("formatCode"): one.get("numFmtId") for one in self.items("numFmts")}
        if code in own or code in known:
            return self, own.get(code) or known[code]
        free = str(max([FIRST_OWN - 1, *(number(used) for used in own.values())]) + 1)
        item = b'<%bnumFmt numFmtId="%b" formatCode="%b"/>'
        prefix = self.root.prefix.encode()
        return self.extended("numFmts", [item % (prefix, free.encode(), quoted(code))]), free

    def with_font(self, font: str, name: str) -> tuple["Stylesheet", str]:
        """Return the stylesheet with a font under another name, and its number; family and charset go."""
        fonts = self.items("fonts")
        prefix = self.root.prefix.encode()
        if number(font) >= len(fonts):
            raw = b'<%bfont><%bname val="%b"/></%bfont>' % (prefix, prefix, quoted(name), prefix)
        else:
            raw = renamed(fonts[number(font)].of(self.xml), name)
        made, index = self.with_item("fonts", raw)
        return made, str(index)

    def with_item(self, section: str, raw: bytes) -> tuple["Stylesheet", int]:
        """Return the stylesheet with an element in a section, and its place there."""
        items = [one.of(self.xml) for one in self.items(section)]
        if raw in items:
            return self, items.index(raw)
        return self.extended(section, [raw]), len(items)

    def extended(self, section: str, added: Sequence[bytes]) -> "Stylesheet":
        """Return the stylesheet with elements at the end of a section, which is made where it is missing."""
        if not added:
            return self
        count = str(len(self.items(section)) + len(added))
        there = self.root.first(section)
        if there:
            return Stylesheet(spliced(self.xml, appended(self.xml, there, b"".join(added), count=count)))
        name = f"{self.root.prefix}{section}".encode()
        whole = b'<%b count="%b">%b</%b>' % (name, count.encode(), b"".join(added), name)
        return Stylesheet(spliced(self.xml, placed(self.xml, self.root, whole, section, _SECTIONS)))

    def _taken(self, other: "Stylesheet", section: str) -> list[bytes]:
        """Return the elements of a section of ``other`` under the prefix of this stylesheet."""
        prefixes = other.root.prefix, self.root.prefix
        return [respelled(one.of(other.xml), *prefixes) for one in other.items(section)]


class _Shown(NamedTuple):
    """What a look shows: equal where no eye tells them apart."""

    number_format: str
    font: str
    others: tuple[str, ...]
    elements: bytes


def _is_off(xf: Element) -> bool:
    """Whether a look leaves number format or font to the named style behind it."""
    return any(xf.get(key, "1") not in TRUE for key in ("applyNumberFormat", "applyFont"))


def renamed(font: bytes, name: str) -> bytes:
    """Return a font (an element `font` or `rPr`) under another name; theme, family and charset go."""
    root = tree(font)
    gone = _NAMING - {"name", "rFont"}
    edits = [Edit(one.start, one.end, b"") for one in root.children if one.local in gone]
    named = [one for one in root.children if one.local in _NAMING - gone]
    edits += [retagged(font, one, val=name) for one in named]
    if not named:
        local = b"rFont" if root.local == "rPr" else b"name"
        edits += appended(font, root, b'<%b%b val="%b"/>' % (root.prefix.encode(), local, quoted(name)))
    return spliced(font, edits)
