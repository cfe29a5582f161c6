"""The numbers that Word shows before paragraphs and keeps nowhere in the text (ECMA-376 part 1, 17.9)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from papi_xl.documents.styles import Listed, Styles
from papi_xl.documents.tree import Element, on, value, whole

BULLET: Final = "•"
"""Stands for whatever sign an unnumbered list shows."""
LEVELS: Final = 9
LETTERS: Final = 26
MOST_LETTERS: Final = 30
LARGEST_ROMAN: Final = 3999

_PLACE = re.compile(r"%([1-9])")
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


class Level(NamedTuple):
    """A level of a list: first number, format, text with places such as ``%1``, and what restarts it."""

    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    style: str | None


@dataclass(frozen=True, eq=False, repr=False)
class _List:
    """A list as paragraphs name it: whose numbers it shares, its levels, numbers to begin anew with."""

    shared: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


class Counter:
    """Counts a document's numbered paragraphs in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Start before the first paragraph; ``root`` is the part of numberings, if there is one."""
        self._styles = styles
        self._lists = {} if root is None else _lists(root)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()

    def label(self, paragraph: Element) -> str:
        """Count ``paragraph`` and return what Word shows before it, empty where that is nothing."""
        listed = self._styles.listed(paragraph)
        found = self._lists.get(listed.number) if listed and listed.number else None
        if listed is None or listed.number is None or found is None:
            return ""
        depth = _depth(listed, found, value(paragraph, "pPr/pStyle"))
        level = found.levels.get(depth)
        if level is None:
            return ""
        self._count(listed.number, depth, found)
        if level.form == "bullet":
            return BULLET
        counts = self._counts[found.shared]

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            named = found.levels.get(at, level)
            return _written(counts.get(at, named.start), "decimal" if level.legal else named.form)

        return _PLACE.sub(number, level.text)

    def _count(self, name: int, depth: int, found: _List) -> None:
        counts = self._counts.setdefault(found.shared, {})
        begins = depth in found.starts and (name, depth) not in self._begun
        self._begun.add((name, depth))
        if begins or depth not in counts:
            counts[depth] = found.starts[depth] if begins else found.levels[depth].start
        else:
            counts[depth] += 1
        for deeper in [one for one in counts if one > depth]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or depth < restart:
                del counts[deeper]


def _depth(listed: Listed, found: _List, style: str | None) -> int:
    if listed.level is not None:
        return min(listed.level, LEVELS - 1)
    return next((depth for depth, level in found.levels.items() if style and level.style == style), 0)


def _lists(root: Element) -> dict[int, _List]:
    abstract = {one.get("abstractNumId", ""): one for one in root.iter("abstractNum")}
    named = {value(one, "styleLink"): key for key, one in abstract.items() if value(one, "styleLink")}
    found = {}
    for one in root.iter("num"):
        name, shared = whole(one.get("numId")), value(one, "abstractNumId") or ""
        link = value(abstract[shared], "numStyleLink") if shared in abstract else None
        shared = named.get(link, shared) if link else shared
        if name is None or shared not in abstract:
            continue
        levels = _levels(abstract[shared])
        starts: dict[int, int] = {}
        for override in one.iter("lvlOverride"):
            depth = whole(override.get("ilvl")) or 0
            levels |= _levels(override)
            start = whole(value(override, "startOverride"))
            starts |= {} if start is None else {depth: start}
        found[name] = _List(shared, levels, starts)
    return found


def _levels(parent: Element) -> dict[int, Level]:
    return {
        depth: Level(
            start=whole(value(one, "start")) or 0,
            form=value(one, "numFmt") or "decimal",
            text=value(one, "lvlText") or "",
            restart=whole(value(one, "lvlRestart")),
            legal=on(one.find("isLgl")),
            style=value(one, "pStyle"),
        )
        for one in parent.iter("lvl")
        if (depth := whole(one.get("ilvl"))) is not None and depth < LEVELS
    }


def _written(number: int, form: str) -> str:
    """Return a number in one of Word's formats; in those that Vietnamese plans do not use as digits."""
    match form:
        case "none":
            return ""
        case "upperRoman" | "lowerRoman" if 0 < number <= LARGEST_ROMAN:
            return _roman(number) if form == "upperRoman" else _roman(number).lower()
        case "upperLetter" | "lowerLetter" if 0 < number <= LETTERS * MOST_LETTERS:
            letter = chr(ord("A") + (number - 1) % LETTERS) * (1 + (number - 1) // LETTERS)
            return letter if form == "upperLetter" else letter.lower()
        case "decimalZero":
            return f"{number:02}"
        case _:
            return str(number)


def _roman(number: int) -> str:
    written = ""
    for size, sign in _ROMAN:
        count, number = divmod(number, size)
        written += sign * count
    return written
