"""What the tests of clicks stand on: tools that are missing are named, pictures are read rightly."""

import struct
import zlib
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.png import png
from tests.screen import Picture, Place, Screen

INK, PAPER = bytes((0x30, 0x20, 0x10, 0)), bytes((0xFF, 0xFF, 0xFF, 0))


def drawn(*lines: str) -> Picture:
    """Return a picture: a hash is a dark pixel, anything else a white one."""
    pixels = (b"".join(INK if one == "#" else PAPER for one in line) for line in lines)
    return Picture(len(lines[0]), tuple(pixels))


def test_missing_tools_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the package that they come from and what installs it; nothing is left out for want of them."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AssertionError, match=r"Missing: Xvfb \(xvfb\), xdotool \(xdotool\)\. bash tests/run"):
        Screen(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_missing_parts_of_libreoffice_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.desk.program", lambda: tmp_path / "program" / "soffice.bin")
    with pytest.raises(AssertionError, match="libreoffice-gtk3, libreoffice-writer, libreoffice-l10n-vi"):
        Desk()


def test_colours_and_texts_of_a_picture() -> None:
    """A mark above a letter belongs to its line, words at a distance are texts of their own."""
    picture = drawn(
        "  #                   ",
        "                      ",
        " ## #              ## ",
        *[" " * 22] * 6,
        " ##                   ",
    )
    assert (picture.colour(1, 2), picture.colour(-1, 2)) == ("#102030", "#FFFFFF")
    assert picture.count("#102030") == 8
    assert picture.texts() == [range(3), range(9, 10)]
    assert picture.words() == [range(1, 5), range(19, 21)]


def test_what_of_a_place_is_on_the_screen() -> None:
    assert Place(-1, 20, 1300, 900).seen() == Place(0, 20, 1280, 880)


def test_a_picture_as_a_file() -> None:
    """A palette in order of use, then the pixels, a line each."""
    content = png(drawn("# ", "  "))
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    parts, at = {}, 8
    while at < len(content):
        (size,) = struct.unpack(">I", content[at : at + 4])
        parts[content[at + 4 : at + 8]] = content[at + 8 : at + 8 + size]
        at += size + 12
    assert parts[b"IHDR"] == struct.pack(">IIBBBBB", 2, 2, 8, 3, 0, 0, 0)
    assert parts[b"PLTE"] == bytes((255, 255, 255, 0x10, 0x20, 0x30))
    assert zlib.decompress(parts[b"IDAT"]) == bytes((0, 1, 0, 0, 0, 0))
