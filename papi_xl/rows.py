"""What each row under the header is: a task, a domain's heading, or nothing to read."""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from typing import Final, NamedTuple

from papi_xl import headers, numbering
from papi_xl import text as texts
from papi_xl.domains import DOMAINS
from papi_xl.headers import Table
from papi_xl.raw import Cell, with_cell

ERROR_VALUE: Final = re.compile(r"#[A-Z0-9/_]+[!?]?")
FIRST_COUNTERS: Final = 3
TOTAL_WORDS: Final = ("Tổng", "Tổng số", "Tổng cộng", "Cộng", "Total", "Grand total")
REMARK_WORDS: Final = ("Ghi chú", "Lưu ý", "Chú thích", "Note")
SIGNER_TITLES: Final = (
    "Hiệu trưởng", "Phó hiệu trưởng", "Ban giám hiệu", "Người lập biểu", "Người lập", "Người tổng hợp",
    "Người báo cáo", "Thủ trưởng đơn vị", "Chủ tịch", "Phó chủ tịch", "Trưởng phòng", "Kế toán",
    "Tổ trưởng", "Ký tên, đóng dấu", "P. Hiệu trưởng",
    "Q. Hiệu trưởng", "Duyệt", "Phê duyệt",
)  # fmt: skip
TOTALS: Final = frozenset(map(texts.header_key, TOTAL_WORDS))
TITLES: Final = frozenset(map(texts.header_key, SIGNER_TITLES))
DOMAIN_BY_NAME: Final = {
    texts.header_key(name): domain.number
    for domain in DOMAINS
    for name in (domain.vi, domain.en, *domain.also)
}

_SIGNATURE = re.compile(
    r"nơi nhận\b|(?:tm|kt|tl|tuq)\s*\.\s*\S|(?:t/m|k/t|t/l)\b|xác nhận của\b", re.IGNORECASE
)
_PLACE_AND_DATE = re.compile(
    r"(?:[^\d,]{2,60},\s*)?ngày[\s\d.…_]+(?:tháng[\s\d.…_]+năm[\s\d.…_]+|/[\s\d.…_]+/[\s\d.…_]+)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_COUNTER = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])\)?(?:\s*=.*)?")
_MARK = re.compile(r"\W+")
_REMARK = re.compile(rf"(?:{'|'.join(REMARK_WORDS)})\b|\(?\*+\)?", re.IGNORECASE)


class Role(Enum):
    """What a row is; a stray one says something, but has neither a task's text nor a number."""

    TASK = "task"
    HEADING = "heading"
    STRAY = "stray"
    SKIPPED = "skipped"


class Reading(NamedTuple):
    """A row's role; for a heading the domain's number (``None`` where it names none) and its name."""

    role: Role
    number: int | None = None
    name: str = ""


_TASK: Final = Reading(Role.TASK)
_STRAY: Final = Reading(Role.STRAY)
_SKIPPED: Final = Reading(Role.SKIPPED)


def read_row(row: Mapping[str, str]) -> Reading:
    """Return what a row is, given the texts of its known columns by key (empty ones included)."""
    filled = {key: text for key, text in row.items() if text}
    if not filled or _is_counters(filled) or _is_header(filled) or _is_total(filled) or _is_remark(filled):
        return _SKIPPED
    number, task = filled.get("number", ""), filled.get("task", "")
    if any(key in filled and not ERROR_VALUE.fullmatch(filled[key]) for key in ("product", "lead", "timing")):
        return _TASK if number or task else _STRAY
    heading = _heading(number, task)
    if heading:
        return heading
    return _TASK if task or numbering.levels(number) else _STRAY


def _is_counters(filled: Mapping[str, str]) -> bool:
    """Whether the row numbers the columns: ``(1) (2) (3)``."""
    return len(filled) >= FIRST_COUNTERS and all(_COUNTER.fullmatch(text) for text in filled.values())


def _is_header(filled: Mapping[str, str]) -> bool:
    known = [key in headers.candidates().get(texts.header_key(text), ()) for key, text in filled.items()]
    return "task" in filled and sum(known) > headers.OTHER_COLUMNS


def _is_total(filled: Mapping[str, str]) -> bool:
    labels = [texts.header_key(filled[key]) for key in ("number", "task") if key in filled]
    return len(labels) == 1 and labels[0] in TOTALS


def _is_remark(filled: Mapping[str, str]) -> bool:
    if set(filled) == {"number", "task"} and _MARK.fullmatch(filled["number"]):
        return _REMARK.match(filled["task"]) is not None
    if len(filled) > 1:
        return False
    key, text = next(iter(filled.items()))
    return key == "note" or (key in {"number", "task"} and _REMARK.match(text) is not None)


def _heading(number: str, task: str) -> Reading | None:
    """Read a domain's heading, whose number and name may share one cell; ``None`` where it is none."""
    levels = numbering.levels(number) if number else None
    if levels:
        return Reading(Role.HEADING, levels[0], task) if len(levels) == 1 else None
    text = task or number
    named = DOMAIN_BY_NAME.get(texts.header_key(text))
    labelled = numbering.heading(number) if number else None
    if labelled and (not labelled[1] if task else len(labelled[1].split()) > 1):
        return Reading(Role.HEADING, labelled[0], labelled[1] or task)
    if named:
        return Reading(Role.HEADING, named, text)
    split = numbering.heading(text) if not number else None
    if split and (not text[0].isdecimal() or texts.header_key(split[1]) in DOMAIN_BY_NAME):
        return Reading(Role.HEADING, *split)
    return None


def body(table: Table) -> tuple[list[Sequence[Cell]], list[int], frozenset[tuple[int, int]]]:
    """Return the rows of a table down to the signature block, merged values filled in.

    Returns:
        The rows, their sheet row numbers, and the (index, 1-based column) pairs that a merge covers.
    """
    rows = list(table.sheet.rows[table.body :])
    numbers = list(table.sheet.numbers[table.body :])
    end = next((index for index, row in enumerate(rows) if _may_end(row, table) and _ends(row, table)), None)
    rows, numbers = rows[:end], numbers[:end]
    return rows, numbers, _fill_merges(table, rows, numbers)


def _may_end(row: Sequence[Cell], table: Table) -> bool:
    """Whether a row has no number; a cheap look, since it is asked of every row."""
    column = table.columns.get("number", table.columns["task"])
    cell = row[column - 1] if len(row) >= column else None
    if isinstance(cell, str):
        return not cell[:1].isdecimal()
    return cell is None


def _ends(row: Sequence[Cell], table: Table) -> bool:
    """Whether a row opens the signature block."""
    filled = {column: text for column, cell in enumerate(row, start=1) if (text := texts.content(cell))}
    titles = {column for column, text in filled.items() if texts.header_key(text) in TITLES}
    signs = titles | {
        column for column, text in filled.items() if _SIGNATURE.match(text) or _PLACE_AND_DATE.fullmatch(text)
    }
    lead = table.columns.get("lead", 0)
    if signs == {lead} == titles and not _BRACKETS.sub("", filled[lead]).isupper():
        return False  # `Hiệu trưởng` is also the commonest lead
    only_titles = signs == titles
    rest = filled.keys() - signs
    kept = {table.columns.get(key) for key in ("number", "product", "lead", "timing")}
    return bool(signs) and not (rest if only_titles else rest & kept)


def _fill_merges(
    table: Table, rows: list[Sequence[Cell]], numbers: Sequence[int]
) -> frozenset[tuple[int, int]]:
    """Give each row under a merged cell its value, except rows that hold nothing of their own.

    Of merged areas that overlap, which no application makes, the topmost counts.

    Returns:
        The (index, 1-based column) pairs of the known columns that a merge covers beside its first cell.
    """
    known = set(table.columns.values())
    covered: set[tuple[int, int]] = set()
    taken: dict[int, int] = {}
    for merge in sorted(table.sheet.merges):
        first, last = bisect_left(numbers, merge.top), bisect_left(numbers, merge.bottom + 1)
        if first == len(numbers) or numbers[first] != merge.top:
            continue
        columns = {column for column in known if merge.left <= column <= merge.right}
        if not columns or any(taken.get(column, 0) >= merge.top for column in columns):
            continue
        taken |= dict.fromkeys(columns, merge.bottom)
        value = rows[first][merge.left - 1] if len(rows[first]) >= merge.left else None
        for index in range(first, last):
            if not _says_anything(rows[index], known):
                continue
            covered |= {(index, column) for column in columns}
            if index > first and merge.left in known:
                rows[index] = with_cell(rows[index], merge.left, value)
        covered.discard((first, merge.left))
    return frozenset(covered)


def _says_anything(row: Sequence[Cell], columns: Collection[int]) -> bool:
    return any(texts.content(row[column - 1]) for column in columns if column <= len(row))
