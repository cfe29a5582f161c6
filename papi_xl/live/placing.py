"""Where a button puts the workbook that it makes."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import xlwings as xw

from papi_xl import files
from papi_xl.errors import UsageError
from papi_xl.live.words import word

WEB: Final = "://"
"""What an address on the web has and a path has not."""

Ask = Callable[[str], bool]
"""Puts a question and returns whether the answer is yes."""


def target(app: xw.App, offered: Path, lang: str, ask: Ask, *beside: str) -> Path:
    """Return where to write: ``offered``, or the next name that is free if the old file is to stay.

    ``beside`` are the endings of files that are written under the same name.

    Raises:
        UsageError: ``file-open`` (``file``), a workbook of that name is open.
        OutputError: the system does not let us look.
    """
    chosen = offered
    taken = _taken(offered, beside)
    if taken:
        free = _free(offered, beside)
        chosen = offered if ask(word("exists", lang, file=", ".join(taken), other=free.name)) else free
    if any(other.name.casefold() == chosen.name.casefold() for other in app.books):
        raise UsageError("file-open", file=chosen.name)
    return chosen


def _taken(path: Path, beside: Sequence[str]) -> list[str]:
    every = (path, *(path.with_suffix(ending) for ending in beside))
    return [one.name for one in every if files.exists(one)]


def _free(offered: Path, beside: Sequence[str]) -> Path:
    number = 2
    while _taken(other := offered.with_stem(f"{offered.stem} ({number})"), beside):
        number += 1
    return other
