"""Workbooks broken by LibreOffice's own commands and put back; what else is in them stays to the byte."""

import io
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw
from openpyxl.chart import LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openxml_audit import OpenXmlValidator

from papi_xl import macros, schema
from papi_xl.bounds import Limits
from papi_xl.check import check
from papi_xl.cli import main
from papi_xl.editing.parts import Parts, relations_of, unpacked
from papi_xl.editing.workbook import sheets
from papi_xl.mending.case import Broken, Kind
from papi_xl.mending.run import mended
from papi_xl.mending.words import RESTORED, WHY, Mended, restored
from papi_xl.moving.parts import Why
from papi_xl.read import read_content
from papi_xl.reading.package import Package
from papi_xl.template import sources
from tests.breaks import BREAKS
from tests.clicks import Clerk, click
from tests.office import convert

EXAMPLE = sources.folder() / "papi_example.xlsx"
ALL = tuple(column.header for column in schema.COLUMNS)


def broken(office: xw.App, folder: Path, *names: str) -> Path:
    """Return the example, broken in these ways and saved by LibreOffice."""
    path = folder / "bieu.xlsx"
    shutil.copyfile(EXAMPLE, path)
    book = office.books.open(str(path))
    for name in names:
        BREAKS[name](book)
    book.save()
    book.close()
    return path


def put_back(content: bytes) -> Mended:
    """Return what came of mending a workbook."""
    return mended("bieu.xlsx", content, "vi", date(2021, 6, 30), Limits())


@cache
def whole() -> Mapping[str, Sequence[Sequence[object]]]:
    """Return the values of the example; what is compared with them changes a copy."""
    return values(EXAMPLE.read_bytes())


def found(content: bytes) -> list[tuple[str, str | None, str | None]]:
    """Return what a check finds in a workbook."""
    result = check(read_content("", content), as_of=None, today=date(2021, 6, 30))
    return [(one.rule, one.sheet, one.cell) for one in result.findings]


def values(content: bytes) -> dict[str, list[list[object]]]:
    """Return the cells of the sheets that staff fill in, of row and column to the last that is filled."""
    names = (schema.INFO, schema.TASKS, *schema.SIDE_TABLES)
    book = read_content("", content, everything=True)
    return {sheet.name: [list(row) for row in sheet.rows] for sheet in book.sheets if sheet.name in names}


def parts(content: bytes) -> Parts:
    return unpacked(Package(content, Limits()))


def faults(content: bytes, folder: Path) -> set[str]:
    """Return what a validator of OOXML finds."""
    path = folder / "checked.xlsx"
    path.write_bytes(content)
    return {f"{one.part_uri} {one.description}" for one in OpenXmlValidator().validate(str(path)).errors}


GROUPS = {
    "pasted": (
        ("paste_rows", "overwrite_formulas", "lose_table", "delete_record"),
        {
            ("lists", "Nhiệm vụ", ALL[2:8], 18),
            ("colours", "Nhiệm vụ", ALL, 33),
            ("formats", "Nhiệm vụ", ("TT", "Thời gian thực hiện", "Tỷ lệ hoàn thành"), 8),
            ("looks", "Nhiệm vụ", ALL, 33),
            ("formulas", "Tổng hợp", (), 4),
            ("protection", "Tổng hợp", (), 0),
            ("table", "Vướng mắc", (), 0),
            ("sheet", "_papi", (), 0),
        },
        4,
    ),
    "changed": (
        (
            "clear_dropdowns",
            "change_formats",
            "delete_names",
            "change_header",
            "sort_rows",
            "merge_cells",
            "hide_rows",
        ),
        {
            ("lists", "Nhiệm vụ", ("Trạng thái",), 12),
            ("formats", "Nhiệm vụ", ("TT", "Tỷ lệ hoàn thành"), 13),
            ("name", "Thông tin", ("papi_unit", "papi_year"), 2),
            ("header", "Giám sát", ("Hình thức",), 0),
            ("merged", "Nhiệm vụ", (), 1),
            ("hidden-rows", "Nhiệm vụ", (), 2),
        },
        1,
    ),
    "moved": (
        ("delete_header", "rename_sheets"),
        {
            ("header-row", "Nhiệm vụ", (), 0),
            ("table-range", "Nhiệm vụ", (), 0),
            ("sheet-name", "Nhiệm vụ", ("NV 2021",), 0),
            ("sheet-name", "Danh mục", ("DM",), 0),
        },
        0,
    ),
    "whole": (("sort_rows", "delete_rows"), set(), 0),
}


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_broken_is_put_back(office: xw.App, tmp_path: Path, group: str) -> None:
    """What was broken is said and nothing else, the findings are those of before, values are equal."""
    names, expected, leftovers = GROUPS[group]
    made = put_back(broken(office, tmp_path, *names).read_bytes())
    assert {(one.kind, one.sheet, one.what, one.count) for one in made.broken} == expected
    assert len(made.strays) == leftovers
    if not expected:
        assert made.content is None
        return
    assert made.content is not None
    assert found(made.content) == found(EXAMPLE.read_bytes())
    wanted = dict(whole())
    if "sort_rows" in names:
        rows = wanted["Giám sát"]
        wanted["Giám sát"] = [*rows[:-3], *rows[:-4:-1]]
    assert values(made.content) == wanted


def test_a_column_of_ones_own_becomes_lines_of_the_notes(office: xw.App, tmp_path: Path) -> None:
    """The sheet that was deleted is there again, at its place; what it said cannot be."""
    content = broken(office, tmp_path, "insert_column", "delete_sheet").read_bytes()
    made = put_back(content)
    assert {(one.kind, one.sheet) for one in made.broken} >= {
        ("order", "Nhiệm vụ"),
        ("sheet", "Tuyên truyền"),
    }
    assert made.noted == ("Kinh phí",)
    assert made.content is not None
    got = values(made.content)
    assert got["Nhiệm vụ"][5][9] == "Kinh phí: 2 triệu đồng"
    assert got["Nhiệm vụ"][3] == list(ALL)
    assert [sheet.name for sheet in read_content("", made.content, everything=True).sheets] == [
        "Hướng dẫn", "Thông tin", "Nhiệm vụ", "Giám sát", "Tuyên truyền", "Vướng mắc", "Tổng hợp",
        "Kết quả kiểm tra", "Danh mục", "_papi",
    ]  # fmt: skip
    assert put_back(made.content).content is None


def with_more(folder: Path) -> bytes:
    """Return the example without its dropdowns for tasks, with notes, a link and a sheet of one's own."""
    book = openpyxl.load_workbook(EXAMPLE)
    tasks = book[schema.TASKS]
    tasks.data_validations.dataValidation = []
    tasks["B6"].comment = Comment("Hỏi lại tổ văn phòng", "An")
    tasks["I6"].hyperlink = "https://example.com/bien-ban"
    mine = book.create_sheet("Của tôi", 3)
    mine["A1"], mine["A2"], mine["A3"] = "Theo dõi", 4, "=A2*'Nhiệm vụ'!H6"
    mine["A1"].fill = PatternFill("solid", start_color="FFC000")
    mine["A1"].comment = Comment("Việc của tổ", "An")
    chart = LineChart()
    chart.add_data(Reference(mine, min_col=1, min_row=2, max_row=3))
    mine.add_chart(chart, "C2")
    path = folder / "them.xlsx"
    book.save(path)
    return path.read_bytes()


def leads_of(found: Parts, part: str) -> set[str]:
    """Return ``part`` and all parts that it leads to."""
    inner = [one.target for one in found.relations(part) if not one.external]
    return {part, relations_of(part)}.union(*(leads_of(found, one) for one in inner)) & found.content.keys()


def test_all_else_stays_to_the_byte(tmp_path: Path) -> None:
    """The sheet of one's own with chart and note; notes and links of a sheet that is put back stay there."""
    before = with_more(tmp_path)
    made = put_back(before)
    assert made.content is not None
    assert [(one.kind, one.sheet, one.count) for one in made.broken] == [("lists", "Nhiệm vụ", 192)]
    old, new = parts(before), parts(made.content)
    mine = next(one.part for one in sheets(old) if one.name == "Của tôi")
    assert [one.name for one in sheets(new)] == [one.name for one in sheets(old)]
    kept = {name for one in sheets(old) if one.name != schema.TASKS for name in leads_of(old, one.part)}
    assert {name for name in kept if old.content[name] != new.content.get(name)} == set()
    assert len(leads_of(old, mine)) == 7
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    assert book[schema.TASKS]["B6"].comment.text == "Hỏi lại tổ văn phòng"
    assert book[schema.TASKS]["I6"].hyperlink.target == "https://example.com/bien-ban"
    assert "tblNhiemVu" in book[schema.TASKS].tables
    assert len(book[schema.TASKS].data_validations.dataValidation) == 11


@pytest.mark.parametrize("name", ["papi_template_blank", "papi_example"])
def test_what_is_whole_is_left_alone(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(shutil.copyfile(sources.folder() / f"{name}.xlsx", tmp_path / "bieu.xlsx"))
    assert main(["repair", str(path)]) == 0
    assert [one.name for one in tmp_path.iterdir()] == ["bieu.xlsx"]
    assert "nguyên vẹn" in capsys.readouterr().out


def test_an_old_version_becomes_the_current_one(tmp_path: Path) -> None:
    """Merged cells, too; the findings that the old version planted stay but for these."""
    content = (sources.folder() / "papi_defects.xlsx").read_bytes()
    made = put_back(content)
    assert [(one.kind, one.sheet, one.what) for one in made.broken] == [
        ("table", "Nhiệm vụ", ()),
        ("merged", "Nhiệm vụ", ()),
        ("hidden-rows", "Nhiệm vụ", ()),
        ("looks", "Nhiệm vụ", ("Sản phẩm",)),
        ("version", "_papi", ("0", "1")),
    ]
    assert made.content is not None
    assert made.converted == 1
    gone = {"text-legacy-font", "template-outdated", "merged-cells", "hidden-rows"}
    assert found(made.content) == [one for one in found(content) if one[0] not in gone]
    assert faults(made.content, tmp_path) == set()


def test_another_format_is_made_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An .ods file: values are kept, and what is not carried is said."""
    path = convert(EXAMPLE, "ods", tmp_path)
    assert main(["repair", str(path)]) == 0
    assert ".xlsx" in capsys.readouterr().out
    assert values((tmp_path / "papi_example_phuc-hoi.xlsx").read_bytes()) == whole()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["khong-co.xlsx"], "khong-co.xlsx"),
        (["."], ". là thư mục."),
        (["rac.xlsx"], "rac.xlsx"),
        (["rieng.xlsx"], "new --from"),
        (["hong.xlsx", "-o", "hong.xlsx"], "hong.xlsx"),
        (["hong.xlsx", "-o", "hong.csv"], ".xlsx"),
        (["hong.xlsx", "-o", "rieng.xlsx"], "--force"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str],
    word: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rac.xlsx").write_bytes(b"rac")
    with xlsxwriter.Workbook("rieng.xlsx") as book:
        book.add_worksheet("Thu chi").write_row("A1", ["Ngày", "Số tiền"])
    Path("hong.xlsx").write_bytes((sources.folder() / "papi_defects.xlsx").read_bytes())
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    assert main(["repair", *arguments]) == 2
    assert word in capsys.readouterr().err
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_a_click_mends_what_is_on_the_screen(office: xw.App, tmp_path: Path) -> None:
    """Unsaved changes too; the open workbook and its file stay as they are, the mended one is opened."""
    path = Path(shutil.copyfile(EXAMPLE, tmp_path / "bieu.xlsx"))
    book = office.books.open(str(path))
    BREAKS["clear_dropdowns"](book)
    book.sheets[schema.TASKS]["B7"].value = "Gõ sau khi mở"
    clerk = click(book, macros.repair)
    assert "Trạng thái (12 ô)" in clerk.heard[0]
    assert path.read_bytes() == EXAMPLE.read_bytes()
    assert [one.name for one in office.books] == ["bieu.xlsx", "bieu_phuc-hoi.xlsx"]
    assert values((tmp_path / "bieu_phuc-hoi.xlsx").read_bytes())["Nhiệm vụ"][6][1] == "Gõ sau khi mở"
    assert book.sheets[schema.TASKS]["B7"].value == "Gõ sau khi mở"
    office.books["bieu_phuc-hoi.xlsx"].close()
    click(book, macros.repair, Clerk(yes=False))
    assert (tmp_path / "bieu_phuc-hoi (2).xlsx").exists()


def test_a_click_refuses_what_was_never_saved_or_is_no_template(office: xw.App, tmp_path: Path) -> None:
    book = office.books.add()
    assert "chưa được lưu" in click(book, macros.repair).heard[0]
    book.save(str(tmp_path / "khac.xlsx"))
    assert "papi-xl new --from" in click(book, macros.repair).heard[0]
    assert [one.name for one in tmp_path.glob("*.xlsx")] == ["khac.xlsx"]


def test_all_that_is_found_has_words() -> None:
    assert (set(RESTORED), set(WHY)) == (set(Kind), set(Why))
    for broken in (Broken(kind, schema.TASKS, ("TT",), 2) for kind in Kind):
        for lang in ("vi", "en"):
            assert "{" not in restored(broken, lang)
