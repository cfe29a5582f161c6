"""Rows of a sheet made ready beforehand: what they hold comes back, and their XML is what Excel reads."""

import re
from datetime import date, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from papi_xl.writing import cells
from papi_xl.writing.fitting import lines

STYLES = {look: number for number, look in enumerate(cells.LOOKS, start=21)}
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def test_a_row() -> None:
    """Text, number and day in their styles; two lines of size 10 are 2 x 12.8 + 3 points high."""
    made = cells.row(2, cells.text_cell("a & b") + cells.number_cell(3) + cells.day_cell(date(2021, 6, 30)))
    assert cells.finished(made, "", STYLES, 5).decode() == (
        '<row r="5" ht="28.6"><c s="21" t="inlineStr"><is><t>a &amp; b</t></is></c>'
        '<c s="23"><v>3</v></c><c s="25"><v>44377</v></c></row>'
    )


def test_rows_begin_with_the_start_and_are_as_high_as_both_need() -> None:
    start = cells.beginning(3, cells.text_cell("M1", "centre"))
    made = cells.row(1, cells.number_cell(1)) + cells.row(4, cells.number_cell(2))
    assert cells.finished(made, start, STYLES, 8).decode() == (
        '<row r="8" ht="41.4"><c s="22" t="inlineStr"><is><t>M1</t></is></c><c s="23"><v>1</v></c></row>'
        '<row r="9" ht="54.2"><c s="22" t="inlineStr"><is><t>M1</t></is></c><c s="23"><v>2</v></c></row>'
    )


def test_no_rows() -> None:
    assert cells.finished("", "", STYLES, 1) == b""
    assert cells.values("") == []


def test_no_row_is_higher_than_excel_allows() -> None:
    made = cells.row(1000, cells.text_cell("x"))
    assert b' ht="400"' in cells.finished(made, "", STYLES, 1)


def test_moment() -> None:
    """Half past eight is 0.354166… of a day."""
    (row,) = cells.values(cells.row(1, cells.moment_cell(datetime(2021, 7, 5, 8, 30))))
    assert row == [pytest.approx(44382 + 8.5 / 24)]
    assert cells.moment_cell(None) == cells.number_cell(None, "moment")


@given(
    st.lists(st.one_of(st.none(), st.text(), st.floats(allow_nan=False, allow_infinity=False)), min_size=1)
)
def test_what_goes_in_comes_out(row: list[str | float | None]) -> None:
    """Any text but the characters that XML cannot hold; an empty text is an empty cell."""
    made = "".join(cells.text_cell(one) if isinstance(one, str) else cells.number_cell(one) for one in row)
    wanted = [UNWRITABLE.sub("", one) or None if isinstance(one, str) else one for one in row]
    assert cells.values(cells.row(1, made) * 2) == [wanted, wanted]


@given(st.text(min_size=1))
def test_xml_holds_the_text(text: str) -> None:
    """An XML parser and Excel's own escapes (as openpyxl understands them) give the text back."""
    xml = cells.finished(cells.row(1, cells.text_cell(text)), "", STYLES, 1)
    found = "".join(ET.fromstring(xml).itertext())  # noqa: S314 - our own
    assert unescape(found) == UNWRITABLE.sub("", text)


@pytest.mark.parametrize("text", [" a", "a ", "a\nb", "\x1f a"])
def test_spaces_and_line_ends_are_kept(text: str) -> None:
    assert ' xml:space="preserve"' in cells.text_cell(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("nnnn", 1),
        ("nnnn nnn", 2),
        ("nn\nnn\n", 3),
        ("n" * 16, 3),
        ("n nnn-nnnn", 3),
        ("nnnn-nnnn-nn nn", 3),
    ],
)
def test_lines(text: str, count: int) -> None:
    """A column of 61 pixels has room for seven n of size 10, 5.35 points each, and a little more."""
    assert lines(text, 61) == count
