"""Where a button puts the workbook that it makes."""

from collections.abc import Callable
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


def target(app: xw.App, offered: Path, lang: str, ask: Ask) -> Path:
    """Return where to write: ``offered``, or the next name that is free if the old file is to stay.

    Raises:
        UsageError: ``file-open`` (``file``), a workbook of that name is open.
        OutputError: the system does not let us look.
    """
    chosen = offered
    if files.exists(offered):
        free = _free(offered)
        chosen = offered if ask(word("exists", lang, file=offered.name, other=free.name)) else free
    if any(other.name.casefold() == chosen.name.casefold() for other in app.books):
        raise UsageError("file-open", file=chosen.name)
    return chosen


def _free(offered: Path) -> Path:
    number = 2
    while (other := offered.with_stem(f"{offered.stem} ({number})")).exists():
        number += 1
    return other
