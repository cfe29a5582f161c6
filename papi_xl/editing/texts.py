"""Texts of cells in XML: escaped as Excel escapes them, plain or in runs with looks of their own."""

import re
import unicodedata
from collections.abc import Collection
from itertools import pairwise
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from papi_xl.editing.markup import parsed, plain_parser, respelled, tree
from papi_xl.text import INVISIBLE

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_WORD: Final = re.compile(r"\S+")
_LOOSE: Final = re.compile(r"^\s|\s$|\s\s|[\t\n]")


class Run(NamedTuple):
    """A stretch of a text with a look of its own: its element `rPr` (empty for the cell's look), its text."""

    look: str
    text: str


class Text(NamedTuple):
    """A text; ``runs`` are empty where all of it has the cell's look."""

    text: str
    runs: tuple[Run, ...] = ()


def escaped(text: str) -> str:
    """Return ``text`` as a cell holds it, before XML's own escapes: ``_x000D_`` for a carriage return.

    Source: ECMA-376 part 1, 22.9.2.19.
    """
    return _TO_ESCAPE.sub(lambda found: "_x005F_" if found[0] == "_" else f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """Return what a cell's text stands for: the reverse of `escaped`."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # Two halves of a character that were escaped one by one are one character again.
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def written(text: Text, prefix: str = "") -> bytes:
    """Return what stands inside an element `is` or `si` that holds ``text``."""
    if not text.runs:
        return _element(text.text, prefix)
    start, end = f"<{prefix}r>".encode(), f"</{prefix}r>".encode()
    looks = (respelled(run.look.encode(), "", prefix) for run in text.runs)
    return b"".join(
        start + look + _element(run.text, prefix) + end for look, run in zip(looks, text.runs, strict=True)
    )


def understood(xml: bytes) -> Text:
    """Return the text of an element `is` or `si`; readings of words (`rPh`) are no part of it."""
    root = tree(xml)
    plain = "".join(characters(one.of(xml)) for one in root.all("t"))
    runs = []
    for run in root.all("r"):
        look = run.first("rPr")
        shown = respelled(look.of(xml), root.prefix, "").decode("utf-8", "replace") if look else ""
        runs.append(Run(shown, unescaped("".join(characters(one.of(xml)) for one in run.all("t")))))
    return Text("".join(run.text for run in runs), tuple(runs)) if runs else Text(unescaped(plain))


def shared(xml: bytes, wanted: Collection[int]) -> dict[int, Text]:
    """Return texts of a part `sharedStrings`, by their numbers; those it does not have are left out."""
    found: dict[int, Text] = {}
    parser = plain_parser(xml)
    depth, number, start = 0, -1, 0

    def opened(_: str, __: dict[str, str]) -> None:
        nonlocal depth, number, start
        depth += 1
        if depth == 2:  # noqa: PLR2004 - the items stand in the root
            number, start = number + 1, parser.CurrentByteIndex

    def closed(_: str) -> None:
        nonlocal depth
        if depth == 2 and number in wanted:  # noqa: PLR2004
            end = parser.CurrentByteIndex
            end = xml.index(b">", end) + 1 if xml[end : end + 2] == b"</" else end
            found[number] = understood(xml[start:end])
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parsed(parser, xml)
    return found


def characters(xml: bytes) -> str:
    """Return the character data of an element, CDATA included."""
    found: list[str] = []
    parser = plain_parser(xml)
    parser.CharacterDataHandler = found.append
    parsed(parser, xml)
    return "".join(found)


def spread(text: str, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return ``text`` in runs as those of the text that it takes the place of, word by word.

    Where the words are not as many as they were, all of it gets the look of the first run.
    """
    owners = [index for index, run in enumerate(runs) for char in run.text if not INVISIBLE.match(char)]
    whole = INVISIBLE.sub("", "".join(run.text for run in runs))
    old, new = list(_WORD.finditer(whole)), list(_WORD.finditer(text))
    if not new or len(old) != len(new):
        return (Run(runs[0].look, text),) if runs and text else ()
    cuts = {0: owners[old[0].start()]}
    for before, after in zip(old, new, strict=True):
        for at in range(before.start(), before.end()):
            if at == before.start() or owners[at] != owners[at - 1]:
                length = len(unicodedata.normalize("NFC", whole[before.start() : at]))
                cuts[min(after.start() + length, after.end() - 1) if length else after.start()] = owners[at]
    changes = [
        start for start, (was, now) in zip([*cuts][1:], pairwise(cuts.values()), strict=True) if was != now
    ]
    ends = [*changes, len(text)]
    return tuple(
        Run(runs[cuts[start]].look, text[start:end]) for start, end in zip([0, *changes], ends, strict=True)
    )


def _element(text: str, prefix: str) -> bytes:
    name = f"{prefix}t"
    space = ' xml:space="preserve"' if _LOOSE.search(text) else ""
    return f"<{name}{space}>{escape(escaped(text))}</{name}>".encode()
