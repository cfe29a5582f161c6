"""What the buttons do to the open workbook: first everything is worked out, then it is written."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import xlwings as xw

from papi_xl import check as checking
from papi_xl import checklist, headers, schema, wording
from papi_xl.bounds import TO_WRITE, Limits
from papi_xl.check import Result
from papi_xl.checklist import Place, place_of
from papi_xl.errors import UnreadableWorkbookError, UsageError
from papi_xl.findings import Finding
from papi_xl.live import cells, listing, marks, own_sheets, placing
from papi_xl.live.blocks import Cell
from papi_xl.live.cells import Open
from papi_xl.live.guards import refuse_closed
from papi_xl.live.placing import WEB, Ask
from papi_xl.live.session import Step, click, is_shown, keeps_writes
from papi_xl.live.words import word
from papi_xl.raw import RawWorkbook


class Begun(NamedTuple):
    """A workbook that a report can be made about: its folder, its sheets and cells, what was found."""

    folder: Path
    opened: Open
    result: Result


def examine(book: xw.Book, limits: Limits = cells.DEFAULT) -> tuple[Open, Result]:
    """Read and check the open workbook as it stands on the screen.

    Raises:
        UnreadableWorkbookError: ``too-large``, it is beyond ``limits``.
    """
    opened = cells.read(book, limits)
    return opened, judge(opened.raw)


def judge(raw: RawWorkbook) -> Result:
    """Check cells as those of the open workbook are checked."""
    return checking.check(raw, as_of=None, today=date.today())


def check(book: xw.Book, lang: str) -> str:
    """Check the workbook, list and mark what was found, and return what to tell the user."""
    with click(book, word("checking", lang), word("button-check", lang)) as step:
        opened, result = examine(book)
        old = own_sheets.find(opened.sheets, schema.FINDINGS)
        if result.batch is not None or (old is not None and _is_ours(old, opened)):
            show(book, opened, result, lang, step)
    return told(book, result, lang)


def show(book: xw.Book, opened: Open, result: Result, lang: str, step: Step) -> None:
    """Write the findings into the sheet `Kết quả kiểm tra` and mark their cells.

    Raises:
        UsageError: ``book-read-only``, ``book-protected``, ``sheet-protected`` or ``findings-taken``
            (``sheet``); nothing is written then.
    """
    shown = listed(result, opened.table, lang)
    by_sheet = _by_sheet(shown.marks, opened)
    sheet = own_sheets.find(opened.sheets, schema.FINDINGS)
    name = schema.FINDINGS if sheet is None else sheet.name
    may_add = refuse_closed(book, opened.sheets, [name, *by_sheet])
    if sheet is not None and not _is_ours(sheet, opened):
        raise UsageError("findings-taken", sheet=name)
    old = {name: marks.ours(opened.sheets[name]) for name in by_sheet}
    if sheet is None:
        sheet = own_sheets.added(book, opened.sheets, schema.FINDINGS, step)
        listing.fit_to_paper(sheet)
    elif may_add:
        own_sheets.keep(book, sheet, step)
    listing.write(sheet, shown, word("link", lang))
    _mark(opened, by_sheet, old, step)


class Outdated(NamedTuple):
    """What shows an earlier check: its sheet, ``None`` without one, and the marks of each sheet."""

    sheet: xw.Sheet | None
    marks: Mapping[str, Sequence[xw.ConditionalFormat]]


def outdated(opened: Open) -> Outdated:
    """Return what shows an earlier check, to be brought up to date by `show_again`."""
    sheet = own_sheets.find(opened.sheets, schema.FINDINGS)
    ours = sheet if sheet is not None and _is_ours(sheet, opened) else None
    return Outdated(ours, {name: marks.ours(opened.sheets[name]) for name in _by_sheet({}, opened)})


def show_again(opened: Open, old: Outdated, result: Result, lang: str, step: Step) -> None:
    """Bring what shows an earlier check up to date, as `show` does; nothing is read or added."""
    shown = listed(result, opened.table, lang)
    if old.sheet is not None:
        listing.write(old.sheet, shown, word("link", lang))
    if old.sheet is not None or any(old.marks.values()):
        _mark(opened, _by_sheet(shown.marks, opened), old.marks, step)


def listed(result: Result, table: str | None, lang: str) -> checklist.Checklist:
    """Lay out what was found."""
    return checklist.build(result.findings, result.counts, result.facts, table or "", lang)


def told(book: xw.Book, result: Result, lang: str) -> str:
    """Return the short message after a check: the counts, where to look, and what to mind."""
    lines = [word("checked", lang, file=book.name, counts=checklist.counted(result.counts, lang))]
    if result.batch is None:
        lines += [wording.message(finding, lang) for finding in result.findings]
    elif result.findings:
        lines.append(word("see-findings", lang, sheet=schema.FINDINGS))
    if where(book) is None:
        lines.append(word("not-saved", lang))
    return "\n".join(lines)


def go_to_next(book: xw.Book, lang: str) -> str:
    """Select the next cell with a finding after the selected one, and return what is wrong there."""
    opened, result = examine(book)
    if result.batch is None:
        raise UnreadableWorkbookError("task-table-missing")
    found: dict[Place, list[Finding]] = {}
    for finding in result.findings:
        place = place_of(finding)
        if place and not finding.justified:
            found.setdefault(place, []).append(finding)
    if not found:
        return word("no-more", lang, counts=checklist.counted(result.counts, lang))
    order = {name: index for index, name in enumerate(opened.sheets)}
    places = sorted(found, key=lambda place: (order[place[0]], *place[1:]))
    here = _selected(book)
    after = (order.get(here[0], -1), *here[1:]) if here else (-1, 0, 0)
    index = next((i for i, (name, *cell) in enumerate(places) if (order[name], *cell) > after), 0)
    sheet, row, column = places[index]
    first = found[places[index]]
    if here is None or here[0] != sheet:
        if not is_shown(opened.sheets[sheet]):
            return word("hidden-sheet", lang, sheet=sheet, cell=first[0].cell)
        opened.sheets[sheet].activate()  # Excel selects cells of the active sheet only
    opened.sheets[sheet].range((row, column)).select()
    message = " · ".join(wording.message(finding, lang) for finding in first)
    return word("next", lang, number=index + 1, total=len(places), message=message)


def summarize(book: xw.Book, lang: str, ask: Ask) -> str:
    """Write the attached summary beside the workbook and open it; return what to tell the user.

    ``ask`` puts a question and returns whether the answer is yes. Where errors remain and are to be put
    right first, they are listed and marked as `check` does.
    """
    begun = begin(book, lang, ask, "errors-remain", "summarizing")
    if isinstance(begun, str):
        return begun
    folder, _, result = begun
    # Loaded for this button only; the others would wait for them.
    from papi_xl import attachment, write  # noqa: PLC0415

    target = placing.target(book.app, folder / attachment.offered_name(result), lang, ask)
    with click(book, word("summarizing", lang)):
        write.write_summary(target, attachment.lay_out(result, lang, date.today()))
    book.app.books.open(str(target))
    return word("summarized", lang, file=target)


def begin(book: xw.Book, lang: str, ask: Ask, question: str, doing: str) -> Begun | str:
    """Read and check a workbook about which a report is to be made beside it.

    ``question`` and ``doing`` are keys of `words`. Where errors remain and are to be put right first, they
    are listed and marked as `check` does, and what to tell the user is returned.

    Raises:
        UsageError: ``book-never-saved``, ``book-on-the-web``.
        UnreadableWorkbookError: ``task-table-missing``, ``too-large``.
    """
    folder = _folder(book)
    if folder is None:
        raise UsageError("book-never-saved", file=book.name)
    with click(book, word(doing, lang)):
        opened, result = examine(book, TO_WRITE)
    if result.batch is None:
        raise UnreadableWorkbookError("task-table-missing")
    count = checking.errors(result.findings)
    if count and not ask(word(question, lang, count=count)):
        with click(book, word("checking", lang), word("button-check", lang)) as step:
            show(book, opened, result, lang, step)
        return told(book, result, lang)
    return Begun(folder, opened, result)


def where(book: xw.Book) -> str | None:
    """Return the path of the workbook or its address on the web, ``None`` where it was never saved."""
    try:
        place = book.fullname
    except Exception:  # noqa: BLE001 - so xlwings says that it knows no folder that mirrors the one on the web
        return f"https{WEB}{book.name}"
    return place if WEB in place or Path(place).is_absolute() else None


def _folder(book: xw.Book) -> Path | None:
    """Return the folder of the workbook, ``None`` where it was never saved.

    Raises:
        UsageError: ``book-on-the-web``, the folder is an address on the web.
    """
    place = where(book)
    if place is not None and WEB in place:
        raise UsageError("book-on-the-web", file=book.name)
    return Path(place).parent if place else None


def _by_sheet(marked: Mapping[Place, str], opened: Open) -> dict[str, dict[Cell, str]]:
    """Return the marks of each sheet that has any, or may still have those of the last check."""
    names = [name for name in (schema.INFO, opened.table) if name in opened.sheets]
    found: dict[str, dict[Cell, str]] = {str(name): {} for name in names}
    for (sheet, row, column), level in marked.items():
        found.setdefault(sheet, {})[row, column] = level
    return found


def _mark(
    opened: Open,
    by_sheet: Mapping[str, Mapping[Cell, str]],
    old: Mapping[str, Sequence[xw.ConditionalFormat]],
    step: Step,
) -> None:
    for title, marked in by_sheet.items():
        marks.replace(opened.sheets[title], old[title], marked, step.undo.callback)


def _is_ours(sheet: xw.Sheet, opened: Open) -> bool:
    return headers.is_template(opened.raw) or listing.is_free(sheet)


def _selected(book: xw.Book) -> Place | None:
    """Return the selected cell, ``None`` where a chart or a picture is selected.

    xlwings tells that of the workbook in front only, an engine of our own of each.
    """
    if keeps_writes(book):
        own = book.impl.selected
        return (own.sheet.name, own.row, own.column) if own else None
    try:
        chosen = book.selection
    except Exception:  # noqa: BLE001 - whatever is selected instead of cells, there is no place to go on from
        return None
    return (chosen.sheet.name, chosen.row, chosen.column) if chosen is not None else None
