"""What may come in at most, and how the look into a file keeps the readers of values out of trouble."""

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import xlsxwriter

from papi_xl.bounds import Limits, columns_that_fit
from papi_xl.errors import UnreadableWorkbookError
from papi_xl.gather.rosters import read_roster
from papi_xl.raw import Area, CellError, RawSheet, RawWorkbook
from papi_xl.read import read_workbook
from papi_xl.reading.biff8_texts import lengths
from papi_xl.reading.ole import Container, contained
from papi_xl.reading.package import Package
from papi_xl.reading.sheet_rewrite import rewritten
from papi_xl.reading.sheet_xml import plain_look
from tests.hostile import archives, records

FIXTURES = Path(__file__).parent / "fixtures"
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workbook with `TT`, `Nội dung` in A1:B1 and 1.5 in A2."""
    path = tmp_path / "small.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Trang")
    sheet.write_row("A1", ["TT", "Nội dung"])
    sheet.write("A2", 1.5)
    book.close()
    return path


def edited(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Write a copy of the package with one part changed."""
    copy = path.with_name("edited.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == part else content)
    return copy


def with_data(path: Path, data: bytes, *, root: bytes = b"") -> Path:
    """Write a copy whose first sheet holds the XML ``data`` as its rows."""
    opened = root or b"<worksheet " + NAMESPACE + b"><sheetData>"
    prefix = b"x:" if b"<x:" in opened else b""
    closed = b"</%bsheetData></%bworksheet>" % (prefix, prefix)
    return edited(path, SHEET, lambda _: opened + data + closed)


def cells(sheet: RawSheet) -> dict[tuple[int, int], object]:
    """Return the cells with a value by row and column."""
    return {
        (number, column): cell
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
        for column, cell in enumerate(row, start=1)
        if cell is not None
    }


def refusal(path: Path, limits: Limits | None = None) -> tuple[str, object]:
    """Return code and ``what`` of the refusal to read ``path``."""
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_workbook(path, limits or Limits())
    return caught.value.code, caught.value.values.get("what")


def only(book: RawWorkbook) -> dict[tuple[int, int], object]:
    """Return the cells of the only sheet."""
    (sheet,) = book.sheets
    return cells(sheet)


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576", "XFD1", "AAA999999"])
def test_a_stray_far_cell_costs_nothing(small: Path, reference: str) -> None:
    row = "".join(filter(str.isdigit, reference))
    far = (
        b'<row r="1"><c r="A1"><v>7</v></c></row><row r="%b"><c r="%b"><v>1</v></c></row>'
        % (row.encode(), reference.encode())
        if row != "1"
        else b'<row r="1"><c r="A1"><v>7</v></c><c r="XFD1"><v>1</v></c></row>'
    )
    found = only(read_workbook(with_data(small, far)))
    expected: dict[tuple[int, int], object] = {(1, 1): 7.0}
    if reference == "A1048576":
        expected[1048576, 1] = 1.0
    assert found == expected


def test_a_far_cell_in_a_tall_sheet_costs_only_far_columns(small: Path) -> None:
    """3000 rows to column 500 are more than the area allowed: what is far right goes, the rest stays."""
    rows = b"".join(b'<row r="%d"><c r="B%d"><v>2</v></c></row>' % (n, n) for n in range(1, 3000))
    last = b'<row r="3000"><c r="B3000"><v>2</v></c><c r="SF3000"><v>3</v></c></row>'
    found = only(read_workbook(with_data(small, rows + last), Limits(cells=100_000)))
    assert found == {(n, 2): 2.0 for n in range(1, 3001)}


def test_blank_formatted_rows_are_left_out(small: Path) -> None:
    blank = b"".join(
        b'<row r="%d"><c r="A%d" s="0"/><c r="AO%d" s="0"/></row>' % (n, n, n) for n in range(2, 200_001)
    )
    last = b'<row r="200001"><c r="A200001" s="0"/><c r="B200001"><v>3</v></c></row>'
    path = with_data(small, b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>' + blank + last)
    (found,) = read_workbook(path).sheets
    assert cells(found) == {(1, 1): "TT", (200_001, 2): 3.0}
    assert len(found.rows) == 2


def test_blank_rows_that_are_only_formatted(small: Path) -> None:
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(2, 300_000))
    path = with_data(small, b'<row r="1"><c r="A1"><v>7</v></c></row>' + rows)
    (found,) = read_workbook(path).sheets
    assert cells(found) == {(1, 1): 7.0}
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    "row",
    [
        b"<row r='2'><c t='str' r='B2'><v>a</v></c></row>",
        b'<row\nr="2" ><c\tr = "B2"\nt="str" ><v>a</v></c></row>',
        b'<row/><row><c/><c t="str"><v>a</v></c></row>',
        b'<row r="2"><c r="B2" t="inlineStr"><is><r><rPr><color/></rPr><t>a</t></r></is></c></row>',
        b'<row r="2"><c r="b2" cm="1" t="str"><v>a</v><extLst/></c></row>',
        b'<row r="2"><c r="B2" t="str"><f>"&lt;"</f><v xml:space="preserve">a</v></c></row>',
    ],
)
def test_spellings_of_a_cell(small: Path, row: bytes) -> None:
    assert only(read_workbook(with_data(small, row))) == {(2, 2): "a"}


def test_a_namespace_prefix(small: Path) -> None:
    root = NAMESPACE.replace(b"xmlns=", b"<x:worksheet xmlns:x=") + b"><x:sheetData>"
    rows = (
        b'<x:row r="1" hidden="1"><x:c r="A1"><x:v>5</x:v></x:c>'
        b'<x:c r="C1" t="e"><x:v>#REF!</x:v></x:c></x:row>'
    )
    (near,) = read_workbook(with_data(small, rows, root=root)).sheets
    assert cells(near) == {(1, 1): 5.0, (1, 3): "#REF!"}
    assert near.hidden_rows == {1}
    far = rows + b'<x:row r="1048576"><x:c r="XFD1048576"><x:v>5</x:v></x:c></x:row>'
    (sheet,) = read_workbook(with_data(small, far, root=root)).sheets
    assert cells(sheet) == {(1, 1): 5.0, (1, 3): "#REF!"}


@pytest.mark.parametrize("text", ["#SPILL!", "#CALC!", "#GETTING_DATA", "#REF!", "#N/A"])
def test_error_values(small: Path, text: str) -> None:
    """Every error is kept as such, also those that the reader of values gives up on."""
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="D3" t="e"><f>A9#</f><v>%b</v></c></row>'
    found = only(read_workbook(with_data(small, rows % text.encode())))
    assert found == {(1, 1): 1.0, (3, 4): text}
    assert isinstance(found[3, 4], CellError)


def test_a_sheet_that_only_the_second_reader_takes(small: Path) -> None:
    """A bad shared text index stops python-calamine for good; the file is then called damaged."""
    assert refusal(with_data(small, b'<row r="1"><c r="A1" t="s"><v>99</v></c></row>')) == ("damaged", None)


def test_openpyxl_takes_over(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first reader gives up, the values come out the same."""
    rows = (
        b'<row r="1"><c r="A1"><v>2</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="s"><v>1</v></c></row>'
        b'<row r="9"><c r="B9" t="e"><v>#N/A</v></c>'
        b'<c r="C9" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c></row>'
    )
    path = with_data(small, rows)
    before = only(read_workbook(path))
    monkeypatch.setattr("papi_xl.read.values", lambda *_: None)
    assert only(read_workbook(path)) == before
    assert before == {(1, 1): 2.0, (1, 2): True, (1, 3): "Nội dung", (9, 2): "#N/A", (9, 3): " x "}
    assert type(only(read_workbook(path))[1, 1]) is float


def test_a_part_with_a_document_type_is_refused(small: Path) -> None:
    declared = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet'
    assert refusal(edited(small, SHEET, lambda xml: xml.replace(b"<worksheet", declared, 1))) == (
        "damaged",
        None,
    )
    hidden = b"<!-- <worksheet> --><!DOCTYPE a []><sst"
    path = edited(small, "xl/sharedStrings.xml", lambda xml: xml.replace(b"<sst", hidden, 1))
    assert refusal(path) == ("damaged", None)


def test_comments_before_the_root_are_harmless(small: Path) -> None:
    path = edited(small, SHEET, lambda xml: xml.replace(b"<worksheet", b"<!-- a --><!-- b --><worksheet", 1))
    assert only(read_workbook(path)) == {(1, 1): "TT", (1, 2): "Nội dung", (2, 1): 1.5}


def test_an_empty_part_is_harmless(small: Path) -> None:
    """Some programs leave a part without any content that nothing in the workbook needs."""
    with zipfile.ZipFile(small, "a") as package:
        package.writestr("xl/comments1.xml", b"")
    assert only(read_workbook(small)) == {(1, 1): "TT", (1, 2): "Nội dung", (2, 1): 1.5}


def test_the_packed_size_is_bounded(small: Path) -> None:
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_workbook(small, Limits(packed=100))
    assert caught.value.code == "too-large"
    assert caught.value.values == {
        "what": "packed", "limit": 100, "found": small.stat().st_size, "file": "small.xlsx",
    }  # fmt: skip


def test_a_declared_bomb_is_refused(small: Path) -> None:
    path = edited(small, "docProps/app.xml", lambda _: bytes(30 * 2**20))
    assert refusal(path, Limits(unpacked=20 * 2**20)) == ("too-large", "unpacked")


def test_a_bomb_that_lies_about_its_size_is_refused(small: Path) -> None:
    """The directory says ten bytes, thirty million come out."""
    path = edited(small, "docProps/app.xml", lambda _: bytes(30 * 2**20))
    data = bytearray(path.read_bytes())
    for sign, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        name = data.find(
            b"docProps/app.xml", data.find(sign) if sign == b"PK\x03\x04" else data.rfind(b"[Cont")
        )
        start = data.rfind(sign, 0, name)
        struct.pack_into("<I", data, start + at, 10)
    path.write_bytes(data)
    assert refusal(path, Limits(unpacked=20 * 2**20)) == ("too-large", "unpacked")


def test_the_number_of_parts_is_bounded(small: Path) -> None:
    entry = b"PK\x01\x02" * 20_001
    path = small.with_name("many.xlsx")
    path.write_bytes(small.read_bytes()[:-22] + entry + small.read_bytes()[-22:])
    assert refusal(path) == ("too-large", "entries")


def test_rows_beyond_all_reason_are_refused(small: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 1300))
    path = with_data(small, rows)
    assert refusal(path, Limits(rows=100)) == ("too-large", "rows")
    assert len(read_workbook(path, Limits(rows=300)).sheets[0].rows) == 1299


def test_too_many_cells_are_refused(small: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 300))
    path = with_data(small, rows + b'<row r="999"><c r="XFD999"><v>1</v></c></row>')
    assert refusal(path, Limits(cells=200)) == ("too-large", "cells")


def test_how_many_columns_fit() -> None:
    limits = Limits(rows=100, cells=5200)
    assert columns_that_fit(0, 0, limits) == 0
    assert columns_that_fit(52, 100, limits) == 100
    assert columns_that_fit(52, 101, limits) == 100
    assert columns_that_fit(1000, 500, limits) == 20


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.95])
def test_a_truncated_file_is_damaged(small: Path, cut: float) -> None:
    data = small.read_bytes()
    small.write_bytes(data[: int(len(data) * cut)])
    assert refusal(small) == ("damaged", None)


def test_a_torn_part_is_damaged(small: Path) -> None:
    data = small.read_bytes()
    package = Package(data, Limits())
    packed = zlib.compressobj(wbits=-15)
    whole = packed.compress(package.read(SHEET)) + packed.flush()
    path = small.with_name("torn.xlsx")
    path.write_bytes(data.replace(whole[:40], b"\xff" * 40))
    assert whole[:40] in data
    assert refusal(path) == ("damaged", None)


def torn(path: Path, part: str) -> Path:
    """Write a copy whose packed ``part`` is no packed data at all."""
    copy = path.with_name("torn.xlsx")
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(part)
    start = entry.header_offset + 30 + len(part)
    data[start : start + entry.compress_size] = b"\xff" * entry.compress_size
    copy.write_bytes(data)
    return copy


def test_only_what_is_read_need_be_whole(small: Path) -> None:
    """A picture or a property that is torn hinders nobody; the texts and the styles do."""
    assert only(read_workbook(torn(small, "docProps/app.xml"))) == only(read_workbook(small))
    assert refusal(torn(small, "docProps/app.xml"), Limits(unpacked=2**20)) == ("damaged", None)
    for part in ("xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "_rels/.rels"):
        assert refusal(torn(small, part)) == ("damaged", None)


def test_twice_the_same_part_is_damaged(small: Path) -> None:
    path = small.with_name("twice.xlsx")
    path.write_bytes(small.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/worksheets/sheet1.xml", b"<worksheet/>")
    assert refusal(path) == ("damaged", None)


def test_a_zip_with_a_password_is_encrypted(small: Path) -> None:
    data = bytearray(small.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    small.write_bytes(data)
    assert refusal(small) == ("encrypted", None)


def pieces_of(content: bytes, size: int) -> Iterable[bytes]:
    """Cut ``content`` as unpacking would."""
    return (content[at : at + size] for at in range(0, len(content), size))


def test_the_look_is_the_same_however_the_part_is_cut() -> None:
    rows = b"".join(
        b'<row r="%d"%b><c r="A%d" t="s"><v>1</v></c><c r="B%d" s="2"/><c r="C%d" t="e"><v>#N/A</v></c></row>'
        % (n, b' hidden="1"' if n == 3 else b"", n, n, n)
        for n in range(1, 6)
    )
    content = (
        b"<worksheet><cols><col min='2' max='16384' hidden='true'/></cols><sheetData>"
        + rows
        + b'</sheetData><mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="A4"/></mergeCells></worksheet>'
    )
    errors = {(n, 3): "#N/A" for n in range(1, 6)}
    for size in (60, 100, 333, 10_000):
        chunks = [content[:60], *pieces_of(content[60:], size)]
        for look in (plain_look(chunks, Limits()), rewritten(chunks, Limits())[1]):
            assert look is not None
            assert look.overlays == errors
            assert look.merges == (Area(1, 1, 2, 3), Area(4, 1, 4, 1))
            assert look.hidden_rows == {3}
            assert look.hidden_spans == ((2, 16384),)


def test_rows_of_a_rewritten_sheet_move_together() -> None:
    content = (
        b'<worksheet><sheetData><row r="9"><c r="B9" s="3" t="str"><v>b</v></c><c r="A9"><v>1</v></c></row>'
        b'<row r="4"><c r="A4" t="n"><v>x</v></c><c r="B4"/><c r="C4"></c></row></sheetData></worksheet>'
    )
    xml, look = rewritten([content], Limits())
    assert xml == (
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>x</v></c></row>'
        b'<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="3" t="str"><v>b</v></c></row></sheetData></worksheet>'
    )
    assert look.numbers == [4, 9]


def test_a_very_long_row_is_cut_between_cells() -> None:
    text = b"a" * 30_000
    count = 200
    row = b"".join(b'<c t="inlineStr"><is><t>%b</t></is></c>' % text for _ in range(count))
    content = b'<worksheet><sheetData><row r="5">' + row + b"</row></sheetData></worksheet>"
    xml, look = rewritten(pieces_of(content, 2**20), Limits())
    assert look.numbers == [5]
    assert xml.count(text) == count


def test_reading_changes_nothing(small: Path) -> None:
    before = hashlib.sha256(small.read_bytes()).hexdigest(), small.stat().st_mtime_ns
    read_workbook(small)
    assert (hashlib.sha256(small.read_bytes()).hexdigest(), small.stat().st_mtime_ns) == before


def test_a_package_counts_every_part_once(small: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(small.read_bytes())) as archive:
        total = sum(entry.file_size for entry in archive.infolist())
    package = Package(small.read_bytes(), Limits(unpacked=total))
    package.read(SHEET)
    package.read(SHEET)
    package.count_rest()
    with pytest.raises(UnreadableWorkbookError):
        Package(small.read_bytes(), Limits(unpacked=total - 1))


def test_texts_shared_by_many_cells_count_once_for_each(tmp_path: Path) -> None:
    """Ten cells that share a text of 1,000 letters: 10 KB of texts, however short the file is."""
    path = tmp_path / "shared.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Trang")
    for row in range(10):
        sheet.write(row, 0, "a" * 1_000)
    book.close()
    assert len(read_workbook(path, Limits(texts=11_000)).sheets[0].rows) == 10
    with pytest.raises(UnreadableWorkbookError) as error:
        read_workbook(path, Limits(texts=9_000))
    assert (error.value.code, error.value.values["what"]) == ("too-large", "texts")


def test_cells_of_shared_texts_written_in_an_unusual_way_count_as_the_longest(small: Path) -> None:
    """A formula before the value hides which text it is."""
    copy = with_data(small, b'<row r="1"><c r="A1" t="s"><f>1</f><v>1</v></c></row>' * 100)
    with pytest.raises(UnreadableWorkbookError) as error:
        read_workbook(copy, Limits(texts=1_000))
    assert (error.value.code, error.value.values["what"]) == ("too-large", "texts")


def test_a_roster_is_bounded_before_its_rows_are_made(tmp_path: Path) -> None:
    """Two rows of three cells each, whatever ends the lines."""
    path = tmp_path / "ds.csv"
    path.write_bytes(b"code,name,due\rA1,Hoa Sen,\r")
    assert len(read_roster(path, Limits(cells=10)).units) == 1
    with pytest.raises(UnreadableWorkbookError) as error:
        read_roster(path, Limits(cells=5))
    assert (error.value.code, error.value.values["what"]) == ("too-large", "cells")
    path.write_bytes(b"code,name\n" * 2_000)
    with pytest.raises(UnreadableWorkbookError) as error:
        read_roster(path, Limits(rows=10))
    assert (error.value.code, error.value.values["what"]) == ("too-large", "rows")


def refused(path: Path, limits: Limits) -> object:
    """Return what of a workbook is too large."""
    with pytest.raises(UnreadableWorkbookError) as error:
        read_workbook(path, limits)
    assert error.value.code == "too-large"
    return error.value.values["what"]


def test_a_text_that_cells_of_an_xlsb_share_counts_once_for_each(tmp_path: Path) -> None:
    """Six cells with a text of 1,000 letters (two bytes each): 12 KB, when all are the first one."""
    rows: list[list[object]] = [[1, "a" * 1_000, 1, "a" * 1_000], [1, 1, 1, 1]] * 3
    parts = archives.unpacked(records.xlsb(rows))
    sheet = records.taken12(parts["xl/worksheets/sheet1.bin"])
    first = [(kind, data[:8] + bytes(4) if kind == 0x07 else data) for kind, data in sheet]
    parts["xl/worksheets/sheet1.bin"] = records.joined12(first)
    path = tmp_path / "a.xlsb"
    path.write_bytes(archives.packed(parts))
    assert read_workbook(path, Limits(texts=12_500)).sheets[0].rows[0][1] == "a" * 1_000
    assert refused(path, Limits(texts=12_000)) == "texts"


def test_a_text_that_cells_of_an_xls_share_counts_once_for_each(tmp_path: Path) -> None:
    """That no text is the one which is meant makes it no shorter."""
    container = Container((FIXTURES / "own.xls").read_bytes())
    stream = list(records.taken8(container.read("Workbook")))
    cells = sum(kind == 0x00FD for kind, _ in stream)
    changed = [(kind, data[:6] + b"\xff\xff\0\0" if kind == 0x00FD else data) for kind, data in stream]
    path = tmp_path / "a.xls"
    path.write_bytes(contained("Workbook", records.joined8(changed)))
    assert cells > 20
    assert refused(path, Limits(texts=cells * 65_534 - 1)) == "texts"
    assert read_workbook(FIXTURES / "own.xls", Limits(texts=20_000)).sheets
    assert refused(FIXTURES / "own.xls", Limits(texts=500)) == "texts"


def test_shared_texts_of_an_xls_go_on_in_the_next_record() -> None:
    """A text of 4 narrow letters, one of 5 that grow wide after 2, one with looks and more behind it."""
    counts = struct.pack("<II", 3, 3)
    first = counts + struct.pack("<HB", 4, 0) + b"abcd" + struct.pack("<HB", 5, 0) + b"ab"
    second = b"\1" + "cđe".encode("utf-16-le") + struct.pack("<HBHI", 2, 0x0C, 1, 3) + b"xy" + bytes(4)
    found = lengths([(0x00E0, b""), (0x00FC, first), (0x003C, second), (0x003C, bytes(3)), (0x000A, b"")])
    assert list(found) == [8, 10, 4]


def test_a_repeated_cell_of_an_ods_counts_as_often_as_it_is_repeated(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    parts = archives.unpacked((FIXTURES / "own.ods").read_bytes())
    path.write_bytes(archives.packed(parts))
    assert read_workbook(path, Limits(texts=60_000)).sheets
    cell = b'<table:table-cell office:value-type="string"'
    text = cell + b"><text:p>" + b"a" * 300 + b"</text:p></table:table-cell>"
    many = text.replace(cell, cell + b' table:number-columns-repeated="200"')
    for made, fits in ((text, True), (many, False)):
        content = parts["content.xml"].replace(b"</table:table-row>", made + b"</table:table-row>", 1)
        path.write_bytes(archives.packed({**parts, "content.xml": content}))
        if fits:
            assert read_workbook(path, Limits(texts=60_000)).sheets
        else:
            assert refused(path, Limits(texts=60_000)) == "texts"


def test_letters_in_cells_are_bounded(small: Path) -> None:
    """`TT` and `Nội dung` have ten."""
    assert read_workbook(small, Limits(letters=10)).sheets
    assert refused(small, Limits(letters=9)) == "letters"
