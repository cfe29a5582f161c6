"""What is left to do as people read it: on the printed sheet and in the terminal, in both languages."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from papi_xl import attachment
from papi_xl.cli import main
from papi_xl.prospect import build
from papi_xl.report import Prospect
from papi_xl.template import sources
from tests.tables import AS_OF, run, tasks_of

EXAMPLE = sources.folder() / "papi_example.xlsx"
ROW = "Sổ | BGH |"
PLAN = """
TT   | Nội dung nhiệm vụ | Sản phẩm | Đơn vị chủ trì | Thời gian thực hiện
1.1. | Họp phụ huynh     | Biên bản | BGH            | Thường xuyên
1.2. | Công khai         | Thông báo | BGH           | 31/5/2021
1.3. | Lấy ý kiến        | Phiếu    | BGH            | Quý III
"""


def told(table: str, *, period: str = "Quý II/2021", as_of: date = AS_OF, lang: str = "vi") -> Prospect:
    result = run(table, as_of)
    lines, _ = result.figures()
    return build(tasks_of(result), lines, period=period, year=2021, as_of=as_of, lang=lang)


def first(table: str, lang: str = "vi") -> str:
    """Return the sentence of domain 1."""
    return told(table, lang=lang).sentences[0].text


@pytest.mark.parametrize(
    ("row", "vietnamese", "english"),
    [
        ("29/6/2021 | Đang thực hiện", "quá hạn 1 ngày", "overdue by 1 day"),
        ("1/6/2021 | Chưa thực hiện", "quá hạn 29 ngày", "overdue by 29 days"),
        ("7/7/2021 | Đang thực hiện", "sắp đến hạn 07/7/2021", "due soon, 7 July 2021"),
        ("8/7/2021 | Đang thực hiện", "hạn 08/7/2021", "due 8 July 2021"),
        ("Theo kế hoạch | Chưa thực hiện", "chưa rõ hạn, cần ghi hạn cụ thể",
         "due date unknown, fill in a due date"),
        ("Chờ hướng dẫn | Chưa thực hiện", "chờ điều kiện", "conditional"),
        ("Thường xuyên | Đang thực hiện", "thường xuyên", "recurring"),
        ("8/7/2021 | Tạm dừng", "hạn 08/7/2021, đang tạm dừng, làm tiếp",
         "due 8 July 2021, paused, resume it"),
        ("8/7/2021 | xog", "hạn 08/7/2021, cần ghi trạng thái", "due 8 July 2021, fill in the status"),
        ("8/7/2021 | Đang thực hiện | 100%", "hạn 08/7/2021, đã ghi 100%, nếu xong thì ghi “Hoàn thành”",
         "due 8 July 2021, at 100%; if done, report “Hoàn thành”"),
    ],
)  # fmt: skip
def test_what_a_task_needs(row: str, vietnamese: str, english: str) -> None:
    table = f"1.1. | Họp | {ROW} | {row}"
    assert first(table) == f"Còn 1/1 nhiệm vụ chưa hoàn thành, mới đạt 0%: 1.1 ({vietnamese}) → 100%."
    assert first(table, "en") == f"1 of 1 tasks not done, 0% so far: 1.1 ({english}) → 100%."


def test_a_share_never_rounds_up_to_all() -> None:
    """1,999 of 2,000 are 99.95 %, which would read 100 %."""
    rows = [f"1.{n}. | Việc {n} | {ROW} | Quý I | Hoàn thành" for n in range(3, 2001)]
    rows += [f"1.{n}. | Việc {n} | {ROW} | Thường xuyên | Tạm dừng" for n in (1, 2)]
    assert first("\n".join(rows)) == (
        "Còn 2/2000 nhiệm vụ chưa hoàn thành, mới đạt 99,9%: 1.1 (thường xuyên, đang tạm dừng, làm tiếp) → "
        "1999/2000; 1.2 (thường xuyên, đang tạm dừng, làm tiếp) → 100%."
    )


def test_a_plan_without_statuses_says_so() -> None:
    """What is done is not known then: no share is told, and the tasks stand by due date."""
    found = told(PLAN)
    assert found.note == (
        "Biểu chưa ghi trạng thái của nhiệm vụ nào nên chưa biết việc nào đã xong. "
        "Hãy ghi trạng thái từng nhiệm vụ; dưới đây xếp theo hạn."
    )
    assert found.sentences[0].text == (
        "3 nhiệm vụ, chưa rõ đã xong hay chưa: 1.2 (quá hạn 30 ngày); 1.3 (hạn 30/9/2021); "
        "1.1 (thường xuyên)."
    )
    assert found.coming.rows == (("1.3", "Lấy ý kiến", "BGH", "30/9/2021", 92),)


def test_nothing_left() -> None:
    done = told(f"1.1. | Họp | {ROW} | Quý III | Hoàn thành")
    none = told("4. | Kiểm soát tham nhũng trong khu vực công")
    for found in (done, none):
        assert (found.note, {one.missing for one in found.sentences}) == ("", {0})
        assert (found.coming.count, found.coming.rows, found.coming.rest) == (0, (), "Không có nhiệm vụ nào.")
    assert done.sentences[0].text == "Đã hoàn thành toàn bộ."
    assert none.sentences[0].text == "Không có nhiệm vụ."


def test_what_comes_in_both_languages() -> None:
    table = f"1.1. | Họp | {ROW} | 30/9/2021 | Tạm dừng\n1.2. | Thi | {ROW} | 1/10/2021 | Tạm dừng"
    found, english = told(table).coming, told(table, lang="en").coming
    assert found.title == "Sẽ quá hạn khi hết quý III/2021 (30/9/2021) nếu chưa hoàn thành"
    assert found.headers == ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Hạn", "Còn (ngày)")
    assert (found.rows, found.rest) == ((("1.1", "Họp", "BGH", "30/9/2021", 92),), "")
    assert english.title == "Overdue when quarter III/2021 has ended (30 September 2021) unless done"
    assert english.headers == ("No.", "Task", "Lead", "Due", "Days left")
    assert english.rows == (("1.1", "Họp", "BGH", "30 September 2021", 92),)


def test_more_than_fit_are_counted() -> None:
    """Fifteen rows, the nearest first, and a pointer to the annex; long texts end after a whole word."""
    rows = [
        f"1.{n}. | {'Tuyên truyền ' * 20} | Sổ | {'a' * 50} | | {n}/7/2021 | Tạm dừng" for n in range(1, 32)
    ]
    found = told("\n".join(rows)).coming
    assert [row[4] for row in found.rows] == list(range(1, 16))
    assert (found.rest, found.count) == ("và 16 nhiệm vụ khác, xem Phụ lục.", 31)
    assert found.rows[0][1:3] == (f"{'Tuyên truyền ' * 8}Tuyên…", f"{'a' * 40}…")


def test_the_sheet_shows_both(tmp_path: Path) -> None:
    """The steps beside the chart, then the table, above the signature."""
    path = tmp_path / "tong-hop.xlsx"
    assert main(["summarize", str(EXAMPLE), "-o", str(path)]) == 0
    rows = openpyxl.load_workbook(path)["Tổng hợp"].iter_rows(values_only=True)
    texts = [[str(value) for value in row if value is not None] for row in rows]
    start = texts.index(["SẼ QUÁ HẠN KHI HẾT 6 THÁNG CUỐI NĂM 2021 (31/12/2021) NẾU CHƯA HOÀN THÀNH"])
    assert texts[start + 1] == ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Hạn", "Còn (ngày)"]
    assert [row[0] for row in texts[start + 2 : start + 9]] == [
        "1.3",
        "2.3",
        "3.2",
        "5.3",
        "6.1",
        "6.4",
        "8.1",
    ]
    assert texts[start + 5][1:] == [
        "Ứng dụng CNTT trong giải quyết thủ tục hành chính",
        "Trường MN",
        "30/9/2021",
        "92",
    ]
    above = [row[0] for row in texts[:start] if row]
    assert above.index("NHIỆM VỤ CÒN LẠI ĐỂ ĐẠT 100%") < next(
        index
        for index, text in enumerate(above)
        if "5.2 (quá hạn 61 ngày, đang tạm dừng, làm tiếp) → 50%" in text
    )
    assert texts[start + 10][0] == "Nơi nhận:"


def test_the_terminal_says_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """After the figures, within 80 columns: the sentences of the sheet and its table."""
    argv = ["summarize", str(EXAMPLE), "-o", str(tmp_path / "a.xlsx"), "--as-of", "15/10/2021"]
    assert main(argv) == 0
    shown = capsys.readouterr().out.partition("Nhiệm vụ còn lại để đạt 100%\n")[2].splitlines()
    assert max(map(len, shown[:-1])) <= 80
    running = " ".join(" ".join(shown).split())
    assert (
        "5. Thủ tục hành chính công: Còn 2/2 nhiệm vụ chưa hoàn thành, mới đạt 0%: 5.2 (quá hạn 168"
        in running
    )
    start = shown.index("Sẽ quá hạn khi hết 6 tháng cuối năm 2021 (31/12/2021) nếu chưa hoàn thành")
    assert [line.split()[0] for line in shown[start + 1 : start + 5]] == ["TT", "6.1", "6.4", "8.1"]
    assert shown[start + 3] == ("  6.4  Tăng cường sự giám sát của người…  Trường MN       31/12/2021  77")


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("vi", ["Đã xong 5/24 nhiệm vụ (20,8%). Làm trước: 5.2, 8.2, 4.2.",
                "Sẽ quá hạn khi hết 6 tháng cuối năm 2021 (31/12/2021) nếu chưa hoàn thành: 7", "nhiệm vụ."]),
        ("en", ["5 of 24 task(s) done (20.8%). First: 5.2, 8.2, 4.2.",
                "Overdue when the second half of 2021 has ended (31 December 2021) unless done: 7",
                "task(s)."]),
    ],
)  # fmt: skip
def test_a_check_says_it_in_short(lang: str, shown: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Before the last line, which counts the findings."""
    assert main(["check", str(EXAMPLE), "--lang", lang]) == 0
    assert capsys.readouterr().out.splitlines()[-4:-1] == shown


def test_the_command_and_the_sheet_hold_the_same() -> None:
    result = run(f"@info period=Quý II; year=2021\n1.1. | Họp | {ROW} | 30/9/2021 | Tạm dừng")
    assert attachment.look_ahead(result, "vi") == attachment.lay_out(result, "vi", AS_OF).prospect
