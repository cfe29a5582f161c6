"""The button `Phục hồi biểu`: a mended copy of the open workbook beside it; the open one stays as it is."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import xlwings as xw

from papi_xl import files
from papi_xl.bounds import TO_WRITE, Limits
from papi_xl.errors import UsageError
from papi_xl.live import actions, placing
from papi_xl.live.placing import WEB, Ask
from papi_xl.live.session import MAC, click
from papi_xl.live.words import word
from papi_xl.mending.run import MENDED, mended
from papi_xl.mending.words import told
from papi_xl.read import loaded, naming

MOST_LINES: Final = 12
"""Lines that a message box shows without growing beyond a small screen."""


def repair(book: xw.Book, lang: str, ask: Ask) -> str | None:
    """Write a mended copy beside the workbook and open it; return what to tell the user.

    ``None`` where the workbook would have to be saved first and the user does not want that.

    Raises:
        UsageError: ``book-never-saved``, ``book-on-the-web``, ``not-the-template`` or ``file-open``.
        OutputError: the folder does not take the file.
    """
    place = actions.where(book)
    if place is None:
        raise UsageError("book-never-saved", file=book.name)
    if WEB in place:
        raise UsageError("book-on-the-web", file=book.name)
    with naming(book.name), click(book, word("repairing", lang)):
        data = _as_it_stands(book, Path(place))
    if data is None:
        if not ask(word("repair-saves", lang, file=book.name)):
            return None
        book.save()
        data = loaded(Path(place), Limits())
    with naming(book.name), click(book, word("repairing", lang)):
        made = mended(book.name, data, lang, date.today(), TO_WRITE)
    lines = told(book.name, made, lang)
    if made.content is None:
        return "\n".join(lines)
    offered = Path(place).with_name(MENDED.format(stem=Path(place).stem, suffix=made.suffix))
    target = placing.target(book.app, offered, lang, ask)
    files.write_whole(target, made.content)
    book.app.books.open(str(target))
    kind = Path(place).suffix
    key = "repaired" if kind.casefold() == made.suffix else "repaired-as-excel"
    return "\n".join([*_few(lines, lang), word(key, lang, file=target.name, old=book.name, kind=kind)])


def _few(lines: Sequence[str], lang: str) -> list[str]:
    if len(lines) <= MOST_LINES:
        return list(lines)
    return [*lines[:MOST_LINES], word("repair-more", lang, count=len(lines) - MOST_LINES)]


def _as_it_stands(book: xw.Book, place: Path) -> bytes | None:
    """Return the workbook as a file, unsaved changes and all; ``None`` where it must be saved for that.

    xlwings has no member for a copy: an engine of our own makes one, else Excel on Windows is asked itself.
    """
    copies = getattr(book.impl, "save_copy", None)
    if copies is None and sys.platform == MAC:
        return loaded(place, Limits()) if book.api.saved.get() else None
    with files.passing_folder() as folder:
        copy = folder / place.name
        if copies is not None:
            copy = copies(copy)
        else:
            book.api.SaveCopyAs(str(copy))
        return loaded(copy, Limits())
