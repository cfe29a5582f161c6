"""The add-in's buttons, pressed without Excel: the built VBA runs in pyOpenVBA's interpreter.

The interpreter knows neither the disk nor Protected View; where xlwings is open the tests lend it both. What
the VBA asks `Application.Run` for is recorded and goes no further.
"""

import importlib
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xlsxwriter
import xlwings
from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import NOTHING
from pyopenvba.interpreter._preprocess import strip_directives

from papi_xl.template import sources

pytestmark = pytest.mark.no_cover
XLAM = sources.folder() / "papi_xl.xlam"
TEMPLATE = sources.folder() / "papi_template.xlsx"
RIBBON = ET.parse(sources.folder() / "addin" / "ribbon.xml")  # noqa: S314 - our own file
CALLBACKS = [element.attrib["onAction"] for element in RIBBON.iter() if "onAction" in element.attrib]
XLWINGS = Path(xlwings.__file__).parent / "addin" / "xlwings.xlam"

COMMANDS = {
    "PapiCheck": "import papi_xl.macros; papi_xl.macros.check()",
    "PapiNextFinding": "import papi_xl.macros; papi_xl.macros.next_finding()",
    "PapiFix": "import papi_xl.macros; papi_xl.macros.fix()",
    "PapiUndoFixes": "import papi_xl.macros; papi_xl.macros.undo_fixes()",
    "PapiRepair": "import papi_xl.macros; papi_xl.macros.repair()",
    "PapiSummarize": "import papi_xl.macros; papi_xl.macros.summarize()",
    "PapiEmail": "import papi_xl.macros; papi_xl.macros.email()",
    "PapiConsolidate": "import papi_xl.macros; papi_xl.macros.consolidate()",
    "PapiDoctor": "import papi_xl.macros; papi_xl.macros.doctor()",
}
PRESS = """
Public Sub Press{0}()
    Dim control As New IRibbonControl
    {0} control
End Sub
"""


def built() -> str:
    with ExcelFile(XLAM) as file:
        return str(file.vba_modules()["PapiRibbon"])


class Excel:
    """Excel in memory with the add-in: ``ran`` holds what `Application.Run` was asked for.

    ``python`` stands for what runs then.
    """

    def __init__(self, book: Path | None, source: str = "") -> None:
        self.app = ExcelApplication.open(book, with_vba=False) if book else ExcelApplication()
        self.ran: list[tuple[str, list[object]]] = []
        self.python: Callable[[], object] = lambda: None
        self.app.add_module(source or built(), name="PapiRibbon")
        self.app.add_module("Option Explicit\n", name="IRibbonControl", kind="class")
        self.app.add_module("".join(PRESS.format(name) for name in CALLBACKS), name="Press")
        self._start = self.app.interpreter.run
        self.app.interpreter.run = self._run

    def _run(self, name: str, args: Sequence[object] = ()) -> object:
        self.ran.append((name, list(args)))
        return self.python()

    def press(self, callback: str) -> None:
        """Press the button of a callback."""
        self._start(f"Press{callback}")

    def open_xlwings(self, environment: Mapping[str, str] | None = None) -> None:
        """Open the installed xlwings' add-in behind the workbook; lend the disk and no Protected View."""
        front = self.app.workbook
        self.app.open_workbook(XLWINGS)
        self.app.activate_workbook(front)
        known = environment or {}
        self.app.interpreter._intrinsics.update(
            getattr=lambda _vba, args, _named: attributes(on_disk(args[0])),
            dir=lambda _vba, args, _named: on_disk(args[0]).name if on_disk(args[0]).exists() else "",
            environ=lambda _vba, args, _named: known.get(args[0], ""),
        )
        self.set_protected_view(NOTHING)

    def set_protected_view(self, window: object) -> None:
        """Have ``window`` stand in front in Protected View."""
        inner = self.app.application.vba_get

        def get(name: str, args: Sequence[object] = (), named: object = None) -> object:
            return window if name == "ActiveProtectedViewWindow" else inner(name, args, named)

        self.app.application.vba_get = get

    @property
    def said(self) -> list[str]:
        """The messages shown."""
        return [prompt for _, prompt, title, _ in self.app.dialogs if title == "PAPI"]

    @property
    def status(self) -> object:
        """The text of the status bar, or False where Excel has it."""
        return self.app.application.status_bar


@cache
def with_the_template(*, with_xlwings: bool) -> Excel:
    """Return an Excel with the template open, whose buttons several tests press; clear ``ran`` before."""
    excel = Excel(TEMPLATE)
    if with_xlwings:
        excel.open_xlwings()
    return excel


def on_disk(path: object) -> Path:
    return Path(str(path).replace("\\", "/"))


def attributes(path: Path) -> int:
    """Do as VBA's GetAttr does: 32 for a file, error 53 for none."""
    if not path.exists():
        raise VBARuntimeError(53, "File not found")
    return 32


def workbook(path: Path, *sheets: str) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name in sheets or ("Sheet1",):
            book.add_worksheet(name)
    return path


def refused(excel: Excel) -> str:
    """Press every button; return the one message that each of them gave, with nothing run."""
    for callback in CALLBACKS:
        excel.press(callback)
    assert excel.ran == []
    assert excel.status is False
    assert len(excel.said) == len(excel.app.dialogs) == len(CALLBACKS)
    (message,) = set(excel.said)
    return message


def test_every_button_has_its_sub_and_every_sub_its_button() -> None:
    subs = re.findall(r"^Public Sub (\w+)\(control As IRibbonControl\)\r?$", built(), flags=re.MULTILINE)
    assert subs == CALLBACKS == list(COMMANDS)
    assert len(re.findall(r"^(?:Public )?(?:Sub|Function) ", built(), flags=re.MULTILINE)) == len(CALLBACKS)


@pytest.mark.parametrize("callback", COMMANDS)
@pytest.mark.parametrize("with_xlwings", [False, True])
def test_a_button_reaches_its_python_function(callback: str, *, with_xlwings: bool) -> None:
    """One call of RunPython with one command, nothing else, and no message."""
    excel = with_the_template(with_xlwings=with_xlwings)
    excel.ran.clear()
    excel.press(callback)
    assert excel.ran == [("xlwings.xlam!RunPython", [COMMANDS[callback]])]
    assert excel.app.dialogs == []


@pytest.mark.parametrize("callback", COMMANDS)
def test_the_python_function_exists(callback: str) -> None:
    """What the command imports is there and can be called as it stands."""
    excel = with_the_template(with_xlwings=False)
    excel.ran.clear()
    excel.press(callback)
    ((_, (command,)),) = excel.ran
    found = re.fullmatch(r"import ([\w.]+); ([\w.]+)\.(\w+)\(\)", str(command))
    assert found is not None
    assert found[1] == found[2]
    function = getattr(importlib.import_module(found[1]), found[3])
    assert inspect.signature(function).bind().arguments == {}


def test_the_status_bar_says_that_it_runs_and_is_given_back(tmp_path: Path) -> None:
    excel = Excel(workbook(tmp_path / "bieu.xlsx"))
    seen: list[object] = []
    excel.python = lambda: seen.append(excel.status)
    excel.press("PapiCheck")
    assert seen == ["PAPI: dang chay..."]
    assert excel.status is False


def test_what_python_says_in_the_status_bar_stays(tmp_path: Path) -> None:
    excel = Excel(workbook(tmp_path / "bieu.xlsx"))
    excel.python = lambda: setattr(excel.app.application, "status_bar", "Nhiệm vụ!G12: chọn Hoàn thành")
    excel.press("PapiNextFinding")
    assert excel.status == "Nhiệm vụ!G12: chọn Hoàn thành"


def test_without_the_xlwings_add_in_the_user_is_told_what_to_do(tmp_path: Path) -> None:
    """Excel's own error when a macro cannot be found is 1004."""

    def missing() -> object:
        raise VBARuntimeError(1004, "Cannot run the macro")

    excel = Excel(workbook(tmp_path / "bieu.xlsx"))
    excel.python = missing
    excel.press("PapiCheck")
    (message,) = excel.said
    assert message.startswith("Khong goi duoc xlwings. Hay chay lenh papi-xl install, dong Excel, mo lai")
    assert message.endswith("(1004: Cannot run the macro)")
    assert excel.status is False


def test_without_a_workbook_nothing_runs() -> None:
    message = refused(Excel(None))
    assert message.startswith("Chua mo tep nao. Hay mo bieu roi bam lai.")
    assert "Enable Editing" in message
    assert "De hop nhat, mo mot tep trong (Ctrl+N) cung duoc." in message


def test_a_workbook_in_protected_view_is_not_taken_for_the_one_behind_it(tmp_path: Path) -> None:
    excel = Excel(workbook(tmp_path / "bieu.xlsx"))
    excel.open_xlwings()
    excel.set_protected_view(excel.app.workbook)
    message = refused(excel)
    assert message.startswith("Tep dang mo o che do Protected View. Bam Enable Editing")


@pytest.mark.parametrize("name", ["xlwings.conf", "XLWINGS.Conf", "lib.py", "Nhiệm vụ.PY", ".py"])
def test_a_workbook_that_brings_settings_or_code_for_xlwings_is_refused(tmp_path: Path, name: str) -> None:
    """With or without the xlwings add-in open, wherever the sheet stands."""
    book = workbook(tmp_path / "bieu.xlsx", "Nhiệm vụ", name)
    excel = Excel(book)
    message = refused(excel)
    assert message.startswith("Tep co trang tinh co the lam Excel chay chuong trinh la nen PAPI khong chay.")
    assert message.endswith(f"({name})")
    excel = Excel(book)
    excel.open_xlwings()
    assert refused(excel) == message


def test_sheets_that_only_look_alike_are_let_through(tmp_path: Path) -> None:
    excel = Excel(workbook(tmp_path / "bieu.xlsx", "xlwings.conf (2)", "py", "copy", "_xlwings.conf"))
    excel.press("PapiCheck")
    assert len(excel.ran) == 1


def test_settings_beside_the_workbook_are_refused(tmp_path: Path) -> None:
    excel = Excel(workbook(tmp_path / "bieu.xlsx"))
    excel.open_xlwings()
    excel.press("PapiCheck")
    assert len(excel.ran) == 1
    (tmp_path / "xlwings.conf").write_text('"INTERPRETER_WIN","x.exe"', encoding="ascii")
    excel.ran.clear()
    message = refused(excel)
    assert message.startswith("Canh bieu co tep xlwings.conf, co the lam Excel chay chuong trinh la")


@pytest.mark.parametrize(
    ("variable", "address", "place"),
    [
        ("OneDriveConsumer", "https://d.docs.live.net/d7bbaa1/Truong/2025", "Truong/2025"),
        ("OneDrive", "https://d.docs.live.net/d7bbaa1", ""),
        ("OneDriveCommercial", "https://so-my.sharepoint.com/personal/lan_so/Documents/Bieu", "Bieu"),
    ],
)
def test_settings_beside_a_workbook_on_onedrive_are_refused(
    tmp_path: Path, variable: str, address: str, place: str
) -> None:
    """Where xlwings would look for them: in the folder that the address stands for on disk."""
    excel = Excel(workbook(tmp_path / "bieu.xlsx"))
    excel.open_xlwings({variable: str(tmp_path)})
    excel.app.workbook.path = address
    excel.press("PapiCheck")
    assert len(excel.ran) == 1
    (tmp_path / place).mkdir(parents=True, exist_ok=True)
    (tmp_path / place / "xlwings.conf").touch()
    excel.ran.clear()
    assert refused(excel).startswith("Canh bieu co tep xlwings.conf")


def test_a_workbook_never_saved_is_looked_for_where_xlwings_looks(tmp_path: Path) -> None:
    """Without a folder xlwings reads the root of the current drive."""
    excel = Excel(workbook(tmp_path / "bieu.xlsx"))
    excel.open_xlwings()
    excel.app.add_workbook()
    asked: list[str] = []

    def directory(_vba: object, args: Sequence[object], _named: object) -> str:
        asked.append(str(args[0]))
        return ""

    excel.app.interpreter._intrinsics["dir"] = directory
    excel.press("PapiCheck")
    assert asked == ["\\xlwings.conf"]
    assert len(excel.ran) == 1


@pytest.mark.parametrize("name", ["bieu ^& calc .xlsx", "bieu;..;x.xlsx"])
def test_a_name_that_the_command_line_would_act_on_is_refused(tmp_path: Path, name: str) -> None:
    """The shell of Windows sees the workbook's name unquoted; xlwings escapes `&` but not `^`."""
    message = refused(Excel(workbook(tmp_path / name)))
    assert message.startswith("Ten tep hoac thu muc co ky tu khong dung duoc (nhu ; hoac ^).")


@pytest.mark.parametrize("name", ["Biểu 100% (2) & 'mới', số=1 $.xlsx", "a`b.xlsx"])
def test_ordinary_names_are_let_through(tmp_path: Path, name: str) -> None:
    excel = Excel(workbook(tmp_path / name))
    excel.press("PapiCheck")
    assert len(excel.ran) == 1


@pytest.mark.parametrize(
    "name", ["$(open x).xlsx", "a`b.xlsx", 'a"b.xlsx', "a|b.xlsx", "a\\b.xlsx", "a;b.xlsx"]
)
def test_on_a_mac_names_that_the_shell_would_act_on_are_refused(tmp_path: Path, name: str) -> None:
    source = strip_directives(built(), constants={"Mac": True})
    message = refused(Excel(workbook(tmp_path / name), source))
    assert message.startswith("Ten tep hoac thu muc co ky tu khong dung duoc")


def test_on_a_mac_the_buttons_work_too(tmp_path: Path) -> None:
    excel = Excel(workbook(tmp_path / "bieu.xlsx"), strip_directives(built(), constants={"Mac": True}))
    excel.open_xlwings()
    excel.press("PapiSummarize")
    assert excel.ran == [("xlwings.xlam!RunPython", [COMMANDS["PapiSummarize"]])]


def test_the_installed_xlwings_works_as_the_add_in_takes_it_to() -> None:
    """It has what is called and reads what is guarded against; if this fails, read its VBA anew."""
    with ExcelFile(XLWINGS) as file:
        modules = {name: re.sub(r"\s+", " ", source) for name, source in file.vba_modules().items()}
    assert "Public Function RunPython(PythonCommand As String)" in modules["Main"]
    assert 'Public Const PROJECT_NAME As String = "xlwings"' in modules["Main"]
    assert 'If Right$(sht.Name, 3) = ".py" Then uses_embedded_code = True' in modules["Main"]
    assert 'PYTHONPATH = Replace(PYTHONPATH, "&", "^&")' in modules["Main"]
    assert 'If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then' in modules["Config"]
    assert 'GetDirectoryPath(ActiveWorkbook) & pathSeparator & PROJECT_NAME & ".conf"' in modules["Config"]
    assert 'Choose(i_env_var, "OneDriveCommercial", "OneDriveConsumer", "OneDrive")' in modules["Utils"]
