"""`papi-xl calc`: a macro on a file in LibreOffice; the input stays, the exit codes are those of `check`."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from papi_xl import schema
from papi_xl.cli import main
from papi_xl.template import sources
from tests.clicks import listed, marked
from tests.test_own_table import write_xlsx

WRONG_OWN = {"C8", "F8", "D10"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAPI_LANG", "vi")
    write_xlsx(tmp_path / "own.xlsx")
    shutil.copyfile(sources.folder() / "papi_example.xlsx", tmp_path / "example.xlsx")


def test_check_saves_a_marked_copy(capsys: pytest.CaptureFixture[str]) -> None:
    content = Path("own.xlsx").read_bytes()
    assert main(["calc", "check", "own.xlsx"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "own.xlsx",
        "Kết quả: 3 lỗi, 9 cảnh báo, 0 gợi ý, 0 đã giải trình.",
        'Xem từng lỗi ở trang "Kết quả kiểm tra", hoặc bấm Lỗi tiếp theo để đến từng ô.',
        "Đã ghi own_da_kiem_tra.xlsx",
    ]
    assert Path("own.xlsx").read_bytes() == content
    assert sorted(path.name for path in Path().iterdir()) == [
        "example.xlsx", "own.xlsx", "own_da_kiem_tra.xlsx",
    ]  # fmt: skip
    book = openpyxl.load_workbook("own_da_kiem_tra.xlsx")
    assert {cell for cell, level in marked(book["KH 2024"]).items() if level == "errors"} == WRONG_OWN
    assert len(listed(book)) == 9


def test_check_speaks_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calc", "check", "own.xlsx", "-o", "out.xlsx", "--lang", "en"]) == 1
    assert "Result: 3 error(s), 9 warning(s)" in capsys.readouterr().out
    book = openpyxl.load_workbook("out.xlsx")
    assert [cell.value for cell in book[schema.FINDINGS][3]] == [
        "No.", "Severity", "Cell", "Finding", "What to do",
    ]  # fmt: skip


def test_summarize_writes_what_the_command_writes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summarize", "example.xlsx", "-o", "by-command.xlsx"]) == 0
    assert main(["calc", "summarize", "example.xlsx"]) == 0
    made = "PAPI_Truong-Mam-non-Tan-Tien_6-thang-dau-nam-2021_20210630.xlsx"
    assert capsys.readouterr().out.splitlines()[-1] == f"Đã ghi {made}"
    assert Path(made).read_bytes() == Path("by-command.xlsx").read_bytes()


def test_summarize_asks_for_corrections_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calc", "summarize", "own.xlsx"]) == 1
    assert "Kết quả: 3 lỗi" in capsys.readouterr().out
    assert main(["calc", "summarize", "own.xlsx", "--allow-errors", "-o", "tong-hop.xlsx"]) == 0
    assert Path("tong-hop.xlsx").exists()


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["check", "none.xlsx"], "Không tìm thấy tệp none.xlsx."),
        (["check", "."], "là thư mục"),
        (["check", "own.xlsx", "-o", "own.xlsx"], "Tệp ra trùng với tệp vào own.xlsx."),
        (["check", "own.xlsx", "-o", "example.xlsx"], "example.xlsx đã có."),
        (["check", "own.xlsx", "-o", "out.csv"], "phải kết thúc bằng .xlsx"),
        (["fix", "own.xlsx"], "check, summarize"),
        (["check"], "Thiếu"),
        ([], "Chọn một trong: check, summarize."),
    ],
)
def test_what_cannot_be_done(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calc", *argv]) == 2
    assert said in capsys.readouterr().err


def test_an_output_that_is_there_stays(capsys: pytest.CaptureFixture[str]) -> None:
    Path("own_da_kiem_tra.xlsx").write_bytes(b"mine")
    assert main(["calc", "check", "own.xlsx"]) == 2
    assert "own_da_kiem_tra.xlsx đã có." in capsys.readouterr().err
    assert Path("own_da_kiem_tra.xlsx").read_bytes() == b"mine"
    assert main(["calc", "check", "own.xlsx", "--force"]) == 1
    assert Path("own_da_kiem_tra.xlsx").read_bytes() != b"mine"


def test_without_a_table_nothing_is_summarized(capsys: pytest.CaptureFixture[str]) -> None:
    openpyxl.Workbook().save("empty.xlsx")
    assert main(["calc", "summarize", "empty.xlsx"]) == 2
    assert "Không tìm thấy bảng nhiệm vụ." in capsys.readouterr().err


def test_without_libreoffice_it_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("papi_xl.libreoffice.process.PLACES", ())
    assert main(["calc", "check", "own.xlsx"]) == 2
    assert "LibreOffice was not found" in capsys.readouterr().err
