"""What may leave the machine, support files and logs, holds no text of a task, no name and no address."""

import inspect
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from papi_xl import faults
from papi_xl.cli import main

USER = "Nguyễn Thị Lan"
FOLDER = "Trường Mầm non Hoa Sen"
FILE = "Biểu của cô Mận"
SHEET = "Việc của cô Đào"
TASK = "Họp riêng với gia đình cháu Tuấn"
MAIL = "man.hoa.sen@example.edu.vn"
HIDDEN = ("Minh chứng kín", "Ghi chú kín", "Tác giả kín", "ten_kin", "Ẩn kín")
PLACES = (USER, FOLDER, FILE, SHEET, TASK, MAIL, *HIDDEN)
SECRETS = tuple(dict.fromkeys(form for one in PLACES for form in (one, unicodedata.normalize("NFD", one))))
ROSTER = f"Mã đơn vị;Tên đơn vị;Thư điện tử\nM1;{FOLDER};{MAIL}\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a workbook that says something nobody else must know in every kind of place, and a user's home."""
    home = tmp_path / USER
    (home / FOLDER).mkdir(parents=True)
    (home / "tmp").mkdir()
    for name in ("HOME", "XDG_CACHE_HOME", "USER", "LOGNAME", "USERNAME", "USERPROFILE", "COMPUTERNAME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setattr("tempfile.tempdir", str(home / "tmp"))
    monkeypatch.chdir(home)
    path = home / FOLDER / f"{FILE}.xlsx"
    _workbook().save(path)
    (home / "units.csv").write_text(ROSTER, encoding="utf-8")
    return path


def _workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.properties.creator = "Tác giả kín"
    book.properties.lastModifiedBy = USER
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    sheet.append([FOLDER])
    sheet.append(["TT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Thời gian", "Trạng thái", "Minh chứng"])
    sheet.append(["1.1.", TASK, TASK, USER, "Quý II/2021", "Hoàn  thành", "Minh chứng kín"])
    sheet.append(["1.2", TASK, MAIL, USER, TASK, TASK, "Minh chứng kín"])
    sheet["B3"].comment = Comment("Ghi chú kín", USER)
    sheet["B4"].hyperlink = f"mailto:{MAIL}"
    sheet.print_title_rows = "1:2"
    book.defined_names["ten_kin"] = DefinedName("ten_kin", attr_text=f"'{SHEET}'!$A$1")
    book.create_sheet("Ẩn kín").sheet_state = "hidden"
    return book


def told(path: Path) -> list[str]:
    """Return the secrets that a file tells."""
    text = path.read_text(encoding="utf-8")
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.touch(),
        lambda path: path.unlink(),
        lambda path: path.write_bytes(path.read_bytes()[:3000]),
        lambda path: path.write_text(TASK, encoding="utf-8"),
    ],
    ids=["fine", "gone", "damaged", "no workbook"],
)
def test_the_support_file(spoil: Callable[[Path], None], file: Path) -> None:
    """Whatever is wrong with the workbook."""
    spoil(file)
    assert main(["doctor", str(file), "--support", "ho-tro.txt"]) in {0, 1}
    assert Path("ho-tro.txt").stat().st_size > 200
    assert told(Path("ho-tro.txt")) == []


LINES = {
    "check": ("check", "{file}"),
    "summarize": ("summarize", "{file}", "-o", "ra.xlsx", "--allow-errors", "--force"),
    "fix": ("fix", "{file}", "-o", "sua.xlsx", "--force"),
    "email": ("email", "{file}", "-o", "thu.eml", "--to", MAIL, "--allow-errors", "--force"),
    "consolidate": ("consolidate", FOLDER, "--roster", "units.csv", "-o", "h.xlsx", "--no-cache", "--force"),
}  # fmt: skip


@pytest.mark.parametrize("command", LINES)
def test_the_logs_of_faults(command: str, file: Path) -> None:
    """Faults brought about here and there in our code, whose texts quote all that was known there."""
    argv = [one.format(file=file) for one in LINES[command]]
    calls = counted(argv, None)
    assert calls > 500
    for share in (0.05, 0.4, 0.7, 0.95):
        counted(argv, int(calls * share))
    logs = list(Path("tmp").glob(f"{faults.PROGRAM}-*.log"))
    assert len(logs) >= 2
    assert [secret for log in logs for secret in told(log)] == []
    for log in logs:
        text = log.read_text(encoding="utf-8")
        assert text.endswith("\nForcedError\n")
        assert "  papi_xl/" in text
        assert str(Path(__file__).parent) not in text


class ForcedError(Exception):
    """A fault of ours that quotes what was known where it arose."""


def counted(argv: list[str], at: int | None) -> int:
    """Run a command, with a fault in the ``at``-th call of a function of ours; return how many there are."""
    calls = 0

    def heed(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        code = frame.f_code
        if event == "call" and "/papi_xl/" in code.co_filename and not code.co_flags & inspect.CO_GENERATOR:
            calls += 1
            if calls == at:
                raise ForcedError(SECRETS, frame.f_locals)

    sys.setprofile(heed)
    try:
        code = main(argv)
    finally:
        sys.setprofile(None)
    assert code in {0, 1, 2}
    return calls
