"""Names and codes of units: what is the same, and what is only alike."""

import unicodedata

import pytest

from papi_xl.unit_names import code_key, likeness, name_keys, name_order, plain_code

SAME = [
    ("Trường Mầm non Hoa Sen", "TRƯỜNG MẦM NON HOA SEN"),
    ("Trường Mầm non Hoa Sen", "MN Hoa Sen"),
    ("Trường Mầm non Hoa Sen", "Tr. M.N. Hoa  Sen"),
    ("Trường Mầm non Hoa Sen", "TrMN Hoa Sen"),
    ("Trường Mầm non Hoa Sen", "Mầm non “Hoa Sen”"),
    ("Trường Mầm non Hoa Sen", "TrườngMầmNon HoaSen"),
    ("Trường MN Hòa Bình", "Trường MN Hoà Bình"),
    ("Trường MN Hòa Bình", unicodedata.normalize("NFD", "Trường MN Hòa Bình")),
    ("Trường Mẫu giáo Sao Mai", "MG Sao Mai"),
    ("Trường Tiểu học và THCS Tân Tiến", "TH&THCS Tân Tiến"),
    ("Trường Trung học cơ sở Cửu Cao", "THCS Cửu Cao"),
    ("Trường Trung học phổ thông Văn Giang", "Trường THPT Văn Giang"),
    ("Trường Mầm non Thị trấn Văn Giang", "MN TT Văn Giang"),
    ("Trung tâm Giáo dục thường xuyên Văn Giang", "TT GDTX Văn Giang"),
    ("UBND xã Văn Giang", "Ủy ban nhân dân xã Văn Giang"),
    ("Phòng GD&ĐT Văn Giang", "Phòng Giáo dục và Đào tạo Văn Giang"),
]
LOOSELY_SAME = [
    ("Trường Mầm non Hòa Lạc", "MN Hoa Lạc"),
    ("Trường Mầm non Đình Dù", "truong mam non dinh du"),
]
DIFFERENT = [
    ("Trường Mầm non Hoa Sen", "Trường Mầm non Hoa Hồng"),
    ("MN Tân Tiến A", "MN Tân Tiến B"),
    ("MN Hoa Sen", "TH Hoa Sen"),
    ("MN Hoa Sen", "MG Hoa Sen"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_case_spaces_punctuation_and_abbreviations_do_not_matter(one: str, other: str) -> None:
    assert name_keys(one).tight == name_keys(other).tight


@pytest.mark.parametrize(("one", "other"), LOOSELY_SAME)
def test_accents_matter_to_the_tight_key_only(one: str, other: str) -> None:
    assert name_keys(one).tight != name_keys(other).tight
    assert name_keys(one).loose == name_keys(other).loose


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_units_have_different_keys(one: str, other: str) -> None:
    assert name_keys(one).loose != name_keys(other).loose


@pytest.mark.parametrize("name", ["", "Trường", "Trường Mầm non ……", "MN", "Trường Tiểu học và THCS …"])
def test_a_kind_of_school_is_no_name(name: str) -> None:
    """What the template leaves to be filled in names no unit."""
    assert not name_keys(name).own


def test_keys_of_a_name_by_hand() -> None:
    keys = name_keys("Trường Mầm non Đình Dù")
    assert (keys.tight, keys.loose, keys.words, keys.own) == ("mnđìnhdù", "mndinhdu", "mn dinh du", "dinh du")


def test_a_school_named_after_truong_son_keeps_its_name() -> None:
    assert name_keys("Trường MN Trường Sơn").words == "mn truong son"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12345.0", "12345"), ("'00123", "00123"), (" MN 01 ", "MN 01"), ("", ""), ("-", ""), ("…", ""),
        ("1.50", "1.50"), ("2021.0001", "2021.0001"),
    ],
)  # fmt: skip
def test_a_code_is_taken_as_it_was_meant(text: str, code: str) -> None:
    """Excel's marks go; zeros in front belong to the code."""
    assert plain_code(text) == code


def test_case_and_spaces_of_a_code_do_not_matter() -> None:
    assert code_key("’mn 01") == code_key("MN01") == "mn01"
    assert code_key("0123") != code_key("123")


NAMES = [
    "Trường Mầm non Hoa Sen", "Trường MN Hoa Hồng", "MN Hoa Lan", "MN Tân Tiến A", "MN Tân Tiến B",
    "MG Sao Mai", "MN Nguyễn Trãi", "MN An",
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("MN Hoa Sne", ["Trường Mầm non Hoa Sen"]),
        ("Mần nom Hoa Sen", ["Trường Mầm non Hoa Sen"]),
        ("Hoa Sen", ["Trường Mầm non Hoa Sen"]),
        ("MN Hoa Sen, xã Văn Giang", ["Trường Mầm non Hoa Sen"]),
        ("MN Tân Tiến", ["MN Tân Tiến A", "MN Tân Tiến B"]),
        ("MN Tân Tiến C", ["MN Tân Tiến A", "MN Tân Tiến B"]),
        ("Trường MN Sao Mai", ["MG Sao Mai"]),
        ("MN Nguyên Chãi", ["MN Nguyễn Trãi"]),
        ("MN Hoa", []),
        ("MN Ân Thi", []),
        ("MN Hoa Mai Vàng", []),
        ("MN Em", []),
        ("MN", []),
        ("", []),
    ],
)
def test_names_that_are_only_alike(name: str, near: list[str]) -> None:
    """A slip of a letter, another kind of school, a place added: near. Another flower: not."""
    found = likeness([name_keys(one) for one in NAMES]).near(name_keys(name))
    assert [NAMES[index] for index in found] == near


def test_the_likest_comes_first_and_few_are_named() -> None:
    names = [name_keys(f"MN Long Hưng {number}") for number in range(1, 10)]
    assert likeness(names).near(name_keys("MN Long Hưmg 7")) == (6, 0, 1, 2, 3)
    assert likeness(names).near(name_keys("MN Long Hưng")) == (0, 1, 2, 3, 4)


def test_names_are_ordered_by_letters_then_accents_then_code() -> None:
    units = [
        ("MN Đa Lộc", "2"),
        ("MN Hoa Sen", "2"),
        ("MN Hoa Sen", "1"),
        ("MN Hòa Sen", "0"),
        ("MN Ba Đình", ""),
    ]
    assert sorted(units, key=lambda unit: name_order(*unit)) == [
        ("MN Ba Đình", ""), ("MN Đa Lộc", "2"), ("MN Hoa Sen", "1"), ("MN Hoa Sen", "2"), ("MN Hòa Sen", "0"),
    ]  # fmt: skip
