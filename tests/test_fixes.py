"""Safe fixes: what is changed to what, what is left alone, and that nothing new is found afterwards."""

from collections.abc import Collection
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papi_xl import fix_log, fixes
from papi_xl.check import Result, check
from papi_xl.checklist import Place
from papi_xl.fix_log import Entry, Old, Run
from papi_xl.fixes import FIXABLE, Change, Plan
from papi_xl.raw import Cell, RawWorkbook
from papi_xl.references import column_letters
from tests import tables
from tests.tables import AS_OF, TODAY

HEAD = "3. | Trách nhiệm giải trình với người dân"


def judge(workbook: RawWorkbook) -> Result:
    return check(workbook, as_of=AS_OF, today=TODAY)


def planned(workbook: RawWorkbook, only: Collection[str] = FIXABLE, formulas: Collection[str] = ()) -> Plan:
    places = [("Bảng", int(cell[1:]), ord(cell[0]) - 64) for cell in formulas]
    return fixes.plan(workbook, judge(workbook), judge, places, only)


def changes(table: str, only: Collection[str] = FIXABLE) -> list[tuple[str, object, object]]:
    """Return (cell, before, after) of each change."""
    plan = planned(tables.workbook(table), only)
    return [(f"{column_letters(one.column)}{one.row}", one.before, one.after) for one in plan.changes]


def test_a_missing_number_follows_the_one_above() -> None:
    table = f"""
        {HEAD}
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
        | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
    """
    assert changes(table) == [("A4", None, "3.2.")]
    assert planned(tables.workbook(table)).changes[0].number_format == "@"


def test_a_number_of_excel_becomes_text() -> None:
    table = f"""
        {HEAD}
        #3.1 | Thông báo | Văn bản | Trường MN | | Thường xuyên
        2021-02-03 | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
    """
    assert changes(table) == [("A3", 3.1, "3.1."), ("A4", date(2021, 2, 3), "3.2.")]


def test_a_near_status_becomes_the_official_one() -> None:
    table = f"""
        {HEAD}
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | Đang thưc hiện
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên | 5/5 cuộc
    """
    assert changes(table) == [("G3", "Đang thưc hiện", "Đang thực hiện")]
    left = planned(tables.workbook(table)).left
    assert [(one.finding.cell, one.reason) for one in left] == [("G4", "no-value")]


def test_a_percentage_among_words_becomes_a_number() -> None:
    table = f"""
        {HEAD}
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | Đang thực hiện | khoảng 80%
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên | Đang thực hiện | đạt 80,5%
    """
    assert changes(table) == [("H3", "khoảng 80%", 0.8), ("H4", "đạt 80,5%", 0.805)]
    assert [one.number_format for one in planned(tables.workbook(table)).changes] == ["0%", "0.0%"]


def test_untidy_text_is_tidied() -> None:
    table = f"""
        {HEAD}
        3.1. | Thông  báo | Văn bản | «Trường\\u00a0MN » | | Thường xuyên
    """
    assert changes(table) == [
        ("B3", "Thông  báo", "Thông báo"),
        ("D3", "Trường\u00a0MN ", "Trường MN"),
    ]


def test_one_change_serves_all_findings_of_a_cell() -> None:
    plan = planned(
        tables.workbook(f"""
        {HEAD}
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | «Đang  thưc hiện »
    """)
    )
    assert [(one.rules, one.after) for one in plan.changes] == [
        (("status-unknown", "text-not-normalised"), "Đang thực hiện")
    ]
    assert keys(plan.after) == {("domain-missing", None)}


def test_only_the_rules_asked_for() -> None:
    table = f"""
        {HEAD}
        3.1. | Thông  báo | Văn bản | Trường MN | | Thường xuyên | Đang thưc hiện
    """
    assert changes(table, ["text-not-normalised"]) == [("B3", "Thông  báo", "Thông báo")]
    assert changes(table, ["status-unknown"]) == [("G3", "Đang thưc hiện", "Đang thực hiện")]


def test_a_fix_that_would_bring_up_something_new_is_left() -> None:
    """Done without evidence would be a new finding, so what the clerk wrote stays."""
    plan = planned(
        tables.workbook(f"""
        {HEAD}
        3.1. | Thông  báo | Văn bản | Trường MN | | Thường xuyên | Hoàn thàh | |
    """)
    )
    assert [(one.column, one.after) for one in plan.changes] == [(2, "Thông báo")]
    (left,) = plan.left
    assert (left.finding.cell, left.reason, left.because and left.because.rule) == (
        "G3",
        "would-add",
        "evidence-missing",
    )
    assert fixes.why(left, "vi").startswith("sửa thì sẽ phát sinh: [Bảng!I3] Đã hoàn thành nhưng")


def test_formulas_are_left() -> None:
    workbook = tables.workbook(f"""
        {HEAD}
        3.1. | Thông  báo | Văn  bản | Trường MN | | Thường xuyên
    """)
    plan = planned(workbook, formulas=["B3"])
    assert [one.column for one in plan.changes] == [3]
    assert [(one.finding.cell, one.reason) for one in plan.left] == [("B3", "formula")]


def test_a_merged_value_is_changed_at_its_own_cell_only() -> None:
    assert changes(f"""
        @merge D3:D4
        {HEAD}
        3.1. | Thông báo | Văn bản | «Trường  MN» | | Thường xuyên
        3.2. | Họp phụ huynh | Văn bản | | | Thường xuyên
    """) == [("D3", "Trường  MN", "Trường MN")]


PIECES = st.sampled_from(
    ["", "3.1.", "3.2.", "3.1", "#3.1", "#3.2", "#1.1", "2021-01-03", "3.", "III.", "x", "3.a", "9.1."]
)
WORDS = st.sampled_from(["", "Thông báo", "Thông  báo", "«Họp »", "Trường MN", "Hiệu trưởng", "…", "Tổng số"])
STATUSES = st.sampled_from(
    [
        "",
        "Hoàn thành",
        "Hoàn thàh",
        "xog",
        "Đang thưc hiện",
        "Chưa  thực hiện",
        "chưa thực hiên",
        "5/5",
        "Đạt",
    ]
)
PERCENTS = st.sampled_from(
    ["", "#0.5", "#1", "#120", "khoảng 80%", "đạt 100%", "0 %", "«50% »", "-5", "còn 0%"]
)
TIMINGS = st.sampled_from(["", "Thường xuyên", "30/6/2021", "Quý  II/2021", "Có hạn", "abc", "1/2/2021"])
ROWS = st.tuples(PIECES, WORDS, WORDS, WORDS, WORDS, TIMINGS, STATUSES, PERCENTS, WORDS)


def keys(result: Result) -> set[tuple[str, str | None]]:
    return {(one.rule, one.cell) for one in result.findings}


@pytest.mark.no_cover
@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=7))
def test_fixing_never_adds_a_finding_nor_touches_an_unnamed_cell(rows: list[tuple[str, ...]]) -> None:
    workbook = tables.workbook("\n".join([HEAD, *(" | ".join(row) for row in rows)]))
    before = judge(workbook)
    plan = planned(workbook)
    fixed = fixes.changed(workbook, plan.changes)
    after = judge(fixed)
    assert keys(after) <= keys(before)
    assert keys(plan.after) == keys(after)
    named = {(one.row, one.column) for one in before.findings if one.rule in FIXABLE}
    old, new = workbook.sheets[0], fixed.sheets[0]
    for row in old.numbers:
        for column in range(1, 12):
            if (row, column) not in named:
                assert new.cell(row, column) == old.cell(row, column)
    again = planned(fixed)
    assert again.changes == ()


def entry(change: Change, old: Old, batch: int = 1) -> Entry:
    return Entry(batch, datetime(2026, 11, 23, 14, 30), change, old)


STATUS = entry(Change("Nhiệm vụ", 12, 7, ("status-unknown",), "xog ", "Hoàn thành"), Old("xog "))
NUMBER = entry(
    Change("Nhiệm vụ", 13, 1, ("number-not-text",), 1.1, "1.10.", "@"), Old(1.1, "General"), batch=2
)
PERCENT = entry(
    Change("Bảng '1'", 14, 8, ("percent-invalid",), "khoảng 80%", 0.8, "0%"), Old("khoảng 80%", "General"), 2
)
EMPTY = entry(Change("Nhiệm vụ", 15, 1, ("number-missing",), None, "3.2.", "@"), Old(None, "@"), batch=2)
LEGACY = entry(
    Change("Nhiệm vụ", 16, 2, ("text-legacy-font",), "Häp", "Họp", None, "Times New Roman"),
    Old("Häp", None, ".VnTime", (Run(2, ".VnTime"), Run(1, "Arial", '<rPr><rFont val="Arial"/></rPr>'))),
)
FRAGILE = entry(Change("Nhiệm vụ", 17, 2, ("text-not-normalised",), "a\r\nb", "a\nb"), Old("a\r\nb"))
ALL = (STATUS, NUMBER, PERCENT, EMPTY, LEGACY)


def test_the_log_says_what_was_done() -> None:
    rows = fix_log.rows(ALL, "vi")
    assert rows[0][0] == "NHẬT KÝ SỬA"
    assert rows[2][:7] == ["STT", "Lần", "Lúc", "Ô", "Việc đã sửa", "Trước", "Sau"]
    when = "23/11/2026 14:30"
    assert [row[:7] for row in rows[3:]] == [
        [1, 1, when, "Nhiệm vụ!G12", "Sửa trạng thái", "xog ", "Hoàn thành"],
        [2, 2, when, "Nhiệm vụ!A13", "Chuyển số thứ tự thành chữ", "1.1", "1.10."],
        [3, 2, when, "Bảng '1'!H14", "Sửa tỷ lệ", "khoảng 80%", "80%"],
        [4, 2, when, "Nhiệm vụ!A15", "Thêm số thứ tự", "(trống)", "3.2."],
        [5, 1, when, "Nhiệm vụ!B16", "Chuyển phông chữ cũ sang Unicode", "Häp", "Họp"],
    ]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_log_is_read_back(lang: str) -> None:
    rows = fix_log.rows((*ALL, FRAGILE), lang)
    rows[-1][fix_log.BEFORE_COLUMN - 1] = "a\nb"  # as LibreOffice keeps it
    known = fix_log.entries(rows)
    assert [(one.batch, one.made_at, one.change.place, one.change.after, one.old) for one in known] == [
        (one.batch, one.made_at, one.change.place, one.change.after, one.old) for one in (*ALL, FRAGILE)
    ]


LOOK = '<rPr><b/><rFont val="Arial"/></rPr>'


@pytest.mark.parametrize(
    ("pieces", "kept"),
    [(500, (Run(2, "Arial", LOOK),) * 500), (1_000, (Run(2, "Arial"),) * 1_000), (3_000, ())],
)
def test_a_line_holds_no_more_than_its_cells(pieces: int, kept: tuple[Run, ...]) -> None:
    """Excel takes 32,767 characters a cell: looks within a text go first, then the fonts."""
    change = Change("Nhiệm vụ", 16, 2, ("text-not-normalised",), "ab" * pieces, "x")
    runs = tuple(Run(2, "Arial", LOOK) for _ in range(pieces))
    rows = fix_log.rows((entry(change, Old("ab" * pieces, runs=runs)),), "vi")
    assert len(str(rows[3][7])) <= 32_767
    assert fix_log.entries(rows)[0].old == Old("ab" * pieces, runs=kept)


def test_a_long_text_with_line_ends_stands_in_its_own_cell_alone() -> None:
    text = "Nội dung\r\n" * 3_000
    change = Change("Nhiệm vụ", 16, 2, ("text-not-normalised",), text, "x")
    rows = fix_log.rows((entry(change, Old(text)),), "vi")
    assert len(str(rows[3][7])) <= 32_767
    assert fix_log.entries(rows)[0].old == Old(text)


@pytest.mark.parametrize(
    "machine",
    ["", "x", "[]", "null", "1e999", '{"v":1}', "[" * 5000,
     '{"v":1,"batch":1,"at":"2026-11-23T14:30:00","sheet":"A","cell":[0,1],"rules":["status-unknown"],"kind":"text"}',
     '{"v":1,"batch":1,"at":"2026-11-23","sheet":"A","cell":[1,1],"rules":["status-unknown"],"kind":"text","row":[1]}',
     '{"v":1,"batch":1,"at":"2026-11-23","sheet":"A","cell":[1,1],"rules":["status-unknown"],"kind":"text","row":[0,""]}',
     '{"v":1,"batch":1,"at":"2026-11-23","sheet":"\\u001b]0;x","cell":[1,1],"rules":["status-unknown"],"kind":"text"}',
     '{"v":1,"batch":1,"at":"x","sheet":"A","cell":[1,1],"rules":["status-unknown"],"kind":"text"}',
     '{"v":1,"batch":1,"at":"2026-11-23","sheet":"A","cell":[1,1],"rules":["overdue"],"kind":"text"}',
     '{"v":1,"batch":1,"at":"2026-11-23","sheet":"A","cell":[1,1],"rules":["status-unknown"],"kind":"number",'
     '"before":NaN}'],
)  # fmt: skip
def test_a_line_that_makes_no_sense_is_left_out(machine: str) -> None:
    rows = fix_log.rows((STATUS,), "vi")
    rows.append([2, 1, "", "", "", "a", "b", machine])
    rows.append([])
    assert [one.change.place for one in fix_log.entries(rows)] == [("Nhiệm vụ", 12, 7)]


def test_undo_takes_the_last_batch_where_the_fixed_value_still_stands() -> None:
    now: dict[Place, Cell] = {
        NUMBER.change.place: "1.10.",
        PERCENT.change.place: 0.9,
        EMPTY.change.place: "3.2.",
    }
    undo = fix_log.undo(ALL, now.__getitem__)
    assert undo.back == (NUMBER, EMPTY)
    assert undo.changed_since == (PERCENT,)
    assert undo.rest == (STATUS, LEGACY)
    assert fix_log.next_batch(ALL) == 3
    assert fix_log.next_batch(()) == 1


def test_a_change_knows_its_row_by_the_task() -> None:
    plan = planned(
        tables.workbook(f"""
        {HEAD}
        3.1. | Thông  báo | Văn bản | Trường MN | | Thường xuyên | Đang thưc hiện
    """)
    )
    assert [one.anchor for one in plan.changes] == [None, (2, "Thông báo")]


def test_undo_leaves_a_row_that_took_the_place_of_the_fixed_one() -> None:
    """After a row was put in above, another one holds the same status; it is not the one to put back."""
    fixed = entry(STATUS.change._replace(anchor=(2, "Thông báo")), STATUS.old)
    (known,) = fix_log.entries(fix_log.rows([fixed], "vi"))
    assert known.change.anchor == (2, "Thông báo")
    own, task = fixed.change.place, ("Nhiệm vụ", 12, 2)
    assert fix_log.undo([known], {own: "Hoàn thành", task: "Thông\u00a0báo "}.get).back == (known,)
    assert fix_log.undo([known], {own: "Hoàn thành", task: "Họp"}.get).changed_since == (known,)
    assert fix_log.undo([known], {own: "Hoàn thành"}.get).back == (known,)


def test_a_sheet_of_the_user_is_no_log() -> None:
    assert fix_log.is_free([])
    assert fix_log.is_free([[None, ""], [None]])
    assert fix_log.is_free(fix_log.rows((), "en"))
    assert not fix_log.is_free([["Sổ tay của tôi"]])
