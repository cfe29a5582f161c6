"""Texts that cells share, counted once for each cell that shows them: a short file may repeat one endlessly.

Source: ECMA-376-1, 18.4.8 (``si``) and 18.18.11 (cells of the type ``s``).
"""

import re
from array import array
from collections.abc import Iterable
from typing import Final

from papi_xl.bounds import few_bytes
from papi_xl.reading.package import Package
from papi_xl.reading.sheet_xml import pieces

KIND: Final = "sharedStrings"
MOST: Final = "texts"
"""The limit on the part with these texts, and on what they take in all cells together."""
SHORTEST: Final = len('<c t="s"><v>0</v></c>')
TYPES: Final = (b'"s"', b"'s'")
ITEM: Final = re.compile(rb"<(?:[\w.-]+:)?si(?=[\s/>])")
SHOWN: Final = re.compile(rb"""\st\s*=\s*["']s["'][^<>]*>\s*<(?:[\w.-]+:)?v(?:\s[^<>]*)?>\s*([0-9]{1,8})""")


def bound_shown(package: Package, sheets: Iterable[str]) -> None:
    """Make sure that the cells of the parts ``sheets`` do not repeat shared texts beyond measure.

    Sheets that were read before are looked at again only where their sizes leave it open.

    Raises:
        UnreadableWorkbookError: as `Package.stream`; ``too-large`` (``texts``).
    """
    most = package.limits.texts
    relations = package.relations(package.main_part or "").values()
    part = next((one.target for one in relations if one.kind == KIND and one.target in package), None)
    if part is None:
        return
    content, named = b"".join(package.stream(part, most=MOST)), list(sheets)
    if len(content) * sum(map(package.size, named)) // SHORTEST <= most:
        return
    cells = sum(_cells(chunk) + 1 for name in named for chunk in package.stream(name))
    if len(content) * cells <= most:
        return
    lengths = _lengths(content)
    longest = max(lengths, default=0)
    if longest * cells <= most:
        return
    shown = 0
    for name in named:
        for piece, _ in pieces(package.stream(name)):
            numbers = list(map(int, SHOWN.findall(piece)))
            shown += sum(lengths[number] for number in numbers if number < len(lengths))
            shown += longest * max(_cells(piece) - len(numbers), 0)  # cells written in an unusual way
            few_bytes(shown, package.limits)


def _cells(piece: bytes) -> int:
    """Return how many cells may show a shared text, at most."""
    return sum(map(piece.count, TYPES))


def _lengths(content: bytes) -> "array[int]":
    """Return how many bytes of XML each text takes."""
    lengths, last = array("L"), -1
    for match in ITEM.finditer(content):
        if last >= 0:
            lengths.append(match.start() - last)
        last = match.start()
    if last >= 0:
        lengths.append(len(content) - last)
    return lengths
