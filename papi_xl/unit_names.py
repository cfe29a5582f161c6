"""Names and codes of units in the forms in which they are compared."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Final, NamedTuple

from papi_xl.text import is_blank, tidy, unaccented, value_key

MOST_NEAR: Final = 5
"""At most so many names are said to be near another."""

SHORT_FORMS: Final = {
    "mầm non": "mn",
    "mẫu giáo": "mg",
    "nhà trẻ": "nt",
    "tiểu học": "th",
    "trung học cơ sở": "thcs",
    "trung học phổ thông": "thpt",
    "phổ thông cơ sở": "ptcs",
    "phổ thông dân tộc nội trú": "ptdtnt",
    "phổ thông dân tộc bán trú": "ptdtbt",
    "giáo dục thường xuyên": "gdtx",
    "giáo dục nghề nghiệp": "gdnn",
    "giáo dục": "gd",
    "đào tạo": "đt",
    "trung tâm": "tt",
    "thị trấn": "tt",
    "thị xã": "tx",
    "thành phố": "tp",
    "ủy ban nhân dân": "ubnd",
}
"""What people write out or abbreviate; `TT` is either of two, and so they are told apart nowhere."""
KINDS: Final = frozenset(["mn", "mg", "nt", "th", "thcs", "thpt", "ptcs", "ptdtnt", "ptdtbt"])
PLACE_KINDS: Final = frozenset(["xa", "phuong"])

_APOSTROPHES = "'’‘ʼ`"
_EXCEL_NUMBER = re.compile(r"(\d+)\.0+")
_INITIALS = re.compile(r"\b\w(?:\.\w)+\b\.?")
_NOT_WORD = re.compile(r"[\W_]+")
_AND = re.compile(r"\b(mn|mg|nt|th|thcs|gd|gdnn) v[àa]\b")
_FUSED = re.compile(r"\bt(?:r|rg)?(mn|mg|thcs|thpt)\b")
_SCHOOL = re.compile(r"^(?:trường|truong|trg?\b)")
_OLD_TONES = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_NEW_TONES = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_TONES = dict(zip(_OLD_TONES, _NEW_TONES, strict=True))
_TONED = re.compile("|".join(_OLD_TONES))
_LONG_OWN = 9
_SHORT_OWN = 4
_PIECE = 3
_MOST_LOOKED_AT = 2000
_MOST_COMPARED = 16


class NameKeys(NamedTuple):
    """The forms in which a unit's name is compared.

    ``tight`` leaves out case, spaces, punctuation, composition and place of accents, a leading `Trường`, and
    has what is commonly abbreviated in short form; ``loose`` is that without accents, and so is ``words``
    with its spaces. All are empty for a name that says nothing.
    """

    tight: str
    loose: str
    words: str

    @property
    def own(self) -> str:
        """The words less those that only say what kind of school it is."""
        return " ".join(word for word in self.words.split() if word not in KINDS and word not in PLACE_KINDS)


def name_keys(name: str) -> NameKeys:
    """Return the forms in which the name of a unit is compared."""
    text = unicodedata.normalize("NFC", name).casefold()
    text = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", text)
    text = _TONED.sub(lambda found: _TONES[found[0]], _NOT_WORD.sub(" ", text).strip())
    pattern, short = _shortening()
    text = _SCHOOL.sub("", pattern.sub(lambda found: f" {short[found[0].replace(' ', '')]} ", text).strip())
    words = _AND.sub(r"\1", _FUSED.sub(r"\1", " ".join(text.split()))).split()
    joined = " ".join(words)
    bare = joined if joined.isascii() else unaccented(joined)
    return NameKeys("".join(words), bare.replace(" ", ""), bare)


@cache
def _shortening() -> tuple[re.Pattern[str], Mapping[str, str]]:
    forms = SHORT_FORMS | {unaccented(name): unaccented(short) for name, short in SHORT_FORMS.items()}
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    pattern = "|".join(form.replace(" ", " ?") for form in longest_first)
    return re.compile(pattern), {form.replace(" ", ""): short for form, short in forms.items()}


def plain_code(text: str) -> str:
    """Return a unit's code as it was meant: without an apostrophe before it, or the ``.0`` of a number."""
    code = tidy(text).lstrip(_APOSTROPHES).strip()
    found = _EXCEL_NUMBER.fullmatch(code)
    return "" if is_blank(code) else found[1] if found else code


def code_key(text: str) -> str:
    """Return the form in which codes are compared: case and spaces aside."""
    return value_key(plain_code(text))


def may_be_one(name: str, other: str) -> bool:
    """Whether two names may be one unit's: alike but for slips and added words, or one says nothing."""
    one, two = name_keys(name), name_keys(other)
    return not one.own or not two.own or one.loose == two.loose or _slips(one.own, two.own) is not None


def name_order(name: str, code: str) -> tuple[str, str, str]:
    """Return what sorts units by name: the letters, then their accents, then the code."""
    keys = name_keys(name)
    return keys.words, keys.tight, code_key(code)


@dataclass(frozen=True, eq=False, repr=False)
class Likeness:
    """Names prepared for looking up those that another is only like.

    ``owns`` are the distinct names in the form of `NameKeys.own`, ``holders`` the indexes of the names of
    that form, ``pieces`` maps each run of three letters to the indexes in ``owns`` of those that hold it.
    """

    owns: Sequence[str]
    holders: Mapping[str, Sequence[int]]
    pieces: Mapping[str, Sequence[int]]

    def near(self, keys: NameKeys) -> tuple[int, ...]:
        """Return the indexes of names that may be meant by another, the likest first, at most `MOST_NEAR`.

        Near is a name with a slip or two of a letter, of another kind of school, or with words added before
        or after. However many names there are, only a few that share the rarest runs of letters are compared.
        """
        own = keys.own
        told = ((_slips(own, self.owns[at]), at) for at in self._candidates(own))
        ranked = sorted((slips, self.owns[at]) for slips, at in told if slips is not None)
        return tuple(index for _, other in ranked for index in self.holders[other])[:MOST_NEAR]

    def _candidates(self, own: str) -> Sequence[int]:
        rarest_first = sorted((len(self.pieces.get(piece, ())), piece) for piece in _pieces(own))
        shared: Counter[int] = Counter()
        left = _MOST_LOOKED_AT
        for count, piece in rarest_first:
            if count and left:
                shared.update(self.pieces[piece][:left])
                left = max(0, left - count)
        return sorted(shared, key=lambda at: (-shared[at], at))[:_MOST_COMPARED]


def likeness(names: Sequence[NameKeys]) -> Likeness:
    """Return ``names`` prepared for looking up those that another is only like."""
    holders: dict[str, list[int]] = {}
    for index, keys in enumerate(names):
        holders.setdefault(keys.own, []).append(index)
    owns = sorted(own for own in holders if own)
    pieces: dict[str, list[int]] = {}
    for at, own in enumerate(owns):
        for piece in _pieces(own):
            pieces.setdefault(piece, []).append(at)
    return Likeness(owns, holders, pieces)


def _pieces(own: str) -> set[str]:
    text = f"^{own.replace(' ', '')}$" if own else ""
    return {text[start : start + _PIECE] for start in range(len(text) - _PIECE + 1)}


def _slips(own: str, other: str) -> int | None:
    """Return by how many letters two names differ, ``None`` where one is not near the other."""
    one, two = own.replace(" ", ""), other.replace(" ", "")
    short, long = sorted((own, other), key=len)
    apart = abs(len(one) - len(two))
    if " " in short and f" {short} " in f" {long} ":
        return apart
    allowed = (min(len(one), len(two)) >= _SHORT_OWN) + (min(len(one), len(two)) >= _LONG_OWN)
    if apart > allowed:
        return None
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    slips = max(len(one), len(two)) - sum(block.size for block in blocks)
    return slips if slips <= allowed else None
