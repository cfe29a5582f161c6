"""Windows of Calc as a person uses them: buttons and menus clicked with the mouse, boxes read and answered.

Where things are is asked of LibreOffice's accessibility. Its open menus and its bars of results are the
toolkit's own, which tells nothing of them; these are found in the picture of the screen.
"""

import re
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from papi_xl.libreoffice.bridge import properties
from papi_xl.libreoffice.links import genuine
from tests.boxes import PAPI, PUSH_BUTTON, box, parts, place_of
from tests.desk import Desk
from tests.hosting import papi_host
from tests.screen import SIZE, WHOLE, Picture, Place, wait_until

MENU_BAR, MENU_ITEM, PANEL, TOOL_BAR, SPLIT_BUTTON = 35, 36, 40, 63, 68
"""Roles of `com.sun.star.accessibility.AccessibleRole`."""

UNDO = "Undo"
XLSX, ODS = "Calc MS Excel 2007 XML", "calc8"
INFO, SUCCESS, WARNING = "#BDE5F8", "#DFF2BF", "#FEEFB3"
COLOURS = (INFO, SUCCESS, WARNING)
"""The colours of bars, in the order of `com.sun.star.frame.InfobarType`."""
EXPECTED = "expected"
CLOSER = 60
"""Pixels at the right of a bar where there is no text, beside what closes it."""
EDGE = 8
"""Pixels at both sides of an open menu that are not text."""


class Window:
    """A document in a window.

    Args:
        desk: Where it is open.
        document: LibreOffice's object.
    """

    def __init__(self, desk: Desk, document: Any) -> None:  # noqa: ANN401 (UNO's objects have no types)
        self.desk, self.document = desk, document

    @property
    def controller(self) -> Any:  # noqa: ANN401 (as above)
        """LibreOffice's object for what is shown."""
        return self.document.CurrentController

    @property
    def title(self) -> str:
        """The title of the window."""
        return str(self.controller.Frame.Title)

    def inside(self) -> Place:
        """Return where the window is, without its row of menus."""
        place = self._shown()[1]
        shown = place_of(self._root())
        return Place(place.x, place.y + place.height - shown.height, place.width, shown.height)

    def _shown(self) -> tuple[int, Place]:
        ((number, place),) = self.desk.screen.windows(f"^{re.escape(self.title)}$").items()
        return number, place

    def _root(self) -> Any:  # noqa: ANN401 (as above)
        return self.controller.Frame.ContainerWindow.getAccessibleContext()

    def _on_screen(self, *things: Any) -> list[Place]:  # noqa: ANN401 (as above)
        """Return where parts of the window are; LibreOffice counts from the window's corner at times."""
        window, inside = place_of(self._root()), self.inside()
        x, y = inside.x - window.x, inside.y - window.y
        return [place._replace(x=place.x + x, y=place.y + y) for place in map(place_of, things)]

    def is_in_front(self) -> bool:
        """Whether the window is above the other windows of documents."""
        tree = self.desk.screen.windows("LibreOffice Calc$")
        return list(tree)[-1] == self._shown()[0]

    def fill(self) -> None:
        """Make the window as large as the screen."""
        self.desk.screen.act("windowmove", self._shown()[0], 0, 0, "windowsize", self._shown()[0], *SIZE)
        wait_until(
            lambda: self._shown()[1] == WHOLE and self.inside().width == SIZE[0],
            "a window that fills the screen",
        )

    def raised(self) -> None:
        """Put the window in front of the others."""
        self.desk.screen.act("windowraise", self._shown()[0])

    def toolbar(self) -> dict[str, Place]:
        """Return the buttons of the toolbar PAPI in order, none where it is not shown."""
        bars = [bar for panel in parts(self._root(), PANEL) for bar in parts(panel, TOOL_BAR)]
        ours = [bar for bar in bars if bar.getAccessibleName() == PAPI]
        buttons = list(parts(ours[0], PUSH_BUTTON)) if ours else []
        names = [one.getAccessibleName() for one in buttons]
        return dict(zip(names, self._on_screen(*buttons), strict=True))

    def menu(self) -> list[str]:
        """Return the entries of the menu PAPI in order, none where it is not shown."""
        ours = self._menu()
        return [entry.getAccessibleName() for entry in parts(ours, MENU_ITEM)] if ours else []

    def _menu(self) -> Any:  # noqa: ANN401 (as above)
        (bar,) = parts(self._root(), MENU_BAR)
        return next((one for one in parts(bar) if one.getAccessibleName() == PAPI), None)

    def _title_of_menu(self) -> Place:
        """Return where the menu's title is: LibreOffice does not know how wide the titles are drawn."""
        (bar,) = parts(self._root(), MENU_BAR)
        number = [one.getAccessibleName() for one in parts(bar)].index(PAPI)
        window, inside = self._shown()[1], self.inside()
        place = window._replace(height=inside.y - window.y)
        return place.columns(self.desk.screen.picture(place).words()[number])

    def press(self, button: str) -> None:
        """Click a button of the toolbar with the mouse."""
        self.desk.screen.click(self.toolbar()[button])

    def click(self, button: str) -> psutil.Process:
        """Click a button of the toolbar; return the program that is at work for it."""
        before = self.desk.clicks()
        self.press(button)
        return self._begun(before)

    def choose(self, entry: str) -> psutil.Process:
        """Click an entry of the menu PAPI; return the program that is at work for it."""
        before = self.desk.clicks()
        entries, screen = self.menu(), self.desk.screen
        before_it = screen.windows().keys()
        screen.click(self._title_of_menu())

        def lines() -> list[Place]:
            open_now = screen.windows()
            for number in open_now.keys() - before_it:
                inner = open_now[number].without(EDGE).seen()
                found = screen.picture(inner).texts()
                if len(found) == len(entries):
                    return [inner.lines(line) for line in found]
            return []

        places = wait_until(lines, f"a menu of {len(entries)} lines")
        screen.click(places[entries.index(entry)])
        return self._begun(before)

    def _begun(self, before: list[psutil.Process]) -> psutil.Process:
        return wait_until(
            lambda: next((one for one in self.desk.clicks() if one not in before), None),
            lambda: f"a click has begun; {box(self.desk)}",
        )

    @property
    def has_bar(self) -> bool:
        """Whether a bar of ours is above the cells."""
        return bool(self.controller.hasInfobar(papi_host("window").BAR))

    def bar_says(self, text: str, colour: str) -> None:
        """Wait until the bar above the cells looks as one of that colour with that text, put below it."""
        wait_until(lambda: self.has_bar, lambda: f"a bar; {box(self.desk)}")
        arguments = EXPECTED, PAPI, text, COLOURS.index(colour), (), True
        self.desk.in_turn(lambda: self.controller.appendInfobar(*arguments))

        def alike() -> bool:
            both = self.desk.screen.picture(self._bars()).lines
            half = len(both) // 2
            shown = Picture(len(both[0]) // 4, both).colour(-CLOSER, half // 2) if half else ""
            return shown == colour and both[:half] == both[half:]

        wait_until(alike, f"a bar that says {text}")
        self.desk.in_turn(lambda: self.controller.removeInfobar(EXPECTED))

    def _bars(self) -> Place:
        inner = [panel for outer in parts(self._root(), PANEL) if list(parts(outer, TOOL_BAR))
                 for panel in parts(outer, PANEL)]  # fmt: skip
        return self._on_screen(inner[-1])[0]

    def selection(self) -> str:
        """Return what is selected, such as ``Nhiệm vụ.B4``."""
        name = self.document.CurrentSelection.AbsoluteName
        return str(name).replace("$", "").replace("'", "")

    def address(self) -> str:
        """Return the address of the document's file."""
        return str(self.document.URL)

    def sheets(self) -> list[str]:
        """Return the names of the sheets."""
        return list(self.document.Sheets.ElementNames)

    def show(self, sheet: str) -> None:
        """Go to a sheet."""
        self.controller.setActiveSheet(self.document.Sheets.getByName(sheet))

    def select(self, sheet: str, cell: str) -> None:
        """Select a cell."""
        self.controller.select(self.document.Sheets.getByName(sheet).getCellRangeByName(cell))

    def text(self, sheet: str, cell: str) -> str:
        """Return what a cell shows."""
        return str(self.document.Sheets.getByName(sheet).getCellRangeByName(cell).String)

    def values(self, sheet: str) -> tuple[tuple[object, ...], ...]:
        """Return what the cells of a sheet hold, rows of texts and numbers."""
        cursor = self.document.Sheets.getByName(sheet).createCursor()
        cursor.gotoEndOfUsedArea(True)  # noqa: FBT003 (LibreOffice's own signature)
        found: tuple[tuple[object, ...], ...] = cursor.getDataArray()
        return found

    def close(self) -> None:
        """Close the window, whatever was not saved."""
        self.document.setModified(False)
        self.desk.in_turn(partial(self.document.close, True))  # noqa: FBT003 (as above)

    def copied(self, path: Path) -> Path:
        """Save a copy as .xlsx and return its path; the document is as unsaved as before."""
        named = genuine(properties(FilterName=XLSX))
        self.desk.in_turn(lambda: self.document.storeToURL(path.as_uri(), named))
        return path

    def save_as(self, path: Path) -> None:
        """Save the document as .ods and go on with that."""
        self.desk.in_turn(
            lambda: self.document.storeAsURL(path.as_uri(), genuine(properties(FilterName=ODS)))
        )

    def undo(self) -> None:
        """Click the toolbar's button that undoes the last step, and wait until it is undone."""
        before = self.undo_titles()
        bars = [bar for panel in parts(self._root(), PANEL) for bar in parts(panel, TOOL_BAR)]
        (button,) = [
            one for bar in bars for one in parts(bar, SPLIT_BUTTON) if one.getAccessibleName() == UNDO
        ]
        (place,) = self._on_screen(button)
        self.desk.screen.click(place._replace(width=place.height))
        wait_until(lambda: self.undo_titles() == before[1:], "the step is undone")

    def undo_titles(self) -> list[str]:
        """Return what can be undone, the last first."""
        return list(self.document.UndoManager.getAllUndoActionTitles())


def opened(desk: Desk, path: Path) -> Window:
    """Open a workbook in a window of its own, which then fills the screen."""
    window = Window(desk, desk.load(path.as_uri()))
    window.fill()
    return window
