"""Boxes and dialogs on the screen: read, answered with the mouse, and where the parts of windows are."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from time import sleep
from typing import Any

from tests.desk import Desk
from tests.screen import MOMENT, Place, wait_until

ALERT, PUSH_BUTTON, STATIC = 1, 44, 86
"""Roles of `com.sun.star.accessibility.AccessibleRole`."""

PAPI = "PAPI"


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
    """Wait for LibreOffice's dialog for a folder, and take the folder that it begins with, or cancel."""
    name = f"^{title}$"

    def shown() -> dict[int, Place]:
        return desk.screen.windows(name)

    def answered() -> bool:
        for place in shown().values():
            desk.screen.act("mousemove", *place.middle, "key", "Escape" if cancelled else "Return")
            sleep(MOMENT)
        return not shown()

    wait_until(shown, title)
    wait_until(answered, f"the dialog is closed; {box(desk)}")


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
