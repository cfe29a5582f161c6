"""The engine itself: LibreOffice processes as xlwings' apps."""

import sys
import time
import weakref
from collections.abc import Callable, Iterator
from typing import Any

from xlwings import base_classes

from papi_xl.libreoffice.asking import Asking, picked
from papi_xl.libreoffice.book import Book
from papi_xl.libreoffice.books import AttachedBooks, Books
from papi_xl.libreoffice.bridge import Office
from papi_xl.libreoffice.foreign import Foreign
from papi_xl.libreoffice.links import CALLS, ENDED, OfficeError
from papi_xl.libreoffice.missing import names_what_it_lacks
from papi_xl.libreoffice.process import Process
from papi_xl.libreoffice.values import Rows, cleaned, prepared

AT_ONCE = 0.05
CALCULATIONS = {"automatic": True, "semiautomatic": True, "manual": False}


class Engine:
    """What xlwings asks of an engine: its apps and how values are turned round."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """Return a value of a frame or list as the engine writes it; see :func:`prepared`."""
        del options
        return value if type(value) is str else prepared(value)

    @staticmethod
    def clean_value_data(
        data: Rows, datetime_builder: Callable[..., Any], empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> Rows:
        """Return rows of raw values as the reading options want them; see :func:`cleaned`."""
        build = datetime_builder
        return [
            [
                value
                if type(value) is str or (type(value) is float and number_builder is None)
                else cleaned(value, build, empty_as, number_builder, as_text=err_to_str)
                for value in row
            ]
            for row in (data if isinstance(data, list) else [[data]])
        ]


@names_what_it_lacks()
class Apps(base_classes.Apps):
    """The running LibreOffice processes of this program, the active one first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = weakref.proxy(engine)
        self._apps: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self._alive()]

    def _alive(self) -> list["App"]:
        self._apps = [app for app in self._apps if app.process.running]
        return self._apps

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None) -> "App":
        """Start a LibreOffice; it becomes the active app. ``spec`` and ``xl`` are Excel's alone."""
        del spec, xl
        app = self.put(App(self, Process(), visible=bool(visible)))
        if add_book:
            app.books.add()
        return app

    def attach(self, pipe: str) -> "App":
        """Connect to a running LibreOffice; it becomes the active app. See :class:`Foreign`."""
        return self.put(AttachedApp(self, Foreign(pipe), visible=True))

    def put(self, app: "App") -> "App":
        """Take ``app`` on the list as the active one."""
        self._apps.insert(0, app)
        return app

    def put_first(self, app: "App") -> None:
        """Make ``app`` the active one."""
        self._apps.remove(app)
        self._apps.insert(0, app)

    def forget(self, app: "App") -> None:
        """Take an ended app off the list."""
        if app in self._apps:
            self._apps.remove(app)

    @staticmethod
    def cleanup() -> None:
        """Do nothing: every process is ended by its own app, at the latest when Python ends."""

    def __iter__(self) -> Iterator["App"]:
        return iter(list(self._alive()))

    def __len__(self) -> int:
        return len(self._alive())

    def __getitem__(self, pid: int) -> "App":
        for app in self._alive():
            if app.pid == pid:
                return app
        raise KeyError(pid)


@names_what_it_lacks()
class App(Asking, base_classes.App):
    """A LibreOffice process of its own, always without a window.

    ``visible``, ``display_alerts``, ``enable_events``, ``interactive`` and ``status_bar`` keep what they are
    set to and have no further effect: nothing is on a screen and nothing ever asks. While ``screen_updating``
    is False, what only writes is kept and carried out together (see :class:`Book`); where it becomes True
    because of an exception, what is still kept is forgotten.
    """

    attached = False
    held = False
    visible = True
    display_alerts = True
    enable_events = True
    interactive = True
    status_bar: Any = False
    hwnd = None
    books: Any = None

    def __init__(self, apps: Apps, process: Any, *, visible: bool) -> None:
        self._apps = apps
        self.process = process
        self.visible = visible
        self.copied: Any = None
        self.books = AttachedBooks(self) if self.attached else Books(self)
        self._automatic = True
        self._handled: BaseException | None = None
        self._chosen: tuple[float, int, Any] | None = None

    @property
    def screen_updating(self) -> bool:
        return not self.held

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if not value:
            self.held, self._handled = True, sys.exception()
            return
        self.held = False
        self.settle()

    def settle(self) -> None:
        """Carry out what the books keep; forget it where an exception is on its way."""
        failed = sys.exception() not in {None, self._handled}
        for book in self.books.known:
            if failed:
                book.drop()
            else:
                book.write_kept()

    @property
    def engine(self) -> Engine:
        return ENGINE

    @property
    def office(self) -> Office:
        """The connected LibreOffice.

        Raises:
            OfficeError: It has ended.
        """
        if not self.process.running:
            raise OfficeError(ENDED)
        return self.process.office  # type: ignore[no-any-return]

    @property
    def api(self) -> Any:
        return self.office.desktop

    @property
    def pid(self) -> int:
        return self.process.pid  # type: ignore[no-any-return]

    @property
    def version(self) -> str:
        """LibreOffice's version, such as ``7.4.7.2``."""
        return str(self.office.setting("/org.openoffice.Setup/Product", "ooSetupVersionAboutBox"))

    @property
    def path(self) -> str:
        """The folder of LibreOffice's program."""
        return str(self.process.executable.parent)

    @property
    def startup_path(self) -> str:
        """The profile, a throw-away one unless LibreOffice was running before."""
        return str(self.process.profile)

    def activate(self, steal_focus: bool = False) -> None:
        del steal_focus
        self._apps.put_first(self)

    def quit(self) -> None:
        """End LibreOffice without saving anything."""
        self._apps.forget(self)
        try:
            if self.process.running:
                self.settle()
        finally:
            self.process.end()

    def kill(self) -> None:
        self._apps.forget(self)
        self.process.kill()

    @property
    def selection(self) -> Any:
        """The selected cells of the active book; None without a book or with a picture selected.

        xlwings asks up to four times for one answer, which are one call.
        """
        now = time.monotonic()
        if self._chosen is None or now - self._chosen[0] > AT_ONCE or CALLS.count != self._chosen[1]:
            found = self._selected()
            self._chosen = now, CALLS.count, found
        return self._chosen[2]

    def _selected(self) -> Any:
        if not len(self.books):
            return None
        book = self.books.active
        place = book.ask("Selection")
        return place and book.at(place)

    @property
    def calculation(self) -> str:
        """``automatic`` or ``manual``; Calc has no third way and takes ``semiautomatic`` for the first.

        A formula written while it is ``manual`` gives 0 until :meth:`calculate`; Excel calculates it once.
        """
        return "automatic" if self._automatic else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        self._automatic = CALCULATIONS[value]
        for book in self.books:
            self.apply_calculation(book)

    def apply_calculation(self, book: Book) -> None:
        """Let a book calculate as the app says; what was written before is calculated now."""
        if not self._automatic:
            book.api.calculate()
        if book.api.isAutomaticCalculationEnabled() != self._automatic:
            book.api.enableAutomaticCalculation(self._automatic)

    def calculate(self) -> None:
        """Calculate what changed in all open books."""
        for book in self.books:
            book.api.calculate()

    @property
    def cut_copy_mode(self) -> str | None:
        return None if self.copied is None else "copy"

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: Any) -> None:
        if not value:
            self.copied = None


class AttachedApp(App):
    """A LibreOffice that was running before: :meth:`quit` and :meth:`kill` disconnect and end nothing."""

    attached = True

    def choose_folder(self, title: str) -> str | None:
        """Ask :attr:`folders` if somebody is there, else LibreOffice's dialog; see :func:`picked`."""
        return picked(self.office, title) if self.folders is None else super().choose_folder(title)


ENGINE = Engine()
