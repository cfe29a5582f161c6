"""UNO's values as lines of JSON, and back; the other end is papi_xl.libreoffice.wire."""

import base64
import json

import uno


class Objects:
    """The objects of LibreOffice that the program knows, by number, and values turned round with them."""

    def __init__(self):
        self._known = []

    def __getitem__(self, number):
        """Return the object of a number."""
        return self._known[number]

    def line(self, answer):
        """Return an answer as one line."""
        return json.dumps(answer, default=self._packed, separators=(",", ":")).encode("ascii") + b"\n"

    def question(self, line):
        """Return the question that a line holds."""
        return {
            name: sequences(value) for name, value in json.loads(line, object_hook=self._unpacked).items()
        }

    def _packed(self, value):
        if isinstance(value, uno.Enum):
            return {"enum": value.typeName, "is": value.value}
        if isinstance(value, uno.ByteSequence):
            return {"bytes": base64.b64encode(value.value).decode("ascii")}
        kind = getattr(type(value), "__pyunostruct__", None)
        if kind is not None:
            return {"struct": kind, "fields": {name: getattr(value, name) for name in dir(value.value)}}
        if type(value).__name__ == "pyuno":
            self._known.append(value)
            return {"object": len(self._known) - 1}
        return str(value)

    def _unpacked(self, found):
        if "object" in found:
            return self._known[found["object"]]
        if "struct" in found:
            made = uno.createUnoStruct(found["struct"])
            for name, value in found["fields"].items():
                setattr(made, name, sequences(value))
            return made
        if "enum" in found:
            return uno.Enum(found["enum"], found["is"])
        if "any" in found:
            return uno.Any(found["any"], sequences(found["is"]))
        if "bytes" in found:
            return uno.ByteSequence(base64.b64decode(found["bytes"]))
        return found


def sequences(value):
    """Return lists as tuples, which is what UNO's sequences are to Python."""
    return tuple(map(sequences, value)) if type(value) is list else value
