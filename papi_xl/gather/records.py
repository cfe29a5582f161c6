"""What is kept of a workbook once it was read: its facts as JSON, its rows packed."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from papi_xl.completion import Figures
from papi_xl.received import Kind, Received, Rejected, Source

LEVEL: Final = 1
SHORT: Final = 4096
"""Bytes up to which packing costs more than it saves."""
AS_IT_STANDS: Final = b"\x00"
"""What no packed content begins with (RFC 1950: the first byte names the method)."""
SHORT_START: Final = 5
"""Bytes before a short content: `AS_IT_STANDS` and the checksum."""
DAYS: Final = ("as_of", "said_as_of", "made")
KEPT: Final = tuple(entry.name for entry in fields(Received) if entry.name not in {"source", "digest"})
"""What is kept of a workbook; source and digest are known from where it is found again."""


@dataclass(frozen=True, slots=True)
class Record:
    """One file as a worker hands it over and as the store keeps it, by the SHA-256 ``digest`` of its content.

    ``facts`` is the JSON of what `received` returns; ``dated`` holds where they depend on the day of reading.
    ``rows``, ``overdue`` and ``states`` are packed: rows of `writing.task_rows`, and the state of each task.
    """

    digest: bytes
    facts: str
    dated: bool = False
    rows: bytes = AS_IT_STANDS
    overdue: bytes = AS_IT_STANDS
    states: bytes = AS_IT_STANDS


def packed(text: str) -> bytes:
    """Return ``text`` packed, a short one as it stands, with a checksum as `zlib` has one."""
    content = text.encode()
    return zlib.compress(content, LEVEL) if len(content) > SHORT else AS_IT_STANDS + _sum(content) + content


def unpacked(content: bytes) -> str:
    """Return the text that was `packed`.

    Raises:
        zlib.error: it was damaged since.
    """
    if content == AS_IT_STANDS:
        return ""
    if not content.startswith(AS_IT_STANDS):
        return zlib.decompress(content).decode()
    found, short = content[1:SHORT_START], content[SHORT_START:]
    if found != _sum(short):
        raise zlib.error
    return short.decode()


def _sum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4)


def facts(received: Received) -> str:
    """Return the facts of a workbook that has a task table."""
    values = {key: getattr(received, key) for key in KEPT}
    values |= {key: values[key] and values[key].isoformat() for key in DAYS}
    return json.dumps(values)


def refusal(rejected: Rejected) -> str:
    """Return the facts of a workbook that cannot be read."""
    return json.dumps({"code": rejected.code, "values": dict(rejected.values)})


IGNORED: Final = "{}"
"""The facts of a workbook that says to be a consolidated one: its units sent their own."""


def read(source: Source, digest: bytes, text: str) -> Received | Rejected | None:
    """Return what the facts of the file ``source`` say, ``None`` where it is to be ignored."""
    if text == IGNORED:
        return None
    known: dict[str, Any] = json.loads(text)
    if "code" in known:
        return Rejected(source, known["code"], {**known["values"], "file": source.name})
    lines = tuple(Figures(*line) for line in known.pop("lines"))
    total = Figures(*known.pop("total"))
    days: Mapping[str, date | None] = {
        key: date.fromisoformat(known[key]) if known[key] else None for key in DAYS
    }
    kind = Kind(known.pop("kind"))
    return Received(
        **{**known, **days}, source=source, digest=digest.hex(), kind=kind, lines=lines, total=total
    )
