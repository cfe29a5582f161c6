"""Mail drafts, read back by Python's own parser and by one that shares no code with it."""

import email
import re
from email.message import EmailMessage
from email.policy import default

import pytest
from fast_mail_parser import PyMail, parse_email
from hypothesis import given
from hypothesis import strategies as st

from papi_xl.mail import Attachment, Draft, eml_bytes, recipients, unlinked

NAME = "Trường Mầm non Thị trấn Văn Giang – cơ sở Đỗ Xá “Ễnh Ương”"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read(content: bytes) -> tuple[EmailMessage, PyMail]:
    """Read a draft with both parsers."""
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message, parse_email(content)


def body(message: EmailMessage) -> str:
    """Return the text, whose lines end in CR LF as in any mail, with plain line ends."""
    part = message.get_body(("plain",))
    assert part is not None
    text = str(part.get_content())
    assert text.count("\r\n") == text.count("\n")
    return text.replace("\r\n", "\n")


def test_a_draft_reads_back_whole() -> None:
    """Recipients, full Vietnamese and two files come back from both parsers as they went in."""
    files = (Attachment("33-012_Ket-qua.xlsx", bytes(range(256)) * 50), Attachment("ghi-chu.txt", b"\r\n.\n"))
    text = f"Kính gửi: {NAME}\n\nBáo cáo còn 2 lỗi:\n  - ô G12\n"
    sent = eml_bytes(Draft("vp@mamnon.example.vn; pgd@example.com", f"Kết quả – {NAME}", text, files))
    one, other = read(sent)
    assert one["Subject"] == other.subject == f"Kết quả – {NAME}"
    assert one["To"] == "vp@mamnon.example.vn, pgd@example.com"
    assert [one.address for one in other.to] == ["vp@mamnon.example.vn", "pgd@example.com"]
    assert one["X-Unsent"] == "1"
    assert body(one) == text
    assert [part.replace("\r\n", "\n") for part in other.text_plain] == [text]
    found = [(part.get_filename(), part.get_content_type()) for part in one.iter_attachments()]
    assert found == [("33-012_Ket-qua.xlsx", XLSX), ("ghi-chu.txt", "application/octet-stream")]
    assert [part.get_content() for part in one.iter_attachments()] == [file.content for file in files]
    assert [(file.filename, file.content) for file in other.attachments] == list(files)
    assert one.defects == []


def test_a_draft_without_files_is_plain_text() -> None:
    one, other = read(eml_bytes(Draft("a@b.vn", "Nhắc gửi", "Kính gửi")))
    assert one.get_content_type() == "text/plain"
    assert body(one) == "Kính gửi\n"
    assert other.attachments == []


def test_nobody_to_send_it_to() -> None:
    """Without a usable address there is no `To` at all, and the mail program asks for one."""
    for to in ("", " ", "chưa có", "a@b", "@b.vn", "a@@b.vn"):
        one, other = read(eml_bytes(Draft(to, "Thư", "Thân")))
        assert one["To"] is None
        assert other.to == []


def test_what_the_mail_program_fills_in_is_not_there() -> None:
    one, _ = read(eml_bytes(Draft("a@b.vn", "Thư", "Thân", (Attachment("a.xlsx", b"1"),))))
    assert set(one.keys()) == {"Content-Type", "MIME-Version", "X-Unsent", "To", "Subject"}


@pytest.mark.parametrize(
    ("to", "addresses", "left_out"),
    [
        ("a@b.vn", ["a@b.vn"], []),
        ("a@b.vn, c.d+e@f-g.edu.vn;\nA@B.VN", ["a@b.vn", "c.d+e@f-g.edu.vn"], []),
        ("Trường Mầm non A <a@b.vn>; <c@d.vn>", ["a@b.vn", "c@d.vn"], []),
        ("a@b.vn\r\nBcc: x@y.vn", ["a@b.vn"], ["Bcc: x@y.vn"]),
        ("a@b.vn\x0bBcc: x@y.vn", [], ["a@b.vn Bcc: x@y.vn"]),
        ("không có", [], ["không có"]),
        ("a b@c.vn; a@b; a..b@c.vn", [], ["a b@c.vn", "a@b", "a..b@c.vn"]),
        (".a@c.vn; a@-c.vn; a@c.vn.", [], [".a@c.vn", "a@-c.vn", "a@c.vn."]),
        (f"{'a' * 65}@b.vn", [], [f"{'a' * 65}@b.vn"]),
        ("mầmnon@b.vn; a@trường.vn", [], ["mầmnon@b.vn", "a@trường.vn"]),
    ],
)  # fmt: skip
def test_addresses(to: str, addresses: list[str], left_out: list[str]) -> None:
    """Only what is an address is sent to, each once; the rest is told."""
    assert recipients(to) == (tuple(addresses), tuple(left_out))


def test_no_header_can_be_slipped_in() -> None:
    """Line ends and control characters in names, subject and address make no header and no second part."""
    evil = "Thư\r\nBcc: x@y.vn\r\n\r\n<b>\x00\x1b[31m\u2028\u202eX"
    file = Attachment('a"\r\nContent-Type: text/html\r\n\r\n.xlsx', b"1")
    one, other = read(eml_bytes(Draft("a@b.vn\r\nBcc: x@y.vn", evil, f"{evil}\n.\n", (file,))))
    assert one["Subject"] == other.subject == "Thư Bcc: x@y.vn <b>[31m X"
    assert one["Bcc"] is None
    assert one["To"] == "a@b.vn"
    assert [part.get_filename() for part in one.iter_attachments()] == ["html.xlsx"]
    assert set(other.headers) == {"Content-Type", "MIME-Version", "X-Unsent", "To", "Subject"}
    assert body(one) == "Thư\nBcc: x@y.vn\n\n<b>[31m\nX\n.\n"


def test_a_name_of_a_thousand_characters() -> None:
    """It comes back whole; no line is longer than mail allows."""
    name = ("Trường Mầm non " * 70)[:1000].strip()
    sent = eml_bytes(Draft("a@b.vn", name, name, (Attachment(f"{name}.xlsx", b"1"),)))
    one, other = read(sent)
    assert one["Subject"] == other.subject == name
    assert body(one) == f"{name}\n"
    (file,) = one.iter_attachments()
    assert file.get_filename() == f"{'-'.join(['Truong-Mam-non'] * 5)}.xlsx"
    assert max(map(len, sent.split(b"\r\n"))) <= 100


def test_names_of_files_differ() -> None:
    """Equal ones are numbered, whatever their case; names without letters get some."""
    names = ("Biểu.xlsx", "bieu.XLSX", "../../bieu.xlsx", "???", "")
    draft = Draft("", "", "", tuple(Attachment(name, b"") for name in names))
    one, _ = read(eml_bytes(draft))
    found = [part.get_filename() for part in one.iter_attachments()]
    assert found == ["Bieu.xlsx", "bieu-2.xlsx", "bieu-3.xlsx", "tep", "tep-2"]


def test_equal_drafts_give_equal_bytes() -> None:
    """Every line ends as mail wants it; another file gives another boundary."""
    one, same, other = (
        Draft("a@b.vn", NAME, NAME, (Attachment("a.xlsx", data),)) for data in (b"1", b"1", b"2")
    )
    assert eml_bytes(one) == eml_bytes(same)
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", eml_bytes(one))
    boundaries = {read(eml_bytes(draft))[0].get_boundary() for draft in (one, other)}
    assert len(boundaries) == 2
    assert eml_bytes(one).isascii()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("xem http://x.vn/a, HTTPS://y.vn", "xem http: //x.vn/a, HTTPS: //y.vn"),
        ("www.x.vn mailto:a@b.vn", "www. x.vn mailto: a@b.vn"),
        ("file:///C:/a \\\\may\\tep", "file: ///C:/a \\ \\may\\tep"),
        ("Quý II/2021: 5/7 – a:b", "Quý II/2021: 5/7 – a:b"),
    ],
)
def test_received_text_makes_no_links(text: str, shown: str) -> None:
    assert unlinked(text) == shown


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")))


@pytest.mark.no_cover
@given(PLAIN, PLAIN)
def test_any_text_comes_back(subject: str, text: str) -> None:
    """Both parsers give back any subject, in one line, and any body."""
    one, other = read(eml_bytes(Draft("", subject, text)))
    spaced = " ".join(subject.split())
    assert one["Subject"] == spaced
    assert other.subject == spaced
    assert body(one) == (f"{text}\n" if text else "")


@pytest.mark.no_cover
@given(st.text(), st.text(), st.text(), st.text(), st.binary())
def test_no_text_breaks_a_draft(to: str, subject: str, text: str, name: str, content: bytes) -> None:
    """Whatever the texts, both parsers find these headers, one body and one file, whole."""
    one, other = read(eml_bytes(Draft(to, subject, text, (Attachment(name, content),))))
    assert set(one.keys()) - {"To"} == {"Content-Type", "MIME-Version", "X-Unsent", "Subject"}
    assert [part.get_content() for part in one.iter_attachments()] == [content]
    assert [file.content for file in other.attachments] == [content]
    assert one.defects == []
