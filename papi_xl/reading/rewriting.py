"""Formats and sheets that are read from a copy with nothing but values: all that is no plain .xlsx."""

from collections.abc import Mapping, Sequence

from papi_xl.bounds import Limits, Look, encrypted, not_a_workbook
from papi_xl.reading import biff8, biff12, opendocument, sheet_rewrite, workbook_parts
from papi_xl.reading.ole import Container
from papi_xl.reading.package import Package


def compound(data: bytes, limits: Limits) -> tuple[bytes, list[Look]]:
    """Return the copy of an .xls file, and a look for each of its worksheets in order."""
    container = Container(data)
    if "EncryptedPackage" in container:
        raise encrypted()
    if not biff8.has_workbook(container):
        raise not_a_workbook()
    return biff8.rewritten(container, limits)


def zipped(kind: str, package: Package, limits: Limits) -> tuple[bytes, list[Look]]:
    """Return the copy of an .xlsb or .ods package, and a look for each of its sheets in order."""
    return biff12.rewritten(package, limits) if kind == "xlsb" else opendocument.rewritten(package, limits)


def sheets(package: Package, wanted: Mapping[str, str], limits: Limits) -> tuple[bytes, Sequence[Look]]:
    """Return a workbook of the sheets ``wanted`` (name → part) of an .xlsx package, and their looks."""
    made = [sheet_rewrite.rewritten(package.stream(part), limits) for part in wanted.values()]
    return workbook_parts.rebuilt(package, [xml for xml, _ in made]), [look for _, look in made]
