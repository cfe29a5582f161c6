"""The sheet `Danh mục` of the template: the lists behind the dropdowns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from papi_xl import schema
from papi_xl.domains import DOMAINS
from papi_xl.looks import TABLE_SIZE
from papi_xl.template.formulas import key_of
from papi_xl.template.formulas_rows import STATUS_NUMBERS
from papi_xl.template.help import STATUS_LIST
from papi_xl.template.helper_rows import Lists
from papi_xl.template.styles import READ_ONLY, Looks
from papi_xl.vocabulary import STATUS_TERMS
from papi_xl.writing import layout
from papi_xl.writing.paper import BASE_SIZE, add_sheet

HEADER_ROW: Final = 4
ROOM: Final = 20
"""Rows of a list that staff may lengthen."""

_FIRST: Final = HEADER_ROW + 1
_KEYS, _NUMBERS = "B", "C"
_AFTER_KEYS: Final = 3


@dataclass(frozen=True)
class _List:
    """One column: ``name`` is the defined name of its values, and staff may add to an open one."""

    title: str
    values: Sequence[str]
    width: int
    name: str = ""
    is_open: bool = False


def status_lists() -> Lists:
    """Return where `write_lists` puts the statuses that the formulas know."""
    last = HEADER_ROW + len(_wordings())
    keys, numbers = (f"'{schema.LISTS}'!${letter}${_FIRST}:${letter}${last}" for letter in (_KEYS, _NUMBERS))
    return Lists(status_keys=keys, status_numbers=numbers)


def write_lists(looks: Looks, texts: Mapping[str, Any], lists: Sequence[Mapping[str, Any]]) -> Worksheet:
    """Write the sheet; columns B and C, hidden, are what the formulas of `Tổng hợp` look up."""
    sheet = add_sheet(looks.book, schema.LISTS)
    columns = _columns(texts, lists)
    places = [0, *range(_AFTER_KEYS, len(columns) + _AFTER_KEYS - 1)]
    for place, column in zip(places, columns, strict=True):
        _write_column(sheet, looks, place, column)
    for row, (name, _, number) in enumerate(_wordings(), start=HEADER_ROW):
        sheet.write_string(f"{_KEYS}{row + 1}", key_of(name))
        sheet.write_number(f"{_NUMBERS}{row + 1}", number)
    sheet.set_column(f"{_KEYS}:{_NUMBERS}", None, None, {"hidden": True})
    widths = [column.width for column in columns]
    rows = zip_longest(*(column.values for column in columns), fillvalue="")
    for index, in_row in enumerate(rows, start=HEADER_ROW):
        sheet.set_growing_row(index, layout.row_height(in_row, widths, TABLE_SIZE))
    sheet.merge_range(0, 0, 0, places[-1], texts["title"], looks("title"))
    sheet.merge_range(1, 0, 1, places[-1], texts["intro"], looks("intro"))
    sheet.set_row(0, 24)
    sheet.set_row(1, layout.text_height(texts["intro"], sum(widths), BASE_SIZE))
    headers = [column.title for column in columns]
    sheet.set_row(HEADER_ROW - 1, layout.row_height(headers, widths, TABLE_SIZE, bold=True))
    sheet.fit_to_pages(1, 1)
    sheet.freeze_panes(HEADER_ROW, 0)
    sheet.protect("", READ_ONLY)
    return sheet


def _columns(texts: Mapping[str, Any], lists: Sequence[Mapping[str, Any]]) -> list[_List]:
    """Return the columns from left to right: statuses, suggestions, synonyms, domains."""
    synonyms = [(name, meaning) for name, meaning, _ in _wordings() if name != meaning]
    return [
        _List(texts["status"], [term.vi for term in STATUS_TERMS.values()], 105, STATUS_LIST),
        *(
            _List(found["title"], found["values"], found["width"], found["name"], is_open=True)
            for found in lists
        ),
        _List(texts["written"], [name for name, _ in synonyms], 118),
        _List(texts["means"], [meaning for _, meaning in synonyms], 110),
        _List(texts["domains"], [f"{domain.number}. {domain.vi}" for domain in DOMAINS], 250),
    ]


def _wordings() -> list[tuple[str, str, int]]:
    """Return every wording of a status, its official wording and its number."""
    return [
        (name, term.vi, STATUS_NUMBERS[status])
        for status, term in STATUS_TERMS.items()
        for name in (term.vi, *term.synonyms, term.en)
    ]


def _write_column(sheet: Worksheet, looks: Looks, place: int, column: _List) -> None:
    """Write a list; the name of an open one covers as many cells as are filled."""
    letter = xl_col_to_name(place)
    sheet.set_column_pixels(place, place, column.width)
    sheet.write_string(HEADER_ROW - 1, place, column.title, looks("head"))
    for row, value in enumerate(column.values, start=HEADER_ROW):
        sheet.write_string(row, place, value, looks("item_open" if column.is_open else "item"))
    last = HEADER_ROW + max(ROOM if column.is_open else 0, len(column.values))
    for row in range(HEADER_ROW + len(column.values), last):
        sheet.write_blank(row, place, None, looks("item_open"))
    cells = f"'{schema.LISTS}'!${letter}${_FIRST}:${letter}${last}"
    first = f"'{schema.LISTS}'!${letter}${_FIRST}"
    if column.name:
        place_of_values = f"{first}:INDEX({cells},COUNTA({cells}))" if column.is_open else cells
        looks.book.define_name(column.name, f"={place_of_values}")
