"""A look into the XML of an .xlsx sheet with byte patterns: far faster than parsing it.

`plain_look` serves ordinary sheets, which then go to the reader of values as they stand. All others
(stray far cells, new error values, masses of blank cells, unusual spelling) go through `sheet_rewrite`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from papi_xl.bounds import Limits, Look, damaged
from papi_xl.raw import KNOWN_ERRORS, Area, Cell, CellError
from papi_xl.reading.package import ATTRIBUTE, TRUE, attributes, tags
from papi_xl.references import LAST_COLUMN, column_number, parse_area

ROOT: Final = re.compile(rb"<((?:[\w.-]+:)?)worksheet(?=[\s>/])[^<>]*>")
REFERENCE: Final = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")
"""The error values that python-calamine accepts; at any other it gives up the sheet."""
FORMULA_CELL: Final = re.compile(
    rb"""<(?:[\w.-]+:)?c(?=\s)[^<>]*?\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["'][^<>]*>\s*"""
    rb"""<(?:[\w.-]+:)?f(?=[\s/>])"""
)
HIDDEN: Final = re.compile(rb"""hidden\s*=\s*["'](?:1|true)""")
RUN_FONT: Final = b"rFont"
"""The element that names the font of a piece of text."""
ROW_DIGITS: Final = 8
LONGEST_ROW: Final = 2**22
MANY_BLANKS: Final = 2**22
"""Bytes of blank cells from which leaving them out is quicker than having them parsed."""
PLAIN_ROWS, PLAIN_COLUMNS = 99_999, 20


@dataclass(frozen=True)
class Spelling:
    """The patterns of a sheet's elements under their namespace prefix."""

    row: bytes
    cell: bytes
    close: bytes
    values: tuple[bytes, bytes]
    unusual: re.Pattern[bytes]
    token: re.Pattern[bytes]
    hidden: re.Pattern[bytes]
    value: re.Pattern[bytes]
    text: re.Pattern[bytes]

    def holds_values(self, piece: bytes) -> bool:
        """Tell whether any cell of ``piece`` may have a value."""
        return self.values[0] in piece or self.values[1] in piece


@lru_cache(maxsize=8)
def spelling(prefix: bytes) -> Spelling:
    """Return the patterns for ``prefix``, which is empty or ends with a colon."""
    start = b"<" + re.escape(prefix)
    end = b"</" + re.escape(prefix)
    usual = rb' r="[A-T][0-9]{1,5}"(?:/?>| t="[^e"][^"]*"/?>| s="[0-9]+"(?:/?>| t="[^e"][^"]*"/?>))'
    return Spelling(
        row=b"<" + prefix + b"row",
        cell=b"<" + prefix + b"c",
        close=b"</" + prefix + b"c>",
        values=(b"<" + prefix + b"v", b"<" + prefix + b"is"),
        unusual=re.compile(start + b"c(?!" + usual + rb")(?=[\s/>])[^<>]*>"),
        token=re.compile(start + rb"(row|c)(?=[\s/>])([^<>]*?)(/?)>"),
        hidden=re.compile(start + rb"""row(?=\s)[^<>]*?\shidden\s*=\s*["'](?:1|true)["'][^<>]*>"""),
        value=re.compile(
            start
            + rb"v(?:\s[^<>]*)?>[^<]*"
            + end
            + rb"v>|"
            + start
            + rb"is(?:\s[^<>]*)?>(?:(?!"
            + start
            + rb"is[\s>]).)*?"
            + end
            + rb"is>",
            re.DOTALL,
        ),
        text=re.compile(start + rb"v(?:\s[^<>]*)?>([^<]*)<"),
    )


@dataclass
class Draft:
    """What a pass over a sheet has gathered so far."""

    overlays: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    spans: tuple[tuple[int, int], ...] = ()
    rich: bool = False
    started: bool = False

    def look(self, numbers: list[int] | None = None) -> Look:
        """Return it as a look; ``numbers`` are the sheet rows of the rows handed on."""
        hidden_rows = frozenset(self.hidden_rows)
        return Look(numbers, self.overlays, tuple(self.merges), hidden_rows, self.spans, self.rich)


def root_tag(chunk: bytes) -> tuple[bytes, bytes] | None:
    """Return the root's start tag and prefix from a part's first bytes, ``None`` if it is no worksheet."""
    match = ROOT.search(chunk)
    return (match[0], match[1]) if match else None


def plain_look(chunks: Iterable[bytes], limits: Limits) -> Look | None:
    """Look into an ordinary sheet; ``None`` when it must be rewritten before its values are read.

    ``chunks`` are the part's bytes in order.
    """
    draft, words = Draft(), spelling(b"")
    bottom, right, blank = PLAIN_ROWS, PLAIN_COLUMNS, 0
    for piece, words in pieces(chunks):
        note_edges(piece, words, draft)
        if not words.holds_values(piece):
            blank += len(piece)
            if blank > MANY_BLANKS:
                return None
            continue
        note_hidden(piece, words, draft)
        for match in words.unusual.finditer(piece):
            place = _unusual(match, words, draft)
            if place is None:
                return None
            bottom, right = max(bottom, place[0]), max(right, place[1])
        if bottom * right > limits.cells:
            return None
    return draft.look()


def _unusual(match: re.Match[bytes], words: Spelling, draft: Draft) -> tuple[int, int] | None:
    """Return the place of a cell outside the plain area, noting an error; ``None`` if it is not plain."""
    pairs = [(key, double or single) for key, double, single in ATTRIBUTE.findall(match[0])]
    values = dict(pairs)
    reference = REFERENCE.fullmatch(values.get(b"r", b""))
    if reference is None or len(values) < len(pairs):
        return None
    if match[0].endswith(b"/>"):
        return 1, 1
    place = int(reference[2]), column_number(reference[1].decode())
    if values.get(b"t") == b"e":
        text = error_value(match.string, match.end(), words)
        draft.overlays[place] = text
        if text not in KNOWN_ERRORS:
            return None
    return place


def formula_cells(chunks: Iterable[bytes]) -> frozenset[tuple[int, int]]:
    """Return the (row, column), 1-based, of the cells that are computed; ``chunks`` are the part's bytes."""
    found: set[tuple[int, int]] = set()
    for piece, _ in pieces(chunks):
        for letters, digits in FORMULA_CELL.findall(piece):
            found.add((int(digits), column_number(letters.decode())))
    return frozenset(found)


def error_value(piece: bytes, start: int, words: Spelling) -> CellError:
    """Return the error value of the cell whose start tag ends at ``start``."""
    following = piece.find(words.cell, start)
    stop = following if following >= 0 else len(piece)
    end = piece.find(words.close, start, stop)
    match = words.text.search(piece, start, end if end >= 0 else stop)
    return CellError(match[1].decode("utf-8", "replace").strip() if match and match[1] else "#VALUE!")


def note_edges(piece: bytes, words: Spelling, draft: Draft) -> None:
    """Note hidden columns (before the rows), merges (after them) and whether texts name fonts."""
    draft.rich = draft.rich or RUN_FONT in piece
    if not draft.started:
        draft.started = True
        head = piece[: max(piece.find(b"sheetData"), 0)]
        columns = tags(head, b"col") if b"hidden" in head else ()
        draft.spans = tuple(span for span in map(_span, columns) if span)
    tail = piece[max(piece.rfind(words.row), 0) :]
    if b"mergeCell" in tail:
        areas = (parse_area(attributes(tag).get("ref", "")) for tag in tags(tail, b"mergeCell"))
        draft.merges.extend(area for area in areas if area)


def _span(tag: bytes) -> tuple[int, int] | None:
    values = attributes(tag)
    first, last = values.get("min", ""), values.get("max", "")
    if values.get("hidden") not in TRUE or not (first.isdecimal() and last.isdecimal()):
        return None
    return int(first[:6]), min(int(last[:6]), LAST_COLUMN)


def note_hidden(piece: bytes, words: Spelling, draft: Draft) -> None:
    """Note hidden rows."""
    if HIDDEN.search(piece):
        for tag in words.hidden.findall(piece):
            number = attributes(tag).get("r", "")
            if number.isdecimal() and len(number) < ROW_DIGITS:
                draft.hidden_rows.add(int(number))


def last_row(piece: bytes, words: Spelling, row: int) -> int:
    """Return the number of the last row of a piece, before which row ``row`` stood: rows need not say it."""
    last = next(words.token.finditer(piece, max(piece.rfind(words.row), 0)), None)
    number = attributes(last[2]).get("r", "") if last and last[1] == b"row" else ""
    return int(number[:ROW_DIGITS]) if number.isdecimal() else row + piece.count(words.row)


def cell_place(reference: bytes, row: int, column: int) -> tuple[int, int]:
    """Return the place of a cell, which need not say it, after the cell or start of a row given."""
    match = REFERENCE.fullmatch(reference)
    if match:
        return int(match[2]), column_number(match[1].decode())
    return max(row, 1), column + 1


def pieces(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, Spelling]]:
    """Cut the part's bytes before rows (long ones before cells, the rest before tags), none torn."""
    rest, words = b"", None
    for chunk in chunks:
        rest += chunk
        if words is None:
            root = root_tag(rest)
            if root is None:
                raise damaged()
            words = spelling(root[1])
        cut = rest.rfind(words.row)
        if cut <= 0 and len(rest) > LONGEST_ROW:
            cut = rest.rfind(words.cell)
            cut = cut if cut > 0 else rest.rfind(b"<", 1)
            if cut <= 0:
                raise damaged()
        if cut > 0:
            yield rest[:cut], words
            rest = rest[cut:]
    if words is None:
        raise damaged()
    yield rest, words
