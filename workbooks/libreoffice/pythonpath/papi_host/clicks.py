"""A click: the program is started and answered in the background, then its result is shown."""

import contextlib
import os
import threading

import uno

from papi_host.program import MissingError, Program
from papi_host.values import Objects
from papi_host.window import INFO, WARNING, Window
from papi_host.words import TITLE, word

HELPERS = "Xlwings"


class Running:
    """Whether a click is under way; there is one in a LibreOffice."""

    def __init__(self):
        self._lock = threading.Lock()
        self._told = []

    def begin(self):
        """Return whether nothing was under way; now something is."""
        return self._lock.acquire(False)

    def refuse(self, window, text):
        """Say in a window that something is; it stands there no longer than that is true."""
        self._told.append(window)
        window.bar(text, WARNING)

    def end(self):
        """Nothing is under way any more."""
        while self._told:
            self._told.pop().clear_bar()
        self._lock.release()


RUNNING = Running()


def begin(context, frame, button):
    """Start what a button does in a window; returns at once."""
    window = Window(context, frame)
    lang = language(window)
    if window.document is None:
        window.later(lambda: window.ask(word("no-workbook", lang), TITLE, "ok", "critical"))
    elif not window.shows_cells:
        window.later(lambda: window.ask(word("no-cells", lang), TITLE, "ok", "critical"))
    elif not RUNNING.begin():
        RUNNING.refuse(window, word("busy", lang))
    else:
        try:
            window.accept_typing()
            window.clear_bar()
            window.status = word("starting", lang)
            click = Click(window, Program(button, lang), lang)
            threading.Thread(target=click.run, daemon=True).start()
        except Exception as error:
            RUNNING.end()
            window.status = ""
            if isinstance(error, MissingError):
                text = word(error.key, lang, python=error.python)
            else:
                text = word("not-begun", lang, said=error)
            window.later(lambda: window.ask(text, TITLE, "ok", "critical"))


def language(window):
    """Return the language of messages: PAPI_LANG's as the program reads it, else that of the menus."""
    named = os.environ.get("PAPI_LANG", "").strip().lower()
    if named:
        return "en" if named.startswith("en") else "vi"
    provider = window.service("configuration.ConfigurationProvider")
    place = uno_property("nodepath", "/org.openoffice.Setup/L10N")
    view = "com.sun.star.configuration.ConfigurationAccess"
    locale = provider.createInstanceWithArguments(view, (place,)).getByName("ooLocale")
    return "vi" if str(locale or "").lower().startswith("vi") else "en"


def uno_property(name, value):
    """Return a named value as UNO has it."""
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


class Click:
    """One click in one window."""

    def __init__(self, window, program, lang):
        self._window, self._program, self._lang = window, program, lang
        self._document = window.document
        self._identifier, self._title = self._document.RuntimeUID, self._document.Title
        self._objects = Objects()
        self._windows = [window]
        self._said = []
        self._result = ""
        self._libraries = window.service("script.ApplicationScriptLibraryContainer")
        self._before = set(self._libraries.getElementNames())

    def run(self):
        """Answer the program until it ends, then show what it said."""
        with contextlib.suppress(Exception):  # whatever it is, the program ends, and how says the rest
            self._answer_all()
        code, complaint = self._program.end()
        self._window.later(lambda: self._finish(code, complaint))

    def _answer_all(self):
        context = self._window.context
        greeting = {"pid": os.getpid(), "context": context, "book": self._identifier, "title": self._title}
        self._put(self._objects.line(greeting))
        for line in self._program.output:
            self._put(self._answered(line))

    def _put(self, answer):
        self._program.input.write(answer)
        self._program.input.flush()

    def _answered(self, line):
        try:
            question = self._objects.question(line)
            answer = self._window.in_turn(lambda: getattr(self, "_" + question["do"])(question))
            return self._objects.line(answer)
        except Exception as error:
            kind = getattr(type(error), "typeName", type(error).__name__)
            return self._objects.line({"error": kind, "text": getattr(error, "Message", None) or str(error)})

    def _read(self, question):
        found = getattr(self._objects[question["of"]], question["name"])
        return {"method": True} if type(found).__name__ == "PyUNO_callable" else {"value": found}

    def _write(self, question):
        setattr(self._objects[question["of"]], question["name"], question["value"])
        return {"value": None}

    def _call(self, question):
        found = getattr(self._objects[question["of"]], question["name"])(*question["with"])
        if question["name"] == "loadComponentFromURL" and found is not None and found.CurrentController:
            self._windows.append(Window(self._window.context, found.CurrentController.Frame))
        return {"value": found}

    def _alert(self, question):
        told = question["prompt"], question["title"], question["buttons"], question["mode"]
        if question["buttons"] == "ok":
            self._said.append(told)
            return {"value": "ok"}
        return {"value": self._window.ask(*told)}

    def _folder(self, question):
        return {"value": self._window.folder(question["title"])}

    def _status(self, question):
        if "text" in question:
            self._result = self._window.status = question["text"]
        return {"value": self._result}

    def _finish(self, code, complaint):
        """Show what is to be shown; the next click can begin."""
        self._window.status = ""
        RUNNING.end()
        if code:
            self._tidy()
            said = word("stopped", self._lang, code=code, said=complaint)
            self._said.append((said, TITLE, "ok", "critical"))
        elif self._result:
            for window in self._windows:
                window.bar(self._result, INFO)
        for told in self._said:
            self._window.ask(*told)

    def _tidy(self):
        """Take back what a program that stopped had begun, and the helpers it left."""
        try:
            manager = self._document.UndoManager
            known = len(manager.getAllUndoActionTitles())
            manager.leaveUndoContext()
            if (
                len(manager.getAllUndoActionTitles()) == known
            ):  # an empty one is gone, and the last is the user's
                manager.undo()
        except Exception:
            pass  # nothing was begun
        for name in set(self._libraries.getElementNames()) - self._before:
            if name.startswith(HELPERS):
                self._libraries.removeLibrary(name)
