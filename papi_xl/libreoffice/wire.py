"""The way into the LibreOffice that started this program: lines of JSON, asked and answered in turn.

Needs no ``uno`` here: what answers carries each call out inside LibreOffice, whose own Python may be of
another version. The first line comes from there unasked and says what this program was started for. A
question is ``{"do": "read", "of": 3, "name": "Sheets"}`` and so on; an answer has ``value``, ``method`` (the
member is one) or ``error`` and ``text``. UNO's values beyond JSON's: ``{"object": 3}``, ``{"struct":
kind, "fields": …}``, ``{"enum": kind, "is": name}``, ``{"any": kind, "is": …}``, ``{"bytes": base64}``; lists
are sequences.
"""

import base64
import contextlib
import json
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from papi_xl.libreoffice.links import (
    CALLS,
    ENDED,
    Method,
    Named,
    OfficeError,
    Struct,
    Typed,
    kind_and_fields,
    told,
)


@dataclass(frozen=True)
class Far:
    """An object that lives in LibreOffice, by the number it has on the wire."""

    number: int


class Wire:
    """Both ends of the two streams.

    Args:
        reader: Where answers come from.
        writer: Where questions go.
        gone: Called once, from another thread, when the other side is no more.

    Attributes:
        greeting: What the first line says.
    """

    def __init__(self, reader: IO[bytes], writer: IO[bytes], gone: Callable[[], None]) -> None:
        """Wait for the greeting.

        Raises:
            OfficeError: Nobody is there.
        """
        self._reader, self._writer, self._gone = reader, writer, gone
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._open = True
        self._methods: set[str] = set()
        threading.Thread(target=self._listen, daemon=True).start()
        self.greeting: dict[str, Any] = self._next()

    def _listen(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            for line in self._reader:
                self._lines.put(line)
        left, self._open = self._open, False
        self._lines.put(b"")
        if left:
            self._gone()

    def _next(self) -> Any:
        line = self._lines.get()
        if not line:
            self._lines.put(b"")
            raise OfficeError(ENDED)
        return json.loads(line, object_hook=unpacked)

    def alive(self) -> bool:
        return self._open

    def close(self) -> None:
        """Say that nothing more is asked."""
        self._open = False
        with contextlib.suppress(OSError):
            self._writer.close()

    def ask(self, **question: Any) -> Any:
        """Put a question and return the answer's value, or the mark of a method.

        Raises:
            OfficeError: LibreOffice refused it, or is not there any more.
            AttributeError: There is no such member.
        """
        line = json.dumps(question, default=packed, separators=(",", ":")).encode() + b"\n"
        try:
            self._writer.write(line)
            self._writer.flush()
        except (OSError, ValueError) as error:
            raise OfficeError(ENDED) from error
        answer = self._next()
        if "error" in answer:
            raise self._refused(answer["error"], answer["text"])
        return METHOD if "method" in answer else tupled(answer["value"])

    def _refused(self, kind: str, text: str) -> Exception:
        error = told(kind, text, self)
        if error is None:
            return AttributeError(text) if kind == "AttributeError" else TypeError(f"{kind}: {text}")
        return error

    def read(self, target: Far, name: str) -> Any:
        if name not in self._methods:
            found = self.ask(do="read", of=target.number, name=name)
            if found is not METHOD:
                CALLS.count += 1
                return found
            self._methods.add(name)
        return Method(partial(self._called, target, name))

    def _called(self, target: Far, name: str, arguments: tuple[Any, ...]) -> Any:
        CALLS.count += 1
        return self.ask(**{"do": "call", "of": target.number, "name": name, "with": arguments})

    def write(self, target: Far, name: str, value: Any) -> None:
        CALLS.count += 1
        self.ask(do="write", of=target.number, name=name, value=value)

    @staticmethod
    def is_object(value: Any) -> bool:
        return isinstance(value, Far)


METHOD = object()


def packed(value: Any) -> dict[str, Any]:
    """Return what JSON itself does not know as the wire has it.

    Raises:
        TypeError: LibreOffice does not know it either.
    """
    match value:
        case Far(number):
            return {"object": number}
        case Struct():
            kind, fields = kind_and_fields(value)
            return {"struct": kind, "fields": fields}
        case Named(kind, name):
            return {"enum": kind, "is": name}
        case Typed(kind, items):
            return {"any": kind, "is": items}
        case bytes():
            return {"bytes": base64.b64encode(value).decode()}
    raise TypeError(f"{type(value).__name__} is no value of LibreOffice's")


def unpacked(found: dict[str, Any]) -> Any:
    """Return what an object of JSON stands for; the wire's own lines stay as they are."""
    match found:
        case {"object": number}:
            return Far(number)
        case {"struct": kind, "fields": fields}:
            return Struct(kind, {name: tupled(value) for name, value in fields.items()})
        case {"enum": kind, "is": name}:
            return Named(kind, name)
        case {"bytes": text}:
            return base64.b64decode(text)
    return found


def tupled(value: Any) -> Any:
    """Return lists as tuples, as ``uno`` gives sequences."""
    return tuple(map(tupled, value)) if type(value) is list else value
