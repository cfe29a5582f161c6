"""A package changed part by part: what is asked for changes, every other byte stays."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from papi_xl.bounds import Limits
from papi_xl.editing import workbook
from papi_xl.editing.cells import CellEdit, Stored, formula_cells, stored, with_cells
from papi_xl.editing.parts import Parts, unpacked
from papi_xl.editing.styles import EMPTY, Look, Stylesheet
from papi_xl.editing.texts import Run, Text, escaped, shared, spread, understood, unescaped, written
from papi_xl.errors import UnreadableWorkbookError
from papi_xl.reading.package import Package

WORKBOOKS = Path(__file__).parent.parent / "workbooks"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def parts_of(path: Path) -> Parts:
    """Return the parts of a file."""
    return unpacked(Package(path.read_bytes(), Limits()))


def sheet(rows: str, before: str = "", after: str = "", prefix: str = "") -> bytes:
    """Return a worksheet with these rows."""
    declared = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{prefix}worksheet {declared}="{MAIN}">{before}'
        f"<{prefix}sheetData>{rows}</{prefix}sheetData>{after}</{prefix}worksheet>"
    ).encode()


def rows_of(xml: bytes) -> str:
    """Return what stands between the tags of `sheetData`."""
    return xml.decode().partition("sheetData>")[2].rpartition("</")[0].rpartition("</")[0]


@pytest.mark.parametrize(
    ("rows", "edits", "expected"),
    [
        (
            '<row r="2"><c r="A2" s="3" t="s"><v>7</v></c><c r="B2"><v>1</v></c></row>',
            {(2, 1): CellEdit("3.1.")},
            '<row r="2"><c r="A2" s="3" t="inlineStr"><is><t>3.1.</t></is></c><c r="B2"><v>1</v></c></row>',
        ),
        (
            '<row  r="2" ht="15"><c t="s" s="3" r="A2"><v>7</v></c></row>',
            {(2, 1): CellEdit(0.8, 5)},
            '<row  r="2" ht="15"><c s="5" r="A2"><v>0.8</v></c></row>',
        ),
        (
            '<row r="2"><c r="A2" t="s"><v>7</v></c></row>',
            {(2, 1): CellEdit(None, 4), (2, 2): CellEdit(value=True)},
            '<row r="2"><c r="A2" s="4"/><c r="B2" t="b"><v>1</v></c></row>',
        ),
        (
            '<row r="2"><c r="B2"><v>1</v></c></row><row r="5"/>',
            {(2, 1): CellEdit("a"), (2, 3): CellEdit("c"), (4, 1): CellEdit("d"), (5, 1): CellEdit("e")},
            '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2"><v>1</v></c>'
            '<c r="C2" t="inlineStr"><is><t>c</t></is></c></row>'
            '<row r="4"><c r="A4" t="inlineStr"><is><t>d</t></is></c></row>'
            '<row r="5"><c r="A5" t="inlineStr"><is><t>e</t></is></c></row>',
        ),
        (
            '<row r="2" spans="2:3" s="6" customFormat="1"><c r="B2"/></row>',
            {(2, 1): CellEdit("a"), (2, 5): CellEdit("b")},
            '<row r="2" spans="1:5" s="6" customFormat="1">'
            '<c r="A2" s="6" t="inlineStr"><is><t>a</t></is></c>'
            '<c r="B2"/><c r="E2" s="6" t="inlineStr"><is><t>b</t></is></c></row>',
        ),
        (
            "<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>4</v></c></row>",
            {(1, 2): CellEdit(20.0), (2, 1): CellEdit(30.0)},
            "<row><c><v>1</v></c><c><v>20</v></c></row><row><c><v>30</v></c><c><v>4</v></c></row>",
        ),
        (
            '<row r="1"><c r="A1" t="str"><f>B1</f><v>x</v></c><c r="B1" cm="1" vm="2"><v>1</v></c></row>',
            {(1, 1): CellEdit("y"), (1, 2): CellEdit("z")},
            '<row r="1"><c r="A1" t="str"><f>B1</f><v>x</v></c>'
            '<c r="B1" t="inlineStr"><is><t>z</t></is></c></row>',
        ),
        (
            '<row r="1"><!-- <c r="A1"/> --><c r="A1" t="inlineStr"><is><t><![CDATA[</c> <]]></t></is></c>'
            '<c r="B1"><v>1</v></c></row>',
            {(1, 2): CellEdit("& <b> ]]>")},
            '<row r="1"><!-- <c r="A1"/> --><c r="A1" t="inlineStr"><is><t><![CDATA[</c> <]]></t></is></c>'
            '<c r="B1" t="inlineStr"><is><t>&amp; &lt;b&gt; ]]&gt;</t></is></c></row>',
        ),
        (
            '<row r="1"><c r="A1"/></row>',
            {
                (1, 1): CellEdit(
                    " a\u00a0_x000D_\r\n", runs=(Run("<rPr><b/></rPr>", " a\u00a0"), Run("", "_x000D_\r\n"))
                )
            },
            '<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr>'
            '<t xml:space="preserve"> a\u00a0</t></r>'
            '<r><t xml:space="preserve">_x005F_x000D__x000D_\n</t></r></is></c></row>',
        ),
    ],
    ids=[
        "text",
        "order-of-attributes",
        "blank",
        "new-places",
        "spans",
        "no-references",
        "formula",
        "cdata",
        "runs",
    ],
)
def test_only_the_cells_asked_for_change(
    rows: str, edits: Mapping[tuple[int, int], CellEdit], expected: str
) -> None:
    assert rows_of(with_cells(sheet(rows), edits)) == expected


def test_cells_go_into_a_sheet_without_rows() -> None:
    xml = b'<worksheet><dimension ref="A1"/><sheetData/><pageMargins left="1"/></worksheet>'
    assert with_cells(xml, {(3, 2): CellEdit("x")}) == (
        b'<worksheet><dimension ref="A1:B3"/><sheetData><row r="3"><c r="B3" t="inlineStr"><is><t>x</t></is>'
        b'</c></row></sheetData><pageMargins left="1"/></worksheet>'
    )


def test_a_new_cell_has_the_look_of_its_column() -> None:
    xml = sheet("", '<cols><col min="1" max="3" style="4" width="9"/></cols>')
    assert b'<c r="B1" s="4" t="inlineStr">' in with_cells(xml, {(1, 2): CellEdit("x")})
    assert stored(xml, [(1, 2)], None) == {(1, 2): Stored("blank", None, 4)}


def test_prefixes_stay() -> None:
    xml = sheet('<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>', prefix="x:")
    made = with_cells(
        xml, {(1, 1): CellEdit("a", runs=(Run("<rPr><b/></rPr>", "a"),)), (2, 1): CellEdit("b")}
    )
    assert rows_of(made) == (
        '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:r><x:rPr><x:b/></x:rPr><x:t>a</x:t></x:r></x:is>'
        '</x:c></x:row><x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row>'
    )
    assert stored(made, [(1, 1)], None)[1, 1] == Stored("text", "a", 0, (Run("<rPr><b/></rPr>", "a"),))


def test_every_kind_of_formula_is_known() -> None:
    xml = sheet(
        '<row r="1"><c r="A1"><f>1</f></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1</f></c>'
        '<c r="C1"><f t="array" ref="C1:D2">A1:B2</f></c><c r="D1"><v>1</v></c><c r="E1"><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/></c><c r="C2"><v>1</v></c></row>'
        '<row r="3"><c r="C3"><v>1</v></c></row>'
    )
    assert formula_cells(xml) == {(1, 1), (1, 2), (1, 3), (1, 4), (2, 2), (2, 3)}
    assert with_cells(xml, {(2, 4): CellEdit("blank, but the array's")}) == xml


@pytest.mark.parametrize(
    "xml",
    [
        b"<worksheet><sheetData></worksheet>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData>&b;</sheetData></worksheet>',
        b"<chartsheet><sheetData/></chartsheet>",
        b"<worksheet/>",
        b"",
    ],
)
def test_what_is_no_worksheet_is_refused(xml: bytes) -> None:
    with pytest.raises(UnreadableWorkbookError):
        with_cells(xml, {(1, 1): CellEdit("x")})


def test_stored_cells_are_told_to_the_letter() -> None:
    xml = sheet(
        '<row r="1"><c r="A1" s="2" t="s"><v>1</v></c><c r="B1"><v>1.1</v></c><c r="C1" t="b"><v>1</v></c>'
        '<c r="D1" t="e"><v>#REF!</v></c><c r="E1" t="str"><v>a&amp;b_x000D_</v></c>'
        '<c r="F1" t="d"><v>2021-10-01</v></c><c r="G1" s="5"/></row>'
    )
    strings = (
        b'<sst><si><t>0</t></si><si><r><rPr><rFont val=".VnTime"/></rPr><t>a </t></r><r><t>b</t></r>'
        b"<rPh><t>no</t></rPh></si></sst>"
    )
    runs = (Run('<rPr><rFont val=".VnTime"/></rPr>', "a "), Run("", "b"))
    assert stored(xml, [(1, column) for column in range(1, 9)], strings) == {
        (1, 1): Stored("text", "a b", 2, runs),
        (1, 2): Stored("number", 1.1),
        (1, 3): Stored("truth", value=True),
        (1, 4): Stored("error", "#REF!"),
        (1, 5): Stored("text", "a&b\r"),
        (1, 6): Stored("day", "2021-10-01"),
        (1, 7): Stored("blank", None, 5),
        (1, 8): Stored(),
    }


@pytest.mark.parametrize(
    "text", ["", "a", " a\u00a0 ", "_x0041_", "__x0041_", "\r\n\t\x01", "\U0001f600", "\ud83d", "Đ\u0323"]
)
def test_texts_come_back_as_they_went(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert understood(b"<is>%b</is>" % written(Text(text))).text == text


def test_shared_texts_are_found_by_number() -> None:
    xml = b"<sst><si><t>a</t></si><si/><si><t>c</t></si></sst>"
    assert shared(xml, {1, 2, 9}) == {1: Text(""), 2: Text("c")}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["Hội  ", "phụ huynh"], "Hội phụ huynh", ["Hội ", "phụ huynh"]),
        ([" a", "b  c "], "ab c", ["a", "b c"]),
        (["Ho\u0323p", " ", "lớp\u200b"], "Họp lớp", ["Họp ", "lớp"]),
        (["xo", "g"], "Hoàn thành", ["Hoàn thành"]),
        (["a ", "b"], "a b", ["a ", "b"]),
    ],
)
def test_runs_are_spread_over_the_new_text(before: list[str], after: str, expected: list[str]) -> None:
    runs = tuple(Run(str(index), text) for index, text in enumerate(before))
    made = spread(after, runs)
    assert [run.text for run in made] == expected
    assert "".join(run.text for run in made) == after


def test_a_look_is_derived_once() -> None:
    styles = Stylesheet(EMPTY)
    made, number = styles.derived(0, number_format="@", font="Times New Roman")
    assert (number, made.look(1)) == (1, Look("@", "Times New Roman"))
    assert made.derived(0, number_format="@", font="Times New Roman") == (made, 1)
    assert made.derived(1, number_format="@") == (made, 1)
    own, number = made.derived(1, number_format="dd/mm/yyyy")
    assert (number, own.look(2)) == (2, Look("dd/mm/yyyy", "Times New Roman"))
    assert own.look(0) == Look("General", "Calibri")


def test_a_stylesheet_is_taken_in_whole() -> None:
    first, _ = Stylesheet(EMPTY).derived(0, number_format="0.000")
    second, _ = Stylesheet(EMPTY.replace(b"Calibri", b"Arial")).derived(0, number_format="dd/mm")
    second = second.extended("dxfs", [b"<dxf/>"])
    made, offsets = first.joined(second)
    assert offsets == (2, 0)
    assert [made.look(number) for number in range(4)] == [
        Look("General", "Calibri"),
        Look("0.000", "Calibri"),
        Look("General", "Arial"),
        Look("dd/mm", "Arial"),
    ]
    assert len(made.items("dxfs")) == 1


def test_an_untouched_package_is_the_same_part_by_part() -> None:
    path = WORKBOOKS / "papi_example.xlsx"
    made = parts_of(path).zipped()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(io.BytesIO(made)) as after:
        assert sorted(before.namelist()) == sorted(after.namelist())
        assert all(before.read(name) == after.read(name) for name in before.namelist())
        assert after.namelist()[0] == "[Content_Types].xml"


def test_a_sheet_comes_and_goes_without_a_trace() -> None:
    parts = parts_of(WORKBOOKS / "papi_example.xlsx")
    added = workbook.with_sheet(
        parts, "Thêm 'một'", sheet('<row r="1"><c r="A1"><v>5</v></c></row>'), state="hidden"
    )
    added = workbook.with_names(added, {"papi_them": "'Thêm ''một'''!$A$1"})
    book = openpyxl.load_workbook(io.BytesIO(added.zipped()))
    assert (book["Thêm 'một'"]["A1"].value, book["Thêm 'một'"].sheet_state) == (5, "hidden")
    assert book.defined_names["papi_them"].attr_text == "'Thêm ''một'''!$A$1"
    gone = workbook.without_sheet(added, "thêm 'MỘT'")
    assert gone.content == parts.content


def test_a_removed_sheet_takes_its_parts_and_names_along(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Một", "Hai", "Ba"):
            one = book.add_worksheet(name)
            one.write_comment("A1", "ghi chú")
            one.repeat_rows(0)
            book.define_name(f"o_{len(name)}{name[0]}", f"={name}!$A$1")
        one.activate()
    made = workbook.without_sheet(parts_of(path), "Hai")
    assert [one.name for one in workbook.sheets(made)] == ["Một", "Ba"]
    names = openpyxl.load_workbook(io.BytesIO(made.zipped()))
    assert list(names.defined_names) == ["o_2B", "o_3M"]
    assert names["Ba"].print_title_rows == "$1:$1"
    assert names.active is names["Ba"]
    assert sorted(name for name in made.content if "comment" in name) == [
        "xl/comments1.xml",
        "xl/comments3.xml",
    ]


def test_a_workbook_is_worked_out_anew() -> None:
    parts = parts_of(WORKBOOKS / "papi_example.xlsx")
    main = workbook.main_part(parts)
    chained = parts.with_part("xl/calcChain.xml", b"<calcChain/>", "application/x")
    chained, _ = chained.with_relation(main, "calcChain", "xl/calcChain.xml")
    made = workbook.recalculated(chained)
    assert b'fullCalcOnLoad="1"' in made.read(main)
    assert set(made.content) == set(parts.content)
    assert made.content == workbook.recalculated(made).content


STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
BARE = {
    "xl/workbook.xml": (
        f'<?xml version="1.0" encoding="utf-16"?><x:workbook xmlns:x="{STRICT_MAIN}"><x:sheets>'
        f'<x:sheet name="A" sheetId="7" xmlns:q="{STRICT}" q:id="rId1"/></x:sheets>'
        "<x:definedNames/></x:workbook>"
    ).encode("utf-16"),
    "_rels/.rels": (
        f'<Relationships><Relationship Id="a" Type="{STRICT}/officeDocument" Target="/xl/workbook.xml"/>'
        "</Relationships>"
    ).encode(),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships><Relationship Id="rId1" Type="{STRICT}/worksheet" Target="worksheets/Sheet1.xml"/>'
        "</Relationships>"
    ).encode(),
    "xl/worksheets/sheet1.xml": b"<worksheet/>",
    "[Content_Types].xml": b'<Types><Default Extension="xml" ContentType="application/xml"/></Types>',
}  # fmt: skip
"""A strict workbook as few programs write it: prefixes, UTF-16, no looks, names in another case."""


def test_unusual_packages_take_sheets_looks_and_names() -> None:
    parts = Parts(BARE)
    styles, number = workbook.stylesheet(parts).derived(0, number_format="0.000")
    made = workbook.with_stylesheet(parts, styles)
    made = workbook.with_sheet(made, "B", sheet(""), state="veryHidden")
    made = workbook.recalculated(workbook.with_names(made, {"b": "B!$A$1", "a": "A!$A$1"}))
    assert [(one.name, one.part, one.state) for one in workbook.sheets(made)] == [
        ("A", "xl/worksheets/Sheet1.xml", "visible"),
        ("B", "xl/worksheets/sheet2.xml", "veryHidden"),
    ]
    assert b'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"' in made.read("xl/worksheets/sheet2.xml")
    assert made.content_type("xl/styles.xml").endswith("styles+xml")
    assert made.content_type("xl/worksheets/sheet1.xml") == "application/xml"
    assert workbook.stylesheet(made).look(number).number_format == "0.000"
    book = made.read("xl/workbook.xml").decode()
    assert book.endswith(
        '<x:sheet name="B" sheetId="8" state="veryHidden" r:id="rId3" xmlns:r="' + STRICT + '"/></x:sheets>'
        '<x:definedNames><x:definedName name="a">A!$A$1</x:definedName><x:definedName name="b">B!$A$1'
        '</x:definedName></x:definedNames><x:calcPr fullCalcOnLoad="1"/></x:workbook>'
    )
    shown = workbook.with_sheet(made, "b", sheet(""))
    assert [one.state for one in workbook.sheets(shown)] == ["visible", "visible"]
    gone = workbook.with_names(workbook.without_sheet(shown, "B"), {"a": None})
    assert "definedName " not in gone.read("xl/workbook.xml").decode()


def test_an_outside_address_is_a_relation_too() -> None:
    made, relation = Parts(BARE).with_relation(
        "xl/worksheets/sheet1.xml", "hyperlink", "https://a.vn/?a=1&b=2", external=True
    )
    (found,) = made.relations("xl/worksheets/sheet1.xml")
    assert (relation, found.target, found.external) == ("rId1", "https://a.vn/?a=1&b=2", True)
    assert made.without("xl/worksheets/SHEET1.xml").content.keys() == BARE.keys() - {
        "xl/worksheets/sheet1.xml"
    }


def test_a_part_in_an_encoding_that_it_does_not_have_is_damaged() -> None:
    with pytest.raises(UnreadableWorkbookError):
        Parts({"a.xml": b'<?xml version="1.0" encoding="klingon"?><a/>'}).xml("a.xml")
    with pytest.raises(UnreadableWorkbookError):
        Parts({}).xml("a.xml")
