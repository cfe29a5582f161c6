"""`papi-xl fix` on files: what changes and what must not, the log, and taking it all back."""

import io
import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText
from openpyxl.cell.text import InlineFont
from openxml_audit import OpenXmlValidator

from papi_xl import check as checking
from papi_xl import fixing, undoing
from papi_xl.bounds import Limits
from papi_xl.check import Result
from papi_xl.cli import main
from papi_xl.editing import workbook
from papi_xl.editing.cells import CellEdit, stored, with_cells
from papi_xl.editing.parts import unpacked
from papi_xl.editing.styles import Stylesheet
from papi_xl.fixes import FIXABLE
from papi_xl.raw import RawWorkbook
from papi_xl.read import read_workbook
from papi_xl.reading.package import Package
from papi_xl.template import sources
from tests import office, tables
from tests.fixables import FIXES, LEFT, SHEET, cell_xml, held, opened, parts, write
from tests.test_fixes import HEAD, ROWS, keys

NOW = datetime(2026, 11, 23, 14, 30)
DEFECTS = sources.folder() / "papi_defects.xlsx"
LOG = "xl/worksheets/sheet3.xml"
SHEET_PART = "xl/worksheets/sheet1.xml"
MAY_CHANGE = {
    SHEET_PART,
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
}
"""The sheet itself, new looks, and what names the sheet of the log."""


@pytest.fixture
def bieu(tmp_path: Path) -> Path:
    """Give the workbook of `fixables`."""
    return write(tmp_path / "bieu.xlsx")


def run(capsys: pytest.CaptureFixture[str], *argv: str | Path, code: int = 0) -> dict[str, Any]:
    """Run `papi-xl fix` and return its JSON."""
    assert main(["fix", *map(str, argv), "--format", "json"]) == code
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def judge(workbook: RawWorkbook) -> Result:
    return checking.check(workbook, as_of=date(2021, 6, 30), today=date(2021, 6, 30))


def test_each_rule_has_its_fix(bieu: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, bieu, "--as-of", "30/6/2021", code=1)
    assert {one["cell"]: one["after"] for one in said["changes"]} == {
        cell: after for cell, (_, after) in FIXES.items()
    }
    assert {rule for one in said["changes"] for rule in one["rules"]} == set(FIXABLE)
    assert {one["cell"]: one["reason"] for one in said["left"]} == LEFT
    made = opened(bieu.with_name("bieu_da-sua.xlsx"))[SHEET]
    texts = {cell: made[cell].value for cell in FIXES}
    assert {
        cell: str(value) if isinstance(value, CellRichText) else value for cell, value in texts.items()
    } == {cell: after for cell, (_, after) in FIXES.items()}
    formats = {cell: made[cell].number_format for cell in ("A3", "A4", "A5", "F3", "G4")}
    assert formats == {"A3": "@", "A4": "@", "A5": "@", "F3": "General", "G4": "0.0%"}
    fonts = {cell: (made[cell].font.name, made[cell].font.sz, made[cell].font.i) for cell in ("B5", "C4")}
    assert fonts == {"B5": ("Times New Roman", 14, True), "C4": ("Calibri", 11, False)}


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_nothing_else_of_the_file_changes(tmp_path: Path, suffix: str) -> None:
    """Part by part: images, charts, notes, macros, other sheets; in the sheet itself cell by cell."""
    path = write(tmp_path / f"bieu{suffix}")
    content = path.read_bytes()
    assert main(["fix", str(path)]) == 1
    assert path.read_bytes() == content
    before, after = parts(path), parts(path.with_name(f"bieu_da-sua{suffix}"))
    assert set(after) - set(before) == {LOG}
    assert {name for name in before if before[name] != after.get(name)} == MAY_CHANGE
    old, new = cell_xml(before[SHEET_PART]), cell_xml(after[SHEET_PART])
    assert set(new) - set(old) <= set(FIXES)
    assert {name for name in old if old[name] != new[name]} == set(FIXES) & set(old)
    assert ("xl/vbaProject.bin" in after) == (suffix == ".xlsm")
    old_looks, new_looks = (Stylesheet(one["xl/styles.xml"]) for one in (before, after))
    for section in ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
        kept = [one.of(old_looks.xml) for one in old_looks.items(section)]
        assert [one.of(new_looks.xml) for one in new_looks.items(section)][: len(kept)] == kept


def test_the_fixed_file_is_valid(bieu: Path) -> None:
    main(["fix", str(bieu)])
    made = bieu.with_name("bieu_da-sua.xlsx")
    assert list(OpenXmlValidator().validate(str(made)).errors) == []
    book = opened(made)
    log = book["Nhật ký sửa"]
    assert [log.cell(3, column).value for column in range(1, 8)] == [
        "STT", "Lần", "Lúc", "Ô", "Việc đã sửa", "Trước", "Sau",
    ]  # fmt: skip
    assert log["D4"].hyperlink.location == "'Bảng ''A'' 1'!A3"
    assert log.column_dimensions["H"].hidden
    assert log.print_title_rows == "$3:$3"
    assert book.calculation.fullCalcOnLoad


def test_fixing_twice_changes_nothing(bieu: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, bieu, code=1)
    again = run(capsys, bieu.with_name("bieu_da-sua.xlsx"), code=1)
    assert (again["changes"], again["output"]) == ([], None)
    assert not bieu.with_name("bieu_da-sua_da-sua.xlsx").exists()


def saved_by_openpyxl(path: Path, folder: Path) -> Path:
    """Open and save a file with openpyxl."""
    made = folder / "saved" / path.name
    made.parent.mkdir(exist_ok=True)
    opened(path).save(made)
    return made


def saved_by_libreoffice(path: Path, folder: Path) -> Path:
    """Open and save a file with LibreOffice."""
    (folder / "saved").mkdir(exist_ok=True)
    return office.convert(path, "xlsx:Calc MS Excel 2007 XML", folder / "saved")


def test_undo_puts_everything_back(bieu: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, bieu, code=1)
    made = bieu.with_name("bieu_da-sua.xlsx")
    said = run(capsys, "--undo", made)
    assert {one["cell"] for one in said["changes"]} == set(FIXES)
    back = bieu.with_name("bieu_da-sua_hoan-tac.xlsx")
    assert held(back) == held(bieu)
    assert set(parts(back)) == set(parts(bieu))
    old, new = cell_xml(parts(bieu)[SHEET_PART]), cell_xml(parts(back)[SHEET_PART])
    look = {name: re.search(rb' s="[0-9]+"', cell) for name, cell in (old | new).items() if name}
    assert {name: found[0] for name, found in look.items() if found and name in old} == {
        name: found[0] for name, cell in old.items() if name and (found := re.search(rb' s="[0-9]+"', cell))
    }


@pytest.mark.parametrize("save", [saved_by_openpyxl, saved_by_libreoffice])
def test_undo_works_after_another_program_saved_the_file(
    bieu: Path, tmp_path: Path, save: Callable[[Path, Path], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, bieu, code=1)
    made, untouched = (save(path, tmp_path) for path in (bieu.with_name("bieu_da-sua.xlsx"), bieu))
    said = run(capsys, "--undo", made)
    assert {one["cell"] for one in said["changes"]} == set(FIXES)
    after, before = held(made.with_name("bieu_da-sua_hoan-tac.xlsx")), held(untouched)
    assert {place for place in after.keys() - before.keys() if after[place][0] is not None} == set()
    # LibreOffice gives a cell of several runs the look of the first, so of those only the runs count.
    looks = {
        place: len(look) if isinstance(look[0], str | None | float) else 2 for place, look in before.items()
    }
    assert {place: after[place][:many] for place, many in looks.items()} == {
        place: look[: looks[place]] for place, look in before.items()
    }
    said = run(capsys, untouched, "--force", code=1)
    assert {one["cell"]: one["after"] for one in said["changes"]} == {
        cell: after for cell, (_, after) in FIXES.items()
    }
    run(capsys, "--undo", untouched.with_name("bieu_da-sua.xlsx"), "--force")
    after = held(untouched.with_name("bieu_da-sua_hoan-tac.xlsx"))
    assert {place: look for place, look in after.items() if place in before or look[0] is not None} == before
    assert "Nhật ký sửa" not in opened(made.with_name("bieu_da-sua_hoan-tac.xlsx")).sheetnames


def test_batches_are_undone_one_by_one_and_changed_cells_are_left(
    bieu: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    run(capsys, bieu, "-o", first, "--only", "status-unknown", code=1)
    run(capsys, first, "-o", second, "--only", "number-missing", "--only", "percent-invalid", code=1)
    book = opened(second)
    book[SHEET]["A5"] = "9.9."
    book.save(second)
    said = run(capsys, "--undo", second, "-o", tmp_path / "3.xlsx")
    assert [one["cell"] for one in said["changes"]] == ["G4"]
    assert [(one["cell"], one["reason"]) for one in said["left"]] == [("A5", "changed-since")]
    said = run(capsys, "--undo", tmp_path / "3.xlsx", "-o", tmp_path / "4.xlsx")
    assert [(one["cell"], one["before"], one["after"]) for one in said["changes"]] == [
        ("F3", "Đang thực hiện", "Đang thưc hiện")
    ]
    assert main(["fix", "--undo", str(tmp_path / "4.xlsx")]) == 2
    assert 'không có trang "Nhật ký sửa"' in capsys.readouterr().err


def test_a_dry_run_writes_nothing(bieu: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(bieu.parent.iterdir())
    assert main(["fix", str(bieu), "--dry-run"]) == 1
    out = capsys.readouterr().out
    assert sorted(bieu.parent.iterdir()) == before
    assert "SẼ SỬA (9 ô)" in out
    assert "dấu cách cứng" in out
    assert "ô có công thức" in out
    assert "Chưa ghi gì." in out


def test_nothing_to_fix_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = sources.folder() / "papi_template.xlsx"
    target = tmp_path / "a.xlsx"
    assert main(["fix", str(path), "-o", str(target)]) == 0
    assert "Không có gì để sửa giúp." in capsys.readouterr().out
    assert not target.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--only", "overdue"], 'Quy tắc "overdue" không tự sửa được. Chọn trong: number-missing'),
        (["-o", "{input}"], "Tệp ra trùng với tệp vào"),
        (["-o", "{folder}/a.xlsm"], "phải kết thúc bằng .xlsx"),
        (["-o", "{folder}/không có/a.xlsx"], "Không có thư mục"),
        (["-o", "{folder}/có.xlsx"], "đã có"),
        (["--undo", "--only", "status-unknown"], "Không dùng --undo cùng với --only"),
        (["--undo"], "nên không có gì để hoàn tác"),
    ],
)
def test_what_cannot_be_done_is_said(
    bieu: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    (bieu.parent / "có.xlsx").write_bytes(b"")
    given_options = [one.format(input=bieu, folder=bieu.parent) for one in options]
    assert main(["fix", str(bieu), *given_options]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("name", ["không có.xlsx", ".", "rác.xlsx"])
def test_what_is_no_workbook_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "rác.xlsx").write_bytes(b"rubbish")
    for options in ([], ["--undo"], ["--dry-run"]):
        assert main(["fix", str(tmp_path / name), *options]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_other_formats_are_shown_but_not_written(
    bieu: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = office.convert(bieu, "xls", tmp_path)
    assert {one["cell"] for one in run(capsys, path, "--dry-run", code=1)["changes"]} >= {"A3", "F3", "G4"}
    said = run(capsys, path, code=2)
    assert "Mở bằng Excel, lưu dạng .xlsx" in said["error"]
    assert not path.with_name("bieu_da-sua.xlsx").exists()


def test_a_sheet_of_the_users_own_is_not_overwritten(bieu: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = opened(bieu)
    book.create_sheet("Nhật ký sửa")["A1"] = "Sổ của tôi"
    book.save(bieu)
    for options in ([], ["--undo"]):
        assert main(["fix", str(bieu), *options]) == 2
        assert "không phải do phần mềm lập" in capsys.readouterr().err


def test_a_place_that_takes_no_file_is_said(bieu: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = bieu.parent / f"{'a' * 300}.xlsx"
    assert main(["fix", str(bieu), "-o", str(target)]) == 2
    assert "không ghi được" in capsys.readouterr().err.lower()
    assert list(bieu.parent.glob(".*.part")) == []


@pytest.mark.no_cover
def test_the_workbook_of_defects_comes_back_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The workbook of defects: its tasks are an Excel table with dropdowns, other sheets compute from it."""
    made, back = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    said = run(capsys, DEFECTS, "-o", made, "--as-of", "30/6/2021", code=1)
    fixed = {one["cell"]: one["after"] for one in said["changes"]}
    assert (
        fixed.items()
        >= {
            "A6": "1.1.",
            "A15": "3.2.",
            "B18": "Kiểm tra thường xuyên, đột xuất việc thực hiện kỷ luật, kỷ cương hành chính.",
            "G8": "Đang thực hiện",
        }.items()
    )
    assert list(OpenXmlValidator().validate(str(made)).errors) == []
    run(capsys, "--undo", made, "-o", back)
    assert held(back) == held(DEFECTS)


def test_headers_of_an_excel_table_stay_those_of_their_cells(tmp_path: Path) -> None:
    """A table that repeats another text than its header cell holds is damaged to Excel."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        old = book.add_format({"font_name": ".VnTime"})
        sheet = book.add_worksheet("Bảng")
        headers = ["TT", "Néi dung", "S¶n phÈm", "Chñ tr× (A & B)", "Thêi gian", "Ghi chó", "Ghi chú"]
        columns = [{"header": text, "header_format": old} for text in headers]
        columns[2]["formula"] = ""
        sheet.add_table("A1:G3", {"name": "tbl", "columns": columns})
        sheet.write_row("A2", ["1.1.", "Häp phô huynh", "Biªn b¶n", "HiÖu tr­ëng", "Th­êng xuyªn"], old)
        sheet.write_row("A3", ["1.2.", "Th«ng b¸o", "V¨n b¶n", "HiÖu tr­ëng", "Th­êng xuyªn"], old)
        sheet.write_formula("I1", "=COUNTA(tbl[S¶n phÈm])", None, 2)
        sheet.write_formula("I2", "=COUNTA(tbl[Chñ tr× (A & B)])", None, 2)
    source = fixing.opened(path, Limits())
    _, plan = fixing.planned(source, judge)
    assert {one.place[1:]: one.after for one in plan.changes if one.row == 1} == {
        (1, 2): "Nội dung", (1, 5): "Thời gian",
    }  # fmt: skip
    assert [(one.finding.cell, one.reason) for one in plan.left] == [
        ("C1", "formula"), ("D1", "formula"), ("F1", "formula"),
    ]  # fmt: skip
    made = tmp_path / "b.xlsx"
    made.write_bytes(fixing.fixed(source, plan, NOW, "vi"))
    table = parts(made)["xl/tables/table1.xml"].decode()
    assert re.findall(r'tableColumn [^>]*name="([^"]*)"', table) == [
        "TT", "Nội dung", "S¶n phÈm", "Chñ tr× (A &amp; B)", "Thời gian", "Ghi chó", "Ghi chú",
    ]  # fmt: skip
    again = unpacked(Package(made.read_bytes(), Limits()))
    made.write_bytes(undoing.undone(again, undoing.planned(again), "vi"))
    assert parts(made)["xl/tables/table1.xml"] == parts(path)["xl/tables/table1.xml"]
    assert held(made) == held(path)


def test_a_log_that_was_tampered_with_harms_nothing(bieu: Path, tmp_path: Path) -> None:
    """A look of a run that is no look is left out; the text comes back all the same."""
    made, back = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    main(["fix", str(bieu), "-o", str(made), "--only", "text-not-normalised"])
    book = opened(made)
    log = book["Nhật ký sửa"]
    for row in range(4, log.max_row + 1):
        log.cell(row, 8).value = re.sub(r"<rPr>.*?</rPr>", "<rPr></t></c><x:y/>", str(log.cell(row, 8).value))
    book.save(made)
    assert main(["fix", "--undo", str(made), "-o", str(back)]) == 0
    assert str(opened(back)[SHEET]["B4"].value) == FIXES["B4"][0]


BOLD = '<r><rPr><b/><rFont val="Arial"/></rPr><t xml:space="preserve">Họp  </t></r><r><t>lớp</t></r>'
LOOKS = {
    "another element": "<rPrX/>",
    "elements in each other": "<rPr>" + "<b>" * 2_000 + "</b>" * 2_000 + "</rPr>",
    "not of a look": "<rPr><f>1</f></rPr>",
    "another namespace": '<rPr><b x:val="1"/></rPr>',
    "half a letter": '<rPr><rFont val="\ud800"/></rPr>',
    "text behind": "<rPr/>x",
}


def logged(book: bytes, **kept: Any) -> bytes:  # noqa: ANN401 (JSON)
    """Return a fixed workbook with other things in the hidden column of its log; `None` takes one out."""
    made = unpacked(Package(book, Limits()))
    sheet = workbook.sheet_named(made, "Nhật ký sửa")
    assert sheet is not None
    xml, strings = made.xml(sheet.part), workbook.shared_strings(made)
    held = json.loads(str(stored(xml, [(4, 8)], strings)[4, 8].value)) | kept
    text = json.dumps({key: value for key, value in held.items() if value is not None})
    return made.with_part(sheet.part, with_cells(xml, {(4, 8): CellEdit(text)})).zipped()


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """Give a fixed workbook in which a text of two looks lost a space."""
    source = tmp_path / "rich.xlsx"
    made = unpacked(
        Package(files_of([("3.1.", "Họp  lớp", "Biên bản", "Trường", "", "Thường xuyên")]), Limits())
    )
    xml = made.xml(SHEET_PART)
    row = int(re.findall(rb'<c r="B(\d+)"', xml)[-1])
    xml = re.sub(
        rb'<c r="B%d"[^>]*>.*?</c>' % row,
        b'<c r="B%d" t="inlineStr"><is>%b</is></c>' % (row, BOLD.encode()),
        xml,
    )
    source.write_bytes(made.with_part(SHEET_PART, xml).zipped())
    assert main(["fix", str(source), "-o", str(tmp_path / "a.xlsx")]) in {0, 1}
    return tmp_path / "a.xlsx"


def back(path: Path, content: bytes) -> list[tuple[str, bool, str]]:
    """Return the pieces of the text of `rich` after undoing: what it says, whether bold, its font."""
    path.write_bytes(content)
    assert main(["fix", "--undo", str(path), "-o", str(path.with_name("b.xlsx")), "--force"]) == 0
    text = next(
        cell.value for row in opened(path.with_name("b.xlsx")).worksheets[0].iter_rows() for cell in row
        if isinstance(cell.value, CellRichText)
    )  # fmt: skip
    return [
        (str(one), bool(font.b), str(font.rFont))
        for one in text
        for font in [getattr(one, "font", InlineFont())]
    ]


def test_looks_inside_a_text_that_a_log_does_not_know_stay(rich: Path) -> None:
    """The button `Sửa giúp` logs no looks, or fonts alone; those of the text that stands there now serve."""
    fixed = rich.read_bytes()
    assert back(rich, fixed) == [("Họp  ", True, "Arial"), ("lớp", False, "Calibri")]
    assert back(rich, logged(fixed, runs=None)) == [("Họp  ", True, "Arial"), ("lớp", False, "None")]
    assert back(rich, logged(fixed, runs=[[5, ".VnTime"], [3, "Arial"]])) == [
        ("Họp  ", True, ".VnTime"), ("lớp", False, "Arial"),
    ]  # fmt: skip


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_what_is_no_look_does_not_come_into_the_file(rich: Path, look: str) -> None:
    content = logged(rich.read_bytes(), runs=[[5, "Arial", look], [3, "Arial", ""]])
    assert back(rich, content) == [("Họp  ", True, "Arial"), ("lớp", False, "Arial")]


def test_a_log_cannot_speak_to_the_terminal(rich: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet of a name that no sheet can have is nonsense, and so is the line."""
    rich.write_bytes(logged(rich.read_bytes(), sheet="\x1b]0;x\x07"))
    capsys.readouterr()
    assert main(["fix", "--undo", str(rich)]) == 2
    said = capsys.readouterr()
    assert "\x1b]" not in said.out + said.err


def files_of(rows: list[tuple[str, ...]]) -> bytes:
    """Return a workbook file whose first sheet holds the table of `tables` that these rows make."""
    sheet = tables.workbook("\n".join([HEAD, *(" | ".join(row) for row in rows)])).sheets[0]
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"strings_to_urls": False, "strings_to_numbers": False}) as book:
        page = book.add_worksheet(sheet.name)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    page.write_datetime(number - 1, column, datetime.combine(cell, time()), day)
                elif cell is not None:
                    page.write(number - 1, column, cell)
    return memory.getvalue()


@pytest.mark.no_cover
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_a_written_fix_does_what_was_planned_and_no_more(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    """Fixing adds no finding and changes no cell that no finding names; undoing brings back every cell."""
    path, made, back = (tmp_path / f"{name}.xlsx" for name in "abc")
    path.write_bytes(files_of(rows))
    source = fixing.opened(path, Limits())
    before, plan = fixing.planned(source, judge)
    if not plan.changes:
        return
    made.write_bytes(fixing.fixed(source, plan, NOW, "vi"))
    after = judge(read_workbook(made, sheet="Bảng"))
    assert keys(after) <= keys(before)
    named = {("Bảng", one.cell) for one in before.findings if one.rule in FIXABLE}
    old, new = held(path), held(made)
    assert {place for place in old.keys() | new.keys() if old.get(place) != new.get(place)} <= named
    again = fixing.opened(made, Limits())
    assert fixing.planned(again, judge).plan.changes == ()
    back.write_bytes(undoing.undone(again.changeable(), undoing.planned(again.changeable()), "vi"))
    assert held(back) == old
