"""The add-in as a file: its parts, its VBA project and its ribbon, read back by others than its writer."""

import sys
import unicodedata
import zipfile
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pyopenvba import ExcelFile
from pyopenvba.cfb import CFB
from pyvbaanalysis import (
    ConditionalCompilationEnvironment,
    ModuleInput,
    ModuleSymbolKind,
    analyze_office_file,
    analyze_project,
)

from papi_xl import addin, build
from papi_xl.errors import PapiError
from papi_xl.template import sources
from tests.office import convert

XLAM = sources.folder() / "papi_xl.xlam"
SOURCES = sources.folder() / "addin"
NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"

LABELS = {
    "papiTab": "PAPI",
    "papiCheckGroup": "Kiểm tra biểu", "papiCheck": "Kiểm tra", "papiNextFinding": "Lỗi tiếp theo",
    "papiMendGroup": "Sửa biểu", "papiFix": "Sửa giúp", "papiUndoFixes": "Hoàn tác",
    "papiRepair": "Phục hồi biểu",
    "papiReportGroup": "Báo cáo", "papiSummarize": "Tổng hợp",
    "papiEmail": "Gửi cấp trên",
    "papiAboveGroup": "Cấp trên", "papiConsolidate": "Hợp nhất",
    "papiHelpGroup": "Hỗ trợ", "papiDoctor": "Chẩn đoán",
}  # fmt: skip

CHILDREN = {
    "customUI": {"ribbon"}, "ribbon": {"tabs"}, "tabs": {"tab"}, "tab": {"group"}, "group": {"button"},
    "button": set(),
}  # fmt: skip
"""Which element may stand in which, of those used: customUI14.xsd of [MS-CUSTOMUI2], as published with
fernandreu/office-ribbonx-editor (src/OfficeRibbonXEditor/Resources/Schemas) at d17a1f5."""

ATTRIBUTES: Mapping[str, set[str]] = {
    "customUI": {"onLoad", "loadImage"},
    "ribbon": {"startFromScratch"},
    "tabs": set(),
    "tab": {"id", "label", "keytip", "tag", "visible", "insertAfterMso", "insertBeforeMso"},
    "group": {"id", "label", "keytip", "tag", "visible", "imageMso", "screentip", "supertip", "autoScale"},
    "button": {"id", "label", "keytip", "tag", "visible", "enabled", "imageMso", "screentip", "supertip",
               "description", "showImage", "showLabel", "size", "onAction"},
}  # fmt: skip
"""Attributes that the same schema allows there."""

LENGTHS = {"keytip": 3, "id": 1024, "label": 1024, "screentip": 1024, "supertip": 1024, "onAction": 1024}
"""ST_Keytip, ST_UniqueID, ST_String and ST_Delegate of the same schema: 1 to so many characters."""

IMAGES = {
    "ErrorChecking", "ReviewNextComment", "AutoCorrect", "Undo", "FormatPainter", "AutoSum",
    "FileSendAsAttachment", "Consolidate", "Help",
}  # fmt: skip
"""Buttons of Excel's own ribbon, so their pictures exist: Microsoft 365, Semi-Annual Enterprise Channel,
excelcontrols.xlsx of OfficeDev/office-fluent-ui-command-identifiers at b230a0d."""


def part(name: str) -> str:
    with zipfile.ZipFile(XLAM) as package:
        return package.read(name).decode("utf-8")


def read_xml(name: str) -> ET.Element:
    return ET.fromstring(part(name))  # noqa: S314 - our own file


def ribbon() -> ET.Element:
    return read_xml("customUI/customUI14.xml")


def elements() -> list[ET.Element]:
    return list(ribbon().iter())


def kind(element: ET.Element) -> str:
    return element.tag.removeprefix(NAMESPACE)


def test_two_builds_are_equal_to_the_last_byte() -> None:
    assert addin.package() == addin.package()


def test_it_is_an_add_in_with_a_ribbon() -> None:
    """As Excel marks them: the type of the main part, and a relation of the whole package."""
    main = 'PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.addin.macroEnabled.main+xml"'
    assert part("[Content_Types].xml").count(main) == 1
    assert '<Default Extension="xml" ContentType="application/xml"/>' in part("[Content_Types].xml")
    relation = 'Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"'
    assert part("_rels/.rels").count(f'{relation} Target="customUI/customUI14.xml"') == 1
    assert part("customUI/customUI14.xml") == (SOURCES / "ribbon.xml").read_text(encoding="utf-8")


def test_what_the_list_of_add_ins_shows() -> None:
    properties = {element.tag.rpartition("}")[2]: element.text for element in read_xml("docProps/core.xml")}
    assert properties == {
        "title": "PAPI",
        "creator": "papi_xl",
        "lastModifiedBy": "papi_xl",
        "description": "Kiểm tra biểu nhiệm vụ PAPI, lập biểu tổng hợp. "
        "(Check PAPI task tables, make the summary.)",
        "created": "2021-01-01T00:00:00Z",
        "modified": "2021-01-01T00:00:00Z",
    }


def test_the_project_holds_the_sources_and_nothing_else() -> None:
    with ExcelFile(XLAM) as book:
        project = book.vba_project()
        assert book.validate() == []
        assert project.name == "papi_xl"
        assert [reference.name for reference in project.references] == ["stdole", "Office"]
        held = {module.name: module for module in project.modules}
        assert list(held) == ["ThisWorkbook", "Sheet1", "PapiRibbon"]
        assert held["PapiRibbon"].source == (SOURCES / "PapiRibbon.bas").read_text("ascii").replace(
            "\n", "\r\n"
        )
        assert held["ThisWorkbook"].body == held["Sheet1"].body == ""


def test_no_office_takes_the_project_for_compiled() -> None:
    """The mark of another version than any Office's, and nothing behind it: else VBA might trust old code."""
    with zipfile.ZipFile(XLAM) as package:
        project = CFB.from_bytes(package.read("xl/vbaProject.bin"))
    assert project.get_stream_in_storage("VBA", "_VBA_PROJECT") == b"\xcc\x61\xff\xff\x00\x01\x00"


def test_it_has_no_window() -> None:
    view = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}workbookView"
    assert [one.get("visibility") for one in read_xml("xl/workbook.xml").iter(view)] == ["hidden"]


def test_every_source_is_built_in() -> None:
    assert {path.name for path in SOURCES.iterdir()} == {"ribbon.xml", "PapiRibbon.bas"}


def test_the_sources_suit_the_vba_editor() -> None:
    """ASCII, every variable declared, and nothing of one word size."""
    source = (SOURCES / "PapiRibbon.bas").read_bytes()
    assert source.isascii()
    assert source.splitlines()[:2] == [b'Attribute VB_Name = "PapiRibbon"', b"Option Explicit"]
    assert b"Declare " not in source
    assert b"LongPtr" not in source


def test_static_analysis_of_the_built_project_finds_nothing() -> None:
    assert analyze_office_file(XLAM) == {"ThisWorkbook": [], "Sheet1": [], "PapiRibbon": []}


@pytest.mark.parametrize("platform", [{"Mac": True}, {"Win64": False, "VBA7": True}, {"Win64": False}])
def test_static_analysis_for_other_offices_finds_nothing(platform: dict[str, bool]) -> None:
    """Excel for Mac, and 32-bit Excel of today and of old."""
    known = {"VBA6": True, "VBA7": False, "Win32": "Mac" not in platform, "Win64": False, "Mac": False}
    constants = ConditionalCompilationEnvironment(compiler_constants={**known, **platform})
    source = (SOURCES / "PapiRibbon.bas").read_text("ascii")
    module = ModuleInput("PapiRibbon", ModuleSymbolKind.STANDARD, source)
    assert analyze_project([module], conditional_compilation=constants) == {"PapiRibbon": []}


def test_libreoffice_reads_the_container_and_the_project(tmp_path: Path) -> None:
    """Another reader of both; it has to be told the kind, as LibreOffice 7.4 has no type for add-ins."""
    made = convert(XLAM, "ods", tmp_path, reader="Calc MS Excel 2007 VBA XML")
    with zipfile.ZipFile(made) as package:
        basic = [name for name in package.namelist() if name.startswith("Basic/papi_xl/")]
        module = unescape(package.read("Basic/papi_xl/PapiRibbon.xml").decode("utf-8"))
    assert sorted(Path(name).stem for name in basic) == ["PapiRibbon", "Sheet1", "ThisWorkbook", "script-lb"]
    source = (SOURCES / "PapiRibbon.bas").read_text("ascii").partition("\n")[2]
    assert source.rstrip() in module.replace("\r", "")


def test_elements_and_attributes_are_those_of_the_schema() -> None:
    assert ribbon().tag == f"{NAMESPACE}customUI"
    for element in elements():
        assert {kind(child) for child in element} <= CHILDREN[kind(element)]
        assert set(element.attrib) <= ATTRIBUTES[kind(element)], element.attrib
        assert not (element.text or "").strip()


def test_values_keep_to_the_schema() -> None:
    for element in elements():
        for name, value in element.attrib.items():
            assert 1 <= len(value) <= LENGTHS.get(name, 1024), value
    assert {element.get("size") for element in elements()} == {None, "large", "normal"}


def test_ids_and_keytips_are_used_once() -> None:
    ids = [element.attrib["id"] for element in elements() if "id" in element.attrib]
    keytips = [element.attrib["keytip"] for element in elements() if "keytip" in element.attrib]
    assert len(ids) == len(set(ids)) == len(LABELS)
    assert all(one.isidentifier() and one.isascii() for one in ids)
    assert keytips == ["I", "K", "L", "S", "U", "P", "T", "G", "H", "D"]


def test_labels_are_the_words_of_the_contract() -> None:
    assert {
        element.attrib["id"]: element.get("label") for element in elements() if "id" in element.attrib
    } == LABELS


def test_every_button_says_what_it_does_and_shows_a_known_picture() -> None:
    """A screen tip of its own, a longer one with an English twin, and a built-in image."""
    buttons = [element for element in elements() if kind(element) == "button"]
    assert {button.attrib["imageMso"] for button in buttons} == IMAGES
    assert len({button.attrib["screentip"] for button in buttons}) == len(IMAGES)
    for button in buttons:
        vietnamese, english = button.attrib["supertip"].split("\n\n")
        assert not vietnamese.isascii()
        assert english.isascii()
        assert button.attrib["screentip"] not in {button.attrib["label"], vietnamese}


def test_the_vietnamese_is_composed() -> None:
    text = (SOURCES / "ribbon.xml").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert unicodedata.is_normalized("NFC", part("docProps/core.xml"))


def test_without_the_package_that_writes_vba_nothing_is_built(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    with pytest.raises(PapiError) as caught:
        build.build(tmp_path)
    assert caught.value.code == "build-package-missing"
    assert caught.value.values == {"package": "pyOpenVBA"}
    assert list(tmp_path.iterdir()) == []


def test_without_its_sources_nothing_is_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "workbooks" / "src").mkdir(parents=True)
    monkeypatch.setattr(sources, "__file__", str(tmp_path / "papi_xl" / "template" / "sources.py"))
    with pytest.raises(PapiError) as caught:
        addin.package()
    assert caught.value.code == "sources-missing"
    assert caught.value.values == {"folder": str(tmp_path / "workbooks" / "addin")}
