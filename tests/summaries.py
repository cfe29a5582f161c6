"""Summaries of workbooks written as text tables, for the tests of what they hold and how they print."""

from collections.abc import Mapping
from datetime import date

from papi_xl import summary
from papi_xl.report import Summary
from tests.tables import AS_OF, run

MADE_ON = date(2021, 2, 5)
INFO: Mapping[str, object] = {
    "unit": "Trường Mầm non Tân Tiến", "unit_code": "33-012", "parent": "Phòng GD&ĐT Văn Giang",
    "recipient": "Phòng GD&ĐT Văn Giang", "year": 2021.0, "period": "Năm 2021", "signer": "Đỗ Thị An",
    "signer_title": "Hiệu trưởng", "place": "Văn Giang",
}  # fmt: skip


def built(table: str, *, info: Mapping[str, object] = INFO, lang: str = "vi", errors: int = 0) -> Summary:
    """Return the summary, as of 30/6/2021, of the workbook that ``table`` describes."""
    result = run(table)
    assert result.batch is not None
    figures, total = result.figures()
    return summary.build(
        result.batch.tasks, figures, total, info=info, as_of=AS_OF, lang=lang, errors=errors, made_on=MADE_ON
    )
