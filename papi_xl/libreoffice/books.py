"""The open workbooks of an app: opening them and finding them."""

import numbers
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlwings import base_classes

from papi_xl.libreoffice.book import FILTERS, Book, refusal
from papi_xl.libreoffice.bridge import properties
from papi_xl.libreoffice.foreign import path_of
from papi_xl.libreoffice.links import OfficeError
from papi_xl.libreoffice.missing import names_what_it_lacks

EMPTY = "private:factory/scalc"
NEVER_RUN_MACROS, UPDATE_LINKS, LEAVE_LINKS = 0, 3, 0


@names_what_it_lacks()
class Books(base_classes.Books):
    """The open books of an app, in the order in which they were opened."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self._open: list[Book] = []
        self._active: list[Book] = []
        self._made = 0

    @property
    def known(self) -> list[Book]:
        """The open books as far as they are known without asking."""
        return list(self._open)

    @property
    def api(self) -> Any:
        return self.app.office.desktop

    @property
    def active(self) -> Book:
        """The book used last.

        Raises:
            OfficeError: No book is open.
        """
        if not self._active:
            raise OfficeError("No workbook is open")
        return self._active[0]

    def put_first(self, book: Book) -> None:
        """Make ``book`` the active one."""
        self._active.remove(book)
        self._active.insert(0, book)

    def forget(self, book: Book) -> None:
        """Take a closed book off the lists."""
        self._open.remove(book)
        self._active.remove(book)

    def __call__(self, name_or_index: int | str) -> Book:
        """Return a book by its number (from 1), name or full path.

        Raises:
            KeyError: None is open under that name.
            IndexError: There are not as many.
        """
        if isinstance(name_or_index, numbers.Number):
            return self._open[int(name_or_index) - 1]
        wanted = str(name_or_index).lower()
        for book in self._open:
            if wanted in {book.name.lower(), book.fullname.lower()}:
                return book
        raise KeyError(name_or_index)

    def __contains__(self, key: str) -> bool:
        return any(key.lower() == book.name.lower() for book in self._open)

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self._open))

    def _loaded(self, url: str, **choices: Any) -> Any:
        return self.api.loadComponentFromURL(url, "_blank", 0, properties(**choices))

    def _kept(self, document: Any, path: Path | None) -> Book:
        if path is None:
            self._made += 1
        book = Book(self.app, document, path, f"Book{self._made}")
        self._open.append(book)
        self._active.insert(0, book)
        self.app.apply_calculation(book)
        return book

    def add(self) -> Book:
        """Open a new, empty book with one sheet."""
        return self._kept(self._loaded(EMPTY), None)

    def open(
        self, fullname: str, update_links: Any = None, read_only: Any = None, format: Any = None,  # noqa: A002
        password: Any = None, write_res_password: Any = None, ignore_read_only_recommended: Any = None,
        origin: Any = None, delimiter: Any = None, editable: Any = None, notify: Any = None,
        converter: Any = None, add_to_mru: Any = None, local: Any = None, corrupt_load: Any = None,
    ) -> Book:  # fmt: skip
        """Open a file; macros never run.

        ``fullname`` is its path; ``update_links`` fetches linked workbooks anew; ``read_only`` leaves it
        free for others; ``password`` opens a protected one; ``delimiter`` parts a text file's columns (a
        comma by default). The others are Excel's alone: those that would change what is read are refused.

        Raises:
            OfficeError: The file is locked, protected or no workbook.
            NotImplementedError: An option that LibreOffice has not.
        """
        others = {
            "format": format, "write_res_password": write_res_password, "origin": origin,
            "converter": converter, "corrupt_load": corrupt_load,
        }  # fmt: skip
        for name, value in others.items():
            if value is not None:
                raise NotImplementedError(f"Books.open({name}) is not available with LibreOffice")
        path = Path(fullname).resolve()
        choices: dict[str, Any] = {
            "UpdateDocMode": UPDATE_LINKS if update_links else LEAVE_LINKS,
            "MacroExecutionMode": NEVER_RUN_MACROS,
            "ReadOnly": bool(read_only),
        }
        if password:
            choices["Password"] = str(password)
        if path.suffix.lower() in {".csv", ".txt"}:
            choices["FilterName"] = FILTERS[".csv"]
            choices["FilterOptions"] = f"{ord(delimiter or ',')},34,76,1"
        self.app.process.opened.add(path)
        document = self._loaded(path.as_uri(), **choices)
        if document is None:
            raise OfficeError(refusal(path, "open"))
        if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            document.close(True)  # noqa: FBT003 - LibreOffice's own signature
            raise OfficeError(f"{path} is not a workbook")
        return self._kept(document, path)


@names_what_it_lacks(label="Books")
class AttachedBooks(Books):
    """The workbooks that are open in a LibreOffice somebody uses; looking them up is one call."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self._by_identifier: dict[str, Book] = {}

    def _looked_up(self) -> list[Book]:
        """Return the books in the order in which they were opened; the one in front becomes active."""
        found: dict[str, Book] = {}
        front = []
        listed = sorted(self.app.office.run("Books"), key=lambda one: int(one[1]))
        for document, identifier, url, title, day, in_front in listed:
            path = path_of(url)
            book = self._by_identifier.get(identifier)
            if book is None:
                book = Book(self.app, self.app.office.remote(document), path, title)
                book.know_epoch(day)
            book.move_to(path, title)
            found[identifier] = book
            front += [book] * in_front
        self._by_identifier, self._open = found, list(found.values())
        self._active = [*front, *(book for book in self._active if book in self._open and book not in front)]
        self._active += [book for book in self._open if book not in self._active]
        return self._open

    def identified(self, identifier: str) -> Book | None:
        """Return the book that LibreOffice calls by ``identifier`` until it is closed, if it is open."""
        self._looked_up()
        return self._by_identifier.get(identifier)

    @property
    def active(self) -> Book:
        """The book whose window is in front, else the one that was last.

        Raises:
            OfficeError: No book is open.
        """
        self._looked_up()
        return super().active

    def put_first(self, book: Book) -> None:
        """Bring the book's window to the front unless it was there when last looked at."""
        if self._active[:1] != [book]:
            book.ask("Front")
            super().put_first(book)

    def forget(self, book: Book) -> None:
        """Take a closed book off the lists."""
        super().forget(book)
        self._by_identifier = {key: one for key, one in self._by_identifier.items() if one is not book}

    def __call__(self, name_or_index: int | str) -> Book:
        self._looked_up()
        return super().__call__(name_or_index)

    def __contains__(self, key: str) -> bool:
        self._looked_up()
        return super().__contains__(key)

    def __len__(self) -> int:
        return len(self._looked_up())

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self._looked_up()))

    def _kept(self, document: Any, path: Path | None) -> Book:
        """Return the book that LibreOffice has just opened, which is now in front or the only such one."""
        identifier = document.RuntimeUID
        self._looked_up()
        return self._by_identifier[identifier]
