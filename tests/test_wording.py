"""Every rule and refusal has its words in both languages, and they fill in."""

import re
import string

import pytest

from papi_xl import refusals, returns_words, wording
from papi_xl.cli.words import WORDS
from papi_xl.doctor import words as doctor_words
from papi_xl.errors import UnreadableWorkbookError, UsageError
from papi_xl.install import words as install_words
from papi_xl.rules import RULES
from tests.tables import run
from tests.test_examples import examples

CATALOGUES = {
    "rules": wording.RULES, "refusals": refusals.REFUSALS, "advice": wording.ADVICE, "what": refusals.WHAT,
    "command line": WORDS, "install": install_words.LINES, "install's notes": install_words.NOTES,
    "doctor": doctor_words.REMARKS, "doctor's topics": doctor_words.TOPICS,
    "doctor's ends": doctor_words.ENDS, "returns": returns_words.WORDS,
}  # fmt: skip


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_say_the_same(name: str) -> None:
    """Each text exists in both languages, with the same values in it."""
    for key, (vi, en) in CATALOGUES[name].items():
        assert vi, key
        assert en, key
        assert fields(vi) == fields(en), key


TABLE = """
    @merge D3:D4
    @hide 4
    9. | Chuyển đổi số
    3.1. | Họp | | Trường MN | Trường MN | sớm | xog | 120%
    | Họp | VB | | | 1/6/2021 | Hoàn thành | 50% | -
    #3.1 | «Góp  ý» | VB | !#REF! | | Có hạn | Đang thực hiện
    """


@pytest.mark.parametrize(("lang", "where"), [("vi", "[Bảng!G3] "), ("en", "[Bảng!G3] ")])
def test_a_message_says_where_what_and_what_to_type(lang: str, where: str) -> None:
    (finding,) = [one for one in run(TABLE).findings if one.rule == "status-unknown"]
    text = wording.message(finding, lang)
    assert text.startswith(where)
    assert '"xog"' in text
    assert '"Hoàn thành"' in text


def test_the_message_of_the_contract() -> None:
    """The one message that the contract spells out."""
    rows = "\n".join(f"3.{n}. | Việc {n} | VB | MN | | Quý IV | Đang thực hiện" for n in range(1, 11))
    table = f"@sheet Nhiệm vụ\n{rows}\n3.11. | Họp | VB | MN | | Quý IV | xog"
    (finding,) = [one for one in run(table).findings if one.rule == "status-unknown"]
    assert wording.message(finding, "vi") == (
        '[Nhiệm vụ!G12] Trạng thái "xog" không có trong danh mục. Chọn "Hoàn thành" (gần giống nhất).'
    )


FAILING = [table for rule in RULES for cells, table in examples(rule) if cells]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_message_fills_in(lang: str) -> None:
    """Over the failing examples of all rules, no message is left with a hole or without its cell."""
    findings = [finding for table in FAILING for finding in run(table).findings]
    assert {finding.rule for finding in findings} == {rule.slug for rule in RULES}
    for finding in findings:
        text = wording.message(finding, lang)
        assert not re.search(r"[{}]|None|nan|\(\)", text), text
        assert (finding.cell is None) or f"!{finding.cell}]" in text


def test_long_values_are_shortened_in_messages() -> None:
    long = "x" * 500
    (finding,) = [
        one
        for one in run(f"3.1. | Họp | VB | MN | | {long} | Xong | | a").findings
        if one.rule == "timing-unrecognised"
    ]
    assert len(wording.message(finding, "vi")) < 300
    assert finding.value == long


def test_refusals() -> None:
    error = UnreadableWorkbookError("too-large", file="a.xlsx", what="rows", found=7, limit=5)
    assert refusals.explain(error, "vi").startswith("a.xlsx quá lớn (số dòng nhiệm vụ: 7, giới hạn 5)")
    error2 = UsageError("sheet-unknown", sheet="A", sheets=["B", "C"])
    assert refusals.explain(error2, "en") == 'There is no sheet "A". The sheets are: B, C.'


def test_a_percentage_to_type_is_written_as_the_language_writes_it() -> None:
    result = run("3.1. | Họp | Văn bản | Trường MN | | Thường xuyên | Đang thực hiện | đạt 80,5%")
    (finding,) = [one for one in result.findings if one.rule == "percent-invalid"]
    assert wording.parts(finding, "vi")[1] == 'Gõ "80,5%".'
    assert wording.parts(finding, "en")[1] == 'Type "80.5%".'
    assert finding.fix == "80.5%"
