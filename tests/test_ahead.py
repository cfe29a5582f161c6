"""The order in which to do what is not done, how far each step leads, and what falls due next."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import pytest

from papi_xl import ahead
from papi_xl.check import Result, check
from papi_xl.prospect import of_domain
from papi_xl.read import read_workbook
from papi_xl.template import sources
from papi_xl.vocabulary import State
from tests.tables import TODAY, run, tasks_of

JUNE, OCTOBER = date(2021, 6, 30), date(2021, 10, 15)
TABLE = """
1.1. | Họp   | Sổ | BGH | | Thường xuyên       | Đang thực hiện
1.2. | Góp ý | Sổ | BGH | | Chờ hướng dẫn      | Chưa thực hiện
1.10. | Mười | Sổ | BGH | | Năm 2021           | Chưa thực hiện
1.3. | Hai   | Sổ | BGH | | Năm 2021           | Tạm dừng
1.4. | Hạn   | Sổ | BGH | | Theo kế hoạch      | Đang thực hiện
1.5. | Nay   | Sổ | BGH | | 30/6/2021          | Đang thực hiện
1.6. | Qua   | Sổ | BGH | | 29/6/2021          | Đang thực hiện
1.7. | Xa    | Sổ | BGH | | 1/4/2021           | Tạm dừng
1.8. | Xong  | Sổ | BGH | | 1/3/2021           | Hoàn thành
     | Không | Sổ | BGH | | Năm 2021           | Đang thực hiện
1.9. | Hè    | Sổ | BGH | | 15/8/2021          | Chưa thực hiện
"""


@cache
def example(as_of: date) -> Result:
    workbook = read_workbook(sources.folder() / "papi_example.xlsx")
    return check(workbook, as_of=as_of, today=TODAY)


def steps(result: Result, domain: int) -> list[tuple[str, int, int | None]]:
    """Return the number of each step's task, the tasks done after it, and the days it is late."""
    own = of_domain(tasks_of(result), domain)
    return [(step.task.number, step.done, step.task.days_late) for step in ahead.steps(own)]


def test_the_order() -> None:
    """Longest overdue, nearest due date, without a date, on a condition, recurring; 1.3 before 1.10."""
    tasks = ahead.in_order(tasks_of(run(TABLE)))
    assert tasks["task"].tolist() == [
        "Xa", "Qua", "Nay", "Hè", "Hai", "Mười", "Không", "Hạn", "Góp ý", "Họp",
    ]  # fmt: skip


def test_each_step_adds_one() -> None:
    """Of ten tasks with a number one is done."""
    found = steps(run(TABLE), 1)
    assert [number for number, _, _ in found] == [
        "1.7",
        "1.6",
        "1.5",
        "1.9",
        "1.3",
        "1.10",
        "1.4",
        "1.2",
        "1.1",
    ]
    assert [done for _, done, _ in found] == [2, 3, 4, 5, 6, 7, 8, 9, 10]


IN_JUNE: dict[int, Sequence[tuple[str, int, int | None]]] = {
    1: [("1.3", 2, None), ("1.1", 3, None)],
    2: [("2.3", 2, None), ("2.1", 3, None)],
    3: [("3.2", 1, None), ("3.1", 2, None)],
    4: [("4.2", 2, 15), ("4.5", 3, None), ("4.3", 4, None), ("4.1", 5, None)],
    5: [("5.2", 1, 61), ("5.3", 2, None)],
    6: [("6.1", 2, None), ("6.4", 3, None), ("6.3", 4, None), ("6.2", 5, None)],
    7: [("7.2", 2, None)],
    8: [("8.2", 1, 30), ("8.1", 2, None)],
}
IN_OCTOBER = {
    **IN_JUNE,
    1: [("1.3", 2, 107), ("1.1", 3, None)],
    2: [("2.3", 2, 107), ("2.1", 3, None)],
    3: [("3.2", 1, 16), ("3.1", 2, None)],
    4: [("4.2", 2, 122), ("4.5", 3, None), ("4.3", 4, None), ("4.1", 5, None)],
    5: [("5.2", 1, 168), ("5.3", 2, 15)],
    8: [("8.2", 1, 137), ("8.1", 2, None)],
}


@pytest.mark.parametrize("domain", range(1, 9))
def test_the_steps_of_the_example(domain: int) -> None:
    assert steps(example(JUNE), domain) == IN_JUNE[domain]
    assert steps(example(OCTOBER), domain) == IN_OCTOBER[domain]


@pytest.mark.parametrize(
    ("as_of", "until", "numbers"),
    [
        (JUNE, date(2021, 6, 30), ["1.3", "2.3"]),
        (JUNE, date(2021, 9, 29), ["1.3", "2.3", "3.2"]),
        (JUNE, date(2021, 12, 31), ["1.3", "2.3", "3.2", "5.3", "6.1", "6.4", "8.1"]),
        (OCTOBER, date(2021, 12, 30), []),
        (OCTOBER, date(2021, 12, 31), ["6.1", "6.4", "8.1"]),
        (OCTOBER, date(2025, 12, 31), ["6.1", "6.4", "8.1", "6.3"]),
    ],
)
def test_what_comes_is_due_by_the_last_day(as_of: date, until: date, numbers: list[str]) -> None:
    """Due today and due on the last day count, what is overdue already does not."""
    found = ahead.coming(tasks_of(example(as_of)), until)
    assert [task.number for task in ahead.each(found)] == numbers


@pytest.mark.parametrize("as_of", [JUNE, OCTOBER, date(2022, 1, 1), date(2026, 1, 1)])
@pytest.mark.parametrize("name", ["papi_example.xlsx", "papi_defects.xlsx", "papi_template.xlsx"])
def test_steps_and_figures_agree(name: str, as_of: date) -> None:
    """A domain has a step for each task that is not done; the last makes it whole; what comes is of them."""
    result = check(read_workbook(sources.folder() / name), as_of=as_of, today=TODAY)
    lines, total = result.figures()
    tasks = tasks_of(result)
    for line in lines:
        done = [step.done for step in ahead.steps(of_domain(tasks, line.domain))]
        assert done == list(range(line.done + 1, line.tasks + 1))
    assert len(ahead.in_order(tasks)) == total.tasks - total.done
    coming = list(ahead.each(ahead.coming(tasks, date(2100, 12, 31))))
    assert len(coming) == total.due_soon + total.as_reported
    assert {task.state for task in coming} <= {State.DUE_SOON, State.AS_REPORTED}


def test_without_any_status_nothing_is_known_of_what_is_done() -> None:
    plan = "TT | Nội dung | Sản phẩm | Chủ trì | Thời gian\n1.1. | Họp | Sổ | BGH | Quý IV"
    assert not ahead.is_reported(tasks_of(run(plan)))
    assert ahead.is_reported(tasks_of(run(TABLE)))
