"""The native formulas of the template, calculated by LibreOffice; every figure was worked out by hand."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from papi_xl.build import raw_workbook
from papi_xl.check import check
from papi_xl.raw import Cell
from papi_xl.template import sources
from papi_xl.template.filling import Filling
from papi_xl.template.workbook import write_template
from tests import office
from tests.figures import (
    EXAMPLE_SHARES,
    EXAMPLE_STATES_IN_JUNE,
    EXAMPLE_STATES_IN_OCTOBER,
    EXAMPLE_STATUSES,
    PLAN_TASKS,
)

Figures = dict[object, list[object]]

ROWS = range(7, 17)
# As of 30/6/2021, seven days ahead, in the plan year 2021: the state of a task in progress.
TIMINGS: Mapping[str, Sequence[Cell]] = {
    "recurring": [
        "Thường xuyên", "  thường   XUYÊN ", "Thường xuyên trong năm", "Hàng tuần", "Hằng\ntháng",
        "Hằng\u00a0năm", "Mỗi tháng", "Định kỳ", "Thường xuyên trong năm 2021",
        unicodedata.normalize("NFD", "Thường xuyên"), "Hằng quý",
    ],
    "overdue": [
        "29/6/2021", "Trước 30/6/2021", "Trước ngày 30/6/2021", date(2021, 6, 29), "Tháng 5", "5/2021",
        "Quý I",
        "quý 1/2021", "Trước Quý II/2021", "Trước tháng 6/2021", "Học kỳ II năm học 2020-2021",
        "Kỳ 2 năm học 2020 – 2021", "Học kỳ I năm học 2020-2021", "Năm 2020", "2019 - 2020",
        "3 tháng đầu năm",
        "Thường xuyên, báo cáo trước 30/6/2021", "ngày 29 tháng 6 năm 2021", "29-6-2021", "29.6.2021",
        "29/6/21",
        "Từ 1/5/2021 đến 29/6/2021", "6 tháng cuối năm 2020", "Quý IV năm 2020", "Học kỳ II", "29/6",
        unicodedata.normalize("NFD", "Trước 30/6/2021"), "15 tháng 6", "2021/06/15", "Hằng năm, trước 15/6",
    ],
    "due_soon": [
        "30/6/2021", "7/7/2021", "Trước 8/7/2021", date(2021, 6, 30), "Tháng 6/2021", "Tháng 6",
        "tháng 6 năm 2021",
        "Quý II/2021", "Quý II", "QUÝ ii năm 2021", "6 tháng đầu năm", "6 tháng đầu năm 2021",
        "Trước Quý III",
        "Trước tháng 7/2021", "Quý I, II/2021", "Thường xuyên, Quý II", "Thường xuyên trong tháng 6",
    ],
    "as_reported": [
        "8/7/2021", "Trước 9/7/2021", "Quý III", "Quý IV/2021", "Năm 2021", "2021", "6 tháng cuối năm",
        "9 tháng đầu năm", "Đến hết năm 2021", "2021 - 2025", "Kỳ 1 năm học 2021-2022", "Học kỳ I",
        "Cuối năm",
        "12/2021", "Năm học 2021-2022", "30/11", "Đến hết năm",
    ],
    "conditional": [
        "20 ngày sau khi có quyết định", "Chờ hướng dẫn của Phòng", "Ký ban hành (trong 10 ngày)",
        "Khi có yêu cầu",
    ],
    "due_unknown": [
        "Q2/2021", "Đợt 2/2021", "KH số 12/2021", "Theo Kế hoạch số 5/2021", "Khi nào rảnh",
        "Có hạn", "Có hạn cụ thể", "Theo kế hoạch", "sớm nhất có thể", "31/2/2021", "", "…",
    ],
}  # fmt: skip
# (status, percent) → progress
PROGRESS: Sequence[tuple[Cell, Cell, float]] = (
    ("Đang thực hiện", "80,5 %", 0.805), ("Đang thực hiện", "80.5%", 0.805), ("Đang thực hiện", 0.8, 0.8),
    ("Đang thực hiện", 80, 0.8), ("Đang thực hiện", "0,8", 0.8), ("Đang thực hiện", "80", 0.8),
    ("Đang thực hiện", 1, 1.0), ("Đang thực hiện", "1%", 0.01), (" hoàn  THÀNH ", None, 1.0),
    ("Xong", "", 1.0), ("Đã thực hiện", "-", 1.0), ("Chưa triển khai", None, 0.0), ("Tạm hoãn", 0.25, 0.25),
    ("Đang thực hiện", 150, 0.0), ("Đang thực hiện", -0.5, 0.0), ("Đang thực hiện", "khoảng nửa", 0.0),
    ("Đang thực hiện", "100%%", 0.0), ("Đang thực hiện", "5.5.5", 0.0),
    ("xog", "50%", 0.5), (None, None, 0.0), ("Đang thực hiện", "1/2", 0.0),
)  # fmt: skip


def odd_rows() -> Iterator[Mapping[str, Cell]]:
    """Yield rows as people type them, with what each must count as."""
    yield {"number": "I.", "task": "Tham gia của người dân ở cấp cơ sở"}
    for status, percent, _ in PROGRESS:
        yield task("1.1.", "Thường xuyên", status, percent)
    yield {"number": "2", "task": "Công khai"}
    for state, timings in TIMINGS.items():
        for timing in timings:
            yield task("2.1", timing, "Đang thực hiện") | {"note": state}
    yield {"task": "Trách nhiệm giải trình với người dân"}
    yield task(1, "Thường xuyên", "Xong")  # a number that restarts under its heading
    yield task(None, "Thường xuyên", "Xong")
    yield {"task": "Chỉ có nội dung"}
    yield task(4.1, "Thường xuyên", "Xong")  # a number kept as a number, under another domain
    yield task("IV.2.", "Thường xuyên", "Xong")
    yield task(date(2021, 10, 5), "Thường xuyên", "Xong")  # 5.10, which Excel took for a date
    yield {"number": "(1)", "task": "(2)", "product": "(3)", "lead": "(4)"}
    yield {"number": "TT", "task": "Nội dung nhiệm vụ", "product": "Sản phẩm", "lead": "Đơn vị chủ trì"}
    yield {"number": " ", "task": "…", "evidence": "-"}
    yield {"note": "chỉ là ghi chú"}
    yield {"status": "Xong"}
    yield {"lead": "Nguyễn Thị A"}
    yield {"number": "Bảng 2"}
    yield {"number": "3.a", "task": "Ý nhỏ"}
    yield {"task": "Ghi chú: số liệu tạm tính"}
    yield {"task": "Tổng cộng", "percent": "50%"}
    yield {"number": "Grand total", "percent": "50%"}
    yield {"task": "Note: tạm tính"}
    yield {"task": "(*) Nhiệm vụ trọng tâm"}
    yield {"task": "E-Governance"}
    yield task(None, "Thường xuyên", "Xong")
    yield {"number": "9.", "task": "Lĩnh vực mới"}
    yield task("9.1.", "Thường xuyên", "Xong")
    yield task("6.1.2.", "Thường xuyên", "Xong")  # the number counts, not the place
    yield {"task": "CHỦ TỊCH"}
    yield task("8.1.", "Thường xuyên", "Xong")  # below the signature block nothing is read


def task(number: Cell, timing: Cell, status: Cell, percent: Cell = None) -> dict[str, Cell]:
    fixed = {"task": "Nhiệm vụ", "product": "Văn bản", "lead": "Trường MN"}
    return {"number": number, **fixed, "timing": timing, "status": status, "percent": percent}


def odd_filling() -> Filling:
    rows = list(odd_rows())
    far: list[dict[str, Cell]] = [{}] * (400 - len(rows))
    info = {"unit": "Trường MN", "year": "2021", "as_of": "30/6/2021"}
    return Filling(info=info, tasks=(*rows, *far, task("1.9.", "Thường xuyên", "Xong")))


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Workbook]:
    """Return the workbooks as LibreOffice calculates them."""
    folder = tmp_path_factory.mktemp("recalculated")
    example = sources.example()
    october = replace(example, info={**example.info, "as_of": date(2021, 10, 15)})
    fillings = {"june": example, "october": october, "plan": sources.plan(), "odd": odd_filling()}
    for name, filling in fillings.items():
        write_template(folder / f"{name}.xlsx", filling)
    made = office.converted([folder / f"{name}.xlsx" for name in fillings], "xlsx", folder / "made")
    return {path.stem: openpyxl.load_workbook(path, data_only=True) for path in made}


def figures(book: Workbook, columns: str) -> Figures:
    """Return the cells of ``columns`` (such as ``C:H``) by number of the domain or label of the line."""
    first, last = columns.split(":")
    sheet = book["Tổng hợp"]
    lines = {sheet[f"A{row}"].value or sheet[f"B{row}"].value: row for row in ROWS}
    return {
        key: [cell.value for cell in sheet[f"{first}{row}:{last}{row}"][0]]
        for key, row in lines.items()
        if key
    }


def shares(book: Workbook) -> Figures:
    return {
        key: [pytest.approx(value, abs=1e-9) for value in line] for key, line in figures(book, "I:J").items()
    }


def read_rows(book: Workbook, name: str) -> list[object]:
    """Return a column of the hidden part of `Tổng hợp` by its defined name; index 0 is row 1."""
    address = book.defined_names[name].attr_text.partition("!")[2].replace("$", "")
    return [cell.value for (cell,) in book["Tổng hợp"][address]]


@pytest.mark.parametrize("name", ["june", "october"])
def test_statuses_and_shares_of_the_example(recalculated: Mapping[str, Workbook], name: str) -> None:
    assert figures(recalculated[name], "C:H") == EXAMPLE_STATUSES
    assert shares(recalculated[name]) == EXAMPLE_SHARES


def test_states_of_the_example_in_june(recalculated: Mapping[str, Workbook]) -> None:
    assert figures(recalculated["june"], "K:P") == EXAMPLE_STATES_IN_JUNE


def test_states_of_the_example_in_october(recalculated: Mapping[str, Workbook]) -> None:
    assert figures(recalculated["october"], "K:P") == EXAMPLE_STATES_IN_OCTOBER


def test_the_plan_is_recurring_and_not_begun(recalculated: Mapping[str, Workbook]) -> None:
    book = recalculated["plan"]
    assert figures(book, "C:H") == {key: [tasks, 0, 0, tasks, 0, 0] for key, tasks in PLAN_TASKS.items()}
    assert figures(book, "I:J") == {key: [0, 0] for key in PLAN_TASKS}
    assert figures(book, "K:P") == {key: [tasks, 0, 0, 0, 0, 0] for key, tasks in PLAN_TASKS.items()}


def test_titles_follow_the_information_sheet(recalculated: Mapping[str, Workbook]) -> None:
    book = recalculated["october"]
    assert book["Nhiệm vụ"]["A1"].value == "BIỂU TỔNG HỢP NHIỆM VỤ NÂNG CAO CHỈ SỐ PAPI NĂM 2021"
    assert book["Tổng hợp"]["A2"].value == "Trường Mầm non Tân Tiến – Kỳ báo cáo: 6 tháng đầu năm 2021"
    assert book["Tổng hợp"]["C3"].value.date() == date(2021, 10, 15)


def test_nothing_warns_while_all_tasks_are_read(recalculated: Mapping[str, Workbook]) -> None:
    assert not recalculated["june"]["Tổng hợp"]["A4"].value


def test_tasks_beyond_the_rows_that_are_read_are_warned_about(recalculated: Mapping[str, Workbook]) -> None:
    assert "từ dòng 405 trở xuống" in recalculated["odd"]["Tổng hợp"]["A4"].value


def test_an_as_of_date_typed_as_text_is_understood(recalculated: Mapping[str, Workbook]) -> None:
    assert recalculated["odd"]["Tổng hợp"]["C3"].value.date() == date(2021, 6, 30)


def test_timings_as_people_write_them(recalculated: Mapping[str, Workbook]) -> None:
    states = read_rows(recalculated["odd"], "th_DanhGia")
    rows = list(enumerate(odd_rows(), start=4))
    found = {row["timing"]: states[at] for at, row in rows if row.get("number") == "2.1"}
    assert found == {timing: state for state, timings in TIMINGS.items() for timing in timings}


def test_percents_as_people_write_them(recalculated: Mapping[str, Workbook]) -> None:
    line = figures(recalculated["odd"], "C:J")[1]
    assert line[:6] == [21, 3, 14, 1, 1, 2]
    assert line[6] == pytest.approx(3 / 21)
    assert line[7] == pytest.approx(sum(progress for *_, progress in PROGRESS) / 21)


def test_rows_as_people_write_them(recalculated: Mapping[str, Workbook]) -> None:
    lines = figures(recalculated["odd"], "C:H")
    assert lines[3] == [4, 2, 0, 0, 0, 2]
    assert lines[4] == [2, 2, 0, 0, 0, 0]
    assert lines[5] == [1, 1, 0, 0, 0, 0]
    assert lines[6] == [1, 1, 0, 0, 0, 0]
    assert lines[7] == [0, 0, 0, 0, 0, 0]
    assert lines[8] == [1, 1, 0, 0, 0, 0]
    assert lines["Chưa rõ lĩnh vực"] == [1, 1, 0, 0, 0, 0]


def test_a_domain_without_tasks_shows_a_dash(recalculated: Mapping[str, Workbook]) -> None:
    assert figures(recalculated["odd"], "I:J")[7] == ["–", "–"]


def in_python(filling: Filling) -> Mapping[object, list[object]]:
    """Return the figures that Python gives, in the order of the sheet's columns."""
    result = check(raw_workbook(filling), as_of=None, today=date(2021, 6, 30))
    lines, total = result.figures()
    named = {line.domain or "Chưa rõ lĩnh vực": line for line in lines} | {"Tổng cộng": total}
    return {
        key: [
            line.tasks, line.done, line.in_progress, line.not_started, line.paused, line.unreported,
            line.recurring, line.overdue, line.due_soon, line.due_unknown, line.conditional, line.as_reported,
        ]
        for key, line in named.items()
    }  # fmt: skip


def test_python_counts_the_same(recalculated: Mapping[str, Workbook]) -> None:
    """All the odd rows above count in Python as they do in the formulas, domain by domain."""
    book, filling = recalculated["odd"], odd_filling()
    statuses, states = figures(book, "C:H"), figures(book, "K:P")
    read = replace(filling, tasks=filling.tasks[: filling.tasks.index({})])
    assert in_python(read) == {key: [*statuses[key], *states[key]] for key in statuses}
