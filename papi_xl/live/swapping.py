"""What cells of the open workbook are to become, worked out whole before anything is written, both ways."""

from collections.abc import Mapping
from typing import NamedTuple

import xlwings as xw

from papi_xl.fix_log import Old, Run
from papi_xl.live import blocks, changing, pieces
from papi_xl.live.blocks import Cell
from papi_xl.live.changing import New, Value, is_text_format
from papi_xl.live.pieces import Piece, Pieces
from papi_xl.live.session import Step
from papi_xl.live.typed import as_text


class Wish(NamedTuple):
    """What a cell holds and what it is to hold, with the number format and font that it needs.

    ``runs`` are the fonts of the new text where it has several.
    """

    now: Value
    then: Value
    number_format: str | None = None
    font: str | None = None
    runs: tuple[Run, ...] = ()


class Swap(NamedTuple):
    """A cell as it is and as it is to be; of the fonts of its text, where it has several and they change."""

    old: New
    new: New
    runs: tuple[Run, ...]

    @property
    def logged(self) -> Old:
        """What the log keeps of the cell as it is."""
        return Old(self.old.value, self.old.number_format, self.old.font, self.runs)


def swaps(sheet: xw.Sheet, wishes: Mapping[Cell, Wish]) -> dict[Cell, Swap]:
    """Work out how to fulfil ``wishes``: what a cell has already is not changed."""
    codes = {cell for cell, wish in wishes.items() if wish.number_format or _in_question(wish)}
    formats = blocks.number_formats(sheet, codes)
    dressed = {cell for cell, wish in wishes.items() if wish.font}
    fonts = blocks.font_names(sheet, dressed)
    texts = {cell for cell, wish in wishes.items() if isinstance(wish.now, str)}
    known = pieces.told(sheet, texts)
    return {
        cell: _swap(wish, formats.get(cell), fonts.get(cell), known.get(cell, ()))
        for cell, wish in wishes.items()
    }


def write(sheets: Mapping[str, xw.Sheet], swapped: Mapping[str, Mapping[Cell, Swap]], step: Step) -> None:
    """Write what each sheet's cells are to be; where the click fails they become again what they were."""
    for name, cells in swapped.items():
        old = {cell: swap.old for cell, swap in cells.items()}
        step.undo.callback(changing.write, sheets[name], old)
        changing.write(sheets[name], {cell: swap.new for cell, swap in cells.items()})


def _in_question(wish: Wish) -> bool:
    """Whether it depends on the cell's number format what becomes of a text of the wish."""
    texts = [text for text in (wish.now, wish.then) if isinstance(text, str)]
    return any(as_text(text, is_text=True) != as_text(text, is_text=False) for text in texts)


def _swap(wish: Wish, code: str | None, font: str | None, parts: Pieces) -> Swap:
    code_then = None if _serves(code, wish.number_format) else wish.number_format
    fonts = pieces.runs(parts)
    font_now = font or (str(parts[0].look[0]) if parts else None)
    font_then = None if wish.font == font_now and not fonts else wish.font
    old = New(
        wish.now,
        number_format=code if code_then else None,
        font=font_now if font_then else None,
        is_text=is_text_format(code),
        pieces=parts,
    )
    new = New(
        wish.then,
        number_format=code_then,
        font=font_then,
        is_text=is_text_format(code_then or code),
        pieces=_pieces(wish, parts),
    )
    return Swap(old, new, fonts if wish.font else ())


def _serves(code: str | None, wanted: str | None) -> bool:
    """Whether a number format need not be changed: the one wanted, or percentages where such are wanted."""
    return code == wanted or wanted is None or ("%" in wanted and "%" in (code or ""))


def _pieces(wish: Wish, parts: Pieces) -> Pieces:
    """Return the new text in pieces, none where it has one look."""
    if not isinstance(wish.then, str) or not wish.then or not (parts or wish.runs):
        return ()
    whole = parts or (Piece(str(wish.now), ()),)
    moved = pieces.onto(whole, wish.then)
    if wish.runs:
        return pieces.in_fonts(moved, wish.runs)
    return pieces.in_font(moved, wish.font) if wish.font else moved
