"""How long the texts are that the cells of an .xls workbook share [MS-XLS] 2.4.265 and 2.5.293."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

TEXTS, CONTINUE = 0x00FC, 0x003C
COUNTS: Final = 8
"""Bytes before the first text."""
WIDE, EXTENDED, RICH = 0x01, 0x04, 0x08
"""What a byte before the letters tells: two bytes a letter, more data behind them, looks behind them."""
LONGEST: Final = 2 * 32_767
"""Bytes of the longest text of a cell."""


class _TornError(Exception):
    """The records end within a text."""


@dataclass
class _Place:
    """A place in data that goes on from record to record."""

    chunks: Sequence[bytes]
    number: int = 0
    at: int = COUNTS

    @property
    def room(self) -> int:
        return len(self.chunks[self.number]) - self.at

    def taken(self, count: int) -> bytes:
        """Return bytes that stand in one record."""
        if not self.room:
            self.to_next()
        found = self.chunks[self.number][self.at : self.at + count]
        if len(found) < count:
            raise _TornError
        self.at += count
        return found

    def to_next(self) -> None:
        self.number, self.at = self.number + 1, 0
        if self.number == len(self.chunks):
            raise _TornError

    def skip(self, count: int) -> None:
        while count > self.room:
            count -= self.room
            self.to_next()
        self.at += count

    def skip_letters(self, count: int, width: int) -> None:
        """Pass over letters; each record that they go on in begins with how wide they are there."""
        while count * width > self.room:
            count -= self.room // width
            self.to_next()
            width = 1 + (self.taken(1)[0] & WIDE)
        self.at += count * width


def lengths(records: Sequence[tuple[int, bytes]]) -> Iterator[int]:
    """Yield how many bytes each shared text takes in memory, up to one that is torn.

    Args:
        records: kind and data of the records of the workbook's globals, in order.
    """
    chunks: list[bytes] = []
    for kind, data in records:
        if kind == TEXTS or (chunks and kind == CONTINUE):
            chunks.append(data)
    place = _Place(chunks)
    try:
        while chunks:
            letters, flags = struct.unpack("<HB", place.taken(3))
            looks = struct.unpack("<H", place.taken(2))[0] if flags & RICH else 0
            more = struct.unpack("<I", place.taken(4))[0] if flags & EXTENDED else 0
            place.skip_letters(letters, 1 + (flags & WIDE))
            place.skip(4 * looks + more)
            yield 2 * letters
    except _TornError:
        return
