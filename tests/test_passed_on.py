"""What is received is text and stays text: no formula, link, name, macro or markup of it reaches anybody."""

import email
import email.policy
import json
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from papi_xl import schema
from papi_xl.cli import main
from tests.hostile import archives, books, texts
from tests.hostile.books import cell, task

FOLDER = "nhan"
ACTS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys, or what turns the text around it about; tabs and line ends aside."""
WORDS = [text for text in texts.OBEYED if text.strip()]
INFO = dict(zip((one.key for one in schema.INFO_FIELDS), WORDS, strict=False))


def write(path: Path) -> Path:
    """Write a template whose fields and tasks say all that wants to be obeyed, with parts that act."""
    keys = ("task", "product", "lead", "partners", "evidence", "note", "justification", "timing", "status")
    rows = [
        task(f"{1 + n % 8}.{n}.", **{keys[n % len(keys)]: cell(text), keys[(n + 4) % len(keys)]: cell(text)})
        for n, text in enumerate(WORDS)
    ]
    fields = [[cell(field.label), cell(INFO[field.key])] for field in schema.INFO_FIELDS]
    year = next(index for index, field in enumerate(schema.INFO_FIELDS) if field.key == "year")
    fields[year][1] = books.number("2021")
    header = [cell(text) for text in books.HEADERS]
    parts = books.book(
        [header, *rows],
        names="<definedNames><definedName name=\"xau\">cmd|'/c calc'!A1</definedName></definedNames>",
        after='<hyperlinks><hyperlink ref="B2" r:id="rId1"/></hyperlinks>',
        others={schema.INFO: books.worksheet(books.row_xml(fields))},
    )
    link = books.relations({"rId1": ("hyperlink", "http://x.vn/xau")}, ' TargetMode="External"')
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = link.encode()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(archives.packed(parts))
    return path


def books_under(folder: Path) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield the parts of every workbook under ``folder``, those attached to drafts too."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xlsx":
            yield path.name, archives.unpacked(path.read_bytes())
        elif path.suffix == ".eml":
            for part in draft(path).iter_attachments():
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                yield f"{path.name}: {part.get_filename()}", archives.unpacked(content)


def draft(path: Path) -> EmailMessage:
    """Return a draft as a mail program reads it."""
    read = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def check_books(folder: Path, *, count: int) -> None:
    """Make sure that no workbook under ``folder`` holds a formula, link, name or macro of what came in."""
    found = dict(books_under(folder))
    assert len(found) == count
    for name, parts in found.items():
        assert not [part for part in parts if re.search(r"vba|external|connection|embed|activeX", part)], name
        whole = b"".join(content for part, content in parts.items() if part.endswith((".xml", ".rels")))
        assert b'TargetMode="External"' not in whole, name
        assert b"xau" not in whole.replace(b"http://x.vn/xau", b""), name
        formulas = re.findall(rb"<f[^>]*>([^<]*)</f>", whole)
        assert not [one for one in formulas if re.search(rb"cmd|x\.vn|WEBSERVICE|^.?1\+1$", one)], name


@pytest.fixture(autouse=True)
def received(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workbook in a folder of its own, which is the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return write(tmp_path / FOLDER / "vao.xlsx")


def test_the_summary(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every text stands in it as text, and there is no formula at all."""
    assert main(["summarize", str(received), "-o", "ra/ra.xlsx", "--allow-errors"]) == 2
    (tmp_path / "ra").mkdir()
    assert main(["summarize", str(received), "-o", "ra/ra.xlsx", "--allow-errors"]) == 0
    check_books(tmp_path / "ra", count=1)
    said = capsys.readouterr()
    assert ACTS.findall(said.out + said.err) == []
    held = {
        str(one.value)
        for row in openpyxl.load_workbook(tmp_path / "ra" / "ra.xlsx")[schema.ANNEX].iter_rows()
        for one in row
        if one.value is not None and one.data_type == "s"
    }
    for text in ("=cmd|'/c calc'!A1", "+1+1", "@SUM(1,1)", "[red]đỏ[/red]", "<script>alert(1)</script>"):
        assert text in held
    whole = b"".join(archives.unpacked((tmp_path / "ra" / "ra.xlsx").read_bytes()).values())
    assert b"<f>" not in whole


def test_the_consolidated_workbook_and_replies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ra").mkdir()
    argv = ["consolidate", FOLDER, "-o", "ra/ra.xlsx", "--returns", "ra/tra-loi", "--workers", "1"]
    assert main(argv) == 1
    check_books(tmp_path / "ra", count=3)
    said = capsys.readouterr()
    assert ACTS.findall(said.out + said.err) == []
    assert main([*argv, "--force", "--format", "json"]) == 1
    printed = capsys.readouterr().out
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", printed) == []
    assert json.loads(printed)["units"][0]["tasks"] == len(WORDS)
    (reply,) = [draft(path) for path in (tmp_path / "ra").rglob("*.eml")]
    check_draft(reply)


def test_the_letter(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ra").mkdir()
    assert main(["email", str(received), "-o", "ra/thu.eml", "--allow-errors"]) == 0
    check_books(tmp_path / "ra", count=2)
    check_draft(draft(tmp_path / "ra" / "thu.eml"))
    said = capsys.readouterr()
    assert ACTS.findall(said.out + said.err) == []


def check_draft(read: EmailMessage) -> None:
    """Make sure that a draft has no header of what came in, and no part but plain text and the workbook."""
    known = {"MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Content-Type", "X-Unsent"}
    assert set(read.keys()) <= known
    kinds = [part.get_content_type() for part in read.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
    body = read.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert ACTS.findall(text.replace("\r\n", "\n")) == []
    assert "http://" not in text
    assert "Bcc" not in str(read["To"])


@pytest.mark.parametrize("command", ["check", "fix", "doctor"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_terminal(received: Path, capsys: pytest.CaptureFixture[str], command: str, lang: str) -> None:
    """Neither colours nor commands of a terminal come through, nor marks that turn text about."""
    main([command, str(received), "--lang", lang])
    said = capsys.readouterr()
    assert said.out
    assert ACTS.findall(said.out + said.err) == []


def test_moved_into_the_template(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ra").mkdir()
    assert main(["new", "--from", str(received), "-o", "ra/ra.xlsx"]) == 0
    check_books(tmp_path / "ra", count=1)
    said = capsys.readouterr()
    assert ACTS.findall(said.out + said.err) == []


def test_json(received: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs get the texts whole, and escaped wherever a terminal might obey them."""
    main(["check", str(received), "--format", "json"])
    printed = capsys.readouterr().out
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", printed) == []
    assert any("=1+1" in str(one["value"]) for one in json.loads(printed)["findings"])
