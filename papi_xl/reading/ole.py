"""The OLE container (compound file) of .xls files and of encrypted workbooks [MS-CFB]."""

import struct
from typing import Final

from papi_xl.bounds import OLE_START, damaged

HEADER: Final = 512
ENTRY: Final = 128
MINI_SECTOR: Final = 64
MINI_CUTOFF: Final = 4096
LAST_REGULAR: Final = 0xFFFFFFFA
FAT_SECTOR, END_OF_CHAIN, FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
STREAM, ROOT = 2, 5
SHIFTS: Final = (9, 12)
LARGE: Final = 4096
HEADER_FAT_ENTRIES: Final = 109


class Container:
    """The streams of a compound file held in memory."""

    def __init__(self, data: bytes) -> None:
        """Read the directory of ``data``; raises ``damaged`` when it contradicts itself."""
        if len(data) < HEADER:
            raise damaged()
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in SHIFTS:
            raise damaged()
        self._data = data
        self._size = 1 << shift
        directory, mini_fat, difat = (struct.unpack_from("<I", data, at)[0] for at in (48, 60, 68))
        self._fat = self._read_fat(list(struct.unpack_from("<109I", data, 76)), difat)
        self._entries: dict[str, tuple[int, int]] = {}
        root = (END_OF_CHAIN, 0)
        entries = self._chain(directory)
        for at in range(0, len(entries) - ENTRY + 1, ENTRY):
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            start, size = struct.unpack_from("<II", entries, at + 116)
            if kind == ROOT:
                root = (start, size)
            elif kind == STREAM:
                name = entries[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
                self._entries.setdefault(name.lower(), (start, size))
        self._mini = self._chain(root[0])
        self._mini_fat = _numbers(self._chain(mini_fat))

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a stream ``name``, upper and lower case alike."""
        return name.lower() in self._entries

    def read(self, name: str) -> bytes:
        """Return the stream ``name``; raises ``damaged`` when it is shorter than announced."""
        start, size = self._entries[name.lower()]
        if size < MINI_CUTOFF:
            links = _linked(start, self._mini_fat)
            pieces = [self._mini[at * MINI_SECTOR : (at + 1) * MINI_SECTOR] for at in links]
            content = b"".join(pieces)
        else:
            content = self._chain(start)
        if len(content) < size:
            raise damaged()
        return content[:size]

    def _read_fat(self, sectors: list[int], difat: int) -> list[int]:
        for _ in range(len(self._data) // self._size):
            if difat >= LAST_REGULAR:
                break
            *more, difat = _numbers(self._sector(difat))
            sectors.extend(more)
        used = [sector for sector in sectors if sector < LAST_REGULAR]
        if len(used) > len(self._data) // self._size:
            raise damaged()
        return _numbers(b"".join(self._sector(sector) for sector in used))

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(sector) for sector in _linked(start, self._fat))

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        sector = self._data[at : at + self._size]
        if not sector:
            raise damaged()
        return sector


def _linked(start: int, fat: list[int]) -> list[int]:
    """Return the chain of sectors from ``start``; raises ``damaged`` for a loop or a loose end."""
    links: list[int] = []
    while start < LAST_REGULAR:
        if start >= len(fat) or len(links) > len(fat):
            raise damaged()
        links.append(start)
        start = fat[start]
    return links


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))


def contained(name: str, stream: bytes) -> bytes:
    """Return a compound file of version 4 (sectors of 4096 bytes) that holds just ``stream``."""
    stream = stream.ljust(MINI_CUTOFF, b"\0")
    count = -(-len(stream) // LARGE)
    fat_count = -(-(count + 1 + HEADER_FAT_ENTRIES) // (LARGE // 4))
    fat = [FAT_SECTOR] * fat_count + [END_OF_CHAIN]
    first = len(fat)
    fat += [*range(first + 1, first + count), END_OF_CHAIN]
    fat += [FREE] * (fat_count * LARGE // 4 - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", OLE_START, 0x3E, 4, 0xFFFE, 12, 6, 1, fat_count, fat_count, 0,
        MINI_CUTOFF, END_OF_CHAIN, 0, END_OF_CHAIN, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *range(fat_count), *[FREE] * (HEADER_FAT_ENTRIES - fat_count))
    directory = _entry("Root Entry", ROOT, child=1, start=0, size=0)
    directory += _entry(name, STREAM, child=FREE, start=first, size=len(stream))
    sectors = [header, struct.pack(f"<{len(fat)}I", *fat), directory, stream]
    return b"".join(sector.ljust(-(-len(sector) // LARGE) * LARGE, b"\0") for sector in sectors)


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", text, len(text) + 2, kind, 1, FREE, FREE, child, start, size)
