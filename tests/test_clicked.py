"""Clicks as the extension does them, a program of its own for each; only the window is not there."""

import json
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from papi_xl import clicked, macros, schema
from papi_xl.template import sources
from tests.clicks import Clerk, click, listed, marked, saved
from tests.hosting import clicked as click_in_calc
from tests.hosting import papi_host, window_of


@pytest.fixture
def defects(tmp_path: Path) -> Path:
    """Give a copy of the example with planted defects."""
    return Path(shutil.copyfile(sources.folder() / "papi_defects.xlsx", tmp_path / "papi_defects.xlsx"))


def test_a_click_over_the_wire_does_what_the_macro_does(office: xw.App, defects: Path) -> None:
    """The same list, the same marks, the same words; one step of Undo."""
    here, there = Clerk(), Clerk()
    book = office.books.open(str(defects))
    click(book, macros.check, here)
    expected = saved(book, defects.with_name("here.xlsx"))
    book.close()
    book = office.books.open(str(defects))
    click_in_calc(office, book, "check", there)
    made = saved(book, defects.with_name("there.xlsx"))
    assert there.heard == [here.heard[0]]
    assert there.heard[0].startswith("papi_defects.xlsx\nKết quả: 13 lỗi, 24 cảnh báo")
    assert listed(made) == listed(expected)
    assert marked(made[schema.TASKS]) == marked(expected[schema.TASKS])
    assert book.impl.document.UndoManager.getAllUndoActionTitles() == ("PAPI: Kiểm tra",)


def test_questions_reach_the_person_and_answers_the_program(office: xw.App, defects: Path) -> None:
    no, yes = Clerk(yes=False), Clerk(yes=True)
    book = office.books.open(str(defects))
    click_in_calc(office, book, "fix", no)
    assert (len(no.asked), no.heard) == (1, [])
    assert book.sheets[schema.TASKS]["A6"].value == 1.1
    click_in_calc(office, book, "fix", yes)
    assert yes.asked == no.asked
    assert book.sheets[schema.TASKS]["A6"].value == "1.1."
    click_in_calc(office, book, "undo_fixes", yes)
    assert book.sheets[schema.TASKS]["A6"].value == 1.1


def test_what_stands_in_the_status_line_at_the_end_stays_in_a_bar(office: xw.App, defects: Path) -> None:
    book = office.books.open(str(defects))
    click_in_calc(office, book, "next_finding", Clerk())
    assert book.impl.selected.address == "$B$4"
    assert book.impl.document.CurrentController.hasInfobar("vn.papi_xl.result")


def test_a_program_that_is_no_papi_is_said_to_have_stopped(
    office: xw.App, defects: Path, tmp_path: Path
) -> None:
    """Another Python, without papi_xl: its complaint is told, and the next click can begin."""
    clerk = Clerk()
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho No module named papi_xl >&2\nexit 3\n", encoding="utf-8")
    python.chmod(0o755)
    book = office.books.open(str(defects))
    click_in_calc(office, book, "check", clerk, str(python))
    assert "(mã 3)" in clerk.heard[0]
    assert clerk.heard[0].endswith("No module named papi_xl")
    click_in_calc(office, book, "doctor", clerk)
    assert len(clerk.heard) == 2


def test_a_missing_interpreter_is_named() -> None:
    program = papi_host("program")
    program.SETTINGS = "/nowhere/papi_xl.json"
    with pytest.raises(program.MissingError) as raised:
        program.interpreter()
    assert raised.value.key == "not-installed"


@pytest.mark.parametrize("names", [[], ["_run"], ["Final"], ["tell_closed"], ["check", "fix"], ["nothing"]])
def test_only_buttons_can_be_clicked(names: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Neither what is imported in the module of macros nor what is its own affair."""
    assert clicked.main(names) == 2
    assert "buttons" in capsys.readouterr().err


def test_the_programs_environment_is_not_that_of_libreoffices_python(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH"):
        monkeypatch.setenv(name, "/opt/libreoffice/program")
    monkeypatch.delenv("PAPI_LANG", raising=False)
    surroundings = papi_host("program").surroundings
    assert {"PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH"}.isdisjoint(surroundings("vi"))
    assert surroundings("vi")["PAPI_LANG"] == "vi"


@pytest.mark.parametrize(("named", "lang"), [("", "en"), ("vi", "vi"), ("en_US.UTF-8", "en"), ("fr", "vi")])
def test_the_environment_names_the_language_before_the_office_does(
    office: xw.App, book: xw.Book, monkeypatch: pytest.MonkeyPatch, named: str, lang: str
) -> None:
    """This office is English; what the program takes for Vietnamese, the extension does too."""
    monkeypatch.setenv("PAPI_LANG", named)
    assert papi_host("clicks").language(window_of(office, book)) == lang


def test_who_was_told_to_wait_is_told_no_longer_than_that(office: xw.App, book: xw.Book) -> None:
    clicks, window = papi_host("clicks"), window_of(office, book)
    assert clicks.RUNNING.begin()
    try:
        clicks.begin(window.context, window.frame, "check")
        assert window.frame.Controller.hasInfobar("vn.papi_xl.result")
    finally:
        clicks.RUNNING.end()
    assert not window.frame.Controller.hasInfobar("vn.papi_xl.result")


def test_a_click_that_cannot_begin_is_told_and_the_next_one_can(
    office: xw.App, book: xw.Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Such as without a folder for temporary files; LibreOffice itself is told of no exception."""
    clicks, clerk = papi_host("clicks"), Clerk()
    window, told = window_of(office, book, clerk), threading.Event()
    settings = tmp_path / "papi_xl.json"
    settings.write_text('{"python": "/bin/true"}', encoding="utf-8")

    def later(call: Callable[[], object]) -> None:
        call()
        told.set()

    window.later = later
    monkeypatch.setattr(papi_host("program"), "SETTINGS", str(settings))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    monkeypatch.setattr(clicks, "Window", lambda *_: window)
    clicks.begin(window.context, window.frame, "check")
    assert told.wait(10)
    assert "papi-xl doctor" in clerk.heard[0]
    assert clicks.RUNNING.begin()
    clicks.RUNNING.end()


def test_a_program_that_does_not_end_is_ended(
    office: xw.App, book: xw.Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It asks nothing any more and stays: no click is kept waiting for ever."""
    clerk, python = Clerk(), tmp_path / "python"
    python.write_text("#!/bin/sh\nexec sleep 600 >&-\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(papi_host("program"), "PATIENCE", 0.2)
    click_in_calc(office, book, "check", clerk, str(python))
    assert "(mã -9)" in clerk.heard[0]


def test_a_stopped_program_that_had_changed_nothing_takes_nothing_of_the_users_back(
    office: xw.App, book: xw.Book, tmp_path: Path
) -> None:
    """It had only begun its step of Undo, and what the user did before stays."""
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    python.chmod(0o755)
    book.sheets[0]["A1"].value = "của người dùng"
    undo = book.impl.document.UndoManager
    before = undo.getAllUndoActionTitles()
    undo.enterUndoContext("PAPI")
    click_in_calc(office, book, "check", Clerk(), str(python))
    assert book.sheets[0]["A1"].value == "của người dùng"
    assert undo.getAllUndoActionTitles() == before


def test_what_cannot_be_answered_is_an_answer_too(office: xw.App, book: xw.Book) -> None:
    """Whether it fails while it is read, carried out or written down: the program hears of it and goes on."""
    click = papi_host("clicks").Click(window_of(office, book), None, "vi")
    click._status = lambda _: {"value": {(): 0}}
    said = [json.loads(click._answered(line)) for line in (b"?", b'{"do":"nothing"}', b'{"do":"status"}')]
    assert [one["error"] for one in said] == ["JSONDecodeError", "AttributeError", "TypeError"]
