"""A screen of the tests' own: Xvfb, which nobody looks at, with a mouse and a keyboard, and its pixels."""

import os
import shutil
import struct
import subprocess
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest

T = TypeVar("T")

SIZE = (1280, 900)
PATIENCE = 60.0
POLL, MOMENT = 0.05, 0.1
TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
"""What is run, and the Debian package it comes from."""


class Place(NamedTuple):
    """A rectangle on the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """Where a click hits it."""
        return self.x + self.width // 2, self.y + self.height // 2

    def seen(self) -> "Place":
        """Return what of it is on the screen."""
        left, top = max(self.x, 0), max(self.y, 0)
        right, bottom = min(self.x + self.width, SIZE[0]), min(self.y + self.height, SIZE[1])
        return Place(left, top, max(right - left, 0), max(bottom - top, 0))

    def without(self, edge: int) -> "Place":
        """Return it without so many pixels at the left and at the right."""
        return self._replace(x=self.x + edge, width=self.width - 2 * edge)

    def lines(self, line: range) -> "Place":
        """Return some of its lines of pixels, counted from its top."""
        return self._replace(y=self.y + line.start, height=len(line))

    def columns(self, column: range) -> "Place":
        """Return some of its columns of pixels, counted from its left."""
        return self._replace(x=self.x + column.start, width=len(column))


WHOLE = Place(0, 0, *SIZE)


class Picture(NamedTuple):
    """What a part of the screen showed: four bytes a pixel, blue, green, red and nothing."""

    width: int
    lines: tuple[bytes, ...]

    def colour(self, x: int, y: int) -> str:
        """Return the colour of a pixel, such as ``#E57373``; a negative ``x`` counts from the right."""
        start = 4 * (x % self.width)
        blue, green, red = self.lines[y][start : start + 3]
        return f"#{red:02X}{green:02X}{blue:02X}"

    def count(self, colour: str) -> int:
        """Return how many pixels have a colour."""
        wanted = bytes.fromhex(colour[1:])[::-1]
        return sum(line[at : at + 3] == wanted for line in self.lines for at in range(0, len(line), 4))

    def texts(self) -> list[range]:
        """Return the lines of pixels that each line of dark text on a light ground takes up."""
        return runs([min(line[1::4], default=DARK) < DARK for line in self.lines], MARK)

    def words(self) -> list[range]:
        """Return the columns of pixels that each of the texts standing side by side takes up."""
        columns = zip(*(line[1::4] for line in self.lines), strict=True)
        return runs([min(column) < DARK for column in columns], SPACE)


DARK = 0x80
"""Green of a pixel of text."""
MARK, SPACE = 4, 10
"""Pixels between a letter and its mark above or below, and within a text of several words."""


def runs(dark: list[bool], gap: int) -> list[range]:
    """Return where something is dark; what is no more than ``gap`` apart belongs together."""
    found: list[range] = []
    for kind, numbers in groupby(range(len(dark)), dark.__getitem__):
        first, *rest = numbers
        if kind:
            run = range(first, first + len(rest) + 1)
            if found and run.start - found[-1].stop <= gap:
                run = range(found.pop().start, run.stop)
            found.append(run)
    return found


class Screen:
    """A screen with a display number of its own.

    Args:
        folder: Where its pixels are kept, an empty folder.
    """

    def __init__(self, folder: Path) -> None:
        """Start it; fails where a tool is missing."""
        missing = [f"{tool} ({package})" for tool, package in TOOLS.items() if not shutil.which(tool)]
        assert not missing, f"Missing: {', '.join(missing)}. bash tests/run installs it"
        reader, writer = os.pipe()
        width, height = SIZE
        self._memory = folder / "Xvfb_screen0"
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-nolisten", "tcp", "-noreset", "-nocursor",
             "-fbdir", str(folder), "-screen", "0", f"{width}x{height}x24"],
            pass_fds=[writer], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        assert number, f"Xvfb ended at once (exit code {self._server.wait()})"
        self.display = f":{number}"
        self.locks = [Path(f"/tmp/.X{number}-lock"), Path(f"/tmp/.X11-unix/X{number}")]  # noqa: S108 (Xvfb's)

    def end(self) -> None:
        """End it; it takes its lock away itself."""
        self._server.terminate()
        self._server.wait(PATIENCE)

    def act(self, *words: object) -> str:
        """Have `xdotool` move the mouse, press a button or a key, look for a window; return what it says.

        Windows that are looked for and not there are no failure: nothing is said then.
        """
        done = subprocess.run(
            ["xdotool", *map(str, words)], env={"DISPLAY": self.display, "LC_ALL": "C.UTF-8"},
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0 or words[0] == "search", done.stderr
        return done.stdout

    def click(self, place: Place) -> None:
        """Click the middle of a place with the mouse."""
        self.act("mousemove", *place.middle, "click", 1)

    def type(self, text: str) -> None:
        """Type ASCII letters into the window that the mouse is in."""
        self.act("type", "--delay", 5, text)

    def windows(self, name: str = "") -> dict[int, Place]:
        """Return the windows that are shown and whose title matches ``name``, with their places."""
        found = {}
        for number in map(int, self.act("search", "--onlyvisible", "--name", name).split()):
            told = dict(line.split("=") for line in self.act("getwindowgeometry", "--shell", number).split())
            found[number] = Place(*(int(told[key]) for key in ("X", "Y", "WIDTH", "HEIGHT")))
        return found

    def picture(self, place: Place = WHOLE) -> Picture:
        """Return what is shown now of a place, all of which is on the screen."""
        assert place == place.seen(), place
        memory = self._memory.read_bytes()
        header = struct.unpack(">25I", memory[:100])
        size, bits, line, colours = header[0], header[11], header[12], header[19]
        assert bits == 32, "Xvfb keeps four bytes a pixel"
        start = size + 12 * colours
        rows = range(place.y, place.y + place.height)
        first = [start + row * line + 4 * place.x for row in rows]
        return Picture(place.width, tuple(memory[at : at + 4 * place.width] for at in first))


def settled(screen: Screen, unlike: Picture) -> Picture:
    """Wait until the screen shows something else and changes no more for a moment; return that."""
    seen = [unlike]

    def same() -> Picture | None:
        time.sleep(MOMENT)
        seen.append(screen.picture())
        return seen[-1] if seen[-1] == seen[-2] != unlike else None

    return wait_until(same, "the screen changes")


def wait_until(condition: Callable[[], T | None], what: Callable[[], str] | str) -> T:
    """Return what ``condition`` returns once that is true; fails with ``what`` when it never is."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(POLL)
    pytest.fail(f"Waited in vain: {what if isinstance(what, str) else what()}")
