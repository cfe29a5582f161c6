"""Folders of many received workbooks, quickly: a few made by the real writers, then varied unit by unit.

Every file differs in its unit, texts and digest; statuses differ between `VARIANTS` of each kind. Only the
shared strings are packed anew for each file: marks in them stand for what is the unit's own.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, Final

import xlsxwriter

from papi_xl import attachment, digest, schema
from papi_xl.check import check
from papi_xl.raw import Cell, RawWorkbook
from papi_xl.read import read_workbook
from papi_xl.received import Kind
from papi_xl.template import sources
from papi_xl.write import summary_bytes

VARIANTS: Final = 6
TASKS: Final = 24
"""In each file, as in the example."""
SHARE: Final = (0.8, 0.1, 0.1)
"""How many of the files are reports, filled templates, and tables of the unit's own."""
PERIOD: Final = "6 tháng đầu năm 2021"
AS_OF: Final = date(2021, 6, 30)
NUMBER, CODE, TERM, ROUND = "§", "¤", "¶", "◊"
STRINGS: Final = "xl/sharedStrings.xml"
OWN_ORDER: Final = ("number", "task", "lead", "partners", "product", "timing", "status", "evidence", "note")
OWN_HEADERS: Final = (
    "STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Phối hợp", "Kết quả/Sản phẩm", "Thời hạn hoàn thành",
    "Tình trạng", "Minh chứng", "Ghi chú",
)  # fmt: skip
DONE: Final = frozenset({"Hoàn thành", "Đã hoàn thành"})
"""How the example says that a task is done."""
STATUSES: Final = ("Hoàn thành", "Đang thực hiện", "Đang thực hiện", "Chưa thực hiện")


@dataclass(frozen=True)
class Base:
    """A workbook with marks: its zip without the shared strings, these, and a report's rows and digest.

    ``done`` is how many of its tasks were written as done.
    """

    rest: bytes
    strings: str
    done: int = 0
    rows: Sequence[Sequence[object]] = ()
    digest: str = ""


def write_units(  # noqa: PLR0913 (what may differ between two folders)
    folder: Path,
    count: int,
    *,
    seed: int = 0,
    share: tuple[float, float, float] = SHARE,
    period: str = PERIOD,
    as_of: date = AS_OF,
) -> list[Path]:
    """Write the workbooks of units 1 to ``count`` into ``folder`` and return their paths.

    They are of units `Trường Mầm non NNNN` with codes `MNNNNN`, named `don-vi-NNNNN.xlsx`. Each ten (and each
    hundred) has ``share`` of reports, templates and own tables. Another ``seed`` gives other texts.
    """
    paths = [folder / f"don-vi-{number:05}.xlsx" for number in range(1, count + 1)]
    for number, path in enumerate(paths, start=1):
        kind = kind_of(number, share)
        path.write_bytes(unit_bytes(number, kind, seed=seed, period=period, as_of=as_of))
    return paths


def kind_of(number: int, share: tuple[float, float, float] = SHARE) -> Kind:
    """Return of which kind the file of unit ``number`` is."""
    at = (10 * (number % 10) + number // 10 % 10) / 100
    return Kind.REPORT if at < share[0] else Kind.TEMPLATE if at < share[0] + share[1] else Kind.TABLE


def unit_bytes(
    number: int, kind: Kind = Kind.REPORT, *, seed: int = 0, period: str = PERIOD, as_of: date = AS_OF
) -> bytes:
    """Return the workbook of unit ``number``; a report keeps a right digest."""
    base = _base_of(number, kind, seed, as_of)
    own = {NUMBER: f"{number:04}", CODE: f"M{number:05}", TERM: period, ROUND: f"Đợt {seed}"}
    strings = _said(base.strings, {mark: escape(text, quote=False) for mark, text in own.items()})
    if base.digest:
        rows = [[_said(cell, own) if isinstance(cell, str) else cell for cell in row] for row in base.rows]
        strings = strings.replace(base.digest, digest.digest(rows))
    stream = BytesIO(base.rest)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(zipfile.ZipInfo(STRINGS), strings, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def done_of(number: int, kind: Kind = Kind.REPORT, *, seed: int = 0, as_of: date = AS_OF) -> int:
    """Return how many of the `TASKS` tasks of unit ``number`` are done, as they were written."""
    return _base_of(number, kind, seed, as_of).done


def _base_of(number: int, kind: Kind, seed: int, as_of: date) -> Base:
    return _base(kind, _random(f"{seed} {number}").randrange(VARIANTS), as_of)


def _random(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311 (no secret hangs on it)


def _said(text: str, own: Mapping[str, str]) -> str:
    for mark, said in own.items():
        text = text.replace(mark, said)
    return text


@cache
def _base(kind: Kind, variant: int, as_of: date) -> Base:
    """Return the marked workbook of ``kind`` whose statuses are those of ``variant``."""
    if kind is Kind.TEMPLATE:
        content, done = _template(variant, as_of)
        return replace(_split(content), done=done)
    filled = _filled(variant, as_of)
    told = [row[schema.KEYS.index("status")] for row in filled.sheets[0].rows if re.match(r"\d", str(row[0]))]
    done = told.count(STATUSES[0])
    if kind is Kind.TABLE:
        return replace(_split(_own_table(filled)), done=done)
    result = check(filled, as_of=as_of, today=as_of)
    summary = attachment.lay_out(result, "vi", as_of)
    assert result.batch is not None
    rows = digest.key_rows(digest.in_annex_order(result.batch.tasks))
    base = _split(summary_bytes(summary))
    return replace(base, rows=rows, digest=summary.meta["digest"], done=done)


def _split(content: bytes) -> Base:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = parts.pop(STRINGS).decode()
    return Base(_packed(parts), strings)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


@cache
def _example() -> tuple[bytes, RawWorkbook]:
    path = sources.folder() / "papi_example.xlsx"
    return path.read_bytes(), read_workbook(path)


def _filled(variant: int, as_of: date) -> RawWorkbook:
    """Return the example with other statuses: what is done has evidence, nothing has a percentage."""
    random, book = _random(variant), _example()[1]
    sheet = book.sheets[0]
    at = {key: index for index, key in enumerate(schema.KEYS)}
    rows: list[list[Any]] = []
    for row in sheet.rows:
        if str(row[0]).count(".") > 1:
            cells: list[Any] = list(row)
            status = random.choice(STATUSES)
            evidence = f"QĐ số {len(rows)}/QĐ-MN{NUMBER}" if status == STATUSES[0] else None
            told = {"status": status, "percent": None, "evidence": evidence, "note": ROUND}
            for key, value in {**told, "task": f"{row[at['task']]} – khu {NUMBER}"}.items():
                cells[at[key]] = value
            rows.append(cells)
        else:
            rows.append(list(row))
    own: dict[str, Cell] = {"unit": f"Trường Mầm non {NUMBER}", "unit_code": CODE, "period": TERM}
    return replace(book, sheets=(replace(sheet, rows=rows),), info={**book.info, **own, "as_of": as_of})


def _own_table(filled: RawWorkbook) -> bytes:
    """Return a clerk's own table of the same tasks: other headers in another order, titles, signatures."""
    stream = BytesIO()
    rows = [row for row in filled.sheets[0].rows if re.match(r"\d", str(row[0]))]
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("KH 2021")
        sheet.write(0, 0, f"TRƯỜNG MẦM NON {NUMBER}")
        sheet.write(1, 0, "KẾ HOẠCH NÂNG CAO CHỈ SỐ PAPI NĂM 2021")
        sheet.write_row(3, 0, OWN_HEADERS)
        for index, row in enumerate(rows, start=4):
            sheet.write_row(index, 0, [row[schema.KEYS.index(key)] for key in OWN_ORDER])
        sheet.write_row(len(rows) + 5, 0, ["Nơi nhận:", None, None, None, None, "HIỆU TRƯỞNG"])
    return stream.getvalue()


def _template(variant: int, as_of: date) -> tuple[bytes, int]:
    """Return the example itself with marks, other statuses, and no percentages where these changed.

    Beside it stands how many tasks are done then.
    """
    random, (content, book) = _random(variant), _example()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    strings = parts[STRINGS]
    order = re.findall(r"<si><t[^>]*>([^<]*)</t></si>|<si>", strings)
    done = order.index(STATUSES[0])
    own = {"unit": f"Trường Mầm non {NUMBER}", "unit_code": CODE, "period": TERM, "preparer": ROUND}
    for key, mark in own.items():
        strings = strings.replace(f">{escape(str(book.info[key]))}<", f">{mark}<")

    def changed(cells: re.Match[str]) -> str:
        if random.random() < 0.5:
            return cells[0]
        return f'{cells[1]}{done}</v></c><c r="H{cells[2]}" s="{cells[3]}"/>'

    sheet = re.sub(
        r'(<c r="G(\d+)" s="\d+" t="s"><v>)\d+</v></c><c r="H\2" s="(\d+)"(?:/>|[^>]*><v>[^<]*</v></c>)',
        lambda cells: changed(cells) if int(cells[2]) > 4 else cells[0],
        parts["xl/worksheets/sheet3.xml"],
    )
    parts["xl/worksheets/sheet3.xml"] = sheet.replace(str(book.info["unit"]), "")
    serial = (as_of - date(1899, 12, 30)).days
    parts["xl/worksheets/sheet2.xml"] = re.sub(
        r'(<c r="B11"[^>]*><v>)\d+', rf"\g<1>{serial}", parts["xl/worksheets/sheet2.xml"]
    )
    statuses = re.findall(r'<c r="G(\d+)" s="\d+" t="s"><v>(\d+)</v>', sheet)
    finished = sum(int(row) > 4 and order[int(value)] in DONE for row, value in statuses)
    return _packed({name: part.encode() for name, part in {**parts, STRINGS: strings}.items()}), finished
