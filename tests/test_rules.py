"""Rules where they meet: one cause one finding, silence of absent columns, places, justified warnings."""

from datetime import date

import pytest

from papi_xl import numbering
from papi_xl.raw import Area
from papi_xl.text import same_keys
from tests.tables import cell, found, run

PLAN = "TT | Nội dung | Sản phẩm | Chủ trì | Phối hợp | Thời gian"
TASK = "Thông báo | Văn bản | Trường MN | | Thường xuyên"


def only(table: str, *without: str, as_of: date | None = date(2021, 6, 30)) -> list[str]:
    """Return all findings but those of domains that a short table cannot have."""
    skipped = ("domain-missing", *without)
    return [one for one in found(table, as_of=as_of) if not one.startswith(skipped)]


def test_a_bare_plan_is_clean() -> None:
    """A table without progress columns is a task table; rules about those columns do not fire."""
    assert only(f"{PLAN}\n3.1. | {TASK}") == []


def test_a_row_with_a_number_only_is_one_finding() -> None:
    assert only("3.1. | | | | | | Chưa thực hiện") == ["task-missing B2"]
    assert only("3.1.") == ["task-missing B2"]


def test_an_error_value_is_one_finding() -> None:
    """A cell with an error value is neither missing nor unknown nor a duplicate."""
    table = (
        f"3.1. | {TASK} | !#REF!\n3.2. | !#N/A | Văn bản | !#NAME? | | !#VALUE! | Đang thực hiện | !#DIV/0!"
    )
    assert only(table) == [
        "formula-error G2", "formula-error B3", "formula-error D3", "formula-error F3", "formula-error H3",
    ]  # fmt: skip


def test_structure_speaks_alone_about_its_column() -> None:
    """A missing column is one finding; rules about it are silent, the others run."""
    assert only("TT | Nội dung | Sản phẩm | Thời gian\n3.1. | Thông báo | | sớm") == [
        "column-missing A1", "product-missing C2", "timing-unrecognised D2",
    ]  # fmt: skip


def test_an_unrecognised_timing_is_only_that() -> None:
    assert only("3.1. | Thông báo | Văn bản | MN | | Tháng 13/2021 | Đang thực hiện") == [
        "timing-unrecognised F2"
    ]


def test_a_number_that_is_no_text_is_only_that() -> None:
    """1.10 typed as a number is 1.1 and must not be called a duplicate or out of order too."""
    table = (
        f"1.1. | {TASK}\n1.9. | Họp | VB | MN | | Quý IV | Đang thực hiện\n#1.1 | Góp ý | VB | MN | | Quý IV"
    )
    assert only(table) == ["status-missing G2", "number-not-text A4", "status-missing G4"]


def test_a_date_for_a_number() -> None:
    table = f"2021-01-03 | {TASK} | Đang thực hiện"
    (finding,) = [one for one in run(table).findings if one.rule == "number-not-text"]
    assert (finding.cell, finding.value, finding.fix) == ("A2", "2021-01-03", "3.1.")


def test_an_unknown_domain_is_told_once() -> None:
    table = f"""
        {PLAN}
        9. | Chuyển đổi số
        9.1. | {TASK}
        1 | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
        12.1. | Hòm thư | Văn bản | Trường MN | | Thường xuyên
        12.2. | Góp ý | Văn bản | Trường MN | | Thường xuyên
        """
    assert found(table, "domain-unknown") == ["A2", "A5"]


def test_six_domains_before_2018() -> None:
    """The index had six domains until 2017."""
    table = f"Kế hoạch năm 2016\n{PLAN}\n3.1. | {TASK}"
    (finding,) = [one for one in run(table).findings if one.rule == "domain-missing"]
    assert finding.values["domains"] == "1, 2, 4, 5, 6"
    (finding,) = [one for one in run(table.replace("2016", "2021")).findings if one.rule == "domain-missing"]
    assert finding.values["domains"] == "1, 2, 4, 5, 6, 7, 8"


def test_the_first_of_a_duplicate_is_named() -> None:
    table = f"""
        1.1. | {TASK} | Đang thực hiện
        1.1. | Họp | VB | MN | | Quý IV | Đang thực hiện
        1.1 | Góp ý | VB | MN | | Quý IV | Xong | | a
        """
    duplicates = [one for one in run(table).findings if one.rule == "number-duplicate"]
    assert [(one.cell, one.values["first"]) for one in duplicates] == [("A3", 2), ("A4", 2)]


def test_tasks_are_compared_across_domains() -> None:
    table = f"1.1. | {TASK}\n5.1. | THÔNG BÁO. | VB | MN | | Quý IV"
    assert found(table, "task-duplicate") == ["B3"]


@pytest.mark.parametrize(
    ("rows", "fixes"),
    [
        ("3. | Trách nhiệm\n | Thông báo | VB | MN", ["3.1."]),
        ("3.1. | Họp | VB | MN\n | Thông báo | VB | MN\n | Góp ý | VB | MN", ["3.2.", "3.3."]),
        ("3.1. | Họp | VB | MN\n | Thông báo | VB | MN\n3.2. | Góp ý | VB | MN", [None]),
        ("3. | Trách nhiệm\n1 | Họp | VB | MN\n | Thông báo | VB | MN", ["2."]),
        (" | Thông báo | VB | MN", [None]),
    ],
)
def test_the_number_to_type(rows: str, fixes: list[str | None]) -> None:
    """A missing number follows the row above; where that is taken there is no safe one."""
    missing = [one for one in run(rows).findings if one.rule == "number-missing"]
    assert [one.fix for one in missing] == fixes


@pytest.mark.parametrize(
    ("row", "rule", "fix"),
    [
        ("3.1. | Họp | VB | MN | | Quý IV | xog", "status-unknown", "Hoàn thành"),
        ("3.1. | Họp | VB | MN | | Quý IV | Đang thưc hiện", "status-unknown", "Đang thực hiện"),
        ("3.1. | Họp | VB | MN | | Quý IV | 5/5 cuộc", "status-unknown", None),
        ("3.1. | Họp | VB | MN | | Quý IV | Đang thực hiện | khoảng 80%", "percent-invalid", "80%"),
        ("3.1. | Họp | VB | MN | | Quý IV | Đang thực hiện | 120%", "percent-invalid", None),
        ("#3.1 | Họp | VB | MN | | Quý IV | Đang thực hiện", "number-not-text", "3.1."),
        (
            "3.1. | Họp  phụ huynh | VB | MN | | Quý IV | Đang thực hiện",
            "text-not-normalised",
            "Họp phụ huynh",
        ),
        ("3.1. | Họp | VB | MN | | Quý III | Xong | 80% | x", "percent-contradicts-status", None),
    ],
)
def test_fixes(row: str, rule: str, fix: str | None) -> None:
    """A fix is given only where one value is safe."""
    (finding,) = [one for one in run(row).findings if one.rule == rule]
    assert finding.fix == fix


def test_a_justified_warning_is_not_counted() -> None:
    late = "3.1. | Họp | VB | MN | | 1/6/2021 | Đang thực hiện | | | | Chờ kinh phí"
    result = run(late)
    overdue = [one for one in result.findings if one.rule == "overdue"]
    assert [one.justified for one in overdue] == [True]
    assert result.counts == {"error": 0, "warning": 1, "info": 0, "justified": 1}
    wrong = "3.1. | Họp | VB | MN | | Quý IV | xog | | | | Chờ kinh phí"
    assert [one.justified for one in run(wrong).findings if one.rule == "status-unknown"] == [False]


def test_lead_among_partners_is_found_by_name_not_by_part() -> None:
    assert found(f"{PLAN}\n3.1. | Họp | VB | MN | MN Hoa Sen; Công đoàn | Quý IV", "lead-is-partner") == []
    assert found(f"{PLAN}\n3.1. | Họp | VB | Tổ 1, Tổ 2 | Công đoàn, tổ 2 | Quý IV", "lead-is-partner") == [
        "E2"
    ]


@pytest.mark.parametrize(
    ("plan_year", "timing", "cells"),
    [
        ("2021", "30/9/2022", ["F2"]), ("2021", "Tháng 12/2020", ["F2"]), ("2021", "2021 - 2025", []),
        ("2021", "Quý II", []), ("2021", "Kỳ 1 năm học 2021-2022", []), ("2022", "Quý II", []),
    ],
)  # fmt: skip
def test_due_outside_the_plan_year(plan_year: str, timing: str, cells: list[str]) -> None:
    info = f"@info unit=MN; recipient=UBND; year={plan_year}; period=Năm; as_of=1/1/2020"
    assert found(f"{info}\n3.1. | Họp | VB | MN | | {timing} | Đang thực hiện", "due-outside-plan") == cells


def test_a_year_that_nobody_named_is_not_held_against_a_date() -> None:
    assert found("3.1. | Họp | VB | MN | | 30/9/2030", "due-outside-plan") == []


def test_hidden_blocks() -> None:
    """One finding a block of hidden task rows, whatever is hidden between them."""
    rows = "\n".join(
        f"3.{number}. | Việc {number} | VB | MN | | Quý IV | Đang thực hiện" for number in range(1, 8)
    )
    assert found(f"@hide 2 4 5 8\n{rows}", "hidden-rows") == ["A2", "A4", "A8"]
    assert found(
        "@hide 3 4 5\n3.1. | Họp | VB | MN\n4. | Kiểm soát tham nhũng\n|\n4.1. | Góp ý | VB | MN",
        "hidden-rows",
    ) == ["A5"]
    assert found("@hide 1 9 L\n3.1. | Họp | VB | MN", "hidden-rows") == []


def test_merged_titles_and_headings_are_free() -> None:
    table = f"@merge A1:F1 A3:F3 A9:F9\nKế hoạch năm 2021\n{PLAN}\n3. Trách nhiệm\n3.1. | {TASK}"
    assert found(table, "merged-cells") == []


def test_text_not_normalised_names_every_cell() -> None:
    table = "«3.1. » | « Họp» | V\u0103n ba\u0309n | MN | | Quý\u00a0IV | Đang  thực hiện"
    assert found(table, "text-not-normalised") == ["A2", "B2", "C2", "F2", "G2"]
    assert found("3. | Trách  nhiệm\n3.1. | Họp | VB", "text-not-normalised") == ["B2"]
    assert found("3.1. | «Họp\\nphụ huynh» | VB | «  » | «\\u00a0»", "text-not-normalised") == []


def test_as_of_comes_from_the_option_then_the_template_then_today() -> None:
    row = "3.1. | Họp | VB | MN | | Quý IV/2021 | Đang thực hiện"
    info = "@info unit=MN; recipient=UBND; year=2021; period=Năm; as_of=31/1/2022"
    assert run(f"{info}\n{row}", as_of=date(2021, 6, 30)).as_of == date(2021, 6, 30)
    assert run(f"{info}\n{row}", as_of=None).as_of == date(2022, 1, 31)
    assert run(row, as_of=None).as_of == date(2026, 11, 23)


def test_a_report_carries_its_as_of_date() -> None:
    table = f"@meta kind=report; as_of=2021-06-30\n3.1. | {TASK}"
    assert run(table, as_of=None).as_of == date(2021, 6, 30)


def test_findings_stand_in_the_order_of_the_sheet() -> None:
    table = "3.1. | Họp | | | | sớm | xog\n3.2. | Góp ý | VB | MN | | Quý IV"
    assert only(table) == [
        "product-missing C2", "lead-missing D2", "timing-unrecognised F2", "status-unknown G2",
        "status-missing G3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "status",
    [
        "Không hoàn thành", "Ko hoàn thành", "K hoàn thành", "ko đạt", "Hoàn thành 50%", "Hoàn thành 1 phần",
        "Gần hoàn thành", "Sắp hoàn thành", "Đang hoàn thành", "Không thực hiện", "Không triển khai",
        "Cơ bản hoàn thành",
    ],
)  # fmt: skip
def test_no_fix_turns_a_status_into_another(status: str) -> None:
    """Only slips of letters and accents are mended; a word more or less may mean the opposite."""
    (finding,) = [
        one
        for one in run(f"3.1. | Họp | VB | MN | | Quý IV | {status}").findings
        if one.rule == "status-unknown"
    ]
    assert finding.fix is None


@pytest.mark.parametrize(
    ("numbers", "fixes"),
    [
        (["#1.1", "#1.2"], ["1.1.", "1.2."]),
        (["1.8.", "#1.9", "#1.1", "#1.11"], ["1.9.", "1.10.", "1.11."]),
        (["1.19.", "#1.2"], ["1.20."]),
        (["1.4.", "#1.1"], [None]),
        (["1.3.", "#1.7"], [None]),
        (["#1.25"], ["1.25."]),
    ],
)
def test_the_number_that_was_typed(numbers: list[str], fixes: list[str | None]) -> None:
    """1.1 after 1.9 was 1.10; where the row above does not tell, no fix is safe."""
    rows = "\n".join(f"{number} | Việc {index} | VB | MN" for index, number in enumerate(numbers))
    found = [one for one in run(rows).findings if one.rule == "number-not-text"]
    assert [one.fix for one in found] == fixes


@pytest.mark.parametrize(
    ("heading", "cell_value", "fix"),
    [
        ("1. | Tham gia", "2021-01-10", "1.10."),
        ("1. | Tham gia", "2021-10-01", "1.10."),
        ("", "2021-01-10", "1.10."),
        ("", "2021-01-03", "3.1."),
    ],
)
def test_a_date_is_read_as_its_heading_says(heading: str, cell_value: str, fix: str) -> None:
    """Excel takes 1.10 for 1 October or 10 January, by the office's language."""
    found = [
        one
        for one in run(f"{heading}\n{cell_value} | Họp | VB | MN").findings
        if one.rule in {"number-not-text", "number-out-of-order"}
    ]
    assert [one.fix for one in found] == [fix]


def test_a_date_has_the_number_of_its_domain_everywhere() -> None:
    """The number shown, and so sent, leads back to the domain that the task was counted in."""
    batch = run("1. | Tham gia\n2021-01-10 | Họp | VB | MN").batch
    assert batch is not None
    assert (batch.tasks["number"].tolist(), batch.tasks["domain"].tolist()) == (["1.10."], [1.0])


def test_a_separator_inside_a_cell_shifts_no_other() -> None:
    """Columns are read joined; a cell that holds the joining character must not move its neighbours."""
    assert same_keys(["a\x00b", "C d.", "c  D"]) == ["ab", "cd", "cd"]
    orders = numbering.orders(["1.1\x001.2", "abc", "2.1"])
    assert [numbering.levels_of(order) for order in orders] == [(), (), (2, 1)]


def test_an_error_in_a_heading_stands_at_its_cell() -> None:
    assert found("1. | !#REF!\n1.1. | Họp | VB | MN", "formula-error") == ["B2"]
    assert found("!#N/A | Quản trị môi trường\n7.1. | Họp | VB | MN", "formula-error") == ["A2"]
    assert found("3. | Trách nhiệm | | !#REF!\n3.1. | Họp | VB | MN", "formula-error") == ["D2"]


def test_a_repeated_number_is_not_out_of_order_too() -> None:
    rows = "1.1. | Họp | VB | MN\n1.2. | Góp ý | VB | MN\n1.1. | Công khai | VB | MN"
    assert found(rows, "number-duplicate") == ["A4"]
    assert found(rows, "number-out-of-order") == []


def test_an_unknown_domain_is_not_out_of_order_too() -> None:
    rows = "1. | Tham gia\n9.1. | Họp | VB | MN\n9.2. | Góp ý | VB | MN\n10.1. | Công khai | VB | MN"
    assert found(rows, "domain-unknown") == ["A3", "A5"]
    assert found(rows, "number-out-of-order") == []
    assert (
        found("9. | Khác\n9.1. | Họp | VB | MN\n1. | Tham gia\n1.1. | Góp ý | VB | MN", "number-out-of-order")
        == []
    )


def test_a_merged_but_empty_range_is_no_finding() -> None:
    assert found("@merge J2:K2\n3.1. | Họp | VB | MN", "merged-cells") == []


def test_the_as_of_date_of_a_template_is_its_cell_not_its_making() -> None:
    """`_papi` of a template says when it was made; only a report's counts."""
    table = """
        @meta kind=template; as_of=2021-06-30; year=2021
        @info unit=MN; recipient=UBND; period=Quý II
        3.1. | Họp | VB
        """
    result = run(table, as_of=None)
    assert result.as_of == date(2026, 11, 23)
    assert found(table, "unit-info-missing") == ["B6"]


def test_a_stray_row_is_told_but_no_task() -> None:
    """A row with neither task nor number changes no figures, and is not lost in silence either."""
    rows = "3.1. | Họp | VB | MN | | Quý IV | Xong | | x\n| | | | | | Xong\n| | | Nguyễn Thị A\nBảng 2"
    result = run(rows)
    assert found(rows, "task-missing") == ["B3", "B4", "B5"]
    assert result.figures()[1].tasks == 1


@pytest.mark.parametrize("number", ["3.a", "1.a)", "1-2", "1) a", "2 việc", "1.1.1.1", "2.0", "30/4"])
def test_a_malformed_number_makes_no_heading(number: str) -> None:
    rows = f"1. | Tham gia\n1.1. | Họp | VB | MN\n{number} | Ý nhỏ\n1.2. | Góp ý | VB | MN\n1 | Sổ | VB | MN"
    assert found(rows, "number-malformed") == ["A4"]
    batch = run(rows).batch
    assert batch is not None
    assert batch.tasks["domain"].tolist() == [1.0] * 4


def test_a_range_merged_across_is_one_finding() -> None:
    """What a merge covers is not missing as well."""
    rows = "@merge B2:C2\n3.1. | Họp | | MN | | Quý IV | Đang thực hiện"
    assert only(rows) == ["merged-cells B2"]


@pytest.mark.parametrize(
    "partners",
    [
        "GV, BGH.",
        "«- BGH\\n- Khu»",
        "+ BGH",
        "«1. BGH\\n2. GV»",
        "GV/BGH",
        "BGH (chính), GV",
        "BGH và GV",
        "GV - bgh",
    ],
)
def test_lists_of_partners(partners: str) -> None:
    assert found(f"3.1. | Họp | VB | BGH | {partners} | Quý IV", "lead-is-partner") == ["E2"]


def test_a_plan_without_a_status_is_not_overdue() -> None:
    """Nothing says what is done there, and there is no status to update."""
    assert found(f"{PLAN}\n3.1. | Họp | VB | MN | | 1/1/2021", "overdue") == []


def test_unusable_information_counts_as_missing() -> None:
    info = "@info unit=MN; recipient=UBND; year=abc; period=Quý II; as_of=1/1/2021"
    assert found(f"{info}\n3.1. | Họp | VB | MN", "unit-info-missing") == ["B6"]
    assert found("@meta kind=template\n3.1. | Họp | VB | MN", "unit-info-missing") == ["-"] * 4


def test_a_report_without_its_digest_is_altered() -> None:
    assert found("@meta kind=report; as_of=2021-06-30\n3.1. | Họp | VB | MN", "figures-altered") == ["-"]


def test_six_domains_by_the_as_of_year() -> None:
    """The plan year falls back on the as-of year, also for the number of domains."""
    rows = "\n".join(f"{number}.1. | Việc {number} | VB | MN" for number in range(1, 7))
    assert found(rows, "domain-missing", as_of=date(2016, 5, 5)) == []
    assert found(rows, "domain-missing", as_of=date(2021, 5, 5)) == ["-"]


def test_texts_that_are_none() -> None:
    """Half a character, as damaged files hold, is a text like others: found where it stands twice."""
    half = "a\ud800b"
    rows = f"3. | {half}\n3.1. | {half} | {half} | {half} | | {half}\n3.2. | {half} | VB | MN | | Quý II"
    assert found(rows, "task-duplicate") == ["B4"]
    assert found(rows, "domain-name-differs") == ["B2"]


def test_the_tables_of_these_tests() -> None:
    """What the text tables mean, so that the tests above say what they seem to say."""
    assert cell(" a ") == "a"
    assert cell("#3.1") == 3.1
    assert cell("2021-01-03") == date(2021, 1, 3)
    assert cell("") is None
    assert Area(1, 1, 1, 6) == Area(top=1, left=1, bottom=1, right=6)
