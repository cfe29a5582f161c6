"""Clicks in a LibreOffice that somebody works in: .xlsx and .ods, Undo, windows that are closed meanwhile."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
import xlwings as xw

import papi_xl.libreoffice
from papi_xl import macros, schema, sent, wording
from papi_xl.cli import main
from papi_xl.libreoffice import links
from papi_xl.libreoffice.book import FILTERS
from papi_xl.libreoffice.bridge import properties
from papi_xl.libreoffice.links import Counter
from papi_xl.libreoffice.process import Process
from papi_xl.live import actions, session
from papi_xl.live.words import word
from papi_xl.read import read_workbook
from papi_xl.template import sources
from tests.clicks import Clerk, click, linked, listed, looks, marked, rules
from tests.test_opening import program
from tests.test_own_table import write_xlsx

Macro = Callable[[], None]
pytestmark = pytest.mark.no_cover
OPENER = "xdg-open"
SUMMARY = "PAPI_Truong-Mam-non-Tan-Tien_6-thang-dau-nam-2021_20210630"


@pytest.fixture(scope="module")
def running() -> Iterator[Process]:
    """Give a LibreOffice that was started by itself, with a connection of the user's own to it."""
    started = Process()
    yield started
    started.end()


@pytest.fixture(scope="module")
def attached(running: Process) -> Iterator[xw.App]:
    """Give the connection that the clicks use."""
    app = papi_xl.libreoffice.attach(running.home.name)
    yield app
    app.quit()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the workbooks of these tests in both kinds, to be copied and not written to."""
    folder = tmp_path_factory.mktemp("workbooks")
    write_xlsx(folder / "own.xlsx")
    for name in ("papi_example", "papi_defects"):
        shutil.copyfile(sources.folder() / f"{name}.xlsx", folder / f"{name}.xlsx")
    return folder


class Desk:
    """Somebody who opens and closes windows, and a folder with copies of the workbooks."""

    def __init__(self, running: Process, app: xw.App, kept: Path, folder: Path) -> None:
        self.office, self.app, self._kept, self.folder = running.office, app, kept, folder

    def copied(self, name: str) -> Path:
        """Return a copy of a workbook in the folder; LibreOffice saves it as .ods where it is to be one."""
        kept = self._kept / name
        if not kept.exists():
            source, none = kept.with_suffix(".xlsx").as_uri(), properties(Hidden=True)
            document = self.office.desktop.loadComponentFromURL(source, "_blank", 0, none)
            document.storeToURL(kept.as_uri(), properties(FilterName=FILTERS[kept.suffix]))
            document.close(True)  # noqa: FBT003 - LibreOffice's own
        return Path(shutil.copyfile(kept, self.folder / name))

    def opened(self, path: Path) -> xw.Book:
        """Open a window with the workbook, which is then in front."""
        self.office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, ())
        return self.app.books[path.name]

    def close(self, book: xw.Book) -> None:
        """Close the window from the user's own connection."""
        for document in self.office.run("Books"):
            if document[2].endswith(f"/{book.name}"):
                self.office.remote(document[0]).close(True)  # noqa: FBT003 - LibreOffice's own

    def names(self) -> set[str]:
        """Return the names of the files in the folder but for those of LibreOffice's locks."""
        return {path.name for path in self.folder.iterdir() if path.is_file() and path.name[0] != "."}


@pytest.fixture
def desk(
    running: Process, attached: xw.App, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """Give the desk, all windows closed afterwards; drafts are opened by a program that only notes it."""
    for name in ("XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "bin").mkdir()
    program(tmp_path / "bin", OPENER)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "bin"))
    folder = tmp_path / "bàn"
    folder.mkdir()
    yield Desk(running, attached, kept, folder)
    running.office.run("CloseAll")
    attached.impl.answers = attached.impl.folders = None
    attached.status_bar = False


def kept_as(book: xw.Book, folder: Path) -> openpyxl.Workbook:
    """Save a copy as .xlsx and return it as openpyxl reads it."""
    path = folder / "kept.xlsx"
    book.impl.export(str(path), FILTERS[".xlsx"])
    kept = openpyxl.load_workbook(path)
    path.unlink()
    return kept


def content(saved: openpyxl.Workbook) -> dict[str, Any]:
    """Return all cells with their looks, and the rules, lists, names and sheets.

    Heights of rows are left out: Calc works out anew those that it may, whatever is undone. Of the 400 rows
    of formulas only these are taken.
    """
    found: dict[str, Any] = {"sheets": saved.sheetnames, **looks(saved, schema.SUMMARY)}
    found["names"] = {name: one.attr_text for name, one in saved.defined_names.items()}
    for sheet in saved:
        state, _, widths = found.get(sheet.title, (sheet.sheet_state, {}, {}))
        found[sheet.title] = (
            state, widths, rules(sheet), marked(sheet), sorted(map(str, sheet.merged_cells.ranges)),
            sorted((str(one.sqref), one.formula1) for one in sheet.data_validations.dataValidation),
            [(one.name, one.ref) for one in sheet.tables.values()],
            [row for row, kept in sheet.row_dimensions.items() if kept.hidden],
            {cell.coordinate: (cell.value, cell.data_type, cell.hyperlink and cell.hyperlink.location)
             for line in sheet.iter_rows() for cell in line},
        )  # fmt: skip
    return found


def held(book: xw.Book, folder: Path) -> dict[str, Any]:
    """Return what a workbook would be saved as."""
    return content(kept_as(book, folder))


def steps(book: xw.Book) -> list[str]:
    """Return what Calc's Undo offers, the first at last."""
    return list(reversed(book.api.UndoManager.getAllUndoActionTitles()))


CHANGING = (
    (macros.check, "PAPI: Kiểm tra"),
    (macros.fix, "PAPI: Sửa giúp"),
    (macros.undo_fixes, "PAPI: Hoàn tác"),
    (macros.email, "PAPI: Gửi cấp trên"),
)
KEEPING = (macros.next_finding, macros.summarize, macros.consolidate, macros.doctor)


def test_one_undo_takes_a_click_back(desk: Desk) -> None:
    """A click that changes the workbook is one step, called as its button; the others are none.

    Undo leaves the user in the cell where they were.
    """
    book = desk.opened(desk.copied("own.xlsx"))
    clerk, undo = Clerk(yes=True, folder=desk.folder), book.api.UndoManager
    kept_as(book, desk.folder)  # see `clicks.saved`
    cell = book.sheets["KH 2024"]["C8"]
    cell.select()
    for done, (macro, button) in enumerate(CHANGING, start=1):
        before = held(book, desk.folder)
        click(book, macro, clerk)
        assert steps(book) == [title for _, title in CHANGING[:done]]
        undo.undo()
        assert (held(book, desk.folder) == before, book.selection) == (True, cell), button
        click(book, macro, clerk)
        assert steps(book) == [title for _, title in CHANGING[:done]]
    now = held(book, desk.folder)
    assert now != before
    for macro in KEEPING:
        click(book, macro, clerk)
    assert held(book, desk.folder) == now
    assert steps(book) == [title for _, title in CHANGING]
    assert not [text for text in clerk.heard if "ngoài dự kiến" in text]


def test_as_many_undos_as_clicks_take_all_back(desk: Desk) -> None:
    """In the template as well, with its formulas, rules and lists, kept as .ods."""
    book = desk.opened(desk.copied("papi_defects.ods"))
    before = held(book, desk.folder)
    for macro, _ in CHANGING:
        click(book, macro, Clerk(yes=True))
    assert steps(book) == [title for _, title in CHANGING]
    for _ in CHANGING:
        book.api.UndoManager.undo()
    assert held(book, desk.folder) == before


def test_steps_are_called_as_the_buttons_are(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Vietnamese as the ribbon's labels, in English where that is the language."""
    ribbon = ET.parse(sources.folder() / "addin" / "ribbon.xml")  # noqa: S314 - our own file
    labels = {f"PAPI: {one.get('label')}" for one in ribbon.iter() if one.get("onAction")}
    assert {title for _, title in CHANGING} <= labels
    monkeypatch.setenv("PAPI_LANG", "en")
    book = desk.opened(desk.copied("own.xlsx"))
    for macro in (macros.check, macros.fix, macros.undo_fixes):
        click(book, macro, Clerk(yes=True))
    assert steps(book) == ["PAPI: Check", "PAPI: Fix", "PAPI: Undo fixes"]
    assert word("button-email", "en") == "PAPI: Send report"


def as_printed(path: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[Any, ...]]:
    """Return the findings that the command line prints of a file."""
    assert main(["check", "--format", "json", str(path)]) in {0, 1}
    keys = ("rule", "severity", "sheet", "cell", "message", "justified")
    return [tuple(one[key] for key in keys) for one in json.loads(capsys.readouterr().out)["findings"]]


@pytest.mark.parametrize(
    ("name", "as_file"),
    [
        ("papi_example.ods", "papi_example.ods"),
        ("own.ods", "own.ods"),
        ("papi_defects.ods", "papi_defects.xlsx"),
    ],
)
def test_an_ods_workbook_is_judged_as_its_file(
    desk: Desk, capsys: pytest.CaptureFixture[str], name: str, as_file: str
) -> None:
    """The findings are those of the command line; what a file's reader sees in .xlsx only counts as well.

    These are merged cells, hidden rows and old fonts, which all are in the workbook with planted defects.
    """
    path = desk.copied(name)
    _, result = actions.examine(desk.opened(path))
    found = [
        (one.rule, one.severity.value, one.sheet, one.cell, wording.message(one, "vi"), one.justified)
        for one in result.findings
    ]
    assert found == as_printed(desk.copied(as_file), capsys)
    assert len(found) == {"papi_example.ods": 7, "own.ods": 12, "papi_defects.ods": 41}[name]


def test_a_checked_ods_workbook(desk: Desk) -> None:
    """What is said, listed and marked is as in .xlsx; saved, it is an .ods with lists, names and marks."""
    books = [desk.opened(desk.copied(f"papi_defects.{kind}")) for kind in ("xlsx", "ods")]
    said = [click(book, macros.check).heard[0] for book in books]
    assert said[0] == said[1].replace(".ods", ".xlsx")
    files = [kept_as(book, desk.folder) for book in books]
    tells: tuple[Callable[[openpyxl.Workbook], object], ...] = (
        listed, linked, lambda file: marked(file[schema.TASKS]), lambda file: marked(file[schema.INFO])
    )  # fmt: skip
    for tell in tells:
        assert tell(files[0]) == tell(files[1])
    assert marked(files[1][schema.TASKS])["G8"] == "errors"
    before = content(files[1])
    books[1].save()
    with zipfile.ZipFile(desk.folder / "papi_defects.ods") as package:
        assert package.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
    desk.close(books[1])
    again = desk.opened(desk.folder / "papi_defects.ods")
    assert held(again, desk.folder) == before
    lists = before[schema.TASKS][5]
    assert any("Danh mục" in str(formula) or "dm_" in str(formula) for _, formula in lists)
    assert before["names"]["papi_unit"] == "'Thông tin'!$B$4"


@pytest.mark.parametrize("name", ["papi_defects.ods", "own.ods", "own.xlsx"])
def test_links_lead_to_their_cells(desk: Desk, name: str) -> None:
    """As Calc follows them: it hands a link within the document to its command JumpToMark."""
    book = desk.opened(desk.copied(name))
    click(book, macros.check)
    sheet = book.sheets[schema.FINDINGS]
    cells = [sheet.range(f"C{row}") for row in range(4, 10)]
    for text, link in [(one.value, one.hyperlink) for one in cells if one.value != "–"]:
        cell, _, place = text.partition(" ")
        sheet.activate()
        book.impl.dispatch("JumpToMark", properties(Bookmark=link.removeprefix("#")))
        chosen = book.selection
        assert chosen is not None
        assert chosen.get_address(row_absolute=False, column_absolute=False) == cell
        assert chosen.sheet.name == (place.strip("()") or link[2 : link.index("'", 2)])


def test_reports_of_an_ods_workbook(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Summary, letter and consolidation stand beside it as .xlsx, and the result is in a window in front."""
    path = desk.copied("papi_example.ods")
    book = desk.opened(path)
    assert main(["summarize", str(path), "-o", str(desk.folder.parent / "summary.xlsx")]) == 0
    capsys.readouterr()
    assert click(book, macros.summarize).asked == []
    made = desk.folder / f"{SUMMARY}.xlsx"
    assert made.read_bytes() == (desk.folder.parent / "summary.xlsx").read_bytes()
    assert desk.app.books.active.name == made.name
    desk.close(desk.app.books[made.name])
    made.unlink()
    clerk = click(book, macros.email)
    assert desk.names() == {path.name, made.name, f"{SUMMARY}.eml"}
    assert (desk.folder.parent / "bin" / "opened.txt").read_text() == f"{desk.folder / SUMMARY}.eml|"
    assert clerk.heard[0].splitlines()[2] == "Người nhận: pgd@example.com"
    book.save()
    rows = read_workbook(path, sheet=schema.SENT).sheets[0].rows
    assert [one.as_of.isoformat() for one in sent.from_rows(rows)] == ["2021-06-30"]
    for name in (made.name, f"{SUMMARY}.eml"):
        (desk.folder / name).unlink()
    clerk = click(book, macros.consolidate, Clerk(folder=desk.folder))
    (consolidated,) = desk.names() - {path.name}
    assert clerk.heard[0].startswith(f"Đã hợp nhất 1 đơn vị vào {consolidated}\n")
    assert desk.app.books.active.name == consolidated
    assert openpyxl.load_workbook(desk.folder / consolidated)[schema.UNITS] is not None


def test_an_ods_workbook_is_repaired(desk: Desk) -> None:
    """The mended one is a file of Excel's kind, which is said, with sheets of the user's own as they were."""
    path = desk.copied("papi_example.ods")
    broken = desk.opened(path)
    broken.sheets["Danh mục"].delete()
    own = broken.sheets.add("Của tôi")
    own["B2"].value, own["B2"].color = "riêng", (255, 0, 0)
    broken.save()
    before = path.read_bytes()
    done = steps(broken)
    (said,) = click(broken, macros.repair).heard
    assert (steps(broken), path.read_bytes()) == (done, before)
    assert 'Đã phục hồi: trang "Danh mục" (đã bị xóa).' in said
    assert said.endswith(
        "Biểu đã phục hồi là tệp Excel papi_example_phuc-hoi.xlsx, vừa mở ra; papi_example.ods vẫn giữ "
        "nguyên. Cần tệp .ods thì chọn Lưu thành (Ctrl+Shift+S)."
    )
    made = desk.app.books.active
    assert made.name == "papi_example_phuc-hoi.xlsx"
    assert (made.sheets["Của tôi"]["B2"].value, made.sheets["Của tôi"]["B2"].color) == ("riêng", (255, 0, 0))
    assert "Danh mục" in [sheet.name for sheet in made.sheets]


@pytest.mark.parametrize("unsaved", [False, True])
def test_a_copy_of_an_ods_workbook_is_one_of_excels(desk: Desk, *, unsaved: bool) -> None:
    book = desk.opened(desk.copied("own.ods"))
    if unsaved:
        book.sheets[0]["A1"].value = "chưa lưu"
    copy = book.impl.save_copy(desk.folder / "bản sao.ods")
    assert copy.name == "bản sao.xlsx"
    first = openpyxl.load_workbook(copy).worksheets[0]["A1"].value
    assert first == ("chưa lưu" if unsaved else "TRƯỜNG MẦM NON HOA SEN")


CLOSED = "own.xlsx bị đóng khi nút đang chạy nên việc chưa xong. Mở lại tệp đó rồi bấm lại."
CLOSED_ENGLISH = (
    "own.xlsx was closed while the button was at work, which is not done. Open it and click again."
)


class Leaving(Clerk):
    """A clerk who closes the window before answering."""

    leave: Callable[[], None]

    def __call__(self, prompt: str, title: str, buttons: str | None, mode: str | None) -> str:
        """Close the window where something is asked, and answer all the same."""
        if buttons == "yes_no":
            self.leave()
        return super().__call__(prompt, title, buttons, mode)


@pytest.mark.parametrize(
    ("macro", "yes", "lang"),
    [
        (macros.fix, True, "vi"),
        (macros.undo_fixes, True, "vi"),
        (macros.email, True, "vi"),
        (macros.email, False, "en"),
        (macros.summarize, False, "vi"),
    ],
)
def test_the_window_is_closed_before_the_answer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, macro: Macro, lang: str, *, yes: bool
) -> None:
    """The message names the workbook and what to do; no file is left, and another workbook can be clicked."""
    monkeypatch.setenv("PAPI_LANG", lang)
    book, other = (desk.opened(desk.copied(name)) for name in ("own.xlsx", "own.ods"))
    if macro is macros.undo_fixes:
        click(book, macros.fix, Clerk(yes=True))
    clerk = Leaving(yes=yes)
    clerk.leave = lambda: desk.close(book)
    click(book, macro, clerk)
    assert clerk.heard == [CLOSED if lang == "vi" else CLOSED_ENGLISH]
    assert desk.names() == {"own.xlsx", "own.ods"}
    assert (desk.app.screen_updating, desk.app.status_bar) == (True, False)
    assert [one.name for one in desk.app.books] == ["own.ods"]
    assert click(other, macros.check).heard[0].startswith("own.ods\n")
    assert steps(other) == [word("button-check", lang)]


class Closing(Counter):
    """Counts calls into LibreOffice, and closes the window after one of them."""

    def __init__(self, call: int, close: Callable[[], None]) -> None:
        self._close: Callable[[], None] | None = close
        self._call, self._done = call, 0

    @property
    def count(self) -> int:
        """The number of calls so far."""
        return self._done

    @count.setter
    def count(self, value: int) -> None:
        self._done = value
        if value >= self._call and self._close:
            close, self._close = self._close, None
            close()


@pytest.mark.parametrize("call", [1, 4, 7])
@pytest.mark.parametrize("macro", [macros.check, macros.next_finding])
def test_the_window_is_closed_while_a_click_reads_or_writes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, macro: Macro, call: int
) -> None:
    """Whatever it is just doing, what is said is that, and never a fault of ours."""
    book, other = (desk.opened(desk.copied(name)) for name in ("own.xlsx", "own.ods"))
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(links, "CALLS", Closing(call, lambda: desk.close(book)))
        assert click(book, macro).heard == [CLOSED]
    click(other, macro)
    assert [one.name for one in desk.app.books] == ["own.ods"]


@pytest.mark.parametrize(
    ("macro", "call"),
    [(macros.fix, 5), (macros.fix, 12), (macros.fix, 16), (macros.undo_fixes, 8), (macros.undo_fixes, 15),
     (macros.summarize, 5), (macros.email, 9)],
)  # fmt: skip
def test_the_window_is_closed_at_some_call_of_other_buttons(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, macro: Macro, call: int
) -> None:
    """Nothing half done is left beside it, no fault of ours is told, and another workbook can be clicked."""
    book, other = (desk.opened(desk.copied(name)) for name in ("own.xlsx", "own.ods"))
    content = (desk.folder / "own.xlsx").read_bytes()
    if macro is macros.undo_fixes:
        click(book, macros.fix, Clerk(yes=True))
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(links, "CALLS", Closing(call, lambda: desk.close(book)))
        clerk = click(book, macro, Clerk(yes=True))
    assert clerk.heard == [CLOSED]
    assert (desk.names(), (desk.folder / "own.xlsx").read_bytes()) == ({"own.xlsx", "own.ods"}, content)
    assert "ngoài dự kiến" not in "".join(click(other, macro, Clerk(yes=True)).heard)


KILLED = """
import os, signal, sys
from papi_xl import macros
from papi_xl.libreoffice import attach, links
from papi_xl.live.session import called_from
from tests.test_attached_clicks import Closing

name, macro, call = sys.argv[1:]
app = attach(name)

def answer(prompt, title, buttons, mode):
    if buttons != "yes_no":
        raise TimeoutError
    if not int(call):
        kill()
    return "yes"

def kill():
    os.kill(app.pid, signal.SIGKILL)

app.impl.answers = answer
book = app.books.active
if int(call):
    links.CALLS = Closing(int(call), kill)
with called_from(book):
    getattr(macros, macro)()
"""
"""A click in whose middle LibreOffice is killed: before a call, or at a question where that is 0."""


@pytest.mark.parametrize(
    ("macro", "call"), [("fix", 0), ("fix", 14), ("check", 6), ("summarize", 5), ("email", 9)]
)
def test_libreoffice_is_killed_in_the_middle(kept: Path, tmp_path: Path, macro: str, call: int) -> None:
    """What is said then reaches the standard error; the click's process ends by itself.

    The workbook is as it was, and nothing is beside it.
    """
    path = Path(shutil.copyfile(kept / "own.xlsx", tmp_path / "own.xlsx"))
    content = path.read_bytes()
    started = Process()
    started.opened.add(path)
    try:
        started.office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, ())
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", KILLED, started.home.name, macro, str(call)],
            capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "PAPI_LANG": "en"},
        )  # fmt: skip
    finally:
        started.kill()
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "",
        "The application ended while the button was at work, which is not done. "
        "Open own.xlsx and click again.\n",
    )
    assert [one.name for one in tmp_path.iterdir()] == ["own.xlsx"]
    assert path.read_bytes() == content


def test_the_workbook_that_was_clicked_in_is_meant(desk: Desk) -> None:
    """Another one in front stays there and as it is; questions and messages name the one that is meant."""
    book, other = (desk.opened(desk.copied(name)) for name in ("papi_defects.xlsx", "papi_example.xlsx"))
    for macro, button in CHANGING:
        clerk = click(book, macro, Clerk(yes=True))
        assert steps(book)[-1:] == [button]
        assert all(text.startswith("papi_defects.xlsx\n") for text in (*clerk.heard, *clerk.asked))
        assert desk.app.books.active == other
    assert steps(book) == [title for _, title in CHANGING]
    assert steps(other) == []
    assert other.sheets[schema.FINDINGS]["A4"].value is None
    desk.app.books["papi_defects.xlsx"].sheets[schema.TASKS].activate()
    clerk = click(book, macros.fix, Clerk(yes=True))
    assert "papi_defects.xlsx" not in clerk.heard[0] + clerk.asked[0]


def test_the_next_finding_goes_on_from_its_own_window(desk: Desk) -> None:
    """Not from what is selected in the one in front; that with the finding comes to the front."""
    book, other = (desk.opened(desk.copied(name)) for name in ("papi_defects.xlsx", "papi_example.xlsx"))
    book.sheets[schema.TASKS]["G8"].select()
    other.sheets[schema.TASKS]["F36"].select()
    click(book, macros.next_finding)
    assert desk.app.books.active == book
    assert str(desk.app.status_bar).startswith("PAPI 7/36: [Nhiệm vụ!E10]")
    assert desk.app.selection == book.sheets[schema.TASKS]["E10"]


def test_who_starts_a_button_names_the_workbook(desk: Desk) -> None:
    """The innermost name counts, and only while it is given; a closed or missing one is told."""
    clerk = Clerk()
    desk.app.impl.answers = clerk
    macros.check()
    assert clerk.heard.pop().startswith("Chưa mở tệp nào.")
    book, other = (desk.opened(desk.copied(name)) for name in ("own.xlsx", "own.ods"))
    with session.called_from(book):
        with session.called_from(other):
            assert session.calling_book() == other
        assert session.calling_book() == book
    macros.check()
    assert clerk.heard.pop().startswith("Chưa mở tệp nào.")
    desk.close(book)
    with session.called_from(book):
        macros.check()
    assert clerk.heard == [CLOSED]
