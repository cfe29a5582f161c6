"""A whole workbook moved: what fills the template, and what found no place in it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from papi_xl import schema
from papi_xl import text as texts
from papi_xl.moving import fields
from papi_xl.moving.fields import Fields
from papi_xl.moving.parts import Place, Stray, Why, cells
from papi_xl.moving.sheets import likeness, recognised, words
from papi_xl.moving.sides import Side, read_side
from papi_xl.moving.tasks import Tasks, read_tasks
from papi_xl.raw import Cell, CellError, RawSheet, RawWorkbook
from papi_xl.template.filling import Filling

A_LITTLE: Final = 0.3
"""The share of the template's words from which a sheet of that name is taken for the template's."""
FINDINGS_COLUMNS: Final = len(schema.FINDING_HEADERS)
GUIDE_COLUMNS: Final = 2
META_COLUMNS: Final = 2
_OF_THE_TEMPLATE: Final = frozenset(schema.META_KEYS)


@dataclass(frozen=True)
class Moved:
    """What came of a workbook.

    ``sheets`` maps the template's sheets to those that stand for them, empty where the workbook was not made
    from the template; ``tasks`` is ``None`` without a task table, ``sides`` are the other tables by the
    template's sheet. ``strays`` are the cells that found no place, in the order of the workbook; ``computed``
    are the cells of which only the value was kept, as (sheet, row, column); ``converted`` counts by sheet the
    texts that came in the code of an old font.
    """

    filling: Filling
    sheets: Mapping[str, RawSheet]
    tasks: Tasks | None
    sides: Mapping[str, Side]
    strays: tuple[Stray, ...]
    computed: tuple[tuple[str, int, int], ...]
    converted: Mapping[str, int]


def moved(workbook: RawWorkbook, blank: RawWorkbook, open_lists: Sequence[Mapping[str, Any]]) -> Moved:
    """Return what ``workbook`` fills the template with; its values keep their types and texts.

    Args:
        workbook: all sheets of the input (see `read.read_workbook`, ``everything``).
        blank: all sheets of the empty template.
        open_lists: the template's lists that staff may lengthen (see `template.sources.lists`).
    """
    own = words(blank)
    sheets = recognised(workbook, own)
    tasks = read_tasks(workbook, sheets.get(schema.TASKS) if sheets else None)
    if tasks is None and sheets:
        tasks = read_tasks(workbook, None)
    said = (
        fields.of_template(workbook, sheets.get(schema.INFO))
        if sheets
        else fields.of_other(workbook, tasks.table if tasks else None)
    )
    sides = _sides(workbook, sheets, own, tasks)
    lists, listed = (
        fields.lists_of(sheets[schema.LISTS], open_lists) if schema.LISTS in sheets else ({}, set())
    )
    used = _used(said, tasks, sides) | {(sheets[schema.LISTS].name, *place) for place in listed}
    filling = Filling(
        info=said.info,
        tasks=tasks.rows if tasks else ({},),
        supervision=_rows(sides, schema.SUPERVISION),
        communication=_rows(sides, schema.COMMUNICATION),
        difficulties=_rows(sides, schema.DIFFICULTIES),
        lists=lists,
        kept={sheet.name: sheet.rows for sheet in _memories(workbook, sheets)},
        carried={key: text for key, text in workbook.meta.items() if sheets and key not in _OF_THE_TEMPLATE},
    )
    read = _Read(workbook, blank, own, sheets, tasks, sides)
    return Moved(
        filling=filling,
        sheets=sheets,
        tasks=tasks,
        sides=sides,
        strays=tuple(_strays(read, used)),
        computed=_computed(workbook, used),
        converted={sheet.name: len(sheet.legacy) for sheet in workbook.sheets if sheet.legacy},
    )


@dataclass(frozen=True)
class _Read:
    """A workbook beside the empty template, and what was found in it."""

    workbook: RawWorkbook
    blank: RawWorkbook
    own: Mapping[str, Counter[str]]
    sheets: Mapping[str, RawSheet]
    tasks: Tasks | None
    sides: Mapping[str, Side]

    def why(self, role: str | None, sheet: RawSheet) -> Why:
        """Return why a cell of ``sheet``, which stands for the template's ``role``, found no place."""
        if self.tasks and self.tasks.table.sheet.name == sheet.name:
            return Why.NO_TASK
        is_known = role or any(side.sheet == sheet.name for side in self.sides.values())
        return Why.OUTSIDE if is_known else Why.OTHER_SHEET

    def is_ours(self, role: str, place: Place, sheet: RawSheet) -> bool:
        """Whether a cell of a template's sheet holds what the tool puts there itself."""
        if role == schema.META:
            return place[1] <= META_COLUMNS
        if role == schema.FINDINGS:
            return place[1] <= FINDINGS_COLUMNS
        if role == schema.GUIDE and self.workbook.meta.get("template_version") != schema.TEMPLATE_VERSION:
            return place[1] <= GUIDE_COLUMNS
        formulas = next(one.formulas for one in self.blank.sheets if one.name == role) or frozenset()
        if sheet.formulas is None:
            return place in formulas
        return place in sheet.formulas and (role == schema.SUMMARY or place in formulas)


def _memories(workbook: RawWorkbook, sheets: Mapping[str, RawSheet]) -> list[RawSheet]:
    """Return the sheets in which the tool itself keeps what it will need again."""
    return [sheet for sheet in workbook.sheets if sheets and sheet.name == schema.SENT]


def _rows(sides: Mapping[str, Side], name: str) -> tuple[Sequence[Cell], ...]:
    return sides[name].rows if name in sides else ()


def _sides(
    workbook: RawWorkbook,
    sheets: Mapping[str, RawSheet],
    own: Mapping[str, Counter[str]],
    tasks: Tasks | None,
) -> dict[str, Side]:
    """Return the side tables by the template's sheet."""
    found: dict[str, Side] = {}
    taken = {sheet.name for sheet in sheets.values()} | ({tasks.table.sheet.name} if tasks else set())
    for name, (table, _) in schema.SIDE_TABLES.items():
        sheet = sheets.get(name)
        if sheet is not None:
            is_own = table in sheet.tables or likeness(sheet, own[name]) >= A_LITTLE
            side = read_side(sheet, name, own=is_own)
            found |= {name: side} if side else {}
            continue
        for other in workbook.sheets:
            side = read_side(other, name, own=False) if other.name not in taken else None
            if side:
                found[name] = side
                taken.add(other.name)
                break
    return found


def _used(said: Fields, tasks: Tasks | None, sides: Mapping[str, Side]) -> frozenset[tuple[str, int, int]]:
    used = set(said.used)
    if tasks:
        used |= {(tasks.table.sheet.name, *place) for place in tasks.used}
    for side in sides.values():
        used |= {(side.sheet, *place) for place in side.used}
    return frozenset(used)


def _strays(read: _Read, used: frozenset[tuple[str, int, int]]) -> Iterator[Stray]:
    """Yield the cells that have no place in the template and are none of its own words and figures."""
    roles = {sheet.name: name for name, sheet in read.sheets.items()}
    memories = _memories(read.workbook, read.sheets)
    for sheet in read.workbook.sheets:
        if sheet in memories:
            continue
        role = roles.get(sheet.name)
        left = Counter(read.own.get(role or "", {}))
        for place, cell in cells(sheet):
            said = texts.shown(cell)
            if (sheet.name, *place) in used or (role and read.is_ours(role, place, sheet)):
                continue
            if left[said] > 0:
                left[said] -= 1
            else:
                yield Stray(sheet.name, *place, said, read.why(role, sheet))


def _computed(
    workbook: RawWorkbook, used: frozenset[tuple[str, int, int]]
) -> tuple[tuple[str, int, int], ...]:
    """Return the formulas whose values were placed; an error value stays one."""
    found = []
    for sheet in workbook.sheets:
        errors = (
            {place for place, cell in cells(sheet) if isinstance(cell, CellError)} if sheet.formulas else ()
        )
        found += [(sheet.name, *place) for place in sheet.formulas or () if place not in errors]
    return tuple(sorted(place for place in found if place in used))
