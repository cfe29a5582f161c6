"""A workbook made from the template, mended: what pasting broke put back, every value and all else kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from papi_xl import schema
from papi_xl.bounds import Limits
from papi_xl.build import figures_of
from papi_xl.editing.order import in_order, local_names, renamed, with_local_names
from papi_xl.editing.parts import STRICT, Parts, suffix, unpacked
from papi_xl.editing.workbook import recalculated, sheets, with_names
from papi_xl.errors import UsageError
from papi_xl.mending.case import Case, grid
from papi_xl.mending.compare import compared, replaced
from papi_xl.mending.makeup import made_up
from papi_xl.mending.transplant import Way, taken_in, with_sheet
from papi_xl.mending.words import Mended, leftover
from papi_xl.moving.parts import Place, Stray
from papi_xl.moving.run import Moved, moved
from papi_xl.raw import RawWorkbook
from papi_xl.read import ZIP_STARTS, read_content
from papi_xl.reading.package import Package
from papi_xl.template import sources
from papi_xl.template.filling import TASK_HEADER_ROW, Filling, Leftover
from papi_xl.template.workbook import leftovers_bytes, template_bytes

MENDED: Final = "{stem}_phuc-hoi{suffix}"
"""The name of a mended workbook."""
FILTER: Final = "_xlnm._FilterDatabase"
EMPTY: Final = Filling(info={}, tasks=({},))


@cache
def blank() -> RawWorkbook:
    """Return the empty template as read: the words and formulas that are its own."""
    return read_content("", template_bytes(EMPTY), everything=True)


def moved_into_template(workbook: RawWorkbook) -> Moved:
    """Return what ``workbook`` (read with ``everything``) fills the template with."""
    return moved(workbook, blank(), sources.lists())


def mended(file: str, data: bytes, lang: str, today: date, limits: Limits) -> Mended:
    """Mend the workbook in ``data``; ``file`` is its name.

    Raises:
        UnreadableWorkbookError: as `read.read_content`.
        UsageError: ``not-the-template`` (``file``), nothing of the template is in it.
    """
    workbook = read_content(file, data, limits, everything=True)
    empty = blank()
    found = moved(workbook, empty, sources.lists())
    if not found.sheets:
        raise UsageError("not-the-template", file=file)
    if found.tasks is None:
        found = replace(found, filling=replace(found.filling, tasks=sources.blank().tasks))
    parts = _parts(data, limits)
    if parts is None:
        return _rebuilt(found, lang, today)
    fresh = _made(found.filling, today)
    case = Case(workbook, found, made_up(parts), made_up(fresh), empty)
    broken = compared(case)
    if not broken:
        return Mended(None, (), (), ())
    names = replaced(broken, case)
    titles = {found.sheets[name].name for name in names if name in found.sheets}
    strays = tuple(one for one in found.strays if one.sheet in titles)
    content = _put_back(parts, case, names, _listed(strays, lang)).zipped()
    computed = tuple(one for one in found.computed if one[0] in titles)
    noted = tuple(found.tasks.noted) if found.tasks and schema.TASKS in names else ()
    return Mended(
        content,
        broken,
        strays,
        computed,
        suffix=suffix(parts),
        noted=noted,
        converted=sum(found.converted.get(title, 0) for title in titles),
        anew=tuple(name for name in names if name in found.sheets and name != schema.META),
    )


def _parts(data: bytes, limits: Limits) -> Parts | None:
    """Return the parts of a package that can be changed in place, ``None`` for other formats."""
    if not data.startswith(ZIP_STARTS):
        return None
    package = Package(data, limits)
    if package.kind() != "xlsx":
        return None
    parts = unpacked(package)
    return None if parts.relation_base() == STRICT else parts


def _rebuilt(found: Moved, lang: str, today: date) -> Mended:
    filling = replace(found.filling, leftovers=_listed(found.strays, lang))
    content = template_bytes(filling, figures_of(filling, today))
    noted = tuple(found.tasks.noted) if found.tasks else ()
    return Mended(
        content,
        (),
        found.strays,
        found.computed,
        rebuilt=True,
        noted=noted,
        converted=sum(found.converted.values()),
    )


def _made(filling: Filling, today: date) -> Parts:
    return unpacked(Package(template_bytes(filling, figures_of(filling, today)), Limits()))


def _listed(strays: Sequence[Stray], lang: str) -> tuple[Leftover, ...]:
    return tuple(leftover(stray, lang) for stray in strays)


def _put_back(parts: Parts, case: Case, names: Sequence[str], leftovers: Sequence[Leftover]) -> Parts:
    """Return the parts with the sheets ``names`` made anew, their names and tables, and all else kept."""
    made, fresh = parts, case.fresh
    for name, sheet in case.moved.sheets.items():
        made = renamed(made, sheet.name, name)
    before = [sheet.name for sheet in sheets(made)]
    made, source = taken_in(made, fresh.parts)
    for name in names:
        made = with_sheet(made, source, name, _way(case, name))
    extra = _free(schema.LEFTOVERS, before) if leftovers else None
    if extra:
        made, source = taken_in(made, unpacked(Package(leftovers_bytes(leftovers), Limits())))
        made = with_sheet(made, source, schema.LEFTOVERS, Way(lambda place: place), called=extra)
    made = in_order(made, _order(before, [sheet.name for sheet in sheets(made)], case, extra))
    own = {
        name: formula
        for name, formula in fresh.names.items()
        if any(formula.startswith(f"'{one}'!") for one in names)
    }
    made = with_names(made, own)
    local = {key: formula for key, formula in local_names(fresh.parts).items() if key[0] in names}
    gone = {(name, FILTER): None for name in names}
    return recalculated(with_local_names(made, {**gone, **local}))


def _way(case: Case, name: str) -> Way:
    """Return where the cells of a sheet that is put back are now."""
    lies = grid(case, name) if name in case.moved.sheets else None
    if lies is None:
        return Way(lambda place: place)
    back = {column: at for at, column in lies.columns.items()}
    beside = schema.KEYS.index("note") + 1 if name == schema.TASKS else len(lies.titles) + 1

    def to(place: Place) -> Place:
        row, column = place
        in_table = row >= TASK_HEADER_ROW + lies.shift
        return max(row - lies.shift, 1), back.get(column, beside) if in_table else column

    return Way(to, -lies.shift)


def _free(name: str, taken: Sequence[str]) -> str:
    used = {one.casefold() for one in taken}
    names = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one.casefold() not in used)


def _order(before: Sequence[str], now: Sequence[str], case: Case, extra: str | None) -> list[str]:
    """Return the order of the sheets: what was there stays, what is new comes where the template has it."""
    template = [sheet.name for sheet in case.blank.sheets]
    order = list(before)
    for index, name in enumerate(template):
        if name in now and name not in order:
            above = next((one for one in reversed(template[:index]) if one in order), None)
            order.insert(order.index(above) + 1 if above else 0, name)
    if extra:
        at = schema.FINDINGS if schema.FINDINGS in order else order[-1]
        order.insert(order.index(at) + 1, extra)
    return order
