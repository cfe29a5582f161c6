"""The letter to the level above: whole, with much or nothing known, and with texts that mean harm."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from papi_xl import letter, schema
from papi_xl.check import Result, check
from papi_xl.completion import Figures
from papi_xl.difficulties import Difficulty, open_ones
from papi_xl.letter import Matter
from papi_xl.mail import Attachment, Draft, eml_bytes
from papi_xl.raw import Cell, RawSheet
from papi_xl.read import read_workbook
from papi_xl.sent import changes, snapshot
from papi_xl.template import sources
from tests.tables import run
from tests.test_mail import body, read
from tests.test_sent import JUNE, JUNE_TABLE, MADE, SEPTEMBER, SEPTEMBER_TABLE

EXAMPLE = sources.folder() / "papi_example.xlsx"
OCTOBER = date(2021, 10, 15)
FILE = Attachment("PAPI_Truong-Mam-non-Tan-Tien_6-thang-dau-nam-2021_20210630.xlsx", b"PK")


def example(as_of: date | None = None) -> Result:
    return check(read_workbook(EXAMPLE), as_of=as_of, today=date(2026, 11, 23))


def hard() -> tuple[Difficulty, ...]:
    return open_ones(read_workbook(EXAMPLE, sheet=schema.DIFFICULTIES).sheets[0])


def write(result: Result, matter: Matter | None = None, lang: str = "vi") -> Draft:
    return letter.draft(result, FILE, matter or Matter("pgd@example.com"), lang)


def test_the_first_report_of_the_example() -> None:
    """As of 30/6/2021, whole; nothing to compare it with."""
    draft = write(example(), Matter("pgd@example.com", difficulties=hard()))
    assert (draft.to, draft.attachments) == ("pgd@example.com", (FILE,))
    assert draft.subject == (
        "Báo cáo kết quả thực hiện nhiệm vụ nâng cao Chỉ số PAPI kỳ 6 tháng đầu năm 2021 – "
        "Trường Mầm non Tân Tiến"
    )
    assert draft.body == (
        "Kính gửi: Phòng GD&ĐT Văn Giang\n"
        "\n"
        "Thực hiện kế hoạch nâng cao Chỉ số PAPI năm 2021, Trường Mầm non Tân Tiến xin báo cáo kết quả thực "
        "hiện nhiệm vụ kỳ 6 tháng đầu năm 2021, tính đến ngày 30/6/2021, như sau:\n"
        "\n"
        "1. Kết quả chung\n"
        "Tổng số 24 nhiệm vụ: hoàn thành 5 (đạt 20,8%), đang thực hiện 10, chưa thực hiện 7, tạm dừng 2; "
        "tiến độ bình quân 42,7%.\n"
        "Chia theo thời hạn, số nhiệm vụ chưa hoàn thành gồm: quá hạn 3, thường xuyên 5, sắp đến hạn 2, "
        "chưa rõ hạn 2, chờ điều kiện 1, trong hạn 6.\n"
        "\n"
        "2. Kết quả theo lĩnh vực\n"
        "- 1. Tham gia của người dân ở cấp cơ sở: hoàn thành 1/3 nhiệm vụ (đạt 33,3%).\n"
        "- 2. Công khai, minh bạch trong việc ra quyết định ở địa phương: hoàn thành 1/3 nhiệm vụ "
        "(đạt 33,3%).\n"
        "- 3. Trách nhiệm giải trình với người dân: hoàn thành 0/2 nhiệm vụ (đạt 0%).\n"
        "- 4. Kiểm soát tham nhũng trong khu vực công: hoàn thành 1/5 nhiệm vụ (đạt 20%), quá hạn 1.\n"
        "- 5. Thủ tục hành chính công: hoàn thành 0/2 nhiệm vụ (đạt 0%), quá hạn 1.\n"
        "- 6. Cung ứng dịch vụ công: hoàn thành 1/5 nhiệm vụ (đạt 20%).\n"
        "- 7. Quản trị môi trường: hoàn thành 1/2 nhiệm vụ (đạt 50%).\n"
        "- 8. Quản trị điện tử: hoàn thành 0/2 nhiệm vụ (đạt 0%), quá hạn 1.\n"
        "\n"
        "3. Nhiệm vụ quá hạn (3)\n"
        "- 5.2 Cập nhật, công bố công khai các thủ tục hành chính, quy trình giải quyết, thời gian giải…: "
        "quá hạn 61 ngày.\n"
        "- 8.2 Đưa biểu mẫu, thông báo của nhà trường lên trang tin điện tử: quá hạn 30 ngày.\n"
        "- 4.2 Kiểm tra thường xuyên, đột xuất việc thực hiện kỷ luật, kỷ cương hành chính: "
        "quá hạn 15 ngày.\n"
        "\n"
        "4. Khó khăn, vướng mắc chưa giải quyết xong (2), đề nghị xem xét, cho ý kiến\n"
        "- Nhiệm vụ 5.2: Cổng thông tin điện tử đang nâng cấp nên chưa cập nhật được thủ tục\n"
        "- Nhiệm vụ 6.3: Bếp của khu lẻ xuống cấp\n"
        "\n"
        "Số liệu chi tiết có trong biểu tổng hợp kèm theo.\n"
        "\n"
        "Trường Mầm non Tân Tiến trân trọng báo cáo./.\n"
        "\n"
        "HIỆU TRƯỞNG\n"
        "Trần Thị Bình\n"
        "Trường Mầm non Tân Tiến\n"
    )


def test_the_next_report_of_the_example() -> None:
    """As of 15/10/2021, compared with that of June."""
    result = example(OCTOBER)
    found = changes(snapshot(example(), MADE), snapshot(result, OCTOBER))
    text = write(result, Matter("pgd@example.com", found)).body
    assert "tính đến ngày 15/10/2021, như sau:\n" in text
    assert ("gồm: quá hạn 7, thường xuyên 5, chưa rõ hạn 2, chờ điều kiện 1, trong hạn 4.\n") in text
    assert "\n3. Nhiệm vụ quá hạn (7)\n- 5.2 Cập nhật" in text
    assert "giải…: quá hạn 168 ngày.\n- 8.2 Đưa biểu mẫu" in text
    assert (
        "\n4. Thay đổi so với báo cáo kỳ 6 tháng đầu năm 2021, tính đến ngày 30/6/2021\n"
        "- Tỷ lệ hoàn thành chung giữ nguyên 20,8%; tiến độ bình quân vẫn là 42,7%.\n"
        "- Mới quá hạn (4): 1.3 Lấy ý kiến cha mẹ học sinh về dự thảo…; 2.3 Công khai cam kết chất lượng "
        "nuôi…; 3.2 Nâng cao hiệu quả hoạt động của Ban…; 5.3 Ứng dụng CNTT trong giải quyết thủ tục…\n"
        "\n"
        "Số liệu chi tiết"
    ) in text


def test_what_changed_is_said_kind_by_kind() -> None:
    before, after = run(JUNE_TABLE, JUNE), run(SEPTEMBER_TABLE, SEPTEMBER)
    found = changes(snapshot(before, MADE), snapshot(after, MADE))
    text = write(after, Matter("", found)).body
    assert (
        "4. Thay đổi so với báo cáo kỳ Quý II/2021, tính đến ngày 30/6/2021\n"
        "- Tỷ lệ hoàn thành chung giữ nguyên 16,7%; tiến độ bình quân vẫn là 35%.\n"
    ) in text
    assert (
        "- 3. Trách nhiệm giải trình với người dân: từ 25% thành 33,3%.\n"
        "- 8. Quản trị điện tử: từ – thành 0%.\n"
        "- Mới hoàn thành (1): 3.2 Trả lời đơn\n"
        "- Trước đã hoàn thành, nay chưa (1): 3.1 Họp dân\n"
        "- Mới quá hạn (1): Kê khai\n"
        "- Không còn quá hạn (1): 4.1 Công khai\n"
        "- Mới bắt đầu thực hiện (1): 3.4 Tập huấn\n"
        "- Nhiệm vụ mới thêm (1): 8.1 Trang tin\n"
        "- Nhiệm vụ không còn trong biểu (1): 3.3 Tiếp dân\n"
    ) in text


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Chưa thực hiện", "Hoàn thành", "tăng từ 0% lên 100%; tiến độ bình quân trước 0%, nay 100%."),
        ("Hoàn thành", "Chưa thực hiện", "giảm từ 100% xuống 0%; tiến độ bình quân trước 100%, nay 0%."),
        ("Tạm dừng", "Tạm dừng", "giữ nguyên 0%; tiến độ bình quân vẫn là 0%.\n- Không có thay đổi nào khác"),
    ],
)
def test_completion_rises_falls_or_stays(before: str, after: str, said: str) -> None:
    one, other = (run(f"3.1. | Họp | VB | MN | | Năm 2021 | {status}") for status in (before, after))
    found = changes(snapshot(one, MADE), snapshot(other, MADE))
    assert f"- Tỷ lệ hoàn thành chung {said}" in write(other, Matter("", found)).body


def test_what_reads_the_same_has_not_risen() -> None:
    result = run("3.1. | Họp | VB | MN | | Năm 2021 | Tạm dừng")
    lines = [Figures(3, 9_999, done=done, completion=done / 9_999, progress=0.0) for done in (3_333, 3_334)]
    one, other = (replace(snapshot(result, MADE), lines=(line,), tasks=()) for line in lines)
    text = write(result, Matter("", changes(one, other))).body
    assert "- Tỷ lệ hoàn thành chung giữ nguyên 33,3%; tiến độ bình quân vẫn là 0%.\n" in text


def test_in_english() -> None:
    result = run(
        f"@info unit=MN A; period=Q2; recipient=UBND xã B; year=2021\n{JUNE_TABLE.split(chr(10), 2)[2]}"
    )
    after = run(SEPTEMBER_TABLE, SEPTEMBER)
    found = changes(snapshot(after, MADE), snapshot(result, MADE))
    draft = write(result, Matter("", found, [Difficulty("3.2.", "Thiếu người")]), "en")
    assert draft.subject == "Report on the tasks to improve the PAPI index for Q2 in 2021 – MN A"
    assert draft.body.startswith(
        "To: UBND xã B\n\nUnder the plan to improve the PAPI index in 2021, MN A reports on its tasks for Q2 "
        "as of 30 June 2021:\n\n1. Overall\n"
        "6 task(s): 1 done (16.7%), 3 in progress, 2 not started, 0 paused; "
        "mean progress 35%.\nBy due date, the tasks not done are: overdue 2, recurring 1, on schedule 2.\n"
    )
    assert (
        "- 3. Vertical Accountability Towards Citizens: 1 of 4 task(s) done (25%), 1 overdue.\n" in draft.body
    )
    assert "- 8. E-Governance: no tasks.\n" in draft.body
    assert "3. Overdue tasks (2)\n- 4.1 Công khai: 30 day(s) late.\n" in draft.body
    assert "5. Difficulties not settled (1), for your decision\n- Task 3.2: Thiếu người\n" in draft.body
    assert draft.body.endswith("\nMN A respectfully submits this report.\n\nMN A\n")


def test_what_is_not_known_is_left_out() -> None:
    """No unit, recipient, period, year, signer: no empty place for them, in subject or body."""
    draft = write(run("3.1. | Họp | VB | MN | | Thường xuyên | Đang thực hiện"), Matter(""))
    assert draft.subject == "Báo cáo kết quả thực hiện nhiệm vụ nâng cao Chỉ số PAPI"
    assert draft.body.startswith(
        "Thực hiện kế hoạch nâng cao Chỉ số PAPI, đơn vị xin báo cáo kết quả thực hiện nhiệm vụ, tính đến "
        "ngày 30/6/2021, như sau:\n\n1. Kết quả chung\n"
    )
    assert draft.body.endswith("kèm theo.\n\nĐơn vị trân trọng báo cáo./.\n")
    message, other = read(eml_bytes(draft))
    assert message["To"] is None
    assert other.to == []


def test_only_the_year_is_known() -> None:
    result = run("@info unit=MN A; year=2021\n3.1. | Họp | VB | MN | | Thường xuyên | Đang thực hiện")
    assert write(result).subject == "Báo cáo kết quả thực hiện nhiệm vụ nâng cao Chỉ số PAPI năm 2021 – MN A"


def test_a_period_without_a_year_gets_the_plan_s() -> None:
    result = run(
        "@info unit=MN A; period=Quý III; year=2025\n3.1. | Họp | VB | MN | | Thường xuyên | Đang thực hiện"
    )
    assert write(result).subject == (
        "Báo cáo kết quả thực hiện nhiệm vụ nâng cao Chỉ số PAPI kỳ Quý III năm 2025 – MN A"
    )


def test_no_tasks_at_all() -> None:
    result = run(
        "TT | Nội dung nhiệm vụ | Sản phẩm | Đơn vị chủ trì\n3. | Trách nhiệm giải trình với người dân"
    )
    assert "1. Kết quả chung\nBiểu chưa có nhiệm vụ nào.\n" in write(result).body


def test_many_overdue_tasks_are_counted() -> None:
    """The ten latest are named, the rest counted; so are errors, which make the figures doubtful."""
    rows = "\n".join(f"3.{n}. | Việc {n} | | MN | | {n}/5/2021 | Tạm dừng" for n in range(1, 13))
    text = write(run(rows)).body
    assert (
        "3. Nhiệm vụ quá hạn (12)\n- 3.1 Việc 1: quá hạn 60 ngày.\n- 3.2 Việc 2: quá hạn 59 ngày.\n" in text
    )
    assert "- 3.10 Việc 10: quá hạn 51 ngày.\n- … và 2 nhiệm vụ khác.\n\n" in text
    assert "3.11" not in text
    assert (
        "\nLưu ý: biểu nhiệm vụ còn 12 lỗi chưa sửa; số liệu trên có thể thay đổi.\nSố liệu chi tiết" in text
    )


def test_many_difficulties_and_changes_are_counted() -> None:
    rows = [f"3.{n}. | Việc {n} | VB | MN | | Năm 2021 | {{}}" for n in range(1, 13)]
    before, after = (run("\n".join(rows).format(*[status] * 12)) for status in ("Tạm dừng", "Hoàn thành"))
    found = changes(snapshot(before, MADE), snapshot(after, MADE))
    text = write(after, Matter("", found, [Difficulty("", f"Khó {n}") for n in range(12)])).body
    assert "- Mới hoàn thành (12): 3.1 Việc 1; 3.2 Việc 2; " in text
    assert "3.10 Việc 10 và 2 nhiệm vụ khác\n" in text
    assert "- Khó 9\n- … và 2 nội dung khác.\n" in text
    assert "Khó 10" not in text


def test_a_status_that_is_not_reported_is_counted() -> None:
    text = write(
        run("3.1. | Họp | VB | MN | | Năm 2021 | \n3.2. | Họp lại | VB | MN | | Năm 2021 | Tạm dừng")
    ).body
    assert "tạm dừng 1, chưa báo cáo 1; tiến độ" in text


def test_more_files() -> None:
    """The summary comes first; all have short names without accents in the mail, and come back whole."""
    files = (Attachment("Minh chứng ảnh hội nghị.jpg", b"\xff\xd8"), Attachment("Biên bản.docx", b"PK2"))
    draft = write(example(), Matter("a@b.vn", files=files))
    assert "\nSố liệu chi tiết có trong biểu tổng hợp kèm theo, cùng 2 tệp khác.\n" in draft.body
    message, other = read(eml_bytes(draft))
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == [FILE.name, "Minh-chung-anh-hoi-nghi.jpg", "Bien-ban.docx"]
    assert [one.content for one in other.attachments] == [b"PK", b"\xff\xd8", b"PK2"]
    assert message["Subject"] == other.subject == draft.subject
    assert body(message) == draft.body
    assert message["X-Unsent"] == "1"


HARM = "Việc\r\nBcc: x@y.vn\u202e\u2028 http://evil.vn <b>\x00 www.evil.vn \\\\may\\tep"
TAME = "Việc Bcc: x@y.vn http: //evil.vn <b> www. evil.vn \\ \\may\\tep"


def test_texts_that_mean_harm() -> None:
    """Line ends, links, marks of direction and markup are plain words in one line, wherever they stand."""
    result = run(
        "3.1. | Việc | VB | MN | | 1/5/2021 | Tạm dừng\n@info unit=A; recipient=A; period=A; signer=A"
    )
    assert result.batch
    batch = replace(result.batch, tasks=result.batch.tasks.assign(task=HARM))
    found = replace(result, batch=batch)
    draft = write(found, Matter("a@b.vn\r\nBcc: x@y.vn", difficulties=[Difficulty(HARM[:9], HARM)]))
    message, other = read(eml_bytes(draft))
    text = body(message)
    assert text == draft.body
    assert set(other.headers) == {"Content-Type", "MIME-Version", "X-Unsent", "To", "Subject"}
    assert text.count(TAME) == 2
    assert f"- 3.1 {TAME}: quá hạn 60 ngày.\n" in text
    assert "://" not in text


def test_a_unit_with_a_name_of_a_thousand_characters() -> None:
    """The subject names as much of it as reads well, the body all of it."""
    name = ("Trường Mầm non " * 70)[:1000].strip()
    draft = write(run(f"@info unit={name}; period=Q1\n3.1. | Họp | VB | MN | | Năm 2021 | Tạm dừng"))
    message, other = read(eml_bytes(draft))
    assert message["Subject"] == other.subject == draft.subject
    assert len(draft.subject) < 140
    assert draft.subject.endswith(" – Trường Mầm non Trường Mầm non Trường Mầm non Trường Mầm non…")
    assert f"{name} trân trọng báo cáo./.\n" in body(message)


DIFFICULTY_HEADERS = schema.SIDE_TABLES[schema.DIFFICULTIES][1]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], []),
        ([[None], ["Ghi chú gì đó"]], []),
        ([DIFFICULTY_HEADERS], []),
        ([["VƯỚNG MẮC"], DIFFICULTY_HEADERS, [None, None, "3.1.", "Thiếu người", None, "Chưa giải quyết"]],
         [("3.1.", "Thiếu người")]),
        ([DIFFICULTY_HEADERS, [None, None, None, "Thiếu người"],
          [None, None, 4.2, "Thiếu tiền", "Đã báo", ""]],
         [("", "Thiếu người"), ("4.2", "Thiếu tiền")]),
        ([DIFFICULTY_HEADERS, [None, "A", "3.1.", "Xong rồi", "Ừ", "đã  giải quyết"],
          [None, "B", "3.2.", "…", None, "Chưa giải quyết"]], []),
        ([["Tình trạng giải quyết", "Khó khăn, vướng mắc", "TT nhiệm vụ"],
          ["Đang giải quyết", "Mưa", "7.1."]],
         [("7.1.", "Mưa")]),
    ],
)  # fmt: skip
def test_difficulties_that_wait(rows: Sequence[Sequence[Cell]], found: list[tuple[str, str]]) -> None:
    """All but those settled, in whatever order the columns stand; blank ones are none."""
    sheet = RawSheet(schema.DIFFICULTIES, rows, range(1, len(rows) + 1))
    assert list(open_ones(sheet)) == found


def test_no_sheet_of_difficulties() -> None:
    assert open_ones(None) == ()
