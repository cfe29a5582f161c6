"""Text in the codes of old Vietnamese fonts: what it says, and whether it is in such a code at all.

Such a font draws Vietnamese letters where Windows-1252 has others, so a cell keeps the wrong letters and only
the font's name tells. Sources: TCVN3 is the common part (VN3) of the standard TCVN 5712:1993 as in the GNU C
library's character map `TCVN5712-1`; VNI is the table `VNI-WIN` of UniKey (`ukengine/data.cpp`).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import groupby
from typing import Final, NamedTuple, TypeGuard

from papi_xl.raw import Cell, CellError, RawSheet

Place = tuple[int, int]
"""A cell's row and column."""


class Encoding(StrEnum):
    """A code of old fonts; the letters of a font of capitals are drawn, and so converted, as capitals."""

    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3-capitals"
    VNI = "vni"


class Run(NamedTuple):
    """A piece of a cell's text in one font: the code of that font, ``None`` for Unicode."""

    encoding: Encoding | None
    text: str


_TCVN3_FROM_A1: Final = (
    "ĂÂÊÔƠƯĐăâêôơưđ__" "____àảãáạ_ằẳẵắ_" "______ặầẩẫấậè_ẻẽ"
    "éẹềểễếệìỉ___ĩíịò" "_ỏõóọồổỗốộờởỡớợù" "_ủũúụừửữứựỳỷỹýỵ_"
)  # fmt: skip
"""The letters of the bytes A1-FF, one for each; ``_`` where the fonts have none."""
_TCVN3: Final = {chr(code): letter for code, letter in enumerate(_TCVN3_FROM_A1, 0xA1) if letter != "_"}

_TONES: Final = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_CIRCUMFLEXES: Final = dict(zip("âáàåãä", ["", *_TONES.values()], strict=True))
_BREVES: Final = dict(zip("êéèúüë", ["", *_TONES.values()], strict=True))
_VNI_MARKS: Final = {
    letter: _TONES
    | ({mark: f"\u0302{tone}" for mark, tone in _CIRCUMFLEXES.items()} if letter in "aeo" else {})
    | ({mark: f"\u0306{tone}" for mark, tone in _BREVES.items()} if letter == "a" else {})
    for letter in "aeiouyôö"
}
"""The marks that may follow each letter of VNI, and the accents that they are."""
_VNI_LETTERS: Final = dict(zip("ñôöíìæóòî", "đơưíìỉĩịỵ", strict=True))
"""The letters of VNI that stand for others, or need no mark."""


def _vni() -> dict[str, str]:
    """Return what each sequence of VNI stands for; a capital may have the mark of a small letter."""
    small = dict(_VNI_LETTERS)
    for letter, marks in _VNI_MARKS.items():
        meant = _VNI_LETTERS.get(letter, letter)
        small |= {letter + mark: unicodedata.normalize("NFC", meant + marks[mark]) for mark in marks}
    raised = {way: meant for sequence, meant in small.items() for way in _ways(sequence)}
    return {sequence: meant.upper() if sequence[0].isupper() else meant for sequence, meant in raised.items()}


def _ways(sequence: str) -> set[str]:
    return {sequence, sequence.upper(), sequence.capitalize(), sequence[0] + sequence[1:].upper()}


_VNI: Final = _vni()
_VNI_SEQUENCE: Final = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_BYTES: Final = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
"""What the control points U+0080-U+009F stand for, as which some programs keep the bytes 80-9F."""
_OUTSIDE: Final = re.compile("[^\x00-\xff€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŽžŸ]")
"""What Windows-1252 does not have; text with any of it is Unicode already."""

_CODED: Final = "".join(
    map(re.escape, sorted({char for way in (*_TCVN3, *_VNI) for char in way if char > "\x7f"}))
)
_WORD: Final = re.compile(rf"[A-Za-z{_CODED}]*[{_CODED}][A-Za-z{_CODED}]*")
_SYLLABLE: Final = re.compile(
    r"(?:ngh?|n?h|gh?|[ckptn]h|tr|gi|qu|[bcdđklmnprstvx])?"
    r"(?:(?:iê|yê|uyê|uô|ươ|oa|oă|oe|oo|uâ|uê|uy|[aăâeêioôơuưy])(?:ch|ng|nh|[cmnpt])"
    r"|[aăâ]?[uy]|a[io]|eo|êu|i[au]|iêu|yêu|oai|oay|oeo|oao|[oôơuư]i|ua|uây|uôi|uơ|uya|uyu|ưa|ưu|ươ[iu]"
    r"|oa|oe|uê|uy|[aeêioôơuưy])"
)
"""A Vietnamese syllable, its tone aside."""
_EVERYDAY_WORDS: Final = (
    "biên báo bình chí chính cá các cách cán cáo có công dân dâng giá giác giám giáo gìn góp hình khám khí "
    "không kì kí ký kính lá lãnh lên lí lý mình mùa nhân nhóm nên nông pháp phí phòng quá quán quân quý sách "
    "sáng tháng thân thí thích thông tiên trên trình trí tác tên tình tích tín tính tùy viên vì vùng xây xã "
    "xét xí yêu án ít ông ý"
)
"""Words of plans that read otherwise in an old code, but then say nothing that a plan says."""
_EVERYDAY: Final = frozenset(_EVERYDAY_WORDS.split())
_TONE_MARKS: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def encoding_of_font(name: str) -> Encoding | None:
    """Return the code of the font ``name``, ``None`` for a font with Unicode letters.

    Fonts of TCVN3 begin ``.Vn``, those of them that end in ``H`` have capitals only; fonts of VNI begin
    ``VNI-``; upper and lower case alike.
    """
    folded = name.strip().lower()
    if folded.startswith("vni-"):
        return Encoding.VNI
    if not folded.startswith(".vn"):
        return None
    return Encoding.TCVN3_CAPITALS if folded.endswith("h") else Encoding.TCVN3


def converted(text: str, encoding: Encoding) -> str:
    """Return what ``text`` says in a font of ``encoding``, as composed Unicode; never raises.

    ``text`` holds the code's bytes as the letters of Windows-1252 (or as the control points U+0080-U+009F).
    Text that cannot be in the code is Unicode already and returned as it is: text with a character that
    Windows-1252 lacks, with a letter that the code does not use, or (VNI) with a mark after no letter.
    """
    if _OUTSIDE.search(text):
        return text
    known = text.translate(_BYTES)
    if encoding is Encoding.VNI:
        meant = _VNI_SEQUENCE.sub(lambda match: _VNI[match[0]], known)
        rest = _VNI_SEQUENCE.sub("", known)
    else:
        meant = "".join(_TCVN3.get(char, char) for char in known)
        rest = "".join(char for char in known if char not in _TCVN3)
    if any(char.isalpha() and not char.isascii() for char in rest):
        return text
    return unicodedata.normalize("NFC", meant.upper() if encoding is Encoding.TCVN3_CAPITALS else meant)


def as_meant(sheet: RawSheet, cells: Mapping[Place, Sequence[Run]]) -> RawSheet:
    """Return the sheet with the texts of ``cells`` as they are meant, and what stood there as its ``legacy``.

    ``cells`` are the sheet's texts that are in an old font, in whole or in part, by (row, column).

    Unicode is often typed into cells that kept their old font. So what reads as Vietnamese either way (`Bé`
    is `Bộ` in TCVN3) and plain letters in a font of capitals are converted only where more of the sheet's
    runs are surely in such a code than surely not, and everyday words (`Tháng`) not even there.
    """
    joined = {place: _joined(runs) for place, runs in sorted(cells.items())}
    kinds = Counter(_kind(run) for runs in joined.values() for run in runs if run.encoding)
    mostly = kinds[True] > kinds[False]
    meant = {place: "".join(_read(run, doubtful=mostly) for run in runs) for place, runs in joined.items()}
    kept = {place: "".join(run.text for run in runs) for place, runs in joined.items()}
    other = {place: text for place, text in meant.items() if text != kept[place]}
    return (
        replace(sheet.with_cells(other), legacy={place: kept[place] for place in other}) if other else sheet
    )


def may_hold_any(sheet: RawSheet) -> bool:
    """Whether any of the sheet's texts may be in an old code, whatever its font; where not, none is."""
    texts = {cell for row in sheet.rows for cell in row if isinstance(cell, str) and not cell.isascii()}
    return _is_sure("\n".join(texts))


def is_text(cell: Cell) -> TypeGuard[str]:
    """Whether a cell holds a text, not an error value."""
    return isinstance(cell, str) and not isinstance(cell, CellError)


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Join neighbours in one code: a font may change between a letter and its mark."""
    return [
        Run(encoding, "".join(run.text for run in same))
        for encoding, same in groupby(runs, key=lambda run: run.encoding)
    ]


def _kind(run: Run) -> bool | None:
    """Return whether a run is surely in its font's code, or surely Unicode; ``None`` where it may be both."""
    if run.encoding is None or run.text.isascii():
        return None
    if _OUTSIDE.search(run.text):
        return False
    if converted(run.text, run.encoding) == run.text:
        return False if _unused(run) else None
    return True if _is_sure(run.text) else None


def _unused(run: Run) -> bool:
    """Whether a text that stays as it is does so for a letter that its font's code does not use."""
    same = _TCVN3.get if run.encoding is not Encoding.VNI else _VNI.get
    return any(char.isalpha() and not char.isascii() and same(char) != char for char in run.text)


def _read(run: Run, *, doubtful: bool) -> str:
    if run.encoding is None or not (_kind(run) or (doubtful and not _is_everyday(run.text))):
        return run.text
    return converted(run.text, run.encoding)


def _is_everyday(text: str) -> bool:
    words = _WORD.findall(text)
    return bool(words) and all(word.lower() in _EVERYDAY for word in words)


def _is_sure(text: str) -> bool:
    """Whether a word of ``text`` makes sense in an old code only: as it stands it is no Vietnamese."""
    kept = text.encode("latin-1", "replace").decode("latin-1")
    coded = " ".join(word for word in set(kept.split()) if not word.isascii())
    return any(not _may_be_unicode(word) for word in _WORD.findall(coded))


def _may_be_unicode(word: str) -> bool:
    if len(word) == 1 and not word.isalpha():
        return True
    apart = unicodedata.normalize("NFD", word.lower())
    toneless = unicodedata.normalize("NFC", _TONE_MARKS.sub("", apart))
    return len(_TONE_MARKS.findall(apart)) <= 1 and _SYLLABLE.fullmatch(toneless) is not None
