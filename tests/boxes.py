"""Boxes and dialogs on the screen: read, answered with the mouse, and where the parts of windows are."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tests.desk import Desk
from tests.screen import Place, Screen, settled, wait_until

ALERT, PUSH_BUTTON, STATIC = 1, 44, 86
"""Roles of `com.sun.star.accessibility.AccessibleRole`."""

PAPI = "PAPI"
FOOT = 40
"""Lines of pixels with the buttons of a dialog."""


@dataclass(frozen=True)
class Box:
    """A box with a message or a question: what it says, and its buttons in order."""

    text: str
    buttons: dict[str, Place]


def box(desk: Desk) -> Box | None:
    """Return the box of PAPI that is shown, ``None`` without one; LibreOffice counts what came last first."""
    with suppress(Exception):  # it is going away just now
        whole = desk.toolkit.getTopWindow(0).getAccessibleContext()
        if whole.getAccessibleRole() == ALERT and whole.getAccessibleName() == PAPI:
            (text,) = parts(whole, STATIC)
            buttons = {one.getAccessibleName(): place_of(one) for one in parts(whole, PUSH_BUTTON)}
            return Box(text.getAccessibleName(), buttons)
    return None


def said(desk: Desk, answer: str = "OK") -> str:
    """Wait for a box, press one of its buttons with the mouse, and return what it said."""
    shown = wait_until(lambda: box(desk), "a box")
    assert answer in shown.buttons, shown
    desk.screen.click(shown.buttons[answer])
    wait_until(lambda: box(desk) != shown, f"{answer} closes {shown}")
    return shown.text


def picked(desk: Desk, title: str, *, cancelled: bool = False) -> None:
    """Wait for LibreOffice's dialog for a folder and choose the folder of the user's desktop, or cancel."""
    screen, name = desk.screen, f"^{title}$"
    place = wait_until(lambda: next(iter(screen.windows(name).values()), None), title)
    screen.act("mousemove", *place.middle)
    wait_until(lambda: _still(screen, place), "the dialog is drawn")
    place = next(iter(screen.windows(name).values()))
    if not cancelled:
        before = screen.picture()
        screen.act("key", "alt+d")
        settled(screen, before)
    *_, cancel, ok = (
        line.columns(word)
        for line in [place.lines(range(place.height - FOOT, place.height))]
        for word in screen.picture(line).words()
    )
    screen.click(cancel if cancelled else ok)
    wait_until(lambda: not screen.windows(name), f"the dialog is closed; {box(desk)}")


def _still(screen: Screen, place: Place) -> bool:
    """Whether nothing changes there for a moment."""
    before = screen.picture(place)
    time.sleep(0.4)
    return screen.picture(place) == before


def tidy(desk: Desk) -> None:
    """Leave no box, no program at work and no document, as after a test that failed."""
    while working := desk.clicks():
        working[0].kill()
        said(desk)
    while shown := box(desk):
        said(desk, list(shown.buttons)[-1])
    desk.clear()


def parts(thing: Any, role: int | None = None) -> Iterator[Any]:  # noqa: ANN401 (UNO's objects have no types)
    """Yield the parts of something shown, those of one role."""
    for index in range(thing.getAccessibleChildCount()):
        part = thing.getAccessibleChild(index).getAccessibleContext()
        if role in {None, part.getAccessibleRole()}:
            yield part


def place_of(thing: Any) -> Place:  # noqa: ANN401 (as above)
    """Return where LibreOffice says that something is."""
    corner, size = thing.getLocationOnScreen(), thing.getSize()
    return Place(corner.X, corner.Y, size.Width, size.Height)
