"""The task table of a document, moved into the template: each kind of damage and the rows that come of it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papi_xl.documents.content import UnreadableDocumentError
from tests.documents import (
    HEADER,
    cell,
    docx,
    imported,
    leftovers,
    numbered,
    paragraph,
    rows,
    run,
    table,
)

FIXTURES = Path(__file__).parent / "fixtures"
HEADING = "3. | Trách nhiệm giải trình với người dân"
MEETING = "3.1. | Họp phụ huynh | Biên bản | Trường MN | Ban đại diện | Quý II/2021"
BOX = "3.2. | Hòm thư góp ý | Hòm thư | Trường MN | | Thường xuyên"
BOX_READ = "3.2. | Hòm thư góp ý | Hòm thư | Trường MN |  | Thường xuyên"
OLD_FONT = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
LISTS = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>'
    '<w:lvlText w:val="%1.%2."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/>'
    "</w:lvl></w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/>'
    "</w:lvlOverride></w:num>"
    '<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>'
)


def one_task(folder: Path, task: str, **parts: str) -> str:
    """Return what the import reads in the cell of a task."""
    row = f"3.1. | {task} | Biên bản | Trường MN | | Quý II/2021"
    return rows(imported(docx(folder / "a.docx", table(f"{HEADING}\n{row}"), **parts)), ["task"])[1]


def test_a_plain_table_keeps_its_rows(tmp_path: Path) -> None:
    """What needs no mending comes as it stands, numbers written alike."""
    made = imported(docx(tmp_path / "a.docx", table(f"{HEADING}\n{MEETING}\n{BOX.replace('3.2.', '3.2')}")))
    assert rows(made) == [HEADING, MEETING, BOX_READ]
    assert rows(made, ["status"]) == ["", "Chưa thực hiện", "Chưa thực hiện"]
    assert (made.unplaced, made.numbered, made.headed) == ((), (), ())


def test_merged_cells_count_for_each_row_and_a_merged_task_is_one_task(tmp_path: Path) -> None:
    made = imported(docx(tmp_path / "a.docx", table("""
        III. Trách nhiệm giải trình với người dân | < | < | < | < | <
        3.1. | Họp phụ huynh | Biên bản | Trường MN | Ban đại diện | Quý II/2021
        3.2. | Hòm thư góp ý | Hòm thư | ^ | ^ | Thường xuyên
        ^ | ^ | Sổ theo dõi | ^ | ^ | ^
        3.3. | Tiếp dân | Sổ | Hiệu trưởng | | Thường xuyên
    """)))  # fmt: skip
    assert rows(made) == [
        HEADING,
        MEETING,
        "3.2. | Hòm thư góp ý | Hòm thư/Sổ theo dõi | Trường MN | Ban đại diện | Thường xuyên",
        "3.3. | Tiếp dân | Sổ | Hiệu trưởng |  | Thường xuyên",
    ]


def test_rows_cut_in_two_are_joined_where_that_is_certain(tmp_path: Path) -> None:
    """Small letters go on, cells that are empty above are filled; a second product could be anyone's."""
    made = imported(docx(tmp_path / "a.docx", table(f"""
        {HEADING}
        3.1. | Họp phụ huynh để bàn | Biên bản, | | |
        | những vướng mắc | ảnh chụp | Trường MN | | Quý II/2021
        3.2. | Hòm thư | | | |
        | | Hòm thư | Trường MN | | Thường xuyên
        | | Sổ | | |
    """)))  # fmt: skip
    assert rows(made) == [
        HEADING,
        "3.1. | Họp phụ huynh để bàn những vướng mắc | Biên bản, ảnh chụp | Trường MN |  | Quý II/2021",
        "3.2. | Hòm thư | Hòm thư | Trường MN |  | Thường xuyên",
    ]
    assert leftovers(made) == ["no-task 1:7 Sổ"]


def test_a_lost_number_is_given_by_place_and_said(tmp_path: Path) -> None:
    made = imported(docx(tmp_path / "a.docx", table(f"""
        {HEADING}
        | Họp phụ huynh | Biên bản | Trường MN | Ban đại diện | Quý II/2021
        3.2. | Hòm thư góp ý | Hòm thư | Trường MN | | Thường xuyên
        | Tiếp dân | Sổ | Hiệu trưởng | | Thường xuyên
    """)))  # fmt: skip
    assert rows(made, ["number"]) == ["3.", "3.1.", "3.2.", "3.3."]
    assert made.numbered == (("3.1.", "Họp phụ huynh"), ("3.3.", "Tiếp dân"))


def test_a_number_that_is_taken_is_not_given(tmp_path: Path) -> None:
    made = imported(docx(tmp_path / "a.docx", table(f"""
        {HEADING}
        {MEETING}
        | Tiếp dân | Sổ | Hiệu trưởng | | Thường xuyên
        {BOX}
    """)))  # fmt: skip
    assert rows(made, ["number"]) == ["3.", "3.1.", "", "3.2."]
    assert made.numbered == ()


def test_numbers_that_word_only_shows_are_counted(tmp_path: Path) -> None:
    """Roman and Arabic levels, a list that begins anew, one that begins at 5, and none for a bullet."""
    body = (
        paragraph("Nội dung"),
        numbered(1, 0, "Tham gia"),
        table(f"""
            {numbered(2)} | Kiểm soát tham nhũng trong khu vực công | | | |
            {numbered(2, 1)} | Kê khai | Bản kê | Trường MN | | Thường xuyên
            {numbered(2, 1)} | Tặng quà | {numbered(4, 0, "Sổ")} | Trường MN | | Thường xuyên
            {numbered(3)} | Thủ tục hành chính công | | | |
            {numbered(1, 1)} | Niêm yết | Bảng tin | Trường MN | | Thường xuyên
        """),
    )
    made = imported(docx(tmp_path / "a.docx", *body, numbering=LISTS))
    assert rows(made, ["number", "task", "product"]) == [
        "4. | Kiểm soát tham nhũng trong khu vực công",
        "4.1. | Kê khai | Bản kê",
        "4.2. | Tặng quà | Sổ",
        "5. | Thủ tục hành chính công",
        "4.3. | Niêm yết | Bảng tin",
    ]


def test_numbers_may_come_from_a_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Muc"/></w:style>'
    )
    heading = paragraph("", '<w:pStyle w:val="Con"/>')
    body = table(f"{heading} | Thủ tục hành chính công | | | |\n5.1. | Niêm yết | Bảng tin | MN | | Hằng năm")
    made = imported(docx(tmp_path / "a.docx", body, numbering=LISTS, styles=styles))
    assert rows(made, ["number", "task"]) == ["5. | Thủ tục hành chính công", "5.1. | Niêm yết"]


SHOWN_LISTS = {
    "lowerLetter": ("%3)", ["a) ", "b) ", "1. ", "a) ", ""]),
    "upperLetter": ("%2%3.", ["1A. ", "1B. ", "1. ", "1A. ", ""]),
    "lowerRoman": ("%3.", ["i. ", "ii. ", "1. ", "i. ", ""]),
    "decimalZero": ("%3", ["01 ", "02 ", "1. ", "01 ", ""]),
    "none": ("%3", ["", "", "1. ", "", ""]),
    "chineseCounting": ("%3.", ["1. ", "2. ", "1. ", "1. ", ""]),
}


@pytest.mark.parametrize("kind", SHOWN_LISTS)
def test_each_format_of_word_is_shown(kind: str, tmp_path: Path) -> None:
    """The third level is counted anew below a second one; a list may take its levels from a list style."""
    text, expected = SHOWN_LISTS[kind]
    level = f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
    lists = (
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Kieu"/>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:lvlText w:val="%2."/></w:lvl>'
        f'<w:lvl w:ilvl="2">{level}</w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Kieu"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="2"/></w:num>'
    )
    tasks = [numbered(1, level, "Việc") for level in (2, 2, 1, 2, 8)]
    body = "\n".join(f"| {task} | Sổ | MN | | Hằng năm" for task in tasks)
    made = imported(docx(tmp_path / "a.docx", table(body), numbering=lists))
    assert rows(made, ["task"]) == [f"{label}Việc" for label in expected]


def test_a_table_over_pages_is_one_table(tmp_path: Path) -> None:
    """The header is repeated, or the table goes on without one, or each domain has a table under its name."""
    made = imported(docx(
        tmp_path / "a.docx",
        table(f"{HEADING}\n{MEETING}\n{HEADER}\n{HEADING} (tiếp theo)\n{BOX}"),
        paragraph("(tiếp theo)"),
        table("3.3. | Tiếp dân | Sổ | Hiệu trưởng | | Thường xuyên", header=""),
        paragraph("4. Kiểm soát tham nhũng"),
        table("4.1. | Kê khai | Bản kê | Trường MN | | Thường xuyên"),
        table("a | b | c\nd | e | f", header=""),
    ))  # fmt: skip
    assert rows(made) == [
        HEADING, MEETING, BOX_READ,
        "3.3. | Tiếp dân | Sổ | Hiệu trưởng |  | Thường xuyên",
        "4. | Kiểm soát tham nhũng",
        "4.1. | Kê khai | Bản kê | Trường MN |  | Thường xuyên",
    ]  # fmt: skip
    assert (made.pieces, made.others, leftovers(made)) == (3, 1, [])


def test_a_table_without_a_header_is_known_by_its_shape(tmp_path: Path) -> None:
    """Six columns, a number first, a timing last: the plan's own order; other shapes are not guessed."""
    made = imported(docx(tmp_path / "a.docx", table(f"{HEADING} | | | |\n{MEETING}\n{BOX}", header="")))
    assert rows(made) == [HEADING, MEETING, BOX_READ]
    five = table("3.1. | Họp | Biên bản | Trường MN | Quý II\n3.2. | Thư | Sổ | MN | Quý I", header="")
    with pytest.raises(UnreadableDocumentError, match="document-no-table"):
        imported(docx(tmp_path / "b.docx", five))


def test_columns_that_no_template_has_go_to_the_note(tmp_path: Path) -> None:
    header = "STT | Nội dung | Kết quả | Chủ trì | Kinh phí | Thời hạn | Tình trạng | Tỷ lệ"
    made = imported(docx(tmp_path / "a.docx", table("""
        3.1. | Họp | Biên bản | Trường MN | 5 triệu | Quý II/2021 | Đang thực hiện | 80%
        Tổng cộng | | | | 5 triệu | | |
        Nơi nhận: | | | TM. BAN GIÁM HIỆU | | | |
    """, header)))  # fmt: skip
    keys = ["number", "task", "product", "timing", "status", "percent", "note"]
    assert rows(made, keys) == [
        "3. | Trách nhiệm giải trình với người dân",
        "3.1. | Họp | Biên bản | Quý II/2021 | Đang thực hiện | 0.8 | Kinh phí: 5 triệu",
    ]
    assert (made.headed, made.status) == ((3,), "")
    assert leftovers(made) == [
        "not-a-task 1:3 Tổng cộng",
        "no-row 1:3 5 triệu",
        "signature 1:4 Nơi nhận: | TM. BAN GIÁM HIỆU",
    ]


def test_a_number_before_the_task_is_the_tasks_number(tmp_path: Path) -> None:
    header = "Nội dung | Sản phẩm | Thời gian"
    body = "Sự tham gia của người dân | | \n1.1. Họp dân | Biên bản | Quý I\n1.2 Tiếp dân | Sổ | Quý I"
    made = imported(docx(tmp_path / "a.docx", table(body, header)))
    assert rows(made, ["number", "task"]) == [
        "1. | Sự tham gia của người dân",
        "1.1. | Họp dân",
        "1.2. | Tiếp dân",
    ]


def test_borders_that_are_askew_make_no_columns(tmp_path: Path) -> None:
    """A sliver of 2 mm between two columns belongs to neither row by itself."""
    header = "TT | Nội dung | < | Sản phẩm | Chủ trì | Phối hợp | Thời gian"
    body = """
        3.1. | Họp phụ huynh | < | Biên bản | Trường MN | Ban đại diện | Quý II/2021
        3.2. | Hòm thư góp ý | Hòm thư | < | Trường MN | | Thường xuyên
    """
    made = imported(docx(tmp_path / "a.docx", table(body, header, [500, 3000, 100, 1500, 1500, 1500, 1500])))
    assert rows(made)[1:] == [MEETING, BOX_READ]


def test_a_layout_table_makes_way_for_the_table_in_it(tmp_path: Path) -> None:
    cells = (cell("Trường Mầm non Hoa Sen"), cell(table(MEETING) + paragraph()))
    outer = "".join(f"<w:tr>{one}</w:tr>" for one in cells)
    made = imported(docx(tmp_path / "a.docx", f"<w:tbl>{outer}</w:tbl>"))
    assert rows(made)[1:] == [MEETING]
    assert made.info == {"unit": "Trường Mầm non Hoa Sen"}


TEXT_BOX = "<w:txbxContent>" + paragraph("trong khung") + "</w:txbxContent>"
CELLS = {
    "tracked": (
        f"<w:p>{run('Họp ')}<w:ins>{run('phụ huynh')}</w:ins><w:del><w:r><w:delText>bỏ</w:delText></w:r>"
        f"</w:del><w:moveFrom>{run('cũ')}</w:moveFrom><w:moveTo>{run(' mới')}</w:moveTo></w:p>",
        "Họp phụ huynh mới",
    ),
    "deleted paragraph mark": (
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Họp phụ ')}</w:p><w:p>{run('huynh')}</w:p>",
        "Họp phụ huynh",
    ),
    "content control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Họp')}</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtPr>"
        f"<w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Bấm để nhập')}</w:sdtContent></w:sdt></w:p>",
        "Họp",
    ),
    "field": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        f'{run("ẩn")}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("Họp")}'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" phụ huynh")}</w:p>',
        "Họp phụ huynh",
    ),
    "field that does not end": (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("Họp phụ huynh")}</w:p>',
        "Họp phụ huynh",
    ),
    "breaks": (
        "<w:p><w:r><w:t>Họp</w:t><w:br/><w:t>phụ</w:t><w:tab/><w:t>huynh</w:t><w:noBreakHyphen/><w:t>2</w:t>"
        "</w:r></w:p>",
        "Họp/phụ huynh-2",
    ),
    "text box": (
        f"<w:p>{run('Họp')}<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{TEXT_BOX}</wps:txbx>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{TEXT_BOX}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>",
        "Họp/trong khung",
    ),
    "text boxes in each other": (
        f"<w:p>{run('Họp')}{'<w:r><w:pict><w:txbxContent><w:p>' * 40}{run('trong khung')}"
        f"{'</w:p></w:txbxContent></w:pict></w:r>' * 40}</w:p>",
        "Họp/trong khung",
    ),
    "nested table": (
        f"<w:p>{run('Họp')}</w:p>" + table("a | b\nc | d", header="") + "<w:p/>",
        "Họp/a | b/c | d",
    ),
    "link": (f"<w:p><w:hyperlink>{run('Họp')}</w:hyperlink></w:p>", "Họp"),
    "old font": (f"<w:p>{run('Häp phô huynh', OLD_FONT)}</w:p>", "Họp phụ huynh"),
    "half a day": (f"<w:p>{run('Họp ½ ngày')}</w:p>", "Họp ½ ngày"),
}


@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_says_what_a_reader_sees(kind: str, tmp_path: Path) -> None:
    content, expected = CELLS[kind]
    assert one_task(tmp_path, content) == expected


def test_an_old_font_may_be_that_of_the_document(tmp_path: Path) -> None:
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{OLD_FONT}</w:rPr></w:rPrDefault></w:docDefaults>"
    header = "TT | Néi dung nhiÖm vô | S¶n phÈm | §¬n vÞ chñ tr× | §¬n vÞ phèi hîp | Thêi gian thùc hiÖn"
    body = "3.1. | Häp phô huynh | Biªn b¶n | Tr\u00adêng MN | | Th¸ng 6"
    made = imported(docx(tmp_path / "a.docx", table(body, header), styles=defaults))
    assert rows(made)[1] == "3.1. | Họp phụ huynh | Biên bản | Trường MN |  | Tháng 6"


def test_what_a_cell_hides_is_listed(tmp_path: Path) -> None:
    task = f'<w:p>{run("Họp")}{run(" kín", "<w:vanish/>")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'<w:footnote w:id="2"><w:p>{run("Theo Luật")}</w:p></w:footnote>'
    row = f"3.1. | {task} | Biên bản | Trường MN | | Quý II/2021"
    made = imported(docx(tmp_path / "a.docx", table(f"{HEADING}\n{row}"), footnotes=notes))
    assert rows(made, ["task"])[1] == "Họp"
    assert leftovers(made) == ["unseen 1:3 kín", "unseen 1:3 Theo Luật"]


def test_rows_and_cells_that_were_deleted_are_gone(tmp_path: Path) -> None:
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + cell("3.2.") + cell("Bỏ") + "</w:tr></w:tbl>"
    wrapped = table(f"{HEADING}\n{MEETING}").replace("</w:tbl>", gone)
    made = imported(docx(tmp_path / "a.docx", f"<w:sdt><w:sdtContent>{wrapped}</w:sdtContent></w:sdt>"))
    assert rows(made) == [HEADING, MEETING]


def test_the_lines_above_say_whose_the_plan_is(tmp_path: Path) -> None:
    """A letterhead in a table without borders, the unit's name in small letters from the annex line."""
    letterhead = table(
        "PHÒNG GD&ĐT VĂN GIANG\\nTRƯỜNG MẦM NON TÂN TIẾN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\n"
        "Văn Giang, ngày 05 tháng 02 năm 2021",
        header="",
    )
    made = imported(docx(
        tmp_path / "a.docx", letterhead,
        paragraph("KẾ HOẠCH"),
        paragraph("Căn cứ Kế hoạch năm 2019 của UBND tỉnh;"),
        paragraph("Trường Mầm non Tân Tiến xây dựng kế hoạch năm 2020 như sau:"),
        paragraph("(Kèm theo Kế hoạch số 15/KH-MNTT của Trường Mầm non Tân Tiến)"),
        table(MEETING),
    ))  # fmt: skip
    assert made.info == {
        "unit": "Trường Mầm non Tân Tiến", "parent": "PHÒNG GD&ĐT VĂN GIANG", "place": "Văn Giang",
        "year": 2021,
    }  # fmt: skip


def test_a_second_producer_spans() -> None:
    """`spans.docx` was written by LibreOffice Writer 7.4 from `spans.html`: two header rows, spans."""
    assert rows(imported(FIXTURES / "spans.docx")) == [
        HEADING,
        "3.1. | Họp phụ huynh/hai lần | Biên bản | Trường MN | Ban đại diện | Quý II/2021",
        "3.2. | Hòm thư góp ý | • Hòm thư/• Sổ | Trường MN |  | Thường xuyên",
        "3.3. | Tiếp dân | Sổ tiếp dân/Lịch tiếp dân | Hiệu trưởng/Kế toán |  | Hằng tháng",
    ]


def test_a_second_producer_tracked() -> None:
    """`tracked.docx` was written by LibreOffice Writer 7.4 from `tracked.fodt`: shown numbers, changes."""
    assert rows(imported(FIXTURES / "tracked.docx")) == [
        "1. | Tham gia của người dân ở cấp cơ sở",
        "1.1. | Họp phụ huynh | Biên bản | Trường MN |  | Quý II/2021",
        "1.2. | Hòm thư/góp ý | Hòm thư | Trường MN |  | Thường xuyên",
    ]


NUMBERS = st.sampled_from(["", "3.", "3.1.", "III", "IV. phần", "4.2", "a)", "1", "^"])
MARKS = st.lists(
    st.sampled_from(["", "việc", "Việc", "^", "<", "Tổng", "Quản trị điện tử"]), min_size=5, max_size=5
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NUMBERS, MARKS), min_size=1, max_size=7))
def test_no_text_is_lost_whatever_a_table_looks_like(drawn: list[tuple[str, list[str]]]) -> None:
    """Each text of each row is in a cell of the template or among what has no place."""
    lines, said = [], []
    for row, (number, marks) in enumerate(drawn):
        cells = [f"{mark} {row}{column}" if mark.isalpha() else mark for column, mark in enumerate(marks)]
        lines.append(" | ".join([number, *cells]))
        said += [text for text in (*cells, *number.split()[1:]) if text not in {"", "^", "<"}]
    with TemporaryDirectory() as folder:
        made = imported(docx(Path(folder, "a.docx"), table("\n".join(lines))))
    held = [str(cell) for row in made.filling.tasks for cell in row.values()]
    held += [one.said for one in made.unplaced]
    assert [text for text in said if not any(text in one for one in held)] == []
