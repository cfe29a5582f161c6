"""The Excel add-in `papi_xl.xlam`, put together from the text sources under `workbooks/addin`.

`ribbon.xml` holds the buttons, the `.bas` files what they call. The parts are those of [MS-CUSTOMUI2], the
ribbon of Excel 2010 and later, and of [MS-OVBA], the VBA project.
"""

import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from struct import pack
from typing import Final

from xlsxwriter.workbook import Workbook

from papi_xl import files
from papi_xl.errors import PapiError
from papi_xl.reading.package import zipped
from papi_xl.schema import ADDIN
from papi_xl.template import sources
from papi_xl.writing.paper import WORKBOOK_OPTIONS

PROJECT: Final = "papi_xl"
"""The VBA project's name, as the VBA editor lists it."""

PROPERTIES: Final[Mapping[str, object]] = {
    "title": "PAPI",
    "comments": "Kiểm tra biểu nhiệm vụ PAPI, lập biểu tổng hợp. (Check PAPI task tables, make the summary.)",
    "author": "papi_xl",
    "created": datetime(2021, 1, 1),
}
"""What Excel's list of add-ins shows; the date is fixed so that equal sources give equal bytes."""

RIBBON_PART: Final = "customUI/customUI14.xml"
RIBBON_RELATION: Final = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
MAIN_TYPES: Final = (
    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    b"application/vnd.ms-excel.addin.macroEnabled.main+xml",
)
VIEW: Final = (b"<workbookView ", b'<workbookView visibility="hidden" ')
"""An add-in has no window of its own; xlwings' own are marked so too."""

MADE_AS: Final = "VBAProject"
NEVER_COMPILED: Final = bytes.fromhex("cc61 ffff 00 0100")
"""The stream `_VBA_PROJECT` as writers must leave it ([MS-OVBA] 2.3.4.1, 3.1.1), so that Office compiles."""


def package() -> bytes:
    """Return the content of `papi_xl.xlam`; equal sources give equal bytes.

    Raises:
        PapiError: ``sources-missing``, the text sources are not there; ``build-package-missing``, the package
            pyOpenVBA is not.
    """
    place = folder()
    parts = dict(_parts(_workbook(_project(modules(place)))))
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(*MAIN_TYPES)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(*VIEW)
    relation = (
        f'<Relationship Id="papiRibbon" Type="{RIBBON_RELATION}" Target="{RIBBON_PART}"/></Relationships>'
    )
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", relation.encode())
    parts[RIBBON_PART] = (place / "ribbon.xml").read_bytes()
    return zipped(parts, zipfile.ZIP_DEFLATED)


def folder() -> Path:
    """Return the folder of the add-in's text sources.

    Raises:
        PapiError: ``sources-missing``, with the ``folder`` looked for.
    """
    place = sources.folder() / "addin"
    if not place.is_dir():
        code = "sources-missing"
        raise PapiError(code, folder=str(place))
    return place


def modules(place: Path) -> Mapping[str, str]:
    """Return each VBA module under ``place`` by its name, with the line ends of the VBA editor."""
    return {
        path.stem: path.read_text(encoding="ascii").replace("\n", "\r\n")
        for path in sorted(place.glob("*.bas"))
    }


def _project(texts: Mapping[str, str]) -> bytes:
    """Return a VBA project (`vbaProject.bin`) of ``texts`` beside the empty modules of workbook and sheet."""
    try:
        from pyopenvba import ExcelFile  # noqa: PLC0415 - only `build` needs it, and users do not have it
    except ImportError as error:
        code = "build-package-missing"
        raise PapiError(code, package="pyOpenVBA") from error
    with files.passing_folder() as work:
        path = work / ADDIN
        with ExcelFile.create_new(path) as book:
            project = book.vba_project()
            project.delete_module("Module1")
            for name, text in texts.items():
                project.add_module(name, text)
            book.save()
        with zipfile.ZipFile(path) as packed:
            return _finished(packed.read("xl/vbaProject.bin"))


def _finished(project: bytes) -> bytes:
    """Return ``project`` never compiled, and named `PROJECT` in streams `dir` (PROJECTNAME) and `PROJECT`."""
    from pyopenvba.cfb import CFB  # noqa: PLC0415 - as above
    from pyopenvba.vba import compress, decompress  # noqa: PLC0415

    storage = CFB.from_bytes(project)
    records = decompress(storage.get_stream_in_storage("VBA", "dir"))
    records = records.replace(_name_record(MADE_AS), _name_record(PROJECT), 1)
    storage.write_stream_in_storage("VBA", "dir", compress(records))
    storage.write_stream_in_storage("VBA", "_VBA_PROJECT", NEVER_COMPILED)
    lines = storage.get_stream("PROJECT").replace(
        f'Name="{MADE_AS}"'.encode(), f'Name="{PROJECT}"'.encode(), 1
    )
    storage.write_stream("PROJECT", lines)
    return bytes(storage.to_bytes())


def _name_record(name: str) -> bytes:
    return pack("<HI", 4, len(name)) + name.encode("ascii")


def _workbook(project: bytes) -> bytes:
    """Return a macro workbook of one empty sheet around ``project``."""
    stream = BytesIO()
    with Workbook(stream, WORKBOOK_OPTIONS) as book:
        book.set_properties(dict(PROPERTIES))
        book.add_vba_project(BytesIO(project), is_stream=True)
        book.add_worksheet("Sheet1").set_vba_name("Sheet1")
    return stream.getvalue()


def _parts(packed: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(packed)) as whole:
        for name in whole.namelist():
            yield name, whole.read(name)
