"""`papi-xl email` as people run it: the summary, the draft with it attached, what it says and refuses."""

import email
import os
import shutil
import zipfile
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from fast_mail_parser import parse_email
from openxml_audit import OpenXmlValidator

from papi_xl import files, schema, sent
from papi_xl.bounds import Limits
from papi_xl.cli import main
from papi_xl.editing.cells import CellEdit, with_cells
from papi_xl.editing.parts import unpacked
from papi_xl.editing.workbook import sheet_named
from papi_xl.errors import OutputError
from papi_xl.outbox import MOST_ATTACHED
from papi_xl.read import read_workbook
from papi_xl.reading.package import Package
from papi_xl.template import sources
from tests.test_mail import body
from tests.test_opening import program
from tests.test_own_table import write_xlsx

STEM = "PAPI_Truong-Mam-non-Tan-Tien_6-thang-dau-nam-2021_20210630"
OCTOBER = "PAPI_Truong-Mam-non-Tan-Tien_6-thang-dau-nam-2021_20211015"
LOOK = (
    "Mở thư nháp, xem lại rồi bấm Gửi; chương trình không tự gửi.\n"
    "Nếu thư chỉ xem được mà không gửi được: Thunderbird chọn Edit As New Message, Mail của máy Mac chọn "
    "Send Again.\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with the example as `bieu.xlsx`, without a language of this machine's own."""
    monkeypatch.delenv("PAPI_LANG", raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copyfile(sources.folder() / "papi_example.xlsx", "bieu.xlsx")
    return tmp_path


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with an empty workbook, and with the example as a .xltx and with a sheet in the way."""
    made = tmp_path_factory.mktemp("others")
    openpyxl.Workbook().save(made / "trong.xlsx")
    book = openpyxl.load_workbook(sources.folder() / "papi_example.xlsx")
    book.template = True
    book.save(made / "mau.xltx")
    book.template = False
    book.create_sheet(schema.SENT)["B2"] = "Danh sách lớp"
    book.save(made / "rieng.xlsx")
    return made


def draft(name: str) -> EmailMessage:
    message = email.message_from_bytes(Path(name).read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def held() -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in Path().iterdir() if path.is_file()}


def with_info(name: str, **values: str | None) -> None:
    """Change cells of the sheet `Thông tin` of `bieu.xlsx` and save it as ``name``."""
    data = Path("bieu.xlsx").read_bytes()
    parts, places = unpacked(Package(data, Limits())), read_workbook(Path("bieu.xlsx")).info_cells
    sheet = sheet_named(parts, schema.INFO)
    assert sheet
    edits = {places[key][1:]: CellEdit(value) for key, value in values.items()}
    made = parts.with_part(sheet.part, with_cells(parts.read(sheet.part), edits))
    Path(name).write_bytes(made.zipped())


def test_summary_and_draft_stand_beside_the_workbook(capsys: pytest.CaptureFixture[str]) -> None:
    """The summary is that of `summarize`, byte by byte, in the folder and in the mail; the input is kept."""
    before = held()
    assert main(["email", "bieu.xlsx"]) == 0
    assert capsys.readouterr().out == (
        f"Biểu tổng hợp: {STEM}.xlsx\nThư nháp: {STEM}.eml\nNgười nhận: pgd@example.com\n"
        f'Lần sau thêm --since "{STEM}.xlsx" để thư nêu những thay đổi.\n{LOOK}'
    )
    assert set(held()) - set(before) == {f"{STEM}.xlsx", f"{STEM}.eml"}
    assert held().items() >= before.items()
    assert main(["summarize", "bieu.xlsx", "-o", "khac.xlsx"]) == 0
    summary = Path("khac.xlsx").read_bytes()
    assert Path(f"{STEM}.xlsx").read_bytes() == summary
    message, other = draft(f"{STEM}.eml"), parse_email(Path(f"{STEM}.eml").read_bytes())
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content()) == (f"{STEM}.xlsx", summary)
    assert [(one.filename, one.content) for one in other.attachments] == [(f"{STEM}.xlsx", summary)]
    assert (message["X-Unsent"], message["To"]) == ("1", "pgd@example.com")
    assert message["Subject"] == other.subject
    assert body(message).startswith("Kính gửi: Phòng GD&ĐT Văn Giang\n\nThực hiện kế hoạch")
    assert "4. Khó khăn, vướng mắc chưa giải quyết xong (2)" in body(message)


def test_a_summary_made_before_is_no_obstacle() -> None:
    """It is the same to the byte; another file of that name, or an older draft, is not written over."""
    assert main(["summarize", "bieu.xlsx"]) == 0
    assert main(["email", "bieu.xlsx"]) == 0
    Path(f"{STEM}.eml").write_bytes(b"signed")
    before = held()
    assert main(["email", "bieu.xlsx"]) == 2
    assert held() == before
    assert main(["email", "bieu.xlsx", "--force"]) == 0
    assert draft(f"{STEM}.eml")["X-Unsent"] == "1"


def test_since_an_earlier_report() -> None:
    """The rows of the earlier summary are judged as of its own day."""
    assert main(["summarize", "bieu.xlsx"]) == 0
    assert main(["email", "bieu.xlsx", "--as-of", "15/10/2021", "--since", f"{STEM}.xlsx"]) == 0
    text = body(draft(f"{OCTOBER}.eml"))
    assert "4. Thay đổi so với báo cáo kỳ 6 tháng đầu năm 2021, tính đến ngày 30/6/2021\n" in text
    assert "- Mới quá hạn (4): 1.3 Lấy ý kiến" in text


def test_since_an_earlier_workbook() -> None:
    """Also a clerk's own table: one that names no day is as old as its file."""
    write_xlsx(Path("own.xlsx"))
    noon = datetime(2021, 3, 31, 12).timestamp()
    os.utime("own.xlsx", (noon, noon))
    assert main(["email", "bieu.xlsx", "--since", "own.xlsx", "-o", "thu.eml"]) == 0
    text = body(draft("thu.eml"))
    assert "4. Thay đổi so với báo cáo, tính đến ngày 31/3/2021\n" in text
    assert "- Nhiệm vụ mới thêm (" in text


def test_a_copy_remembers_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    """The next letter about the copy tells what changed; of the other parts only those that list parts do."""
    assert main(["email", "bieu.xlsx", "--keep", "ban-sao.xlsx"]) == 0
    assert "Bản sao biểu có ghi nhớ báo cáo này: ban-sao.xlsx." in capsys.readouterr().out
    with zipfile.ZipFile("bieu.xlsx") as old, zipfile.ZipFile("ban-sao.xlsx") as new:
        changed = {
            name for name in new.namelist() if name not in old.namelist() or new.read(name) != old.read(name)
        }
        assert set(old.namelist()) < set(new.namelist())
    assert changed == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet11.xml",
    }  # fmt: skip
    assert openpyxl.load_workbook("ban-sao.xlsx")[schema.SENT].sheet_state == "veryHidden"
    assert main(["email", "ban-sao.xlsx", "--as-of", "15/10/2021", "--keep", "thu-hai.xlsx"]) == 0
    assert "- Mới quá hạn (4): 1.3" in body(draft(f"{OCTOBER}.eml"))
    kept = sent.from_rows(read_workbook(Path("thu-hai.xlsx"), sheet=schema.SENT).sheets[0].rows)
    assert [(one.as_of, len(one.tasks)) for one in kept] == [
        (date(2021, 6, 30), 24),
        (date(2021, 10, 15), 24),
    ]


def test_the_same_report_again_is_compared_with_the_one_before() -> None:
    """The clerk looks at the draft, mends something and makes it anew: the letter still tells of June."""
    assert main(["email", "bieu.xlsx", "--keep", "1.xlsx"]) == 0
    assert main(["email", "1.xlsx", "--as-of", "15/10/2021", "--keep", "2.xlsx"]) == 0
    assert main(["email", "2.xlsx", "--as-of", "15/10/2021", "-o", "lai.eml"]) == 0
    assert body(draft("lai.eml")) == body(draft(f"{OCTOBER}.eml"))


def test_everything_else_ignores_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Checks, summaries and consolidation of the copy say what they say of the workbook."""
    assert main(["email", "bieu.xlsx", "--keep", "ban-sao.xlsx"]) == 0
    said = []
    for name in ("bieu", "ban-sao"):
        (tmp_path / name / "nhan").mkdir(parents=True)
        shutil.copyfile(tmp_path / f"{name}.xlsx", tmp_path / name / "nhan" / "bieu.xlsx")
        monkeypatch.chdir(tmp_path / name)
        capsys.readouterr()
        assert main(["check", "nhan/bieu.xlsx", "--format", "json"]) == 0
        assert main(["summarize", "nhan/bieu.xlsx", "-o", "tong-hop.xlsx"]) == 0
        assert main(["consolidate", "nhan", "-o", "hop-nhat.xlsx"]) == 0
        said.append((capsys.readouterr().out, Path("tong-hop.xlsx").read_bytes()))
    assert said[0] == said[1]


def test_an_own_table_beside_what_is_kept_is_still_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Even as the only sheets of a workbook, shown, as another program may leave them."""
    write_xlsx(Path("own.xlsx"))
    assert main(["email", "own.xlsx", "--allow-errors", "--keep", "kept.xlsx"]) == 0
    assert OpenXmlValidator().validate("kept.xlsx").errors == []
    book = openpyxl.load_workbook("kept.xlsx")
    book[schema.SENT].sheet_state = "visible"
    book.save("kept.xlsx")
    capsys.readouterr()
    for name in ("own", "kept"):
        assert main(["check", f"{name}.xlsx"]) == 1
    first, second = capsys.readouterr().out.split("own.xlsx · ")[1].split("kept.xlsx · ")
    assert first == second


def test_errors_are_to_be_put_right_first(capsys: pytest.CaptureFixture[str]) -> None:
    """They are named, nothing is written; who insists gets a letter that says so."""
    shutil.copyfile(sources.folder() / "papi_defects.xlsx", "loi.xlsx")
    before = held()
    assert main(["email", "loi.xlsx"]) == 1
    said = capsys.readouterr()
    assert "LỖI (13)" in said.out
    assert said.err.startswith("Còn 13 lỗi")
    assert held() == before
    assert main(["email", "loi.xlsx", "--allow-errors", "-o", "thu.eml"]) == 0
    assert "Lưu ý: biểu nhiệm vụ còn 13 lỗi chưa sửa; số liệu trên có thể thay đổi.\n" in body(
        draft("thu.eml")
    )


@pytest.mark.parametrize(
    ("address", "options", "to", "said"),
    [
        (None, [], None, "Chưa có người nhận"),
        ("chưa có", [], None, 'Không phải địa chỉ thư nên bỏ ra: "chưa có".'),
        ("chưa có; vp@xa.vn", [], "vp@xa.vn", "Người nhận: vp@xa.vn\nKhông phải địa chỉ thư"),
        ("vp@xa.vn", ["--to", "a@b.vn, c@d.vn"], "a@b.vn, c@d.vn", "Người nhận: a@b.vn, c@d.vn\n"),
        ("vp@xa.vn", ["--to", ""], None, "Chưa có người nhận"),
        (None, ["--to", "x\r\nBcc: a@b.vn"], None, 'bỏ ra: "x; Bcc: a@b.vn".'),
    ],
)  # fmt: skip
def test_recipients(
    capsys: pytest.CaptureFixture[str], address: str | None, options: list[str], to: str | None, said: str
) -> None:
    """Without a usable address there is no recipient, and that is said."""
    with_info("khac.xlsx", recipient_email=address)
    assert main(["email", "khac.xlsx", *options]) == 0
    message = draft(f"{STEM}.eml")
    assert (message["To"], message["Bcc"]) == (to, None)
    out = capsys.readouterr().out
    assert said in out
    assert ("Chưa có người nhận" in out) == (to is None)


def test_an_own_table_has_no_place_for_the_address(capsys: pytest.CaptureFixture[str]) -> None:
    """Where the workbook has no sheet `Thông tin` nobody is sent there."""
    write_xlsx(Path("rieng.xlsx"))
    assert main(["email", "rieng.xlsx", "--allow-errors"]) == 0
    assert "\nChưa có người nhận: điền địa chỉ khi mở thư.\n" in capsys.readouterr().out


def test_a_summary_in_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    """Another name for the draft does not help, another folder does, and so does the next hint's path."""
    assert main(["email", "bieu.xlsx"]) == 0
    capsys.readouterr()
    assert main(["email", "bieu.xlsx", "--lang", "en", "-o", "other.eml"]) == 2
    assert capsys.readouterr().err == (
        f"{STEM}.xlsx exists. Add --force to overwrite it, or write to another folder with -o.\n"
    )
    Path("thư mới").mkdir()
    assert main(["email", "bieu.xlsx", "-o", "thư mới/other.eml"]) == 0
    assert f'--since "thư mới/{STEM}.xlsx"' in capsys.readouterr().out


def test_a_long_unit_and_hostile_texts() -> None:
    """Names of files stay short and plain; what stands in the cells makes no header and no link."""
    unit = "Trường Mầm non " + "Thị trấn Văn Giang – cơ sở Đỗ Xá “Ễnh Ương” " * 20
    with_info("khac.xlsx", unit=unit, recipient="Phòng\r\nBcc: x@y.vn http://evil.vn\u202e", signer="=1+1")
    assert main(["email", "khac.xlsx"]) == 0
    (mail,) = Path().glob("*.eml")
    assert len(mail.name) <= 100
    assert mail.name.isascii()
    message = draft(mail.name)
    assert set(message.keys()) == {"Content-Type", "MIME-Version", "X-Unsent", "To", "Subject"}
    assert body(message).startswith("Kính gửi: Phòng Bcc: x@y.vn http: //evil.vn\n")
    assert unit.strip() in body(message)
    (file,) = message.iter_attachments()
    assert str(file.get_filename()).isascii()


def test_more_files_go_along(capsys: pytest.CaptureFixture[str]) -> None:
    Path("Biên bản họp.docx").write_bytes(b"PK\x03\x04")
    Path("ảnh.jpg").write_bytes(b"\xff\xd8")
    assert main(["email", "bieu.xlsx", "--attach", "Biên bản họp.docx", "--attach", "ảnh.jpg"]) == 0
    parts = [(one.get_filename(), one.get_content()) for one in draft(f"{STEM}.eml").iter_attachments()][1:]
    assert parts == [("Bien-ban-hop.docx", b"PK\x03\x04"), ("anh.jpg", b"\xff\xd8")]
    assert "cùng 2 tệp khác" in body(draft(f"{STEM}.eml"))
    capsys.readouterr()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["khong.xlsx"], "Không tìm thấy tệp khong.xlsx."),
        (["thu-muc"], "thu-muc là thư mục."),
        (["rac.xlsx"], "rac.xlsx không phải tệp bảng tính"),
        (["trong.xlsx"], "Không tìm thấy bảng nhiệm vụ."),
        (["bieu.xlsx", "-o", "thu.xlsx"], "Tên tệp ra thu.xlsx phải kết thúc bằng .eml."),
        (["bieu.xlsx", "-o", "khong/thu.eml"], "Không có thư mục khong."),
        (["bieu.xlsx", "--attach", "khong.pdf"], "Không tìm thấy tệp khong.pdf."),
        (["bieu.xlsx", "--attach", "thu-muc"], "thu-muc không phải tệp nên không đính kèm được."),
        (["bieu.xlsx", "--attach", "lon.zip"], "Các tệp đính kèm quá lớn cho một thư (20.0 MiB, giới hạn"),
        (["bieu.xlsx", "--attach", "vua.zip"], "Các tệp đính kèm quá lớn cho một thư (20.0 MiB, giới hạn"),
        (["bieu.xlsx", "--since", "khong.xlsx"], "Không tìm thấy tệp khong.xlsx."),
        (["bieu.xlsx", "--since", "trong.xlsx"], "Không tìm thấy bảng nhiệm vụ trong trong.xlsx."),
        (["bieu.xlsx", "--since", "bieu.xlsx", "--as-of", "1/1/2021"],
         "Báo cáo trước tính đến ngày 30/06/2021, sau ngày 01/01/2021 của báo cáo này."),
        (["bieu.xlsx", "--keep", "bieu.xlsx", "--force"],
         "Tệp ra trùng với tệp vào bieu.xlsx. Chọn tên khác với --keep."),
        (["bieu.xlsx", "--keep", "trong.xlsx"], "trong.xlsx đã có. Chọn tên khác với --keep, hoặc"),
        (["bieu.xlsx", "--since", "."], ". là thư mục."),
        (["bieu.xlsx", "--keep", f"{STEM}.xlsx"], f"{STEM}.xlsx là tệp của báo cáo."),
        (["bieu.xlsx", "--keep", "a.xlsm"], "Tên tệp ra a.xlsm phải kết thúc bằng .xlsx."),
        (["bieu.ods", "--keep", "a.xlsx", "--allow-errors"],
         "Chỉ ghi nhớ báo cáo được trong tệp .xlsx, .xlsm; bieu.ods"),
        (["mau.xltx", "--keep", "a.xlsx"], "Chỉ ghi nhớ báo cáo được trong tệp .xlsx, .xlsm; mau.xltx"),
        (["rieng.xlsx", "--keep", "a.xlsx"], f'Trang "{schema.SENT}" trong tệp không phải do phần mềm lập.'),
        (["bieu.xlsx", "--attach", "cu.eml", "-o", "cu.eml", "--force"], "Tệp ra trùng với tệp vào cu.eml."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_written(
    others: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    shutil.copytree(others, ".", dirs_exist_ok=True)
    Path("thu-muc").mkdir()
    Path("rac.xlsx").write_bytes(b"rac")
    Path("cu.eml").write_bytes(b"cu")
    with Path("lon.zip").open("wb") as large, Path("vua.zip").open("wb") as fitting:
        large.truncate(MOST_ATTACHED + 1)
        fitting.truncate(MOST_ATTACHED)
    if "bieu.ods" in options:
        write_ods(Path("bieu.ods"))
    before = held()
    assert main(["email", *options]) == 2
    assert capsys.readouterr().err.startswith(said)
    assert held() == before


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Biểu">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def write_ods(path: Path) -> None:
    """Write a table of one task as an OpenDocument spreadsheet."""
    lines = (("STT", "Nội dung", "Sản phẩm", "Chủ trì"), ("3.1.", "Họp", "Biên bản", "Trường MN"))
    rows = ["".join(map(ODS_CELL.format, line)) for line in lines]
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            ODS.format(rows="".join(f"<table:table-row>{row}</table:table-row>" for row in rows)),
        )


def test_the_draft_is_opened_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a mail program the files are there all the same, and the message says where."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin")
    Path("bin").mkdir()
    assert main(["email", "bieu.xlsx", "--open"]) == 2
    assert capsys.readouterr().err == (
        f"Không mở được chương trình thư (xdg-open). Thư nháp vẫn có ở {STEM}.eml: bấm đúp vào tệp đó để "
        "mở.\n"
    )
    assert Path(f"{STEM}.eml").exists()
    noted = program(tmp_path / "bin", "xdg-open")
    assert main(["email", "bieu.xlsx", "--open", "--force"]) == 0
    assert noted.read_text() == f"{tmp_path}/{STEM}.eml|"


def test_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    with_info("khac.xlsx", recipient_email=None)
    assert main(["email", "khac.xlsx", "--lang", "en"]) == 0
    assert capsys.readouterr().out == (
        f"Summary: {STEM}.xlsx\nDraft: {STEM}.eml\n"
        'No recipient yet: fill it in when you open the draft, and in "Receiving e-mail" on the sheet '
        '"Thông tin" for the next time.\n'
        f'Next time add --since "{STEM}.xlsx", and the letter tells what changed.\n'
        "Open the draft, look at it and send it; this program sends nothing.\n"
        "If the mail can only be read: Edit As New Message in Thunderbird, Send Again in Mail on a Mac.\n"
    )
    assert body(draft(f"{STEM}.eml")).startswith("To: Phòng GD&ĐT Văn Giang\n")


def test_files_written_together_are_all_written_or_none(tmp_path: Path) -> None:
    """One that cannot be written, or a fault after all were, brings back what was there."""
    Path("a").write_bytes(b"old")
    contents = {tmp_path / "a": b"new", tmp_path / "b": b"new"}
    with pytest.raises(OutputError), files.written_together({**contents, tmp_path / "khong" / "c": b"new"}):
        pass
    assert (Path("a").read_bytes(), Path("b").exists()) == (b"old", False)
    with pytest.raises(ZeroDivisionError), files.written_together(contents):
        raise ZeroDivisionError
    assert (Path("a").read_bytes(), Path("b").exists()) == (b"old", False)
    with files.written_together(contents):
        pass
    assert (Path("a").read_bytes(), Path("b").read_bytes()) == (b"new", b"new")
