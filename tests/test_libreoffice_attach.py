"""Connecting to a LibreOffice that somebody else started and goes on using."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

import papi_xl.libreoffice
from papi_xl.libreoffice import CALLS, OfficeError
from papi_xl.libreoffice.process import PATIENCE, Process

PIPE = f"xlwings-attach-{os.getpid()}"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """Give a LibreOffice with a workbook open, started by itself and not through xlwings."""
    started = Process()
    target = tmp_path_factory.mktemp("attach") / "mở sẵn.xlsx"
    app = xw.App(impl=papi_xl.libreoffice.apps.App(papi_xl.libreoffice.ENGINE.apps, started, visible=False))
    book = app.impl.books.add()
    book.save(str(target))
    yield started
    started.end()


def left_in(process: Process) -> list[str]:
    """Return the connections' libraries that the office holds besides the first one's own."""
    libraries = process.office.service("script.ApplicationScriptLibraryContainer").ElementNames
    return [name for name in libraries if name.startswith("Xlwings")][1:]


def test_another_process_reads_and_writes(running: Process) -> None:
    code = (
        "import papi_xl.libreoffice as e;"
        f"app = e.attach({running.home.name!r}); book = app.books.active;"
        "sheet = book.sheets[0]; sheet['A1'].value = ['từ xa', 2];"
        "print(book.name, len(app.books), sheet['A1:B1'].value, app.pid); app.quit()"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stderr, done.stdout) == ("", f"mở sẵn.xlsx 1 ['từ xa', 2.0] {running.pid}\n")
    assert running.running
    assert left_in(running) == []


def test_attaching_and_leaving(running: Process) -> None:
    app = papi_xl.libreoffice.attach(running.home.name)
    assert app == xw.apps.active
    assert (app.pid, app.impl.attached, app.visible) == (running.pid, True, True)
    assert Path(app.path, "soffice.bin").exists()
    assert Path(app.startup_path) == running.profile
    assert len(left_in(running)) == 1
    app.books.active.sheets[0]["C1"].value = "ở lại"
    app.quit()
    app.kill()
    assert running.running
    assert left_in(running) == []
    with pytest.raises(OfficeError, match="has ended"):
        _ = app.books.active
    again = papi_xl.libreoffice.attach(running.home.name)
    assert again.books[0].sheets[0]["C1"].value == "ở lại"
    again.quit()


def test_a_folder_is_asked_for_in_its_own_dialog(running: Process) -> None:
    """LibreOffice's folder dialog, which a LibreOffice without a window closes at once as on Cancel."""
    app = papi_xl.libreoffice.attach(running.home.name)
    assert app.impl.choose_folder("Chọn thư mục") is None
    app.impl.folders = lambda title: f"/{title}"
    assert app.impl.choose_folder("nhận") == "/nhận"
    app.quit()


def test_books_that_the_user_opens_and_closes(running: Process, tmp_path: Path) -> None:
    app = papi_xl.libreoffice.attach(running.home.name)
    first = app.books[0]
    assert (first.name, Path(first.fullname).name) == ("mở sẵn.xlsx", "mở sẵn.xlsx")
    desktop = running.office.desktop
    opened = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
    assert [len(app.books), app.books[0] == first, app.books.active == app.books[1]] == [2, True, True]
    second = app.books[1]
    assert second.fullname == second.name
    sheet = first.sheets[0]
    CALLS.count = 0
    sheet.activate()
    assert CALLS.count == 2  # the window, the sheet
    assert app.books.active == first
    CALLS.count = 0
    sheet.activate()
    sheet["B2"].select()
    assert CALLS.count == 2
    assert app.books.active == first
    assert app.selection == first.sheets[0]["B2"]
    opened.close(True)  # noqa: FBT003 - LibreOffice's own signature
    assert [book.name for book in app.books] == ["mở sẵn.xlsx"]
    made = app.books.add()
    assert app.books.active == made
    made.save(tmp_path / "mới.xlsx")
    assert "mới.xlsx" in app.books
    made.close()
    assert len(app.books) == 1
    app.quit()


def test_attaching_is_quick(running: Process) -> None:
    """Calls that grow would be noticed here; the time itself is measured by the benchmark."""
    CALLS.count = 0
    app = papi_xl.libreoffice.attach(running.home.name)
    assert CALLS.count <= 20
    CALLS.count = 0
    assert app.books.active.name == "mở sẵn.xlsx"
    assert CALLS.count == 1
    app.quit()


def test_nothing_stays_when_python_ends_without_quitting(running: Process) -> None:
    code = f"import papi_xl.libreoffice as e; e.attach({running.home.name!r})"
    subprocess.run([sys.executable, "-c", code], timeout=120, check=True)
    assert left_in(running) == []


def test_where_nothing_listens() -> None:
    with pytest.raises(OfficeError, match="No LibreOffice runs with"):
        papi_xl.libreoffice.attach("nobody-there")


def test_an_office_that_is_gone_says_so() -> None:
    started = Process()
    app = papi_xl.libreoffice.attach(started.home.name)
    started.kill()
    with pytest.raises(OfficeError, match="has ended"):
        _ = app.books.active
    app.quit()


def test_the_users_profile_keeps_nothing() -> None:
    started = Process()
    papi_xl.libreoffice.attach(started.home.name).quit()
    until = time.monotonic() + PATIENCE
    started.office.leave()
    started.office.desktop.terminate()
    while started.running and time.monotonic() < until:
        time.sleep(0.05)
    left = [path for path in started.profile.rglob("*") if "Xlwings" in path.name]
    lists = [path.read_text(encoding="utf-8") for path in started.profile.rglob("script.xlc")]
    started.end()
    assert (left, [text for text in lists if "Xlwings" in text]) == ([], [])
