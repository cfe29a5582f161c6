"""A click's surroundings: the workbook it is about, a still screen, all or nothing."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from typing import Final, NamedTuple

import xlwings as xw

from papi_xl.errors import UsageError
from papi_xl.live.words import TITLE

BUSY_CODES: Final = frozenset({-2147418111, -2146777998})
"""What Excel answers while a cell is edited or a dialog is open: RPC_E_CALL_REJECTED, VBA_E_IGNORE."""

MAC: Final = "darwin"
"""How Python calls it; xlwings does some things otherwise there."""

_BOOK_ARGUMENT: Final = "--wb="
_CALLER: Final[ContextVar[xw.Book | None]] = ContextVar("caller", default=None)


@contextmanager
def called_from(book: xw.Book) -> Iterator[None]:
    """Make ``book`` the one from which buttons are clicked meanwhile: for starters other than Excel."""
    token = _CALLER.set(book)
    try:
        yield
    finally:
        _CALLER.reset(token)


def calling_book() -> xw.Book:
    """Return the workbook from which the button was clicked: see `called_from`, else Excel's as xlwings says.

    Raises:
        UsageError: ``no-workbook``, or ``file-name-equals`` (``file``), which xlwings cuts off at the sign.
    """
    named_by_starter = _CALLER.get()
    if named_by_starter is not None:
        return named_by_starter
    passed = [arg.removeprefix(_BOOK_ARGUMENT).strip() for arg in sys.argv if arg.startswith(_BOOK_ARGUMENT)]
    try:
        book = xw.Book.caller()
        if book.name:
            return book
    except Exception as error:
        if busy(error):
            raise
        named = next((name for name in passed if "=" in name), None)
        if named:
            raise UsageError("file-name-equals", file=named) from error
    code = "no-workbook"
    raise UsageError(code)


def busy(error: BaseException) -> bool:
    """Whether the application refused a call because the user is in the middle of something."""
    return getattr(error, "hresult", None) in BUSY_CODES or type(error).__name__ == "ExcelBusyError"


def outside(error: BaseException, book: xw.Book | None, name: str) -> str | None:
    """Return the code of the refusal for an error that came of what the user did meanwhile, else ``None``.

    ``book`` is the workbook the click was about, called ``name``.
    """
    if busy(error):
        return "application-busy"
    if book is None:
        return None
    try:
        return None if _is_open(book, name) else "book-closed"
    except Exception as other:  # noqa: BLE001 (whatever is raised by what is no longer there)
        return "application-busy" if busy(other) else "application-ended"


def _is_open(book: xw.Book, name: str) -> bool:
    """Ask the application; Excel opens no two of one name, an engine of ours has one object for each."""
    if keeps_writes(book):
        return any(one.impl is book.impl for one in book.app.books) and len(book.sheets) > 0
    return any(one.name == name for one in book.app.books)


def about(book: xw.Book, text: str) -> str:
    """Return ``text``, headed by the workbook's name where another is in front and it is not in there."""
    with suppress(Exception):  # what is asked or said must not fail for the sake of a name
        if book.name not in text and book.app.books.active.name != book.name:
            return f"{book.name}\n{text}"
    return text


class Step(NamedTuple):
    """What to do after the writing of a click: ``undo`` if it failed, ``then`` in any case."""

    undo: ExitStack
    then: ExitStack


@contextmanager
def click(book: xw.Book, text: str, button: str = TITLE) -> Iterator[Step]:
    """Hold the screen still and show ``text`` meanwhile; when the body fails, undo what it wrote.

    Where the engine makes one step of Undo of all that is written, that step is called ``button``.
    The body pushes what undoes each step. Where the engine keeps writes until the screen moves again, it
    forgets them after an exception, and nothing has to be undone.
    """
    app = book.app
    moving = app.screen_updating
    with status(app, text), _step_called(book, button):
        app.screen_updating = False
        try:
            with ExitStack() as then, ExitStack() as undo:
                try:
                    yield Step(undo, then)
                    app.screen_updating = moving
                except BaseException:
                    if keeps_writes(book):
                        undo.pop_all()
                    raise
                undo.pop_all()
        finally:
            app.screen_updating = moving


@contextmanager
def _step_called(book: xw.Book, button: str) -> Iterator[None]:
    before = getattr(book.impl, "undo_title", None)
    if before is None:
        yield
        return
    book.impl.undo_title = button
    try:
        yield
    finally:
        book.impl.undo_title = before


@contextmanager
def status(app: xw.App, text: str) -> Iterator[None]:
    """Show ``text`` in the status bar meanwhile, then what stood there before unless it was ours."""
    said = app.status_bar
    if str(said).startswith(TITLE):
        said = False
    app.status_bar = text
    try:
        yield
    finally:
        app.status_bar = said


def is_shown(sheet: xw.Sheet) -> bool:
    """Whether the user can go to the sheet; to Excel on Windows a shown one is -1, a very hidden one 2."""
    return sheet.visible in {True, -1}


def keeps_writes(book: xw.Book) -> bool:
    """Whether the engine writes all at once when the screen moves again, or nothing after an exception."""
    return hasattr(book.impl, "undo_title")
