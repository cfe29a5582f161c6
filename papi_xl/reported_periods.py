"""The periods that received workbooks are for: which are the same, and which comes after which."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from papi_xl.period_texts import YEAR, Key, Told, told
from papi_xl.received import Received
from papi_xl.text import value_key


class Spoken(NamedTuple):
    """A way in which files name a period: the text, its year, in how many files, in which latest.

    ``day`` is the latest day that these files are as of, as they say themselves.
    """

    text: str
    year: int
    files: int
    recency: tuple[date, datetime, str]
    day: date


@dataclass(frozen=True, eq=False, repr=False)
class Periods:
    """The periods of received workbooks: ``names`` by key, ascending in time, ``keys`` by text and year.

    ``years`` are those that the periods are of, the latest first.
    """

    names: Mapping[Key, str]
    keys: Mapping[tuple[str, int], Key]
    years: Sequence[int]

    def of(self, received: Received) -> Key | None:
        """Return the period of a workbook, ``None`` where it names none."""
        return self.keys.get((received.period, _year(received)))

    def named(self, text: str) -> Key | None:
        """Return the period that ``text`` names; one without a year is of the latest year that has it."""
        return next((key for year in self.years if (key := told(text, year).key) in self.names), None)


def found(received: Iterable[Received]) -> Periods:
    """Return the periods that workbooks name.

    Texts that name the same days are the same period, and so are others with equal words and year, accents,
    case and spaces aside; a text without a year is of the plan's year, else of that of the as-of date. A
    period that names no time has the place of the days that its files are as of. Of periods that end on one
    day the one that more files name comes later: a single odd name is not the latest. A period's name is the
    commonest text, of equally common ones that of the latest file; with the year where two would be named
    alike.
    """
    ways = _ways(received)
    tellings = [told(way.text, way.year) for way in ways]
    groups: dict[Key, list[tuple[Spoken, Told]]] = {}
    for way, telling in zip(ways, tellings, strict=True):
        groups.setdefault(telling.key, []).append((way, telling))
    in_time = sorted(groups, key=lambda key: _place(key, groups[key]))
    chosen = {key: max((way for way, _ in groups[key]), key=_commonness) for key in in_time}
    alike = Counter(value_key(way.text) for way in chosen.values())
    names = {
        key: _with_year(way) if alike[value_key(way.text)] > 1 else way.text for key, way in chosen.items()
    }
    keys = {(way.text, way.year): telling.key for way, telling in zip(ways, tellings, strict=True)}
    years = {year for one in tellings for year in (one.year, *([one.end.year] if one.end else []))}
    return Periods(names, keys, sorted(years, reverse=True))


def _ways(received: Iterable[Received]) -> list[Spoken]:
    """Return the distinct ways in which workbooks name periods."""
    ways: dict[tuple[str, int], Spoken] = {}
    for one in received:
        if one.period:
            way = Spoken(one.period, _year(one), 1, one.recency, one.said_as_of or one.made or one.as_of)
            known = ways.get(way[:2])
            ways[way[:2]] = _both(known, way) if known else way
    return list(ways.values())


def _both(one: Spoken, other: Spoken) -> Spoken:
    return one._replace(
        files=one.files + other.files,
        recency=max(one.recency, other.recency),
        day=max(one.day, other.day),
    )


def _year(received: Received) -> int:
    return received.year or (received.said_as_of or received.as_of).year


def _place(key: Key, group: Sequence[tuple[Spoken, Told]]) -> tuple[date, int, date, date, Key]:
    day = max(way.day for way, _ in group)
    end = max(telling.end or day for _, telling in group)
    start = min(telling.start or day for _, telling in group)
    return end, sum(way.files for way, _ in group), start, day, key


def _commonness(way: Spoken) -> tuple[int, tuple[date, datetime, str], str]:
    return way.files, way.recency, way.text


def _with_year(way: Spoken) -> str:
    if YEAR.search(way.text):
        return way.text
    return f"{way.text} {way.year}" if way.text.casefold().endswith("năm") else f"{way.text} năm {way.year}"
