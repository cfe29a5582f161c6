"""The sheet of findings as data: one line a group, each with its cell, what is wrong and what to do."""

from hypothesis import given
from hypothesis import strategies as st

from papi_xl import checklist
from papi_xl.findings import Finding, Severity
from papi_xl.live.marks import LONGEST_ADDRESS, addresses
from tests.tables import run

TABLE = """
@sheet Kế hoạch
3.1. | Họp phụ huynh | Biên bản | Trường MN | | Quý II/2021 | xog | | | |
3.2. | Hòm thư | Hòm thư | Trường MN | | Thường xuyên | Hoàn thành | 50% | | | Chờ kinh phí
"""


def laid_out(lang: str = "vi") -> checklist.Checklist:
    result = run(TABLE)
    facts = {"as_of": result.as_of, "tasks": 2}
    return checklist.build(result.findings, result.counts, facts, "Kế hoạch", lang)


def test_each_line_says_where_what_and_what_to_do() -> None:
    lines = [line.texts for line in laid_out().lines]
    assert lines[:3] == [
        ("Lỗi", "G2", 'Trạng thái "xog" không có trong danh mục.', 'Chọn "Hoàn thành" (gần giống nhất).'),
        (
            "Lỗi", "H3", 'Tỷ lệ 50% trái với trạng thái "Hoàn thành".',
            'Gõ "100%" hoặc chọn trạng thái khác.',
        ),
        (
            "Cảnh báo", "–", "Chưa có nhiệm vụ nào cho lĩnh vực 1, 2, 4, 5, 6, 7, 8.",
            "Bổ sung nhiệm vụ cho các lĩnh vực này.",
        ),
    ]  # fmt: skip
    assert lines[3][:2] == ("Đã giải trình", "I3")
    assert len(lines) == 4


def test_lines_know_their_cells_and_marks_the_worst() -> None:
    shown = laid_out()
    assert [line.place for line in shown.lines] == [
        ("Kế hoạch", 2, 7), ("Kế hoạch", 3, 8), None, ("Kế hoạch", 3, 9),
    ]  # fmt: skip
    assert shown.marks == {("Kế hoạch", 2, 7): "errors", ("Kế hoạch", 3, 8): "errors"}
    assert shown.subtitle == (
        "Tính đến 30/06/2021 · 2 nhiệm vụ. Kết quả: 2 lỗi, 1 cảnh báo, 0 gợi ý, 1 đã giải trình."
    )


def test_the_sheet_speaks_english_too() -> None:
    shown = laid_out("en")
    assert shown.headers == ("No.", "Severity", "Cell", "Finding", "What to do")
    assert shown.lines[0].texts == (
        "Error", "G2", 'The status "xog" is not in the list.', 'Choose "Hoàn thành" (the nearest).',
    )  # fmt: skip


def test_many_of_a_kind_are_one_line_but_each_is_marked() -> None:
    findings = tuple(Finding("lead-missing", Severity.ERROR, "Nhiệm vụ", row, 4) for row in (5, 6, 9, 12))
    shown = checklist.build(findings, {}, {}, "Nhiệm vụ", "vi")
    assert [line.texts[1:3] for line in shown.lines] == [
        ("D5", "Thiếu đơn vị chủ trì. (và 3 ô khác, dòng 5–12)"),
    ]
    assert set(shown.marks) == {("Nhiệm vụ", row, 4) for row in (5, 6, 9, 12)}


def test_a_cell_is_marked_by_the_worst_found_in_it() -> None:
    findings = (
        Finding("text-not-normalised", Severity.INFO, "B", 5, 4, fix="a"),
        Finding("lead-missing", Severity.ERROR, "B", 5, 4),
        Finding("overdue", Severity.WARNING, "B", 6, 6, justified=True, values={"days": 1, "due": ""}),
    )
    assert checklist.marks(findings) == {("B", 5, 4): "errors"}


@given(st.text(max_size=40), st.text(max_size=40), st.text(min_size=1, max_size=30))
def test_no_text_of_the_sheet_can_be_taken_for_a_formula(status: str, percent: str, sheet: str) -> None:
    """Whatever stands in the cells, or names the sheet, no text begins as a formula does."""
    findings = (
        Finding("status-unknown", Severity.ERROR, sheet, 2, 7, value=status, values={"advice": ""}),
        Finding("text-not-normalised", Severity.INFO, sheet, 2, 7, value=percent, fix=percent),
        Finding("unit-info-missing", Severity.ERROR, sheet, 4, 2, values={"label": status}),
    )
    for line in checklist.build(findings, {}, {}, "khác", "vi").lines:
        assert all(text[:1] not in {"=", "+", "-", "@", "'"} for text in line.texts)


@given(st.sets(st.tuples(st.integers(1, 2000), st.integers(1, 30)), max_size=300))
def test_addresses_name_every_cell_once_and_are_short_enough(cells: set[tuple[int, int]]) -> None:
    named: list[tuple[int, int]] = []
    for address in addresses(cells):
        assert len(address) <= LONGEST_ADDRESS
        for area in address.split(","):
            first, _, last = area.partition(":")
            top, bottom = (int("".join(filter(str.isdigit, corner))) for corner in (first, last or first))
            column = 0
            for letter in filter(str.isalpha, first):
                column = column * 26 + ord(letter) - 64
            named += [(row, column) for row in range(top, bottom + 1)]
    assert sorted(named) == sorted(cells)


def test_many_cells_below_one_another_are_one_area() -> None:
    assert list(addresses({*((row, 7) for row in range(5, 9)), (10, 7), (5, 1)})) == ["A5,G5:G8,G10"]


def test_an_address_has_one_colon_at_most() -> None:
    """On a Mac xlwings takes only the first cell of `A1:A4,C1:C4`."""
    cells = {(row, column) for row in range(1, 5) for column in (1, 3)} | {(1, 5), (2, 5), (3, 5)}
    assert list(addresses(cells)) == ["A1:A4", "C1:C4,E1,E2,E3"]
