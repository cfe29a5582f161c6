"""What the buttons `Sửa giúp` and `Hoàn tác` ask and tell, short enough for a message box."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from papi_xl import fix_log, fix_words, fixes, schema
from papi_xl.checklist import Place, place_of
from papi_xl.fix_log import Entry, Undo
from papi_xl.fixes import Change, Left, Plan
from papi_xl.live.words import word
from papi_xl.raw import Cell
from papi_xl.references import column_letters
from papi_xl.wording import pick

MOST_CHARACTERS: Final = 1_023
"""What a message box of VBA shows; all others show more."""
MOST_LINES: Final = 10
"""Cells that are listed one by one."""

_MOST_CELLS, _MOST_REASONS = 5, 2
_LONGEST_VALUE, _LONGEST_REASON = 36, 150
_SPELLING: Final = ("text-not-normalised",)
"""What this rule mends cannot be seen."""


def question(plan: Plan, table: str | None, lang: str) -> str:
    """Return what will be changed, what is left alone, and whether to go on.

    ``table`` names the sheet of the task table, whose cells are named without it.
    """
    head = word("fix-preview", lang, count=len(plan.changes))
    ask = word("fix-ask", lang, sheet=schema.FIX_LOG)
    lines = [_change(change, table, lang) for change in plan.changes]
    return _fitted(head, lines, [*left(plan.left, table, lang), ask], lang)


def nothing(plan: Plan, table: str | None, lang: str) -> str:
    """Return that nothing can safely be changed, and what is left alone."""
    rest = [word("fix-rest", lang)] if plan.after.findings else []
    return "\n".join([word("fix-nothing", lang), *left(plan.left, table, lang), *rest])


def undo_question(undo: Undo, table: str | None, lang: str) -> str:
    """Return what will be put back, what was changed since, and whether to go on."""
    when = f"{(undo.back or undo.changed_since)[0].made_at:%d/%m/%Y %H:%M}"
    ask = word("undo-ask", lang, sheet=schema.FIX_LOG)
    key = "undo-preview" if undo.back else "undo-none"
    head = word(key, lang, count=len(undo.back), when=when)
    lines = [_back(entry, table, lang) for entry in undo.back]
    return _fitted(head, lines, [*kept(undo, table, lang), ask], lang)


def kept(undo: Undo, table: str | None, lang: str) -> list[str]:
    """Return the line that names the cells changed since, none without any."""
    if not undo.changed_since:
        return []
    places = [entry.change.place for entry in undo.changed_since]
    return [word("undo-kept", lang, count=len(places), cells=_names(places, table, lang))]


def left(found: Sequence[Left], table: str | None, lang: str) -> list[str]:
    """Return lines about what is left alone, one for each of the commonest reasons."""
    reasons = [list(same) for _, same in groupby(sorted(found, key=_reason), key=_reason)]
    reasons.sort(key=len, reverse=True)
    lines = [_left(same, table, lang) for same in reasons[:_MOST_REASONS]]
    more = sum(map(len, reasons[_MOST_REASONS:]))
    return [*lines, word("fix-left-more", lang, count=more)] if more else lines


def _reason(one: Left) -> str:
    return one.reason


def _left(same: Sequence[Left], table: str | None, lang: str) -> str:
    places = list(dict.fromkeys(filter(None, (place_of(one.finding) for one in same))))
    reason = _short(fixes.why(same[0], lang), _LONGEST_REASON)
    return word("fix-left", lang, count=len(places), cells=_names(places, table, lang), reason=reason)


def _change(change: Change, table: str | None, lang: str) -> str:
    cell, after = _name(change.place, table), _quoted(change.after, lang)
    if change.rules == _SPELLING:
        return word("fix-spelling", lang, cell=cell, after=after, what=fix_words.done(change.rules, lang))
    return word("fix-change", lang, cell=cell, before=_quoted(change.before, lang), after=after)


def _back(entry: Entry, table: str | None, lang: str) -> str:
    change = entry.change
    cell, before = _name(change.place, table), _quoted(change.after, lang)
    if change.rules == _SPELLING:
        return word("undo-spelling", lang, cell=cell, after=before)
    after = _quoted(None if entry.old.value is None else change.before, lang)
    return word("fix-change", lang, cell=cell, before=before, after=after)


def _fitted(head: str, lines: Sequence[str], tail: Iterable[str], lang: str) -> str:
    """Return as many of the lines between head and tail as a message box has room for."""
    end = "\n".join(("", "", *tail)) if lines else "\n".join(("", *tail))
    room = MOST_CHARACTERS - len(head) - len(end) - len(word("fix-more", lang, count=len(lines))) - 1
    shown = list(_within(lines[:MOST_LINES], room))
    more = len(lines) - len(shown)
    rest = [word("fix-more", lang, count=more)] if more else []
    return "\n".join([head, *shown, *rest]) + end


def _within(lines: Iterable[str], room: int) -> Iterator[str]:
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            return
        yield line


def _names(places: Sequence[Place], table: str | None, lang: str) -> str:
    named = ", ".join(_name(place, table) for place in places[:_MOST_CELLS])
    more = len(places) - _MOST_CELLS
    return named + (word("and-more", lang, count=more) if more > 0 else "")


def _name(place: Place, table: str | None) -> str:
    sheet, row, column = place
    cell = f"{column_letters(column)}{row}"
    return cell if sheet == table else f"{sheet}!{cell}"


def _quoted(value: Cell, lang: str) -> str:
    text = _short(fix_log.value_shown(value, lang), _LONGEST_VALUE)
    return f'"{text}"' if text else pick(fix_words.EMPTY, lang)


def _short(text: str, longest: int) -> str:
    line = " ".join(text.splitlines())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
