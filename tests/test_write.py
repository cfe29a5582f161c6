"""The attached summary as a file: valid, values only, printable, and read back as it was written."""

import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from papi_xl import schema
from papi_xl.check import Result, check
from papi_xl.digest import digest_of_frame
from papi_xl.errors import OutputError
from papi_xl.read import read_workbook
from papi_xl.write import write_summary
from papi_xl.writing import layout
from tests import office
from tests.summaries import MADE_ON, built
from tests.tables import AS_OF, run

LONG = "Tăng cường công tác tuyên truyền, phổ biến, giáo dục pháp luật về thực hiện dân chủ ở cơ sở; "
VERY_LONG = (LONG * 400)[:32_760].strip()
LEADS = "Văn bản chỉ đạo, hướng dẫn, đôn đốc, kiểm tra | Trường MN | Các khu tập trung"
TABLE = f"""
1.   | Tham gia của người dân ở cấp cơ sở
1.1. | {LONG} | {LEADS} | Tháng 9/2021 | Chưa thực hiện | 0%
1.2. | =HYPERLINK("http://x.vn") | -1+2 | @lead | +84 | 30/6/2021 | Hoàn thành | 100% | http://x.vn/a?b=1&c=2
2.   | Công khai
2.1. | «Dòng một\\nDòng hai <b>&amp; _x0041_» | {LEADS} | 31/5/2021 | Đang thực hiện | 80,5% | | Ghi | Chờ
3.   | Trách nhiệm giải trình với người dân
     | {LONG * 20} | {LEADS} | Thường xuyên | Đang thực hiện | 33.33%
3.10. | {LONG} | {LEADS} | Theo kế hoạch | Tạm dừng | abc | | {LONG * 4}
2.2. | {LONG} | {LEADS} | 22/5/2021 | xog | 0,5%
4.   | Kiểm soát tham nhũng
4.1. | {LONG} | {LEADS} | Quý I/2021 | Hoàn thành
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report whose texts try to be formulas, links, markup, several lines, or very long."""
    path = tmp_path_factory.mktemp("report") / "report.xlsx"
    write_summary(path, built(TABLE))
    return path


@pytest.fixture(scope="module")
def sheets(report: Path) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(report, rich_text=False).worksheets}


@pytest.fixture(scope="module")
def resaved(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same report after LibreOffice has saved it."""
    return office.convert(report, "xlsx", tmp_path_factory.mktemp("resaved"))


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def checked(path: Path) -> Result:
    return check(read_workbook(path), as_of=AS_OF, today=MADE_ON)


def cell_of(sheet: Worksheet, text: str) -> XlsxCell:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_valid(tmp_path: Path, lang: str) -> None:
    """An independent validator of the file format has nothing to say."""
    path = tmp_path / "report.xlsx"
    write_summary(path, built(TABLE, lang=lang))
    assert OpenXmlValidator().validate(str(path)).errors == []


def test_sheets(sheets: dict[str, Worksheet]) -> None:
    assert {name: sheet.sheet_state for name, sheet in sheets.items()} == {
        "Tổng hợp": "visible", "Phụ lục": "visible", "_papi": "veryHidden",
    }  # fmt: skip


def test_holds_values_only(report: Path) -> None:
    """No formula, link, macro or reference to anything outside, whatever the texts look like."""
    content = parts(report)
    assert not [name for name in content if re.search("external|hyperlink|vba|embeddings|calcChain", name)]
    for name, text in content.items():
        assert "TargetMode" not in text, name
        if name.startswith("xl/worksheets/sheet"):
            assert not re.search("<f[ >]|<hyperlink", text), name


def test_texts_stay_as_they_are(sheets: dict[str, Worksheet]) -> None:
    annex = sheets["Phụ lục"]
    for text in ('=HYPERLINK("http://x.vn")', "-1+2", "@lead", "+84", "http://x.vn/a?b=1&c=2"):
        cell = cell_of(annex, text)
        assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_annex_is_a_table_without_merges_or_hidden_rows(sheets: dict[str, Worksheet]) -> None:
    annex = sheets["Phụ lục"]
    table = annex.tables["tblPhuLuc"]
    header = cell_of(annex, "Nội dung nhiệm vụ").row
    # Eight tasks under three headings.
    assert table.ref == f"A{header}:M{header + 11}"
    assert table.autoFilter is None
    assert all(merge.max_row < header for merge in annex.merged_cells.ranges)
    assert not any(row.hidden for row in annex.row_dimensions.values())
    assert annex.print_title_rows == f"${header}:${header}"


@pytest.mark.parametrize("name", ["Tổng hợp", "Phụ lục"])
def test_page(sheets: dict[str, Worksheet], name: str) -> None:
    """A4 landscape, margins 20/20/30/15 mm, one page wide."""
    sheet = sheets[name]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    margins = sheet.page_margins
    millimetres = [round(inch * 25.4) for inch in (margins.top, margins.bottom, margins.left, margins.right)]
    assert millimetres == [20, 20, 30, 15]
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    fit = sheet.sheet_properties.pageSetUpPr
    assert fit is not None
    assert fit.fitToPage


def test_page_number(report: Path) -> None:
    """It stands from the second page on, in the middle of the top margin, size 13."""
    for sheet in ("sheet1", "sheet2"):
        found = re.search("<headerFooter.*</headerFooter>", parts(report)[f"xl/worksheets/{sheet}.xml"])
        assert found is not None
        assert found[0] == (
            '<headerFooter differentFirst="1"><oddHeader>&amp;C&amp;"Times New Roman,Regular"&amp;13&amp;P'
            "</oddHeader></headerFooter>"
        )


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic"),
    [
        ("PHÒNG GD&ĐT VĂN GIANG", 12, False, False),
        ("TRƯỜNG MẦM NON TÂN TIẾN", 12, True, False),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, False),
        ("Văn Giang, ngày 05 tháng 02 năm 2021", 13, False, True),
        ("TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ NÂNG CAO CHỈ SỐ PAPI NĂM 2021", 14, True, False),
        ("TM. BAN GIÁM HIỆU", 13, True, False),
        ("Nơi nhận:", 12, True, True),
        ("- Lưu: VT.", 11, False, False),
    ],
)
def test_letter(sheets: dict[str, Worksheet], text: str, size: int, bold: bool, italic: bool) -> None:  # noqa: FBT001
    font = cell_of(sheets["Tổng hợp"], text).font
    assert (font.name, font.size, font.bold, font.italic) == ("Times New Roman", size, bold, italic)


def test_figures_are_numbers(sheets: dict[str, Worksheet]) -> None:
    """Counts and fractions can be calculated with; a domain without tasks shows a dash, not 0 %."""
    sheet = sheets["Tổng hợp"]
    total = cell_of(sheet, "Tổng cộng").row
    assert [sheet.cell(total, column).value for column in (3, 4, 9)] == [7, 2, pytest.approx(2 / 7)]
    assert sheet.cell(total, 9).number_format == "0.0%"
    empty = cell_of(sheet, "Quản trị điện tử").row
    assert [sheet.cell(empty, column).value for column in (3, 9, 10)] == [0, "–", "–"]


def test_chart_is_native_and_holds_its_values(report: Path) -> None:
    chart = parts(report)["xl/charts/chart1.xml"]
    assert "<c:barChart>" in chart
    assert "<c:v>Kiểm soát tham nhũng trong khu vực công</c:v>" in chart
    assert "'Tổng hợp'!$I$" in chart


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_summary(tmp_path / name, built(TABLE))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_created_on_the_day_it_was_made(report: Path) -> None:
    assert openpyxl.load_workbook(report).properties.created == datetime(2021, 2, 5)


def test_replaces_a_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"old")
    write_summary(path, built(TABLE))
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.xlsx"]
    assert path.read_bytes()[:2] == b"PK"


def test_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").mkdir()
    for path, code in (
        (tmp_path / "report.xlsx", "output-not-a-file"),
        (tmp_path / "missing" / "report.xlsx", "output-unwritable"),
    ):
        with pytest.raises(OutputError) as caught:
            write_summary(path, built(TABLE))
        assert caught.value.code == code
    assert [entry.name for entry in tmp_path.rglob("*")] == ["report.xlsx"]


def test_meta(sheets: dict[str, Worksheet]) -> None:
    pairs = {str(key): value for key, value in sheets["_papi"].iter_rows(values_only=True)}
    assert tuple(pairs) == schema.META_KEYS
    assert (pairs["kind"], pairs["as_of"], pairs["year"]) == ("report", "2021-06-30", "2021")


def test_reads_back_the_same(report: Path) -> None:
    """The receiver finds the same tasks, domains and figures, and the digest holds."""
    result, sent = checked(report), run(TABLE)
    assert result.batch is not None
    assert sent.batch is not None
    assert result.batch.docs[0].table.sheet.name == "Phụ lục"
    assert result.figures() == sent.figures()
    digest = digest_of_frame(result.batch.tasks)
    assert digest == result.batch.docs[0].carried["digest"] == digest_of_frame(sent.batch.tasks)


def test_digest_survives_libreoffice(resaved: Path) -> None:
    result = checked(resaved)
    assert result.batch is not None
    assert result.figures() == run(TABLE).figures()
    assert digest_of_frame(result.batch.tasks) == built(TABLE).meta["digest"]
    assert "figures-altered" not in {finding.rule for finding in result.findings}


def test_change_to_a_cell_is_seen(report: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(report)
    cell_of(book["Phụ lục"], "Đang thực hiện").value = "Hoàn thành"
    book.save(tmp_path / "changed.xlsx")
    assert "figures-altered" in {finding.rule for finding in checked(tmp_path / "changed.xlsx").findings}


def test_reads_back_in_english_and_without_any_domain(tmp_path: Path) -> None:
    table = f"| Việc A | {LEADS} | Năm 2021 | Tạm dừng\n| Việc B | {LEADS} | Năm 2021 | Hoàn thành"
    write_summary(tmp_path / "report.xlsx", built(table, lang="en", info={}))
    result = checked(tmp_path / "report.xlsx")
    assert result.batch is not None
    assert result.batch.tasks["task"].tolist() == ["Việc A", "Việc B"]
    assert result.figures() == run(table).figures()


def test_very_long_texts_are_whole(tmp_path: Path) -> None:
    """The cell keeps all of a text that no row can show; the page `Toàn văn` prints it."""
    write_summary(tmp_path / "report.xlsx", built(f"1.1. | {VERY_LONG} | {LEADS} | Năm 2021 | Tạm dừng"))
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert cell_of(book["Phụ lục"], VERY_LONG).row > 1
    column = [str(row[0]) for row in book["Toàn văn"].iter_rows(min_row=2, values_only=True)]
    assert column[0] == "1.1. – Nội dung nhiệm vụ"
    assert " ".join(" ".join(column[1:]).split()) == VERY_LONG
    rows = book["Toàn văn"].row_dimensions.values()
    assert max(row.height or 0 for row in rows) <= layout.MAX_ROW_HEIGHT


def test_nothing_filled_in_is_valid_too(tmp_path: Path) -> None:
    write_summary(tmp_path / "a.xlsx", built(TABLE, info={}))
    assert OpenXmlValidator().validate(str(tmp_path / "a.xlsx")).errors == []
