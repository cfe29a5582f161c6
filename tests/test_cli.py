"""The commands as people run them: exit codes, messages, JSON, files; in Vietnamese and English."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from papi_xl.cli import main
from papi_xl.template import sources

TEMPLATE = sources.folder() / "papi_template.xlsx"
EXAMPLE = sources.folder() / "papi_example.xlsx"
DEFECTS = sources.folder() / "papi_defects.xlsx"


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run in an empty folder, without a language of this machine's own."""
    monkeypatch.delenv("PAPI_LANG", raising=False)
    monkeypatch.chdir(tmp_path)


def run_json(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> dict[str, Any]:
    assert main([*argv, "--format", "json"]) == code
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def book(path: Path, rows: Sequence[Sequence[str | None]]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    made.save(path)
    return path


PLAN = ["TT", "Nội dung nhiệm vụ", "Sản phẩm", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện"]
OWN: list[list[str | None]] = [
    [*PLAN, "Trạng thái"],
    ["3.", "Trách nhiệm giải trình với người dân"],
    ["3.1.", "Họp phụ huynh", "Biên bản", "Trường MN", None, "Quý II/2021", "xog"],
    ["3.2.", "Hòm thư góp ý", "Hòm thư", "Trường MN", None, "Thường xuyên", "Hoàn thành"],
]


def test_check_of_the_template_has_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    found = run_json(capsys, "check", str(TEMPLATE))
    assert found["counts"] == {"error": 0, "warning": 0, "info": 0, "justified": 0}
    assert found["findings"] == []
    assert (found["file"], found["as_of"]) == (str(TEMPLATE), "2021-12-31")


def test_check_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The one object of the contract, with every key and the cell in A1 form."""
    path = book(tmp_path / "bang.xlsx", OWN)
    found = run_json(capsys, "check", str(path), "--as-of", "30/6/2021", code=1)
    assert set(found) == {"file", "as_of", "counts", "findings"}
    assert found["counts"] == {"error": 1, "warning": 1, "info": 0, "justified": 0}
    status = next(one for one in found["findings"] if one["rule"] == "status-unknown")
    assert status == {
        "rule": "status-unknown",
        "severity": "error",
        "sheet": "Sheet",
        "cell": "G3",
        "value": "xog",
        "message": '[Sheet!G3] Trạng thái "xog" không có trong danh mục. Chọn "Hoàn thành" (gần giống nhất).',
        "fix": "Hoàn thành",
        "justified": False,
    }
    whole = next(one for one in found["findings"] if one["rule"] == "domain-missing")
    assert (whole["sheet"], whole["cell"]) == (None, None)


def test_check_as_text(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = book(tmp_path / "bang.xlsx", OWN)
    assert main(["check", str(path), "--as-of", "2021-06-30"]) == 1
    out = capsys.readouterr().out
    assert "bang.xlsx · tính đến 30/06/2021 · 2 nhiệm vụ" in out
    assert "LỖI (1)" in out
    assert "Kết quả: 1 lỗi, 1 cảnh báo, 0 gợi ý, 0 đã giải trình." in out
    assert main(["check", str(path), "--as-of", "2021-06-30", "--lang", "en"]) == 1
    assert "[Sheet!G3] The status" in capsys.readouterr().out


def test_many_of_one_kind_are_one_line_for_people(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [[f"3.{n}.", f"Việc {n}", "Văn bản", None, None, "Quý IV"] for n in range(1, 11)]
    path = book(tmp_path / "bang.xlsx", [PLAN, *rows])
    assert main(["check", str(path)]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if "chủ trì" in line]
    assert len(lines) == 1
    assert lines[0].endswith("(và 9 ô khác, dòng 2–11)")
    assert len(run_json(capsys, "check", str(path), code=1)["findings"]) >= 10


@pytest.mark.parametrize("variable", ["en", "EN_us"])
def test_language_of_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv("PAPI_LANG", variable)
    assert main(["check", str(TEMPLATE)]) == 0
    assert "No errors, no warnings." in capsys.readouterr().out
    assert main(["check", str(TEMPLATE), "--lang=vi"]) == 0
    assert "Không có lỗi" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["check"], "Thiếu FILE."),
        (["chek"], "Không có lệnh chek. Có phải check?"),
        (["check", "a.xlsx", "--frce"], "Không có tùy chọn --frce."),
        (["check", "khong-co.xlsx"], "Không tìm thấy tệp khong-co.xlsx."),
        (["check", "."], "là thư mục"),
        (["check", "a.xlsx", "--as-of", "31/2/2021"], '"31/2/2021" không phải ngày.'),
        (["check", "a.xlsx", "--format", "xml"], "--format không dùng được. Chọn một trong: text, json."),
        (["check", "a.xlsx", "--soon-days", "x"], "--soon-days không dùng được. Gõ số nguyên từ 0 đến 366."),
        (["check", "a.xlsx", "--max-rows", "0"], "--max-rows không dùng được. Gõ số nguyên từ 1 trở lên."),
        (["check", "a.xlsx", "b.xlsx"], "Thừa tham số: b.xlsx."),
        (["new", "-o", "a.xlsx", "--as-of", "1/1/1800"], "Ngày 01/01/1800 nằm ngoài khoảng"),
        (["new"], "Thiếu --output."),
        (["new", "-o", "a.xls"], "phải kết thúc bằng .xlsx"),
        (["new", "-o", "khong/co/a.xlsx"], "Không có thư mục khong/co"),
        (["new", "-o", "a.xlsx", "--year", "21"], "--year"),
        (["summarize", "khong-co.xlsx"], "Không tìm thấy tệp"),
        (["build", "-o", "khong-co"], "Không có thư mục khong-co"),
    ],
)
def test_what_cannot_be_done_is_said(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 and a sentence that says what to do, never a traceback."""
    assert main(argv) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("argv", [["--help"], ["check", "--help"], ["new", "--help"], ["demo", "--help"]])
def test_help_speaks_both_languages(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 0
    assert "Cách dùng: papi-xl" in capsys.readouterr().out
    assert main([*argv, "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "Usage: papi-xl" in out
    assert "Hiện" not in out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == "papi-xl 0.1.0\n"


def test_an_unreadable_file_is_one_finding(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "hong.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    found = run_json(capsys, "check", str(path), code=2)
    assert [one["rule"] for one in found["findings"]] == ["unreadable-workbook"]
    assert "hong.xlsx" in found["findings"][0]["message"]
    assert main(["check", str(path)]) == 2
    assert "hong.xlsx" in capsys.readouterr().err


def test_no_table_is_1_in_check_and_2_in_summarize(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = book(tmp_path / "khac.xlsx", [["Họ tên", "Lớp"], ["Hoa", "Lá"]])
    found = run_json(capsys, "check", str(path), code=1)
    assert [(one["rule"], one["cell"]) for one in found["findings"]] == [("task-table-missing", None)]
    assert main(["summarize", str(path)]) == 2
    assert "Không tìm thấy bảng nhiệm vụ" in capsys.readouterr().err
    refused = run_json(capsys, "summarize", str(path), "-o", str(tmp_path / "ra.xlsx"), code=2)
    assert refused["output"] is None
    assert refused["error"].startswith("Không tìm thấy bảng nhiệm vụ")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["khac.xlsx"]


def test_summarize_refuses_errors_unless_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path, out = book(tmp_path / "bang.xlsx", OWN), tmp_path / "tong-hop.xlsx"
    refused = run_json(capsys, "summarize", str(path), "-o", str(out), code=1)
    assert refused["output"] is None
    assert not out.exists()
    assert main(["summarize", str(path), "-o", str(out)]) == 1
    captured = capsys.readouterr()
    assert "Còn 1 lỗi" in captured.err
    assert "[Sheet!G3]" in captured.out
    assert main(["summarize", str(path), "-o", str(out), "--allow-errors"]) == 0
    sheet = openpyxl.load_workbook(out)["Tổng hợp"]
    assert any("1 lỗi" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_summarize_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path, out = book(tmp_path / "bang.xlsx", OWN), tmp_path / "tong-hop.xlsx"
    made = run_json(
        capsys,
        "summarize",
        str(path),
        "-o",
        str(out),
        "--allow-errors",
        "--as-of",
        "2021-07-01",
        "--lang",
        "en",
    )
    assert set(made) == {"file", "output", "as_of", "domains", "total"}
    assert [line["domain"] for line in made["domains"]] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert made["domains"][2] == {
        "domain": 3, "name": "Vertical Accountability Towards Citizens", "tasks": 2, "done": 1,
        "in_progress": 0, "not_started": 0, "paused": 0, "unreported": 1, "recurring": 0, "overdue": 1,
        "due_soon": 0, "due_unknown": 0, "conditional": 0, "as_reported": 0, "completion": 0.5,
        "progress": 0.5,
    }  # fmt: skip
    assert made["domains"][0]["completion"] is None
    assert made["total"]["tasks"] == 2
    assert made["output"] == str(out)


def test_the_offered_name(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without -o the summary stands beside the input, under a name without accents."""
    path = tmp_path / "vi du.xlsx"
    shutil.copy(EXAMPLE, path)
    made = run_json(capsys, "summarize", str(path))
    assert (
        Path(made["output"]) == tmp_path / "PAPI_Truong-Mam-non-Tan-Tien_6-thang-dau-nam-2021_20210630.xlsx"
    )
    assert Path(made["output"]).exists()


def test_nothing_is_overwritten_unasked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert main(["new", "-o", str(path)]) == 0
    before = path.read_bytes()
    assert main(["new", "-o", str(path), "--blank"]) == 2
    assert path.read_bytes() == before
    assert main(["new", "-o", str(path), "--blank", "--force"]) == 0
    assert path.read_bytes() != before
    assert main(["summarize", str(path), "-o", str(path), "--force"]) == 2
    assert "trùng với tệp vào" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "code"), [(["check"], 1), (["summarize", "--allow-errors", "-o", "out.xlsx"], 0)]
)
def test_the_input_is_never_changed(command: list[str], code: int, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    shutil.copy(DEFECTS, path)
    before = (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
    assert main([command[0], str(path), *command[1:]]) == code
    assert (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) == before


def test_new_takes_what_is_known_of_the_unit(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "hoa-sen.xlsx"
    argv = ["new", "-o", str(path), "--unit", "Trường Mầm non Hoa Sen", "--recipient", "UBND xã Văn Giang"]
    assert main([*argv, "--year", "2020", "--unit-code", "=1+1"]) == 0
    made = openpyxl.load_workbook(path)
    values = {name: made[_sheet(target)][_cell(target)].value for name, target in _names(made).items()}
    assert values["papi_unit"] == "Trường Mầm non Hoa Sen"
    assert values["papi_recipient"] == "UBND xã Văn Giang"
    assert (values["papi_year"], values["papi_period"]) == (2020, "Năm 2020")
    assert values["papi_unit_code"] == "=1+1"
    cell = made["Thông tin"][_cell(_names(made)["papi_unit_code"])]
    assert cell.data_type == "s"
    capsys.readouterr()
    found = run_json(capsys, "check", str(path))
    assert (found["counts"]["error"], found["as_of"]) == (0, "2020-12-31")


def _names(made: openpyxl.Workbook) -> dict[str, str]:
    return {name: str(one.attr_text) for name, one in made.defined_names.items() if name.startswith("papi_")}


def _sheet(target: str) -> str:
    return target.rpartition("!")[0].strip("'")


def _cell(target: str) -> str:
    return target.rpartition("!")[2].replace("$", "")


def test_a_blank_template_says_what_to_fill_in(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "trong.xlsx"
    assert main(["new", "-o", str(path), "--blank"]) == 0
    capsys.readouterr()
    found = run_json(capsys, "check", str(path), code=1)
    kinds = {one["rule"] for one in found["findings"]}
    assert kinds == {"unit-info-missing", "as-of-missing", "domain-empty"}
    assert len([one for one in found["findings"] if one["rule"] == "domain-empty"]) == 8


def test_demo(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The whole way, twice; the second run finds its own files and is not stopped by them."""
    for _ in range(2):
        assert main(["demo"]) == 0
        out = capsys.readouterr().out
        assert "CẢNH BÁO" in out
        assert "Quản trị môi trường" in out
        assert "Tổng cộng" in out
    made = sorted(path.name for path in (tmp_path / "papi-demo").iterdir())
    assert made == ["PAPI_Truong-Mam-non-Tan-Tien_6-thang-dau-nam-2021_20210630.xlsx", "papi-vi-du.xlsx"]
    for name in made:
        (tmp_path / "papi-demo" / name).write_bytes(b"edited by hand")
        assert main(["demo"]) == 2
        assert main(["demo", "--force"]) == 0


def test_a_fault_of_our_own_is_a_message_and_a_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No traceback reaches the user, and no task text reaches the log."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("papi_xl.cli.check.read_workbook", lambda *_, **__: 1 / 0)
    assert main(["check", str(TEMPLATE)]) == 2
    captured = capsys.readouterr()
    assert "Lỗi ngoài dự kiến (ZeroDivisionError)" in captured.err
    assert "Traceback" not in captured.err
    (log,) = tmp_path.glob("papi-xl-*.log")
    assert str(log) in captured.err
    assert log.read_text(encoding="utf-8").splitlines()[-1] == "ZeroDivisionError"


def test_the_command_in_a_process_of_its_own(tmp_path: Path) -> None:
    """`python -m papi_xl` writes UTF-8 whatever the console, and `check` loads no writer."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "papi_xl", "check", str(TEMPLATE)],
        capture_output=True, check=False, env=environment, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Không có lỗi" in done.stdout.decode("utf-8")
    loaded = done.stderr.decode("utf-8", "replace")
    for slow in ("openpyxl", "xlsxwriter", "xlwings", "rich"):
        assert f" {slow}\n" not in loaded, slow


def test_a_reader_that_stops_listening_is_no_fault(tmp_path: Path) -> None:
    check = f"{sys.executable} -m papi_xl check {DEFECTS} --format json"
    command = f"{check} | head -c 10; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, cwd=tmp_path)
    assert done.stdout.startswith(b'{\n  "file"')
    assert done.stdout.endswith(b"1\n")
    assert done.stderr == b""


def test_a_closed_console_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody reads any more the command just ends; 1 would say that the data has errors."""

    def closed(*_: object, **__: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "closed")

    monkeypatch.setattr("papi_xl.cli.check.show_check", closed)
    assert main(["check", str(TEMPLATE)]) == 2


REFUSED = PermissionError(errno.EACCES, "Permission denied")


def refuse(*_: object, **__: object) -> bytes:
    raise REFUSED


def test_what_the_system_refuses_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No right to read or to write is a message in the user's language, never a fault of ours."""
    shutil.copy(EXAMPLE, tmp_path / "a.xlsx")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", refuse)
        assert main(["check", "a.xlsx"]) == 2
        assert "Không mở được a.xlsx" in capsys.readouterr().err
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        assert main(["summarize", "a.xlsx", "-o", "b.xlsx"]) == 2
        assert "Không ghi được b.xlsx: không có quyền ghi." in capsys.readouterr().err
        assert main(["new", "-o", "c.xlsx"]) == 2
    with monkeypatch.context() as patched:
        patched.setattr(Path, "exists", refuse)
        assert main(["new", "-o", "c.xlsx"]) == 2
        assert "không có quyền ghi" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx"]


def test_refusals_reach_programs_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With --format json a refusal is one object on stdout as well as the sentence on stderr."""
    shutil.copy(EXAMPLE, tmp_path / "a.xlsx")
    for argv in (["check", "a.xlsx", "--sheet", "X"], ["summarize", "a.xlsx", "-o", "a.xlsx"]):
        assert set(run_json(capsys, *argv, code=2)) >= {"file", "error"}


def test_a_bare_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("Cách dùng: papi-xl")
