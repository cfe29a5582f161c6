"""What the lines above a task table say of themselves: whose it is, and for which period."""

import re
from collections.abc import Iterator
from typing import Final

from papi_xl import text as texts
from papi_xl.headers import Table

LONGEST: Final = 200
"""Characters of a line; longer ones name no unit."""

_MEASURE: Final = r"[\W\d_]*(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)?\s*(?:đồng|vnđ|vnd)|người|nhiệm vụ)?[\W\d_]*"
_UNIT = re.compile(
    rf"(?:tên )?đơn vị(?: báo cáo)?\s*[:\-–]\s*(?!{_MEASURE}\Z)(?P<said>.+)|(?P<school>trường\s(?!hợp\b).+)",
    re.IGNORECASE,
)
_CODE = re.compile(r"mã (?:đơn vị|trường|số)\s*[:\-–]\s*(?P<said>\S+)", re.IGNORECASE)
_SPAN = (
    r"(?:quý\s+(?:[1-4]|i{1,3}|iv)|(?:6|9|sáu|chín)\s+tháng(?:\s+(?:đầu|cuối))?"
    r"|học\s+k[ỳì]\s+(?:i{1,2}|[12]))"
)
_HEADED = re.compile(
    rf".*?(?<!\w)(?P<said>{_SPAN}(?:\s+năm(?:\s+học)?|\s*[/,-])?\s*20\d\d(?:\s*[-–]\s*20\d\d)?)\W*",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"\(?\s*kỳ(?: báo cáo)?\s*[:\-–]\s*(?P<said>[^)]+)\)?", re.IGNORECASE)


def named(table: Table) -> dict[str, str]:
    """Return ``unit``, ``unit_code`` and ``period`` as the title rows say, empty where they do not.

    A unit is what follows `Đơn vị:` (gaps to be filled in and units of measure aside), else a line that
    begins with `Trường`; a period what follows `Kỳ báo cáo:`, else a quarter, half year or school term with
    its year that ends a line, as in `BÁO CÁO QUÝ II NĂM 2021`.
    """
    lines = list(_lines(table))
    return {
        "unit": _first(lines, _UNIT),
        "unit_code": _first(lines, _CODE),
        "period": _first(lines, _PERIOD) or _first(lines, _HEADED),
    }


def _first(lines: list[str], pattern: re.Pattern[str]) -> str:
    matches = [match for line in lines if (match := pattern.fullmatch(line)) and not _is_gap(match)]
    matches.sort(key=lambda match: match["said"] is None)
    return (matches[0]["said"] or matches[0][0]).strip() if matches else ""


def _is_gap(match: re.Match[str]) -> bool:
    return match["said"] is not None and texts.is_blank(match["said"])


def _lines(table: Table) -> Iterator[str]:
    for number, row in zip(table.sheet.numbers, table.sheet.rows, strict=False):
        if number >= table.header_row:
            break
        for cell in row:
            if isinstance(cell, str) and cell:
                lines = (texts.content(line) for line in cell.split("\n"))
                yield from (line for line in lines if 0 < len(line) <= LONGEST)
