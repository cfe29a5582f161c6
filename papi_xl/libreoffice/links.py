"""What crosses into LibreOffice, and the way through its module ``uno``; :mod:`wire` is the other way."""

import builtins
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, NamedTuple, Protocol

from xlwings import XlwingsError

DIST_PACKAGES = "/usr/lib/python3/dist-packages"
ENDED = "LibreOffice has ended: start a new App"
CLOSED = "The workbook was closed, or LibreOffice has ended"
UNO = "com.sun.star."


class OfficeError(XlwingsError):
    """LibreOffice refused a call, or is not there any more."""


@dataclass
class Counter:
    """Counts calls into LibreOffice; set ``count`` to 0 to start afresh."""

    count: int = 0


CALLS = Counter()


class Method(NamedTuple):
    """A member that is a method: ``call`` takes its arguments as one tuple."""

    call: Callable[[tuple[Any, ...]], Any]


class Struct:
    """A UNO struct such as ``com.sun.star.table.CellAddress``; its fields are attributes."""

    def __init__(self, kind: str, fields: dict[str, Any]) -> None:
        self.__dict__.update(fields)
        self.__dict__["__kind__"] = kind

    def __setattr__(self, name: str, value: object) -> None:
        self.__dict__[name] = value

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def kind_and_fields(struct: Struct) -> tuple[str, dict[str, Any]]:
    """Return the full name of a struct's type, and its fields."""
    fields = dict(vars(struct))
    return fields.pop("__kind__"), fields


@dataclass(frozen=True)
class Named:
    """A value of a UNO enum: the enum's full name and the value's."""

    kind: str
    value: str


@dataclass(frozen=True)
class Typed:
    """A tuple as a UNO sequence of the type ``kind``, such as ``[]com.sun.star.beans.PropertyValue``."""

    kind: str
    value: tuple[Any, ...]


class Link(Protocol):
    """A way to LibreOffice: each method is one call into its process, and raises what :func:`told` makes."""

    def read(self, target: Any, name: str) -> Any:
        """Return a member's value, or what calls it where it is a :class:`Method`; then this is no call."""

    def write(self, target: Any, name: str, value: Any) -> None:
        """Set a member."""

    def is_object(self, value: Any) -> bool:
        """Whether ``value`` stands for an object that lives in LibreOffice."""

    def alive(self) -> bool:
        """Whether LibreOffice is still there."""


def told(kind: str, text: str, link: Link) -> OfficeError | None:
    """Return the error that says what LibreOffice answered, None for what Python itself raised.

    Args:
        kind: The exception's name.
        text: Its message.
        link: Where it came from.
    """
    if not kind.startswith(UNO):
        return None
    if not link.alive():
        return OfficeError(ENDED)
    if kind.endswith("DisposedException"):
        return OfficeError(CLOSED)
    return OfficeError(f"LibreOffice: {kind.rpartition('.')[2]} {text}".strip())


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


class Direct:
    """The way through the module ``uno``, over UNO's own protocol.

    Args:
        alive: Says whether LibreOffice is still running.
    """

    def __init__(self, alive: Callable[[], bool]) -> None:
        self.alive = alive

    def read(self, target: Any, name: str) -> Any:
        found = self._guarded(getattr, target, name)
        if type(found).__name__ == "PyUNO_callable":
            return Method(lambda arguments: self._counted(found, *map(genuine, arguments)))
        CALLS.count += 1
        return found

    def write(self, target: Any, name: str, value: Any) -> None:
        self._counted(setattr, target, name, genuine(value))

    @staticmethod
    def is_object(value: Any) -> bool:
        return type(value).__name__ == "pyuno"

    def _counted(self, call: Callable[..., Any], *arguments: Any) -> Any:
        found = self._guarded(call, *arguments)
        CALLS.count += 1
        return found

    def _guarded(self, call: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return call(*arguments)
        except Exception as error:
            kind = getattr(type(error), "typeName", type(error).__name__)
            said = told(kind, str(error), self)
            if said is None:
                raise
            raise said from error


def genuine(value: Any) -> Any:
    """Return what ``uno`` itself knows: its structs, enums and typed sequences, also inside tuples."""
    if isinstance(value, Struct):
        kind, fields = kind_and_fields(value)
        made = load_uno().createUnoStruct(kind)
        for name, one in fields.items():
            setattr(made, name, genuine(one))
        return made
    if isinstance(value, Named):
        return load_uno().Enum(value.kind, value.value)
    if isinstance(value, Typed):
        return load_uno().Any(value.kind, genuine(value.value))
    if isinstance(value, tuple) and any(isinstance(one, Struct | Named | Typed) for one in value):
        return tuple(map(genuine, value))
    return value
