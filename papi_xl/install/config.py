"""The configuration file of xlwings, as bytes: what Excel reads in it, our entries put in and taken out.

Lines are ``"KEY","value"``. xlwings' VBA reads fields with ``Input #``, two at a time, knows keys in any
case and stops at the first that fits (``addin/Config.bas``), so a blank or odd line puts all that follow out
of step. Therefore our entries stand first, whatever follows. Behind a byte order mark the first key is not
known, so there a line of no meaning stands before ours. No other line is touched, in whatever encoding.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

BOM: Final = b"\xef\xbb\xbf"
GUARD: Final = "PAPI_XL"
"""The key of the line that takes the byte order mark."""

MODULES: Final = "UDF MODULES"
MODULE: Final = "papi_xl.functions"

_FIELD: Final = rb'[ \t]*(?:"([^"]*)"|([^,"]*?))[ \t]*'
_NEXT: Final = re.compile(r'[ \t]*(?:"([^"]*)"|([^,]*))[^,]*(,?)(.*)', re.DOTALL)
_ENTRY: Final = re.compile(_FIELD + b"," + _FIELD)


class Line(NamedTuple):
    """A line of the file; ``key`` is empty where it is not one key and one value."""

    raw: bytes
    key: str
    spelled: str
    value: str


def lines(content: bytes) -> Iterator[Line]:
    """Yield the lines of a configuration; keys in capitals, and as they are spelled."""
    for raw in content.removeprefix(BOM).splitlines(keepends=True):
        entry = _ENTRY.fullmatch(raw.rstrip(b"\r\n"))
        if entry is None:
            yield Line(raw, "", "", "")
        else:
            quoted, bare, quoted_value, bare_value = entry.groups()
            key = (bare if quoted is None else quoted).decode("latin-1")
            value = bare_value if quoted_value is None else quoted_value
            yield Line(raw, key.upper(), key, value.decode("latin-1"))


def as_excel_reads(content: bytes) -> dict[str, str]:
    """Return what Excel's side finds, by key in capitals: fields two at a time, the first of a key counts."""
    fields = [field for line in content.splitlines() for field in _fields(line.decode("latin-1"))]
    found: dict[str, str] = {}
    for key, value in zip(fields[::2], fields[1::2], strict=False):
        found.setdefault(key.upper(), value)
    return found


def merged(content: bytes, wanted: Mapping[str, str], newline: bytes) -> bytes:
    """Return ``content`` with the entries ``wanted`` first, and all other lines as they are."""
    keys = {*wanted, GUARD}
    kept = [line.raw for line in lines(content) if line.key not in keys]
    bom = BOM if content.startswith(BOM) else b""
    guard = [_entry(GUARD, "papi-xl install", newline)] if bom else []
    ours = [_entry(key, value, newline) for key, value in wanted.items()]
    return bom + b"".join([*guard, *ours, *kept])


def earlier(content: bytes, keys: Iterable[str]) -> tuple[bytes, ...]:
    """Return the lines that `merged` takes the place of."""
    wanted = set(keys)
    return tuple(line.raw for line in lines(content) if line.key in wanted)


def unmerged(content: bytes, ours: Mapping[str, str], before: Iterable[bytes], newline: bytes) -> bytes:
    """Return ``content`` without the entries ``ours`` and with the lines ``before`` in their stead.

    An entry whose value was changed since stays as it is now; of the modules only ours goes.
    """
    kept, edited = [], set()
    for line in lines(content):
        rest = _without_module(line.value)
        if line.key == GUARD or ours.get(line.key) == line.value:
            continue
        if line.key in ours:
            edited.add(line.key)
        if line.key == MODULES and rest != line.value:
            kept += [_entry(MODULES, rest, newline)] if rest else []
        else:
            kept.append(line.raw)
    restored = [line.raw for raw in before for line in lines(raw) if line.key not in edited]
    bom = BOM if content.startswith(BOM) else b""
    return bom + b"".join([*_ended(restored, newline, last=not kept), *kept])


def modules(content: bytes) -> str:
    """Return the list of modules, separated by semicolons, that a configuration has, with ours in it."""
    listed = next((line.value for line in lines(content) if line.key == MODULES), "")
    names = [name for name in listed.split(";") if name.strip()]
    return ";".join(names if MODULE in names else [*names, MODULE])


def _without_module(value: str) -> str:
    return ";".join(name for name in value.split(";") if name.strip() != MODULE)


def _entry(key: str, value: str, newline: bytes) -> bytes:
    return f'"{key}","{value}"'.encode("latin-1") + newline


def _ended(raw: list[bytes], newline: bytes, *, last: bool) -> list[bytes]:
    """Return lines each of which ends, but the last of a file."""
    ended = [line if line.endswith((b"\r", b"\n")) else line + newline for line in raw]
    return [*ended[:-1], raw[-1]] if last and raw else ended


def _fields(line: str) -> Iterator[str]:
    """Yield the fields of a line as VBA's ``Input #`` reads strings: a blank line is one empty field."""
    rest, comma = line, ","
    while comma:
        found = _NEXT.match(rest)
        quoted, bare, comma, rest = found.groups() if found else (None, "", "", "")
        yield bare.rstrip() if quoted is None else quoted
