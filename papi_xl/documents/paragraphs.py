"""A paragraph of a .docx as a reader sees it: its text, and what it holds beside."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from papi_xl.documents.lists import BULLET, Counter
from papi_xl.documents.styles import Styles
from papi_xl.documents.tree import FORMULA_TEXT, Element, on, shown, value
from papi_xl.text import tidy

SIGNS: Final = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "",
}  # fmt: skip
TICKS: Final = {"f0fc": "✓", "f0fe": "☑", "f052": "☑", "f0a8": "☐", "f06f": "☐", "f0e0": "→"}
"""Signs of the font Wingdings that plans use."""
NOTES: Final = ("footnoteReference", "endnoteReference")
PICTURES: Final = frozenset({"drawing", "pict", "object"})

Notes = Mapping[tuple[str, str], str]
"""The texts of foot- and endnotes, by kind of reference and id."""


class Paragraph(NamedTuple):
    """A paragraph: its text, whether its mark was deleted so that it goes on in the next one.

    ``aside`` are its hidden texts and the notes it refers to, ``boxes`` the text boxes anchored in it.
    """

    text: str
    goes_on: bool
    aside: tuple[str, ...]
    boxes: tuple[Element, ...]


class _Piece(NamedTuple):
    """Some text of a run: whether it is hidden, and how deep it stands in the instructions of fields."""

    text: str
    hidden: bool = False
    instructions: int = 0


class Reader:
    """Reads the paragraphs of one document, in their order since numbers are counted."""

    def __init__(self, styles: Styles, counter: Counter, notes: Notes, meant: Mapping[Element, str]) -> None:
        """Read with what the document's other parts say; ``meant`` are the texts that say something else."""
        self._meant = meant
        self._styles = styles
        self._counter = counter
        self._notes = notes

    def paragraph(self, element: Element) -> Paragraph:
        """Read a paragraph."""
        label = self._counter.label(element)
        runs = [run for run in shown(element) if run.tag == "r"]
        pieces, open_fields = self._pieces(element, value(element, "pPr/pStyle"))
        kept = [piece for piece in pieces if open_fields or not piece.instructions]
        text = "".join(piece.text for piece in kept if not piece.hidden)
        hidden = "".join(piece.text for piece in kept if piece.hidden).strip()
        parts = [part for run in runs for part in shown(run)]
        notes = [self._notes.get((part.tag, part.get("id", "")), "") for part in parts if part.tag in NOTES]
        boxes = [box for part in parts if part.tag in PICTURES for box in part.iter("txbxContent")]
        return Paragraph(
            f"{label} {text}" if label and (text or label != BULLET) else text,
            on(element.find("pPr/rPr/del")),
            tuple(filter(None, (hidden, *notes))),
            tuple(boxes),
        )

    def _pieces(self, paragraph: Element, style: str | None) -> tuple[list[_Piece], bool]:
        """Return the texts of a paragraph, and whether a field begins in it that does not end there."""
        pieces: list[_Piece] = []
        fields: list[bool] = []
        for run in shown(paragraph):
            if run.tag != "r":
                pieces.extend(_Piece(text.text or "") for text in run.iter(FORMULA_TEXT))
                continue
            hidden = self._styles.hidden(run.find("rPr"), value(run, "rPr/rStyle"), style)
            for part in shown(run):
                if part.tag == "fldChar":
                    _follow(fields, part.get("fldCharType"))
                elif text := self._meant.get(part, _text(part)):
                    pieces.append(_Piece(text, hidden, sum(fields)))
        return pieces, bool(fields)


def _text(part: Element) -> str:
    if part.tag == "t":
        return part.text or ""
    if part.tag == "sym":
        return TICKS.get(part.get("char", "").lower(), "")
    return SIGNS.get(part.tag, "")


def _follow(fields: list[bool], mark: str | None) -> None:
    """Note that a field begins, that its result begins, or that it ends: true are those at instructions."""
    if mark == "begin":
        fields.append(True)
    elif mark == "separate" and fields:
        fields[-1] = False
    elif mark == "end" and fields:
        fields.pop()


def bare_text(element: Element) -> str:
    """Return every text within ``element``, whatever it stands in, less numbers and layout."""
    return tidy("".join(part.text or "" for part in element.iter("t")))
