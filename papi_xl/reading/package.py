"""The zip package of .xlsx, .xlsm, .xlsb and .ods files: parts, real sizes, relationships."""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from papi_xl.bounds import PARTS, PIECE, Limits, checked, damaged, encrypted, too_large

ATTRIBUTE: Final = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ATTRIBUTE: Final = re.compile(ATTRIBUTE.pattern.decode(), re.ASCII)
# Between the start and the root element only a declaration, instructions and comments are let
# through, so that a part with a document type (entity expansion) never gets past.
PROLOG: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:(?><\?.*?\?>|<!--.*?-->)\s*+)*+<([A-Za-z_][\w.:-]*)", re.DOTALL
)
ENTITY: Final = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));")
NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
LOCAL_HEADER: Final = 30
DENSEST: Final = 1032
"""Bytes that come out of one packed byte at most: 258 of every 2 bits (source: RFC 1951, 3.2.5)."""
GLANCE: Final = 512
SHORT: Final = 4096
TRUE: Final = frozenset({"1", "true"})
ENCRYPTED_FLAG: Final = 1
MIME_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
BROKEN_ZIP: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, ValueError, OverflowError, OSError,
)  # fmt: skip


class Relation(NamedTuple):
    """A relationship of a part: the last word of its type, and the part it leads to."""

    kind: str
    target: str


class Package:
    """The parts of a zip file held in memory, each unpacked under a common bound."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Read the directory of ``data``.

        Raises:
            UnreadableWorkbookError: ``damaged``, ``encrypted`` or ``too-large``.
        """
        self.data = data
        self.limits = limits
        self._sizes: dict[str, int] = {}
        self._complete: set[str] = set()
        self._total = 0
        if (count := data.count(b"PK\x01\x02")) > PARTS:
            raise too_large(what="entries", limit=PARTS, found=count)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as directory:
                entries = directory.infolist()
        except BROKEN_ZIP as error:
            raise damaged() from error
        self._entries = {_folded(entry.filename): entry for entry in entries}
        if len(self._entries) < len(entries) or not all(entry.filename for entry in entries):
            raise damaged()
        if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
            raise encrypted()
        checked(sum(entry.file_size for entry in entries), limits)

    def __contains__(self, name: str) -> bool:
        """Tell whether the package holds the part ``name``, upper and lower case alike."""
        return _folded(name) in self._entries

    def names(self) -> list[str]:
        """Return the names of all parts as written, in the order of the file; folders are none."""
        return [entry.filename for entry in self._entries.values() if not entry.is_dir()]

    def kind(self) -> str | None:
        """Return ``xlsx``, ``xlsb`` or ``ods`` by what the package holds, else ``None``."""
        if "mimetype" in self:
            return "ods" if self.read("mimetype").startswith(MIME_ODS) else None
        if self.main_part is None or self.main_part not in self:
            return None
        if self.document.startswith(b"\x83\x01"):
            return "xlsb"
        root = PROLOG.match(self.document)
        return "xlsx" if root and root[1].rpartition(b":")[2] == b"workbook" else None

    @cached_property
    def document(self) -> bytes:
        """The content of the main part; `kind` has told that it starts as it should."""
        return b"".join(self.stream(self.main_part or "", xml=False, most="part"))

    @cached_property
    def main_part(self) -> str | None:
        """The part that the package's own relationships name as the document."""
        relations = self.relations("").values()
        return next((relation.target for relation in relations if relation.kind == "officeDocument"), None)

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return the relationships of ``part`` (the package itself when empty), by their id."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        content = self.read(path) if path in self else b""
        return (_relations if len(content) <= SHORT else _relations.__wrapped__)(folder, content)

    def read(self, name: str) -> bytes:
        """Return the whole part ``name``, which is no sheet; raises as `stream` does."""
        return b"".join(self.stream(name, xml=name.endswith((".xml", ".rels")), most="part"))

    def bound(self, name: str, most: str) -> None:
        """Make sure that a part unpacks to no more than the limit ``most`` says; raises as `stream` does."""
        if DENSEST * self._entries[_folded(name)].compress_size > getattr(self.limits, most):
            for _ in self.stream(name, xml=False, most=most):
                pass

    def stream(self, name: str, *, xml: bool = True, most: str = "unpacked") -> Iterator[bytes]:
        """Unpack the part ``name`` piece by piece, counting what really comes out.

        Raises:
            UnreadableWorkbookError: ``too-large`` once it exceeds the limit ``most``, or all parts together
                theirs; ``damaged`` when the part is missing, torn, or (``xml``) does not start as plain XML
                does.
        """
        entry = self._entries.get(_folded(name))
        if entry is None:
            raise damaged()
        produced = 0
        for piece in self._unpacked(entry):
            if xml and not produced and not PROLOG.match(piece):
                raise damaged()
            produced += len(piece)
            if produced > getattr(self.limits, most):
                raise too_large(what=most, limit=getattr(self.limits, most), found=produced)
            if produced > self._sizes.get(entry.filename, 0):
                self._total += produced - self._sizes.get(entry.filename, 0)
                self._sizes[entry.filename] = produced
                checked(self._total, self.limits)
            yield piece
        self._complete.add(entry.filename)

    def size(self, name: str) -> int:
        """Return how many bytes the part ``name`` has, the limit where it was not read to the end."""
        entry = self._entries.get(_folded(name))
        if entry is None or entry.filename not in self._complete:
            return self.limits.unpacked
        return self._sizes.get(entry.filename, 0)

    def count_rest(self, *, besides: Collection[str] = ()) -> None:
        """Make sure that the parts not yet read to the end are within the bound; raises as `stream` does.

        They are unpacked only where their packed size leaves it open; of XML the start is looked at in any
        case. Left out are the parts ``besides``: sheets that no reader is going to unpack.
        """
        left_out = {_folded(name) for name in besides}
        rest = {
            name: entry
            for name, entry in self._entries.items()
            if entry.filename not in self._complete and name not in left_out
        }
        most = self._total + DENSEST * sum(entry.compress_size for entry in rest.values())
        for name, entry in rest.items():
            xml = name.startswith("xl/") and name.endswith(".xml")
            if most > self.limits.unpacked:
                for _ in self.stream(name, xml=xml):
                    pass
            elif xml and not PROLOG.match(next(self._unpacked(entry, GLANCE), b"")):
                next(self.stream(name), None)

    def _unpacked(self, entry: zipfile.ZipInfo, size: int = PIECE) -> Iterator[bytes]:
        header = self.data[entry.header_offset : entry.header_offset + LOCAL_HEADER]
        if len(header) < LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
            raise damaged()
        start = entry.header_offset + LOCAL_HEADER + sum(struct.unpack_from("<HH", header, 26))
        packed = self.data[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            yield from (packed[at : at + size] for at in range(0, len(packed), size))
        elif entry.compress_type == zipfile.ZIP_DEFLATED:
            yield from _inflated(packed, size)
        else:
            raise damaged()


def _inflated(packed: bytes, size: int) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while not inflate.eof:
            piece = inflate.decompress(packed, size)
            packed = inflate.unconsumed_tail
            if piece:
                yield piece
            elif not inflate.eof:
                raise damaged()
    except zlib.error as error:
        raise damaged() from error


@lru_cache(maxsize=256)
def _relations(folder: str, content: bytes) -> Mapping[str, Relation]:
    """Read the relationships of a part in ``folder``: the same in all workbooks of one writer."""
    found: dict[str, Relation] = {}
    for tag in tags(content, b"Relationship"):
        values = attributes(tag)
        if values.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, values.get("Target", "")))
            kind = values.get("Type", "").rpartition("/")[2]
            found[values.get("Id", "")] = Relation(kind, target.lstrip("/"))
    return found


def zipped(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Return a zip file of ``parts``, in their order; equal parts give equal bytes on every system."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system = compression, 0
            archive.writestr(entry, content)
    return memory.getvalue()


def tags(content: bytes, name: bytes) -> list[bytes]:
    """Return the start tags of the elements ``name``, whatever their namespace prefix."""
    return re.findall(rb"<(?:[\w.-]+:)?" + name + rb"(?=[\s/>])[^<>]*>", content)


def attributes(tag: bytes) -> dict[str, str]:
    """Return the attributes of a start tag, by their names as written."""
    pairs = _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))
    return {key: unescaped(double or single) for key, double, single in pairs}


def unescaped(text: str) -> str:
    """Return ``text`` with XML's own and numeric character references replaced."""
    return ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2] or 0)
    if match[3]:
        return NAMED[match[3]]
    return chr(code) if 0 < code <= 0x10FFFF else ""  # noqa: PLR2004 - the end of Unicode


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
