"""Workbooks of .xlsb, .xls and .ods built by hand, down to the bytes that no application would write."""

import datetime as dt
import struct
import zipfile
from pathlib import Path

import pytest

from papi_xl.bounds import Limits
from papi_xl.errors import UnreadableWorkbookError
from papi_xl.raw import CellError
from papi_xl.read import read_workbook
from papi_xl.reading.biff12 import rewritten as rewritten_xlsb
from papi_xl.reading.ole import Container, contained
from papi_xl.reading.package import Package
from tests.test_read import MIME_ODS, cells, refusal


def record(kind: int, data: bytes = b"") -> bytes:
    """Return a BIFF12 record: kind and length in groups of seven bits, then the data."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(data) & 0x7F | 0x80, len(data) >> 7]) + data


def wide(text: str) -> bytes:
    """Return a string as BIFF12 keeps it: its length in characters, then UTF-16."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def real(value: float) -> bytes:
    """Return a number of eight bytes."""
    return struct.pack("<d", value)


def cell(kind: int, column: int, value: bytes) -> bytes:
    """Return a cell record; ``column`` counts from 0."""
    return record(kind, struct.pack("<II", column, 0) + value)


def row(number: int, *contents: bytes) -> bytes:
    """Return a row of cells; ``number`` counts from 0."""
    return record(0x00, struct.pack("<I", number) + bytes(13)) + b"".join(contents)


def write_xlsb(path: Path, *rows: bytes) -> None:
    """Write a small .xlsb: one sheet, one shared string, a defined name in between."""
    sheet = (
        record(0x81) + record(0x94, bytes(16)) + record(0x91) + b"".join(rows) + record(0x92) + record(0x82)
    )
    bundle = record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("Trang"))
    book = record(0x83) + record(0x99, bytes(12)) + record(0x8F) + bundle + record(0x90)
    book += record(0x27, b"\xff" * 40) + record(0x84)
    office_types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = '<Relationships><Relationship Id="rId1" Type="{}/{}" Target="{}"/></Relationships>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", relation.format(office_types, "officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels", relation.format(office_types, "worksheet", "worksheets/sheet1.bin")
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        texts = record(0x9F, struct.pack("<II", 1, 1)) + record(0x13, b"\0" + wide("chung")) + record(0xA0)
        archive.writestr("xl/sharedStrings.bin", texts)


def test_xlsb(tmp_path: Path) -> None:
    """Numbers, text, Booleans, formula results, errors (one of them unknown), and a stray far cell."""
    path = tmp_path / "a.xlsb"
    write_xlsb(
        path,
        row(
            1,
            cell(5, 0, real(1.5)),
            cell(7, 1, bytes(4)),
            cell(4, 2, b"\1"),
            cell(3, 3, b"\x17"),
        ),
        row(2, cell(2, 0, b"\x1e\0\0\0"), cell(6, 1, wide("riêng")), cell(11, 4, b"\x2a\0\0")),
        row(4, cell(8, 0, wide("công thức") + bytes(10)), cell(3, 1, b"\x99"), cell(1, 2, b"")),
        row(1_048_575, cell(5, 0, real(2)), cell(5, 16_383, real(3))),
    )
    (sheet,) = read_workbook(path).sheets
    assert cells(sheet) == {
        (2, 1): 1.5, (2, 2): "chung", (2, 3): True, (2, 4): "#REF!",
        (3, 1): 7.0, (3, 2): "riêng", (3, 5): "#N/A",
        (5, 1): "công thức", (5, 2): "#VALUE!",
        (1_048_576, 1): 2.0,
    }  # fmt: skip
    assert isinstance(cells(sheet)[3, 5], CellError)
    assert type(cells(sheet)[3, 1]) is float
    assert len(sheet.rows) == 4


def test_a_broken_xlsb_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsb"
    write_xlsb(path, b"\x05\xff\xff\xff\x7f")
    assert refusal(path) == "damaged"
    write_xlsb(path, b"\x05\x85")
    assert refusal(path) == "damaged"


@pytest.mark.filterwarnings("ignore")
def test_a_panic_in_the_reader_is_a_damaged_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A shared string that does not exist makes python-calamine's Rust code panic."""
    path = tmp_path / "a.xlsb"
    write_xlsb(path, row(0, cell(7, 0, struct.pack("<I", 99))))
    assert refusal(path) == "damaged"
    capfd.readouterr()


def test_rows_of_an_xlsb_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsb"
    write_xlsb(path, *(row(n, cell(4, 0, b"\1")) for n in range(1300)))
    with pytest.raises(UnreadableWorkbookError) as caught:
        rewritten_xlsb(Package(path.read_bytes(), Limits()), Limits(rows=100))
    assert caught.value.values["what"] == "rows"


def write_ods(path: Path, rows: str) -> None:
    """Write an .ods with the sheet `T` of these rows."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", MIME_ODS)
        archive.writestr(
            "content.xml",
            f'<office:document-content><office:body><office:spreadsheet><table:table table:name="T">{rows}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )


@pytest.mark.parametrize(("rows", "columns", "what"), [(1_048_576, 1, "rows"), (100_000, 500, "cells")])
def test_an_ods_of_repeated_values_is_refused(tmp_path: Path, rows: int, columns: int, what: str) -> None:
    """A few bytes stand for a million rows, or for a million cells."""
    path = tmp_path / "a.ods"
    write_ods(
        path,
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="float"'
        f' office:value="1" table:number-columns-repeated="{columns}"/></table:table-row>',
    )
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_workbook(path)
    assert (caught.value.code, caught.value.values["what"]) == ("too-large", what)


def test_cells_of_an_ods(tmp_path: Path) -> None:
    """Repeated rows and cells, a comment, an error, a duration, a table within a cell, far cells."""
    number = '<table:table-cell office:value-type="float" office:value="{}"{}/>'
    text = '<table:table-cell office:value-type="string">{}</table:table-cell>'
    note = "<office:annotation><text:p>lời bàn</text:p></office:annotation><text:p>a</text:p>"
    blank = '<table:table-cell table:number-columns-repeated="{}"/>'
    error = '<table:table-cell calcext:value-type="error" office:value-type="string"><text:p>#REF!</text:p>'
    hours = '<table:table-cell office:value-type="time" office:time-value="PT30H15M00S"/>'
    inner = '<table:table table:name="x"><table:table-row><table:table-cell/></table:table-row></table:table>'
    path = tmp_path / "a.ods"
    write_ods(
        path,
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2">'
        + number.format(5, ' table:number-columns-repeated="2"')
        + blank.format(16_382)
        + "</table:table-row><table:table-row/><table:table-row>"
        + text.format(note)
        + error
        + "</table:table-cell>"
        + hours
        + "</table:table-row><table:table-row>"
        + text.format("<text:p>b</text:p>" + inner)
        + blank.format(16_382)
        + number.format(9, "")
        + '</table:table-row><table:table-row table:number-rows-repeated="1048500"/>',
    )
    (sheet,) = read_workbook(path).sheets
    assert cells(sheet) == {
        (3, 1): 5.0, (3, 2): 5.0, (4, 1): 5.0, (4, 2): 5.0,
        (6, 1): "a", (6, 2): "#REF!", (6, 3): dt.timedelta(hours=30, minutes=15),
        (7, 1): "b",
    }  # fmt: skip
    assert isinstance(cells(sheet)[6, 2], CellError)


def test_an_ods_too_wide_for_its_rows_loses_its_far_columns(tmp_path: Path) -> None:
    row = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="1"/>{}</table:table-row>'
    )
    far = '<table:table-cell table:number-columns-repeated="400"/>'
    far += '<table:table-cell office:value-type="float" office:value="2"/>'
    path = tmp_path / "a.ods"
    write_ods(path, row.format("") * 99 + row.format(far))
    (sheet,) = read_workbook(path, Limits(cells=5000)).sheets
    assert cells(sheet) == {(number, 1): 1.0 for number in range(1, 101)}


def xls_record(kind: int, *values: int) -> bytes:
    """Return a record of an .xls stream whose data are numbers of two bytes."""
    return struct.pack(f"<{len(values) + 2}H", kind, 2 * len(values), *values)


def test_cells_of_an_xls(tmp_path: Path) -> None:
    """Errors as constants and as results, one unknown; rows of numbers; an embedded chart; a text result."""
    begin = xls_record(0x0809, 0x0600, 5, 0, 0, 0, 0, 0, 0)
    chart = begin + xls_record(0x0205, 0, 0, 0, 0x0101) + xls_record(0x000A)
    error = xls_record(0x0205, 3, 1, 0, 0x0117)
    unknown = xls_record(0x0205, 3, 2, 0, 0x01EE)
    result = xls_record(0x0006, 3, 3, 0, 0x0002, 0x002A, 0, 0xFFFF, 0, 0, 0, 3, 0xFFFF, 0xFFFF)
    numbers = xls_record(0x00BD, 65_535, 0, 0, 4 << 2 | 2, 0, 0, 5 << 2 | 2, 0, 1)
    text = xls_record(0x0006, 5, 0, 0, 0, 0, 0, 0xFFFF, 0, 0, 0, 0)
    text += struct.pack("<HHHB", 0x0207, 5, 2, 0) + b"ab"
    sheet = begin + chart + error + unknown + result + numbers + text + xls_record(0x000A)
    rest = xls_record(0x0018, *[0xFFFF] * 9) + xls_record(0x000A)
    name = struct.pack("<HHIBBBB", 0x0085, 9, len(begin) + 13 + len(rest), 0, 0, 1, 0) + b"T"
    path = tmp_path / "a.xls"
    path.write_bytes(contained("Workbook", begin + name + rest + sheet))
    (found,) = read_workbook(path).sheets
    assert cells(found) == {
        (4, 2): "#REF!", (4, 3): "#VALUE!", (4, 4): "#N/A", (6, 1): "ab", (65_536, 1): 4.0, (65_536, 2): 5.0,
    }  # fmt: skip
    assert isinstance(cells(found)[4, 2], CellError)
    assert len(found.rows) == 3


def test_a_small_stream_in_a_container(tmp_path: Path) -> None:
    """Streams under 4096 bytes lie in the mini stream, in sectors of 64 bytes."""
    numbers = struct.Struct("<I")
    end, free = numbers.pack(0xFFFFFFFE), numbers.pack(0xFFFFFFFF)
    header = bytearray(contained("x", b"")[:512])
    struct.pack_into("<H", header, 30, 9)
    for at, value in ((44, 1), (48, 1), (60, 2), (64, 1)):
        numbers.pack_into(header, at, value)
    fat = numbers.pack(0xFFFFFFFD) + end * 3
    mini_fat = numbers.pack(1) + end

    def entry(name: str, kind: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le")
        return struct.pack("<64sHBB12s36xIQ", text, len(text) + 2, kind, 1, free * 3, start, size)

    directory = entry("Root Entry", 5, 3, 128) + entry("EncryptedPackage", 2, 0, 100)
    sectors = [bytes(header), fat, directory, mini_fat, b"a" * 64 + b"b" * 64]
    data = b"".join(sector.ljust(512, b"\0") for sector in sectors)
    assert Container(data).read("encryptedpackage") == b"a" * 64 + b"b" * 36
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    assert refusal(path) == "encrypted"


@pytest.mark.parametrize(("at", "value"), [(30, 7), (48, 900), (68, 0), (4096 + 4, 1), (4096 + 4, 90)])
def test_a_container_that_contradicts_itself(tmp_path: Path, at: int, value: int) -> None:
    """Sector size, directory outside the file, endless allocation table, loop, chain out of the file."""
    data = bytearray(contained("Workbook", b"x" * 9000))
    struct.pack_into("<H", data, at, value)
    if at > 4096:
        struct.pack_into("<H", data, at + 2, 0)
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    assert refusal(path) == "damaged"
