"""What replies and reminders say, in each state that a unit's workbook can be in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest

from papi_xl.completion import Figures
from papi_xl.consolidated import Doubt, Line, Unit, UnitState
from papi_xl.findings import Finding, Severity
from papi_xl.mail import Attachment, Draft, eml_bytes
from papi_xl.received import Kind, Received, Source
from papi_xl.returns_letters import Occasion, Sender, reminder, reply
from tests.tables import run
from tests.test_mail import body, read

FILE = Attachment("33-012_Ket-qua_Quy-II-2021.xlsx", b"PK")
UNIT = Unit("33-012", "Trường Mầm non Tân Tiến", "mn.tantien@example.vn", date(2021, 7, 10))
IN_TIME, TOO_LATE = date(2021, 7, 6), date(2021, 7, 16)
COMMUNE = Sender("UBND xã Văn Giang", "ông Đỗ Văn An, 0221 393 1000")
RECEIVED = Received(
    source=Source("/nhan/bieu.xlsx", "bieu.xlsx", datetime(2021, 7, 5, 8, 30), 9_000),
    digest="0" * 64, kind=Kind.TEMPLATE, unit="MN Tân Tiến", unit_code="33-012",
    period="Quý II/2021", year=2021, as_of=date(2021, 6, 30), said_as_of=None, made=None,
    counts={"error": 0, "warning": 0, "info": 0, "justified": 0}, altered=False,
    lines=(), total=Figures(None, 8, done=5, overdue=1, completion=0.625, progress=0.7),
)  # fmt: skip
LINE = Line(UNIT, RECEIVED, "Quý II/2021", UnitState.OK)
TABLE = "\n".join(f"3.{n}. | Việc {n} | | | | Quý IV/2021 | " for n in range(1, 3))


def with_counts(line: Line, **counts: int) -> Line:
    return replace(line, received=replace(line.received, counts={**line.received.counts, **counts}))


def letter(line: Line, findings: Sequence[Finding] = (), today: date = IN_TIME, lang: str = "vi") -> Draft:
    return reply(line, findings, FILE, Occasion(lang, today, COMMUNE))


def test_without_errors() -> None:
    """Thanks, the figures, nothing to do; the workbook goes along."""
    draft = letter(LINE)
    assert draft.to == "mn.tantien@example.vn"
    assert draft.subject == "Kết quả kiểm tra báo cáo PAPI kỳ Quý II/2021 – Trường Mầm non Tân Tiến"
    assert draft.attachments == (FILE,)
    assert draft.body == (
        "Kính gửi: Trường Mầm non Tân Tiến\n"
        "\n"
        "UBND xã Văn Giang đã nhận tệp bieu.xlsx ngày 05/7/2021: báo cáo PAPI kỳ Quý II/2021 của đơn vị.\n"
        "Tính đến ngày 30/6/2021: 8 nhiệm vụ, hoàn thành 5 (đạt 62,5%), quá hạn 1.\n"
        "\n"
        "Báo cáo không có lỗi. Cảm ơn đơn vị; không cần làm gì thêm.\n"
        "\n"
        "Trân trọng./.\n"
        "UBND xã Văn Giang\n"
        "Liên hệ: ông Đỗ Văn An, 0221 393 1000\n"
    )


def test_a_share_is_rounded_as_in_the_sheets() -> None:
    """1 of 16 is 6.25 %, which spreadsheets show as 6.3 %."""
    total = Figures(None, 16, done=1, completion=1 / 16, progress=0.5)
    body_of = letter(replace(LINE, received=replace(RECEIVED, total=total))).body
    assert "16 nhiệm vụ, hoàn thành 1 (đạt 6,3%)" in body_of


def test_without_errors_in_english() -> None:
    draft = letter(LINE, lang="en")
    assert draft.subject == "PAPI report for Quý II/2021 checked – Trường Mầm non Tân Tiến"
    assert draft.body == (
        "To: Trường Mầm non Tân Tiến\n"
        "\n"
        "UBND xã Văn Giang received the file bieu.xlsx on 5 July 2021: your PAPI report for Quý II/2021.\n"
        "As of 30 June 2021: 8 task(s), 5 done (62.5%), 1 overdue.\n"
        "\n"
        "There are no errors. Thank you, nothing more needs to be done.\n"
        "\n"
        "Kind regards\n"
        "UBND xã Văn Giang\n"
        "Contact: ông Đỗ Văn An, 0221 393 1000\n"
    )


def test_warnings_only() -> None:
    text = letter(with_counts(LINE, warning=3)).body
    assert "Báo cáo không có lỗi, còn 3 cảnh báo nên xem lại. Cảm ơn đơn vị.\n" in text
    assert "Chi tiết ở trang “Kết quả kiểm tra” của tệp kèm theo" in text


def test_errors_are_named_with_their_cells() -> None:
    """Up to five, those of one kind in one column as one, and until when to send it again."""
    result = run(TABLE)
    line = with_counts(replace(LINE, state=UnitState.ERRORS), **result.counts)
    lines = letter(line, result.findings).body.split("\n")
    assert lines[5:12] == [
        "Báo cáo còn 6 lỗi:",
        "- [Bảng!C2] Thiếu sản phẩm. Nhập văn bản hoặc kết quả cụ thể của nhiệm vụ.",
        "- [Bảng!C3] Thiếu sản phẩm. Nhập văn bản hoặc kết quả cụ thể của nhiệm vụ.",
        "- [Bảng!D2] Thiếu đơn vị chủ trì. Nhập đơn vị hoặc người chịu trách nhiệm chính.",
        "- [Bảng!D3] Thiếu đơn vị chủ trì. Nhập đơn vị hoặc người chịu trách nhiệm chính.",
        '- [Bảng!G2] Thiếu trạng thái. Chọn "Hoàn thành", "Đang thực hiện", "Chưa thực hiện" '
        'hoặc "Tạm dừng".',
        "- … và các lỗi khác.",
    ]
    assert lines[12] == "Đề nghị đơn vị sửa trong tệp gốc của mình và gửi lại chậm nhất ngày 10/7/2021."


def test_many_errors_of_one_kind_are_one_line() -> None:
    result = run("\n".join(f"3.{n}. | Việc {n} | VB | | | Năm 2021 | Tạm dừng" for n in range(1, 9)))
    text = letter(with_counts(replace(LINE, state=UnitState.ERRORS), **result.counts), result.findings).body
    assert (
        "Báo cáo còn 8 lỗi:\n"
        "- [Bảng!D2] Thiếu đơn vị chủ trì. Nhập đơn vị hoặc người chịu trách nhiệm chính. "
        "(và 7 ô khác, dòng 2–9)\n"
        "Đề nghị"
    ) in text


def test_after_the_due_date_no_day_is_set() -> None:
    result = run(TABLE)
    late = with_counts(replace(LINE, state=UnitState.ERRORS, late=True), **result.counts)
    text = letter(late, result.findings, TOO_LATE).body
    assert "Báo cáo đến sau hạn gửi (ngày 10/7/2021). Đề nghị đơn vị gửi đúng hạn ở kỳ sau.\n" in text
    assert "gửi lại trong thời gian sớm nhất.\n" in text


def test_altered_asks_for_the_report_anew() -> None:
    """What was altered is said once, in words, and not also as an error with a cell."""
    finding = Finding("figures-altered", Severity.ERROR)
    line = with_counts(replace(LINE, state=UnitState.ALTERED), error=1)
    text = letter(line, [finding]).body
    assert (
        "Các dòng nhiệm vụ đã bị sửa sau khi lập báo cáo nên không còn khớp với báo cáo. "
        "Đề nghị đơn vị lập lại báo cáo và gửi lại chậm nhất ngày 10/7/2021.\n"
    ) in text
    assert "lỗi:" not in text
    assert "không có lỗi" not in text


def test_a_period_that_the_file_does_not_name() -> None:
    text = letter(replace(LINE, assumed=True)).body
    assert "báo cáo PAPI của đơn vị.\nTệp không ghi kỳ báo cáo nên được tính vào kỳ Quý II/2021." in text


def test_no_tasks_and_no_day_of_receipt() -> None:
    bare = replace(
        RECEIVED, source=Source("a", "a.xlsx", None, 1), total=Figures(None), as_of=date(2021, 2, 5)
    )
    text = reply(Line(Unit("33", ""), bare, "", UnitState.OK), (), FILE, Occasion("vi", IN_TIME)).body
    assert text.startswith("Kính gửi: 33\n\nChúng tôi đã nhận tệp a.xlsx: báo cáo PAPI của đơn vị.\n")
    assert "Tính đến ngày 05/02/2021: 0 nhiệm vụ, hoàn thành 0 (đạt –), quá hạn 0.\n" in text
    assert text.endswith("Trân trọng./.\n")


@pytest.mark.parametrize("state", [UnitState.SUPERSEDED, UnitState.UNIDENTIFIED])
def test_what_does_not_count_is_not_answered(state: UnitState) -> None:
    with pytest.raises(ValueError, match="counts"):
        letter(replace(LINE, state=state, doubt=Doubt.UNKNOWN))


def test_reminder() -> None:
    draft = reminder(UNIT, "Quý II/2021", Occasion("vi", TOO_LATE, COMMUNE))
    assert (draft.to, draft.attachments) == ("mn.tantien@example.vn", ())
    assert draft.subject == "Nhắc gửi báo cáo PAPI kỳ Quý II/2021 – Trường Mầm non Tân Tiến"
    assert draft.body == (
        "Kính gửi: Trường Mầm non Tân Tiến\n"
        "\n"
        "UBND xã Văn Giang chưa nhận được báo cáo PAPI kỳ Quý II/2021 của đơn vị, tính đến ngày 16/7/2021.\n"
        "Hạn gửi là ngày 10/7/2021, đã quá 6 ngày.\n"
        "Đề nghị đơn vị gửi tệp báo cáo trong thời gian sớm nhất.\n"
        "\n"
        "Nếu đã gửi, đề nghị đơn vị báo lại, vì tệp có thể chưa đến nơi hoặc không đọc được.\n"
        "\n"
        "Trân trọng./.\n"
        "UBND xã Văn Giang\n"
        "Liên hệ: ông Đỗ Văn An, 0221 393 1000\n"
    )


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2021, 7, 16), "ngày 16/7/2021.\nĐề nghị đơn vị gửi tệp báo cáo chậm nhất ngày 16/7/2021.\n"),
        (None, "ngày 16/7/2021.\nĐề nghị đơn vị gửi tệp báo cáo trong thời gian sớm nhất.\n"),
    ],
)  # fmt: skip
def test_reminder_on_the_due_day_and_without_one(due: date | None, said: str) -> None:
    assert said in reminder(replace(UNIT, due=due), "", Occasion("vi", TOO_LATE)).body


def test_received_text_stays_in_its_line_and_makes_no_link() -> None:
    """A name of a thousand characters, line ends, links and markup: plain words in one line each."""
    name = "Trường\r\nBcc: x@y.vn http://evil.vn " + "Mầm non " * 130
    result = run("3.1. | Họp | VB | MN | | Quý IV/2021 | https://evil.vn/?a=<b>")
    source = replace(RECEIVED.source, name="a\nb www.evil.vn.xlsx")
    line = replace(LINE, unit=replace(UNIT, name=name), state=UnitState.ERRORS)
    line = with_counts(replace(line, received=replace(RECEIVED, source=source)), **result.counts)
    draft = letter(line, result.findings)
    message, other = read(eml_bytes(draft))
    text = body(message)
    assert text == draft.body
    assert message["Subject"] == other.subject
    assert len(other.subject) < 140
    assert set(other.headers) == {"Content-Type", "MIME-Version", "X-Unsent", "To", "Subject"}
    assert text.startswith("Kính gửi: Trường Bcc: x@y.vn http: //evil.vn Mầm non Mầm non")
    assert "tệp a b www. evil.vn.xlsx ngày" in text
    assert '"https: //evil.vn/?a=<b>"' in text
    assert "://" not in text
