"""The buttons `Sửa giúp` and `Hoàn tác`: safe fixes of the open workbook, and taking them back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import xlwings as xw

from papi_xl import checklist, fix_log, fixes, schema
from papi_xl.bounds import TO_WRITE
from papi_xl.check import Result
from papi_xl.checklist import Place
from papi_xl.errors import UnreadableWorkbookError, UsageError
from papi_xl.fix_log import Entry
from papi_xl.fixes import FIXABLE, Change
from papi_xl.live import (
    actions,
    blocks,
    cells,
    fix_preview,
    fix_wishes,
    listing,
    log_sheet,
    own_sheets,
    swapping,
)
from papi_xl.live.actions import Outdated
from papi_xl.live.blocks import Cell
from papi_xl.live.cells import Open
from papi_xl.live.guards import refuse_closed
from papi_xl.live.placing import Ask
from papi_xl.live.session import Step, click
from papi_xl.live.swapping import Swap, Wish
from papi_xl.live.words import word
from papi_xl.raw import Cell as Value
from papi_xl.references import column_letters

Swaps = Mapping[str, Mapping[Cell, Swap]]
"""What becomes of cells, by the name of their sheet."""


class Log(NamedTuple):
    """The sheet `Nhật ký sửa`, ``None`` without one, and what it lists; ``is_ours`` or the user's own."""

    sheet: xw.Sheet | None
    entries: tuple[Entry, ...]
    is_ours: bool


class Around(NamedTuple):
    """What else a click changes: the log, and what shows an earlier check; whether sheets may be moved."""

    log: Log
    old: Outdated
    may_move: bool


def fix(book: xw.Book, lang: str, ask: Ask) -> str | None:
    """Make the safe fixes after showing them; return what to tell the user, ``None`` where they said no.

    Raises:
        UnreadableWorkbookError: ``task-table-missing``, ``too-large``.
        UsageError: ``book-read-only``, ``book-protected``, ``sheet-protected``, ``cells-changed``, or
            ``findings-taken`` (``sheet``), a sheet of the user's own has the log's name; nothing is written
            then.
    """
    with click(book, word("planning", lang)):
        opened, result = actions.examine(book, TO_WRITE)
        if result.batch is None:
            raise UnreadableWorkbookError("task-table-missing")
        typed = _typed(opened, [*_fixable(result), *_anchors(result)])
        formulas = {place for place, text in typed.items() if blocks.is_formula(text)}
        plan = fixes.plan(opened.raw, result, actions.judge, formulas)
        if not plan.changes:
            return fix_preview.nothing(plan, opened.table, lang)
        around = _around(book, opened, _log(opened), (change.place for change in plan.changes))
        wishes = {one.place: fix_wishes.fixed(one, typed.get(one.place, "")) for one in plan.changes}
        swaps = _swaps(opened, wishes)
    if not ask(fix_preview.question(plan, opened.table, lang)):
        return None
    entries = (*around.log.entries, *_entries(plan.changes, swaps, around.log))
    with click(book, word("fixing", lang), word("button-fix", lang)) as step:
        _refuse_changed(book, opened, typed, entries[len(around.log.entries) :])
        log = _kept(book, opened, around, step)
        swapping.write(opened.sheets, swaps, step)
        log_sheet.write(log, entries, lang, word("link", lang))
        actions.show_again(opened, around.old, plan.after, lang, step)
    return _told("fixed", plan.after, len(plan.changes), lang)


def undo(book: xw.Book, lang: str, ask: Ask) -> str | None:
    """Put back what the last `fix` changed, after asking; return what to tell, ``None`` where they said no.

    Raises:
        UnreadableWorkbookError: ``too-large``.
        UsageError: ``book-read-only``, ``book-protected``, ``sheet-protected`` or ``cells-changed``; nothing
            is written then.
    """
    with click(book, word("undoing", lang)):
        opened = cells.read(book, TO_WRITE)
        log = _log(opened)
        if log.sheet is None or not log.entries:
            return word("undo-nothing", lang)
        typed, values = _held(opened, log.entries)
        plan = fix_log.undo(log.entries, values.get)
        around = _around(book, opened, log, (entry.change.place for entry in plan.back))
        swaps = _swaps(opened, {entry.change.place: fix_wishes.unfixed(entry) for entry in plan.back})
        on_log = book.sheets.active.name == log.sheet.name
    if not ask(fix_preview.undo_question(plan, opened.table, lang)):
        return None
    after = actions.judge(fix_wishes.before(opened.raw, plan.back))
    with click(book, word("undoing", lang), word("button-undo-fixes", lang)) as step:
        _refuse_changed(book, opened, typed, plan.back)
        sheet = _kept(book, opened, around, step)
        swapping.write(opened.sheets, swaps, step)
        actions.show_again(opened, around.old, after, lang, step)
        if plan.rest or not around.may_move:
            log_sheet.write(sheet, plan.rest, lang, word("link", lang))
        else:
            if on_log and opened.table:
                opened.sheets[opened.table].activate()
            sheet.delete()
    lines = [_told("undone", after, len(plan.back), lang)] if plan.back else []
    return "\n".join([*lines, *fix_preview.kept(plan, opened.table, lang)])


def _fixable(result: Result) -> list[Place]:
    places = (checklist.place_of(one) for one in result.findings if one.rule in FIXABLE)
    return [place for place in places if place]


def _typed(opened: Open, places: Iterable[Place]) -> dict[Place, str]:
    """Return what the formula bar shows of each cell."""
    found: dict[Place, str] = {}
    for name, wanted in _by_sheet(places).items():
        if name in opened.sheets:
            texts = blocks.formulas(opened.sheets[name], wanted)
            found |= {(name, *cell): text for cell, text in texts.items()}
    return found


def _anchors(result: Result) -> Iterator[Place]:
    """Yield the cell of the task in each row in which something may be fixed: it tells the row."""
    table = result.batch.docs[0].table if result.batch else None
    for name, row, _ in _fixable(result):
        if table and table.sheet.name == name:
            yield name, row, table.columns["task"]


def _places(entries: Iterable[Entry]) -> list[Place]:
    return [place for entry in entries for place in (entry.change.place, entry.anchor) if place]


def _refuse_changed(
    book: xw.Book, opened: Open, typed: Mapping[Place, str], entries: Sequence[Entry]
) -> None:
    """Make sure that cells to be written over, and what tells their rows, still hold what they did.

    Raises:
        UsageError: ``cells-changed`` (``sheet``, ``cell``).
    """
    names = {sheet.name for sheet in book.sheets}
    for entry in entries:
        if entry.change.sheet not in names:
            raise UsageError("cells-changed", sheet=entry.change.sheet, cell=_cell(entry.change.place))
    now = _typed(opened, [place for place in _places(entries) if place in typed])
    for place in sorted(now):
        if now[place] != typed[place]:
            raise UsageError("cells-changed", sheet=place[0], cell=_cell(place))


def _cell(place: Place) -> str:
    _, row, column = place
    return f"{column_letters(column)}{row}"


def _by_sheet(places: Iterable[Place]) -> dict[str, set[Cell]]:
    found: dict[str, set[Cell]] = {}
    for name, row, column in places:
        found.setdefault(name, set()).add((row, column))
    return found


def _swaps(opened: Open, wishes: Mapping[Place, Wish]) -> Swaps:
    return {
        name: swapping.swaps(opened.sheets[name], {cell: wishes[name, *cell] for cell in wanted})
        for name, wanted in _by_sheet(wishes).items()
    }


def _log(opened: Open) -> Log:
    sheet = own_sheets.find(opened.sheets, schema.FIX_LOG)
    rows = cells.held(sheet).rows if sheet else []
    is_ours = fix_log.is_free(rows)
    return Log(sheet, fix_log.entries(rows) if is_ours else (), is_ours)


def _around(book: xw.Book, opened: Open, log: Log, places: Iterable[Place]) -> Around:
    """Find what else is to be written, and make sure that all of it, and the cells, may be."""
    old = actions.outdated(opened)
    wanted = [log.sheet.name if log.sheet else schema.FIX_LOG, *_by_sheet(places)]
    if old.sheet or any(old.marks.values()):
        wanted += [*([old.sheet.name] if old.sheet else []), *old.marks]
    may_move = refuse_closed(book, opened.sheets, wanted)
    if log.sheet and not log.is_ours:
        raise UsageError("findings-taken", sheet=log.sheet.name)
    return Around(log, old, may_move)


def _kept(book: xw.Book, opened: Open, around: Around, step: Step) -> xw.Sheet:
    """Return the sheet of the log, added where there is none; whatever is written over can be put back."""
    log = around.log.sheet
    if log is None:
        log = own_sheets.added(book, opened.sheets, schema.FIX_LOG, step)
        listing.fit_to_paper(log)
    for sheet in filter(None, (around.log.sheet, around.old.sheet) if around.may_move else ()):
        own_sheets.keep(book, sheet, step)
    return log


def _entries(changes: Sequence[Change], swaps: Swaps, log: Log) -> list[Entry]:
    """Return the lines of the log about the changes, as one batch."""
    batch, now = fix_log.next_batch(log.entries), datetime.now().replace(microsecond=0)
    return [
        Entry(batch, now, change, swaps[change.sheet][change.row, change.column].logged) for change in changes
    ]


def _held(opened: Open, entries: Iterable[Entry]) -> tuple[dict[Place, str], dict[Place, Value]]:
    """Return what the cells of the log, and what tells their rows, hold: as typed, and as values.

    Cells with a formula have no value here.
    """
    places = _places(entries)
    sheets = {
        name: cells.held(opened.sheets[name], TO_WRITE) for name in _by_sheet(places) if name in opened.sheets
    }
    inside = [place for place in places if place[0] in sheets and sheets[place[0]].has(*place[1:])]
    typed = _typed(opened, inside)
    values = {
        (name, row, column): sheets[name].cell(row, column)
        for (name, row, column), text in typed.items()
        if not blocks.is_formula(text)
    }
    return typed, values


def _told(key: str, result: Result, count: int, lang: str) -> str:
    done = word(key, lang, count=count, sheet=schema.FIX_LOG)
    return f"{done}\n{checklist.counted(result.counts, lang)}" if result.batch else done
