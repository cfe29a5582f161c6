"""What the ribbon's buttons call, each without arguments: ``import papi_xl.macros; papi_xl.macros.check()``.

Whatever goes wrong ends as a short message to the user; details of our own faults go to a log file.
"""

import atexit
import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Final

import xlwings as xw

from papi_xl import faults
from papi_xl.errors import PapiError, UsageError
from papi_xl.live import actions, session
from papi_xl.live.placing import Ask
from papi_xl.live.words import TITLE, word
from papi_xl.refusals import explain
from papi_xl.text import unaccented
from papi_xl.wording import language

LONGEST_STATUS: Final = 255
"""Characters that Excel takes for its status bar."""

# A click's process ends with the click: without this it would first look through all of pandas for garbage.
atexit.register(gc.freeze)


def check() -> None:
    """Button `Kiểm tra`: list what is wrong, mark the cells, say how much there is."""
    _run(lambda book, lang, _: _tell(book.app, actions.check(book, lang)))


def next_finding() -> None:
    """Button `Lỗi tiếp theo`: select the next cell with a finding; the status bar says what is wrong."""
    _run(lambda book, lang, _: _show(book.app, actions.go_to_next(book, lang)))


def summarize() -> None:
    """Button `Tổng hợp`: write the attached summary beside the workbook and open it."""
    _run(lambda book, lang, ask: _show(book.app, actions.summarize(book, lang, ask)))


def fix() -> None:
    """Button `Sửa giúp`: show what can safely be mended, ask, mend it, and keep the old values."""

    def run(book: xw.Book, lang: str, ask: Ask) -> None:
        # Loaded for this button only; the others would wait for it.
        from papi_xl.live import fixing  # noqa: PLC0415

        _tell_if_said(book, fixing.fix(book, lang, ask))

    _run(run)


def undo_fixes() -> None:
    """Button `Hoàn tác`: ask, then put back what the last `Sửa giúp` changed."""

    def run(book: xw.Book, lang: str, ask: Ask) -> None:
        # Loaded for this button only; the others would wait for it.
        from papi_xl.live import fixing  # noqa: PLC0415

        _tell_if_said(book, fixing.undo(book, lang, ask))

    _run(run)


def repair() -> None:
    """Button `Phục hồi biểu`: put back what pasting broke, in a copy beside the workbook, and open that."""

    def run(book: xw.Book, lang: str, ask: Ask) -> None:
        # Loaded for this button only; the others would wait for it.
        from papi_xl.live import repairing  # noqa: PLC0415

        _tell_if_said(book, repairing.repair(book, lang, ask))

    _run(run)


def email() -> None:
    """Button `Gửi cấp trên`: write the summary and a draft of the letter, keep what it says, open it."""

    def run(book: xw.Book, lang: str, ask: Ask) -> None:
        # Loaded for this button only; the others would wait for it.
        from papi_xl import opening  # noqa: PLC0415
        from papi_xl.live import mailing  # noqa: PLC0415

        made = mailing.email(book, lang, ask)
        said = made.said
        if made.draft is not None:
            try:
                opening.open_draft(made.place, made.draft)
                said = mailing.opened(said, lang)
            except PapiError as error:
                said = f"{said}\n{explain(error, lang)}"
        _tell(book.app, session.about(book, said))

    _run(run)


def consolidate() -> None:
    """Button `Hợp nhất`: ask for a folder of received workbooks, consolidate it there, open the result."""

    def run(book: xw.Book, lang: str, _: Ask) -> None:
        # Loaded for this button only; the others would wait for it.
        from papi_xl.live import consolidating  # noqa: PLC0415

        said = consolidating.run(book.app, lang, lambda question: _asked(book.app, question))
        if said is not None:
            _tell(book.app, said)

    _run(run)


def doctor() -> None:
    """Button `Chẩn đoán`: say what is right and wrong with this machine and this workbook."""
    # Loaded for this button only; the others would wait for it.
    from papi_xl.doctor import examine_here, summary  # noqa: PLC0415

    _run(lambda book, lang, _: _tell(book.app, summary(examine_here(actions.where(book)), lang)))


def tell_closed(app: xw.App, name: str) -> None:
    """Say that the workbook of a click was closed before anything was done."""
    _tell(app, explain(UsageError("book-closed", file=name), _language()), mode="critical")


def _run(action: Callable[[xw.Book, str, Ask], None]) -> None:
    """Do ``action`` for the workbook that was clicked in; it is given the language and who answers."""
    lang = _language()
    app, book, name = None, None, ""
    try:
        book = session.calling_book()
        app, name = book.app, book.name
        action(book, lang, partial(_asked_about, book))
    except PapiError as error:
        names_one = error.values.keys() & {"file", "folder"}
        error.values.setdefault("file", name)
        said = explain(error, lang, options=False)
        _tell(app, said if names_one or not book else session.about(book, said), mode="critical")
    except Exception as error:  # noqa: BLE001 (a user never sees a traceback)
        code = session.outside(error, book, name)
        said = explain(UsageError(code, file=name), lang) if code else _unexpected(error, lang)
        _tell(app, said, mode="critical")


def _language() -> str:
    return language(os.environ.get("PAPI_LANG", ""))


def _unexpected(error: Exception, lang: str) -> str:
    log = faults.keep(error)
    return word("unexpected" if log else "unexpected-no-log", lang, kind=type(error).__name__, log=log)


def _tell_if_said(book: xw.Book, text: str | None) -> None:
    """Tell what a button says of the workbook; ``None`` where the user chose to stop."""
    if text is not None:
        _tell(book.app, session.about(book, text))


def _tell(app: xw.App | None, text: str, mode: str = "info") -> None:
    if not _alerted(app, text, mode):
        # What stands here reaches a message box of VBA's, which knows no Vietnamese letters.
        print(unaccented(text), file=sys.stderr)  # noqa: T201


def _alerted(app: xw.App | None, text: str, mode: str) -> bool:
    try:
        app = app or xw.apps.active
        if app is not None:
            app.alert(text, TITLE, buttons="ok", mode=mode)
    except Exception:  # noqa: BLE001 (on a Mac that is also how nobody pressing OK within a minute ends)
        return False
    return app is not None


def _asked_about(book: xw.Book, question: str) -> bool:
    return _asked(book.app, session.about(book, question))


def _asked(app: xw.App, question: str) -> bool:
    return app.alert(question, TITLE, buttons="yes_no", mode="critical") == "yes"


def _show(app: xw.App, text: str) -> None:
    app.status_bar = text[:LONGEST_STATUS]
