"""The button `Hợp nhất`: a folder of received workbooks in, one consolidated workbook out and opened."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

import xlwings as xw

from papi_xl import schema
from papi_xl.consolidated import UnitState
from papi_xl.gather.run import consolidate
from papi_xl.gather.wish import Made, Wish
from papi_xl.live import placing
from papi_xl.live.folder import choose_folder
from papi_xl.live.placing import Ask
from papi_xl.live.session import status
from papi_xl.live.words import word

NAME: Final = "PAPI_Hop-nhat_{day:%Y%m%d}.xlsx"
ROSTERS: Final = frozenset({"danh-sach.xlsx", "danh-sach.csv", "roster.xlsx", "roster.csv"})
"""Names under which the list of units is taken from the folder itself, whatever the capitals."""
PAUSE: Final = 0.5
"""Seconds between two words in the status bar: each is a call into the application."""


def run(app: xw.App, lang: str, ask: Ask) -> str | None:
    """Ask for a folder, consolidate it into a workbook there, open that; return what to tell the user.

    ``None`` where no folder was chosen: nothing happens then. Refusals are those of `folder.choose_folder`,
    `placing.target` and `gather.run.consolidate`.
    """
    folder = choose_folder(app, word("choose-folder", lang))
    if folder is None:
        return None
    output = placing.target(app, folder / NAME.format(day=date.today()), lang, ask)
    lists = rosters(folder)
    wish = Wish(
        folders=(str(folder),),
        output=output,
        roster=lists[0] if len(lists) == 1 else None,
        lang=lang,
        force=True,
    )
    # Where Excel waits for longer than a minute it asks whether to go on waiting (xlwings issue 120).
    with status(app, word("consolidating", lang)), app.properties(display_alerts=False):
        made = consolidate(wish, progress=told_now_and_then(app, lang))
    app.books.open(str(made.output))
    return told(made, lists, lang)


def rosters(folder: Path) -> tuple[Path, ...]:
    """Return the files of ``folder`` that are a list of units by their names, in order."""
    with suppress(OSError):  # what may not be looked at is refused, with its reason, where it is read
        return tuple(sorted(one for one in folder.iterdir() if one.name.casefold() in ROSTERS))
    return ()


def told_now_and_then(
    app: xw.App, lang: str, clock: Callable[[], float] = time.monotonic
) -> Callable[[int, int], None]:
    """Return what tells in the status bar how many files are done, and of how many, every `PAUSE` seconds."""
    due = clock()

    def tell(done: int, total: int) -> None:
        nonlocal due
        now = clock()
        if now >= due:
            due = now + PAUSE
            with suppress(Exception):  # a user in the middle of something loses a word, not the work
                app.status_bar = word("consolidating-files", lang, done=done, total=total)

    return tell


def told(made: Made, lists: Sequence[Path], lang: str) -> str:
    """Return the message at the end: how many units, what is missing, left out or needs a look, and where.

    ``lists`` are the lists of units that were found in the folder.
    """
    result = made.consolidated
    states = Counter(line.state for line in result.counted)
    counts = {
        "errors": states[UnitState.ERRORS],
        "altered": states[UnitState.ALTERED],
        "late": sum(line.late for line in result.counted),
        "unidentified": sum(line.state is UnitState.UNIDENTIFIED for line in result.lines),
        "rejected": len(result.rejected),
    }
    lines = [word("consolidated", lang, count=len(result.counted), file=made.output.name)]
    if result.period:
        lines.append(word("of-period", lang, period=result.period))
    lines.append(_about_rosters(lists, len(result.missing), lang))
    lines += [word(f"units-{key}", lang, count=count) for key, count in counts.items() if count]
    if any(counts.values()) or result.missing:
        lines.append(word("see-gaps", lang, units=schema.UNITS, gaps=schema.GAPS))
    if made.ignored:
        lines.append(word("files-ignored", lang, count=len(made.ignored)))
    if made.beside is not None:
        lines.append(word("rows-beside", lang, file=made.beside.name))
    return "\n".join(lines)


def _about_rosters(lists: Sequence[Path], missing: int, lang: str) -> str:
    names = ", ".join(one.name for one in lists)
    if len(lists) > 1:
        return word("several-rosters", lang, files=names)
    if not lists:
        return word("no-roster", lang)
    return word("roster-missing" if missing else "roster-complete", lang, file=names, count=missing)
