"""Whether a workbook may name an old Vietnamese font at all: a search in bytes, made for every workbook."""

import re
from collections.abc import Iterable
from typing import Final

from papi_xl.reading.package import Package
from papi_xl.reading.sheet_xml import RUN_FONT

OLD_FONT: Final = re.compile(rb"""=\s*["']\s*(?:\.vn|vni-)""", re.IGNORECASE)
_OLD_RUN: Final = re.compile(RUN_FONT + rb"""[^<>]{0,200}?["']\s*(?:\.[Vv][Nn]|[Vv][Nn][Ii]-)""")
_LONGEST_TAG: Final = 256
STYLES, TEXTS = "styles", "sharedStrings"
"""The kinds of the relationships of a workbook that lead to its formats and its shared texts."""


def part_of(package: Package, kind: str) -> str | None:
    """Return the part of the workbook of this kind, ``None`` where there is none."""
    relations = package.relations(package.main_part or "").values()
    found = (relation.target for relation in relations if relation.kind == kind)
    return next((part for part in found if part in package), None)


def old_fonts_possible(package: Package) -> bool:
    """Whether formats or pieces of shared texts name an old font; raises as `Package.stream` does."""
    styles, texts = part_of(package, STYLES), part_of(package, TEXTS)
    if styles and OLD_FONT.search(package.read(styles)):
        return True
    return bool(texts) and _names_old_fonts(package.stream(str(texts)))


def _names_old_fonts(chunks: Iterable[bytes]) -> bool:
    """Whether a piece of text names an old font, read to the end so that its size is counted."""
    edge = b""
    found = False
    for chunk in chunks:
        joined = edge + chunk
        found = found or (RUN_FONT in joined and _OLD_RUN.search(joined) is not None)
        edge = joined[-_LONGEST_TAG:]
    return found
