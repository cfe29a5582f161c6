"""Whose a received workbook is: by the unit code in it, then by the unit's name, never by the file's name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from papi_xl.consolidated import Doubt, Unit
from papi_xl.received import Received
from papi_xl.roster import Roster
from papi_xl.text import is_blank
from papi_xl.unit_names import Likeness, NameKeys, code_key, likeness, name_keys, name_order, plain_code

MOST_CANDIDATES: Final = 10
"""At most so many units are named that a doubtful workbook may be of."""

Said = tuple[str, str]
"""The unit code and the unit's name as a workbook says them."""

Home = tuple[str, str]
"""A unit that workbooks form: ``code`` or ``name``, and the key."""


class Owner(NamedTuple):
    """Whose a workbook is: the index of its unit, else why it is nobody's and whose it may be."""

    unit: int | None
    doubt: Doubt | None = None
    candidates: tuple[Unit, ...] = ()


class Identified(NamedTuple):
    """The units, in their order, and the owner of each workbook."""

    units: tuple[Unit, ...]
    owners: tuple[Owner, ...]


def identify(latest_first: Sequence[Received], roster: Roster | None) -> Identified:
    """Return whose each of the received workbooks is, which come the latest first.

    With a roster: the unit with the code (zeros before a number aside where that leaves one unit), else the
    only one with the name, accents, spaces and abbreviations aside. A code of one unit with the
    name of another is a doubt, as is a name that several units have, that is only like one, or that is in no
    roster.

    Without one the units are those that all workbooks together name: those with one code are one unit; a
    workbook without a code is of the unit of its name if there is just one. A unit is shown as the latest of
    its workbooks names it, and units are ordered by name (see `unit_names.name_order`).
    """
    said = [(one.unit_code, "" if is_blank(one.unit) else one.unit) for one in latest_first]
    ways = dict.fromkeys(said)
    told = _by_roster(ways, roster) if roster is not None else _by_themselves(ways)
    return Identified(told.units, tuple(told.owners[way] for way in said))


class _Told(NamedTuple):
    units: tuple[Unit, ...]
    owners: Mapping[Said, Owner]


def _by_roster(ways: Iterable[Said], roster: Roster) -> _Told:
    register = _Register(roster.units)
    return _Told(roster.units, {way: register.owner(*way) for way in ways})


@dataclass(frozen=True, eq=False, repr=False)
class _Register:
    """Units that can be looked up; indexes are those of ``units``."""

    units: tuple[Unit, ...]

    @cached_property
    def names(self) -> list[NameKeys]:
        return [name_keys(unit.name) for unit in self.units]

    @cached_property
    def codes(self) -> Mapping[str, int]:
        return {code_key(unit.code): index for index, unit in enumerate(self.units) if unit.code}

    @cached_property
    def numbers(self) -> Mapping[str, Sequence[int]]:
        """Units by their codes as Excel keeps them where it takes them for numbers."""
        return _indexed(_as_number(code_key(unit.code)) for unit in self.units)

    @cached_property
    def tight(self) -> Mapping[str, Sequence[int]]:
        return _indexed(keys.tight for keys in self.names)

    @cached_property
    def loose(self) -> Mapping[str, Sequence[int]]:
        return _indexed(keys.loose for keys in self.names)

    @cached_property
    def alike(self) -> Likeness:
        return likeness(self.names)

    def owner(self, code: str, name: str) -> Owner:
        """Return whose a workbook is that names this code and this unit."""
        keys = name_keys(name)
        coded = self._coded(code_key(code))
        same = self.tight.get(keys.tight) or self.loose.get(keys.loose) or ()
        if coded is not None:
            others = same and coded not in same
            return self._doubt(Doubt.CONFLICT, [coded, *same]) if others else Owner(coded)
        if same:
            return Owner(same[0]) if len(same) == 1 else self._doubt(Doubt.SEVERAL, same)
        if not keys.own:
            return Owner(None, Doubt.UNKNOWN if code_key(code) else Doubt.UNNAMED)
        near = self.alike.near(keys)
        return self._doubt(Doubt.NEAR if near else Doubt.UNKNOWN, near)

    def _coded(self, key: str) -> int | None:
        like = self.numbers.get(_as_number(key), ())
        return self.codes.get(key, like[0] if len(like) == 1 else None)

    def _doubt(self, doubt: Doubt, candidates: Sequence[int]) -> Owner:
        return Owner(None, doubt, tuple(self.units[index] for index in candidates[:MOST_CANDIDATES]))


def _as_number(key: str) -> str:
    return key.lstrip("0") if key.isdecimal() else ""


def _indexed(keys: Iterable[str]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if key:
            found.setdefault(key, []).append(index)
    return found


class _Name(NamedTuple):
    """A code and a name in the forms in which they are compared."""

    code: str
    keys: NameKeys

    @property
    def usable(self) -> bool:
        """Whether the name is that of one unit, not of a kind of unit."""
        return bool(self.keys.own)


def _by_themselves(ways: Iterable[Said]) -> _Told:
    """Let the workbooks form the units; ``ways`` come the latest first."""
    names = {way: _Name(code_key(way[0]), name_keys(way[1])) for way in ways}
    spellings = _Spellings.of(names.values())
    homes = {way: spellings.homes(name) for way, name in names.items()}
    members: dict[Home, list[Said]] = defaultdict(list)
    for way, found in homes.items():
        if len(found) == 1:
            members[found[0]].append(way)
    shown = {home: _shown(found) for home, found in members.items()}
    order = sorted(shown, key=lambda home: (*name_order(shown[home].name, shown[home].code), home))
    at = {home: index for index, home in enumerate(order)}
    units = tuple(shown[home] for home in order)
    return _Told(units, {way: _owner([at[home] for home in found], units) for way, found in homes.items()})


@dataclass(frozen=True, eq=False, repr=False)
class _Spellings:
    """How all workbooks together spell the names of units.

    ``accented`` maps each loose key to the tight keys with accents, ``coded`` each key of a name to the units
    whose workbooks have a code. Where there is one spelling with accents at most, others mean the same.
    """

    accented: Mapping[str, set[str]]
    coded: Mapping[str, set[Home]]

    @classmethod
    def of(cls, names: Iterable[_Name]) -> "_Spellings":
        """Return the spellings of ``names``."""
        usable = [name for name in names if name.usable]
        accented: dict[str, set[str]] = defaultdict(set)
        for _, keys in usable:
            if keys.tight != keys.loose:
                accented[keys.loose].add(keys.tight)
        coded: dict[str, set[Home]] = defaultdict(set)
        for code, keys in usable:
            if code:
                key = keys.tight if len(accented.get(keys.loose, ())) > 1 else keys.loose
                coded[key].add(("code", code))
        return cls(accented, coded)

    def homes(self, name: _Name) -> Sequence[Home]:
        """Return the units that a workbook may be of; none where it names none."""
        if name.code:
            return [("code", name.code)]
        if not name.usable:
            return []
        loose = name.keys.loose
        spelt = self.accented.get(loose, set())
        if len(spelt) <= 1:
            return sorted(self._with(loose))
        if name.keys.tight in spelt:
            return sorted(self._with(name.keys.tight))
        return sorted(self.coded.get(loose, set()).union(*map(self._with, spelt)))

    def _with(self, key: str) -> set[Home]:
        return self.coded.get(key) or {("name", key)}


def _shown(latest_first: Sequence[Said]) -> Unit:
    """Return a unit as the latest of its workbooks that do so name it."""
    codes = (plain_code(code) for code, _ in latest_first)
    return Unit(next(filter(None, codes), ""), next((name for _, name in latest_first if name), ""))


def _owner(found: Sequence[int], units: Sequence[Unit]) -> Owner:
    if len(found) == 1:
        return Owner(found[0])
    candidates = tuple(units[index] for index in sorted(found)[:MOST_CANDIDATES])
    return Owner(None, Doubt.SEVERAL if found else Doubt.UNNAMED, candidates)
