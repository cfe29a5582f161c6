"""What was said in the last report: kept as rows, read back whatever they hold, compared task by task."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papi_xl.check import check
from papi_xl.completion import Figures
from papi_xl.raw import Cell
from papi_xl.read import read_workbook
from papi_xl.sent import MOST_TASKS, Sent, SentTask, changes, earlier, from_rows, keep, snapshot, to_rows
from papi_xl.template import sources
from tests.tables import run

MADE = date(2021, 7, 2)
JUNE, SEPTEMBER = date(2021, 6, 30), date(2021, 9, 30)
JUNE_TABLE = """
    @info unit=Trường Mầm non A; period=Quý II/2021
    3.  | Trách nhiệm giải trình với người dân
    3.1.| Họp dân      | Biên bản | MN | | Quý I/2021       | Hoàn thành     | 100%
    3.2.| Trả lời đơn  | Văn bản  | MN | | 15/6/2021        | Đang thực hiện | 40%
    3.3.| Tiếp dân     | Sổ       | MN | | Thường xuyên     | Đang thực hiện | 0,5
    3.4.| Tập huấn     | Ảnh      | MN | | Quý III/2021     | Chưa thực hiện |
    4.  | Kiểm soát tham nhũng trong khu vực công
    4.1.| Công khai    | Bảng     | MN | | Trước 1/6/2021   | Chưa thực hiện |
        | Kê khai      | Bản kê   | MN | | Quý III/2021     | Đang thực hiện | 0,2
"""
SEPTEMBER_TABLE = """
    @info unit=Trường Mầm non A; period=Quý III/2021
    3.  | Trách nhiệm giải trình với người dân
    3.1.| Họp dân      | Biên bản | MN | | Quý I/2021       | Đang thực hiện | 90%
    3.2.| Trả lời đơn  | Văn bản  | MN | | 15/6/2021        | Hoàn thành     | 100%
    3.4.| Tập huấn     | Ảnh      | MN | | Quý III/2021     | Đang thực hiện |
    4.  | Kiểm soát tham nhũng trong khu vực công
    4.1.| Công khai    | Bảng     | MN | | Quý IV/2021      | Chưa thực hiện |
        | Kê khai      | Bản kê   | MN | | 31/8/2021        | Đang thực hiện | 0,2
    8.  | Quản trị điện tử
    8.1.| Trang tin    | Bài viết | MN | | Quý IV/2021      | Chưa thực hiện |
"""


def sent(table: str, as_of: date) -> Sent:
    return snapshot(run(table, as_of), MADE)


def test_a_snapshot_says_what_the_report_says() -> None:
    """States and progress of every task, in the order of the annex; figures of the domains that have any."""
    one = sent(JUNE_TABLE, JUNE)
    assert (one.as_of, one.period, one.made) == (JUNE, "Quý II/2021", MADE)
    assert one.tasks == (
        SentTask("3.1.", "Họp dân", 3, "done", "done", 1.0),
        SentTask("3.2.", "Trả lời đơn", 3, "in_progress", "overdue", 0.4),
        SentTask("3.3.", "Tiếp dân", 3, "in_progress", "recurring", 0.5),
        SentTask("3.4.", "Tập huấn", 3, "not_started", "as_reported", 0.0),
        SentTask("4.1.", "Công khai", 4, "not_started", "overdue", 0.0),
        SentTask("", "Kê khai", 4, "in_progress", "as_reported", 0.2),
    )
    assert one.lines == (
        Figures(3, 4, done=1, completion=0.25, progress=0.475),
        Figures(4, 2, done=0, completion=0.0, progress=0.1),
    )
    assert (one.total.tasks, one.total.done, one.total.completion) == (6, 1, 1 / 6)
    assert one.is_whole


def test_changes() -> None:
    """Each task that changed stands in one list; the domains are those whose completion changed."""
    found = changes(sent(JUNE_TABLE, JUNE), sent(SEPTEMBER_TABLE, SEPTEMBER))
    lists = {
        kind: [task.text for task in getattr(found, kind)]
        for kind in ("done", "undone", "overdue", "in_time", "begun", "new", "dropped")
    }
    assert lists == {
        "done": ["Trả lời đơn"], "undone": ["Họp dân"], "overdue": ["Kê khai"], "in_time": ["Công khai"],
        "begun": ["Tập huấn"], "new": ["Trang tin"], "dropped": ["Tiếp dân"],
    }  # fmt: skip
    shares = [(old.domain or new.domain, old.completion, new.completion) for old, new in found.lines]
    assert shares == [(3, 0.25, 1 / 3), (8, None, 0.0)]
    assert (found.before.total.completion, found.after.total.completion) == (1 / 6, 1 / 6)


def test_nothing_changed() -> None:
    one = sent(JUNE_TABLE, JUNE)
    found = changes(one, one)
    assert (found.done, found.overdue, found.new, found.dropped, found.lines) == ((), (), (), (), ())


def task(number: str, text: str, state: str = "as_reported") -> SentTask:
    status = "done" if state == "done" else "in_progress"
    return SentTask(number, text, 3, status, state, 0.0)


def report(*tasks: SentTask) -> Sent:
    done = sum(one.state == "done" for one in tasks)
    lines = (Figures(3, len(tasks), done=done, completion=done / len(tasks), progress=0.0),) if tasks else ()
    return Sent(JUNE, "", MADE, lines, tasks)


def test_a_renumbered_task_is_known_by_its_text() -> None:
    """A row put in above moves the numbers; only the new row is new."""
    before = report(task("3.1.", "Họp dân"), task("3.2.", "Trả lời đơn"))
    after = report(task("3.1.", "Tiếp dân"), task("3.2.", "Họp dân", "done"), task("3.3.", "Trả lời đơn"))
    found = changes(before, after)
    assert ([one.text for one in found.done], [one.text for one in found.new]) == (["Họp dân"], ["Tiếp dân"])
    assert found.dropped == ()


def test_a_reworded_task_is_known_by_its_number() -> None:
    """Numbers are the same with and without the last full stop."""
    found = changes(report(task("3.1.", "Họp dân")), report(task("3.1", "Họp dân tháng 6", "done")))
    assert [one.text for one in found.done] == ["Họp dân tháng 6"]
    assert found.new == found.dropped == ()


def test_another_task_under_the_same_number_is_another() -> None:
    """What was done is not told as undone because something else has its number now."""
    before = report(task("3.1.", "Họp dân", "done"), task("3.2.", ""))
    found = changes(before, report(task("3.1.", "Sửa sân trường"), task("3.2.", "Trả lời đơn", "done")))
    lists = [[one.text for one in kind] for kind in (found.undone, found.done, found.new, found.dropped)]
    assert lists == [[], ["Trả lời đơn"], ["Sửa sân trường"], ["Họp dân"]]


def test_tasks_without_number_or_text() -> None:
    """Two equal ones are two tasks; what has neither number nor text is told as gone and new."""
    before = report(task("", "Họp"), task("", "Họp"), task("", ""))
    found = changes(before, report(task("", "Họp", "done"), task("", "Họp", "overdue"), task("", "")))
    assert [len(one) for one in (found.done, found.overdue, found.new, found.dropped)] == [1, 1, 1, 1]


def test_the_report_before_counts_and_not_one_for_the_same_day() -> None:
    """Made again for the same day, a report is still compared with the one before, which stays kept."""
    june, september = sent(JUNE_TABLE, JUNE), sent(SEPTEMBER_TABLE, SEPTEMBER)
    assert earlier((), JUNE) is None
    assert earlier((june,), JUNE) is None
    assert keep((), june) == keep((june,), june) == (june,)
    assert keep((june,), september) == keep((june, september), september) == (june, september)
    assert earlier((june, september), SEPTEMBER) is june
    assert earlier((june, september), date(2021, 10, 1)) is september
    assert keep((june, september), june) == (june,)


def test_rows_come_back() -> None:
    both = (sent(JUNE_TABLE, JUNE), sent(SEPTEMBER_TABLE, SEPTEMBER))
    rows = to_rows(both)
    assert rows[:3] == [
        ["sent", "2021-06-30", "Quý II/2021", "2021-07-02", "", "", ""],
        ["domain", "3", "4", "1", "0.475", "", ""],
        ["domain", "4", "2", "0", "0.1", "", ""],
    ]
    assert rows[4] == ["task", "3.2.", "Trả lời đơn", "3", "in_progress", "overdue", "0.4"]
    assert from_rows(rows) == both


def test_the_bundled_example_comes_back() -> None:
    raw = read_workbook(sources.folder() / "papi_example.xlsx")
    one = snapshot(check(raw, as_of=None, today=MADE), MADE)
    assert (len(one.tasks), one.total.done, max(len(task.text) for task in one.tasks)) == (24, 5, 120)
    assert from_rows(to_rows([one])) == (one,)


@pytest.mark.parametrize(
    "row",
    [
        [], [None], ["sent"], ["sent", "hôm qua"],
        ["domain", "9", "1", "1", "1"], ["domain", "3", "1", "2", "1"], ["domain", "3", "0", "0", "0"],
        ["domain", "3", "một", "0", "0"], ["domain", "3", "1", "1", "nan"], ["domain", "3", "1" * 400],
        ["task", "3.9.", "Việc", "3", "xong", "done", "1"], ["task", "3.9.", "Việc", "3", "done", "x", "1"],
        ["task", "3.9.", "Việc", "12", "done", "done", "1"],
        ["task", "3.9.", "Việc", "3", "done", "done", "-1"],
        ["task", "3.9.", "Việc"], ["ghi chú", "của tôi"], [3.5, date(2021, 6, 30), True],
    ],
)  # fmt: skip
def test_nonsense_is_left_out(row: Sequence[Cell]) -> None:
    """A row that says nothing usable changes nothing, wherever it stands."""
    one = sent(JUNE_TABLE, JUNE)
    rows: list[Sequence[Cell]] = [*to_rows([one])]
    for place in (0, 1, 5, len(rows)):
        assert from_rows([*rows[:place], row, *rows[place:]]) == (one,)


CELLS = st.one_of(
    st.none(), st.text(max_size=20), st.floats(), st.booleans(), st.dates(),
    st.sampled_from(["sent", "domain", "task", "2021-06-30", "3", "1", "0.5", "done", "overdue", "3.1."]),
)  # fmt: skip


@pytest.mark.no_cover
@given(st.lists(st.lists(CELLS, max_size=9), max_size=12))
def test_any_cells_can_be_read(rows: list[list[Cell]]) -> None:
    """Whatever the sheet holds, it is read without a fault, and what was read comes back."""
    found = from_rows(rows)
    assert from_rows(to_rows(found)) == found
    for one in found:
        changes(one, one)


def test_cells_that_became_numbers_and_dates_are_understood() -> None:
    """Another program may have turned the texts into numbers and dates."""
    rows: list[list[Cell]] = [
        ["sent", date(2021, 6, 30), "Quý II", date(2021, 7, 2)],
        ["domain", 3.0, 1.0, 0.0, 0.5],
        ["task", 3.1, "Họp", 3.0, "paused", "as_reported", 0.5],
    ]
    (found,) = from_rows(rows)
    assert (found.as_of, found.made) == (JUNE, MADE)
    assert found.tasks == (SentTask("3.1", "Họp", 3, "paused", "as_reported", 0.5),)


def test_too_many_tasks_leave_the_figures() -> None:
    """Nothing is said then of single tasks, and completion is compared all the same."""
    table = "\n".join(
        f"3.{n}. | Việc {n} | VB | MN | | Năm 2021 | Hoàn thành" for n in range(1, MOST_TASKS + 2)
    )
    many = sent(table, JUNE)
    assert (many.tasks, many.total.tasks, many.is_whole) == ((), MOST_TASKS + 1, False)
    found = changes(many, sent(JUNE_TABLE, JUNE))
    assert (found.done, found.new, found.dropped) == ((), (), ())
    assert [line[0].domain for line in found.lines] == [3, 4]
