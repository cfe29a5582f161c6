"""The XML of an .xlsx sheet made anew with nothing but its values, for sheets that are not plain."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from papi_xl.bounds import FAR_COLUMN, Limits, Look, columns_that_fit, few_looks, within
from papi_xl.reading.package import ATTRIBUTE
from papi_xl.reading.sheet_xml import (
    ROW_DIGITS,
    Draft,
    Spelling,
    cell_place,
    error_value,
    last_row,
    note_edges,
    note_hidden,
    pieces,
    root_tag,
    spelling,
)
from papi_xl.references import LAST_COLUMN, LAST_ROW, column_letters

KNOWN_TYPES: Final = frozenset({b"b", b"d", b"s", b"str", b"inlineStr"})
"""The cell types that python-calamine accepts, apart from numbers and errors."""


@dataclass
class _Cells:
    """The cells kept of a sheet: row → column → the rest of the tag and the value, as XML."""

    rows: dict[int, dict[int, bytes]] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    cells: int = 0
    seen: int = 0

    def right(self) -> int:
        return max((max(cells) for cells in self.rows.values()), default=0)


def rewritten(chunks: Iterable[bytes], limits: Limits) -> tuple[bytes, Look]:
    """Return the sheet's XML with nothing but its values, its rows moved together, and what it held.

    Left out are blank cells, error values (kept in the look), and cells right of `FAR_COLUMN`; further
    columns go where the area would still be too large. Raises ``too-large`` and ``damaged``.
    """
    draft, kept, root, words = Draft(), _Cells(), b"", spelling(b"")
    for piece, words in pieces(chunks):
        if not root:
            found = root_tag(piece)
            root = found[0] if found else b""
        note_edges(piece, words, draft)
        if words.holds_values(piece):
            note_hidden(piece, words, draft)
            kept.seen += piece.count(words.cell)
            few_looks(kept.seen, limits)
            _keep(piece, words, draft, kept)
        else:
            kept.row = last_row(piece, words, kept.row)
        within(len(kept.rows), kept.cells, limits)
    width = columns_that_fit(len(kept.rows), kept.right(), limits)
    numbers = sorted(kept.rows)
    rows = (kept.rows.pop(number) for number in numbers)
    return _written(root, words, rows, width), draft.look(numbers)


def _keep(piece: bytes, words: Spelling, draft: Draft, kept: _Cells) -> None:
    for match, following in pairwise((*words.token.finditer(piece), None)):
        if match is None:
            break
        values = {key: double or single for key, double, single in ATTRIBUTE.findall(match[2])}
        reference = values.get(b"r", b"")
        if match[1] == b"row":
            kept.row = int(reference[:ROW_DIGITS]) if reference.isdigit() else kept.row + 1
            kept.column = 0
            continue
        kept.row, kept.column = cell_place(reference, kept.row, kept.column)
        if match[3] or kept.row > LAST_ROW or kept.column > LAST_COLUMN:
            continue
        end = piece.find(words.close, match.end(), following.start() if following else len(piece))
        value = words.value.search(piece, match.end(), end) if end >= 0 else None
        if value is None:
            continue
        kind = values.get(b"t", b"n")
        if kind == b"e":
            draft.overlays[kept.row, kept.column] = error_value(piece, match.end(), words)
        elif kept.column <= FAR_COLUMN:
            tag = b"".join((_attribute(b"s", values.get(b"s")), _attribute(b"t", _known(kind)), b">"))
            kept.rows.setdefault(kept.row, {})[kept.column] = tag + value[0]
            kept.cells += 1


def _known(kind: bytes) -> bytes | None:
    return kind if kind in KNOWN_TYPES else None


def _attribute(name: bytes, value: bytes | None) -> bytes:
    return b' %b="%b"' % (name, value) if value else b""


def _written(root: bytes, words: Spelling, rows: Iterable[dict[int, bytes]], width: int) -> bytes:
    prefix = words.cell[1:-1]
    made = bytearray(root + b"<%bsheetData>" % prefix)
    for number, cells in enumerate(rows, start=1):
        made += b'<%brow r="%d">' % (prefix, number)
        for column in sorted(cells):
            if column <= width:
                reference = column_letters(column).encode()
                made += b'<%bc r="%b%d"%b%b' % (prefix, reference, number, cells[column], words.close)
        made += b"</%brow>" % prefix
    made += b"</%bsheetData></%bworksheet>" % (prefix, prefix)
    return bytes(made)
