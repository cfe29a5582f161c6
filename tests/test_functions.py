"""Worksheet functions: states and figures by hand, the commands' own results, Excel's kinds of values."""

import ast
import importlib.util
import io
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from xlwings import conversion

from papi_xl import functions, schema
from papi_xl.cli import main
from papi_xl.function_words import ARGUMENTS, DESCRIPTIONS
from papi_xl.functions import PAPI_CHECK_ROW, PAPI_COMPLETION, PAPI_DAYS_LATE, PAPI_PROGRESS, PAPI_STATE
from papi_xl.template import sources
from tests.figures import EXAMPLE_SHARES, TOTAL

EXAMPLE = sources.folder() / "papi_example.xlsx"
DEFECTS = sources.folder() / "papi_defects.xlsx"
README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
NAMES = ("PAPI_CHECK_ROW", "PAPI_COMPLETION", "PAPI_DAYS_LATE", "PAPI_PROGRESS", "PAPI_STATE")
JUNE = datetime(2021, 6, 30)
HEADERS = [column.header for column in schema.COLUMNS]
HEADER_ROW, ROWS = 4, slice(4, 36)
"""Where the template's tasks stand: the header in row 4, the example's eight domains in rows 5 to 36."""

EXAMPLE_STATES = (
    "", "Thường xuyên", "Hoàn thành", "Sắp đến hạn",
    "", "Thường xuyên", "Hoàn thành", "Sắp đến hạn",
    "", "Thường xuyên", "Chưa thực hiện",
    "", "Thường xuyên", "Quá hạn", "Chờ điều kiện", "Hoàn thành", "Chưa rõ hạn",
    "", "Quá hạn", "Đang thực hiện",
    "", "Đang thực hiện", "Thường xuyên", "Chưa thực hiện", "Chưa thực hiện", "Hoàn thành",
    "", "Hoàn thành", "Chưa rõ hạn",
    "", "Tạm dừng", "Quá hạn",
)  # fmt: skip
EXAMPLE_DAYS_LATE = {18: 15, 23: 61, 36: 30}

ROW_RULES = {
    "number-missing", "number-malformed", "number-not-text", "task-missing", "product-missing",
    "lead-missing", "timing-missing", "timing-unrecognised", "due-outside-plan", "lead-is-partner",
    "status-missing", "status-unknown", "percent-invalid", "percent-contradicts-status",
    "evidence-missing", "overdue", "due-unknown", "formula-error", "text-not-normalised",
}  # fmt: skip


def sheet_rows(path: Path) -> list[list[Any]]:
    """Return the cells of the sheet of tasks as another program reads them."""
    return [
        list(row)
        for row in openpyxl.load_workbook(path, data_only=True)[schema.TASKS].iter_rows(values_only=True)
    ]


def column(rows: list[list[Any]], key: str) -> list[list[Any]]:
    """Return a column of the example's rows as Excel hands it over."""
    return [[row[schema.KEYS.index(key)]] for row in rows[ROWS]]


@pytest.mark.parametrize(
    ("status", "due", "state", "late"),
    [
        ("Hoàn thành", "1/6/2021", "Hoàn thành", 0),
        ("xong", "Thường xuyên", "Hoàn thành", 0),
        ("Đang thực hiện", "Thường xuyên", "Thường xuyên", 0),
        (None, "Hằng tháng", "Thường xuyên", 0),
        ("Chưa thực hiện", "Chờ hướng dẫn", "Chờ điều kiện", 0),
        ("Chưa thực hiện", "Theo kế hoạch", "Chưa rõ hạn", 0),
        ("Chưa thực hiện", "sớm", "Chưa rõ hạn", 0),
        ("Chưa thực hiện", None, "Chưa rõ hạn", 0),
        ("Đang thực hiện", "29/6/2021", "Quá hạn", 1),
        ("Tạm dừng", datetime(2021, 6, 29), "Quá hạn", 1),
        ("xog", "31/5/2021", "Quá hạn", 30),
        ("Đang thực hiện", datetime(2021, 6, 30), "Sắp đến hạn", 0),
        ("Đang thực hiện", "30/6/2021", "Sắp đến hạn", 0),
        ("Đang thực hiện", "7/7/2021", "Sắp đến hạn", 0),
        ("Tạm hoãn", "8/7/2021", "Tạm dừng", 0),
        ("đang triển khai", "8/7/2021", "Đang thực hiện", 0),
        ("Chưa triển khai", "8/7/2021", "Chưa thực hiện", 0),
        ("xog", "8/7/2021", "Chưa báo cáo", 0),
        (None, "8/7/2021", "Chưa báo cáo", 0),
        ("Đang thực hiện", "Quý II", "Sắp đến hạn", 0),
        ("#REF!", "Thường xuyên", "Thường xuyên", 0),
        ("Đang thực hiện", -2146826246, "Chưa rõ hạn", 0),
        (True, 44377.0, "Chưa rõ hạn", 0),
        (None, None, "", 0),
        ("…", " - ", "", 0),
    ],
)
def test_states_and_days_late(status: object, due: object, state: str, late: int) -> None:
    """First match wins as of 30/6/2021; a row that says nothing has no state."""
    assert PAPI_STATE(status, due, JUNE) == state
    assert PAPI_DAYS_LATE(status, due, JUNE) == late


@pytest.mark.parametrize(
    "as_of",
    [JUNE, date(2021, 6, 30), "30/6/2021", "2021-06-30", 44377.0, 44377, 44377.75, Decimal(44377), [[JUNE]]],
)
def test_the_as_of_date_comes_in_many_forms(as_of: object) -> None:
    """Among them the number that Excel keeps a date as; 44377 is 30 June 2021."""
    assert PAPI_DAYS_LATE("Đang thực hiện", "15/6/2021", as_of) == 15


@pytest.mark.parametrize("as_of", [None, "", " ", "…"])
def test_today_is_the_default(as_of: object) -> None:
    """What was due in 2020 is late by now, and this century is not over."""
    assert PAPI_STATE("Đang thực hiện", "31/12/2020", as_of) == "Quá hạn"
    assert PAPI_STATE("Đang thực hiện", "31/12/2099", as_of) == "Đang thực hiện"


@pytest.mark.parametrize("year", [2020.0, 2020, "2020", " 2020 ", [[2020.0]]])
def test_the_plan_year_completes_a_period(year: object) -> None:
    """The end of the second quarter of 2020 is 365 days before that of 2021."""
    assert PAPI_DAYS_LATE("Đang thực hiện", "Quý II", JUNE, year) == 365


@pytest.mark.parametrize(
    ("soon_days", "state"),
    [(8.0, "Sắp đến hạn"), ("8", "Sắp đến hạn"), (7, "Đang thực hiện"), (None, "Đang thực hiện")],
)
def test_the_window_of_what_is_soon(soon_days: object, state: str) -> None:
    assert PAPI_STATE("Đang thực hiện", "8/7/2021", JUNE, None, soon_days) == state
    assert PAPI_STATE("Đang thực hiện", "30/6/2021", JUNE, None, 0.0) == "Sắp đến hạn"


def test_a_range_gives_a_range_of_its_shape() -> None:
    """Down, across and both ways; a single cell gives a single value."""
    late, soon = "29/6/2021", "1/7/2021"
    assert PAPI_STATE([["x"], [None], ["x"]], [[late], [None], [soon]], JUNE) == [
        ["Quá hạn"],
        [""],
        ["Sắp đến hạn"],
    ]
    assert PAPI_DAYS_LATE((("x", "x", None),), ((late, soon, None),), JUNE) == [[1, 0, 0]]
    assert PAPI_DAYS_LATE([["x", "x"], ["x", "Xong"]], [[late, soon], ["1/6/2021", late]], JUNE) == [
        [1, 0],
        [29, 0],
    ]
    assert PAPI_STATE([["x"]], [[late]], JUNE) == "Quá hạn"


def test_headers_in_the_range_move_nothing() -> None:
    """Whoever selects the header cells too gets a row more, and the others in their places."""
    status, timing = [["Trạng thái"], ["Xong"]], [["Thời gian thực hiện"], ["Quý I"]]
    assert PAPI_STATE(status, timing, JUNE) == [["Chưa rõ hạn"], ["Hoàn thành"]]


def test_the_example_by_hand() -> None:
    rows = sheet_rows(EXAMPLE)
    status, timing = column(rows, "status"), column(rows, "timing")
    assert PAPI_STATE(status, timing, JUNE, 2021.0) == [[state] for state in EXAMPLE_STATES]
    late = PAPI_DAYS_LATE(status, timing, JUNE, 2021.0)
    assert late == [[EXAMPLE_DAYS_LATE.get(row, 0)] for row in range(5, 37)]


@pytest.mark.parametrize("domain", [1, 2, 3, 4, 5, 6, 7, 8, None])
def test_figures_are_those_of_summarize(
    domain: int | None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Completion and progress of every domain and of the total, by hand and by the command."""
    argv = ["summarize", str(EXAMPLE), "-o", str(tmp_path / "ra.xlsx"), "--as-of", "30/6/2021", "--format"]
    assert main([*argv, "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    line = made["domains"][domain - 1] if domain else made["total"]
    table = sheet_rows(EXAMPLE)
    figures = (PAPI_COMPLETION(table, domain, JUNE), PAPI_PROGRESS(table, domain, JUNE))
    assert figures == (line["completion"], line["progress"])
    assert figures == pytest.approx(EXAMPLE_SHARES[domain or TOTAL])


TABLE = [
    ["STT", "Nội dung công việc", "Chủ trì", "Thời hạn", "Tình trạng", "Tỷ lệ"],
    ["III", "Trách nhiệm giải trình với người dân", None, None, None, None],
    [1.0, "Họp", "MN", "Quý II", "Xong", None],
    [2.0, "Góp ý", "MN", "Quý III", "Đang thực hiện", 0.5],
    [3.0, "Hòm thư", "MN", "Quý III", -2146826281, Decimal("0.25")],
    [None] * 6,
    ["Tổng cộng", None, None, None, None, None],
    [None, None, "HIỆU TRƯỞNG", None, None, None],
]


@pytest.mark.parametrize("domain", [3, 3.0, "3", "3.", "III", None, "", [[3.0]]])
def test_figures_of_a_table_of_their_own(domain: object) -> None:
    """One of three tasks is done; the progress is (1 + 0.5 + 0.25) / 3."""
    assert PAPI_COMPLETION(TABLE, domain) == pytest.approx(1 / 3)
    assert PAPI_PROGRESS(TABLE, domain) == pytest.approx(1.75 / 3)


@pytest.mark.parametrize("table", [TABLE, [HEADERS]])
def test_no_tasks_no_figure(table: object) -> None:
    assert (PAPI_COMPLETION(table, 5.0), PAPI_PROGRESS(table, 5.0)) == ("–", "–")


def test_the_rules_of_one_row() -> None:
    """All rules but those of the workbook, the columns, the domains, and of rows held against others."""
    assert {rule.slug for rule in functions.ROW_RULES} == ROW_RULES


def test_checking_rows_is_what_check_does(capsys: pytest.CaptureFixture[str]) -> None:
    """Each row of the defects workbook: the command's findings by the rules of one row, in its words.

    Two rows differ, as documented: a row alone does not know the next free number (15) nor what a merged
    cell above it covers (21).
    """
    main(["check", str(DEFECTS), "--as-of", "30/6/2021", "--format", "json"])
    by_row: dict[int, list[str]] = {}
    for one in json.loads(capsys.readouterr().out)["findings"]:
        if one["sheet"] == schema.TASKS and one["cell"] and one["rule"] in ROW_RULES:
            said = re.sub(r"^\[.*?\] ", "", one["message"]) + (" (Đã giải trình.)" * one["justified"])
            label = HEADERS[ord(one["cell"][0]) - ord("A")]
            by_row.setdefault(int(one["cell"][1:]), []).append(f"[{label}] {said}")
    by_row[15][0] = '[TT] Thiếu số thứ tự (TT). Gõ số tiếp theo của lĩnh vực, dạng "3.1.".'
    by_row[21].insert(
        0, "[Đơn vị chủ trì] Thiếu đơn vị chủ trì. Nhập đơn vị hoặc người chịu trách nhiệm chính."
    )
    rows = sheet_rows(DEFECTS)
    checked = {
        number: PAPI_CHECK_ROW([rows[HEADER_ROW - 1]], [rows[number - 1]], "30/6/2021", 2021.0)
        for number in range(HEADER_ROW + 1, len(rows) + 1)
    }
    assert {number: text for number, text in checked.items() if text} == {
        number: "\n".join(lines) for number, lines in by_row.items()
    }
    assert sum(map(len, by_row.values())) == 23


def test_a_row_with_nothing_wrong_is_empty() -> None:
    row = ["3.1.", "Họp", "Biên bản", "MN", None, "Quý III", "Đang thực hiện", 0.5, None, None, None]
    assert PAPI_CHECK_ROW([HEADERS], [row], JUNE, 2021.0) == ""
    assert PAPI_CHECK_ROW(HEADERS, row, JUNE) == "", "plain lists are one row"
    assert PAPI_CHECK_ROW([HEADERS], [[None] * 11], JUNE) == ""
    assert PAPI_CHECK_ROW([HEADERS], [["3.", "Trách nhiệm giải trình", *[None] * 9]], JUNE) == ""


def test_a_row_says_its_column_and_what_to_type() -> None:
    """The row needs no heading above it, and a number of one level is no fault."""
    row = [1.0, "Họp", "Biên bản", "MN", None, "Quý III", "xog", "#REF!", None, None, None]
    assert PAPI_CHECK_ROW([HEADERS], [row], JUNE) == (
        '[TT] Số thứ tự "1" đang là số hoặc ngày của Excel (1.10 sẽ thành 1.1). Định dạng ô là Text rồi gõ '
        'lại "1.".\n'
        '[Trạng thái] Trạng thái "xog" không có trong danh mục. Chọn "Hoàn thành" (gần giống nhất).\n'
        "[Tỷ lệ hoàn thành] Ô có lỗi công thức #REF!. Sửa công thức hoặc gõ trực tiếp giá trị."
    )


def test_a_row_beneath_two_header_rows() -> None:
    """And a row that could pass for a second header row: it has neither number nor task."""
    head = [["TT", "Nhiệm vụ", "Thời gian", None, "Tình\ntrạng"], [None, None, "Bắt đầu", "Kết thúc", None]]
    row = ["3.1.", "Họp", "1/2/2021", "1/3/2021", "xog"]
    assert PAPI_CHECK_ROW(head, row, JUNE) == (
        "[Kết thúc] Quá hạn 121 ngày (hạn 01/03/2021). Cập nhật trạng thái hoặc điền Giải trình.\n"
        '[Tình trạng] Trạng thái "xog" không có trong danh mục. Chọn "Hoàn thành" (gần giống nhất).'
    )
    stray = [None, None, "Biên bản", "MN", None, "Quý III", "Hoàn thành", None, None, None, None]
    assert PAPI_CHECK_ROW(HEADERS, stray, JUNE) == (
        "[Nội dung nhiệm vụ] Chưa có nội dung nhiệm vụ. Nhập nội dung, hoặc xóa dòng nếu không dùng."
    )


NO_TABLE = (
    "#PAPI: Không tìm thấy bảng nhiệm vụ. Cần một hàng tiêu đề trong 30 hàng đầu có cột "
    '"Nội dung nhiệm vụ" và ít nhất hai cột khác như "TT", "Sản phẩm", "Đơn vị chủ trì".'
)


def no_date(value: str) -> str:
    return f'#PAPI: "{value}" không phải ngày. Gõ dạng 30/6/2021 hoặc 2021-06-30.'


def no_year(value: str) -> str:
    return f'#PAPI: Năm "{value}" không dùng được. Gõ năm bốn chữ số như 2021.'


def no_days(value: str) -> str:
    return f'#PAPI: Số ngày "{value}" không dùng được. Gõ số nguyên từ 0 đến 366.'


def no_domain(value: str) -> str:
    return f'#PAPI: Không có lĩnh vực "{value}". Gõ số từ 1 đến 8, hoặc bỏ trống để tính chung.'


@pytest.mark.parametrize(
    ("function", "arguments", "shown"),
    [
        (PAPI_STATE, ("x", "y", "nay"), no_date("nay")),
        (PAPI_STATE, ("x", "y", "Quý II/2021"), no_date("Quý II/2021")),
        (PAPI_STATE, ("x", "y", 2021.0), no_date("2021")),
        (PAPI_STATE, ("x", "y", -1.0), no_date("-1")),
        (PAPI_STATE, ("x", "y", 1e300), no_date("1e+300")),
        (PAPI_STATE, ("x", "y", True), no_date("TRUE")),
        (PAPI_STATE, ("x", "y", "#N/A"), no_date("#N/A")),
        (PAPI_STATE, ("x", "y", -2146826246), no_date("#N/A")),
        (PAPI_STATE, ("x", "y", -2146826243), no_date("#SPILL!")),
        (PAPI_STATE, ("x", "y", -2146826238), no_date("#ERROR!")),
        (PAPI_STATE, ("x", "y", JUNE, "nay"), no_year("nay")),
        (PAPI_STATE, ("x", "y", JUNE, 21.0), no_year("21")),
        (PAPI_STATE, ("x", "y", JUNE, 2021.5), no_year("2021.5")),
        (PAPI_DAYS_LATE, ("x", "y", JUNE, True), no_year("TRUE")),
        (PAPI_STATE, ("x", "y", JUNE, None, -1.0), no_days("-1")),
        (PAPI_STATE, ("x", "y", JUNE, None, 367.0), no_days("367")),
        (PAPI_STATE, ("x", "y", JUNE, None, 1.5), no_days("1.5")),
        (PAPI_STATE, ("x", "y", JUNE, None, "²"), no_days("²")),
        (PAPI_COMPLETION, (TABLE, 0.0), no_domain("0")),
        (PAPI_COMPLETION, (TABLE, 9.0), no_domain("9")),
        (PAPI_COMPLETION, (TABLE, 3.1), no_domain("3.1")),
        (PAPI_PROGRESS, (TABLE, "ba"), no_domain("ba")),
        (PAPI_PROGRESS, (TABLE, "#REF!"), no_domain("#REF!")),
        (PAPI_COMPLETION, (TABLE, 3.0, "nay"), no_date("nay")),
        (PAPI_COMPLETION, ([["a", "b"], [1.0, 2.0]],), NO_TABLE),
        (PAPI_COMPLETION, (None,), NO_TABLE),
        (PAPI_PROGRESS, (TABLE[1:],), NO_TABLE),
        (PAPI_CHECK_ROW, ([["a", "b", "c"]], [["3.1.", "Họp", "x"]]), NO_TABLE),
        (PAPI_CHECK_ROW, ([[None] * 11], [HEADERS]), NO_TABLE),
        (PAPI_CHECK_ROW, ([["a"] * 11], [HEADERS]), NO_TABLE),
        (
            PAPI_CHECK_ROW,
            ([HEADERS], [["3.1.", "Họp"]]),
            "#PAPI: Cần đúng một dòng, rộng bằng hàng tiêu đề (11 cột), nhưng đang chọn 1 dòng × 2 cột. "
            "Chọn lại dòng cần kiểm tra.",
        ),
        (
            PAPI_CHECK_ROW,
            ([HEADERS], [["x"] * 11, ["y"] * 11]),
            "#PAPI: Cần đúng một dòng, rộng bằng hàng tiêu đề (11 cột), nhưng đang chọn 2 dòng × 11 cột. "
            "Chọn lại dòng cần kiểm tra.",
        ),
        (
            PAPI_STATE,
            ([["x"], ["y"]], [["x"]], JUNE),
            "#PAPI: Vùng trạng thái (2×1 ô) và vùng thời gian (1×1 ô) khác kích thước. Chọn hai vùng có "
            "cùng số dòng và số cột.",
        ),
        (
            PAPI_STATE,
            ("x", "y", [[JUNE], [JUNE]]),
            "#PAPI: Cần một ô nhưng đang chọn vùng 2×1 ô. Chọn một ô hoặc gõ giá trị.",
        ),
        (
            PAPI_STATE,
            ([], [], JUNE),
            "#PAPI: Lỗi ngoài dự kiến (IndexError). Kiểm tra lại các vùng đã chọn; nếu vẫn lỗi, chạy "
            "papi-xl check với tệp này.",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_the_cell(
    function: Callable[..., object], arguments: tuple[object, ...], shown: str
) -> None:
    assert function(*arguments) == shown


def test_the_wizard_has_words_for_all() -> None:
    """In both languages, composed, and no longer than Excel keeps them."""
    assert sorted(DESCRIPTIONS) == list(NAMES)
    for vi, en in (*DESCRIPTIONS.values(), *ARGUMENTS.values()):
        assert 0 < len(vi) <= 255
        assert 0 < len(en) <= 255
        assert unicodedata.is_normalized("NFC", vi)


def test_loading_brings_only_xlwings_along() -> None:
    """What xlwings does not load itself stays out: a cell waits for the first load."""
    loaded = "import sys, papi_xl.functions; print(*{one.partition('.')[0] for one in sys.modules})"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True)
    names = set(done.stdout.split())
    assert names >= {"papi_xl", "xlwings"}
    assert names.isdisjoint({"openpyxl", "xlsxwriter", "python_calamine", "click", "rich", "uno"})


def decorators() -> dict[str, Any]:
    """Return the functions of xlwings' own `udfs.py`, which only Windows can import for its pywin32."""
    path = Path(xw.__file__).with_name("udfs.py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    only_windows = ("pythoncom", "pywintypes", "win32com")
    kept: list[ast.stmt] = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        or (
            isinstance(node, ast.Import | ast.ImportFrom)
            and not ast.unparse(node).split()[1].startswith(only_windows)
        )
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_F")
    ]
    names: dict[str, Any] = {"__name__": "xlwings.udfs", "__package__": "xlwings"}
    exec(compile(ast.Module(kept, type_ignores=[]), path, "exec"), names)  # noqa: S102 (xlwings' own source)
    return names


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give the module as it is where xlwings' decorators do their work."""
    real = decorators()
    for name in ("func", "arg", "ret"):
        monkeypatch.setattr(xw, name, real[f"xl{name}"])
    spec = importlib.util.spec_from_file_location("papi_xl.functions", functions.__file__)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RANGE = {"convert": "default", "err_to_str": True, "ndim": 2}
CELL = {"convert": "default", "err_to_str": True}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("PAPI_STATE", {"status": RANGE, "timing": RANGE, "as_of": CELL, "year": CELL, "soon_days": CELL}),
        ("PAPI_DAYS_LATE", {"status": RANGE, "timing": RANGE, "as_of": CELL, "year": CELL}),
        ("PAPI_COMPLETION", {"table": RANGE, "domain": CELL, "as_of": CELL}),
        ("PAPI_PROGRESS", {"table": RANGE, "domain": CELL, "as_of": CELL}),
        ("PAPI_CHECK_ROW", {"headers": RANGE, "row": RANGE, "as_of": CELL, "year": CELL}),
    ],
)
def test_what_xlwings_registers(name: str, arguments: dict[str, object], on_windows: ModuleType) -> None:
    """Names, options, which arguments may be left out, and the wizard's Vietnamese texts."""
    known = getattr(on_windows, name).__xlfunc__
    assert {one["name"]: one["options"] for one in known["args"]} == arguments
    left_out = [one["name"] for one in known["args"] if "optional" in one]
    assert left_out == [one for one in arguments if one in {"domain", "as_of", "year", "soon_days"}]
    assert (known["name"], known["category"], known["volatile"]) == (name, "PAPI", False)
    assert known["ret"] == {"doc": DESCRIPTIONS[name][0], "options": {"convert": "default"}}
    assert [one["doc"] for one in known["args"]] == [ARGUMENTS[one][0] for one in arguments]


def test_the_vba_that_xlwings_writes(on_windows: ModuleType) -> None:
    """A Function each and no more, in letters that the VBA editor can hold."""
    made = io.StringIO()
    workbook = SimpleNamespace(Name="so-lieu.xlsm")
    decorators()["generate_vba_wrapper"]("papi_xl.functions", on_windows, made, workbook)
    text = made.getvalue()
    assert text.isascii()
    assert re.findall(r"^(?:Function|Sub) .*", text, flags=re.MULTILINE) == [
        "Function PAPI_CHECK_ROW(headers, row, Optional as_of, Optional year)",
        "Function PAPI_COMPLETION(table, Optional domain, Optional as_of)",
        "Function PAPI_DAYS_LATE(status, timing, Optional as_of, Optional year)",
        "Function PAPI_PROGRESS(table, Optional domain, Optional as_of)",
        "Function PAPI_STATE(status, timing, Optional as_of, Optional year, Optional soon_days)",
    ]
    assert "PAPI_STATE = XLPy.CallUDF(" in text


def test_in_a_live_sheet(app: xw.App, on_windows: ModuleType, tmp_path: Path) -> None:
    """Ranges of the example are read as xlwings reads them for a function, and the answers written back."""

    def call(name: str, *cells: object) -> Any:  # noqa: ANN401 (what a cell may hold)
        function = getattr(on_windows, name)
        known = zip(cells, function.__xlfunc__["args"], strict=False)
        read: Callable[..., object] = conversion.read
        return function(*[read(cell, None, one["options"]) for cell, one in known])

    book = app.books.open(EXAMPLE)
    sheet = book.sheets[schema.TASKS]
    as_of, year = (book.names[name].refers_to_range for name in ("papi_as_of", "papi_year"))
    table, status, timing = sheet["A4:K36"], sheet["G5:G36"], sheet["F5:F36"]
    sheet["M5"].value = call("PAPI_STATE", status, timing, as_of, year)
    sheet["N5"].value = call("PAPI_DAYS_LATE", status, timing, as_of, year)
    sheet["O4"].value = [call("PAPI_COMPLETION", table), call("PAPI_PROGRESS", table)]
    sheet["O5"].value = [[call("PAPI_COMPLETION", table, sheet[f"A{row}"])] for row in (5, 9, 13)]
    sheet["P5"].value = [
        [call("PAPI_CHECK_ROW", sheet["A4:K4"], sheet[f"A{row}:K{row}"], as_of, year)] for row in range(5, 37)
    ]
    sheet["Q5"].value = call("PAPI_STATE", sheet["G8"], sheet["F8"], as_of, year)
    saved = tmp_path / "ra.xlsx"
    book.save(saved)
    book.close()
    rows = sheet_rows(saved)
    assert [row[12] or "" for row in rows[ROWS]] == list(EXAMPLE_STATES)
    assert {number: row[13] for number, row in enumerate(rows[ROWS], start=5) if row[13]} == EXAMPLE_DAYS_LATE
    assert rows[3][14:16] == [pytest.approx(5 / 24), pytest.approx(10.255 / 24)]
    assert [row[14] for row in rows[4:7]] == [pytest.approx(1 / 3), pytest.approx(1 / 3), 0]
    told = {number: row[15] for number, row in enumerate(rows[ROWS], start=5) if row[15]}
    assert list(told) == [11, 18, 21, 23, 30, 33, 36]
    assert told[18].startswith("[Thời gian thực hiện] Quá hạn 15 ngày (hạn 15/06/2021).")
    assert told[11].endswith("(Đã giải trình.)")
    assert rows[4][16] == "Sắp đến hạn"


EXAMPLES = re.findall(r"^\| `=(PAPI_\w+)\(([^`]*)\)` \| `([^`]*)` \|$", README, flags=re.MULTILINE)


@pytest.mark.parametrize(("name", "arguments", "answer"), EXAMPLES)
def test_the_examples_of_the_readme(name: str, arguments: str, answer: str) -> None:
    given = [ast.literal_eval(one.strip()) for one in arguments.split(";")]
    assert str(getattr(functions, name)(*given)) == answer


def test_the_readme_shows_every_function() -> None:
    assert len(EXAMPLES) == 5
    for name in NAMES:
        assert README.count(name) >= 2, "in English and in Vietnamese"
