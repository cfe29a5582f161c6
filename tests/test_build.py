"""The built workbooks: reproducible from their text sources, valid, and showing figures uncalculated."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from papi_xl import build
from papi_xl.errors import PapiError
from papi_xl.raw import Area
from papi_xl.template import sources
from papi_xl.template.planting import Defect, plant

NAMES = (
    "papi_template.xlsx",
    "papi_template_blank.xlsx",
    "papi_example.xlsx",
    "papi_defects.xlsx",
    "papi_xl.xlam",
    "papi_xl.oxt",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    assert [path.name for path in build.build(folder)] == list(NAMES)
    return folder


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_nothing_is_left_beside_the_workbooks(built: Path) -> None:
    assert sorted(path.name for path in built.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_workbook_is_what_its_sources_give(built: Path, name: str) -> None:
    """Every part is compared byte by byte; none is left out."""
    committed, rebuilt = parts(sources.folder() / name), parts(built / name)
    assert list(committed) == list(rebuilt)
    assert [part for part in committed if committed[part] != rebuilt[part]] == []


@pytest.mark.no_cover
@pytest.mark.parametrize("name", NAMES[:-1])
def test_the_workbook_is_valid(built: Path, name: str) -> None:
    assert OpenXmlValidator().validate(str(built / name)).errors == []


def test_figures_show_where_nothing_calculates(built: Path) -> None:
    """As in Excel's protected view of a mailed file, or in a preview."""
    book = openpyxl.load_workbook(built / "papi_example.xlsx", data_only=True)
    sheet = book["Tổng hợp"]
    assert [cell.value for cell in sheet[10][2:16]] == [5, 1, 2, 2, 0, 0, 0.2, 0.42, 1, 1, 0, 1, 1, 0]
    assert [cell.value for cell in sheet[16][1:8]] == ["Tổng cộng", 24, 5, 10, 7, 2, 0]
    assert sheet["C3"].value.isoformat() == "2021-06-30T00:00:00"
    assert book["Nhiệm vụ"]["A1"].value == "BIỂU TỔNG HỢP NHIỆM VỤ NÂNG CAO CHỈ SỐ PAPI NĂM 2021"


def test_a_domain_without_tasks_shows_a_dash_where_nothing_calculates(built: Path) -> None:
    sheet = openpyxl.load_workbook(built / "papi_template_blank.xlsx", data_only=True)["Tổng hợp"]
    assert [sheet[f"{column}7"].value for column in "CDIJ"] == [0, 0, "–", "–"]


def test_tasks_of_no_known_domain_have_a_line_of_their_own(built: Path) -> None:
    sheet = openpyxl.load_workbook(built / "papi_defects.xlsx", data_only=True)["Tổng hợp"]
    assert [cell.value for cell in sheet[15][1:8]] == ["Chưa rõ lĩnh vực", 2, 0, 0, 1, 1, 0]


def test_defects_are_planted_where_the_list_says() -> None:
    filling = sources.defects()
    rows = dict(enumerate(filling.tasks, start=5))
    assert rows[6]["number"] == 1.1
    assert rows[12]["task"] is None
    assert rows[19]["number"] == "4.c."
    assert set(rows[32].values()) == {None}
    assert filling.info["unit"] is None
    assert filling.template_version == "0"
    assert filling.merges == (Area(20, 4, 21, 4),)
    assert filling.hidden_rows == {23}


def test_a_place_that_is_no_area_is_refused() -> None:
    defect = Defect("merged-cells", "Nhiệm vụ", "D20", justified=False, edit="merge", at="D20-D21", value="")
    with pytest.raises(ValueError, match="D20-D21"):
        plant(sources.blank(), defect)


def test_the_example_covers_the_forms_of_timing() -> None:
    timings = {row.get("timing") for row in sources.example().tasks}
    assert {
        "Thường xuyên", "Hằng tháng", "31/3/2021", "Trước 30/9/2021", "Tháng 6/2021", "Tháng 5",
        "Quý II/2021", "Quý III", "6 tháng đầu năm", "Học kỳ II năm học 2020-2021", "Kỳ 1 năm học 2021-2022",
        "Năm 2021", "Đến hết năm 2021", "2021 - 2025", "20 ngày sau khi có chỉ tiêu tuyển dụng",
        "Theo kế hoạch", "Có hạn cụ thể",
    } <= timings  # fmt: skip


def test_an_installation_without_the_sources_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sources, "__file__", str(tmp_path / "papi_xl" / "template" / "sources.py"))
    with pytest.raises(PapiError) as caught:
        sources.folder()
    assert caught.value.code == "sources-missing"
    assert caught.value.values == {"folder": str(tmp_path / "papi_xl" / "workbooks")}
