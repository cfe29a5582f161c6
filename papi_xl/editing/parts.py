"""The parts of an .xlsx package as bytes: taken apart, changed one by one, and put together again."""

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from papi_xl.bounds import damaged
from papi_xl.editing.markup import (
    Edit,
    Element,
    appended,
    quoted,
    retagged,
    spliced,
    tree,
    utf8,
)
from papi_xl.reading.package import Package, zipped

TYPES: Final = "[Content_Types].xml"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_NO_RELATIONS: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="%b"></Relationships>' % RELATIONSHIPS.encode()
)


@dataclass(frozen=True)
class Relationship:
    """A relationship of a part: id, last word of its type, the part (or outside address) it leads to."""

    id: str
    kind: str
    target: str
    external: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Parts:
    """All parts of a package, in their order: name → content. Names are told apart without regard to case."""

    content: Mapping[str, bytes]

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return self._name(name) is not None

    def read(self, name: str) -> bytes:
        """Return a part as it is; ``damaged`` where it is missing."""
        found = self._name(name)
        if found is None:
            raise damaged()
        return self.content[found]

    def xml(self, name: str) -> bytes:
        """Return a part of XML in UTF-8, which most are as they stand."""
        return utf8(self.read(name))

    def with_part(self, name: str, content: bytes, content_type: str | None = None) -> "Parts":
        """Return the parts with ``name`` added or replaced; a new one needs its content type."""
        made = Parts({**self.content, self._name(name) or name: content})
        return made if content_type is None else made._typed(name, content_type)

    def without(self, name: str) -> "Parts":
        """Return the parts without ``name``, its relationships and its content type."""
        gone = {self._name(name), self._name(relations_of(name))}
        left = Parts({key: content for key, content in self.content.items() if key not in gone})
        return left._untyped(name)

    def relations(self, part: str) -> list[Relationship]:
        """Return the relationships of ``part`` (the package itself when empty), in order."""
        path = relations_of(part)
        if path not in self:
            return []
        return [
            Relationship(
                id=one.get("Id"),
                kind=one.get("Type").rpartition("/")[2],
                target=_target(part, one),
                external=one.get("TargetMode") == "External",
            )
            for one in tree(self.xml(path)).all("Relationship")
        ]

    def with_relation(
        self, part: str, kind: str, target: str, *, external: bool = False
    ) -> tuple["Parts", str]:
        """Return the parts with one more relationship of ``part``, and its id.

        ``kind`` is the last word of the type (or the whole type), ``target`` a part's name or an address
        outside.
        """
        path = relations_of(part)
        xml = self.xml(path) if path in self else _NO_RELATIONS
        root = tree(xml)
        taken = {one.get("Id") for one in root.children}
        number = next(n for n in range(len(taken) + 1, 2 * len(taken) + 3) if f"rId{n}" not in taken)
        place = target if external else posixpath.relpath("/" + target, "/" + posixpath.dirname(part))
        values = {
            "Id": f"rId{number}",
            "Type": kind if "/" in kind else f"{self.relation_base()}/{kind}",
            "Target": place,
            **({"TargetMode": "External"} if external else {}),
        }
        tag = _tag(root.prefix + "Relationship", values)
        return self.with_part(path, spliced(xml, appended(xml, root, tag))), f"rId{number}"

    def without_relation(self, part: str, target: str) -> "Parts":
        """Return the parts without the relationships of ``part`` that lead to the part ``target``."""
        path = relations_of(part)
        if path not in self:
            return self
        xml = self.xml(path)
        gone = [
            Edit(one.start, one.end, b"")
            for one in tree(xml).children
            if one.get("TargetMode") != "External" and _target(part, one).lower() == target.lower()
        ]
        return self.with_part(path, spliced(xml, gone)) if gone else self

    def relation_base(self) -> str:
        """Return what the types of office relationships begin with: strict workbooks have their own."""
        return STRICT if STRICT.encode() in self.read("_rels/.rels") else OFFICE

    def content_type(self, name: str) -> str:
        """Return the content type of a part, empty where the package does not say."""
        root = tree(self.xml(TYPES))
        overrides = {one.get("PartName").lower(): one.get("ContentType") for one in root.all("Override")}
        defaults = {one.get("Extension").lower(): one.get("ContentType") for one in root.all("Default")}
        extension = name.rpartition(".")[2].lower()
        return overrides.get("/" + name.lower(), defaults.get(extension, ""))

    def free_name(self, pattern: str) -> str:
        """Return the first name not taken: ``xl/worksheets/sheet{}.xml`` with a number in it."""
        return next(name for n in range(1, len(self.content) + 2) if (name := pattern.format(n)) not in self)

    def zipped(self) -> bytes:
        """Return the package as a zip file, the content types first; equal parts give equal bytes."""
        types = self._name(TYPES) or TYPES
        order = sorted(self.content, key=lambda name: name != types)
        return zipped({name: self.content[name] for name in order}, zipfile.ZIP_DEFLATED)

    def _name(self, name: str) -> str | None:
        if name in self.content:
            return name
        wanted = _folded(name)
        return next((one for one in self.content if _folded(one) == wanted), None)

    def _typed(self, name: str, content_type: str) -> "Parts":
        xml = self.xml(TYPES)
        root = tree(xml)
        there = _override(root, name)
        if there:
            edits = [retagged(xml, there, ContentType=content_type)]
        else:
            values = {"PartName": f"/{name}", "ContentType": content_type}
            edits = appended(xml, root, _tag(root.prefix + "Override", values))
        return self.with_part(TYPES, spliced(xml, edits))

    def _untyped(self, name: str) -> "Parts":
        xml = self.xml(TYPES)
        there = _override(tree(xml), name)
        return self.with_part(TYPES, spliced(xml, [Edit(there.start, there.end, b"")])) if there else self


def unpacked(package: Package) -> Parts:
    """Return all parts of ``package``; raises as `Package.stream` does."""
    return Parts({name: b"".join(package.stream(name, xml=False)) for name in package.names()})


def relations_of(part: str) -> str:
    """Return the name of the part that holds the relationships of ``part``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _target(part: str, relation: Element) -> str:
    target = relation.get("Target")
    if relation.get("TargetMode") == "External":
        return target
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _override(root: Element, name: str) -> Element | None:
    return next(
        (one for one in root.all("Override") if one.get("PartName").lower() == f"/{name}".lower()), None
    )


def _tag(name: str, values: Mapping[str, str]) -> bytes:
    pairs = b"".join(b' %b="%b"' % (key.encode(), quoted(value)) for key, value in values.items())
    return b"<%b%b/>" % (name.encode(), pairs)
