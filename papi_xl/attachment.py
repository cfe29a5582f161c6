"""The attached summary of a checked workbook, laid out as data: what a file or an open workbook shows."""

from collections.abc import Mapping
from datetime import date

from papi_xl import check, prospect, summary
from papi_xl.check import Result
from papi_xl.errors import UnreadableWorkbookError
from papi_xl.parse import Batch, Document
from papi_xl.report import Prospect, Summary
from papi_xl.text import clean


def lay_out(result: Result, lang: str, made_on: date) -> Summary:
    """Lay out the attached summary of one checked workbook in ``lang``, as made on ``made_on``.

    Raises:
        UnreadableWorkbookError: ``task-table-missing``, the workbook has no task table.
    """
    batch = _batch(result)
    lines, total = result.figures()
    return summary.build(
        batch.tasks,
        lines,
        total,
        info=_info(batch.docs[0]),
        as_of=result.as_of,
        lang=lang,
        errors=check.errors(result.findings),
        made_on=made_on,
    )


def look_ahead(result: Result, lang: str) -> Prospect:
    """Return what the summary says of what is left to do; raises as `lay_out` does."""
    doc = _batch(result).docs[0]
    return prospect.build(
        _batch(result).tasks,
        result.figures()[0],
        period=clean(_info(doc).get("period")),
        year=doc.plan_year,
        as_of=result.as_of,
        lang=lang,
    )


def offered_name(result: Result) -> str:
    """Return the file name offered for the summary; raises as `lay_out` does."""
    return summary.file_name(known(result), result.as_of)


def known(result: Result) -> Mapping[str, object]:
    """Return what is known of the unit, by the keys of `schema.INFO_FIELDS`; raises as `lay_out` does."""
    return _info(_batch(result).docs[0])


def has_info_sheet(result: Result) -> bool:
    """Whether the workbook has the template's sheet `Thông tin`; raises as `lay_out` does."""
    return _batch(result).docs[0].is_template


def _info(doc: Document) -> Mapping[str, object]:
    """Return what is known of the unit: its sheet `Thông tin`, else what an earlier report carried."""
    known: dict[str, object] = {key: value for key, value in doc.carried.items() if value}
    known |= {key: value for key, value in doc.info.items() if value is not None}
    return known | {"year": doc.plan_year if doc.year_is_known else None}


def _batch(result: Result) -> Batch:
    if result.batch is None:
        raise UnreadableWorkbookError("task-table-missing")
    return result.batch
