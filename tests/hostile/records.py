"""The records of .xls and .xlsb files, and the compound files that hold the former."""

import struct
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from papi_xl.reading.ole import Container, contained
from tests.hostile import archives, books

Record = tuple[int, bytes]
EDGES: Final = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
"""Numbers at which counters and signs turn over."""


def xlsb(rows: Sequence[Sequence[object]]) -> bytes:
    """Return a small .xlsb of one sheet; texts stand in the cells and among the shared ones by turns."""
    shared: list[str] = []
    lines = []
    for number, row in enumerate(rows):
        lines.append((0x00, struct.pack("<I", number) + bytes(13)))
        for column, value in enumerate(row):
            head = struct.pack("<II", column, 0)
            if isinstance(value, int | float):
                lines.append((0x05, head + struct.pack("<d", value)))
            elif value is not None and (number + column) % 2:
                lines.append((0x07, head + struct.pack("<I", len(shared))))
                shared.append(str(value))
            elif value is not None:
                lines.append((0x06, head + _wide(str(value))))
    sheet = [(0x81, b""), (0x94, bytes(16)), (0x91, b""), *lines, (0x92, b""), (0x82, b"")]
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Bảng")
    book = [
        (0x83, b""), (0x99, bytes(12)), (0x8F, b""), (0x9C, bundle), (0x90, b""), (0x27, b"\xff" * 40),
        (0x84, b""),
    ]  # fmt: skip
    texts = [(0x9F, struct.pack("<II", len(shared), len(shared)))]
    texts += [(0x13, b"\0" + _wide(text)) for text in shared] + [(0xA0, b"")]
    return archives.packed({
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": books.relations({"rId1": ("officeDocument", "xl/workbook.bin")}).encode(),
        "xl/workbook.bin": joined12(book),
        "xl/_rels/workbook.bin.rels": books.relations({
            "rId1": ("worksheet", "worksheets/sheet1.bin"), "rId2": ("sharedStrings", "sharedStrings.bin"),
        }).encode(),
        "xl/worksheets/sheet1.bin": joined12(sheet),
        "xl/sharedStrings.bin": joined12(texts),
    })  # fmt: skip


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def joined12(records: Sequence[Record]) -> bytes:
    """Return the bytes of .xlsb records."""
    made = bytearray()
    for kind, data in records:
        made += bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        length = len(data)
        while length >= 0x80:
            made.append(length & 0x7F | 0x80)
            length >>= 7
        made.append(length)
        made += data
    return bytes(made)


def taken12(content: bytes) -> list[Record]:
    """Return the records of an .xlsb part that is whole."""
    at, found = 0, []
    while at < len(content):
        kind, at = content[at], at + 1
        if kind & 0x80:
            kind, at = (kind & 0x7F) | content[at] << 7, at + 1
        length = shift = 0
        while True:
            byte, at = content[at], at + 1
            length, shift = length | (byte & 0x7F) << shift, shift + 7
            if not byte & 0x80:
                break
        found.append((kind, content[at : at + length]))
        at += length
    return found


def joined8(records: Sequence[Record]) -> bytes:
    """Return the stream of .xls records."""
    return b"".join(struct.pack("<HH", kind, len(data) & 0xFFFF) + data for kind, data in records)


def taken8(stream: bytes) -> Iterator[Record]:
    """Yield the records of an .xls stream, whole or not."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def changed(records: list[Record], random: Random) -> list[Record]:
    """Return records with a few of them lost, doubled, moved, cut, or with other numbers in them."""
    made = list(records)
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(made))
        kind, data = made[at]
        way = random.randrange(8)
        if way == 0 and len(made) > 1:
            del made[at]
        elif way == 1:
            made.insert(at, made[random.randrange(len(made))])
        elif way == 2:
            made[at] = kind, data[: random.randrange(len(data) + 1)]
        elif way == 3:
            made[at] = kind, data + random.randbytes(random.randrange(1, 20))
        elif way == 4:
            made[at] = random.choice(made)[0], data
        elif data:
            place = random.randrange(len(data))
            width, form = random.choice(((1, "<B"), (2, "<H"), (4, "<I")))
            number = random.choice(EDGES) & (1 << 8 * width) - 1
            made[at] = kind, data[:place] + struct.pack(form, number) + data[place + width :]
    return made


def with_records(data: bytes, random: Random) -> bytes:
    """Return an .xls or .xlsb file with changed records."""
    if data.startswith(b"PK"):
        parts = archives.unpacked(data)
        name = random.choice([name for name in parts if name.endswith(".bin")])
        parts[name] = joined12(changed(taken12(parts[name]), random))
        return archives.packed(parts)
    container = Container(data)
    stream = container.read("Workbook")
    return contained("Workbook", joined8(changed(list(taken8(stream)), random)))


def with_sectors(data: bytes, random: Random) -> bytes:
    """Return a compound file with other numbers in its header, its tables of sectors or its directory."""
    made = bytearray(data)
    for _ in range(random.choice((1, 2, 4))):
        if random.random() < 0.5:
            at = random.randrange(24, 512, 2)
        else:
            at = random.randrange(512, len(made) - 4, 4)
        struct.pack_into("<I", made, min(at, len(made) - 4), random.choice((*EDGES, at // 128, 3, 5)))
    return bytes(made)


def with_name(data: bytes, name: str) -> bytes:
    """Return a compound file whose workbook stream has another name."""
    return contained(name, Container(data).read("Workbook"))


def protected(data: bytes) -> bytes:
    """Return an .xls file that says to be encrypted."""
    records = list(taken8(Container(data).read("Workbook")))
    return contained("Workbook", joined8([records[0], (0x2F, bytes(54)), *records[1:]]))
