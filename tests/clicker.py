"""One click in a process of its own, as the ribbon starts it: `python -m tests.clicker PIPE MACRO`.

The workbook is the one open in the LibreOffice that listens on PIPE. Prints how many calls it took.
"""

import sys

from papi_xl import macros
from papi_xl.libreoffice import CALLS, attach
from papi_xl.live import session


def main(pipe: str, macro: str) -> None:
    """Attach, click, let go; an answer that is asked for is no."""
    app = attach(pipe)
    app.impl.answers = lambda _prompt, _title, buttons, _mode: "no" if buttons == "yes_no" else "ok"
    with session.called_from(app.books.active):
        CALLS.count = 0
        getattr(macros, macro)()
    print(CALLS.count)
    app.quit()


if __name__ == "__main__":
    main(*sys.argv[1:])
