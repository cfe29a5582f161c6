"""Kinds of bad files made from good ones, whatever their format: bytes, names, packaging."""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from papi_xl.reading.ole import contained
from tests.hostile import archives, books, markup, records, seeds
from tests.hostile.archives import MIB, Entry
from tests.hostile.seeds import Seed

Make = Callable[[Random, Seed], bytes]
WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
ZIPS: Final = (".xlsx", ".xlsm", ".xlsb", ".ods", ".docx")
MARKUP: Final = (".xlsx", ".xlsm", ".ods", ".docx")
PACKAGES: Final = (".xlsx", ".xlsm")
ALL: Final = (*WORKBOOKS, ".docx", ".txt")


@dataclass(frozen=True)
class Kind:
    """A kind of bad input: its name for people, what it is made from, how.

    ``times`` is how many cases of it the ordinary tests try: the longer one takes, the fewer.
    """

    name: str
    formats: tuple[str, ...]
    make: Make
    times: int

    @property
    def heavy(self) -> bool:
        """Whether one case takes seconds."""
        return self.times == 1


CHEAP, USUAL, SLOW, HEAVY = 380, 64, 10, 1
FOUND: Final[list[Kind]] = []


def kind(name: str, formats: tuple[str, ...] = PACKAGES, *, times: int = USUAL) -> Callable[[Make], Make]:
    """Register what makes a kind of bad file."""

    def register(make: Make) -> Make:
        FOUND.append(Kind(name, formats, make, times))
        return make

    return register


@kind("empty or nearly so", ALL, times=CHEAP)
def empty(random: Random, seed: Seed) -> bytes:
    """Nothing, or the first few bytes."""
    return seed.data[: random.choice((0, 0, 1, 2, 4, 8, 22, 30))]


@kind("truncated anywhere", ALL, times=CHEAP)
def truncated(random: Random, seed: Seed) -> bytes:
    """The end, the start, or a piece in the middle is missing."""
    first, last = sorted(random.choices(range(len(seed.data)), k=2))
    cuts = (seed.data[:last], seed.data[:-1], seed.data[first:], seed.data[:first] + seed.data[last:])
    return random.choice(cuts)


@kind("bit flips", ALL, times=CHEAP)
def flipped(random: Random, seed: Seed) -> bytes:
    """Some bits are turned over, near the ends most often."""
    made = bytearray(seed.data)
    near = random.choice((len(made), min(len(made), 600)))
    for _ in range(random.choice((1, 3, 10, 100))):
        at = random.randrange(near)
        at = at if random.random() < 0.5 else len(made) - 1 - at
        made[at] ^= 1 << random.randrange(8)
    return bytes(made)


@kind("bit flips inside parts", ZIPS)
def flipped_inside(random: Random, seed: Seed) -> bytes:
    """Bits are turned over in parts before they are packed: every checksum is right."""
    parts = archives.unpacked(seed.data)
    name = random.choice(list(parts))
    made = bytearray(parts[name] or b"<a/>")
    for _ in range(random.choice((1, 3, 30))):
        made[random.randrange(len(made))] ^= 1 << random.randrange(8)
    return archives.packed({**parts, name: bytes(made)})


@kind("random bytes", ALL, times=CHEAP)
def noise(random: Random, seed: Seed) -> bytes:
    """Noise, alone or behind the first bytes of a good file, or in its place from somewhere on."""
    made = random.randbytes(random.choice((10, 1_000, 100_000)))
    start = random.choice((0, 0, 4, 8, 512, len(seed.data) // 2))
    return seed.data[:start] + made


OTHERS: Final = (
    b"%PDF-1.7\n1 0 obj\n", b"{\\rtf1 \\ansi Bi\\'ea\\u7875?u}", b"\x89PNG\r\n\x1a\n", b"MZ\x90\0",
    b"\x7fELF",
    b"<html><table><tr><td>TT</td></tr></table></html>", b"<?xml version='1.0'?><Workbook/>",
    b"TT;Nhi\xe1\n1;a\n",
    b"Rar!\x1a\x07\0", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08\0", b"SQLite format 3\0", b"\0" * 10_000,
    b'ID;PWXL;N;E\nC;Y1;X1;K"TT"\nE\n', b"\x09\x08\x10\0\0\x06\x05\0", b"From: a@x.vn\r\n\r\n",
    b"\xef\xbb\xbf",
    b"\xff\xfeT\0T\0", b"PK\x05\x06" + bytes(18), b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)  # fmt: skip


@kind("wrong type under the right name", ALL, times=CHEAP)
def other_type(random: Random, seed: Seed) -> bytes:
    """A file of another kind: pictures, pages, programs, and the other formats that are read."""
    if random.random() < 0.5:
        return random.choice(OTHERS) + random.choice((b"", bytes(600), seed.data))
    return random.choice([one for one in seeds.small() if one.suffix != seed.suffix]).data


@kind("encrypted", (".xlsx", ".xls", ".xlsb", ".ods", ".docx"), times=CHEAP)
def encrypted(random: Random, seed: Seed) -> bytes:
    """Behind a password, each format in its way."""
    if seed.suffix == ".xls":
        return records.protected(seed.data)
    if seed.suffix == ".ods":
        parts = archives.unpacked(seed.data)
        manifest = parts["META-INF/manifest.xml"]
        parts["META-INF/manifest.xml"] = manifest.replace(
            b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"
        )
        parts["content.xml"] = random.randbytes(3_000)
        return archives.packed(parts)
    if random.random() < 0.5:
        return contained("EncryptedPackage", random.randbytes(9_000))
    entries = [replace(one, flags=one.flags | 1) for one in _entries(seed)]
    return archives.archive(entries)


def _entries(seed: Seed) -> list[Entry]:
    return [archives.entry(name, content) for name, content in archives.unpacked(seed.data).items()]


FILLINGS: Final = (
    b"\0" * MIB, b" " * MIB, b"<a/>" * 2**18, b"<si><t>a</t></si>" * 60_000, b'<row r="9"/>' * 80_000,
    b'<c t="inlineStr"><is><t>a</t></is></c>' * 25_000, b"<row><c><v>1</v></c></row>" * 40_000,
    b"<xf/>" * 200_000, b"<font><name val='.VnTime'/></font>" * 30_000,
    b'<definedName name="a">A1</definedName>' * 26_000,
    b'<Relationship Id="r" Type="x" Target="a"/>' * 24_000, b"a" * MIB, b"<w:p/>" * 170_000,
    b"<!-- -->" * 130_000,
    b"<table:table-row><table:table-cell/></table:table-row>" * 20_000, b"\x07\x0c" + bytes(12) * 80_000,
)  # fmt: skip


@kind("zip bombs: one part", ZIPS, times=HEAVY)
def flat_bomb(random: Random, seed: Seed) -> bytes:
    """A part unpacks to a thousand times its size, within the limit or far beyond it."""
    entries = {one.name: one for one in _entries(seed)}
    name = random.choice(list(entries)).decode()
    content = archives.unpacked(seed.data)[name]
    cut = content.rfind(b"</")
    before, after = (content[:cut], content[cut:]) if cut > 0 and random.random() < 0.8 else (content, b"")
    block = random.choice(FILLINGS)
    times = random.choice((20, 100, 400, 480, 600, 2_000)) * MIB // len(block)
    bomb = archives.repeated(name, before, block, times, after)
    if random.random() < 0.4:
        bomb = replace(bomb, size=random.choice((0, 10, len(content))))
    return archives.archive({**entries, name.encode(): bomb}.values())


@kind("zip bombs: overlapping parts", ZIPS, times=HEAVY)
def overlapping_bomb(random: Random, seed: Seed) -> bytes:
    """Thousands of names lead to the same packed bytes (source: D. Fifield, A better zip bomb, 2019)."""
    bomb = archives.repeated("xl/a.xml", b"<a>", b" " * MIB, random.choice((1, 30)), b"</a>")
    many = random.choice((30, 3_000, 30_000))
    names = [archives.renamed(bomb, f"xl/worksheets/sheet{n}.xml") for n in range(many)]
    if random.random() < 0.5:
        return archives.archive([*names, *_entries(seed)], overlapping=True)
    return archives.archive([*_entries(seed), *names[:200]])


@kind("zip bombs: nested", ZIPS, times=HEAVY)
def nested_bomb(random: Random, seed: Seed) -> bytes:
    """Zip files within zip files."""
    inner = archives.archive([archives.repeated("a", b"", bytes(MIB), 1_000, b"")])
    for _ in range(random.randrange(1, 4)):
        inner = archives.archive([archives.entry(f"{n}.zip", inner) for n in range(10)])
    parts = archives.unpacked(seed.data)
    return archives.packed({**parts, random.choice(("xl/media/a.zip", "a.xlsx", *parts)): inner})


@kind("lying zip directories", ZIPS)
def lying(random: Random, seed: Seed) -> bytes:
    """The directory tells other sizes, methods, flags, sums or places than the parts have."""
    made = bytearray(seed.data)
    for _ in range(random.choice((1, 1, 3))):
        starts = [match.start() for match in re.finditer(rb"PK(?:\x01\x02|\x03\x04)", made[:-46])]
        start = random.choice(starts)
        width, form = random.choice(((2, "<H"), (4, "<I")))
        offset = random.choice((4, 6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 42))
        value = random.choice((*records.EDGES, len(made), start)) & (1 << 8 * width) - 1
        struct.pack_into(form, made, start + offset, value)
    if random.random() < 0.2:
        struct.pack_into(
            "<H", made, len(made) - random.choice((14, 12, 2)), random.choice((0, 1, 9999, 0xFFFF))
        )
    return bytes(made)


@kind("entity expansion and external entities", MARKUP)
def entities(random: Random, seed: Seed) -> bytes:
    """A document type with entities in a part, in whatever encoding."""
    name, parts = _part(random, seed, (".xml", ".rels"))
    return archives.packed({**parts, name: markup.with_entities(parts[name], random)})


def _part(random: Random, seed: Seed, endings: tuple[str, ...]) -> tuple[str, dict[str, bytes]]:
    parts = archives.unpacked(seed.data)
    names = [name for name in parts if name.endswith(endings) and parts[name]]
    return random.choice(names), parts


PATHS: Final = (
    "/etc/passwd", "../../../tmp/papi-xl-escaped", "..\\..\\a", "C:\\Windows\\a", "\\\\may\\chia-se\\a",
    "xl/../../a",
    "/xl/workbook.xml", "xl//workbook.xml", "./xl/workbook.xml", "xl/worksheets/../workbook.xml", "",
    "/", "..",
    "a\0b", "xl/" + "a/" * 500, "a" * 60_000, "con", "xl/sheet\u202e.xml", "é\u0301.xml", "xl/worksheets/",
    "\udcff.xml", "xl/\x1b[2J.xml", "%2e%2e/a", "mimetype", "META-INF/manifest.xml",
)  # fmt: skip


TARGET: Final = re.compile(rb'''\s(?:Target|manifest:full-path)\s*=\s*"([^"]*)"''')


@kind("absolute and climbing part names", ZIPS)
def climbing(random: Random, seed: Seed) -> bytes:
    """Parts, or the relationships to them, are named outside the package."""
    entries = _entries(seed)
    at = random.randrange(len(entries))
    way = random.randrange(3)
    if way == 0:
        entries[at] = archives.renamed(entries[at], random.choice(PATHS))
    elif way == 1:
        entries.append(archives.entry(random.choice(PATHS), b"<a/>"))
    else:
        parts = archives.unpacked(seed.data)
        rels = [name for name in parts if TARGET.search(parts[name])]
        name = random.choice(rels)
        one = random.choice(list(TARGET.finditer(parts[name])))
        path = random.choice(PATHS).encode("utf-8", "surrogateescape").replace(b"\0", b"&#0;")
        content = parts[name][: one.start(1)] + path + parts[name][one.end(1) :]
        return archives.packed({**parts, name: content})
    return archives.archive(entries)


@kind("duplicate and missing parts", ZIPS)
def doubled(random: Random, seed: Seed) -> bytes:
    """A part is there twice (case and slashes aside), not at all, empty, or in another one's place."""
    entries = _entries(seed)
    at = random.randrange(len(entries))
    name = entries[at].name.decode()
    way = random.randrange(6)
    if way == 0:
        spelt = random.choice((name, name.upper(), "/" + name, name.replace("/", "\\")))
        entries.append(archives.renamed(random.choice(entries), spelt))
    elif way == 1:
        del entries[at]
    elif way == 2:
        entries = random.sample(entries, random.randrange(len(entries)))
    elif way == 3:
        entries[at] = archives.entry(name, b"")
    elif way == 4:
        entries[at] = archives.renamed(random.choice(entries), name)
    else:
        entries[at] = archives.entry(name, archives.unpacked(seed.data)[name], archives.STORED)
    return archives.archive(entries)


@kind("wrong content types", (".xlsx", ".xlsm", ".docx"))
def mistyped(random: Random, seed: Seed) -> bytes:
    """Content types or the kinds of relationships are other ones."""
    parts = archives.unpacked(seed.data)
    names = [name for name in parts if name.endswith(".rels")] + ["[Content_Types].xml"] * 3
    name = random.choice([one for one in names if one in parts] or list(parts))
    words = (
        b"worksheet", b"sharedStrings", b"styles", b"officeDocument", b"chartsheet", b"dialogsheet",
        b"macrosheet",
        b"table", b"main+xml", b"template", b"macroEnabled", b"theme", b"sheet", b"document", b"binary",
        b"xml",
        b"externalLink", b"vbaProject", b"hyperlink", b"numbering", b"footnotes",
    )  # fmt: skip
    there = [word for word in words if word in parts[name]] or [b"<"]
    old, new = random.choice(there), random.choice((*words, b"", b"x\x1b"))
    return archives.packed({**parts, name: parts[name].replace(old, new, random.choice((1, 1, 99)))})


@kind("changed markup", MARKUP)
def remarked(random: Random, seed: Seed) -> bytes:
    """Tags, attributes, values and texts of a part are lost, doubled, moved or say something else."""
    name, parts = _part(random, seed, (".xml", ".rels", ".vml"))
    return archives.packed({**parts, name: markup.changed(parts[name], random)})


@kind("deep nesting", MARKUP, times=SLOW)
def deep(random: Random, seed: Seed) -> bytes:
    """An element stands within itself up to two hundred thousand times."""
    name, parts = _part(random, seed, (".xml", ".rels"))
    return archives.packed({**parts, name: markup.nested(parts[name], random)})


@kind("changed records", (".xls", ".xlsb"), times=CHEAP)
def rerecorded(random: Random, seed: Seed) -> bytes:
    """Records of the older formats are lost, doubled, moved, cut or hold other numbers."""
    return records.with_records(seed.data, random)


@kind("changed sectors", (".xls",), times=CHEAP)
def resectored(random: Random, seed: Seed) -> bytes:
    """The compound file's chains of sectors lead elsewhere, round in circles or nowhere."""
    if random.random() < 0.1:
        return records.with_name(
            seed.data, random.choice(("Book", "WordDocument", "x" * 31, "EncryptionInfo"))
        )
    return records.with_sectors(seed.data, random)


REPEATS: Final = (b"table:number-rows-repeated", b"table:number-columns-repeated", b"text:c")


@kind("huge repetition counts", (".ods",), times=SLOW)
def repeated_rows(random: Random, seed: Seed) -> bytes:
    """OpenDocument says by a count how often a row or cell is repeated."""
    parts = archives.unpacked(seed.data)
    content = parts["content.xml"]
    for _ in range(random.choice((1, 3, 20))):
        tags = [
            tag for tag in markup.TAG.finditer(content) if tag[0].startswith((b"<table:table-", b"<text:s"))
        ]
        tag = random.choice(tags)
        count = random.choice((b"1048576", b"16384", b"100000", b"4294967295", b"-1", b"0", b"9999999999"))
        value = b' %b="%b"' % (random.choice(REPEATS), count)
        end = tag.end() - (2 if tag[0].endswith(b"/>") else 1)
        content = content[:end] + value + content[end:]
    return archives.packed({**parts, "content.xml": content})


def parts_of(made: dict[str, bytes]) -> bytes:
    """Return a workbook put together from raw XML as a file."""
    return archives.packed(made)


def plain_table(random: Random, *tasks: list[str]) -> bytes:
    """Return a workbook whose table holds these tasks among good ones."""
    return parts_of(books.book(books.table(random, *tasks)))
