"""States on the as-of date, and figures that add up whatever stands in the table."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papi_xl.completion import Figures
from papi_xl.parse import Batch
from papi_xl.vocabulary import State, Status
from tests.tables import run

settings.register_profile("untimed", deadline=None)  # times on shared machines say nothing
settings.load_profile("untimed")

STATUS_FIELDS = ("done", "in_progress", "not_started", "paused", "unreported")
STATE_FIELDS = (
    "done", "recurring", "overdue", "due_soon", "due_unknown", "conditional", "as_reported",
)  # fmt: skip


def batch_of(table: str, as_of: date = date(2021, 6, 30)) -> Batch:
    result = run(table, as_of)
    assert result.batch is not None
    return result.batch


@pytest.mark.parametrize(
    ("timing", "status", "state", "late"),
    [
        ("1/6/2021", "Hoàn thành", State.DONE, None),
        ("Thường xuyên", "Đã hoàn thành", State.DONE, None),
        ("Thường xuyên", "Đang thực hiện", State.RECURRING, None),
        ("Thường xuyên", "", State.RECURRING, None),
        ("Chờ hướng dẫn", "Chưa thực hiện", State.CONDITIONAL, None),
        ("Theo kế hoạch", "Chưa thực hiện", State.DUE_UNKNOWN, None),
        ("sớm", "Chưa thực hiện", State.DUE_UNKNOWN, None),
        ("", "Chưa thực hiện", State.DUE_UNKNOWN, None),
        ("29/6/2021", "Đang thực hiện", State.OVERDUE, 1),
        ("29/6/2021", "Tạm dừng", State.OVERDUE, 1),
        ("29/6/2021", "xog", State.OVERDUE, 1),
        ("31/5/2021", "", State.OVERDUE, 30),
        ("30/6/2021", "Đang thực hiện", State.DUE_SOON, None),
        ("7/7/2021", "Đang thực hiện", State.DUE_SOON, None),
        ("8/7/2021", "Đang thực hiện", State.AS_REPORTED, None),
        ("Thường xuyên, báo cáo 1/6/2021", "Đang thực hiện", State.OVERDUE, 29),
    ],
)
def test_state(timing: str, status: str, state: State, late: int | None) -> None:
    """First match wins; due today is not overdue, and everything not done can be."""
    tasks = batch_of(f"3.1. | Họp | VB | MN | | {timing} | {status}").tasks
    assert tasks["state"].tolist() == [state]
    assert [None if days != days else days for days in tasks["days_late"]] == [late]  # noqa: PLR0124 (NaN)


@pytest.mark.parametrize(
    ("status", "percent", "progress"),
    [
        ("Hoàn thành", "", 1.0),
        ("Đang thực hiện", "", 0.0),
        ("Đang thực hiện", "80", 0.8),
        ("Đang thực hiện", "120", 0.0),
        ("Hoàn thành", "80", 0.8),
        ("", "", 0.0),
    ],
)
def test_progress(status: str, percent: str, progress: float) -> None:
    """An empty percent means 100 when done, else 0."""
    tasks = batch_of(f"3.1. | Họp | VB | MN | | Quý IV | {status} | {percent}").tasks
    assert tasks["progress"].tolist() == [pytest.approx(progress)]


def test_figures_of_a_small_table_by_hand() -> None:
    """Two domains and a task of none, worked out by hand as of 30/6/2021."""
    table = """
        3.1. | Họp | VB | MN | | Thường xuyên | Hoàn thành | | x
        3.2. | Góp ý | VB | MN | | 1/6/2021 | Đang thực hiện | 50%
        3.3. | Giải trình | VB | MN | | 5/7/2021 | Đang thực hiện | 25%
        5.1. | Rà soát | VB | MN | | Quý IV | Chưa thực hiện
        9.1. | Chuyển đổi | VB | MN | | Chờ kinh phí | Tạm dừng
        """
    result = run(table)
    lines, total = result.figures()
    assert [line.domain for line in lines] == [1, 2, 3, 4, 5, 6, 7, 8, None]
    assert lines[0] == Figures(1)
    assert lines[2] == Figures(
        3, tasks=3, done=1, in_progress=2, overdue=1, due_soon=1, completion=1 / 3, progress=1.75 / 3
    )
    assert lines[4] == Figures(5, tasks=1, not_started=1, as_reported=1, completion=0.0, progress=0.0)
    assert lines[8] == Figures(None, tasks=1, paused=1, conditional=1, completion=0.0, progress=0.0)
    assert total == Figures(
        None, tasks=5, done=1, in_progress=2, not_started=1, paused=1, overdue=1, due_soon=1, conditional=1,
        as_reported=1, completion=0.2, progress=0.35,
    )  # fmt: skip


def test_no_domain_line_only_where_it_is_needed() -> None:
    lines, _ = run("3.1. | Họp | VB | MN").figures()
    assert [line.domain for line in lines] == [1, 2, 3, 4, 5, 6, 7, 8]


NUMBERS = st.one_of(
    st.tuples(st.integers(1, 9), st.integers(1, 12)).map(lambda pair: f"{pair[0]}.{pair[1]}."),
    st.sampled_from(["", "3.", "III.", "5", "x", "3.a", "#3.1", "0.1", "9.", "12.4"]),
)
TIMINGS = st.one_of(
    st.dates(date(2020, 12, 1), date(2022, 1, 31)).map(lambda day: f"{day.day}/{day.month}/{day.year}"),
    st.sampled_from(
        ["Thường xuyên", "Quý II", "Theo kế hoạch", "Chờ kinh phí", "sớm", "", "-", "!#REF!", "2021 - 2025"]
    ),
)
STATUSES = st.sampled_from(
    ["Hoàn thành", "xong", "Đang thực hiện", "Chưa thực hiện", "Tạm dừng", "xog", "", "!#N/A", "#1"]
)
PERCENTS = st.one_of(
    st.integers(-5, 130).map(str), st.sampled_from(["", "0,8", "80%", "#0.5", "tám", "!#DIV/0!", "100%"])
)
TEXTS = st.sampled_from(["Họp", "Góp ý", "", "Thông  báo", "TM. BGH", "Tổng cộng", "Quản trị môi trường"])
ROWS = st.lists(
    st.tuples(NUMBERS, TEXTS, TEXTS, TEXTS, TEXTS, TIMINGS, STATUSES, PERCENTS).map(" | ".join), max_size=12
)


@pytest.mark.no_cover
@given(rows=ROWS, days=st.integers(-400, 400))
def test_the_figures_add_up(rows: Sequence[str], days: int) -> None:
    """Counts by status and by state add up, per domain and in total; the total is over tasks."""
    as_of = date(2021, 6, 30) + timedelta(days=days)
    result = run("\n".join(rows) or "|", as_of)
    lines, total = result.figures()
    assert result.batch is not None
    assert total.tasks == len(result.batch.tasks)
    for line in (*lines, total):
        assert sum(getattr(line, name) for name in STATUS_FIELDS) == line.tasks
        assert sum(getattr(line, name) for name in STATE_FIELDS) == line.tasks
        assert line.completion == (line.done / line.tasks if line.tasks else None)
        assert (line.progress is None) == (line.tasks == 0)
        assert line.progress is None or 0 <= line.progress <= 1
    for name in ("tasks", *STATUS_FIELDS, *STATE_FIELDS):
        assert sum(getattr(line, name) for line in lines) == getattr(total, name)
    weighted = sum(line.progress * line.tasks for line in lines if line.progress is not None)
    assert total.progress is None or total.progress * total.tasks == pytest.approx(weighted)


@pytest.mark.no_cover
@given(rows=ROWS)
def test_time_only_makes_later(rows: Sequence[str]) -> None:
    """Whatever is overdue today is overdue tomorrow, a day more; done and recurring tasks stay so."""
    today = batch_of("\n".join(rows) or "|").tasks
    tomorrow = batch_of("\n".join(rows) or "|", date(2021, 7, 1)).tasks
    for state, then, late, later in zip(
        today["state"], tomorrow["state"], today["days_late"], tomorrow["days_late"], strict=True
    ):
        if state == State.OVERDUE:
            assert (then, later) == (State.OVERDUE, late + 1)
        if state in {State.DONE, State.RECURRING, State.CONDITIONAL, State.DUE_UNKNOWN}:
            assert then == state


@pytest.mark.no_cover
@given(rows=ROWS)
def test_every_finding_points_into_the_sheet(rows: Sequence[str]) -> None:
    """No rule raises, whatever stands in the cells, and each finding names a cell that exists."""
    table = "\n".join(rows) or "|"
    for finding in run(table).findings:
        assert finding.cell is None or (finding.row or 0) <= len(rows) + 2
        assert finding.column is None or 1 <= finding.column <= 11


def test_statuses_and_states_are_those_counted() -> None:
    assert set(STATUS_FIELDS) == {str(status) for status in Status}
    assert set(STATE_FIELDS) == {str(state) for state in State}
