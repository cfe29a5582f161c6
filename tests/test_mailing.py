"""The button `Gửi cấp trên` on workbooks in LibreOffice: what stands beside them, what they remember."""

import email
import shutil
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from papi_xl import macros, schema, sent
from papi_xl.cli import main
from papi_xl.live import mailing, own_sheets, session
from papi_xl.read import read_workbook
from papi_xl.template import sources
from papi_xl.template.filling import TASK_HEADER_ROW
from tests.clicks import Clerk, click, looks, marked, saved, settled
from tests.test_mail import body
from tests.test_opening import program
from tests.test_own_table import write_xlsx

STEM = "PAPI_Truong-Mam-non-Tan-Tien_6-thang-dau-nam-2021_20210630"
AGAIN = f"{STEM} (2)"
LATER = "PAPI_Truong-Mam-non-Tan-Tien_6-thang-dau-nam-2021_20211015"
AS_OF = "B11"
"""The cell of the as-of date on `Thông tin`."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with an example and an own table; drafts are opened by a program that notes which."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin")
    (tmp_path / "bin").mkdir()
    program(tmp_path / "bin", "xdg-open")
    shutil.copyfile(sources.folder() / "papi_example.xlsx", tmp_path / "bieu.xlsx")
    write_xlsx(tmp_path / "own.xlsx")
    return tmp_path


def draft(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def made(place: Path) -> set[str]:
    return {path.name for path in place.glob("PAPI_*")}


def remembered(path: Path) -> list[tuple[date, int]]:
    rows = read_workbook(path, sheet=schema.SENT).sheets[0].rows
    return [(one.as_of, len(one.tasks)) for one in sent.from_rows(rows)]


def test_one_click(office: xw.App, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Summary and draft as the command makes them, the draft opened, the report remembered; all is said."""
    book = office.books.open(str(place / "bieu.xlsx"))
    book.sheets[schema.TASKS].activate()
    clerk = click(book, macros.email)
    assert clerk.asked == []
    assert clerk.heard == [
        f"Biểu tổng hợp: {place / STEM}.xlsx\nThư nháp: {place / STEM}.eml\nNgười nhận: pgd@example.com\n"
        "Nhớ lưu biểu (Ctrl+S) để thư kỳ sau nêu được những thay đổi so với báo cáo này.\n"
        "Thư nháp đã mở trong chương trình thư: xem lại rồi bấm Gửi; chương trình không tự gửi.\n"
        "Nếu thư chỉ xem được mà không gửi được: Thunderbird chọn Edit As New Message, Mail của máy Mac chọn "
        "Send Again."
    ]
    assert (place / "bin" / "opened.txt").read_text() == f"{place / STEM}.eml|"
    assert main(["email", str(place / "bieu.xlsx"), "-o", str(place / "bin" / "thu.eml")]) == 0
    capsys.readouterr()
    assert (place / f"{STEM}.xlsx").read_bytes() == (place / "bin" / f"{STEM}.xlsx").read_bytes()
    assert (place / f"{STEM}.eml").read_bytes() == (place / "bin" / "thu.eml").read_bytes()
    assert book.sheets.active.name == schema.TASKS
    assert [sheet.name for sheet in book.sheets][-1] == schema.SENT
    assert not book.sheets[schema.SENT].visible
    assert (office.screen_updating, office.status_bar) == (True, False)


def test_the_next_letter_tells_what_changed(office: xw.App, place: Path) -> None:
    """Also after saving in LibreOffice, in openpyxl, and reopening; unsaved changes count."""
    book = office.books.open(str(place / "bieu.xlsx"))
    click(book, macros.email)
    book.save()
    book.close()
    assert remembered(place / "bieu.xlsx") == [(date(2021, 6, 30), 24)]
    openpyxl.load_workbook(place / "bieu.xlsx").save(place / "lai.xlsx")
    assert remembered(place / "lai.xlsx") == [(date(2021, 6, 30), 24)]
    book = office.books.open(str(place / "bieu.xlsx"))
    book.sheets[schema.INFO][AS_OF].value = datetime(2021, 10, 15)
    book.sheets[schema.TASKS]["G12"].value = "Hoàn thành"
    book.sheets[schema.TASKS]["H12"].value = "100%"
    click(book, macros.email)
    text = body(draft(place / f"{LATER}.eml"))
    assert (
        "4. Thay đổi so với báo cáo kỳ 6 tháng đầu năm 2021, tính đến ngày 30/6/2021\n"
        "- Tỷ lệ hoàn thành chung tăng từ 20,8% lên 25%; tiến độ bình quân trước 42,7%, nay 46,9%.\n"
        "- 2. Công khai, minh bạch trong việc ra quyết định ở địa phương: từ 33,3% thành 66,7%.\n"
        "- Mới hoàn thành (1): 2.3 Công khai"
    ) in text
    click(book, macros.email, Clerk(yes=True))
    assert body(draft(place / f"{LATER}.eml")) == text
    book.save()
    assert remembered(place / "bieu.xlsx") == [(date(2021, 6, 30), 24), (date(2021, 10, 15), 24)]


def test_the_workbook_is_otherwise_untouched(office: xw.App, place: Path) -> None:
    book = office.books.open(str(place / "own.xlsx"))
    before = settled(book, place / "truoc.xlsx")
    click(book, macros.email, Clerk(yes=True))
    after = saved(book, place / "sau.xlsx")
    assert after.sheetnames == [*before.sheetnames, schema.SENT]
    assert after[schema.SENT].sheet_state == "hidden"
    assert looks(after, schema.SENT) == looks(before)


def test_texts_like_formulas_are_remembered_as_texts(office: xw.App, place: Path) -> None:
    book = office.books.open(str(place / "bieu.xlsx"))
    first = TASK_HEADER_ROW + 2
    for row, typed in enumerate(("'=2+2", "''Họp dân'", "'+1"), start=first):
        book.sheets[schema.TASKS][f"B{row}"].value = typed
    click(book, macros.email)
    held = book.sheets[schema.SENT].range("C1:C30").options(ndim=1)
    assert {"=2+2", "'Họp dân'", "+1"} <= set(held.value)


def test_errors_are_to_be_put_right_first(office: xw.App, place: Path) -> None:
    """Whoever declines finds them marked, no file and nothing remembered; whoever insists gets the letter."""
    book = office.books.open(str(place / "own.xlsx"))
    clerk = click(book, macros.email)
    assert clerk.asked[0].startswith("Biểu còn 3 lỗi, nên sửa trước khi gửi cấp trên.\n\nVẫn soạn thư ngay?")
    assert made(place) == set()
    after = saved(book, place / "after.xlsx")
    assert schema.SENT not in after.sheetnames
    assert "C8" in marked(after["KH 2024"])
    click(book, macros.email, Clerk(yes=True))
    (mail,) = place.glob("PAPI_*.eml")
    assert "Lưu ý: biểu nhiệm vụ còn 3 lỗi chưa sửa" in body(draft(mail))
    assert draft(mail)["To"] is None


def test_older_files_are_kept_unless_told_otherwise(office: xw.App, place: Path) -> None:
    """Summary and draft keep one name: either both are new or both take the next free one."""
    book = office.books.open(str(place / "bieu.xlsx"))
    (place / f"{STEM}.eml").write_bytes(b"sent")
    clerk = click(book, macros.email)
    assert clerk.asked[0].startswith(f"{STEM}.eml đã có.\n\nThay bằng tệp mới?")
    assert (place / f"{STEM}.eml").read_bytes() == b"sent"
    assert made(place) == {f"{STEM}.eml", f"{AGAIN}.xlsx", f"{AGAIN}.eml"}
    click(book, macros.email, Clerk(yes=True))
    assert (place / f"{STEM}.eml").read_bytes() == (place / f"{AGAIN}.eml").read_bytes()


def test_without_a_mail_program(office: xw.App, place: Path) -> None:
    """The files are there, and the message says how to go on."""
    (place / "bin" / "xdg-open").unlink()
    clerk = click(office.books.open(str(place / "bieu.xlsx")), macros.email)
    assert made(place) == {f"{STEM}.xlsx", f"{STEM}.eml"}
    assert clerk.heard[0].splitlines()[-1] == (
        f"Không mở được chương trình thư (xdg-open). Thư nháp vẫn có ở {place / STEM}.eml: bấm đúp vào tệp "
        "đó để mở."
    )


def test_what_keeps_the_button_from_working(office: xw.App, place: Path) -> None:
    """A workbook never saved, a protected one, no table, a read-only one: refused, with nothing written."""
    book = office.books.add()
    assert "chưa được lưu" in click(book, macros.email).heard[0]
    empty = office.books.add()
    empty.save(str(place / "trong.xlsx"))
    assert click(empty, macros.email).heard[0].startswith("Không tìm thấy bảng nhiệm vụ.")
    book = office.books.open(str(place / "bieu.xlsx"))
    book.api.protect("")
    assert f'không thêm được trang "{schema.SENT}"' in click(book, macros.email).heard[0]
    book.close()
    book = office.books.open(str(place / "bieu.xlsx"), read_only=True)
    assert "đang mở ở chế độ chỉ đọc" in click(book, macros.email).heard[0]
    assert made(place) == set()


def test_a_sheet_of_the_users_own_is_not_written_over(office: xw.App, place: Path) -> None:
    """Nonsense on the hidden sheet is replaced; other data on one that is shown is left alone."""
    book = office.books.open(str(place / "bieu.xlsx"))
    own = book.sheets.add(schema.SENT, after=book.sheets[schema.TASKS])
    own["B2"].value = "Danh sách lớp"
    clerk = click(book, macros.email)
    assert clerk.heard == [
        f'Trang "{schema.SENT}" đang có dữ liệu khác nên không ghi đè. Đổi tên trang đó rồi bấm lại.'
    ]
    assert (made(place), own["B2"].value) == (set(), "Danh sách lớp")
    book.sheets[schema.TASKS].activate()
    own.visible = False
    click(book, macros.email)
    assert own["A1"].value == "sent"
    assert made(place) == {f"{STEM}.xlsx", f"{STEM}.eml"}


@pytest.mark.parametrize("keeps", [True, False])
def test_a_fault_in_the_middle_leaves_all_as_it_was(
    office: xw.App, place: Path, monkeypatch: pytest.MonkeyPatch, *, keeps: bool
) -> None:
    """Files, sheets and what was remembered, whether writes are kept for the end or not, as in Excel."""
    if not keeps:
        monkeypatch.setattr(type(office.impl), "screen_updating", True)
        for module in (own_sheets, session):
            monkeypatch.setattr(module, "keeps_writes", lambda _: False)

    def fail(*_: object) -> None:
        message = "in the middle"
        raise RuntimeError(message)

    book = office.books.open(str(place / "bieu.xlsx"))
    with monkeypatch.context() as patch:
        patch.setattr(mailing, "_hide", fail)
        clerk = click(book, macros.email)
    assert clerk.heard[0].startswith("Lỗi ngoài dự kiến (RuntimeError). Biểu của bạn không bị thay đổi.")
    assert made(place) == set()
    assert schema.SENT not in [sheet.name for sheet in book.sheets]
    click(book, macros.email)
    before = book.sheets[schema.SENT].used_range.value
    (place / f"{STEM}.eml").write_bytes(b"sent")
    book.sheets[schema.INFO][AS_OF].value = datetime(2021, 10, 15)
    with monkeypatch.context() as patch:
        patch.setattr(mailing, "_hide", fail)
        click(book, macros.email)
    assert book.sheets[schema.SENT].used_range.value == before
    assert made(place) == {f"{STEM}.xlsx", f"{STEM}.eml"}
    assert (place / f"{STEM}.eml").read_bytes() == b"sent"
    assert not book.sheets[schema.SENT].visible
