"""Find the task table in raw sheets: the header row, its columns, where the rows begin."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from papi_xl import schema, timing, values
from papi_xl import text as texts
from papi_xl.raw import Area, Cell, RawSheet, RawWorkbook

HEADER_ROWS: Final = 30
SAMPLE_ROWS: Final = 200
OTHER_COLUMNS: Final = 2
LONGEST_LABEL: Final = 60
ANY_YEAR: Final = 2021

_YEAR_NAMED = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_DATE = r"ngày\s*[\d.…_]+\s*(?:tháng\s*[\d.…_]+\s*năm|[/.-]\s*[\d.…_]+\s*[/.-])\s*((?:19|20)\d\d)\b"
_FULL_DATE = re.compile(_DATE, re.IGNORECASE)
_SIGNED_ON = re.compile(rf"^(?:[^\d,]{{2,60}},\s*)?{_DATE}", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"\bnăm học\s*(?:19|20)\d\d(?:\s*[-–—]\s*(?:19|20)\d\d)?", re.IGNORECASE)
_END = re.compile(r"\b(?:kết thúc|hoàn thành|đến)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/])((?:19|20)\d\d)(?![\d/])")
_DROPPED: Final = r"(?:\([^()\0]*\)|\[[^\[\]\0]*\]|[^\w\0]|_)*+"

LOOKS_LIKE: Final[Mapping[str, Callable[[str], bool]]] = {
    "status": lambda text: values.status(text) is not None,
    "percent": lambda text: values.percent(text) != values.INVALID,
    "timing": lambda text: timing.parse(text, ANY_YEAR).kind is not timing.Kind.UNRECOGNISED,
}
"""Key of a column → whether a text is what stands in such a column."""


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """A task table found in a sheet; all positions are 1-based sheet positions.

    ``columns`` maps column keys to columns, ``duplicates`` lists further (key, column) pairs of the same
    meaning, ``first`` is the header row's first cell, ``body`` the index in ``sheet.rows`` where rows begin.
    """

    sheet: RawSheet
    header_row: int
    first: int
    columns: Mapping[str, int]
    duplicates: tuple[tuple[str, int], ...]
    labels: Mapping[int, str]
    body: int
    title_year: int | None


def find(workbook: RawWorkbook) -> Table | None:
    """Return the workbook's task table, ``None`` where no row names the task and two more columns.

    Of several the template's table wins (on its own sheet also where Excel's table was lost), then the one
    with most known columns, then with most rows.
    """
    best: tuple[tuple[bool, int, int], Table] | None = None
    for sheet in workbook.sheets:
        own = sheet.tables.get(schema.TASK_TABLE) or sheet.tables.get(schema.ANNEX_TABLE)
        for index in _rows_to_try(sheet, own):
            table = _table(sheet, index) if _may_name_task(sheet.rows[index]) else None
            if table is None:
                continue
            at_top = own is not None and own.top == table.header_row
            templates = at_top or (own is None and sheet.name == schema.TASKS and is_template(workbook))
            rank = (templates, len(table.columns), len(sheet.rows) - index)
            if best is None or rank > best[0]:
                best = (rank, table)
            if at_top:
                break
    return best[1] if best else None


def _rows_to_try(sheet: RawSheet, own: Area | None) -> list[int]:
    """Return the indices of the first rows, the one on top of the template's table before the others."""
    indices = range(bisect_right(sheet.numbers, HEADER_ROWS))
    return sorted(indices, key=lambda index: own is None or sheet.numbers[index] != own.top)


def _may_name_task(row: Sequence[Cell]) -> bool:
    """Whether a row may name the task: a quick look, since few rows do."""
    said = [cell for cell in row if isinstance(cell, str)]
    joined = "\0".join(said)
    plain = joined.count("\0") < len(said) and not texts.INVISIBLE.search(joined)
    if plain and unicodedata.is_normalized("NFC", joined):
        return _task_cell().search(f"\0{joined}") is not None
    return bool(said)


@cache
def _task_cell() -> re.Pattern[str]:
    """Return the pattern of a cell after a NUL that names the task, whatever `header_key` drops."""
    names = (name for name, keys in candidates().items() if keys == ("task",))
    spelled = "|".join(_DROPPED.join(name) for name in names)
    return re.compile(rf"\0{_DROPPED}(?:{spelled}){_DROPPED}(?:\0|\Z)", re.IGNORECASE)


def is_template(workbook: RawWorkbook) -> bool:
    """Whether the workbook is the template, as its named cells or its own record say."""
    return bool(workbook.info_cells) or workbook.meta.get("kind") == schema.KIND_TEMPLATE


@cache
def candidates() -> Mapping[str, tuple[str, ...]]:
    """Return, for every header and alias in compared form, the keys of the columns it may head."""
    found: dict[str, tuple[str, ...]] = {}
    for column in schema.COLUMNS:
        for name in (column.header, column.english, *column.aliases):
            key = texts.header_key(name)
            if column.key not in found.get(key, ()):
                found[key] = (*found.get(key, ()), column.key)
    return found


def _table(sheet: RawSheet, index: int) -> Table | None:
    labels = _labels(sheet.rows[index])
    if not _names_task(labels):
        return None
    sub = _sub_labels(sheet, index, labels)
    body = index + 1 + bool(sub)
    columns, duplicates = _settle(_claims(labels, sub), sheet.rows[body : body + SAMPLE_ROWS])
    if "task" not in columns or len(columns) <= OTHER_COLUMNS:
        return None
    return Table(
        sheet=sheet,
        header_row=sheet.numbers[index],
        first=min(labels),
        columns=columns,
        duplicates=duplicates,
        labels={column: sub.get(column) or labels.get(column, "") for column in labels | sub},
        body=body,
        title_year=_title_year(sheet.rows[:index]),
    )


def _labels(row: Sequence[Cell]) -> dict[int, str]:
    """Return the texts of a row by 1-based column."""
    found = ((column, texts.content(cell)) for column, cell in enumerate(row, start=1) if cell is not None)
    return {column: text for column, text in found if text}


def _names_task(labels: Mapping[int, str]) -> bool:
    return any(_known(text) == ("task",) for text in labels.values())


def _sub_labels(sheet: RawSheet, index: int, labels: Mapping[int, str]) -> dict[int, str]:
    """Return the labels of a second header row beneath the first, empty where there is none.

    It leaves the columns of number and task empty and stands under a heading that spans columns, or
    names known columns itself.
    """
    if index + 1 >= len(sheet.rows) or sheet.numbers[index + 1] != sheet.numbers[index] + 1:
        return {}
    sub = _labels(sheet.rows[index + 1])
    taken = {column for column, text in labels.items() if {"number", "task"} & set(_known(text))}
    if not sub or taken & set(sub) or any(len(text) > LONGEST_LABEL for text in sub.values()):
        return {}
    spanned = any(column not in labels and column > min(labels) for column in sub)
    known = any(_known(text) for text in sub.values())
    return sub if (spanned and len(sub) > 1) or known else {}


def _claims(labels: Mapping[int, str], sub: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """Return, by column, the keys that its label and sub-label may stand for, best first.

    A heading that spans several sub-labels of its own kind, such as a start and an end, is one column: the
    end where one is named, else the first.
    """
    claims: dict[int, tuple[str, ...]] = {}
    spanned: dict[int, list[int]] = {}
    parent = 0
    for column in sorted({*labels, *sub}):
        parent = column if column in labels else parent
        label, own = labels.get(parent, "") if column in sub else labels[column], sub.get(column, "")
        claims[column] = _known(own) or _known(f"{label} {own}")
        if not claims[column]:
            spanned.setdefault(parent, []).append(column)
    for parent, columns in spanned.items():
        chosen = next((column for column in columns if _END.search(sub.get(column, ""))), columns[0])
        claims[chosen] = _known(labels.get(parent, ""))
    return claims


@lru_cache(maxsize=1024)
def _known(text: str) -> tuple[str, ...]:
    return candidates().get(texts.header_key(text), ())


def _settle(
    claims: Mapping[int, tuple[str, ...]], sample: Sequence[Sequence[Cell]]
) -> tuple[dict[str, int], tuple[tuple[str, int], ...]]:
    """Give each column one key: the only one it can have, else the one its values look like."""
    columns: dict[str, int] = {}
    duplicates: list[tuple[str, int]] = []

    def give(key: str, column: int) -> None:
        if columns.setdefault(key, column) != column:
            duplicates.append((key, column))

    in_order = sorted(claims.items())
    for column, keys in in_order:
        if len(keys) == 1:
            give(keys[0], column)
    for column, keys in in_order:
        if len(keys) > 1:
            give(_by_values(keys, columns, _labels_of(sample, column)), column)
    return columns, tuple(duplicates)


def _labels_of(sample: Sequence[Sequence[Cell]], column: int) -> list[str]:
    found = (texts.content(row[column - 1]) for row in sample if len(row) >= column)
    return [text for text in found if text]


def _by_values(keys: tuple[str, ...], taken: Mapping[str, int], sample: Sequence[str]) -> str:
    """Return the key that most of the sampled values look like; free keys first, then as listed."""

    def fit(key: str) -> tuple[int, bool]:
        looks = LOOKS_LIKE.get(key)
        return (sum(looks(text) for text in sample) if looks else 0, key not in taken)

    ranked = sorted(keys, key=fit, reverse=True)
    if sample and "product" in keys and 2 * fit(ranked[0])[0] < len(sample):
        return "product"
    free = [key for key in ranked if key not in taken]
    return ranked[0] if fit(ranked[0])[0] or not free else free[0]


def _title_year(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Return the year that the rows above the header name: `năm 2021` before any other.

    The day on which the plan was signed comes last; a school year is no plan year.
    """
    titles = [text for row in rows for text in _labels(row).values()]
    undated = [_SCHOOL_YEAR.sub(" ", _FULL_DATE.sub(" ", text)) for text in titles]
    for texts_of, pattern in ((undated, _YEAR_NAMED), (undated, _YEAR), (titles, _SIGNED_ON)):
        for text in texts_of:
            if found := pattern.search(text):
                return int(found[1])
    return None
