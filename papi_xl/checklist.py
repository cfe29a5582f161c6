"""The sheet `Kết quả kiểm tra` as data: what a check found, a line each, and the cells to mark."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from papi_xl import groups, schema, wording
from papi_xl.findings import Finding
from papi_xl.text import day_text
from papi_xl.wording import pick

TITLE: Final = ("KẾT QUẢ KIỂM TRA", "RESULTS OF THE CHECK")
LEVELS: Final[Mapping[str, tuple[str, str]]] = {
    "errors": ("Lỗi", "Error"),
    "warnings": ("Cảnh báo", "Warning"),
    "infos": ("Gợi ý", "Hint"),
    groups.JUSTIFIED: ("Đã giải trình", "Justified"),
}
COLOURS: Final[Mapping[str, str]] = {"errors": "#E57373", "warnings": "#FFB74D", "infos": "#64B5F6"}
"""The mark of a cell, by the worst that was found in it; what is justified is not marked."""
SUBTITLE: Final = (
    "Tính đến {as_of} · {tasks} nhiệm vụ. {counts}",
    "As of {as_of} · {tasks} task(s). {counts}",
)
SUBTITLE_ALONE: Final = ("{counts}",) * 2
COUNTS: Final = (
    "Kết quả: {error} lỗi, {warning} cảnh báo, {info} gợi ý, {justified} đã giải trình.",
    "Result: {error} error(s), {warning} warning(s), {info} hint(s), {justified} justified.",
)
CLEAN: Final = ("Không có lỗi, không có cảnh báo.", "No errors, no warnings.")
LINK_TIP: Final = ("Bấm để đến ô này", "Click to go to this cell")
NOWHERE: Final = "–"
WIDTHS: Final = (45, 90, 120, 400, 290)
"""Pixels of the columns."""

Place = tuple[str, int, int]
"""A cell: its sheet's name, row and column."""


@dataclass(frozen=True)
class Line:
    """A line of the sheet: its class (a key of `LEVELS`), where to go, and the texts of the columns.

    ``texts`` stand under `schema.FINDING_HEADERS` less the first, which counts the lines.
    """

    level: str
    place: Place | None
    texts: tuple[str, str, str, str]


@dataclass(frozen=True)
class Checklist:
    """What the sheet shows; ``marks`` maps each cell to be marked to a key of `COLOURS`."""

    title: str
    subtitle: str
    headers: tuple[str, ...]
    lines: tuple[Line, ...]
    marks: Mapping[Place, str]


def build(
    findings: Sequence[Finding], counts: Mapping[str, int], facts: Mapping[str, object], sheet: str, lang: str
) -> Checklist:
    """Lay out what was found in one workbook.

    Args:
        findings: in the order of the workbook.
        counts: the findings by severity, as `check.Result.counts`.
        facts: ``as_of`` (a date) and ``tasks`` (a number); empty without a task table.
        sheet: the sheet of the task table, whose cells are named without it.
        lang: ``vi`` or ``en``.
    """
    return Checklist(
        title=pick(TITLE, lang),
        subtitle=subtitle(counts, facts, lang),
        headers=tuple(pick(pair, lang) for pair in schema.FINDING_HEADERS),
        lines=tuple(_lines(findings, sheet, lang)),
        marks=marks(findings),
    )


def subtitle(counts: Mapping[str, int], facts: Mapping[str, object], lang: str) -> str:
    """Return what was checked, and how many findings there are of each severity."""
    text = counted(counts, lang)
    shown = {name: day_text(fact) if isinstance(fact, date) else fact for name, fact in facts.items()}
    return pick(SUBTITLE if facts else SUBTITLE_ALONE, lang).format(counts=text, **shown)


def counted(counts: Mapping[str, int], lang: str) -> str:
    """Return how many findings there are of each severity, or that there are none."""
    return pick(COUNTS if any(counts.values()) else CLEAN, lang).format_map(counts)


def marks(findings: Sequence[Finding]) -> dict[Place, str]:
    """Return the cells to mark, each with the class of the worst that was found in it."""
    found: dict[Place, str] = {}
    for level, same in groups.classes(findings):
        for place in filter(None, map(place_of, same if level in COLOURS else ())):
            found.setdefault(place, level)
    return found


def place_of(finding: Finding) -> Place | None:
    """Return the cell of a finding, ``None`` where it is about the whole workbook."""
    if finding.sheet is None or finding.row is None or finding.column is None:
        return None
    return finding.sheet, finding.row, finding.column


def _lines(findings: Sequence[Finding], sheet: str, lang: str) -> Iterator[Line]:
    for level, same in groups.classes(findings):
        for group in groups.groups(same):
            first = group[0]
            wrong, remedy = wording.parts(first, lang)
            rest = wording.group(group, lang) if len(group) > 1 else ""
            cell = first.cell or NOWHERE
            where = cell if first.sheet in {sheet, None} else f"{cell} ({first.sheet})"
            yield Line(level, place_of(first), (pick(LEVELS[level], lang), where, wrong + rest, remedy))
