"""What of a workbook is not as the template has it: compared cell by cell with one made anew."""

from collections.abc import Iterator, Sequence
from typing import Final

from papi_xl import schema
from papi_xl import text as texts
from papi_xl.mending.case import Broken, Case, Grid, Kind, grid, titles_of
from papi_xl.mending.makeup import Look, Makeup, plain_formula
from papi_xl.moving.parts import Place, cell_at, texts_of
from papi_xl.raw import Area, RawSheet
from papi_xl.template import sources
from papi_xl.template.filling import TASK_HEADER_ROW

BROKEN_REFERENCE: Final = "#REF!"
FORMATTED: Final = frozenset({"number", "timing", "percent", schema.SIDE_TASK})
"""Columns of text or percents, in which a lost number format changes what is typed."""


def compared(case: Case) -> tuple[Broken, ...]:
    """Return all that is broken, in the order of the template's sheets."""
    found: list[Broken] = []
    for blank in case.blank.sheets:
        name = blank.name
        if case.sheet(name) is None:
            found.append(Broken(Kind.SHEET, name))
            continue
        if case.moved.sheets[name].name != name:
            found.append(Broken(Kind.SHEET_NAME, name, (case.moved.sheets[name].name,)))
        if name == schema.META:
            found += _record(case)
        elif name != schema.FINDINGS:
            found += _sheet(case, blank)
    return (*found, *_names(case))


def _record(case: Case) -> Iterator[Broken]:
    version = case.workbook.meta.get("template_version")
    if case.workbook.meta.get("kind") != schema.KIND_TEMPLATE or not version:
        yield Broken(Kind.RECORD, schema.META)
    elif version != schema.TEMPLATE_VERSION:
        yield Broken(Kind.VERSION, schema.META, (version, schema.TEMPLATE_VERSION))


def _sheet(case: Case, blank: RawSheet) -> Iterator[Broken]:
    name = blank.name
    made, fresh = case.makeup(name), case.fresh.sheets[name]
    lies = grid(case, name)
    yield from _words(case, blank)
    if lies is not None:
        yield from _table(case, name, lies)
        yield from _columns(case, name, lies)
    elif titles_of(name):
        yield Broken(Kind.HEADER_ROW, name)
    yield from _formulas(made, fresh, name, lies.shift if lies else 0)
    if fresh.is_protected and not made.is_protected:
        yield Broken(Kind.PROTECTION, name)
    if fresh.has_chart and not made.has_chart:
        yield Broken(Kind.CHART, name)


def _words(case: Case, blank: RawSheet) -> Iterator[Broken]:
    """Find out how many of the template's own words are gone: titles, labels, hints, fixed lists."""
    if blank.name == schema.GUIDE and case.workbook.meta.get("template_version") != schema.TEMPLATE_VERSION:
        return
    sheet = case.moved.sheets[blank.name]
    free = {*titles_of(blank.name).values(), *(value for one in sources.lists() for value in one["values"])}
    computed = {
        texts.shown(cell_at(row, place[1]))
        for number, row in zip(blank.numbers, blank.rows, strict=False)
        for place in blank.formulas or ()
        if place[0] == number
    }
    wanted = {text for text in texts_of(blank) if text not in free | computed}
    count = len(wanted - set(texts_of(sheet)))
    if count:
        yield Broken(Kind.WORDS, blank.name, count=count)


def _table(case: Case, name: str, lies: Grid) -> Iterator[Broken]:
    """Look at headers, order, Excel's table, merged cells, hidden rows and columns."""
    sheet, made = case.moved.sheets[name], case.makeup(name)
    header_row = TASK_HEADER_ROW + lies.shift
    headers = next((row for at, row in zip(sheet.numbers, sheet.rows, strict=False) if at == header_row), ())
    changed = tuple(
        title
        for at, title in lies.titles.items()
        if texts.header_key(
            texts.shown(cell_at(headers, lies.columns.get(at, 0)) if at in lies.columns else "")
        )
        != texts.header_key(title)
    )
    if len(changed) == len(lies.titles):
        yield Broken(Kind.HEADER_ROW, name)
    elif changed:
        yield Broken(Kind.HEADER, name, changed)
    if any(at != column for at, column in lies.columns.items()):
        yield Broken(Kind.ORDER, name)
    wanted = schema.TASK_TABLE if name == schema.TASKS else schema.SIDE_TABLES[name][0]
    left, right = min(lies.columns.values()), max(lies.columns.values())
    area = made.tables.get(wanted)
    if area is None:
        yield Broken(Kind.TABLE, name)
    elif (
        area.top != header_row
        or area.bottom < header_row + len(lies.rows)
        or not (area.left <= left and right <= area.right)
    ):
        yield Broken(Kind.TABLE_RANGE, name)
    merged = [one for one in sheet.merges if _overlaps(one, lies, left, right)]
    if merged:
        yield Broken(Kind.MERGED, name, count=len(merged))
    hidden = [row for row in lies.rows if row + lies.shift in sheet.hidden_rows]
    if hidden:
        yield Broken(Kind.HIDDEN_ROWS, name, count=len(hidden))
    columns = tuple(lies.titles[at] for at, column in lies.columns.items() if column in made.hidden_columns)
    if columns:
        yield Broken(Kind.HIDDEN_COLUMNS, name, columns)


def _overlaps(area: Area, lies: Grid, left: int, right: int) -> bool:
    first, last = lies.rows.start + lies.shift, lies.rows.stop - 1 + lies.shift
    return area.top <= last and area.bottom >= first and area.left <= right and area.right >= left


def _columns(case: Case, name: str, lies: Grid) -> Iterator[Broken]:
    """Compare lists, colours, number formats and looks of each cell of a table in use."""
    made, fresh = case.makeup(name), case.fresh.sheets[name]
    counts: dict[Kind, dict[str, int]] = {}
    keys = dict(enumerate(schema.KEYS, start=1)) if name == schema.TASKS else lies.titles
    for at in lies.columns:
        lists = _does(fresh, "lists", (lies.rows.start, at))
        colours = _does(fresh, "colours", (lies.rows.start, at))
        for row in lies.rows:
            here, place = (row, at), lies.at(row, at)
            wrong = []
            if lists - _does(made, "lists", place) - {""}:
                wrong.append(Kind.LISTS)
            if colours - _does(made, "colours", place):
                wrong.append(Kind.COLOURS)
            wanted, found = case.fresh.looks(fresh.style(here)), case.made.looks(made.style(place))
            if keys[at] in FORMATTED and wanted.number_format != found.number_format:
                wrong.append(Kind.FORMATS)
            if _looks_other(wanted, found):
                wrong.append(Kind.LOOKS)
            for kind in wrong:
                by_title = counts.setdefault(kind, {})
                by_title[lies.titles[at]] = by_title.get(lies.titles[at], 0) + 1
    for kind in (Kind.LISTS, Kind.COLOURS, Kind.FORMATS, Kind.LOOKS):
        if kind in counts:
            yield Broken(kind, name, tuple(counts[kind]), sum(counts[kind].values()))


def _does(made: Makeup, which: str, place: Place) -> set[str]:
    rules = made.lists if which == "lists" else made.colours
    return {rule.does for rule in rules if rule.covers(place)}


def _looks_other(wanted: Look, found: Look) -> bool:
    return (
        wanted.font.casefold() != found.font.casefold()
        or (wanted.has_border and not found.has_border)
        or (wanted.wraps and not found.wraps)
    )


def _formulas(made: Makeup, fresh: Makeup, name: str, shift: int) -> Iterator[Broken]:
    count = sum(
        all(_differs(formula, made.formulas.get((at, column))) for at in {row, row + shift})
        for (row, column), formula in fresh.formulas.items()
        if not formula.startswith("#")
    )
    if count:
        yield Broken(Kind.FORMULAS, name, count=count)


def _differs(wanted: str, found: str | None) -> bool:
    """Whether a formula was lost or changed; of one that several cells share only the first says it."""
    if found is None or BROKEN_REFERENCE in found:
        return True
    return found not in {"", wanted} and plain_formula(found) != plain_formula(wanted)


def _names(case: Case) -> Iterator[Broken]:
    """Find the template's defined names that are gone or lead nowhere."""
    lost: dict[str, list[str]] = {}
    known = {name.lower(): formula for name, formula in case.made.names.items()}
    for name, formula in case.fresh.names.items():
        found = known.get(name.lower(), BROKEN_REFERENCE)
        sheet = next((one for one in case.fresh.sheets if formula.startswith(f"'{one}'!")), schema.META)
        if BROKEN_REFERENCE in found and case.sheet(sheet) is not None:
            lost.setdefault(sheet, []).append(name)
    for sheet, names in lost.items():
        yield Broken(Kind.NAME, sheet, tuple(names), len(names))


def replaced(broken: Sequence[Broken], case: Case) -> tuple[str, ...]:
    """Return the sheets to be put back: those broken in more than their name, and what counts on them."""
    kinds = {one.kind for one in broken}
    names = {one.sheet for one in broken if one.kind is not Kind.SHEET_NAME}
    if Kind.VERSION in kinds:
        names = {sheet.name for sheet in case.blank.sheets} - ({schema.FINDINGS} & case.moved.sheets.keys())
    if names & {schema.LISTS, schema.INFO} or Broken(Kind.ORDER, schema.TASKS) in broken:
        names |= {schema.TASKS, schema.SUMMARY}
    return tuple(sheet.name for sheet in case.blank.sheets if sheet.name in names)
