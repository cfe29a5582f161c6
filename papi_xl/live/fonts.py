"""Texts of the open workbook in old Vietnamese fonts: told at once by some engines, else searched for.

Fonts are asked for only where some text makes no sense in Unicode, which is so in hardly any workbook.
"""

import sys
from collections.abc import Iterator, Mapping

import xlwings as xw

from papi_xl.legacy import Run, as_meant, encoding_of_font, is_text, may_hold_any
from papi_xl.live.layout import area_of, part
from papi_xl.live.session import MAC
from papi_xl.raw import Area, RawSheet

Place = tuple[int, int]
Runs = tuple[Place, list[Run]]


def with_old_texts(sheet: xw.Sheet, raw: RawSheet) -> RawSheet:
    """Return what was read of ``sheet`` with its texts in old fonts converted."""
    if not may_hold_any(raw):
        return raw
    texts = {
        (number, column): cell
        for number, row in zip(raw.numbers, raw.rows, strict=True)
        for column, cell in enumerate(row, start=1)
        if is_text(cell)
    }
    last = max(row for row, _ in texts), max(column for _, column in texts)
    block = sheet.range((1, 1), last)
    told = getattr(block.impl, "fonts", None)
    return as_meant(raw, dict(searched(block, texts) if told is None else _told(block, texts)))


def _told(block: xw.Range, texts: Mapping[Place, str]) -> Iterator[Runs]:
    places = tuple(place for place, text in texts.items() if not text.isascii())
    spans, pieces = block.impl.fonts(places)
    rich = dict(zip(places, pieces, strict=True))
    fonts = [(Area(*area), encoding_of_font(font)) for font, area in spans]
    old = [(area, code) for area, code in fonts if code]
    for place, text in texts.items():
        runs = [Run(encoding_of_font(font), piece) for font, piece in rich.get(place, ())]
        if "".join(run.text for run in runs) == text:
            yield place, runs
        else:
            yield from ((place, [Run(code, text)]) for area, code in old if _lies_in(place, area))


def searched(block: xw.Range, texts: Mapping[Place, str], *, across: bool = False) -> Iterator[Runs]:
    """Yield the runs of ``texts`` in old fonts by what xlwings offers for every application.

    xlwings says which font a block has, nothing where it has several. So blocks are halved until that is
    settled, by rows and columns (``across``) in turn, and a cell of several fonts letter by letter.
    """
    font, place = (block.font.name if texts else None), area_of(block)
    if isinstance(font, str):
        code = encoding_of_font(font)
        yield from ((one, [Run(code, text)]) for one, text in texts.items() if code)
    elif len(texts) == 1 and place[:2] == place[2:]:
        yield from ((one, list(_pieces(block, text, 0, len(text)))) for one, text in texts.items())
    elif texts:
        for half in _halves(place, across=across):
            inside = {one: text for one, text in texts.items() if _lies_in(one, half)}
            yield from searched(part(block, half), inside, across=not across)


def _halves(place: Area, *, across: bool) -> tuple[Area, Area]:
    if place.bottom == place.top or (across and place.right > place.left):
        middle = (place.left + place.right) // 2
        return place._replace(right=middle), place._replace(left=middle + 1)
    middle = (place.top + place.bottom) // 2
    return place._replace(bottom=middle), place._replace(top=middle + 1)


def _pieces(cell: xw.Range, text: str, first: int, last: int) -> Iterator[Run]:
    """Yield the runs of the letters of a cell from ``first`` up to ``last``, counted from 0."""
    # On macOS xlwings does not work on the letters of a cell.
    font = "" if sys.platform == MAC else cell.characters[first:last].font.name
    if isinstance(font, str) or last - first == 1:
        yield Run(encoding_of_font(font or ""), text[first:last])
    else:
        middle = (first + last) // 2
        yield from _pieces(cell, text, first, middle)
        yield from _pieces(cell, text, middle, last)


def _lies_in(place: Place, area: Area) -> bool:
    return area.top <= place[0] <= area.bottom and area.left <= place[1] <= area.right
