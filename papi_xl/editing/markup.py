"""XML changed in place: elements found with their byte positions, and bytes put between others."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from papi_xl.bounds import damaged, few_elements
from papi_xl.reading.package import PROLOG

START_TAG: Final = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_ATTRIBUTE: Final = re.compile(rb"""\s+([^\s=>]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["'][^>]*\?>""")
_QUOTED: Final = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
DEEPEST: Final = 200
"""Elements within each other; no part of a workbook comes near."""
_DIGITS: Final = 10
_UTF8: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


class Edit(NamedTuple):
    """Bytes ``start`` to ``end`` give way to ``content``."""

    start: int
    end: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Element:
    """An element and where it stands: start tag, content (``inner`` to ``close``), end tag up to ``end``."""

    name: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    close: int
    end: int
    children: tuple["Element", ...]

    @property
    def local(self) -> str:
        """The name without its namespace prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The namespace prefix with its colon, empty where there is none."""
        return self.name[: -len(self.local)]

    def all(self, local: str) -> list["Element"]:
        """Return the children of this name."""
        return [child for child in self.children if child.local == local]

    def first(self, local: str) -> "Element | None":
        """Return the first child of this name."""
        return next(iter(self.all(local)), None)

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute by its name, whatever its prefix."""
        found = (value for key, value in self.attributes.items() if key.rpartition(":")[2] == name)
        return next(found, default)

    def of(self, xml: bytes) -> bytes:
        """Return the bytes of the whole element."""
        return xml[self.start : self.end]

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all within it."""
        yield self
        for child in self.children:
            yield from child.walk()


def utf8(xml: bytes) -> bytes:
    """Return a part as UTF-8, unchanged where it is that already.

    Raises:
        UnreadableWorkbookError: ``damaged``, its bytes are not in the encoding that it names.
    """
    declared = _DECLARED.match(xml)
    wide = xml.startswith(_WIDE)
    if not wide and (declared is None or declared[1].lower() in _UTF8):
        return xml
    try:
        text = xml.decode("utf-16" if wide else declared[1].decode() if declared else "utf-8")
    except (LookupError, UnicodeDecodeError) as error:
        raise damaged() from error
    return re.sub(
        r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', text
    ).encode()


def tree(xml: bytes) -> Element:
    """Return the root element of a part in UTF-8.

    Raises:
        UnreadableWorkbookError: ``damaged``, it is not well formed or has a document type.
    """
    open_tags: list[tuple[str, dict[str, str], int, int]] = []
    children: list[list[Element]] = [[]]
    parser = plain_parser(xml)
    counted = count(1)

    def started(name: str, values: dict[str, str]) -> None:
        if len(open_tags) > DEEPEST:
            raise damaged()
        few_elements(next(counted))
        start = parser.CurrentByteIndex
        open_tags.append((name, values, start, tag_end(xml, start)))
        children.append([])

    def ended(_: str) -> None:
        name, values, start, inner = open_tags.pop()
        close = max(parser.CurrentByteIndex, inner)
        end = close if xml[inner - 2 : inner] == b"/>" else xml.index(b">", close) + 1
        inside = tuple(children.pop())
        children[-1].append(Element(name, values, start, inner, close, end, inside))

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parsed(parser, xml)
    return children[0][0]


def plain_parser(xml: bytes) -> expat.XMLParserType:
    """Return a parser for a part; ``damaged`` where anything but plain XML stands before the root."""
    if not PROLOG.match(xml):
        raise damaged()
    return expat.ParserCreate("utf-8")


def parsed(parser: expat.XMLParserType, xml: bytes) -> None:
    """Run ``parser`` over a whole part; ``damaged`` where that is not well formed."""
    try:
        parser.Parse(xml, True)  # noqa: FBT003 (expat takes it by position)
    except expat.ExpatError as error:
        raise damaged() from error


def tag_end(xml: bytes, start: int) -> int:
    """Return where the start tag at ``start`` ends."""
    match = START_TAG.match(xml, start)
    if match is None:
        raise damaged()
    return match.end()


def spliced(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """Return ``xml`` with all ``edits`` made; those at one place go in the order given."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        pieces += [xml[at : edit.start], edit.content]
        at = edit.end
    return b"".join([*pieces, xml[at:]])


def tag_with(tag: bytes, **values: str | None) -> bytes:
    """Return a start tag with these attributes set, those that are ``None`` taken out, all else as it is."""
    for name, value in values.items():
        written = b"" if value is None else b' %b="%b"' % (name.encode(), quoted(value))
        there = next((match for match in _ATTRIBUTE.finditer(tag) if match[1] == name.encode()), None)
        if there:
            tag = tag[: there.start()] + written + tag[there.end() :]
        else:
            closing = b"/>" if tag.endswith(b"/>") else b">"
            tag = tag[: -len(closing)].rstrip() + written + closing
    return tag


def retagged(xml: bytes, element: Element, **values: str | None) -> Edit:
    """Return the edit that sets attributes of ``element`` or takes them out."""
    return Edit(element.start, element.inner, tag_with(xml[element.start : element.inner], **values))


def appended(xml: bytes, element: Element, content: bytes, **values: str | None) -> list[Edit]:
    """Return the edits that put ``content`` at the end of ``element`` and set attributes of it."""
    tag = tag_with(xml[element.start : element.inner], **values)
    if element.end == element.inner:
        opened = tag[:-2].rstrip() + b">"
        whole = b"%b%b</%b>" % (opened, content, element.name.encode())
        return [Edit(element.start, element.end, whole)]
    changed = [Edit(element.start, element.inner, tag)] if values else []
    return [*changed, Edit(element.close, element.close, content)]


def placed(xml: bytes, parent: Element, content: bytes, local: str, order: Sequence[str]) -> list[Edit]:
    """Return the edits that put an element named ``local`` where ``order`` of its siblings wants it."""
    later = frozenset(order[order.index(local) + 1 :])
    after = next((child for child in parent.children if child.local in later), None)
    return [Edit(after.start, after.start, content)] if after else appended(xml, parent, content)


def respelled(xml: bytes, old: str, new: str) -> bytes:
    """Return elements with the namespace prefix ``new`` (with its colon, or empty) in place of ``old``."""
    if old == new:
        return xml
    return re.sub(rb"<(/?)%b(?=[\w.-]+[\s/>])" % re.escape(old.encode()), rb"<\1%b" % new.encode(), xml)


def quoted(text: str) -> bytes:
    """Return ``text`` for an attribute between double quotes."""
    return escape(text, _QUOTED).encode("utf-8", "replace")


def number(text: str) -> int:
    """Return a number of an attribute; 0 for anything else and for one that no workbook needs."""
    return int(text) if text.isdecimal() and len(text) < _DIGITS else 0
