"""Safe fixes: which cells to change and to what, and what is better left alone.

A fix is made only where its rule knows one safe value, where the cell itself holds what is to be fixed, and
where nothing that was not found before would be found after it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, NamedTuple

from papi_xl import checklist, values, wording
from papi_xl.check import Result
from papi_xl.checklist import Place
from papi_xl.findings import Finding
from papi_xl.fix_words import REASONS
from papi_xl.raw import Cell, RawWorkbook
from papi_xl.rules import RULES
from papi_xl.text import content
from papi_xl.wording import pick

FIXABLE: Final = tuple(rule.slug for rule in RULES if rule.fixable)
"""The rules whose findings may carry a safe fix."""
TEXT: Final = "@"
"""The number format under which what is typed stays text."""
FONT: Final = "Times New Roman"
"""The font of text that came in an old font's code."""

_ONLY_TEXT: Final = ("text-legacy-font", "text-not-normalised")
"""Rules about the spelling of a text, the weaker first: a fix of any other rule holds theirs too."""
_ROUNDS: Final = 20
_MISSING: Final = "number-missing"
_ANCHOR_ROOM: Final = 120

Judge = Callable[[RawWorkbook], Result]
"""Checks a workbook as the one at hand was checked: the same as-of date, today and window."""


class Change(NamedTuple):
    """A cell to change.

    ``before`` is what the cell holds (text of an old font in its code), ``after`` a text, or a number for a
    percentage (a fraction). ``number_format`` and ``font`` are what the cell needs for that, ``None`` for its
    own; a format of percentages is needed only where the cell has none. ``anchor`` tells the row again after
    others were put above it: the column of its task and what stands there after the fixes.
    """

    sheet: str
    row: int
    column: int
    rules: tuple[str, ...]
    before: Cell
    after: str | float
    number_format: str | None = None
    font: str | None = None
    anchor: tuple[int, str] | None = None

    @property
    def place(self) -> Place:
        """The cell: its sheet's name, row and column."""
        return self.sheet, self.row, self.column


class Left(NamedTuple):
    """A finding that is not fixed: why (a key of `fix_words.REASONS`), and what the fix would bring up."""

    finding: Finding
    reason: str
    because: Finding | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Plan:
    """What to change, in the order of the sheets, what is left alone, and the check of the workbook after."""

    changes: tuple[Change, ...]
    left: tuple[Left, ...]
    after: Result


def plan(
    workbook: RawWorkbook,
    result: Result,
    judge: Judge,
    formulas: Collection[Place] = (),
    only: Collection[str] = FIXABLE,
) -> Plan:
    """Return the safe fixes of a workbook; the ``after`` of the plan has no finding that ``result`` lacks.

    Args:
        workbook: the cells as read.
        result: what `check.check` says of them.
        judge: checks changed cells in the same way.
        formulas: the cells that hold a formula; they are never changed.
        only: the rules whose findings are to be fixed, of `FIXABLE`.
    """
    made: dict[Place, Change] = {}
    current, state = workbook, result
    # What would do harm beside one fix may do none after it, so each round looks at all of them anew.
    for _ in range(_ROUNDS):
        wanted = filter(_differs, _wanted(current, state, only, formulas))
        kept, avoided, after = _without_harm(current, state, list(wanted), judge)
        if not kept:
            break
        for change in kept:
            earlier = made.get(change.place)
            made[change.place] = _joined(earlier, change) if earlier else change
        current, state = changed(current, kept), after
    left = tuple(_left(state, only, formulas, avoided))
    anchored = _anchored(made.values(), state, current)
    return Plan(tuple(sorted(anchored, key=lambda change: change.place)), left, state)


def changed(workbook: RawWorkbook, changes: Iterable[Change]) -> RawWorkbook:
    """Return ``workbook`` with ``changes`` made."""
    new: dict[str, dict[tuple[int, int], Cell]] = {}
    for change in changes:
        new.setdefault(change.sheet, {})[change.row, change.column] = change.after
    sheets = tuple(sheet.with_cells(new.get(sheet.name, {})) for sheet in workbook.sheets)
    info, info_legacy = dict(workbook.info), dict(workbook.info_legacy)
    for key, (name, row, column) in workbook.info_cells.items():
        if (row, column) in new.get(name, ()):
            info[key] = new[name][row, column]
            info_legacy.pop(key, None)
    return replace(workbook, sheets=sheets, info=info, info_legacy=info_legacy)


def anchor_text(cell: Cell) -> str:
    """Return what an anchor keeps of a cell."""
    return content(cell)[:_ANCHOR_ROOM]


def why(left: Left, lang: str) -> str:
    """Return in ``lang`` why a finding is left alone."""
    message = wording.message(left.because, lang) if left.because else ""
    return pick(REASONS[left.reason], lang).format(message=message)


def _wanted(
    workbook: RawWorkbook, result: Result, only: Collection[str], formulas: Collection[Place]
) -> Iterator[Change]:
    """Yield the change of each cell that findings with a safe value name."""
    cells = _Cells(workbook)
    for place, found in _by_place(result.findings).items():
        chosen = [one for one in found if one.fix is not None and one.rule in only]
        if chosen and place not in formulas and _may(found, only):
            change = _change(place, chosen, cells)
            if change:
                yield change


def _anchored(changes: Iterable[Change], result: Result, workbook: RawWorkbook) -> Iterator[Change]:
    table = result.batch.docs[0].table if result.batch else None
    cells = _Cells(workbook)
    for change in changes:
        column = table.columns["task"] if table and table.sheet.name == change.sheet else change.column
        text = "" if column == change.column else anchor_text(cells.get((change.sheet, change.row, column)))
        yield change._replace(anchor=(column, text)) if text else change


def _by_place(findings: Sequence[Finding]) -> dict[Place, list[Finding]]:
    fixable = [one for one in findings if one.rule in FIXABLE and checklist.place_of(one)]
    by_place = sorted(fixable, key=lambda one: checklist.place_of(one) or ("", 0, 0))
    return {place: list(same) for place, same in groupby(by_place, key=checklist.place_of) if place}


def _may(found: Sequence[Finding], only: Collection[str]) -> bool:
    """Whether the cell's text is understood in the code in which it will be written."""
    return _ONLY_TEXT[0] in only or all(one.rule != _ONLY_TEXT[0] for one in found)


def _change(place: Place, chosen: Sequence[Finding], cells: "_Cells") -> Change | None:
    """Return the change that all ``chosen`` findings of a cell ask for.

    ``None`` where the cell shows what another one holds, as under a merge: that one is changed.
    """
    strongest = max(chosen, key=lambda one: _strength(one.rule))
    before = cells.get(place)
    if (before is None or before == "") != (strongest.rule == _MISSING):
        return None
    rules = tuple(one.rule for one in chosen)
    after, number_format = _typed(strongest)
    font = FONT if _ONLY_TEXT[0] in rules else None
    return Change(*place, rules, before, after, number_format, font)


def _strength(rule: str) -> int:
    return _ONLY_TEXT.index(rule) if rule in _ONLY_TEXT else len(_ONLY_TEXT)


def _typed(finding: Finding) -> tuple[str | float, str | None]:
    """Return what typing the fix into the cell would make of it, and the number format that it needs."""
    fix = finding.fix or ""
    if finding.rule == "percent-invalid":
        digits = len(fix.rstrip("%").partition(".")[2])
        return values.percent(fix), f"0{'.' if digits else ''}{'0' * digits}%"
    return fix, TEXT if finding.rule in {_MISSING, "number-not-text"} else None


def _differs(change: Change) -> bool:
    return change.before != change.after or type(change.before) is not type(change.after)


def _joined(earlier: Change, later: Change) -> Change:
    rules = tuple(dict.fromkeys((*earlier.rules, *later.rules)))
    return later._replace(
        rules=rules,
        before=earlier.before,
        number_format=later.number_format or earlier.number_format,
        font=later.font or earlier.font,
    )


def _without_harm(
    workbook: RawWorkbook, result: Result, wanted: Sequence[Change], judge: Judge
) -> tuple[list[Change], dict[Place, Finding], Result]:
    """Return the changes after which nothing new is found, the avoided ones, and the check after the first.

    An avoided change comes with the finding that it would bring up.
    """
    kept, known = list(wanted), set(map(_key, result.findings))
    avoided: dict[Place, Finding] = {}
    while kept:
        after = judge(changed(workbook, kept))
        new = [one for one in after.findings if _key(one) not in known]
        if not new:
            return kept, avoided, after
        avoided |= _culprits(kept, new)
        kept = [change for change in kept if change.place not in avoided]
    return [], avoided, result


def _key(finding: Finding) -> tuple[str, str | None, int | None, int | None]:
    return finding.rule, finding.sheet, finding.row, finding.column


def _culprits(changes: Sequence[Change], new: Sequence[Finding]) -> dict[Place, Finding]:
    """Return the changes to give up, each with the finding that it would bring up.

    Those in the rows of the new findings go first, and those that change what a text says before those that
    only spell it anew; where no row is named all of the kind go.
    """
    by_row = {(one.sheet, one.row): one for one in reversed(new)}
    near = [change for change in changes if (change.sheet, change.row) in by_row]
    group = near or list(changes)
    telling = [change for change in group if not set(change.rules) <= set(_ONLY_TEXT)]
    return {change.place: by_row.get((change.sheet, change.row), new[0]) for change in telling or group}


def _left(
    result: Result,
    only: Collection[str],
    formulas: Collection[Place],
    avoided: Mapping[Place, Finding],
) -> Iterator[Left]:
    for place, found in _by_place(result.findings).items():
        for finding in found:
            if finding.rule not in only:
                continue
            if place in formulas:
                yield Left(finding, "formula")
            elif finding.fix is None:
                yield Left(finding, "no-value")
            elif not _may(found, only):
                yield Left(finding, "legacy-first")
            elif place in avoided:
                yield Left(finding, "would-add", avoided[place])


class _Cells:
    """What the cells of a workbook hold, by place; text of an old font in its code."""

    def __init__(self, workbook: RawWorkbook) -> None:
        self._sheets = {sheet.name: sheet for sheet in workbook.sheets}
        held = {**workbook.info, **workbook.info_legacy}
        self._info = {place: held.get(key) for key, place in workbook.info_cells.items()}

    def get(self, place: Place) -> Cell:
        name, row, column = place
        sheet = self._sheets.get(name)
        if sheet is None:
            return self._info.get(place)
        return sheet.legacy.get((row, column)) or sheet.cell(row, column)
