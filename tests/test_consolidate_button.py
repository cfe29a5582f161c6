"""The button `Hợp nhất` on live workbooks in LibreOffice: a folder is chosen, the result opened."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from papi_xl import macros, schema
from papi_xl.completion import Figures
from papi_xl.consolidated import Consolidated, Line, Unit, UnitState
from papi_xl.gather.wish import Made
from papi_xl.live import consolidating
from papi_xl.received import Kind, Received, Rejected, Source
from papi_xl.template import sources
from tests.clicks import Clerk, click

TITLE = "Chọn thư mục chứa các biểu đã nhận để hợp nhất"
NAME = "PAPI_Hop-nhat_20210705.xlsx"
EXAMPLE = sources.folder() / "papi_example.xlsx"


class FifthOfJuly(date):
    """A calendar whose today is 5/7/2021."""

    @classmethod
    def today(cls) -> "FifthOfJuly":
        """Return that day."""
        return cls(2021, 7, 5)


@pytest.fixture(autouse=True)
def _surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep logs and what was read for the next run in the test's own folder; let it be 5/7/2021."""
    for name in ("XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setattr(consolidating, "date", FifthOfJuly)


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """Give a folder with two units' workbooks, one of them in a folder of its own, and a damaged file."""
    folder = tmp_path / "Đã nhận"
    (folder / "Xã khác").mkdir(parents=True)
    shutil.copyfile(EXAMPLE, folder / "tan tien.xlsx")
    write_for(folder / "Xã khác" / "bieu.xlsx", "Trường Mầm non Hoa Sen")
    (folder / "hong.xlsx").write_text("không phải bảng tính", encoding="utf-8")
    return folder


def write_for(path: Path, unit: str) -> None:
    """Write the example as another unit's, which has no code."""
    book = openpyxl.load_workbook(EXAMPLE)
    for name, value in (("papi_unit", unit), ("papi_unit_code", None)):
        cell = book.defined_names[name].attr_text.partition("!")[2]
        book[schema.INFO][cell.replace("$", "")] = value
    book.save(path)


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_folder_is_consolidated_and_the_result_opened(office: xw.App, received: Path) -> None:
    """A never-saved, empty workbook is enough to click from; without a list of units nobody is missing."""
    book = office.books.add()
    clerk = click(book, macros.consolidate, Clerk(folder=received))
    assert clerk.asked == [TITLE]
    assert clerk.heard == [
        f"Đã hợp nhất 2 đơn vị vào {NAME}\n"
        "Kỳ báo cáo: 6 tháng đầu năm 2021\n"
        "Chưa có danh sách đơn vị nên không biết còn thiếu đơn vị nào. Muốn biết, lưu danh sách (cột Mã đơn "
        "vị, Tên đơn vị) thành danh-sach.xlsx vào thư mục này rồi bấm lại.\n"
        "1 tệp không đọc được.\n"
        'Xem trang "Đơn vị" và trang "Thiếu – trễ – loại".'
    ]
    assert [one.name for one in office.books] == [book.name, NAME]
    assert Path(office.books[NAME].fullname) == received / NAME
    assert {schema.SUMMARY, schema.UNITS, schema.GAPS} <= {one.name for one in office.books[NAME].sheets}
    assert files_in(received) - {f".~lock.{NAME}#"} == {"tan tien.xlsx", "Xã khác", "hong.xlsx", NAME}
    assert (office.status_bar, office.display_alerts) == (False, True)


def test_a_list_of_units_in_the_folder_is_used(office: xw.App, received: Path) -> None:
    """Whatever its capitals; it is no received workbook, and what it does not name does not count."""
    write_for(received / "la.xlsx", "Trường Tiểu học Kim Đồng")
    (received / "Danh-sach.csv").write_text(
        "code,name\nMN-TT,Trường Mầm non Tân Tiến\nT2,Trường Mầm non Hoa Sen\nT3,Trường Mầm non Sao Mai\n",
        encoding="utf-8",
    )
    clerk = click(office.books.add(), macros.consolidate, Clerk(folder=received))
    assert clerk.heard == [
        f"Đã hợp nhất 2 đơn vị vào {NAME}\n"
        "Kỳ báo cáo: 6 tháng đầu năm 2021\n"
        "Theo danh sách Danh-sach.csv: còn thiếu 1 đơn vị.\n"
        "1 tệp chưa rõ của đơn vị nào nên chưa tính.\n"
        "1 tệp không đọc được.\n"
        'Xem trang "Đơn vị" và trang "Thiếu – trễ – loại".'
    ]


def test_the_list_of_units_may_be_a_workbook(office: xw.App, received: Path) -> None:
    """It stands among the received workbooks and is not taken for one of them."""
    (received / "hong.xlsx").unlink()
    roster = openpyxl.Workbook()
    for row in (
        ("Mã đơn vị", "Tên đơn vị"),
        ("MN-TT", "Trường Mầm non Tân Tiến"),
        ("T2", "Trường Mầm non Hoa Sen"),
    ):
        roster.worksheets[0].append(row)
    roster.save(received / "danh-sach.xlsx")
    clerk = click(office.books.add(), macros.consolidate, Clerk(folder=received))
    assert clerk.heard == [
        f"Đã hợp nhất 2 đơn vị vào {NAME}\n"
        "Kỳ báo cáo: 6 tháng đầu năm 2021\n"
        "Theo danh sách danh-sach.xlsx: không thiếu đơn vị nào."
    ]


def test_of_several_lists_of_units_none_is_used(office: xw.App, received: Path) -> None:
    for name in ("roster.csv", "danh-sach.csv"):
        (received / name).write_text("code,name\nT3,Trường Mầm non Sao Mai\n", encoding="utf-8")
    clerk = click(office.books.add(), macros.consolidate, Clerk(folder=received))
    assert clerk.heard[0].splitlines()[2] == (
        "Thư mục có nhiều danh sách đơn vị (danh-sach.csv, roster.csv) nên không dùng danh sách nào. "
        "Giữ lại một tệp rồi bấm lại."
    )


def test_cancel_does_nothing(office: xw.App, received: Path) -> None:
    before = files_in(received)
    book = office.books.add()
    clerk = click(book, macros.consolidate)
    assert (clerk.asked, clerk.heard) == ([TITLE], [])
    assert files_in(received) == before
    assert [one.name for one in office.books] == [book.name]
    assert office.status_bar is False


def test_an_older_result_is_kept_unless_told_otherwise(office: xw.App, received: Path) -> None:
    """As with the summary; our own results in the folder are not taken for received workbooks."""
    book = office.books.add()
    click(book, macros.consolidate, Clerk(folder=received))
    first = (received / NAME).read_bytes()
    clerk = click(book, macros.consolidate, Clerk(folder=received, yes=True))
    assert clerk.heard == [f"{NAME} đang mở. Đóng tệp đó rồi bấm lại."]
    office.books[NAME].close()
    clerk = click(book, macros.consolidate, Clerk(folder=received))
    other = NAME.replace(".xlsx", " (2).xlsx")
    assert clerk.asked == [
        TITLE,
        f"{NAME} đã có.\n\nThay bằng tệp mới?\n(Chọn Không để giữ tệp cũ và ghi thành {other}.)",
    ]
    assert clerk.heard[0].startswith(f"Đã hợp nhất 2 đơn vị vào {other}\n")
    assert (received / NAME).read_bytes() == first
    assert [one.name for one in office.books] == [book.name, other]


def test_a_folder_on_the_web_is_refused(office: xw.App) -> None:
    address = "https://so.sharepoint.com/sites/so/Nhan"
    clerk = click(office.books.add(), macros.consolidate, Clerk(folder=address))
    assert clerk.heard == [
        f"Thư mục {address} nằm trên OneDrive hoặc SharePoint. Chép thư mục đó về máy rồi chọn lại."
    ]


def test_a_folder_that_went_away_is_refused(office: xw.App, tmp_path: Path) -> None:
    """The refusal is the command's own, and names the folder."""
    clerk = click(office.books.add(), macros.consolidate, Clerk(folder=tmp_path / "mất"))
    assert len(clerk.heard) == 1
    assert str(tmp_path / "mất") in clerk.heard[0]
    assert "ngoài dự kiến" not in clerk.heard[0]
    assert office.status_bar is False


def test_the_status_bar_counts_files_twice_a_second(office: xw.App) -> None:
    """At 0.0, 0.2, 0.4, 0.7 and 0.9 s: the first word stands until half a second is over."""
    clock = iter([10.0, 10.0, 10.2, 10.4, 10.7, 10.9])
    tell = consolidating.told_now_and_then(office, "vi", lambda: next(clock))
    seen = []
    for done in (16, 32, 48, 64, 80):
        tell(done, 104)
        seen.append(office.status_bar)
    first, second = ("PAPI: đang hợp nhất… 16/104 tệp", "PAPI: đang hợp nhất… 64/104 tệp")
    assert seen == [first, first, first, second, second]
    office.status_bar = False


def test_from_a_process_started_as_xlwings_starts_it(office: xw.App, received: Path) -> None:
    """By `python -c`, with workers of its own; the result opens in the office that it was clicked in."""
    office.books.add()
    code = (
        "import sys; from papi_xl.libreoffice import attach; import papi_xl.macros;"
        "from papi_xl.live.session import called_from; app = attach(sys.argv[1]);"
        "app.impl.folders = lambda title: sys.argv[2];"
        "app.impl.answers = lambda text, *_: print(text.splitlines()[0]) or 'ok'\n"
        "with called_from(app.books.active): papi_xl.macros.consolidate()\n"
        "print(app.books.active.name.startswith('PAPI_Hop-nhat_')); app.quit()"
    )
    command = [sys.executable, "-B", "-W", "error", "-c", code, office.impl.process.home.name, str(received)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PAPI_LANG": "en"},
    )
    (made,) = received.glob("PAPI_Hop-nhat_*.xlsx")
    assert (done.stderr, done.stdout) == ("", f"Consolidated 2 unit(s) into {made.name}\nTrue\n")


def test_the_other_buttons_do_not_wait_for_it() -> None:
    """What only this button needs is loaded when it is clicked."""
    code = "import sys, papi_xl.macros; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "papi_xl.live.actions" in loaded
    for name in ("papi_xl.live.consolidating", "papi_xl.gather.run", "papi_xl.gather.pool", "papi_xl.mail"):
        assert name not in loaded


NOTHING = Figures(None)


def line(state: UnitState, *, late: bool = False) -> Line:
    """Return a received workbook in that state."""
    source = Source("/nhan/a.xlsx", "a.xlsx", datetime(2021, 7, 1), 1)
    day = date(2021, 6, 30)
    got = Received(
        source, "", Kind.TABLE, "A", "", "Quý II/2021", 2021, day, None, None, {}, altered=False, lines=(),
        total=NOTHING,
    )  # fmt: skip
    return Line(Unit("", "A"), got, "Quý II/2021", state, late=late)


def test_the_message_counts_what_needs_a_look() -> None:
    """Also where figures were altered, and where the rows did not fit; other periods do not count."""
    states = (UnitState.OK, UnitState.ERRORS, UnitState.ERRORS, UnitState.ALTERED, UnitState.SUPERSEDED)
    earlier = replace(line(UnitState.ERRORS), period="Quý I/2021")
    lines = (*map(line, states), line(UnitState.LATE, late=True), earlier)
    refused = Rejected(Source("/nhan/b.xlsx", "b.xlsx", None, 1), "damaged")
    result = Consolidated("Quý II/2021", lines, (), (refused,), (), NOTHING, (), ())
    made = Made(result, Path("/nhan/kq.xlsx"), Path("/nhan/kq.parquet"), None, 8, 8)
    told = consolidating.told(made, (), "en").splitlines()
    assert told[:2] == ["Consolidated 5 unit(s) into kq.xlsx", "Reporting period: Quý II/2021"]
    assert told[3:] == [
        "2 unit(s) have errors in their table.",
        "1 unit(s) have figures that were changed after they were made.",
        "1 unit(s) are late.",
        "1 file(s) could not be read.",
        'See the sheets "Đơn vị" and "Thiếu – trễ – loại".',
        "There are too many tasks for a sheet of Excel: all of them are in kq.parquet.",
    ]
