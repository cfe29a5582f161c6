"""The way into LibreOffice: Debian's ``uno`` module, counted calls, helpers that run inside the office.

Every object of the office is held as a :class:`Remote`; using one of its members is one call into another
process, which costs some 0.3 ms however little it does. ``CALLS.count`` says how many there were.
"""

import builtins
import re
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from xlwings import XlwingsError

DIST_PACKAGES = "/usr/lib/python3/dist-packages"
BASIC = Path(__file__).with_name("basic")
ENDED = "LibreOffice has ended: start a new App"
ENTRY = "vnd.sun.star.script:{}.Entry.Answer?language=Basic&location=application"


class OfficeError(XlwingsError):
    """LibreOffice refused a call, or is not there any more."""


@dataclass
class Counter:
    """Counts calls into LibreOffice; set ``count`` to 0 to start afresh."""

    count: int = 0


CALLS = Counter()


def load_uno() -> ModuleType:
    """Import ``uno`` from the system's Python; the import statement stays Python's own.

    Raises:
        OfficeError: The module is missing (Debian's package python3-uno).
    """
    genuine, places = builtins.__import__, list(sys.path)
    sys.path.append(DIST_PACKAGES)
    try:
        import uno  # noqa: PLC0415 - only people who use the engine need the module
    except ImportError as error:
        raise OfficeError("LibreOffice's Python module uno is missing: install python3-uno") from error
    finally:
        builtins.__import__ = genuine
        sys.path[:] = places
    return uno  # type: ignore[no-any-return]


class Remote:
    """An object that lives in LibreOffice; members are used as they are there, and counted.

    Args:
        target: The object as ``uno`` gives it.
        alive: Says whether its LibreOffice is still running.
    """

    __slots__ = ("_alive", "_target")

    def __init__(self, target: Any, alive: Callable[[], bool]) -> None:
        object.__setattr__(self, "_target", target)
        object.__setattr__(self, "_alive", alive)

    def __getattr__(self, name: str) -> Any:
        found = self._guarded(getattr, self._target, name)
        if type(found).__name__ == "PyUNO_callable":
            return lambda *arguments: self._wrapped(self._guarded(found, *map(bare, arguments)))
        return self._wrapped(found)

    def __setattr__(self, name: str, value: object) -> None:
        self._guarded(setattr, self._target, name, bare(value))

    def _wrapped(self, value: Any) -> Any:
        return Remote(value, self._alive) if type(value).__name__ == "pyuno" else value

    def _guarded(self, call: Callable[..., Any], *arguments: Any) -> Any:
        """Call ``call`` and count it; what LibreOffice raises becomes an :class:`OfficeError`.

        Looking a method up is free: only its call crosses to the other process and is counted.
        """
        try:
            found = call(*arguments)
        except Exception as error:
            kind = getattr(type(error), "typeName", type(error).__name__)
            if kind.startswith("com.sun.star.") and not self._alive():
                raise OfficeError(ENDED) from error
            if not kind.startswith("com.sun.star."):
                raise
            if kind.endswith("DisposedException"):
                raise OfficeError("The workbook was closed, or LibreOffice has ended") from error
            raise OfficeError(f"LibreOffice: {kind.rpartition('.')[2]} {error}".strip()) from error
        if type(found).__name__ != "PyUNO_callable":
            CALLS.count += 1
        return found


class Later:
    """An object of LibreOffice that is fetched when one of its members is used, and not before.

    Args:
        fetch: Gives the object; it is called for every use.
    """

    __slots__ = ("_fetch",)

    def __init__(self, fetch: Callable[[], Any]) -> None:
        object.__setattr__(self, "_fetch", fetch)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._fetch(), name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._fetch(), name, value)


def bare(value: Any) -> Any:
    """Return what ``uno`` itself knows: the office's object, also inside tuples."""
    if isinstance(value, Remote):
        return value._target  # noqa: SLF001 - the wrapper's own field
    if isinstance(value, Later):
        return bare(value._fetch())  # noqa: SLF001 - the wrapper's own field
    if isinstance(value, tuple) and any(isinstance(one, Remote | Later) for one in value):
        return tuple(map(bare, value))
    return value


def struct(kind: str, **fields: Any) -> Any:
    """Return a UNO struct such as ``table.CellAddress`` (below ``com.sun.star``) with its fields set."""
    made = load_uno().createUnoStruct(f"com.sun.star.{kind}")
    for name, value in fields.items():
        setattr(made, name, bare(value))
    return made


def enum(kind: str, value: str) -> Any:
    """Return a UNO enum value, such as ``("awt.FontSlant", "ITALIC")``."""
    return load_uno().Enum(f"com.sun.star.{kind}", value)


def properties(**values: Any) -> tuple[Any, ...]:
    """Return named values as UNO's ``PropertyValue`` structs."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def said(text: str) -> str:
    """Return what Basic says of an exception as one line: its kind and LibreOffice's message."""
    kind, message = re.search(r"Type: (\S+)", text), re.search(r"Message: (.*?)\.?$", text, re.DOTALL)
    if kind is None:
        return " ".join(text.split())
    words = " ".join(message[1].split()) if message else ""
    return f"{kind[1].rpartition('.')[2]} {words}".strip()


class Office:
    """A connected LibreOffice: its desktop and the helpers in ``basic`` inside it.

    The helpers stand in a Basic library of this connection's own, which :meth:`leave` removes.

    Args:
        context: The remote component context.
        alive: Says whether the process is still running.
    """

    def __init__(self, context: Any, alive: Callable[[], bool]) -> None:
        self.alive = alive
        self._context = Remote(context, alive)
        self._services = self._context.ServiceManager
        self._libraries = self.service("script.ApplicationScriptLibraryContainer")
        self._library = f"Xlwings{uuid.uuid4().hex[:12]}"
        made = self._libraries.createLibrary(self._library)
        for source in sorted(BASIC.glob("*.bas")):
            made.insertByName(source.stem, source.read_text(encoding="utf-8"))
        scripts = self.service("script.provider.MasterScriptProviderFactory").createScriptProvider("")
        self._entry = scripts.getScript(ENTRY.format(self._library))

    @cached_property
    def desktop(self) -> Any:
        """The office's desktop."""
        return self.service("frame.Desktop")

    def service(self, name: str) -> Any:
        """Return a new object of the service ``name`` (below ``com.sun.star``)."""
        return self._services.createInstanceWithContext(f"com.sun.star.{name}", self._context)

    def run(self, name: str, *arguments: Any) -> Any:
        """Run a function of ``basic`` in LibreOffice and return its result: one call.

        Raises:
            OfficeError: LibreOffice refused something in it.
        """
        done, found = self._entry.invoke(((name, tuple(map(bare, arguments))),), (), ())[0]
        if done:
            return self._context._wrapped(found)  # noqa: SLF001 - the wrapper's own way
        if "DisposedException" in found:
            raise OfficeError("The workbook was closed, or LibreOffice has ended")
        raise OfficeError(f"LibreOffice: {said(found)}")

    def leave(self) -> None:
        """Take the helpers away again."""
        self._libraries.removeLibrary(self._library)

    def setting(self, path: str, name: str) -> Any:
        """Return one value of LibreOffice's configuration, such as its version."""
        provider = self.service("configuration.ConfigurationProvider")
        view = "com.sun.star.configuration.ConfigurationAccess"
        return provider.createInstanceWithArguments(view, properties(nodepath=path)).getByName(name)
