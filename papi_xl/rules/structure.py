"""Rules about the workbook and the table's columns."""

from collections.abc import Iterator

from papi_xl import schema, timing, values
from papi_xl.digest import digests_of_frame
from papi_xl.parse import Batch, Document
from papi_xl.raw import Cell, CellError
from papi_xl.references import column_letters
from papi_xl.rules.base import ERROR, WARNING, Hit, header, rule, said
from papi_xl.text import day_text

PROGRESS = ("percent", "evidence")
LONGEST_VERSION = 9


@rule("column-missing", ERROR)
def column_missing(batch: Batch) -> Iterator[Hit]:
    """A required column is there; `status` is required only where percent or evidence is.

    Passes:
        TT | Nội dung | Sản phẩm | Chủ trì | Thời gian
        3.1. | Thông báo | Văn bản | Trường MN | Thường xuyên
    Fails at A1:
        TT | Nội dung | Sản phẩm | Thời gian
        3.1. | Thông báo | Văn bản | Thường xuyên
    Fails at A1, A1:
        Nội dung | Sản phẩm | Chủ trì | Thời gian | Minh chứng
        Thông báo | Văn bản | Trường MN | Thường xuyên | QĐ số 1
    """
    for index, doc in enumerate(batch.docs):
        columns = doc.table.columns
        for column in schema.COLUMNS:
            needed = column.key != "status" or any(key in columns for key in PROGRESS)
            if column.required and needed and column.key not in columns:
                yield _at_header(index, doc, doc.table.first, header=column.header)


@rule("column-duplicate", ERROR)
def column_duplicate(batch: Batch) -> Iterator[Hit]:
    """No two columns mean the same.

    Passes:
        TT | Nội dung | Sản phẩm | Chủ trì | Thời gian | Tiến độ
        3.1. | Thông báo | Văn bản | Trường MN | Quý II | Hoàn thành
    Fails at E1:
        TT | Nội dung | Sản phẩm | Chủ trì | Cơ quan chủ trì | Thời gian
        3.1. | Thông báo | Văn bản | Trường MN | Trường MN | Thường xuyên
    """
    for index, doc in enumerate(batch.docs):
        for key, column in doc.table.duplicates:
            first = column_letters(doc.table.columns[key])
            label = doc.table.labels[column]
            yield _at_header(index, doc, column, header=header(key), label=label, first=first)


@rule("template-outdated", WARNING)
def template_outdated(batch: Batch) -> Iterator[Hit]:
    """A template is of the current version.

    Passes:
        @meta template_version=1
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at -:
        @meta template_version=0
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    """
    current = schema.TEMPLATE_VERSION
    for index, doc in enumerate(batch.docs):
        version = current if doc.template_version is None else doc.template_version
        if not version.isdecimal() or int(version[:LONGEST_VERSION]) < int(current):
            yield Hit(index, value=version, values={"version": version, "current": current})


@rule("unit-info-missing", ERROR)
def unit_info_missing(batch: Batch) -> Iterator[Hit]:
    """The template's sheet `Thông tin` names unit, recipient, year and period.

    Passes:
        @info unit=MN Hoa Sen; recipient=UBND xã; year=2021; period=Năm 2021
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at B1, B6:
        @info unit=; recipient=UBND xã; year=nay; period=Năm 2021
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    """
    for index, doc in enumerate(batch.docs):
        for entry in schema.INFO_FIELDS:
            if doc.is_template and entry.required and not _usable(entry.key, doc.info.get(entry.key)):
                yield _at_info(index, doc, entry.key, label=entry.label)


@rule("as-of-missing", WARNING)
def as_of_missing(batch: Batch) -> Iterator[Hit]:
    """The template says as of which date it is filled in.

    Passes:
        @info unit=MN Hoa Sen; recipient=UBND xã; year=2021; period=Năm 2021; as_of=30/6/2021
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at B8:
        @info unit=MN Hoa Sen; recipient=UBND xã; year=2021; period=Năm 2021; as_of=nay
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    """
    for index, doc in enumerate(batch.docs):
        if doc.is_template and timing.as_date(doc.info.get("as_of")) is None:
            yield _at_info(index, doc, "as_of", today=day_text(doc.as_of))


@rule("figures-altered", ERROR)
def figures_altered(batch: Batch) -> Iterator[Hit]:
    """The rows of a report are those that it was made from.

    Passes:
        @meta kind=template; digest=0000
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at -:
        @meta kind=report; digest=0000
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    """
    reports = [index for index, doc in enumerate(batch.docs) if doc.carried.get("kind") == schema.KIND_REPORT]
    digests = digests_of_frame(batch.tasks, reports) if reports else []
    for index, found in zip(reports, digests, strict=True):
        if found != batch.docs[index].carried.get("digest"):
            yield Hit(index, value=found)


def _usable(key: str, cell: Cell) -> bool:
    """Whether a field holds what it asks for; an error value or a year that is none is as good as nothing."""
    if isinstance(cell, CellError):
        return False
    return values.year(cell) is not None if key == "year" else said(cell)


def _at_header(index: int, doc: Document, column: int, **values: object) -> Hit:
    return Hit(index, doc.table.header_row, column, values=values)


def _at_info(index: int, doc: Document, key: str, **values: object) -> Hit:
    sheet, row, column = doc.info_cells.get(key, (schema.INFO, None, None))
    return Hit(index, row, column, value=doc.info.get(key), values=values, sheet=sheet)
