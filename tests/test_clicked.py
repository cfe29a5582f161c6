"""Clicks as the extension does them, a program of its own for each; only the window is not there."""

import shutil
from pathlib import Path

import pytest
import xlwings as xw

from papi_xl import clicked, macros, schema
from papi_xl.template import sources
from tests.clicks import Clerk, click, listed, marked, saved
from tests.hosting import clicked as click_in_calc
from tests.hosting import papi_host


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


@pytest.mark.parametrize("names", [[], ["_run"], ["Final"], ["check", "fix"], ["nothing"]])
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
    monkeypatch.setenv("PAPI_LANG", "en")
    assert surroundings("vi")["PAPI_LANG"] == "en"
