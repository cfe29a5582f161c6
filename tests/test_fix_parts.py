"""What the buttons that fix and undo are put together from, without an office."""

from datetime import datetime

import pytest

from papi_xl import fix_log
from papi_xl.fix_log import Entry, Old, Run
from papi_xl.fixes import Change
from papi_xl.live import fix_preview, pieces
from papi_xl.live.pieces import Piece
from papi_xl.live.typed import as_text
from papi_xl.text import tidy

PLAIN, BOLD = ("Arial", False), ("Arial", True)


@pytest.mark.parametrize(
    ("text", "written", "in_text_cell"),
    [
        ("Hoàn thành", "Hoàn thành", "Hoàn thành"),
        ("1-2", "'1-2", "1-2"),
        ("3.10.", "'3.10.", "3.10."),
        ("=1+1", "'=1+1", "'=1+1"),
        ("'quoted", "''quoted", "''quoted"),
        ("- gạch", "'- gạch", "- gạch"),
        ("#N/A", "'#N/A", "#N/A"),
        ("true", "'true", "true"),
        (" =A", "' =A", " =A"),
        ("＝A", "'＝A", "＝A"),
        ("", "", ""),
    ],
)
def test_a_text_is_written_so_that_it_stays_one(text: str, written: str, in_text_cell: str) -> None:
    assert (as_text(text, is_text=False), as_text(text, is_text=True)) == (written, in_text_cell)


def test_looks_move_onto_the_new_text() -> None:
    """Letters keep their look where others go or are joined with their accents."""
    old = (Piece("Trồng  ", PLAIN), Piece("ca\u0302\u0301y", BOLD), Piece("\u00a0xanh ", PLAIN))
    assert pieces.onto(old, "Trồng cấy xanh") == (
        Piece("Trồng ", PLAIN), Piece("cấy", BOLD), Piece(" xanh", PLAIN),
    )  # fmt: skip
    assert pieces.onto((Piece("a", BOLD),), "") == ()
    text = "Ho\u0323p phu\u0323 huynh "
    assert pieces.onto((Piece(text, BOLD),), tidy(text)) == (Piece("Họp phụ huynh", BOLD),)
    link = Piece("xem  đây", PLAIN, "https://example.vn")
    assert pieces.onto((link,), "xem đây") == (Piece("xem đây", PLAIN, "https://example.vn"),)


def test_fonts_of_a_text() -> None:
    """They are counted in UTF-16 code units, as in workbooks; no look of its own is one of the font alone."""
    mixed = (Piece("B¶ng", (".VnTime", True)), Piece(" 𝛼", ("Arial", True)), Piece("!", ("Arial", False)))
    assert pieces.runs(mixed) == (Run(4, ".VnTime"), Run(4, "Arial"))
    assert pieces.runs(mixed[1:]) == ()
    one = pieces.in_font(mixed, "Times New Roman")
    assert one == (Piece("B¶ng 𝛼", ("Times New Roman", True)), Piece("!", ("Times New Roman", False)))
    assert pieces.in_fonts(one, pieces.runs(mixed)) == mixed
    assert pieces.in_fonts((Piece("ab", ()),), (Run(1, "Arial"),)) == (Piece("a", ("Arial",)), Piece("b", ()))


def test_the_question_before_an_undo_fits_a_message_box() -> None:
    """Long values are cut, and as many cells named as there is room for."""
    change = Change("Nhiệm vụ", 12, 2, ("text-legacy-font",), "Häp " * 50, "Họp " * 50)
    other = Change("Thông tin", 4, 2, ("number-not-text",), "1.1", "1.1.")
    entries = tuple(
        Entry(1, datetime(2026, 11, 23, 14, 30), one, Old("x")) for one in [change] * 40 + [other] * 9
    )
    undo = fix_log.Undo(back=entries, changed_since=entries[::-1], rest=())
    for lang in ("vi", "en"):
        asked = fix_preview.undo_question(undo, "Nhiệm vụ", lang)
        assert len(asked) <= fix_preview.MOST_CHARACTERS
    assert asked.splitlines()[:2] == [
        "49 cell(s) corrected on 23/11/2026 14:30 get their old values back:",
        'B12: "Họp Họp Họp Họp Họp Họp Họp Họp Họp…" → "Häp Häp Häp Häp Häp Häp Häp Häp Häp…"',
    ]
    assert "Thông tin!B4, Thông tin!B4, Thông tin!B4, Thông tin!B4, Thông tin!B4 and 44 more" in asked
