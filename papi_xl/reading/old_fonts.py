"""Texts of an .xlsx sheet that are kept in the code of an old Vietnamese font, and what they say.

Fonts come from the cells' formats (``cellXfs`` in the part of styles) and from rich text, whose pieces may
name fonts of their own (``rFont``), shared or in the sheet itself. Source: ECMA-376-1, 18.4 and 18.8.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from papi_xl.legacy import Encoding, Run, as_meant, encoding_of_font, is_text
from papi_xl.raw import RawSheet
from papi_xl.reading.font_names import OLD_FONT, STYLES, TEXTS, part_of
from papi_xl.reading.package import ATTRIBUTE, PROLOG, Package, attributes, tags, unescaped
from papi_xl.reading.sheet_xml import LONGEST_ROW, RUN_FONT, Spelling, cell_place, last_row, pieces

FONT: Final = re.compile(rb"<(?:[\w.-]+:)?font(?=[\s/>])")
RICH_PIECE: Final = re.compile(rb"<(?:[\w.-]+:)?r(?=[\s>])")
PRONOUNCED: Final = re.compile(rb"<(?:[\w.-]+:)?rPh(?=[\s>])")
TEXT: Final = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^<>]*)?>([^<]*)<")
ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
NUMBER_DIGITS: Final = 8

Rich = Sequence[tuple[str | None, str]]
"""Pieces of text, each with the name of its font, ``None`` for that of the cell."""


@dataclass(frozen=True)
class Fonts:
    """The old fonts of a workbook.

    ``formats`` maps the numbers of cell formats to codes, ``shared`` those of shared texts to their pieces.
    """

    formats: Mapping[int, Encoding] = field(default_factory=dict)
    shared: Mapping[int, Rich] = field(default_factory=dict)


class Found(NamedTuple):
    """A cell with text: its place, the code of its font, and its pieces where they name old fonts."""

    place: tuple[int, int]
    encoding: Encoding | None
    rich: Rich | None


def read_fonts(package: Package) -> Fonts:
    """Return the old fonts that the workbook's formats and shared texts name.

    Raises:
        UnreadableWorkbookError: as `Package.stream` does.
    """
    styles, texts = part_of(package, STYLES), part_of(package, TEXTS)
    return Fonts(
        _formats(package.read(styles)) if styles else {},
        dict(_shared(package.stream(texts))) if texts else {},
    )


def with_old_texts(sheet: RawSheet, chunks: Iterable[bytes], fonts: Fonts) -> RawSheet:
    """Return the sheet with its texts in old fonts converted; ``chunks`` are the bytes of its part."""
    said = ((found, sheet.cell(*found.place)) for found in _cells(chunks, fonts))
    return as_meant(sheet, {one.place: _runs(one, cell) for one, cell in said if is_text(cell)})


def _formats(styles: bytes) -> dict[int, Encoding]:
    """Return the codes of those cell formats that have an old font, by the format's number."""
    fonts = _section(styles, b"fonts")
    starts = [match.start() for match in FONT.finditer(fonts)]
    codes = [_code(fonts[start:end]) for start, end in pairwise([*starts, len(fonts)])]
    found = {}
    for number, tag in enumerate(tags(_section(styles, b"cellXfs"), b"xf")):
        font = attributes(tag).get("fontId", "")
        index = int(font[:NUMBER_DIGITS]) if font.isdecimal() else len(codes)
        code = codes[index] if index < len(codes) else None
        if code:
            found[number] = code
    return found


def _section(content: bytes, name: bytes) -> bytes:
    start = re.search(rb"<(?:[\w.-]+:)?" + name + rb"(?=[\s>])", content)
    return content[start.end() : content.find(name + b">", start.end())] if start else b""


def _code(font: bytes) -> Encoding | None:
    names = tags(font, b"name")
    return encoding_of_font(attributes(names[0]).get("val", "")) if names else None


def _shared(chunks: Iterable[bytes]) -> Iterator[tuple[int, Rich]]:
    """Yield the number and pieces of each shared text of which a piece names an old font."""
    number = -1
    for item in _items(chunks):
        number += 1
        if RUN_FONT in item and OLD_FONT.search(item):
            yield number, _rich(item)


def _items(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the part of shared texts before each text; what stands before the first is left out."""
    rest, start = b"", b""
    for chunk in chunks:
        if not start:
            root = PROLOG.match(chunk)
            start = b"<" + (root[1].rpartition(b":")[0] + b":" if root and b":" in root[1] else b"") + b"si"
        unread, rest = len(rest), rest + chunk
        cut = rest.rfind(start, max(unread - len(start), 0))
        if cut >= 0:
            yield from rest[:cut].split(start)[1:]
            rest = rest[cut:]
        elif len(rest) > LONGEST_ROW:
            rest = rest[: len(start)]
    yield from rest.split(start)[1:] if start else ()


def _rich(item: bytes) -> Rich:
    """Return the pieces of a text; how it is pronounced, which follows them, is left out."""
    item = PRONOUNCED.split(item, maxsplit=1)[0]
    starts = [match.start() for match in RICH_PIECE.finditer(item)]
    return [_piece(item[start:end]) for start, end in pairwise([*starts, len(item)])]


def _piece(piece: bytes) -> tuple[str | None, str]:
    fonts = tags(piece, RUN_FONT)
    text = b"".join(TEXT.findall(piece)).decode("utf-8", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return attributes(fonts[0]).get("val") if fonts else None, unescaped(lines)


def _cells(chunks: Iterable[bytes], fonts: Fonts) -> Iterator[Found]:
    """Yield the cells that an old font may reach, whatever they hold."""
    numbers = b"|".join(b"%d" % number for number in fonts.formats)
    marked = re.compile(rb"""\ss\s*=\s*["'](?:%b)["']""" % numbers)
    row = column = 0
    for piece, words in pieces(chunks):
        dressed = bool(fonts.formats) and marked.search(piece)
        if not (fonts.shared or dressed or RUN_FONT in piece):
            row, column = last_row(piece, words, row), 0
            continue
        for match, following in pairwise((*words.token.finditer(piece), None)):
            if match is None:
                break
            stop = following.start() if following else len(piece)
            values = {key: double or single for key, double, single in ATTRIBUTE.findall(match[2])}
            if match[1] == b"row":
                reference = values.get(b"r", b"")
                row, column = int(reference[:NUMBER_DIGITS]) if reference.isdigit() else row + 1, 0
                continue
            row, column = cell_place(values.get(b"r", b""), row, column)
            style, kind = values.get(b"s", b""), values.get(b"t", b"")
            code = fonts.formats.get(int(style[:NUMBER_DIGITS])) if style.isdigit() else None
            rich = None if match[3] else _rich_of(piece[match.end() : stop], kind, words, fonts)
            if code or rich:
                yield Found((row, column), code, rich)


def _rich_of(rest: bytes, kind: bytes, words: Spelling, fonts: Fonts) -> Rich | None:
    """Return the pieces of a cell's text, where one names an old font; ``rest`` is what follows its tag."""
    item = rest.partition(words.close)[0]
    if kind == b"s" and fonts.shared:
        value = words.text.search(item)
        return fonts.shared.get(int(value[1][:NUMBER_DIGITS])) if value and value[1].isdigit() else None
    if kind == b"inlineStr":
        return _rich(item) if RUN_FONT in item and OLD_FONT.search(item) else None
    return None


def _runs(found: Found, text: str) -> list[Run]:
    """Return the runs of a cell with ``text``; one of Unicode where the pieces do not make it up."""
    if found.rich is None:
        return [Run(found.encoding, text)]
    for decoded in (str, _decoded):
        pieces_of = [(font, decoded(piece)) for font, piece in found.rich]
        if "".join(piece for _, piece in pieces_of) == text:
            codes = [encoding_of_font(font) if font else found.encoding for font, _ in pieces_of]
            return [Run(code, piece) for code, (_, piece) in zip(codes, pieces_of, strict=True)]
    return [Run(None, text)]


def _decoded(text: str) -> str:
    """Return ``text`` with Excel's own escapes (``_x000D_``) replaced."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
