"""XML changed where it hurts: tags, attributes, values, texts, encodings, nesting."""

import re
from random import Random
from typing import Final

from tests.hostile import texts

TAG: Final = re.compile(rb"<[^<>]*>")
ATTRIBUTE: Final = re.compile(rb"""\s([\w:.-]+)\s*=\s*"([^"]*)\"""")
VALUES: Final = (
    b"", b" ", b"0", b"-1", b"1", b"2", b"255", b"65536", b"1048576", b"1048577", b"16384", b"16385",
    b"2147483647", b"2147483648", b"4294967295", b"4294967296", b"99999999999999999999999", b"1e999", b"NaN",
    b"-0.0", b"0x10", b"true", b"A0", b"A1", b"a1", b"XFE1", b"XFD1048576", b"A1:XFD1048576", b"$A$1", b"A:A",
    b"1:1", b"B2:A1", b"ZZZZZZ9", b"A1 B2", b"s", b"e", b"str", b"inlineStr", b"d", b"b", b"z", b"rId1",
    b"rId999",
    b"../../../etc/passwd", b"/xl/workbook.xml", b"http://x.vn/", b"External", b"veryHidden", b"hidden",
    b"&#xD800;", b"&#0;", b"&#x110000;", b"&#99999999999;", b"&amp;&lt;", b"&quot;", b"&x;", b"_xD83D_",
    b"=1+1", b"[red]", b"\x1b[2J", b"A" * 40_000, b"A1:B2 " * 5_000, b"\xff\xfe", "Đơn vị".encode(),
)  # fmt: skip
"""What an attribute may say instead."""


def changed(xml: bytes, random: Random) -> bytes:
    """Return XML with a few changes, most of them well formed."""
    for _ in range(random.choice((1, 1, 1, 2, 4, 9))):
        tags = list(TAG.finditer(xml))
        if not tags:
            return xml + b"<"
        xml = _change(xml, tags, random)
    return xml


def _change(xml: bytes, tags: list[re.Match[bytes]], random: Random) -> bytes:  # noqa: C901, PLR0911 (a way, a return)
    tag = random.choice(tags)
    way = random.randrange(16)
    attributes = list(ATTRIBUTE.finditer(tag[0]))
    if way < 6 and attributes:
        one = random.choice(attributes)
        start, end = tag.start() + one.start(2), tag.start() + one.end(2)
        return xml[:start] + random.choice(VALUES) + xml[end:]
    if way == 6 and attributes:
        one = random.choice(attributes)
        gone = random.random() < 0.5
        kept = b"" if gone else one[0] * 2
        return xml[: tag.start() + one.start()] + kept + xml[tag.start() + one.end() :]
    if way == 7:
        return xml[: tag.start()] + xml[tag.end() :]
    if way == 8:
        return xml[: tag.end()] + tag[0] + xml[tag.end() :]
    if way == 9:
        return xml[: tag.start()] + random.choice(tags)[0] + xml[tag.end() :]
    if way == 10:
        return xml[: random.randrange(len(xml))]
    if way == 11:
        return xml[: tag.end()] + texts.text(random).encode("utf-8", "surrogatepass") + xml[tag.end() :]
    if way == 12:
        inner = random.choice((b"<![CDATA[]]>", b"<!-- -->", b"<?a?>", b"<a/>", b"&#10;", b"\0", b"&lt;"))
        return xml[: tag.end()] + inner + xml[tag.end() :]
    if way == 13:
        other = random.choice(tags)
        start, end = sorted((tag.start(), other.end()))
        piece = xml[start:end][:20_000]
        return xml[:end] + piece + xml[end:]
    if way == 14:
        other = random.choice(tags)
        start, end = sorted((tag.end(), other.start()))
        return xml[:start] + xml[end:]
    return _recoded(xml, random)


def _recoded(xml: bytes, random: Random) -> bytes:
    """Return the part in another encoding, honestly named or not."""
    text = xml.decode("utf-8", "replace")
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    way = random.randrange(6)
    if way == 0:
        return ('<?xml version="1.0" encoding="UTF-16"?>' + body).encode("utf-16")
    if way == 1:
        return body.encode("utf-16-le")
    if way == 2:
        return ('<?xml version="1.0" encoding="windows-1258"?>' + body).encode("cp1258", "xmlcharrefreplace")
    if way == 3:
        return ('<?xml version="1.0" encoding="UTF-7"?>' + body).encode()
    if way == 4:
        return ('<?xml version="1.1"?>' + body).encode("utf-8-sig")
    return body.encode("utf-32")


LAUGHS: Final = (
    '<!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
"""A milliard of letters, once somebody expands the last of these entities."""
OUTSIDE: Final = (
    '<!DOCTYPE a [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]>',
    f'<!DOCTYPE a [<!ENTITY a9 "{"a" * 100_000}">]>',
)


def with_entities(xml: bytes, random: Random) -> bytes:
    """Return XML with a document type before its root, and entities in its texts and values."""
    declared = random.choice((LAUGHS, *OUTSIDE))
    text = xml.decode("utf-8", "replace")
    head = re.match(r"(?:\ufeff)?\s*(?:<\?xml[^>]*\?>)?", text)
    at = head.end() if head else 0
    body = text[at:]
    spaces = random.choice(("", "\n", "<!-- <a> -->", "<?a <b?>", " " * 70_000))
    used = re.sub(r">([^<>]+)<", ">&a9;<", body, count=random.choice((1, 1_000)))
    used = used if random.random() < 0.7 else re.sub(r'="[^"]*"', '="&a9;"', used, count=3)
    made = text[:at] + spaces + declared + used
    if random.random() < 0.3:
        return made.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    return made.encode("utf-8", "surrogatepass")


def nested(xml: bytes, random: Random) -> bytes:
    """Return XML with an element within itself very often."""
    depth = random.choice((300, 5_000, 200_000))
    tags = [tag for tag in TAG.finditer(xml) if not tag[0].startswith((b"</", b"<?", b"<!"))]
    tag = random.choice(tags)
    name = re.split(rb"[\s/>]", tag[0][1:])[0]
    open_tag = tag[0].removesuffix(b"/>").removesuffix(b">") + b">" if len(tag[0]) < 200 else b"<%b>" % name
    whole = open_tag * depth + (b"</%b>" % name) * depth
    return xml[: tag.start()] + (whole if random.random() < 0.7 else open_tag * depth) + xml[tag.start() :]
