r"""Documents of Word written as text tables, so that a test shows what a person would see.

A line of a table is a row, `|` parts its cells. A cell `^` belongs to the one above, `<` to the one on its
left. A text that begins with `<w:` is XML of its own; `\n` begins a new paragraph.
"""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from papi_xl.documents.moving import Moved, moved
from papi_xl.documents.reading import read_document
from papi_xl.documents.tables import find

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
HEADER = "TT | Nội dung nhiệm vụ | Sản phẩm | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian thực hiện"
SHOWN = ("number", "task", "product", "lead", "partners", "timing")


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str = "", properties: str = "") -> str:
    """Return a paragraph: text, or the XML of runs."""
    inner = text if text.startswith("<w:") else run(text)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def numbered(number: int, level: int = 0, text: str = "") -> str:
    """Return a paragraph of a list, whose number Word shows and nothing holds."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(text: str, span: int = 1, merge: str = "", properties: str = "") -> str:
    """Return a cell: text, or the XML of its paragraphs."""
    paragraphs = text if text.startswith(("<w:p", "<w:tbl", "<w:sdt")) else "".join(
        map(paragraph, text.split("\\n"))
    )  # fmt: skip
    kind = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    kind += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f"<w:tc><w:tcPr>{kind}{properties}</w:tcPr>{paragraphs}</w:tc>"


def table(text: str, header: str = HEADER, widths: Sequence[int] = ()) -> str:
    """Return the table that ``text`` describes, under the usual header unless it names another."""
    lines = [line.strip() for line in f"{header}\n{text}".splitlines() if line.strip()]
    rows = [[one.strip() for one in line.split("|")] for line in lines]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths or [1500] * max(map(len, rows)))
    grid = f"<w:tblGrid>{columns}</w:tblGrid>"
    return f"<w:tbl><w:tblPr/>{grid}{''.join(_row(rows, index) for index in range(len(rows)))}</w:tbl>"


def _row(rows: Sequence[Sequence[str]], index: int) -> str:
    cells = []
    for column, text in enumerate(rows[index]):
        if text == "<":
            continue
        span = 1
        while column + span < len(rows[index]) and rows[index][column + span] == "<":
            span += 1
        goes_on = index + 1 < len(rows) and column < len(rows[index + 1]) and rows[index + 1][column] == "^"
        merge = "continue" if text == "^" else "restart" if goes_on else ""
        cells.append(cell("" if text == "^" else text, span, merge))
    return f"<w:tr>{''.join(cells)}</w:tr>"


def docx(path: Path, *body: str, **parts: str) -> Path:
    """Write a document; ``parts`` are the roots' contents of `numbering`, `styles`, `footnotes`."""
    files = {"word/document.xml": _part("document", f"<w:body>{''.join(body)}</w:body>")}
    files |= {f"word/{name}.xml": _part(name, inner) for name, inner in parts.items()}
    inner = "".join(_relation(name, f"{name}.xml") for name in parts)
    files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'
    files["_rels/.rels"] = (
        f'<Relationships xmlns="{RELATIONS}">{_relation("officeDocument", "word/document.xml")}'
        "</Relationships>"
    )
    return packed(path, files)


def packed(path: Path, files: dict[str, str]) -> Path:
    """Write a zip file of texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def _part(name: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {SPACES}>{inner}</w:{name}>'


def _relation(kind: str, target: str) -> str:
    return f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def imported(path: Path) -> Moved:
    """Return what the import makes of a file."""
    return moved(find(read_document(path)))


def rows(made: Moved, keys: Sequence[str] = SHOWN) -> list[str]:
    """Return the rows of the template as lines of cells, new lines shown as ``/``."""
    lines = [[str(row.get(key) or "").replace("\n", "/") for key in keys] for row in made.filling.tasks]
    return [" | ".join(line).rstrip(" |") for line in lines]


def leftovers(made: Moved) -> list[str]:
    """Return what has no place: reason, place, text."""
    return [f"{one.why} {one.where.table}:{one.where.row} {one.said}" for one in made.unplaced]
