"""What a workbook says of its unit, and the lists that staff lengthened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from papi_xl import schema, timing, titles, values
from papi_xl import text as texts
from papi_xl.headers import Table
from papi_xl.moving.parts import Place, cell_at, cells, says
from papi_xl.raw import Cell, RawSheet, RawWorkbook
from papi_xl.reading import details

FIRST_ROW: Final = 4
"""Where the template has the first field."""


@dataclass(frozen=True)
class Fields:
    """The fields of `Thông tin` by key, and the (sheet, row, column) of the cells that say them."""

    info: Mapping[str, Cell]
    used: frozenset[tuple[str, int, int]]


def of_template(workbook: RawWorkbook, sheet: RawSheet | None) -> Fields:
    """Return the fields of a workbook made from the template, ``sheet`` standing for `Thông tin`.

    A field is found by its named cell, its label, or its place; without the sheet there is what `_papi` says.
    """
    found = {key: place for key, place in workbook.info_cells.items() if _in(workbook, place)}
    info = {key: workbook.info[key] for key in found}
    used = {*found.values()}
    if sheet is not None:
        labelled, places = details.info({schema.INFO: replace(sheet, name=schema.INFO)}, {})
        info = {**labelled, **info}
        places = {key: (sheet.name, *place[1:]) for key, place in places.items()}
        lost = _by_place(sheet, {**places, **found})
        info |= {key: cell for key, (_, cell) in lost.items()}
        used |= {*places.values(), *((sheet.name, *place) for place, _ in lost.values())}
        used |= _labels(sheet)
    elif not found:
        info = _carried(workbook)
    return Fields({key: _plain(key, cell) for key, cell in info.items() if cell is not None}, frozenset(used))


def of_other(workbook: RawWorkbook, table: Table | None) -> Fields:
    """Return what a report carries, or what the lines above a table say of its unit and period."""
    if workbook.meta:
        return Fields(_carried(workbook), frozenset())
    if table is None:
        return Fields({}, frozenset())
    said: dict[str, Cell] = {key: text for key, text in titles.named(table).items() if text}
    return Fields(said | ({"year": table.title_year} if table.title_year else {}), frozenset())


def lists_of(
    sheet: RawSheet, known: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, tuple[str, ...]], set[Place]]:
    """Return the suggestions of the sheet `Danh mục` by defined name, and the cells they stand in.

    ``known`` are the template's open lists (see `template.sources.lists`); one without values is left out.
    """
    heads = {details.plain(one["title"]): one["name"] for one in known}
    tops = {
        place: heads[key]
        for place, cell in cells(sheet)
        if isinstance(cell, str) and (key := details.plain(cell)) in heads
    }
    found: dict[str, tuple[str, ...]] = {}
    used: set[Place] = set()
    for (top, column), name in tops.items():
        below = [
            (number, cell_at(row, column))
            for number, row in zip(sheet.numbers, sheet.rows, strict=False)
            if number > top and says(cell_at(row, column))
        ]
        if below and name not in found:
            found[name] = tuple(texts.shown(cell) for _, cell in below)
            used |= {(number, column) for number, _ in below}
    return found, used


def _in(workbook: RawWorkbook, place: tuple[str, int, int]) -> bool:
    return any(sheet.name == place[0] for sheet in workbook.sheets)


def _labels(sheet: RawSheet) -> set[tuple[str, int, int]]:
    known = {details.plain(field.label) for field in schema.INFO_FIELDS}
    return {
        (sheet.name, *place)
        for place, cell in cells(sheet)
        if isinstance(cell, str) and details.plain(cell) in known
    }


def _by_place(sheet: RawSheet, found: Mapping[str, Any]) -> dict[str, tuple[Place, Cell]]:
    """Return fields whose name and label were lost, where the others stand as the template has them."""
    rows = {field.key: row for row, field in enumerate(schema.INFO_FIELDS, start=FIRST_ROW)}
    if any(place[1:] != (rows[key], schema.INFO_COLUMN) for key, place in found.items()):
        return {}
    by_number = dict(zip(sheet.numbers, sheet.rows, strict=False))
    lost = {key: (row, schema.INFO_COLUMN) for key, row in rows.items() if key not in found}
    cells_there = {
        key: (place, cell_at(by_number.get(place[0], ()), place[1])) for key, place in lost.items()
    }
    return {key: one for key, one in cells_there.items() if says(one[1])}


def _carried(workbook: RawWorkbook) -> dict[str, Cell]:
    """Return what the sheet `_papi` says of the unit."""
    meta = workbook.meta
    said: dict[str, Cell] = {key: meta[key] for key in ("unit", "unit_code", "period") if meta.get(key)}
    said |= {"year": values.year(meta.get("year")), "as_of": timing.as_date(meta.get("as_of"))}
    return {key: cell for key, cell in said.items() if cell is not None}


def _plain(key: str, cell: Cell) -> Cell:
    """Return a field's value: whole numbers as such, a day without its time."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell.date() if key == "as_of" and isinstance(cell, datetime) else cell
