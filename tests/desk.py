"""LibreOffice in a real window on a screen of its own, with the buttons installed as a user installs them."""

import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import psutil

from papi_xl.libreoffice.orphans import sockets
from papi_xl.libreoffice.process import ASKS_FOR_A_RESTART, connected, program, resolver
from papi_xl.schema import EXTENSION_SETTINGS
from tests.hosting import papi_host
from tests.screen import PATIENCE, SIZE, Screen, wait_until

T = TypeVar("T")

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="UILocale" oor:op="fuse">
<value>{lang}</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office/Factories/org.openoffice.Setup:Factory['{kind}']">
<prop oor:name="ooSetupFactoryWindowAttributes" oor:op="fuse"><value>{place};1;{place};</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay" oor:op="fuse">
<value>false</value></prop></item>
</oor:items>
"""
"""The language of menus and messages, that Calc's windows fill the screen, and that no box greets."""

CALC = "com.sun.star.sheet.SpreadsheetDocument"
MENU_BAR = 25
"""Lines of pixels above what LibreOffice takes for its window."""

OPENS_NOTHING = """#!/bin/sh
printf '%s\\n' "$@" >> "{told}"
"""
"""Instead of `xdg-open`: what is to be opened is written down."""

FOLDERS = ("screen", "shared", "temporary", "bin", "profile/user", "user/Desktop")
LIBRARIES = ("libvclplug_gtk3lo.so", "libreoffice-gtk3"), ("libswlo.so", "libreoffice-writer")
CLICK = "papi_xl.clicked"
LEAVING = 20.0
"""Seconds that LibreOffice may take to end."""


class Desk:
    """One screen with one LibreOffice, its settings, its extensions and what it may open all its own.

    Attributes:
        home: The folder of all of that.
        screen: What is shown.
        lang: The language of its menus, ``vi`` or ``en``.
    """

    def __init__(self, lang: str = "vi") -> None:
        """Start the screen, install the buttons, start LibreOffice and wait until it answers."""
        self._check()
        self.lang = lang
        self.home = Path(tempfile.mkdtemp(prefix="papi-desk-"))
        self._pipe = f"papi-desk-{uuid.uuid4().hex[:12]}"
        self._office: Any = None
        try:
            for name in FOLDERS:
                (self.home / name).mkdir(parents=True)
            self.screen = Screen(self.home / "screen")
        except BaseException:
            shutil.rmtree(self.home)
            raise
        try:
            self._write_opener()
            self._set_language()
            self._install()
            self._start()
        except BaseException:
            self.close()
            raise

    def _write_opener(self) -> None:
        opener = self.home / "bin" / "xdg-open"
        opener.write_text(OPENS_NOTHING.format(told=self.home / "opened"), encoding="utf-8")
        opener.chmod(0o755)

    @staticmethod
    def _check() -> None:
        folder = program().parent
        missing = [package for library, package in LIBRARIES if not (folder / library).exists()]
        vi = folder.parent / "share" / "registry" / "res" / "registry_vi.xcd"
        missing += [] if vi.exists() else ["libreoffice-l10n-vi"]
        assert not missing, f"Missing: {', '.join(missing)}. bash tests/run installs it"

    @property
    def surroundings(self) -> Mapping[str, str]:
        """The environment of LibreOffice and of all that it starts."""
        return {
            "HOME": str(self.home / "user"),
            "TMPDIR": str(self.home / "temporary"),
            "PATH": f"{self.home / 'bin'}:/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "DISPLAY": self.screen.display,
            "SAL_USE_VCLPLUGIN": "gtk3",
            "NO_AT_BRIDGE": "1",
            "UserInstallation": (self.home / "profile").as_uri(),
            "UNO_SHARED_PACKAGES": (self.home / "shared").as_uri(),
        }

    def _set_language(self) -> None:
        place = ",".join(map(str, (0, 0, SIZE[0], SIZE[1] - MENU_BAR)))
        text = SETTINGS.format(lang=self.lang, kind=CALC, place=place)
        (self.home / "profile" / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")

    def _install(self) -> None:
        command = [str(Path(sys.executable).with_name("papi-xl")), "install", "--libreoffice"]
        done = subprocess.run(
            command, env=self.surroundings, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def _start(self) -> None:
        self._launch()
        finder = resolver()
        self._context = wait_until(lambda: self._answer(finder), "LibreOffice does not answer")
        self.desktop = self.service("frame.Desktop")
        self.toolkit = self.service("awt.Toolkit")
        self._inside = papi_host("window").Window(self._context, None)

    def _launch(self) -> None:
        profile, none = self.surroundings["UserInstallation"], subprocess.DEVNULL
        self._office = psutil.Popen(
            [str(program()), f"-env:UserInstallation={profile}", "--norestore", "--nologo", "--nodefault",
             f"--accept=pipe,name={self._pipe};urp;"],
            env=self.surroundings, stdin=none, stdout=none, stderr=none,
        )  # fmt: skip

    def _answer(self, finder: Any) -> Any:  # noqa: ANN401 (UNO's objects have no types)
        code = self._office.poll()
        if code == ASKS_FOR_A_RESTART:
            self._launch()
        assert code in {None, ASKS_FOR_A_RESTART}, f"LibreOffice ended while starting (exit code {code})"
        with suppress(Exception):  # not there yet, in whatever way UNO says so
            return connected(finder, self._pipe)
        return None

    def service(self, name: str) -> Any:  # noqa: ANN401 (as above)
        """Return a new object of LibreOffice's service ``name`` (below ``com.sun.star``)."""
        return self._context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", self._context)

    def in_turn(self, call: Callable[[], T]) -> T:
        """Call something as if a person had clicked: in LibreOffice's main thread."""
        found: T = self._inside.in_turn(call)
        return found

    def load(self, address: str) -> Any:  # noqa: ANN401 (as above)
        """Open a document in a window of its own."""
        return self.in_turn(lambda: self.desktop.loadComponentFromURL(address, "_blank", 0, ()))

    def documents(self) -> list[Any]:
        """Return the documents that are open."""
        every = self.desktop.getComponents().createEnumeration()
        found = []
        while every.hasMoreElements():
            found.append(every.nextElement())
        return found

    def clicks(self) -> list[psutil.Process]:
        """Return the programs that are at work for a button."""
        found = []
        for child in self._office.children(recursive=True) if self.running else ():
            with suppress(psutil.NoSuchProcess):
                if CLICK in child.cmdline():
                    found.append(child)
        return found

    @property
    def desktop_folder(self) -> Path:
        """The folder of what lies on the user's desktop."""
        return self.home / "user" / "Desktop"

    @property
    def opened(self) -> list[str]:
        """What was to be opened in other programs, in order."""
        told = self.home / "opened"
        return told.read_text(encoding="utf-8").splitlines() if told.exists() else []

    @property
    def running(self) -> bool:
        """Whether LibreOffice is there."""
        return self._office is not None and self._office.poll() is None

    def kill(self) -> None:
        """End LibreOffice as a crash does."""
        self._office.kill()
        self._office.wait(LEAVING)

    def named_interpreter(self) -> Path:
        """Return the file in the installed extension that names the Python to start."""
        (found,) = self.home.rglob(EXTENSION_SETTINGS)
        return found

    def clear(self) -> None:
        """Leave nothing open, whatever it holds."""
        for document in self.documents():
            document.setModified(False)
            self.in_turn(partial(document.close, True))  # noqa: FBT003 (LibreOffice's own signature)

    def restart(self, lang: str) -> None:
        """End LibreOffice and start it again with menus in another language."""
        self._leave()
        self.lang = lang
        self._set_language()
        self._start()

    def _leave(self) -> None:
        """End LibreOffice: asked to, or killed with all that it has started."""
        if not self.running:
            return
        with suppress(Exception):  # it may be stuck in whatever way
            self.clear()
            self.desktop.terminate()
        with suppress(psutil.TimeoutExpired):
            self._office.wait(LEAVING)
        if self.running:
            for process in (*self._office.children(recursive=True), self._office):
                process.kill()
            self._office.wait()

    def close(self) -> None:
        """End all that was started, and take away all that it made."""
        try:
            self._leave()
        finally:
            self.screen.end()
            for left in self.left():
                left.unlink(missing_ok=True)
            shutil.rmtree(self.home, ignore_errors=True)

    def left(self) -> list[Path]:
        """Return what LibreOffice puts beside its own folders, where it is there now."""
        return [one for one in sockets(self._pipe, self.surroundings["UserInstallation"]) if one.exists()]
