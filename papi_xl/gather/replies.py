"""Replies to the units, in a folder: each workbook with remarks, a draft of the letter, reminders."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from papi_xl import check as checking
from papi_xl import faults, files, passing, returns, returns_letters
from papi_xl.consolidated import Consolidated, Line
from papi_xl.errors import OutputError, PapiError, UsageError
from papi_xl.gather import pool, sources
from papi_xl.gather.mapping import How
from papi_xl.gather.sources import WEB
from papi_xl.gather.wish import Progress, Wish
from papi_xl.mail import Attachment, eml_bytes
from papi_xl.read import read_content
from papi_xl.returns import FileNames
from papi_xl.returns_letters import Occasion
from papi_xl.text import numbered

LINES_A_PART: Final = 16


class Reply(NamedTuple):
    """What goes to a unit: the workbook with remarks, and the draft that it is attached to."""

    workbook: bytes
    draft: bytes


def check(folder: Path, places: Sequence[str], *, force: bool) -> None:
    """Make sure that replies may be written to ``folder``.

    Raises:
        UsageError: ``returns-inside``, it lies in one of ``places``, which are read: the next run would take
            replies for reports.
        OutputError: ``returns-exist``, it holds files and ``force`` is not given; ``returns-no-folder``.
    """
    real = Path(os.path.realpath(folder))
    for place in places:
        if WEB not in place and real.is_relative_to(os.path.realpath(place)):
            raise UsageError("returns-inside", folder=str(folder))
    passing.sweep(folder)
    with files.refusals(folder, "returns-unwritable"):
        if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not force)):
            raise OutputError("returns-exist", folder=str(folder))
        if not folder.parent.is_dir():
            raise OutputError("returns-no-folder", folder=str(folder.parent))


@contextmanager
def written(
    result: Consolidated, wish: Wish, workers: pool.Workers, folder: Path, progress: Progress
) -> Iterator[tuple[Line, ...]]:
    """Write the replies in passing, in ``folder`` or beside it, and move them into it once the body is done.

    Yields the counted workbooks that no reply could be made to.
    """
    with files.refusals(folder, "returns-unwritable"):
        place = folder if folder.is_dir() else folder.parent
        with passing.folder(place) as part:
            yield _write(result, wish, workers, part, progress)
            _move(part, folder, result.period)


def _write(
    result: Consolidated, wish: Wish, workers: pool.Workers, part: Path, progress: Progress
) -> tuple[Line, ...]:
    counted = result.counted
    units = [line.unit for line in counted] + list(result.missing)
    stems = numbered([returns.file_stem(unit) for unit in units])
    names = [returns.file_names(stem, result.period) for stem in stems]
    named = list(zip(counted, names, strict=False))
    function = partial(map_replies, how=wish.how, occasion=wish.occasion)
    work = [named[first : first + LINES_A_PART] for first in range(0, len(named), LINES_A_PART)]
    finished, unanswered = 0, []
    for done in pool.run(workers, function, work):
        finished += len(done.items)
        progress(finished, len(named))
        answers = done.answer or [None] * len(done.items)
        for (line, own), reply in zip(done.items, answers, strict=True):
            if reply is None:
                unanswered.append(line)
            else:
                (part / own.returned).write_bytes(reply.workbook)
                (part / own.reply).write_bytes(reply.draft)
    for unit, own in zip(result.missing, names[len(counted) :], strict=True):
        draft = returns_letters.reminder(unit, result.period, wish.occasion)
        (part / own.reminder).write_bytes(eml_bytes(draft))
    return tuple(unanswered)


def map_replies(lines: Sequence[tuple[Line, FileNames]], how: How, occasion: Occasion) -> list[Reply | None]:
    """Return the reply to each workbook, named as beside it; ``None`` where it is gone.

    Never raises on what a file holds: one that cannot be replied to costs only itself.
    """
    return [_reply_if_there(line, names, how, occasion) for line, names in lines]


def _reply_if_there(line: Line, names: FileNames, how: How, occasion: Occasion) -> Reply | None:
    try:
        return _reply(line, names, how, occasion)
    except PapiError:
        return None
    except Exception as error:  # noqa: BLE001 (a fault of ours costs this reply only)
        faults.keep(error)
        return None


def _reply(line: Line, names: FileNames, how: How, occasion: Occasion) -> Reply | None:
    source = line.received.source
    data = sources.content(source, how.limits)
    if hashlib.sha256(data).hexdigest() != line.received.digest:
        return None  # changed since it was counted: a reply would be about something else
    raw = read_content(source.name, data, how.limits)
    result = checking.check(
        raw, as_of=how.as_of, today=how.today, soon_days=how.soon_days, max_tasks=how.limits.rows
    )
    workbook = returns.workbook_bytes(raw, result, how.lang, how.today)
    attachment = Attachment(names.returned, workbook)
    draft = returns_letters.reply(line, result.findings, attachment, occasion)
    return Reply(workbook, eml_bytes(draft))


def _move(part: Path, folder: Path, period: str) -> None:
    """Put the files of ``part`` into ``folder``; other replies about ``period`` are removed."""
    folder.mkdir(exist_ok=True)
    new = {path.name for path in part.iterdir()}
    for old in folder.iterdir():
        if returns.is_of(old.name, period) and old.name not in new:
            old.unlink(missing_ok=True)
    for name in sorted(new):
        (part / name).replace(folder / name)
