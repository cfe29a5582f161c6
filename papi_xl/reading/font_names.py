"""Whether a workbook may name an old Vietnamese font at all: a search in bytes, made for every workbook."""

import re
from collections.abc import Iterable
from typing import Final

from papi_xl.reading.package import Package
from papi_xl.reading.sheet_xml import RUN_FONT

OLD_FONT: Final = re.compile(rb"""=\s*["']\s*(?:\.vn|vni-)""", re.IGNORECASE)
STYLES, TEXTS = "styles", "sharedStrings"
"""The kinds of the relationships of a workbook that lead to its formats and its shared texts."""


def part_of(package: Package, kind: str) -> str | None:
    """Return the part of the workbook of this kind, ``None`` where there is none."""
    relations = package.relations(package.main_part or "").values()
    found = (relation.target for relation in relations if relation.kind == kind)
    return next((part for part in found if part in package), None)


def old_fonts_possible(package: Package) -> bool:
    """Whether formats name an old font, or shared texts any font; raises as `Package.stream` does."""
    styles, texts = part_of(package, STYLES), part_of(package, TEXTS)
    if styles and OLD_FONT.search(package.read(styles)):
        return True
    return bool(texts) and _names_fonts(package.stream(str(texts)))


def _names_fonts(chunks: Iterable[bytes]) -> bool:
    edge = b""
    found = False
    for chunk in chunks:
        found = found or RUN_FONT in chunk or RUN_FONT in edge + chunk[: len(RUN_FONT)]
        edge = chunk[-len(RUN_FONT) :]
    return found
