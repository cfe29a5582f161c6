"""The XML parts of a .docx as trees with short names, bounded while they are built."""

from collections.abc import Iterator
from typing import Final, cast
from xml.etree import ElementTree as ET

from papi_xl.bounds import damaged, few_elements, too_large
from papi_xl.reading.package import TRUE, Package

MOST_BYTES: Final = 64 * 2**20
"""Bytes of one part; a plan of a hundred pages has some 3 MiB."""
DEEPEST: Final = 200
"""Elements within each other; tables ten deep in each other stay below."""

ALTERNATIVES: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
FORMULA_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_WORD: Final = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
"""Both namespaces of ECMA-376: the transitional one and the strict one."""
_WRAPPERS: Final = frozenset({
    "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase",
})  # fmt: skip
_GONE: Final = frozenset({"del", "moveFrom", "rt", "sdtPr", "sdtEndPr"})

Element = ET.Element


def tree(package: Package, part: str) -> Element:
    """Return the root of ``part``; names of WordprocessingML, attributes too, are without their namespace.

    Raises:
        UnreadableWorkbookError: ``damaged`` or ``too-large``.
    """
    parser: ET.XMLPullParser[Element] = ET.XMLPullParser(("start", "end"))
    size = depth = seen = 0
    root: Element | None = None
    try:
        for piece in package.stream(part):
            size += len(piece)
            if size > MOST_BYTES:
                raise too_large(what="document", limit=MOST_BYTES, found=size)
            parser.feed(piece)
            for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                depth += 1 if event == "start" else -1
                if depth > DEEPEST:
                    raise damaged()
                if event == "start":
                    few_elements(seen := seen + 1)
                    root = element if root is None else root
                    _shorten(element)
        parser.close()
    except (ET.ParseError, LookupError, ValueError) as error:  # the last two: of an encoding unheard of
        raise damaged() from error
    if root is None:
        raise damaged()
    return root


def _shorten(element: Element) -> None:
    element.tag = _short(element.tag)
    for name in [name for name in element.attrib if name.startswith(_WORD)]:
        element.attrib[_short(name)] = element.attrib.pop(name)


def _short(name: str) -> str:
    return name.rpartition("}")[2] if name.startswith(_WORD) else name


def shown(element: Element) -> Iterator[Element]:
    """Yield the children that a reader sees: tracked insertions but no deletions, no placeholders.

    Content controls, links and the like make way for what they hold; of alternatives the first that has any
    text counts.
    """
    for child in element:
        if child.tag in _WRAPPERS:
            yield from shown(child)
        elif child.tag == "sdt":
            content = child.find("sdtContent")
            if content is not None and not on(child.find("sdtPr/showingPlcHdr")):
                yield from shown(content)
        elif child.tag == ALTERNATIVES:
            chosen = next((branch for branch in child if branch.find(".//t") is not None), None)
            yield from () if chosen is None else shown(chosen)
        elif child.tag not in _GONE:
            yield child


def on(switch: Element | None) -> bool:
    """Whether a switch such as `vanish` is there and not turned off."""
    return switch is not None and switch.get("val", "true") in TRUE | {"on"}


def value(element: Element, path: str) -> str | None:
    """Return the attribute ``val`` of the element at ``path``, ``None`` where there is none."""
    found = element.find(path)
    return None if found is None else found.get("val")


def whole(text: str | None) -> int | None:
    """Return the whole number that ``text`` is, ``None`` for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004
