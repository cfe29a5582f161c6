"""What texts in the codes of old Vietnamese fonts say, and which texts are in none."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papi_xl import schema
from papi_xl.domains import DOMAINS
from papi_xl.legacy import Encoding, Run, as_meant, converted, encoding_of_font, may_hold_any
from papi_xl.raw import RawSheet
from papi_xl.vocabulary import STATUS_TERMS
from tests.old_codes import (
    AS_THEY_ARE,
    LETTERS,
    SENTENCES,
    TCVN3_BYTES,
    TCVN3_CAPITALS,
    UNICODE,
    VNI_SEQUENCES,
)

ALL = list("".join(LETTERS.split()))
CODES = [bytes.fromhex(code).decode("cp1252") for code in TCVN3_BYTES.split()]
TCVN3, CAPITALS, VNI = Encoding.TCVN3, Encoding.TCVN3_CAPITALS, Encoding.VNI
TABLES = (
    [(TCVN3, code, letter) for code, letter in zip(CODES, ALL, strict=True)]
    + [(CAPITALS, code, letter.upper()) for code, letter in zip(CODES, ALL, strict=True)]
    + [(TCVN3, bytes.fromhex(code).decode("cp1252"), letter) for code, letter in TCVN3_CAPITALS.items()]
    + [(VNI, code, letter) for code, letter in zip(VNI_SEQUENCES.split(), ALL, strict=True)]
    + [(VNI, code.upper(), letter.upper()) for code, letter in zip(VNI_SEQUENCES.split(), ALL, strict=True)]
)
CORPUS = TABLES + SENTENCES


def test_the_corpus_is_large_enough() -> None:
    assert len(set(CORPUS)) >= 200
    assert len(set(UNICODE + AS_THEY_ARE)) >= 50
    assert len(ALL) == 73


@pytest.mark.parametrize(("code", "text", "meant"), CORPUS)
def test_what_a_text_says(code: Encoding, text: str, meant: str) -> None:
    """Every letter in every tone and both cases, and whole sentences."""
    assert converted(text, code) == meant


@pytest.mark.parametrize("code", Encoding)
@pytest.mark.parametrize("text", UNICODE)
def test_unicode_stays(text: str, code: Encoding) -> None:
    assert converted(text, code) == text


@pytest.mark.parametrize(
    ("font", "code"),
    [
        (".VnTime", TCVN3), (".VnArial", TCVN3), (".VnArial Narrow", TCVN3), (".vntime", TCVN3),
        (".VnTimeH", CAPITALS), (".VnArialH", CAPITALS), (".VnArial NarrowH", CAPITALS),
        (".VNTIMEH", CAPITALS), (" .VnTime ", TCVN3), ("VNI-Times", VNI), ("vni-helve", VNI),
        ("Times New Roman", None), ("Vni", None), ("VnTime", None), ("", None), ("Arial", None),
    ],
)  # fmt: skip
def test_codes_of_fonts(font: str, code: Encoding | None) -> None:
    assert encoding_of_font(font) is code


def test_a_small_letter_takes_a_capital_mark_and_the_other_way() -> None:
    assert converted("AÙ Aù aÙ ÔÛ Ôû", VNI) == "Á Á á Ở Ở"


def test_an_accent_that_the_table_lacks_is_understood() -> None:
    """UniKey writes ị as one character; some programs put a mark on the i."""
    assert converted("thò traán / thiï traán", VNI) == "thị trấn / thị trấn"


@pytest.mark.no_cover
@given(st.text(), st.sampled_from(Encoding))
def test_conversion_never_raises_and_gives_composed_text(text: str, code: Encoding) -> None:
    meant = converted(text, code)
    assert meant == text or unicodedata.is_normalized("NFC", meant)


@pytest.mark.no_cover
@given(st.text(st.characters(max_codepoint=0xFF)), st.sampled_from(Encoding))
def test_bytes_of_any_kind_are_taken(text: str, code: Encoding) -> None:
    assert unicodedata.is_normalized("NFC", converted(text, code))


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_stays_but_for_capitals(text: str) -> None:
    assert converted(text, TCVN3) == converted(text, VNI) == text
    assert converted(text, CAPITALS) == text.upper()


def read(*texts: tuple[Encoding | None, str]) -> list[str]:
    """Return a column of texts, each in a font of a code, as it is meant."""
    sheet = RawSheet("", [[text] for _, text in texts], range(1, len(texts) + 1))
    meant = as_meant(sheet, {(row, 1): [Run(*run)] for row, run in enumerate(texts, start=1)})
    assert {place: text for place, text in meant.legacy.items() if meant.cell(*place) == text} == {}
    return [str(row[0]) for row in meant.rows]


def test_what_may_be_both_follows_the_sheet() -> None:
    """`Bé` is `Bộ` in TCVN3: it is read so only among texts that surely are in that code."""
    assert read((TCVN3, "Bé"), (TCVN3, "Th«ng b¸o")) == ["Bộ", "Thông báo"]
    assert read((TCVN3, "Bé"), (TCVN3, "Thông báo")) == ["Bé", "Thông báo"]
    assert read((TCVN3, "Bé")) == ["Bé"]
    assert read((TCVN3, "Bé"), (TCVN3, "Đã họp"), (TCVN3, "Mầm non"), (TCVN3, "B¸o")) == [
        "Bé", "Đã họp", "Mầm non", "Báo",
    ]  # fmt: skip


def test_everyday_words_in_unicode_stay_among_texts_in_a_code() -> None:
    """`Tháng` would be `Thỏng`, `Góp ý` would be `Gúp ý`, `Phát thanh` would be `Phỏt thanh`."""
    texts = ["Tháng 6/2021", "Góp ý", "Phát thanh", "Liên xã", "Tuyên giáo"]
    assert read((TCVN3, "Th«ng b¸o"), *((TCVN3, text) for text in texts)) == ["Thông báo", *texts]


@pytest.mark.parametrize("code", [TCVN3, VNI])
def test_what_the_template_says_itself_stays_among_texts_in_a_code(code: Encoding) -> None:
    """`Ghi chú` would be `Ghi chỳ`, `Giám sát` would be `Giỏm sỏt`."""
    sides = [text for _, headers in schema.SIDE_TABLES.values() for text in headers]
    own = [*(schema.BY_KEY[key].header for key in schema.KEYS), *schema.SIDE_TABLES, *sides]
    statuses = [term.vi for term in STATUS_TERMS.values()]
    texts = list(map(str, [*own, *statuses, *(one.vi for one in DOMAINS)]))
    sure = "Th«ng b¸o" if code is TCVN3 else "Thoâng baùo"
    assert read(*((code, text) for text in [*[sure] * len(texts), *texts]))[len(texts) :] == texts


def test_plain_letters_in_a_font_of_capitals_follow_the_sheet() -> None:
    assert read((CAPITALS, "stt"), (TCVN3, "Th«ng b¸o")) == ["STT", "Thông báo"]
    assert read((CAPITALS, "stt"), (TCVN3, "Thông báo")) == ["stt", "Thông báo"]


def test_runs_of_one_cell_are_read_each_by_its_font() -> None:
    """A letter and its mark may stand in two pieces; what is Unicode beside them stays."""
    sheet = RawSheet("", [["Họp tröôøng Th¸ng"]], [1])
    runs = [Run(None, "Họp "), Run(VNI, "tröô"), Run(VNI, "øng"), Run(None, " "), Run(TCVN3, "Th¸ng")]
    meant = as_meant(sheet, {(1, 1): runs})
    assert meant.rows == [["Họp trường Tháng"]]
    assert meant.legacy == {(1, 1): "Họp tröôøng Th¸ng"}


def test_a_sheet_without_old_fonts_is_the_same_object() -> None:
    sheet = RawSheet("", [["Thông báo"]], [1])
    assert as_meant(sheet, {}) is sheet


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Th«ng b¸o", True), ("Tröôøng", True), ("Họp Th¸ng 6", True), ("Thông báo", False),
        ("Tháng 6", False), ("Hoà bình", False), ("Quý II", False), ("½ ngày", False), ("25°C", False),
        ("Quyền được khiếu nại, giải đáp thắc mắc, nghiêm túc, huỳnh huỵch, ngoằn ngoèo, khuya khoắt", False),
        ("ương yếu uyển khuỷu tay, quạu, giếng, gìn giữ, kính coong, xoong, quốc, quẹo, hoạch, thuở", False),
    ],
)  # fmt: skip
def test_texts_that_ask_for_a_look_at_fonts(text: str, *, expected: bool) -> None:
    assert may_hold_any(RawSheet("", [[1.0, None, text]], [1])) is expected
