"""What the lines of a plan say of its unit and year, for the sheet `Thông tin`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from papi_xl import schema, titles
from papi_xl.documents.tables import Found
from papi_xl.raw import Cell

LONGEST_AGENCY: Final = 80

_AGENCY = re.compile(r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|phòng|sở|đảng ủy)\s.+", re.IGNORECASE)
_PLACED_AND_DATED = re.compile(r"([^\d,]{2,40}),\s*ngày\s*[\d.…\s]*tháng\s*[\d.…\s]*năm.*", re.IGNORECASE)


def info(found: Found) -> dict[str, Cell]:
    """Return the fields of `schema.INFO_FIELDS` that the document's lines name; others are left out.

    A name in capitals is written as elsewhere in the document, where it stands there in small letters.
    """
    said: Mapping[str, str] = titles.named(found.table)
    unit, year = said["unit"].rstrip(".)"), found.table.title_year
    fields: dict[str, Cell] = {
        "unit": _in_small_letters(unit, found.lines),
        "unit_code": said["unit_code"],
        "parent": _parent(unit, found.lines),
        "place": _place(found.lines),
        "year": year if year and schema.FIRST_YEAR <= year <= schema.LAST_YEAR else None,
        "period": said["period"],
    }
    return {key: value for key, value in fields.items() if value}


def _in_small_letters(name: str, lines: Iterable[str]) -> str:
    if not name.isupper():
        return name
    pattern = re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
    ways = (match[0] for line in lines for match in pattern.finditer(line))
    return next((way for way in ways if not way.isupper()), name)


def _parent(unit: str, lines: Sequence[str]) -> str:
    """Return the agency that the letterhead names in the line above the unit."""
    at = next((index for index, line in enumerate(lines) if unit and line == unit), 0)
    above = lines[at - 1] if at else ""
    return above if len(above) <= LONGEST_AGENCY and _AGENCY.fullmatch(above) else ""


def _place(lines: Iterable[str]) -> str:
    found = filter(None, map(_PLACED_AND_DATED.fullmatch, lines))
    return next((match[1].strip() for match in found), "")
