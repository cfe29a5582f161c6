"""LibreOffice processes of the engine: started, side by side, killed, and nothing left behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
import xlwings as xw

import papi_xl.libreoffice
from papi_xl.libreoffice import OfficeError, links, orphans, process


@pytest.fixture(autouse=True)
def _engine() -> None:
    xw.engines[papi_xl.libreoffice.ENGINE.name].activate()


def left_behind() -> list[str]:
    """Return what LibreOffice processes of the engine have left: folders and sockets."""
    found = [
        *Path(tempfile.gettempdir()).glob("xlwings-calc-*"),
        *Path("/", "tmp").glob("OSL_PIPE_*_xlwings-calc-*"),
    ]
    return sorted(map(str, found))


def homes(app: xw.App) -> list[Path]:
    """Return the profile folder and the sockets of a running app."""
    running = app.impl.process
    return [running.home, *running._sockets]


def test_two_apps_side_by_side(tmp_path: Path) -> None:
    with xw.App(visible=False) as one, xw.App(visible=False) as other:
        assert one.pid != other.pid
        assert xw.apps.keys() == [other.pid, one.pid]
        one.books[0].sheets[0]["A1"].value = "one"
        other.books[0].sheets[0]["A1"].value = "other"
        assert one.books[0].sheets[0]["A1"].value == "one"
        one.activate()
        assert xw.apps.active == one
        one.books[0].save(tmp_path / "shared.xlsx")
        with pytest.raises(OfficeError, match=r"open elsewhere.*\.~lock\.shared\.xlsx#"):
            other.books.open(tmp_path / "shared.xlsx")
        with pytest.raises(OfficeError, match="open elsewhere"):
            other.books[0].save(tmp_path / "shared.xlsx")
    assert not (tmp_path / ".~lock.shared.xlsx#").exists()


def test_nothing_is_left_after_quitting() -> None:
    app = xw.App(visible=False)
    places = homes(app)
    assert all(place.exists() for place in places)
    app.books[0].sheets[0]["A1"].value = "unsaved"
    app.quit()
    app.quit()
    assert [place for place in places if place.exists()] == []
    assert app.pid not in [one.pid for one in xw.apps]
    with pytest.raises(ProcessLookupError):
        os.kill(app.pid, 0)


def test_nothing_is_left_after_killing(tmp_path: Path) -> None:
    app = xw.App(visible=False)
    places = homes(app)
    app.books[0].save(tmp_path / "open.xlsx")
    app.kill()
    assert [place for place in [*places, tmp_path / ".~lock.open.xlsx#"] if place.exists()] == []


def test_a_killed_office_says_so() -> None:
    app = xw.App(visible=False)
    cell = app.books[0].sheets[0]["A1"]
    os.kill(app.pid, signal.SIGKILL)
    with pytest.raises(OfficeError, match="LibreOffice has ended"):
        _ = cell.value
    with pytest.raises(OfficeError, match="LibreOffice has ended"):
        app.books.add()
    places = homes(app)
    app.quit()
    assert [place for place in places if place.exists()] == []


def test_a_lock_file_that_a_killed_office_left(tmp_path: Path) -> None:
    with xw.App(visible=False) as other:
        app = xw.App(visible=False)
        app.books[0].save(tmp_path / "left.xlsx")
        os.kill(app.pid, signal.SIGKILL)
        with pytest.raises(OfficeError, match=r"LibreOffice was killed.*delete \.~lock\.left\.xlsx#"):
            other.books.open(tmp_path / "left.xlsx")
        app.quit()
        assert other.books.open(tmp_path / "left.xlsx").name == "left.xlsx"


def test_a_new_book_starts_an_app_that_calls_itself_visible() -> None:
    before = len(xw.apps)
    book = xw.Book()
    assert book.name == "Book1"
    assert book.app.visible
    assert len(xw.apps) == before + 1
    book.app.quit()


def test_an_app_ends_with_python() -> None:
    code = (
        "import xlwings as xw, papi_xl.libreoffice as e; xw.engines['libreoffice'].activate();"
        "a = xw.App(visible=False); print(a.impl.process.home, a.pid)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    home, pid = done.stdout.split()
    assert not Path(home).exists()
    assert not Path("/proc", pid).exists()


def killed_program(call: str) -> tuple[Path, Path]:
    """Start LibreOffice in a program that is killed then; return its folder and its process."""
    code = (
        "import os, signal, threading, xlwings as xw, papi_xl.libreoffice as e\n"
        "xw.engines['libreoffice'].activate()\n"
        "def begin():\n"
        "    a = xw.App(visible=False); print(a.impl.process.home, a.pid, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code + call], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == -signal.SIGKILL
    home, pid = done.stdout.split()
    return Path(home), Path("/proc", pid)


def test_an_app_ends_with_a_killed_python() -> None:
    """At once, and the next app removes its folder."""
    home, running = killed_program("begin()")
    until = time.monotonic() + 30
    while running.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not running.exists()
    with xw.App(visible=False) as app:
        assert app.impl.process.home.exists()
        assert not home.exists()


def test_an_app_of_another_thread_ends_with_the_next() -> None:
    """It does not end with its thread, which may be over before the app is; folders of the living stay."""
    home, running = killed_program("threading.Thread(target=begin).start()")
    assert running.exists()
    with xw.App(visible=False) as app, xw.App(visible=False) as other:
        assert not running.exists()
        assert not home.exists()
        assert app.impl.process.home.exists()
        assert app.pid != other.pid


def test_folders_that_are_called_so_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link, a folder without a lock, a file: whoever made them, it was not a program that is gone."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "xlwings-calc-a").mkdir()
    (tmp_path / "xlwings-calc-b").write_bytes(b"")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "owner").write_bytes(b"")
    (tmp_path / "xlwings-calc-c").symlink_to(tmp_path / "own")
    orphans.sweep()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "own", "xlwings-calc-a", "xlwings-calc-b", "xlwings-calc-c",
    ]  # fmt: skip
    assert (tmp_path / "own" / "owner").exists()


def test_there_is_no_tcp_port() -> None:
    with xw.App(visible=False) as app:
        sockets = {
            link.readlink().name
            for link in Path(f"/proc/{app.pid}/fd").iterdir()
            if "socket" in str(link.readlink())
        }
        inodes = {name[len("socket:[") : -1] for name in sockets}
        tcp = Path(f"/proc/{app.pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        assert [line for line in tcp if line.split()[9] in inodes] == []


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PLACES", ())
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(OfficeError, match="libreoffice-calc"):
        process.program()
    monkeypatch.setattr(links, "DIST_PACKAGES", "/nowhere")
    for name in [name for name in sys.modules if name == "uno"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(OfficeError, match="python3-uno"):
        links.load_uno()


def test_an_office_that_cannot_start_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    before = left_behind()
    monkeypatch.setattr(process, "program", lambda: Path("/bin/false"))
    with pytest.raises(OfficeError, match="ended while starting"):
        xw.App(visible=False)
    monkeypatch.setattr(process, "program", lambda: Path("/bin/cat"))
    monkeypatch.setattr(process, "PATIENCE", -1.0)
    with pytest.raises(OfficeError, match="did not answer"):
        xw.App(visible=False)
    assert left_behind() == before
