"""A LibreOffice that started this program for one of its open workbooks."""

import atexit
from pathlib import Path
from typing import Any

from papi_xl.libreoffice.apps import AttachedApp
from papi_xl.libreoffice.book import Book
from papi_xl.libreoffice.bridge import Office
from papi_xl.libreoffice.foreign import Foreign
from papi_xl.libreoffice.missing import names_what_it_lacks
from papi_xl.libreoffice.wire import Wire


class Host(Foreign):
    """The LibreOffice at the other end of a wire."""

    def __init__(self, wire: Wire) -> None:
        """Greet it.

        Raises:
            OfficeError: It has ended.
        """
        self.wire = wire
        self.opened: set[Path] = set()
        self.pid = wire.greeting["pid"]
        self.office = Office(wire.greeting["context"], wire)
        atexit.register(self.end)

    @property
    def running(self) -> bool:
        """Whether it is there and connected."""
        return self.wire.alive()

    def end(self) -> None:
        """Disconnect and leave nothing behind; safe to repeat."""
        super().end()
        self.wire.close()


@names_what_it_lacks(label="App")
class HostedApp(AttachedApp):
    """The LibreOffice that started this program: it asks and tells the person in front of it.

    ``status_bar`` is what that window shows; what is left in it at the end stays to be read.
    """

    process: Host

    @property
    def caller(self) -> Book | None:
        """The workbook for which this program was started, None once it is closed."""
        return self.books.identified(self.process.wire.greeting["book"])  # type: ignore[no-any-return]

    @property
    def caller_title(self) -> str:
        """What the window of that workbook was called."""
        return str(self.process.wire.greeting["title"])

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: Any) -> str:
        """Ask the person; with only one button to press the answer does not wait for it."""
        del callback
        wire = self.process.wire
        return str(
            wire.ask(do="alert", prompt=prompt, title=title or "", buttons=buttons, mode=mode or "info")
        )

    def choose_folder(self, title: str) -> str | None:
        """Ask the person for a folder; None where none was chosen."""
        chosen = self.process.wire.ask(do="folder", title=title)
        return None if chosen is None else str(chosen)

    @property
    def status_bar(self) -> Any:
        return self.process.wire.ask(do="status") or False

    @status_bar.setter
    def status_bar(self, value: Any) -> None:
        self.process.wire.ask(do="status", text=str(value) if value else "")
