"""The buttons in a real window of Calc: clicked with the mouse, seen on the screen, read from files.

The toolbar is clicked in the template's workbooks (.xlsx), the menu in a clerk's own table (.ods).
"""

import email
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from papi_xl import schema
from papi_xl.cli import main
from papi_xl.read import read_workbook
from papi_xl.template import sources
from tests.boxes import box, picked, said, tidy
from tests.clicks import listed, marked, write_many
from tests.desk import Desk
from tests.screen import PATIENCE, wait_until
from tests.test_own_table import write_xlsx
from tests.windows import INFO, WARNING, Window, opened

pytestmark = pytest.mark.no_cover

VIETNAMESE = [
    "Kiểm tra", "Lỗi tiếp theo", "Sửa giúp", "Hoàn tác", "Phục hồi biểu", "Tổng hợp", "Gửi cấp trên",
    "Hợp nhất", "Chẩn đoán",
]  # fmt: skip
ENGLISH = [
    "Check", "Next finding", "Fix", "Undo fixes", "Restore form", "Summarize", "Send report", "Consolidate",
    "Diagnose",
]  # fmt: skip
REPORT = "PAPI_Truong-Mam-non-Tan-Tien_6-thang-dau-nam-2021_20210630"
RED = "#E57373"
MORE = r" \(và \d+ ô khác, dòng [\d–]+\)"
FOLDER = "Chọn thư mục chứa các biểu đã nhận để hợp nhất"
FIXES = """\
Sửa giúp sẽ sửa 5 ô:
A6: "1.1" → "1.1."
C7: "Biªn b¶n häp" → "Biên bản họp"
G8: "Đang thực hiên" → "Đang thực hiện"
A15: (trống) → "3.2."
B18: "Kiểm tra thường xuyên, đột xuất việ…" (Sửa dấu, bỏ khoảng trắng thừa)

Giữ nguyên 1 ô (H15): chưa chắc giá trị đúng, hãy tự sửa
Giá trị cũ được giữ ở trang "Nhật ký sửa", bấm Hoàn tác để trả lại.

Sửa ngay?
(Chọn Không để giữ nguyên biểu.)"""
STOPPED = (
    "PAPI đã dừng giữa chừng (mã -9). Thấy biểu có thay đổi thì bấm Ctrl+Z để trả lại. Bấm lại nút; "
    "nếu vẫn vậy, mở cửa sổ dòng lệnh và chạy papi-xl doctor."
)
Json = dict[str, Any]
Told = Callable[..., Json]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Give a LibreOffice in Vietnamese with the buttons installed; nothing stays of it."""
    started = Desk("vi")
    yield started
    traces = [started.home, *started.left(), *started.screen.locks]
    started.close()
    assert [trace for trace in traces if trace.exists()] == []


@pytest.fixture(autouse=True)
def _nothing_goes_on(desk: Desk) -> Iterator[None]:
    """After a test no box is shown and no program at work; LibreOffice lives and has nothing open."""
    if desk.lang != "vi" or not desk.running:
        desk.restart("vi")
    yield
    left = box(desk), desk.clicks()
    try:
        tidy(desk)
    except BaseException:
        desk.kill()  # the next test begins anew
        raise
    assert (left, desk.documents()) == ((None, []), [])


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Give what a command says as JSON."""

    def run(*argv: object) -> Json:
        main([*map(str, argv), "--format", "json"])
        found: Json = json.loads(capsys.readouterr().out)
        return found

    return run


def workbook(name: str, folder: Path) -> Path:
    """Return a copy of one of the workbooks that come with the template."""
    return Path(shutil.copyfile(sources.folder() / f"papi_{name}.xlsx", folder / f"Biểu {name}.xlsx"))


def own_table(desk: Desk, folder: Path) -> Path:
    """Return a clerk's own table as an .ods workbook."""
    write_xlsx(folder / "bang.xlsx")
    window = opened(desk, folder / "bang.xlsx")
    window.save_as(folder / "Bảng riêng.ods")
    desk.clear()
    (folder / "bang.xlsx").unlink()
    return folder / "Bảng riêng.ods"


def small(desk: Desk, folder: Path, name: str = "nho.xlsx") -> Window:
    """Open a small table of one's own, which has two errors."""
    write_many(folder / name, 40)
    return opened(desk, folder / name)


def messages(told: Json) -> set[str]:
    """Return what a check says, without the places."""
    return {re.sub(r"^\[.*?\] ", "", one["message"]) for one in told["findings"]}


def in_list(book: openpyxl.Workbook) -> set[str]:
    """Return what the sheet of findings says, without how many more of a kind there are."""
    return {f"{re.sub(MORE, '', what)} {remedy}" for *_, what, remedy in listed(book)}


def places(told: Json) -> dict[str, dict[str, str]]:
    """Return the worst that a check says of each cell, by sheet."""
    found: dict[str, dict[str, str]] = {}
    for level, name in (("info", "infos"), ("warning", "warnings"), ("error", "errors")):
        for one in told["findings"]:
            if one["cell"] and one["severity"] == level and not one["justified"]:
                found.setdefault(one["sheet"], {})[one["cell"]] = name
    return found


def in_marks(book: openpyxl.Workbook) -> dict[str, dict[str, str]]:
    """Return the marks in the cells, by sheet."""
    return {sheet.title: found for sheet in book if (found := marked(sheet))}


def tasks(path: Path) -> list[list[object]]:
    """Return the cells of the table of tasks of a workbook that was saved."""
    return [list(row) for row in read_workbook(path, sheet=schema.TASKS).sheets[0].rows]


def other_than(window: Window) -> Window | None:
    """Return the window that was opened beside this one."""
    others = [one for one in window.desk.documents() if one.RuntimeUID != window.document.RuntimeUID]
    return Window(window.desk, others[0]) if others else None


def test_check_and_next_finding(desk: Desk, tmp_path: Path, told: Told) -> None:
    """What the command finds stands in list and marks and is seen; the toolbar's Undo takes it back."""
    path = workbook("defects", tmp_path)
    window = opened(desk, path)
    assert (list(window.toolbar()), window.menu()) == (VIETNAMESE, VIETNAMESE)
    before = window.values(schema.FINDINGS)
    window.click("Kiểm tra")
    assert said(desk) == (
        "Biểu defects.xlsx\nKết quả: 13 lỗi, 24 cảnh báo, 2 gợi ý, 2 đã giải trình.\n"
        'Xem từng lỗi ở trang "Kết quả kiểm tra", hoặc bấm Lỗi tiếp theo để đến từng ô.'
    )
    after = openpyxl.load_workbook(window.copied(tmp_path / "after.xlsx"))
    command = told("check", path)
    assert in_list(after) < messages(command)
    assert (len(listed(after)), len(command["findings"])) == (34, 41), "one line stands for 8 of a kind"
    assert in_marks(after) == places(command)
    assert desk.screen.picture().count(RED) == 0, "the guide is shown"
    window.click("Lỗi tiếp theo")
    window.bar_says('1/36: [Thông tin!B4] Chưa điền "Đơn vị". Nhập vào ô này.', INFO)
    assert window.selection() == "Thông tin.B4"
    assert desk.screen.picture().count(RED) > 5_000, "the cell of the unit, which is empty, is red"
    window.click("Lỗi tiếp theo")
    second = next(one for one in command["findings"] if one["cell"] == "B11")
    window.bar_says(f"2/36: {second['message']}", INFO)
    assert window.selection() == "Thông tin.B11"
    assert window.undo_titles() == ["PAPI: Kiểm tra"]
    window.undo()
    assert (window.values(schema.FINDINGS), window.undo_titles()) == (before, [])
    wait_until(lambda: not desk.screen.picture().count(RED), "the cell is not red any more")


def test_fix_and_undo(desk: Desk, tmp_path: Path) -> None:
    """No changes nothing; Yes changes what the command changes; the button and Ctrl+Z take it back."""
    path = workbook("defects", tmp_path)
    assert main(["fix", str(path), "-o", str(tmp_path / "fixed.xlsx")]) == 1, "errors remain"
    window = opened(desk, path)
    before = window.values(schema.TASKS)
    window.click("Sửa giúp")
    assert said(desk, "Không") == FIXES
    assert (window.values(schema.TASKS), window.undo_titles()) == (before, [])
    window.click("Sửa giúp")
    assert said(desk, "Có") == FIXES
    assert said(desk) == (
        'Đã sửa 5 ô. Giá trị cũ ở trang "Nhật ký sửa"; bấm Hoàn tác để trả lại như cũ, kể cả sau khi lưu.\n'
        "Kết quả: 12 lỗi, 21 cảnh báo, 1 gợi ý, 2 đã giải trình."
    )
    assert schema.FIX_LOG in window.sheets()
    assert tasks(window.copied(tmp_path / "after.xlsx")) == tasks(tmp_path / "fixed.xlsx")
    window.click("Hoàn tác")
    assert said(desk, "Có").startswith("Hoàn tác sẽ trả lại giá trị cũ cho 5 ô đã sửa lúc ")
    assert said(desk).startswith("Đã trả lại giá trị cũ cho 5 ô.\n")
    assert window.values(schema.TASKS) == before
    assert window.undo_titles() == ["PAPI: Hoàn tác", "PAPI: Sửa giúp"]
    desk.screen.act("key", "ctrl+z", "ctrl+z")
    wait_until(lambda: not window.undo_titles(), "both steps are undone")
    assert (window.values(schema.TASKS), schema.FIX_LOG in window.sheets()) == (before, False)


def test_repair(desk: Desk, tmp_path: Path) -> None:
    """The mended copy is opened in a window of its own; the workbook stays as it was."""
    path = workbook("example", tmp_path)
    content = path.read_bytes()
    window = opened(desk, path)
    window.document.Sheets.getByName(schema.TASKS).getCellRangeByName("C4").String = "Kết quả cần có"
    window.click("Phục hồi biểu")
    assert said(desk) == (
        'Đã phục hồi: tiêu đề cột Sản phẩm ở trang "Nhiệm vụ".\n'
        "Trở về như biểu mẫu, kể cả màu tô, độ rộng cột và mật khẩu tự đặt: trang Nhiệm vụ.\n"
        'Chưa xếp được 1 ô, xem ở trang "Chưa xếp được".\n'
        "Biểu đã phục hồi là tệp Biểu example_phuc-hoi.xlsx, vừa mở ra; Biểu example.xlsx vẫn giữ nguyên."
    )
    mended = wait_until(lambda: other_than(window), "the mended copy is opened")
    assert mended.title == "Biểu example_phuc-hoi.xlsx - LibreOffice Calc"
    assert mended.is_in_front()
    assert path.read_bytes() == content
    assert tasks(mended.copied(tmp_path / "mended.xlsx")) == tasks(path)


def test_summarize_and_send(desk: Desk, tmp_path: Path, told: Told) -> None:
    """The summary is the command's own to the byte, in a window of its own; a bar in both says where.

    The draft stands beside it, has it attached, and is opened where mails are written.
    """
    path, report = workbook("example", tmp_path), tmp_path / REPORT
    told("summarize", path, "-o", tmp_path / "summary.xlsx")
    content = (tmp_path / "summary.xlsx").read_bytes()
    window = opened(desk, path)
    window.click("Tổng hợp")
    made = wait_until(lambda: other_than(window), "the summary is opened")
    made.fill()
    made.bar_says(f"đã lập {report}.xlsx", INFO)
    assert (made.title, made.is_in_front()) == (f"{REPORT}.xlsx - LibreOffice Calc", True)
    made.close()
    window.bar_says(f"đã lập {report}.xlsx", INFO)
    assert (report.with_suffix(".xlsx").read_bytes(), window.undo_titles()) == (content, [])
    window.click("Gửi cấp trên")
    assert said(desk, "Có").startswith(f"{REPORT}.xlsx đã có.")
    assert said(desk).startswith(f"Biểu tổng hợp: {report}.xlsx\nThư nháp: {report}.eml\n")
    assert desk.opened[-1] == f"{report}.eml"
    draft = email.message_from_bytes(report.with_suffix(".eml").read_bytes(), policy=default)
    assert draft["To"] == "pgd@example.com"
    assert [part.get_payload(decode=True) for part in draft.walk() if part.get_filename()] == [content]
    assert window.undo_titles() == ["PAPI: Gửi cấp trên"]


def test_consolidate(desk: Desk, tmp_path: Path, told: Told) -> None:
    """LibreOffice's dialog for a folder begins with the workbook's; what comes of it is opened.

    Cancel does nothing.
    """
    received = tmp_path / "Đã nhận"
    received.mkdir()
    path = workbook("example", received)
    command = told("consolidate", received, "-o", tmp_path / "all.xlsx", "--no-cache")
    assert command["total"]["tasks"] == 24
    window = opened(desk, path)
    running = window.click("Hợp nhất")
    picked(desk, FOLDER, cancelled=True)
    running.wait(PATIENCE)
    assert {one.name for one in received.iterdir()} == {path.name, f".~lock.{path.name}#"}
    window.click("Hợp nhất")
    picked(desk, FOLDER)
    name = f"PAPI_Hop-nhat_{date.today():%Y%m%d}.xlsx"
    assert said(desk).startswith(f"Đã hợp nhất 1 đơn vị vào {name}\nKỳ báo cáo: 6 tháng đầu năm 2021\n")
    made = wait_until(lambda: other_than(window), "what was made is opened")
    assert (made.title, made.is_in_front()) == (f"{name} - LibreOffice Calc", True)
    one, other = openpyxl.load_workbook(received / name), openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert [list(sheet.values) for sheet in one] == [list(sheet.values) for sheet in other]


def test_every_entry_of_the_menu(desk: Desk, tmp_path: Path, told: Told) -> None:
    """A clerk's own table as .ods: it stays one, and every entry does what its button does."""
    path, report = own_table(desk, tmp_path), tmp_path / f"PAPI_Don-vi_Ky-bao-cao_{date.today():%Y%m%d}"
    command = told("check", path)
    window = opened(desk, path)
    window.choose("Kiểm tra")
    assert said(desk).startswith("Bảng riêng.ods\nKết quả: 3 lỗi, 9 cảnh báo, 0 gợi ý, 0 đã giải trình.\n")
    found = openpyxl.load_workbook(window.copied(tmp_path / "found.xlsx"))
    assert in_list(found) < messages(command)
    assert (len(listed(found)), len(command["findings"])) == (9, 12), "one line stands for 4 of a kind"
    assert in_marks(found) == places(command)
    window.choose("Lỗi tiếp theo")
    first = next(one for one in command["findings"] if one["cell"] == "A7")
    window.bar_says(f"1/10: {first['message']}", INFO)
    assert window.selection() == "KH 2024.A7"
    window.choose("Sửa giúp")
    assert said(desk, "Có").startswith('Sửa giúp sẽ sửa 4 ô:\nA7: "1" → "1."\n')
    assert said(desk).startswith("Đã sửa 4 ô.")
    assert [window.text("KH 2024", cell) for cell in ("A7", "A8", "F8", "A10")] == [
        "1.",
        "2.",
        "Hoàn thành",
        "1.",
    ]
    window.choose("Hoàn tác")
    assert said(desk, "Có").startswith("Hoàn tác sẽ trả lại giá trị cũ cho 4 ô đã sửa lúc ")
    assert said(desk).startswith("Đã trả lại giá trị cũ cho 4 ô.\n")
    assert [window.text("KH 2024", cell) for cell in ("A7", "A8", "F8", "A10")] == ["1", "2", "xog", "1"]
    assert window.undo_titles() == ["PAPI: Hoàn tác", "PAPI: Sửa giúp", "PAPI: Kiểm tra"]
    window.choose("Phục hồi biểu")
    assert said(desk).startswith("Bảng riêng.ods không phải biểu mẫu PAPI nên không có gì để phục hồi.")
    window.choose("Tổng hợp")
    assert said(desk, "Có").startswith("Biểu còn 3 lỗi, nên sửa trước khi lập tổng hợp.")
    made = wait_until(lambda: other_than(window), "the summary is opened")
    wait_until(lambda: made.has_bar, "the click ends")
    assert (made.title, made.is_in_front()) == (f"{report.name}.xlsx - LibreOffice Calc", True)
    made.close()
    window.bar_says(f"đã lập {report}.xlsx", INFO)
    window.choose("Gửi cấp trên")
    assert said(desk, "Có").startswith("Biểu còn 3 lỗi, nên sửa trước khi gửi cấp trên.")
    assert said(desk, "Có").startswith(f"{report.name}.xlsx đã có.")
    assert said(desk).startswith(f"Biểu tổng hợp: {report}.xlsx\nThư nháp: {report}.eml\n")
    assert desk.opened[-1] == f"{report}.eml"
    running = window.choose("Hợp nhất")
    picked(desk, FOLDER, cancelled=True)
    running.wait(PATIENCE)
    window.choose("Chẩn đoán")
    assert said(desk) == "Mọi thứ đều ổn."
    assert window.address() == path.as_uri()


def test_a_second_click_meanwhile(desk: Desk, tmp_path: Path) -> None:
    """A bar says so in either window; the first click stays about its own, also with the other in front."""
    window, other = small(desk, tmp_path), small(desk, tmp_path, "khac.xlsx")
    window.raised()
    running = window.click("Kiểm tra")
    running.suspend()
    window.press("Sửa giúp")
    window.bar_says("đang làm việc khác. Đợi xong rồi bấm lại.", WARNING)
    other.raised()
    other.press("Kiểm tra")
    other.bar_says("đang làm việc khác. Đợi xong rồi bấm lại.", WARNING)
    assert desk.clicks() == [running]
    running.resume()
    assert said(desk).startswith("nho.xlsx\nKết quả: ")
    assert (schema.FINDINGS in window.sheets(), schema.FINDINGS in other.sheets()) == (True, False)
    assert other.is_in_front()
    other.click("Kiểm tra")
    assert said(desk).startswith("khac.xlsx\nKết quả: ")


def test_the_program_is_killed(desk: Desk, tmp_path: Path) -> None:
    """A message says so; nothing was changed, nothing hangs, and the next click works."""
    window = small(desk, tmp_path)
    window.click("Kiểm tra").kill()
    assert said(desk) == STOPPED
    running = window.click("Sửa giúp")
    shown = wait_until(lambda: box(desk), "a question")
    running.kill()
    assert said(desk, "Có") == shown.text
    assert said(desk) == STOPPED
    assert (window.undo_titles(), window.sheets()) == ([], ["Kế hoạch 2021"])
    window.click("Kiểm tra")
    assert said(desk).startswith("nho.xlsx\nKết quả: ")
    assert window.undo_titles() == ["PAPI: Kiểm tra"]


def test_no_interpreter_and_doctor(desk: Desk, tmp_path: Path) -> None:
    """What is missing and what to do is said where Python is gone, or was never named; then all is well."""
    window, told = small(desk, tmp_path), desk.named_interpreter()
    content = told.read_bytes()
    try:
        told.write_text(json.dumps({"python": "/không/có/python"}), encoding="utf-8")
        window.press("Kiểm tra")
        assert said(desk) == (
            "Không chạy được Python của papi_xl:\n/không/có/python\nCài lại papi_xl, rồi chạy:\n"
            "papi-xl install --libreoffice"
        )
        told.unlink()
        window.press("Kiểm tra")
        assert said(desk) == (
            "Phần mở rộng này chưa biết papi_xl ở đâu. Mở cửa sổ dòng lệnh và chạy:\n"
            "papi-xl install --libreoffice"
        )
    finally:
        told.write_bytes(content)
    window.click("Chẩn đoán")
    assert said(desk) == "Mọi thứ đều ổn."


def test_closed_in_the_middle(desk: Desk, tmp_path: Path) -> None:
    """Before the program asks for the workbook: a message names it, and the next click works."""
    other = small(desk, tmp_path, "khac.xlsx")
    window = small(desk, tmp_path)
    running = window.click("Kiểm tra")
    running.suspend()
    desk.screen.act("key", "ctrl+w")
    wait_until(lambda: len(desk.documents()) == 1, "the window is closed")
    running.resume()
    assert said(desk) == ("nho.xlsx bị đóng khi nút đang chạy nên việc chưa xong. Mở lại tệp đó rồi bấm lại.")
    other.click("Kiểm tra")
    assert said(desk).startswith("khac.xlsx\nKết quả: ")


def test_libreoffice_is_quit_in_the_middle(desk: Desk, tmp_path: Path) -> None:
    """The program ends with it, the file stays as it is, and the next click works."""
    window, path = small(desk, tmp_path), tmp_path / "nho.xlsx"
    content = path.read_bytes()
    running = window.click("Kiểm tra")
    running.suspend()
    desk.screen.act("key", "ctrl+q")
    wait_until(lambda: not desk.running, "LibreOffice ends")
    running.resume()
    running.wait(PATIENCE)
    assert path.read_bytes() == content
    desk.restart("vi")
    window = opened(desk, path)
    window.click("Kiểm tra")
    assert said(desk).startswith("nho.xlsx\nKết quả: ")


def test_in_english(desk: Desk, tmp_path: Path) -> None:
    """An English LibreOffice has labels and messages in English; a text document has no buttons at all."""
    desk.restart("en")
    window = small(desk, tmp_path)
    assert (list(window.toolbar()), window.menu()) == (ENGLISH, ENGLISH)
    window.click("Check")
    assert said(desk) == (
        "nho.xlsx\nResult: 2 error(s), 0 warning(s), 0 hint(s), 0 justified.\n"
        'Each one stands on the sheet "Kết quả kiểm tra"; Next finding goes from cell to cell.'
    )
    window.choose("Next finding")
    window.bar_says(
        '1/2: [Kế hoạch 2021!F2] The status "xog" is not in the list. Choose "Hoàn thành" (the nearest).',
        INFO,
    )
    text = Window(desk, desk.load("private:factory/swriter"))
    assert (text.toolbar(), text.menu()) == ({}, [])


def test_libreoffice_is_killed(desk: Desk, tmp_path: Path) -> None:
    """The program that was at work for it ends by itself; what is started then works."""
    running = small(desk, tmp_path).click("Kiểm tra")
    desk.kill()
    running.wait(PATIENCE)
    desk.restart("vi")
    assert list(small(desk, tmp_path, "khac.xlsx").toolbar()) == VIETNAMESE
