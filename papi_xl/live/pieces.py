"""Texts of a cell that have more than one look, or a link: read, moved onto another text, written.

What a look holds is the application's own affair, but for the font's name, which stands first.
"""

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Final, NamedTuple
from unicodedata import normalize

import xlwings as xw

from papi_xl.fix_log import Run
from papi_xl.live.blocks import Cell, asked, corners

EXCEL_LOOK: Final = (
    "Name", "Size", "Bold", "Italic", "Underline", "Strikethrough", "Color", "Superscript", "Subscript",
)  # fmt: skip
"""Members of Excel's fonts on Windows; each is ``None`` where a text has more than one."""


class Piece(NamedTuple):
    """A part of a text with its look, which may end early, and the address of its link."""

    text: str
    look: tuple[Any, ...]
    link: str = ""


Pieces = tuple[Piece, ...]


def told(sheet: xw.Sheet, wanted: Collection[Cell]) -> dict[Cell, Pieces]:
    """Return the pieces of those of the cells whose text has more than one look, or holds its link itself.

    Excel on a Mac cannot tell (xlwings 0.37.8), so there a changed text takes one look.
    """
    if not wanted:
        return {}
    tell = getattr(sheet.range("A1").impl, "rich_texts", None)
    if tell is None:
        looks = asked(sheet, wanted, lambda part: _look(getattr(part.api, "Font", None)))
        return {cell: _searched(sheet.range(cell)) for cell, look in looks.items() if look is None}
    found = sheet.range(*corners(wanted)).impl.rich_texts().items()
    return {cell: tuple(Piece(*piece) for piece in pieces) for cell, pieces in found if cell in wanted}


def put(cell: xw.Range, pieces: Pieces) -> None:
    """Give the text of a cell, which is written already, the looks of its pieces."""
    put_rich_text = getattr(cell.impl, "put_rich_text", None)
    if put_rich_text is not None:
        put_rich_text(tuple(pieces))
        return
    start = 1
    for piece in pieces:
        length = units(piece.text)
        font = cell.api.Characters(start, length).Font
        for member, value in zip(EXCEL_LOOK, piece.look, strict=False):
            setattr(font, member, value)
        start += length


def onto(pieces: Pieces, text: str) -> Pieces:
    """Return ``text`` in pieces: each letter looks as the one did that stood in its place, accents aside."""
    parts = [(part, piece) for piece in pieces for part in normalize("NFD", piece.text)]
    letters = [(part, number) for number, letter in enumerate(text) for part in normalize("NFD", letter)]
    old, new = "".join(part for part, _ in parts), "".join(part for part, _ in letters)
    owners: dict[int, Piece] = {}
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for index in range(end - start):
            place = first + index if kind == "equal" else first + index * (last - first) // (end - start)
            owners.setdefault(letters[start + index][1], parts[min(place, len(parts) - 1)][1])
    return _joined((letter, owners[number]) for number, letter in enumerate(text))


def in_font(pieces: Pieces, name: str) -> Pieces:
    """Return the pieces with their fonts replaced by one."""
    return _joined(
        (letter, piece._replace(look=(name, *piece.look[1:]))) for piece in pieces for letter in piece.text
    )


def in_fonts(pieces: Pieces, runs: Sequence[Run]) -> Pieces:
    """Return the pieces with the fonts of ``runs``; what these do not reach keeps its own."""
    fonts = (run.font for run in runs for _ in range(run.length))
    letters = [(letter, piece) for piece in pieces for letter in piece.text]
    dressed = []
    for letter, piece in letters:
        names = [name for _, name in zip(range(units(letter)), fonts, strict=False)]
        look = (names[0], *piece.look[1:]) if names else piece.look
        dressed.append((letter, piece._replace(look=look)))
    return _joined(dressed)


def runs(pieces: Pieces) -> tuple[Run, ...]:
    """Return the fonts of a text, none where it has but one."""
    found = [
        Run(sum(units(piece.text) for piece in same), name)
        for name, same in groupby(pieces, key=lambda piece: str(piece.look[0]))
    ]
    return tuple(found) if len(found) > 1 else ()


def units(text: str) -> int:
    """Return the number of UTF-16 code units, as applications count letters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _searched(cell: xw.Range) -> Pieces:
    """Return the pieces of a cell in Excel on Windows."""
    return _joined((piece.text, piece) for piece in _halved(cell, str(cell.value), 1))


def _halved(cell: xw.Range, text: str, start: int) -> Iterator[Piece]:
    look = _look(cell.api.Characters(start, units(text)).Font)
    if look is not None or len(text) == 1:
        yield Piece(text, look or ())
        return
    middle = len(text) // 2
    yield from _halved(cell, text[:middle], start)
    yield from _halved(cell, text[middle:], start + units(text[:middle]))


def _look(font: Any) -> tuple[Any, ...] | None:  # noqa: ANN401 (what pywin32 gives)
    """Return the look of a font, ``None`` where it has more than one; nothing where none can be told."""
    if font is None:
        return ()
    values = tuple(getattr(font, member) for member in EXCEL_LOOK)
    return None if None in values else values


def _joined(parts: Any) -> Pieces:  # noqa: ANN401 (pairs of a text and the piece whose look it has)
    same = groupby(parts, key=lambda pair: (pair[1].look, pair[1].link))
    return tuple(Piece("".join(text for text, _ in group), *key) for key, group in same)
