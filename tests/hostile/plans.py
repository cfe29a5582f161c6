"""Kinds of bad documents: plans of Word and plain texts."""

from random import Random
from typing import Final
from xml.sax.saxutils import escape

from tests import documents
from tests.hostile import archives, books, texts
from tests.hostile.kinds import SLOW, kind
from tests.hostile.seeds import Seed

HEADERS: Final = (
    "TT",
    "Nội dung nhiệm vụ",
    "Sản phẩm",
    "Đơn vị chủ trì",
    "Đơn vị phối hợp",
    "Thời gian thực hiện",
)


@kind("odd documents of Word", (".docx",), times=SLOW)
def word(random: Random, _: Seed) -> bytes:
    """Tables of odd cells, spans and merges, within each other; lists and styles that lead in circles."""
    rows = "".join(
        f"<w:tr>{''.join(_cell(random, 0) for _ in range(random.randrange(9)))}</w:tr>" for _ in range(9)
    )
    heads = "".join(documents.cell(text) for text in HEADERS)
    table = f"<w:tbl><w:tblGrid>{_grid(random)}</w:tblGrid><w:tr>{heads}</w:tr>{rows}</w:tbl>"
    body = documents.paragraph(books.held(texts.text(random))) + table + _paragraph(random)
    parts = {
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>"),
        "word/numbering.xml": _part("numbering", _numbering(random)),
        "word/styles.xml": _part("styles", _styles(random)),
        "word/footnotes.xml": _part("footnotes", '<w:footnote w:id="2"><w:p/></w:footnote>'),
        "word/_rels/document.xml.rels": books.relations(
            {kind: (kind, f"{kind}.xml") for kind in ("numbering", "styles", "footnotes")}
        ).encode(),
        "_rels/.rels": books.relations({"rId1": ("officeDocument", "word/document.xml")}).encode(),
    }
    return archives.packed(parts)


def _part(name: str, inner: str) -> bytes:
    return f"<w:{name} {documents.SPACES}>{inner}</w:{name}>".encode("utf-8", "surrogatepass")


def _cell(random: Random, depth: int) -> str:
    number = random.choice(("1", "2", "0", "-1", "63", "999999999", "99999999999", "x", ""))
    properties = random.choice((
        "", "", f'<w:gridSpan w:val="{number}"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>",
        "<w:hMerge/>",
        f'<w:tcW w:w="{number}"/>', '<w:vMerge w:val="continue"/>',
    ))  # fmt: skip
    inner = "".join(_paragraph(random) for _ in range(random.randrange(3)))
    if depth < 3 and random.random() < 0.1:
        inner += f"<w:tbl><w:tr>{_cell(random, depth + 1)}{_cell(random, depth + 1)}</w:tr></w:tbl>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def _paragraph(random: Random) -> str:
    said = texts.text(random) if random.random() < 0.95 else texts.long_text(random)
    run = f"<w:r><w:t>{escape(books.held(said))}</w:t></w:r>"
    level, number = random.choice(("0", "1", "8", "9", "-1", "x")), random.choice(("0", "1", "2", "99", "x"))
    properties = random.choice((
        "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
        '<w:pStyle w:val="a"/>',
        "<w:rPr><w:vanish/></w:rPr>",
    ))  # fmt: skip
    wrapped = random.choice((
        run, f"<w:ins>{run}</w:ins>", f"<w:del>{run}</w:del>", f"<w:hyperlink>{run}</w:hyperlink>",
        run + "<w:br/>" + run,
        f"<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt>",
        '<w:r><w:sym w:font="a" w:char="F0FFFF"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run, '<w:r><w:footnoteReference w:id="2"/></w:r>',
        f'<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>{escape(books.held(said))}</w:t></w:r>',
    ))  # fmt: skip
    return f"<w:p><w:pPr>{properties}</w:pPr>{wrapped}</w:p>"


def _grid(random: Random) -> str:
    widths = random.choices(("1500", "0", "1", "-5", "x", "999999999"), k=random.choice((0, 6, 6, 600)))
    return "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)


def _numbering(random: Random) -> str:
    start = random.choice(("1", "0", "-1", "999999999", "3999", "x"))
    form = random.choice(("decimal", "upperRoman", "lowerLetter", "bullet", "none", "hex", "chineseCounting"))
    text = random.choice(("%1.", "%1.%2.", "%9%9%9", "%", "%0", "\x7f", "" + "%1" * 5_000))
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n in range(random.choice((1, 9, 99)))
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:abstractNum w:abstractNumId="1">'
        '<w:numStyleLink w:val="a"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )


def _styles(random: Random) -> str:
    based = random.choice(("a", "b", "c", ""))
    return (
        '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/><w:pPr><w:numPr>'
        '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        f'<w:style w:styleId="b"><w:basedOn w:val="{based}"/></w:style><w:style/>'
        '<w:style w:type="numbering" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
        "</w:style>"
    )


@kind("odd plain texts", (".txt",))
def plain(random: Random, seed: Seed) -> bytes:
    """Lines of a plan mixed with others, tabs in any number, in any encoding."""
    lines = seed.data.decode().split("\n") if random.random() < 0.5 else ["\t".join(HEADERS)]
    for _ in range(random.randrange(1, 30)):
        said = texts.text(random) if random.random() < 0.97 else texts.long_text(random)
        lines.insert(random.randrange(len(lines) + 1), "\t" * random.choice((0, 1, 1, 5, 600)) + said)
    encoding = random.choice(("utf-8", "utf-8", "utf-8", "utf-16", "utf-8-sig", "utf-16-le", "cp1258"))
    return random.choice(("\n", "\r\n", "\r")).join(lines).encode(encoding, "replace")
