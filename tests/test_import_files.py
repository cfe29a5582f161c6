"""`papi-xl import` on files: the plan's own text, hostile and wrong files, what the command says and does."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from papi_xl.bounds import Limits
from papi_xl.cli import main
from papi_xl.documents import tree
from papi_xl.documents.content import UnreadableDocumentError
from papi_xl.documents.reading import read_document
from papi_xl.documents.tables import find
from papi_xl.domains import DOMAINS
from papi_xl.reading.ole import contained
from papi_xl.template import sources
from tests.documents import W, docx, imported, leftovers, packed, paragraph, rows, table
from tests.test_import import BOX, BOX_READ, FIXTURES, HEADING, MEETING

PLAN = FIXTURES / "plan-2021.txt"
ORDERS = "Văn bản chỉ đạo, hướng dẫn, đôn đốc, kiểm tra | Trường MN | Các khu tập trung | Thường xuyên"


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run in an empty folder, without a language of this machine's own."""
    monkeypatch.delenv("PAPI_LANG", raising=False)
    monkeypatch.chdir(tmp_path)


def texts_of(path: Path) -> list[str]:
    """Return every text of a workbook."""
    book = openpyxl.load_workbook(path, read_only=True)
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row)
    found = [str(cell) for cell in cells if cell]
    book.close()
    return found


def test_of_the_plans_own_text_what_is_certain_is_placed() -> None:
    made = imported(PLAN)
    cut = [line[:24].strip() for line in rows(made, ["number", "task"])]
    assert cut == [
        "1. | Tham gia của người",
        "1.1.",
        "3. | Trách nhiệm giải tr",
        "3.1. | Thực hiện tốt việ",
        "3.2. | Nâng cao hiệu quả",
        "4. | Kiểm soát tham nhũn",
        "4.4. | Tăng cường kiểm t",
        "5. | Thủ tục hành chính",
        "5.2. | Cập nhật, công bố",
        "5.3. | Ứng dụng CNTT tro",
        "6. | Cung ứng dịch vụ cô",
        "6.1. | Tăng cường đầu tư",
        "6.2. | Tăng cường, đa dạ",
        "6.3. | Tích cực tham mưu",
        "6.4. | Tăng cường sự giá",
        "7. | Quản trị môi trường",
        "7.1. | Tăng cường công t",
        "8. | Quản trị điện tử",
    ]
    others = rows(made, ["number", "product", "lead", "partners", "timing"])
    assert [line for line in others if "|" in line] == [
        f"3.1. | {ORDERS}",
        "4.4. | Văn bản chỉ đạo, quy chế",
        f"5.2. | {ORDERS}",
        f"5.3. | {ORDERS}",
        f"6.1. | {ORDERS}",
        f"6.2. | {ORDERS}",
        f"6.3. | {ORDERS}",
        "6.4. | Văn bản chỉ đạo, quy chế | Trường MN | Các khu tập trung | Thường xuyên",
        f"7.1. | {ORDERS}",
    ]
    assert (made.headed, [number for number, _ in made.numbered]) == ((1, 4), ["7.1."])


def test_of_the_plans_own_text_what_is_cut_is_listed() -> None:
    """Nothing after a cut is placed by guess: not the fourth domain's first tasks, whose heading is lost."""
    shown = [line if len(line) < 110 else f"{line[:40]}…{line[-40:]}" for line in leftovers(imported(PLAN))]
    assert shown == [
        "cut 0:42 Thông báo",
        "cut 0:43 Các khu tập trung | Thường xuyên",
        "cut 0:60 Minh bạch thông tin của các cơ …ng MN | Các khu tập trung | Thường xuyên",
        "cut 0:65 Kiểm tra thường xuyên, đột xuất việc thực hiện kỷ luật, kỷ cương hành chính.",
        "cut 0:66 Các khu tập trung | Thường xuyên",
        "cut 0:68 Thực hiện nghiêm túc quy trình tuyển dụng viên chức, quy trình bổ nhiệm cán bộ lãnh đạo.",
        "cut 0:72 Các khu tập trung",
        "cut 0:75 Văn bản chỉ đạo, hướng dẫn, đôn đốc, kiểm tra",
        "cut 0:76 Các khu tập trung | Thường xuyên",
    ]


def test_no_text_of_the_plans_table_is_lost(tmp_path: Path) -> None:
    assert main(["import", str(PLAN), "-o", "a.xlsx"]) == 0
    lines = PLAN.read_text(encoding="utf-8").split("\n")[40:]
    said = [" ".join(line.split()) for line in lines if line.strip()]
    held = " ".join(" ".join(text.split()) for text in texts_of(tmp_path / "a.xlsx"))
    assert len(said) == 78
    assert [text for text in said if text not in held] == []


def test_text_with_a_row_a_line_and_a_header(tmp_path: Path) -> None:
    """Word's own plain text: tabs between cells."""
    lines = ["KẾ HOẠCH NĂM 2021", "STT | Nội dung | Kết quả | Chủ trì | Phối hợp | Thời hạn"]
    lines += [f"{HEADING} | | | |", MEETING, BOX, "", "Nơi nhận: | | TM. BAN GIÁM HIỆU"]
    text = "\r\n".join("\t".join(map(str.strip, line.split("|"))) for line in lines)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        file = tmp_path / "a.txt"
        file.write_bytes(text.encode(encoding))
        made = imported(file)
        assert rows(made) == [HEADING, MEETING, BOX_READ]
        assert leftovers(made) == ["signature 0:7 Nơi nhận: | TM. BAN GIÁM HIỆU"]
        assert made.info == {"year": 2021}


def test_the_command_fills_a_template_that_checks_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All eight domains, nothing lost: no finding at all."""
    body = [
        f"{number}. | {name} | | | |\n{number}.1. | Việc thứ {number} | Biên bản | Trường MN | | Thường xuyên"
        for number, name in enumerate(
            (domain.vi for domain in DOMAINS),
            start=1,
        )
    ]
    docx(tmp_path / "a.docx", paragraph("Trường Mầm non Hoa Sen"), table("\n".join(body)))
    given = ["--recipient", "UBND xã Văn Giang", "--year", "2025"]
    assert main(["import", "a.docx", "-o", "a.xlsx", *given]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "a.docx: 8 nhiệm vụ, 8 lĩnh vực, từ 1 bảng",
        'Tệp không có cột trạng thái: mọi nhiệm vụ ghi "Chưa thực hiện".',
        "Đã ghi a.xlsx",
    ]
    assert main(["check", "a.xlsx"]) == 0
    assert "Không có lỗi, không có cảnh báo." in capsys.readouterr().out
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert "Chưa xếp được" not in book.sheetnames
    assert [book["Thông tin"].cell(row, 2).value for row in (4, 7, 9, 10)] == [
        "Trường Mầm non Hoa Sen", "UBND xã Văn Giang", 2025, "Năm 2025",
    ]  # fmt: skip


def test_what_has_no_place_is_told_and_has_a_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docx(tmp_path / "a.docx", table(f"{MEETING}\n | | Sổ | | |\n | Tiếp dân | Sổ | MN | | Thường xuyên"))
    before = (tmp_path / "a.docx").read_bytes()
    assert main(["import", "a.docx", "-o", "a.xlsx", "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "a.docx: 2 task(s), 1 domain(s), from 1 table(s)",
        "Domain headings added after the tasks' numbers: 3.",
        'The file has no column of statuses: all tasks say "Chưa thực hiện".',
        "NUMBERS GIVEN BY PLACE, LOOK AT THEM (1)",
        "  3.2. Tiếp dân",
        'NOT PLACED, SEE THE SHEET "Chưa xếp được" (1)',
        "  A row with neither number nor task; whose it is is not known.",
        "    Table 1, row 3: Sổ",
        'Still to be filled in on the sheet "Thông tin": '
        "Unit, Receiving agency, Plan year, Reporting period.",
        "Wrote a.xlsx",
    ]
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Chưa xếp được"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)] == [
        ["STT", "Ở đâu", "Nội dung", "Vì sao chưa xếp"],
        [
            1,
            "Bảng 1, dòng 3",
            "Sổ",
            "Dòng không có TT và nội dung nhiệm vụ, không rõ thuộc nhiệm vụ nào.",
        ],
    ]
    assert (tmp_path / "a.docx").read_bytes() == before


def test_a_text_longer_than_a_cell_is_not_lost(tmp_path: Path) -> None:
    long = "A" * 32_767
    made = imported(docx(tmp_path / "a.docx", table(f"3.1. | {long}bc | Sổ | MN | | Thường xuyên")))
    assert rows(made, ["task"])[1] == long
    assert leftovers(made) == ["too-long 1:2 bc"]


def _wrong(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _other_zip(mime: str) -> Callable[[Path], object]:
    return lambda path: packed(path, {"mimetype": mime})


WRONG = {
    "old .doc": ("a.doc", _wrong(contained("WordDocument", b"x")), "document-kind"),
    ".doc named .docx": ("a.docx", _wrong(contained("WordDocument", b"x")), "document-kind"),
    "password": ("a.docx", _wrong(contained("EncryptedPackage", b"x")), "document-encrypted"),
    ".pdf": ("a.pdf", _wrong(b"%PDF-1.7 x"), "document-kind"),
    ".rtf named .docx": ("a.docx", _wrong(b"{\\rtf1 x}"), "document-kind"),
    ".html named .doc": ("a.doc", _wrong(b"\n<html>"), "document-kind"),
    ".odt": ("a.odt", _other_zip("application/vnd.oasis.opendocument.text"), "document-kind"),
    "workbook": (
        "a.docx",
        _wrong((sources.folder() / "papi_template_blank.xlsx").read_bytes()),
        "document-workbook",
    ),
    "nothing": ("a.docx", _wrong(b""), "document-damaged"),
    "torn": ("a.docx", _wrong((FIXTURES / "spans.docx").read_bytes()[:3000]), "document-damaged"),
    "TCVN3 text": ("a.txt", _wrong("Häp phô huynh".encode("cp1252")), "document-encoding"),
    "binary text": ("a.txt", _wrong(b"a\0b"), "document-encoding"),
    "no table": ("a.txt", _wrong("Chào\n\t".encode()), "document-no-table"),
    "folder": ("a.docx", lambda path: path.mkdir(), "document-is-a-folder"),
    "missing": ("a.docx", lambda _: None, "file-missing"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_file_is_refused(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 2, a sentence that names the file, and nothing written."""
    name, make, code = WRONG[kind]
    make(tmp_path / name)
    with pytest.raises(UnreadableDocumentError) as refused:
        find(read_document(tmp_path / name))
    assert refused.value.code == code
    for lang in ("vi", "en"):
        assert main(["import", name, "-o", "out.xlsx", "--lang", lang]) == 2
        said = capsys.readouterr().err
        assert name in said
        assert said.count("\n") == 1
    assert not (tmp_path / "out.xlsx").exists()


def test_the_output_is_never_overwritten_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    docx(tmp_path / "a.docx", table(MEETING))
    assert main(["import", "a.docx", "-o", "a.xlsx"]) == 2
    assert (tmp_path / "a.xlsx").read_bytes() == b"mine"
    assert main(["import", "a.docx", "-o", "a.xlsx", "--force"]) == 0
    assert main(["import", "a.docx"]) == 2
    assert "--output" in capsys.readouterr().err


def refusal(path: Path, limits: Limits = Limits()) -> tuple[str, object]:  # noqa: B008 (frozen)
    with pytest.raises(UnreadableDocumentError) as refused:
        find(read_document(path, limits))
    return refused.value.code, refused.value.values.get("what")


def test_hostile_documents_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bombs, entities, tables within tables without end: refused before they cost anything."""
    good = docx(tmp_path / "a.docx", table(f"{HEADING}\n{MEETING}\n{BOX}"))
    assert refusal(good, replace(Limits(), unpacked=100)) == ("document-too-large", "unpacked")
    assert refusal(good, Limits(packed=100)) == ("document-too-large", "packed")
    assert refusal(good, Limits(cells=10)) == ("document-too-large", "cells")
    deep = docx(tmp_path / "b.docx", "<w:tbl><w:tr><w:tc>" * 70 + "</w:tc></w:tr></w:tbl>" * 70)
    assert refusal(deep) == ("document-damaged", None)
    with monkeypatch.context() as smaller:
        smaller.setattr(tree, "MOST_BYTES", 500)
        assert refusal(good) == ("document-too-large", "document")


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    """Entities are never expanded, and nothing outside is looked up."""
    inside = f'<w:document xmlns:w="{W}"><w:body>{paragraph("&x;")}</w:body></w:document>'
    entities = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>{inside.replace("&amp;", "&")}'
    files = {
        "_rels/.rels": '<Relationships xmlns="x"><Relationship Id="a" Type="o/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
    }
    assert (
        refusal(packed(tmp_path / "a.docx", files | {"word/document.xml": entities}))[0] == "document-damaged"
    )
    outside = files["_rels/.rels"].replace("Target=", 'TargetMode="External" Target=')
    made = packed(tmp_path / "b.docx", {"_rels/.rels": outside, "word/document.xml": inside})
    assert refusal(made)[0] == "document-kind"


def test_odd_numbers_and_loops_do_no_harm(tmp_path: Path) -> None:
    """Spans beyond any page, styles that stand on themselves, lists that are not there."""
    loop = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    odd = paragraph("lạc", '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="77"/></w:numPr>')
    before, span = '<w:gridBefore w:val="-5"/>', '<w:gridSpan w:val="999999999"/>'
    row = f"<w:tr><w:trPr>{before}</w:trPr><w:tc><w:tcPr>{span}</w:tcPr>{odd}</w:tc></w:tr>"
    made = imported(
        docx(tmp_path / "a.docx", table(MEETING).replace("</w:tbl>", f"{row}</w:tbl>"), styles=loop)
    )
    assert rows(made)[1] == MEETING
    assert leftovers(made) == ["no-task 1:3 lạc"]
