"""Pictures of the screen as small PNG files."""

import struct
import zlib
from collections import Counter

from tests.screen import Picture

COLOURS = 256
"""As many as a palette holds; rarer ones become the nearest of these."""


def png(picture: Picture) -> bytes:
    """Return a picture as a PNG file with a palette (RFC 2083)."""
    rows = [[line[at : at + 3] for at in range(0, len(line), 4)] for line in picture.lines]
    often = [colour for colour, _ in Counter(pixel for row in rows for pixel in row).most_common(COLOURS)]
    numbers = {colour: number for number, colour in enumerate(often)}
    for pixel in {pixel for row in rows for pixel in row} - numbers.keys():
        numbers[pixel] = min(range(len(often)), key=lambda number: _apart(pixel, often[number]))
    pixels = b"".join(b"\0" + bytes(map(numbers.__getitem__, row)) for row in rows)
    head = struct.pack(">IIBBBBB", picture.width, len(rows), 8, 3, 0, 0, 0)
    palette = b"".join(colour[::-1] for colour in often)
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(*part) for part in parts)


def _apart(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _part(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
