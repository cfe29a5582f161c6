"""Objects of LibreOffice as Python uses them, and helpers that run inside the office.

Every object of the office is held as a :class:`Remote`; using one of its members is one call into another
process, which costs some 0.3 ms however little it does. ``CALLS.count`` says how many there were.
"""

import re
import uuid
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from papi_xl.libreoffice.links import CLOSED, UNO, Link, Method, Named, OfficeError, Struct

BASIC = Path(__file__).with_name("basic")
ENTRY = "vnd.sun.star.script:{}.Entry.Answer?language=Basic&location=application"


class Remote:
    """An object that lives in LibreOffice; members are used as they are there, and counted.

    Args:
        target: The object as ``link`` gives it.
        link: The way to it.
    """

    __slots__ = ("_link", "_target")

    def __init__(self, target: Any, link: Link) -> None:
        object.__setattr__(self, "_target", target)
        object.__setattr__(self, "_link", link)

    def __getattr__(self, name: str) -> Any:
        found = self._link.read(self._target, name)
        if isinstance(found, Method):
            return lambda *arguments: self._wrapped(found.call(tuple(map(bare, arguments))))
        return self._wrapped(found)

    def __setattr__(self, name: str, value: object) -> None:
        self._link.write(self._target, name, bare(value))

    def _wrapped(self, value: Any) -> Any:
        return Remote(value, self._link) if self._link.is_object(value) else value


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


def struct(kind: str, **fields: Any) -> Struct:
    """Return a UNO struct such as ``table.CellAddress`` (below ``com.sun.star``) with its fields set."""
    return Struct(UNO + kind, {name: bare(value) for name, value in fields.items()})


def enum(kind: str, value: str) -> Named:
    """Return a UNO enum value, such as ``("awt.FontSlant", "ITALIC")``."""
    return Named(UNO + kind, value)


def properties(**values: Any) -> tuple[Struct, ...]:
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
        context: The office's component context.
        link: The way to it.
    """

    def __init__(self, context: Any, link: Link) -> None:
        self._link = link
        self._context = self.remote(context)
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

    def remote(self, target: Any) -> Remote:
        """Return an object that came inside a tuple, so that its members can be used."""
        return Remote(target, self._link)

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
            raise OfficeError(CLOSED)
        raise OfficeError(f"LibreOffice: {said(found)}")

    def leave(self) -> None:
        """Take the helpers away again."""
        self._libraries.removeLibrary(self._library)

    def setting(self, path: str, name: str) -> Any:
        """Return one value of LibreOffice's configuration, such as its version."""
        provider = self.service("configuration.ConfigurationProvider")
        view = "com.sun.star.configuration.ConfigurationAccess"
        return provider.createInstanceWithArguments(view, properties(nodepath=path)).getByName(name)
