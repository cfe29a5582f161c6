"""A .docx as lines of text and tables, in reading order: what Word shows, whatever it is kept in."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from papi_xl.bounds import FAR_COLUMN, Limits, damaged, within
from papi_xl.documents.content import Block, Box, Grid, GridRow, Line
from papi_xl.documents.lists import BULLET, Counter
from papi_xl.documents.old_fonts import meant
from papi_xl.documents.paragraphs import Paragraph, Reader, bare_text
from papi_xl.documents.styles import styles
from papi_xl.documents.tree import Element, on, shown, tree, value, whole
from papi_xl.reading.package import PROLOG, Package
from papi_xl.text import tidy

SLIVER: Final = 280
"""Twips (5 mm): narrower columns are borders that were dragged askew, not columns."""
NOTE_KINDS: Final = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}


def is_word(package: Package) -> bool:
    """Whether the package is a document of Word (.docx, .docm, .dotx)."""
    if package.main_part is None or package.main_part not in package:
        return False
    root = PROLOG.match(next(package.stream(package.main_part), b""))
    return root is not None and root[1].rpartition(b":")[2] == b"document"


def blocks(package: Package, limits: Limits) -> list[Block]:
    """Return the lines and tables of a document of Word.

    Raises:
        UnreadableWorkbookError: ``damaged`` or ``too-large``.
    """
    main = package.main_part or ""
    parts = {
        relation.kind: relation.target
        for relation in package.relations(main).values()
        if relation.target in package
    }
    roots = {
        kind: tree(package, parts[kind]) for kind in ("styles", "numbering", *NOTE_KINDS) if kind in parts
    }
    known = styles(roots.get("styles"))
    notes = {
        (reference, note.get("id", "")): bare_text(note)
        for kind, reference in NOTE_KINDS.items() if kind in roots
        for note in roots[kind]
    }  # fmt: skip
    body = tree(package, main).find("body")
    if body is None:
        raise damaged()
    counter = Counter(roots.get("numbering"), known)
    reader = Reader(known, counter, notes, meant(body, known))
    return list(_Story(reader, limits).blocks(body))


class _Story:
    """Reads the blocks of a document, counting what its tables hold."""

    def __init__(self, reader: Reader, limits: Limits) -> None:
        self._reader = reader
        self._limits = limits
        self._rows = self._cells = 0

    def blocks(self, container: Element) -> Iterator[Block]:
        """Yield the lines and tables of a body, cell or text box; a text box follows its paragraph."""
        begun: list[Paragraph] = []
        for child in shown(container):
            if child.tag == "tbl":
                yield self._grid(child)
            elif child.tag == "p":
                begun.append(self._reader.paragraph(child))
                if not begun[-1].goes_on:
                    yield from _lines(begun)
                    for box in [box for paragraph in begun for box in paragraph.boxes]:
                        yield from self.blocks(box)
                    begun = []
        yield from _lines(begun)

    def _grid(self, table: Element) -> Grid:
        rows = [row for row in shown(table) if row.tag == "tr" and not on(row.find("trPr/del"))]
        edges = [list(_edges(row)) for row in rows]
        last = max((end for row in edges for _, _, end in row), default=0)
        self._rows += len(rows)
        self._cells += len(rows) * last
        within(self._rows, self._cells, self._limits)
        columns = _columns(table, last)
        read: list[GridRow] = []
        for place, row in enumerate(edges, start=1):
            above = {box.column for box in read[-1].boxes} if read else set()
            boxes = []
            for cell, start, end in row:
                column = columns[start] + 1
                span = max(columns[end] - columns[start], 1)
                boxes.append(self._box(cell, column, span, below=column in above))
            read.append(GridRow(tuple(boxes), place))
        return Grid(tuple(read))

    def _box(self, cell: Element, column: int, span: int, *, below: bool) -> Box:
        merge = cell.find("tcPr/vMerge")
        if below and merge is not None and merge.get("val", "continue") == "continue":
            return Box("", column, span, continues=True, aside=tuple(filter(None, [bare_text(cell)])))
        held = list(self.blocks(cell))
        lines = [line for block in held for line in _texts(block)]
        text = lines[0].removeprefix(BULLET).strip() if len(lines) == 1 else "\n".join(lines)
        aside = tuple(text for block in held if isinstance(block, Line) for text in block.aside)
        grids = tuple(block for block in held if isinstance(block, Grid))
        return Box(text, column, span, aside=aside, grids=grids)


def _lines(paragraphs: Sequence[Paragraph]) -> Iterator[Line]:
    """Yield the lines of paragraphs that are one for the reader."""
    aside = tuple(text for paragraph in paragraphs for text in paragraph.aside)
    for line in "".join(paragraph.text for paragraph in paragraphs).split("\n"):
        yield Line(tidy(line), aside)
        aside = ()


def _texts(block: Block) -> list[str]:
    """Return the lines that say something; a row of a table within a cell is a line."""
    if isinstance(block, Line):
        return [block.text] if block.text else []
    rows = (
        " | ".join(filter(None, (box.text.replace("\n", " ") for box in row.boxes))) for row in block.rows
    )
    return [row for row in rows if row]


def _edges(row: Element) -> Iterator[tuple[Element, int, int]]:
    """Yield the cells of a row with the grid's boundaries between which each lies."""
    start = min(whole(value(row, "trPr/gridBefore")) or 0, FAR_COLUMN)
    cells: list[tuple[Element, int, int]] = []
    for cell in shown(row):
        if cell.tag != "tc":
            continue
        end = min(start + max(whole(value(cell, "tcPr/gridSpan")) or 1, 1), FAR_COLUMN)
        merge = cell.find("tcPr/hMerge")
        if cells and merge is not None and merge.get("val", "continue") == "continue":
            cells[-1] = (*cells[-1][:2], end)
        else:
            cells.append((cell, start, end))
        start = end
    yield from cells


def _columns(table: Element, last: int) -> list[int]:
    """Return the column (0-based) that begins at each boundary of the grid, slivers between two left out."""
    widths = [whole(column.get("w")) or 0 for column in table.iterfind("tblGrid/gridCol")][:last]
    if len(widths) < last or not all(widths):
        return list(range(last + 1))
    begins, columns = 0, [0]
    for edge in accumulate(widths):
        askew = edge - begins < SLIVER
        columns.append(columns[-1] if askew else columns[-1] + 1)
        begins = begins if askew else edge
    return columns
