"""What the person in front of a window sees: boxes, bars, the status line; how its thread is reached."""

import threading
from contextlib import suppress

import uno
import unohelper
from com.sun.star.awt import XCallback

from papi_host.words import TITLE

BAR = "vn.papi_xl.result"
INFO, WARNING = 0, 2
BOXES = {("yes_no", "critical"): "QUERYBOX", ("ok", "critical"): "WARNINGBOX"}
BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}


class Callback(unohelper.Base, XCallback):
    """Something to be called in LibreOffice's main thread."""

    def __init__(self, call):
        self._call = call

    def notify(self, data):
        """Call it."""
        self._call()


class Window:
    """A window of Calc, or what is left of it once it is closed."""

    def __init__(self, context, frame):
        self.context = context
        self.frame = frame
        self._indicator = None
        self._status = ""

    def service(self, name):
        """Return a new object of a service below ``com.sun.star``."""
        return self.context.ServiceManager.createInstanceWithContext("com.sun.star." + name, self.context)

    def later(self, call):
        """Have something called in the main thread soon."""
        self.service("awt.AsyncCallback").addCallback(Callback(call), None)

    def in_turn(self, call):
        """Call something in the main thread and return what it returns, or raise what it raises."""
        done, outcome = threading.Event(), {}

        def run():
            try:
                outcome["value"] = call()
            except Exception as error:
                outcome["error"] = error
            done.set()

        self.later(run)
        done.wait()
        if "error" in outcome:
            raise outcome["error"]
        return outcome["value"]

    @property
    def document(self):
        """The workbook in the window, None where it holds none."""
        model = self.frame.Controller.Model if self.frame and self.frame.Controller else None
        holds = model is not None and model.supportsService("com.sun.star.sheet.SpreadsheetDocument")
        return model if holds else None

    @property
    def shows_cells(self):
        """Whether the window shows the workbook's cells, not how it is printed."""
        return hasattr(self.frame.Controller, "getActiveSheet")

    def ask(self, text, title, buttons, mode):
        """Show a box and return the button that was pressed: ``ok``, ``yes``, ``no`` or ``cancel``."""
        kind = BOXES.get((buttons, mode), "INFOBOX" if buttons == "ok" else "QUERYBOX")
        box_type = uno.Enum("com.sun.star.awt.MessageBoxType", kind)
        parent = self._parent()
        toolkit = self.service("awt.Toolkit")
        box = toolkit.createMessageBox(parent, box_type, BUTTONS.get(buttons, 1), title, text)
        try:
            return ANSWERS[box.execute()]
        finally:
            box.dispose()

    def _parent(self):
        """Return the window that a box belongs to: this one, another where it is closed, None without any."""
        desktop = self.service("frame.Desktop")
        try:
            return self.frame.getContainerWindow()
        except Exception:
            other = desktop.getCurrentFrame()
        return other.getContainerWindow() if other else None

    def folder(self, title):
        """Have a folder picked, beginning with the document's own.

        Return its path, or its address on the web, None where none was picked.
        """
        dialog = self.service("ui.dialogs.FolderPicker")
        dialog.setTitle(title)
        with suppress(Exception):  # it was closed meanwhile
            place, _, _ = self.frame.getController().getModel().getURL().rpartition("/")
            if place.startswith("file:"):
                dialog.setDisplayDirectory(place)
        if dialog.execute() != 1:
            return None
        address = dialog.getDirectory()
        return uno.fileUrlToSystemPath(address) if address.startswith("file:") else address

    @property
    def status(self):
        """What the status line says, empty for nothing of ours."""
        return self._status

    @status.setter
    def status(self, text):
        self._status = text
        try:
            if not text:
                if self._indicator is not None:
                    self._indicator.end()
                self._indicator = None
            elif self._indicator is None:
                self._indicator = self.frame.createStatusIndicator()
                self._indicator.start(text, 0)
            else:
                self._indicator.setText(text)
        except Exception:
            self._indicator = None

    def accept_typing(self):
        """Take over what is being typed into a cell, as Enter does; the same cell stays selected."""
        self.service("frame.DispatchHelper").executeDispatch(self.frame, ".uno:AcceptFormula", "", 0, ())

    def bar(self, text, kind=INFO):
        """Show a bar above the cells in place of the last one; it stays until it is closed."""
        try:
            controller = self.frame.Controller
            if controller.hasInfobar(BAR):
                controller.removeInfobar(BAR)
            controller.appendInfobar(BAR, TITLE, untitled(text), kind, (), True)
        except Exception:
            return False
        return True

    def clear_bar(self):
        """Take away the bar of the last click."""
        try:
            self.frame.Controller.removeInfobar(BAR)
        except Exception:
            return


def untitled(text):
    """Return a text without the title that it begins with."""
    return text[len(TITLE) :].lstrip(" :") if text.startswith(TITLE) else text
