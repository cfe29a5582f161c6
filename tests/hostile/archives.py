"""Zip files byte by byte: also those that no program would write."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

UTF8_NAMES: Final = 0x800
STORED, DEFLATED = 0, 8
MIB: Final = 2**20


@dataclass(frozen=True)
class Entry:
    """A part as the zip file says it is: ``packed`` bytes, and what both headers tell of them."""

    name: bytes
    packed: bytes
    size: int
    crc: int = 0
    method: int = DEFLATED
    flags: int = UTF8_NAMES


def entry(name: str, content: bytes, method: int = DEFLATED) -> Entry:
    """Return an honest part."""
    packed = deflated(content) if method == DEFLATED else content
    return Entry(name.encode("utf-8", "surrogatepass"), packed, len(content), zlib.crc32(content), method)


def deflated(content: bytes) -> bytes:
    """Return content packed as a zip file keeps it."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def repeated(name: str, before: bytes, block: bytes, times: int, after: bytes) -> Entry:
    """Return a part of ``block`` so many times between two others; it is never held unpacked."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    body = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = packer.compress(after) + packer.flush()
    crc = zlib.crc32(before)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    size = len(before) + times * len(block) + len(after)
    return Entry(name.encode(), head + body * times + tail, size, zlib.crc32(after, crc))


def archive(entries: Iterable[Entry], *, overlapping: bool = False) -> bytes:
    """Return a zip file; with ``overlapping`` all names lead to the data of the first."""
    made = bytearray()
    directory = bytearray()
    count = first = 0
    for one in entries:
        at = len(made)
        head = struct.pack(
            "<HHHHHIIIHH", 20, one.flags, one.method, 0, 0x21, one.crc, len(one.packed),
            one.size & 0xFFFFFFFF, len(one.name), 0,
        )  # fmt: skip
        if overlapping and count:
            at = first
        else:
            made += b"PK\x03\x04" + head + one.name + one.packed
        directory += b"PK\x01\x02\x14\x00" + head + struct.pack("<HHHII", 0, 0, 0, 0, at) + one.name
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(made), 0)
    return bytes(made + directory) + b"PK\x05\x06" + end


def packed(parts: Mapping[str, bytes], method: int = DEFLATED) -> bytes:
    """Return an honest zip file of ``parts``."""
    return archive(entry(name, content, method) for name, content in parts.items())


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a good zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def renamed(one: Entry, name: str) -> Entry:
    """Return a part under another name."""
    return replace(one, name=name.encode("utf-8", "surrogatepass"))
