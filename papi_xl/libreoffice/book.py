"""A workbook: what it keeps to write together, saving, closing, printing to PDF."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from xlwings import base_classes

from papi_xl.libreoffice.address import spanning
from papi_xl.libreoffice.batch import Batch, RuleChange, Task, carry_out
from papi_xl.libreoffice.bridge import Later, Office, properties
from papi_xl.libreoffice.links import OfficeError
from papi_xl.libreoffice.missing import names_what_it_lacks
from papi_xl.libreoffice.names import Names
from papi_xl.libreoffice.process import lock_file
from papi_xl.libreoffice.ranges import Range
from papi_xl.libreoffice.sheets import Sheets

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}
COMMA_UTF8 = "44,34,76,1,,0,false,true,false"


class Guards(NamedTuple):
    """Whether a workbook is open for reading only, and what is protected: its structure, which sheets."""

    read_only: bool
    structure: bool
    sheets: tuple[str, ...]


@names_what_it_lacks()
class Book(base_classes.Book):
    """A workbook; ``api`` is LibreOffice's document.

    While ``App.screen_updating`` is False, what only writes is kept and carried out together: when it becomes
    True again, or before anything is read, saved or closed; see :mod:`papi_xl.libreoffice.batch`.

    Beyond what xlwings documents: ``undo_title`` (what Calc's Undo calls such a batch), ``guards``,
    ``selected``, ``stay`` and ``save_copy``.
    """

    is_book = True
    app: Any = None

    def __init__(self, app: Any, document: Any, path: Path | None, name: str) -> None:
        self.app = app
        self.document = document
        self.undo_title = "xlwings"
        self._path = path
        self._name = name
        self._known: dict[str, Any] = {}
        self._batch = Batch()
        self.known_sheets: list[Any] = []
        self.shifts = 0
        self.edits = 0

    @property
    def book(self) -> "Book":
        return self

    @property
    def api(self) -> Any:
        """LibreOffice's document; before it is used, what was kept is written."""
        return Later(self._settled)

    def _settled(self) -> Any:
        self.write_kept()
        return self.document

    def ask(self, helper: str, *arguments: Any) -> Any:
        """Run a helper that reads the document, or must not wait; one call, after what was kept."""
        self.write_kept()
        return self.office.run(helper, self.document, *arguments)

    def tell(self, helper: str, *arguments: Any, data: Any = None) -> None:
        """Run a helper that only writes, at once or together with others; see :class:`Task` for ``data``."""
        self.edits += 1
        self._batch.tasks.append(Task(helper, arguments, data))
        self.settle()

    def change_rules(self, sheet: Any) -> RuleChange:
        """Return the changes of a sheet's conditional formats, to be added to; end with :meth:`settle`."""
        self.edits += 1
        return self._batch.rules.setdefault(sheet, RuleChange())

    def show(self, sheet: Any, view: Callable[[], Task]) -> None:
        """Activate or select when all else is done."""
        self._batch.shown, self._batch.view = sheet, view
        self.settle()

    def stay(self) -> None:
        """Let the user stay where they are: nothing that is kept, such as a new sheet, comes to the front."""
        self._batch.shown = self._batch.view = None

    @property
    def selected(self) -> Range | None:
        """The selected cells of this book, in front or not; None with a picture selected; one call."""
        place = self.ask("Selection")
        return place and self.at(place)

    @property
    def batch(self) -> Batch:
        """What is kept."""
        return self._batch

    def settle(self) -> None:
        """Carry out what is kept unless the app holds it back."""
        if not self.app.held:
            self.write_kept()

    def write_kept(self) -> None:
        """Carry out what is kept.

        Raises:
            OfficeError: A step failed; the workbook is as it was before.
        """
        batch, self._batch = self._batch, Batch()
        self._known.pop("sheets", None)
        if not batch:
            return
        try:
            carry_out(self, batch)
        except OfficeError:
            batch.revert()
            raise

    def drop(self) -> None:
        """Forget what is kept."""
        batch, self._batch = self._batch, Batch()
        self._known.pop("sheets", None)
        batch.revert()

    def peek(self, helper: str, *arguments: Any) -> Any:
        """Run a helper that reads what nothing that is kept changes; one call."""
        return self.office.run(helper, self.document, *arguments)

    @property
    def sheet_names(self) -> list[str]:
        """The sheets' names as they are with what is kept; asked for once while the app holds back."""
        if self.cached_names is not None:
            return self.cached_names
        names = list((self.ask if self.batch.moves_sheets else self.peek)("SheetNames"))
        if self.app.held:
            self._known["sheets"] = names
        return names

    @property
    def cached_names(self) -> list[str] | None:
        """The sheets' names where they are known already; who changes them changes this list."""
        return self._known.get("sheets")

    def moved(self) -> None:
        """Say that cells or sheets were moved: what LibreOffice gave before lies elsewhere."""
        self.shifts += 1
        self.edits += 1
        self._known.pop("sheets", None)

    @property
    def guards(self) -> Guards:
        """What keeps the workbook from being changed; one call."""
        return Guards(*self.ask("Guards"))

    @property
    def office(self) -> Office:
        return self.app.office  # type: ignore[no-any-return]

    @property
    def controller(self) -> Any:
        """The view of the document, which knows the active sheet and the selection."""
        return self.api.getCurrentController()

    @property
    def epoch(self) -> dt.datetime:
        """The day whose number is 0: 30 December 1899, or what the workbook says."""
        if "epoch" not in self._known:
            day = self.document.NullDate
            self.know_epoch((day.Year, day.Month, day.Day))
        return self._known["epoch"]  # type: ignore[no-any-return]

    def know_epoch(self, day: tuple[int, int, int]) -> None:
        """Keep the day whose number is 0, which reading values tells by the way."""
        if "epoch" not in self._known:
            self._known["epoch"] = dt.datetime(*day)

    def at(self, place: tuple[Any, ...]) -> Range:
        """Return a place as the helpers give it, (sheet, corners from 0), as a range of this book."""
        sheet, top, left, bottom, right = place
        return Range(self.sheets.kept(sheet), spanning((top + 1, left + 1), (bottom + 1, right + 1)))

    def dispatch(self, command: str, choices: tuple[Any, ...] = ()) -> None:
        """Carry out a menu command such as ``Copy`` in this book's window."""
        helper = self.office.service("frame.DispatchHelper")
        helper.executeDispatch(self.controller.Frame, f".uno:{command}", "", 0, choices)

    @property
    def name(self) -> str:
        return self._path.name if self._path else self._name

    @property
    def fullname(self) -> str:
        """The path, or the name alone of a book that was never saved."""
        return str(self._path) if self._path else self._name

    def move_to(self, path: Path | None, name: str) -> None:
        """Say where the document is now and what its window calls it."""
        self._path, self._name = path, name

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    @property
    def notes(self) -> list[Any]:
        return [note for sheet in self.sheets for note in sheet.notes]

    def activate(self) -> None:
        self.app.books.put_first(self)

    def close(self) -> None:
        """Close without saving."""
        self.write_kept()
        self.app.books.forget(self)
        self.document.close(True)  # noqa: FBT003 - LibreOffice's own signature

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save in place, or under ``path``; its extension says the format.

        Raises:
            NotImplementedError: A password, or a format that LibreOffice cannot write.
            OfficeError: The file cannot be written.
        """
        if password:
            raise NotImplementedError("Book.save(password) is not available with LibreOffice")
        target = Path(path).resolve() if path else self._path or Path(f"{self._name}.xlsx").resolve()
        filter_name = FILTERS.get(target.suffix.lower())
        if filter_name is None:
            raise NotImplementedError(f"Book.save as {target.suffix} is not available with LibreOffice")
        choices = {"FilterOptions": COMMA_UTF8} if target.suffix.lower() == ".csv" else {}
        self.write_kept()
        self.app.process.opened.add(target)
        try:
            self.document.storeAsURL(
                target.as_uri(), properties(FilterName=filter_name, Overwrite=True, **choices)
            )
        except OfficeError as error:
            raise OfficeError(f"{refusal(target, 'write')} ({error})") from error
        self._path = target

    def save_copy(self, path: Path) -> Path:
        """Write a copy as .xlsx (.xlsm for a workbook that is one) and return where; all else stays.

        One of these kinds without changes since it was opened or saved is copied as the file that it is.
        """
        self.write_kept()
        target = path.with_suffix(".xlsm" if path.suffix.lower() == ".xlsm" else ".xlsx")
        file = self._path
        is_whole = file and file.suffix.lower() == target.suffix and file.exists()
        if file and is_whole and not self.document.isModified():
            return Path(shutil.copyfile(file, target))
        self.export(str(target), FILTERS[target.suffix])
        return target

    def export(self, path: str, filter_name: str, **choices: Any) -> None:
        """Write a copy to ``path`` with one of LibreOffice's export filters."""
        self.api.storeToURL(Path(path).resolve().as_uri(), properties(FilterName=filter_name, **choices))

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        """Print the visible sheets to a PDF file; LibreOffice has its own quality settings."""
        del quality
        self.export(path, "calc_pdf_Export")


def refusal(path: Path, what: str) -> str:
    """Say why LibreOffice could not open or write ``path``, as far as the folder shows it."""
    lock = lock_file(path)
    if lock.exists():
        return f"{path} is open elsewhere, or LibreOffice was killed: close it there or delete {lock.name}"
    return f"LibreOffice could not {what} {path}: damaged, protected or of another kind"
