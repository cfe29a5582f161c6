"""What fixing or undoing does, shown in the terminal before anyone opens the file."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from papi_xl import fix_words, fixes, wording
from papi_xl.cli.fix_texts import text
from papi_xl.fix_log import Undo, cell_name, value_shown
from papi_xl.fixes import Change, Left
from papi_xl.harmless import one_line
from papi_xl.raw import Cell
from papi_xl.text import INVISIBLE

SHOWN: Final = 40
"""So many changes, and half as many findings left alone, are shown; JSON lists all."""
LONGEST: Final = 60
_OLD_FONT: Final = "text-legacy-font"
NARROWEST: Final = 100
_NO_BREAK: Final = re.compile("[\u00a0\u2007\u202f]")
_NEEDLESS: Final = re.compile(r"^\s|\s$|[^\S\n]{2}|\s\n|\n\s|[\t\r]")


class Line(NamedTuple):
    """A line of the table: the cell, what is done to it, and how it reads before and after."""

    cell: str
    what: str
    before: str
    after: str


def change_line(change: Change, lang: str) -> Line:
    """Return the line of a fix."""
    before = shown(change.before, lang, old_font=_OLD_FONT in change.rules)
    return Line(cell_name(change), fix_words.done(change.rules, lang), before, shown(change.after, lang))


def undo_lines(undo: Undo, lang: str) -> list[Line]:
    """Return the lines of what is put back."""
    return [
        Line(
            cell_name(entry.change),
            fix_words.done(entry.change.rules, lang),
            shown(entry.change.after, lang),
            shown(entry.old.value, lang, old_font=_OLD_FONT in entry.change.rules),
        )
        for entry in undo.back
    ]


def shown(value: Cell, lang: str, *, old_font: bool = False) -> str:
    """Return a value on one line, shortened, with what cannot be seen of it put in words."""
    if value is None or value == "":
        return text("empty", lang)
    if not isinstance(value, str):
        seen = value_shown(value, lang)
        if isinstance(value, float) and seen.endswith("%"):
            return seen
        return text("day" if isinstance(value, date) else "number", lang, value=seen)
    # In an old font even what is hidden in others is a letter.
    seen = value if old_font else INVISIBLE.sub("", unicodedata.normalize("NFC", value))
    line = one_line(seen)
    short = line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
    notes = [text(key, lang) for key in (["old-font"] if old_font else _unseen(value))]
    return f"{short} ({', '.join(notes)})" if notes else short


def _unseen(value: str) -> list[str]:
    """Return what of a text no eye sees, by the keys of its words."""
    found = {
        "no-break": _NO_BREAK.search(value),
        "spaces": _NEEDLESS.search(value),
        "accents": not unicodedata.is_normalized("NFC", value),
        "hidden": INVISIBLE.search(value),
    }
    return [key for key, is_there in found.items() if is_there]


def show_lines(lines: Sequence[Line], heading: str, lang: str) -> None:
    """Print what is done, a line a cell."""
    if not lines:
        return
    # A mere string would be read as markup.
    table = Table(title=Text(heading, "bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(text("cell", lang), no_wrap=True)
    for key in ("what", "before", "after"):
        table.add_column(text(key, lang), overflow="fold")
    for line in lines[:SHOWN]:
        table.add_row(*map(Text, line))
    console = Console(highlight=False)
    console.width = max(console.width, NARROWEST)
    console.print(table)
    if len(lines) > SHOWN:
        click.echo(f"  {text('more', lang, count=len(lines) - SHOWN)}")


def show_left(left: Sequence[Left], lang: str) -> None:
    """Print the findings that are left alone, each with the reason."""
    _show_reasons([(wording.message(one.finding, lang), fixes.why(one, lang)) for one in left], lang)


def show_changed_since(undo: Undo, lang: str) -> None:
    """Print the cells that are not put back."""
    reason = text("changed-since", lang)
    _show_reasons([(cell_name(entry.change), reason) for entry in undo.changed_since], lang)


def _show_reasons(lines: Sequence[tuple[str, str]], lang: str) -> None:
    if not lines:
        return
    click.secho(text("left", lang, count=len(lines)), bold=True)
    most = SHOWN // 2
    for said, reason in lines[:most]:
        click.echo(f"  {said} {text('because', lang, reason=reason.rstrip('.'))}")
    if len(lines) > most:
        click.echo(f"  {text('more-left', lang, count=len(lines) - most)}")
