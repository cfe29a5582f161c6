"""Whose a received workbook is, with a list of units and without one."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papi_xl.consolidated import Doubt, Unit
from papi_xl.identify import Owner, identify
from papi_xl.received import Received
from papi_xl.roster import Roster
from tests.received import received, roster

SEN = Unit("01", "Trường Mầm non Hoa Sen")
MAI = Unit("02", "Trường Mầm non Sao Mai")
LAC = Unit("03", "Trường Mầm non Hòa Lạc")
HOA_LAC = Unit("04", "Trường Mầm non Hoa Lạc")
BINH_A = Unit("05", "Trường Mầm non Bình Minh")
BINH_B = Unit("06", "Trường MN Bình Minh")
LISTED = roster(SEN, MAI, LAC, HOA_LAC, BINH_A, BINH_B)


@pytest.mark.parametrize(
    ("code", "name", "unit"),
    [
        ("01", "Trường Mầm non Hoa Sen", SEN),
        ("01", "", SEN),
        (" '01", "MN Hoa Sen", SEN),
        ("1", "Một trường khác", SEN),
        ("001", "", SEN),
        ("01", "Trường Mầm non Hoa Sne", SEN),
        ("01", "Một trường khác", SEN),
        ("", "TRƯỜNG MN HOA SEN", SEN),
        ("", "truong mam non sao mai", MAI),
        ("99", "MN Sao Mai", MAI),
        ("99", "MN Sao Mái", MAI),
        ("", "MN Hòa Lạc", LAC),
        ("", "MN Hoà Lạc", LAC),
        ("", "MN Hoa Lạc", HOA_LAC),
        ("05", "MN Bình Minh", BINH_A),
        ("06", "MN Bình Minh", BINH_B),
        ("03", "MN Hoá Lạc", LAC),
    ],
)
def test_a_unit_of_the_list(code: str, name: str, unit: Unit) -> None:
    """The code decides; without a known one the name, accents and abbreviations aside."""
    (owner,) = identify([received("a.xlsx", name, code)], LISTED).owners
    assert owner.unit is not None
    assert LISTED.units[owner.unit] == unit


def test_zeros_before_a_code() -> None:
    """Excel drops them: the exact code comes first, then the only one that is the same number."""
    listed = roster(Unit("01", "MN A"), Unit("1", "MN B"), Unit("2", "MN C"))
    files = [received("a.xlsx", "", code) for code in ("01", "1", "001", "02", "0")]
    assert [owner.unit for owner in identify(files, listed).owners] == [0, 1, None, 2, None]
    (conflict,) = identify([received("a.xlsx", "MN A", "002")], listed).owners
    assert conflict.doubt is Doubt.CONFLICT


@pytest.mark.parametrize(
    ("code", "name", "doubt", "candidates"),
    [
        ("", "", Doubt.UNNAMED, ()),
        ("-", "…", Doubt.UNNAMED, ()),
        ("", "Trường Mầm non ……", Doubt.UNNAMED, ()),
        ("99", "", Doubt.UNKNOWN, ()),
        ("", "MN Đình Dù", Doubt.UNKNOWN, ()),
        ("", "MN Hoa Sne", Doubt.NEAR, (SEN,)),
        ("99", "MN Hoa Sne", Doubt.NEAR, (SEN,)),
        ("", "MG Sao Mai", Doubt.NEAR, (MAI,)),
        ("", "MN Bình Minh", Doubt.SEVERAL, (BINH_A, BINH_B)),
        ("99", "MN Bình Minh", Doubt.SEVERAL, (BINH_A, BINH_B)),
        ("", "MN Hoá Lạc", Doubt.SEVERAL, (LAC, HOA_LAC)),
        ("01", "MN Sao Mai", Doubt.CONFLICT, (SEN, MAI)),
        ("01", "MN Bình Minh", Doubt.CONFLICT, (SEN, BINH_A, BINH_B)),
        ("03", "MN Hoa Lạc", Doubt.CONFLICT, (LAC, HOA_LAC)),
        ("01", "truong mn sao mai", Doubt.CONFLICT, (SEN, MAI)),
    ],
)
def test_a_doubt_is_said_and_nothing_guessed(
    code: str, name: str, doubt: Doubt, candidates: tuple[Unit, ...]
) -> None:
    (owner,) = identify([received("Truong Mam non Hoa Sen.xlsx", name, code)], LISTED).owners
    assert owner == Owner(None, doubt, candidates)


def test_ten_candidates_at_most() -> None:
    listed = roster(*(Unit(f"{number:02}", "MN Hoa Sen") for number in range(30)))
    (owner,) = identify([received("a.xlsx", "MN Hoa Sen")], listed).owners
    assert [unit.code for unit in owner.candidates] == [f"{number:02}" for number in range(10)]


def test_an_empty_list_knows_nobody() -> None:
    assert identify([received("a.xlsx", "MN Hoa Sen")], Roster(())).owners == (Owner(None, Doubt.UNKNOWN),)


def test_a_unit_listed_by_its_code_alone_is_known_by_it() -> None:
    """A workbook that names nobody is not of the unit without a name."""
    files = [received("a.xlsx", "MN Hoa Sen", "7"), received("b.xlsx")]
    assert identify(files, roster(Unit("7", ""))).owners == (Owner(0), Owner(None, Doubt.UNNAMED))


def formed(*files: tuple[str, str]) -> list[tuple[str, str] | Doubt | None]:
    """Return for each file (code, name), the latest first, its unit or why it has none."""
    found = identify([received(f"{n}.xlsx", name, code) for n, (code, name) in enumerate(files)], None)
    units = [(unit.code, unit.name) for unit in found.units]
    return [owner.doubt if owner.unit is None else units[owner.unit] for owner in found.owners]


def test_files_with_one_code_are_of_one_unit_shown_as_the_latest_names_it() -> None:
    assert formed(("mn 1", "Trường MN Hoa Sen"), ("MN1", "MN Hoa Sen cũ"), ("'MN1", "")) == [
        ("mn 1", "Trường MN Hoa Sen")
    ] * 3  # fmt: skip


def test_the_name_is_that_of_the_latest_file_that_has_one() -> None:
    assert formed(("1", ""), ("1", "MN A"), ("1", "MN B")) == [("1", "MN A")] * 3


def test_different_codes_are_different_units_whatever_their_names() -> None:
    assert formed(("1", "MN Hoa Sen"), ("2", "MN Hoa Sen")) == [("1", "MN Hoa Sen"), ("2", "MN Hoa Sen")]


def test_a_file_without_code_is_of_the_only_unit_of_its_name() -> None:
    assert (
        formed(("", "Trường Mầm non Hoa Sen"), ("1", "MN Hoa Sen")) == [("1", "Trường Mầm non Hoa Sen")] * 2
    )


def test_a_file_without_code_may_be_of_several_units() -> None:
    assert formed(("", "MN Hoa Sen"), ("1", "MN Hoa Sen"), ("2", "MN Hoa Sen")) == [
        Doubt.SEVERAL, ("1", "MN Hoa Sen"), ("2", "MN Hoa Sen"),
    ]  # fmt: skip


def test_without_any_code_the_names_make_the_units() -> None:
    assert formed(("", "MN Hoa Sen"), ("", "TRƯỜNG MẦM NON HOA SEN"), ("", "MN Hoa Hồng"), ("", "MN")) == [
        ("", "MN Hoa Sen"), ("", "MN Hoa Sen"), ("", "MN Hoa Hồng"), Doubt.UNNAMED,
    ]  # fmt: skip


def test_a_name_typed_without_accents_is_that_with_them() -> None:
    assert formed(("", "MN Dinh Du"), ("", "MN Đình Dù")) == [("", "MN Dinh Du")] * 2
    assert formed(("1", "MN Dinh Du"), ("", "MN Đình Dù")) == [("1", "MN Dinh Du")] * 2


def test_names_with_different_accents_are_different_units() -> None:
    """Which of them is meant where accents are missing cannot be told."""
    assert formed(("", "MN Hòa Lạc"), ("", "MN Hoa Lạc"), ("", "MN Hoa Lac"), ("7", "MN Hoà Lạc")) == [
        ("7", "MN Hòa Lạc"), ("", "MN Hoa Lạc"), Doubt.SEVERAL, ("7", "MN Hòa Lạc"),
    ]  # fmt: skip


def test_units_stand_in_the_order_of_their_names() -> None:
    files = [received("1", "MN Hoa Sen"), received("2", "MN Đa Lộc"), received("3", "MN An Vĩ", "9")]
    assert [unit.name for unit in identify(files, None).units] == ["MN An Vĩ", "MN Đa Lộc", "MN Hoa Sen"]


def test_candidates_of_files_that_form_the_units() -> None:
    files = [received("1", "MN Sen"), received("2", "MN Sen", "2"), received("3", "MN Sen", "1")]
    found = identify(files, None)
    assert found.owners[0].candidates == (Unit("1", "MN Sen"), Unit("2", "MN Sen"))


SAID = st.tuples(
    st.sampled_from(["", "1", "2", " '1", "3.0", "-"]),
    st.sampled_from(
        ["", "MN Hòa Lạc", "MN Hoa Lạc", "MN Hoa Lac", "TrMN Hoà Lạc", "MN", "MN Sen", "MG Sen", "MN Sén"]
    ),
)


@pytest.mark.no_cover
@settings(deadline=None)
@given(said=st.lists(SAID, max_size=8), listed=st.sampled_from([None, LISTED]), data=st.data())
def test_which_files_are_of_one_unit_does_not_depend_on_their_order(
    said: Sequence[tuple[str, str]], listed: Roster | None, data: st.DataObject
) -> None:
    """Only how a unit without a list is shown depends on which of its files is the latest."""
    files = [received(f"{number}", name, code) for number, (code, name) in enumerate(said)]
    assert parted(data.draw(st.permutations(files)), listed) == parted(files, listed)


def parted(files: Sequence[Received], listed: Roster | None) -> tuple[set[frozenset[str]], dict[str, Doubt]]:
    """Return the paths of the files of each unit, and the doubts by path."""
    owners = identify(files, listed).owners
    paths: dict[int, set[str]] = {}
    doubts: dict[str, Doubt] = {}
    for one, owner in zip(files, owners, strict=True):
        assert (owner.unit is None) == (owner.doubt is not None)
        if owner.unit is not None:
            paths.setdefault(owner.unit, set()).add(one.source.path)
        elif owner.doubt is not None:
            doubts[one.source.path] = owner.doubt
    return set(map(frozenset, paths.values())), doubts
