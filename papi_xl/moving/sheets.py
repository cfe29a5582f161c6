"""Which of a workbook's sheets stands for which sheet of the template, also where it was renamed."""

from collections import Counter
from collections.abc import Mapping

from papi_xl import headers, schema
from papi_xl.moving.parts import texts_of
from papi_xl.raw import RawSheet, RawWorkbook

ALIKE = 0.5
"""The share of the template's own words from which a sheet under another name is its sheet."""
SEVERAL = 3
"""So many sheets of the template make a workbook one that was made from it."""
TABLES = {schema.TASK_TABLE: schema.TASKS} | {
    table: sheet for sheet, (table, _) in schema.SIDE_TABLES.items()
}

KEPT = frozenset({schema.FIX_LOG, schema.LEFTOVERS, schema.SENT})
"""Sheets of ours that the template does not have."""

Words = Mapping[str, Mapping[str, int]]
"""How often each text stands on each sheet of the empty template."""


def words(blank: RawWorkbook) -> dict[str, Counter[str]]:
    """Return the template's own words, sheet by sheet, as its empty workbook ``blank`` has them."""
    return {sheet.name: Counter(texts_of(sheet)) for sheet in blank.sheets}


def recognised(workbook: RawWorkbook, own: Words) -> dict[str, RawSheet]:
    """Return the workbook's sheets by the names that the template has for them; none where it is no template.

    A sheet is known by its name, else by its Excel table, its named cells, or the template's words on it.
    """
    if workbook.meta.get("kind") in {schema.KIND_REPORT, schema.KIND_CONSOLIDATED}:
        return {}
    found = {sheet.name: sheet for sheet in workbook.sheets if sheet.name in own}
    marked = _marked(workbook)
    rest = [sheet for sheet in workbook.sheets if sheet.name not in own and sheet.name not in KEPT]
    for name in (name for name in own if name not in found):
        alike = [one for one in rest if marked.get(one.name, name) == name and _is(one, name, marked, own)]
        if alike:
            found[name] = max(alike, key=lambda one: likeness(one, own[name]))
            rest.remove(found[name])
    return found if _is_template(workbook, found, own) else {}


def likeness(sheet: RawSheet, own: Mapping[str, int]) -> float:
    """Return the share of the template's words that stand on the sheet."""
    return len(own.keys() & set(texts_of(sheet))) / len(own) if own else 0.0


def _marked(workbook: RawWorkbook) -> dict[str, str]:
    """Return the sheets that an Excel table or the named cells give away, by their names."""
    fields = {place[0]: schema.INFO for place in workbook.info_cells.values()}
    tables = {
        sheet.name: TABLES[table] for sheet in workbook.sheets for table in sheet.tables if table in TABLES
    }
    return {**fields, **tables}


def _is(sheet: RawSheet, name: str, marked: Mapping[str, str], own: Words) -> bool:
    return marked.get(sheet.name) == name or likeness(sheet, own[name]) >= ALIKE


def _is_template(workbook: RawWorkbook, found: Mapping[str, RawSheet], own: Words) -> bool:
    """Whether the workbook was made from the template, however little of it is left."""
    marked = _marked(workbook)
    alike = sum(_is(sheet, name, marked, own) for name, sheet in found.items())
    return headers.is_template(workbook) or alike >= SEVERAL
