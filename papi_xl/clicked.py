"""A click in LibreOffice: ``python -m papi_xl.clicked check``, started by the extension for one button.

Standard input and output are the pipe to that LibreOffice, see `papi_xl.libreoffice.wire`. Ends with 0 when
the button did what it does, which may be to say what is wrong; with 2 for no button, or no LibreOffice.
"""

import _thread
import inspect
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, Final

import xlwings as xw

from papi_xl import macros
from papi_xl.libreoffice import OfficeError, connect
from papi_xl.live import session

GRACE: Final = 10.0
"""Seconds that work under way has to end in order once LibreOffice is gone."""


def main(names: list[str]) -> int:
    """Do what the button ``names[0]`` does for the LibreOffice that started this program."""
    button = button_of(names[0]) if len(names) == 1 else None
    if button is None:
        print("papi_xl.clicked: one of PAPI's buttons is wanted", file=sys.stderr)  # noqa: T201 (nobody else hears)
        return 2
    try:
        app = connect(*streams(), give_up)
    except OfficeError as error:
        print(error, file=sys.stderr)  # noqa: T201 (nobody else hears)
        return 2
    do(button, app)
    app.quit()
    return 0


def do(button: Callable[[], None], app: xw.App) -> None:
    """Do what a button does for the workbook that it was clicked in, unless that was closed meanwhile."""
    caller = app.impl.caller
    if caller is not None:
        with session.called_from(xw.Book(impl=caller)):
            button()
    else:
        macros.tell_closed(app, app.impl.caller_title)


def button_of(name: str) -> Callable[[], None] | None:
    """Return the function of `papi_xl.macros` for a button, ``None`` for anything else."""
    found = vars(macros).get(name)
    if not inspect.isfunction(found) or found.__module__ != macros.__name__ or name.startswith("_"):
        return None
    return None if inspect.signature(found).parameters else found


def streams() -> tuple[IO[bytes], IO[bytes]]:
    """Return standard input and output as the pipe; what anything else reads and prints goes past it."""
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return reader, writer


def give_up() -> None:
    """End the work under way in order, and the program whatever happens."""
    threading.Thread(target=_end_late, daemon=True).start()
    _thread.interrupt_main()


def _end_late() -> None:
    time.sleep(GRACE)
    os._exit(2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
