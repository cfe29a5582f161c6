"""The attached summary as data: letterhead, figures, sentences, annex, digest, file name."""

from collections.abc import Mapping
from datetime import date

import pytest

from papi_xl import schema, summary
from papi_xl.digest import digest, digest_of_frame
from papi_xl.labels import place_and_date, short_date
from papi_xl.text import MAX_CELL, clean
from tests.summaries import INFO, built
from tests.tables import AS_OF, run

TABLE = """
1.  | Tham gia của người dân ở cấp cơ sở
1.1. | Họp phụ huynh | Biên bản | BGH | | 30/6/2021 | Hoàn thành | 100% | Biên bản 01
3.  | Trách nhiệm giải trình với người dân
3.2. | Tiếp dân | Sổ | BGH | | Thường xuyên | Đang thực hiện
3.1. | Giải quyết đơn | Văn bản | BGH | | 31/5/2021 | Đang thực hiện | 80,5%
2.1. | Công khai | Thông báo | BGH | | 2/7/2021 | Chưa thực hiện
3.3. | Đối thoại | Biên bản | BGH | | 29/6/2021 | Tạm dừng
3.4. | Góp ý | Sổ | BGH | | Năm 2021 | xog
3.5. | Trả lời | Sổ | BGH | | Năm 2021 | Tạm dừng
"""


def sentences(table: str, lang: str = "vi") -> dict[str, str]:
    return {sentence.name: sentence.text for sentence in built(table, lang=lang).prospect.sentences}


def test_letterhead() -> None:
    """Agency and unit stand in capitals, the date with the zeros that the decree wants."""
    head = built(TABLE).letterhead
    assert (head.parent, head.unit) == ("PHÒNG GD&ĐT VĂN GIANG", "TRƯỜNG MẦM NON TÂN TIẾN")
    assert (head.nation, head.motto) == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    assert head.place_and_date == "Văn Giang, ngày 05 tháng 02 năm 2021"


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2021, 1, 9), "ngày 09 tháng 01 năm 2021", "09/01/2021"),
        (date(2021, 3, 10), "ngày 10 tháng 3 năm 2021", "10/3/2021"),
        (date(2021, 12, 31), "ngày 31 tháng 12 năm 2021", "31/12/2021"),
    ],
)
def test_leading_zeros(day: date, long: str, short: str) -> None:
    """Days under 10 and months 1 and 2 get a zero, nothing else."""
    assert place_and_date("Huế", day, "vi") == f"Huế, {long}"
    assert short_date(day, "vi") == short


def test_titles() -> None:
    report = built(TABLE)
    assert report.title == "TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ NÂNG CAO CHỈ SỐ PAPI NĂM 2021"
    assert report.subtitle == "Kỳ báo cáo: Năm 2021 – Tính đến ngày 30/6/2021"
    assert report.attached_to.startswith("(Kèm theo Kế hoạch số …")
    assert report.attached_to.endswith("của Trường Mầm non Tân Tiến)")
    assert report.warning is None


def test_warning_names_the_number_of_errors() -> None:
    assert "12 lỗi" in (built(TABLE, errors=12).warning or "")


def test_missing_fields_are_dots_to_fill_in() -> None:
    report = built(TABLE, info={})
    dots = "……………"
    assert (report.letterhead.parent, report.letterhead.unit) == (dots, dots)
    assert report.letterhead.place_and_date == f"{dots}, ngày 05 tháng 02 năm 2021"
    assert report.title == "TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ NÂNG CAO CHỈ SỐ PAPI"
    assert report.signature.recipients == (f"- {dots};", "- Lưu: VT.")
    assert report.meta["unit"] == ""


def test_figure_table() -> None:
    """Counts by reported status add up to the tasks; so do the done ones and those by due date."""
    figures = built(TABLE).figures
    headers = [header for group in figures.groups for header in group.headers]
    assert headers == [
        "TT", "Lĩnh vực", "Tổng số nhiệm vụ", "Hoàn thành", "Đang thực hiện", "Chưa thực hiện", "Tạm dừng",
        "Chưa báo cáo", "Tỷ lệ hoàn thành", "Tiến độ bình quân", "Thường xuyên", "Quá hạn", "Sắp đến hạn",
        "Chưa rõ hạn", "Chờ điều kiện", "Trong hạn",
    ]  # fmt: skip
    name = "Trách nhiệm giải trình với người dân"
    assert figures.rows[2][:9] == ("3", name, 5, 0, 2, 0, 2, 1, 0.0)
    assert figures.rows[2][9] == pytest.approx(0.161)
    assert figures.rows[2][10:] == (1, 2, 0, 0, 0, 2)
    assert figures.rows[7] == ("8", "Quản trị điện tử", 0, 0, 0, 0, 0, 0, None, None, 0, 0, 0, 0, 0, 0)
    assert figures.total[1:8] == ("Tổng cộng", 7, 1, 2, 1, 2, 1)
    assert figures.total[8] == pytest.approx(1 / 7)
    assert len(figures.rows) == 8


def test_chart_shows_completion_of_the_eight_domains() -> None:
    chart = built("| Việc không rõ lĩnh vực | Sổ | BGH | | Năm 2021 | Hoàn thành\n" + TABLE).chart
    assert chart.values == (1.0, 0.0, 0.0, None, None, None, None, None)
    assert chart.categories[5] == "Cung ứng dịch vụ công"
    assert chart.column == 8


def test_sentences_name_what_is_missing() -> None:
    """The urgent tasks come first, each with what it needs and how far it leads."""
    found = sentences(TABLE)
    assert found["1. Tham gia của người dân ở cấp cơ sở:"] == "Đã hoàn thành toàn bộ."
    assert found["3. Trách nhiệm giải trình với người dân:"] == (
        "Còn 5/5 nhiệm vụ chưa hoàn thành, mới đạt 0%: 3.1 (quá hạn 30 ngày) → 20%; 3.3 (quá hạn 1 ngày, "
        "đang tạm dừng, làm tiếp) → 40%; 3.4 (hạn 31/12/2021, cần ghi trạng thái) → 60%; 3.5 (hạn "
        "31/12/2021, đang tạm dừng, làm tiếp) → 80%; 3.2 (thường xuyên) → 100%."
    )
    assert found["8. Quản trị điện tử:"] == "Không có nhiệm vụ."


def test_sentences_in_english() -> None:
    found = sentences(TABLE, "en")
    assert found["3. Vertical Accountability Towards Citizens:"] == (
        "5 of 5 tasks not done, 0% so far: 3.1 (overdue by 30 days) → 20%; 3.3 (overdue by 1 day, paused, "
        "resume it) → 40%; 3.4 (due 31 December 2021, fill in the status) → 60%; 3.5 (due 31 December 2021, "
        "paused, resume it) → 80%; 3.2 (recurring) → 100%."
    )


def test_long_list_is_shortened_with_its_rest_counted() -> None:
    rows = [f"1.{n}. | Việc {n} | Sổ | BGH | | Thường xuyên | Đang thực hiện" for n in range(1, 61)]
    found = sentences("\n".join(rows))["1. Tham gia của người dân ở cấp cơ sở:"]
    assert found.startswith(
        "Còn 60/60 nhiệm vụ chưa hoàn thành, mới đạt 0%: 1.1 (thường xuyên) → 1,7%; 1.2 (thường xuyên) → "
    )
    assert found.endswith("; 1.11 (thường xuyên) → 18,3%; và 49 nhiệm vụ khác → 100%.")


def test_task_without_number_is_named_by_whole_words() -> None:
    """Its first words, never cut within one; its row where the first word alone is too long."""
    found = sentences(
        f"""
        7. | Quản trị môi trường
        | Tuyên truyền về bảo vệ môi trường, phòng chống thiên tai | Bài | BGH | | Hằng năm | Đang thực hiện
        | Trồng cây | Cây | BGH | | Thường xuyên | Đang thực hiện
        | {"x" * 50} | Cây | BGH | | Thường xuyên | Đang thực hiện
        """
    )
    assert found["7. Quản trị môi trường:"] == (
        "Còn 3/3 nhiệm vụ chưa hoàn thành, mới đạt 0%: “Tuyên truyền về bảo vệ môi trường, phòng…” (thường "
        "xuyên) → 33,3%; “Trồng cây” (thường xuyên) → 66,7%; dòng 5 (thường xuyên) → 100%."
    )


def test_tasks_of_unknown_domain_have_their_own_sentence_and_heading() -> None:
    """They come last, under a number that is no domain's, so that no other domain claims them."""
    table = "| Việc A | Sổ | BGH | | Năm 2021 | Tạm dừng\n" + TABLE
    report = built(table)
    assert report.prospect.sentences[-1].name == "Chưa rõ lĩnh vực:"
    assert report.prospect.sentences[-1].text == (
        "Còn 1/1 nhiệm vụ chưa hoàn thành, mới đạt 0%: “Việc A” (hạn 31/12/2021, đang tạm dừng, làm tiếp) "
        "→ 100%."
    )
    assert [row.cells[:2] for row in report.annex.rows[-2:]] == [("9.", "Chưa rõ lĩnh vực"), ("", "Việc A")]


def test_annex_groups_tasks_by_domain_in_source_order() -> None:
    rows = built(TABLE).annex.rows
    assert [row.cells[0] for row in rows] == [
        "1.", "1.1.", "2.", "2.1.", "3.", "3.2.", "3.1.", "3.3.", "3.4.", "3.5.",
    ]  # fmt: skip
    assert [row.heading for row in rows][:4] == [True, False, True, False]


def test_annex_cells() -> None:
    """The eleven columns, then the derived state (else the reported status) and the days late."""
    annex = built(TABLE).annex
    assert annex.headers == (*(column.header for column in schema.COLUMNS), "Đánh giá", "Số ngày quá hạn")
    by_number = {row.cells[0]: row.cells for row in annex.rows}
    assert by_number["3.1."] == (
        "3.1.", "Giải quyết đơn", "Văn bản", "BGH", "", "31/5/2021", "Đang thực hiện", 0.805, "", "", "",
        "Quá hạn", 30,
    )  # fmt: skip
    assert by_number["2.1."][7:] == ("", "", "", "", "Sắp đến hạn", None)
    assert by_number["3.4."][6:] == ("xog", "", "", "", "", "Chưa báo cáo", None)


def test_english() -> None:
    report = built(TABLE, lang="en", errors=1)
    assert report.letterhead.nation == "SOCIALIST REPUBLIC OF VIET NAM"
    assert report.letterhead.motto == "Independence - Freedom - Happiness"
    assert report.letterhead.place_and_date == "Văn Giang, 5 February 2021"
    assert report.annex.headers[:2] == ("No.", "Task")
    assert report.annex.headers[-2:] == ("State", "Days late")
    assert report.figures.rows[7][1] == "E-Governance"


def test_signature() -> None:
    signature = built(TABLE, info={**INFO, "preparer": "Lê Thị Bình"}).signature
    assert signature.recipients_title == "Nơi nhận:"
    assert signature.recipients == ("- Phòng GD&ĐT Văn Giang;", "- Lưu: VT.")
    assert (signature.preparer_title, signature.preparer) == ("NGƯỜI LẬP BIỂU", "Lê Thị Bình")
    assert (signature.on_behalf, signature.signer_title, signature.signer) == (
        "TM. BAN GIÁM HIỆU", "HIỆU TRƯỞNG", "Đỗ Thị An",
    )  # fmt: skip
    assert built(TABLE).signature.preparer_title == ""


def test_digest_is_sha256_of_compact_json() -> None:
    """The literal is `sha256sum` of [["1.1.","Họp “dân”","",…,"80%","","",""],["","Việc","",…]]."""
    rows: list[list[object]] = [
        ["1.1.", "Họp  “dân” ", "", "", "", "", "", "80%", "", "", ""],
        ["", "Việc", "", "", "", "", "", "", "", "", None],
    ]
    assert digest(rows) == "6a38ee4c463df139cba9f8f25848c9213b432f45981101318ec61175392bf04b"


def test_digest_of_frame_follows_the_annex_and_sees_every_change() -> None:
    """The order of the domains in the source does not matter, that within a domain and every text do."""
    digests = []
    for table in (
        "2.1. | A | x | y | | Năm 2021\n1.1. | B | x | y | | Năm 2021",
        "1.1. | B | x | y | | Năm 2021\n2.1. | A | x | y | | Năm 2021",
        "1.1. | B | x | y | | Năm 2021\n2.1. | A | x | y | | Năm 2022",
    ):
        batch = run(table).batch
        assert batch is not None
        digests.append(digest_of_frame(batch.tasks))
    assert digests[0] == digests[1] != digests[2]


def test_meta() -> None:
    meta = built(TABLE).meta
    assert tuple(meta) == schema.META_KEYS
    assert {key: meta[key] for key in schema.META_KEYS if key != "digest"} == {
        "kind": "report", "template_version": schema.TEMPLATE_VERSION, "unit": "Trường Mầm non Tân Tiến",
        "unit_code": "33-012", "year": "2021", "period": "Năm 2021", "as_of": "2021-06-30",
        "made_at": "2021-02-05",
    }  # fmt: skip
    batch = run(TABLE).batch
    assert batch is not None
    assert meta["digest"] == digest_of_frame(batch.tasks)


@pytest.mark.parametrize(
    ("info", "name"),
    [
        (INFO, "PAPI_Truong-Mam-non-Tan-Tien_Nam-2021_20210630.xlsx"),
        ({}, "PAPI_Don-vi_Ky-bao-cao_20210630.xlsx"),
        ({"unit": "***", "unit_code": "33/012", "period": "Quý II"}, "PAPI_33-012_Quy-II_20210630.xlsx"),
        ({"unit": "Đồng Đăng " * 12, "period": "x" * 40},
         f"PAPI_{'-'.join(['Dong-Dang'] * 5)}-Dong_{'x' * 25}_20210630.xlsx"),
    ],
)  # fmt: skip
def test_file_name(info: Mapping[str, object], name: str) -> None:
    assert summary.file_name(info, AS_OF) == name
    assert len(name) <= 100


def test_clean_keeps_what_a_cell_can_hold() -> None:
    """Control characters and lone surrogates go, and no text is longer than a cell in UTF-16 code units."""
    assert clean("a\x01\x1fb\ud800 \n c") == "ab\nc"
    assert len(clean("ă" * 40_000)) == MAX_CELL
    assert len(clean("😀" * 20_000)) == 16_383


def test_no_tasks_at_all() -> None:
    """An empty table gives eight empty domains and a total without percentages."""
    report = built("4. | Kiểm soát tham nhũng trong khu vực công")
    assert report.figures.total[2:10] == (0, 0, 0, 0, 0, 0, None, None)
    assert {sentence.text for sentence in report.prospect.sentences} == {"Không có nhiệm vụ."}
    assert [row.cells[0] for row in report.annex.rows] == ["1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."]
