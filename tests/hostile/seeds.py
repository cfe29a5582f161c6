"""Good files of every format, of which the bad ones are made."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

import openpyxl

from papi_xl import fixing
from papi_xl.bounds import Limits
from papi_xl.check import check
from papi_xl.fixes import FIXABLE
from papi_xl.template import sources
from tests import documents, fixes_workbook, folders
from tests.hostile import archives, records

TODAY: Final = date(2021, 6, 30)
FIXTURES: Final = Path(__file__).parent.parent / "fixtures"
WORKBOOKS: Final = (
    "papi_example.xlsx",
    "papi_defects.xlsx",
    "papi_template.xlsx",
    "papi_template_blank.xlsx",
)
SAVED: Final = (
    "own.xls", "own.ods", "broken.xls", "broken.ods", "tracked.docx", "spans.docx", "plan-2021.txt",
)  # fmt: skip
"""Files of the fixtures; the first four are the tables above as LibreOffice 7.4 saved them."""
PLAN: Final = """
    1 | Tham gia của người dân ở cấp cơ sở | < | < | < | <
    1.1 | Họp phụ huynh | Biên bản | Hiệu trưởng | Tổ | Quý II/2021
    1.2 | Hòm thư góp ý | Hòm thư | Trường MN | ^ | 30/9/2021
    3 | Trách nhiệm giải trình với người dân | < | < | < | <
    3.1 | Tiếp công dân | Sổ tiếp | Hiệu trưởng | | Thường xuyên
"""


@dataclass(frozen=True)
class Seed:
    """A good file: what it is called, how its name ends, what it holds."""

    name: str
    suffix: str
    data: bytes

    @property
    def is_zip(self) -> bool:
        """Whether it is a zip package."""
        return self.data.startswith(b"PK")


@cache
def small() -> tuple[Seed, ...]:
    """Return a small file of each format."""
    return tuple(_small())


@cache
def large() -> tuple[Seed, ...]:
    """Return the workbooks of the project."""
    return tuple(Seed(name, ".xlsx", (sources.folder() / name).read_bytes()) for name in WORKBOOKS)


def _small() -> Iterator[Seed]:
    own = folders.own_table()
    yield Seed("own", ".xlsx", own)
    report = folders.report("Trường Mầm non Hoa Sen", "M1", folders.HOA_SEN, made=date(2021, 7, 1))
    yield Seed("report", ".xlsx", report)
    broken, log = _fixed()
    yield Seed("broken", ".xlsx", broken)
    yield Seed("log", ".xlsx", log)
    yield Seed("macros", ".xlsm", with_macros(broken))
    yield Seed("own", ".xlsb", records.xlsb(values(own)))
    with tempfile.TemporaryDirectory() as folder:
        plan = documents.docx(
            Path(folder, "plan.docx"), documents.paragraph("KẾ HOẠCH NĂM 2021"), documents.table(PLAN)
        )
        yield Seed("plan", ".docx", plan.read_bytes())
    for name in SAVED:
        path = FIXTURES / name
        yield Seed(path.stem, path.suffix, path.read_bytes())


def _fixed() -> tuple[bytes, bytes]:
    """Return a table with faults, and the copy in which `fix` mended them and logged it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        fixes_workbook.write(path)
        source = fixing.opened(path, Limits())
        _, plan = fixing.planned(source, lambda book: check(book, as_of=TODAY, today=TODAY), FIXABLE)
        return path.read_bytes(), fixing.fixed(source, plan, datetime(2021, 6, 30, 8), "vi")


def with_macros(book: bytes) -> bytes:
    """Return an .xlsx workbook as an .xlsm one, with something in the place of its macros."""
    parts = archives.unpacked(book)
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 no project"
    return archives.packed(parts)


def values(book: bytes) -> list[list[object]]:
    """Return the values of the first sheet of an .xlsx workbook."""
    sheet = openpyxl.load_workbook(BytesIO(book)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]
