"""What a .docx's styles say of runs and paragraphs: their font, whether they are hidden, their list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from papi_xl.documents.tree import Element, on, value, whole

MOST_PARENTS: Final = 30


class Listed(NamedTuple):
    """The list and level (0-based) that a paragraph belongs to; either may be left open."""

    number: int | None
    level: int | None


class _Style(NamedTuple):
    parent: str | None
    run: Element | None
    listed: Listed | None


@dataclass(frozen=True, eq=False, repr=False)
class Styles:
    """The styles by their id, the one of paragraphs that name none, and the document's run properties."""

    by_id: Mapping[str, _Style] = field(default_factory=dict)
    standard: str | None = None
    defaults: Element | None = None

    def roots(self) -> Iterator[Element]:
        """Yield the run properties of the styles and of the document."""
        yield from (style.run for style in self.by_id.values() if style.run is not None)
        yield from () if self.defaults is None else (self.defaults,)

    def font(self, run: Element | None, style: str | None, paragraph_style: str | None) -> str:
        """Return the font of a run's letters, empty where it follows the document's theme."""
        for properties in self._properties(run, style, paragraph_style):
            fonts = properties.find("rFonts")
            for side in ("hAnsi", "ascii"):
                if fonts is not None and (f"{side}Theme" in fonts.attrib or side in fonts.attrib):
                    return "" if f"{side}Theme" in fonts.attrib else fonts.attrib[side]
        return ""

    def hidden(self, run: Element | None, style: str | None, paragraph_style: str | None) -> bool:
        """Whether a run is hidden text."""
        found = (one.find("vanish") for one in self._properties(run, style, paragraph_style))
        return on(next((switch for switch in found if switch is not None), None))

    def listed(self, paragraph: Element) -> Listed | None:
        """Return the list that a paragraph belongs to, by itself or by its style."""
        own = _listed(paragraph.find("pPr"))
        style = value(paragraph, "pPr/pStyle") or self.standard
        by_style = next((one.listed for one in self._chain(style) if one.listed), None)
        if own is None:
            return by_style
        return Listed(
            own.number if own.number is not None or by_style is None else by_style.number, own.level
        )

    def _properties(
        self, run: Element | None, style: str | None, paragraph_style: str | None
    ) -> Iterator[Element]:
        """Yield a run's properties, the nearest first."""
        yield from () if run is None else (run,)
        for name in (style, paragraph_style or self.standard):
            yield from (one.run for one in self._chain(name) if one.run is not None)
        yield from () if self.defaults is None else (self.defaults,)

    def _chain(self, name: str | None) -> Iterator[_Style]:
        for _ in range(MOST_PARENTS):
            style = self.by_id.get(name or "")
            if style is None:
                return
            yield style
            name = style.parent


def styles(root: Element | None) -> Styles:
    """Return what the part of styles says; nothing where there is none."""
    if root is None:
        return Styles()
    found = {
        style.get("styleId", ""): _Style(
            value(style, "basedOn"), style.find("rPr"), _listed(style.find("pPr"))
        )
        for style in root.iter("style")
    }
    standard = (
        style.get("styleId")
        for style in root.iter("style")
        if style.get("type") == "paragraph" and style.get("default") in {"1", "true"}
    )
    return Styles(found, next(standard, None), root.find("docDefaults/rPrDefault/rPr"))


def _listed(properties: Element | None) -> Listed | None:
    if properties is None or properties.find("numPr") is None:
        return None
    return Listed(whole(value(properties, "numPr/numId")), whole(value(properties, "numPr/ilvl")))
