"""Mail drafts as .eml files: the user's mail program opens one, the user looks at it and sends it.

Sources: RFC 5322 (addresses, lines), RFC 2045 to 2047 (parts, words beyond ASCII); the header ``X-Unsent``
says that a message is still being written (Microsoft's documentation of CDO, field ``x-unsent``).
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from papi_xl.text import numbered, slug, unaccented

STEM_ROOM: Final = 80
"""Characters of an attachment's name before its ending."""
ENDING_ROOM: Final = 8
ADDRESS_ROOM: Final = 254
LOCAL_PART_ROOM: Final = 64

_TYPES: Final = {".xlsx": "vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_ANY_TYPE: Final = "octet-stream"
_LINES: Final = compat32.clone(linesep="\r\n")
# The newer policies drop spaces where a long subject is folded between encoded words.

_BETWEEN_ADDRESSES: Final = re.compile(r"[,;\r\n]+")
_BESIDE_A_NAME: Final = re.compile(r"[^<>]*<([^<>]*)>")
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NOT_IN_ENDING: Final = re.compile(r"[^a-z0-9]+")
_LINK: Final = re.compile(r"(?i)(?<=:)(?=//)|(?<=\bwww\.)(?=\S)|(?<=\bmailto:)(?=\S)|(?<=\\)(?=\\)")


class Attachment(NamedTuple):
    """A file that goes with a mail; the name's ending says what it is."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Draft:
    """A mail that is not sent yet.

    ``to`` is as people write it: one address or several, parted by ``,``, ``;`` or lines, with or without
    names. ``subject`` and ``body`` are plain text.
    """

    to: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()


class Recipients(NamedTuple):
    """The addresses that a mail can go to, each once, and the texts that are no address."""

    addresses: tuple[str, ...]
    left_out: tuple[str, ...]


def recipients(to: str) -> Recipients:
    """Return the addresses in ``to``, plain ASCII ones only, without the names beside them."""
    addresses: dict[str, str] = {}
    left_out = []
    for text in filter(None, (piece.strip() for piece in _BETWEEN_ADDRESSES.split(to))):
        named = _BESIDE_A_NAME.fullmatch(text)
        address = named[1].strip() if named else text
        if _is_address(address):
            addresses.setdefault(address.casefold(), address)
        else:
            left_out.append(one_line(text))
    return Recipients(tuple(addresses.values()), tuple(left_out))


def eml_bytes(draft: Draft) -> bytes:
    """Return ``draft`` as an .eml file; equal drafts give equal bytes.

    What is no address is left out of ``To``, and without any there is none (see `recipients`). The subject
    becomes one line; attachments get short ASCII names. There is no date, sender or message number: the
    mail program puts them in when the mail is sent.
    """
    message = _message(draft)
    message["X-Unsent"] = "1"
    if addresses := recipients(draft.to).addresses:
        message["To"] = ", ".join(addresses)
    subject = Header(one_line(draft.subject), "utf-8", header_name="Subject")
    message["Subject"] = subject  # type: ignore[assignment]  # the older policies take it, typeshed's do not
    return message.as_bytes(policy=_LINES)


def body_text(draft: Draft) -> str:
    """Return the body with the line ends of a mail, without what is not seen."""
    lines = [_seen(line.expandtabs()) for line in draft.body.splitlines()]
    return "".join(f"{line}\r\n" for line in lines)


def file_names(draft: Draft) -> list[str]:
    """Return the names of the attachments: short, ASCII, no two the same."""
    paths = [PurePosixPath(unaccented(one_line(attachment.name))) for attachment in draft.attachments]
    endings = [_NOT_IN_ENDING.sub("", path.suffix.lower())[:ENDING_ROOM] for path in paths]
    stems = numbered([_stem(path.stem) or "tep" for path in paths])
    return [f"{stem}.{ending}" if ending else stem for stem, ending in zip(stems, endings, strict=True)]


def one_line(text: str) -> str:
    """Return ``text`` as one line without what is not seen: control characters, marks of direction."""
    return " ".join(_seen(" ".join(text.split())).split())


def unlinked(text: str) -> str:
    """Return ``text`` with a space in what a mail program would show as a link: ``http: //…``, ``www. …``."""
    return _LINK.sub(" ", text)


def _message(draft: Draft) -> Message:
    """Return the body, with the attachments after it where there are any."""
    body = MIMEText(body_text(draft), "plain", "utf-8")
    if not draft.attachments:
        return body
    whole = MIMEMultipart(boundary=_boundary(draft))
    whole.attach(body)
    for name, attachment in zip(file_names(draft), draft.attachments, strict=True):
        subtype = _TYPES.get(PurePosixPath(name).suffix, _ANY_TYPE)
        part = MIMEApplication(attachment.content, subtype, name=name)
        part.add_header("Content-Disposition", "attachment", filename=name)
        whole.attach(part)
    return whole


def _boundary(draft: Draft) -> str:
    """Return a boundary made from what it parts; ``=_`` occurs in no encoded part (RFC 2045, 6.7)."""
    digest = hashlib.sha256(draft.body.encode("utf-8", "replace"))
    for attachment in draft.attachments:
        digest.update(hashlib.sha256(attachment.content).digest())
    return f"=_{digest.hexdigest()[:32]}"


def _stem(text: str) -> str:
    return "_".join(filter(None, (slug(part, STEM_ROOM) for part in text.split("_"))))[:STEM_ROOM]


def _seen(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) not in _UNSEEN)


def _is_address(text: str) -> bool:
    local, _, _ = text.partition("@")
    within = len(text) <= ADDRESS_ROOM and len(local) <= LOCAL_PART_ROOM
    return within and _ADDRESS.fullmatch(text) is not None
