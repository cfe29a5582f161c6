"""A plan's file, known by its content, as lines and tables."""

from pathlib import Path
from typing import Final

from papi_xl.bounds import OLE_START, Limits, within
from papi_xl.documents import dump, word
from papi_xl.documents.content import Block, UnreadableDocumentError
from papi_xl.errors import UnreadableWorkbookError
from papi_xl.read import ZIP_STARTS, loaded
from papi_xl.reading.ole import Container
from papi_xl.reading.package import Package

DEFAULT: Final = Limits(rows=5_000, cells=1_000_000)
"""More than any plan has; what costs more than its size is bounded so."""
ENCRYPTED: Final = "EncryptedPackage"
TEXTS: Final = frozenset({".txt", ".tsv", ".text", ""})
OTHER_KINDS: Final = (b"%PDF", b"{\\rtf", b"<")
UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
RENAMED: Final = {
    "is-a-folder": "document-is-a-folder", "not-a-workbook": "document-kind", "damaged": "document-damaged",
    "encrypted": "document-encrypted", "too-large": "document-too-large",
}  # fmt: skip
"""Refusals of the readers of workbooks, and what they are called here."""


def read_document(path: Path, limits: Limits = DEFAULT) -> list[Block]:
    """Read the lines and tables of a plan: .docx, or plain text in UTF-8 or UTF-16; it is only ever read.

    Raises:
        UnreadableDocumentError: ``file-missing``, ``no-access``, ``document-is-a-folder``,
            ``document-kind`` (.doc, .pdf, .rtf, .odt and others), ``document-workbook``,
            ``document-encoding``, ``document-damaged``, ``document-encrypted`` or ``document-too-large``.
    """
    try:
        return _read(path, loaded(path, limits), limits)
    except (UnreadableWorkbookError, UnreadableDocumentError) as error:
        code = RENAMED.get(error.code, error.code)
        raise UnreadableDocumentError(code, **{"file": path.name or str(path), **error.values}) from error


def _read(path: Path, data: bytes, limits: Limits) -> list[Block]:
    if data.startswith(OLE_START):
        raise UnreadableDocumentError("encrypted" if ENCRYPTED in Container(data) else "document-kind")
    if data.startswith(ZIP_STARTS):
        package = Package(data, limits)
        if word.is_word(package):
            return word.blocks(package, limits)
        raise UnreadableDocumentError("document-workbook" if package.kind() else "document-kind")
    if data.lstrip().startswith(OTHER_KINDS):
        raise UnreadableDocumentError("document-kind")
    if path.suffix.lower() not in TEXTS:
        raise UnreadableDocumentError(
            "document-damaged" if path.suffix.lower() == ".docx" else "document-kind"
        )
    text = decoded(data)
    within(text.count("\n") + 1, 0, limits)
    tabs = [line.count("\t") for line in text.split("\n")]
    within(len(tabs), len(tabs) * max(tabs), limits)
    return dump.blocks(text)


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with its mark; lines end in a line feed.

    Raises:
        UnreadableDocumentError: ``document-encoding``: another code, or no text at all.
    """
    try:
        text = data.decode("utf-16" if data.startswith(UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError("document-encoding") from error
    if "\0" in text:
        raise UnreadableDocumentError("document-encoding")
    return text.replace("\r\n", "\n").replace("\r", "\n")
